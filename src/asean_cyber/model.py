"""Meeting, Statement and Instrument, and the parts that they are made of.

All are values: frozen, slotted, hashable, equal by content, picklable. They hold ids, not live
objects; a `Dataset` resolves them. A wrong value is refused when the object is made, by an
`InvalidField` that names the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import attrs

from .edtf import EDTF, as_edtf
from .errors import InvalidField
from .places import COUNTRIES, PARTICIPANTS, asean_members
from .vocabulary import (
    BodyKind,
    Consent,
    InstrumentKind,
    InstrumentStatus,
    Mode,
    RelationKind,
    SourceKind,
    StatementKind,
    Term,
)

T = TypeVar("T")
V = TypeVar("V", bound=Term)

# An id is lower-case words joined by hyphens; a statement's grows from its meeting or instrument
# after a slash; ids of a dataset of your own may stand in a namespace of your own before a colon.
_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = re.compile(rf"(?:{_WORD}:)?{_WORD}(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+([/?#]\S*)?")
_DIGITS = re.compile(r"(\d+)")


# Converters: what a caller may write, as what a record holds.


def _date_or_none(value: EDTF | str | date | int | None) -> EDTF | None:
    return None if value is None else as_edtf(value)


def _each(value: Iterable[T] | None) -> tuple[T, ...]:
    if value is None:
        return ()
    if isinstance(value, (str, bytes)):
        raise TypeError(f"expected several values, got the text {value!r}; put it in a list or tuple")
    return tuple(value)


# One for each type, without a type variable: that would reach those who type-check their calls.


def _strings(value: Iterable[str] | None) -> tuple[str, ...]:
    return _each(value)


def _numbers(value: Iterable[int] | None) -> tuple[int, ...]:
    return _each(value)


def _citations(value: Iterable[Citation] | None) -> tuple[Citation, ...]:
    return _each(value)


def _relations(value: Iterable[Relation] | None) -> tuple[Relation, ...]:
    return _each(value)


def _discrepancies(value: Iterable[Discrepancy] | None) -> tuple[Discrepancy, ...]:
    return _each(value)


def _term(vocabulary: type[V], field: str, value: V | str) -> V:
    if type(value) is vocabulary:
        return value
    try:
        found: Any = vocabulary
        return found(value)  # type: ignore[no-any-return]  # an Enum looks a term up by its text
    except ValueError:
        known = ", ".join(str(term) for term in vocabulary)
        raise InvalidField(field, f"{value!r} is not one of {known}") from None


def _body_kind(value: BodyKind | str) -> BodyKind:
    return _term(BodyKind, "kind", value)


def _source_kind(value: SourceKind | str) -> SourceKind:
    return _term(SourceKind, "kind", value)


def _statement_kind(value: StatementKind | str) -> StatementKind:
    return _term(StatementKind, "kind", value)


def _instrument_kind(value: InstrumentKind | str) -> InstrumentKind:
    return _term(InstrumentKind, "kind", value)


def _relation_kind(value: RelationKind | str) -> RelationKind:
    return _term(RelationKind, "kind", value)


def _status_or_none(value: InstrumentStatus | str | None) -> InstrumentStatus | None:
    return None if value is None else _term(InstrumentStatus, "status", value)


def _mode_or_none(value: Mode | str | None) -> Mode | None:
    return None if value is None else _term(Mode, "mode", value)


def _consent_or_none(value: Consent | str | None) -> Consent | None:
    return None if value is None else _term(Consent, "consent", value)


# Validators: one rule each, each naming the field it refuses.

_Rule = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def _require(check: Callable[[Any], bool], expected: str, optional: bool = False) -> _Rule:
    def validate(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if optional and value is None:
            return
        try:
            fine = check(value)
        except TypeError:  # what cannot be hashed or gone through
            fine = False
        if not fine:
            raise InvalidField(attribute.name, f"expected {expected}, got {value!r}")

    return validate


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip()


def is_id(value: Any) -> bool:
    """Whether a value is text that can be an id."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _all_unique(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda values: all(map(check, values)) and len(set(values)) == len(values)


