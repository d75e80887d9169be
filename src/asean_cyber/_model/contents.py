"""What a dataset holds, in one value: its records, and the vocabularies and sources they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from .records import Body, Gap, Instrument, Meeting, Record, Source, Statement, Topic
from .values import Item

SECTIONS: Mapping[str, type[Item]] = MappingProxyType(
    {
        "bodies": Body,
        "topics": Topic,
        "sources": Source,
        "meetings": Meeting,
        "statements": Statement,
        "instruments": Instrument,
        "gaps": Gap,
    }
)
"""The sections of a data file, and the class of what stands in each."""

SECTION_OF: Mapping[str, str] = MappingProxyType({cls.type: section for section, cls in SECTIONS.items()})
"""The section in which an item of a type stands."""

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "bodies": "The forums that meet.",
        "topics": "The controlled vocabulary of subjects.",
        "sources": "The documents that records rest on.",
        "meetings": "Sessions of bodies.",
        "statements": "Words put on record.",
        "instruments": "Documents with a life of their own.",
        "gaps": "What the dataset knows it lacks, and why.",
        "retired": "Ids that are no longer used, each with the id of its successor.",
    }
)
"""What stands in each section of a data file."""


@attrs.frozen(kw_only=True)
class Contents:
    """The sections of a dataset, each in the order in which its items were read."""

    bodies: tuple[Body, ...] = ()
    topics: tuple[Topic, ...] = ()
    sources: tuple[Source, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    gaps: tuple[Gap, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    """Ids that are no longer used, each with the id of its successor."""

    @property
    def records(self) -> tuple[Record, ...]:
        """Meetings, statements and instruments, in that order."""
        return (*self.meetings, *self.statements, *self.instruments)

    def __or__(self, other: Contents) -> Contents:
        """Both; what stands in both, equal in every field, is kept once, and a gap that one fills for the other is none."""
        both: dict[str, Any] = {name: tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name)))) for name in attrs.fields_dict(Contents)}
        filled = {(meeting.body, meeting.ordinal) for meeting in both["meetings"]}
        left = {gap: [n for n in gap.ordinals if (gap.body, n) not in filled] for gap in both["gaps"]}
        both["gaps"] = tuple(attrs.evolve(gap, ordinals=ordinals) for gap, ordinals in left.items() if ordinals or not gap.ordinals)
        return Contents(**both)
