"""Meeting, Statement and Instrument, and what they refer to.

All are values: frozen, slotted, hashable, equal by content, picklable. They hold ids, not live
objects; a `Dataset` resolves them. A wrong value is refused when the object is made, by an
`InvalidField` that names the field.
"""

from __future__ import annotations

import re
from datetime import date
from functools import total_ordering
from typing import Any, ClassVar, Literal

import attrs

from .. import _hooks
from ..errors import InvalidField
from ..places import asean_members
from ..vocabulary import BodyKind, InstrumentKind, InstrumentStatus, Mode, PartiesOf, SourceKind, StatementKind
from .edtf import EDTF, as_edtf
from .fields import (
    DATE,
    ID,
    LANGUAGE,
    NUMBER,
    PARTICIPANT,
    TEXT,
    URL,
    Unfit,
    day,
    day_or_none,
    instance_of,
    means,
    strings,
    term_of,
    whole_number_or_none,
    whole_numbers,
)
from .parts import (
    CITATIONS,
    Act,
    Citation,
    Discrepancy,
    Identifier,
    Participation,
    Party,
    Place,
    Quotation,
    Relation,
    acts,
    citations,
    discrepancies,
    identifiers,
    participants,
    parties,
    relations,
)
from .values import Item, described

_DIGITS = re.compile(r"(\d+)")

_IDENTIFIERS = instance_of(Identifier, expected="identifiers").each()
_RELATIONS = instance_of(Relation, expected="relations").each()
_DISCREPANCIES = instance_of(Discrepancy, expected="discrepancies").each()
_ACTS = instance_of(Act, expected="acts").each()


def _body_kind(value: BodyKind | str) -> BodyKind:
    return term_of(BodyKind, value, "kind")


def _source_kind(value: SourceKind | str) -> SourceKind:
    return term_of(SourceKind, value, "kind")


def _statement_kind(value: StatementKind | str) -> StatementKind:
    return term_of(StatementKind, value, "kind")


def _instrument_kind(value: InstrumentKind | str) -> InstrumentKind:
    return term_of(InstrumentKind, value, "kind")


def _status_or_none(value: InstrumentStatus | str | None) -> InstrumentStatus | None:
    return None if value is None else term_of(InstrumentStatus, value, "status")


def _mode_or_none(value: Mode | str | None) -> Mode | None:
    return None if value is None else term_of(Mode, value, "mode")


def _parties_of_or_none(value: PartiesOf | str | None) -> PartiesOf | None:
    return None if value is None else term_of(PartiesOf, value, "parties_of")


def _named_once(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    """Parties, or participations, of which each names another."""
    if type(value) is Unfit:
        raise InvalidField(attribute.name, value.reason)
    kind = Party if attribute.name == "parties" else Participation
    names = [each.id for each in value if isinstance(each, kind)]
    if len(names) != len(value) or len(set(names)) != len(names):
        raise InvalidField(attribute.name, f"expected {attribute.name}, each named once, got {value!r}")


# What records refer to.


@described
@attrs.frozen(kw_only=True, repr=False)
class Body(Item):
    """A standing forum that meets: its acronym and full name, other names, kind and lineage.

    >>> body = Body(
    ...     id="mine", name="My Expert Group", acronym="MEG", kind="expert", description="A group of ours.",
    ...     participants=[Participation("CN", since="2002"), "JP"],
    ... )
    >>> body.type, body.label, body.kind.label, body.partners
    ('body', 'MEG', 'expert group', ('CN', 'JP'))
    """

    type: ClassVar[Literal["body"]] = "body"

    id: str = attrs.field(validator=ID, metadata=means("Its stable id, never used for anything else."))
    name: str = attrs.field(validator=TEXT, metadata=means("Its full name."))
    kind: BodyKind = attrs.field(converter=_body_kind, metadata=means("What sort of forum it is."))
    description: str = attrs.field(validator=TEXT, metadata=means("What it is and does, in our own words."))
    acronym: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("Its acronym, if it has one."))
    aliases: tuple[str, ...] = attrs.field(default=(), converter=strings, validator=TEXT.each(), metadata=means("Other names by which it is found."))
    participants: tuple[Participation, ...] = attrs.field(
        default=(),
        converter=participants,
        validator=_named_once,
        metadata=means("Who takes part in it though it is no member of ASEAN, each with since when and until when."),
    )
    parent: str | None = attrs.field(default=None, validator=ID.or_none(), metadata=means("The id of the body that it works under."))
    predecessor: str | None = attrs.field(default=None, validator=ID.or_none(), metadata=means("The id of the body whose work it took over."))
    identifiers: tuple[Identifier, ...] = attrs.field(
        default=(), converter=identifiers, validator=_IDENTIFIERS, metadata=means("What others call the same body, in schemes of theirs.")
    )
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=citations, validator=CITATIONS, metadata=means("Where what is said here comes from.", last=True)
    )

    @property
    def label(self) -> str:
        """The acronym if it has one, else the name."""
        return self.acronym or self.name

    @property
    def partners(self) -> tuple[str, ...]:
        """The codes of all that take part, or took part, though they are no members of ASEAN."""
        return tuple(each.id for each in self.participants)


