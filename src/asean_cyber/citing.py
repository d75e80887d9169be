"""Citations: of a record, of several, or of the dataset at its version, in the styles that authors use."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Union

import attrs

from . import __release_date__, __version__, packaged
from .codec import layout
from .datasets import Dataset
from .edtf import EDTF
from .model import Citation, Instrument, Meeting, Record, Source, Statement
from .vocabulary import InstrumentKind, SourceKind

Style = Literal["bibtex", "csl-json", "ris", "cff", "apa", "chicago"]
Citable = Union[Record, str, Dataset, Iterable[Record]]

TITLE = "asean-cyber: what ASEAN and its forums said and did about cybercrime and cybersecurity"
AUTHOR = "The asean-cyber maintainers"
LICENCE = "CC-BY-4.0"
"""The licence of the data (SPDX)."""


def cite(what: Citable | None = None, style: Style = "bibtex", *, dataset: Dataset | None = None) -> str:
    """The citation of a record, of several, or (by default) of the packaged dataset at this version.

    `what` is a record or its id, a query's answer, or the packaged dataset. Records of a dataset of
    your own need that as `dataset`. A record is cited with its document and body, its date, where it
    stands, and the best of its sources: an official one before a scholarly one, before news.

    `style` is ``bibtex`` (for biblatex: UTF-8, dates as EDTF), ``csl-json``, ``ris``, ``apa`` or
    ``chicago`` (both as plain text, a line each), and for the dataset also ``cff``. The first three and
    ``cff`` are the text of a file, with a newline at its end.

    Raises `ValueError` for an unknown style, for ``cff`` of records, and for a dataset that is not the
    packaged one, which has no release to cite; `UnknownName` for an id or a source not in the dataset.

    >>> import asean_cyber as ac
    >>> print(ac.cite("ammtc-8", style="apa"))
    ASEAN Ministerial Meeting on Transnational Crime. (2011, October 10–11). 8th ASEAN Ministerial Meeting on
    Transnational Crime [Meeting]. Bali, Indonesia. In: asean-cyber ...
    """
    if style not in _STYLES:
        raise ValueError(f"unknown style {style!r}; the styles are {', '.join(_STYLES)}")
    if what is None:
        what = packaged.dataset() if dataset is None else dataset
    if isinstance(what, Dataset):
        return _STYLES[style]([_of_dataset(what)])
    if style == "cff":
        raise ValueError(f"style 'cff' is for the dataset; for records there are {', '.join(each for each in _STYLES if each != 'cff')}")
    data = packaged.dataset() if dataset is None else dataset
    return _STYLES[style]([_of_record(record, data) for record in _records(what, data)])


def _records(what: object, data: Dataset) -> Iterable[Record]:
    if isinstance(what, str):
        return (data.get(what),)
    several = (what,) if isinstance(what, Record) else what
    if isinstance(several, Iterable):
        found = list(several)
        if all(isinstance(each, (Meeting, Statement, Instrument)) for each in found):
            return dict.fromkeys(found)  # each once: a bibliography cannot hold a key twice
    raise TypeError(f"expected a record, the id of one, several records, or a dataset, got {what!r}")


# What is cited, before it takes the form of a style.


def _plain(text: str) -> str:
    """Text on one line, without control characters, so that it can end no field, line or entry."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).split())


def _plain_or_none(text: str | None) -> str | None:
    return None if text is None else _plain(text)


def _plain_each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_plain, texts))


@attrs.frozen(kw_only=True)
class _Entry:
    key: str
    kind: Literal["meeting", "statement", "instrument", "treaty", "dataset"]
    author: str = attrs.field(converter=_plain)
    title: str = attrs.field(converter=_plain)
    genre: str
    """The kind of document, in words."""
    container: str | None = attrs.field(default=None, converter=_plain_or_none)
    """The meeting or instrument that it is a part of."""
    locator: str | None = attrs.field(default=None, converter=_plain_or_none)
    place: str | None = attrs.field(default=None, converter=_plain_or_none)
    date: EDTF
    url: str | None = None
    accessed: EDTF | None = None
    version: str | None = None
    licence: str | None = None
    fingerprint: str | None = None
    notes: tuple[str, ...] = attrs.field(converter=_plain_each)

    @property
    def own_genre(self) -> str | None:
        """The kind of document, where the title does not say it already."""
        return None if self.genre == self.title else self.genre


