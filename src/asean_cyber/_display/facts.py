"""What is shown of a record or body: each fact once, for text and HTML alike.

A fact has a name and lines; a line is made of words and of references, which stand for a record, body, topic or
source. How they look is up to those who draw them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import attrs

from .._lookup.catalogue import Catalogue
from .._model.contents import Contents
from .._model.edtf import EDTF
from .._model.parts import Act, Citation, Discrepancy, Identifier, Participation, Party
from .._model.records import Body, Gap, Instrument, Meeting, Record, Source, Statement
from ..places import PARTICIPANTS
from ..vocabulary import Addressee


@attrs.frozen
class Ref:
    """Something that a fact refers to: what sort of thing, its id, what to call it, and where it is on the web."""

    sort: Literal["record", "body", "topic", "source", "web"]
    id: str
    text: str
    url: str | None = None
    language: str | None = None
    known: bool = True
    """False where the id stands for nothing that is known."""


_NOTHING = Contents()

Part: TypeAlias = str | Ref | EDTF
Line: TypeAlias = tuple[Part, ...]


@attrs.frozen
class Fact:
    """Something to show: a name, and lines. `sort` says how it is to be drawn."""

    name: str
    lines: tuple[Line, ...]
    sort: Literal["line", "words", "list", "quotation"] = "line"
    language: str = ""


def facts(record: Record, known: Catalogue | None) -> Iterator[Fact]:
    """Everything about a record; without a catalogue, what it says by itself."""
    return (fact for fact in _of_record(record, Catalogue(_NOTHING) if known is None else known) if any(fact.lines))


def body_facts(body: Body, known: Catalogue | None) -> Iterator[Fact]:
    """Everything about a body; without a catalogue, what it says by itself."""
    return (fact for fact in _of_body(body, Catalogue(_NOTHING) if known is None else known) if any(fact.lines))


def _one(name: str, *parts: Part | None) -> Fact:
    held = tuple(part for part in parts if part)
    return Fact(name, (held,) if held else ())


def _of_record(record: Record, known: Catalogue) -> Iterator[Fact]:
    kind = f", {record.kind.label}" if isinstance(record, (Statement, Instrument)) else ""
    yield _one("Id", Ref("record", record.id, record.id))
    yield _one("What", f"{type(record).__name__}{kind}")
    yield _one("Date", record.date)
    yield _one("Body", body_ref(record.body, known))
    if isinstance(record, Meeting):
        yield _one("Number", str(record.ordinal or ""))
        yield _one("Place", str(record.place or ""))
        yield _one("Held", record.mode.label if record.mode else "")
        yield _one("Partners", names(record.partners))
    if isinstance(record, Statement):
        yield _one("Locator", record.locator)
        yield _one("Speaker", PARTICIPANTS[record.speaker] if record.speaker else None)
        yield _one("Meeting", record_ref(record.meeting, known))
        yield _one("Instrument", record_ref(record.instrument, known))
        yield Fact("Acts", tuple(_act(act, known) for act in record.acts), "list")
    if isinstance(record, Instrument):
        for name in ("adopted", "signed", "in_force", "expires"):
            yield _one(name.capitalize().replace("_", " "), getattr(record, name))
        yield _one("Status", record.status.label if record.status else "")
        yield _one("Parties", "; ".join(map(party_line, record.parties)))
        yield _one("Parties of", record.parties_of.label if record.parties_of and record.parties else "")
        yield _one("Meeting", record_ref(record.meeting, known))
        yield Fact("Identifiers", tuple(map(_identifier, record.identifiers)), "list")
    yield Fact("Topics", (_joined([topic_ref(topic, known) for topic in record.topics]),))
    yield Fact("Summary", ((record.summary,),), "words")
    if isinstance(record, Statement) and record.quotation:
        yield Fact("Quotation", ((record.quotation.text,),), "quotation", record.quotation.language)
    yield Fact("Sources", tuple(_cited(citation, known) for citation in record.citations), "list")
    yield Fact("Relations", tuple(_relations(record, known)), "list")
    yield Fact("Sources disagree", tuple(_disputed(record, claim, known) for claim in record.discrepancies), "list")
    yield _one("Reviewed", record.reviewed)


def _of_body(body: Body, known: Catalogue) -> Iterator[Fact]:
    yield _one("Id", Ref("body", body.id, body.id))
    yield _one("Acronym", body.acronym)
    yield _one("Kind", body.kind.label)
    yield Fact("What", ((body.description,),), "words")
    yield _one("Also called", "; ".join(body.aliases))
    yield Fact("Participants", tuple((participation_line(each),) for each in body.participants), "list")
    yield _one("Part of", body_ref(body.parent, known))
    yield _one("Succeeds", body_ref(body.predecessor, known))
    yield Fact("Identifiers", tuple(map(_identifier, body.identifiers)), "list")
    if known.bodies.get(body.id) == body:
        heirs: list[Part] = [ref for heir in known.contents.bodies if heir.predecessor == body.id for ref in [body_ref(heir.id, known)] if ref]
        yield Fact("Succeeded by", (_joined(heirs),))
        yield _one("Records", tally([record for record in known.records.values() if record.body == body.id]))
        yield Fact("Known gaps", tuple((_gap(gap),) for gap in known.contents.gaps if gap.body == body.id), "list")
    yield Fact("Sources", tuple(_cited(citation, known) for citation in body.citations), "list")


# References.


def record_ref(id: str | None, known: Catalogue) -> Ref | None:
    """A record by its id; called by its name, title or locator where it is known."""
    if id is None:
        return None
    found = known.find(id)
    return Ref("record", id, id, known=False) if found is None else Ref("record", found.id, found.label)


def body_ref(id: str | None, known: Catalogue) -> Ref | None:
    """A body by its id, called by its acronym and name where it is known."""
    if id is None:
        return None
    body = known.bodies.get(id)
    if body is None:
        return Ref("body", id, id, known=False)
    return Ref("body", id, f"{body.acronym}: {body.name}" if body.acronym else body.name, best_url(body, known))


def topic_ref(id: str, known: Catalogue) -> Ref:
    """A topic by its id, called by its label where it is known."""
    topic = known.topics.get(id)
    return Ref("topic", id, id, known=False) if topic is None else Ref("topic", id, topic.label)


_RANKS = {"official": 0, "scholarly": 1, "news": 2, "secondary": 3}


def best_citation(item: Record | Body, known: Catalogue) -> Citation | None:
    """The citation to give first: of the document itself, then of a source that can be followed and that says what the
    record says (one that disagrees with it comes later), official before others."""
    found = [(citation, source) for citation in item.citations if (source := known.source(citation.source)) is not None]
    if not found:
        return None
    disagreeing = {claim.citation.source for claim in getattr(item, "discrepancies", ())}

    def rank(each: tuple[Citation, Source]) -> tuple[bool, bool, bool, int]:
        citation, source = each
        return not citation.document, source.url is None, source.id in disagreeing, _RANKS[source.kind.value]

    return min(found, key=rank)[0]


def best_url(item: Record | Body, known: Catalogue) -> str | None:
    """The address of the source to give first."""
    best = best_citation(item, known)
    source = None if best is None else known.source(best.source)
    return None if source is None else source.url


def _joined(parts: Iterable[Part]) -> Line:
    out: list[Part] = []
    for part in parts:
        out += [", ", part] if out else [part]
    return tuple(out)


# Parts in words.


def names(codes: Iterable[str]) -> str:
    """Countries and organisations by name."""
    return ", ".join(PARTICIPANTS[code] for code in codes)


def party_line(party: Party) -> str:
    """A party with the dates of its own."""
    dates = [
        f"{verb} {when}"
        for verb, when in (
            ("signed", party.signed),
            (party.consent.label if party.consent else "consent", party.consented),
            ("in force", party.in_force),
            ("withdrew", party.withdrawn),
        )
        if when
    ]
    return f"{PARTICIPANTS[party.id]} ({', '.join(dates)})" if dates else PARTICIPANTS[party.id]


def participation_line(each: Participation) -> str:
    """One that takes part, with since when and until when."""
    dates = [f"{word} {when}" for word, when in (("since", each.since), ("until", each.until)) if when]
    return f"{PARTICIPANTS[each.id]} ({', '.join(dates)})" if dates else PARTICIPANTS[each.id]


def _addressee(code: str, known: Catalogue) -> str:
    if code in PARTICIPANTS:
        return PARTICIPANTS[code]
    body = known.bodies.get(code)
    return body.label if body else Addressee(code).label if code in set(Addressee) else code  # type: ignore[call-arg]


def _act(act: Act, known: Catalogue) -> Line:
    whom = ", ".join(_addressee(each, known) for each in act.addressees)
    about = record_ref(act.record, known)
    line: list[Part] = [f"{act.kind.label} (“{act.phrase}”; {act.kind.band.label})" + (f", to {whom}" if whom else "")]
    return (*line, ": ", about) if about else tuple(line)


def _identifier(each: Identifier) -> Line:
    return (f"{each.scheme.label} ", Ref("web", each.value, each.value, each.url))


def _cited(citation: Citation, known: Catalogue) -> Line:
    source = known.source(citation.source)
    where = f", {citation.locator}" if citation.locator else ""
    note = f" {citation.note}" if citation.note else ""
    if source is None:
        return (Ref("source", citation.source, citation.source, known=False), f"{where}.{note}")
    what = "the document itself; " if citation.document else ""
    told = f"{where}. {source.publisher} ({what}{source.kind.label}).{note}"
    kept: Line = (" A copy is kept ", Ref("web", source.archived_url, "here", source.archived_url), ".") if source.archived_url else ()
    return (Ref("source", source.id, source.title, source.url, source.language), told, *kept)


def _relations(record: Record, known: Catalogue) -> Iterator[Line]:
    for relation in record.relations:
        target = body_ref(relation.target, known) if relation.target in known.bodies else record_ref(relation.target, known)
        assert target is not None
        yield (f"{relation.kind.label}: ", target)
    if known.find(record.id) == record:
        for at, relation in known.pointing_at(record.id):
            yield (f"{relation.kind.inverse}: ", Ref("record", at.id, at.label))


def _disputed(record: Record, claim: Discrepancy, known: Catalogue) -> Line:
    held = getattr(record, claim.field, None)
    here = f" (here {held})" if held and not isinstance(held, tuple) else ""
    note = f" {claim.note}" if claim.note else ""
    return (f"{claim.field.replace('_', ' ')}{here}: {claim.value} in ", *_cited(claim.citation, known), note)


def _gap(gap: Gap) -> str:
    numbers = ", ".join(map(str, gap.ordinals))
    return f"{numbers}: {gap.reason}" if numbers else gap.reason


def tally(records: list[Record]) -> str:
    """How many of each type there are, and from when until when.

    >>> import asean_cyber as ac
    >>> tally(list(ac.records(body="AMMTC+3", year=2007)))
    '1 meeting, 1 statement; 2007'
    """
    if not records:
        return "none"
    counts = {sort: sum(record.type == sort for record in records) for sort in ("meeting", "statement", "instrument")}
    told = ", ".join(f"{count:,} {sort}{'s' if count != 1 else ''}" for sort, count in counts.items() if count)
    first, last = min(record.year for record in records), max(record.year for record in records)
    return f"{told}; {first}" + (f" to {last}" if last != first else "")
