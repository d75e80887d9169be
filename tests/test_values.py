"""What records refuse to hold, because it could not leave again; and how they behave as values of Python."""

from __future__ import annotations

import copy
import inspect
import pickle
import sys
import typing
import weakref
from datetime import date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import asean_cyber as ac
from asean_cyber import (
    Act,
    ActKind,
    Band,
    Body,
    Citation,
    Identifier,
    Instrument,
    InvalidField,
    Meeting,
    Participation,
    Party,
    Place,
    Record,
    Source,
    Statement,
    WrongType,
)
from asean_cyber._model.fields import LARGEST_NUMBER, LONGEST_ID

CITED = [Citation("a-page")]


def meeting(**changes: Any) -> Meeting:
    return Meeting(**{"id": "m-1", "body": "b", "date": "2011", "name": "N", "topics": ["x"], "summary": "S.", "citations": CITED, **changes})


def statement(**changes: Any) -> Statement:
    given: dict[str, Any] = {"id": "m-1/1", "body": "b", "date": "2011", "kind": "resolution", "meeting": "m-1", "topics": ["x"], "summary": "S."}
    return Statement(**{**given, "citations": CITED, **changes})


# Dates that are none.


@pytest.mark.parametrize("field", ["date", "reviewed"])
def test_a_missing_date_of_pandas_is_no_date(field: str) -> None:
    pd = pytest.importorskip("pandas")
    for missing in (pd.NaT, pd.NA, float("nan")):
        with pytest.raises(InvalidField, match=rf"^{field}: expected EDTF text, a year or a date"):
            meeting(**{field: missing})


@pytest.mark.parametrize("word", ["since", "until"])
def test_nor_is_it_a_day_to_ask_for(word: str) -> None:
    pd = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match=rf"^{word}: expected EDTF text"):
        ac.meetings(**{word: pd.NaT})


@pytest.mark.parametrize("make", [Party, Participation])
def test_nor_a_date_of_a_part(make: Any) -> None:
    pd = pytest.importorskip("pandas")
    for field in (each for each in attrs.fields(make) if "EDTF" in str(each.type)):
        with pytest.raises(InvalidField, match=rf"^{field.name}: "):
            make("CN", **{field.name: pd.NaT})


def test_a_refused_date_names_the_field_that_it_was_for() -> None:
    with pytest.raises(InvalidField, match=r"^accessed: 'yesterday' is not an EDTF date"):
        Source(id="s", title="T", publisher="P", kind="news", accessed="yesterday")
    with pytest.raises(InvalidField, match=r"^signed: "):
        Party("CN", signed="soon")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2009-13", "no month of the calendar"),
        ("2009-00", "no month"),
        ("2009-02-30", "not a day of the calendar"),
        ("0000", "year 0"),
        ("2009-XX-03", "unknown month"),
    ],
)
def test_a_date_off_the_calendar_is_told_apart(text: str, says: str) -> None:
    with pytest.raises(InvalidField, match=says):
        ac.EDTF(text)


def test_dates_and_numbers_of_other_libraries_are_taken() -> None:
    np = pytest.importorskip("numpy")
    pd = pytest.importorskip("pandas")
    assert meeting(ordinal=np.int64(8)).ordinal == 8
    assert type(meeting(ordinal=np.int64(8)).ordinal) is int
    assert meeting(date=np.int32(2011)).date == meeting(date=2011).date
    assert meeting(date=datetime(2011, 10, 10, 9, 30)).date == meeting(date=pd.Timestamp("2011-10-10")).date == meeting(date=date(2011, 10, 10)).date


# Numbers and texts beyond their bounds.


def named(value: Any) -> str:
    """What a test calls a value: Python does not write a number of thousands of digits."""
    return "huge" if isinstance(value, int) and value > 10**20 else repr(value)


@pytest.mark.parametrize("number", [0, -1, LARGEST_NUMBER + 1, 20240131, 10**19, 10**5000, True, 8.0, "8"], ids=named)
def test_an_ordinal_beyond_its_bounds_is_refused(number: Any) -> None:
    with pytest.raises(InvalidField, match=r"^ordinal: expected a whole number from 1 to 9999"):
        meeting(ordinal=number)


