"""Dates and counts as people say them."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from textwrap import shorten
from typing import Any

import asean_cyber as ac

_QUALIFIED = {"": "{}", "?": "{} (uncertain)", "~": "about {}", "%": "about {} (uncertain)"}


def spoken(when: ac.EDTF) -> str:
    """A date as people say it, no more precise than it is.

    >>> [spoken(ac.EDTF(text)) for text in ("2011-10-10/2011-10-11", "2009-05", "201X", "2016/..")]
    ['10–11 October 2011', 'May 2009', '2010s', 'from 2016']
    """
    first, last = when.ends[0], when.ends[-1]
    if len(when.ends) == 1 or first is None or last is None:
        told = _point(last if first is None else first)
        return told if len(when.ends) == 1 else f"until {told}" if first is None else f"from {told}"
    if first.day and last.day and not first.qualifier and not last.qualifier and first.year == last.year:
        end = _point(last)
        return f"{first.day}–{end}" if first.month == last.month else f"{first.day} {month_name[first.month or 0]} – {end}"
    return f"{_point(first)} – {_point(last)}"


def _point(point: Any) -> str:
    year = point.year.replace("XX", "00s").replace("X", "0s")
    parts = [str(point.day) if point.day else "", month_name[point.month] if point.month else "", year]
    return _QUALIFIED[point.qualifier].format(" ".join(filter(None, parts)))


def told(record: Any) -> str:
    """What to call a record in a list: of a paragraph without a title also how its summary begins."""
    if not isinstance(record, ac.Statement) or record.title:
        return str(record.label)
    return f"{record.label}: {shorten(record.summary, 90, placeholder=' …')}"


def counted(count: int, noun: str) -> str:
    """A number with its noun."""
    many = noun[:-1] + "ies" if noun.endswith("y") and noun != "day" else noun + "s"
    return f"{count:,} {noun if count == 1 else many}"


def tally(records: Sequence[Any]) -> str:
    """How many records of each type."""
    counts = {sort: sum(record.type == sort for record in records) for sort in ("meeting", "statement", "instrument")}
    return ", ".join(counted(count, sort) for sort, count in counts.items() if count) or "no records"
