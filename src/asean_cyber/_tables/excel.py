"""Tables as an Excel workbook: a sheet for each, days as dates, addresses as links, and a sheet that says what the columns mean."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .._about import RELEASED
from ..errors import InvalidArgument
from .columns import Cell, Column
from .frames import Tabular, required
from .labels import JOINT

_LONGEST = 32_767  # letters that Excel takes in a cell
_FIRST = date(1900, 3, 1)  # from which on all that read the format agree on what day a number is
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WIDTHS = {"integer": 9, "boolean": 10, "date": 12}
_WIDE = ("summary", "description", "definition", "quotation", "reason", "title", "name", "label")


def write_excel(tables: Sequence[Tabular], path: str | os.PathLike[str]) -> None:
    """Write tables as a workbook, a sheet each.

    Lists are text, and a ``date`` that is a plain day is one that Excel can reckon with; other dates keep their text.
    Raises `InvalidArgument` for a text that is too long for a cell, and `MissingExtra` where openpyxl is not installed.
    """
    required("openpyxl", "excel")
    from openpyxl import Workbook

    held = [(table, [tuple(map(_joined, row)) for row in table.rows()]) for table in tables]
    for table, rows in held:
        _check(table, rows)  # before the first row is written, for what is begun cannot be left
    book = Workbook(write_only=True)
    for table, rows in held:
        _fill(book.create_sheet(table.name), [column.name for column in table.columns], rows, table.columns)
    notes = book.create_sheet("about")
    about = [("", "", name, text) for name, text in tables[0].about.items()] if tables else []
    meanings = [(table.name, column.name, column.type, column.description) for table in tables for column in table.columns]
    _fill(notes, ["table", "column", "type", "meaning"], [*about, *meanings])
    of = book.properties
    of.title, of.creator = (tables[0].about.get("title") if tables else None), "asean-cyber"
    of.created = of.modified = datetime.fromisoformat(RELEASED)
    book.save(Path(path).expanduser())


def _joined(cell: Cell) -> Cell:
    return JOINT.join(cell) or None if isinstance(cell, tuple) else cell


def _check(table: Tabular, rows: Iterable[tuple[Cell, ...]]) -> None:
    for row in rows:
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, str) and len(cell) > _LONGEST:
                advice = "write a CSV or Parquet file"
                raise InvalidArgument(f"{row[0]}, {column.name}: {len(cell):,} letters are more than the {_LONGEST:,} that Excel takes in a cell; {advice}")


def _fill(sheet: Any, header: list[str], rows: Iterable[tuple[Cell, ...]], columns: Sequence[Column] = ()) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for at, name in enumerate(header, 1):
        size = _WIDTHS.get(columns[at - 1].type, 18) if columns else 18
        sheet.column_dimensions[get_column_letter(at)].width = 60 if name in _WIDE or name == "meaning" else max(size, len(name) + 2)
    heads = [WriteOnlyCell(sheet, name) for name in header]
    for cell in heads:
        cell.font = Font(bold=True)
    sheet.append(heads)
    count = 1
    for row in rows:
        count += 1
        sheet.append([_cell(sheet, name, value) for name, value in zip(header, row, strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"


def _cell(sheet: Any, name: str, value: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str) and name == "date" and _DAY.fullmatch(value):
        value = date.fromisoformat(value)
    if isinstance(value, date):
        if value < _FIRST:
            return value.isoformat()
        cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type,unused-ignore]  # a day alone is taken too
        cell.number_format = "yyyy-mm-dd"
        return cell
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # text, also where it begins like a formula, and when someone edits it
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    if name == "url" and value.startswith(("https://", "http://")):
        cell.hyperlink = value
        cell.style = "Hyperlink"
    return cell