@pytest.mark.parametrize("year", [0, -5, 10_000, 10**5000], ids=named)
def test_a_year_beyond_its_bounds_is_refused(year: int) -> None:
    with pytest.raises(InvalidField, match=r"^date: expected a year from 1 to 9999"):
        meeting(date=year)


@pytest.mark.parametrize("text", ["N \ud83d", "\udc00", "a\x00b", "a\x1b[2J", "a\rb", "a\x7f", "a\x85b", "a\x9fb", "a\ufffe", "\ufdd0", "\ufeffa", "a ", "\na"])
@pytest.mark.parametrize("field", ["name", "summary"])
def test_text_that_could_not_leave_again_is_refused(text: str, field: str) -> None:
    with pytest.raises(InvalidField, match=rf"^{field}: expected text"):
        meeting(**{field: text})


@given(st.text(min_size=1))
def test_text_that_is_taken_can_be_written_everywhere(text: str) -> None:
    try:
        held = meeting(summary=text)
    except InvalidField:
        return
    assert held.summary.encode("utf-8").decode() == text
    assert held.summary == held.summary.strip()


def test_an_id_has_an_end() -> None:
    assert meeting(id="a" * LONGEST_ID)
    with pytest.raises(InvalidField, match=f"at most {LONGEST_ID} characters"):
        meeting(id="a" * (LONGEST_ID + 1))


def test_a_message_shows_the_beginning_of_what_is_long() -> None:
    with pytest.raises(InvalidField) as caught:
        meeting(name=" " + "x" * 100_000)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("url", ["http://" + "a." * 8000 + " ", "https://" + "a" * 100_000 + " ", "http://a.b/" + "%" * 100_000 + " "])
def test_a_long_wrong_address_is_refused_at_once(url: str) -> None:
    """In a time that grows with its length only: these took seconds, and would now take minutes if it grew with the square."""
    with pytest.raises(InvalidField, match=r"^url: "):
        Source(id="s", title="T", publisher="P", kind="news", url=url)


# What has no order.


def test_what_has_no_order_is_put_in_one() -> None:
    assert meeting(topics={"z", "x", "y"}).topics == ("x", "y", "z")
    assert meeting(partners=frozenset({"JP", "CN"})).partners == ("CN", "JP")
    assert meeting(topics=dict.fromkeys("xy").keys()).topics == ("x", "y")


@pytest.mark.parametrize(("field", "value"), [("citations", {Citation("a"), Citation("b")}), ("topics", {"x": 1}), ("topics", "xyz"), ("partners", b"JP")])
def test_or_refused(field: str, value: Any) -> None:
    with pytest.raises(InvalidField, match=rf"^{field}: expected .*in a list or tuple"):
        meeting(**{field: value})


# Values of Python.


def test_a_record_is_one_of_three() -> None:
    with pytest.raises(TypeError, match="a Meeting, a Statement or an Instrument"):
        Record()


RECORD = ac.get("ammtc-8")
ANSWER = ac.meetings(body="AMMTC")


def test_it_formats_like_its_text() -> None:
    assert f"[{ac.EDTF('2011'):>8}]" == "[    2011]"
    assert f"{ac.EDTF('2011'):6}|" == "2011  |"
    assert f"{ActKind.NOTES:>10}" == "     notes"


@pytest.mark.parametrize("value", [RECORD, ANSWER, ac.dataset(), ac.EDTF("2011"), Citation("a"), ac.body("ammtc"), ac.topic("cybercrime"), ac.coverage()])
def test_it_can_be_referred_to_weakly_copied_and_hashed(value: Any) -> None:
    assert weakref.ref(value)() is value
    assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert hash(copy.copy(value)) == hash(value)


@pytest.mark.parametrize("name", [name for name in ac.__all__ if not name.startswith("__")])
def test_annotations_of_all_that_is_public_resolve(name: str) -> None:
    value = getattr(ac, name)
    if inspect.isfunction(value):
        typing.get_type_hints(value)
    elif inspect.isclass(value) and not issubclass(value, Exception):
        typing.get_type_hints(value)
        for _, method in inspect.getmembers(value, inspect.isfunction):
            if method.__module__.startswith("asean_cyber"):
                typing.get_type_hints(method)


def test_it_is_replaced_as_dataclasses_are() -> None:
    assert RECORD.__replace__(summary="Another.").summary == "Another."
    if sys.version_info >= (3, 13):
        assert copy.replace(RECORD, summary="Another.") == attrs.evolve(RECORD, summary="Another.")
        assert copy.replace(ac.EDTF("2011"), text="2012") == ac.EDTF("2012")


