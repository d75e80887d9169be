"""The rules that tie records to one another, checked over a whole dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import attrs

from .._lookup.names import nearest
from .._model.contents import Contents
from .._model.fields import is_id
from .._model.records import Instrument, Meeting, Record, Statement
from ..errors import DatasetError, Fault, did_you_mean
from ..places import PARTICIPANTS
from ..vocabulary import Addressee, RelationKind

Known = Mapping[str, frozenset[str]]

HINTS = 10
"""With how many faults it is said what may have been meant: to find that out takes long."""


class Dangling:
    """The ids that lead nowhere, as they come up."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def fault(self, known: Known, what: str, record: str, field: str, target: str) -> Fault:
        """The fault of a reference that leads nowhere; of the first few, with what may have been meant."""
        self.names.add(target)
        hint = did_you_mean(nearest(target, known[what])) if len(self.names) <= HINTS else ""
        return Fault(f"no {what} has the id {target!r}{hint}", record=record, field=field)


def joined(one: Contents, other: Contents) -> Contents:
    """Both together. Raises `DatasetError` if they do not fit: the second may refer to the first."""
    faults = tuple(check(other, beside=one))
    if faults:
        raise DatasetError(faults)
    return one | other


def check(contents: Contents, beside: Contents | None = None, refused: frozenset[str] = frozenset(), dangling: Dangling | None = None) -> Iterator[Fault]:
    """Every fault in how the items of `contents` refer to one another.

    They may also refer to what stands in `beside`, and to `refused`: ids of items that exist, but
    that were refused for faults of their own. What leads nowhere is entered in `dangling`.
    """
    lost = Dangling() if dangling is None else dangling
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
    for item, what, field, target in _references(contents, known):
        if target is not None and target not in known[what]:
            yield lost.fault(known, what, item, field, target)
    for record in contents.records:
        if isinstance(record, Statement) or record.discrepancies or record.relations or "/" in record.id:
            yield from _record(record)
    yield from _retired(contents, whole, refused)


def _ids(items: Iterable[object]) -> frozenset[str]:
    return frozenset(item.id for item in items)  # type: ignore[attr-defined]


def _references(contents: Contents, known: Known) -> Iterator[tuple[str, str, str, str | None]]:
    """Every reference: the id of the item it stands in, what it is to lead to, the field, and the id that it names.

    Of records, those that all lead somewhere, as nearly all do, are passed over at once.
    """
    bodies, topics, sources = known["body"], known["topic"], known["source"]
    for body in contents.bodies:
        yield from ((body.id, "body", field, getattr(body, field)) for field in ("parent", "predecessor"))
        yield from ((body.id, "source", "citations", citation.source) for citation in body.citations)
        named = dict.fromkeys(citation.source for each in body.participants for citation in each.citations)
        yield from ((body.id, "source", "participants", source) for source in named)
    yield from ((topic.id, "topic", "broader", topic.broader) for topic in contents.topics)
    yield from ((f"gap of {gap.body}", "body", "body", gap.body) for gap in contents.gaps)
    for record in contents.records:
        cited = sources.issuperset([citation.source for citation in record.citations])
        if (
            cited
            and record.body in bodies
            and topics.issuperset(record.topics)
            and isinstance(record, Meeting)
            and not (record.relations or record.discrepancies)
        ):
            continue
        name = record.id
        yield name, "body", "body", record.body
        yield from ((name, "topic", "topics", topic) for topic in record.topics)
        yield from ((name, "source", "citations", citation.source) for citation in record.citations)
        yield from ((name, "source", "discrepancies", discrepancy.citation.source) for discrepancy in record.discrepancies)
        yield from ((name, _TARGETS.get(each.kind, "record"), f"relations ({each.kind})", each.target) for each in record.relations)
        if isinstance(record, (Statement, Instrument)):
            yield name, "meeting", "meeting", record.meeting
        if isinstance(record, Statement):
            yield name, "instrument", "instrument", record.instrument
            for act in record.acts:
                yield name, "record", f"acts ({act.kind})", act.record
                yield from ((name, "body", f"acts ({act.kind})", each) for each in act.addressees if each not in PARTICIPANTS and each not in _GROUPS)


_GROUPS = frozenset(group.value for group in Addressee)


def _record(record: Record) -> Iterator[Fault]:
    """What is wrong within one record though each of its fields is right."""
    fields = attrs.fields_dict(type(record))
    for discrepancy in record.discrepancies:
        if discrepancy.field.partition(".")[0] not in fields:
            yield Fault(f"{discrepancy.field!r} is not a field of {type(record).__name__}", record=record.id, field="discrepancies")
    if any(relation.target == record.id for relation in record.relations):
        yield Fault("a record cannot be related to itself", record=record.id, field="relations")
    if isinstance(record, Statement):
        stem, slash, _ = record.id.rpartition("/")
        if not slash or stem not in (record.meeting, record.instrument):
            yield Fault("the id of a statement is that of its meeting or instrument, a slash, and the locator", record=record.id, field="id")
    elif "/" in record.id:
        yield Fault("only the id of a statement has a slash", record=record.id, field="id")


_TARGETS = {RelationKind.ISSUED_BY: "body", RelationKind.ADOPTED_AT: "meeting", RelationKind.SIGNED_AT: "meeting"}


def _repeated(contents: Contents, whole: Contents) -> Iterator[Fault]:
    """Ids that name more than one thing: bodies and records share one space, topics and sources have their own."""
    for space in (("bodies", "meetings", "statements", "instruments"), ("topics",), ("sources",)):
        types: dict[str, list[str]] = {}
        for section in space:
            for item in getattr(contents, section):
                types.setdefault(item.id, []).append(item.type)
        everywhere = Counter(item.id for section in space for item in getattr(whole, section)) if whole is not contents else Counter()
        for name, held in types.items():
            if len(held) > 1:
                yield Fault(f"the id stands {len(held)} times ({', '.join(held[:5])}): ids are unique", record=name, field="id")
            elif everywhere[name] > 1:
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
    """A fault for each that comes back to itself. Everything is gone through once."""
    done: set[str] = set()
    for start in above:
        path: dict[str, int] = {}  # in the order in which they are met
        at: str | None = start
        while at is not None and at not in path and at not in done:
            path[at] = len(path)
            at = above.get(at)
        if at is not None and at in path:
            circle = list(path)[path[at] :]
            told = " > ".join(circle[:20] + ["…"] * (len(circle) > 20) + [circle[0]])
            for each in circle[:HINTS]:
                yield Fault(f"goes round in a circle: {told}", record=each, field=field)
        done.update(path)


def _retired(contents: Contents, whole: Contents, refused: frozenset[str]) -> Iterator[Fault]:
    records = _ids(whole.records) | refused
    successors: dict[str, str] = {}
    for old, new in whole.retired:
        if successors.setdefault(old, new) != new:
            yield Fault(f"has two successors, {successors[old]!r} and {new!r}", record=old, field="retired")
    held = _ids(whole.records)
    for old in successors:
        if old in held:
            yield Fault("a retired id is never used again, but a record has it", record=old, field="retired")
    for old, new in contents.retired:
        if not is_id(old):
            yield Fault(f"{old!r} is no id", record=old, field="retired")
        if new not in records and new not in successors:
            yield Fault(f"its successor {new!r} is no record", record=old, field="retired")
    yield from _cycles(dict(successors), "retired")
