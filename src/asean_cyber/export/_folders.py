"""The dataset as a folder of files, one for each table: CSV, JSON Lines or Parquet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .._query.dataset import Dataset
from .._tables.files import write_csv, write_jsonl, write_parquet
from .._tables.frames import Tabular
from .._tables.table import tables


def write_csv_files(dataset: Dataset, folder: Path) -> list[Path]:
    """A CSV file for each table, and where they are."""
    return _each_table(dataset, folder, "csv", write_csv)


def write_jsonl_files(dataset: Dataset, folder: Path) -> list[Path]:
    """A JSON Lines file for each table, and where they are."""
    return _each_table(dataset, folder, "jsonl", write_jsonl)


def write_parquet_files(dataset: Dataset, folder: Path) -> list[Path]:
    """A Parquet file for each table, and where they are."""
    return _each_table(dataset, folder, "parquet", write_parquet)


def _each_table(dataset: Dataset, folder: Path, ending: str, write_table: Callable[[Tabular, Path], None]) -> list[Path]:
    paths = {folder / f"{name}.{ending}": table for name, table in tables(dataset._catalogue).items()}
    for path, table in paths.items():
        write_table(table, path)
    return list(paths)
