"""What changed from one dataset to another: added, removed, retired, and changed field by field."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from .._display.markdown import escaped
from .._model.contents import SECTIONS, Contents
from .._model.edtf import EDTF
from .._model.parts import Place, Quotation
from .._model.records import Body, Gap, Instrument, Meeting, Record, Source, Statement, Topic
from .._model.values import ordered, plain
from .._query.dataset import Dataset
from ..errors import WrongType
from .older import at_hand, read

Item: TypeAlias = Meeting | Statement | Instrument | Body | Topic | Source | Gap


@attrs.frozen
class FieldChange:
    """A field that holds something else now; a field of a part is named as in ``place.city``.

    Of a field that holds several, `old` are those that are gone and `new` those that came; where both
    have the same in another order, they are all of them.
    """

    field: str
    old: object
    new: object

    def __str__(self) -> str:
        return "\n".join(_lines(self))


@attrs.frozen
class Change:
    """An item that both datasets have, with the fields in which it differs."""

    old: Item
    new: Item
    fields: tuple[FieldChange, ...]


@attrs.frozen(repr=False)
class Difference:
    """What changed from an old dataset to a new one. It is false when nothing did.

    `str()` gives it to read, `to_markdown` for a changelog. Items are records, bodies, topics,
    sources and gaps. A gap has no id: it is what it says, so one that reads differently is removed and added.

    >>> import asean_cyber as ac
    >>> none = ac.Dataset.from_records([])
    >>> topic = ac.Topic(id="mine", label="Mine", definition="What I look for.")
    >>> found = ac.diff(none, ac.Dataset.from_records([], topics=[topic]))
    >>> isinstance(found, ac.Difference), bool(found), found.added == (topic,), found.removed, found.changed
    (True, True, True, (), ())
    """

    added: tuple[Item, ...] = ()
    """Those that only the new one has."""
    removed: tuple[Item, ...] = ()
    """Those that are gone without a successor."""
    retired: tuple[tuple[str, str], ...] = ()
    """Ids that are no longer used, each with the id of its successor."""
    reinstated: tuple[str, ...] = ()
    """Ids that were retired and no longer are."""
    changed: tuple[Change, ...] = ()
    """Those that both have, with the fields in which they differ."""

    def __bool__(self) -> bool:
        return any(attrs.astuple(self, recurse=False))

    def __str__(self) -> str:
        parts = [f"{len(getattr(self, name))} {name}" for name in attrs.fields_dict(Difference) if getattr(self, name)]
        if not parts:
            return "No difference."
        out = [", ".join(parts)]
        for heading, entries in _entries(self):
            out += ["", heading]
            for entry, details in entries:
                out.append("  " + entry.line(entry.id, entry.text))
                out += [f"      {detail}" for detail in details]
        return "\n".join(out)

    def __repr__(self) -> str:
        return str(self)

    def to_markdown(self) -> str:
        """The difference as Markdown, for the section of a changelog that tells what changed in the data.

        Text that comes from the data is escaped. It is empty when nothing changed.

        >>> import asean_cyber as ac
        >>> none = ac.Dataset.from_records([])
        >>> topic = ac.Topic(id="mine", label="Mine", definition="What I look for.")
        >>> found = ac.diff(none, ac.Dataset.from_records([], topics=[topic]))
        >>> print(found.to_markdown())
        #### Added
        <BLANKLINE>
        - topic `mine`: Mine
        <BLANKLINE>
        """
        out: list[str] = []
        for heading, entries in _entries(self):
            out += [f"#### {heading}", ""]
            for entry, details in entries:
                out.append("- " + entry.line(f"`{entry.id}`", escaped(entry.text)))
                out += [f"  - {escaped(detail)}" for detail in details]
            out.append("")
        return "\n".join(out)


def diff(old: Dataset | str | os.PathLike[str], new: Dataset | str | os.PathLike[str], *, extending: Dataset | None = None) -> Difference:
    """What changed from one dataset to another, each a `Dataset`, a JSON file, a folder of them, or a wheel of this library.

    The number of a release, such as ``0.3.0``, stands for its wheel, if that lies in the current folder or in its ``dist``.
    Data of older releases are read in the form of today: partners of bodies, as they were until 0.3.0, are participants.
    With `extending`, either is joined to it before they are compared: files may refer to what it holds,
    and what it holds is no difference.

    Raises `DatasetError` where a file is no valid dataset, or gives an id to something else than
    `extending` does, `OSError` where it cannot be read, and `InvalidArgument` where the release is not at hand, and then
    it says how to get it.

    >>> import asean_cyber as ac
    >>> data = ac.dataset()
    >>> print(ac.diff(data, data))
    No difference.
    >>> mine = ac.Dataset.from_records([], topics=[ac.Topic(id="mine", label="Mine", definition="What I look for.")], extending=data)
    >>> print(ac.diff(data, mine))
    1 added
    <BLANKLINE>
    Added
      topic mine: Mine
    """
    before, after = _contents(old, extending), _contents(new, extending)
    added: list[Item] = []
    removed: list[Item] = []
    changed: list[Change] = []
    were, are = dict(before.retired), dict(after.retired)
    for section in SECTIONS:
        if section == "gaps":
            added += _without(after.gaps, before.gaps)
            removed += _without(before.gaps, after.gaps)
            continue
        mine, theirs = _by_id(before, section), _by_id(after, section)
        added += [theirs[id] for id in theirs if id not in mine]
        removed += [mine[id] for id in mine if id not in theirs and not (id in are and _is_record(mine[id]))]
        changed += [Change(mine[id], theirs[id], tuple(_fields(mine[id], theirs[id]))) for id in mine if id in theirs and mine[id] != theirs[id]]
    return Difference(
        added=tuple(added),
        removed=tuple(removed),
        retired=tuple((id, successor) for id, successor in after.retired if were.get(id) != successor),
        reinstated=tuple(id for id in were if id not in are),
        changed=tuple(changed),
    )


def _contents(data: Dataset | str | os.PathLike[str], extending: Dataset | None) -> Contents:
    if isinstance(data, Dataset):
        return data.contents if extending is None or extending is data else (extending | data).contents
    if not isinstance(data, (str, os.PathLike)):
        raise WrongType(f"expected a Dataset or the path of one, got {data!r}")
    path = at_hand(str(data)) if re.fullmatch(r"\d+\.\d+\.\d+", str(data)) and not Path(data).exists() else data
    beside = None if extending is None else extending.contents
    contents = read(path, beside=beside)
    return contents if beside is None else beside | contents


def _by_id(contents: Contents, section: str) -> Mapping[str, Any]:
    return {item.id: item for item in getattr(contents, section)}


def _without(gaps: Iterable[Gap], others: Iterable[Gap]) -> list[Gap]:
    known = set(others)
    return [gap for gap in dict.fromkeys(gaps) if gap not in known]


def _is_record(item: Item) -> bool:
    return isinstance(item, Record)


def _fields(old: Any, new: Any, within: str = "") -> Iterator[FieldChange]:
    for name in (field.name for field in ordered(type(old))):
        was, now = getattr(old, name), getattr(new, name)
        if was == now:
            continue
        if isinstance(was, tuple) and set(was) != set(now):
            yield FieldChange(within + name, tuple(each for each in was if each not in now), tuple(each for each in now if each not in was))
        elif isinstance(was, (Place, Quotation)) and now is not None:
            yield from _fields(was, now, f"{within}{name}.")
        else:
            yield FieldChange(within + name, was, now)


# How it reads.

_ONE_LINE = 90  # longer values stand one under the other, the old one first


@attrs.frozen
class _Entry:
    what: str
    id: str
    text: str

    def line(self, name: str, text: str) -> str:
        return f"{self.what} {name}{': ' if text else ''}{text}".strip()


_Entries = list[tuple[_Entry, list[str]]]


def _entries(found: Difference) -> Iterator[tuple[str, _Entries]]:
    """Each heading that there is something under, with its entries and the details of each."""
    whole: dict[str, _Entries] = {
        "Added": [(_named(item), []) for item in found.added],
        "Removed": [(_named(item), []) for item in found.removed],
        "Retired": [(_Entry("", id, f"now {successor}"), []) for id, successor in found.retired],
        "Reinstated": [(_Entry("", id, ""), []) for id in found.reinstated],
        "Changed": [(_named(change.new), [line for field in change.fields for line in _lines(field)]) for change in found.changed],
    }
    return ((heading, entries) for heading, entries in whole.items() if entries)


def _named(item: Item) -> _Entry:
    what = item.type
    if isinstance(item, Gap):
        numbers = f"{', '.join(map(str, item.ordinals))}. " if item.ordinals else ""
        return _Entry("gap of", item.body, numbers + item.reason)
    label = item.name if isinstance(item, Body) else item.label
    return _Entry(what, item.id, label)


def _lines(change: FieldChange) -> list[str]:
    name, old, new = change.field, change.old, change.new
    if isinstance(old, tuple) and isinstance(new, tuple) and set(old) != set(new):
        return [*(f"{name}, gone: {_said(each)}" for each in old), *(f"{name}, new: {_said(each)}" for each in new)]
    was, now = _said(old), _said(new)
    return [f"{name}: {was} → {now}"] if len(was) + len(now) <= _ONE_LINE else [f"{name}, was: {was}", f"{name}, now: {now}"]


def _said(value: object) -> str:
    """A value in one line, nothing of it left out."""
    if value is None:
        return "(not stated)"
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    return " ".join(_as_prose(plain(value) if attrs.has(type(value)) and not isinstance(value, EDTF) else value).split())


def _as_prose(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " and ".join(map(_as_prose, value))
    if not isinstance(value, dict):
        return str(value)
    if len(value) == 1:
        return _as_prose(next(iter(value.values())))
    return ", ".join(f"{name} {f'({_as_prose(part)})' if isinstance(part, dict) else _as_prose(part)}" for name, part in value.items())
