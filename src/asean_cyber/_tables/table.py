"""`Table`: the rows of a dataset, or of an answer, in the columns that its layout names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from .._about import LICENCE, NAMESPACE, PACKAGE_URL, TITLE, VERSION
from .._files.fingerprint import fingerprint
from .._lookup.catalogue import Catalogue
from .._model.records import Record
from ..places import participants
from .columns import LAYOUTS, Cell, Column, Layout
from .convertible import Convertible
from .labels import joined, labelled


@attrs.frozen(eq=False)
class Table(Convertible):
    """A table of a dataset, or of an answer. Its rows are made anew whenever they are asked for."""

    layout: Layout
    _items: Sequence[Any] = attrs.field(repr=False)
    _catalogue: Catalogue = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """The name, which is also that of its file."""
        return self.layout.name

    @property
    def description(self) -> str:
        """What one row is."""
        return self.layout.description

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self.layout.columns

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that together tell each row apart; none if nothing does."""
        return self.layout.key

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._items)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, each a tuple with a cell for each column."""
        for item in self._items:
            yield tuple(column.cell(item, self._catalogue) for column in self.columns)

    @property
    def about(self) -> Mapping[str, str]:
        """What the data are: of the packaged dataset title, version, licence, identifier and fingerprint; of another nothing."""
        return _about(self._catalogue) if self._catalogue.is_shared else {}

    def labelled(self) -> Table:
        """The same rows with names and alpha-3 codes beside ids, and the address of the best source."""
        return attrs.evolve(self, layout=labelled(self.layout))

    def joined(self) -> Table:
        """The same rows with lists as text, for tools that have no lists."""
        return attrs.evolve(self, layout=joined(self.layout))


@cache
def _about(catalogue: Catalogue) -> Mapping[str, str]:
    made_of = fingerprint(catalogue.contents)
    return {
        "title": TITLE,
        "version": VERSION,
        "license": LICENCE,
        "identifier": f"{NAMESPACE}dataset:{made_of}",
        "package": PACKAGE_URL,
        "fingerprint": made_of,
    }


def answer_table(section: str, records: Sequence[Record], catalogue: Catalogue) -> Table:
    """The table of an answer: the wide one of the section that was asked, or the common one."""
    return Table(LAYOUTS[section], records, catalogue)


def tables(catalogue: Catalogue) -> Mapping[str, Table]:
    """Every table of a dataset, by name.

    >>> import asean_cyber as ac
    >>> parties = tables(ac.records().catalogue)["parties"]
    >>> [column.name for column in parties.columns][:3], parties.key
    (['instrument', 'party', 'signed'], ('instrument', 'party'))
    """
    held = catalogue.contents
    records = sorted(held.records, key=Record._key)
    instruments = sorted(held.instruments, key=Record._key)
    bodies = sorted(held.bodies, key=lambda body: body.id)
    topics = sorted(held.topics, key=lambda topic: catalogue.broader[topic.id][::-1])
    items: dict[str, Iterable[Any]] = {
        "records": records,
        "meetings": sorted(held.meetings, key=Record._key),
        "statements": sorted(held.statements, key=Record._key),
        "instruments": instruments,
        "bodies": bodies,
        "topics": topics,
        "sources": sorted(held.sources, key=lambda source: source.id),
        "participants": participants().values(),
        "record_topics": [(record, topic) for record in records for topic in record.topics],
        "record_sources": [(record, place, citation) for record in records for place, citation in enumerate(record.citations, 1)],
        "acts": [(record, place, act) for record in records for place, act in enumerate(getattr(record, "acts", ()), 1)],
        "relations": [(record, relation) for record in records for relation in record.relations],
        "discrepancies": [(record, place, claim) for record in records for place, claim in enumerate(record.discrepancies, 1)],
        "parties": [(instrument, party) for instrument in instruments for party in instrument.parties],
        "participations": [(body, each) for body in bodies for each in body.participants],
        "identifiers": [(item, each) for items in (instruments, bodies, topics) for item in items for each in item.identifiers],
        "gaps": [(gap, ordinal) for gap in sorted(held.gaps, key=lambda gap: (gap.body, gap.ordinals)) for ordinal in gap.ordinals or (None,)],
    }
    return MappingProxyType({name: Table(layout, tuple(items[name]), catalogue) for name, layout in LAYOUTS.items()})
