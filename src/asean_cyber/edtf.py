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
from functools import lru_cache
from typing import Literal

import attrs

from .errors import InvalidField

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
    """

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"

    def __bool__(self) -> bool:
        return self is not Match.NO


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
    """

    text: str
    start: date = attrs.field(init=False, eq=False)
    """The earliest day it can mean (`date.min` for an open start)."""
    end: date = attrs.field(init=False, eq=False)
    """The latest day it can mean (`date.max` for an open end)."""
    precision: Precision = attrs.field(init=False, eq=False)
    """The coarsest unit that any part of it is given in."""
    _latest_start: date = attrs.field(init=False, eq=False)
    _earliest_end: date = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise InvalidField("date", f"expected EDTF text, got {self.text!r}")
        first, slash, last = self.text.partition("/")
        if slash and first == last == "..":
            raise InvalidField("date", f"{self.text!r} says nothing: both ends are open")
        opening = _point(first, self.text, open_day=date.min if slash else None)
        closing = _point(last, self.text, open_day=date.max) if slash else opening
        if closing[1] < opening[0]:
            raise InvalidField("date", f"{self.text!r} ends before it starts")
        put = object.__setattr__
        put(self, "start", opening[0])
        put(self, "end", closing[1])
        put(self, "precision", max(opening[2], closing[2], key=PRECISIONS.index))
        put(self, "_latest_start", opening[1])
        put(self, "_earliest_end", closing[0])

    @property
    def year(self) -> int:
        """The year in which it starts (in which it ends, where the start is open)."""
        return self.end.year if self.start == date.min else self.start.year

    @property
    def is_interval(self) -> bool:
        """Whether it lasts from one date to another, rather than being one date."""
        return "/" in self.text

    @property
    def is_exact(self) -> bool:
        """Whether every end of it is known to the day, with no qualifier."""
        return self.precision == "day" and not self.is_qualified and ".." not in self.text

    @property
    def is_qualified(self) -> bool:
        """Whether it is marked uncertain (``?``), approximate (``~``) or both (``%``)."""
        return any(mark in self.text for mark in "?~%")

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
        if self._latest_start <= until and self._earliest_end >= since and not self.is_qualified:
            return Match.YES
        return Match.MAYBE

    def _key(self) -> tuple[date, date, str]:
        return self.start, self.end, self.text

    def __lt__(self, other: object) -> bool:
        return self._key() < other._key() if isinstance(other, EDTF) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._key() <= other._key() if isinstance(other, EDTF) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._key() > other._key() if isinstance(other, EDTF) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._key() >= other._key() if isinstance(other, EDTF) else NotImplemented

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"EDTF({self.text!r})"


def _point(text: str, whole: str, open_day: date | None) -> tuple[date, date, Precision]:
    """The first and last day that one end of a date can mean, and its precision."""
    if text == ".." and open_day is not None:
        return open_day, open_day, "day"
    found = _POINT.fullmatch(text)
    if not found:
        raise InvalidField("date", f"{whole!r} is not an EDTF date: {_FORMS}")
    year, month, day, _ = found.groups()
    if month in (None, "XX") and day not in (None, "XX"):
        raise InvalidField("date", f"{whole!r} gives a day of an unknown month")
    try:
        if "X" in year:
            if month is not None:
                raise InvalidField("date", f"{whole!r} gives a month of an unknown year")
            unknown = year.count("X")
            low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
            return date(max(low, 1), 1, 1), date(high, 12, 31), "decade" if unknown == 1 else "century"
        if month in (None, "XX"):
            return date(int(year), 1, 1), date(int(year), 12, 31), "year"
        y, m = int(year), int(month)
        if day in (None, "XX"):
            return date(y, m, 1), _last_of_month(y, m), "month"
        exact = date(y, m, int(day))
    except InvalidField:
        raise
    except ValueError:
        raise InvalidField("date", f"{whole!r} is not a day of the calendar") from None
    return exact, exact, "day"


def _last_of_month(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=4096)
def _shared(text: str) -> EDTF:
    return EDTF(text)


def as_edtf(value: EDTF | str | date | int) -> EDTF:
    """`value` as an `EDTF`: a year given as an int, a `datetime.date`, EDTF text, or one already.

    >>> as_edtf(2009), as_edtf(date(2009, 5, 12))
    (EDTF('2009'), EDTF('2009-05-12'))
    """
    if isinstance(value, EDTF):
        return value
    if isinstance(value, str):
        return _shared(value)
    if isinstance(value, date):
        return _shared(date.isoformat(value)[:10])
    if hasattr(value, "__index__") and not isinstance(value, bool):
        return _shared(f"{operator.index(value):04d}")
    raise InvalidField("date", f"expected EDTF text, a year or a date, got {value!r}")