def _all_of(kind: type) -> Callable[[Any], bool]:
    return _all_unique(lambda value: isinstance(value, kind))


_TEXT = "text that is not empty and has no space around it"
_IDENT = "an id like ammtc-8 or aseanapol-29/8.7.1 (lower-case letters, digits and hyphens)"

_text = _require(_is_text, _TEXT)
_maybe_text = _require(_is_text, _TEXT, optional=True)
_id = _require(is_id, _IDENT)
_maybe_id = _require(is_id, _IDENT, optional=True)
_ids = _require(_all_unique(is_id), "ids, each named once")
_texts = _require(_all_unique(_is_text), "texts, each named once and none empty")
_date = _require(lambda value: isinstance(value, EDTF), "an EDTF date")
_maybe_date = _require(lambda value: isinstance(value, EDTF), "an EDTF date", optional=True)
_maybe_count = _require(_is_count, "a whole number from 1", optional=True)
_counts = _require(_all_unique(_is_count), "whole numbers from 1, each named once")
_language = _require(lambda value: isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None, "a language tag (BCP 47) like en or zh-Hans")
_url = _require(lambda value: isinstance(value, str) and _URL.fullmatch(value) is not None, "a URL that begins with http:// or https://", optional=True)
_country = _require(COUNTRIES.__contains__, "an ISO 3166-1 alpha-2 country code like BN or TH")
_participants = _require(_all_unique(PARTICIPANTS.__contains__), "ISO 3166-1 alpha-2 codes or organisation codes like EU and INTERPOL, each named once")
_participant = _require(PARTICIPANTS.__contains__, "an ISO 3166-1 alpha-2 code or an organisation code like ASEAN")


def _cited(_: object, attribute: attrs.Attribute[Any], value: tuple[Citation, ...]) -> None:
    if not value:
        raise InvalidField(attribute.name, "expected at least one citation: every record says where it is from")
    _all_citations(_, attribute, value)


def _all_citations(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if not _all_of(Citation)(value):
        raise InvalidField(attribute.name, f"expected citations, each made once, got {value!r}")


class _Value:
    """What all of these have in common: they show the fields that hold something, and no others."""

    __slots__ = ()

    def __repr__(self) -> str:
        cls: Any = type(self)
        fields = ((field, getattr(self, field.name)) for field in attrs.fields(cls))
        return f"{type(self).__name__}({', '.join(f'{field.name}={value!r}' for field, value in fields if value != field.default)})"


# The parts of records.


@attrs.frozen(repr=False)
class Place(_Value):
    """Where a meeting was held: a city, if it is known, and a country (ISO 3166-1 alpha-2).

    >>> str(Place("Hanoi", "VN"))
    'Hanoi, Viet Nam'
    """

    city: str | None = attrs.field(default=None, validator=_maybe_text)
    country: str = attrs.field(default="", validator=_country)

    def __str__(self) -> str:
        name = COUNTRIES[self.country]
        return name if self.city in (None, name) else f"{self.city}, {name}"


@attrs.frozen(repr=False)
class Citation(_Value):
    """A pointer into a source: the source's id, where in it, and a note of ours."""

    source: str = attrs.field(validator=_id)
    locator: str | None = attrs.field(default=None, validator=_maybe_text)
    note: str | None = attrs.field(default=None, validator=_maybe_text)


@attrs.frozen(repr=False)
class Quotation(_Value):
    """Words of an official document, verbatim, in their language (BCP 47)."""

    text: str = attrs.field(validator=_text)
    language: str = attrs.field(default="en", validator=_language)

    def __str__(self) -> str:
        return self.text


@attrs.frozen(repr=False)
class Relation(_Value):
    """A typed link to another record (for ``issued_by``, to a body), by its id."""

    kind: RelationKind = attrs.field(converter=_relation_kind)
    target: str = attrs.field(validator=_id)


@attrs.frozen(repr=False)
class Discrepancy(_Value):
    """A claim about a field that disagrees with the value the record holds, and who makes it."""

    field: str = attrs.field(validator=_text)
    value: str = attrs.field(validator=_text)
    citation: Citation = attrs.field(validator=_require(lambda value: isinstance(value, Citation), "a citation"))
    note: str | None = attrs.field(default=None, validator=_maybe_text)


@attrs.frozen(repr=False)
class Party(_Value):
    """One party to an instrument, with the dates of its own where they are known.

    `id` is a country (ISO 3166-1 alpha-2) or an organisation; ``ASEAN`` stands for all its members
    at the time. `consented` is the day of the consent to be bound (of the deposit, as a rule), by
    the way that `consent` names; `in_force` the day from which the instrument binds this party.
    """

    id: str = attrs.field(validator=_participant)
    signed: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    consented: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    consent: Consent | None = attrs.field(default=None, converter=_consent_or_none)
    in_force: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    withdrawn: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)

    def __str__(self) -> str:
        return self.id


