"""The dataset for other tools: every table of it, in a folder, in one format.

The columns are defined in `asean_cyber.export.tables`; the answer to a question becomes a frame or a
file by the methods of `Records` (``to_pandas``, ``to_csv``, …).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from .files import read_csv as read_csv

if TYPE_CHECKING:
    import os

    from ..datasets import Dataset

Writer = Callable[["Dataset", Path], Iterable[Path]]
"""Writes a dataset into a folder that exists, and gives the files written."""

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "csv": "files:write_csv_files",
        "jsonl": "files:write_jsonl_files",
        "parquet": "files:write_parquet_files",
        "datapackage": "datapackage:write_datapackage",
        "jsonld": "linked:write_jsonld",
        "skos": "linked:write_skos",
        "croissant": "croissant:write_croissant",
    }
)
"""For each format the module here and the `Writer` in it; the module is imported when it is used."""


def write(dataset: Dataset, folder: str | os.PathLike[str], format: str) -> list[Path]:
    """Write a whole dataset into a folder, which is made if it is not there, and give the files written.

    Files of the same name are replaced; others are left alone. The formats are the keys of `FORMATS`.

    Raises `UnknownName` for another format, and `ImportError` where what a format needs is not installed.

    >>> import asean_cyber as ac, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write(ac.dataset(), folder, "csv")][:3]
    ['records.csv', 'meetings.csv', 'statements.csv']
    """
    if format not in FORMATS:
        from ..errors import UnknownName
        from ..naming import nearest

        raise UnknownName("format", format, nearest(str(format), FORMATS))
    module, name = FORMATS[format].split(":")
    writer: Writer = getattr(import_module(f".{module}", __name__), name)
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    return list(writer(dataset, into))