@described
@attrs.frozen(kw_only=True, repr=False)
class Topic(Item):
    """A concept of the controlled vocabulary, as in SKOS: label, definition, scope, broader concept.

    >>> topic = Topic(id="mine", label="Mine", definition="What I look for.", broader="cybercrime")
    >>> topic.type, topic.label, topic.broader
    ('topic', 'Mine', 'cybercrime')
    """

    type: ClassVar[Literal["topic"]] = "topic"

    id: str = attrs.field(validator=ID, metadata=means("Its stable id, never used for anything else."))
    label: str = attrs.field(validator=TEXT, metadata=means("What it is called."))
    definition: str = attrs.field(validator=TEXT, metadata=means("What it means."))
    scope: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("When to use it and when not."))
    broader: str | None = attrs.field(default=None, validator=ID.or_none(), metadata=means("The id of the broader topic."))
    aliases: tuple[str, ...] = attrs.field(default=(), converter=strings, validator=TEXT.each(), metadata=means("Other names by which it is found."))
    identifiers: tuple[Identifier, ...] = attrs.field(
        default=(), converter=identifiers, validator=_IDENTIFIERS, metadata=means("Concepts of other vocabularies that mean the same.")
    )


@described
@attrs.frozen(kw_only=True, repr=False)
class Source(Item):
    """A document that records rest on: what it is, who published it, and where it was read.

    >>> source = Source(id="the-page", title="A page", publisher="A ministry", kind="official", accessed="2024-05-01")
    >>> source.type, source.label, source.kind, source.language, source.url
    ('source', 'A page', <SourceKind.OFFICIAL: 'official'>, 'en', None)
    """

    type: ClassVar[Literal["source"]] = "source"

    id: str = attrs.field(validator=ID, metadata=means("Its stable id, never used for anything else."))
    title: str = attrs.field(validator=TEXT, metadata=means("Its title."))
    publisher: str = attrs.field(validator=TEXT, metadata=means("Who published it."))
    kind: SourceKind = attrs.field(converter=_source_kind, metadata=means("Who speaks in it."))
    url: str | None = attrs.field(default=None, validator=URL.or_none(), metadata=means("Where it was read."))
    archived_url: str | None = attrs.field(default=None, validator=URL.or_none(), metadata=means("Where a copy is kept."))
    language: str = attrs.field(default="en", validator=LANGUAGE, metadata=means("The language it is in (BCP 47)."))
    date: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("The document's own date, if it states one."))
    accessed: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("When it was read."))

    @property
    def label(self) -> str:
        """Its title."""
        return self.title


@described
@attrs.frozen(kw_only=True, repr=False)
class Gap(Item):
    """Something that the dataset knows it lacks, and why: numbers of a body's series, or more.

    >>> gap = Gap(body="ammtc", ordinals=[1, 2], reason="Nobody kept the minutes.")
    >>> gap.type, gap.body, gap.ordinals
    ('gap', 'ammtc', (1, 2))
    """

    type: ClassVar[Literal["gap"]] = "gap"

    body: str = attrs.field(validator=ID, metadata=means("The id of the body of which something is missing."))
    reason: str = attrs.field(validator=TEXT, metadata=means("What is missing, and why."))
    ordinals: tuple[int, ...] = attrs.field(
        default=(), converter=whole_numbers, validator=NUMBER.each(), metadata=means("The numbers of the missing meetings in the body's series.")
    )


