"""The filter words, the same everywhere, and `Records`, a query's answer."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar, Union, overload

import attrs

from .edtf import EDTF, as_edtf
from .errors import InvalidField, UnknownName
from .index import Index, Span
from .model import Body, Instrument, Meeting, Record, Statement, Topic
from .naming import plain
from .vocabulary import Term

if TYPE_CHECKING:
    import os

    import pandas
    import polars
    import pyarrow
    from typing_extensions import Self, Unpack

    from .catalogue import Catalogue
    from .export.tables import Table


R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)
S = TypeVar("S", bound=Record)
F = TypeVar("F", bound=Callable[..., Any])

# Written with Union because Python 3.10 reads these when it shows a signature.
When = Union[int, str, date, EDTF]
Names = Union[str, Iterable[str]]
Bodies = Union[str, Body, Iterable[Union[str, Body]]]
Topics = Union[str, Topic, Iterable[Union[str, Topic]]]
Meetings = Union[str, Meeting, Iterable[Union[str, Meeting]]]
Instruments = Union[str, Instrument, Iterable[Union[str, Instrument]]]


class Filters(TypedDict, total=False):
    """The filter words. Those that name something take one value or several, of which any will do. Together, all must hold."""

    year: int | Iterable[int]
    since: When
    until: When
    body: Bodies
    topic: Topics
    country: Names
    partner: Names
    party: Names
    kind: Names
    text: str
    meeting: Meetings
    instrument: Instruments
    lineage: bool
    disputed: bool
    certain: bool


def takes_filters(function: F) -> F:
    """Let a function that takes ``**filters`` show each filter word in `help()` and in tab completion."""
    code = function.__code__
    own = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in code.co_varnames[: code.co_argcount]]
    returns = function.__annotations__["return"]
    function.__signature__ = inspect.Signature([*own, *_WORDS], return_annotation=returns)  # type: ignore[attr-defined]
    return function


_WORDS = [
    inspect.Parameter(word, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=getattr(kind, "__forward_arg__", kind))
    for word, kind in Filters.__annotations__.items()
]


class NotOne(LookupError):
    """A query that should have had exactly one answer had none, or several."""


class Records(Sequence[R_co], Generic[R_co]):
    """A query's answer: an immutable sequence of records, in time order unless sorted otherwise.

    It can be counted, sliced, filtered further, grouped, joined to another with ``+`` (one after the
    other) or ``|`` (both, each record once, in time order), and turned into plain values.
    """

    __slots__ = ("_at", "_index")

    def __init__(self, index: Index, at: Sequence[int]) -> None:
        self._index = index
        self._at = at

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[R_co]:
        return map(self._index.records.__getitem__, self._at)  # type: ignore[arg-type]

    @overload
    def __getitem__(self, place: int) -> R_co: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> R_co | Self:
        if isinstance(place, slice):
            return self._with(self._at[place])
        return self._index.records[self._at[place]]  # type: ignore[return-value]

    def __contains__(self, item: object) -> bool:
        """Whether a record, or the record with an id, is among them."""
        if isinstance(item, str):
            return any(record.id == item for record in self)
        return any(record == item for record in self)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Records) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __add__(self, other: Records[S]) -> Records[R_co | S]:
        if not isinstance(other, Records):
            return NotImplemented
        records = (*self, *other)
        index = Index(dict.fromkeys(records), _catalogue_of_both(self, other), _kind_of_both(self, other))
        places = {record: at for at, record in enumerate(index.records)}
        return Records(index, [places[record] for record in records])

    def __or__(self, other: Records[S]) -> Records[R_co | S]:
        if not isinstance(other, Records):
            return NotImplemented
        index = Index(dict.fromkeys((*self, *other)), _catalogue_of_both(self, other), _kind_of_both(self, other))
        return Records(index, range(len(index.records)))

    def __reduce__(self) -> tuple[type[Records[Any]], tuple[Index, tuple[int, ...]]]:
        return Records, (self._index, tuple(self._at))

    def __repr__(self) -> str:
        from .show.text import table

        return table(self)

    def _repr_html_(self) -> str:
        from .show.html import table

        return table(self, self.catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """What the ids in the records stand for: the items of the dataset that was asked, by id."""
        return self._index.catalogue

    def _with(self, at: Sequence[int]) -> Self:
        return type(self)(self._index, at)

    # Asking further.

    @takes_filters
    def filter(self, **filters: Unpack[Filters]) -> Self:
        """Those that also pass these filters; the words are those of `asean_cyber.records`."""
        return self._with(_select(self._index, filters, self._at))

    def first(self) -> R_co | None:
        """The first of them, or None if there are none."""
        return self[0] if self._at else None

    def one(self) -> R_co:
        """The only one. Raises `NotOne` (a `LookupError`) if there are none or several."""
        if len(self) != 1:
            names = ", ".join(self.ids[:3])
            raise NotOne(f"expected exactly one record, found {len(self)}{f': {names}' if names else ''}{', …' if len(self) > 3 else ''}")
        return self[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each."""
        return tuple(record.id for record in self)

    def sorted(self, key: Callable[[R_co], Any] | None = None, *, reverse: bool = False) -> Self:
        """The same records in another order: by `key`, or in time order."""
        records: tuple[Any, ...] = self._index.records
        by = (lambda at: at) if key is None else (lambda at: key(records[at]))
        return self._with(sorted(self._at, key=by, reverse=reverse))

    # Grouping. A record with several topics, partners or parties stands in the group of each.

    def group_by(self, field: str | Callable[[R_co], Hashable]) -> dict[Any, Self]:
        """The records by the value of a field, groups in the order of their values.

        `field` is ``year``, ``decade``, ``body``, ``topic``, ``country``, ``partner``, ``party``, ``kind``,
        ``meeting``, ``instrument``, the name of any other field of the records, or a function.
        Records without a value stand under None, at the end.
        """
        values = _grouping(self._index, field)
        groups: dict[Any, list[int]] = {}
        for at in self._at:
            for value in values(self._index.records[at]):
                groups.setdefault(value, []).append(at)
        try:
            order = sorted(groups, key=lambda value: (value is None, value))
        except TypeError:  # values that have no order stay as they come up
            order = list(groups)
        return {value: self._with(groups[value]) for value in order}

    def count_by(self, field: str | Callable[[R_co], Hashable]) -> dict[Any, int]:
        """How many records each value of a field has: years in order, else the most frequent first."""
        counts = {value: len(group) for value, group in self.group_by(field).items()}
        if field in ("year", "decade"):
            return counts
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    # Plain values.

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each record as the dict that its JSON object is."""
        from .codec import to_dict

        return [to_dict(record) for record in self]

    # Frames and files. The columns depend on what was asked, never on what was found: meetings,
    # statements and instruments have wide tables of their own, `records` have the columns of all.

    def to_table(self) -> Table:
        """A table of plain cells, a row for each record; the frames and files below are made of it.

        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", year=2011).to_table()
        >>> [column.name for column in table.columns][:4], next(table.rows())[:3]
        (['id', 'body', 'ordinal', 'name'], ('ammtc-8', 'ammtc', 8))
        """
        from .export.tables import answer_table

        return answer_table(self._index.kind, self, self._index.catalogue)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame, a row for each record. Raises `ImportError` where pandas is not installed."""
        from .export.frames import to_pandas

        return to_pandas(self.to_table())

    def to_polars(self) -> polars.DataFrame:
        """A polars frame, a row for each record. Raises `ImportError` where polars is not installed."""
        from .export.frames import to_polars

        return to_polars(self.to_table())

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table, a row for each record. Raises `ImportError` where pyarrow is not installed."""
        from .export.frames import to_arrow

        return to_arrow(self.to_table())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow stream by which polars, DuckDB, pandas and others take the answer as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_csv(self, path: str | os.PathLike[str], *, encoding: str = "utf-8") -> None:
        """Write a CSV file that spreadsheets open safely; `asean_cyber.export.read_csv` reads it back exactly.

        For Excel take ``encoding="utf-8-sig"``: without that mark it does not know UTF-8 for what it is.
        """
        from .export.files import write_csv

        write_csv(self.to_table(), path, encoding)

    def to_jsonl(self, path: str | os.PathLike[str]) -> None:
        """Write a file with a JSON object for each record, a line each."""
        from .export.files import write_jsonl

        write_jsonl(self.to_table(), path)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write a Parquet file. Raises `ImportError` where pyarrow is not installed."""
        from .export.files import write_parquet

        write_parquet(self.to_table(), path)


