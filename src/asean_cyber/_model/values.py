"""What all values of the model have in common: how they show themselves, and what they are as plain JSON.

How a value looks in a notebook or on a page is decided above the model.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import cache
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import attrs

from .. import _hooks
from .edtf import EDTF

if TYPE_CHECKING:
    from cattrs import Converter

C = TypeVar("C", bound=type)


class Value:
    """A frozen value. Its `repr` shows the fields that hold something, and no others."""

    __slots__ = ()

    def __repr__(self) -> str:
        cls: Any = type(self)
        fields = ((field, getattr(self, field.name)) for field in attrs.fields(cls))
        return f"{type(self).__name__}({', '.join(f'{field.name}={value!r}' for field, value in fields if value != field.default)})"

    def __replace__(self, /, **changes: Any) -> Self:
        return attrs.evolve(self, **changes)  # type: ignore[misc]


class Item(Value):
    """A value that stands in a section of its own in a dataset."""

    __slots__ = ()

    type: ClassVar[Any]  # of each class a literal: "meeting", "statement" …

    def to_dict(self) -> dict[str, Any]:
        """It as plain values that JSON can hold, its `type` first; `asean_cyber.from_dict` reads it back.

        Fields that hold nothing are left out.

        >>> import asean_cyber as ac
        >>> topic = ac.Topic(id="mine", label="Mine", definition="What I look for.")
        >>> topic.to_dict()
        {'type': 'topic', 'id': 'mine', 'label': 'Mine', 'definition': 'What I look for.'}
        """
        return {"type": self.type, **plain(self)}

    def _repr_html_(self) -> str:
        return _hooks.card(self)


def described(cls: C) -> C:
    """A class whose docstring lists its fields, with the meanings that stand in them."""
    fields = "\n".join(f"{field.name} : {field.type}\n    {meaning(field)}" for field in ordered(cls))
    _resolvable(cls)
    head, _, examples = cleandoc(cls.__doc__ or "").partition("\n>>> ")
    cls.__doc__ = f"{head.rstrip()}\n\nAttributes\n----------\n{fields}\n"
    if examples:
        cls.__doc__ += f"\nExamples\n--------\n>>> {examples.rstrip()}\n"
    return cls


def _resolvable(cls: type) -> None:
    """Let the annotations of what attrs made, which it took from the converters, be resolved as those of other functions are."""
    here = sys.modules[cls.__module__].__dict__
    for made in ("__init__", "__attrs_init__"):
        names = getattr(cls.__dict__.get(made), "__globals__", here)
        if names is not here:
            for name, value in {**here, "Iterable": Iterable}.items():
                names.setdefault(name, value)


def meaning(field: attrs.Attribute[Any]) -> str:
    """What a field means, in a sentence."""
    return str(field.metadata["meaning"])


def ordered(cls: type[Any]) -> tuple[attrs.Attribute[Any], ...]:
    """The fields of a class in the order in which files hold them: who and when, what, why we say so."""
    fields = [field for field in attrs.fields(cls) if field.init]
    return (*(field for field in fields if not field.metadata.get("last")), *(field for field in fields if field.metadata.get("last")))


def plain(value: Any) -> Any:
    """A value as JSON can hold it, without its type: what says nothing is left out."""
    return _converter().unstructure(value)


@cache
def _converter() -> Converter:
    from cattrs import Converter

    from ..vocabulary import Term

    converter = Converter()
    converter.register_unstructure_hook(Term, lambda term: term.value)
    converter.register_unstructure_hook_func(lambda kind: getattr(kind, "__origin__", kind) is tuple, lambda held: [plain(each) for each in held])
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _unstructured(cls, converter))
    converter.register_unstructure_hook(EDTF, lambda date: date.text)
    return converter


def _unstructured(cls: type[Any], converter: Converter) -> Callable[[Any], Any]:
    from cattrs.gen import make_dict_unstructure_fn

    attrs.resolve_types(cls)
    whole = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
    order = [field.name for field in ordered(cls)]
    alone = getattr(cls, "ALONE", None)

    def unstructure(item: Any) -> Any:
        value = whole(item)
        if alone is not None and len(value) == 1:
            return value[alone]
        return {name: value[name] for name in order if name in value}

    return unstructure
