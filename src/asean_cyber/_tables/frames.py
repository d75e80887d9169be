"""Tables as Arrow tables, pandas frames and polars frames, all with the same columns in the same order.

============  =========================  ================  ==============
column type   pandas                     polars            Arrow
============  =========================  ================  ==============
``string``    ``string``                 ``String``        ``string``
``integer``   ``Int64``                  ``Int64``         ``int64``
``boolean``   ``boolean``                ``Boolean``       ``bool``
``date``      ``datetime64[s]``          ``Date``          ``date32``
``strings``   ``object``, of tuples      ``List(String)``  ``list<string>``
============  =========================  ================  ==============
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from .._about import INDEXED
from ..errors import MissingExtra
from .columns import Cell, Column

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Tabular(Protocol):
    """A table, as frames and files are made of it."""

    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def about(self) -> Mapping[str, str]: ...
    def rows(self) -> Iterator[tuple[Cell, ...]]: ...


def required(module: str, extra: str) -> Any:
    """A module that comes with an extra. Raises `MissingExtra`, saying what to install, where it is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module.partition(".")[0]:
            raise  # it is there, and lacks something of its own
        from_a_clone = "" if INDEXED else f' (or, until that finds it, in a clone of the repository: pip install ".[{extra}]")'
        raise MissingExtra(f'{error.name} is not installed; install it with: pip install "asean-cyber[{extra}]"{from_a_clone}', name=error.name) from None


def to_arrow(table: Tabular) -> pyarrow.Table:
    """A table as an Arrow table, which carries what each column means, and what data they are, as metadata."""
    pa = required("pyarrow", "arrow")
    types = {"string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(), "strings": pa.list_(pa.string())}
    schema = pa.schema(
        [pa.field(column.name, types[column.type], not column.required, {"description": column.description}) for column in table.columns],
        {"name": table.name, "description": table.description, **table.about},
    )
    return pa.Table.from_arrays([pa.array(cells, types[column.type]) for column, cells in _columns(table)], schema=schema)


def to_pandas(table: Tabular) -> pandas.DataFrame:
    """A table as a pandas frame; what is not known is ``pd.NA`` (in dates ``NaT``)."""
    pd = required("pandas", "pandas")
    np = required("numpy", "pandas")
    types = {"string": "string", "integer": "Int64", "boolean": "boolean", "date": "datetime64[s]", "strings": "object"}
    # Dates in seconds reach from year 1 to 9999; in nanoseconds, by way of which pandas may make them, they would end in 2262.
    cells_of = {column.name: (np.array(cells, types["date"]) if column.type == "date" else cells) for column, cells in _columns(table)}
    frame: pandas.DataFrame = pd.DataFrame({column.name: pd.Series(cells_of[column.name], dtype=types[column.type]) for column in table.columns})
    return frame


def to_polars(table: Tabular) -> polars.DataFrame:
    """A table as a polars frame."""
    pl = required("polars", "polars")
    types = {"string": pl.String, "integer": pl.Int64, "boolean": pl.Boolean, "date": pl.Date, "strings": pl.List(pl.String)}
    frame: polars.DataFrame = pl.DataFrame([pl.Series(column.name, cells, types[column.type]) for column, cells in _columns(table)])
    return frame


def _columns(table: Tabular) -> Iterable[tuple[Column, list[Cell]]]:
    """Each column with its cells, also where there are no rows."""
    rows = list(table.rows())
    return ((column, [row[at] for row in rows]) for at, column in enumerate(table.columns))
