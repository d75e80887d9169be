"""pandas, polars and Arrow get the same columns, with proper types, full or empty."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import asean_cyber as ac
from asean_cyber import Dataset, Records, _about
from asean_cyber._tables.columns import LAYOUTS
from asean_cyber._tables.frames import to_arrow, to_pandas, to_polars
from asean_cyber.export import tables

if TYPE_CHECKING:
    from collections.abc import Callable

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

QUESTIONS = [ac.meetings, ac.statements, ac.instruments, ac.records]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_columns_and_their_order_are_the_same_everywhere(ask: Callable[..., Records[Any]]) -> None:
    answer = ask()
    names = [column.name for column in answer.to_table().columns]
    assert list(answer.to_pandas().columns) == answer.to_polars().columns == answer.to_arrow().column_names == names


@pytest.mark.parametrize("ask", QUESTIONS)
def test_an_empty_answer_has_the_same_types_as_a_full_one(ask: Callable[..., Records[Any]]) -> None:
    full, empty = ask(), ask(year=1000)
    assert len(full) > len(empty) == 0
    assert empty.to_pandas().shape == empty.to_polars().shape == empty.to_arrow().shape == (0, full.to_arrow().num_columns)
    assert empty.to_pandas().dtypes.equals(full.to_pandas().dtypes)
    assert empty.to_polars().schema == full.to_polars().schema
    assert empty.to_arrow().schema.equals(full.to_arrow().schema, check_metadata=True)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_table_holds_the_same_in_every_frame(name: str) -> None:
    table = tables(ac.dataset())[name]
    rows = list(table.rows())
    lists = [tuple(list(cell) if isinstance(cell, tuple) else cell for cell in row) for row in rows]
    assert to_polars(table).rows() == lists
    assert [tuple(row.values()) for row in to_arrow(table).to_pylist()] == lists
    frame = to_pandas(table)
    assert [tuple(map(plain, row)) for row in frame.itertuples(index=False, name=None)] == rows


def plain(cell: Any) -> Any:
    if isinstance(cell, pd.Timestamp):
        return cell.date()
    return None if cell is pd.NA or cell is pd.NaT else cell


def test_pandas_types() -> None:
    dtypes = {name: str(dtype) for name, dtype in ac.meetings().to_pandas().dtypes.items()}
    assert dtypes["id"] == dtypes["date"] == "string"
    assert dtypes["ordinal"] == dtypes["year"] == "Int64"
    assert dtypes["date_start"] == dtypes["date_end"] == "datetime64[s]"
    assert (dtypes["disputed"], dtypes["topics"]) == ("boolean", "object")


def test_pandas_frames_are_ready_to_work_with() -> None:
    frame = ac.meetings(body="AMMTC+3").to_pandas()
    third = frame.set_index("id").loc["ammtc-plus-three-3"]
    assert third["date_start"] == pd.Timestamp(2007, 11, 7)
    assert set(third["partners"]) == {"CN", "JP", "KR"}
    assert len(frame.explode("partners").drop_duplicates()) == frame["partners"].map(len).sum()
    assert (frame["date_start"].dt.year == frame["year"]).all()
    assert frame.loc[frame["ordinal"] == 3, "id"].tolist() == ["ammtc-plus-three-3"]


def test_polars_types() -> None:
    schema = ac.meetings().to_polars().schema
    assert (schema["id"], schema["ordinal"], schema["date_start"]) == (pl.String, pl.Int64, pl.Date)
    assert (schema["disputed"], schema["topics"]) == (pl.Boolean, pl.List(pl.String))


def test_arrow_says_what_the_columns_mean() -> None:
    schema = ac.statements().to_arrow().schema
    assert schema.metadata[b"name"] == b"statements"
    assert schema.field("locator").metadata[b"description"] == b"Where it stands in its document: a number, paragraph, page or section."
    assert (schema.field("id").nullable, schema.field("locator").nullable) == (False, True)
    assert (schema.field("date_end").type, schema.field("topics").type) == (pa.date32(), pa.list_(pa.string()))


@pytest.mark.parametrize("text", ["0001-01-02", "1215-06-15", "9999-12-30", "2016/.."])
def test_dates_far_away(raw: dict[str, Any], write: Any, text: str) -> None:
    raw["meetings"][0]["date"] = text
    answer = Dataset.load(write(raw)).meetings(body="telmin")
    first, last = (None if day in (date.min, date.max) else day for day in (answer[0].date.start, answer[0].date.end))
    frame = answer.to_pandas()
    assert (plain(frame["date_start"][0]), plain(frame["date_end"][0])) == (first, last)
    assert answer.to_polars().select("date_start", "date_end").row(0) == (first, last)


# The Arrow stream.


@pytest.mark.parametrize("found", [ac.meetings(body="AMMTC"), ac.meetings(year=1000)], ids=["full", "empty"])
def test_an_answer_is_an_arrow_stream(found: Records[Any]) -> None:
    assert pa.table(found).equals(found.to_arrow())
    assert pa.RecordBatchReader.from_stream(found).read_all().equals(found.to_arrow())
    assert pl.DataFrame(found.to_table()).equals(found.to_polars())
    if hasattr(pd.DataFrame, "from_arrow"):
        assert list(pd.DataFrame.from_arrow(found)["id"]) == list(found.ids)


def test_duckdb_takes_an_answer_as_it_is() -> None:
    duckdb = pytest.importorskip("duckdb")
    found = ac.meetings(body="AMMTC+3")  # noqa: F841 (DuckDB finds it by its name)
    assert duckdb.sql("select id, date_start, len(partners) from found where ordinal = 3").fetchall() == [("ammtc-plus-three-3", date(2007, 11, 7), 3)]


def test_a_stream_can_be_asked_for_in_another_schema() -> None:
    found = ac.meetings(body="AMMTC+3")
    wanted = found.to_arrow().schema
    at = wanted.get_field_index("summary")
    wanted = wanted.set(at, wanted.field("summary").with_type(pa.large_string()))
    stream = found.__arrow_c_stream__(wanted.__arrow_c_schema__())
    assert pa.RecordBatchReader._import_from_c_capsule(stream).schema.field("summary").type == pa.large_string()


# The constructors that people try first.


def test_polars_and_narwhals_take_an_answer_as_it_is() -> None:
    nw = pytest.importorskip("narwhals")
    for found in (ac.meetings(body="AMMTC"), ac.meetings(year=1000)):
        assert pl.DataFrame(found).equals(found.to_polars())
        assert nw.from_arrow(found, backend="polars").to_native().equals(found.to_polars())
        assert nw.from_native(found).columns == found.to_polars().columns


@pytest.mark.parametrize("found", [ac.meetings(body="AMMTC"), ac.meetings(year=1000)], ids=["full", "empty"])
def test_where_a_constructor_would_make_one_column_of_objects_the_error_says_what_to_call(found: Records[Any]) -> None:
    for convert in (pd.DataFrame, pd.Series):
        with pytest.raises(ac.WrongType, match=r"to_pandas\(\) makes a frame of it"):
            convert(found)


def test_altair_takes_an_answer_as_it_is() -> None:
    alt = pytest.importorskip("altair")
    found = ac.meetings(body="AMMTC")
    chart = alt.Chart(found).mark_point().encode(x="year:Q", y="ordinal").to_dict()
    (rows,) = chart["datasets"].values()
    assert [row["id"] for row in rows] == list(found.ids)
    assert chart["encoding"]["y"]["type"] == "quantitative"


def test_an_answer_stays_a_sequence_to_whoever_asks_for_its_methods() -> None:
    found = ac.meetings(body="AMMTC")
    assert (len(found), found[0], found[-1].id, found.index(found[3]), found.count(found[3])) == (len(found.ids), found.first(), found.ids[-1], 3, 1)
    assert next(reversed(found)) == found[-1]
    assert found[0] in found


# Excel.


def test_a_workbook_opens_with_types_links_and_a_frozen_header(tmp_path: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    found = ac.meetings(body="AMMTC")
    found.to_excel(tmp_path / "ammtc.xlsx", labels=True)
    book = openpyxl.load_workbook(tmp_path / "ammtc.xlsx")
    sheet = book["meetings"]
    names = [cell.value for cell in sheet[1]]
    assert names == [column.name for column in found.to_table(labels=True).columns]
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:3]) == ("A2", "A1:")
    rows = {row[0].value: dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    assert tuple(rows) == found.ids
    seventh, sixth = rows["ammtc-7"], rows["ammtc-6"]
    assert (seventh["date"].value.date(), seventh["date"].number_format) == (date(2009, 11, 17), "yyyy-mm-dd")
    assert sixth["date"].value == "2007-11", "a month is no day"
    assert seventh["topics"].value == "transnational-crime; regional-coordination"
    assert seventh["url"].hyperlink.target == seventh["url"].value
    assert (seventh["disputed"].value, seventh["ordinal"].value) == (True, 7)
    assert ("meetings", "ordinal", "integer") in [row[:3] for row in book["about"].iter_rows(values_only=True)]
    assert [row[3] for row in book["about"].iter_rows(values_only=True) if row[2] == "version"] == [ac.__version__]


@pytest.mark.parametrize("words", ["=1+1", '=HYPERLINK("https://example.org")', "+1", "@x", "-2"])
def test_text_in_a_workbook_is_no_formula(tmp_path: Any, raw: dict[str, Any], write: Any, words: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    raw["meetings"][0]["summary"] = words
    Dataset.load(write(raw)).meetings().to_excel(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["meetings"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == words)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_days_that_excel_cannot_reckon_with_stay_text(tmp_path: Any, raw: dict[str, Any], write: Any) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    raw["meetings"][0]["date"] = "1215-06-15"
    Dataset.load(write(raw)).meetings(body="telmin").to_excel(tmp_path / "x.xlsx")
    values = list(openpyxl.load_workbook(tmp_path / "x.xlsx")["meetings"].values)
    assert [values[1][values[0].index(name)] for name in ("date", "date_start", "date_end")] == ["1215-06-15"] * 3


def test_text_too_long_for_a_cell_is_told_and_not_cut(tmp_path: Any, raw: dict[str, Any], write: Any) -> None:
    pytest.importorskip("openpyxl")
    raw["meetings"][0]["summary"] = "long " * 7_000 + "end"
    with pytest.raises(ac.InvalidArgument, match=r"telmin-9, summary: 35,003 letters are more than the 32,767"):
        Dataset.load(write(raw)).meetings().to_excel(tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


# What is not installed.


@pytest.mark.parametrize(
    ("module", "extra", "convert"),
    [
        ("pandas", "pandas", lambda found, _: found.to_pandas()),
        ("polars", "polars", lambda found, _: found.to_polars()),
        ("pyarrow", "arrow", lambda found, _: found.to_arrow()),
        ("pyarrow", "arrow", lambda found, _: found.__arrow_c_stream__()),
        ("pyarrow", "arrow", lambda found, folder: found.to_parquet(folder / "x.parquet")),
        ("openpyxl", "excel", lambda found, folder: found.to_excel(folder / "x.xlsx")),
    ],
)
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, module: str, extra: str, convert: Callable[[Any, Any], Any]) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError) as raised:
        convert(ac.meetings(year=2011), tmp_path)
    clone = "" if _about.INDEXED else f' (or, until that finds it, in a clone of the repository: pip install ".[{extra}]")'
    assert str(raised.value) == f'{module} is not installed; install it with: pip install "asean-cyber[{extra}]"{clone}'
    assert list(tmp_path.iterdir()) == []


def test_a_broken_installation_is_not_called_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "polars.py").write_text("import something_that_polars_needs\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "polars")
    with pytest.raises(ModuleNotFoundError, match="something_that_polars_needs"):
        ac.meetings(year=2011).to_polars()