def _of_dataset(data: Dataset) -> _Entry:
    if not packaged.is_packaged(data):
        raise ValueError("only the packaged dataset is released and can be cited as a whole; of another one, cite its records")
    return _Entry(
        key="asean-cyber",
        kind="dataset",
        author=AUTHOR,
        title=TITLE,
        genre="Data set",
        date=EDTF(__release_date__),
        version=__version__,
        licence=LICENCE,
        fingerprint=data.fingerprint,
        notes=(f"licence: {LICENCE}", f"SHA-256 fingerprint: {data.fingerprint}"),
    )


def _of_record(record: Record, data: Dataset) -> _Entry:
    meeting = data.get(record.meeting) if isinstance(record, (Statement, Instrument)) and record.meeting else record
    place = str(meeting.place) if isinstance(meeting, Meeting) and meeting.place else None
    source, citation = _best(record, data)
    locator = record.locator if isinstance(record, Statement) else None
    where = (source.title, source.publisher, None if citation.locator == locator else citation.locator)
    notes = [f"source: {', '.join(filter(None, where))}"]
    if record in packaged.dataset():  # and not another record that merely has its id
        notes.insert(0, f"in: asean-cyber {__version__}, {record.id}")
    title, container = _titles(record, data)
    return _Entry(
        key=record.id,
        kind=_kind(record),
        author=data.body(record.body).name,
        title=title,
        genre=_genre(record),
        container=container,
        locator=locator,
        place=place,
        date=record.date,
        url=_url(source.url) if source.url else None,
        accessed=source.accessed,
        notes=notes,
    )


def _titles(record: Record, data: Dataset) -> tuple[str, str | None]:
    """What to call it, and the instrument or meeting that it is a part of."""
    if not isinstance(record, Statement):
        return record.label, None
    whole = record.instrument or record.meeting
    container = data.get(whole).label if whole else None
    if record.title:
        return record.title, container
    # Words without a title of their own go under that of their document.
    return (container, None) if container and record.instrument else (_genre(record), container)


_TREATIES = (InstrumentKind.TREATY, InstrumentKind.CONVENTION, InstrumentKind.PROTOCOL, InstrumentKind.AGREEMENT)


def _kind(record: Record) -> Literal["meeting", "statement", "instrument", "treaty"]:
    if isinstance(record, Meeting):
        return "meeting"
    if isinstance(record, Instrument):
        return "treaty" if record.kind in _TREATIES else "instrument"
    return "statement"


def _genre(record: Record) -> str:
    return _capital(record.kind.label) if isinstance(record, (Statement, Instrument)) else "Meeting"


_RANK = (SourceKind.OFFICIAL, SourceKind.SCHOLARLY, SourceKind.NEWS, SourceKind.SECONDARY)


def _best(record: Record, data: Dataset) -> tuple[Source, Citation]:
    """The source that the record is best cited from: one that can be followed, official before others, the first of equals."""
    found = [(data.source(citation.source), citation) for citation in record.citations]
    return min(found, key=lambda each: (each[0].url is None, _RANK.index(each[0].kind)))


def _url(url: str) -> str:
    """A URL in which the characters that no URL may hold, and that could end a field, are percent-encoded."""
    return re.sub(r"[\x00-\x20\x7f\"<>\\^`{|}]", lambda found: f"%{ord(found[0]):02X}", _plain(url))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Dates, as each style writes them.


@attrs.frozen
class _Point:
    """One end of a date: what of it is known. `mark` is its qualifier."""

    year: str
    month: int | None
    day: int | None
    mark: str

    @property
    def parts(self) -> list[int]:
        return [int(part) for part in (self.year, self.month, self.day) if part is not None]


def _ends(date: EDTF) -> list[_Point | None]:
    """The ends of an interval, or the one point of a date; None for an open end."""
    return [None if text == ".." else _point(text) for text in date.text.split("/")]


