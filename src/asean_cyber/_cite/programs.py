"""Citations for programs: BibTeX, CSL-JSON, RIS and CITATION.cff."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .._files.writing import layout
from .._model.edtf import EDTF
from .entry import Entry
from .prose import spoken


def bibtex(entries: Sequence[Entry]) -> str:
    return "\n".join(map(_bibtex_entry, entries))


def _bibtex_entry(entry: Entry) -> str:
    how = (entry.own_genre, entry.container, entry.locator)
    # A second pair of braces keeps names whole: "and" parts no authors, no style lowers "ASEAN".
    fields = {
        "author": f"{{{_latex(entry.author)}}}",
        "title": f"{{{_latex(entry.title)}}}",
        "howpublished": None if entry.kind == "dataset" else _latex(", ".join(filter(None, how))),
        "version": entry.version,
        "location": _latex(entry.place or ""),
        "date": str(entry.date),
        "url": entry.url,
        "urldate": str(entry.accessed) if entry.url and entry.accessed else None,
        "note": _latex("; ".join(entry.notes)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'dataset' if entry.kind == 'dataset' else 'misc'}{{{entry.key},\n{''.join(lines)}}}\n"


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
    kinds = {"meeting": "event", "statement": "chapter" if entry.container else "document", "instrument": "document"}
    return {
        "id": entry.key,
        "type": kinds.get(entry.kind, entry.kind),
        "author": [{"literal": entry.author}],
        "title": entry.title,
        "genre": entry.own_genre,
        "container-title": entry.container,
        "section": entry.locator,
        "event-place": entry.place,
        "issued": _csl_date(entry.date),
        "version": entry.version,
        "URL": entry.url,
        "accessed": _csl_date(entry.accessed) if entry.url and entry.accessed else None,
        "note": "; ".join(entry.notes),
    }


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
    kinds = {"meeting": "CONF", "statement": "CHAP" if entry.container else "GOVDOC", "treaty": "LEGAL", "dataset": "DATA"}
    year = str(entry.date.year) if _known_year(entry.date) else None
    tags = [
        ("TY", kinds.get(entry.kind, "GOVDOC")),
        ("ID", entry.key),
        ("AU", entry.author),
        ("TI", entry.title),
        ("T2", entry.container),
        ("SE", entry.locator),
        ("M3", entry.own_genre),
        ("ET", entry.version),
        ("CY", entry.place),
        ("PY", year),
        ("DA", _ris_date(entry.date)),
        ("UR", entry.url),
        ("Y2", _ris_date(entry.accessed) if entry.url and entry.accessed else None),
        *(("N1", note) for note in entry.notes),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in tags if value) + "ER  - \n"


def _known_year(date: EDTF) -> bool:
    first = date.ends[0]
    return first is not None and bool(first.known)


def _ris_date(date: EDTF) -> str:
    """``YYYY/MM/DD/``, the parts that are not known left empty; what these cannot say stands after them in words."""
    first, *last = date.ends
    parts = [first.year, *(f"{part:02d}" for part in first.known[1:])] if first and _known_year(date) else []
    more = spoken(date) if last or date.is_qualified or not parts else ""
    return "/".join([*parts, *[""] * (3 - len(parts)), more])


def cff(entries: Sequence[Entry]) -> str:
    """CITATION.cff. Strings are written as in JSON, which YAML reads."""
    (entry,) = entries
    text = json.dumps
    return f"""\
cff-version: 1.2.0
message: "If you use this dataset, please cite it with the version that you used."
type: dataset
title: {text(entry.title)}
authors:
  - name: {text(entry.author)}
version: {text(entry.version)}
date-released: {text(str(entry.date))}
license: {text(entry.licence)}
keywords: [ASEAN, cybercrime, cybersecurity, international relations]
identifiers:
  - type: other
    value: {text(entry.fingerprint)}
    description: "SHA-256 fingerprint of the data"
"""
