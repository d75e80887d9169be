"""How records look in a notebook: many as a table, one as a card.

The markup is made to be safe and readable anywhere. Whatever stands in a record is written as text,
and only addresses of the web become links. There are no scripts, no style sheets and nothing to
load. No colour is set except a grey for lines that shows on light and on dark: text and links take
the colour that the notebook's theme gives to text. Styles stand in the elements themselves, because
notebooks take style sheets out of what they do not trust.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from ..model import Body, Citation, Discrepancy, Gap, Instrument, Meeting, Record, Source, Statement
from .text import counted, names, party_line, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..catalogue import Catalogue
    from ..datasets import Dataset
    from ..query import Records

_SHOWN = 20  # how many records a long answer shows at each of its ends together
_ROOM = 160  # how many letters a cell of a table has for what a record is

# Characters that may not stand in HTML, or could not be saved in a file.
_NEVER = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_UNFIT = re.compile(f"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")

_LINE = "1px solid rgba(128,128,128,.5)"
_TABLE = f' style="border-collapse:collapse;border-bottom:{_LINE};max-width:75em;text-align:left"'
_CAPTION = ' style="caption-side:top;text-align:left;font-weight:bold;color:inherit;padding:.3em .5em"'
_CELL = f' style="text-align:left;vertical-align:top;padding:.3em .5em;border-top:{_LINE};overflow-wrap:break-word"'
_HEAD = f' style="text-align:left;vertical-align:top;padding:.3em .5em;border-top:{_LINE};font-weight:bold;white-space:nowrap"'
_ID = _CELL.replace("text-align", "font-weight:normal;text-align")
_ANCHOR = ' style="color:inherit;text-decoration:underline" target="_blank" rel="noopener noreferrer"'
_LIST = ' style="margin:0;padding-left:1.2em"'
_QUOTE = ' style="margin:0;padding:0 0 0 .7em;border-left:3px solid currentColor"'


def table(records: Records[Record], known: Catalogue) -> str:
    """Records a row each; the middle of a long answer is left out, and that is said."""
    kinds = {type(record).__name__.lower() for record in records}
    caption = counted(len(records), kinds.pop() if len(kinds) == 1 else "record")
    if not records:
        return f'<p lang="en">{_text(caption)}.</p>'
    half = _SHOWN // 2
    if len(records) <= _SHOWN:
        rows = [_row(record, known) for record in records]
    else:
        left_out = f"… {counted(len(records) - 2 * half, 'record')} more …"
        gap = f'<tr><td colspan="{len(_COLUMNS)}"{_CELL}>{_text(left_out)}</td></tr>'
        rows = [*(_row(record, known) for record in records[:half]), gap, *(_row(record, known) for record in records[-half:])]
    head = "".join(f'<th scope="col"{_HEAD}>{name}</th>' for name in _COLUMNS)
    return f'<table lang="en"{_TABLE}><caption{_CAPTION}>{_text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


_COLUMNS = ("Date", "Id", "Body", "What", "Topics", "Source")


def _row(record: Record, known: Catalogue) -> str:
    cells = [
        _body(record.body, known, short=True),
        _what(record) + (" <strong>(sources disagree)</strong>" if record.discrepancies else ""),
        _topics(record, known),
        _first_source(record.citations, known),
    ]
    return (
        f'<tr><td{_CELL}>{_date(record.date)}</td><th scope="row"{_ID}>{_code(record.id)}</th>' + "".join(f"<td{_CELL}>{cell}</td>" for cell in cells) + "</tr>"
    )


def _what(record: Record) -> str:
    if isinstance(record, Statement):
        return _text(f"{record.locator or record.kind.label}: {shortened(record.title or record.summary, _ROOM)}")
    place = f" ({record.place})" if isinstance(record, Meeting) and record.place else ""
    return _text(shortened(record.label, _ROOM) + place)


def _first_source(citations: tuple[Citation, ...], known: Catalogue) -> str:
    """A link to the first official source that has an address, else to the first that has one; and how many more there are."""
    sources = [source for citation in citations if (source := known.sources.get(citation.source))]
    if not sources:
        return ", ".join(_code(citation.source) for citation in citations)
    first = min(sources, key=lambda source: (source.url is None, source.kind != "official"))
    more = f" and {len(citations) - 1} more" if len(citations) > 1 else ""
    return _link(_text(first.publisher), first) + more


# One.


def card(item: Record | Body, data: Dataset | None = None) -> str:
    """A record or a body with everything about it, ids resolved in `data` (by default the packaged dataset).

    An id that stands for nothing there is shown as it is. Relations that other records have to this
    one are shown if `data` holds this very record.

    >>> import asean_cyber as ac
    >>> "Bandar Seri Begawan, Brunei Darussalam" in card(ac.get("ammtc-plus-three-3"))
    True
    """
    if data is None:
        from ..packaged import dataset

        data = dataset()
    from ..catalogue import Catalogue

    known = Catalogue(data.contents)
    title, rows = (item.name, _of_body(item, data, known)) if isinstance(item, Body) else (item.label, _of_record(item, data, known))
    lines = "".join(f'<tr><th scope="row"{_HEAD}>{name}</th><td{_CELL}>{value}</td></tr>' for name, value in rows if value)
    return f'<table lang="en"{_TABLE}><caption{_CAPTION}>{_text(title)}</caption><tbody>{lines}</tbody></table>'


def _of_record(record: Record, data: Dataset, known: Catalogue) -> Iterable[tuple[str, str]]:
    yield "Id", _code(record.id)
    yield "What", _text(type(record).__name__ + (f", {record.kind.label}" if isinstance(record, (Statement, Instrument)) else ""))
    yield "Date", _date(record.date)
    yield "Body", _body(record.body, known)
    if isinstance(record, Meeting):
        yield "Number", _text(record.ordinal or "")
        yield "Place", _text(record.place or "")
        yield "Held", _text(record.mode.label if record.mode else "")
        yield "Partners", _text(names(record.partners))
    if isinstance(record, Statement):
        yield "Locator", _text(record.locator or "")
        yield "Meeting", _record(record.meeting, known)
        yield "Instrument", _record(record.instrument, known)
    if isinstance(record, Instrument):
        yield "Adopted", _date(record.adopted)
        yield "Signed", _date(record.signed)
        yield "In force", _date(record.in_force)
        yield "Expires", _date(record.expires)
        yield "Status", _text(record.status.label if record.status else "")
        yield "Parties", _text("; ".join(party_line(party) for party in record.parties))
        yield "Meeting", _record(record.meeting, known)
    yield "Topics", _topics(record, known)
    yield "Summary", _text(record.summary)
    if isinstance(record, Statement) and record.quotation:
        yield "Quotation", f'<blockquote lang="{_text(record.quotation.language)}" dir="auto"{_QUOTE}>{_text(record.quotation.text)}</blockquote>'
    yield "Sources", _list(_cited(citation, known) for citation in record.citations)
    yield "Relations", _list(_relations(record, data, known))
    yield "Sources disagree", _list(_disputed(record, other, known) for other in record.discrepancies)


def _relations(record: Record, data: Dataset, known: Catalogue) -> Iterable[str]:
    for relation in record.relations:
        target = _body(relation.target, known) if relation.target in known.bodies else _record(relation.target, known)
        yield f"{_text(relation.kind.label)}: {target}"
    for link in data.links(record) if record in data else ():
        if not link.outward:
            yield f"{_text(link.reads)}: {_record(link.record.id, known)}"


def _disputed(record: Record, other: Discrepancy, known: Catalogue) -> str:
    held = getattr(record, other.field, None)
    here = f" (here {_text(held)})" if held and not isinstance(held, tuple) else ""
    note = f" {_text(other.note)}" if other.note else ""
    return f"<strong>{_text(other.field.replace('_', ' '))}</strong>{here}: <strong>{_text(other.value)}</strong> in {_cited(other.citation, known)}{note}"


def _of_body(body: Body, data: Dataset, known: Catalogue) -> Iterable[tuple[str, str]]:
    yield "Id", _code(body.id)
    yield "Acronym", _text(body.acronym or "")
    yield "Kind", _text(body.kind.label)
    yield "What", _text(body.description)
    yield "Also called", _text("; ".join(body.aliases))
    yield "Partners", _text(names(body.partners))
    yield "Part of", _body(body.parent, known)
    yield "Succeeds", _body(body.predecessor, known)
    if known.bodies.get(body.id) == body:
        yield "Succeeded by", ", ".join(_body(heir.id, known) for heir in data.bodies() if heir.predecessor == body.id)
        yield "Records", _text(_tally(data.records(body=body)))
        yield "Known gaps", _list(_gap(gap) for gap in data.gaps() if gap.body == body.id)
    yield "Sources", _list(_cited(citation, known) for citation in body.citations)


def _gap(gap: Gap) -> str:
    numbers = ", ".join(map(str, gap.ordinals))
    return _text(f"{numbers}: {gap.reason}" if numbers else gap.reason)


def _tally(records: Records[Record]) -> str:
    """How many of each kind there are, and from when until when.

    >>> import asean_cyber as ac
    >>> _tally(ac.records(body="AMMTC+3", year=2007))
    '1 meeting, 1 statement; 2007'
    """
    if not records:
        return "none"
    counts = ", ".join(counted(count, kind.lower()) for kind, count in records.count_by(lambda record: type(record).__name__).items())
    first, last = records[0].year, records[-1].year
    return f"{counts}; {first}" + (f" to {last}" if last != first else "")


def overview(data: Dataset) -> str:
    """What a dataset holds, and how much of it."""
    rows: list[tuple[str, int, str]] = []
    for name, records in (("Meetings", data.meetings()), ("Statements", data.statements()), ("Instruments", data.instruments())):
        years = [record.year for record in records]
        rows.append((name, len(years), f"{min(years)} to {max(years)}" if years else ""))
    for name, items in (("Bodies", data.bodies()), ("Topics", data.topics()), ("Sources", data.sources()), ("Known gaps", data.gaps())):
        rows.append((name, len(items), ""))
    head = "".join(f'<th scope="col"{_HEAD}>{name}</th>' for name in ("What", "How many", "Years"))
    lines = "".join(f'<tr><th scope="row"{_HEAD}>{name}</th><td{_CELL}>{count:,}</td><td{_CELL}>{years}</td></tr>' for name, count, years in rows)
    return f'<table lang="en"{_TABLE}><caption{_CAPTION}>Dataset</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


# Parts.


def _text(value: object) -> str:
    """A value as text that means the same in HTML, wherever it stands."""
    return escape(clean(str(value)))


def clean(text: str) -> str:
    """Text in which characters that no page may hold are replaced by the one that says so.

    >>> clean("ASEAN\\x00")
    'ASEAN�'
    """
    return _UNFIT.sub("\ufffd", text)


def _code(id: object) -> str:
    return f"<code>{_text(id)}</code>"


def _date(when: object) -> str:
    # An interval may be broken where its second date begins, and nowhere else.
    return "/<wbr>".join(f'<span style="white-space:nowrap">{_text(part)}</span>' for part in str(when).split("/")) if when else ""


def _list(items: Iterable[str]) -> str:
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul{_LIST}>{lines}</ul>" if lines else ""


def _link(content: str, source: Source | None) -> str:
    """Content that is safe already, as a link to a source if that has an address on the web."""
    if source is None or source.url is None or not source.url.startswith(("https://", "http://")):
        return content
    return f'<a href="{_text(source.url)}"{_ANCHOR}>{content}</a>'


def _cited(citation: Citation, known: Catalogue) -> str:
    source = known.sources.get(citation.source)
    where = f", {_text(citation.locator)}" if citation.locator else ""
    note = f" {_text(citation.note)}" if citation.note else ""
    if source is None:
        return f"{_code(citation.source)}{where}.{note}"
    title = f'<cite lang="{_text(source.language)}" dir="auto">{_text(source.title)}</cite>'
    return f"{_link(title, source)}{where}. {_text(source.publisher)} ({_text(source.kind.label)}).{note}"


def _record(id: str | None, known: Catalogue) -> str:
    """A record by its name, linked to its first source that has an address, and its id; or the id alone, if that is all there is."""
    if id is None:
        return ""
    record = known.records.get(id)
    if record is None:
        return _code(id)
    sources = (known.sources.get(citation.source) for citation in record.citations)
    return f"{_link(_text(record.label), next((source for source in sources if source and source.url), None))} {_code(id)}"


def _body(id: str | None, known: Catalogue, *, short: bool = False) -> str:
    body = known.bodies.get(id) if id else None
    if body is None:
        return _code(id) if id else ""
    return _text(body.label if short or not body.acronym else f"{body.acronym}: {body.name}")


def _topics(record: Record, known: Catalogue) -> str:
    return ", ".join(_text(known.topics[id].label) if id in known.topics else _code(id) for id in record.topics)
