"""How records look in a terminal: many as a table, one as a page. All that comes from data passes `clean`."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from .._lookup.catalogue import Catalogue
from .._model.contents import Contents
from .._model.records import Body, Meeting, Record, Statement, Topic
from .facts import Fact, Line, Part, Ref, body_facts, facts

T = TypeVar("T")

SHOWN = 20
"""How many records a long answer shows at both its ends together."""


def width() -> int:
    """How many columns there are to write in."""
    return max(60, shutil.get_terminal_size((100, 24)).columns)


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "record"), counted(0, "body", "bodies")
    ('1 record', '0 bodies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def table(records: Sequence[Record], noun: str = "record", max_rows: int | None = SHOWN) -> str:
    """Records a line each; the middle of a long answer is left out, and that is said."""
    return listing(counted(len(records), noun), records, lines, max_rows)


def listing(head: str, items: Sequence[T], written: Callable[[Sequence[T]], list[str]], max_rows: int | None = SHOWN) -> str:
    """A line for each of several items below a head; the middle of a long list is left out, and that is said."""
    if not items:
        return f"{head}."
    if max_rows is None or len(items) <= max_rows:
        return "\n".join([head, *written(items)])
    first, last = max_rows - max_rows // 2, max_rows // 2
    shown = written([*items[:first], *items[len(items) - last :]])
    return "\n".join([head, *shown[:first], f"  … {len(items) - max_rows:,} more …", *shown[first:]])


def lines(records: Iterable[Record], room: int | None = None) -> list[str]:
    """A line for each record: date, id, what it is."""
    return columns([(str(record.date), record.id, _title(record)) for record in records], room)


def columns(rows: Sequence[Sequence[str]], room: int | None = None) -> list[str]:
    """Rows of cells in columns, the last one shortened to fit in `room` (by default the terminal's width)."""
    if not rows:
        return []
    room = width() if room is None else room
    # Wide enough for nine cells in ten; a longer one pushes its own row aside, not all the others.
    rows = [[clean(cell) for cell in row] for row in rows]
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


def overview(contents: Contents) -> str:
    """A dataset in one line."""
    years = [record.year for record in contents.records]
    span = f", {min(years)} to {max(years)}" if years else ""
    parts = [
        counted(len(contents.meetings), "meeting"),
        counted(len(contents.statements), "statement"),
        counted(len(contents.instruments), "instrument"),
        counted(len(contents.bodies), "body", "bodies"),
        counted(len(contents.sources), "source"),
    ]
    return f"<Dataset: {', '.join(parts)}{span}>"


def page(record: Record, known: Catalogue) -> str:
    """Everything about one record: what it says, where that stands, and what it is related to."""
    return _page(record, facts(record, known))


def plain_page(item: Record | Body) -> str:
    """What a record says by itself, without what others know of the ids in it."""
    return _page(item, body_facts(item, None) if isinstance(item, Body) else facts(item, None))


def _page(item: Record | Body, told: Iterable[Fact]) -> str:
    lines: list[str] = []
    blocks: list[str] = []
    for fact in told:
        if fact.name == "Id":
            continue
        if fact.sort == "line":
            lines += _wrapped(f"{fact.name.lower() + ':':<12} {said(fact.lines[0])}", "  ", " " * 15)
        elif fact.sort == "words":
            blocks += ["", *_wrapped(said(fact.lines[0]))]
        elif fact.sort == "quotation":
            blocks += ["", f"Quotation ({clean(fact.language)}):", *_wrapped(f"“{said(fact.lines[0])}”", "  ")]
        else:
            blocks += ["", f"{fact.name}:", *(row for line in fact.lines for row in _listed(line))]
    return "\n".join([item.id, "=" * len(item.id), *_wrapped(item.label), "", *lines, *blocks])


def said(line: Line) -> str:
    """A line in words."""
    return "".join(_part(part) for part in line)


def _part(part: Part) -> str:
    if not isinstance(part, Ref):
        return str(part)
    return f"{part.id} ({shortened(part.text, 70)})" if part.sort == "record" and part.text != part.id else part.text


def _listed(line: Line) -> Iterator[str]:
    yield from _wrapped(f"- {said(line)}", "  ", "    ")
    yield from (f"    {clean(part.url)}" for part in line if isinstance(part, Ref) and part.url)


def _wrapped(text: str, indent: str = "", later: str | None = None) -> list[str]:
    room = min(width(), 100)
    later = indent if later is None else later
    return textwrap.wrap(clean(text), room, initial_indent=indent, subsequent_indent=later, break_long_words=False, break_on_hyphens=False)


# All that could move the cursor, colour or clear the screen, or forge a line: controls, and the marks that turn the
# direction of writing.
unshown = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: object) -> str:
    """Text that can do nothing in a terminal but be read; line breaks become spaces.

    >>> clean("ASEAN\\x1b[2J\\nno faults")
    'ASEAN�[2J no faults'
    """
    return unshown.sub(lambda found: " " if found[0] in "\n\t\r\u2028\u2029" else "\ufffd", str(text))


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
