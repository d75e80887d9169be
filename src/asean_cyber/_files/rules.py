"""The rules of good data: what keeps no dataset from being loaded, and yet should not be.

Each rule is a function that yields a `Fault` for whatever breaks it. `RULES` lists them; `check` runs all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from urllib.parse import urlsplit

from .._lookup.catalogue import Catalogue
from .._lookup.names import fold
from .._model.contents import Contents
from .._model.edtf import EDTF
from .._model.parts import Citation
from .._model.records import Meeting, Record, Source, Statement
from ..errors import Fault
from ..places import asean_members
from ..vocabulary import ActKind, InstrumentStatus, RelationKind, StatementKind

Rule = Callable[[Catalogue], Iterator[Fault]]

SILENT = "Nothing on cyber stands in the pages read for this meeting."
"""The summary of a meeting of which nothing on cyber was read."""

SHORTEST, LONGEST = 10, 60
"""How many words a summary has."""


def check(contents: Contents) -> Iterator[Fault]:
    """What breaks a rule, rule by rule."""
    catalogue = Catalogue(contents)
    for rule in RULES:
        yield from rule(catalogue)


def _broken(record: str, field: str | None, reason: str) -> Fault:
    return Fault(reason, record=record, field=field, level="warning")


# Bodies and their series.


def names_of_bodies(known: Catalogue) -> Iterator[Fault]:
    """No two bodies go by the same name."""
    holders: dict[str, set[str]] = defaultdict(set)
    for body in known.contents.bodies:
        for name in filter(None, (body.id, body.acronym, body.name, *body.aliases)):
            holders[fold(name)].add(body.id)
    for name, ids in holders.items():
        if len(ids) > 1:
            yield _broken(min(ids), "aliases", f"{name!r} is a name of {' and of '.join(sorted(ids))}")


def order_of_ordinals(known: Catalogue) -> Iterator[Fault]:
    """A meeting is not held before one of a lower number."""
    series: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in known.contents.meetings:
        if meeting.ordinal is not None:
            series[meeting.body].append(meeting)
    for meetings in series.values():
        latest: Meeting | None = None
        for meeting in sorted(meetings, key=lambda each: each.ordinal or 0):
            if latest is not None and latest.date.start > meeting.date.end:
                yield _broken(meeting.id, "ordinal", f"it is dated {meeting.date}, before {latest.id}, which is dated {latest.date}")
            elif latest is None or meeting.date.start > latest.date.start:
                latest = meeting


def holes_in_series(known: Catalogue) -> Iterator[Fault]:
    """A numbered series is complete, or a gap says why it is not."""
    ordinals: dict[str, set[int]] = defaultdict(set)
    for meeting in known.contents.meetings:
        if meeting.ordinal is not None:
            ordinals[meeting.body].add(meeting.ordinal)
    explained: dict[str, set[int]] = defaultdict(set)
    for gap in known.contents.gaps:
        explained[gap.body].update(gap.ordinals)
    for body in ordinals.keys() | explained.keys():
        there = ordinals[body] | explained[body]
        missing = sorted(set(range(1, max(there, default=0))) - there)
        if missing:
            yield _broken(body, None, f"no meeting and no gap for number {', '.join(map(str, missing))}")


def ids_of_meetings(known: Catalogue) -> Iterator[Fault]:
    """The id of a meeting tells its body, and its number or year."""
    for meeting in known.contents.meetings:
        body = re.escape(meeting.body)
        if meeting.ordinal is not None:
            form = f"{body}-{meeting.ordinal}"
        else:
            year, month = meeting.date.start.year, meeting.date.start.month
            form = rf"{body}-{year}(-{month:02d}(-\d\d)?)?(-[a-z][a-z0-9-]*)?"
        if not re.fullmatch(form, meeting.id):
            yield _broken(meeting.id, "id", f"expected {form.replace(chr(92), '')}")


# Meetings.


def cities(known: Catalogue) -> Iterator[Fault]:
    """A city is in one country and written one way."""
    spelt: dict[str, dict[object, str]] = defaultdict(dict)
    for meeting in known.contents.meetings:
        if meeting.place is not None and meeting.place.city:
            spelt[fold(meeting.place.city).replace(" ", "")].setdefault(meeting.place, meeting.id)
    for places in spelt.values():
        for place, other in zip(places, list(places)[1:], strict=False):
            yield _broken(places[other], "place", f"{other} here, {place} in {places[place]}")


def partners(known: Catalogue) -> Iterator[Fault]:
    """Partners of a meeting were no members of ASEAN then, and are named once: where the body has them, not again."""
    for meeting in known.contents.meetings:
        members = set(meeting.partners) & asean_members(meeting.date.end)
        if members:
            yield _broken(meeting.id, "partners", f"{', '.join(sorted(members))} was a member of ASEAN then")
        body = known.bodies.get(meeting.body)
        twice = [each.id for each in body.participants if each.id in meeting.partners and each.covers(meeting.date)] if body else []
        if twice:
            yield _broken(meeting.id, "partners", f"{', '.join(sorted(twice))} takes part in {meeting.body} anyway")


def silent_meetings(known: Catalogue) -> Iterator[Fault]:
    """A meeting of which nothing on cyber was read says so in the same words as others, and has no topic."""
    for meeting in known.contents.meetings:
        if meeting.silent != (meeting.summary == SILENT):
            yield _broken(meeting.id, "summary", f"a meeting without topics has the summary {SILENT!r}, and no other has it")


# Statements.


def _fits(one: EDTF | None, whole: EDTF) -> bool:
    """Whether something so dated can have happened within the days of the whole.

    It may be dated more vaguely only where the whole lasted several days, so that its day is not known.
    """
    if one is None:
        return False
    return (whole.start <= one.start and one.end <= whole.end) or (one.start <= whole.start and whole.end <= one.end and whole.start < whole.end)


def bodies_of_statements(known: Catalogue) -> Iterator[Fault]:
    """A statement is of the body of its meeting or of its instrument."""
    for statement in known.contents.statements:
        wholes = [known.find(whole) for whole in (statement.meeting, statement.instrument) if whole is not None]
        if wholes and all(whole is None or whole.body != statement.body for whole in wholes):
            told = ", ".join(f"{whole.id} is of {whole.body}" for whole in wholes if whole is not None)
            yield _broken(statement.id, "body", f"it is of {statement.body}, but {told}")


def speakers(known: Catalogue) -> Iterator[Fault]:
    """A speaker is one participant, never ASEAN as a whole; speeches and releases have one."""
    for statement in known.contents.statements:
        if statement.speaker == "ASEAN":
            yield _broken(statement.id, "speaker", "ASEAN as a whole is no speaker: leave it out")
        if statement.kind is StatementKind.SPEECH and statement.speaker is None:
            yield _broken(statement.id, "speaker", "a speech is that of one participant: say whose")


def interventions(known: Catalogue) -> Iterator[Fault]:
    """An intervention is made in a forum other than ASEAN's own."""
    for statement in known.contents.statements:
        if statement.kind is StatementKind.INTERVENTION and statement.speaker is not None:
            yield _broken(statement.id, "kind", f"an intervention is on behalf of ASEAN or its members; words of {statement.speaker} alone are a speech")


