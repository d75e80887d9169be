"""Tables as files: CSV that spreadsheets open safely, JSON Lines, Parquet.

The rules of the CSV files, which `read_csv` undoes:

- UTF-8, commas, a header, lines that end in a line feed, double quotes where a cell needs them.
- What is not known is an empty cell; booleans are ``true`` and ``false``, dates ``2011-10-10``.
- A list is a JSON array: ``["CN","JP"]``. Any JSON reader takes it, whatever stands in its items.
- What a spreadsheet could take for a formula has an apostrophe before it. That is what begins, after any spaces,
  apostrophes and invisible characters, with ``= + - @`` (or their full-width forms): at the start of a cell, and after
  each comma, semicolon, tab and end of a line within it, where a spreadsheet that takes another of these for
  the separator would begin a cell. A cell that begins with a tab or the end of a line has one too.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from ..errors import InvalidArgument
from .columns import Cell, ColumnType
from .frames import Tabular, required, to_arrow
from .labels import JOINT, types

# Where a formula could begin. Apostrophes are skipped over, so what matches without one matches with one more: an
# apostrophe at such a place has been put there if and only if what follows it matches.
_BEGINS = r"(?:^|(?<=[,;\t\r\n]))"
_FORMULA = r"(?:[^\S\t\r\n]|['\x00-\x08\x0b\x0c\x0e-\x1f\u200b-\u200f\u2060\ufeff])*[=+\-@＝＋－＠]"
_AT_START = r"'*[\t\r\n]"
_UNGUARDED = re.compile(rf"{_BEGINS}(?={_FORMULA})|^(?={_AT_START})")
_GUARDED = re.compile(rf"{_BEGINS}'(?={_FORMULA})|^'(?={_AT_START})")
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')


def csv_text(table: Tabular) -> str:
    """A table as the text of a CSV file.

    >>> import asean_cyber as ac
    >>> print(csv_text(ac.meetings(body="AMMTC", year=2011).to_table())[:27])
    id,body,ordinal,name,body_k
    """
    lines = [[column.name for column in table.columns], *([_csv_cell(cell) for cell in row] for row in table.rows())]
    return "".join(",".join(line) + "\n" for line in lines)


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int):
        return str(cell)
    text = _UNGUARDED.sub("'", items_text(cell) if isinstance(cell, tuple) else str(cell))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def items_text(items: tuple[str, ...]) -> str:
    """A list as the text of a JSON array.

    >>> items_text(("CN", "a|b"))
    '["CN","a|b"]'
    """
    return json.dumps(items, ensure_ascii=False, separators=(",", ":"))


def write_csv(table: Tabular, path: str | os.PathLike[str], encoding: str = "utf-8") -> None:
    """Write a table as a CSV file."""
    _write(path, csv_text(table).encode(encoding))


def _write(path: str | os.PathLike[str], data: bytes) -> None:
    Path(path).expanduser().write_bytes(data)


# Reading.


def read_csv(path: str | os.PathLike[str]) -> list[dict[str, Cell]]:
    """The rows of a CSV file that this library wrote, each cell with the type and the text it had.

    What a spreadsheet does to a file when it saves it is taken: ``TRUE``, spaces around a cell, other ends of lines, a byte
    order mark. Raises `InvalidArgument` (a `ValueError`), naming line and column, for everything else that is not
    as it was written.

    >>> import pathlib, tempfile
    >>> import asean_cyber as ac
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "meetings.csv")
    ...     ac.meetings(body="AMMTC", year=2011).to_csv(path)
    ...     [(row["id"], row["ordinal"], row["date"]) for row in read_csv(path)]
    [('ammtc-8', 8, '2011-10-10/2011-10-11')]
    """
    held = Path(path).expanduser().read_bytes()
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        raise InvalidArgument(f"{path}, line {line}: not UTF-8 (byte {held[error.start]:#04x}): save it as UTF-8") from None
    if csv.field_size_limit() < len(text):
        # The reader's limit is one for the whole process, so it is raised, and never lowered under another reader's hands.
        csv.field_size_limit(len(text))
    lines = _lines(path, text)
    _, header = next(lines, (1, []))
    names = [name.strip() for name in header]
    strangers = [name for name in names if name not in types()]
    if strangers or not names:
        raise InvalidArgument(f"{path}: no table has the columns {', '.join(strangers) or '(none)'}")
    if len(set(names)) < len(names):
        raise InvalidArgument(f"{path}, line 1: the column {next(name for name in names if names.count(name) > 1)} stands twice")
    rows: list[dict[str, Cell]] = []
    for number, cells in lines:
        if len(cells) != len(names):
            raise InvalidArgument(f"{path}, line {number}: expected {len(names)} cells, got {len(cells)}")
        row: dict[str, Cell] = {}
        for name, cell in zip(names, cells, strict=True):
            try:
                row[name] = _parsed(cell, types()[name])
            except ValueError as error:
                raise InvalidArgument(f"{path}, line {number}, column {name}: {error}") from None
        rows.append(row)
    return rows


def _lines(path: str | os.PathLike[str], text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line on which it begins; empty lines, as spreadsheets leave them at the end, are none."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InvalidArgument(f"{path}, line {number}: {error}") from None
        if cells is None:
            return
        if cells:
            yield number, cells
        number = reader.line_num + 1


def _parsed(cell: str, type: ColumnType) -> Cell:
    cell = cell.replace("\r\n", "\n").strip(" ")
    return _PARSERS[type](cell) if cell else () if type == "strings" else None


def _unguarded(cell: str) -> str:
    return _GUARDED.sub("", cell)


_IDS = re.compile(rf"[\w:/.-]+(?:{JOINT}[\w:/.-]+)*")  # a list that was joined to text, of ids or codes, which never hold what joins them


def _items(cell: str) -> tuple[str, ...]:
    if _IDS.fullmatch(cell):
        return tuple(cell.split(JOINT))
    try:
        items = json.loads(_unguarded(cell))
    except ValueError:
        items = None
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(f'expected a JSON array of texts like ["CN","JP"], got {cell!r}')
    return tuple(items)


def _number(cell: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", cell):
        raise ValueError(f"expected a whole number, got {cell!r}")
    return int(cell)


def _truth(cell: str) -> bool:
    if cell.lower() not in ("true", "false"):
        raise ValueError(f"expected true or false, got {cell!r}")
    return cell.lower() == "true"


def _day(cell: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError(f"expected a day like 2011-10-10, got {cell!r}")
    return date.fromisoformat(cell)


_PARSERS: dict[ColumnType, Callable[[str], Cell]] = {"string": _unguarded, "strings": _items, "integer": _number, "boolean": _truth, "date": _day}


# The others.


def write_jsonl(table: Tabular, path: str | os.PathLike[str]) -> None:
    """Write a table as JSON Lines: UTF-8, an object a line, with every column in order; dates as text, None as null."""
    names = [column.name for column in table.columns]
    lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=date.isoformat) + "\n" for row in table.rows())
    # JSON allows these ends of a line within text; tools that read line by line may not.
    text = "".join(lines).replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    _write(path, text.encode())


def write_parquet(table: Tabular, path: str | os.PathLike[str]) -> None:
    """Write a table as a Parquet file, with the types and metadata of the Arrow table."""
    required("pyarrow", "arrow")
    from pyarrow import parquet

    parquet.write_table(to_arrow(table), Path(path).expanduser())
