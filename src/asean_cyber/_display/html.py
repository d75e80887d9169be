"""How records look in a notebook: many as a table, one as a card.

The markup is made to be safe and readable anywhere. Whatever stands in a record is written as text,
and only addresses of the web become links. There are no scripts, no style sheets and nothing to
load. No colour is set except a grey for lines that shows on light and on dark: text and links take
the colour that the notebook's theme gives to text. Styles stand in the elements themselves, because
notebooks take style sheets out of what they do not trust.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, TypeVar

from .._lookup.catalogue import Catalogue
from .._model.contents import Contents
from .._model.edtf import EDTF
from .._model.records import Body, Meeting, Record, Statement
from .facts import Fact, Line, Part, Ref, best_citation, body_facts, facts, topic_ref
from .text import counted, shortened

T = TypeVar("T")

Address = Callable[[Ref], str | None]
"""Where something is to be linked to: its page, for a site that has pages of records."""

SHOWN = 20
"""How many records a long answer shows at both its ends together."""
_ROOM = 160  # how many letters a cell of a table has for what a record is

# Characters that may not stand in HTML, or could not be saved in a file.
_NEVER = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNFIT = re.compile(f"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")

_LINE = "1px solid rgba(128,128,128,.5)"
_TABLE = f' style="border-collapse:collapse;border-bottom:{_LINE};max-width:75em;text-align:left"'
_CAPTION = ' style="caption-side:top;text-align:left;font-weight:bold;color:inherit;padding:.3em .5em"'
_CELL = f' style="text-align:left;vertical-align:top;padding:.3em .5em;border-top:{_LINE};overflow-wrap:break-word"'
_HEAD = f' style="text-align:left;vertical-align:top;padding:.3em .5em;border-top:{_LINE};font-weight:bold;white-space:nowrap"'
_ID = _CELL.replace("text-align", "font-weight:normal;white-space:nowrap;text-align")
_LOOSE = _CELL.replace("break-word", "anywhere")  # in a card, which may have to be as narrow as a telephone
_ANCHOR = ' style="color:inherit;text-decoration:underline" target="_blank" rel="noopener noreferrer"'
_LIST = ' style="margin:0;padding-left:1.2em"'
_QUOTE = ' style="margin:0;padding:0 0 0 .7em;border-left:3px solid currentColor"'


def table(records: Sequence[Record], noun: str, known: Catalogue, max_rows: int | None = SHOWN) -> str:
    """Records a row each; the middle of a long answer is left out, and that is said."""
    return _rows(counted(len(records), noun), _COLUMNS, records, lambda record: _row(record, known), max_rows)


def listing(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Line]], max_rows: int | None = SHOWN) -> str:
    """Anything else in rows, what heads each row first."""

    def row(cells: Sequence[Line]) -> str:
        first, *rest = (_line(cell, None) for cell in cells)
        return f'<tr><th scope="row"{_ID}>{_whole(first)}</th>' + "".join(f"<td{_CELL}>{cell}</td>" for cell in rest) + "</tr>"

    return _rows(caption, heads, rows, row, max_rows)


def _rows(caption: str, heads: Sequence[str], items: Sequence[T], row: Callable[[T], str], most: int | None) -> str:
    if not items:
        return f'<p lang="en" class="{NO_MATHS}">{_shown(caption)}.</p>'
    if most is None or len(items) <= most:
        rows = [row(item) for item in items]
    else:
        first, last = most - most // 2, most // 2
        gap = f'<tr><td colspan="{len(heads)}"{_CELL}>… {len(items) - most:,} more …</td></tr>'
        rows = [*(row(item) for item in items[:first]), gap, *(row(item) for item in items[len(items) - last :])]
    head = "".join(f'<th scope="col"{_HEAD}>{_shown(name)}</th>' for name in heads)
    return _table(caption, f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>")


def _table(caption: str, inside: str) -> str:
    named = f"<caption{_CAPTION}>{_shown(caption)}</caption>" if caption else ""
    return f'<table lang="en" class="{NO_MATHS}"{_TABLE}>{named}{inside}</table>'


# By these MathJax and KaTeX know what to leave alone: a summary may name two sums in dollars.
NO_MATHS = "tex2jax_ignore mathjax_ignore no-katex"

_COLUMNS = ("Date", "Id", "Body", "What", "Topics", "Source")


def _row(record: Record, known: Catalogue) -> str:
    body = known.bodies.get(record.body)
    cells = [
        _shown(body.label) if body else _code(record.body),
        _what(record) + (" <strong>(sources disagree)</strong>" if record.discrepancies else ""),
        ", ".join(_part(topic_ref(topic, known), None) for topic in record.topics),
        _first_source(record, known),
    ]
    return (
        f'<tr><td{_CELL}>{_date(record.date)}</td><th scope="row"{_ID}>{_whole(_code(record.id))}</th>'
        + "".join(f"<td{_CELL}>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _what(record: Record) -> str:
    if isinstance(record, Statement):
        return _shown(f"{record.locator or record.kind.label}: {shortened(record.title or record.summary, _ROOM)}")
    place = f" ({record.place})" if isinstance(record, Meeting) and record.place else ""
    return _shown(shortened(record.label, _ROOM) + place)


def _first_source(record: Record, known: Catalogue) -> str:
    citation = best_citation(record, known)
    if citation is None:
        return ""
    source = known.sources[citation.source]
    more = f" and {len(record.citations) - 1} more" if len(record.citations) > 1 else ""
    return _linked(_shown(source.publisher), source.url) + more


def card(item: Record | Body, known: Catalogue, address: Address | None = None, caption: bool = True) -> str:
    """A record or a body with everything about it, ids resolved in a catalogue.

    An id that stands for nothing there is shown as it is. With `address` what is referred to becomes a link.

    >>> import asean_cyber as ac
    >>> "Bandar Seri Begawan, Brunei Darussalam" in ac.dataset().card("ammtc-plus-three-3")
    True
    """
    return _card(item, body_facts(item, known) if isinstance(item, Body) else facts(item, known), address, caption)


def plain_card(item: Record | Body) -> str:
    """A record or a body by itself, without what others know of the ids in it."""
    return _card(item, body_facts(item, None) if isinstance(item, Body) else facts(item, None), None, True)


def _card(item: Record | Body, told: Iterable[Fact], address: Address | None, caption: bool) -> str:
    title = item.name if isinstance(item, Body) else item.label
    lines = "".join(f'<tr><th scope="row"{_HEAD}>{_shown(fact.name)}</th><td{_LOOSE}>{_fact(fact, address)}</td></tr>' for fact in told)
    return _table(title if caption else "", f"<tbody>{lines}</tbody>")


def _fact(fact: Fact, address: Address | None) -> str:
    if fact.sort == "list":
        return f"<ul{_LIST}>{''.join(f'<li>{_line(line, address)}</li>' for line in fact.lines)}</ul>"
    inside = _line(fact.lines[0], address)
    if fact.sort == "quotation":
        return f'<blockquote lang="{_shown(fact.language)}" dir="auto"{_QUOTE}>{inside}</blockquote>'
    return inside


def _line(line: Line, address: Address | None) -> str:
    return "".join(_part(part, address) for part in line)


def _part(part: Part, address: Address | None) -> str:
    if isinstance(part, EDTF):
        return _date(part)
    if isinstance(part, str):
        return _shown(part)
    is_code = not part.known or (part.text == part.id and part.sort != "web")
    content = _code(part.id) if is_code else _shown(part.text)
    if part.sort == "source" and part.known:
        content = f'<cite lang="{_shown(part.language)}" dir="auto">{content}</cite>'
    if part.sort == "record" and part.known and part.text != part.id:
        content = f"{content} ({_code(part.id)})"
    target = address(part) if address is not None and part.known else None
    return f'<a href="{_shown(target)}">{content}</a>' if target else _linked(content, part.url)


def overview(contents: Contents) -> str:
    """What a dataset holds, and how much of it."""
    rows: list[tuple[str, int, str]] = []
    records: tuple[Sequence[Record], ...] = (contents.meetings, contents.statements, contents.instruments)
    for name, held in zip(("Meetings", "Statements", "Instruments"), records, strict=True):
        years = [record.year for record in held]
        rows.append((name, len(years), f"{min(years)} to {max(years)}" if years else ""))
    others: tuple[Sequence[Any], ...] = (contents.bodies, contents.topics, contents.sources, contents.gaps)
    rows += [(name, len(items), "") for name, items in zip(("Bodies", "Topics", "Sources", "Known gaps"), others, strict=True)]
    head = "".join(f'<th scope="col"{_HEAD}>{name}</th>' for name in ("What", "How many", "Years"))
    lines = "".join(f'<tr><th scope="row"{_HEAD}>{name}</th><td{_CELL}>{count:,}</td><td{_CELL}>{years}</td></tr>' for name, count, years in rows)
    return _table("Dataset", f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody>")


# Parts.


def _shown(value: object) -> str:
    """A value as text that means the same in HTML, wherever it stands."""
    return escape(clean(str(value)))


def clean(text: str) -> str:
    """Text in which characters that no page may hold are replaced by the one that says so.

    >>> clean("ASEAN\\x00")
    'ASEAN�'
    """
    return _UNFIT.sub("\ufffd", text)


def _code(id: object) -> str:
    return f"<code>{_shown(id)}</code>"


def _whole(content: str) -> str:
    # A notebook's own style may let code wrap, so it is not enough that the cell does not.
    return content.replace("<code>", '<code style="white-space:nowrap">')


def _date(when: object) -> str:
    # An interval may be broken where its second date begins, and nowhere else.
    return "/<wbr>".join(f'<span style="white-space:nowrap">{_shown(part)}</span>' for part in str(when).split("/")) if when else ""


def _linked(content: str, url: str | None) -> str:
    """Content that is safe already, as a link to an address on the web, where there is one."""
    if url is None or not url.startswith(("https://", "http://")):
        return content
    return f'<a href="{_shown(url)}"{_ANCHOR}>{content}</a>'