# The records.


# No record is only a record, so it needs no methods of its own to make, show and compare one.
@described
@total_ordering
@attrs.frozen(kw_only=True, order=False, init=False, repr=False, eq=False)
class Record(Item):
    """What Meeting, Statement and Instrument have in common. None can be made of this class itself.

    Records are ordered in time: by date, then by id, the numbers in ids counting as numbers.

    >>> import asean_cyber as ac
    >>> record = ac.get("ammtc-8")
    >>> isinstance(record, ac.Record), record.year, record.label
    (True, 2011, '8th ASEAN Ministerial Meeting on Transnational Crime')
    >>> ac.get("ammtc-7") < record
    True
    """

    id: str = attrs.field(validator=ID, metadata=means("Its stable id, never used for anything else."))
    body: str = attrs.field(validator=ID, metadata=means("The id of the body that met, spoke, or issued it."))
    date: EDTF = attrs.field(converter=day, validator=DATE, metadata=means("When it happened, as precisely as the sources say."))
    topics: tuple[str, ...] = attrs.field(default=(), converter=strings, validator=ID.each(), metadata=means("The ids of the topics it is about.", last=True))
    summary: str = attrs.field(validator=TEXT, metadata=means("What it says or does on cyber, in our own words.", last=True))
    citations: tuple[Citation, ...] = attrs.field(
        converter=citations,
        validator=CITATIONS.each(least=1),
        metadata=means("Where what is said here comes from; at least one, for every record says where it is from.", last=True),
    )
    relations: tuple[Relation, ...] = attrs.field(
        default=(), converter=relations, validator=_RELATIONS, metadata=means("Typed links to other records.", last=True)
    )
    discrepancies: tuple[Discrepancy, ...] = attrs.field(
        default=(), converter=discrepancies, validator=_DISCREPANCIES, metadata=means("What other sources say otherwise, and who says it.", last=True)
    )
    reviewed: EDTF | None = attrs.field(
        default=None,
        converter=day_or_none,
        validator=DATE.or_none(),
        metadata=means("The day on which someone other than its writer compared it with its sources.", last=True),
    )

    def __init__(self) -> None:
        raise TypeError("a Record is a Meeting, a Statement or an Instrument; make one of these")

    @property
    def year(self) -> int:
        """The year in which it happened (in which it began)."""
        return self.date.year

    @property
    def label(self) -> str:
        """What to call it in a line of text."""
        return self.id

    def __str__(self) -> str:
        return _hooks.page(self)

    def _key(self) -> tuple[tuple[object, ...], list[str | int], str]:
        # Splitting on digits leaves text at even places and digits at odd ones, so keys compare.
        parts: list[str | int] = _DIGITS.split(self.id)
        parts[1::2] = map(int, parts[1::2])
        return self.date._key(), parts, self.id

    def __lt__(self, other: object) -> bool:
        return self._key() < other._key() if isinstance(other, Record) else NotImplemented


@described
@attrs.frozen(kw_only=True, order=False, repr=False)
class Meeting(Record):
    """One session of a body: its ordinal in the series, name, days, place, and who was there.

    >>> m = Meeting(
    ...     id="ammtc-8", body="ammtc", ordinal=8, date="2011-10-10/2011-10-11",
    ...     name="8th ASEAN Ministerial Meeting on Transnational Crime",
    ...     place=Place("ID", "Bali"), topics=["cybercrime"],
    ...     summary="Ministers note how fast cybercrime grows.",
    ...     citations=[Citation("the-page-it-stands-in")],
    ... )
    >>> m.type, m.year, m.place.country, m.topics
    ('meeting', 2011, 'ID', ('cybercrime',))
    >>> m.label, m.silent
    ('8th ASEAN Ministerial Meeting on Transnational Crime', False)
    """

    type: ClassVar[Literal["meeting"]] = "meeting"

    name: str = attrs.field(validator=TEXT, metadata=means("Its full name."))
    ordinal: int | None = attrs.field(
        default=None, converter=whole_number_or_none, validator=NUMBER.or_none(), metadata=means("Its number in the series of the body.")
    )
    place: Place | None = attrs.field(
        default=None,
        validator=instance_of(Place, expected="a place, as Place('ID', 'Bali')").or_none(),
        metadata=means("Where it was held."),
    )
    mode: Mode | None = attrs.field(default=None, converter=_mode_or_none, metadata=means("How it was held, where a source says so."))
    partners: tuple[str, ...] = attrs.field(
        default=(),
        converter=strings,
        validator=PARTICIPANT.each(),
        metadata=means("Those present that are not members of ASEAN, beyond the participants of the body itself."),
    )

    @property
    def label(self) -> str:
        """Its name."""
        return self.name

    @property
    def silent(self) -> bool:
        """Whether nothing on cyber was read of it: it has no topic, and stands here so that its series has no hole."""
        return not self.topics


