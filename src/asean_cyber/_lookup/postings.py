"""Records in time order, and where among them each term stands.

Positions in that order stand for records; every set of positions is sorted. Each index is built when
it is first asked for, so that one query pays for no more than it uses.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from .._model.records import Meeting, Record, Statement
from .catalogue import Catalogue
from .facets import FACETS
from .names import is_unspaced, plain

Span = tuple[date, date]

# A record that lasts longer than this is looked at in every question of time, instead of being
# entered under each of its years: a date that is open at one end would have thousands.
_LONG = 30


class Postings:
    """A pool of records that can be asked for what stands under a term, or within a span of days."""

    def __init__(self, records: Iterable[Record], catalogue: Catalogue, section: str = "records") -> None:
        self.catalogue = catalogue
        self.section = section
        """What the pool is of, which it is even when it is empty: ``meetings``, ``statements``, ``instruments``, or ``records``."""
        self.records: tuple[Record, ...] = tuple(sorted(records, key=Record._key))
        self._facets: dict[str, dict[str, list[int]]] = {}
        self._sets: dict[tuple[str, str], frozenset[int]] = {}
        self._said: tuple[list[str], dict[str, list[int]], list[str]] | None = None
        self._calendar: tuple[list[date], list[date], dict[int, list[int]], list[int]] | None = None

    def select(self, terms: Sequence[tuple[str, Sequence[str]]], spans: Sequence[Span]) -> Sequence[int]:
        """The positions that stand under one of the values of every term, and (if any are given) within one of the spans."""
        if not terms:
            return self._within(spans) if spans else range(len(self.records))
        postings = [self._posting(facet, values) for facet, values in terms]
        order = sorted(range(len(postings)), key=lambda n: len(postings[n]))
        found = postings[order[0]]
        if spans:
            found = self._narrow(found, spans)
        for n in order[1:]:
            allowed = self._set(*terms[n])
            found = [at for at in found if at in allowed]
        return found

    def saying(self, phrases: Sequence[str]) -> frozenset[int]:
        """The positions of the records whose titles, names, summary or quotation hold each of these, which `phrases` made.

        A phrase begins where a word begins, but anywhere in scripts that set no spaces between words.
        """
        texts, places, words = self._texts()
        # Gone through are the records that hold the rarest of them; whether they hold the others is read in their texts.
        candidates = min((self._candidates(phrase, places, words) for phrase in phrases), key=lambda lists: sum(map(len, lists)))
        return frozenset(at for held in candidates for at in held if all(phrase in texts[at] for phrase in phrases))

    def _candidates(self, phrase: str, places: dict[str, list[int]], words: list[str]) -> list[Sequence[int]]:
        """Lists of positions that together hold all records with a phrase, and perhaps others."""
        if not phrase.startswith(" "):  # of a script without spaces
            return [range(len(self.records))]
        first, *rest = phrase.split()
        if rest or phrase.endswith(" "):
            # All but the last word of a phrase are whole words; the last is one too where a space follows it.
            return [min((places.get(word, ()) for word in (first, *rest)), key=len)]
        begin = bisect_left(words, first)
        return [places[word] for word in words[begin : bisect_left(words, first + "\U0010ffff", begin)]]

    def _texts(self) -> tuple[list[str], dict[str, list[int]], list[str]]:
        """The searched text of each record, the positions at which each word stands, and the words in their order."""
        if self._said is None:
            texts = [f" {searched(_words_of(record))} " for record in self.records]
            places: dict[str, list[int]] = {}
            for at, text in enumerate(texts):
                for word in set(text.split()):
                    places.setdefault(word, []).append(at)
            self._said = texts, places, sorted(places)
        return self._said

    def falls(self, at: int, spans: Sequence[Span]) -> bool:
        """Whether a record falls within one of the spans for certain."""
        when = self.records[at].date
        return any(when.match(*span).value == "yes" for span in spans)

    # Terms.

    def facet(self, name: str) -> dict[str, list[int]]:
        """The positions under each value of a facet."""
        facet = self._facets.get(name)
        if facet is None:
            facet = {}
            terms, catalogue = FACETS[name], self.catalogue
            for at, record in enumerate(self.records):
                for value in terms(catalogue, record):
                    facet.setdefault(value, []).append(at)
            self._facets[name] = facet
        return facet

    def _posting(self, facet: str, values: Sequence[str]) -> Sequence[int]:
        if len(values) == 1:
            return self.facet(facet).get(values[0], ())
        return sorted({at for value in values for at in self.facet(facet).get(value, ())})

    def _set(self, facet: str, values: Sequence[str]) -> frozenset[int]:
        if len(values) > 1:
            return frozenset().union(*(self._set(facet, (value,)) for value in values))
        key = facet, values[0]
        found = self._sets.get(key)
        if found is None:
            found = self._sets[key] = frozenset(self.facet(facet).get(values[0], ()))
        return found

    # Time.

    def _dates(self) -> tuple[list[date], list[date], dict[int, list[int]], list[int]]:
        """First days and last days by position; the positions that last, by year; and those that last long."""
        if self._calendar is None:
            starts = [record.date.start for record in self.records]
            ends = [record.date.end for record in self.records]
            lasting: dict[int, list[int]] = {}
            long: list[int] = []
            for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
                if end.year - start.year > _LONG:
                    long.append(at)
                elif start != end:
                    for year in range(start.year, end.year + 1):
                        lasting.setdefault(year, []).append(at)
            self._calendar = starts, ends, lasting, long
        return self._calendar

    def _between(self, span: Span) -> tuple[Sequence[int], range]:
        """What may fall within a span: what began before it and lasts into it, and what begins in it."""
        starts, ends, lasting, long = self._dates()
        since, until = span
        begins = range(bisect_left(starts, since), bisect_right(starts, until))
        candidates = lasting.get(since.year)
        if candidates is None and not long:
            return (), begins
        early = [at for at in candidates or () if at < begins.start and ends[at] >= since]
        early += [at for at in long if at < begins.start and ends[at] >= since]
        return sorted(early), begins

    def _within(self, spans: Sequence[Span]) -> Sequence[int]:
        if len(spans) == 1:
            early, begins = self._between(spans[0])
            return [*early, *begins] if early else begins
        return sorted({at for span in spans for part in self._between(span) for at in part})

    def _narrow(self, found: Sequence[int], spans: Sequence[Span]) -> Sequence[int]:
        narrowed: set[int] = set()
        for span in spans:
            early, begins = self._between(span)
            inside = found[bisect_left(found, begins.start) : bisect_left(found, begins.stop)]
            if len(spans) == 1 and not early:
                return inside
            narrowed.update(inside)
            narrowed.update(at for at in early if (n := bisect_left(found, at)) < len(found) and found[n] == at)
        return sorted(narrowed)


# Words that some write as one, some as two, some with a hyphen between: "cyber crime" and "cybercrime" are the same.
_JOINED = re.compile(r"\b(cyber|counter|anti) (?=\w)")


def searched(text: str) -> str:
    """Text as it is searched: plain words, those that are spelt as one or as two always as one."""
    return _JOINED.sub(r"\1", plain(text))


def phrases(text: str) -> list[str]:
    """What to look for, for a text as people write it: each of its words, and what stands in quotation marks as a whole.

    >>> phrases('"cyber crime" scam')
    [' cybercrime ', ' scam']
    """
    found: list[str] = []
    for at, part in enumerate(re.split('["\u201c\u201d]', text)):
        words = searched(part)
        if at % 2 and words:
            found.append(words if is_unspaced(words) else f" {words} ")
        else:
            found += [word if is_unspaced(word) else f" {word}" for word in words.split()]
    return found


def _words_of(record: Record) -> str:
    parts: list[str] = [record.id, record.label, record.summary]
    if isinstance(record, Statement):
        parts += [record.title or "", record.locator or "", record.quotation.text if record.quotation else ""]
    elif isinstance(record, Meeting) and record.place is not None:
        parts.append(str(record.place))
    return "\n".join(parts)
