"""From words to records: the values that were given are looked up, and what can never apply is refused."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Sequence
from datetime import date
from itertools import chain
from typing import Any, Never, TypeVar

from .._lookup.catalogue import Catalogue
from .._lookup.names import nearest
from .._lookup.postings import Postings, Span, phrases
from .._model.edtf import EDTF, as_edtf
from ..errors import AseanCyberError, InvalidArgument, InvalidField, WrongType, did_you_mean
from ..places import PARTICIPANTS, accessions
from ..vocabulary import InstrumentKind, StatementKind
from .words import ANNOTATIONS, TYPES, WORDS, Filters, Type, When, bands, several_values, truth

F = TypeVar("F", bound=Callable[..., Any])

_DAYS = (date.min, date.max)


def takes_filters(function: F) -> F:
    """Let a function that takes ``**filters`` show each word in `help()` and in tab completion."""
    signature = inspect.signature(function)
    hidden = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    own = [each for each in signature.parameters.values() if each.kind not in hidden]
    words = [inspect.Parameter(word, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=ANNOTATIONS[word]) for word in WORDS]
    function.__signature__ = signature.replace(parameters=[*own, *words])  # type: ignore[attr-defined]
    return function


def refuse_unnamed(section: str, values: Sequence[object], catalogue: Catalogue) -> Never:
    """Say by which word a value should have been given."""
    value = values[0]
    fits = []
    for word in ("body", "topic", "country", "kind", "id"):
        try:
            WORDS[word].lookup(catalogue, value)  # type: ignore[misc]
        except (AseanCyberError, TypeError, AttributeError):
            continue
        fits.append(word)
    if isinstance(value, int) and not isinstance(value, bool):
        fits = ["year"]
    word = fits[0] if fits else "text"
    raise WrongType(f"{section}() takes words by name: did you mean {section}({word}={value!r})? The words are {', '.join(WORDS)}")


def types_of(section: str) -> tuple[Type, ...]:
    """The types of the records in a pool."""
    return TYPES if section == "records" else tuple(each for each in TYPES if each == section.removesuffix("s"))


def select(pool: Postings, filters: Filters, within: Sequence[int] | None = None) -> Sequence[int]:
    """The places in a pool of the records that pass the filters, of all or of those at the places `within`."""
    given: dict[str, Any] = {word: value for word, value in filters.items() if value is not None}
    if not given.keys() <= _PLAIN[pool.section]:
        _apply(pool.section, given)
    spans = None if _TIME.isdisjoint(given) else _time(given)
    terms = _terms(pool.catalogue, pool.section, given)
    texts = None if "text" not in given else [phrases(_checked_text(text)) for text in several_values(given["text"])]
    if spans == () or (texts is not None and not any(texts)):
        return ()
    for _, values in terms:
        if not values:
            return ()
    found = pool.select(terms, spans or ())
    if spans and given.get("certain") and truth("certain", given["certain"]):
        found = [at for at in found if pool.falls(at, spans)]
    if texts is not None:
        said = frozenset[int]().union(*(pool.saying(text) for text in texts if text))
        found = sorted(said) if found == range(len(pool.records)) else [at for at in found if at in said]
    if not found and "partner" in given:
        _never_partners(next(values for word, values in terms if word == "partner"), spans)
    if within is not None and within != range(len(pool.records)):
        inside = set(found)
        found = [at for at in within if at in inside]
    return found


_TIME = frozenset(("year", "since", "until"))
_QUALIFYING = frozenset(("type", "lineage", "certain", "silent"))
_PLAIN = {
    section: frozenset(word for word, about in WORDS.items() if set(about.of) & set(types_of(section))) - _QUALIFYING
    for section in ("meetings", "statements", "instruments", "records")
}
"""For each pool the words that apply there as they are, with nothing to be checked of how they go together."""


# What can never apply.


def _apply(section: str, given: dict[str, Any]) -> None:
    """Refuse words that none of the records asked for can pass, and words without the one that they qualify."""
    asked = types_of(section)
    for word in given:
        if word not in WORDS:
            raise WrongType(f"unknown word {word!r}{did_you_mean(nearest(word, WORDS))}; the words are {', '.join(WORDS)}")
    for word, value in given.items():
        about = WORDS[word]
        if not set(about.of) & set(asked):
            raise InvalidArgument(f"{word} never applies to {section}: {about.instead}")
        if word == "type":
            types = {WORDS["type"].lookup(None, each) for each in several_values(value)}  # type: ignore[misc,arg-type]
            if types and not types & set(asked):
                raise InvalidArgument(f"{section} are never of type {' or '.join(sorted(types))}: ask {'s() or '.join(sorted(types))}s(), or records()")
    if "lineage" in given and truth("lineage", given["lineage"]) and "body" not in given:
        raise InvalidArgument("lineage goes with body: it adds the predecessors and successors of that body")
    if "certain" in given and truth("certain", given["certain"]) and _TIME.isdisjoint(given):
        raise InvalidArgument("certain goes with year, since or until: it leaves out what may lie outside the time asked for")
    if section in ("statements", "instruments") and given.get("silent") is not None and truth("silent", given["silent"]):
        raise InvalidArgument(f"silent=True never applies to {section}: only meetings can be silent")


def _kinds(section: str, kinds: Sequence[str]) -> None:
    if section == "records" and InstrumentKind.STATEMENT.value in kinds:
        raise InvalidArgument(
            "'statement' is a type of record: ask type='statement'; for instruments that are stand-alone statements ask instruments(kind='statement')"
        )
    vocabulary = {"statements": StatementKind, "instruments": InstrumentKind}.get(section)
    if vocabulary is not None and kinds and not any(kind in set(vocabulary) for kind in kinds):
        other = "instruments" if section == "statements" else "statements"
        raise InvalidArgument(
            f"no {section.removesuffix('s')} is of kind {kinds[0]!r}, which is a kind of {other}; kinds of {section} are {', '.join(vocabulary)}"
        )


def _never_partners(codes: Sequence[str], spans: Sequence[Span] | None) -> None:
    """Refuse codes that found nothing, and of which each was a member of ASEAN, or is ASEAN, for all of the time asked for."""
    joined = accessions()
    first = min((start for start, _ in spans), default=date.min) if spans else date(1967, 8, 8)
    for code in codes:
        if code not in ("ASEAN", "ASEC") and not (code in joined and joined[code] <= max(first, date(1967, 8, 8))):
            return
    if codes:
        name = PARTICIPANTS[codes[0]]
        why = "is ASEAN itself" if codes[0] not in joined else f"is a member of ASEAN since {joined[codes[0]]}"
        raise InvalidArgument(
            f"{name} {why}: partner asks for those who took part without being members at the time; "
            "ask speaker for its own words, country for where it was, party for what it is bound by"
        )


# Terms.


def _terms(catalogue: Catalogue, section: str, given: dict[str, Any]) -> list[tuple[str, Sequence[str]]]:
    terms: list[tuple[str, Sequence[str]]] = []
    for word, value in given.items():
        about = WORDS[word]
        if about.lookup is not None and (word not in _MORE or (word == "body" and "lineage" not in given)):
            terms.append(
                (word, (about.lookup(catalogue, value),) if isinstance(value, str) else [about.lookup(catalogue, each) for each in several_values(value)])
            )
        elif about.truth:
            if word in ("disputed", "reviewed", "silent"):
                terms.append((word, ("yes",) if truth(word, value) else ("no",)))
        elif word == "band":
            terms.append((word, list(dict.fromkeys(chain.from_iterable(map(bands, several_values(value)))))))
        elif about.lookup is not None:
            found = [about.lookup(catalogue, each) for each in several_values(value)]
            if word == "kind":
                _kinds(section, found)
            elif word == "body" and given.get("lineage"):
                found = list(dict.fromkeys(chain.from_iterable(map(catalogue.lineage, found))))
            terms.append((word, found))
    return terms


_MORE = frozenset(("band", "kind", "body"))
"""Words of which more is to be done than to look each value up."""


# Time.


def _time(given: dict[str, Any]) -> Sequence[Span]:
    """The spans of days asked for; none where nothing can be within."""
    if type(given.get("year")) is int and "since" not in given and "until" not in given:
        return (_whole(_year(given["year"])),)
    spans = [_whole(year) for year in sorted({_year(each) for each in several_values(given["year"])})] if "year" in given else [_DAYS]
    first, last = _day(given, "since"), _day(given, "until")
    if first is not None and last is not None and last.end < first.start:
        raise InvalidArgument(f"until ({last}) is before since ({first})")
    since, until = first.start if first else date.min, last.end if last else date.max
    clipped = [(max(start, since), min(end, until)) for start, end in spans]
    return tuple((start, end) for start, end in clipped if start <= end)


def _whole(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


def _year(value: Any) -> int:
    # operator.index takes the whole numbers of NumPy and pandas too.
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise WrongType(f"year takes whole numbers like 2011, got {value!r}; for months and days use since and until")
    year = operator.index(value)
    if not 1 <= year <= 9999:
        raise InvalidArgument(f"year takes numbers from 1 to 9999, got {year if abs(year) < 10**20 else 'a number far beyond'}")
    return year


def _day(given: dict[str, When], word: str) -> EDTF | None:
    if word not in given:
        return None
    try:
        return as_edtf(given[word])
    except InvalidField as error:
        raise InvalidArgument(f"{word}: {error.reason}") from None


def _checked_text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongType(f"text takes the words to look for, got {value!r}")
    return value
