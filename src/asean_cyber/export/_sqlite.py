"""The dataset as an SQLite database: every table with its keys, a full-text index, views that join names.

It needs nothing but Python, and opens in whatever reads SQLite; Datasette takes the ``metadata.json`` beside it.

- Lists are JSON arrays, which SQLite's ``json_each`` unfolds and Datasette facets; what is looked up by way of them
  also stands in link tables. Days are text, ``2011-10-10``; truth is 0 or 1.
- ``records_fts`` finds words in titles, summaries and quotations, without accents:
  ``select id, label from records where rowid in (select rowid from records_fts where records_fts match 'scam*')``.
- The views ``records_named``, ``meetings_named``, ``statements_named`` and ``instruments_named`` have names and
  alpha-3 codes beside ids, and the address of the best source.
- The table ``about`` says what the data are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from .._model.records import Statement
from .._query.dataset import Dataset
from .._tables.columns import Cell, Column
from .._tables.files import items_text
from .._tables.labels import JOINT
from .._tables.table import Table, tables
from ..vocabulary import SourceKind
from ._about import about

_TYPES = {"string": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "date": "TEXT", "strings": "TEXT"}
_NAMED = ("records", "meetings", "statements", "instruments")
_FACETS: dict[str, list[Any]] = {
    "records": ["type", "body_kind", "body", {"array": "topics"}],
    "meetings": ["body", "country", {"array": "topics"}, {"array": "partners"}],
    "statements": ["body", "kind", {"array": "bands"}, {"array": "topics"}],
    "instruments": ["body", "kind", "status", {"array": "topics"}],
    "acts": ["band", "kind"],
    "sources": ["kind", "publisher"],
}


def write_sqlite(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """``asean-cyber.db`` and ``metadata.json``, and where they are.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_sqlite(Dataset.from_records([]), pathlib.Path(folder))]
    ['asean-cyber.db', 'metadata.json']
    """
    held = tables(dataset._catalogue)
    path, unfinished = folder / "asean-cyber.db", folder / "asean-cyber.db.unfinished"
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as database:
        for table in held.values():
            _fill(database, table)
        _index(database, dataset)
        for name in _NAMED:
            database.execute(_view(held[name]))
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        database.executemany("INSERT INTO about VALUES (?, ?)", _about(dataset))
        database.commit()
        database.execute("VACUUM")
    unfinished.replace(path)
    yield path
    metadata = folder / "metadata.json"
    metadata.write_bytes((json.dumps(_metadata(dataset, list(held.values())), ensure_ascii=False, indent=2) + "\n").encode())
    yield metadata


def _fill(database: sqlite3.Connection, table: Table) -> None:
    keyed = table.key == ("id",)
    columns = [f"{column.name} {_TYPES[column.type]}{_rules(column, keyed)}" for column in table.columns]
    if table.name == "records":
        columns.append("quotation TEXT")  # so that all that is searched stands in one table
    if table.key and not keyed:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    database.execute(f"CREATE TABLE {table.name} ({', '.join(columns)})")
    names = ", ".join(column.name for column in table.columns)
    places = ", ".join("?" * len(table.columns))
    database.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", (tuple(map(_stored, row)) for row in table.rows()))
    for column in table.columns:
        if column.references and column.type != "strings":
            database.execute(f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})")


def _rules(column: Column, keyed: bool) -> str:
    if keyed and column.name == "id":
        return " PRIMARY KEY NOT NULL"
    rules = " NOT NULL" if column.required else ""
    return f"{rules} REFERENCES {column.references} (id)" if column.references and column.type != "strings" else rules


def _stored(cell: Cell) -> str | int | None:
    if isinstance(cell, tuple):
        return items_text(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _index(database: sqlite3.Connection, dataset: Dataset) -> None:
    quoted = ((record.quotation.text, record.id) for record in dataset.contents.records if isinstance(record, Statement) and record.quotation)
    database.executemany("UPDATE records SET quotation = ? WHERE id = ?", quoted)
    columns = "label, summary, quotation"
    database.execute(f"""CREATE VIRTUAL TABLE records_fts USING fts5({columns}, content="records", tokenize="unicode61 remove_diacritics 2")""")
    database.execute("INSERT INTO records_fts (records_fts) VALUES ('rebuild')")


# Views.

_BEST = ", ".join(f"WHEN '{kind.value}' THEN {rank}" for rank, kind in enumerate(SourceKind)).replace(", ", " ")
_DISAGREES = "EXISTS (SELECT 1 FROM discrepancies d WHERE d.record = c.record AND d.source = c.source)"
_URL = f"""(SELECT s.url FROM record_sources c JOIN sources s ON s.id = c.source WHERE c.record = t.id
    ORDER BY NOT c.document, s.url IS NULL, {_DISAGREES}, CASE s.kind {_BEST} END, c.position LIMIT 1) AS url"""
_NAME_OF = {"bodies": "name", "topics": "label", "participants": "name", "meetings": "name", "instruments": "title"}


def _view(table: Table) -> str:
    known = {column.name: column for column in table.columns}
    parts = []
    source = ""
    for column in table.labelled().columns:
        if column.name in known:
            source = column.name
            parts.append(f"t.{column.name}")
        elif column.name == "url":
            parts.append(_URL)
        else:
            parts.append(f"{_beside(known[source], column.name)} AS {column.name}")
    return f"CREATE VIEW {table.name}_named AS SELECT {', '.join(parts)} FROM {table.name} t"


def _beside(column: Column, name: str) -> str:
    """What is known of the ids in a column: their names, or alpha-3 codes."""
    if column.references is None:  # whom an act addresses: one of several things
        what = "coalesce((SELECT name FROM participants WHERE id = j.value), (SELECT name FROM bodies WHERE id = j.value), j.value)"
        return f"(SELECT group_concat({what}, '{JOINT}') FROM json_each(t.{column.name}) j)"
    what = "coalesce(x.alpha_3, x.id)" if name.endswith("_alpha_3") else f"x.{_NAME_OF[column.references]}"
    if column.type == "strings":
        return f"(SELECT group_concat({what}, '{JOINT}') FROM json_each(t.{column.name}) j JOIN {column.references} x ON x.id = j.value)"
    return f"(SELECT {what} FROM {column.references} x WHERE x.id = t.{column.name})"


# What the data are.


_SCHEMES = {"swh": "swhid", "pkg": "package"}


def _about(dataset: Dataset) -> Iterator[tuple[str, str]]:
    of = about(dataset)
    told = {
        "title": of.title,
        "description": of.description,
        "version": of.version,
        "released": of.released,
        "license": of.licence and of.licence.id,
        "license_url": of.licence and of.licence.url,
        "creator": ", ".join(of.creators),
        "identifier": of.iri,
        **{_SCHEMES.get(each.partition(":")[0], "doi"): each for each in of.identifiers},
        "address": of.address,
        "fingerprint": dataset.fingerprint,
        "citation": of.citation,
    }
    return ((name, value) for name, value in told.items() if value)


def _metadata(dataset: Dataset, held: list[Table]) -> dict[str, Any]:
    """What Datasette shows beside the data."""
    of = about(dataset)
    own = {
        table.name: {
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
            **({"facets": _FACETS[table.name]} if table.name in _FACETS else {}),
        }
        for table in held
    }
    whole = {
        "title": of.title,
        "description": of.description,
        "license": of.licence and of.licence.name,
        "license_url": of.licence and of.licence.url,
        "source": of.version and f"asean-cyber {of.version}",
        "databases": {"asean-cyber": {"tables": own}},
    }
    return {name: value for name, value in whole.items() if value}
