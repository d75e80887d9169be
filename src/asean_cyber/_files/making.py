"""JSON objects to items, quickly: what stands in an object is converted and put into an item, what does not is left blank.

Shipped files are known to be valid, and are not checked again. Others are checked field by field as they are
converted, by the converters and forms that stand in the classes; the first thing that is wrong ends it, and
`asean_cyber._files.structuring` then tells all that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs

from .. import vocabulary
from .._model.edtf import EDTF, shared
from .._model.fields import Form
from .._model.parts import Act, Citation, Discrepancy, Identifier, Participation, Party, Place, Quotation, Relation

Json = Any
Convert = Callable[[Json], Any]


class Wrong(Exception):
    """A JSON value is not what it should be."""


@cache
def maker(cls: Any, checking: bool) -> Convert:
    """A function from a JSON object to an item of a class. Where it is `checking`, it raises for one that is not valid."""
    fields = {field.name: field for field in attrs.fields(cls) if field.init}
    blank = {field.name: field.default for field in attrs.fields(cls)}
    needed = {name for name, field in fields.items() if field.default is attrs.NOTHING}
    convert = {name: made for name, field in fields.items() if (made := (_checked(field) if checking else _trusted(field))) is not None}
    alone = getattr(cls, "ALONE", None)
    finish = getattr(cls, "__attrs_post_init__", None) if checking else None
    put = cls.__setstate__

    def make(value: Json) -> Any:
        if type(value) is not dict:
            if alone is None or type(value) is not str:
                raise Wrong
            value = {alone: value}
        state = blank.copy()
        if checking:
            for name, each in value.items():
                state[name] = convert[name](each)  # a name that is no field is a KeyError
            if not needed <= value.keys():
                raise Wrong
        else:
            for name, each in value.items():
                state[name] = convert[name](each) if name in convert else each
        item = object.__new__(cls)
        put(item, state)  # as unpickling does
        if finish is not None:
            finish(item)
        return item

    return make


def _trusted(field: attrs.Attribute[Any]) -> Convert | None:
    """How a valid value is converted; None where it stays as it is."""
    part = _PARTS.get(field.name)
    if part is not None:
        cls, several = part
        make = maker(cls, False)
        return (lambda values: tuple([make(value) for value in values])) if several else make
    kind = _kind(field)
    if kind == "EDTF":
        return shared
    if kind.startswith("tuple"):
        return tuple
    terms = getattr(vocabulary, kind, None)
    return None if terms is None else terms._value2member_map_.__getitem__


def _checked(field: attrs.Attribute[Any]) -> Convert:
    """How any value is converted; it raises for one that the field refuses."""
    form = field.validator
    part = _PARTS.get(field.name)
    if part is not None:
        cls, several = part
        make = maker(cls, True)
        if not several:
            return make

        def parts(values: Json) -> Any:
            if type(values) is not list:
                raise Wrong
            held = tuple([make(value) for value in values])
            form(None, field, held)  # type: ignore[misc]
            return held

        return parts
    kind = _kind(field)
    if kind == "EDTF":
        return _date
    terms = getattr(vocabulary, kind, None)
    if terms is not None:
        return terms._value2member_map_.__getitem__  # type: ignore[no-any-return]
    assert isinstance(form, Form)
    check, fits_all = form.check, form.fits_all
    if kind.startswith("tuple"):

        def several_values(values: Json) -> Any:
            if type(values) is not list:
                raise Wrong
            held = tuple(values)
            if not fits_all(held):
                raise Wrong
            return held

        return several_values

    if form.pattern is not None:
        fits = form.pattern.fullmatch

        def written(value: Json) -> Any:
            if fits(value) is None:  # what is no text is a TypeError
                raise Wrong
            return value

        return written

    def one(value: Json) -> Any:
        if not check(value):  # what cannot be checked is a TypeError
            raise Wrong
        return value

    return one


def _date(value: Json) -> EDTF:
    if type(value) is not str:
        raise Wrong
    return shared(value)


def _kind(field: attrs.Attribute[Any]) -> str:
    """The name of the type of a field when its value is known, whether its annotation has been resolved yet or not."""
    kind: Any = field.type
    if isinstance(kind, type):
        return kind.__name__
    name = str(kind).removesuffix(" | None")
    return "tuple" if name.startswith("tuple") else name.rpartition(".")[2]


_PARTS: dict[str, tuple[Any, bool]] = {
    "place": (Place, False),
    "quotation": (Quotation, False),
    "citation": (Citation, False),
    "citations": (Citation, True),
    "relations": (Relation, True),
    "discrepancies": (Discrepancy, True),
    "acts": (Act, True),
    "identifiers": (Identifier, True),
    "participants": (Participation, True),
    "parties": (Party, True),
}