def _point(text: str) -> _Point:
    parts = text.rstrip("?~%").split("-")
    month, day = ([int(part) if part != "XX" else None for part in parts[1:]] + [None, None])[:2]
    return _Point(parts[0], month, day, text[-1] if text[-1] in "?~%" else "")


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def _spoken(date: EDTF, *, year_first: bool = False) -> str:
    """A date in words, as precise as it is: ``October 10–11, 2011``, or ``2011, October 10–11``."""

    def days(point: _Point) -> str:
        return " ".join(filter(None, (_MONTHS[point.month - 1] if point.month else "", str(point.day or ""))))

    def dated(text: str, point: _Point, exact: bool) -> str:
        year = _years(point.year)
        if not text:
            return year
        return f"{year}, {text}" if year_first else f"{text}, {year}" if exact else f"{text} {year}"

    def whole(point: _Point) -> str:
        circa, doubt = "ca. " if point.mark in ("~", "%") else "", "?" if point.mark in ("?", "%") else ""
        return f"{circa}{dated(days(point), point, point.day is not None)}{doubt}"

    first, last = (_ends(date) * 2)[:2]
    if first == last and first:
        return whole(first)
    if first is None or last is None:
        return f"since {whole(first)}" if first else f"until {whole(last)}" if last else ""
    if first.year == last.year and first.month and last.month and not first.mark and not last.mark:
        until = str(last.day) if first.month == last.month and first.day and last.day else days(last)
        return dated(f"{days(first)}–{until}", first, last.day is not None)
    return f"{whole(first)}–{whole(last)}"


def _years(year: str) -> str:
    """A year, a decade (``2010s``) or a century (``2000–2099``)."""
    if year.endswith("XX"):
        return f"{year[:2]}00–{year[:2]}99"
    return f"{year[:3]}0s" if year.endswith("X") else year


# The styles.


def _bibtex(entries: Sequence[_Entry]) -> str:
    return "\n".join(map(_bibtex_entry, entries))


def _bibtex_entry(entry: _Entry) -> str:
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


def _csl(entries: Sequence[_Entry]) -> str:
    return layout([{name: value for name, value in _csl_item(entry).items() if value} for entry in entries])


def _csl_item(entry: _Entry) -> dict[str, Any]:
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
    points = [point for point in _ends(date) if point is not None and point.year.isdigit()]
    if len(points) < len(_ends(date)):
        # CSL has no numbers for an open end or for digits that are not known.
        return {"literal": _spoken(date)}
    value: dict[str, Any] = {"date-parts": [point.parts for point in points]}
    return {**value, "circa": True} if date.is_qualified else value


def _ris(entries: Sequence[_Entry]) -> str:
    return "\n".join(map(_ris_entry, entries))


def _ris_entry(entry: _Entry) -> str:
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
    first = _ends(date)[0]
    return first is not None and first.year.isdigit()


def _ris_date(date: EDTF) -> str:
    """``YYYY/MM/DD/``, the parts that are not known left empty; what these cannot say stands after them in words."""
    first, *last = _ends(date)
    parts = [first.year, *(f"{part:02d}" for part in first.parts[1:])] if first and _known_year(date) else []
    more = _spoken(date) if last or date.is_qualified or not parts else ""
    return "/".join([*parts, *[""] * (3 - len(parts)), more])


def _cff(entries: Sequence[_Entry]) -> str:
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


def _apa(entry: _Entry) -> str:
    version = f" (Version {entry.version})" if entry.version else ""
    genre = f" [{entry.own_genre}]" if entry.own_genre else ""
    locator = f" ({entry.locator})" if entry.locator else ""
    title = f"{entry.title}{genre}" if entry.container else f"{entry.title}{version}{locator}{genre}"
    container = f"In {entry.container}{locator}" if entry.container else None
    return _sentences(entry, f"({_spoken(entry.date, year_first=True)})", title, container, entry.place)


def _chicago(entry: _Entry) -> str:
    inner = entry.title.translate({ord("“"): "‘", ord("”"): "’"})
    about = (f"In {entry.container}" if entry.container else None, entry.locator)
    genre = (entry.own_genre, f"version {entry.version}" if entry.version else None)
    when = (entry.place, _spoken(entry.date))
    return _sentences(entry, f"“{_stopped(inner)}”", *(_capital(", ".join(filter(None, part))) for part in (about, genre, when)))


def _sentences(entry: _Entry, *texts: str | None) -> str:
    """Who, what is said of it, and where it is found: the URL last, and without a full stop, which would be taken for a part of it."""
    sentences = (entry.author, *texts, *map(_capital, entry.notes))
    return " ".join([*(_stopped(text) for text in sentences if text), *([entry.url] if entry.url else [])])


def _stopped(text: str) -> str:
    """Text with a full stop at its end, unless it ends its sentence already."""
    return text if re.search(r"[.?!…][”’)]?$", text) else f"{text}."


def _lines(one: Callable[[_Entry], str]) -> Callable[[Sequence[_Entry]], str]:
    return lambda entries: "\n".join(map(one, entries))


_STYLES: dict[str, Callable[[Sequence[_Entry]], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl,
    "ris": _ris,
    "cff": _cff,
    "apa": _lines(_apa),
    "chicago": _lines(_chicago),
}
