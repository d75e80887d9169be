"""What is known: every id resolved, every name understood, every family of topics and bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from .._model.contents import Contents
from .._model.parts import Relation
from .._model.records import Body, Instrument, Meeting, Record, Source, Statement, Topic
from ..errors import UnknownName
from ..places import COUNTRIES
from .names import Directory, fold, nearest


class Catalogue:
    """The items of a dataset by id and by name, and what follows from how they refer to one another.

    Each of its parts is made when it is first asked for.
    """

    def __init__(self, contents: Contents, restore: Callable[[], Catalogue] | None = None) -> None:
        self.contents = contents
        self._restore = restore

    def __reduce__(self) -> tuple[Callable[..., Catalogue], tuple[Any, ...]]:
        return (self._restore, ()) if self._restore is not None else (Catalogue, (self.contents,))

    @property
    def is_shared(self) -> bool:
        """Whether another process has the same one, so that it need not be sent there."""
        return self._restore is not None

    @cached_property
    def records(self) -> Mapping[str, Record]:
        return _by_id(self.contents.records)

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        return _by_id(self.contents.bodies)

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        return _by_id(self.contents.topics)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return _by_id(self.contents.sources)

    @cached_property
    def retired(self) -> Mapping[str, str]:
        return MappingProxyType(dict(self.contents.retired))

    @cached_property
    def _meetings(self) -> Mapping[str, Meeting]:
        return _by_id(self.contents.meetings)

    @cached_property
    def _instruments(self) -> Mapping[str, Instrument]:
        return _by_id(self.contents.instruments)

    # Names.

    @cached_property
    def body_names(self) -> Directory:
        return Directory("body", {body.id: [*filter(None, (body.acronym, body.name)), *body.aliases] for body in self.contents.bodies})

    @cached_property
    def topic_names(self) -> Directory:
        return Directory("topic", {topic.id: [topic.label, *topic.aliases] for topic in self.contents.topics})

    @cached_property
    def source_names(self) -> Directory:
        return Directory("source", {source.id: () for source in self.contents.sources})

    def record(self, name: object, what: str = "record") -> Record:
        """The record that goes by a name: its id in any case, a retired id, or a title that no other instrument has.

        Raises `UnknownName`, with the nearest ids, if there is none.
        """
        found = self.find(name) or self.find(name.strip().lower()) if isinstance(name, str) else None
        if found is None and isinstance(name, str):
            found = self._titles.get(fold(name))
        if found is None:
            raise UnknownName(what, name, nearest(str(name)[:200], self.records))
        return found

    def find(self, name: str | None) -> Record | None:
        """The record with an id, or with the id that took the place of a retired one, if there is one."""
        name = self.successor(name)
        if name is None:
            return None
        glimpse = getattr(self.contents, "glimpse", None)
        if glimpse is None or "records" in self.__dict__:
            return self.records.get(name)
        found: Record | None = glimpse(name, "meetings", "statements", "instruments")
        return found

    def source(self, id: str) -> Source | None:
        """The source with an id, if there is one."""
        glimpse = getattr(self.contents, "glimpse", None)
        if glimpse is None or "sources" in self.__dict__:
            return self.sources.get(id)
        found: Source | None = glimpse(id, "sources")
        return found

    def pointing_at(self, id: str) -> list[tuple[Record, Relation]]:
        """The relations of other records to one, and the records in which these stand, in time order."""
        pointing_at = getattr(self.contents, "pointing_at", None)
        if pointing_at is None or "incoming" in self.__dict__:
            return self.incoming.get(id, [])
        names = {id, *(old for old in self.retired if self.successor(old) == id)}
        records = sorted(pointing_at(names), key=Record._key)
        return [(record, relation) for record in records for relation in record.relations if relation.target in names]

    def successor(self, name: str | None) -> str | None:
        """The id that took the place of a retired one; another id as it is."""
        while name is not None and name in self.retired:
            name = self.retired[name]
        return name

    @cached_property
    def _titles(self) -> Mapping[str, Record]:
        """Instruments by title, where only one has it; their ids, and those of meetings, with what is read alike."""
        found: dict[str, list[Record]] = {}
        for record in self.records.values():
            names = {fold(record.id)} | ({fold(record.label)} if not isinstance(record, Statement) else set())
            for name in names:
                found.setdefault(name, []).append(record)
        return {name: records[0] for name, records in found.items() if len(records) == 1}

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

    # How records belong together.

    @cached_property
    def incoming(self) -> Mapping[str, list[tuple[Record, Relation]]]:
        """The relations of other records to each record, and the records in which these stand, in time order."""
        incoming: dict[str, list[tuple[Record, Relation]]] = {}
        for record in sorted(self.records.values(), key=Record._key):
            for relation in record.relations:
                end = self.find(relation.target)
                if end is not None:
                    incoming.setdefault(end.id, []).append((record, relation))
        return incoming

    def meeting_of(self, record: Record) -> Meeting | None:
        """The meeting itself, or the one at which a statement or instrument was made."""
        if isinstance(record, Meeting):
            return record
        name = record.meeting if isinstance(record, (Statement, Instrument)) else None
        if name is None and isinstance(record, Statement):
            instrument = self.instrument_of(record)
            return None if instrument is None else self.meeting_of(instrument)
        name = self.successor(name)
        return self._meetings.get(name) if name is not None else None

    def instrument_of(self, record: Record) -> Instrument | None:
        """The instrument itself, or the one that a statement is a part of."""
        if isinstance(record, Instrument):
            return record
        name = self.successor(record.instrument) if isinstance(record, Statement) else None
        return self._instruments.get(name) if name is not None else None


def _by_id(items: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({item.id: item for item in items})


def _chain(start: str, above: Callable[[str], str | None]) -> Iterator[str]:
    at: str | None = start
    while at is not None:
        yield at
        at = above(at)


# Countries and organisations are the same for every dataset.


def _directory(what: str, countries_only: bool) -> Directory:
    from ..places import participants  # few questions name one

    held = [each for each in participants().values() if not countries_only or each.id in COUNTRIES]
    return Directory(what, {each.id: [each.name, *([each.alpha_3] if each.alpha_3 else []), *each.aliases] for each in held})


@cache
def country_names() -> Directory:
    """Countries by code and name."""
    return _directory("country", True)


@cache
def participant_names() -> Directory:
    """Countries and organisations by code and name."""
    return _directory("country or organisation", False)
