"""Tuples that show themselves as tables: bodies, topics, sources, gaps, links, members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Self, SupportsIndex, TypeVar, overload

import attrs

from .._model.records import Body, Gap, Source, Topic
from ..places import Participant, accessions
from .facts import Line, Ref
from .html import listing as as_html
from .text import columns, counted, listing, said

T = TypeVar("T")


class Listing(tuple[T, ...]):
    """Several things of one sort; a tuple, and so is each slice of it."""

    noun: ClassVar[tuple[str, str]]
    heads: ClassVar[tuple[str, ...]]

    def lines(self) -> Iterator[tuple[Line, ...]]:
        """The cells of each, of words and references."""
        raise NotImplementedError

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, place: slice, /) -> Self: ...
    def __getitem__(self, place: Any, /) -> Any:
        found = super().__getitem__(place)
        return type(self)(found) if isinstance(place, slice) else found

    def __repr__(self) -> str:
        rows = [[said(cell) for cell in cells] for cells in self.lines()]
        return listing(counted(len(self), *self.noun), rows, columns)

    def _repr_html_(self) -> str:
        return as_html(counted(len(self), *self.noun), self.heads, list(self.lines()))


class Bodies(Listing[Body]):
    """Bodies."""

    noun = ("body", "bodies")
    heads = ("Id", "Acronym", "What", "Name")

    def lines(self) -> Iterator[tuple[Line, ...]]:
        return (((Ref("body", body.id, body.id),), (body.acronym or "",), (body.kind.label,), (body.name,)) for body in self)


class Topics(Listing[Topic]):
    """Topics, narrower ones set in under the broader."""

    noun = ("topic", "topics")
    heads = ("Id", "Label", "Definition")

    def lines(self) -> Iterator[tuple[Line, ...]]:
        broader = {topic.id: topic.broader for topic in self}

        def depth(id: str) -> int:
            above = broader.get(id)
            return 0 if above is None or above not in broader else 1 + depth(above)

        for topic in self:
            # Spaces that no page runs together.
            yield ("\u00a0\u00a0" * depth(topic.id), Ref("topic", topic.id, topic.id)), (topic.label,), (topic.definition,)


class Sources(Listing[Source]):
    """Sources."""

    noun = ("source", "sources")
    heads = ("Id", "Date", "What", "Publisher", "Title")

    def lines(self) -> Iterator[tuple[Line, ...]]:
        for source in self:
            title = Ref("source", source.id, source.title, source.url, source.language)
            yield (Ref("source", source.id, source.id, known=False),), (source.date or "",), (source.kind.label,), (source.publisher,), (title,)


class Gaps(Listing[Gap]):
    """What a dataset knows it lacks."""

    noun = ("known gap", "known gaps")
    heads = ("Body", "Numbers", "Reason")

    def lines(self) -> Iterator[tuple[Line, ...]]:
        return (((Ref("body", gap.body, gap.body),), (", ".join(map(str, gap.ordinals)),), (gap.reason,)) for gap in self)


class Links(Listing[Any]):
    """The relations of a record, as read from it."""

    noun = ("link", "links")
    heads = ("Relation", "Date", "Record", "What")

    def lines(self) -> Iterator[tuple[Line, ...]]:
        for link in self:
            yield (link.reads,), (link.record.date,), (Ref("record", link.record.id, link.record.id),), (link.record.label,)


class Participants(Listing[Participant]):
    """Countries and organisations."""

    noun = ("country or organisation", "countries and organisations")
    heads = ("Code", "Alpha-3", "Member of ASEAN since", "Name")

    def lines(self) -> Iterator[tuple[Line, ...]]:
        since = accessions()
        return (((each.id,), (each.alpha_3 or "",), (str(since.get(each.id, "")),), (each.name,)) for each in self)


class Text(str):
    """Text that the prompt and a notebook show as it reads, not as Python would write it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@attrs.frozen(repr=False)
class Shown:
    """Something as it is shown: in a terminal as text, in a notebook as HTML."""

    text: str
    html: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html
