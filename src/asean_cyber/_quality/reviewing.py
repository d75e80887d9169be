"""The review sheet: records beside their pages, clause by clause, to be marked by someone who did not write them.

A sheet is Markdown, for people, or JSON Lines, for programs. Whoever reads fills in the day, and a verdict for each record
that was read; `apply` then sets `reviewed` in the data files. It believes nobody: ``right`` counts only for a record that is
still what the sheet showed, ``mended`` only for one that is not.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import attrs

from .. import _packaged
from .._about import VERSION
from .._display.facts import best_citation
from .._display.markdown import escaped
from .._files.reading import read_files
from .._files.writing import canonical_form, natural
from .._model.edtf import EDTF
from .._model.parts import Citation
from .._model.records import Record
from .._model.values import plain
from .._query.dataset import Dataset
from ..errors import InvalidArgument, InvalidField

Format = Literal["markdown", "jsonl"]

VERDICTS = {
    "right": "every clause says what the page says",
    "better": "nothing is wrong, and it could be better",
    "wrong": "something says what the page does not",
    "mended": "it was better or wrong, and has been changed since this sheet was made",
}
"""What may be said of a record that was read, and what it means."""

_RECORDS = ("meetings", "statements", "instruments")


# What is drawn.


def draw(count: int, seed: int | str, dataset: Dataset | None = None) -> list[Record]:
    """So many records drawn at random, the same for everybody who draws with the same seed from the same data.

    Drawn are those whose ids, hashed with the seed, come first: no program's generator of random numbers is needed to repeat it.

    >>> len(draw(5, 20261201)), draw(5, 20261201) == draw(5, "20261201")
    (5, True)
    """
    data = _packaged.dataset() if dataset is None else dataset
    drawn = sorted(data.records(), key=lambda record: sha256(f"{seed} {record.id}".encode()).digest())[:count]
    return _page_by_page(drawn, data)


def of_page(source: str, dataset: Dataset | None = None) -> list[Record]:
    """The records that rest on a page, given the id of its source, in the order of their ids. Raises `UnknownName` for another."""
    data = _packaged.dataset() if dataset is None else dataset
    id = data.source(source).id
    return sorted((record for record in data.records() if any(each.source == id for each in record.citations)), key=lambda record: natural(record.id))


def _page_by_page(records: Iterable[Record], data: Dataset) -> list[Record]:
    """Records in an order in which each page has to be looked up once."""

    def key(record: Record) -> tuple[str, list[str | int]]:
        best = best_citation(record, data._catalogue)
        return best.source if best else "", natural(record.id)

    return sorted(records, key=key)


# The sheet.


def sheet(records: Iterable[Record], format: Format = "markdown", dataset: Dataset | None = None) -> str:
    """A sheet on which these records are to be marked."""
    data = _packaged.dataset() if dataset is None else dataset
    if format == "jsonl":
        return "".join(json.dumps(_entry(record, data), ensure_ascii=False) + "\n" for record in records)
    if format != "markdown":
        raise InvalidArgument(f"unknown format {format!r}; a sheet is markdown or jsonl")
    return "\n".join(_markdown(list(records), data)) + "\n"


def _entry(record: Record, data: Dataset) -> dict[str, Any]:
    return {
        "id": record.id,
        "state": state(record),
        "day": "",
        "verdict": "",
        "note": "",
        "facts": {name: value for name, value in record.to_dict().items() if name not in ("id", "summary", "citations", "reviewed")},
        "clauses": clauses(record.summary),
        "pages": [_page(citation, data) for citation in record.citations],
    }


def _page(citation: Citation, data: Dataset) -> dict[str, Any]:
    source = data.source(citation.source)
    told = {"source": source.id, "title": source.title, "publisher": source.publisher, "kind": source.kind.value, "url": source.url}
    more = {"locator": citation.locator, "document": citation.document or None, "archived_url": source.archived_url, "accessed": str(source.accessed or "")}
    return {name: value for name, value in {**told, **more}.items() if value}


def _markdown(records: list[Record], data: Dataset) -> Iterator[str]:
    yield "# Review sheet"
    yield ""
    yield f"asean-cyber {VERSION}: {len(records)} records, fingerprint {data.fingerprint}."
    yield "Hold each clause and each fact against the pages, mark the clauses that stand there, and give a verdict:"
    yield ""
    yield from (f"- `{verdict}`: {meaning};" for verdict, meaning in VERDICTS.items())
    yield ""
    yield "Leave empty what you did not read. The day is the day of the reading. `asean-cyber review --apply FILE` takes it from here."
    yield ""
    yield "day: "
    for record in records:
        entry = _entry(record, data)
        yield ""
        yield f"## {record.id}"
        yield ""
        yield from (f"- page: {_page_line(page)}" for page in entry["pages"])
        yield from (f"- {name}: {escaped(_said(value))}" for name, value in entry["facts"].items())
        yield from (f"- [ ] {escaped(clause)}" for clause in entry["clauses"])
        yield ""
        yield f"state: {entry['state']}"
        yield "verdict: "
        yield "note: "


def _page_line(page: dict[str, Any]) -> str:
    what = ", ".join(filter(None, (page["publisher"], page["kind"], "the document itself" if page.get("document") else None, page.get("locator"))))
    return f"{escaped(page['title'])} ({escaped(what)}) {' '.join(f'<{page[name]}>' for name in ('url', 'archived_url') if name in page)}".strip()


def _said(value: object) -> str:
    """A value of JSON in a line to read."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {_said(part)}" for name, part in value.items())
    return "; ".join(map(_said, value)) if isinstance(value, list) else str(value)


