"""Records are values, and refuse what they cannot hold."""

import copy
import pickle
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import EDTF, Citation, Discrepancy, Instrument, InvalidField, Meeting, Party, Place, Quotation, Relation, Statement
from asean_cyber.places import COUNTRIES, accessions, participants
from asean_cyber.vocabulary import InstrumentKind, RelationKind, Term

CITED = [Citation("a-page")]


def meeting(**changes: Any) -> Meeting:
    return Meeting(
        **{"id": "ammtc-8", "body": "ammtc", "date": "2011-10-10/2011-10-11", "name": "8th AMMTC", "summary": "It met.", "citations": CITED, **changes}
    )


def statement(**changes: Any) -> Statement:
    given = {
        "id": "ammtc-8/2",
        "body": "ammtc",
        "date": "2011-10-11",
        "kind": "joint-statement",
        "topics": ["cybercrime"],
        "summary": "It says so.",
        "citations": CITED,
    }
    return Statement(**{**given, "meeting": "ammtc-8", **changes})


def instrument(**changes: Any) -> Instrument:
    given = {
        "id": "a-mou-2009",
        "body": "ammtc",
        "date": "2009-11-18",
        "title": "A MoU",
        "kind": "mou",
        "topics": ["cybercrime"],
        "summary": "It binds.",
        "citations": CITED,
    }
    return Instrument(**{**given, **changes})


