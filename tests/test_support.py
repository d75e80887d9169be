"""Support and coverage are counted from citations, records and gaps, and show themselves in every form."""

from __future__ import annotations

import copy
import json
import re
import runpy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import Citation, Dataset, UnknownName, _about
from asean_cyber._display.markdown import escaped
from asean_cyber._quality.drawing import html, ranges

DOCS = Path(__file__).parent.parent / "docs"


# What a record rests on.


def test_a_record_with_an_official_source_and_another_publisher(data: Dataset) -> None:
    behind = ac.support("pact-2010", data)
    assert behind.official
    assert behind.corroborated
    assert [source.id for source in behind.sources] == ["page", "news"]
    assert behind.publishers == ("A ministry", "An agency")
    assert str(behind) == "an official source; published by A ministry, An agency"


def test_a_source_that_disagrees_does_not_support(data: Dataset) -> None:
    behind = ac.support(data.get("police-plus-2"), data)
    assert behind.publishers == ("A ministry",)
    assert not behind.corroborated


def test_a_source_cited_twice_counts_once(data: Dataset) -> None:
    citations: Any = [Citation("news", "page 1"), Citation("news", "page 2")]
    record = attrs.evolve(data.get("telmin-9"), citations=citations)
    behind = ac.support(record, data)
    assert len(behind.sources) == 1
    assert not behind.official


@pytest.mark.parametrize(
    ("publishers", "independent"),
    [
        (["Antara", "Antara"], ("Antara",)),
        (["Antara", "ANTARA"], ("Antara",)),
        (["Công an nhân dân", "Cong An Nhan Dan"], ("Công an nhân dân",)),
        (["Antara", "Bernama", "Antara"], ("Antara", "Bernama")),
    ],
)
def test_publishers_are_independent_when_their_names_differ(raw: dict[str, Any], write: Any, publishers: list[str], independent: tuple[str, ...]) -> None:
    raw["sources"] += [{"id": f"s{n}", "title": "A text", "publisher": name, "kind": "news"} for n, name in enumerate(publishers)]
    raw["meetings"][0]["citations"] = [{"source": f"s{n}"} for n in range(len(publishers))]
    behind = ac.support("telmin-9", Dataset.load(write(raw)))
    assert behind.publishers == independent
    assert behind.corroborated == (len(independent) > 1)


def test_support_of_a_packaged_record() -> None:
    assert ac.support("ammtc-plus-three-3/5").publishers[0] == "ASEAN Secretariat"
    assert ac.support(ac.get("ammtc-8")).corroborated


def test_support_of_what_is_not_there(data: Dataset) -> None:
    with pytest.raises(UnknownName, match="telmin-9"):
        ac.support("telmin-8", data)
    citations: Any = [Citation("nowhere")]
    with pytest.raises(UnknownName, match="nowhere"):
        ac.support(attrs.evolve(data.get("telmin-9"), citations=citations), data)


# Coverage.


def test_coverage_counts_what_a_body_holds(data: Dataset) -> None:
    row = ac.coverage(data).of("police-plus")
    assert (row.meetings, row.statements, row.instruments, row.records) == (1, 2, 1, 4)
    assert (row.first_year, row.last_year) == (2009, 2010)
    assert (row.official, row.corroborated, row.located) == (4, 1, 2)
    assert (row.official_share, row.corroborated_share, row.located_share) == (1.0, 0.5, 1.0)
    assert row.ordinals == (2,)


def test_holes_are_explained_by_gaps_and_shown_where_they_are_not(data: Dataset) -> None:
    found = ac.coverage(data)
    assert [(hole.ordinals, hole.reason) for hole in found.of("telmin").holes] == [((1, 2), "Not looked for."), ((3, 4, 5, 6, 7, 8), None)]
    assert [(hole.ordinals, hole.reason) for hole in found.of("police-plus").holes] == [((1,), None)]
    assert found.of("adgmin").holes == ()


