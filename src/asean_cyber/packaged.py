"""The packaged dataset: where its files lie, and how they are read once, quickly, under any thread.

The files have passed `asean_cyber.codec.decode`, with all its checks, before they were released (the
test suite sees to it), so they are turned into records without asking again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import Any

import importlib_resources

from .contents import SECTIONS, Contents
from .datasets import Dataset
from .model import Citation, Discrepancy, Party, Place, Quotation, Relation

_lock = Lock()
_dataset: Dataset | None = None


def files() -> Iterator[tuple[str, bytes]]:
    """The data files of the installed package, by name, in the order of their names."""
    folder = importlib_resources.files("asean_cyber") / "data"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".json"):
            yield file.name, file.read_bytes()


def dataset() -> Dataset:
    """The packaged dataset; it is read at the first call and kept."""
    global _dataset
    if _dataset is None:
        with _lock:
            if _dataset is None:
                _dataset = Dataset(_read())
    return _dataset


def _read() -> Contents:
    items: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    retired: dict[str, str] = {}
    for _, data in files():
        for section, values in json.loads(data).items():
            if section == "retired":
                retired.update(values)
            else:
                make = SECTIONS[section]
                items[section] += [make(**_with_parts(value)) for value in values]
    return Contents(**{section: tuple(values) for section, values in items.items()}, retired=tuple(retired.items()))


def _with_parts(value: dict[str, Any]) -> dict[str, Any]:
    for name, make in _PARTS.items():
        if name in value:
            value[name] = make(value[name])
    return value


def _citations(values: list[dict[str, Any]]) -> list[Citation]:
    return [Citation(**value) for value in values]


_PARTS: Mapping[str, Callable[[Any], Any]] = {
    "citations": _citations,
    "place": lambda value: Place(**value),
    "quotation": lambda value: Quotation(**value),
    "relations": lambda values: [Relation(**value) for value in values],
    "discrepancies": lambda values: [Discrepancy(**{**value, "citation": Citation(**value["citation"])}) for value in values],
    "parties": lambda values: [Party(value) if isinstance(value, str) else Party(**value) for value in values],
}
