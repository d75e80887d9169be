"""Citations in prose, as plain text: a line each. They are like those of APA and Chicago, not made by their processors."""

from __future__ import annotations

import re

from .._model.edtf import EDTF, Point
from .entry import Entry, capital

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def spoken(date: EDTF, *, year_first: bool = False) -> str:
    """A date in words, as precise as it is: ``October 10–11, 2011``, or ``2011, October 10–11``."""

    def days(point: Point) -> str:
        return " ".join(filter(None, (_MONTHS[point.month - 1] if point.month else "", str(point.day or ""))))

    def dated(text: str, point: Point, exact: bool) -> str:
        year = _years(point.year)
        if not text:
            return year
        return f"{year}, {text}" if year_first else f"{text}, {year}" if exact else f"{text} {year}"

    def whole(point: Point) -> str:
        circa, doubt = "ca. " if point.qualifier in ("~", "%") else "", "?" if point.qualifier in ("?", "%") else ""
        return f"{circa}{dated(days(point), point, point.day is not None)}{doubt}"

    first, last = date.ends[0], date.ends[-1]
    if first == last and first:
        return whole(first)
    if first is None or last is None:
        return f"since {whole(first)}" if first else f"until {whole(last)}" if last else ""
    if first.year == last.year and first.month and last.month and not first.qualifier and not last.qualifier:
        until = str(last.day) if first.month == last.month and first.day and last.day else days(last)
        return dated(f"{days(first)}–{until}", first, last.day is not None)
    return f"{whole(first)}–{whole(last)}"


def _years(year: str) -> str:
    """A year, a decade (``2010s``) or a century (``2000–2099``)."""
    if year.endswith("XX"):
        return f"{year[:2]}00–{year[:2]}99"
    return f"{year[:3]}0s" if year.endswith("X") else year


def apa(entry: Entry) -> str:
    """One line like those of APA."""
    version = f" (Version {entry.dataset.version})" if entry.dataset else ""
    genre = f" [{entry.own_genre}]" if entry.own_genre else ""
    return _sentences(entry, f"({spoken(entry.date, year_first=True)})", f"{entry.full_title}{version}{genre}", entry.place)


def chicago(entry: Entry) -> str:
    """One line like those of Chicago's bibliographies."""
    inner = entry.title.translate({ord("“"): "‘", ord("”"): "’"})
    about = (f"In {entry.container}" if entry.container else None, entry.locator)
    genre = (entry.own_genre, f"version {entry.dataset.version}" if entry.dataset else None)
    when = (entry.place, spoken(entry.date))
    return _sentences(entry, f"“{_stopped(inner)}”", *(capital(", ".join(filter(None, part))) for part in (about, genre, when)))


def _sentences(entry: Entry, *texts: str | None) -> str:
    """Who, what is said of it, and where it is found: the address last, and without a full stop, which would be taken for a part of it."""
    sentences = [_stopped(text) for text in (entry.author, *texts, *map(capital, entry.notes)) if text]
    if entry.url and entry.dataset is None:
        sentences += [f"Accessed {spoken(entry.accessed)}, at {entry.url}" if entry.accessed else entry.url]
    elif entry.dataset and entry.url != entry.dataset.package_url:
        sentences += [entry.dataset.found_at]
    return " ".join(sentences)


def _stopped(text: str) -> str:
    """Text with a full stop at its end, unless it ends its sentence already."""
    return text if re.search(r"[.?!…][”’)]?$", text) else f"{text}."