def _as_party(value: Party | str) -> Party:
    return Party(value) if isinstance(value, str) else value


def _as_parties(value: Iterable[Party | str] | None) -> tuple[Party, ...]:
    return tuple(_as_party(party) for party in _each(value))


def _parties(_: object, attribute: attrs.Attribute[Any], value: tuple[Party, ...]) -> None:
    names = [party.id for party in value if isinstance(party, Party)]
    if len(names) != len(value) or len(set(names)) != len(names):
        raise InvalidField(attribute.name, f"expected parties, each named once, got {value!r}")


# What a notebook shows of a value. It asks the value for it, so the way up to the face must begin
# here; nothing above is imported before a notebook asks.


def _card(item: Record | Body) -> str:
    from .show.html import card

    return card(item)


# What records refer to.


@attrs.frozen(kw_only=True, repr=False)
class Body(_Value):
    """A standing forum that meets: its acronym and full name, other names, kind and lineage.

    `partners` take part in every meeting of it; `parent` is the body that it works under;
    `predecessor` the body whose work it took over.
    """

    id: str = attrs.field(validator=_id)
    name: str = attrs.field(validator=_text)
    kind: BodyKind = attrs.field(converter=_body_kind)
    description: str = attrs.field(validator=_text)
    acronym: str | None = attrs.field(default=None, validator=_maybe_text)
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_texts)
    partners: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_participants)
    parent: str | None = attrs.field(default=None, validator=_maybe_id)
    predecessor: str | None = attrs.field(default=None, validator=_maybe_id)
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations, validator=_all_citations)

    @property
    def label(self) -> str:
        """The acronym if it has one, else the name."""
        return self.acronym or self.name

    def _repr_html_(self) -> str:
        return _card(self)


@attrs.frozen(kw_only=True, repr=False)
class Topic(_Value):
    """A concept of the controlled vocabulary, as in SKOS: label, definition, scope, broader concept.

    `scope` says when to use it and when not.
    """

    id: str = attrs.field(validator=_id)
    label: str = attrs.field(validator=_text)
    definition: str = attrs.field(validator=_text)
    scope: str | None = attrs.field(default=None, validator=_maybe_text)
    broader: str | None = attrs.field(default=None, validator=_maybe_id)
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_texts)


@attrs.frozen(kw_only=True, repr=False)
class Source(_Value):
    """A document that records rest on: what it is, who published it, and where it was read.

    `date` is the document's own date, if it states one; `accessed` the day on which it was read.
    """

    id: str = attrs.field(validator=_id)
    title: str = attrs.field(validator=_text)
    publisher: str = attrs.field(validator=_text)
    kind: SourceKind = attrs.field(converter=_source_kind)
    url: str | None = attrs.field(default=None, validator=_url)
    language: str = attrs.field(default="en", validator=_language)
    date: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    accessed: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)


@attrs.frozen(kw_only=True, repr=False)
class Gap(_Value):
    """Something that the dataset knows it lacks, and why: numbers of a body's series, or more."""

    body: str = attrs.field(validator=_id)
    reason: str = attrs.field(validator=_text)
    ordinals: tuple[int, ...] = attrs.field(default=(), converter=_numbers, validator=_counts)


