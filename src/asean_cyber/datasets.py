"""`Dataset`: records that belong together, and every question that can be asked of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

import attrs

from .catalogue import Catalogue
from .contents import SECTIONS, Contents
from .index import Index
from .model import Body, Gap, Instrument, Meeting, Record, Relation, Source, Statement, Topic
from .query import Filters, Records, answer, takes_filters

if TYPE_CHECKING:
    from typing_extensions import Unpack

T = TypeVar("T")


@attrs.frozen
class Link:
    """A relation as seen from one of its ends: how it reads from here, and the record at the other end."""

    reads: str
    relation: Relation
    record: Record
    outward: bool
    """True if the relation stands in the record it was asked of, False if in the one at the other end."""


def _only(kind: type[T], items: Iterable[T]) -> tuple[T, ...]:
    held = tuple(items)
    for item in held:
        if not isinstance(item, kind):
            raise TypeError(f"expected {kind.__name__}, got {item!r}")
    return held


class Dataset:
    """An immutable set of records with the bodies, topics and sources they refer to.

    Make one with `Dataset.load`, `Dataset.from_records`, or by joining two with ``|``; the packaged one
    is `asean_cyber.dataset()`. Two datasets are equal when they hold the same.
    """

    def __init__(self, contents: Contents) -> None:
        """A dataset of contents known to be valid; `load` and `from_records` check theirs."""
        if not isinstance(contents, Contents):
            raise TypeError(f"Dataset takes checked contents; for a file or folder use Dataset.load, for records Dataset.from_records (got {contents!r})")
        self.contents = contents
        self._catalogue = Catalogue(contents)
        self._pools: dict[str, Index] = {}

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, extending: Dataset | None = None) -> Dataset:
        """The dataset in a JSON file, or in a folder of them; with `extending`, both together.

        The records in the files may refer to what `extending` holds.

        Raises `DatasetError`, with every fault in the files, and `OSError` where they cannot be read.
        """
        from pathlib import Path

        from .codec import decode, read_files

        if extending is None:
            return cls(decode(read_files(Path(path))))
        return cls(extending.contents | decode(read_files(Path(path)), beside=extending.contents))

    @classmethod
    def from_records(
        cls,
        records: Iterable[Record],
        *,
        bodies: Iterable[Body] = (),
        topics: Iterable[Topic] = (),
        sources: Iterable[Source] = (),
        gaps: Iterable[Gap] = (),
        extending: Dataset | None = None,
    ) -> Dataset:
        """The dataset of these records; with `extending`, both together, and these may refer to it.

        Raises `DatasetError`, with every fault in how they refer to one another.
        """
        held = tuple(records)
        strangers = [record for record in held if not isinstance(record, (Meeting, Statement, Instrument))]
        if strangers:
            raise TypeError(f"expected meetings, statements and instruments, got {strangers[0]!r}")
        own = Contents(
            bodies=_only(Body, bodies),
            topics=_only(Topic, topics),
            sources=_only(Source, sources),
            gaps=_only(Gap, gaps),
            meetings=tuple(record for record in held if isinstance(record, Meeting)),
            statements=tuple(record for record in held if isinstance(record, Statement)),
            instruments=tuple(record for record in held if isinstance(record, Instrument)),
        )
        from .check import joined

        return cls(joined(Contents() if extending is None else extending.contents, own))

    # Queries.

    @takes_filters
    def meetings(self, **filters: Unpack[Filters]) -> Records[Meeting]:
        """The meetings that pass the filters, in time order."""
        return answer(self._pool("meetings"), filters)

    @takes_filters
    def statements(self, **filters: Unpack[Filters]) -> Records[Statement]:
        """The statements that pass the filters, in time order."""
        return answer(self._pool("statements"), filters)

    @takes_filters
    def instruments(self, **filters: Unpack[Filters]) -> Records[Instrument]:
        """The instruments that pass the filters, in time order."""
        return answer(self._pool("instruments"), filters)

    @takes_filters
    def records(self, **filters: Unpack[Filters]) -> Records[Record]:
        """The meetings, statements and instruments that pass the filters, in time order."""
        return answer(self._pool("records"), filters)

    def _pool(self, section: str) -> Index:
        pool = self._pools.get(section)
        if pool is None:
            # Two threads may both build it; either result will do.
            pool = self._pools[section] = Index(getattr(self.contents, section), self._catalogue, SECTIONS.get(section, Record))
        return pool

    def get(self, id: str | Record) -> Meeting | Statement | Instrument:
        """The record with an id, or the one that stands here under the id of a record.

        A retired id gives its successor. Raises `UnknownName` if there is none.
        """
        return cast("Meeting | Statement | Instrument", self._catalogue.record(id.id if isinstance(id, Record) else id))

    def body(self, name: str) -> Body:
        """The body with an id, acronym, name or alias. Raises `UnknownName` if there is none."""
        return self._catalogue.bodies[self._catalogue.body_names.find(name)]

    def topic(self, name: str) -> Topic:
        """The topic with an id, label or alias. Raises `UnknownName` if there is none."""
        return self._catalogue.topics[self._catalogue.topic_names.find(name)]

    def source(self, id: str) -> Source:
        """The source with an id. Raises `UnknownName` if there is none."""
        found = self._catalogue.sources.get(id) if isinstance(id, str) else None
        if found is None:
            from .errors import UnknownName
            from .naming import nearest

            raise UnknownName("source", id, nearest(str(id), self._catalogue.sources))
        return found

    def bodies(self) -> tuple[Body, ...]:
        """The bodies, by id."""
        return tuple(sorted(self.contents.bodies, key=lambda body: body.id))

    def topics(self) -> tuple[Topic, ...]:
        """The topics, each after the one that is broader than it."""
        return tuple(sorted(self.contents.topics, key=lambda topic: self._catalogue.broader[topic.id][::-1]))

    def sources(self) -> tuple[Source, ...]:
        """The sources, by id."""
        return tuple(sorted(self.contents.sources, key=lambda source: source.id))

    def gaps(self) -> tuple[Gap, ...]:
        """What the dataset knows it lacks, by body."""
        return tuple(sorted(self.contents.gaps, key=lambda gap: (gap.body, gap.ordinals)))

    # Relations.

    def links(self, record: Record | str) -> tuple[Link, ...]:
        """The relations of a record, those that stand in it first, then those of others to it.

        Relations to bodies (``issued_by``) are not among them: a body is no record.
        """
        subject = self.get(record)
        ends = ((relation, self._catalogue.find(relation.target)) for relation in subject.relations)
        outward = (Link(relation.kind.label, relation, end, True) for relation, end in ends if end is not None)
        return (*outward, *(Link(relation.kind.inverse, relation, at, False) for at, relation in self._incoming.get(subject.id, ())))

    def related(self, record: Record | str) -> Records[Record]:
        """The records related to one in any way, in time order.

        These are its meeting and its instrument, the statements and instruments of a meeting, the
        statements of an instrument, and what the relations of either side link it to.
        """
        subject = self.get(record)
        found = {link.record.id for link in self.links(subject)}
        wholes = (self._catalogue.find(getattr(subject, field, None)) for field in ("meeting", "instrument"))
        found.update(whole.id for whole in wholes if whole is not None)
        if isinstance(subject, Meeting):
            found.update(self.records(meeting=subject).ids)
        if isinstance(subject, Instrument):
            found.update(self.statements(instrument=subject).ids)
        found.discard(subject.id)
        pool = self._pool("records")
        return Records(pool, [at for at, each in enumerate(pool.records) if each.id in found])

    @cached_property
    def _incoming(self) -> dict[str, list[tuple[Record, Relation]]]:
        incoming: dict[str, list[tuple[Record, Relation]]] = {}
        for record in self._pool("records").records:
            for relation in record.relations:
                end = self._catalogue.find(relation.target)
                if end is not None:
                    incoming.setdefault(end.id, []).append((record, relation))
        return incoming

    # A value among values.

    def __or__(self, other: Dataset) -> Dataset:
        """Both together; what stands in both, equal in every field, is there once.

        Raises `DatasetError` where the two give one id to different things.
        """
        if not isinstance(other, Dataset):
            return NotImplemented
        from .check import joined

        return Dataset(joined(self.contents, other.contents))

    def __len__(self) -> int:
        """How many records it holds."""
        return len(self._catalogue.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records())

    def __contains__(self, item: object) -> bool:
        """Whether it holds a record, or a record with an id."""
        if isinstance(item, Record):
            return self._catalogue.records.get(item.id) == item
        return isinstance(item, str) and item in self._catalogue.records

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        mine, theirs = self.contents, other.contents
        return all(set(getattr(mine, field.name)) == set(getattr(theirs, field.name)) for field in attrs.fields(Contents))

    def __hash__(self) -> int:
        return hash(frozenset(self._catalogue.records))

    def __reduce__(self) -> tuple[type[Dataset], tuple[Contents]]:
        return Dataset, (self.contents,)

    def __repr__(self) -> str:
        from .show.text import overview

        return overview(self)

    def _repr_html_(self) -> str:
        from .show.html import overview

        return overview(self)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical form of what the dataset holds, in hexadecimal digits.

        How to compute it without this library is told in the documentation, under citing.
        """
        from .fingerprint import fingerprint

        return fingerprint(self.contents)

    def to_json(self) -> str:
        """The whole dataset as one JSON file, which `load` reads back."""
        from .codec import encode

        return encode(self.contents)