def acts_and_summaries(known: Catalogue) -> Iterator[Fault]:
    """The acts of a statement agree with the verbs of its summary: it tells each of them.

    A lead phrase stands in the language of its document, so only documents in English are looked at.
    """
    for statement in known.contents.statements:
        languages = {source.language for citation in statement.citations if (source := known.source(citation.source)) is not None}
        untold = [act for act in statement.acts if not _says(statement.summary, act.kind, act.phrase)] if languages == {"en"} else []
        if untold:
            acts = ", ".join(f"{act.kind.value} ({act.phrase})" for act in untold)
            yield _broken(statement.id, "acts", f"the summary does not tell {acts}: take over the document's own verb, or leave the act out")


def _says(summary: str, kind: ActKind, phrase: str) -> bool:
    said = {_stem(word) for word in fold(summary).split()}
    verbs = {_stem(word) for verb in (*kind.verbs, phrase) for word in fold(verb).split()} - _WEAK
    return bool(said & verbs)


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ment", "ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_WEAK = {
    _stem(word)
    for word in [
        "the",
        "a",
        "an",
        "to",
        "of",
        "for",
        "on",
        "in",
        "and",
        "with",
        "by",
        "that",
        "its",
        "their",
        "our",
        "we",
        "is",
        "are",
        "be",
        "been",
        "was",
        "were",
        "has",
        "have",
        "it",
        "this",
        "will",
    ]
}

_CAUSES = re.compile(r"\b(since|because|so that|but|therefore|thus|hence|however|although|whereas)\b", re.IGNORECASE)
_SINCE_WHEN = re.compile(
    r"\bsince (?:its|the|then|\d|January|February|March|April|May|June|July|August|September|October|November|December|last|early|late|mid|at least)",
    re.IGNORECASE,
)


