"""How records look in a terminal: many as a table, one as a page."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..model import Body, Citation, Instrument, Meeting, Party, Record, Statement, Topic
from ..places import PARTICIPANTS

if TYPE_CHECKING:
    from ..datasets import Dataset
    from ..query import Records

_SHOWN = 20  # how many records a long answer shows at each of its ends together


def width() -> int:
    """How many columns there are to write in."""
    return max(60, shutil.get_terminal_size((100, 24)).columns)


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "record"), counted(0, "body", "bodies")
    ('1 record', '0 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def table(records: Records[Record]) -> str:
    """Records a line each; the middle of a long answer is left out, and that is said."""
    kinds = {type(record).__name__.lower() for record in records}
    noun = kinds.pop() if len(kinds) == 1 else "record"
    head = counted(len(records), noun)
    if not records:
        return f"{head}."
    if len(records) <= _SHOWN:
        return "\n".join([head, *lines(records)])
    half = _SHOWN // 2
    shown = lines([*records[:half], *records[-half:]])
    return "\n".join([head, *shown[:half], f"  … {counted(len(records) - 2 * half, noun)} more …", *shown[half:]])


def lines(records: Iterable[Record], room: int | None = None) -> list[str]:
    """A line for each record: date, id, what it is."""
    return columns([(str(record.date), record.id, _title(record)) for record in records], room)


def columns(rows: Sequence[Sequence[str]], room: int | None = None) -> list[str]:
    """Rows of cells in columns, the last one shortened to fit in `room` (by default the terminal's width)."""
    if not rows:
        return []
    room = width() if room is None else room
    # Wide enough for nine cells in ten; a longer one pushes its own row aside, not all the others.
    widths = [sorted(len(row[n]) for row in rows)[-(-(len(rows) - 1) * 9 // 10)] for n in range(len(rows[0]) - 1)]
    lines = []
    for row in rows:
        head = "  " + "".join(f"{cell.ljust(w)}  " for cell, w in zip(row, widths, strict=False))
        lines.append((head + shortened(row[-1], max(20, room - len(head)))).rstrip())
    return lines


def shortened(text: str, room: int) -> str:
    """Text, cut to fit with an ellipsis if it must be."""
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def _title(record: Record) -> str:
    if isinstance(record, Meeting) and record.place is not None:
        return f"{record.label} ({record.place})"
    if isinstance(record, Statement):
        return f"{record.locator or record.kind.label}: {record.title or record.summary}"
    return record.label


def overview(data: Dataset) -> str:
    """A dataset in one line."""
    years = [record.year for record in data]
    span = f", {min(years)} to {max(years)}" if years else ""
    parts = [
        counted(len(data.meetings()), "meeting"),
        counted(len(data.statements()), "statement"),
        counted(len(data.instruments()), "instrument"),
        counted(len(data.bodies()), "body", "bodies"),
        counted(len(data.sources()), "source"),
    ]
    return f"<Dataset: {', '.join(parts)}{span}>"


def page(record: Record, data: Dataset) -> str:
    """Everything about one record: what it says, where that stands, and what it is related to."""
    out = [record.id, "=" * len(record.id), *_wrapped(record.label), ""]
    out += [f"  {name + ':':<12} {value}" for name, value in _facts(record, data) if value]
    out += ["", *_wrapped(record.summary)]
    if isinstance(record, Statement) and record.quotation:
        out += ["", f"Quotation ({record.quotation.language}):", *_wrapped(f"“{record.quotation.text}”", "  ")]
    out += ["", "Sources:", *(line for citation in record.citations for line in _cited(citation, data))]
    links = data.links(record)
    if links:
        out += ["", "Relations:", *(f"  {link.reads}: {link.record.id} ({shortened(link.record.label, 70)})" for link in links)]
    issuers = [relation.target for relation in record.relations if relation.target not in data]
    out += [f"  issued by: {data.body(name).name}" for name in issuers]
    if record.discrepancies:
        out += ["", "Discrepancies:"]
        for other in record.discrepancies:
            out += _wrapped(f"{other.field}: {data.source(other.citation.source).publisher} says {other.value}. {other.note or ''}".strip(), "  ")
            out += _cited(other.citation, data)
    return "\n".join(out)


def _facts(record: Record, data: Dataset) -> Iterable[tuple[str, str | None]]:
    body = data.body(record.body)
    yield "what", type(record).__name__ + (f", {record.kind.label}" if isinstance(record, (Statement, Instrument)) else "")
    yield "date", str(record.date)
    yield "body", f"{body.acronym}: {body.name}" if body.acronym else body.name
    if isinstance(record, Meeting):
        yield "number", str(record.ordinal) if record.ordinal else None
        yield "place", str(record.place) if record.place else None
        yield "held", record.mode.label if record.mode else None
        yield "partners", names(record.partners)
    if isinstance(record, Statement):
        yield "locator", record.locator
        yield "meeting", record.meeting
        yield "instrument", record.instrument
    if isinstance(record, Instrument):
        for field in ("adopted", "signed", "in_force", "expires"):
            value = getattr(record, field)
            yield field.replace("_", " "), str(value) if value else None
        yield "status", record.status.label if record.status else None
        yield "parties", "; ".join(party_line(party) for party in record.parties)
        yield "meeting", record.meeting
    yield "topics", ", ".join(data.topic(topic).label for topic in record.topics)


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


def names(codes: Iterable[str]) -> str:
    """Countries and organisations by name."""
    return ", ".join(PARTICIPANTS[code] for code in codes)


def _cited(citation: Citation, data: Dataset) -> list[str]:
    source = data.source(citation.source)
    where = f", {citation.locator}" if citation.locator else ""
    first = f"- {source.title}{where}. {source.publisher} ({source.kind.label})."
    out = _wrapped(first, "  ", "    ")
    if source.url:
        out.append(f"    {source.url}")
    if citation.note:
        out += _wrapped(f"Note: {citation.note}", "    ")
    return out


def _wrapped(text: str, indent: str = "", later: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, min(width(), 100), initial_indent=indent, subsequent_indent=indent if later is None else later, break_long_words=False, break_on_hyphens=False
    )


def body_rows(bodies: Iterable[Body], room: int | None = None) -> list[str]:
    """A line for each body."""
    return columns([(body.id, body.kind.label, body.name) for body in bodies], room)


def topic_rows(topics: Iterable[Topic], room: int | None = None) -> list[str]:
    """A line for each topic, narrower ones under the broader."""
    broader = {topic.id: topic.broader for topic in topics}

    def depth(name: str) -> int:
        above = broader[name]
        return 0 if above is None else 1 + depth(above)

    return columns([("  " * depth(topic.id) + topic.id, topic.definition) for topic in topics], room)
