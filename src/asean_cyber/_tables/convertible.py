"""What every table can become: a frame of each library, a file of each format."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .._later import Later
from .columns import Cell, Column

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
else:
    pandas, polars, pyarrow = map(Later, ("pandas", "polars", "pyarrow"))


class Convertible:
    """Rows in named columns, that become a frame or a file."""

    __slots__ = ()

    @property
    @abstractmethod
    def name(self) -> str:
        """The name, which is also that of its file."""

    @property
    @abstractmethod
    def description(self) -> str:
        """What one row is."""

    @property
    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""

    @property
    @abstractmethod
    def about(self) -> Mapping[str, str]:
        """What the data are: of the packaged dataset title, version, licence, identifier and fingerprint; of another nothing."""

    @abstractmethod
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, each a tuple with a cell for each column.

        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> [row[2] for row in table.rows()]
        [7, 8]
        """

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame. Raises `MissingExtra` (an `ImportError`) where pandas is not installed.

        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> table.to_pandas()["ordinal"].tolist()
        [7, 8]
        """
        from .frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """A polars frame. Raises `MissingExtra` where polars is not installed.

        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> table.to_polars()["ordinal"].to_list()
        [7, 8]
        """
        from .frames import to_polars

        return to_polars(self)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table, with the meaning of its columns. Raises `MissingExtra` where pyarrow is not installed.

        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> table.to_arrow()["ordinal"].to_pylist()
        [7, 8]
        """
        from .frames import to_arrow

        return to_arrow(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow stream by which polars, DuckDB, pandas and others take the table as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_csv(self, path: str | os.PathLike[str], *, encoding: str = "utf-8") -> None:
        """Write a CSV file that spreadsheets open safely; `asean_cyber.export.read_csv` reads it back.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.csv")
        ...     table.to_csv(path)
        ...     [row["ordinal"] for row in ac.export.read_csv(path)]
        [7, 8]
        """
        from .files import write_csv

        write_csv(self, path, encoding)

    def to_jsonl(self, path: str | os.PathLike[str]) -> None:
        """Write a file with a JSON object for each row, a line each.

        >>> import pathlib, tempfile
        >>> import json
        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.jsonl")
        ...     table.to_jsonl(path)
        ...     [json.loads(line)["ordinal"] for line in path.read_text("utf-8").splitlines()]
        [7, 8]
        """
        from .files import write_jsonl

        write_jsonl(self, path)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write a Parquet file. Raises `MissingExtra` where pyarrow is not installed.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.parquet")
        ...     table.to_parquet(path)
        ...     path.read_bytes()[:4]
        b'PAR1'
        """
        from .files import write_parquet

        write_parquet(self, path)

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Write an Excel workbook, lists joined to text. Raises `MissingExtra` where openpyxl is not installed.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", since=2009, until=2011).to_table()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.xlsx")
        ...     table.to_excel(path)
        ...     path.read_bytes()[:2]
        b'PK'
        """
        from .excel import write_excel

        write_excel([self], path)
