"""The packaged data keeps its own rules: those that tie many records together, or that only a text can break.

What one record can break by itself, its class refuses, and what makes a reference lead nowhere,
`asean_cyber.codec.decode` refuses. Each test below states one rule and names everything that breaks it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

import asean_cyber as ac
from asean_cyber import EDTF, Citation, Dataset, Instrument, InstrumentStatus, Meeting, Record, RelationKind, Source, Statement, packaged
from asean_cyber.codec import layout
from asean_cyber.naming import fold
from asean_cyber.places import asean_members

T = TypeVar("T")

LAST_READ = date(2026, 11, 24)
"""The last day on which sources were read for this version: nothing was read after it."""

QUOTED = {
    "asean-china-plan-of-action-2004/2.5.7",
    "arf-statement-cyber-attack-2006/laws",
    "arf-statement-cyber-attack-2006/national-framework",
    "arf-statement-cyber-attack-2006/recital-effective-fight",
    "ammtc-plus-three-3/5",
    "aseanapol-29/8.7.1",
}
"""The statements that carry a quotation: each was compared with its document word for word."""

# Where the world breaks a rule, and not the data: the ids, each with the reason.

ORDINAL_OUT_OF_ORDER: dict[str, str] = {}
"""Meetings that were held before one of a lower number."""

OTHER_BODY: dict[str, str] = {}
"""Statements whose body is not that of their meeting."""


@pytest.fixture(scope="module")
def data() -> Dataset:
    return ac.dataset()


def none(faults: Iterable[str]) -> None:
    """Fail, naming each fault on a line of its own, if there is any."""
    found = list(faults)
    if found:
        pytest.fail(f"{len(found)} found\n" + "\n".join(found), pytrace=False)


# The files.


def test_files_are_laid_out_canonically() -> None:
    none(name for name, raw in packaged.files() if layout(json.loads(raw)).encode() != raw)


# Bodies and their series.


def test_no_two_bodies_go_by_the_same_name(data: Dataset) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for body in data.bodies():
        for name in filter(None, (body.id, body.acronym, body.name, *body.aliases)):
            holders[fold(name)].add(body.id)
    none(f"{name}: {', '.join(sorted(ids))}" for name, ids in holders.items() if len(ids) > 1)


def series(data: Dataset) -> Iterator[tuple[str, list[Meeting]]]:
    """Each body that numbers its meetings, with those that have a number, by number."""
    for body in data.bodies():
        numbered = [meeting for meeting in data.meetings(body=body) if meeting.ordinal is not None]
        if numbered:
            yield body.id, sorted(numbered, key=lambda meeting: meeting.ordinal or 0)


def test_ordinals_rise_with_dates(data: Dataset) -> None:
    none(
        f"{later.id} ({later.date}) is dated before {earlier.id} ({earlier.date})"
        for _, meetings in series(data)
        for earlier, later in combinations(meetings, 2)
        if earlier.date.start > later.date.end and later.id not in ORDINAL_OUT_OF_ORDER
    )


def test_a_numbered_series_is_complete_or_says_why_not(data: Dataset) -> None:
    none(
        f"{row.body.id}: no meeting and no gap for {', '.join(map(str, hole.ordinals))}"
        for row in ac.coverage(data).bodies
        for hole in row.holes
        if hole.reason is None
    )


def test_the_id_of_a_meeting_tells_its_body_and_number_or_year(data: Dataset) -> None:
    def expected(meeting: Meeting) -> str:
        if meeting.ordinal is not None:
            return re.escape(f"{meeting.body}-{meeting.ordinal}")
        year, month = meeting.date.start.year, meeting.date.start.month
        return rf"{re.escape(meeting.body)}-{year}(-{month:02d}(-\d\d)?)?(-[a-z][a-z0-9-]*)?"

    none(f"{meeting.id}: expected {expected(meeting)}" for meeting in data.meetings() if not re.fullmatch(expected(meeting), meeting.id))


# Meetings.


def test_a_city_is_in_one_country_and_written_one_way(data: Dataset) -> None:
    places = {meeting.place: meeting.id for meeting in data.meetings() if meeting.place and meeting.place.city}
    none(
        f"{one.city}, {one.country} ({places[one]}); {other.city}, {other.country} ({places[other]})"
        for one, other in combinations(places, 2)
        if fold(one.city or "").replace(" ", "") == fold(other.city or "").replace(" ", "")
    )


def test_partners_are_no_members_and_named_once(data: Dataset) -> None:
    for meeting in data.meetings():
        members = asean_members(meeting.date.end)
        assert not set(meeting.partners) & members, f"{meeting.id}: members among the partners"
    none(
        f"{meeting.id}: {', '.join(sorted(twice))} is a partner of {meeting.body} anyway"
        for meeting in data.meetings()
        for twice in [set(meeting.partners) & set(data.body(meeting.body).partners)]
        if twice
    )


# Statements.


def fits(one: EDTF | None, whole: EDTF) -> bool:
    """Whether something so dated can have happened within the days of the whole.

    It may be dated more vaguely only where the whole lasted several days, so that its day is not known.
    """
    if one is None:
        return False
    return (whole.start <= one.start and one.end <= whole.end) or (one.start <= whole.start and whole.end <= one.end and whole.start < whole.end)


def test_a_statement_is_dated_within_its_meeting_and_instrument(data: Dataset) -> None:
    none(
        f"{statement.id} ({statement.date}): {whole} lasted {data.get(whole).date}"
        for statement in data.statements()
        for whole in (statement.meeting, statement.instrument)
        if whole is not None and not fits(statement.date, data.get(whole).date)
    )


def test_a_statement_is_of_the_body_of_its_meeting_or_instrument(data: Dataset) -> None:
    none(
        f"{statement.id} (of {statement.body}): {', '.join(f'{whole} is of {data.get(whole).body}' for whole in wholes)}"
        for statement in data.statements()
        for wholes in [[whole for whole in (statement.meeting, statement.instrument) if whole is not None]]
        if all(data.get(whole).body != statement.body for whole in wholes) and statement.id not in OTHER_BODY
    )


def test_the_id_of_a_statement_ends_as_its_locator_says(data: Dataset) -> None:
    """``para 8`` gives ``/8``, ``para 13(a)`` gives ``/13a``, and ``para 3`` of the second document of a meeting ``/press-3``."""

    def plain(text: str) -> str:
        return "".join(word for word in words(text) if word not in ("para", "section", "element", "operative", "unnumbered"))

    none(
        f"{statement.id}: its locator is {statement.locator!r}"
        for statement in data.statements()
        if statement.locator and not plain(statement.id.rpartition("/")[2]).endswith(plain(statement.locator.partition(" of ")[0]))
    )


def test_quotations_stand_only_where_they_were_compared_with_their_document(data: Dataset) -> None:
    assert {statement.id for statement in data.statements() if statement.quotation} == QUOTED


# Instruments and relations.


def test_an_instrument_is_dated_within_its_meeting(data: Dataset) -> None:
    none(
        f"{instrument.id} ({instrument.date}): {instrument.meeting} lasted {data.get(instrument.meeting).date}"
        for instrument in data.instruments()
        if instrument.meeting and not any(fits(day, data.get(instrument.meeting).date) for day in (instrument.date, instrument.adopted, instrument.signed))
    )


def related(data: Dataset, *kinds: RelationKind) -> Iterator[tuple[Record, Record]]:
    """Each record that has a relation of one of the kinds, with the record that it leads to."""
    for record in data:
        for relation in record.relations:
            if relation.kind in kinds:
                yield record, data.get(relation.target)


def test_what_is_adopted_or_signed_at_a_meeting_is_dated_within_it(data: Dataset) -> None:
    none(
        f"{record.id} ({record.date}): {meeting.id} lasted {meeting.date}"
        for record, meeting in related(data, RelationKind.ADOPTED_AT, RelationKind.SIGNED_AT)
        if not any(fits(day, meeting.date) for day in (record.date, getattr(record, "adopted", None), getattr(record, "signed", None)))
    )


def test_what_is_superseded_says_so_and_names_its_successor(data: Dataset) -> None:
    superseded = {target.id for _, target in related(data, RelationKind.SUPERSEDES)}
    none(
        [
            *(
                f"{target.id} has the status {target.status}, but {record.id} supersedes it"
                for record, target in related(data, RelationKind.SUPERSEDES)
                if isinstance(target, Instrument) and target.status not in (None, InstrumentStatus.SUPERSEDED)
            ),
            *(
                f"{instrument.id} is superseded, but no record supersedes it"
                for instrument in data.instruments()
                if instrument.status is InstrumentStatus.SUPERSEDED and instrument.id not in superseded
            ),
        ]
    )


def test_relations_lead_back_in_time(data: Dataset) -> None:
    backwards = (
        RelationKind.SUPERSEDES, RelationKind.IMPLEMENTS, RelationKind.AMENDS, RelationKind.RECALLS,
        RelationKind.WELCOMES, RelationKind.ENDORSES, RelationKind.FOLLOWS,
    )  # fmt: skip
    none(
        f"{record.id} ({record.date}): {target.id} is later ({target.date})"
        for kind in backwards
        for record, target in related(data, kind)
        if record.date.end < target.date.start
    )


@pytest.mark.parametrize("kind", [RelationKind.SUPERSEDES, RelationKind.IMPLEMENTS, RelationKind.FOLLOWS, RelationKind.PART_OF])
def test_relations_do_not_go_round_in_a_circle(data: Dataset, kind: RelationKind) -> None:
    targets: dict[str, set[str]] = defaultdict(set)
    for record, target in related(data, kind):
        targets[record.id].add(target.id)

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        ahead = set(targets.get(start, ()))
        while ahead:
            found |= ahead
            ahead = {further for each in ahead for further in targets.get(each, ())} - found
        return found

    none(start for start in targets if start in reached(start))


def test_a_discrepancy_claims_something_else_than_the_record(data: Dataset) -> None:
    none(
        f"{record.id}: {other.field} is {other.value!r} in both"
        for record in data
        for other in record.discrepancies
        if _as_text(record, other.field) == other.value
    )


def _as_text(record: Record, path: str) -> str:
    value: object = record
    for name in path.split("."):
        value = getattr(value, name, None)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


# Each thing said once, in words of our own.


def test_no_two_records_say_the_same(data: Dataset) -> None:
    def key(record: Record) -> tuple[object, ...]:
        if isinstance(record, Statement):
            document = None if record.title else record.id.rpartition("/")[0]
            return "statement", record.body, record.date, record.locator, document, fold(record.title or record.id)
        return type(record).__name__, record.date, fold(record.label)

    holders: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for record in data:
        holders[key(record)].append(record.id)
    none(", ".join(ids) for ids in holders.values() if len(ids) > 1)


def test_no_paragraph_stands_under_two_ids(data: Dataset) -> None:
    """The same place in the same source is one statement."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for statement in data.statements():
        for source in {citation.source for citation in statement.citations}:
            if statement.locator:
                holders[source, fold(statement.locator)].append(statement.id)
    none(f"{source}, {locator}: {', '.join(ids)}" for (source, locator), ids in holders.items() if len(ids) > 1)


