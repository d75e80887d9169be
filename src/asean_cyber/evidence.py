"""How good the data is: what a record rests on, what each body's part holds, and what it lacks.

Nothing of this is stored. It is counted from the records, their citations and the known gaps when
it is asked for, so it cannot disagree with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from . import packaged
from .datasets import Dataset
from .errors import UnknownName
from .model import Body, Gap, Instrument, Meeting, Record, Source, Statement
from .naming import fold, nearest
from .vocabulary import SourceKind

# What a record rests on.


@attrs.frozen
class Support:
    """What a record rests on: its sources, each once, and the independent publishers among them."""

    sources: tuple[Source, ...]
    """The sources it cites, in the order of its citations."""
    publishers: tuple[str, ...]
    """The publishers that are independent of one another: those of different names."""

    @property
    def official(self) -> bool:
        """Whether one of the sources is official."""
        return any(source.kind is SourceKind.OFFICIAL for source in self.sources)

    @property
    def corroborated(self) -> bool:
        """Whether two independent publishers stand behind it."""
        return len(self.publishers) >= 2

    def __str__(self) -> str:
        return f"{'an' if self.official else 'no'} official source; published by {', '.join(self.publishers)}"


def support(record: Record | str, dataset: Dataset | None = None) -> Support:
    """What a record of the packaged dataset, or of another, rests on.

    Publishers are independent of one another when they are different organisations. The packaged
    sources name an organisation in one way, whichever of its sites was read: the sites of the ASEAN
    Secretariat are one publisher, VietnamPlus and its owner the Viet Nam News Agency are one, and a
    paper that prints an agency's report counts as the agency. So different names (case and accents
    aside) are counted. An archive that keeps a text whose own site is gone counts as its publisher.
    Sources cited only for a discrepancy do not count: they disagree.

    Raises `UnknownName` (a `LookupError`) for an id, or a source, that the dataset does not hold.

    >>> import asean_cyber as ac
    >>> ac.support("ammtc-plus-three-3/5").official
    True
    """
    data = packaged.dataset() if dataset is None else dataset
    subject = data.get(record) if isinstance(record, str) else record
    sources = tuple(map(data.source, dict.fromkeys(citation.source for citation in subject.citations)))
    publishers: dict[str, str] = {}
    for source in sources:
        publishers.setdefault(fold(source.publisher), source.publisher)
    return Support(sources, tuple(publishers.values()))


# What the dataset holds, and lacks.


@attrs.frozen(kw_only=True)
class Tally:
    """How many records there are, from when, and how many of them are well supported.

    A share is a number from 0 to 1, or None where there is nothing that it could be a share of.
    """

    meetings: int
    statements: int
    instruments: int
    first_year: int | None
    last_year: int | None
    official: int
    """Records of any kind that cite an official source."""
    corroborated: int
    """Meetings and instruments that two independent publishers stand behind."""
    located: int
    """Statements that say where in their document they stand."""

    @property
    def records(self) -> int:
        """Meetings, statements and instruments together."""
        return self.meetings + self.statements + self.instruments

    @property
    def official_share(self) -> float | None:
        """The share of all records with an official source."""
        return _share(self.official, self.records)

    @property
    def corroborated_share(self) -> float | None:
        """The share of meetings and instruments with two independent publishers."""
        return _share(self.corroborated, self.meetings + self.instruments)

    @property
    def located_share(self) -> float | None:
        """The share of statements with a locator."""
        return _share(self.located, self.statements)


@attrs.frozen
class Hole:
    """Numbers missing in a body's series, and why; the reason is None where the dataset gives none."""

    ordinals: tuple[int, ...]
    reason: str | None


@attrs.frozen(kw_only=True)
class BodyCoverage(Tally):
    """What the dataset holds of one body, and what it knows to lack."""

    body: Body
    ordinals: tuple[int, ...]
    """The numbers of its meetings, in order."""
    holes: tuple[Hole, ...]
    """The numbers that are missing up to the highest known."""
    gaps: tuple[str, ...]
    """What else is known to be missing."""


