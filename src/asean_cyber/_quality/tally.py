"""How many records there are, and how well supported: of a dataset, and of each body."""

from __future__ import annotations

import attrs

from .._model.records import Body


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


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
