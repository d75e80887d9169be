"""`Records`, the answer to a question: an immutable sequence that can be asked further, counted and converted."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, Literal, Never, Self, TypeAlias, TypeVar, Unpack, overload

import attrs

from .._later import Later
from .._lookup.catalogue import Catalogue
from .._lookup.facets import FACETS
from .._lookup.names import nearest
from .._lookup.postings import Postings
from .._model.contents import SECTIONS, Contents
from .._model.records import Instrument, Meeting, Record, Statement
from ..errors import InvalidArgument, NotOne, UnknownName, WrongType
from ..vocabulary import Band, Term
from .selecting import select, takes_filters, types_of
from .words import WORDS, Filters

AnyRecord: TypeAlias = Meeting | Statement | Instrument
"""A meeting, a statement or an instrument: with this type ``match`` can tell that nothing was forgotten."""

Lists: TypeAlias = Literal["keep", "join"]
"""Whether frames and files have lists as lists, or as text."""

R_co = TypeVar("R_co", bound=Record, covariant=True)
S = TypeVar("S", bound=Record)

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from .._display import listing as _listing
    from .._tables import table as _table

    _Sequence = Sequence
else:
    pandas, polars, pyarrow = map(Later, ("pandas", "polars", "pyarrow"))
    _table, _listing = map(Later, ("asean_cyber._tables.table", "asean_cyber._display.listing"))

    # Type checkers see a sequence. At run time it has all the methods of one, but is not registered as one: polars
    # and narwhals would take it for a list of objects, and never ask for the Arrow stream that it gives.
    class _Sequence(Generic[R_co]):
        __slots__ = ()


def pool_of(catalogue: Catalogue, section: str) -> Postings:
    """The pool of a catalogue for a section, made when it is first asked for."""
    pools: dict[str, Postings] = catalogue.__dict__.setdefault("_pools", {})
    pool = pools.get(section)
    if pool is None:
        # Two threads may both make it; the first to be done is kept.
        pool = pools.setdefault(section, Postings(getattr(catalogue.contents, section), catalogue, section))
    return pool


class Records(_Sequence[R_co]):
    """The answer to a question: an immutable sequence of records, in time order unless sorted otherwise.

    It can be counted, sliced, filtered further and grouped. Two answers are joined with ``+`` (one after the
    other) or ``|`` (both, each record once, in time order); ``&`` keeps what is in both, ``-`` what is only in the
    first. It becomes a frame, a table or a file by its ``to_`` methods.

    >>> import asean_cyber as ac
    >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
    >>> len(answer), answer[0].id, answer.ids, "ammtc-8" in answer
    (2, 'ammtc-7', ('ammtc-7', 'ammtc-8'), True)
    >>> (answer - answer[:1]).ids, (answer | answer).ids, (answer & answer[:1]).ids
    (('ammtc-8',), ('ammtc-7', 'ammtc-8'), ('ammtc-7',))
    >>> answer.catalogue.bodies["ammtc"].acronym
    'AMMTC'
    """

    __slots__ = ("__weakref__", "_at", "_pool")

    _at: Sequence[int]
    _pool: Postings

    def __init__(self, pool: Postings, at: Sequence[int]) -> None:
        object.__setattr__(self, "_pool", pool)
        object.__setattr__(self, "_at", at)

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"an answer never changes; {name} cannot be set")

    __delattr__ = __setattr__  # type: ignore[assignment]

    # A sequence.

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[R_co]:
        return map(self._pool.records.__getitem__, self._at)  # type: ignore[arg-type]

    def __reversed__(self) -> Iterator[R_co]:
        return map(self._pool.records.__getitem__, reversed(self._at))  # type: ignore[arg-type]

    @overload
    def __getitem__(self, place: int) -> R_co: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> R_co | Self:
        if isinstance(place, slice):
            return self._with(self._at[place])
        if not hasattr(place, "__index__"):
            raise WrongType(f"an answer is a sequence, with places from 0; to find the record with an id ask filter(id={place!r}).one()")
        return self._pool.records[self._at[place]]  # type: ignore[return-value]

    def __contains__(self, item: object) -> bool:
        """Whether a record, or the record with an id, is among them."""
        if isinstance(item, str):
            return any(record.id == item for record in self)
        return any(record == item for record in self)

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The first place at which a record stands. Raises `ValueError` if it is not among them.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.index(ac.get("ammtc-8"))
        1
        """
        return tuple(self).index(value, start, len(self) if stop is None else stop)

    def count(self, value: object) -> int:
        """How often a record is among them.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.count(ac.get("ammtc-8")), answer.count(ac.get("ammtc-9"))
        (1, 0)
        """
        return tuple(self).count(value)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Records) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    # Two answers.

    def __add__(self, other: Records[S]) -> Records[R_co | S]:
        if not isinstance(other, Records):
            return NotImplemented
        pool = _pool_of_both(self, other)
        places = {record: at for at, record in enumerate(pool.records)}
        return Records(pool, [places[record] for record in (*self, *other)])

    def __or__(self, other: Records[S]) -> Records[R_co | S]:
        if not isinstance(other, Records):
            return NotImplemented
        pool = _pool_of_both(self, other)
        return Records(pool, range(len(pool.records)))

    def __and__(self, other: Records[Any]) -> Self:
        if not isinstance(other, Records):
            return NotImplemented
        theirs = set(other)
        return self._with([at for at in self._at if self._pool.records[at] in theirs])

    def __sub__(self, other: Records[Any]) -> Self:
        if not isinstance(other, Records):
            return NotImplemented
        theirs = set(other)
        return self._with([at for at in self._at if self._pool.records[at] not in theirs])

    def __reduce__(self) -> tuple[Callable[..., Records[Any]], tuple[Catalogue, str, tuple[str, ...]]]:
        catalogue = self.catalogue
        if not catalogue.is_shared:
            catalogue = Catalogue(_needed(tuple(self), catalogue))
        return _answer, (catalogue, self._pool.section, self.ids)

    # How it shows itself.

    def __repr__(self) -> str:
        from .._display.text import table

        return table(self, self._noun)

    def _repr_html_(self) -> str:
        from .._display.html import table

        return table(self, self._noun, self.catalogue)

    def show(self, max_rows: int | None = None) -> _listing.Shown:
        """The answer with as many rows as you like: all, or the first and the last of them, `max_rows` together.

        >>> import asean_cyber as ac
        >>> ac.meetings(body="AMMTC+3", until=2007).show(max_rows=1)
        3 meetings
          2004-01-10  ammtc-plus-three-1  ...
          … 2 more …
        """
        from .._display import html, text
        from .._display.listing import Shown

        if max_rows is not None and max_rows < 1:
            raise InvalidArgument(f"max_rows takes a whole number from 1, or None for all, got {max_rows!r}")
        return Shown(text.table(self, self._noun, max_rows), html.table(self, self._noun, self.catalogue, max_rows))

    @property
    def _noun(self) -> str:
        types = {record.type for record in self}
        return types.pop() if len(types) == 1 else self._pool.section.removesuffix("s")

    @property
    def catalogue(self) -> Catalogue:
        """What the ids in the records stand for: the items of the dataset that was asked, by id."""
        return self._pool.catalogue

    def _with(self, at: Sequence[int]) -> Self:
        return type(self)(self._pool, at)

    # Asking further.

    @takes_filters
    def filter(self, predicate: Callable[[R_co], object] | None = None, /, **filters: Unpack[Filters]) -> Self:
        """Those that also pass a function of yours and these filters; the words are those of `asean_cyber.records`.

        >>> import asean_cyber as ac
        >>> ac.meetings(body="AMMTC").filter(lambda meeting: meeting.ordinal == 8, year=2011).ids
        ('ammtc-8',)
        """
        at = select(self._pool, filters, self._at) if filters else self._at
        if predicate is None:
            return self._with(at)
        if not callable(predicate):
            raise WrongType(f"filter takes a function, or words by name like body={predicate!r}; got {predicate!r}")
        records: tuple[Any, ...] = self._pool.records
        return self._with([each for each in at if predicate(records[each])])

    @takes_filters
    def exclude(self, predicate: Callable[[R_co], object] | None = None, /, **filters: Unpack[Filters]) -> Self:
        """Those that `filter` with the same arguments leaves out.

        >>> import asean_cyber as ac
        >>> ammtc = ac.meetings(body="AMMTC")
        >>> len(ammtc.filter(topic="cybercrime")) + len(ammtc.exclude(topic="cybercrime")) == len(ammtc)
        True
        """
        if predicate is None and not any(value is not None for value in filters.values()):
            raise InvalidArgument("exclude takes what is to be left out: a function, or words by name")
        out = set(self.filter(predicate, **filters)._at)
        return self._with([at for at in self._at if at not in out])

    def first(self) -> R_co | None:
        """The first of them, or None if there are none.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.first().id, answer.filter(year=2010).first()
        ('ammtc-7', None)
        """
        return self[0] if self._at else None

    def one(self) -> R_co:
        """The only one. Raises `NotOne` (a `LookupError`) if there are none or several.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.filter(year=2011).one().id
        'ammtc-8'
        >>> answer.one()
        Traceback (most recent call last):
        asean_cyber.errors.NotOne: expected exactly one record, found 2: ammtc-7, ammtc-8
        """
        if len(self) != 1:
            names = ", ".join(self.ids[:3])
            raise NotOne(f"expected exactly one record, found {len(self)}{f': {names}' if names else ''}{', …' if len(self) > 3 else ''}")
        return self[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each."""
        return tuple(record.id for record in self)

    def sorted(self, key: str | Callable[[R_co], Any] | None = None, *, reverse: bool = False) -> Self:
        """The same records in another order: by a field or a function, or in time order.

        Those whose field is empty come last.

        Raises `UnknownName` for a field that the records have not.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.sorted(reverse=True).ids
        ('ammtc-8', 'ammtc-7')
        >>> answer.sorted("ordinal").ids, answer.sorted(lambda meeting: -meeting.ordinal).ids
        (('ammtc-7', 'ammtc-8'), ('ammtc-8', 'ammtc-7'))
        """
        records: tuple[Any, ...] = self._pool.records
        if key is None or key == "date":
            return self._with(sorted(self._at, reverse=reverse))
        if callable(key):
            return self._with(sorted(self._at, key=lambda at: key(records[at]), reverse=reverse))
        self._known_field(key)
        values = {at: _sortable(getattr(records[at], key, None)) for at in self._at}
        held = sorted((at for at in self._at if values[at] is not None), key=lambda at: values[at], reverse=reverse)
        return self._with([*held, *(at for at in self._at if values[at] is None)])

    # Grouping. A record with several topics, partners or parties stands in the group of each.

    def group_by(self, field: str | Callable[[R_co], Hashable], *, narrower: bool = False) -> dict[Any, Self]:
        """The records by the value of a field, groups in the order of their values.

        `field` is a word by which records are asked for (``body``, ``topic``, ``partner``, ``act`` …), ``year``,
        ``decade``, the name of any other field of the records, or a function. Records without a value stand
        under None, at the end. A record stands under its own topics; with `narrower` also under
        the broader ones, as when it is asked for by ``topic``.

        Raises `UnknownName` for a field that the records have not, `InvalidArgument` for a word that never applies to them.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> {year: group.ids for year, group in answer.group_by("year").items()}
        {2009: ('ammtc-7',), 2011: ('ammtc-8',)}
        """
        values = self._values(field, narrower)
        groups: dict[Any, list[int]] = {}
        for at in self._at:
            for value in values(self._pool.records[at]):
                groups.setdefault(value, []).append(at)
        return {value: self._with(groups[value]) for value in _in_order(groups, field)}

    def count_by(self, field: str | Callable[[R_co], Hashable], *, narrower: bool = False) -> dict[Any, int]:
        """How many records each value of a field has: years, decades and bands in order, else the most frequent first.

        For `field` and `narrower` see `group_by`. A record with two topics counts under both.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.count_by("year"), answer.count_by(lambda meeting: meeting.ordinal > 7)
        ({2009: 1, 2011: 1}, {False: 1, True: 1})
        """
        counts = {value: len(group) for value, group in self.group_by(field, narrower=narrower).items()}
        if field in ("year", "decade", "band"):
            return counts
        return dict(sorted(counts.items(), key=lambda item: (item[0] is None, -item[1])))

    def crosstab(
        self,
        rows: str | Callable[[R_co], Hashable],
        columns: str | Callable[[R_co], Hashable],
        *,
        zeros: bool = True,
        narrower: bool = False,
    ) -> dict[Any, dict[Any, int]]:
        """How many records each pair of values has, row by row.

        With `zeros` every row has every column, and the years between the first and the last are all there; without,
        pairs that do not occur are left out.

        >>> import asean_cyber as ac
        >>> ac.meetings(body="AMMTC", since=2009, until=2011).crosstab("body", "year")
        {'ammtc': {2009: 1, 2010: 0, 2011: 1}}
        """
        counts = {row: group.count_by(columns, narrower=narrower) for row, group in self.group_by(rows, narrower=narrower).items()}
        if not zeros:
            return counts
        across = _filled(list(self.group_by(columns, narrower=narrower)), columns)
        down = _filled(list(counts), rows)
        return {row: {column: counts.get(row, {}).get(column, 0) for column in across} for row in down}

    def _known_field(self, field: str) -> None:
        classes: list[Any] = [SECTIONS[f"{each}s"] for each in types_of(self._pool.section)]
        known = {"year", "label", "type", *(each.name for cls in classes for each in attrs.fields(cls))}
        if field not in known:
            raise UnknownName("field", field, nearest(field, {*known, "decade", *(word for word in WORDS if word in FACETS)}))

    def _values(self, field: str | Callable[[Any], Hashable], narrower: bool) -> Callable[[Any], Iterable[Any]]:
        """The values under which a record stands when the answer is grouped by a field."""
        if callable(field):
            return lambda record: (field(record),)
        if not isinstance(field, str):
            raise WrongType(f"group by the name of a field or by a function, got {field!r}")
        if narrower and field != "topic":
            raise InvalidArgument(f"narrower goes with topic: it counts a record under broader topics too, which {field} has not")
        if field == "decade":
            return lambda record: (record.year // 10 * 10,)
        if field == "year":
            return lambda record: (record.year,)
        if field in WORDS and field in FACETS:
            if not set(WORDS[field].of) & set(types_of(self._pool.section)):
                raise InvalidArgument(f"{field} never applies to {self._pool.section}: {WORDS[field].instead}")
            facet = FACETS[field if narrower else WORDS[field].group or field]
            return lambda record: tuple(facet(self.catalogue, record)) or (None,)
        self._known_field(field)
        return lambda record: _held(getattr(record, field, None))

    # Plain values.

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each record as plain values that JSON can hold, its `type` first.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> [(each["type"], each["ordinal"]) for each in answer.to_dicts()]
        [('meeting', 7), ('meeting', 8)]
        """
        return [record.to_dict() for record in self]

    # Frames and files. The columns depend on what was asked, never on what was found: meetings,
    # statements and instruments have wide tables of their own, `records` have the columns of all.

    #
    # With `labels` there are names and alpha-3 codes beside the ids, and the address of the best source; where
    # `lists` is "join" lists are text, for tools that have none.

    def to_table(self, *, labels: bool = False, lists: Lists = "keep") -> _table.Table:
        """A table of plain cells, a row for each record; the frames and files below are made of it.

        With `labels` what ids stand for is there beside them: names of bodies, topics, countries and partners,
        ISO 3166-1 alpha-3 codes, and the address of the source to read first (``url``). With ``lists="join"`` lists are
        text, their items joined with a semicolon and a space, for tools that have no lists.

        >>> import asean_cyber as ac
        >>> table = ac.meetings(body="AMMTC", year=2011).to_table()
        >>> [column.name for column in table.columns][:4], next(table.rows())[:3]
        (['id', 'body', 'ordinal', 'name'], ('ammtc-8', 'ammtc', 8))
        """
        from .._tables.table import answer_table

        if lists not in ("keep", "join"):
            raise InvalidArgument(f"lists takes 'keep' or 'join', got {lists!r}")
        table = answer_table(self._pool.section, self, self.catalogue)
        table = table.labelled() if labels else table
        return table.joined() if lists == "join" else table

    def to_pandas(self, *, labels: bool = False, lists: Lists = "keep") -> pandas.DataFrame:
        """A pandas frame, a row for each record. Raises `MissingExtra` (an `ImportError`) where pandas is not installed.

        For `labels` and `lists`, here and below, see `to_table`.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.to_pandas()["ordinal"].tolist()
        [7, 8]
        """
        return self.to_table(labels=labels, lists=lists).to_pandas()

    def to_polars(self, *, labels: bool = False, lists: Lists = "keep") -> polars.DataFrame:
        """A polars frame, a row for each record. Raises `MissingExtra` where polars is not installed.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.to_polars()["ordinal"].to_list()
        [7, 8]
        """
        return self.to_table(labels=labels, lists=lists).to_polars()

    def to_arrow(self, *, labels: bool = False, lists: Lists = "keep") -> pyarrow.Table:
        """An Arrow table, a row for each record. Raises `MissingExtra` where pyarrow is not installed.

        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> answer.to_arrow()["ordinal"].to_pylist()
        [7, 8]
        """
        return self.to_table(labels=labels, lists=lists).to_arrow()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow stream by which polars, DuckDB and others take the answer as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __narwhals_dataframe__(self) -> object:
        """The frame of narwhals, by which Altair, Plotly and others take the answer as it is."""
        import narwhals

        return narwhals.from_native(self.to_arrow(), eager_only=True)._compliant_frame

    def __array__(self, *_: object, **__: object) -> Never:
        """None: pandas would make one column of objects of it, and lose what the columns are."""
        raise WrongType("an answer is no array: to_pandas() makes a frame of it, list() gives its records")

    def to_csv(self, path: str | os.PathLike[str], *, encoding: str = "utf-8", labels: bool = False, lists: Lists = "keep") -> None:
        """Write a CSV file that spreadsheets open safely; `asean_cyber.export.read_csv` reads it back.

        For Excel take ``encoding="utf-8-sig"``: without that mark it does not know UTF-8 for what it is.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.csv")
        ...     answer.to_csv(path)
        ...     [row["ordinal"] for row in ac.export.read_csv(path)]
        [7, 8]
        """
        self.to_table(labels=labels, lists=lists).to_csv(path, encoding=encoding)

    def to_jsonl(self, path: str | os.PathLike[str], *, labels: bool = False, lists: Lists = "keep") -> None:
        """Write a file with a JSON object for each record, a line each.

        >>> import pathlib, tempfile
        >>> import json
        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.jsonl")
        ...     answer.to_jsonl(path)
        ...     [json.loads(line)["ordinal"] for line in path.read_text("utf-8").splitlines()]
        [7, 8]
        """
        self.to_table(labels=labels, lists=lists).to_jsonl(path)

    def to_parquet(self, path: str | os.PathLike[str], *, labels: bool = False, lists: Lists = "keep") -> None:
        """Write a Parquet file. Raises `MissingExtra` where pyarrow is not installed.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.parquet")
        ...     answer.to_parquet(path)
        ...     path.read_bytes()[:4]
        b'PAR1'
        """
        self.to_table(labels=labels, lists=lists).to_parquet(path)

    def to_excel(self, path: str | os.PathLike[str], *, labels: bool = False) -> None:
        """Write an Excel workbook, lists joined to text. Raises `MissingExtra` where openpyxl is not installed.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> answer = ac.meetings(body="AMMTC", since=2009, until=2011)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "meetings.xlsx")
        ...     answer.to_excel(path)
        ...     path.read_bytes()[:2]
        b'PK'
        """
        self.to_table(labels=labels).to_excel(path)


def _held(value: Any) -> Iterable[Any]:
    if isinstance(value, tuple):
        return value or (None,)
    return (str(value),) if isinstance(value, Term) else (value,)


def _sortable(value: Any) -> Any:
    return None if value is None or value == () else str(value) if isinstance(value, Term) else value


def _in_order(groups: Iterable[Any], field: object) -> list[Any]:
    if field == "band":
        ladder = [band.value for band in Band]
        return sorted(groups, key=lambda value: (value is None, value is not None and ladder.index(value)))
    try:
        return sorted(groups, key=lambda value: (value is None, value))
    except TypeError:  # values that have no order stay as they come up
        return list(groups)


def _filled(values: list[Any], field: object) -> list[Any]:
    """The values, and where these are years or decades, those in between."""
    step = {"year": 1, "decade": 10}.get(field) if isinstance(field, str) else None
    return values if step is None or not values else list(range(values[0], values[-1] + 1, step))


def _pool_of_both(one: Records[Any], other: Records[Any]) -> Postings:
    """A pool that holds the records of two answers."""
    section = one._pool.section if one._pool.section == other._pool.section else "records"
    return Postings(dict.fromkeys((*one, *other)), _catalogue_of_both(one, other), section)


def _catalogue_of_both(one: Records[Any], other: Records[Any]) -> Catalogue:
    """What is known of the records of two answers: of two datasets, what is known when these are joined."""
    mine, theirs = one.catalogue, other.catalogue
    if mine is theirs or mine.contents == theirs.contents:
        return mine
    from .._files.references import joined

    return Catalogue(joined(mine.contents, theirs.contents))


# What goes along when an answer is pickled: of the packaged dataset the ids, of another what the records refer to.


def _answer(catalogue: Catalogue, section: str, ids: tuple[str, ...]) -> Records[Any]:
    pool = pool_of(catalogue, section)
    places = {record.id: at for at, record in enumerate(pool.records)}
    return Records(pool, [places[id] for id in ids])


def _needed(records: tuple[Record, ...], catalogue: Catalogue) -> Contents:
    """The records, and all of a dataset that has a say in what they answer and how they are shown."""
    wholes: dict[str, Record] = {record.id: record for record in records}
    for record in records:
        for whole in (catalogue.instrument_of(record), catalogue.meeting_of(record)):
            if whole is not None:
                wholes.setdefault(whole.id, whole)
    held = list(wholes.values())
    bodies = {record.body for record in held}
    topics = {broader for record in held for topic in record.topics for broader in catalogue.broader[topic]}
    family = [catalogue.bodies[id] for id in sorted({kin for body in bodies for kin in catalogue.lineage(body)})]
    cited = [citation for record in held for citation in (*record.citations, *(each.citation for each in record.discrepancies))]
    cited += [citation for body in family for citation in (*body.citations, *(source for each in body.participants for source in each.citations))]
    sources = {citation.source for citation in cited}
    return Contents(
        bodies=tuple(family),
        topics=tuple(catalogue.topics[id] for id in sorted(topics)),
        sources=tuple(catalogue.sources[id] for id in sorted(sources)),
        meetings=tuple(each for each in held if isinstance(each, Meeting)),
        statements=tuple(each for each in held if isinstance(each, Statement)),
        instruments=tuple(each for each in held if isinstance(each, Instrument)),
    )
