"""Panels: how many records there are of each body, country, partner or topic in each year, and where that is not known.

Only a dataset that knows its gaps can tell "nothing was there" from "nobody looked". Of the meetings of a body, a year
is known in full where a meeting is recorded and none may be missing, and between two meetings whose
numbers follow one another. It is not known where a number is missing that may fall into it, before the first and after
the last meeting on record, and where meetings have no numbers and none is recorded. Of what was said and made,
a year is known where the meetings are, and where no other gap of the body is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from .. import _packaged
from .._lookup.catalogue import Catalogue
from .._lookup.facets import FACETS
from .._lookup.names import nearest
from .._model.records import Meeting, Record
from .._query.records import Records
from .._tables.columns import Cell, Column, Layout
from .._tables.convertible import Convertible
from .._tables.labels import labelled
from .._tables.table import answer_table
from ..errors import InvalidArgument, UnknownName, WrongType

Unit: TypeAlias = Literal["body-year", "country-year", "partner-year", "topic-year"]

_FACETS = {"body-year": "body", "country-year": "country", "partner-year": "partner", "topic-year": "own topic"}
_REFERENCES = {"body-year": "bodies", "country-year": "participants", "partner-year": "participants", "topic-year": "topics"}


@attrs.frozen(eq=False)
class Panel(Convertible):
    """A count for each unit and year, in long form: it has the ``to_`` methods of an answer.

    The columns are the unit (``body``, ``country``, ``partner`` or ``topic``), its name, for countries the ISO 3166-1
    alpha-3 code, ``year``, ``count`` and ``complete``. A count is missing where nothing is on record and something
    may be missing; where something is on record and more may be missing it stands, and `complete` is False.

    >>> import asean_cyber as ac
    >>> table = ac.panel("body-year", of=ac.meetings(body="AMMTC", since=1997, until=1999))
    >>> isinstance(table, ac.Panel), table.name, table.description, len(table)
    (True, 'body-year', 'A body and a year, with how many records it has.', 3)
    >>> table.to_pandas()["count"].tolist(), sorted(table.about), [column.name for column in table.columns][:2]
    ([1, 0, 1], ['fingerprint', 'identifier', 'license', 'package', 'title', 'version'], ['body', 'body_name'])
    """

    unit: Unit
    """What is counted by: ``body-year``, ``country-year``, ``partner-year`` or ``topic-year``."""
    _rows: tuple[tuple[str, int, int | None, bool], ...] = attrs.field(repr=False)
    _of: Records[Any] = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """The name, which is also that of its file."""
        return self.unit

    @property
    def description(self) -> str:
        """What one row is."""
        return f"A {self.unit.removesuffix('-year')} and a year, with how many records it has."

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        word = self.unit.removesuffix("-year")
        id = Column(word, "string", f"The {word}.", required=True, references=_REFERENCES[self.unit], get=lambda row, _: row[0])
        named = labelled(Layout(self.unit, "", (id,))).columns
        return (
            *named,
            Column("year", "integer", "The year.", required=True, get=lambda row, _: row[1]),
            Column("count", "integer", "How many records; missing where none is on record and some may be missing.", get=lambda row, _: row[2]),
            Column("complete", "boolean", "Whether nothing is known to be missing in that year.", required=True, get=lambda row, _: row[3]),
        )

    @property
    def about(self) -> Mapping[str, str]:
        """What the data are: of the packaged dataset title, version, licence, identifier and fingerprint; of another nothing."""
        return answer_table("records", (), self._of.catalogue).about

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, each a tuple with a cell for each column.

        >>> import asean_cyber as ac
        >>> table = ac.panel("body-year", of=ac.meetings(body="AMMTC", since=1997, until=1999))
        >>> next(table.rows())[2:]
        (1997, 1, True)
        """
        columns = self.columns
        for row in self._rows:
            yield tuple(column.cell(row, self._of.catalogue) for column in columns)


