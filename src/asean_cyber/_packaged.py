"""The packaged dataset: where its files lie, and the one dataset that they make, under any thread."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ._about import VERSION
from ._files.shipped import shipped
from ._lookup.catalogue import Catalogue
from ._model.contents import Contents
from ._query.dataset import Dataset
from .errors import AseanCyberError, DatasetError, Fault

_FOLDER = os.path.join(os.path.dirname(__file__), "data")


def files() -> Iterator[tuple[str, bytes]]:
    """The data files of the installed package, by name, in the order of their names."""
    if os.path.isdir(_FOLDER):
        # The usual case, in which importing importlib_resources would take longer than reading it all.
        for name in sorted(os.listdir(_FOLDER)):
            if name.endswith(".json"):
                with open(os.path.join(_FOLDER, name), "rb") as file:
                    yield name, file.read()
        return
    import importlib_resources

    for entry in sorted((importlib_resources.files("asean_cyber") / "data").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".json"):
            yield entry.name, entry.read_bytes()


_once: dict[str, Dataset] = {}


def dataset() -> Dataset:
    """The packaged dataset; of its files is read what is asked for, when it is asked for, and kept."""
    # No lock, which a fork could leave locked: of two threads that both make it, the first to be done is kept.
    return _once.get("dataset") or _once.setdefault("dataset", Dataset._of(Catalogue(shipped(_read_once), _Restore())))


_texts: dict[str, list[tuple[str, bytes]]] = {}


def _read_once() -> list[tuple[str, bytes]]:
    return _texts.get("all") or _texts.setdefault("all", _framed(list(files())))


def _framed(texts: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The same, or an error: the quick reader would find nothing in a file that was edited and lies there in another layout."""
    odd = [Fault("not in the canonical form", file=name) for name, data in texts if not (data.startswith(b'{\n  "') and data.endswith(b"\n}\n"))]
    if odd:
        raise DatasetError(odd, f"`asean-cyber format {_FOLDER}` writes it so, and says what else is wrong.")
    return texts


class _Restore:
    """How another process comes to the same dataset: it has the same version."""

    def __init__(self, version: str = VERSION) -> None:
        self.version = version

    def __call__(self) -> Catalogue:
        if self.version != VERSION:
            raise AseanCyberError(
                f"this was pickled with asean-cyber {self.version}, and {VERSION} is installed, whose data differ: pickle it anew, or keep JSON"
            )
        return dataset()._catalogue


def contents() -> Contents:
    """The contents of the packaged dataset."""
    return dataset().contents


def is_packaged(data: Dataset) -> bool:
    """Whether a dataset is the packaged one, or holds the same."""
    return data.contents is contents() or data == dataset()
