"""Dates that tell their precision: the part of EDTF (ISO 8601-2:2019) that records need.

``2012``, ``2009-05`` and ``2011-10-10/2011-10-11`` are different statements: a year, a month, and an
event that lasted two days. An `EDTF` value keeps the statement as it was written and knows the
first and the last day it can mean.
"""

from __future__ import annotations

import operator
import re
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache, total_ordering
from typing import Literal, NamedTuple

import attrs

from ..errors import InvalidField

Precision = Literal["day", "month", "year", "decade", "century"]
PRECISIONS: tuple[Precision, ...] = ("day", "month", "year", "decade", "century")

_POINT = re.compile(
    r"""(?P<year>\d{4}|\d{3}X|\d{2}XX)
        (?:-(?P<month>\d{2}|XX)
        (?:-(?P<day>\d{2}|XX))?)?
        (?P<qualifier>[?~%])?""",
    re.VERBOSE | re.ASCII,
)
_FORMS = (
    "write YYYY, YYYY-MM or YYYY-MM-DD, an interval of two of these (2011-10-10/2011-10-11), "
    "an open one (2016/..), X for an unknown digit of the year (201X), or add ? ~ % to qualify a date"
)


class Match(Enum):
    """Whether a date falls within a span of days: no, maybe (it is too imprecise to tell), or yes.

    ``NO`` is false, the other two are true.

    >>> import asean_cyber as ac
    >>> from datetime import date
    >>> found = ac.EDTF("2009-05").match(date(2009, 5, 12), date(2009, 5, 12))
    >>> found is ac.Match.MAYBE, bool(found), bool(ac.Match.NO)
    (True, True, False)
    """

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"

    def __bool__(self) -> bool:
        return self is not Match.NO


class Point(NamedTuple):
    """One end of a date, as far as it is known: ``201X-XX~`` has the year ``201X``, no month, and the qualifier ``~``.

    >>> import asean_cyber as ac
    >>> point = ac.EDTF("2009-05~").ends[0]
    >>> isinstance(point, ac.Point), point.year, point.month, point.day, point.qualifier, point.precision
    (True, '2009', 5, None, '~', 'month')
    >>> point.start, point.end, point.known
    (datetime.date(2009, 5, 1), datetime.date(2009, 5, 31), [2009, 5])
    """

    year: str
    """Four characters, the last one or two of which may be ``X``."""
    month: int | None
    """From 1 to 12, None where it is not known."""
    day: int | None
    """From 1 to 31, None where it is not known."""
    qualifier: str
    """``?`` uncertain, ``~`` approximate, ``%`` both, or nothing."""
    start: date
    """The earliest day it can mean."""
    end: date
    """The latest day it can mean."""
    precision: Precision
    """The unit in which it is given: day, month, year, decade or century."""

    @property
    def known(self) -> list[int]:
        """Year, month and day as numbers, as far as they are known; empty where digits of the year are not."""
        if not self.year.isdigit():
            return []
        return [int(self.year), *(part for part in (self.month, self.day) if part is not None)]


