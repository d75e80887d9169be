"""JSON values to items: cattrs finds the way by type, and what it refuses becomes faults.

What is right is made quickly (`making`), which stops at the first thing that is wrong; only then cattrs goes through the
same value once more, to tell all that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args, get_origin

import attrs
from cattrs import AttributeValidationNote, BaseValidationError, Converter, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from .._lookup.names import nearest
from .._model.contents import SECTION_OF, SECTIONS
from .._model.edtf import EDTF, as_edtf
from .._model.fields import shown
from .._model.records import Body, Gap, Instrument, Meeting, Source, Statement, Topic
from .._model.values import Item
from ..errors import DatasetError, Fault, InvalidField, WrongType, did_you_mean
from ..vocabulary import Term
from .making import maker

Json = Any  # what json.loads gives: checked here before it becomes anything else


@attrs.frozen
class Refusal:
    """One thing that is wrong with a JSON value: the path to it, the reason, and the value and form for a hint."""

    path: str
    reason: str
    value: Json = None
    form: str = ""


def structured(value: Json, cls: type[Item]) -> Item | list[Refusal]:
    """The item that a JSON object describes; or all that is wrong with it."""
    if type(value) is dict and value.get("type") == cls.type:
        value = {name: each for name, each in value.items() if name != "type"}
    try:
        return maker(cls, True)(value)  # type: ignore[no-any-return,arg-type]  # a class is hashable, whatever its instances are
    except Exception:  # whatever it is, cattrs says it in words
        pass
    try:
        return _telling().structure(value, cls)
    except Exception as error:
        return list(_refusals(error, "", cls, value))


def from_dict(value: Json) -> Meeting | Statement | Instrument | Body | Topic | Source | Gap:
    """The record (or body, topic, source, gap) that `to_dict` gave: plain values with a `type`.

    Raises `DatasetError`, with every fault in them.

    >>> import asean_cyber as ac
    >>> record = ac.get("ammtc-8")
    >>> ac.from_dict(record.to_dict()) == record
    True
    """
    if not isinstance(value, dict):
        raise WrongType(f"expected a dict, as to_dict gives it, got {shown(value)}")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in SECTION_OF:
        raise DatasetError([Fault(f"expected one of {', '.join(SECTION_OF)}, got {shown(kind)}", record=label(value), field="type")])
    found = structured(value, SECTIONS[SECTION_OF[kind]])
    if isinstance(found, list):
        raise DatasetError(Fault(each.reason, record=label(value), field=each.path or None) for each in found)
    return found  # type: ignore[return-value]


def label(value: Json) -> str | None:
    """What messages call an item: its id, or for a gap, which has none, the body it is a gap of."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, dict) and isinstance(value.get("reason"), str):
        return f"gap of {value.get('body')}"
    return None


def described(value: Json) -> str:
    """A JSON value as messages call it."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return shown(value)
    if value is None:
        return "null"
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "true or false"


def _kind_of(field: attrs.Attribute[Any]) -> tuple[Any, bool]:
    """The type of a field when its value is known, and whether the field holds several of them."""
    kind = field.type
    if type(None) in get_args(kind):
        kind = next(each for each in get_args(kind) if each is not type(None))
    return (get_args(kind)[0], True) if get_origin(kind) is tuple else (kind, False)


# Telling all that is wrong.


@cache
def _telling() -> Converter:
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind, expected in ((str, "text"), (int, "a whole number"), (bool, "true or false")):
        converter.register_structure_hook(kind, _strict(kind, expected))
    converter.register_structure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, Term), lambda value, _: _text(value, str))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _telling_class(cls, converter))
    converter.register_structure_hook(EDTF, lambda value, _: as_edtf(_text(value, str)))
    return converter


def _strict(kind: type, expected: str) -> Callable[[Json, Any], Any]:
    def structure(value: Json, _: Any) -> Any:
        if type(value) is not kind:
            raise InvalidField("", f"expected {expected}, got {described(value)}")
        return value

    return structure


_text = _strict(str, "text")


def _telling_class(cls: type[Any], converter: Converter) -> Callable[[Json, Any], Any]:
    attrs.resolve_types(cls)
    hooks = {field.name: override(struct_hook=_telling_field(field, converter)) for field in attrs.fields(cls) if field.init}
    make = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **hooks)  # type: ignore[arg-type]
    alone = getattr(cls, "ALONE", None)

    def structure(value: Json, kind: Any) -> Any:
        if type(value) is str and alone is not None:
            return cls(value)
        if type(value) is not dict:
            raise InvalidField("", f"expected an object, got {described(value)}")
        return make(value, kind)

    return structure


def _telling_field(field: attrs.Attribute[Any], converter: Converter) -> Callable[[Json, Any], Any]:
    """From JSON to what the field holds, with the field's own converter and validator, so that each field tells its own faults."""
    kind, many = _kind_of(field)
    convert: Callable[[Any], Any] | None = field.converter  # type: ignore[assignment]

    def structure(value: Json, _: Any) -> Any:
        if value is None:
            raise InvalidField("", "expected a value, got null: a field whose value is not known is left out")
        if many:
            if type(value) is not list:
                raise InvalidField("", f"expected a list, got {described(value)}")
            held: Any = tuple(converter.structure(value, list[kind]))  # type: ignore[valid-type]
        else:
            held = converter.structure(value, kind)
        if convert is not None:
            held = convert(held)
        if field.validator is not None:
            field.validator(None, field, held)
        return held

    return structure


# What was refused, in words.


def _refusals(error: BaseException, path: str, cls: type[Any] | None, value: Json) -> Iterator[Refusal]:
    if isinstance(error, BaseValidationError):
        kind = error.cl if attrs.has(error.cl) else cls
        for each in error.exceptions:
            yield from _refusals(each, *_step(each, path, kind, value))
    elif isinstance(error, ForbiddenExtraKeysError):
        fields = [field.name for field in attrs.fields(error.cl) if field.init]
        for name in sorted(error.extra_fields):
            hint = did_you_mean(nearest(name, fields, 1))
            yield Refusal(_joined(path, shown_key(name)), f"unknown field: the fields of {error.cl.__name__} are {', '.join(fields)}{hint}")
    elif isinstance(error, KeyError):
        yield Refusal(path, "missing")
    elif isinstance(error, InvalidField):
        # A fault of the whole names its field; one of a field has been led to it.
        fields_of = attrs.fields_dict(cls) if cls is not None else {}
        at = error.field if isinstance(value, dict) and error.field in fields_of else ""
        yield Refusal(_joined(path, at), error.reason, value, error.form)
    else:
        yield Refusal(path, f"{type(error).__name__}: {error}")


def shown_key(name: str) -> str:
    """The key of a JSON object as messages show it: on one line, and its beginning where it is long."""
    clean = "".join(c if c.isprintable() else "\ufffd" for c in name)
    return clean if len(clean) <= 80 else f"{clean[:79]}…"


def _step(error: BaseException, path: str, cls: type[Any] | None, value: Json) -> tuple[str, type[Any] | None, Json]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            inner = value.get(note.name) if isinstance(value, dict) else None
            return _joined(path, note.name), cls, inner
        if isinstance(note, IterableValidationNote):
            inner = value[note.index] if isinstance(value, list) and isinstance(note.index, int) else None
            return f"{path}[{note.index}]", cls, inner
    return path, cls, value


def _joined(path: str, step: str) -> str:
    return f"{path}.{step}" if path and step else path or step
