"""Reading JSON: what is valid comes through unchanged, what is not is named, fault by fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import asean_cyber as ac
from asean_cyber import (
    Body,
    Citation,
    Dataset,
    DatasetError,
    Discrepancy,
    Gap,
    Instrument,
    Meeting,
    Party,
    Place,
    Quotation,
    Relation,
    Source,
    Statement,
    Topic,
)
from asean_cyber._files.reading import decode
from asean_cyber._files.writing import encode
from asean_cyber._model.contents import Contents
from asean_cyber._model.fields import is_text
from asean_cyber.places import COUNTRIES, PARTICIPANTS
from asean_cyber.vocabulary import BodyKind, Consent, InstrumentKind, InstrumentStatus, Mode, SourceKind, StatementKind

Write = Callable[..., Path]


def faults(path: Path) -> list[str]:
    with pytest.raises(DatasetError) as caught:
        Dataset.load(path)
    return [str(fault) for fault in caught.value.faults]


def test_a_valid_file_loads_and_writes_itself_back(write: Write, raw: dict[str, Any]) -> None:
    loaded = Dataset.load(write(raw))
    assert {section: sorted(items, key=str) for section, items in json.loads(loaded.to_json()).items()} == {
        section: sorted(items, key=str) for section, items in raw.items()
    }
    assert Dataset.load(write(loaded.to_json())).to_json() == loaded.to_json()
    assert Dataset.load(write(loaded.to_json(), "again.json")) == loaded


def test_a_folder_is_one_dataset_whatever_the_files(write: Write, raw: dict[str, Any], tmp_path: Path) -> None:
    for section, items in raw.items():
        write({section: items}, f"parts/deep/{section}.json")
    assert Dataset.load(tmp_path / "parts") == Dataset.load(write(raw, "whole.json"))


def test_a_byte_order_mark_does_no_harm(write: Write, raw: dict[str, Any]) -> None:
    assert len(Dataset.load(write(b"\xef\xbb\xbf" + json.dumps(raw).encode()))) == 8


# Each malformed input with the message that it gets: (what is done to the file, how the fault reads).


def change(section: str, at: int, /, **fields: Any) -> Callable[[dict[str, Any]], None]:
    def apply(raw: dict[str, Any]) -> None:
        for name, value in fields.items():
            if value is ...:
                del raw[section][at][name]
            else:
                raw[section][at][name] = value

    return apply


MALFORMED = {
    "unknown field": (change("meetings", 0, venue="a hall"), "own.json: telmin-9: venue: unknown field: the fields of Meeting are id, body"),
    "missing field": (change("meetings", 0, name=...), "own.json: telmin-9: name: missing"),
    "missing id": (change("meetings", 0, id=...), "own.json: meetings[0]: id: missing"),
    "wrong type": (change("meetings", 0, ordinal="9"), "own.json: telmin-9: ordinal: expected a whole number, got '9'"),
    "a truth value for a number": (change("meetings", 0, ordinal=True), "own.json: telmin-9: ordinal: expected a whole number, got true or false"),
    "a fraction for a number": (change("meetings", 0, ordinal=9.5), "own.json: telmin-9: ordinal: expected a whole number, got 9.5"),
    "null for a text": (change("meetings", 0, summary=None), "own.json: telmin-9: summary: expected a value, got null: a field whose value is not known is left out"),
    "text for a list": (change("meetings", 0, topics="security"), "own.json: telmin-9: topics: expected a list, got 'security'"),
    "a number in a list": (change("meetings", 0, partners=["CN", 5]), "own.json: telmin-9: partners[1]: expected text, got 5"),
    "text for an object": (change("meetings", 0, place="Vientiane"), "own.json: telmin-9: place: expected an object, got 'Vientiane'"),
    "unknown country": (change("meetings", 0, place={"country": "LAO"}), "own.json: telmin-9: place.country: expected an ISO 3166-1 alpha-2 country code"),
    "unknown kind": (change("statements", 0, kind="remark"), "own.json: telmin-9/4: kind: 'remark' is not one of communique, joint-statement"),
    "bad EDTF": (change("meetings", 0, date="October 2009"), "own.json: telmin-9: date: 'October 2009' is not an EDTF date: write YYYY"),
    "impossible day": (change("meetings", 0, date="2009-02-30"), "own.json: telmin-9: date: '2009-02-30' is not a day of the calendar"),
    "an end before its start": (change("meetings", 1, date="2021-01-22/2021-01-21"), "own.json: adgmin-1: date: '2021-01-22/2021-01-21' ends before it starts"),
    "expiry before adoption": (change("instruments", 0, expires="2009"), "own.json: pact-2010: expires: 2009 is before its date, 2010-01-02"),
    "no citation": (change("meetings", 0, citations=[]), "own.json: telmin-9: citations: expected at least one: citations"),
    "citations missing": (change("meetings", 0, citations=...), "own.json: telmin-9: citations: missing"),
    "unknown source": (change("meetings", 0, citations=[{"source": "pages"}]), "own.json: telmin-9: citations: no source has the id 'pages'; did you mean 'page'?"),
    "a citation with a typing error": (change("meetings", 0, citations=[{"sauce": "page"}]), "own.json: telmin-9: citations[0].sauce: unknown field"),
    "unknown topic": (change("meetings", 0, topics=["securty"]), "own.json: telmin-9: topics: no topic has the id 'securty'; did you mean 'security'?"),
    "unknown body": (change("meetings", 0, body="telmim"), "own.json: telmin-9: body: no body has the id 'telmim'; did you mean 'telmin'?"),
    "unknown parent": (change("bodies", 0, parent="asean"), "own.json: telmin: parent: no body has the id 'asean'"),
    "dangling meeting": (change("instruments", 0, meeting="police-plus-3"), "own.json: pact-2010: meeting: no meeting has the id 'police-plus-3'; did you mean 'police-plus-2'?"),
    "relation to nowhere": (
        change("instruments", 1, relations=[{"kind": "implements", "target": "pact-2011"}]),
        "own.json: plan-2012: relations (implements): no record has the id 'pact-2011'; did you mean 'pact-2010'",
    ),
    "relation to itself": (change("instruments", 1, relations=[{"kind": "follows", "target": "plan-2012"}]), "own.json: plan-2012: relations: a record cannot be related to itself"),
    "adopted at an instrument": (
        change("instruments", 1, relations=[{"kind": "adopted_at", "target": "pact-2010"}]),
        "own.json: plan-2012: relations (adopted_at): no meeting has the id 'pact-2010'",
    ),
    "a discrepancy about no field": (
        change("meetings", 0, discrepancies=[{"field": "day", "value": "2", "citation": {"source": "news"}}]),
        "own.json: telmin-9: discrepancies: 'day' is not a field of Meeting",
    ),
    "duplicate id": (lambda raw: raw["meetings"].append(dict(raw["meetings"][1])), "own.json: adgmin-1: id: the id stands 2 times (meeting, meeting)"),
    "id reused across kinds": (change("instruments", 1, id="telmin-9"), "own.json: telmin-9: id: the id stands 2 times (meeting, instrument)"),
    "id of a body": (change("instruments", 1, id="adgmin"), "own.json: adgmin: id: the id stands 2 times (body, instrument)"),
    "ordinal twice in a series": (
        lambda raw: raw["meetings"].append({**raw["meetings"][0], "id": "telmin-9b"}),
        "own.json: telmin-9b: ordinal: telmin-9 is number 9 of telmin already",
    ),
    "a gap that is none": (change("gaps", 0, ordinals=[9]), "own.json: gap of telmin: ordinals: number 9 is no gap: telmin-9 fills it"),
    "a statement whose id grows from nothing": (change("statements", 0, id="paragraph-4"), "own.json: paragraph-4: id: the id of a statement is that of its meeting or instrument"),
    "a meeting with the id of a statement": (change("meetings", 0, id="telmin/9"), "own.json: telmin/9: id: only the id of a statement has a slash"),
    "topics in a circle": (change("topics", 0, broader="scams"), "own.json: crime: broader: goes round in a circle: crime > scams > crime"),
    "lineage in a circle": (change("bodies", 0, predecessor="adgmin"), "own.json: telmin: predecessor: goes round in a circle: telmin > adgmin > telmin"),
    "a retired id in use": (lambda raw: raw["retired"].update({"telmin-9": "adgmin-1"}), "own.json: telmin-9: retired: a retired id is never used again"),
    "a successor that is none": (lambda raw: raw["retired"].update({"old": "newer"}), "old: retired: its successor 'newer' is no record"),
    "a retired id that is none": (lambda raw: raw["retired"].update({"Old Id": "adgmin-1"}), "Old Id: retired: 'Old Id' is no id"),
    "unknown section": (lambda raw: raw.update(meeting=[]), "own.json: meeting: unknown section: the sections are bodies, topics"),
    "a section that is no list": (lambda raw: raw.update(meetings={}), "own.json: meetings: expected a list, got an object"),
    "an item that is no object": (lambda raw: raw["meetings"].append("telmin-10"), "own.json: meetings[3]: expected an object, got 'telmin-10'"),
    "a party that is none": (change("instruments", 0, parties=["CHN"]), "own.json: pact-2010: parties[0]: expected an ISO 3166-1 alpha-2 code"),
    "a party twice": (change("instruments", 0, parties=["CN", {"id": "CN", "signed": "2010"}]), "own.json: pact-2010: parties: expected parties, each named once"),
}  # fmt: skip


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_dataset_gets_its_message(case: str, write: Write, raw: dict[str, Any]) -> None:
    spoil, says = MALFORMED[case]
    spoil(raw)
    found = faults(write(raw))
    assert any(fault.startswith(says) for fault in found), found


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "own.json: not JSON: Expecting value at line 1, column 1; the file seems to be cut off"),
        (b"year,body\n2011,AMMTC\n", "own.json: not JSON: Expecting value at line 1, column 1"),
        (b'{"meetings": [{"id": "ammtc-8", "bo', "own.json: not JSON: Unterminated string starting at at line 1, column 33"),
        (b'{"meetings": [', "own.json: not JSON: Expecting value at line 1, column 15; the file seems to be cut off"),
        ('{"meetings": [{"id": "ammtc-8", "name": "Réunion"}]}'.encode("latin-1"), "own.json: not UTF-8 (byte 42 is 0xe9): save it as UTF-8"),
        (b"\xff\xfe{\x00}\x00", "own.json: not UTF-8 (byte 0 is 0xff)"),
        (b"[]", "own.json: expected an object with the sections bodies, topics, sources, meetings, statements, instruments, gaps, got a list"),
        (b'{"meetings": [{"ordinal": NaN}]}', "own.json: not JSON: NaN is no JSON value"),
        (b'{"meetings": [{"id": "a-1", "id": "a-2"}]}', "own.json: id: the key stands twice in one object in a-2"),
        (b"[" * 100_000, "own.json: not "),
    ],
    ids=["empty", "csv", "half a file", "half a list", "latin-1", "utf-16", "a list", "NaN", "key twice", "deep nesting"],
)
def test_what_is_no_dataset_gets_its_message(data: bytes, says: str, write: Write) -> None:
    (fault,) = faults(write(data))
    assert fault.startswith(says)


def test_every_fault_is_named_at_once(write: Write, raw: dict[str, Any]) -> None:
    change("meetings", 0, date="never", ordinal="nine", topics=["securty"], venue="hall")(raw)
    change("statements", 1, citations=[{"source": "nowhere"}], topics=["skams"])(raw)
    change("instruments", 0, parties=["CN", "XX"])(raw)
    found = faults(write(raw))
    for start in (
        "own.json: telmin-9: date: ",
        "own.json: telmin-9: ordinal: ",
        "own.json: telmin-9: venue: ",
        "own.json: police-plus-2/1: citations: no source has the id 'nowhere'",
        "own.json: police-plus-2/1: topics: no topic has the id 'skams'",
        "own.json: pact-2010: parties[1]: ",
    ):
        assert any(fault.startswith(start) for fault in found), (start, found)
    # What refers to the refused records is not blamed for it.
    assert not any("has the id 'telmin-9'" in fault or "has the id 'pact-2010'" in fault for fault in found)


def test_faults_in_several_files_name_their_files(write: Write, raw: dict[str, Any], tmp_path: Path) -> None:
    write({"topics": raw.pop("topics")}, "d/topics.json")
    write(raw, "d/records.json")
    write("{", "d/broken.json")
    write({"topics": [{"id": "scams", "label": "Scams again", "definition": "Twice."}]}, "d/more.json")
    found = faults(tmp_path / "d")
    assert any(fault.startswith("broken.json: not JSON") for fault in found)
    assert any(fault.startswith("more.json, topics.json: scams: id: the id stands 2 times") for fault in found)


def test_the_error_tells_how_many_and_that_nothing_was_loaded(write: Write) -> None:
    with pytest.raises(DatasetError, match=r"1 fault in the dataset, nothing was loaded:\n  own\.json: not JSON"):
        Dataset.load(write("{"))


def test_a_path_without_data_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Dataset.load(tmp_path / "nothing.json")
    with pytest.raises(FileNotFoundError, match=r"no \.json file in the folder"):
        Dataset.load(tmp_path)


class TestJoining:
    def test_datasets_join_and_what_is_in_both_is_there_once(self, data: Dataset) -> None:
        assert data | data == data
        cited = [Citation("mine:page")]
        own = Dataset.from_records(
            [Meeting(id="mine:drill-1", body="mine:team", date="2022", name="A drill", summary="We drilled.", citations=cited)],
            bodies=[Body(id="mine:team", name="Our team", kind="network", description="We drill.")],
            sources=[Source(id="mine:page", title="Our page", publisher="We", kind="official")],
        )
        joined = ac.dataset() | own
        assert len(joined) == len(ac.dataset()) + 1
        assert joined.meetings(body="Our team") == own.meetings()

    @pytest.mark.parametrize("name", ["telmin-9"])
    def test_an_id_for_two_things_is_a_fault(self, data: Dataset, raw: dict[str, Any], write: Write, name: str) -> None:
        raw["meetings"][0]["summary"] = "Something else."
        with pytest.raises(DatasetError, match=f"{name}: id: the id is already taken"):
            data | Dataset.load(write(raw))

    def test_own_records_may_refer_to_the_dataset_they_extend(self, data: Dataset, write: Write) -> None:
        own = {"meetings": [{"id": "mine:drill-1", "body": "adgmin", "date": "2022-05", "name": "A drill", "topics": ["security"], "summary": "We drilled.",
                             "citations": [{"source": "page"}]}]}  # fmt: skip
        both = Dataset.load(write(own), extending=data)
        assert both.meetings(body="ADGMIN").ids == ("adgmin-1", "mine:drill-1")
        assert len(data) == 8
        with pytest.raises(DatasetError, match="no body has the id 'adgmin'"):
            Dataset.load(write(own))

    def test_a_dataset_without_records_can_be_extended(self, data: Dataset) -> None:
        words = Dataset.from_records([], bodies=data.bodies(), topics=data.topics(), sources=data.sources())
        assert Dataset.from_records(data.meetings(), extending=words).meetings() == data.meetings()

    def test_a_meeting_closes_the_gap_of_another_dataset(self, data: Dataset) -> None:
        found = Meeting(id="telmin-2", body="telmin", date="2002", ordinal=2, name="2nd TELMIN", summary="They met.", citations=[Citation("page")])
        both = Dataset.from_records([found], extending=data)
        assert [gap.ordinals for gap in both.gaps()] == [(1,)]
        assert Dataset(decode([("both.json", both.to_json().encode())])) == both

    def test_an_id_retired_elsewhere_is_not_used_again(self, data: Dataset) -> None:
        again = Meeting(id="the-plan", body="telmin", date="2002", name="A plan", summary="They met.", citations=[Citation("page")])
        with pytest.raises(DatasetError, match="the-plan: retired: a retired id is never used again"):
            Dataset.from_records([again], extending=data)

    def test_what_is_no_dataset_is_a_type_error(self, data: Dataset) -> None:
        with pytest.raises(TypeError, match=r"use Dataset\.load"):
            Dataset("own.json")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="expected Source"):
            Dataset.from_records([], sources=data.topics())  # type: ignore[arg-type]

    def test_from_records(self, data: Dataset) -> None:
        own = Meeting(id="mine:drill-1", body="adgmin", date="2022-05", name="A drill", summary="We drilled.", citations=[Citation("page")])
        assert Dataset.from_records([own], extending=data).get("mine:drill-1") is own
        with pytest.raises(DatasetError, match="2 faults"):
            Dataset.from_records([own])
        with pytest.raises(TypeError, match="expected meetings, statements and instruments"):
            Dataset.from_records(data.bodies())  # type: ignore[arg-type]


# Any valid dataset, whatever is in it, goes to JSON and back without loss.

_text = st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=12).map(str.strip).filter(is_text)
_dates = st.one_of(st.integers(1900, 2100).map(str), st.dates().map(str), st.tuples(st.dates(), st.dates()).map(lambda days: f"{min(days)}/{max(days)}"))
_name = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


def _unique(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(values, max_size=most, unique=True)


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    spare = draw(st.lists(_name, min_size=12, max_size=12, unique=True))
    source, topic, wide, body, older, *rest = spare
    sources = [
        Source(
            id=source,
            title=draw(_text),
            publisher=draw(_text),
            kind=draw(st.sampled_from(SourceKind)),
            url="https://example.org/é",
            date=draw(st.none() | _dates),
        )
    ]
    topics = [
        Topic(id=wide, label=draw(_text), definition=draw(_text)),
        Topic(id=topic, label=draw(_text), definition=draw(_text), broader=wide, aliases=draw(_unique(_text))),
    ]
    kind = st.sampled_from(BodyKind)
    bodies = [
        Body(id=older, name=draw(_text), kind=draw(kind), description=draw(_text)),
        Body(
            id=body,
            name=draw(_text),
            kind=draw(kind),
            description=draw(_text),
            predecessor=older,
            participants=draw(_unique(st.sampled_from(sorted(PARTICIPANTS)))),
        ),
    ]
    cited = st.lists(st.builds(Citation, st.just(source), st.none() | _text, st.none() | _text), min_size=1, max_size=3, unique=True)
    common = {"body": st.sampled_from([body, older]), "summary": _text, "citations": cited}
    place = st.none() | st.builds(Place, st.sampled_from(sorted(COUNTRIES)), st.none() | _text)
    meetings = [
        draw(st.builds(Meeting, id=st.just(name), date=_dates, name=_text, ordinal=st.none() | st.just(n), place=place, mode=st.none() | st.sampled_from(Mode),
                       topics=_unique(st.sampled_from([topic, wide])), partners=_unique(st.sampled_from(sorted(PARTICIPANTS))),
                       discrepancies=st.lists(st.builds(Discrepancy, st.just("date"), _text, st.just(Citation(source))), max_size=2, unique=True), **common))
        for n, name in enumerate(rest[:3], 1)
    ]  # fmt: skip
    party = st.sampled_from(sorted(PARTICIPANTS)).flatmap(
        lambda code: (
            st.just(Party(code))
            | st.builds(Party, st.just(code), signed=st.none() | _dates, consented=st.none() | _dates, consent=st.none() | st.sampled_from(Consent))
        )
    )
    instruments = [
        draw(st.builds(Instrument, id=st.just(name), date=st.just("2010-05"), title=_text, kind=st.sampled_from(InstrumentKind), in_force=st.none() | _dates,
                       status=st.none() | st.sampled_from(InstrumentStatus), parties=st.lists(party, max_size=4, unique_by=lambda p: p.id), topics=st.just([topic]),
                       relations=st.just([Relation("adopted_at", rest[0])]), meeting=st.just(rest[0]), **common))
        for name in rest[3:5]
    ]  # fmt: skip
    stem = rest[0]
    statements = [
        draw(st.builds(Statement, id=st.just(f"{stem}/{n}"), date=_dates, meeting=st.just(stem), kind=st.sampled_from(StatementKind), topics=st.just([topic]),
                       locator=st.none() | _text, title=st.none() | _text, quotation=st.none() | st.builds(Quotation, _text), **common))
        for n in (1, 2)
    ]  # fmt: skip
    gaps = draw(_unique(st.builds(Gap, body=st.just(body), reason=_text, ordinals=_unique(st.integers(50, 60))), 2))
    return Contents(bodies=tuple(bodies), topics=tuple(topics), sources=tuple(sources), meetings=tuple(meetings), statements=tuple(statements),
                    instruments=tuple(instruments), gaps=tuple(gaps), retired=((rest[6], stem),))  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_any_valid_dataset_goes_to_json_and_back_without_loss(given: Contents) -> None:
    text = encode(given)
    read = decode([("any.json", text.encode())])
    assert Dataset(read) == Dataset(given)
    assert encode(read) == text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoilt=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)), where=st.integers(0, 200))  # fmt: skip
def test_no_spoilt_value_gets_through_or_breaks_the_loader(spoilt: Any, where: int, raw: dict[str, Any]) -> None:
    """Any one value of a valid file replaced by any JSON value: it loads, or it is a `DatasetError`; never anything else."""
    raw = json.loads(json.dumps(raw))
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key in value if isinstance(value, dict) else range(len(value)):
            places.append((value, key))
            if isinstance(value[key], (dict, list)):
                walk(value[key])

    walk(raw)
    holder, key = places[where % len(places)]
    holder[key] = spoilt
    with suppress(DatasetError):
        decode([("spoilt.json", json.dumps(raw).encode())])
