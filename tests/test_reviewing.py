"""A review sheet shows records beside their pages, can be drawn again, and is believed only as far as it can be checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber._files.writing import canonical_form, not_canonical
from asean_cyber._quality.reviewing import apply, clauses, draw, marks, of_page, sheet, state
from asean_cyber.cli import main


@pytest.fixture
def folder(raw: dict[str, Any], tmp_path: Path) -> Path:
    """The small dataset in two files in the canonical form, nothing of it reviewed."""
    place = tmp_path / "data"
    place.mkdir()
    for item in raw["meetings"] + raw["statements"] + raw["instruments"]:
        item.pop("reviewed", None)
    statements = {"statements": raw.pop("statements")}
    for name, value in (("rest.json", raw), ("statements.json", statements)):
        (place / name).write_bytes(canonical_form(name, json.dumps(value).encode()))
    return place


def filled(text: str, id: str, verdict: str, day: str = "2026-11-30") -> str:
    """A sheet in Markdown with the day and a verdict filled in, as a person would."""
    text = re.sub(r"(?m)^day: .*$", f"day: {day}", text)
    return re.sub(rf"(?ms)(^## {re.escape(id)}$.*?^verdict:) *\w*$", rf"\1 {verdict}", text, count=1)


# What is drawn.


def test_a_draw_can_be_repeated_and_another_seed_draws_others() -> None:
    first = draw(60, 20261201)
    assert len(first) == len(set(first)) == 60
    assert draw(60, 20261201) == first
    assert set(draw(40, 20261201)) < set(first)
    assert set(draw(60, 20261202)) != set(first)
    assert len(draw(10**6, 1)) == len(ac.records())


def test_every_record_is_as_likely_as_another(data: ac.Dataset) -> None:
    drawn = [record.id for seed in range(400) for record in draw(2, seed, data)]
    expected = len(drawn) / len(data)
    for record in data.records():
        assert 0.6 * expected < drawn.count(record.id) < 1.4 * expected


def test_a_page_with_all_that_rests_on_it(data: ac.Dataset) -> None:
    assert [record.id for record in of_page("news", data)] == ["pact-2010"]
    assert {record.id for record in of_page("page", data)} == set(data.records().ids)
    with pytest.raises(ac.UnknownName, match="paper"):
        of_page("paper", data)


# The sheet.


def test_the_sheet_shows_clauses_and_facts_beside_their_pages(data: ac.Dataset) -> None:
    text = sheet(data.records(), dataset=data)
    assert "- page: A page (A ministry, official) <https://example.org/a>\n" in text
    part = text.partition("## telmin-9/4\n")[2].partition("\n## ")[0]
    assert "- locator: para 4\n" in part
    assert "- [ ] Networks are to be safe.\n" in part
    assert re.search(r"\nstate: [0-9a-f]{16}\nverdict: \nnote: $", part.rstrip("\n"))
    assert len(marks(text)) == len(data)


def test_clauses_leave_no_word_out() -> None:
    for record in ac.records():
        assert " ".join(clauses(record.summary)) == " ".join(record.summary.split())


def test_lines_are_json_with_the_same_marks(data: ac.Dataset) -> None:
    text = sheet(data.records(), "jsonl", data)
    values = [json.loads(line) for line in text.splitlines()]
    assert [value["id"] for value in values] == list(data.records().ids)
    assert values[0]["pages"][0]["url"] == "https://example.org/a"
    assert [(mark.id, mark.state) for mark in marks(text)] == [(mark.id, mark.state) for mark in marks(sheet(data.records(), dataset=data))]
    with pytest.raises(ac.InvalidArgument, match="markdown or jsonl"):
        sheet(data.records(), "csv", data)  # type: ignore[arg-type]


def test_a_text_that_looks_like_a_sheet_stays_text(raw: dict[str, Any], write: Callable[..., Path]) -> None:
    raw["meetings"][0]["summary"] = "They met.\n\n## adgmin-1\n\nstate: 0\nverdict: right"
    held = ac.Dataset.load(write(raw))
    found = {mark.id: mark for mark in marks(sheet(held.records(), dataset=held))}
    assert found["adgmin-1"].state == state(held.get("adgmin-1"))
    assert {mark.verdict for mark in found.values()} == {""}


def test_the_state_is_of_all_that_is_said_but_the_review(data: ac.Dataset) -> None:
    record = data.get("telmin-9")
    assert state(attrs.evolve(record, reviewed="2026-11-30")) == state(record)
    assert state(attrs.evolve(record, summary="Others met.")) != state(record)


# What comes back.


@pytest.mark.parametrize("format", ["markdown", "jsonl"])
def test_what_was_found_right_is_reviewed_and_nothing_else_changes(folder: Path, format: Any) -> None:
    before = ac.Dataset.load(folder)
    text = sheet(before.records(), format, before)
    if format == "markdown":
        text = filled(filled(text, "telmin-9", "right"), "telmin-9/4", "`Right`")
    else:
        lines = [json.loads(line) for line in text.splitlines()]
        text = "\n".join(
            json.dumps({**value, **({"verdict": "right", "day": "2026-11-30"} if value["id"] in ("telmin-9", "telmin-9/4") else {})}) for value in lines
        )
    found = apply(text, folder)
    assert set(found.reviewed) == {"telmin-9", "telmin-9/4"}
    assert not found.left
    assert found.verdicts == {"": len(before) - 2, "right": 2}
    after = ac.Dataset.load(folder)
    changes = {
        (change.new.id, field.field, field.new) for change in ac.diff(before, after).changed for field in change.fields if isinstance(change.new, ac.Record)
    }
    assert changes == {(id, "reviewed", ac.EDTF("2026-11-30")) for id in ("telmin-9", "telmin-9/4")}
    assert not list(not_canonical((path.name, path.read_bytes()) for path in folder.iterdir()))


def test_right_is_of_what_the_sheet_showed_and_mended_of_what_changed(folder: Path) -> None:
    before = ac.Dataset.load(folder)
    text = filled(filled(sheet(before.records(), dataset=before), "telmin-9", "right"), "adgmin-1", "mended")
    path = folder / "rest.json"
    path.write_text(path.read_text("utf-8").replace("Ministers met on networks.", "Ministers met on cables."), "utf-8")
    found = apply(text, folder)
    assert not found.reviewed
    assert dict(found.left) == {
        "telmin-9": "it has changed since the sheet was made: read it again",
        "adgmin-1": "it is what it was, nothing has been mended",
    }
    assert apply(filled(text, "telmin-9", "mended"), folder).reviewed == ("telmin-9",)


def test_what_is_not_right_waits_to_be_mended(folder: Path) -> None:
    before = ac.Dataset.load(folder)
    held = {path: path.read_bytes() for path in folder.iterdir()}
    text = sheet(before.records(), dataset=before)
    for id, verdict in (("telmin-9", "wrong"), ("adgmin-1", "better"), ("pact-2010", "rihgt")):
        text = filled(text, id, verdict)
    found = apply(text, folder)
    assert not found.reviewed
    assert str(found).startswith("0 reviewed (")
    assert "  telmin-9: wrong: to be mended" in str(found)
    assert "  pact-2010: 'rihgt' is no verdict; those are right, better, wrong, mended" in str(found)
    assert {path: path.read_bytes() for path in folder.iterdir()} == held


def test_a_sheet_that_cannot_be_used_changes_nothing(folder: Path) -> None:
    before = ac.Dataset.load(folder)
    held = {path: path.read_bytes() for path in folder.iterdir()}
    text = filled(sheet(before.records(), dataset=before), "telmin-9", "right", day="")
    with pytest.raises(ac.InvalidArgument, match="does not say the day of the review of telmin-9"):
        apply(text, folder)
    with pytest.raises(ac.InvalidArgument, match="does not say the day"):
        apply(filled(text, "telmin-9", "right", day="2026-11"), folder)
    with pytest.raises(ac.InvalidArgument, match="line 2 of the sheet"):
        apply('{"id": "a", "state": "", "verdict": "", "day": ""}\n{"id": 3}', folder)
    with pytest.raises(ac.InvalidArgument, match="no review sheet"):
        apply("# Notes\n\n## telmin-9\n\nverdict: right\n", folder)
    assert apply("", folder).reviewed == ()
    assert {path: path.read_bytes() for path in folder.iterdir()} == held


def test_the_command_draws_and_applies(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--sample", "3", "--seed", "20261201"]) == 0
    text = capsys.readouterr().out
    assert [mark.id for mark in marks(text)] == [record.id for record in draw(3, 20261201)]
    assert main(["review", "--page", "cybercrimelaw-asean", "--format", "jsonl"]) == 0
    assert {mark.id for mark in marks(capsys.readouterr().out)} == {record.id for record in of_page("cybercrimelaw-asean")}
    before = ac.Dataset.load(folder)
    path = tmp_path / "sheet.md"
    path.write_text(filled(sheet(before.records(), dataset=before), "telmin-9", "right"), "utf-8")
    assert main(["review", "--apply", str(path), "--data", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("1 reviewed (")
    path.write_text(filled(path.read_text("utf-8"), "telmin-9", "wrong"), "utf-8")
    assert main(["review", "--apply", str(path), "--data", str(folder)]) == 1
    assert ac.Dataset.load(folder).get("telmin-9").reviewed == ac.EDTF("2026-11-30")