def words(text: str) -> list[str]:
    return fold(text).split()


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """The runs of so many consecutive words in a text."""
    said = words(text)
    return {tuple(said[at : at + length]) for at in range(len(said) - length + 1)}


def test_summaries_have_8_to_60_words(data: Dataset) -> None:
    none(f"{record.id}: {len(record.summary.split())}" for record in data if not 8 <= len(record.summary.split()) <= 60)


def sharing(found: Sequence[set[T]]) -> Iterator[tuple[int, int]]:
    """The pairs of sets that have anything in common, by their places. To compare all with all would take long."""
    holders: dict[T, list[int]] = defaultdict(list)
    for place, items in enumerate(found):
        for item in items:
            holders[item].append(place)
    return iter({pair for places in holders.values() for pair in combinations(places, 2)})


def test_no_summary_is_a_near_copy_of_another(data: Dataset) -> None:
    """Of the pairs of neighbouring words that two summaries use, fewer than three in ten are shared (Jaccard).

    Summaries of one event that were written independently share up to a quarter, and of a thousand
    pairs of summaries that share anything at all 999 share less than a fifth. A copy of twenty-five
    words in which five names or numbers were exchanged shares more than four tenths.
    """
    records = list(data)
    pairs = [runs(record.summary, 2) for record in records]
    none(
        f"{records[one].id} and {records[other].id}: {likeness:.2f}"
        for one, other in sharing(pairs)
        for likeness in [len(pairs[one] & pairs[other]) / len(pairs[one] | pairs[other])]
        if likeness >= 0.3
    )