def test_a_gap_beyond_the_last_meeting_and_one_without_numbers(raw: dict[str, Any], write: Any) -> None:
    raw["gaps"] = [{"body": "adgmin", "ordinals": [3], "reason": "Due this year."}, {"body": "adgmin", "reason": "No text was found."}]
    row = ac.coverage(Dataset.load(write(raw))).of("adgmin")
    assert [(hole.ordinals, hole.reason) for hole in row.holes] == [((2,), None), ((3,), "Due this year.")]
    assert row.gaps == ("No text was found.",)


def test_totals_are_those_of_all_bodies(data: Dataset) -> None:
    for found in (ac.coverage(data), ac.coverage()):
        for name in ("meetings", "statements", "instruments", "official", "corroborated", "located", "records"):
            assert getattr(found.total, name) == sum(getattr(row, name) for row in found.bodies)
    assert found.total.records == len(ac.dataset())
    assert [row.body for row in found.bodies] == list(ac.bodies())


def test_a_body_without_records_and_an_empty_dataset() -> None:
    nothing = ac.coverage(Dataset.from_records([]))
    assert nothing.bodies == ()
    assert nothing.total.official_share is None
    assert nothing.to_dicts() == []
    for shown in (str(nothing), repr(nothing), nothing._repr_html_(), nothing.to_markdown()):
        assert "Total" in shown
    empty = ac.coverage(Dataset.from_records([], bodies=[ac.Body(id="club", name="Club", kind="expert", description="It never met.")]))
    row = empty.of("club")
    assert (row.first_year, row.last_year, row.official_share, row.located_share, row.holes) == (None, None, None, None, ())


def test_a_body_is_asked_for_by_id_or_itself(data: Dataset) -> None:
    found = ac.coverage(data)
    assert found.of(data.body("TELMIN")) is found.of("telmin")
    with pytest.raises(UnknownName, match="telmin"):
        found.of("telmins")


@pytest.mark.parametrize(
    ("numbers", "written"),
    [([], ""), ([7], "7"), ([1, 2], "1–2"), ([1, 2, 3, 4, 5, 7, 8, 9], "1–5, 7–9"), ([2, 4, 6], "2, 4, 6"), ([1, 3, 4], "1, 3–4")],
)
def test_numbers_are_written_as_ranges(numbers: list[int], written: str) -> None:
    assert ranges(numbers) == written


# How it looks.


@pytest.mark.parametrize("columns", ["60", "80", "100", "200"])
def test_the_table_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for shown in (repr(ac.coverage()), str(ac.coverage())):
        assert max(map(len, shown.splitlines())) <= int(columns)
        assert re.search(r"^AMMTC +1997–\d{4} ", shown, re.MULTILINE)
        assert re.search(r"^Total +1981–\d{4} ", shown, re.MULTILINE)


def test_printing_tells_what_is_missing_and_why(data: Dataset) -> None:
    found = ac.coverage(data)
    assert "9 numbers missing in series (7 unexplained), 0 other known gaps." in repr(found)
    assert "TELMIN\n  Numbers 1–2: Not looked for.\n  Numbers 3–8: unexplained." in str(found)
    assert "Number 1: unexplained." in str(found)


def test_only_all_is_a_hundred_percent(raw: dict[str, Any], write: Any) -> None:
    first = raw["statements"][0]
    for n in range(299):
        raw["statements"].append({**copy.deepcopy(first), "id": f"telmin-9/x{n}", "citations": [{"source": "page" if n else "news"}]})
    assert re.search(r"^TELMIN .* 99% ", repr(ac.coverage(Dataset.load(write(raw)))), re.MULTILINE)


