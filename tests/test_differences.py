"""What changed between two datasets is told completely, and nothing is told that did not."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import asean_cyber as ac
from asean_cyber._quality.difference import FieldChange

Write = Callable[..., Path]
Raw = dict[str, Any]


@pytest.fixture
def changed(raw: Raw, write: Write) -> Callable[[Callable[[Raw], object]], ac.Difference]:
    """The difference that something done to the small dataset makes."""

    def changed(apply: Callable[[Raw], object]) -> ac.Difference:
        other = copy.deepcopy(raw)
        apply(other)
        return ac.diff(write(raw, "old.json"), write(other, "new.json"))

    return changed


Changed = Callable[[Callable[[Raw], object]], ac.Difference]


def test_nothing_differs(data: ac.Dataset, write: Write, tmp_path: Path, raw: Raw) -> None:
    for found in (ac.diff(data, data), ac.diff(write(raw), data), ac.diff(str(write(raw)), data), ac.diff(ac.dataset(), ac.dataset())):
        assert not found
        assert str(found) == repr(found) == "No difference."
        assert found.to_markdown() == ""


def test_order_of_items_and_files_is_no_difference(raw: Raw, write: Write, tmp_path: Path) -> None:
    for section, items in raw.items():
        write({section: items if section == "retired" else items[::-1]}, f"parts/{section}.json")
    assert not ac.diff(write(raw, "whole.json"), tmp_path / "parts")


def test_added_and_removed(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["meetings"].append({**raw["meetings"][1], "id": "adgmin-2", "ordinal": 2, "name": "2nd ADGMIN", "date": "2022"})
        raw["statements"].pop(0)
        raw["topics"].append({"id": "drills", "label": "Drills", "definition": "Training."})
        raw["sources"].append({**raw["sources"][0], "id": "page-b"})
        raw["bodies"].append({**raw["bodies"][0], "id": "somtc", "acronym": "SOMTC"})

    found = changed(apply)
    assert [getattr(item, "id", None) for item in found.added] == ["somtc", "drills", "page-b", "adgmin-2"]
    assert [getattr(item, "id", None) for item in found.removed] == ["telmin-9/4"]
    assert not found.retired
    assert not found.changed
    assert str(found) == (
        "4 added, 1 removed\n"
        "\n"
        "Added\n"
        "  body somtc: Telecommunications Ministers\n"
        "  topic drills: Drills\n"
        "  source page-b: A page\n"
        "  meeting adgmin-2: 2nd ADGMIN\n"
        "\n"
        "Removed\n"
        "  statement telmin-9/4: Joint statement, para 4"
    )


def test_retired_is_not_removed(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        plan = raw["instruments"][1]
        raw["instruments"][1] = {**plan, "id": "plan-of-2012"}
        raw["retired"] = {"plan-2012": "plan-of-2012", "the-plan": "plan-of-2012"}

    found = changed(apply)
    assert found.retired == (("plan-2012", "plan-of-2012"), ("the-plan", "plan-of-2012"))
    assert not found.removed
    assert "  plan-2012: now plan-of-2012" in str(found).splitlines()
    assert "- `plan-2012`: now plan-of-2012" in found.to_markdown().splitlines()


def test_no_longer_retired(changed: Changed) -> None:
    found = changed(lambda raw: raw.pop("retired"))
    assert found.reinstated == ("the-plan",)
    assert str(found) == "1 reinstated\n\nReinstated\n  the-plan"


def test_changed_field_by_field(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        meeting = raw["meetings"][0]
        meeting["place"]["city"] = "Luang Prabang"
        meeting["date"] = "2009-10-15/2009-10-16"
        del meeting["ordinal"]
        meeting["topics"] = ["crime", "scams"]

    (change,) = changed(apply).changed
    assert isinstance(change.old, ac.Meeting)
    assert isinstance(change.new, ac.Meeting)
    assert change.old.ordinal == 9
    assert {field.field: (field.old, field.new) for field in change.fields} == {
        "date": (ac.EDTF("2009-10"), ac.EDTF("2009-10-15/2009-10-16")),
        "ordinal": (9, None),
        "place.city": ("Vientiane", "Luang Prabang"),
        "topics": (("security",), ("crime", "scams")),
    }
    assert [line for field in change.fields for line in str(field).splitlines()] == [
        "date: 2009-10 → 2009-10-15/2009-10-16",
        "ordinal: 9 → (not stated)",
        "place.city: Vientiane → Luang Prabang",
        "topics, gone: security",
        "topics, new: crime",
        "topics, new: scams",
    ]


def test_parts_that_came_or_went_whole(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["meetings"][1]["place"] = {"city": "Kuala Lumpur", "country": "MY"}
        raw["statements"][0]["quotation"]["language"] = "en"
        del raw["meetings"][2]["discrepancies"]
        raw["instruments"][1]["parties"] = ["BN", {"id": "PH", "signed": "2012-04"}, "EU"]

    lines = str(changed(apply)).splitlines()
    assert "      place: (not stated) → country MY, city Kuala Lumpur" in lines
    assert "      quotation.language: fr → en" in lines
    assert "      discrepancies, gone: field date, value 2009-12-29, citation (news)" in lines
    assert [line.strip() for line in lines if "parties" in line] == [
        "parties, gone: id PH, signed 2012-03",
        "parties, new: id PH, signed 2012-04",
        "parties, new: EU",
    ]


def test_acts_speakers_and_reviews(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["statements"][0] |= {"speaker": "JP", "acts": [{"kind": "urges", "phrase": "calls upon", "addressees": ["states"]}], "reviewed": "2026-11-27"}
        raw["bodies"][2]["participants"][0] = {"id": "CN", "since": "2004"}
        raw["instruments"][0]["citations"][0] = {"source": "page", "document": True}

    found = changed(apply)
    assert [line for each in found.changed for field in each.fields for line in str(field).splitlines()] == [
        "participants, gone: CN",
        "participants, new: id CN, since 2004",
        "speaker: (not stated) → JP",
        "acts, gone: kind stresses, phrase underlined",
        "acts, gone: kind urges, phrase called upon, addressees states and CN, record telmin-9",
        "acts, new: kind urges, phrase calls upon, addressees states",
        "reviewed: (not stated) → 2026-11-27",
        "citations, gone: page",
        "citations, new: source page, document yes",
    ]


def test_another_order_within_a_field(changed: Changed) -> None:
    found = changed(lambda raw: raw["instruments"][1]["parties"].reverse())
    (change,) = found.changed
    assert [field.field for field in change.fields] == ["parties"]
    assert "parties: BN, id PH, signed 2012-03 → id PH, signed 2012-03, BN" in str(found)


def test_long_texts_stand_one_under_the_other(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["meetings"][0]["summary"] = "Ministers met " * 8 + "at last."

    lines = [line.strip() for line in str(changed(apply)).splitlines()]
    assert "summary, was: Ministers met on networks." in lines
    assert f"summary, now: {'Ministers met ' * 8}at last." in lines


def test_gaps_are_what_they_say(changed: Changed) -> None:
    found = changed(lambda raw: raw["gaps"][0].update(ordinals=[1]))
    assert str(found).splitlines()[-5:] == ["Added", "  gap of telmin: 1. Not looked for.", "", "Removed", "  gap of telmin: 1, 2. Not looked for."]


def test_an_id_that_names_another_sort_of_thing(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["statements"] = [item for item in raw["statements"] if item["instrument" if "instrument" in item else "meeting"] != "pact-2010"]
        raw["instruments"] = [{**raw["instruments"][1], "relations": [], "id": "plan-2012"}]
        raw["meetings"].append({**raw["meetings"][0], "id": "pact-2010", "ordinal": 10})

    found = changed(apply)
    assert [type(item).__name__ for item in found.added] == ["Meeting"]
    assert {type(item).__name__ for item in found.removed} == {"Statement", "Instrument"}


def test_markdown_is_for_a_changelog(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["meetings"][0]["mode"] = "hybrid"
        raw["sources"].pop(1)
        raw["meetings"][2]["discrepancies"] = []
        raw["instruments"][0]["citations"].pop(1)

    assert changed(apply).to_markdown() == (
        "#### Removed\n"
        "\n"
        "- source `news`: A report\n"
        "\n"
        "#### Changed\n"
        "\n"
        "- meeting `telmin-9`: 9th TELMIN\n"
        "  - mode: (not stated) → hybrid\n"
        "- meeting `police-plus-2`: 2nd Police Plus Three\n"
        "  - discrepancies, gone: field date, value 2009-12-29, citation (news)\n"
        "- instrument `pact-2010`: The Pact\n"
        "  - citations, gone: news\n"
    )


def test_hostile_text_stays_text(changed: Changed) -> None:
    def apply(raw: Raw) -> None:
        raw["meetings"][0]["name"] = "<script>alert(1)</script> [x](javascript:y) `code` *b* | c\n# Heading"

    (line,) = (line for line in changed(apply).to_markdown().splitlines() if line.startswith("- meeting"))
    assert line == (r"- meeting `telmin-9`: \<script\>alert(1)\</script\> \[x\](javascript:y) \`code\` \*b\* \| c \# Heading")


@pytest.mark.parametrize("value", [None, 7, b"old.json", {"meetings": []}])
def test_only_datasets_and_paths(data: ac.Dataset, value: Any) -> None:
    with pytest.raises(TypeError, match="expected a Dataset or the path of one"):
        ac.diff(data, value)


def test_files_that_cannot_be_compared(data: ac.Dataset, write: Write, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        ac.diff(tmp_path / "nowhere.json", data)
    with pytest.raises(ac.DatasetError, match="unknown section"):
        ac.diff(write({"meeting": []}), data)


def test_own_files_that_lean_on_another_dataset(write: Write) -> None:
    base = ac.dataset()
    met = {"id": "mine:x-1", "body": "arf", "date": "2024", "name": "X", "summary": "We met.", "citations": [{"source": "cybercrimelaw-asean"}]}
    old, new = write({"meetings": [met]}, "old.json"), write({"meetings": [{**met, "summary": "They met."}]}, "new.json")
    with pytest.raises(ac.DatasetError, match="no body has the id 'arf'"):
        ac.diff(old, new)
    found = ac.diff(old, new, extending=base)
    assert [change.new.id for change in found.changed if isinstance(change.new, ac.Meeting)] == ["mine:x-1"]
    assert not found.added
    assert not found.removed
    # A dataset may hold what it extends or not; either way that is on both sides.
    assert not ac.diff(ac.Dataset.load(old, extending=base), old, extending=base)
    alone = ac.Dataset.from_records([], topics=[ac.Topic(id="mine:t", label="Mine", definition="What I look for.")])
    found = ac.diff(alone, old, extending=base)
    assert [getattr(item, "id", None) for item in (*found.added, *found.removed)] == ["mine:x-1", "mine:t"]
    assert [getattr(item, "id", None) for item in ac.diff(base, old, extending=base).added] == ["mine:x-1"]


def test_one_id_for_two_things_cannot_be_compared(write: Write) -> None:
    met = {"id": "ammtc-8", "body": "arf", "date": "2024", "name": "X", "summary": "We met.", "citations": [{"source": "cybercrimelaw-asean"}]}
    with pytest.raises(ac.DatasetError, match="already taken"):
        ac.diff(write({"meetings": [met]}), ac.dataset(), extending=ac.dataset())


# Older releases.


def older(raw: Raw) -> Raw:
    """The small dataset as 0.3.0 would have written it: a body with partners, and no participants."""
    found = copy.deepcopy(raw)
    body = found["bodies"][2]
    body["partners"] = body.pop("participants")
    return found


@pytest.fixture
def wheel(raw: Raw, tmp_path: Path) -> Path:
    path = tmp_path / "asean_cyber-0.3.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("asean_cyber/data/small.json", json.dumps(older(raw)))
        archive.writestr("asean_cyber/places/participants.json", "{}")
    return path


def test_data_of_an_older_release_are_read_in_the_form_of_today(raw: Raw, write: Write, data: ac.Dataset, wheel: Path) -> None:
    assert not ac.diff(write(older(raw), "old.json"), data)
    assert not ac.diff(wheel, data)
    raw["bodies"][2]["participants"] = ["CN", "JP"]
    (change,) = ac.diff(wheel, write(raw)).changed
    assert [str(field) for field in change.fields] == ["participants, gone: KR"]


def test_a_release_by_its_number_where_its_wheel_is_at_hand(data: ac.Dataset, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(wheel.parent)
    assert not ac.diff("0.3.0", data)
    (wheel.parent / "dist").mkdir()
    wheel.rename(wheel.parent / "dist" / wheel.name)
    assert not ac.diff("0.3.0", data)


def test_a_release_that_is_not_at_hand_says_how_to_get_it(data: ac.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tree = ac.releases()[2].swhid.removeprefix("swh:1:dir:")
    with pytest.raises(ac.InvalidArgument, match=f"the data of 0.3.0 are not at hand: .*git archive --prefix=data-0.3.0/ {tree}"):
        ac.diff("0.3.0", data)
    with pytest.raises(ac.InvalidArgument, match=r"no release 0\.3\.9 is known, and there is no file or folder of that name"):
        ac.diff("0.3.9", data)


def test_another_wheel_is_no_dataset(data: ac.Dataset, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("other/data/x.json", "{}")
    with pytest.raises(ac.InvalidArgument, match="no wheel of asean-cyber"):
        ac.diff(tmp_path / "other.whl", data)


def test_is_a_value() -> None:
    one = FieldChange("ordinal", 9, None)
    assert one == attrs.evolve(one)
    assert hash(ac.diff(ac.dataset(), ac.dataset())) == hash(ac.Difference())


SUMMARIES = ("It met.", "They met.", "Who met?")
SUBSETS = st.dictionaries(st.sampled_from(["a-1", "a-2", "a-3"]), st.sampled_from(SUMMARIES))


@settings(max_examples=50)
@given(SUBSETS, SUBSETS)
def test_false_exactly_when_equal_and_the_other_way_round(first: dict[str, str], second: dict[str, str]) -> None:
    def make(held: dict[str, str]) -> ac.Dataset:
        meetings = [ac.Meeting(id=id, body="a", date="2020", name=id, summary=summary, citations=[ac.Citation("page")]) for id, summary in held.items()]
        page = ac.Source(id="page", title="A page", publisher="Us", kind="official")
        return ac.Dataset.from_records(meetings, bodies=[ac.Body(id="a", name="A", kind="forum", description="It meets.")], sources=[page])

    old, new = make(first), make(second)
    there, back = ac.diff(old, new), ac.diff(new, old)
    assert bool(there) == bool(back) == (old != new)
    assert set(there.added) == set(back.removed)
    assert {(change.old, change.new) for change in there.changed} == {(change.new, change.old) for change in back.changed}
