"""Records as tables: which columns there are, what each holds, and how a cell comes by its value.

Every frame and file that the library gives has these columns, in this order. There is one wide table
for each kind of record, one for all records in the columns they share, one for each kind of thing
that records refer to, and one for each kind of link between them. Ids are the keys.

A column name means the same, and has the same type, in every table. ``body``, ``country``,
``partners``, ``parties``, ``meeting`` and ``instrument`` hold what the word of that name asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import attrs

from .._lookup.catalogue import Catalogue
from .._lookup.facets import FACETS
from .._model.edtf import EDTF, PRECISIONS
from .._model.parts import Act, Citation, Discrepancy, Identifier, Participation, Party, Relation
from .._model.records import Body, Instrument, Meeting, Record, Source, Statement, Topic
from .._model.values import meaning
from ..places import accessions
from ..vocabulary import (
    ActKind,
    Band,
    BodyKind,
    Consent,
    InstrumentKind,
    InstrumentStatus,
    Mode,
    PartiesOf,
    RelationKind,
    Scheme,
    SourceKind,
    StatementKind,
    Term,
)

ColumnType = Literal["string", "integer", "boolean", "date", "strings"]
Cell: TypeAlias = str | int | bool | date | tuple[str, ...] | None

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
        return _cell(getattr(item, self.name) if self._get is None else self._get(item, catalogue))


def _cell(value: Any) -> Cell:
    if isinstance(value, EDTF):
        return value.text
    if isinstance(value, Term):
        return str(value.value)
    return value  # type: ignore[no-any-return]


@attrs.frozen
class Layout:
    """A table without its rows: its name, what a row is, the columns, and which of them are the key.

    A table without a key has rows that no column tells apart.
    """

    name: str
    description: str
    columns: tuple[Column, ...] = attrs.field(repr=False)
    key: tuple[str, ...] = ("id",)


# How cells are got where they are not simply the field of that name.


def _facet(name: str) -> _Get:
    """The only term under which a word finds a record, if there is one."""
    return lambda record, catalogue: next(iter(FACETS[name](catalogue, record)), None)


def _facets(name: str) -> _Get:
    """All the terms under which a word finds a record, sorted."""
    return lambda record, catalogue: tuple(sorted(FACETS[name](catalogue, record)))


def _start(item: Any, _: Catalogue) -> date | None:
    return None if item.date is None or item.date.start == date.min else item.date.start


def _end(item: Any, _: Catalogue) -> date | None:
    return None if item.date is None or item.date.end == date.max else item.date.end


def _precision(item: Any, _: Catalogue) -> str | None:
    return None if item.date is None else item.date.precision


def _part(field: str, of: str) -> _Get:
    """A field of a part that may not be there."""
    return lambda item, _: getattr(getattr(item, field), of, None)


def _each(field: str, of: str) -> _Get:
    """A field of each of several parts, in their order, each value once."""
    return lambda item, _: tuple(dict.fromkeys(str(getattr(each, of)) for each in getattr(item, field)))


def _bands(item: Any, _: Catalogue) -> tuple[str, ...]:
    found = {act.kind.band for act in item.acts}
    return tuple(band.value for band in Band if band in found)


def _addressees(item: Any, _: Catalogue) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for act in item.acts for each in act.addressees))


_source_ids = _each("citations", "source")


def _source_count(item: Any, catalogue: Catalogue) -> int:
    return len(_source_ids(item, catalogue))  # type: ignore[arg-type]


def _official_count(item: Any, catalogue: Catalogue) -> int:
    return sum(catalogue.sources[source].kind is SourceKind.OFFICIAL for source in _source_ids(item, catalogue))  # type: ignore[union-attr]


def _target_type(link: Any, catalogue: Catalogue) -> str:
    target = catalogue.records.get(link[1].target)
    return "body" if target is None else target.type


def _at(place: int, field: str | None = None) -> _Get:
    """Of an item that is a tuple, the value at a place, or a field of it."""
    return lambda item, _: item[place] if field is None else getattr(item[place], field)


def _values(*vocabularies: type[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(term.value) for vocabulary in vocabularies for term in vocabulary))


def _field(cls: type[Any], name: str, type: ColumnType = "string", get: _Get | None = None, **more: Any) -> Column:
    """The column of a field: it means what the field means."""
    field = attrs.fields_dict(cls)[name]
    required = more.pop("required", type == "strings" or field.default is attrs.NOTHING or isinstance(field.default, (str, bool)))
    return Column(name, type, meaning(field), required=required, get=get, **more)


def _dates(cls: type[Any], *names: str, place: int | None = None) -> tuple[Column, ...]:
    """The columns of fields that hold EDTF dates."""
    columns = (_field(cls, name, get=None if place is None else _at(place, name)) for name in names)
    return tuple(attrs.evolve(column, description=f"{column.description.rstrip('.')} (EDTF).", get=column._get) for column in columns)


# Columns that several tables have.

_TYPES = ("meeting", "statement", "instrument")

_ID = Column("id", "string", "The id, which never changes.", required=True)
_BODY = Column("body", "string", "The body that met, spoke, or issued it.", required=True, references="bodies")
_BODY_KIND = Column("body_kind", "string", "What sort of forum the body is.", required=True, values=_values(BodyKind), get=_facet("body_kind"))
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
    "Who took part though it was no member of ASEAN on the day: participants of the body then, and those named.",
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
    *_dates(Record, "reviewed"),
)
_SPEAKER = _field(Statement, "speaker", references="participants", get=_facet("speaker"))
_KIND = Column("kind", "string", "What sort of thing it is.", required=True)
_RECORD = Column("record", "string", "The record.", required=True, references="records", get=_at(0, "id"))
_POSITION = Column("position", "integer", "Its place among those of the record, from 1.", required=True, get=_at(1))


def _kind_of(cls: type[Any], vocabulary: type[Term]) -> Column:
    return _field(cls, "kind", values=_values(vocabulary))


def _cited(place: int, through: str | None = None) -> tuple[Column, ...]:
    """The columns of a citation that stands at a place of the item, or in a field of what stands there."""

    def part(field: str) -> _Get:
        return lambda item, _: getattr(getattr(item[place], through) if through else item[place], field)

    return (
        Column("source", "string", "The source.", required=True, references="sources", get=part("source")),
        _field(Citation, "locator", get=part("locator")),
        Column("note", "string", "A note of ours.", get=lambda item, _: item[place].note or part("note")(item, _)),
        _field(Citation, "document", "boolean", get=part("document")),
    )


# The tables.

_LAYOUTS = (
    Layout(
        "records",
        "A meeting, statement or instrument, in the columns that all have.",
        (
            _ID,
            Column("type", "string", "Whether it is a meeting, a statement or an instrument.", required=True, values=_TYPES),
            _BODY,
            _BODY_KIND,
            Column("kind", "string", "What sort of document it is; empty for a meeting.", values=_values(StatementKind, InstrumentKind), get=_facet("kind")),
            Column("label", "string", "What to call it in a line of text.", required=True),
            *_WHEN,
            _YEAR,
            _MEETING,
            _INSTRUMENT,
            _COUNTRY,
            _PARTNERS,
            _PARTIES,
            _SPEAKER,
            Column("acts", "strings", "What its words do, in no order; for phrases and addressees see the table acts.", True, get=_facets("act")),
            _TOPICS,
            _SUMMARY,
            *_SUPPORT,
        ),
    ),
    Layout(
        "meetings",
        "A meeting: one session of a body.",
        (
            _ID,
            _BODY,
            _field(Meeting, "ordinal", "integer"),
            _field(Meeting, "name"),
            _BODY_KIND,
            *_WHEN,
            _YEAR,
            Column("city", "string", "The city in which it was held.", get=_part("place", "city")),
            _COUNTRY,
            _field(Meeting, "mode", values=_values(Mode)),
            _PARTNERS,
            Column("silent", "boolean", "Whether nothing on cyber was read of it.", required=True),
            _TOPICS,
            _SUMMARY,
            *_SUPPORT,
        ),
    ),
    Layout(
        "statements",
        "A statement: a paragraph, resolution or clause put on record.",
        (
            _ID,
            _BODY,
            _BODY_KIND,
            _kind_of(Statement, StatementKind),
            _field(Statement, "locator"),
            _field(Statement, "title"),
            *_WHEN,
            _YEAR,
            _MEETING,
            _INSTRUMENT,
            _COUNTRY,
            _PARTNERS,
            _SPEAKER,
            Column("acts", "strings", "What its words do, in the order of the text, each kind once.", required=True, values=(), get=_each("acts", "kind")),
            Column("bands", "strings", "The bands of its acts, from record to bind.", required=True, get=_bands),
            Column("addressees", "strings", "Whom its acts address: codes, ids of bodies, or groups.", required=True, get=_addressees),
            _TOPICS,
            _SUMMARY,
            Column("quotation", "string", "Words of the document, verbatim.", get=_part("quotation", "text")),
            Column("quotation_language", "string", "The language of the quotation (BCP 47).", get=_part("quotation", "language")),
            *_SUPPORT,
        ),
    ),
    Layout(
        "instruments",
        "An instrument: a document that is adopted or signed, and may enter into force and expire.",
        (
            _ID,
            _BODY,
            _BODY_KIND,
            _kind_of(Instrument, InstrumentKind),
            _field(Instrument, "title", required=True),
            *_WHEN,
            _YEAR,
            *_dates(Instrument, "adopted", "signed", "in_force", "expires"),
            _field(Instrument, "status", values=_values(InstrumentStatus)),
            _MEETING,
            _COUNTRY,
            _PARTNERS,
            _PARTIES,
            _field(Instrument, "parties_of", values=_values(PartiesOf)),
            _TOPICS,
            _SUMMARY,
            *_SUPPORT,
        ),
    ),
    Layout(
        "bodies",
        "A body: a standing forum that meets, or an organisation that issues documents.",
        (
            _ID,
            _field(Body, "acronym"),
            _field(Body, "name"),
            _kind_of(Body, BodyKind),
            _field(Body, "description"),
            _field(Body, "aliases", "strings"),
            attrs.evolve(_PARTNERS, description="Who takes part in it, or took part, though it is no member of ASEAN.", get=lambda body, _: body.partners),
            _field(Body, "parent", references="bodies"),
            _field(Body, "predecessor", references="bodies"),
            _SOURCE_IDS,
        ),
    ),
    Layout(
        "topics",
        "A topic of the controlled vocabulary, as in SKOS.",
        (
            _ID,
            Column("label", "string", "What to call it in a line of text.", required=True),
            _field(Topic, "definition"),
            _field(Topic, "scope"),
            _field(Topic, "broader", references="topics"),
            _field(Topic, "aliases", "strings"),
        ),
    ),
    Layout(
        "sources",
        "A source: a document that records rest on.",
        (
            _ID,
            attrs.evolve(_field(Source, "title")),
            _field(Source, "publisher"),
            _kind_of(Source, SourceKind),
            _field(Source, "url"),
            _field(Source, "archived_url"),
            _field(Source, "language"),
            attrs.evolve(_WHEN[0], required=False, description="The date that the document states, as EDTF (ISO 8601-2)."),
            *_WHEN[1:],
            *_dates(Source, "accessed"),
        ),
    ),
    Layout(
        "participants",
        "A country or organisation that takes part, hosts, speaks or signs.",
        (
            Column("id", "string", "The id, which never changes: for a country its ISO 3166-1 alpha-2 code.", required=True),
            Column("name", "string", "The name.", required=True),
            Column(
                "type",
                "string",
                "Whether it is a country or an organisation.",
                required=True,
                values=("country", "organisation"),
                get=lambda each, _: each.kind,
            ),
            Column("alpha_3", "string", "The ISO 3166-1 alpha-3 code of a country."),
            Column("numeric", "string", "The ISO 3166-1 numeric code of a country, three digits."),
            Column("asean_since", "date", "The day on which it joined ASEAN.", get=lambda each, _: accessions().get(each.id)),
        ),
    ),
    Layout(
        "record_topics",
        "A topic that a record is filed under.",
        (_RECORD, Column("topic", "string", "The topic.", required=True, references="topics", get=_at(1))),
        ("record", "topic"),
    ),
    Layout(
        "record_sources", "A citation: a record, a source that it rests on, and where in the source.", (_RECORD, _POSITION, *_cited(2)), ("record", "position")
    ),
    Layout(
        "acts",
        "An act: what the words of a statement do, read off the document's own verb.",
        (
            attrs.evolve(_RECORD, description="The statement."),
            _POSITION,
            _field(Act, "kind", values=_values(ActKind), get=_at(2, "kind")),
            Column("band", "string", "The rung from putting on record to binding.", True, values=_values(Band), get=lambda item, _: item[2].kind.band),
            _field(Act, "phrase", get=_at(2, "phrase")),
            _field(Act, "addressees", "strings", get=_at(2, "addressees")),
            Column(
                "concerns", "string", "The record that it concerns: what is welcomed, endorsed, recalled, adopted.", references="records", get=_at(2, "record")
            ),
        ),
        ("record", "position"),
    ),
    Layout(
        "relations",
        "A typed link from a record to another record, or to a body.",
        (
            _RECORD,
            _field(Relation, "kind", values=_values(RelationKind), get=_at(1, "kind")),
            Column("target", "string", "The other record, or the body.", required=True, get=_at(1, "target")),
            Column("target_type", "string", "What the target is.", required=True, values=(*_TYPES, "body"), get=_target_type),
        ),
        ("record", "kind", "target"),
    ),
    Layout(
        "discrepancies",
        "A claim of a source about a field of a record that disagrees with what the record holds.",
        (
            _RECORD,
            _POSITION,
            _field(Discrepancy, "field", get=_at(2, "field")),
            _field(Discrepancy, "value", get=_at(2, "value")),
            *_cited(2, "citation"),
        ),
        ("record", "position"),
    ),
    Layout(
        "parties",
        "A party to an instrument, with the dates of its own.",
        (
            attrs.evolve(_INSTRUMENT, description="The instrument.", required=True, get=_at(0, "id")),
            Column("party", "string", "The country or organisation; ASEAN means its members at the time.", True, references="participants", get=_at(1, "id")),
            *_dates(Party, "signed", "consented", place=1),
            _field(Party, "consent", values=_values(Consent), get=_at(1, "consent")),
            *_dates(Party, "in_force", "withdrawn", place=1),
        ),
        ("instrument", "party"),
    ),
    Layout(
        "participations",
        "One that takes part in a body, or took part, though it is no member of ASEAN.",
        (
            attrs.evolve(_BODY, description="The body.", get=_at(0, "id")),
            Column("participant", "string", "The country or organisation.", True, references="participants", get=_at(1, "id")),
            *_dates(Participation, "since", "until", place=1),
        ),
        ("body", "participant"),
    ),
    Layout(
        "identifiers",
        "What others call an instrument, body or topic, in a scheme of theirs.",
        (
            Column("item", "string", "The id of the instrument, body or topic.", required=True, get=_at(0, "id")),
            Column("item_type", "string", "What it is.", required=True, values=("instrument", "body", "topic"), get=_at(0, "type")),
            _field(Identifier, "scheme", values=_values(Scheme), get=_at(1, "scheme")),
            _field(Identifier, "value", get=_at(1, "value")),
        ),
        ("item", "item_type", "scheme", "value"),
    ),
    Layout(
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

LAYOUTS: Mapping[str, Layout] = MappingProxyType({layout.name: layout for layout in _LAYOUTS})
"""Every table without its rows, by name. Tables that others refer to stand before those that only refer."""
