"""The quick reader of the files that the package ships.

They have passed `asean_cyber._files.reading.decode`, with all its checks, before they were released, and they are
in the canonical form (the test suite sees to both). So a section is cut out of the text where it begins and ends,
only the sections that are asked for are read, and what is read is made into items without being checked again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from .._model.contents import SECTIONS, Contents
from .collecting import NoCollecting
from .making import maker

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
        return section, self._glimpsed.setdefault((section, value["id"]), maker(SECTIONS[section], False)(value))  # type: ignore[arg-type]


def shipped(files: Files) -> Contents:
    """The contents of files that are valid and in the canonical form."""
    contents = object.__new__(Shipped)
    object.__setattr__(contents, "_files", files)
    object.__setattr__(contents, "_held", {})
    object.__setattr__(contents, "_glimpsed", {})
    return contents


def _read(section: str, files: Iterable[tuple[str, bytes]]) -> tuple[Any, ...]:
    with NoCollecting():
        if section == "retired":
            return tuple(pair for _, data in files for pair in (_cut(data, section) or {}).items())
        make = maker(SECTIONS[section], False)  # type: ignore[arg-type]
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