@attrs.frozen(repr=False)
class Coverage:
    """What a dataset holds and lacks, body by body and in total.

    In a notebook and at the prompt it shows itself as a table; `print` adds what is missing, and why.
    """

    bodies: tuple[BodyCoverage, ...]
    """The bodies, by id."""
    total: Tally

    def of(self, body: Body | str) -> BodyCoverage:
        """The coverage of one body, given it or its id. Raises `UnknownName` if it is not covered."""
        name = body.id if isinstance(body, Body) else body
        rows = {row.body.id: row for row in self.bodies}
        if name not in rows:
            raise UnknownName("body", name, nearest(str(name), rows))
        return rows[name]

    def __repr__(self) -> str:
        from .show.coverage import table

        return table(self)

    def __str__(self) -> str:
        from .show.coverage import text

        return text(self)

    def _repr_html_(self) -> str:
        from .show.coverage import html

        return html(self)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each body's coverage as plain values, ready for JSON."""
        return [
            {
                "body": row.body.id,
                "first_year": row.first_year,
                "last_year": row.last_year,
                "meetings": row.meetings,
                "statements": row.statements,
                "instruments": row.instruments,
                "ordinals": list(row.ordinals),
                "holes": [{"ordinals": list(hole.ordinals), "reason": hole.reason} for hole in row.holes],
                "gaps": list(row.gaps),
                "official_share": row.official_share,
                "corroborated_share": row.corroborated_share,
                "located_share": row.located_share,
            }
            for row in self.bodies
        ]

    def to_markdown(self) -> str:
        """The table, and below it what is missing, as Markdown."""
        from .show.coverage import markdown

        return markdown(self)


def coverage(dataset: Dataset | None = None) -> Coverage:
    """What the packaged dataset, or another, holds and lacks.

    >>> import asean_cyber as ac
    >>> ac.coverage().of("ammtc").ordinals[:3]
    (1, 2, 3)
    """
    data = packaged.dataset() if dataset is None else dataset
    records: dict[str, list[Record]] = {body.id: [] for body in data.bodies()}
    for record in data.records():
        records[record.body].append(record)
    gaps: dict[str, list[Gap]] = {}
    for gap in data.gaps():
        gaps.setdefault(gap.body, []).append(gap)
    return Coverage(
        bodies=tuple(_of_body(body, records[body.id], gaps.get(body.id, []), data) for body in data.bodies()),
        total=Tally(**_counts(data.records(), data)),
    )


def _of_body(body: Body, records: Sequence[Record], gaps: Sequence[Gap], data: Dataset) -> BodyCoverage:
    ordinals = {record.ordinal for record in records if isinstance(record, Meeting) and record.ordinal is not None}
    explained = {ordinal for gap in gaps for ordinal in gap.ordinals}
    holes = [Hole(tuple(sorted(gap.ordinals)), gap.reason) for gap in gaps if gap.ordinals]
    unexplained = set(range(1, max(ordinals | explained, default=0))) - ordinals - explained
    if unexplained:
        holes.append(Hole(tuple(sorted(unexplained)), None))
    return BodyCoverage(
        body=body,
        ordinals=tuple(sorted(ordinals)),
        holes=tuple(sorted(holes, key=lambda hole: hole.ordinals)),
        gaps=tuple(gap.reason for gap in gaps if not gap.ordinals),
        **_counts(records, data),
    )


def _counts(records: Iterable[Record], data: Dataset) -> dict[str, Any]:
    held = list(records)
    supports = [(record, support(record, data)) for record in held]
    years = [record.year for record in held]
    return {
        "meetings": sum(isinstance(record, Meeting) for record in held),
        "statements": sum(isinstance(record, Statement) for record in held),
        "instruments": sum(isinstance(record, Instrument) for record in held),
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
        "official": sum(behind.official for _, behind in supports),
        "corroborated": sum(behind.corroborated for record, behind in supports if not isinstance(record, Statement)),
        "located": sum(record.locator is not None for record in held if isinstance(record, Statement)),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
