"""What can go wrong, each as one class that says what to do. `AseanCyberError` is the base of all."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable
from typing import NamedTuple

_UNSHOWN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # what could do more in a terminal than be read


class AseanCyberError(Exception):
    """The base of every error that this library raises on purpose.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.get("ammtc-800")
    ... except ac.AseanCyberError as error:
    ...     print(type(error).__name__)
    UnknownName
    """

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the message, and not the frames of ours on the way there."""
        return [f"{type(self).__name__}: {_UNSHOWN.sub(chr(0xFFFD), str(self))}"]


class InvalidField(AseanCyberError, ValueError):
    """A value that a field cannot hold, raised when a record is made.

    `field` is the field's name, `reason` what was expected instead, `form` the form of text, where it has one.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.EDTF("last year")
    ... except ac.InvalidField as error:
    ...     print(error.field, isinstance(error, ValueError), error.reason)
    date True 'last year' is not an EDTF date: ...
    """

    def __init__(self, field: str, reason: str, form: str = "") -> None:
        super().__init__(field, reason, form)
        self.field: str = field
        self.reason: str = reason
        self.form: str = form

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


class InvalidArgument(AseanCyberError, ValueError):
    """An argument, or a question, that makes no sense: the message says what to give, or to ask, instead.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.meetings(kind="mou")
    ... except ac.InvalidArgument as error:
    ...     print(error)
    kind never applies to meetings: ask body_kind for the kind of the body that met
    """


class WrongType(AseanCyberError, TypeError):
    """An argument of a type that is not taken there; the message says which ones are.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.meetings("AMMTC")
    ... except ac.WrongType as error:
    ...     print(error)
    meetings() takes words by name: did you mean meetings(body='AMMTC')? The words are ...
    """


class MissingExtra(AseanCyberError, ImportError):
    """Something larger that is not installed; the message says how to install it.

    >>> import asean_cyber as ac
    >>> try:
    ...     raise ac.MissingExtra("to_excel needs openpyxl")  # as a call does where that is not installed
    ... except ImportError as error:
    ...     print(error)
    to_excel needs openpyxl
    """


class NotOne(AseanCyberError, LookupError):
    """A question that should have had exactly one answer had none, or several.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.meetings(body="AMMTC", since=2009, until=2011).one()
    ... except ac.NotOne as error:
    ...     print(error)
    expected exactly one record, found 2: ammtc-7, ammtc-8
    """


class UnknownName(AseanCyberError, LookupError):
    """A body, topic, country, kind, source or record that the dataset does not know.

    `what` says which of these, `name` is what was asked for, `nearest` the closest known names, `note`
    what else there is to say of the name.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.body("AMMTCC")
    ... except ac.UnknownName as error:
    ...     print(error.what, error.name, error.nearest[0])
    body AMMTCC ammtc
    """

    def __init__(self, what: str, name: object, nearest: Iterable[str] = (), note: str = "") -> None:
        self.what: str = what
        self.name: object = name
        self.nearest: tuple[str, ...] = tuple(nearest)
        self.note: str = note
        super().__init__(what, name, self.nearest, note)

    def __str__(self) -> str:
        note = f": {self.note}" if self.note else ""
        return f"unknown {self.what} {reprlib.repr(self.name)}{note}{did_you_mean(self.nearest)}"


def did_you_mean(names: Iterable[str]) -> str:
    """The end of a message that suggests names; nothing where there are none.

    >>> did_you_mean(["ammtc", "ammtc-plus-three"]), did_you_mean([])
    ("; did you mean 'ammtc' or 'ammtc-plus-three'?", '')
    """
    known = " or ".join(map(repr, names))
    return f"; did you mean {known}?" if known else ""


class Fault(NamedTuple):
    """One thing that is wrong in a dataset: where, and what was expected.

    A fault of `level` ``error`` keeps a dataset from being loaded; ``warning`` and ``layout`` are what
    `Dataset.check` finds beyond that: a rule of good data that is broken, a file that is not in the
    canonical form.

    >>> import asean_cyber as ac
    >>> fault = ac.Fault("expected a date, got 5", file="mine.json", record="mine-1", field="date")
    >>> print(fault)
    mine.json: mine-1: date: expected a date, got 5
    >>> fault.reason, fault.file, fault.record, fault.field, fault.level
    ('expected a date, got 5', 'mine.json', 'mine-1', 'date', 'error')
    """

    reason: str
    """What is wrong, and what was expected."""
    file: str | None = None
    """The file in which it is, where there is one."""
    record: str | None = None
    """The id of the record or other item in which it is."""
    field: str | None = None
    """The field in which it is."""
    level: str = "error"
    """How bad it is: ``error``, ``warning`` or ``layout``."""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.record, self.field) if part)
        told = f"{where}: {self.reason}" if where else self.reason
        # A name in it may be anything that JSON or a file system can hold; the message fits on a line of any terminal or log.
        line = "".join(c if c.isprintable() else "\ufffd" for c in told)
        return line if self.level == "error" else f"{self.level}: {line}"


class DatasetError(AseanCyberError, ValueError):
    """A dataset that cannot be used, with every `Fault` found in it. Nothing of it was loaded.

    `hint` is advice on the whole, where there is any.

    >>> import asean_cyber as ac
    >>> try:
    ...     ac.from_dict({"type": "topic", "id": "mine", "label": "Mine"})
    ... except ac.DatasetError as error:
    ...     print(error.faults[0])
    mine: definition: missing
    """

    def __init__(self, faults: Iterable[Fault], hint: str = "") -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        self.hint: str = hint
        super().__init__(self.faults, hint)

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} in the dataset, nothing was loaded:"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults), *([self.hint] if self.hint else [])])