def causes_of_our_own(known: Catalogue) -> Iterator[Fault]:
    """A summary gives no cause and draws no contrast, unless a note on a citation says that the page does."""
    for record in known.contents.records:
        found = [word for word in _CAUSES.findall(_SINCE_WHEN.sub("", record.summary)) if not _noted(record, word)]
        if found:
            yield _broken(
                record.id, "summary", f"{', '.join(found)}: a cause or contrast, which only a page may give; if it does, say so in the note of the citation"
            )


def _noted(record: Record, word: str) -> bool:
    return any(word.casefold() in (citation.note or "").casefold() for citation in record.citations)


# Instruments and relations.


def dates_of_instruments(known: Catalogue) -> Iterator[Fault]:
    """What a meeting makes, adopts or signs is dated within it."""
    for record in known.contents.records:
        stated = (record.date, getattr(record, "adopted", None), getattr(record, "signed", None))
        ties = [getattr(record, "meeting", None)] if not isinstance(record, Statement) or record.instrument is None else []
        ties += [relation.target for relation in record.relations if relation.kind in (RelationKind.ADOPTED_AT, RelationKind.SIGNED_AT)]
        for name in filter(None, ties):
            meeting = known.find(name)
            if meeting is not None and not any(_fits(day, meeting.date) for day in stated) and not _apart(record, meeting):
                yield _broken(record.id, "date", f"it is dated {record.date}, but {meeting.id} lasted {meeting.date}")


def _apart(record: Record, meeting: Record) -> bool:
    """Whether a document says itself on which day it was issued: its own source is dated so."""
    return isinstance(record, Statement) and abs((record.date.start - meeting.date.end).days) <= 400 and record.kind in _ISSUED_APART


_ISSUED_APART = (StatementKind.PRESS_RELEASE, StatementKind.SPEECH, StatementKind.REPORT, StatementKind.CHAIRS_STATEMENT, StatementKind.PRESS_STATEMENT)


def superseded(known: Catalogue) -> Iterator[Fault]:
    """What is superseded says so, and something supersedes it."""
    done = {target.id: record.id for record, target in _related(known, RelationKind.SUPERSEDES)}
    for instrument in known.contents.instruments:
        if instrument.id in done and instrument.status not in (None, InstrumentStatus.SUPERSEDED):
            yield _broken(instrument.id, "status", f"{done[instrument.id]} supersedes it")
        if instrument.status is InstrumentStatus.SUPERSEDED and instrument.id not in done:
            yield _broken(instrument.id, "status", "no record supersedes it")


def _related(known: Catalogue, *kinds: RelationKind) -> Iterator[tuple[Record, Record]]:
    for record in known.contents.records:
        for relation in record.relations:
            target = known.find(relation.target)
            if relation.kind in kinds and target is not None:
                yield record, target


_BACKWARDS = (
    RelationKind.SUPERSEDES,
    RelationKind.IMPLEMENTS,
    RelationKind.AMENDS,
    RelationKind.RECALLS,
    RelationKind.WELCOMES,
    RelationKind.ENDORSES,
    RelationKind.FOLLOWS,
)


def relations_in_time(known: Catalogue) -> Iterator[Fault]:
    """What a record recalls, welcomes, implements or follows is not later than it."""
    for record, target in _related(known, *_BACKWARDS):
        if record.date.end < target.date.start:
            yield _broken(record.id, "relations", f"{target.id} is of {target.date}, later than {record.date}")


def relations_in_circles(known: Catalogue) -> Iterator[Fault]:
    """Nothing supersedes, implements, follows or is part of itself by way of others."""
    for kind in (RelationKind.SUPERSEDES, RelationKind.IMPLEMENTS, RelationKind.FOLLOWS, RelationKind.PART_OF):
        targets: dict[str, set[str]] = defaultdict(set)
        for record, target in _related(known, kind):
            targets[record.id].add(target.id)
        for start in targets:
            found: set[str] = set()
            ahead = set(targets[start])
            while ahead:
                found |= ahead
                ahead = {further for each in ahead for further in targets.get(each, ())} - found
            if start in found:
                yield _broken(start, f"relations ({kind})", "leads back to itself")


def discrepancies(known: Catalogue) -> Iterator[Fault]:
    """A discrepancy claims something else than the record holds."""
    for record in known.contents.records:
        for claim in record.discrepancies:
            held: object = record
            for name in claim.field.split("."):
                held = getattr(held, name, None)
            text = ", ".join(map(str, held)) if isinstance(held, tuple) else str(held)
            if text == claim.value:
                yield _broken(record.id, "discrepancies", f"{claim.field} is {claim.value!r} in both")


