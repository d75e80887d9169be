"""What is known: every id resolved, every name understood, every family of topics and bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from .contents import Contents
from .errors import UnknownName
from .model import Body, Instrument, Meeting, Record, Source, Statement, Topic
from .naming import Names
from .places import ALIASES, ASEAN_MEMBERS, COUNTRIES, PARTICIPANTS, asean_members
from .vocabulary import BodyKind, InstrumentKind, StatementKind

RECORD_KINDS = ("meeting", "statement", "instrument")


class Catalogue:
    """The items of a dataset by id and by name, and what follows from how they refer to one another."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.records: Mapping[str, Record] = _by_id(contents.records)
        self.bodies: Mapping[str, Body] = _by_id(contents.bodies)
        self.topics: Mapping[str, Topic] = _by_id(contents.topics)
        self.sources: Mapping[str, Source] = _by_id(contents.sources)
        self.retired: Mapping[str, str] = MappingProxyType(dict(contents.retired))

    def __reduce__(self) -> tuple[type[Catalogue], tuple[Contents]]:
        return Catalogue, (self.contents,)

    # Names.

    @cached_property
    def body_names(self) -> Names:
        return Names("body", {body.id: [*filter(None, (body.acronym, body.name)), *body.aliases] for body in self.contents.bodies})

    @cached_property
    def topic_names(self) -> Names:
        return Names("topic", {topic.id: [topic.label, *topic.aliases] for topic in self.contents.topics})

    @cached_property
    def country_names(self) -> Names:
        return _participants("country", COUNTRIES)

    @cached_property
    def participant_names(self) -> Names:
        return _participants("country or organisation", PARTICIPANTS)

    @cached_property
    def kind_names(self) -> Names:
        names: dict[str, list[str]] = {kind: [] for kind in RECORD_KINDS}
        for vocabulary in (BodyKind, StatementKind, InstrumentKind):
            for term in vocabulary:
                names.setdefault(term.value, []).append(term.label)
        return Names("kind", names)

    def record(self, name: object, what: str = "record") -> Record:
        """The record with an id, or with the id that took the place of a retired one."""
        found = self.find(name) if isinstance(name, str) else None
        if found is None:
            from .naming import nearest

            raise UnknownName(what, name, nearest(str(name), self.records))
        return found

    def find(self, name: str | None) -> Record | None:
        """The record with an id, or with the id that took the place of a retired one, if there is one."""
        while name is not None and name in self.retired:
            name = self.retired[name]
        return self.records.get(name) if name is not None else None

    # Families.

    @cached_property
    def broader(self) -> Mapping[str, tuple[str, ...]]:
        """Each topic's id, and with it the ids of all topics broader than it, the nearest first."""
        return {id: tuple(_chain(id, lambda at: self.topics[at].broader)) for id in self.topics}

    def lineage(self, body: str) -> frozenset[str]:
        """A body with all that came before it and took over from it."""
        family = set(_chain(body, lambda at: self.bodies[at].predecessor if at in self.bodies else None))
        grown = True
        while grown:
            heirs = {heir.id for heir in self.contents.bodies if heir.predecessor in family} - family
            family |= heirs
            grown = bool(heirs)
        return frozenset(family)

    # What may be asked of a record.

    def facet(self, name: str, record: Record) -> Iterable[str]:
        """The terms under which a record is found when it is asked for by the filter word `name`."""
        return _FACETS[name](self, record)

    def meeting_of(self, record: Record) -> Meeting | None:
        """The meeting itself, or the one at which a statement or instrument was made."""
        if isinstance(record, Meeting):
            return record
        name = record.meeting if isinstance(record, (Statement, Instrument)) else None
        if name is None and isinstance(record, Statement):
            instrument = self.instrument_of(record)
            return None if instrument is None else self.meeting_of(instrument)
        meeting = self.find(name)
        return meeting if isinstance(meeting, Meeting) else None

    def instrument_of(self, record: Record) -> Instrument | None:
        """The instrument itself, or the one that a statement is a part of."""
        name = record.instrument if isinstance(record, Statement) else record.id
        instrument = self.find(name)
        return instrument if isinstance(instrument, Instrument) else None

    def _bodies(self, record: Record) -> Iterator[str]:
        yield record.body

    def _own_topics(self, record: Record) -> Iterable[str]:
        return record.topics

    def _topics(self, record: Record) -> Iterable[str]:
        if len(record.topics) == 1:
            return self.broader[record.topics[0]]
        return {broader for topic in record.topics for broader in self.broader[topic]}

    def _countries(self, record: Record) -> Iterator[str]:
        meeting = self.meeting_of(record)
        if meeting is not None and meeting.place is not None:
            yield meeting.place.country

    def _partners(self, record: Record) -> Iterable[str]:
        body = self.bodies.get(record.body)
        partners = set(body.partners if body else ())
        meeting = self.meeting_of(record)
        if meeting is not None:
            partners.update(meeting.partners)
        instrument = self.instrument_of(record)
        if instrument is not None:
            partners.update(party.id for party in instrument.parties)
        return partners - ASEAN_MEMBERS.keys() - {"ASEAN"}

    def _parties(self, record: Record) -> Iterable[str]:
        instrument = self.instrument_of(record)
        if instrument is None:
            return ()
        parties = {party.id for party in instrument.parties}
        return parties | asean_members(instrument.date.end) if "ASEAN" in parties else parties

    def _kinds(self, record: Record) -> Iterator[str]:
        yield type(record).__name__.lower()
        if isinstance(record, (Statement, Instrument)):
            yield record.kind.value
        elif record.body in self.bodies:
            yield self.bodies[record.body].kind.value

    def _meetings(self, record: Record) -> Iterator[str]:
        meeting = self.meeting_of(record)
        if meeting is not None and meeting is not record:
            yield meeting.id

    def _instruments(self, record: Record) -> Iterator[str]:
        instrument = self.instrument_of(record) if isinstance(record, Statement) else None
        if instrument is not None:
            yield instrument.id

    def _disputed(self, record: Record) -> Iterator[str]:
        yield "yes" if record.discrepancies else "no"


_FACETS: Mapping[str, Callable[[Catalogue, Record], Iterable[str]]] = {
    "body": Catalogue._bodies,
    "topic": Catalogue._topics,
    "own topic": Catalogue._own_topics,
    "country": Catalogue._countries,
    "partner": Catalogue._partners,
    "party": Catalogue._parties,
    "kind": Catalogue._kinds,
    "meeting": Catalogue._meetings,
    "instrument": Catalogue._instruments,
    "disputed": Catalogue._disputed,
}


def _by_id(items: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({item.id: item for item in items})


def _participants(what: str, codes: Mapping[str, str]) -> Names:
    names: dict[str, list[str]] = {code: [name] for code, name in codes.items()}
    for alias, code in ALIASES.items():
        if code in names:
            names[code].append(alias)
    return Names(what, names)


def _chain(start: str, above: Callable[[str], str | None]) -> Iterator[str]:
    at: str | None = start
    while at is not None:
        yield at
        at = above(at)
