"""The packaged dataset: where its files lie, and how they are read once, quickly, under any thread.

The files have passed `asean_cyber.codec.decode`, with all its checks, before they were released (the
test suite sees to it, and that both ways give the same records), so here they are turned into
records without being checked again.
"""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from threading import Lock
from typing import Any

import attrs

from .contents import SECTIONS, Contents
from .datasets import Dataset
from .model import Citation, Discrepancy, Party, Place, Quotation, Relation

_lock = Lock()
_dataset: Dataset | None = None


def files() -> Iterator[tuple[str, bytes]]:
    """The data files of the installed package, by name, in the order of their names."""
    folder = os.path.join(os.path.dirname(__file__), "data")
    if os.path.isdir(folder):
        # The usual case, in which importing importlib_resources would take longer than reading it all.
        for name in sorted(os.listdir(folder)):
            if name.endswith(".json"):
                with open(os.path.join(folder, name), "rb") as file:
                    yield name, file.read()
        return
    import importlib_resources

    for entry in sorted((importlib_resources.files("asean_cyber") / "data").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".json"):
            yield entry.name, entry.read_bytes()


def dataset() -> Dataset:
    """The packaged dataset; it is read at the first call and kept."""
    global _dataset
    if _dataset is None:
        with _lock:
            if _dataset is None:
                _dataset = Dataset(read(files()))
    return _dataset


def is_packaged(data: Dataset) -> bool:
    """Whether a dataset is the packaged one, or holds the same, as a copy from another process does."""
    ours = dataset()
    return data.contents is ours.contents or data == ours


def read(files: Iterable[tuple[str, bytes]]) -> Contents:
    """The contents of files known to be valid."""
    # Everything read here stays, so looking for garbage in between is time lost.
    collecting = gc.isenabled()
    gc.disable()
    try:
        items: dict[str, list[Any]] = {section: [] for section in SECTIONS}
        retired: dict[str, str] = {}
        for _, data in files:
            for section, values in json.loads(data).items():
                if section == "retired":
                    retired.update(values)
                else:
                    items[section].extend(map(_maker(SECTIONS[section]), values))
        return Contents(**{section: tuple(values) for section, values in items.items()}, retired=tuple(retired.items()))
    finally:
        if collecting:
            gc.enable()


@cache
def _maker(cls: Any) -> Callable[[dict[str, Any]], Any]:
    """A function from the JSON object of a valid item to the item: it converts, and does not validate."""
    fields = attrs.fields(cls)
    blank = {field.name: field.default for field in fields}
    convert = {field.name: _converter(field) for field in fields}
    changing = [(name, converter) for name, converter in convert.items() if converter is not None]

    def make(value: dict[str, Any]) -> Any:
        for name, converter in changing:
            if name in value:
                value[name] = converter(value[name])
        item = object.__new__(cls)
        item.__setstate__({**blank, **value})  # as unpickling does
        return item

    return make


def _converter(field: attrs.Attribute[Any]) -> Callable[[Any], Any] | None:
    part = _PARTS.get(field.name)
    if part is None:
        return field.converter  # type: ignore[return-value]
    cls, several = part
    make = _maker(cls)
    if cls is Party:
        return lambda values: tuple([make({"id": value} if isinstance(value, str) else value) for value in values])
    return (lambda values: tuple(map(make, values))) if several else make


_PARTS: Mapping[str, tuple[Any, bool]] = {
    "place": (Place, False),
    "quotation": (Quotation, False),
    "citation": (Citation, False),
    "citations": (Citation, True),
    "relations": (Relation, True),
    "discrepancies": (Discrepancy, True),
    "parties": (Party, True),
}