@described
@attrs.frozen(kw_only=True, order=False, repr=False)
class Statement(Record):
    """Words put on record: a paragraph, resolution or clause, with its locator in the document.

    >>> words = Statement(
    ...     id="mine-1/5", body="mine", date="2011-10-10", kind="resolution", meeting="mine-1", locator="paragraph 5",
    ...     topics=["cybercrime"], summary="They ask all states to help.", acts=[Act("urges", "calls upon", ["states"])],
    ...     citations=[Citation("the-page-it-stands-in")],
    ... )
    >>> words.type, words.label, words.year, [act.kind.label for act in words.acts]
    ('statement', 'Resolution, paragraph 5', 2011, ['urges'])
    """

    type: ClassVar[Literal["statement"]] = "statement"

    topics: tuple[str, ...] = attrs.field(converter=strings, validator=ID.each(least=1), metadata=means("The ids of the topics it is about.", last=True))
    kind: StatementKind = attrs.field(converter=_statement_kind, metadata=means("What sort of document it stands in."))
    meeting: str | None = attrs.field(default=None, validator=ID.or_none(), metadata=means("The id of the meeting at which it was made."))
    instrument: str | None = attrs.field(default=None, validator=ID.or_none(), metadata=means("The id of the instrument that it is a part of."))
    locator: str | None = attrs.field(
        default=None, validator=TEXT.or_none(), metadata=means("Where it stands in its document: a number, paragraph, page or section.")
    )
    title: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("Its title, if it has one of its own."))
    speaker: str | None = attrs.field(
        default=None,
        validator=PARTICIPANT.or_none(),
        metadata=means("The one participant whose words they are; none where the body speaks as a whole."),
    )
    acts: tuple[Act, ...] = attrs.field(
        default=(),
        converter=acts,
        validator=_ACTS,
        metadata=means("What the words do, in their order, read off the document's own verbs; none where the text could not be read."),
    )
    quotation: Quotation | None = attrs.field(
        default=None,
        validator=instance_of(Quotation, expected="a quotation").or_none(),
        metadata=means("Its words, verbatim, where they may be quoted.", last=True),
    )

    @property
    def label(self) -> str:
        """Its title, or its kind and locator."""
        if self.title:
            return self.title
        kind = self.kind.label[0].upper() + self.kind.label[1:]
        return f"{kind}, {self.locator}" if self.locator else kind


