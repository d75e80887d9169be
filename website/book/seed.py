"""The page the dataset began with, row by row, each with the records that tell of it today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

import asean_cyber as ac

ROWS = Path(__file__).parent / "seed.json"
SOURCE = "cybercrimelaw-asean"


@attrs.frozen
class Row:
    """What the page says of an occasion, and what is known of it today."""

    heading: str
    said: str
    records: tuple[ac.AnyRecord, ...]
    note: str


def rows(data: ac.Dataset) -> list[Row]:
    """The rows of the page, in its order: the newest first."""
    return list(_rows(data))


def _rows(data: ac.Dataset) -> Iterator[Row]:
    held: list[dict[str, Any]] = json.loads(ROWS.read_text(encoding="utf-8"))
    for row in held:
        yield Row(row["heading"], row["said"], tuple(data.get(id) for id in row["records"]), row.get("note", ""))


def counts(data: ac.Dataset) -> dict[str, int]:
    """How many rows the page has, how many records stand for them, and how many the dataset holds."""
    told = rows(data)
    return {"rows": len(told), "records": len({record.id for row in told for record in row.records}), "all": len(data)}
