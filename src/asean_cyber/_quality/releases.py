"""The ledger of releases: which state of the data each version stands for. It stands in ``releases.json`` beside this module."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import attrs

from .. import _packaged
from .._about import RELEASED, VERSION
from .._files.swhid import swhid

SECTIONS = ("meetings", "statements", "instruments", "bodies", "topics", "sources")


@attrs.frozen(kw_only=True)
class State:
    """A state of the data: by its fingerprint, and by the SWHID of the folder of its files."""

    fingerprint: str
    swhid: str


def _states(values: Iterable[Any]) -> tuple[State, ...]:
    return tuple(value if isinstance(value, State) else State(**value) for value in values)


def _day(value: datetime.date | str) -> datetime.date:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


@attrs.frozen(kw_only=True)
class Release(State):
    """A version, and the one state of the data that it stands for. `str()` gives it to read.

    `fingerprint` is that of what the data say, by the rule of its time, `swhid` that of the folder of data files,
    byte for byte: git knows the folder by the same hash.

    >>> import asean_cyber as ac
    >>> release = next(each for each in ac.releases() if each.version == "0.3.0")
    >>> isinstance(release, ac.Release), release.records == release.meetings + release.statements + release.instruments
    (True, True)
    >>> print(release)
    asean-cyber 0.3.0 (...)
      ...
    """

    version: str
    """Its number, such as ``0.3.0``."""
    date: datetime.date = attrs.field(converter=_day)
    """The day of the release."""
    meetings: int
    """How many meetings the dataset held; the same for the other sections."""
    statements: int
    instruments: int
    bodies: int
    topics: int
    sources: int
    note: str | None = None
    """What else there is to know of it."""
    also: tuple[State, ...] = attrs.field(default=(), converter=_states)
    """Other states for which the number stood too, before there was a ledger to hold it to one."""

    @property
    def records(self) -> int:
        """Meetings, statements and instruments together."""
        return self.meetings + self.statements + self.instruments

    def __str__(self) -> str:
        counts = ", ".join(f"{getattr(self, section):,} {section}" for section in SECTIONS)
        lines = [f"asean-cyber {self.version} ({self.date})", f"  {counts}", f"  fingerprint: {self.fingerprint}", f"  {self.swhid}"]
        return "\n".join([*lines, *([f"  {self.note}"] if self.note else [])])


@cache
def releases() -> tuple[Release, ...]:
    """Every release so far, the oldest first, with the state of the data that its version stands for.

    The version in hand is among them if it is a release; between releases, when its number ends in ``.dev0``, it is not.

    >>> import asean_cyber as ac
    >>> [release.version for release in ac.releases()][:3]
    ['0.1.0', '0.2.0', '0.3.0']
    >>> ac.releases()[2].records
    1174
    """
    import importlib_resources

    text = (importlib_resources.files(__package__ or "") / "releases.json").read_text("utf-8")
    return tuple(Release(**line) for line in json.loads(text))


def release(version: str) -> Release | None:
    """The release of a version, if it is one."""
    return next((each for each in releases() if each.version == version), None)


def as_lines(held: Iterable[Release]) -> list[dict[str, Any]]:
    """Releases as the ledger has them: plain values, what says nothing left out."""
    return [{name: str(value) if name == "date" else value for name, value in attrs.asdict(each).items() if value} for each in held]


def present() -> dict[str, Any]:
    """The line that the ledger would have for the data in hand, were this version released as it is."""
    data = _packaged.dataset()
    counts = {section: len(getattr(data.contents, section)) for section in SECTIONS}
    return {"version": VERSION, "date": RELEASED, "fingerprint": data.fingerprint, "swhid": swhid(_packaged.files()), **counts}