@total_ordering
@attrs.frozen(order=False, repr=False)
class EDTF:
    """A date, or a span of dates, as precise as its source and no more.

    Read are, of EDTF levels 0 and 1: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``; ``XX`` for an unknown
    month or day and ``X`` for unknown last digits of a year; the qualifiers ``?`` (uncertain), ``~``
    (approximate) and ``%`` (both) at the end of a date; intervals ``A/B`` with either end open (``..``).
    Source of the definitions: https://www.loc.gov/standards/datetime/.

    `str()` gives the text back unchanged. Two values are equal when their texts are equal. They are
    ordered by the first day they can mean, then by the last (so a day comes before the month that
    begins with it), then by text.

    Raises `InvalidField` (a `ValueError`) when the text is not such a date, or ends before it starts.

    >>> d = EDTF("2009-05")
    >>> d.start, d.end, d.precision
    (datetime.date(2009, 5, 1), datetime.date(2009, 5, 31), 'month')
    >>> EDTF("2009-05-01") < d < EDTF("2009-06")
    True
    >>> d.year, d.is_interval, d.is_exact, d.is_qualified
    (2009, False, False, False)
    >>> EDTF("2009/..").is_interval, EDTF("2009-05-01").is_exact, EDTF("2009?").is_qualified
    (True, True, True)
    """

    text: str
    """The date as it was written."""
    ends: tuple[Point | None, ...] = attrs.field(init=False, eq=False)
    """Its parts: the one point of a date, or the two ends of an interval, None for an open one."""
    start: date = attrs.field(init=False, eq=False)
    """The earliest day it can mean (`date.min` for an open start)."""
    end: date = attrs.field(init=False, eq=False)
    """The latest day it can mean (`date.max` for an open end)."""
    precision: Precision = attrs.field(init=False, eq=False)
    """The coarsest unit that any part of it is given in."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise InvalidField("date", f"expected EDTF text, got {self.text!r}")
        ends = _ends(self.text)
        first, last = ends[0], ends[-1]
        put = object.__setattr__
        put(self, "ends", ends)
        put(self, "start", first.start if first else date.min)
        put(self, "end", last.end if last else date.max)
        put(self, "precision", max((end.precision for end in ends if end), key=PRECISIONS.index))
        if self.end < self.start:
            raise InvalidField("date", f"{self.text!r} ends before it starts")

    @property
    def year(self) -> int:
        """The year in which it starts (in which it ends, where the start is open)."""
        return self.end.year if self.start == date.min else self.start.year

    @property
    def is_interval(self) -> bool:
        """Whether it lasts from one date to another, rather than being one date."""
        return len(self.ends) == 2

    @property
    def is_exact(self) -> bool:
        """Whether every end of it is known to the day, with no qualifier."""
        return self.precision == "day" and not self.is_qualified and None not in self.ends

    @property
    def is_qualified(self) -> bool:
        """Whether it is marked uncertain (``?``), approximate (``~``) or both (``%``)."""
        return any(end is not None and end.qualifier for end in self.ends)

    def match(self, since: date, until: date) -> Match:
        """Whether it falls, at least in part, within the days from `since` to `until`, inclusive.

        >>> EDTF("2009-05").match(date(2009, 5, 12), date(2009, 5, 12))
        <Match.MAYBE: 'maybe'>
        >>> EDTF("2009-05").match(date(2009, 1, 1), date(2009, 12, 31))
        <Match.YES: 'yes'>
        >>> EDTF("2011-10-10/2011-10-11").match(date(2011, 10, 11), date(2011, 10, 12))
        <Match.YES: 'yes'>
        """
        if self.start > until or self.end < since:
            return Match.NO
        first, last = self.ends[0], self.ends[-1]
        begun = first is None or first.end <= until
        lasts = last is None or last.start >= since
        return Match.YES if begun and lasts and not self.is_qualified else Match.MAYBE

    def _key(self) -> tuple[date, date, str]:
        return self.start, self.end, self.text

    def __lt__(self, other: object) -> bool:
        return self._key() < other._key() if isinstance(other, EDTF) else NotImplemented

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"EDTF({self.text!r})"

    def __format__(self, spec: str) -> str:
        return format(self.text, spec)

    def __replace__(self, /, **changes: str) -> EDTF:
        return attrs.evolve(self, **changes)


def _ends(text: str) -> tuple[Point | None, ...]:
    if "/" not in text:
        return (_point(text, text),)
    first, _, last = text.partition("/")
    if first == last == "..":
        raise InvalidField("date", f"{text!r} says nothing: both ends are open")
    return tuple(None if end == ".." else _point(end, text) for end in (first, last))


def _point(text: str, whole: str) -> Point:
    """One end of the date `whole`."""
    found = _POINT.fullmatch(text)
    if not found:
        raise InvalidField("date", f"{whole!r} is not an EDTF date: {_FORMS}")
    year, m, d, qualifier = found["year"], found["month"], found["day"], found["qualifier"] or ""
    month, day = (int(part) if part not in (None, "XX") else None for part in (m, d))
    if month is None and day is not None:
        raise InvalidField("date", f"{whole!r} gives a day of an unknown month")
    if "X" in year:
        if m is not None:
            raise InvalidField("date", f"{whole!r} gives a month of an unknown year")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return Point(year, None, None, qualifier, date(max(low, 1), 1, 1), date(high, 12, 31), "decade" if year.count("X") == 1 else "century")
    y = int(year)
    if y == 0:
        raise InvalidField("date", f"{whole!r} is of the year 0, which is out of bounds: years go from 0001 to 9999")
    if month is None:
        return Point(year, None, None, qualifier, date(y, 1, 1), date(y, 12, 31), "year")
    if not 1 <= month <= 12:
        raise InvalidField("date", f"{whole!r} has no month of the calendar: months go from 01 to 12")
    if day is None:
        return Point(year, month, None, qualifier, date(y, month, 1), _last_of_month(y, month), "month")
    try:
        exact = date(y, month, day)
    except ValueError:
        raise InvalidField("date", f"{whole!r} is not a day of the calendar") from None
    return Point(year, month, day, qualifier, exact, exact, "day")


def _last_of_month(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=4096)
def shared(text: str) -> EDTF:
    """The date of a text; for texts that come up again, the same object."""
    if len(text) == 10 and text[4] == text[7] == "-" and text.isascii():
        # Most are days, and these Python reads by itself.
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return EDTF(text)
        item = object.__new__(EDTF)
        item.__setstate__({"text": text, "ends": (Point(text[:4], day.month, day.day, "", day, day, "day"),), "start": day, "end": day, "precision": "day"})  # type: ignore[attr-defined]
        return item
    return EDTF(text)


def as_edtf(value: EDTF | str | date | int) -> EDTF:
    """`value` as an `EDTF`: a year given as an int, a `datetime.date`, EDTF text, or one already.

    >>> as_edtf(2009), as_edtf(date(2009, 5, 12))
    (EDTF('2009'), EDTF('2009-05-12'))
    """
    if isinstance(value, EDTF):
        return value
    if isinstance(value, str):
        return shared(value)
    if isinstance(value, date) and value == value:  # pandas has a date, NaT, that is none
        return shared(date.isoformat(value)[:10])
    if hasattr(value, "__index__") and not isinstance(value, bool):
        year = operator.index(value)  # pyright: ignore[reportArgumentType]  # a date with an index is none of Python's
        if 1 <= year <= 9999:
            return shared(f"{year:04d}")
        raise InvalidField("date", f"expected a year from 1 to 9999, got {year if abs(year) < 10**20 else 'a number far beyond'}")
    raise InvalidField("date", f"expected EDTF text, a year or a date, got {value!r}")
