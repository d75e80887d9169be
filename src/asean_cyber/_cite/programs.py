"""Citations for programs: BibTeX, CSL-JSON, RIS and CITATION.cff."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .._files.writing import layout
from .._model.edtf import EDTF
from .entry import Entry, capital
from .prose import spoken


def bibtex(entries: Sequence[Entry]) -> str:
    return "\n".join(map(_bibtex_entry, entries))


def _bibtex_entry(entry: Entry) -> str:
    about = entry.dataset
    how = (entry.own_genre, entry.container, entry.locator)
    # A second pair of braces keeps names whole: "and" parts no authors, no style lowers "ASEAN".
    fields = {
        "author": f"{{{_latex(entry.author)}}}",
        "title": f"{{{_latex(entry.title)}}}",
        "howpublished": _latex(", ".join(filter(None, how))) if about is None else None,
        "type": _latex(entry.genre) if about else None,
        "version": _latex(about.version) if about else None,
        "publisher": f"{{{_latex(about.publisher)}}}" if about else None,
        "location": _latex(entry.place or ""),
        "date": str(entry.date),
        # biblatex takes the date; the styles of classic BibTeX know only this.
        "year": _year(entry.date),
        "doi": about.doi if about else None,
        # A package URL leads nowhere on the web, so no link is made of it.
        "url": entry.url if about is None else about.address,
        "urldate": str(entry.accessed) if entry.url and entry.accessed else None,
        "note": _latex(". ".join(map(capital, entry.notes))),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'dataset' if about else 'misc'}{{{entry.key},\n{''.join(lines)}}}\n"


_LATEX = str.maketrans({
    **{each: f"\\{each}" for each in "&%$#_"},
    # Braces are counted, escaped or not, so they are spelt out; so is what TeX fonts turn into something else.
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
})  # fmt: skip


def _latex(text: str) -> str:
    """Text as LaTeX that prints it unchanged."""
    return re.sub(r"([-'])(?=\1)", r"\1{}", text.translate(_LATEX))  # no ligatures: -- is not –


def csl(entries: Sequence[Entry]) -> str:
    return layout([{name: value for name, value in _csl_item(entry).items() if value} for entry in entries])


def _csl_item(entry: Entry) -> dict[str, Any]:
    about = entry.dataset
    return {
        "id": entry.key,
        # An entry in a reference book: the type of which styles print where it stands, whatever else they leave out.
        "type": "dataset" if about else "entry-encyclopedia" if entry.within else "document",
        "author": [{"literal": entry.author}],
        "title": entry.full_title.replace("asean-cyber", _as_it_is("asean-cyber")) if about else entry.full_title,
        "container-title": _as_it_is(entry.within) if entry.within else None,
        "genre": entry.own_genre,
        "archive_location": about.swhid if about else None,
        "version": about.version if about else None,
        "publisher": about.publisher if about else None,
        "section": entry.locator,
        "event-place": entry.place,
        "issued": _csl_date(entry.date),
        "DOI": about.doi if about else None,
        "URL": entry.url,
        "accessed": _csl_date(entry.accessed) if entry.url and entry.accessed else None,
        "note": ". ".join(map(capital, entry.notes)),
    }


def _as_it_is(text: str) -> str:
    """Text of which no style changes the case."""
    return f'<span class="nocase">{text}</span>'


def _csl_date(date: EDTF) -> dict[str, Any]:
    points = [point.known for point in date.ends if point is not None and point.known]
    if len(points) < len(date.ends):
        # CSL has no numbers for an open end or for digits that are not known.
        return {"literal": spoken(date)}
    value: dict[str, Any] = {"date-parts": points}
    return {**value, "circa": True} if date.is_qualified else value


def ris(entries: Sequence[Entry]) -> str:
    return "\n".join(map(_ris_entry, entries))


def _ris_entry(entry: Entry) -> str:
    about = entry.dataset
    database, _, id = (entry.within or "").partition(", ")
    tags = [
        ("TY", "DATA" if about else "ENCYC" if entry.within else "GEN"),
        ("ID", entry.key),
        ("AU", entry.author),
        ("TI", entry.full_title),
        ("T2", entry.within),
        ("SE", entry.locator),
        ("M3", entry.genre if about else entry.own_genre),
        ("ET", about.version if about else None),
        ("PB", about.publisher if about else None),
        ("CY", entry.place),
        ("PY", _year(entry.date)),
        ("DA", _ris_date(entry.date)),
        ("DB", database),
        ("AN", about.swhid if about else id),
        ("DO", about.doi if about else None),
        ("UR", entry.url),
        ("Y2", _ris_date(entry.accessed) if entry.url and entry.accessed else None),
        *(("KW", keyword) for keyword in (about.keywords if about else ())),
        *(("N1", note) for note in entry.notes),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in tags if value) + "ER  - \n"


def _year(date: EDTF) -> str | None:
    """The year in which it begins, in four digits, if all of them are known."""
    first = date.ends[0]
    return first.year if first is not None and first.known else None


def _ris_date(date: EDTF) -> str:
    """``YYYY/MM/DD/``, the parts that are not known left empty; what these cannot say stands after them in words."""
    first, *last = date.ends
    parts = [first.year, *(f"{part:02d}" for part in first.known[1:])] if first and first.known else []
    more = spoken(date) if last or date.is_qualified or not parts else ""
    return "/".join([*parts, *[""] * (3 - len(parts)), more])


def cff(entries: Sequence[Entry]) -> str:
    """CITATION.cff. Strings are written as in JSON, which YAML reads."""
    (entry,) = entries
    about = entry.dataset
    assert about is not None  # `cite` asks for nothing else
    identifiers = (
        *((("doi", about.doi, "DOI of this version"),) if about.doi else ()),
        ("swh", about.swhid, "SWHID of the folder of data files"),
        ("other", about.package_url, "Package URL"),
        ("other", about.fingerprint, "SHA-256 fingerprint of the data"),
    )
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted('If you use this dataset, please cite it with the version that you used.')}",
        f"type: {about.resource_type.lower()}",
        f"title: {_quoted(entry.title)}",
        "authors:",
        f"  - name: {_quoted(entry.author)}",
        f"version: {_quoted(about.version)}",
        f"date-released: {_quoted(str(entry.date))}",
        f"license: {_quoted(about.licence)}",
        *((f"url: {_quoted(about.address)}",) if about.address else ()),
        f"keywords: [{', '.join(about.keywords)}]",
        # What may change with every state of the data comes last.
        "identifiers:",
    ]
    for kind, value, description in identifiers:
        lines += [f"  - type: {kind}", f"    value: {_quoted(value)}", f"    description: {_quoted(description)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