def test_html_says_what_each_cell_is_of(data: Dataset) -> None:
    shown = ac.coverage(data)._repr_html_()
    assert shown.startswith(
        '<table lang="en" class="tex2jax_ignore mathjax_ignore no-katex"><caption>Coverage by body</caption><thead><tr><th scope="col">Body</th>'
    )
    assert len(re.findall('<th scope="row">', shown)) == len(data.bodies()) + 1
    assert '<th scope="row">TELMIN</th>' in shown
    assert len(re.findall('<th scope="col">', shown)) == shown.count("<th") - shown.count('<th scope="row">') - shown.count("<thead")


def test_html_holds_no_character_that_no_page_may_hold(raw: dict[str, Any], write: Any) -> None:
    found = ac.coverage(Dataset.load(write(raw)))
    shown = html([attrs.evolve(row, gaps=("No\x00where\ufffe",)) for row in found.bodies], found.total)
    assert "No\ufffdwhere\ufffd" in shown
    assert "\x00" not in shown


HOSTILE = '<script>alert(1)</script> & "quotes" | [x](javascript:alert(1)) *b* `c`'


@pytest.fixture
def hostile(raw: dict[str, Any], write: Any) -> ac.Coverage:
    raw["bodies"][0]["acronym"] = HOSTILE
    raw["gaps"][0]["reason"] = HOSTILE
    return ac.coverage(Dataset.load(write(raw)))


def test_html_escapes_everything_and_is_well_formed(hostile: ac.Coverage) -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []
            self.seen: set[str] = set()
            self.text = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.open.append(tag)
            self.seen.add(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

        def handle_data(self, data: str) -> None:
            self.text += data

    reader = Reader()
    reader.feed(hostile._repr_html_())
    reader.close()
    assert not reader.open
    assert "script" not in reader.seen
    assert HOSTILE in reader.text


def test_markdown_keeps_cells_apart(hostile: ac.Coverage) -> None:
    rows = [line for line in hostile.to_markdown().splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {10}
    assert not re.search(r"(?<!\\)[<`*\[]script|(?<!\\)<", hostile.to_markdown())


def test_plain_values_are_json(data: Dataset) -> None:
    rows = ac.coverage(data).to_dicts()
    assert json.loads(json.dumps(rows)) == rows
    telmin = next(row for row in rows if row["body"] == "telmin")
    assert telmin["holes"][0] == {"ordinals": [1, 2], "reason": "Not looked for."}
    assert telmin["corroborated_share"] == 0.0


# The pages.


def made() -> dict[str, str]:
    if not (DOCS / "_generate.py").exists():
        pytest.skip("the documentation is not beside the tests")
    return {path.name: text for path, text in runpy.run_path(str(DOCS / "_generate.py"))["pages"]()}


def test_pages_made_from_code_and_data_are_up_to_date() -> None:
    pages = made()
    assert set(pages) == {"data-dictionary.md", "schema.json", "coverage-by-body.md"}
    if not _about.IS_RELEASE:
        del pages["coverage-by-body.md"]  # it counts the data, and is made when these are released
    old = [name for name, text in pages.items() if text != (DOCS / name).read_text(encoding="utf-8")]
    assert not old, "write these pages anew: python docs/_generate.py"


def test_the_page_of_coverage_tells_of_every_body_and_of_what_is_missing() -> None:
    page = made()["coverage-by-body.md"]
    for body in ac.bodies():
        assert f"| {escaped(body.label)} |" in page
    for gap in ac.gaps():
        assert escaped(gap.reason) in page


def test_the_dictionary_tells_of_every_class_and_field() -> None:
    page, definitions = made()["data-dictionary.md"], ac.schema()["$defs"]
    for name, described in definitions.items():
        if "properties" in described or "anyOf" in described:
            assert f"### {name}\n" in page
        for field in described.get("properties", {}):
            assert f"| `{field}` |" in page
    types = {name: described["properties"]["type"]["const"] for name, described in definitions.items() if "type" in described.get("properties", {})}
    assert len(types) == 7
    for name, told in types.items():
        assert f"| `type` | `{told}` |" in page.partition(f"### {name}\n")[2].partition("###")[0]
