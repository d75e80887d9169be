"""How good the data is: what each body's part holds, and what it lacks.

Nothing of this is stored. It is counted from the records, their citations and the known gaps when
it is asked for, so it cannot disagree with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from .. import _packaged
from .._lookup.names import Directory
from .._model.records import Body, Gap, Instrument, Meeting, Record, Statement
from .._query.dataset import Dataset
from .support import support
from .tally import BodyCoverage, Hole, Tally


@attrs.frozen(repr=False)
class Coverage:
    """What a dataset holds and lacks, body by body and in total.

    In a notebook and at the prompt it shows itself as a table; `print` adds what is missing, and why.

    >>> import asean_cyber as ac
    >>> body = ac.Body(id="mine", name="My Expert Group", acronym="MEG", kind="expert", description="A group of ours.")
    >>> gap = ac.Gap(body="mine", ordinals=[1, 2], reason="Nobody kept the minutes.")
    >>> found = ac.coverage(ac.Dataset.from_records([], bodies=[body], gaps=[gap]))
    >>> isinstance(found, ac.Coverage), found.total.records, [row.body.acronym for row in found.bodies]
    (True, 0, ['MEG'])
    """

    bodies: tuple[BodyCoverage, ...]
    """The bodies, by id."""
    total: Tally
    """All bodies together."""

    def of(self, body: Body | str) -> BodyCoverage:
        """The coverage of one body, given it, its id, acronym or name. Raises `UnknownName` if it is not covered.

        >>> import asean_cyber as ac
        >>> body = ac.Body(id="mine", name="My Expert Group", acronym="MEG", kind="expert", description="A group of ours.")
        >>> gap = ac.Gap(body="mine", ordinals=[1, 2], reason="Nobody kept the minutes.")
        >>> found = ac.coverage(ac.Dataset.from_records([], bodies=[body], gaps=[gap]))
        >>> found.of("MEG").holes[0].ordinals, found.of("MEG").holes[0].reason
        ((1, 2), 'Nobody kept the minutes.')
        """
        rows = {row.body.id: row for row in self.bodies}
        names = Directory("body", {id: [*filter(None, (row.body.acronym, row.body.name)), *row.body.aliases] for id, row in rows.items()})
        return rows[names.find(body.id if isinstance(body, Body) else body)]

    def __repr__(self) -> str:
        from .drawing import table

        return table(self.bodies, self.total)

    def __str__(self) -> str:
        from .drawing import text

        return text(self.bodies, self.total)

    def _repr_html_(self) -> str:
        from .drawing import html

        return html(self.bodies, self.total)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each body's coverage as plain values, ready for JSON.

        >>> import asean_cyber as ac
        >>> body = ac.Body(id="mine", name="My Expert Group", acronym="MEG", kind="expert", description="A group of ours.")
        >>> gap = ac.Gap(body="mine", ordinals=[1, 2], reason="Nobody kept the minutes.")
        >>> found = ac.coverage(ac.Dataset.from_records([], bodies=[body], gaps=[gap]))
        >>> found.to_dicts()[0]["holes"]
        [{'ordinals': [1, 2], 'reason': 'Nobody kept the minutes.'}]
        """
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
        """The table, and below it what is missing, as Markdown.

        >>> import asean_cyber as ac
        >>> body = ac.Body(id="mine", name="My Expert Group", acronym="MEG", kind="expert", description="A group of ours.")
        >>> gap = ac.Gap(body="mine", ordinals=[1, 2], reason="Nobody kept the minutes.")
        >>> found = ac.coverage(ac.Dataset.from_records([], bodies=[body], gaps=[gap]))
        >>> print(found.to_markdown())
        | Body | Years | Meetings | Statements | Instruments | Numbers | Official | Two publishers | Located |
        | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |
        | MEG | – | 0 | 0 | 0 |  | – | – | – |
        | Total | – | 0 | 0 | 0 |  | – | – | – |
        <BLANKLINE>
        2 numbers missing in series (0 unexplained), 0 other known gaps.
        <BLANKLINE>
        - **MEG**: Numbers 1–2: Nobody kept the minutes.
        <BLANKLINE>
        """
        from .drawing import markdown

        return markdown(self.bodies, self.total)


def coverage(dataset: Dataset | None = None) -> Coverage:
    """What the packaged dataset, or another, holds and lacks.

    >>> import asean_cyber as ac
    >>> ac.coverage().of("ammtc").ordinals[:3]
    (1, 2, 3)
    """
    data = _packaged.dataset() if dataset is None else dataset
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
