"""The dataset for other tools: every table of it, in a folder, in one format.

The answer to a question becomes a frame or a
file by the methods of `Records` (``to_pandas``, ``to_csv``, …).

The module can be called, and is the function `export` then.

>>> import asean_cyber as ac
>>> sorted(ac.export.FORMATS)[:3], "meetings" in ac.export.tables()
(['croissant', 'csv', 'datapackage'], True)
>>> [column.name for column in ac.export.LAYOUTS["meetings"].columns][:3]
['id', 'body', 'ordinal']
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType

from .. import _packaged
from .._lookup.names import nearest
from .._query.dataset import Dataset
from .._tables import table
from .._tables.columns import LAYOUTS as LAYOUTS
from .._tables.files import read_csv as read_csv
from ..errors import UnknownName
from ._croissant import write_croissant
from ._datapackage import write_datapackage
from ._folders import write_csv_files, write_jsonl_files, write_parquet_files, write_workbook
from ._graphml import write_graphml
from ._linked import write_jsonld, write_skos
from ._sqlite import write_sqlite

Writer = Callable[[Dataset, Path], Iterable[Path]]
"""Writes a dataset into a folder that exists, and gives each file when it is written."""

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "csv": write_csv_files,
        "jsonl": write_jsonl_files,
        "parquet": write_parquet_files,
        "datapackage": write_datapackage,
        "excel": write_workbook,
        "sqlite": write_sqlite,
        "jsonld": write_jsonld,
        "skos": write_skos,
        "croissant": write_croissant,
        "graphml": write_graphml,
    }
)
"""The `Writer` of each format."""


def tables(dataset: Dataset | None = None) -> Mapping[str, table.Table]:
    """Every table of the packaged dataset, or of another, by name.

    >>> parties = tables()["parties"]
    >>> [column.name for column in parties.columns][:3], parties.key
    (['instrument', 'party', 'signed'], ('instrument', 'party'))
    """
    return table.tables((_packaged.dataset() if dataset is None else dataset)._catalogue)


def write(dataset: Dataset, folder: str | os.PathLike[str], format: str) -> list[Path]:
    """Write a whole dataset into a folder, which is made if it is not there, and give the files written.

    Files of the same name are replaced; others are left alone. The formats are the keys of `FORMATS`.

    Raises `UnknownName` for another format, and `ImportError` where what a format needs is not installed.

    >>> import asean_cyber as ac, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write(ac.dataset(), folder, "csv")][:3]
    ['records.csv', 'meetings.csv', 'statements.csv']
    """
    return list(writing(dataset, folder, format))


def writing(dataset: Dataset, folder: str | os.PathLike[str], format: str) -> Iterator[Path]:
    """What `write` does, file by file: for those who want to see how far it is.

    Raises what `write` raises, when the first file is asked for.

    >>> import asean_cyber as ac
    >>> import tempfile
    >>> none = ac.Dataset.from_records([])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in writing(none, folder, "jsonld")]
    ['asean-cyber.jsonld']
    """
    if format not in FORMATS:
        raise UnknownName("format", format, nearest(str(format), FORMATS, 1), f"it is one of {', '.join(FORMATS)}")
    into = Path(folder).expanduser()
    into.mkdir(parents=True, exist_ok=True)
    yield from FORMATS[format](dataset, into)


def export(folder: str | os.PathLike[str], format: str, *, dataset: Dataset | None = None) -> list[Path]:
    """Write the packaged dataset, or another, into a folder in a standard format, and give the files written.

    For the formats, and what is raised, see `write`.

    >>> import asean_cyber as ac, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in ac.export(folder, "skos")]
    ['topics.ttl', 'acts.ttl']
    """
    return write(_packaged.dataset() if dataset is None else dataset, folder, format)


class _Callable(ModuleType):
    """This module, which can also be called: imported by its name it would otherwise take the place of the function."""

    __call__ = staticmethod(export)


sys.modules[__name__].__class__ = _Callable
