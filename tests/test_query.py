"""The filter words, and what can be done with an answer."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import asean_cyber as ac
from asean_cyber import Citation, Dataset, Instrument, Match, Meeting, NotOne, Records, Statement, UnknownName
from asean_cyber.places import asean_members


def ids(records: Records[Any]) -> set[str]:
    return set(records.ids)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"telmin-9", "telmin-9/4", "police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3", "plan-2012", "adgmin-1"}),
        ({"year": 2009}, {"telmin-9", "telmin-9/4", "police-plus-2", "police-plus-2/1"}),
        ({"year": 2010}, {"police-plus-2", "pact-2010", "pact-2010/3"}),
        ({"year": [2010, 2012]}, {"police-plus-2", "pact-2010", "pact-2010/3", "plan-2012"}),
        ({"year": range(2011, 2020)}, {"plan-2012"}),
        ({"year": []}, set()),
        ({"year": 1999}, set()),
        ({"since": 2012}, {"plan-2012", "adgmin-1"}),
        ({"until": "2009-10"}, {"telmin-9", "telmin-9/4"}),
        ({"since": "2010-01-02", "until": date(2010, 1, 2)}, {"police-plus-2", "pact-2010", "pact-2010/3"}),
        ({"since": "2012-06-01", "until": "2012-06-30"}, {"plan-2012"}),
        ({"since": "2012-06-01", "until": "2012-06-30", "certain": True}, set()),
        ({"year": 2009, "since": "2009-12"}, {"police-plus-2", "police-plus-2/1"}),
        ({"year": 2009, "since": 2010}, set()),
        ({"body": "telmin"}, {"telmin-9", "telmin-9/4", "plan-2012"}),
        ({"body": "Telecommunications MINISTERS"}, {"telmin-9", "telmin-9/4", "plan-2012"}),
        ({"body": "POLICE+3"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"body": "police plus three"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"body": ["telmin", "ADGMIN"]}, {"telmin-9", "telmin-9/4", "plan-2012", "adgmin-1"}),
        ({"body": "TELMIN", "lineage": True}, {"telmin-9", "telmin-9/4", "plan-2012", "adgmin-1"}),
        ({"body": "ADGMIN", "lineage": True}, {"telmin-9", "telmin-9/4", "plan-2012", "adgmin-1"}),
        ({"body": "ADGMIN", "lineage": False}, {"adgmin-1"}),
        ({"topic": "crime"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"topic": "Offences"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"topic": "scams"}, {"police-plus-2/1"}),
        ({"country": "VN"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"country": "Laos"}, {"telmin-9", "telmin-9/4"}),
        ({"country": "vn"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"partner": "JP"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3", "adgmin-1"}),
        ({"partner": "South Korea"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"party": "CN"}, {"pact-2010", "pact-2010/3"}),
        ({"party": "ASEAN"}, {"pact-2010", "pact-2010/3"}),
        ({"party": "Brunei"}, {"pact-2010", "pact-2010/3", "plan-2012"}),
        ({"party": "TL"}, set()),
        ({"kind": "mou"}, {"pact-2010"}),
        ({"kind": "memorandum of understanding"}, {"pact-2010"}),
        ({"body_kind": "police"}, {"police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"kind": ["Resolution", "mou"]}, {"police-plus-2/1", "pact-2010"}),
        ({"type": "meeting"}, {"telmin-9", "police-plus-2", "adgmin-1"}),
        ({"type": ["Statements", "instrument"]}, {"telmin-9/4", "police-plus-2/1", "pact-2010/3", "pact-2010", "plan-2012"}),
        ({"speaker": "Japan"}, {"police-plus-2/1"}),
        ({"act": "urges"}, {"telmin-9/4"}),
        ({"act": ["urges", "commits"]}, {"telmin-9/4", "police-plus-2/1"}),
        ({"band": "ask"}, {"telmin-9/4"}),
        ({"band": ">=ask"}, {"telmin-9/4", "police-plus-2/1"}),
        ({"band": "> ask"}, {"police-plus-2/1"}),
        ({"band": "<ask"}, {"telmin-9/4"}),
        ({"addressee": "states"}, {"telmin-9/4"}),
        ({"addressee": "China"}, {"telmin-9/4"}),
        ({"source": "news"}, {"pact-2010"}),
        ({"id": ["TELMIN-9", "the-plan"]}, {"telmin-9", "plan-2012"}),
        ({"reviewed": True}, {"police-plus-2/1"}),
        ({"silent": True}, {"adgmin-1"}),
        ({"silent": False, "type": "meeting"}, {"telmin-9", "police-plus-2"}),
        ({"text": ["online", "reseaux"]}, {"adgmin-1", "telmin-9/4"}),
        ({"text": '"New Year"'}, {"police-plus-2"}),
        ({"text": '"Year New"'}, set()),
        ({"text": "MET online"}, {"adgmin-1"}),
        ({"text": "reseaux"}, {"telmin-9/4"}),
        ({"text": "etworks"}, set()),
        ({"meeting": "police-plus-2"}, {"police-plus-2/1", "pact-2010", "pact-2010/3"}),
        ({"instrument": "pact-2010"}, {"pact-2010/3"}),
        ({"disputed": True}, {"police-plus-2"}),
        ({"disputed": False, "type": "meeting"}, {"telmin-9", "adgmin-1"}),
        ({"year": 2009, "body": "police-plus", "topic": "crime"}, {"police-plus-2", "police-plus-2/1"}),
        ({"body": None, "year": None}, {"telmin-9", "telmin-9/4", "police-plus-2", "police-plus-2/1", "pact-2010", "pact-2010/3", "plan-2012", "adgmin-1"}),
    ],
)  # fmt: skip
def test_each_filter_word_finds_what_it_says(data: Dataset, filters: dict[str, Any], expected: set[str]) -> None:
    assert ids(data.records(**filters)) == expected
    # … and asked of an answer, the same.
    assert data.records().filter(**filters) == data.records(**filters)


def test_records_stand_for_their_ids(data: Dataset) -> None:
    meeting = data.get("police-plus-2")
    assert isinstance(meeting, Meeting)
    assert ids(data.statements(meeting=meeting)) == {"police-plus-2/1", "pact-2010/3"}
    assert ids(data.meetings(body=data.body("telmin"), topic=data.topic("security"))) == {"telmin-9"}


def test_each_function_gives_its_kind_only(data: Dataset) -> None:
    assert {type(record) for record in data.meetings()} == {Meeting}
    assert {type(record) for record in data.statements()} == {Statement}
    assert {type(record) for record in data.instruments()} == {Instrument}
    assert list(data.records()) == sorted([*data.meetings(), *data.statements(), *data.instruments()])


@pytest.mark.parametrize(
    ("filters", "what", "nearest"),
    [
        ({"body": "TELMYN"}, "body", "telmin"),
        ({"topic": "skams"}, "topic", "scams"),
        ({"country": "Vietnm"}, "country", "VN"),
        ({"party": "Chyna"}, "country or organisation", "CN"),
        ({"kind": "mouu"}, "kind", None),
        ({"meeting": "telmin-8"}, "meeting", "telmin-9"),
        ({"instrument": "pact-2011"}, "instrument", "pact-2010"),
        ({"body": ["telmin", "nobody at all"]}, "body", None),
    ],
)
def test_an_unknown_name_is_an_error_that_names_the_nearest(data: Dataset, filters: dict[str, Any], what: str, nearest: str | None) -> None:
    with pytest.raises(UnknownName) as caught:
        data.records(**filters)
    assert isinstance(caught.value, LookupError)
    assert caught.value.what == what
    assert str(caught.value).startswith(f"unknown {what} ")
    if nearest:
        assert "did you mean" in str(caught.value)


def test_a_meeting_is_no_instrument(data: Dataset) -> None:
    with pytest.raises(UnknownName, match="it is an instrument"):
        data.records(meeting="pact-2010")


@pytest.mark.parametrize(
    ("filters", "error", "says"),
    [
        ({"year": "2009"}, TypeError, "whole numbers like 2011"),
        ({"year": 0}, ValueError, "from 1 to 9999"),
        ({"year": [2011, "2012"]}, TypeError, "whole numbers like 2011"),
        ({"disputed": "no"}, TypeError, "disputed takes True or False"),
        ({"certain": 1}, TypeError, "certain takes True or False"),
        ({"lineage": True}, ValueError, "lineage goes with body"),
        ({"year": True}, TypeError, "whole numbers"),
        ({"since": "soon"}, ValueError, "since: 'soon' is not an EDTF date"),
        ({"since": 2012, "until": 2011}, ValueError, "is before since"),
        ({"text": 5}, TypeError, "the words to look for"),
        ({"yeer": 2009}, TypeError, "unknown word 'yeer'; did you mean 'year'"),
    ],
)
def test_a_wrong_question_is_an_error_that_says_how_to_ask(data: Dataset, filters: dict[str, Any], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        data.records(**filters)


class TestAnswer:
    def test_it_is_a_sequence(self, data: Dataset) -> None:
        found = data.records()
        assert len(found) == 8
        assert found[0].id == "telmin-9"
        assert found[-1].id == "adgmin-1"
        assert found[1:3].ids == found.ids[1:3]
        assert isinstance(found[1:3], Records)
        assert list(reversed(found)) == list(found)[::-1]
        assert found.index(found[3]) == 3
        assert found[2] in found
        assert "plan-2012" in found.ids
        assert "ammtc-8" not in found.ids
        with pytest.raises(IndexError):
            found[8]

    def test_it_is_a_value(self, data: Dataset) -> None:
        found = data.meetings()
        assert found == data.records(type="meeting")
        assert found != found[1:]
        assert hash(found) == hash(data.records(type="meeting"))
        assert pickle.loads(pickle.dumps(found)) == found
        assert pickle.loads(pickle.dumps(found)).filter(body="TELMIN").ids == ("telmin-9",)
        with pytest.raises(AttributeError):
            found.more = 1

    def test_first_and_one(self, data: Dataset) -> None:
        first = data.meetings().first()
        assert first is not None
        assert first.id == "telmin-9"
        assert data.meetings(year=1900).first() is None
        assert data.meetings(year=2009, body="telmin").one().ordinal == 9
        with pytest.raises(NotOne, match="found 3: telmin-9"):
            data.meetings().one()
        with pytest.raises(LookupError, match="found 0"):
            data.meetings(year=1900).one()

    def test_an_empty_answer_is_an_answer(self, data: Dataset) -> None:
        none = data.meetings(year=1900)
        assert not none
        assert (none.ids, none.to_dicts(), none.group_by("year"), none.count_by("topic")) == ((), [], {}, {})
        assert none.filter(body="TELMIN") == none
        assert repr(none) == "0 meetings."

    def test_joining(self, data: Dataset) -> None:
        later, earlier = data.records(since=2012), data.records(until=2009)
        assert (later + earlier).ids == later.ids + earlier.ids
        assert (later + later).ids == later.ids * 2
        assert (later | earlier).ids == tuple(record.id for record in sorted([*later, *earlier]))
        assert (later | later) == later
        assert (data.meetings() | data.instruments()).filter(year=2012).ids == ("plan-2012",)

    def test_grouping(self, data: Dataset) -> None:
        assert {year: group.ids for year, group in data.meetings().group_by("year").items()} == {2009: ("telmin-9", "police-plus-2"), 2021: ("adgmin-1",)}
        assert data.records().count_by("body") == {"police-plus": 4, "telmin": 3, "adgmin": 1}
        assert data.records().count_by("topic") == {"crime": 3, "security": 3, "scams": 1, None: 1}
        assert data.meetings().count_by("country") == {"LA": 1, "VN": 1, None: 1}
        assert data.records().count_by("type") == {"statement": 3, "meeting": 3, "instrument": 2}
        assert data.records().count_by("topic", narrower=True) == {"crime": 4, "security": 3, "scams": 1, None: 1}
        assert data.statements().count_by("band") == {"judge": 1, "ask": 1, "promise": 1, None: 1}
        assert data.meetings().count_by("mode") == {None: 2, "online": 1}
        assert data.meetings().count_by(lambda meeting: len(meeting.partners)) == {0: 2, 1: 1}
        assert data.records().count_by("decade") == {2000: 4, 2010: 3, 2020: 1}
        assert data.instruments().count_by("party")["BN"] == 2
        with pytest.raises(UnknownName, match="did you mean 'ordinal'"):
            data.meetings().group_by("ordnal")

    def test_sorting(self, data: Dataset) -> None:
        by_name = data.meetings().sorted(key=lambda meeting: meeting.name)
        assert by_name.ids == ("adgmin-1", "police-plus-2", "telmin-9")
        assert by_name.sorted() == data.meetings()
        assert data.meetings().sorted(reverse=True).ids == data.meetings().ids[::-1]
        # What is asked further keeps the order.
        assert by_name.filter(since=2000).ids == by_name.ids

    def test_to_dicts_is_the_json(self, data: Dataset, raw: dict[str, Any]) -> None:
        assert {item["id"]: item for item in data.records().to_dicts()} == {
            item["id"]: {"type": section.removesuffix("s"), **item} for section in ("meetings", "statements", "instruments") for item in raw[section]
        }

    def test_it_reads_well(self, data: Dataset) -> None:
        assert repr(data.meetings(year=2009)).splitlines() == [
            "2 meetings",
            "  2009-10                telmin-9       9th TELMIN (Vientiane, Lao PDR)",
            "  2009-12-30/2010-01-02  police-plus-2  2nd Police Plus Three (Hanoi, Viet Nam)",
        ]

    def test_a_long_answer_is_shortened_and_says_so(self) -> None:
        text = repr(ac.records())
        assert "more …" in text
        assert len(text.splitlines()) < 30


class TestRelated:
    def test_links_read_from_both_ends(self, data: Dataset) -> None:
        assert [(link.reads, link.record.id, link.outward) for link in data.links("pact-2010")] == [
            ("signed at", "police-plus-2", True),
            ("is implemented by", "plan-2012", False),
        ]
        assert [(link.reads, link.record.id) for link in data.links("police-plus-2")] == [("saw the signing of", "pact-2010")]

    def test_related_gathers_parts_and_wholes(self, data: Dataset) -> None:
        assert data.related("police-plus-2").ids == ("police-plus-2/1", "pact-2010", "pact-2010/3")
        assert data.related("pact-2010/3").ids == ("pact-2010",)
        assert data.related(data.get("plan-2012")).ids == ("pact-2010",)
        with pytest.raises(UnknownName):
            data.related("nothing")


def test_records_that_name_a_retired_id_lead_to_its_successor(data: Dataset) -> None:
    clause = Statement(
        id="the-plan/1", body="telmin", date="2012", instrument="the-plan", kind="plan", topics=["security"], summary="Networks first.",
        citations=[Citation("page")], relations=[ac.Relation("recalls", "the-plan")],
    )  # fmt: skip
    both = Dataset.from_records([clause], extending=data)
    assert both.statements(instrument="plan-2012").ids == both.statements(instrument="the-plan").ids == ("the-plan/1",)
    assert ("is recalled by", "the-plan/1") in [(link.reads, link.record.id) for link in both.links("plan-2012")]
    assert both.related("the-plan/1").ids == ("plan-2012",)


def test_a_retired_id_gives_its_successor(data: Dataset) -> None:
    assert data.get(data.get("the-plan")).id == "plan-2012"
    assert data.get("the-plan").id == "plan-2012"
    assert "the-plan" not in data


# However a query is answered, by index or by looking at every record, the answer is the same.

_DAYS = st.dates(date(2008, 1, 1), date(2013, 1, 1))
_DATES = st.one_of(
    _DAYS.map(str),
    _DAYS.map(lambda day: str(day)[:7]),
    _DAYS.map(lambda day: str(day)[:4]),
    st.tuples(_DAYS, _DAYS).map(lambda days: f"{min(days)}/{max(days)}"),
    _DAYS.map(lambda day: f"{day}/.."),
    _DAYS.map(lambda day: f"../{day}"),
    st.just("1990/2030"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_DATES, st.sampled_from(["telmin", "adgmin"]), st.sampled_from([(), ("crime",), ("scams",), ("scams", "security")])), max_size=25), _DAYS, _DAYS,
       st.sampled_from([None, "telmin", ["telmin", "adgmin"]]), st.sampled_from([None, "crime", "security"]), st.booleans())  # fmt: skip
def test_the_index_agrees_with_looking_at_every_record(
    data: Dataset, drawn: list[tuple[str, str, tuple[str, ...]]], a: date, b: date, body: Any, topic: Any, certain: bool
) -> None:
    since, until = min(a, b), max(a, b)
    records = [
        Meeting(id=f"m-{n}", body=body_, date=when, name="M", topics=topics, summary="S.", citations=[Citation("page")])
        for n, (when, body_, topics) in enumerate(drawn)
    ]
    own = Dataset.from_records(records, bodies=data.bodies(), topics=data.topics(), sources=data.sources())
    narrower = {"crime": {"crime", "scams"}, "security": {"security"}}

    def passes(meeting: Meeting) -> bool:
        match = meeting.date.match(since, until)
        return (
            (match is Match.YES or (match is Match.MAYBE and not certain))
            and (body is None or meeting.body in body)
            and (topic is None or bool(narrower[topic] & set(meeting.topics)))
        )

    assert ids(own.meetings(since=since, until=until, body=body, topic=topic, certain=certain)) == {m.id for m in records if passes(m)}


def test_imprecise_dates_answer_honestly(data: Dataset) -> None:
    """Does 2009-10 match until="2009-10-15"? It may, so it is found; asked for certainty, it is not."""
    assert data.meetings(until="2009-10-15").ids == ("telmin-9",)
    assert data.meetings(until="2009-10-15", certain=True).ids == ()
    assert data.meetings(until="2009-10-31", certain=True).ids == ("telmin-9",)


def test_whole_numbers_of_other_libraries_are_years(data: Dataset) -> None:
    np = pytest.importorskip("numpy")
    assert data.meetings(year=np.int64(2009)) == data.meetings(year=2009)
    assert data.meetings(since=np.int64(2010)) == data.meetings(since=2010)


def test_number_words_are_words() -> None:
    for record in ac.records(text="two"):
        assert "two" in f" {record.summary} {record.label} {getattr(record, 'quotation', '')} {getattr(record, 'locator', '')}".casefold()
    assert ac.records(text="two")


def test_a_name_of_two_things_has_to_be_told_apart(data: Dataset) -> None:
    twin = ac.Body(id="mine:police", name="Police Plus Three", kind="police", description="Others.")
    both = Dataset.from_records([], bodies=[twin], extending=data)
    with pytest.raises(UnknownName, match="it is a name of police-plus and of mine:police; ask by the id"):
        both.body("police plus 3")
    assert both.body("mine:police") == twin


def test_answers_of_two_datasets_join_as_the_datasets_do(data: Dataset) -> None:
    source = ac.Source(id="mine:page", title="Ours", publisher="We", kind="official")
    body = ac.Body(id="mine:team", name="Our team", kind="network", description="We drill.")
    drill = Meeting(id="mine:drill-1", body="mine:team", date="2020", name="A drill", summary="We drilled.", citations=[Citation("mine:page")])
    own = Dataset.from_records([drill], bodies=[body], sources=[source])
    both = data.meetings() | own.meetings()
    assert both.filter(body="Our team").ids == ("mine:drill-1",)
    assert both.filter(body="TELMIN").ids == ("telmin-9",)
    assert (data.meetings() + own.meetings()).to_table()


def test_grouping_takes_fields_of_any_kind_and_says_which_there_are(data: Dataset) -> None:
    assert sum(data.meetings().count_by("place").values()) == 3
    assert data.instruments().count_by("label") == {"The Pact": 1, "The Plan": 1}
    for empty in (data.meetings(year=1900), data.meetings()):
        with pytest.raises(UnknownName, match="unknown field"):
            empty.group_by("parties_on")
    with pytest.raises(TypeError, match="name of a field or by a function"):
        data.meetings().group_by(3)  # type: ignore[arg-type]


def test_membership_follows_the_day() -> None:
    assert "KH" not in asean_members(date(1999, 4, 29))
    assert "KH" in asean_members(date(1999, 4, 30))
    assert len(asean_members(date(2026, 1, 1))) == 11
