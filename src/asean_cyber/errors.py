"""What can go wrong, each as one class that says what to do."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable

import attrs


class InvalidField(ValueError):
    """A value that a field cannot hold, raised when a record is made.

    `field` is the field's name, `reason` what was expected instead.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field: str = field
        self.reason: str = reason

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


class UnknownName(LookupError):
    """A body, topic, country, kind, source or record that the dataset does not know.

    `what` says which of these, `name` is what was asked for, `nearest` the closest known names, `note`
    what else there is to say of the name.
    """

    def __init__(self, what: str, name: object, nearest: Iterable[str] = (), note: str = "") -> None:
        self.what: str = what
        self.name: object = name
        self.nearest: tuple[str, ...] = tuple(nearest)
        self.note: str = note
        super().__init__(what, name, self.nearest, note)

    def __str__(self) -> str:
        note = f": {self.note}" if self.note else ""
        hint = f"; did you mean {' or '.join(map(repr, self.nearest))}?" if self.nearest else ""
        return f"unknown {self.what} {reprlib.repr(self.name)}{note}{hint}"


@attrs.frozen
class Fault:
    """One thing that is wrong in a dataset: where, and what was expected."""

    reason: str
    file: str | None = None
    record: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{where}: {self.reason}" if where else self.reason


class DatasetError(ValueError):
    """A dataset that cannot be used, with every `Fault` found in it. Nothing of it was loaded."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} in the dataset, nothing was loaded:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])