@described
@attrs.frozen(kw_only=True, order=False, repr=False)
class Instrument(Record):
    """A document with a life of its own: it is adopted, signed, in force, expires; it has parties.

    `date` is the day of its adoption or signature; the other dates stand beside it.

    Raises `InvalidField` when it expires before its date, or `date` is neither `adopted` nor `signed`.

    >>> mou = Instrument(
    ...     id="mine", body="mine", date="2003-10-08", signed="2003-10-08", title="Memorandum of Understanding", kind="mou",
    ...     topics=["cybercrime"], summary="The two will tell each other what they know.", parties=["ASEAN", "CN"], parties_of="all",
    ...     in_force="2003-10-08", citations=[Citation("the-page-it-stands-in")],
    ... )
    >>> mou.type, mou.label, mou.year, mou.kind.label
    ('instrument', 'Memorandum of Understanding', 2003, 'memorandum of understanding')
    >>> len(mou.parties_on("2004-01-01")), mou.is_party("Brunei", on="2004-01-01"), mou.is_party("JP", on="2004-01-01")
    (11, True, False)
    """

    type: ClassVar[Literal["instrument"]] = "instrument"

    topics: tuple[str, ...] = attrs.field(converter=strings, validator=ID.each(least=1), metadata=means("The ids of the topics it is about.", last=True))
    title: str = attrs.field(validator=TEXT, metadata=means("Its title."))
    kind: InstrumentKind = attrs.field(converter=_instrument_kind, metadata=means("What sort of document it is."))
    adopted: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("When it was adopted."))
    signed: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("When it was signed."))
    in_force: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("When it entered into force."))
    expires: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("When it ends."))
    status: InstrumentStatus | None = attrs.field(default=None, converter=_status_or_none, metadata=means("Where it stands in its life."))
    parties: tuple[Party, ...] = attrs.field(default=(), converter=parties, validator=_named_once, metadata=means("Who is bound by it, or signed it."))
    parties_of: PartiesOf | None = attrs.field(
        default=None,
        converter=_parties_of_or_none,
        metadata=means("Of whom the list of parties speaks; without it, nothing is said of who is not on the list."),
    )
    meeting: str | None = attrs.field(default=None, validator=ID.or_none(), metadata=means("The id of the meeting at which it was adopted or signed."))
    identifiers: tuple[Identifier, ...] = attrs.field(
        default=(), converter=identifiers, validator=_IDENTIFIERS, metadata=means("What others call the same document, in schemes of theirs.")
    )

    def __attrs_post_init__(self) -> None:
        stated = [when for when in (self.adopted, self.signed) if when is not None]
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
        too vague to tell counts only once all of it has passed. Who is not among them need not be no
        party: ask `is_party`.

        >>> budapest = Instrument(
        ...     id="budapest-convention", body="council-of-europe", date="2001-11-23", signed="2001-11-23",
        ...     in_force="2004-07-01", title="Convention on Cybercrime", kind="convention",
        ...     topics=["cybercrime-treaties"], summary="The first treaty on cybercrime.",
        ...     parties=[Party("PH", consented="2018-03-28", consent="accession", in_force="2018-07-01")],
        ...     parties_of="asean", citations=[Citation("the-page-it-stands-in")],
        ... )
        >>> budapest.parties_on("2018-06-30"), budapest.parties_on("2018-07-01")
        (frozenset(), frozenset({'PH'}))
        """
        at = as_edtf(day).start
        if self.expires is not None and self.expires.end < at:
            return frozenset()
        bound: set[str] = set()
        for party in self.parties:
            since = party.bound_since(self.in_force)
            if since is None or since.end > at or (party.withdrawn is not None and party.withdrawn.end <= at):
                continue
            bound |= asean_members(self.date.end) if party.id == "ASEAN" else {party.id}
        return frozenset(bound)

    def is_party(self, who: str, on: date | EDTF | str | int) -> bool | None:
        """Whether it was in force for a country or organisation on a day; None where that is not recorded.

        `who` is a code or a name. None is the answer for one that is not on the list of parties, unless the
        list speaks of all parties, or of ASEAN's members and it was one on that day.

        Raises `InvalidField` for a name that nobody has.

        >>> budapest = Instrument(
        ...     id="budapest-convention", body="council-of-europe", date="2001-11-23", in_force="2004-07-01",
        ...     title="Convention on Cybercrime", kind="convention", topics=["cybercrime-treaties"],
        ...     summary="The first treaty on cybercrime.", citations=[Citation("the-page-it-stands-in")],
        ...     parties=[Party("PH", in_force="2018-07-01")], parties_of="asean",
        ... )
        >>> [budapest.is_party(who, on="2026-01-01") for who in ("PH", "Thailand", "JP")]
        [True, False, None]
        """
        code = _code(who)
        day = as_edtf(on)
        if code in self.parties_on(day):
            return True
        if any(party.id == code for party in self.parties):
            return False
        listed = self.parties_of
        if listed is PartiesOf.ALL or (listed is PartiesOf.ASEAN and code in asean_members(day.start)):
            return False
        return None


def _code(who: str) -> str:
    """The code of a country or organisation by its code or name. Raises `InvalidField` for another."""
    from ..places import participants  # only who asks by name needs all the names

    known = {name.casefold(): each.id for each in participants().values() for name in (each.id, each.name, each.alpha_3 or each.id, *each.aliases)}
    code = known.get(who.casefold()) if isinstance(who, str) else None
    if code is None:
        raise InvalidField("who", f"expected {PARTICIPANT.expected}, or a name, got {who!r}")
    return code
