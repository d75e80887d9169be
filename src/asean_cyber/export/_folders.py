"""The dataset as a folder of files, one for each table: CSV, JSON Lines or Parquet; or as one Excel workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .._query.dataset import Dataset
from .._tables.excel import write_excel
from .._tables.files import write_csv, write_jsonl, write_parquet
from .._tables.frames import Tabular
from .._tables.table import tables
from ._readme import write_readme


def write_csv_files(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """A CSV file for each table, and where they are.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_csv_files(Dataset.from_records([]), pathlib.Path(folder))][0]
    'records.csv'
    """
    return _each_table(dataset, folder, "csv", write_csv)


def write_jsonl_files(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """A JSON Lines file for each table, and where they are.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_jsonl_files(Dataset.from_records([]), pathlib.Path(folder))][0]
    'records.jsonl'
    """
    return _each_table(dataset, folder, "jsonl", write_jsonl)


def write_parquet_files(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """A Parquet file for each table, and where they are.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_parquet_files(Dataset.from_records([]), pathlib.Path(folder))][0]
    'records.parquet'
    """
    return _each_table(dataset, folder, "parquet", write_parquet)


def _each_table(dataset: Dataset, folder: Path, ending: str, write_table: Callable[[Tabular, Path], None]) -> Iterator[Path]:
    held = tables(dataset._catalogue)
    for name, table in held.items():
        path = folder / f"{name}.{ending}"
        write_table(table, path)
        yield path
    yield from write_readme(dataset, folder, {f"{name}.{ending}": table.description for name, table in held.items()})


def write_workbook(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """An Excel workbook with a sheet for each table, names beside ids.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_workbook(Dataset.from_records([]), pathlib.Path(folder))]
    ['asean-cyber.xlsx']
    """
    path = folder / "asean-cyber.xlsx"
    write_excel([table.labelled() for table in tables(dataset._catalogue).values()], path)
    yield path
