"""Every fault at once, whatever combination of fields is wrong; folders; and no error but `DatasetError` and `OSError`."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import asean_cyber as ac
from asean_cyber import Dataset, DatasetError, Fault
from asean_cyber._files.reading import LeftOut, decode, read_files
from asean_cyber._packaged import files

Write = Callable[..., Path]

WHOLE: dict[str, dict[str, Any]] = {
    "bodies": {"id": "b", "name": "B", "kind": "forum", "description": "D.", "acronym": "BB", "participants": [{"id": "CN", "since": "2001"}]},
    "topics": {"id": "x", "label": "X", "definition": "D.", "identifiers": [{"scheme": "unbis", "value": "1"}]},
    "sources": {"id": "p", "title": "T", "publisher": "P", "kind": "news", "url": "https://a.b/", "language": "en", "accessed": "2026-11-26"},
    "meetings": {
        "id": "m-1", "body": "b", "date": "2011", "name": "N", "ordinal": 1, "mode": "online", "place": {"country": "ID"}, "partners": ["CN"], "topics": ["x"],
        "summary": "S.", "citations": [{"source": "p"}], "relations": [{"kind": "follows", "target": "i-1"}],
    },
    "statements": {
        "id": "m-1/1", "body": "b", "date": "2011", "kind": "speech", "meeting": "m-1", "speaker": "JP", "topics": ["x"], "summary": "S.",
        "acts": [{"kind": "urges", "phrase": "calls upon", "addressees": ["states"]}], "quotation": {"text": "Q.", "language": "en"}, "citations": [{"source": "p", "document": True}],
    },
    "instruments": {
        "id": "i-1", "body": "b", "date": "2010", "title": "T", "kind": "treaty", "status": "in-force", "parties": [{"id": "CN", "consent": "ratification", "consented": "2011"}],
        "parties_of": "all", "identifiers": [{"scheme": "cets", "value": "185"}], "topics": ["x"], "summary": "S.", "citations": [{"source": "p"}],
        "discrepancies": [{"field": "date", "value": "2009", "citation": {"source": "p"}}],
    },
    "gaps": {"body": "b", "reason": "R.", "ordinals": [7]},
}  # fmt: skip
"""An item of each section in which every field that can be wrong holds something."""

WRONG: dict[str, list[tuple[str, Any]]] = {
    "bodies": [("id", "B B"), ("name", ""), ("kind", "club"), ("acronym", 5), ("participants[0].id", "China"), ("participants[0].since", "soon")],
    "topics": [("label", " "), ("broader", "X X"), ("identifiers[0].scheme", "isbn"), ("aliases", "one")],
    "sources": [("title", None), ("kind", "rumour"), ("url", "ftp://x"), ("language", "English"), ("accessed", "yesterday"), ("archived_url", "x")],
    "meetings": [
        ("mode", "phone"), ("date", "20111"), ("name", ""), ("ordinal", "1"), ("place.country", "UK"), ("place.city", " Bali"), ("partners", ["Japan"]),
        ("topics", ["Online scams"]), ("citations[0].source", "P P"), ("relations[0].kind", "likes"), ("reviewed", "2009-13"), ("summary", "a\u0000b"),
    ],
    "statements": [
        ("kind", "poem"), ("speaker", "Japan"), ("acts[0].kind", "likes"), ("acts[0].phrase", ""), ("acts[0].addressees", ["Who?"]), ("quotation.language", "French!"),
        ("citations[0].document", "yes"), ("date", 2011), ("topics", []),
    ],
    "instruments": [
        ("kind", "poem"), ("status", "lost"), ("parties[0].id", "CHN"), ("parties[0].consent", "nod"), ("parties[0].consented", "x"), ("parties_of", "some"),
        ("identifiers[0].scheme", "isbn"), ("discrepancies[0].citation.source", "P P"), ("in_force", "2011-02-30"), ("citations", []),
    ],
    "gaps": [("body", "B!"), ("reason", ""), ("ordinals", [0])],
}  # fmt: skip
"""For each section, fields and values that they refuse."""


def put(item: dict[str, Any], path: str, value: Any) -> None:
    """Set what stands at a path like ``acts[0].kind``."""
    holder: Any = item
    steps: list[Any] = []
    for step in path.replace("]", "").split("."):
        name, _, place = step.partition("[")
        steps += [name] + ([int(place)] if place else [])
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value


def faults(value: Any) -> list[Fault]:
    with pytest.raises(DatasetError) as caught:
        decode([("own.json", json.dumps(value).encode())])
    return list(caught.value.faults)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("section", WRONG)
def test_whatever_is_wrong_together_is_told_together(section: str, count: int) -> None:
    for chosen in combinations(WRONG[section], count):
        raw = json.loads(json.dumps({name: [item] for name, item in WHOLE.items()}))
        item = raw[section][0]
        for path, value in chosen:
            put(item, path, value)
        told = {fault.field for fault in faults(raw)}
        for path, _ in chosen:
            assert any(field is not None and (field == path or field.startswith(f"{path}[")) for field in told), (path, told)


def test_without_a_fault_it_loads() -> None:
    assert len(decode([("own.json", json.dumps({name: [item] for name, item in WHOLE.items()}).encode())]).records) == 3


@pytest.mark.parametrize(
    ("section", "path", "value", "hint"),
    [
        ("meetings", "partners", ["Japan"], "did you mean 'JP'?"),
        ("meetings", "place.country", "UK", "did you mean 'GB'?"),
        ("meetings", "body", "BB", "did you mean 'b'?"),
        ("meetings", "topics", ["X"], "did you mean 'x'?"),
        ("statements", "speaker", "Viet Nam", "did you mean 'VN'?"),
        ("instruments", "parties[0].id", "China", "did you mean 'CN'?"),
        ("bodies", "participants[0].id", "Interpol", "did you mean 'INTERPOL'?"),
        ("bodies", "kind", "polise", "is not one of summit, ministerial"),
    ],
)
def test_a_name_where_a_code_belongs_gets_the_code(section: str, path: str, value: Any, hint: str) -> None:
    raw = json.loads(json.dumps({name: [item] for name, item in WHOLE.items()}))
    put(raw[section][0], path, value)
    assert any(hint in fault.reason for fault in faults(raw)), [str(fault) for fault in faults(raw)]


def test_a_missing_extending_is_suggested(write: Write) -> None:
    own = {
        "meetings": [
            {"id": "ammtc-99", "body": "ammtc", "date": "2030", "name": "N", "topics": ["cybercrime"], "summary": "S.", "citations": [{"source": "mine"}]}
        ]
    }
    with pytest.raises(DatasetError, match=r"load with extending=asean_cyber\.dataset\(\)"):
        Dataset.load(write(own))
    with pytest.raises(DatasetError) as caught:
        Dataset.load(write(own), extending=ac.dataset())
    assert "extending" not in str(caught.value)
    assert len(caught.value.faults) == 1


def test_a_schema_may_be_named_at_the_top(write: Write, raw: dict[str, Any]) -> None:
    assert len(Dataset.load(write({"$schema": "schema.json", **raw}))) == 8


def test_the_type_may_stand_in_an_item(write: Write, raw: dict[str, Any]) -> None:
    raw["meetings"][0] = {"type": "meeting", **raw["meetings"][0]}
    assert len(Dataset.load(write(raw))) == 8
    raw["meetings"][0]["type"] = "statement"
    with pytest.raises(DatasetError, match="telmin-9: type: unknown field"):
        Dataset.load(write(raw))


# Folders.


class TestFolders:
    def test_what_begins_with_a_dot_is_no_data(self, write: Write, raw: dict[str, Any], tmp_path: Path) -> None:
        write(raw, "d/own.json")
        for name in (".ipynb_checkpoints/own.json", "._own.json", ".#own.json", ".git/x.json"):
            write("not JSON", f"d/{name}")
        (tmp_path / "d" / "old.json").mkdir()
        assert len(Dataset.load(tmp_path / "d")) == 8

    def test_the_ending_counts_in_any_case_and_what_else_lies_there_is_told(self, write: Write, raw: dict[str, Any], tmp_path: Path) -> None:
        write({"topics": raw.pop("topics")}, "d/TOPICS.JSON")
        write(raw, "d/records.Json")
        assert len(Dataset.load(tmp_path / "d")) == 8
        write("notes", "d/deep/notes.txt")
        with pytest.warns(LeftOut, match=r"do not end in \.json: deep/notes\.txt"):
            Dataset.load(tmp_path / "d")
        for number in range(8):
            write("notes", f"d/deep/notes-{number}.txt")
        with pytest.warns(LeftOut, match=r"notes-\d\.txt and 4 more$"):
            Dataset.load(tmp_path / "d")

    def test_links_are_followed_once(self, write: Write, raw: dict[str, Any], tmp_path: Path) -> None:
        write({"topics": raw.pop("topics")}, "elsewhere/topics.json")
        write(raw, "d/records.json")
        (tmp_path / "d" / "more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        (tmp_path / "elsewhere" / "round").symlink_to(tmp_path / "d", target_is_directory=True)
        (tmp_path / "d" / "gone.json").symlink_to(tmp_path / "nowhere.json")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert [name for name, _ in read_files(tmp_path / "d")] == ["more/topics.json", "records.json"]
            assert len(Dataset.load(tmp_path / "d")) == 8


# Many faults, in a time that grows with their number.


def test_many_faults_are_found_at_once() -> None:
    """Ten thousand records, each with a body, a topic and a source that are not there: a time that grew with the square would be hours."""
    meetings = [
        {"id": f"m-{n}", "body": f"b-{n}", "date": "2011", "name": "N", "topics": [f"t-{n}"], "summary": "S.", "citations": [{"source": f"p-{n}"}]}
        for n in range(10_000)
    ]
    found = faults({"meetings": meetings})
    assert len(found) == 30_000
    assert sum("did you mean" in fault.reason for fault in found) <= 10


def test_long_chains_and_circles_are_gone_through_once() -> None:
    topics = [{"id": f"t-{n}", "label": "T", "definition": "D.", "broader": f"t-{n + 1}"} for n in range(5_000)]
    found = faults({"topics": [*topics, {"id": "t-5000", "label": "T", "definition": "D.", "broader": "t-4990"}]})
    assert {fault.record for fault in found} <= {f"t-{n}" for n in range(4_990, 5_001)}
    assert "circle" in found[0].reason
    assert decode([("own.json", json.dumps({"topics": [*topics, {"id": "t-5000", "label": "T", "definition": "D."}]}).encode())])


# No input raises anything else. Real files, mutated.

REAL = [data for _, data in files() if len(data) < 60_000][:3] or [min((data for _, data in files()), key=len)]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_a_mutated_file_loads_or_is_a_dataset_error(draw: st.DataObject) -> None:
    data = bytearray(draw.draw(st.sampled_from(REAL)))
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at : at + draw.draw(st.integers(0, 12))] = draw.draw(
            st.sampled_from([b"", b'"', b"{", b"]", b",", b"null", b"-1e999", b"\\ud800", b"\xff", b"1" * 5000, b"[" * 50])
        )
    found: tuple[Fault, ...] = ()
    try:
        decode([("mutated.json", bytes(data))])
    except DatasetError as refused:
        found = refused.faults
        assert str(refused)  # noqa: PT017  # it may as well be valid still
    assert all(fault.reason for fault in found)


@pytest.mark.parametrize("id", ["m\ud800", "m\n2", "\x1b[2J", "m\u202e"])
def test_a_message_fits_on_a_line_of_any_log(write: Write, raw: dict[str, Any], id: str) -> None:
    raw["meetings"][0]["id"] = id
    with pytest.raises(DatasetError) as caught:
        Dataset.load(write(json.dumps(raw)))
    for fault in caught.value.faults:
        assert str(fault).isprintable()
    assert str(caught.value).encode()