# The records.


# No record is only a record, so it needs no methods of its own to make, show and compare one.
@attrs.frozen(kw_only=True, order=False, init=False, repr=False, eq=False)
class Record(_Value):
    """What Meeting, Statement and Instrument have in common.

    Records are ordered in time: by date, then by id, the numbers in ids counting as numbers.
    """

    id: str = attrs.field(validator=_id)
    body: str = attrs.field(validator=_id)
    """The id of the body that met, spoke, or issued it."""
    date: EDTF = attrs.field(converter=as_edtf, validator=_date)
    """When: of a meeting the days it lasted, of an instrument its adoption or signature."""
    topics: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_ids)
    summary: str = attrs.field(validator=_text)
    """What it says or does on cyber, in our own words."""
    citations: tuple[Citation, ...] = attrs.field(converter=_citations, validator=_cited)
    relations: tuple[Relation, ...] = attrs.field(default=(), converter=_relations, validator=_require(_all_of(Relation), "relations, each made once"))
    discrepancies: tuple[Discrepancy, ...] = attrs.field(
        default=(), converter=_discrepancies, validator=_require(_all_of(Discrepancy), "discrepancies, each made once")
    )

    @property
    def year(self) -> int:
        """The year in which it happened (in which it began)."""
        return self.date.year

    @property
    def label(self) -> str:
        """What to call it in a line of text."""
        return self.id

    def _repr_html_(self) -> str:
        return _card(self)

    def _key(self) -> tuple[tuple[object, ...], list[str | int], str]:
        # Splitting on digits leaves text at even places and digits at odd ones, so keys compare.
        parts: list[str | int] = _DIGITS.split(self.id)
        parts[1::2] = map(int, parts[1::2])
        return self.date._key(), parts, self.id

    def __lt__(self, other: object) -> bool:
        return self._key() < other._key() if isinstance(other, Record) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._key() <= other._key() if isinstance(other, Record) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._key() > other._key() if isinstance(other, Record) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._key() >= other._key() if isinstance(other, Record) else NotImplemented


@attrs.frozen(kw_only=True, order=False, repr=False)
class Meeting(Record):
    """One session of a body: its ordinal in the series, name, days, place, and who was there.

    >>> m = Meeting(
    ...     id="ammtc-8", body="ammtc", ordinal=8, date="2011-10-10/2011-10-11",
    ...     name="8th ASEAN Ministerial Meeting on Transnational Crime",
    ...     place=Place("Bali", "ID"), topics=["cybercrime"],
    ...     summary="Ministers note how fast cybercrime grows.",
    ...     citations=[Citation("the-page-it-stands-in")],
    ... )
    >>> m.year, m.place.country, m.topics
    (2011, 'ID', ('cybercrime',))
    """

    name: str = attrs.field(validator=_text)
    ordinal: int | None = attrs.field(default=None, validator=_maybe_count)
    place: Place | None = attrs.field(default=None, validator=_require(lambda value: isinstance(value, Place), "a place", optional=True))
    mode: Mode | None = attrs.field(default=None, converter=_mode_or_none)
    partners: tuple[str, ...] = attrs.field(default=(), converter=_strings, validator=_participants)
    """Those present that are not members of ASEAN, beyond the partners of the body itself."""

    @property
    def label(self) -> str:
        """Its name."""
        return self.name


