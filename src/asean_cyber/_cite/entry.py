"""What is cited, before it takes the form of a style."""

from __future__ import annotations

import re

import attrs

from .. import _packaged
from .._about import ADDRESS, DOI, IS_RELEASE, KEYWORDS, LICENCE, MAINTAINERS, PACKAGE_URL, PUBLISHER, RELEASED, RESOURCE_TYPE, TITLE, VERSION
from .._display.facts import best_citation
from .._files.swhid import swhid
from .._model.edtf import EDTF
from .._model.parts import Citation
from .._model.records import Instrument, Meeting, Record, Source, Statement
from .._query.dataset import Dataset
from ..errors import InvalidArgument
from ..places import PARTICIPANTS


def _one_line(text: str) -> str:
    """Text on one line, without control characters, so that it can end no field, line or entry."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).split())


def _one_line_or_none(text: str | None) -> str | None:
    return None if text is None else _one_line(text)


@attrs.frozen(kw_only=True)
class Entry:
    """What is said of a record, or of the dataset. A record is an entry in a reference book, which is this dataset."""

    key: str
    author: str = attrs.field(converter=_one_line)
    title: str = attrs.field(converter=_one_line)
    genre: str
    """The kind of document, in words."""
    container: str | None = attrs.field(default=None, converter=_one_line_or_none)
    """The meeting or instrument that it is a part of."""
    locator: str | None = attrs.field(default=None, converter=_one_line_or_none)
    within: str | None = None
    """The version of the dataset that holds it, and its id there."""
    place: str | None = attrs.field(default=None, converter=_one_line_or_none)
    date: EDTF
    source: str | None = attrs.field(default=None, converter=_one_line_or_none)
    """What the address leads to: title, publisher, and where in it."""
    url: str | None = None
    accessed: EDTF | None = None
    dataset: About | None = None
    """What there is to say of the dataset alone."""

    @property
    def own_genre(self) -> str | None:
        """The kind of document, where the title, with what it is a part of, does not say it already."""
        return None if self.genre.casefold() in self.full_title.casefold() else self.genre

    @property
    def full_title(self) -> str:
        """The title with what it is a part of, and where in it: all that a style may print is the title."""
        part = ", ".join(filter(None, (self.container, self.locator)))
        return f"{self.title} ({part})" if part else self.title

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said beside it, in words."""
        if self.dataset is not None:
            return self.dataset.notes
        return (*((f"in: {self.within}",) if self.within else ()), f"source: {self.source}")


@attrs.frozen(kw_only=True)
class About:
    """What the dataset is, for whoever has to find, check or use that very version."""

    version: str = VERSION
    is_release: bool = IS_RELEASE
    publisher: str = PUBLISHER
    resource_type: str = RESOURCE_TYPE
    licence: str = LICENCE
    keywords: tuple[str, ...] = KEYWORDS
    package_url: str = PACKAGE_URL
    address: str | None = ADDRESS
    doi: str | None = DOI
    swhid: str
    fingerprint: str

    @property
    def address_or_doi(self) -> str | None:
        """Where it is on the web, if it is: by its DOI, or at its address."""
        return f"https://doi.org/{self.doi}" if self.doi else self.address

    @property
    def found_at(self) -> str:
        """Where it is found: on the web, or else by the name and version of its package."""
        return self.address_or_doi or self.package_url

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of it beside title and version, in words."""
        return (
            *(() if self.is_release else ("not a release: the data of this version may still change",)),
            f"licence: {self.licence}",
            f"package: {self.package_url}",
            f"SWHID: {self.swhid}",
            f"SHA-256 fingerprint: {self.fingerprint}",
        )


def of_dataset(data: Dataset) -> Entry:
    """The entry of the packaged dataset. Raises `InvalidArgument` for another: it was not released."""
    if not _packaged.is_packaged(data):
        raise InvalidArgument("only the packaged dataset is released and can be cited as a whole; of another one, cite its records")
    about = About(swhid=swhid(_packaged.files()), fingerprint=data.fingerprint)
    return Entry(key="asean-cyber", author=MAINTAINERS, title=TITLE, genre="Data set", date=EDTF(RELEASED), url=about.found_at, dataset=about)


def of_record(record: Record, data: Dataset) -> Entry:
    """The entry of a record, with the best of its sources. Raises `UnknownName` for what the dataset does not hold."""
    meeting = data.get(record.meeting) if isinstance(record, (Statement, Instrument)) and record.meeting else record
    source, citation = _best(record, data)
    locator = record.locator if isinstance(record, Statement) else None
    title, container = _titles(record, data)
    where = (source.title, source.publisher, None if citation.locator == locator else citation.locator)
    url = source.url or source.archived_url
    return Entry(
        key=record.id,
        author=_author(record, data),
        title=title,
        genre=_genre(record),
        container=container,
        locator=locator,
        # And not another record that merely has its id.
        within=f"asean-cyber {VERSION}, {record.id}" if record in _packaged.dataset() else None,
        place=str(meeting.place) if isinstance(meeting, Meeting) and meeting.place else None,
        date=record.date,
        source=", ".join(filter(None, where)),
        url=web_address(url) if url else None,
        accessed=source.accessed,
    )


def _author(record: Record, data: Dataset) -> str:
    """Whose words they are: one participant's, or the body's."""
    if isinstance(record, Statement) and record.speaker:
        return PARTICIPANTS[record.speaker]
    return data.body(record.body).name


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


def _genre(record: Record) -> str:
    return capital(record.kind.label) if isinstance(record, (Statement, Instrument)) else "Meeting"


def _best(record: Record, data: Dataset) -> tuple[Source, Citation]:
    citation = best_citation(record, data._catalogue) or record.citations[0]
    return data.source(citation.source), citation


def web_address(url: str) -> str:
    """A URL as an IRI (RFC 3987): what none may hold, and what could end a field, is percent-encoded.

    >>> web_address("https://example.org/a b?q[]=50%#x#y")
    'https://example.org/a%20b?q%5B%5D=50%25#x%23y'
    """
    scheme, mark, rest = _one_line(url).partition("://")
    host, path = re.fullmatch(r"([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    path, hash, fragment = path.partition("#")
    return scheme + mark + _NO_IRI.sub(_encoded, host) + _NO_PATH.sub(_encoded, path) + hash + _NO_FRAGMENT.sub(_encoded, fragment)


# Spaces, delimiters, a percent sign that encodes nothing, what turns the direction of writing, private and no characters.
_BAD = r"\x00-\x20\x7f-\xa0\"<>\\^`{|}\u200b-\u200f\u2028-\u202f\u2060-\u206f\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U000e0000-\U0010ffff"
_STRAY = "%(?![0-9A-Fa-f]{2})"
_NO_IRI, _NO_PATH, _NO_FRAGMENT = (re.compile(rf"[{_BAD}{more}]|{_STRAY}") for more in ("", r"\[\]", r"\[\]#"))


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