# Each thing said once, in words of our own.


def same_record_twice(known: Catalogue) -> Iterator[Fault]:
    """No two records stand for the same."""

    def key(record: Record) -> Hashable:
        if isinstance(record, Statement):
            document = None if record.title else record.id.rpartition("/")[0]
            return "statement", record.body, record.date, record.locator, document, fold(record.title or record.id)
        return record.type, record.date, fold(record.label)

    for ids in _shared((key(record), record.id) for record in known.contents.records):
        yield _broken(ids[1], None, f"it says the same as {ids[0]}")


def same_paragraph_twice(known: Catalogue) -> Iterator[Fault]:
    """The same place in the same source is one statement."""
    pairs = (
        ((citation.source, fold(citation.locator or statement.locator)), statement.id)
        for statement in known.contents.statements
        if statement.locator
        for citation in statement.citations
        if citation.document
    )
    for ids in _shared(pairs):
        yield _broken(ids[1], "locator", f"it is the paragraph of {ids[0]}")


def _shared(pairs: Iterable[tuple[Hashable, str]]) -> Iterator[list[str]]:
    holders: dict[Hashable, list[str]] = defaultdict(list)
    for key, name in pairs:
        if name not in holders[key]:
            holders[key].append(name)
    return (ids for ids in holders.values() if len(ids) > 1)


def topics_of_parts(known: Catalogue) -> Iterator[Fault]:
    """A meeting and an instrument have each topic that a statement of theirs has, where both cite the same page."""
    for statement in known.contents.statements:
        pages = {citation.source for citation in statement.citations}
        for name in (statement.meeting, statement.instrument):
            whole = known.records.get(name) if name else None
            if whole is None or pages.isdisjoint(citation.source for citation in whole.citations):
                continue
            lost = [topic for topic in statement.topics if topic not in whole.topics]
            if lost:
                yield _broken(whole.id, "topics", f"{statement.id} has {', '.join(lost)}, from a page that both cite")


def length_of_summaries(known: Catalogue) -> Iterator[Fault]:
    """A summary has from 10 to 60 words."""
    for record in known.contents.records:
        count = len(record.summary.split())
        if not SHORTEST <= count <= LONGEST:
            yield _broken(record.id, "summary", f"it has {count} words; expected {SHORTEST} to {LONGEST}")


def length_of_phrases(known: Catalogue) -> Iterator[Fault]:
    """The lead phrase of an act has from one to six words."""
    for statement in known.contents.statements:
        for act in statement.acts:
            if len(act.phrase.split()) > 6:
                yield _broken(statement.id, "acts", f"the phrase {act.phrase!r} has more than 6 words")


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    said = fold(text).split()
    return {tuple(said[at : at + length]) for at in range(len(said) - length + 1)}


def words_of_others(known: Catalogue) -> Iterator[Fault]:
    """No summary repeats twelve words of its quotation, or of the title of a source, but for its own title and the names of instruments."""
    names = set().union(*(_runs(instrument.title, 12) for instrument in known.contents.instruments))
    for record in known.contents.records:
        said = _runs(record.summary, 12)
        if not said:
            continue
        titles = [known.sources[citation.source].title for citation in record.citations if citation.source in known.sources]
        if isinstance(record, Statement) and record.quotation is not None:
            titles.append(record.quotation.text)
        for title in titles:
            shared = said & _runs(title, 12) - _runs(record.label, 12) - names
            if shared:
                yield _broken(record.id, "summary", f"it repeats {' '.join(sorted(shared)[0])!r}")


# Sources.

