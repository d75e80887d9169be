"""What is cited, before it takes the form of a style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import attrs

from .. import _packaged
from .._about import LICENCE, MAINTAINERS, RELEASED, TITLE, VERSION
from .._display.facts import best_citation
from .._model.edtf import EDTF
from .._model.parts import Citation
from .._model.records import Instrument, Meeting, Record, Source, Statement
from .._query.dataset import Dataset
from ..errors import InvalidArgument
from ..vocabulary import InstrumentKind


def _plain(text: str) -> str:
    """Text on one line, without control characters, so that it can end no field, line or entry."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).split())


def _plain_or_none(text: str | None) -> str | None:
    return None if text is None else _plain(text)


def _plain_each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_plain, texts))


@attrs.frozen(kw_only=True)
class Entry:
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


def of_dataset(data: Dataset) -> Entry:
    if not _packaged.is_packaged(data):
        raise InvalidArgument("only the packaged dataset is released and can be cited as a whole; of another one, cite its records")
    return Entry(
        key="asean-cyber",
        kind="dataset",
        author=MAINTAINERS,
        title=TITLE,
        genre="Data set",
        date=EDTF(RELEASED),
        version=VERSION,
        licence=LICENCE,
        fingerprint=data.fingerprint,
        notes=(f"licence: {LICENCE}", f"SHA-256 fingerprint: {data.fingerprint}"),
    )


def of_record(record: Record, data: Dataset) -> Entry:
    meeting = data.get(record.meeting) if isinstance(record, (Statement, Instrument)) and record.meeting else record
    place = str(meeting.place) if isinstance(meeting, Meeting) and meeting.place else None
    source, citation = _best(record, data)
    locator = record.locator if isinstance(record, Statement) else None
    where = (source.title, source.publisher, None if citation.locator == locator else citation.locator)
    notes = [f"source: {', '.join(filter(None, where))}"]
    if record in _packaged.dataset():  # and not another record that merely has its id
        notes.insert(0, f"in: asean-cyber {VERSION}, {record.id}")
    title, container = _titles(record, data)
    return Entry(
        key=record.id,
        kind=_kind(record),
        author=data.body(record.body).name,
        title=title,
        genre=_genre(record),
        container=container,
        locator=locator,
        place=place,
        date=record.date,
        url=web_address(source.url) if source.url else None,
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
    return capital(record.kind.label) if isinstance(record, (Statement, Instrument)) else "Meeting"


def _best(record: Record, data: Dataset) -> tuple[Source, Citation]:
    citation = best_citation(record.citations, data._catalogue) or record.citations[0]
    return data.source(citation.source), citation


def web_address(url: str) -> str:
    """A URL in which the characters that no URL may hold, and that could end a field, are percent-encoded."""
    return re.sub(r"[\x00-\x20\x7f\"<>\\^`{|}]", lambda found: f"%{ord(found[0]):02X}", _plain(url))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