def test_it_matches_class_patterns() -> None:
    match RECORD:
        case ac.Meeting(id="ammtc-8", place=ac.Place(country=where)):
            assert where == "ID"
        case _:
            pytest.fail("no pattern matched")


def test_place_takes_the_country_first() -> None:
    assert str(Place("ID", "Bali")) == "Bali, Indonesia"
    assert Place("ID").city is None
    with pytest.raises(InvalidField, match="country: expected an ISO 3166-1 alpha-2 country code"):
        Place("Bali", "ID")


# The new fields.


def test_what_an_act_is() -> None:
    act = Act("urges", "calls upon", addressees=["states", "JP", "aseanapol"], record="ammtc-8")
    assert (act.kind, act.kind.band, act.addressees) == (ActKind.URGES, Band.ASK, ("states", "JP", "aseanapol"))
    assert statement(acts=[act], speaker="SG").acts == (act,)
    for wrong, says in (({"kind": "likes"}, "is not one of discusses"), ({"phrase": ""}, "expected text"), ({"addressees": ["Japan!"]}, "whom it addresses")):
        with pytest.raises(InvalidField, match=says):
            Act(**{"kind": "urges", "phrase": "calls upon", **wrong})  # type: ignore[arg-type]


def test_bands_are_a_ladder() -> None:
    assert sorted(Band) == list(Band) == [Band.RECORD, Band.JUDGE, Band.ASK, Band.PROMISE, Band.SETTLE, Band.BIND]
    assert Band.RECORD < "judge" <= Band.JUDGE < Band.BIND
    assert Band.SETTLE > "record", "as a band, not as a word: by letters r comes before s too"
    assert Band.BIND > "ask", "by letters b would come after a"
    assert not Band.ASK > Band.BIND, "by letters a comes first"
    with pytest.raises(TypeError, match="'high' is no band"):
        assert Band.ASK < "high"
    assert {kind.band for kind in ActKind} == set(Band)
    assert len(ActKind) == 18


@pytest.mark.parametrize(
    ("scheme", "value", "url"),
    [
        ("un-symbol", "A/RES/79/243", "https://docs.un.org/en/A/RES/79/243"),
        ("cets", "185", "https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum=185"),
        ("wikidata", "Q7768", "https://www.wikidata.org/wiki/Q7768"),
        ("unts", "39574", None),
    ],
)
def test_identifiers_of_others(scheme: str, value: str, url: str | None) -> None:
    assert Identifier(scheme, value).url == url
    with pytest.raises(InvalidField, match="value: "):
        Identifier(scheme, "<b>")


def test_participants_in_time() -> None:
    body = Body(id="b", name="B", kind="forum", description="D.", participants=["CN", Participation("TL", since="2005", until="2025-10-25")])
    assert body.partners == ("CN", "TL")
    (china, timor) = body.participants
    assert [timor.covers(ac.EDTF(when)) for when in ("2004", "2005", "2010-05", "2025-10", "2026")] == [False, True, True, True, False]
    assert china.covers(ac.EDTF("1900"))
    with pytest.raises(InvalidField, match="named once"):
        Body(id="b", name="B", kind="forum", description="D.", participants=["CN", "CN"])
    with pytest.raises(InvalidField, match="until: 2004 is before since"):
        Participation("TL", since="2005", until="2004")


class TestIsParty:
    def treaty(self, **changes: Any) -> Instrument:
        given: dict[str, Any] = {"id": "t", "body": "b", "date": "2001-11-23", "title": "T", "kind": "convention", "topics": ["x"], "summary": "S."}
        return Instrument(**{**given, "in_force": "2004-07-01", "citations": CITED, **changes})

    def test_absence_is_no_no(self) -> None:
        listed = self.treaty(parties=[Party("PH", in_force="2018-07-01")], parties_of="asean")
        assert listed.is_party("PH", on="2018-06-30") is False
        assert listed.is_party("Philippines", on="2018-07-01") is True
        assert listed.is_party("VNM", on="2026-01-01") is False, "the list names those of ASEAN's members"
        assert listed.is_party("JP", on="2026-01-01") is None, "of others it says nothing"
        assert listed.is_party("Timor-Leste", on="2020-01-01") is None, "it was no member then"

    def test_a_list_of_all_says_no_of_others(self) -> None:
        assert self.treaty(parties=["ASEAN", "CN"], parties_of="all").is_party("JP", on=2020) is False
        assert self.treaty(parties=["ASEAN", "CN"], parties_of="all").is_party("Thailand", on=2020) is True

    def test_a_list_of_which_nothing_is_said_says_nothing_of_others(self) -> None:
        assert self.treaty(parties=["CN"]).is_party("JP", on=2020) is None

    def test_an_unknown_name_is_an_error(self) -> None:
        with pytest.raises(InvalidField, match="who: expected an ISO 3166-1"):
            self.treaty().is_party("Atlantis", on=2020)


