"""The questions of `Dataset`, asked of the packaged dataset."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Never, Unpack

from . import _packaged
from ._lookup.catalogue import participant_names
from ._model.edtf import EDTF, as_edtf
from ._model.records import Body, Gap, Instrument, Meeting, Record, Source, Statement, Topic
from ._query.dataset import Dataset, Link
from ._query.records import AnyRecord, Records
from ._query.selecting import takes_filters
from ._query.words import Filters
from .places import Participant, accessions, participants


def dataset() -> Dataset:
    """The packaged dataset, read at the first call and kept.

    >>> import asean_cyber as ac
    >>> ac.dataset() is ac.dataset(), "ammtc-8" in ac.dataset()
    (True, True)
    """
    return _packaged.dataset()


@takes_filters
def meetings(*unnamed: Never, **filters: Unpack[Filters]) -> Records[Meeting]:
    """The meetings that pass the filters, in time order; without filters, all.

    The words are those of `Filters`. A word that names something takes one value or several, of which any
    will do; where several words are given, all must hold. None is the same as not given.

    Raises
    ------
    UnknownName
        (a `LookupError`) for a body, topic, country, kind or id that nothing has; it names the nearest.
    InvalidArgument
        (a `ValueError`) for a question that can have no answer, such as the kind of document of a meeting; it
        says what to ask instead.

    Examples
    --------
    >>> import asean_cyber as ac
    >>> [m.id for m in ac.meetings(body="AMMTC", year=2011)]
    ['ammtc-8']
    """
    return dataset().meetings(*unnamed, **filters)


@takes_filters
def statements(*unnamed: Never, **filters: Unpack[Filters]) -> Records[Statement]:
    """The statements that pass the filters, in time order; the words are those of `Filters`.

    >>> import asean_cyber as ac
    >>> ac.statements(body="ASEANAPOL", year=2009, text="baseline").ids
    ('aseanapol-29/8.7.1',)
    """
    return dataset().statements(*unnamed, **filters)


@takes_filters
def instruments(*unnamed: Never, **filters: Unpack[Filters]) -> Records[Instrument]:
    """The instruments that pass the filters, in time order; the words are those of `Filters`.

    >>> import asean_cyber as ac
    >>> ac.instruments(party="CN", kind="mou", until=2003).ids
    ('asean-china-mou-ict-2003',)
    """
    return dataset().instruments(*unnamed, **filters)


@takes_filters
def records(*unnamed: Never, **filters: Unpack[Filters]) -> Records[AnyRecord]:
    """The meetings, statements and instruments that pass the filters, in time order; the words are those of `Filters`.

    >>> import asean_cyber as ac
    >>> ac.records(year=2007, body="AMMTC+3").count_by("type")
    {'meeting': 1, 'statement': 1}
    """
    return dataset().records(*unnamed, **filters)


def select(records: Iterable[Record | str] | Record | str) -> Records[AnyRecord]:
    """An answer of these records, or of those with these ids, in the order in which they are given.

    Raises `UnknownName` for one that the packaged dataset does not hold.

    >>> import asean_cyber as ac
    >>> ac.select(["ammtc-9", "AMMTC-8"]).ids
    ('ammtc-9', 'ammtc-8')
    """
    return dataset().select(records)


def get(name: str | Record) -> AnyRecord:
    """The record with an id, in any case, or with the title of an instrument or meeting that no other has.

    A retired id gives its successor. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.get("AMMTC-8").date
    EDTF('2011-10-10/2011-10-11')
    """
    return dataset().get(name)


def related(record: Record | str) -> Records[AnyRecord]:
    """The records related to one, in time order: its meeting, its parts, and what relations link it to.

    Raises `UnknownName` if there is no such record.

    >>> import asean_cyber as ac
    >>> "ammtc-7" in ac.related("ammtc-8").ids
    True
    """
    return dataset().related(record)


def links(record: Record | str) -> tuple[Link, ...]:
    """The relations of a record, its own and those of others to it, each with the record at the other end.

    Raises `UnknownName` if there is no such record.

    >>> import asean_cyber as ac
    >>> ("follows", "ammtc-7") in [(link.reads, link.record.id) for link in ac.links("ammtc-8")]
    True
    """
    return dataset().links(record)


def body(name: str | Body) -> Body:
    """The body with an id, acronym, name or alias. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.body("ASEAN Chiefs of Police").acronym
    'ASEANAPOL'
    """
    return dataset().body(name)


def topic(name: str | Topic) -> Topic:
    """The topic with an id, label or alias. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.topic("cyberterrorism").broader
    'cybercrime'
    """
    return dataset().topic(name)


def source(id: str | Source) -> Source:
    """The source with an id. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.source("asean-2003-china-mou-ict").kind
    <SourceKind.OFFICIAL: 'official'>
    """
    return dataset().source(id)


def bodies() -> tuple[Body, ...]:
    """The bodies, by id.

    >>> import asean_cyber as ac
    >>> [body.acronym for body in ac.bodies() if body.id == "ammtc"]
    ['AMMTC']
    """
    return dataset().bodies()


def topics() -> tuple[Topic, ...]:
    """The topics, each after the one that is broader than it.

    >>> import asean_cyber as ac
    >>> ids = [topic.id for topic in ac.topics()]
    >>> ids.index("cybercrime") < ids.index(ac.topic("cyberterrorism").id)
    True
    """
    return dataset().topics()


def sources() -> tuple[Source, ...]:
    """The sources, by id.

    >>> import asean_cyber as ac
    >>> "asean-2003-china-mou-ict" in [source.id for source in ac.sources()]
    True
    """
    return dataset().sources()


def gaps() -> tuple[Gap, ...]:
    """What the dataset knows it lacks, and why.

    >>> import asean_cyber as ac
    >>> all(gap.reason for gap in ac.gaps() if gap.body == "ammtc")
    True
    """
    return dataset().gaps()


def retired() -> dict[str, str]:
    """Ids that are no longer used, each with the id of its successor.

    >>> import asean_cyber as ac
    >>> ac.retired()["aseanapol-1985"], ac.get("aseanapol-1985").id
    ('aseanapol-5', 'aseanapol-5')
    """
    return dataset().retired()


def country(name: str) -> Participant:
    """The country or organisation with a code (alpha-2, alpha-3) or name. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.country("THA").name, ac.country("Burma").id
    ('Thailand', 'MM')
    """
    known = participant_names()
    return participants()[known.find(name.upper() if isinstance(name, str) and len(name) <= 3 else name)]


def members(on: date | EDTF | str | int | None = None) -> tuple[Participant, ...]:
    """The members of ASEAN on a day (by default those of today's membership), in the order in which they joined.

    Of a month or a year it is those who were members on its first day.

    >>> import asean_cyber as ac
    >>> [member.id for member in ac.members(on="1967-08-08")]
    ['ID', 'MY', 'PH', 'SG', 'TH']
    >>> len(ac.members(on="2025-10-25")), len(ac.members(on="2025-10-26"))
    (10, 11)
    """
    from ._display.listing import Participants

    day = date.max if on is None else as_edtf(on).start
    return Participants(participants()[code] for code, joined in sorted(accessions().items(), key=lambda each: (each[1], each[0])) if joined <= day)