def test_no_summary_repeats_twelve_words_of_another(data: Dataset) -> None:
    records = list(data)
    said = [runs(record.summary, 12) for record in records]
    none(f"{records[one].id} and {records[other].id}: {' '.join(sorted(said[one] & said[other])[0])}" for one, other in sharing(said))


def test_no_summary_repeats_twelve_words_of_its_quotation(data: Dataset) -> None:
    none(
        f"{statement.id}: {' '.join(sorted(shared)[0])}"
        for statement in data.statements()
        if statement.quotation
        for shared in [runs(statement.summary, 12) & runs(statement.quotation.text, 12)]
        if shared
    )


def test_no_summary_repeats_twelve_words_of_a_title(data: Dataset) -> None:
    """Titles of sources are often the first sentence of a report."""
    none(
        f"{record.id}: {' '.join(sorted(shared)[0])}"
        for record in data
        for said in [runs(record.summary, 12)]
        for citation in record.citations
        for shared in [said & runs(data.source(citation.source).title, 12)]
        if shared and not shared & runs(record.label, 12)
    )


# Sources.


def test_every_url_is_well_formed(data: Dataset) -> None:
    # The characters of RFC 3986; anything else has to be percent-encoded.
    form = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:\d+)?([/?](?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?")
    none(f"{source.id}: {source.url}" for source in data.sources() if source.url is None or not form.fullmatch(source.url))


def test_a_source_stands_once(data: Dataset) -> None:
    """Two addresses that differ in scheme, ``www.``, a final slash, a fragment or marks of tracking are one."""

    def address(source: Source) -> str:
        parts = urlsplit(source.url or source.id)
        query = "&".join(sorted(pair for pair in parts.query.split("&") if not re.match(r"utm_|fbclid|gclid", pair)))
        return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{query}".casefold()

    holders: dict[str, list[str]] = defaultdict(list)
    for source in data.sources():
        holders[address(source)].append(source.id)
    none(f"{', '.join(ids)}: {url}" for url, ids in holders.items() if len(ids) > 1)


def citations(data: Dataset) -> Iterator[Citation]:
    for record in data:
        yield from record.citations
        yield from (discrepancy.citation for discrepancy in record.discrepancies)
    for body in data.bodies():
        yield from body.citations


def test_every_source_is_used(data: Dataset) -> None:
    used = {citation.source for citation in citations(data)}
    none(source.id for source in data.sources() if source.id not in used)


def test_every_source_says_when_it_was_read_and_is_no_younger(data: Dataset) -> None:
    none(
        f"{source.id}: accessed {source.accessed}, dated {source.date}"
        for source in data.sources()
        if source.accessed is None or source.accessed.end > LAST_READ or (source.date is not None and source.date.start > source.accessed.end)
    )


def test_no_record_is_dated_after_its_sources_were_read(data: Dataset) -> None:
    none(
        f"{record.id} ({record.date})"
        for record in data
        if all((accessed := data.source(citation.source).accessed) is not None and accessed.end < record.date.start for citation in record.citations)
    )


def test_a_record_rests_on_a_source_no_older_than_itself(data: Dataset) -> None:
    """A source written before the event can only announce it."""
    none(
        f"{record.id} ({record.date}): {', '.join(f'{source.id} is of {source.date}' for source in sources)}"
        for record in data
        for sources in [[data.source(citation.source) for citation in record.citations]]
        if all(source.date is not None and source.date.end < record.date.start for source in sources)
    )


def test_a_publisher_has_one_name(data: Dataset) -> None:
    """Support counts publishers by name: what is in brackets, and the order of words, must not make two of one."""

    def plain(publisher: str) -> frozenset[str]:
        bare = re.sub(r"\(.*?\)|\b(the|of|and|for|online|archive|agency|news)\b|'s\b|’s\b", " ", publisher.casefold().replace("viet nam", "vietnam"))
        return frozenset(words(bare))

    names: dict[frozenset[str], set[str]] = defaultdict(set)
    for source in data.sources():
        names[plain(source.publisher)].add(source.publisher)
    none("; ".join(sorted(several)) for several in names.values() if len(several) > 1)


# Topics.


def test_every_topic_is_used_or_broader_than_a_used_one(data: Dataset) -> None:
    none(topic.id for topic in data.topics() if not data.records(topic=topic))


def test_the_vocabulary_has_25_to_50_topics_each_with_a_scope(data: Dataset) -> None:
    assert 25 <= len(data.topics()) <= 50
    none(topic.id for topic in data.topics() if not topic.scope)
