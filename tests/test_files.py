"""CSV that spreadsheets open safely and that reads back exactly, JSON Lines, Parquet, and whole folders of them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import asean_cyber as ac
from asean_cyber import Dataset, Records, UnknownName
from asean_cyber._lookup.catalogue import Catalogue
from asean_cyber._model.contents import Contents
from asean_cyber._model.fields import is_text
from asean_cyber._tables.columns import LAYOUTS
from asean_cyber._tables.files import csv_text, write_csv, write_jsonl
from asean_cyber._tables.table import Table
from asean_cyber.export import read_csv, tables, write, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUESTIONS = [ac.meetings, ac.statements, ac.instruments, ac.records]

HOSTILE = [
    '=HYPERLINK("https://example.org","here")',
    "=1+1",
    "+66 2 262 6991",
    "-2.5",
    "- a paragraph that begins with a dash",
    "@SUM(A1)",
    "'=1+1",
    "''-1",
    "'tis said",
    "＝1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\t=1+1",
    "\r=1+1",
    "' \n =1",
    "\n",
    'comma, "quotes" and ; more',
    "two\nlines",
    "two\r\nlines",
    "a lone\rreturn",
    " spaces ",
    "a|b",
    "a\\|b\\",
    '["a", "b"]',
    "Drill;=1+1;end",
    "Drill, -1; +1\t@x\n=1",
    "first;\n; '=1",
    "x,\u200b ＝1",
    ";;==--\t\t==",
    "NA",
    "null",
    "ไทย Việt 東京 🙂",
    "</td><script>",
    "line\u2028separator\x85",
]


def dicts(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


def table_of(*texts: str) -> Table:
    """A table with these texts in its text cells and list cells, as they might come from anywhere."""
    topics = [attrs.evolve(ac.topics()[0], id=f"t{n}") for n, _ in enumerate(texts)]
    for topic, text in zip(topics, texts, strict=True):
        for field, value in (("label", text), ("scope", text), ("aliases", (text, "plain", text))):
            object.__setattr__(topic, field, value)
    return Table(LAYOUTS["topics"], topics, Catalogue(Contents()))


def cells(text: str) -> list[str]:
    return [cell for line in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in line]


def as_read_with(separator: str, text: str) -> list[str]:
    """The cells that a spreadsheet sees that takes another separator, and lets quotes in the middle of a cell stand."""
    return [cell for line in text.split("\n") for cell in line.split(separator)]


def is_formula(cell: str) -> bool:
    """What a spreadsheet might take for one, told in another way than the library tells it."""
    seen = cell.lstrip(" \t\r\n\x00\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff")
    return seen[:1] in set("=+-@＝＋－＠") or cell[:1] in set("\t\r\n")


# CSV.


@pytest.mark.parametrize("ask", QUESTIONS)
def test_csv_reads_back_exactly(tmp_path: Path, ask: Callable[..., Records[Any]]) -> None:
    for answer in (ask(), ask(year=1000)):
        answer.to_csv(tmp_path / "answer.csv")
        assert read_csv(tmp_path / "answer.csv") == dicts(answer.to_table())


@pytest.mark.parametrize("name", LAYOUTS)
def test_csv_of_every_table_reads_back_exactly_and_holds_no_formula(tmp_path: Path, name: str) -> None:
    table = tables(ac.dataset())[name]
    write_csv(table, tmp_path / "table.csv")
    assert read_csv(tmp_path / "table.csv") == dicts(table)
    assert not any(map(is_formula, cells((tmp_path / "table.csv").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless_and_comes_back(tmp_path: Path, text: str) -> None:
    table = table_of(text)
    write_csv(table, tmp_path / "hostile.csv")
    check_harmless(csv_text(table))
    if is_text(text):  # what the model takes comes back
        assert read_csv(tmp_path / "hostile.csv") == dicts(table)


def check_harmless(text: str) -> None:
    assert not any(map(is_formula, cells(text)))
    for separator in ";\t":
        assert not [cell for cell in as_read_with(separator, text) if cell.lstrip(' "')[:1] in set("=+-@＝＋－＠")]


TEXT = st.text(st.one_of(st.sampled_from("=+-@'|\\\",;\t\r\n \u200b＝"), st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1)


@settings(deadline=None)
@given(st.lists(TEXT, max_size=4))
def test_any_text_is_harmless_and_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    table = table_of(*texts)
    path = tmp_path_factory.getbasetemp() / "any.csv"
    write_csv(table, path)
    check_harmless(csv_text(table))
    if all(map(is_text, texts)):
        assert read_csv(path) == dicts(table)


def test_what_a_dangerous_cell_looks_like() -> None:
    assert ",'=1+1," in csv_text(table_of("=1+1"))
    assert ",'- so it began," in csv_text(table_of("- so it began")), "text of a document may begin like that"
    assert ",''=1+1," in csv_text(table_of("'=1+1"))
    assert ",'tis said," in csv_text(table_of("'tis said")), "no formula, so nothing is put before it"
    assert ",a|b," in csv_text(table_of("a|b"))
    assert '"[""a|b"",""plain"",""a|b""]"' in csv_text(table_of("a|b")), "a list is a JSON array"
    assert ',"Drill;\'=1+1;end",' in csv_text(table_of("Drill;=1+1;end")), "where half of Europe begins a cell"


def test_csv_as_bytes(tmp_path: Path, data: Dataset) -> None:
    data.meetings(body="telmin").to_csv(tmp_path / "telmin.csv")
    head, line, end = (tmp_path / "telmin.csv").read_bytes().split(b"\n")
    assert head.startswith(b"id,body,ordinal,name,body_kind,date,date_start,date_end,")
    assert line == (
        b"telmin-9,telmin,9,9th TELMIN,ministerial,2009-10,2009-10-01,2009-10-31,month,2009,Vientiane,LA,,[],false,"
        b'"[""security""]",Ministers met on networks.,1,1,"[""page""]",false,'
    )
    assert end == b""
    data.meetings(year=1000).to_csv(str(tmp_path / "none.csv"))
    assert (tmp_path / "none.csv").read_bytes() == head + b"\n"


def test_csv_for_excel_has_a_mark_and_reads_back(tmp_path: Path) -> None:
    answer = ac.meetings(country="VN")
    answer.to_csv(tmp_path / "vn.csv", encoding="utf-8-sig")
    assert (tmp_path / "vn.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert read_csv(tmp_path / "vn.csv") == dicts(answer.to_table())


def test_csv_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("kept", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_csv(table_of("東京"), path, encoding="ascii")
    assert path.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,nonsense\n1,2\n", "no table has the columns nonsense"),
        ("", r"no table has the columns \(none\)"),
        ("id,body\nammtc-8\n", "line 2: expected 2 cells, got 1"),
        ("id,year\nammtc-8,soon\n", "line 2, column year: expected a whole number, got 'soon'"),
        ("id,year\nammtc-8,2011.0\n", "line 2, column year: expected a whole number"),
        ("id,year\nammtc-8,1_000\n", "line 2, column year: expected a whole number"),
        ('id,summary,disputed\nammtc-8,"two\nlines",ja\n', "line 2, column disputed: expected true or false, got 'ja'"),
        ('id,summary,disputed\na,"two\nlines",true\nb,x,WAHR\n', "line 4, column disputed: expected true or false, got 'WAHR'"),
        ("id,disputed\nammtc-8,0\n", "line 2, column disputed: expected true or false"),
        ("id,date_start\nammtc-8,10/10/2011\n", "line 2, column date_start: expected a day like 2011-10-10"),
        ("id,date_start\nammtc-8,2011-13-10\n", "line 2, column date_start: "),
        ("id,topics\nammtc-8,cybercrime|scams\n", "line 2, column topics: expected a JSON array of texts"),
        ('id,topics\nammtc-8,"[1]"\n', "line 2, column topics: expected a JSON array of texts"),
        ('id,summary\nammtc-8,"open\n', "line 2: unexpected end of data"),
        ("id,id\na,b\n", "line 1: the column id stands twice"),
    ],
)
def test_a_csv_file_of_something_else_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "other.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_csv(tmp_path / "other.csv")


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text.replace(",true,", ",TRUE,").replace(",false,", ",FALSE,"),
        lambda text: text.replace(",true,", ", true ,").replace(",2011,", ", 2011 ,").replace(",ammtc,", ",ammtc ,"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text + "\n",
    ],
    ids=["capitals", "spaces", "ends of lines", "mark", "empty line"],
)
def test_what_a_spreadsheet_does_to_a_file_is_taken(tmp_path: Path, spoilt: Callable[[str], str]) -> None:
    table = ac.meetings(body="AMMTC").to_table()
    text = csv_text(table)
    assert ",true," in text
    assert spoilt(text) != text
    (tmp_path / "spoilt.csv").write_bytes(spoilt(text).encode())
    assert read_csv(tmp_path / "spoilt.csv") == dicts(table)


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("id,city\na,Hanoi\nb,Köln\n".encode("latin-1"))
    with pytest.raises(ac.InvalidArgument, match="line 3: not UTF-8"):
        read_csv(tmp_path / "latin.csv")


def test_a_long_cell_comes_back(tmp_path: Path) -> None:
    table = table_of("long " * 60_000 + "end")
    write_csv(table, tmp_path / "long.csv")
    assert read_csv(tmp_path / "long.csv") == dicts(table)


def test_labels_and_joined_lists_read_back(tmp_path: Path) -> None:
    found = ac.records(body="AMMTC+3")
    found.to_csv(tmp_path / "labels.csv", labels=True)
    assert read_csv(tmp_path / "labels.csv") == dicts(found.to_table(labels=True))
    found.to_csv(tmp_path / "joined.csv", lists="join")
    assert read_csv(tmp_path / "joined.csv") == dicts(found.to_table())


def test_home_is_where_the_tilde_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setenv("HOME", str(tmp_path))
    found = ac.meetings(year=2011)
    found.to_csv("~/a.csv")
    found.to_jsonl("~/a.jsonl")
    found.to_parquet("~/a.parquet")
    write(ac.dataset(), "~/all", "skos")
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.jsonl", "a.parquet", "all"}
    assert read_csv("~/a.csv") == dicts(found.to_table())


def test_pandas_reads_the_csv_file_when_told_that_only_the_empty_cell_is_empty(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    answer = ac.meetings()
    answer.to_csv(tmp_path / "meetings.csv")
    frame = pd.read_csv(tmp_path / "meetings.csv", keep_default_na=False, na_values=[""], parse_dates=["date_start", "date_end"])
    assert list(frame["id"]) == list(answer.ids)
    assert frame["date_start"].dt.date.tolist() == [each["date_start"] for each in dicts(answer.to_table())]


# JSON Lines.


@pytest.mark.parametrize("ask", QUESTIONS)
def test_jsonl_has_every_column_of_every_row(tmp_path: Path, ask: Callable[..., Records[Any]]) -> None:
    for answer in (ask(), ask(year=1000)):
        answer.to_jsonl(tmp_path / "answer.jsonl")
        lines = (tmp_path / "answer.jsonl").read_text(encoding="utf-8").splitlines()
        expected = [{name: plain(cell) for name, cell in row.items()} for row in dicts(answer.to_table())]
        assert [json.loads(line) for line in lines] == expected
        assert [list(json.loads(line)) for line in lines] == [list(row) for row in expected], "the columns in their order"


def plain(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return list(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


@pytest.mark.parametrize("text", HOSTILE)
def test_jsonl_keeps_a_row_on_a_line(tmp_path: Path, text: str) -> None:
    write_jsonl(table_of(text), tmp_path / "hostile.jsonl")
    (line,) = (tmp_path / "hostile.jsonl").read_bytes().decode().splitlines()
    assert json.loads(line)["label"] == text


def test_jsonl_is_readable_text(tmp_path: Path) -> None:
    write_jsonl(table_of("Đà Nẵng"), tmp_path / "text.jsonl")
    assert "Đà Nẵng" in (tmp_path / "text.jsonl").read_text(encoding="utf-8")


# Parquet.


@pytest.mark.parametrize("ask", QUESTIONS)
def test_parquet_keeps_types_and_meaning(tmp_path: Path, ask: Callable[..., Records[Any]]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for answer in (ask(), ask(year=1000)):
        answer.to_parquet(tmp_path / "answer.parquet")
        back = parquet.ParquetFile(tmp_path / "answer.parquet").read()
        assert back.to_pylist() == answer.to_arrow().to_pylist()
        assert back.schema.names == answer.to_arrow().schema.names
        assert back.schema.metadata[b"name"] == ask.__name__.encode()
        assert back.schema.field("summary").metadata[b"description"]


# Whole datasets.


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_a_dataset_is_written_table_by_table_and_the_same_each_time(tmp_path: Path, data: Dataset, format: str) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow")
    paths = write(data, tmp_path / "new" / "folder", format)
    assert [path.name for path in paths] == [*(f"{name}.{format}" for name in LAYOUTS), "README.md"]
    assert sorted(paths) == sorted((tmp_path / "new" / "folder").iterdir())
    first = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write(data, str(tmp_path / "new" / "folder"), format)] == first


def test_the_csv_folder_of_the_packaged_dataset_reads_back(tmp_path: Path) -> None:
    for path in write(ac.dataset(), tmp_path, "csv"):
        if path.suffix == ".csv":
            assert read_csv(path) == dicts(tables(ac.dataset())[path.stem])


def test_beside_a_folder_of_files_stands_what_they_are_and_how_to_cite_them(tmp_path: Path, data: Dataset) -> None:
    *_, readme, citation = write(ac.dataset(), tmp_path / "ours", "jsonl")
    told = readme.read_text(encoding="utf-8")
    for words in (ac.__version__, "Creative Commons", ac.dataset().fingerprint, "| meetings.jsonl | A meeting: one session of a body. |"):
        assert words in told
    assert citation.read_text(encoding="utf-8") == ac.cite(style="cff")
    (*_, readme) = write(data, tmp_path / "own", "jsonl")
    assert data.fingerprint in readme.read_text(encoding="utf-8")
    assert "Licence" not in readme.read_text(encoding="utf-8"), "what is not ours is not ours to license"


def test_files_are_named_as_they_are_written(tmp_path: Path, data: Dataset) -> None:
    files = writing(data, tmp_path, "csv")
    assert next(files).name == "records.csv"
    assert [path.name for path in tmp_path.iterdir()] == ["records.csv"]


def test_export_can_be_called_however_it_is_imported(tmp_path: Path) -> None:
    for order in ("import asean_cyber.export, asean_cyber as ac", "import asean_cyber as ac; ac.export"):
        program = f"{order}\nfrom asean_cyber.export import read_csv\nprint([path.name for path in ac.export({str(tmp_path)!r}, 'skos')], read_csv.__name__)"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == ("['topics.ttl', 'acts.ttl'] read_csv\n", "")


def test_an_unknown_format_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="unknown format 'parket': it is one of csv, .*; did you mean 'parquet'"):
        write(ac.dataset(), tmp_path / "x", "parket")
    assert not (tmp_path / "x").exists()


def test_writing_where_there_is_no_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ac.meetings(year=2011).to_csv(tmp_path / "nowhere" / "x.csv")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        write(ac.dataset(), tmp_path / "file", "csv")