@pytest.mark.parametrize(
    ("make", "changes", "field", "says"),
    [
        (meeting, {"citations": []}, "citations", "at least one: citations"),
        (meeting, {"citations": ["a-page"]}, "citations", "expected citations"),
        (meeting, {"citations": CITED * 2}, "citations", "each named once"),
        (meeting, {"id": "AMMTC 8"}, "id", "an id like ammtc-8"),
        (meeting, {"id": "ammtc--8"}, "id", "an id like ammtc-8"),
        (meeting, {"date": "10 October 2011"}, "date", "not an EDTF date"),
        (meeting, {"date": "2011-10-11/2011-10-10"}, "date", "ends before it starts"),
        (meeting, {"name": ""}, "name", "not empty"),
        (meeting, {"summary": " padded "}, "summary", "no space around it"),
        (meeting, {"ordinal": 0}, "ordinal", "whole number from 1"),
        (meeting, {"ordinal": True}, "ordinal", "whole number from 1"),
        (meeting, {"ordinal": "8"}, "ordinal", "whole number from 1"),
        (meeting, {"place": "Bali"}, "place", "a place"),
        (meeting, {"partners": ["XX"]}, "partners", "ISO 3166-1"),
        (meeting, {"partners": ["CN", "CN"]}, "partners", "named once"),
        (meeting, {"partners": [[]]}, "partners", "ISO 3166-1"),
        (meeting, {"topics": ["cybercrime", "cybercrime"]}, "topics", "named once"),
        (meeting, {"mode": "by telepathy"}, "mode", "in-person, online, hybrid"),
        (statement, {"topics": []}, "topics", "at least one: an id"),
        (statement, {"kind": "poem"}, "kind", "'poem' is not one of communique"),
        (statement, {"quotation": "words"}, "quotation", "a quotation"),
        (instrument, {"topics": []}, "topics", "at least one: an id"),
        (instrument, {"parties": ["China"]}, "id", "ISO 3166-1 alpha-2 code"),
        (instrument, {"parties": ["CN", Party("CN", signed="2009")]}, "parties", "named once"),
        (instrument, {"expires": "2008"}, "expires", "before its date"),
        (instrument, {"signed": "2009-11-19"}, "date", "day of adoption or signature"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(make: Any, changes: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(InvalidField) as caught:
        make(**changes)
    assert caught.value.field == field
    assert says in str(caught.value)


def test_text_where_several_are_wanted_is_refused() -> None:
    with pytest.raises(InvalidField, match="topics: .* put it in a list or tuple"):
        meeting(topics="cybercrime")


@pytest.mark.parametrize(("country", "fine"), [("ID", True), ("id", False), ("UK", False), ("EU", False), ("", False)])
def test_a_place_has_a_country_of_iso_3166(country: str, fine: bool) -> None:
    if fine:
        assert str(Place(country, "Bali")) == "Bali, Indonesia"
    else:
        with pytest.raises(InvalidField, match="country"):
            Place(country, "Bali")


def test_a_city_state_is_named_once() -> None:
    assert str(Place("SG", "Singapore")) == str(Place(country="SG")) == "Singapore"


@pytest.mark.parametrize("url", ["ftp://asean.org/x", "asean.org", "http://asean", "https://asean.org/a b", "javascript:alert(1)"])
def test_a_source_has_a_web_address(url: str) -> None:
    with pytest.raises(InvalidField, match="url"):
        ac.Source(id="s", title="S", publisher="P", kind="official", url=url)


def test_records_are_frozen_slotted_hashable_and_equal_by_content() -> None:
    one, other = meeting(), meeting()
    assert one == other
    assert hash(one) == hash(other)
    assert one != attrs.evolve(one, ordinal=8)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.ordinal = 9  # type: ignore[misc]
    assert not hasattr(one, "__dict__")


def test_everything_in_a_record_is_immutable() -> None:
    one = meeting(topics=["cybercrime"], partners=["CN"], relations=[Relation("follows", "ammtc-7")])
    for field in attrs.fields(Meeting):
        hash(getattr(one, field.name))


@pytest.mark.parametrize(
    "record",
    [
        meeting(ordinal=8, place=Place("ID", "Bali"), mode="in-person", partners=["CN", "INTERPOL"]),
        statement(locator="para 2", quotation=Quotation("Words.", "en"), relations=[Relation("recalls", "a-mou-2009")]),
        instrument(parties=["ASEAN", Party("CN", signed="2009-11-18")], signed="2009-11-18", discrepancies=[Discrepancy("date", "2009-11", Citation("b"))]),
    ],
)
def test_records_survive_pickling_and_copying(record: Any) -> None:
    assert pickle.loads(pickle.dumps(record)) == record
    assert copy.copy(record) == copy.deepcopy(record) == record
    assert repr(pickle.loads(pickle.dumps(record))) == repr(record)


def test_records_are_ordered_in_time_and_by_the_numbers_in_their_ids() -> None:
    days = [meeting(id="b", date="2010"), statement(id="ammtc-8/10", date="2009-05"), statement(id="ammtc-8/9", date="2009-05"), instrument(date="2009-05-01")]
    assert [record.id for record in sorted(days)] == ["a-mou-2009", "ammtc-8/9", "ammtc-8/10", "b"]
    assert meeting(date="2009") < statement(date="2010")
    with pytest.raises(TypeError):
        assert meeting() < 2011


def test_year_and_labels() -> None:
    assert meeting().year == 2011
    assert statement(locator="para 2").label == "Joint statement, para 2"
    assert statement(title="On scams").label == "On scams"
    assert instrument().label == "A MoU"


def test_a_vocabulary_term_is_its_text() -> None:
    assert instrument().kind == "mou"
    assert instrument().kind is InstrumentKind.MOU
    assert f"{InstrumentKind.MOU}" == str(InstrumentKind.MOU) == "mou"
    assert InstrumentKind.MOU.label == "memorandum of understanding"


def test_every_term_is_explained_and_every_relation_has_an_inverse() -> None:
    for vocabulary in Term.__subclasses__():
        for term in vocabulary:
            assert term.label
            assert term.definition.endswith(".")
    assert len({kind.inverse for kind in RelationKind}) == len(RelationKind)


def test_countries_are_those_of_iso_3166() -> None:
    pycountry = pytest.importorskip("pycountry")
    assert {code: (each.alpha_3, each.numeric) for code, each in participants().items() if each.kind == "country"} == {
        country.alpha_2: (country.alpha_3, country.numeric) for country in pycountry.countries
    }
    assert set(accessions()) <= set(COUNTRIES)


class TestPartiesOn:
    def test_asean_stands_for_its_members_of_the_time(self) -> None:
        mou = instrument(date="1998-01-01", signed="1998-01-01", in_force="1998-01-01", parties=["ASEAN", "CN"])
        assert mou.parties_on("2026-01-01") == {"BN", "ID", "LA", "MM", "MY", "PH", "SG", "TH", "VN", "CN"}

    def test_a_signatory_is_not_yet_a_party(self) -> None:
        treaty = instrument(
            kind="convention", in_force="2010-01-01", parties=[Party("PH", signed="2009-11-18"), Party("TH", signed="2009-11-18", consented="2012-05-01")]
        )
        assert treaty.parties_on("2011") == frozenset()
        assert treaty.parties_on("2012-05-01") == {"TH"}

    def test_it_binds_nobody_before_its_entry_into_force_or_after_it_expires(self) -> None:
        mou = instrument(in_force="2009-12-01", expires="2014-11-18", parties=["CN"])
        assert mou.parties_on("2009-11-30") == frozenset()
        assert mou.parties_on("2009-12-01") == mou.parties_on("2014-11-18") == {"CN"}
        assert mou.parties_on("2014-11-19") == frozenset()
        assert instrument(parties=["CN"]).parties_on("2020") == frozenset()

    def test_a_vague_entry_into_force_counts_when_it_has_passed(self) -> None:
        mou = instrument(in_force="2010", parties=["CN"])
        assert mou.parties_on("2010-06-01") == frozenset()
        assert mou.parties_on("2011-01-01") == {"CN"}

    def test_vague_dates_of_a_party_count_when_they_have_passed(self) -> None:
        treaty = instrument(in_force="2010-07", parties=[Party("PH", consented="2010"), Party("TH", in_force="2010", withdrawn="2015")])
        assert treaty.parties_on("2010-08-15") == frozenset()
        assert treaty.parties_on("2015-03-01") == {"PH", "TH"}
        assert treaty.parties_on("2016-01-01") == {"PH"}

    def test_who_withdrew_is_out(self) -> None:
        treaty = instrument(in_force="2010", parties=[Party("PH", in_force="2010", withdrawn="2015-03-01")])
        assert treaty.parties_on("2015-02-28") == {"PH"}
        assert treaty.parties_on("2015-03-01") == frozenset()


def test_edtf_text_dates_and_years_are_taken_for_dates() -> None:
    assert meeting(date=2011).date == EDTF("2011")
