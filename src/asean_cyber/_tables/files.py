"""Tables as files: CSV that spreadsheets open safely, JSON Lines, Parquet.

The rules of the CSV files, which `read_csv` undoes:

- UTF-8, commas, a header, lines that end in a line feed, double quotes where a cell needs them.
- What is not known is an empty cell; booleans are ``true`` and ``false``, dates ``2011-10-10``.
- The items of a list are joined with ``|``; within an item, ``|`` is written ``\\|`` and ``\\`` is written ``\\\\``.
- A cell that a spreadsheet could take for a formula has an apostrophe before it. These begin, after any
  spaces, apostrophes and invisible characters, with ``= + - @`` (or their full-width forms), or with
  a tab or the end of a line.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import date
from pathlib import Path

from .columns import LAYOUTS, Cell, ColumnType
from .frames import Tabular, required, to_arrow

# Whatever this matches, it also matches with one more apostrophe before it. So a cell that begins with
# an apostrophe and matches without it has got that apostrophe here, and no other cell has.
_FORMULA = re.compile(r"[\s'\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n]")
_QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')
_ITEM = re.compile(r"(?:[^\\|]|\\.)+", re.DOTALL)

_TYPE_OF: dict[str, ColumnType] = {column.name: column.type for layout in LAYOUTS.values() for column in layout.columns}


def csv_text(table: Tabular) -> str:
    """A table as the text of a CSV file.

    >>> import asean_cyber as ac
    >>> print(csv_text(ac.meetings(body="AMMTC", year=2011).to_table())[:27])
    id,body,ordinal,name,kind,d
    """
    lines = [[column.name for column in table.columns], *([_csv_cell(cell) for cell in row] for row in table.rows())]
    return "".join(",".join(line) + "\n" for line in lines)


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        text = "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in cell)
    elif isinstance(cell, bool):
        text = str(cell).lower()
    else:
        text = str(cell)
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def write_csv(table: Tabular, path: str | os.PathLike[str], encoding: str = "utf-8") -> None:
    """Write a table as a CSV file."""
    Path(path).write_bytes(csv_text(table).encode(encoding))


def read_csv(path: str | os.PathLike[str]) -> list[dict[str, Cell]]:
    """The rows of a CSV file that this library wrote, each cell with the type and the text it had.

    Raises `ValueError` where the file has columns that no table here has, or a row of another length.
    """
    lines = csv.reader(io.StringIO(Path(path).read_bytes().decode("utf-8-sig"), newline=""), strict=True)
    header = next(lines, [])
    strangers = [name for name in header if name not in _TYPE_OF]
    if strangers or not header:
        raise ValueError(f"{path}: no table has the columns {', '.join(strangers) or '(none)'}")
    rows: list[dict[str, Cell]] = []
    for line in lines:
        if len(line) != len(header):
            raise ValueError(f"{path}, line {lines.line_num}: expected {len(header)} cells, got {len(line)}")
        rows.append({name: _parsed(text, _TYPE_OF[name]) for name, text in zip(header, line, strict=True)})
    return rows


def _parsed(text: str, type: ColumnType) -> Cell:
    if text.startswith("'") and _FORMULA.match(text[1:]):
        text = text[1:]
    if type == "strings":
        return tuple(re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in _ITEM.findall(text))
    if not text:
        return None
    if type == "integer":
        return int(text)
    if type == "boolean":
        return text == "true"
    return date.fromisoformat(text) if type == "date" else text


def write_jsonl(table: Tabular, path: str | os.PathLike[str]) -> None:
    """Write a table as JSON Lines: UTF-8, an object a line, with every column in order; dates as text, None as null."""
    names = [column.name for column in table.columns]
    lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=date.isoformat) + "\n" for row in table.rows())
    # JSON allows these ends of a line within text; tools that read line by line may not.
    text = "".join(lines).replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    Path(path).write_bytes(text.encode())


def write_parquet(table: Tabular, path: str | os.PathLike[str]) -> None:
    """Write a table as a Parquet file, with the types and metadata of the Arrow table."""
    required("pyarrow", "arrow")
    from pyarrow import parquet

    parquet.write_table(to_arrow(table), os.fspath(path))
