"""`cite`: a record, several, or the dataset at its version, in the styles that authors use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeAlias

from .. import _packaged
from .._display.listing import Text
from .._model.records import Instrument, Meeting, Record, Statement
from .._query.dataset import Dataset
from .._query.records import Records
from ..errors import InvalidArgument, WrongType
from .entry import Entry, of_dataset, of_record
from .programs import bibtex, cff, csl, ris
from .prose import apa, chicago

Style: TypeAlias = Literal["bibtex", "csl-json", "ris", "cff", "apa", "chicago"]
"""The styles in which `cite` writes."""

Citable: TypeAlias = Record | str | Dataset | Iterable[Record | str]


def cite(what: Citable | None = None, style: Style = "bibtex", *, dataset: Dataset | None = None) -> str:
    """The citation of a record, of several, or (by default) of the packaged dataset at this version.

    `what` is a record or its id, several of these, the answer to a question, or the packaged dataset. Records of a dataset of
    your own need that as `dataset`; an answer knows its own. A record is cited with its document and body (or the one participant
    whose words they are), its date, where it stands, the version and id under which it is found here, and the best of its
    sources: the document itself, then one that agrees with the record, an official one before a scholarly one, before news.

    `style` is ``bibtex`` (for biblatex and for classic BibTeX; UTF-8), ``csl-json``, ``ris``, ``apa`` or ``chicago`` (plain text
    like that of these styles, a line each), and for the dataset also ``cff``. The first three and ``cff`` are the text of a
    file, with a newline at its end.

    Raises `ValueError` for an unknown style, for ``cff`` of records, and for a dataset that is not the
    packaged one, which has no release to cite; `UnknownName` for an id or a source not in the dataset.

    >>> import asean_cyber as ac
    >>> print(ac.cite("ammtc-8", style="apa"))
    ASEAN Ministerial Meeting on Transnational Crime. (2011, October 10–11). 8th ASEAN Ministerial Meeting on
    Transnational Crime. Bali, Indonesia. In: asean-cyber ...
    """
    if style not in _STYLES:
        raise InvalidArgument(f"unknown style {style!r}; the styles are {', '.join(_STYLES)}")
    if what is None:
        what = _packaged.dataset() if dataset is None else dataset
    if isinstance(what, Dataset):
        return Text(_STYLES[style]([of_dataset(what)]))
    if style == "cff":
        raise InvalidArgument(f"style 'cff' is for the dataset; for records there are {', '.join(each for each in _STYLES if each != 'cff')}")
    if dataset is not None:
        data = dataset
    elif isinstance(what, Records):  # an answer knows the dataset that it was asked of
        data = Dataset._of(what.catalogue)
    else:
        data = _packaged.dataset()
    return Text(_STYLES[style]([of_record(record, data) for record in _records(what, data)]))


def _records(what: object, data: Dataset) -> Iterable[Record]:
    several = (what,) if isinstance(what, (str, Record)) else what
    if isinstance(several, Iterable):
        found = [data.get(each) if isinstance(each, str) else each for each in several]
        if all(isinstance(each, (Meeting, Statement, Instrument)) for each in found):
            return dict.fromkeys(found)  # each once: a bibliography cannot hold a key twice
    raise WrongType(f"expected a record, the id of one, several records, or a dataset, got {what!r}")


def _lines(one: Callable[[Entry], str]) -> Callable[[Sequence[Entry]], str]:
    return lambda entries: "\n".join(map(one, entries))


_STYLES: dict[str, Callable[[Sequence[Entry]], str]] = {
    "bibtex": bibtex,
    "csl-json": csl,
    "ris": ris,
    "cff": cff,
    "apa": _lines(apa),
    "chicago": _lines(chicago),
}