def panel(unit: Unit, of: Records[Any] | None = None, *, among: Records[Any] | None = None) -> Panel:
    """How many records each body, country, partner or topic has in each year, in long form, ready to be merged.

    Counted are the records `of` an answer (by default all of the packaged dataset), a record with several
    partners or topics under each. Rows there are for every unit and every year `among` an answer (by default the
    same): give the wider one to see who did nothing.

    A count is 0 only where the series that could have given one were examined and gave none; where something may
    be missing it is missing. Of a body its own series decides; of countries, partners and topics the series of
    all bodies in the answer, so that a question of a few well-covered bodies gives a fuller panel than one of all.

    Raises `UnknownName` for another unit, and `WrongType` for what is no answer.

    >>> import asean_cyber as ac
    >>> table = ac.panel("body-year", of=ac.meetings(body="AMMTC", since=1997, until=2004))
    >>> [column.name for column in table.columns]
    ['body', 'body_name', 'year', 'count', 'complete']
    >>> [row[2:] for row in table.rows()][:3]
    [(1997, 1, True), (1998, 0, True), (1999, 1, True)]
    """
    if unit not in _FACETS:
        raise UnknownName("unit", unit, nearest(str(unit), _FACETS, 1), f"it is one of {', '.join(_FACETS)}")
    counted: Records[Any] = _packaged.dataset().records() if of is None else of
    wider = counted if among is None else among
    if not isinstance(counted, Records) or not isinstance(wider, Records):
        raise WrongType("panel takes answers, as asean_cyber.records() gives them: of what is counted, among what")
    if among is not None and counted.catalogue.contents != wider.catalogue.contents:
        raise InvalidArgument("of and among are answers of two datasets: ask both of the same one")
    known = wider.catalogue
    if not len(wider):
        return Panel(unit, (), counted)
    first, last = min(record.year for record in wider), max(record.year for record in wider)
    years = range(first, last + 1)
    bodies = {record.body for record in wider}
    texts = counted.to_table().name != "meetings"
    unread = {gap.body for gap in known.contents.gaps if texts and not gap.ordinals}
    whole = {body: frozenset[int]() if body in unread else _known_years(body, known, years) for body in bodies}
    everywhere = frozenset(years).intersection(*(whole[body] if body in unread else whole[body] | _before(body, known, years) for body in bodies))
    facet = FACETS[_FACETS[unit]]
    counts = Counter((value, record.year) for record in counted for value in facet(known, record))
    units = sorted({value for record in wider for value in facet(known, record)})

    def cell(value: str, year: int) -> tuple[str, int, int | None, bool]:
        complete = year in (whole[value] if unit == "body-year" else everywhere)
        count = counts[value, year]
        return value, year, count if count or complete else None, complete

    return Panel(unit, tuple(cell(value, year) for value in units for year in years), counted)


def _known_years(body: str, known: Catalogue, years: range) -> frozenset[int]:
    """The years of which all meetings of a body are on record."""
    meetings = _meetings(body, known)
    numbered = {meeting.ordinal: meeting for meeting in meetings if meeting.ordinal is not None}
    whole = {meeting.year for meeting in meetings}
    for before, after in zip(sorted(numbered), sorted(numbered)[1:], strict=False):
        between = range(numbered[before].year + 1, numbered[after].year)
        if after == before + 1:
            whole.update(between)
        else:
            # A number is missing: it falls between the years of its neighbours, or, where there are none, into one of theirs.
            whole.difference_update(between or (numbered[before].year, numbered[after].year))
    return frozenset(whole.intersection(years))


def _before(body: str, known: Catalogue, years: range) -> frozenset[int]:
    """The years before the first meeting of a body, in which it cannot have added to what others did."""
    first = next((meeting for meeting in _meetings(body, known) if meeting.ordinal == 1), None)
    return frozenset(range(years.start, first.year)) if first is not None else frozenset()


def _meetings(body: str, known: Catalogue) -> list[Meeting]:
    return sorted((meeting for meeting in known.contents.meetings if meeting.body == body), key=Record._key)
