"""The quick reader of the files that the package ships.

They have passed `asean_cyber._files.reading.decode`, with all its checks, before they were released, and they are
in the canonical form (the test suite sees to both). So a section is cut out of the text where it begins and ends,
only the sections that are asked for are read, and what is read is made into items without being checked again.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import attrs

from .. import vocabulary
from .._model.contents import SECTIONS, Contents
from .._model.edtf import shared
from .._model.parts import Act, Citation, Discrepancy, Identifier, Participation, Party, Place, Quotation, Relation

Files = Callable[[], Iterable[tuple[str, bytes]]]


class Shipped(Contents):
    """Contents that read a section from their files when it is first asked for."""

    __slots__ = ("_files", "_glimpsed", "_held")

    _files: Files
    _held: dict[str, tuple[Any, ...]]
    _glimpsed: dict[tuple[str, str], Any]

    def __getattr__(self, name: str) -> tuple[Any, ...]:
        # Asked for is a slot that is not filled yet. Two threads may both read a section; the first to be done is kept.
        if name not in SECTIONS and name != "retired":
            raise AttributeError(name)
        held = self._held.setdefault(name, tuple(self._same(name, item) for item in _read(name, self._files())))
        object.__setattr__(self, name, held)
        return held

    def _same(self, section: str, item: Any) -> Any:
        """The item that was handed out before, where one was: a record is one object, however it was come by."""
        return self._glimpsed.get((section, item.id), item) if self._glimpsed and section != "retired" and hasattr(item, "id") else item

    # One item, cut out of the text by its id: to show one record nothing else need be made.

    def glimpse(self, id: str, *sections: str) -> Any:
        """The item with an id, of one of the sections; None if there is none."""
        start = b'\n    {\n      "id": %s' % json.dumps(id, ensure_ascii=False).encode()
        for _, data in self._files():
            at = data.find(start)
            while at >= 0:
                section, item = self._cut_at(data, at)
                if section in sections:
                    return item
                at = data.find(start, at + 1)
        return None

    def pointing_at(self, ids: Iterable[str]) -> list[Any]:
        """The records with a relation to one of these ids."""
        found = {}
        for id in ids:
            target = b'"target": %s' % json.dumps(id, ensure_ascii=False).encode()
            for _, data in self._files():
                at = data.find(target)
                while at >= 0:
                    _, item = self._cut_at(data, data.rfind(b"\n    {\n", 0, at))
                    found[item.id] = item
                    at = data.find(target, at + 1)
        return list(found.values())

    def _cut_at(self, data: bytes, at: int) -> tuple[str, Any]:
        head = data.rfind(b'\n  "', 0, at) + 4
        section = data[head : data.index(b'"', head)].decode()
        value = json.loads(data[at : data.index(b"\n    }", at) + 6])
        held = self._held.get(section)
        if held is not None:
            return section, next(item for item in held if item.id == value["id"])
        return section, self._glimpsed.setdefault((section, value["id"]), _maker(SECTIONS[section])(value))  # type: ignore[arg-type]


def shipped(files: Files) -> Contents:
    """The contents of files that are valid and in the canonical form."""
    contents = object.__new__(Shipped)
    object.__setattr__(contents, "_files", files)
    object.__setattr__(contents, "_held", {})
    object.__setattr__(contents, "_glimpsed", {})
    return contents


def _read(section: str, files: Iterable[tuple[str, bytes]]) -> tuple[Any, ...]:
    with _NoCollecting():
        if section == "retired":
            return tuple(pair for _, data in files for pair in (_cut(data, section) or {}).items())
        make = _maker(SECTIONS[section])  # type: ignore[arg-type]
        return tuple([make(value) for _, data in files for value in _cut(data, section) or ()])


def _cut(data: bytes, section: str) -> Any:
    """A section of a file in the canonical form, where it has one."""
    start = data.find(b'\n  "%s": ' % section.encode())
    if start < 0:
        return None
    start += len(section) + 7
    # A line that begins with two spaces and no more ends the section.
    end = data.index(b"\n  ]" if data[start : start + 1] == b"[" else b"\n  }", start)
    return json.loads(data[start : end + 4])


class _NoCollecting:
    """While it lasts no garbage is looked for: all that is read stays. A fork meanwhile does not pass that on."""

    paused = 0

    def __enter__(self) -> None:
        if gc.isenabled() or _NoCollecting.paused:
            _NoCollecting.paused += 1
            gc.disable()

    def __exit__(self, *_: object) -> None:
        if _NoCollecting.paused:
            _NoCollecting.paused -= 1
            if not _NoCollecting.paused:
                gc.enable()

    @staticmethod
    def after_fork() -> None:
        if _NoCollecting.paused:
            _NoCollecting.paused = 0
            gc.enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_NoCollecting.after_fork)


@cache
def _maker(cls: Any) -> Callable[[dict[str, Any]], Any]:
    """A function from the JSON object of a valid item to the item: it converts, and does not validate."""
    fields = attrs.fields(cls)
    blank = {field.name: field.default for field in fields}
    changing = [(field.name, convert) for field in fields if (convert := _converter(field)) is not None]
    alone = getattr(cls, "ALONE", None)

    def make(value: Any) -> Any:
        if alone is not None and isinstance(value, str):
            value = {alone: value}
        for name, convert in changing:
            if name in value:
                value[name] = convert(value[name])
        item = object.__new__(cls)
        item.__setstate__({**blank, **value})  # as unpickling does
        return item

    return make


def _converter(field: attrs.Attribute[Any]) -> Callable[[Any], Any] | None:
    part = _PARTS.get(field.name)
    if part is not None:
        cls, several = part
        make = _maker(cls)
        return (lambda values: tuple([make(value) for value in values])) if several else make
    kind = str(field.type).removesuffix(" | None")
    if kind == "EDTF":
        return shared
    if kind.startswith("tuple"):
        return tuple
    terms = getattr(vocabulary, kind, None)
    return None if terms is None else terms._value2member_map_.__getitem__  # type: ignore[no-any-return]


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
