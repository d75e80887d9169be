"""The words by which records are asked for: of each what it takes, what it means, and how it is looked up.

This is the one table of them. Signatures, help, the command line, the groups of an answer and the page on
asking in the documentation are made from it. (Annotations here are objects, not text: the table stands in them.)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, TypedDict, get_type_hints

from .._lookup.catalogue import Catalogue, country_names, participant_names
from .._lookup.names import Directory
from .._model.edtf import EDTF
from .._model.records import Body, Instrument, Meeting, Record, Source, Statement, Topic
from ..errors import InvalidArgument, UnknownName, WrongType
from ..vocabulary import ActKind, Addressee, Band, BodyKind, InstrumentKind, StatementKind, Term

Type = Literal["meeting", "statement", "instrument"]
TYPES: tuple[Type, ...] = ("meeting", "statement", "instrument")

When: TypeAlias = int | str | date | EDTF
Names: TypeAlias = str | Iterable[str] | None
Bodies: TypeAlias = str | Body | Iterable[str | Body] | None
Topics: TypeAlias = str | Topic | Iterable[str | Topic] | None
Meetings: TypeAlias = str | Meeting | Iterable[str | Meeting] | None
Instruments: TypeAlias = str | Instrument | Iterable[str | Instrument] | None
Sources: TypeAlias = str | Source | Iterable[str | Source] | None
Ids: TypeAlias = str | Meeting | Statement | Instrument | Iterable[str | Meeting | Statement | Instrument] | None
Addressees: TypeAlias = str | Body | Iterable[str | Body] | None

Lookup = Callable[[Catalogue, Any], str]
"""From a value as it was given to the term under which records stand. Raises `UnknownName` where there is none."""


class Word(NamedTuple):
    """A word by which records are asked for."""

    takes: str
    """What a value of it is called, in help and on the command line."""
    meaning: str
    """What records pass, in a sentence that goes on from "those"."""
    lookup: Lookup | None = None
    """How a value is looked up; None for words of time, of text, and those that qualify others."""
    of: tuple[Type, ...] = TYPES
    """The types of records that it can apply to."""
    instead: str = ""
    """What to ask of the other types instead."""
    several: bool = True
    """Whether it takes several values, of which any will do."""
    truth: bool = False
    """Whether it takes True or False."""
    group: str | None = None
    """The facet by whose values an answer is grouped, where it is not the one by which it is filtered."""


def _id_of(value: Any) -> Any:
    return getattr(value, "id", value)


def _body(catalogue: Catalogue, value: Any) -> str:
    return catalogue.body_names.find(_id_of(value))


def _topic(catalogue: Catalogue, value: Any) -> str:
    return catalogue.topic_names.find(_id_of(value))


def _source(catalogue: Catalogue, value: Any) -> str:
    return catalogue.source_names.find(_id_of(value))


def _coded(value: Any) -> Any:
    """Codes of two or three letters in capitals, as they are defined."""
    return value.upper() if isinstance(value, str) and len(value) <= 3 else value


def _country(_: Catalogue, value: Any) -> str:
    return country_names().find(_coded(value))


def _participant(_: Catalogue, value: Any) -> str:
    return participant_names().find(_coded(value))


def _record_of(what: str, kind: type[Record]) -> Lookup:
    def lookup(catalogue: Catalogue, value: Any) -> str:
        record = catalogue.record(_id_of(value), what)
        if not isinstance(record, kind):
            raise UnknownName(what, record.id, note=f"it is {'an' if record.type == 'instrument' else 'a'} {record.type}")
        return record.id

    return lookup


def _record(catalogue: Catalogue, value: Any) -> str:
    return catalogue.record(_id_of(value)).id


def _term_of(what: str, *vocabularies: type[Term]) -> Lookup:
    names: dict[str, list[str]] = {}
    for vocabulary in vocabularies:
        for term in vocabulary:
            names.setdefault(term.value, []).append(term.label)
    directory = Directory(what, names, closed=True)
    return lambda _, value: directory.find(value)


_DOCUMENT_KINDS = _term_of("kind", StatementKind, InstrumentKind)
_RECORD_TYPES = Directory("type", {"meeting": ["meetings"], "statement": ["statements"], "instrument": ["instruments"]}, closed=True)
_GROUPS = _term_of("addressee", Addressee)


def _kind(catalogue: Catalogue, value: Any) -> str:
    if isinstance(value, str):
        if value.lower().rstrip("s") in ("meeting", "instrument"):
            raise InvalidArgument(f"{value!r} is a type of record, not a kind of document: ask type={value.lower().rstrip('s')!r}")
        if value in set(BodyKind) - set(StatementKind) - set(InstrumentKind):
            raise InvalidArgument(f"{value!r} is a kind of body, not of document: ask body_kind={value!r}")
    return _DOCUMENT_KINDS(catalogue, value)


def _addressee(catalogue: Catalogue, value: Any) -> str:
    for lookup in (_GROUPS, _participant, _body):
        try:
            return lookup(catalogue, value)
        except UnknownName as error:
            unknown = error
    raise UnknownName("addressee", value, unknown.nearest, note=f"ask for a country, an organisation, a body, or one of {', '.join(Addressee)}")


def _not_of_meetings(what: str) -> dict[str, Any]:
    return {"of": ("statement", "instrument"), "instead": what}


_OF_STATEMENTS: tuple[Type, ...] = ("statement",)


class Filters(TypedDict, total=False):
    """The words by which records are asked for. None is the same as not given.

    Where a word takes several values, any of them will do; where several words are given, all must hold.

    >>> import asean_cyber as ac
    >>> words: ac.Filters = {"body": "AMMTC", "year": 2011}
    >>> ac.meetings(**words).ids
    ('ammtc-8',)
    """

    type: Annotated[Names, Word("TYPE", "of this type: meeting, statement or instrument", lambda _, value: _RECORD_TYPES.find(value))]
    kind: Annotated[
        Names,
        Word(
            "KIND", "of this kind of document, e.g. communique, resolution, mou", _kind, **_not_of_meetings("ask body_kind for the kind of the body that met")
        ),
    ]
    body: Annotated[Bodies, Word("BODY", "of this body, by id, acronym, name or alias", _body)]
    body_kind: Annotated[Names, Word("KIND", "of a body of this kind, e.g. summit, ministerial, police", _term_of("body_kind", BodyKind))]
    topic: Annotated[Topics, Word("TOPIC", "on this topic or one narrower, by id, label or alias", _topic, group="own topic")]
    year: Annotated[int | Iterable[int] | None, Word("YEAR", "that happened, or may have happened, in this year")]
    since: Annotated[When | None, Word("DATE", "that happened, or may have happened, on or after this day; a month or a year means all of it", several=False)]
    until: Annotated[When | None, Word("DATE", "that happened, or may have happened, on or before this day; a month or a year means all of it", several=False)]
    country: Annotated[Names, Word("COUNTRY", "held or made in this country, by ISO 3166-1 code or name", _country)]
    partner: Annotated[
        Names, Word("WHO", "in which this country or organisation took part though it was no member of ASEAN on that day, by code or name", _participant)
    ]
    party: Annotated[
        Names,
        Word(
            "WHO",
            "of an instrument to which this country or organisation is a party; where ASEAN is one, so are those who were its members then",
            _participant,
            **_not_of_meetings("ask partner for those who take part"),
        ),
    ]
    speaker: Annotated[
        Names,
        Word(
            "WHO",
            "that are the words of this one participant, by code or name",
            _participant,
            of=_OF_STATEMENTS,
            instead="only statements have a speaker: ask statements()",
        ),
    ]
    act: Annotated[
        Names,
        Word(
            "ACT",
            "whose words do this, e.g. notes, urges, commits",
            _term_of("act", ActKind),
            of=_OF_STATEMENTS,
            instead="only statements have acts: ask statements()",
        ),
    ]
    band: Annotated[
        Names,
        Word(
            "BAND",
            "with an act of this band: record, judge, ask, promise, settle or bind; '>=promise' asks for that band and those above",
            _term_of("band", Band),
            of=_OF_STATEMENTS,
            instead="only statements have acts: ask statements()",
        ),
    ]
    addressee: Annotated[
        Addressees,
        Word(
            "WHOM",
            "with an act that addresses this country, organisation, body or group (states, officials, industry …)",
            _addressee,
            of=_OF_STATEMENTS,
            instead="only statements have acts: ask statements()",
        ),
    ]
    meeting: Annotated[
        Meetings,
        Word("ID", "made at this meeting", _record_of("meeting", Meeting), **_not_of_meetings("ask id for the meeting itself")),
    ]
    instrument: Annotated[
        Instruments,
        Word(
            "ID",
            "that are part of this instrument",
            _record_of("instrument", Instrument),
            of=_OF_STATEMENTS,
            instead="only statements are parts of instruments: ask statements(), or id for the instrument itself",
        ),
    ]
    source: Annotated[Sources, Word("ID", "that cite this source", _source)]
    id: Annotated[Ids, Word("ID", "with this id, in any case; a retired id asks for its successor", _record)]
    text: Annotated[
        Names,
        Word("WORDS", "that say all these words, each of which begins a word; words in quotation marks stand together; regardless of case and accents"),
    ]
    lineage: Annotated[bool | None, Word("", "also of the predecessors and successors of the body asked for", several=False, truth=True)]
    disputed: Annotated[bool | None, Word("", "about which sources disagree", several=False, truth=True)]
    reviewed: Annotated[bool | None, Word("", "that someone other than their writer compared with their sources", several=False, truth=True)]
    silent: Annotated[
        bool | None,
        Word("", "of which nothing on cyber was read: meetings that stand here so that their series has no hole", several=False, truth=True),
    ]
    certain: Annotated[bool | None, Word("", "whose date falls within the time asked for with certainty", several=False, truth=True)]


def _table() -> Mapping[str, Word]:
    hints = get_type_hints(Filters, include_extras=True)
    return MappingProxyType({name: hint.__metadata__[0] for name, hint in hints.items()})


WORDS: Mapping[str, Word] = _table()
"""Each word, and what there is to say of it, in the order in which they are listed."""

ANNOTATIONS: Mapping[str, Any] = MappingProxyType(get_type_hints(Filters))
"""The type of the values of each word."""


def several_values(value: Any) -> Sequence[Any]:
    """One value or several, as several."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, (str, bytes)) else (value,)


def truth(word: str, value: Any) -> bool:
    """A value of a word that takes True or False. NumPy's will do."""
    if isinstance(value, bool):
        return value
    if type(value).__name__ in ("bool_", "bool") and type(value).__module__ == "numpy":
        return bool(value)
    raise WrongType(f"{word} takes True or False, got {value!r}")


_COMPARED = ("<=", ">=", "<", ">")


def bands(value: Any) -> list[str]:
    """The bands that a value of the word ``band`` names: one, or all on one side of it."""
    if not isinstance(value, str) or not value.startswith(("<", ">")):
        return [WORDS["band"].lookup(_NOTHING, value)]  # type: ignore[misc]
    sign = next(sign for sign in _COMPARED if value.startswith(sign))
    than = Band(WORDS["band"].lookup(_NOTHING, value.removeprefix(sign).strip()))  # type: ignore[misc,call-arg]
    keep = {"<=": than.__ge__, ">=": than.__le__, "<": than.__gt__, ">": than.__lt__}[sign]
    return [band.value for band in Band if keep(band)]


_NOTHING: Any = None