def test_a_record_on_its_own_shows_no_packaged_facts() -> None:
    own = meeting(id="ammtc-8", body="ammtc", summary="Mine.")
    for shown in (own._repr_html_(), str(own)):
        assert "Mine." in shown
        assert "ASEAN Ministerial Meeting on Transnational Crime" not in shown
    assert "ASEAN Ministerial Meeting on Transnational Crime" in str(RECORD)
    assert "Bali, Indonesia" in RECORD._repr_html_()


def test_an_answer_never_changes() -> None:
    for name in ("_at", "more"):
        with pytest.raises(AttributeError, match="never changes"):
            setattr(ANSWER, name, ())
    with pytest.raises(WrongType, match=r"filter\(id='ammtc-8'\)"):
        ANSWER["ammtc-8"]  # type: ignore[call-overload]


# Tagged JSON.


@pytest.mark.parametrize(
    "item",
    [ac.get("ammtc-8"), ac.get("aseanapol-29/8.7.1"), ac.get("budapest-convention"), ac.body("arf"), ac.topic("cybercrime"), ac.sources()[0], ac.gaps()[0]],
)
def test_there_and_back(item: Any) -> None:
    value = item.to_dict()
    assert next(iter(value)) == "type"
    assert value["type"] == item.type == type(item).__name__.lower()
    assert ac.from_dict(value) == item
    assert ac.from_dict(dict(reversed(value.items()))) == item


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({}, "type: expected one of body, topic, source, meeting"),
        ({"type": "party"}, "type: expected one of"),
        ({"type": "meeting", "id": "m"}, "m: body: missing"),
        ({"type": "meeting", "id": "m", "mode": "phone"}, "m: mode: 'phone' is not one of in-person"),
    ],
)
def test_what_is_no_item_gets_every_fault(value: Any, says: str) -> None:
    with pytest.raises(ac.DatasetError, match=says):
        ac.from_dict(value)


def test_pydantic_takes_it_as_it_is() -> None:
    pydantic = pytest.importorskip("pydantic")

    class OurMeeting(pydantic.BaseModel):  # type: ignore[misc,name-defined]
        type: typing.Literal["meeting"]
        id: str
        name: str

    class OurStatement(pydantic.BaseModel):  # type: ignore[misc,name-defined]
        type: typing.Literal["statement"]
        id: str
        locator: str | None = None

    adapter = pydantic.TypeAdapter(typing.Annotated[OurMeeting | OurStatement, pydantic.Field(discriminator="type")])
    assert isinstance(adapter.validate_python(ac.get("ammtc-8").to_dict()), OurMeeting)
    assert adapter.validate_python(ac.get("aseanapol-29/8.7.1").to_dict()).locator == "8.7.1"


def test_msgspec_takes_it_as_it_is() -> None:
    msgspec = pytest.importorskip("msgspec")
    shape = msgspec.defstruct("Meeting", [("id", str), ("name", str)], tag_field="type", tag="meeting")
    assert msgspec.convert(ac.get("ammtc-8").to_dict(), shape).id == "ammtc-8"


def test_plain_values_are_nothing_but_plain() -> None:
    """Types of JSON itself, and no subclasses of them: YAML, msgpack and others look at the exact type."""

    def kinds(value: Any) -> set[type]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return {type(value)}.union(*map(kinds, inner))

    assert kinds(ac.records().to_dicts()) <= {dict, list, str, int, bool}
    assert kinds([item.to_dict() for item in (*ac.bodies(), *ac.topics(), *ac.sources(), *ac.gaps())]) <= {dict, list, str, int, bool}
