"""The parts that records are made of: places, citations, acts, parties and what else has fields of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

import attrs

from ..errors import InvalidField
from ..places import COUNTRIES, PARTICIPANTS
from ..vocabulary import ActKind, Addressee, Consent, RelationKind, Scheme
from .edtf import EDTF
from .fields import (
    COUNTRY,
    DATE,
    FLAG,
    ID,
    LANGUAGE,
    PARTICIPANT,
    TEXT,
    Form,
    converted,
    day_or_none,
    instance_of,
    is_id,
    means,
    several,
    strings,
    term_of,
)
from .values import Value, described


def _act_kind(value: ActKind | str) -> ActKind:
    return term_of(ActKind, value, "kind")


def _relation_kind(value: RelationKind | str) -> RelationKind:
    return term_of(RelationKind, value, "kind")


def _scheme(value: Scheme | str) -> Scheme:
    return term_of(Scheme, value, "scheme")


def _consent_or_none(value: Consent | str | None) -> Consent | None:
    return None if value is None else term_of(Consent, value, "consent")


@described
@attrs.frozen(repr=False)
class Place(Value):
    """Where a meeting was held: a country (ISO 3166-1 alpha-2) and, where it is known, a city.

    >>> str(Place("VN", "Hanoi"))
    'Hanoi, Viet Nam'
    """

    country: str = attrs.field(validator=COUNTRY, metadata=means("The country."))
    city: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("The city, where it is known."))

    def __str__(self) -> str:
        name = COUNTRIES[self.country]
        return name if self.city in (None, name) else f"{self.city}, {name}"


@described
@attrs.frozen(repr=False)
class Citation(Value):
    """A pointer into a source: the source's id, where in it, and a note of ours.

    >>> citation = Citation("asean-2003-china-mou-ict", locator="article 2", document=True)
    >>> citation.source, citation.locator, citation.note
    ('asean-2003-china-mou-ict', 'article 2', None)
    """

    source: str = attrs.field(validator=ID, metadata=means("The id of the source."))
    locator: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("Where in the source: a paragraph, page or section."))
    note: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("A note of ours."))
    document: bool = attrs.field(
        default=False, validator=FLAG, metadata=means("Whether this source is the document itself, and not a report of it; the one to cite first.")
    )


CITATIONS = instance_of(Citation, expected="citations").each()


def citations(value: Iterable[Citation] | None) -> tuple[Citation, ...]:
    """The converter of a field that holds citations."""
    return _parts(value)  # type: ignore[no-any-return]


def relations(value: Iterable[Relation] | None) -> tuple[Relation, ...]:
    """The converter of a field that holds relations."""
    return _parts(value)  # type: ignore[no-any-return]


def discrepancies(value: Iterable[Discrepancy] | None) -> tuple[Discrepancy, ...]:
    """The converter of a field that holds discrepancies."""
    return _parts(value)  # type: ignore[no-any-return]


def acts(value: Iterable[Act] | None) -> tuple[Act, ...]:
    """The converter of a field that holds acts."""
    return _parts(value)  # type: ignore[no-any-return]


def identifiers(value: Iterable[Identifier] | None) -> tuple[Identifier, ...]:
    """The converter of a field that holds identifiers."""
    return _parts(value)  # type: ignore[no-any-return]


def participants(value: Iterable[Participation | str] | None) -> tuple[Participation, ...]:
    """The converter of a field that holds participations; a code alone will do for one."""
    return _each_made(Participation, value)  # type: ignore[no-any-return]


def parties(value: Iterable[Party | str] | None) -> tuple[Party, ...]:
    """The converter of a field that holds parties; a code alone will do for one."""
    return _each_made(Party, value)  # type: ignore[no-any-return]


def _each_made(make: type[Any], value: Any) -> Any:
    held = _parts(value)
    return tuple(make(each) if isinstance(each, str) else each for each in held) if type(held) is tuple else held


def _parts(value: Any) -> Any:
    return value if type(value) is tuple else converted(several, value)


@described
@attrs.frozen(repr=False)
class Quotation(Value):
    """Words of an official document, verbatim, in their language (BCP 47).

    >>> words = Quotation("tidak ada", language="id")
    >>> str(words), words.language
    ('tidak ada', 'id')
    """

    text: str = attrs.field(validator=TEXT, metadata=means("The words, verbatim."))
    language: str = attrs.field(default="en", validator=LANGUAGE, metadata=means("The language they are in."))

    def __str__(self) -> str:
        return self.text


@described
@attrs.frozen(repr=False)
class Relation(Value):
    """A typed link to another record (for ``issued_by``, to a body), by its id.

    >>> relation = Relation("follows", "ammtc-7")
    >>> relation.kind, relation.kind.inverse, relation.target
    (<RelationKind.FOLLOWS: 'follows'>, 'is followed by', 'ammtc-7')
    """

    kind: RelationKind = attrs.field(converter=_relation_kind, metadata=means("What the record is to the other."))
    target: str = attrs.field(validator=ID, metadata=means("The id of the record at the other end (for issued_by, of a body)."))


@described
@attrs.frozen(repr=False)
class Discrepancy(Value):
    """A claim about a field that disagrees with the value the record holds, and who makes it.

    >>> other = Discrepancy("date", "2011-10-11", Citation("the-page-that-says-so"))
    >>> other.field, other.value, other.citation.source
    ('date', '2011-10-11', 'the-page-that-says-so')
    """

    field: str = attrs.field(validator=TEXT, metadata=means("The field that the claim is about."))
    value: str = attrs.field(validator=TEXT, metadata=means("What the field would hold if the claim were right."))
    citation: Citation = attrs.field(validator=instance_of(Citation, expected="a citation"), metadata=means("Who makes the claim."))
    note: str | None = attrs.field(default=None, validator=TEXT.or_none(), metadata=means("A note of ours."))


def _is_addressee(value: object) -> bool:
    return value in PARTICIPANTS or value in Addressee._value2member_map_ or is_id(value)


_ADDRESSEE = Form(
    "Addressee",
    f"whom it addresses: a code like JP or ASEAN, the id of a body, or one of {', '.join(Addressee)}",
    _is_addressee,
    {
        "description": "Whom an act addresses: a country (ISO 3166-1 alpha-2) or organisation by its code, a body by its id, or a group: "
        + "; ".join(f"{group} ({group.definition.rstrip('.')})" for group in Addressee)
        + ".",
        "anyOf": [{"$ref": "#/$defs/Participant"}, {"enum": [group.value for group in Addressee]}, {"$ref": "#/$defs/Id"}],
    },
)


@described
@attrs.frozen(repr=False)
class Act(Value):
    """What the words of a statement do, read off the document's own verb.

    >>> act = Act("urges", "calls upon", addressees=["states"])
    >>> act.kind.band, act.kind.band < "settle"
    (<Band.ASK: 'ask'>, True)
    """

    kind: ActKind = attrs.field(converter=_act_kind, metadata=means("What is done: one of eighteen kinds in six bands."))
    phrase: str = attrs.field(validator=TEXT, metadata=means("The document's own lead phrase, one to six words."))
    addressees: tuple[str, ...] = attrs.field(
        default=(),
        converter=strings,
        validator=_ADDRESSEE.each(),
        metadata=means("Whom it addresses, where the text says: codes of countries and organisations, ids of bodies, or groups like states."),
    )
    record: str | None = attrs.field(
        default=None, validator=ID.or_none(), metadata=means("The id of the record that it concerns: what is welcomed, endorsed, recalled, adopted.")
    )

    def __str__(self) -> str:
        return f"{self.kind} ({self.phrase})"


@described
@attrs.frozen(repr=False)
class Identifier(Value):
    """What others call the same thing: a value in a scheme of theirs.

    >>> Identifier("un-symbol", "A/RES/79/243").url
    'https://docs.un.org/en/A/RES/79/243'
    """

    scheme: Scheme = attrs.field(converter=_scheme, metadata=means("Whose identifier it is."))
    value: str = attrs.field(validator=TEXT, metadata=means("The identifier, as its keeper writes it."))

    def __attrs_post_init__(self) -> None:
        if not re.fullmatch(self.scheme.form, self.value):
            raise InvalidField("value", f"{self.value!r} is no {self.scheme.label}: it does not look like {self.scheme.form}")

    @property
    def url(self) -> str | None:
        """The address at which it is looked up, where there is one."""
        return self.scheme.url(self.value)

    def __str__(self) -> str:
        return self.value


@described
@attrs.frozen(repr=False)
class Participation(Value):
    """One that takes part in a body though it is no member of ASEAN: who, since when, until when.

    Raises `InvalidField` where it ends before it began.

    >>> china = Participation("CN", since="2002")
    >>> str(china), china.covers(EDTF("2001-12")), china.covers(EDTF("2002-05"))
    ('CN', False, True)
    """

    ALONE: ClassVar[str] = "id"  # one of which no more is known is written as its code

    id: str = attrs.field(validator=PARTICIPANT, metadata=means("The country or organisation."))
    since: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("From when, where it is known."))
    until: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("Until when; none where it still does."))
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=citations, validator=CITATIONS, metadata=means("Where that comes from."))

    def __attrs_post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until.end < self.since.start:
            raise InvalidField("until", f"{self.until} is before since, {self.since}")

    def covers(self, when: EDTF) -> bool:
        """Whether it takes part, or may take part, on a date.

        >>> Participation("CN", until="2005").covers(EDTF("2006"))
        False
        """
        begun = self.since is None or self.since.start <= when.end
        return begun and (self.until is None or self.until.end >= when.start)

    def __str__(self) -> str:
        return self.id


@described
@attrs.frozen(repr=False)
class Party(Value):
    """One party to an instrument, with the dates of its own where they are known.

    ``ASEAN`` as a party stands for all its members at the time.

    >>> party = Party("PH", consented="2018-03-28", consent="accession")
    >>> party.consent, party.bound_since(EDTF("2004-07-01"))
    (<Consent.ACCESSION: 'accession'>, EDTF('2018-03-28'))
    """

    ALONE: ClassVar[str] = "id"

    id: str = attrs.field(validator=PARTICIPANT, metadata=means("The country or organisation; ASEAN stands for all its members at the time."))
    signed: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("When this party signed."))
    consented: EDTF | None = attrs.field(
        default=None,
        converter=day_or_none,
        validator=DATE.or_none(),
        metadata=means("When it gave its consent to be bound (as a rule, deposited the instrument of it)."),
    )
    consent: Consent | None = attrs.field(default=None, converter=_consent_or_none, metadata=means("How it gave its consent to be bound."))
    in_force: EDTF | None = attrs.field(
        default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("From when the instrument binds this party.")
    )
    withdrawn: EDTF | None = attrs.field(default=None, converter=day_or_none, validator=DATE.or_none(), metadata=means("From when it is no longer bound."))

    def __str__(self) -> str:
        return self.id

    def bound_since(self, in_force: EDTF | None) -> EDTF | None:
        """From when an instrument that entered into force on a date binds it, as far as that is recorded.

        >>> Party("SG", signed="2003").bound_since(EDTF("2004")), Party("SG").bound_since(EDTF("2004"))
        (None, EDTF('2004'))
        """
        if self.in_force is not None or in_force is None:
            return self.in_force
        if self.consented is not None:
            return max(self.consented, in_force, key=_last_day)
        return in_force if self.signed is None or self.consent is Consent.SIGNATURE else None


def _last_day(when: EDTF) -> date:
    return when.end
