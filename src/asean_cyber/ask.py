"""The questions of `Dataset`, asked of the packaged dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import packaged
from .datasets import Dataset, Link
from .model import Body, Gap, Instrument, Meeting, Record, Source, Statement, Topic
from .query import Filters, Records, takes_filters

if TYPE_CHECKING:
    from typing_extensions import Unpack


def dataset() -> Dataset:
    """The packaged dataset, read at the first call and kept."""
    return packaged.dataset()


@takes_filters
def meetings(**filters: Unpack[Filters]) -> Records[Meeting]:
    """The meetings that pass the filters, in time order; without filters, all.

    A filter word that names something takes one value or several, of which any will do (`since`,
    `until` and `text` take one); all the words must hold.

    Parameters
    ----------
    year : int
        The year in which it happened, or may have happened.
    since, until : int, str, datetime.date or EDTF
        The first and the last day, both included. A year or a month means all of it.
        Records whose date is too imprecise to tell are included, unless `certain` is true.
    body : str or Body
        The body, by id, acronym, name or alias. With ``lineage=True`` also those that it
        succeeded and those that succeeded it.
    topic : str or Topic
        The topic, by id, label or alias; its narrower topics are included.
    country : str
        Where it happened: an ISO 3166-1 alpha-2 code or a name.
    partner : str
        Who took part beside the members of ASEAN: a country or an organisation.
    party : str
        A party to the instrument. A member of ASEAN is a party where ASEAN as a whole is.
    kind : str
        The kind of body of a meeting, of a statement's document, or of an instrument; or
        ``meeting``, ``statement``, ``instrument``.
    text : str
        Words that begin words in titles, names, places, summaries or quotations, regardless of
        case and accents; all of them must be there.
    meeting, instrument : str or record
        The meeting at which it was made; the instrument that it is a part of.
    disputed : bool
        Whether sources disagree about it.

    Raises
    ------
    UnknownName
        (a `LookupError`) for a body, topic, country, kind or id that nothing has; it names the nearest.

    Examples
    --------
    >>> import asean_cyber as ac
    >>> [m.id for m in ac.meetings(body="AMMTC", year=2011)]
    ['ammtc-8']
    """
    return packaged.dataset().meetings(**filters)


@takes_filters
def statements(**filters: Unpack[Filters]) -> Records[Statement]:
    """The statements that pass the filters, in time order; the filter words are those of `meetings`.

    >>> import asean_cyber as ac
    >>> ac.statements(meeting="aseanapol-29", text="baseline laws").one().locator
    '8.7.1'
    """
    return packaged.dataset().statements(**filters)


@takes_filters
def instruments(**filters: Unpack[Filters]) -> Records[Instrument]:
    """The instruments that pass the filters, in time order; the filter words are those of `meetings`.

    >>> import asean_cyber as ac
    >>> ac.instruments(kind="mou", party="CN", text="non-traditional security", until=2009).ids
    ('asean-china-mou-nts-2004', 'asean-china-mou-nts-2009')
    """
    return packaged.dataset().instruments(**filters)


@takes_filters
def records(**filters: Unpack[Filters]) -> Records[Record]:
    """The meetings, statements and instruments that pass the filters, in time order; the filter words are those of `meetings`.

    >>> import asean_cyber as ac
    >>> ac.records(year=2007, body="AMMTC+3").count_by("kind")
    {'communique': 1, 'meeting': 1}
    """
    return packaged.dataset().records(**filters)


def get(id: str | Record) -> Meeting | Statement | Instrument:
    """The record with an id (or with the id of a record). A retired id gives its successor. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> str(ac.get("ammtc-8").date)
    '2011-10-10/2011-10-11'
    """
    return packaged.dataset().get(id)


def related(record: Record | str) -> Records[Record]:
    """The records related to one, in time order: its meeting, its parts, and what relations link it to."""
    return packaged.dataset().related(record)


def links(record: Record | str) -> tuple[Link, ...]:
    """The relations of a record, its own and those of others to it, each with the record at the other end."""
    return packaged.dataset().links(record)


def body(name: str) -> Body:
    """The body with an id, acronym, name or alias. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.body("ASEAN Chiefs of Police").acronym
    'ASEANAPOL'
    """
    return packaged.dataset().body(name)


def topic(name: str) -> Topic:
    """The topic with an id, label or alias. Raises `UnknownName` if there is none.

    >>> import asean_cyber as ac
    >>> ac.topic("cyberterrorism").broader
    'cybercrime'
    """
    return packaged.dataset().topic(name)


def source(id: str) -> Source:
    """The source with an id. Raises `UnknownName` if there is none."""
    return packaged.dataset().source(id)


def bodies() -> tuple[Body, ...]:
    """The bodies, by id."""
    return packaged.dataset().bodies()


def topics() -> tuple[Topic, ...]:
    """The topics, each after the one that is broader than it."""
    return packaged.dataset().topics()


def sources() -> tuple[Source, ...]:
    """The sources, by id."""
    return packaged.dataset().sources()


def gaps() -> tuple[Gap, ...]:
    """What the dataset knows it lacks, and why."""
    return packaged.dataset().gaps()
