"""Records as tables: which columns there are, what each holds, and the rows.

Every frame and file that the library gives has these columns, in this order. There is one wide table
for each kind of record, one for all records in the columns they share, one for each kind of thing
that records refer to, and one for each kind of link between them. Ids are the keys.

A column name means the same, and has the same type, in every table. ``body``, ``country``,
``partners``, ``parties``, ``meeting`` and ``instrument`` hold what the filter word of that name finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Union

import attrs

from ..catalogue import Catalogue
from ..edtf import EDTF, PRECISIONS
from ..model import Instrument, Meeting, Record, Statement
from ..places import ASEAN_MEMBERS, COUNTRIES, PARTICIPANTS
from ..vocabulary import BodyKind, Consent, InstrumentKind, InstrumentStatus, Mode, RelationKind, SourceKind, StatementKind, Term

if TYPE_CHECKING:
    from ..datasets import Dataset

ColumnType = Literal["string", "integer", "boolean", "date", "strings"]
Cell = Union[str, int, bool, date, tuple[str, ...], None]
Row = tuple[Cell, ...]

_Get = Callable[[Any, Catalogue], Cell]


@attrs.frozen
class Column:
    """A column: its name, the type of its cells, and what they mean.

    The types are ``string``, ``integer``, ``boolean``, ``date`` (a `datetime.date`) and ``strings`` (a
    tuple of `str`, empty where there are none). A cell may be None unless the column is `required`.
    """

    name: str
    type: ColumnType
    description: str
    required: bool = False
    references: str | None = None
    """The table whose ``id`` the cells (of a ``strings`` column, each of their items) are."""
    values: tuple[str, ...] = ()
    """The terms of a closed vocabulary, where the cells are such terms."""
    _get: _Get | None = attrs.field(default=None, alias="get", repr=False, eq=False)

    def cell(self, item: Any, catalogue: Catalogue) -> Cell:
        """What stands in this column for an item."""
        return _plain(getattr(item, self.name) if self._get is None else self._get(item, catalogue))


def _plain(value: Any) -> Cell:
    if isinstance(value, EDTF):
        return value.text
    if isinstance(value, Term):
        return str(value.value)
    return value  # type: ignore[no-any-return]


@attrs.frozen
class Schema:
    """A table without its rows: its name, what a row is, the columns, and which of them are the key.

    A table without a key has rows that no column tells apart.
    """

    name: str
    description: str
    columns: tuple[Column, ...] = attrs.field(repr=False)
    key: tuple[str, ...] = ("id",)


@attrs.frozen(eq=False)
class Table:
    """A table of a dataset, or of an answer. Its rows are made anew whenever they are asked for."""

    schema: Schema
    _items: Sequence[Any] = attrs.field(repr=False)
    _catalogue: Catalogue = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """The name, which is also that of its file."""
        return self.schema.name

    @property
    def description(self) -> str:
        """What one row is."""
        return self.schema.description

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self.schema.columns

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that together tell each row apart; none if nothing does."""
        return self.schema.key

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._items)

    def rows(self) -> Iterator[Row]:
        """The rows, each a tuple with a cell for each column."""
        for item in self._items:
            yield tuple(column.cell(item, self._catalogue) for column in self.columns)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow stream by which polars, DuckDB, pandas and others take the table as it is."""
        from .frames import to_arrow

        return to_arrow(self).__arrow_c_stream__(requested_schema)


# How cells are got where they are not simply the field of that name.


def _facet(name: str) -> _Get:
    """The only term under which a filter word finds a record, if there is one."""
    return lambda record, catalogue: next(iter(catalogue.facet(name, record)), None)


def _facets(name: str) -> _Get:
    """All the terms under which a filter word finds a record, sorted."""
    return lambda record, catalogue: tuple(sorted(catalogue.facet(name, record)))


def _type(record: Record, _: Catalogue) -> str:
    return type(record).__name__.lower()


def _kind(record: Any, catalogue: Catalogue) -> Cell:
    return _plain(catalogue.bodies[record.body].kind if isinstance(record, Meeting) else record.kind)


def _start(item: Any, _: Catalogue) -> date | None:
    return None if item.date is None or item.date.start == date.min else item.date.start


def _end(item: Any, _: Catalogue) -> date | None:
    return None if item.date is None or item.date.end == date.max else item.date.end


def _precision(item: Any, _: Catalogue) -> str | None:
    return None if item.date is None else item.date.precision


def _city(meeting: Meeting, _: Catalogue) -> str | None:
    return None if meeting.place is None else meeting.place.city


def _quotation(statement: Statement, _: Catalogue) -> str | None:
    return None if statement.quotation is None else statement.quotation.text


def _quotation_language(statement: Statement, _: Catalogue) -> str | None:
    return None if statement.quotation is None else statement.quotation.language


def _source_ids(item: Any, _: Catalogue) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.source for citation in item.citations))


def _source_count(item: Any, catalogue: Catalogue) -> int:
    return len(_source_ids(item, catalogue))


def _official_count(item: Any, catalogue: Catalogue) -> int:
    return sum(catalogue.sources[source].kind is SourceKind.OFFICIAL for source in _source_ids(item, catalogue))


def _target_type(link: Any, catalogue: Catalogue) -> str:
    target = catalogue.records.get(link[1].target)
    return "body" if target is None else _type(target, catalogue)


def _at(place: int, field: str | None = None) -> _Get:
    """Of an item that is a tuple, the value at a place, or a field of it."""
    return lambda item, _: item[place] if field is None else getattr(item[place], field)


def _values(*vocabularies: type[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(term.value) for vocabulary in vocabularies for term in vocabulary))


# Columns that several tables have.

_TYPES = ("meeting", "statement", "instrument")

_ID = Column("id", "string", "The id, which never changes.", required=True)
_BODY = Column("body", "string", "The body that met, spoke, or issued it.", required=True, references="bodies")
_WHEN = (
    Column("date", "string", "When, as EDTF (ISO 8601-2), as precise as the sources are.", required=True),
    Column("date_start", "date", "The earliest day that `date` can mean; empty if it is open.", get=_start),
    Column("date_end", "date", "The latest day that `date` can mean; empty if it is open.", get=_end),
    Column("date_precision", "string", "The coarsest unit in which any part of `date` is given.", values=PRECISIONS, get=_precision),
)
_YEAR = Column("year", "integer", "The year in which it happened (in which it began).", required=True)
_MEETING = Column("meeting", "string", "The meeting at which it was made.", references="meetings", get=_facet("meeting"))
_INSTRUMENT = Column("instrument", "string", "The instrument that it is a part of.", references="instruments", get=_facet("instrument"))
_COUNTRY = Column("country", "string", "The country in which it was held or made.", references="participants", get=_facet("country"))
_PARTNERS = Column(
    "partners",
    "strings",
    "Who took part beside the members of ASEAN: partners of the body, and those named.",
    required=True,
    references="participants",
    get=_facets("partner"),
)
_PARTIES = Column(
    "parties",
    "strings",
    "The parties to the instrument; where ASEAN is one, also its members at the time.",
    required=True,
    references="participants",
    get=_facets("party"),
)
_TOPICS = Column("topics", "strings", "The topics it is filed under (not those broader than they).", required=True, references="topics")
_SUMMARY = Column("summary", "string", "What it says or does on cyber, in our own words.", required=True)
_SOURCE_IDS = Column("source_ids", "strings", "The sources it cites.", required=True, references="sources", get=_source_ids)
_SUPPORT = (
    Column("source_count", "integer", "How many sources it cites.", required=True, get=_source_count),
    Column("official_count", "integer", "How many of them are official.", required=True, get=_official_count),
    _SOURCE_IDS,
    Column("disputed", "boolean", "Whether sources disagree about it.", required=True, get=lambda record, _: bool(record.discrepancies)),
)
_KIND = Column("kind", "string", "What sort of thing it is.", required=True)
_LOCATOR = Column("locator", "string", "Where it stands in its document.")
_RECORD = Column("record", "string", "The record.", required=True, references="records", get=_at(0, "id"))
_POSITION = Column("position", "integer", "Its place among those of the record, from 1.", required=True, get=_at(1))


def _kinds(*vocabularies: type[Term], get: _Get | None = None) -> Column:
    return attrs.evolve(_KIND, values=_values(*vocabularies), get=get)


def _cited(place: int, through: str | None = None) -> tuple[Column, ...]:
    """The columns of a citation that stands at a place of the item, or in a field of what stands there."""

    def part(field: str) -> _Get:
        return lambda item, _: getattr(getattr(item[place], through) if through else item[place], field)

    return (
        Column("source", "string", "The source.", required=True, references="sources", get=part("source")),
        attrs.evolve(_LOCATOR, description="Where in the source it stands.", get=part("locator")),
        Column("note", "string", "A note of ours.", get=lambda item, _: item[place].note or part("note")(item, _)),
    )


# The tables.

_SCHEMAS = (
    Schema(
        "records",
        "A meeting, statement or instrument, in the columns that all have.",
        (
            _ID,
            Column("type", "string", "Whether it is a meeting, a statement or an instrument.", required=True, values=_TYPES, get=_type),
            _BODY,
            _kinds(BodyKind, StatementKind, InstrumentKind, get=_kind),
            Column("label", "string", "What to call it in a line of text.", required=True),
            *_WHEN,
            _YEAR,
            _MEETING,
            _INSTRUMENT,
            _COUNTRY,
            _PARTNERS,
            _PARTIES,
            _TOPICS,
            _SUMMARY,
            *_SUPPORT,
        ),
    ),
    Schema(
        "meetings",
        "A meeting: one session of a body.",
        (
            _ID,
            _BODY,
            Column("ordinal", "integer", "Its number in the series of its body."),
            Column("name", "string", "The name.", required=True),
            _kinds(BodyKind, get=_kind),
            *_WHEN,
            _YEAR,
            Column("city", "string", "The city in which it was held.", get=_city),
            _COUNTRY,
            Column("mode", "string", "How it was held.", values=_values(Mode)),
            _PARTNERS,
            _TOPICS,
            _SUMMARY,
            *_SUPPORT,
        ),
    ),
    Schema(
        "statements",
        "A statement: a paragraph, resolution or clause put on record.",
        (
            _ID,
            _BODY,
            _kinds(StatementKind),
            _LOCATOR,
            Column("title", "string", "The title."),
            *_WHEN,
            _YEAR,
            _MEETING,
            _INSTRUMENT,
            _COUNTRY,
            _PARTNERS,
            _TOPICS,
            _SUMMARY,
            Column("quotation", "string", "Words of the document, verbatim.", get=_quotation),
            Column("quotation_language", "string", "The language of the quotation (BCP 47).", get=_quotation_language),
            *_SUPPORT,
        ),
    ),
    Schema(
        "instruments",
        "An instrument: a document that is adopted or signed, and may enter into force and expire.",
        (
            _ID,
            _BODY,
            _kinds(InstrumentKind),
            Column("title", "string", "The title.", required=True),
            *_WHEN,
            _YEAR,
            Column("adopted", "string", "When it was adopted (EDTF)."),
            Column("signed", "string", "When it was signed (EDTF)."),
            Column("in_force", "string", "When it entered into force (EDTF)."),
            Column("expires", "string", "When it expires or expired (EDTF)."),
            Column("status", "string", "Where it stands in its life.", values=_values(InstrumentStatus)),
            _MEETING,
            _COUNTRY,
            _PARTNERS,
            _PARTIES,
            _TOPICS,
            _SUMMARY,
            *_SUPPORT,
        ),
    ),
    Schema(
        "bodies",
        "A body: a standing forum that meets, or an organisation that issues documents.",
        (
            _ID,
            Column("acronym", "string", "The acronym."),
            Column("name", "string", "The name.", required=True),
            _kinds(BodyKind),
            Column("description", "string", "What it is, in our own words.", required=True),
            Column("aliases", "strings", "Other names.", required=True),
            attrs.evolve(_PARTNERS, description="Who takes part in all its meetings beside the members of ASEAN.", get=lambda body, _: body.partners),
            Column("parent", "string", "The body that it works under.", references="bodies"),
            Column("predecessor", "string", "The body whose work it took over.", references="bodies"),
            _SOURCE_IDS,
        ),
    ),
    Schema(
        "topics",
        "A topic of the controlled vocabulary, as in SKOS.",
        (
            _ID,
            Column("label", "string", "What to call it in a line of text.", required=True),
            Column("definition", "string", "What it means.", required=True),
            Column("scope", "string", "When to use it and when not."),
            Column("broader", "string", "The topic that is broader than it.", references="topics"),
            Column("aliases", "strings", "Other names.", required=True),
        ),
    ),
    Schema(
        "sources",
        "A source: a document that records rest on.",
        (
            _ID,
            Column("title", "string", "The title.", required=True),
            Column("publisher", "string", "Who published it.", required=True),
            _kinds(SourceKind),
            Column("url", "string", "Where it was read."),
            Column("language", "string", "Its language (BCP 47).", required=True),
            attrs.evolve(_WHEN[0], required=False, description="The date that the document states, as EDTF (ISO 8601-2)."),
            *_WHEN[1:],
            Column("accessed", "string", "When it was read (EDTF)."),
        ),
    ),
    Schema(
        "participants",
        "A country or organisation that takes part, hosts or signs.",
        (
            Column("id", "string", "The id, which never changes: for a country its ISO 3166-1 alpha-2 code.", True, get=_at(0)),
            Column("name", "string", "The name.", required=True, get=_at(1)),
            Column(
                "type",
                "string",
                "Whether it is a country or an organisation.",
                required=True,
                values=("country", "organisation"),
                get=lambda item, _: "country" if item[0] in COUNTRIES else "organisation",
            ),
            Column("asean_since", "date", "The day on which it joined ASEAN.", get=lambda item, _: ASEAN_MEMBERS.get(item[0])),
        ),
    ),
    Schema(
        "record_topics",
        "A topic that a record is filed under.",
        (_RECORD, Column("topic", "string", "The topic.", required=True, references="topics", get=_at(1))),
        ("record", "topic"),
    ),
    Schema(
        "record_sources",
        "A citation: a record, a source that it rests on, and where in the source.",
        (_RECORD, _POSITION, *_cited(2)),
        ("record", "position"),
    ),
    Schema(
        "relations",
        "A typed link from a record to another record, or to a body.",
        (
            _RECORD,
            attrs.evolve(_KIND, description="What the record is to the other.", values=_values(RelationKind), get=_at(1, "kind")),
            Column("target", "string", "The other record, or the body.", required=True, get=_at(1, "target")),
            Column("target_type", "string", "What the target is.", required=True, values=(*_TYPES, "body"), get=_target_type),
        ),
        ("record", "kind", "target"),
    ),
    Schema(
        "discrepancies",
        "A claim of a source about a field of a record that disagrees with what the record holds.",
        (
            _RECORD,
            _POSITION,
            Column("field", "string", "The field of the record.", required=True, get=_at(2, "field")),
            Column("value", "string", "What the source says instead.", required=True, get=_at(2, "value")),
            *_cited(2, "citation"),
        ),
        ("record", "position"),
    ),
    Schema(
        "parties",
        "A party to an instrument, with the dates of its own.",
        (
            attrs.evolve(_INSTRUMENT, description="The instrument.", required=True, get=_at(0, "id")),
            Column("party", "string", "The country or organisation; ASEAN means its members at the time.", True, references="participants", get=_at(1, "id")),
            Column("signed", "string", "When it signed (EDTF).", get=_at(1, "signed")),
            Column("consented", "string", "When it consented to be bound (EDTF).", get=_at(1, "consented")),
            Column("consent", "string", "How it consented.", values=_values(Consent), get=_at(1, "consent")),
            Column("in_force", "string", "From when the instrument binds it (EDTF).", get=_at(1, "in_force")),
            Column("withdrawn", "string", "When it withdrew (EDTF).", get=_at(1, "withdrawn")),
        ),
        ("instrument", "party"),
    ),
    Schema(
        "gaps",
        "Something that the dataset knows it lacks: a number of the series of a body, or more.",
        (
            attrs.evolve(_BODY, description="The body.", get=lambda item, _: item[0].body),
            Column("ordinal", "integer", "The number in the series that is missing; empty where it is not a numbered meeting.", get=_at(1)),
            Column("reason", "string", "Why it is missing.", required=True, get=_at(0, "reason")),
        ),
        (),
    ),
)

SCHEMAS: Mapping[str, Schema] = MappingProxyType({schema.name: schema for schema in _SCHEMAS})
"""Every table without its rows, by name. Tables that others refer to stand before those that only refer."""

_TABLE_OF: Mapping[type[Record], str] = MappingProxyType({Meeting: "meetings", Statement: "statements", Instrument: "instruments"})


def answer_table(kind: type[Record], records: Sequence[Record], catalogue: Catalogue) -> Table:
    """The table of an answer: the wide one of the kind that was asked for, or the common one."""
    return Table(SCHEMAS[_TABLE_OF.get(kind, "records")], records, catalogue)


def tables(dataset: Dataset) -> Mapping[str, Table]:
    """Every table of a dataset, by name.

    >>> import asean_cyber as ac
    >>> parties = tables(ac.dataset())["parties"]
    >>> [column.name for column in parties.columns][:3], parties.key
    (['instrument', 'party', 'signed'], ('instrument', 'party'))
    """
    catalogue = Catalogue(dataset.contents)
    records = dataset.records()
    items: dict[str, Iterable[Any]] = {
        "records": records,
        "meetings": dataset.meetings(),
        "statements": dataset.statements(),
        "instruments": dataset.instruments(),
        "bodies": dataset.bodies(),
        "topics": dataset.topics(),
        "sources": dataset.sources(),
        "participants": PARTICIPANTS.items(),
        "record_topics": [(record, topic) for record in records for topic in record.topics],
        "record_sources": [(record, place, citation) for record in records for place, citation in enumerate(record.citations, 1)],
        "relations": [(record, relation) for record in records for relation in record.relations],
        "discrepancies": [(record, place, claim) for record in records for place, claim in enumerate(record.discrepancies, 1)],
        "parties": [(instrument, party) for instrument in dataset.instruments() for party in instrument.parties],
        "gaps": [(gap, ordinal) for gap in dataset.gaps() for ordinal in gap.ordinals or (None,)],
    }
    return MappingProxyType({name: Table(schema, tuple(items[name]), catalogue) for name, schema in SCHEMAS.items()})