@attrs.frozen(kw_only=True, order=False, repr=False)
class Statement(Record):
    """Words put on record: a paragraph, resolution or clause, with its locator in the document."""

    topics: tuple[str, ...] = attrs.field(converter=_strings, validator=[_require(bool, "at least one topic"), _ids])
    kind: StatementKind = attrs.field(converter=_statement_kind)
    meeting: str | None = attrs.field(default=None, validator=_maybe_id)
    """The id of the meeting that made it."""
    instrument: str | None = attrs.field(default=None, validator=_maybe_id)
    """The id of the instrument that it is a part of."""
    locator: str | None = attrs.field(default=None, validator=_maybe_text)
    """Where it stands in its document: ``8.7.1``, ``para 5``."""
    title: str | None = attrs.field(default=None, validator=_maybe_text)
    quotation: Quotation | None = attrs.field(default=None, validator=_require(lambda value: isinstance(value, Quotation), "a quotation", optional=True))

    @property
    def label(self) -> str:
        """Its title, or its kind and locator."""
        if self.title:
            return self.title
        kind = self.kind.label[0].upper() + self.kind.label[1:]
        return f"{kind}, {self.locator}" if self.locator else kind


@attrs.frozen(kw_only=True, order=False, repr=False)
class Instrument(Record):
    """A document with a life of its own: it is adopted, signed, in force, expires; it has parties.

    `date` is the day of its adoption or signature; the other dates stand beside it.

    Raises `InvalidField` when it expires before its date, or `date` is neither `adopted` nor `signed`.
    """

    topics: tuple[str, ...] = attrs.field(converter=_strings, validator=[_require(bool, "at least one topic"), _ids])
    title: str = attrs.field(validator=_text)
    kind: InstrumentKind = attrs.field(converter=_instrument_kind)
    adopted: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    signed: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    in_force: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    expires: EDTF | None = attrs.field(default=None, converter=_date_or_none, validator=_maybe_date)
    status: InstrumentStatus | None = attrs.field(default=None, converter=_status_or_none)
    parties: tuple[Party, ...] = attrs.field(default=(), converter=_as_parties, validator=_parties)
    meeting: str | None = attrs.field(default=None, validator=_maybe_id)
    """The id of the meeting at which it was adopted or signed."""

    def __attrs_post_init__(self) -> None:
        stated = [day for day in (self.adopted, self.signed) if day is not None]
        if stated and self.date not in stated:
            raise InvalidField("date", f"expected the day of adoption or signature ({' or '.join(map(str, stated))}), got '{self.date}'")
        if self.expires is not None and self.expires.end < self.date.start:
            raise InvalidField("expires", f"{self.expires} is before its date, {self.date}")

    @property
    def label(self) -> str:
        """Its title."""
        return self.title

    def parties_on(self, day: date | EDTF | str | int) -> frozenset[str]:
        """The parties for which it was in force on a day, as far as their own dates are recorded.

        A party that has no dates of its own is bound from the instrument's entry into force, one that
        consented later from its consent, and one that only signed not at all, unless its signature
        is its consent. ``ASEAN`` as a party means its members when the instrument was made. A date
        too vague to tell counts only once all of it has passed.

        >>> budapest = Instrument(
        ...     id="budapest-convention", body="council-of-europe", date="2001-11-23", signed="2001-11-23",
        ...     in_force="2004-07-01", title="Convention on Cybercrime", kind="convention",
        ...     topics=["cybercrime-treaties"], summary="The first treaty on cybercrime.",
        ...     parties=[Party("PH", consented="2018-03-28", consent="accession", in_force="2018-07-01")],
        ...     citations=[Citation("the-page-it-stands-in")],
        ... )
        >>> budapest.parties_on("2018-06-30"), budapest.parties_on("2018-07-01")
        (frozenset(), frozenset({'PH'}))
        """
        at = as_edtf(day).start
        if self.expires is not None and self.expires.end < at:
            return frozenset()
        bound: set[str] = set()
        for party in self.parties:
            since = self._binds(party)
            if since is None or since.end > at or (party.withdrawn is not None and party.withdrawn.end <= at):
                continue
            bound |= asean_members(self.date.end) if party.id == "ASEAN" else {party.id}
        return frozenset(bound)

    def _binds(self, party: Party) -> EDTF | None:
        """From when it binds a party, as far as the record tells."""
        if party.in_force is not None or self.in_force is None:
            return party.in_force
        if party.consented is not None:
            return max(party.consented, self.in_force, key=lambda when: when.end)
        return self.in_force if party.signed is None or party.consent is Consent.SIGNATURE else None
