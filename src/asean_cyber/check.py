"""The rules that tie records to one another, checked over a whole dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from .contents import Contents
from .errors import DatasetError, Fault
from .model import Instrument, Meeting, Record, Statement, is_id
from .naming import nearest
from .vocabulary import RelationKind

Known = Mapping[str, frozenset[str]]


def joined(one: Contents, other: Contents) -> Contents:
    """Both together. Raises `DatasetError` if they do not fit: the second may refer to the first."""
    faults = tuple(check(other, beside=one))
    if faults:
        raise DatasetError(faults)
    return one | other


def check(contents: Contents, beside: Contents | None = None, refused: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Every fault in how the items of `contents` refer to one another.

    They may also refer to what stands in `beside`, and to `refused`: ids of items that exist, but
    that were refused for faults of their own.
    """
    whole = contents if beside is None else beside | contents
    retired = frozenset(old for old, _ in whole.retired)  # these lead to their successors
    known: Known = {
        "body": _ids(whole.bodies) | refused,
        "topic": _ids(whole.topics) | refused,
        "source": _ids(whole.sources) | refused,
        "meeting": _ids(whole.meetings) | refused | retired,
        "instrument": _ids(whole.instruments) | refused | retired,
        "record": _ids(whole.records) | refused | retired,
    }
    yield from _repeated(contents, whole)
    yield from _series(contents, whole)
    yield from _lineages(whole)
    for body in contents.bodies:
        yield from _refers(known, "body", body.id, "parent", body.parent)
        yield from _refers(known, "body", body.id, "predecessor", body.predecessor)
        for citation in body.citations:
            yield from _refers(known, "source", body.id, "citations", citation.source)
    for topic in contents.topics:
        yield from _refers(known, "topic", topic.id, "broader", topic.broader)
    for gap in contents.gaps:
        yield from _refers(known, "body", f"gap of {gap.body}", "body", gap.body)
    for record in contents.records:
        yield from _record(record, known)
    yield from _retired(contents, whole, refused)


def _ids(items: Iterable[object]) -> frozenset[str]:
    return frozenset(item.id for item in items)  # type: ignore[attr-defined]


def _refers(known: Known, what: str, record: str, field: str, target: str | None) -> Iterator[Fault]:
    if target is not None and target not in known[what]:
        close = nearest(target, known[what])
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        yield Fault(f"no {what} has the id {target!r}{hint}", record=record, field=field)


def _record(record: Record, known: Known) -> Iterator[Fault]:
    yield from _refers(known, "body", record.id, "body", record.body)
    for topic in record.topics:
        yield from _refers(known, "topic", record.id, "topics", topic)
    for citation in record.citations:
        yield from _refers(known, "source", record.id, "citations", citation.source)
    fields = {field.name for field in attrs.fields(type(record))}
    for discrepancy in record.discrepancies:
        yield from _refers(known, "source", record.id, "discrepancies", discrepancy.citation.source)
        if discrepancy.field.partition(".")[0] not in fields:
            yield Fault(f"{discrepancy.field!r} is not a field of {type(record).__name__}", record=record.id, field="discrepancies")
    for relation in record.relations:
        what = _TARGETS.get(relation.kind, "record")
        yield from _refers(known, what, record.id, f"relations ({relation.kind})", relation.target)
        if relation.target == record.id:
            yield Fault("a record cannot be related to itself", record=record.id, field="relations")
    if isinstance(record, (Statement, Instrument)):
        yield from _refers(known, "meeting", record.id, "meeting", record.meeting)
    if isinstance(record, Statement):
        yield from _refers(known, "instrument", record.id, "instrument", record.instrument)
        stem, slash, _ = record.id.rpartition("/")
        if not slash or stem not in (record.meeting, record.instrument):
            yield Fault("the id of a statement is that of its meeting or instrument, a slash, and the locator", record=record.id, field="id")
    elif "/" in record.id:
        yield Fault("only the id of a statement has a slash", record=record.id, field="id")


_TARGETS = {RelationKind.ISSUED_BY: "body", RelationKind.ADOPTED_AT: "meeting", RelationKind.SIGNED_AT: "meeting"}


def _repeated(contents: Contents, whole: Contents) -> Iterator[Fault]:
    """Ids that name more than one thing: bodies and records share one space, topics and sources have their own."""
    for space in (("bodies", "meetings", "statements", "instruments"), ("topics",), ("sources",)):
        mine = [item.id for section in space for item in getattr(contents, section)]
        all_of = Counter(item.id for section in space for item in getattr(whole, section))
        counts = Counter(mine)
        for name, count in counts.items():
            if count > 1:
                kinds = [type(item).__name__.lower() for section in space for item in getattr(contents, section) if item.id == name]
                yield Fault(f"the id stands {count} times ({', '.join(kinds)}): ids are unique", record=name, field="id")
            elif all_of[name] > 1:
                yield Fault("the id is already taken, by something with other contents", record=name, field="id")


def _series(contents: Contents, whole: Contents) -> Iterator[Fault]:
    """Ordinals are unique within a body, and no gap is one that a meeting fills."""
    holders: dict[tuple[str, int], list[Meeting]] = {}
    for meeting in whole.meetings:
        if meeting.ordinal is not None:
            holders.setdefault((meeting.body, meeting.ordinal), []).append(meeting)
    own = {meeting.id for meeting in contents.meetings}
    for (body, ordinal), meetings in holders.items():
        if len({meeting.id for meeting in meetings}) > 1:
            for meeting in meetings[1:]:
                if meeting.id in own or meetings[0].id in own:
                    yield Fault(f"{meetings[0].id} is number {ordinal} of {body} already", record=meeting.id, field="ordinal")
    # A gap that something beside fills is no fault: joining the two closes it.
    fills = {(meeting.body, meeting.ordinal): meeting.id for meeting in contents.meetings}
    for gap in contents.gaps:
        for ordinal in gap.ordinals:
            if (gap.body, ordinal) in fills:
                yield Fault(f"number {ordinal} is no gap: {fills[gap.body, ordinal]} fills it", record=f"gap of {gap.body}", field="ordinals")


def _lineages(whole: Contents) -> Iterator[Fault]:
    """No body is its own ancestor, no topic broader than itself."""
    yield from _cycles({body.id: body.parent for body in whole.bodies}, "parent")
    yield from _cycles({body.id: body.predecessor for body in whole.bodies}, "predecessor")
    yield from _cycles({topic.id: topic.broader for topic in whole.topics}, "broader")


def _cycles(above: Mapping[str, str | None], field: str) -> Iterator[Fault]:
    for start in above:
        seen: list[str] = []
        at: str | None = start
        while at is not None and at not in seen:
            seen.append(at)
            at = above.get(at)
        if at == start:
            yield Fault(f"goes round in a circle: {' > '.join([*seen, start])}", record=start, field=field)


def _retired(contents: Contents, whole: Contents, refused: frozenset[str]) -> Iterator[Fault]:
    records = _ids(whole.records) | refused
    successors: dict[str, str] = {}
    for old, new in whole.retired:
        if successors.setdefault(old, new) != new:
            yield Fault(f"has two successors, {successors[old]!r} and {new!r}", record=old, field="retired")
    for old in successors:
        if old in _ids(whole.records):
            yield Fault("a retired id is never used again, but a record has it", record=old, field="retired")
    for old, new in contents.retired:
        if not is_id(old):
            yield Fault(f"{old!r} is no id", record=old, field="retired")
        if new not in records and new not in successors:
            yield Fault(f"its successor {new!r} is no record", record=old, field="retired")
    yield from _cycles(dict(successors), "retired")