def _kind_of_both(one: Records[Any], other: Records[Any]) -> type[Record]:
    return one._index.kind if one._index.kind is other._index.kind else Record


def _catalogue_of_both(one: Records[Any], other: Records[Any]) -> Catalogue:
    """What is known of the records of two answers: of two datasets, what is known when these are joined."""
    mine, theirs = one.catalogue, other.catalogue
    if mine is theirs or mine.contents == theirs.contents:
        return mine
    from .catalogue import Catalogue
    from .check import joined

    return Catalogue(joined(mine.contents, theirs.contents))


_GROUPS = {"topic": "own topic", "body": "body", "country": "country", "partner": "partner", "party": "party", "meeting": "meeting", "instrument": "instrument"}


def _grouping(index: Index, field: str | Callable[[Any], Hashable]) -> Callable[[Any], Iterable[Any]]:
    """The values under which a record stands when a pool is grouped by a field."""
    if callable(field):
        return lambda record: (field(record),)
    if not isinstance(field, str):
        raise TypeError(f"group by the name of a field or by a function, got {field!r}")
    if field == "decade":
        return lambda record: (record.year // 10 * 10,)
    if field == "kind":
        return lambda record: (str(getattr(record, "kind", type(record).__name__.lower())),)
    if field in _GROUPS:
        facet = _GROUPS[field]
        return lambda record: tuple(index.catalogue.facet(facet, record)) or (None,)
    kinds = (Meeting, Statement, Instrument) if index.kind is Record else (index.kind,)
    known = {"year", "label", *(each.name for kind in kinds for each in attrs.fields(kind))}
    if field not in known:
        raise UnknownName("field", field, _near(field, known | _GROUPS.keys() | {"decade", "kind"}))

    def values(record: Any) -> Iterable[Any]:
        value = getattr(record, field, None)
        if isinstance(value, tuple):
            return value or (None,)
        return (str(value),) if isinstance(value, Term) else (value,)

    return values


def _near(name: str, known: Iterable[str]) -> list[str]:
    from .naming import nearest

    return nearest(name, known)


def answer(index: Index, filters: Filters) -> Records[Any]:
    """The records of a pool that pass the filters."""
    return Records(index, _select(index, filters, None))


# From words to terms and spans.


def _select(index: Index, filters: Filters, within: Sequence[int] | None) -> Sequence[int]:
    terms: list[tuple[str, Sequence[str]]] = []
    spans: list[Span] = []
    words: list[str] = []
    certain = False
    for word, value in filters.items():
        if value is None:
            continue
        if word == "year":
            spans = _years(value)
            if not spans:
                return ()
        elif word in _TERMS:
            names = _TERMS[word](index, value, filters)
            if not names:
                return ()
            terms.append((word, names))
        elif word == "text":
            words = plain(_is_text(value)).split()
        elif word == "certain":
            certain = _is_bool(word, value)
        elif word == "lineage":
            if _is_bool(word, value) and filters.get("body") is None:
                raise ValueError("lineage goes with body: it adds the predecessors and successors of that body")
        elif word not in ("since", "until"):
            raise TypeError(f"unknown filter word {word!r}; the words are {', '.join(Filters.__annotations__)}")
    if filters.get("since") is not None or filters.get("until") is not None:
        spans = _narrowed(spans, filters.get("since"), filters.get("until"))
        if not spans:
            return ()
    found = index.select(terms, spans)
    if certain and spans:
        found = [at for at in found if index.falls(at, spans)]
    if words:
        found = [at for at in found if index.says(at, words)]
    if within is not None and within != range(len(index.records)):
        inside = set(found)
        found = [at for at in within if at in inside]
    return found


def _several(value: Any) -> Iterable[Any]:
    """One value or several, as several."""
    return value if isinstance(value, Iterable) and not isinstance(value, (str, bytes)) else (value,)


def _years(value: Any) -> list[Span]:
    if type(value) is int and 1 <= value <= 9999:
        return [(date(value, 1, 1), date(value, 12, 31))]
    return [(date(year, 1, 1), date(year, 12, 31)) for year in sorted(set(map(_year, _several(value))))]


def _year(value: Any) -> int:
    # operator.index takes the whole numbers of NumPy and pandas too.
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"year takes whole numbers like 2011, got {value!r}; for months and days use since and until")
    year = operator.index(value)
    if not 1 <= year <= 9999:
        raise ValueError(f"year takes numbers from 1 to 9999, got {year}")
    return year


