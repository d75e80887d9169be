"""The two readings of a disputed fact, as values."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Preference: TypeAlias = Literal["official", "earliest", "latest"]
"""Which claim is put into the field: one of an official source, or that of the earliest or of the latest date."""

PREFERENCES: tuple[Preference, ...] = ("official", "earliest", "latest")


class Reading(NamedTuple):
    """A claim about a field of a record: what the field held, what was claimed, and, where it could not be put in, why."""

    record: str
    field: str
    held: str | None
    claimed: str
    reason: str = ""