_URL = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d+)?([/?#](?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?")


def addresses(known: Catalogue) -> Iterator[Fault]:
    """A source has an address, in the characters of RFC 3986; anything else is percent-encoded."""
    for source in known.contents.sources:
        if source.url is None or not _URL.fullmatch(source.url):
            yield _broken(source.id, "url", "it has no address" if source.url is None else f"not in the characters of a URL: {source.url}")


def same_source_twice(known: Catalogue) -> Iterator[Fault]:
    """Two addresses that differ in scheme, ``www.``, a final slash or marks of tracking are one source."""

    def address(source: Source) -> str:
        parts = urlsplit(source.url or source.id)
        query = "&".join(sorted(pair for pair in parts.query.split("&") if not re.match(r"utm_|fbclid|gclid", pair)))
        return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{query}#{parts.fragment}".casefold()

    for ids in _shared((address(source), source.id) for source in known.contents.sources):
        yield _broken(ids[1], "url", f"it is the address of {ids[0]}")


def _citations(known: Catalogue) -> Iterator[Citation]:
    for record in known.contents.records:
        yield from record.citations
        yield from (claim.citation for claim in record.discrepancies)
    for body in known.contents.bodies:
        yield from body.citations
        yield from (citation for each in body.participants for citation in each.citations)


def unused_sources(known: Catalogue) -> Iterator[Fault]:
    """Every source is cited."""
    used = {citation.source for citation in _citations(known)}
    for source in known.contents.sources:
        if source.id not in used:
            yield _broken(source.id, None, "nothing cites it")


def reading_of_sources(known: Catalogue) -> Iterator[Fault]:
    """Every source says when it was read, and was not read before it was written."""
    for source in known.contents.sources:
        if source.accessed is None:
            yield _broken(source.id, "accessed", "it does not say when it was read")
        elif source.date is not None and source.date.start > source.accessed.end:
            yield _broken(source.id, "accessed", f"it was read on {source.accessed}, before its date, {source.date}")


def sources_in_time(known: Catalogue) -> Iterator[Fault]:
    """A record rests on a source that is no older than it: one written before can only announce it, and was read since."""
    for record in known.contents.records:
        sources = [known.sources[citation.source] for citation in record.citations if citation.source in known.sources]
        if sources and all(source.date is not None and source.date.end < record.date.start for source in sources):
            told = ", ".join(f"{source.id} is of {source.date}" for source in sources)
            yield _broken(record.id, "citations", f"it is dated {record.date}, but {told}")
        if sources and all(source.accessed is not None and source.accessed.end < record.date.start for source in sources):
            yield _broken(record.id, "citations", f"it is dated {record.date}, after its sources were read")


def names_of_publishers(known: Catalogue) -> Iterator[Fault]:
    """A publisher has one name: what is in brackets, and the order of words, does not make two of one."""
    names: dict[frozenset[str], dict[str, str]] = defaultdict(dict)
    for source in known.contents.sources:
        bare = re.sub(r"\(.*?\)|\b(the|of|and|for|online|archive|agency|news)\b|'s\b|’s\b", " ", source.publisher.casefold().replace("viet nam", "vietnam"))
        names[frozenset(fold(bare).split())].setdefault(source.publisher, source.id)
    for several in names.values():
        for name, other in zip(several, list(several)[1:], strict=False):
            yield _broken(several[other], "publisher", f"{other!r} here, {name!r} in {several[name]}")


def documents(known: Catalogue) -> Iterator[Fault]:
    """At most one citation of a record is marked as the document itself."""
    for record in known.contents.records:
        if sum(citation.document for citation in record.citations) > 1:
            yield _broken(record.id, "citations", "several are marked as the document itself: mark the one to cite first")


# Topics.


def unused_topics(known: Catalogue) -> Iterator[Fault]:
    """Every topic is used, or broader than one that is, and has a note on its scope."""
    used = {broader for record in known.contents.records for topic in record.topics for broader in known.broader.get(topic, ())}
    for topic in known.contents.topics:
        if topic.id not in used:
            yield _broken(topic.id, None, "no record has it")
        if topic.scope is None:
            yield _broken(topic.id, "scope", "say when to use it and when not")


def reviews(known: Catalogue) -> Iterator[Fault]:
    """Every record was held against its pages by someone who had not written it."""
    for record in known.contents.records:
        if record.reviewed is None:
            yield _broken(record.id, "reviewed", "nobody but its writer has compared it with its sources")


RULES: tuple[Rule, ...] = (
    names_of_bodies,
    order_of_ordinals,
    holes_in_series,
    ids_of_meetings,
    cities,
    partners,
    silent_meetings,
    bodies_of_statements,
    speakers,
    interventions,
    acts_and_summaries,
    causes_of_our_own,
    dates_of_instruments,
    superseded,
    relations_in_time,
    relations_in_circles,
    discrepancies,
    same_record_twice,
    same_paragraph_twice,
    topics_of_parts,
    length_of_summaries,
    length_of_phrases,
    words_of_others,
    addresses,
    same_source_twice,
    unused_sources,
    reading_of_sources,
    sources_in_time,
    names_of_publishers,
    documents,
    unused_topics,
    reviews,
)
"""All rules, in the order in which they are checked."""