def _is_bool(word: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{word} takes True or False, got {value!r}")
    return value


def _narrowed(spans: list[Span], since: When | None, until: When | None) -> list[Span]:
    first = date.min if since is None else _when("since", since).start
    last = date.max if until is None else _when("until", until).end
    if last < first:
        raise ValueError(f"until ({until}) is before since ({since})")
    clipped = [(max(start, first), min(end, last)) for start, end in spans or [(first, last)]]
    return [(start, end) for start, end in clipped if start <= end]


def _when(word: str, value: When) -> EDTF:
    try:
        return as_edtf(value)
    except InvalidField as error:
        raise ValueError(f"{word}: {error.reason}") from None


def _is_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text takes the words to look for, got {value!r}")
    return value


def _body(index: Index, value: Any, filters: Filters) -> Sequence[str]:
    known = index.catalogue.body_names
    names = [known.find(getattr(each, "id", each)) for each in _several(value)]
    if filters.get("lineage"):
        names = list(dict.fromkeys(chain.from_iterable(map(index.catalogue.lineage, names))))
    return names


def _topic(index: Index, value: Any, _: Filters) -> Sequence[str]:
    known = index.catalogue.topic_names
    return [known.find(getattr(each, "id", each)) for each in _several(value)]


def _country(index: Index, value: Any, _: Filters) -> Sequence[str]:
    return [index.catalogue.country_names.find(_code(each)) for each in _several(value)]


def _participant(index: Index, value: Any, _: Filters) -> Sequence[str]:
    return [index.catalogue.participant_names.find(_code(each)) for each in _several(value)]


def _code(value: Any) -> Any:
    return value.upper() if isinstance(value, str) and len(value) == 2 else value


def _kind(index: Index, value: Any, _: Filters) -> Sequence[str]:
    return [index.catalogue.kind_names.find(each) for each in _several(value)]


def _meeting(index: Index, value: Any, _: Filters) -> Sequence[str]:
    return [_id_of(index, each, Meeting) for each in _several(value)]


def _instrument(index: Index, value: Any, _: Filters) -> Sequence[str]:
    return [_id_of(index, each, Instrument) for each in _several(value)]


def _id_of(index: Index, value: Any, kind: type[Record]) -> str:
    what = kind.__name__.lower()
    record = index.catalogue.record(getattr(value, "id", value), what)
    if not isinstance(record, kind):
        found = type(record).__name__.lower()
        raise UnknownName(what, record.id, note=f"it is {'an' if found == 'instrument' else 'a'} {found}")
    return record.id


def _disputed(_: Index, value: Any, __: Filters) -> Sequence[str]:
    return ("yes",) if _is_bool("disputed", value) else ("no",)


_TERMS: dict[str, Callable[[Index, Any, Filters], Sequence[str]]] = {
    "body": _body,
    "topic": _topic,
    "country": _country,
    "partner": _participant,
    "party": _participant,
    "kind": _kind,
    "meeting": _meeting,
    "instrument": _instrument,
    "disputed": _disputed,
}