def clauses(summary: str) -> list[str]:
    """A summary in the parts that can each be right or wrong: its sentences, cut where a semicolon or colon parts them.

    >>> clauses("Ministers note a report; they agree to meet again. A plan is annexed.")
    ['Ministers note a report;', 'they agree to meet again.', 'A plan is annexed.']
    """
    return re.split(r"(?<=[.;:?!])\s+", summary)


def state(record: Record) -> str:
    """A short hash of what a record says, the day of its review aside: it tells whether a record is still what a sheet showed."""
    said = {name: value for name, value in plain(record).items() if name != "reviewed"}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


# What comes back.


@attrs.frozen(kw_only=True)
class Mark:
    """What a filled-in sheet says of one record."""

    id: str
    state: str
    verdict: str
    day: str


@attrs.frozen(kw_only=True)
class Applied:
    """What became of a filled-in sheet. `str()` gives it to read."""

    verdicts: dict[str, int]
    """How often each verdict was given; the empty one is of what was not read."""
    reviewed: tuple[str, ...]
    """The ids of the records whose review was set."""
    left: tuple[tuple[str, str], ...]
    """The ids of others that were read, each with the reason why it was not."""

    def __str__(self) -> str:
        told = ", ".join(f"{count} {verdict or 'not read'}" for verdict, count in self.verdicts.items())
        return "\n".join([f"{len(self.reviewed)} reviewed ({told or 'nothing on the sheet'})", *(f"  {id}: {why}" for id, why in self.left)])


def marks(text: str) -> list[Mark]:
    """What a filled-in sheet says, in either format. Raises `InvalidArgument` where it cannot be read."""
    return _marks_of_lines(text) if text.lstrip().startswith("{") else _marks_of_markdown(text)


def _marks_of_lines(text: str) -> list[Mark]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            value = json.loads(line) if line.strip() else None
            found += [Mark(**{name: str(value[name]).strip() for name in ("id", "state", "verdict", "day")})] if value is not None else []
        except (ValueError, TypeError, KeyError) as error:
            raise InvalidArgument(f"line {number} of the sheet is no line of a sheet: {type(error).__name__}: {error}") from None
    return found


def _marks_of_markdown(text: str) -> list[Mark]:
    head, *parts = re.split(r"(?m)^## +(?=\S+ *$)", text)
    day = _filled(head, "day")
    found = [
        Mark(id=part.split(maxsplit=1)[0], state=_filled(part, "state"), verdict=_filled(part, "verdict"), day=_filled(part, "day") or day) for part in parts
    ]
    if any(not mark.state for mark in found):
        raise InvalidArgument("this is no review sheet: a record without the line that begins with state:")
    return found


def _filled(text: str, name: str) -> str:
    found = re.search(rf"(?m)^{name}:[ \t]*(.*?)[ \t]*$", text)
    return found[1].strip("`* ").lower() if found else ""


def apply(text: str, folder: str | os.PathLike[str]) -> Applied:
    """Set `reviewed` in the data files of a folder, for the records that a filled-in sheet finds right or mended.

    Raises `InvalidArgument` for a sheet that cannot be read or does not say the day, `DatasetError` and `OSError` where the files cannot
    be read; nothing is written then.
    """
    given = marks(text)
    data = Dataset.load(folder)
    days: dict[str, str] = {}
    left: list[tuple[str, str]] = []
    for mark in given:
        if mark.verdict:
            why = _why_not(mark, data)
            if why is None:
                days[mark.id] = mark.day
            else:
                left.append((mark.id, why))
    _write(days, Path(folder))
    return Applied(verdicts=dict(Counter(mark.verdict for mark in given)), reviewed=tuple(days), left=tuple(left))


def _why_not(mark: Mark, data: Dataset) -> str | None:
    """Why the review of a record cannot be set, if it cannot."""
    if mark.verdict not in VERDICTS:
        return f"{mark.verdict!r} is no verdict; those are {', '.join(VERDICTS)}"
    if mark.verdict in ("better", "wrong"):
        return f"{mark.verdict}: to be mended"
    record = data._catalogue.records.get(mark.id)
    if record is None:
        return "no record has this id"
    if (state(record) == mark.state) is (mark.verdict == "mended"):
        return "it is what it was, nothing has been mended" if mark.verdict == "mended" else "it has changed since the sheet was made: read it again"
    try:
        exact = EDTF(mark.day).is_exact
    except InvalidField:
        exact = False
    if not exact:
        raise InvalidArgument(f"the sheet does not say the day of the review of {mark.id}, as in day: 2026-11-26")
    return None


def _write(days: dict[str, str], folder: Path) -> None:
    for name, data in read_files(folder):
        value = json.loads(data)
        mine = [item for section in _RECORDS for item in value.get(section, ()) if item["id"] in days]
        for item in mine:
            item["reviewed"] = days[item["id"]]
        if mine:
            path = folder / name if folder.is_dir() else folder
            path.write_bytes(canonical_form(name, json.dumps(value).encode()))
