"""One meaning for each word, and never a silent wrong answer."""

from __future__ import annotations

from typing import Any

import pytest

import asean_cyber as ac
from asean_cyber import Body, Citation, Dataset, Instrument, InvalidArgument, Meeting, Participation, Source, Statement, Topic, UnknownName, WrongType
from asean_cyber._lookup.names import plain
from asean_cyber._query.words import ANNOTATIONS, WORDS

CITED = [Citation("p")]


def dataset(*records: Any, participants: Any = (), topics: str = "xyz") -> Dataset:
    return Dataset.from_records(
        records,
        bodies=[Body(id="b", acronym="BEE", name="Body of Experts", kind="expert", description="D.", participants=participants)],
        topics=[Topic(id=each, label=each.upper(), definition="D.") for each in topics],
        sources=[Source(id="p", title="T", publisher="P", kind="official")],
    )


def meeting(id: str = "m-1", **changes: Any) -> Meeting:
    return Meeting(**{"id": id, "body": "b", "date": "2011", "name": "N", "topics": ["x"], "summary": "S.", "citations": CITED, **changes})


# What can never apply is an error that says what to ask.


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: ac.meetings(kind="communique"), "kind never applies to meetings: ask body_kind"),
        (lambda: ac.statements(kind="ministerial"), "'ministerial' is a kind of body, not of document: ask body_kind='ministerial'"),
        (lambda: ac.records(kind="summit"), "ask body_kind='summit'"),
        (lambda: ac.records(kind="meeting"), "ask type='meeting'"),
        (lambda: ac.records(kind="statement"), "ask type='statement'; for instruments that are stand-alone statements"),
        (lambda: ac.statements(kind="mou"), "no statement is of kind 'mou', which is a kind of instruments"),
        (lambda: ac.instruments(kind="communique"), "which is a kind of statements"),
        (lambda: ac.meetings(act="urges"), "act never applies to meetings: only statements have acts"),
        (lambda: ac.instruments(band=">=promise"), "band never applies to instruments"),
        (lambda: ac.instruments(speaker="SG"), "only statements have a speaker"),
        (lambda: ac.meetings(party="CN"), "party never applies to meetings: ask partner"),
        (lambda: ac.meetings(meeting="ammtc-8"), "ask id for the meeting itself"),
        (lambda: ac.instruments(instrument="budapest-convention"), "ask statements\\(\\)"),
        (lambda: ac.statements(type="meeting"), "statements are never of type meeting: ask meetings\\(\\)"),
        (lambda: ac.statements(silent=True), "only meetings can be silent"),
        (lambda: ac.records(lineage=True), "lineage goes with body"),
        (lambda: ac.records(certain=True), "certain goes with year, since or until"),
        (lambda: ac.records(since=2012, until=2011), "is before since"),
        (lambda: ac.records(partner="Thailand"), "is a member of ASEAN since 1967-08-08: partner asks"),
        (lambda: ac.records(partner="Viet Nam", since=2000), "is a member of ASEAN since 1995-07-28"),
        (lambda: ac.records(partner="ASEAN"), "is ASEAN itself"),
        (lambda: ac.records(partner=["TH", "SG"]), "partner asks for those who took part without being members"),
        (lambda: ac.records().count_by("year", narrower=True), "narrower goes with topic"),
        (lambda: ac.meetings().count_by("act"), "act never applies to meetings"),
        (lambda: ac.records().exclude(), "exclude takes what is to be left out"),
    ],
)  # fmt: skip
def test_what_can_never_apply_is_an_error_that_says_what_to_ask(ask: Any, says: str) -> None:
    with pytest.raises(InvalidArgument, match=says) as caught:
        ask()
    assert isinstance(caught.value, ac.AseanCyberError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "name", ["!online-scams", "-online-scams", "~online-scams", "online-scams OR phishing", "cybercrime AND norms", "NOT scams", "cyber*", "a|b"]
)
@pytest.mark.parametrize("word", ["topic", "body", "country", "partner"])
def test_an_operator_in_a_name_is_refused(word: str, name: str) -> None:
    with pytest.raises(UnknownName, match=r"a name takes no operator; give several as a list, and use exclude"):
        ac.records(**{word: name})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: ac.records("ARF"), r"did you mean records\(body='ARF'\)"),  # type: ignore[arg-type]
        (lambda: ac.meetings("online-scams"), r"did you mean meetings\(topic='online-scams'\)"),  # type: ignore[arg-type]
        (lambda: ac.statements(2011), r"did you mean statements\(year=2011\)"),  # type: ignore[arg-type]
        (lambda: ac.instruments("ransom"), r"did you mean instruments\(text='ransom'\)"),  # type: ignore[arg-type]
        (lambda: ac.records(boddy="ARF"), "unknown word 'boddy'; did you mean 'body'"),  # type: ignore[call-arg]
        (lambda: ac.records().filter("ARF"), r"filter takes a function, or words by name"),  # type: ignore[arg-type]
        (lambda: ac.records(silent="no"), "silent takes True or False"),  # type: ignore[arg-type]
        (lambda: ac.records(text=7), "text takes the words to look for"),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_call_is_guided(ask: Any, says: str) -> None:
    with pytest.raises(WrongType, match=says):
        ask()


# One meaning for each word.


def test_type_kind_and_kind_of_body_are_three_things() -> None:
    whole = ac.records()
    assert set(ac.records(type="statement")) == set(ac.statements())
    assert len(ac.records(type="statement")) + len(ac.meetings()) + len(ac.instruments()) == len(whole)
    assert {record.type for record in ac.records(kind="resolution")} == {"statement", "instrument"}
    assert all(ac.body(record.body).kind == "summit" for record in ac.records(body_kind="summit"))
    assert {record.kind for record in ac.instruments(kind="statement")} == {"statement"}


def test_none_is_the_same_as_not_given() -> None:
    assert ac.records(**dict.fromkeys(WORDS)) == ac.records()
    assert set(WORDS) == set(ANNOTATIONS) == set(ac.Filters.__annotations__)
    assert all(type(None) in getattr(kind, "__args__", ()) for kind in ANNOTATIONS.values())


def test_every_word_is_in_the_help() -> None:
    import inspect

    for function in (ac.meetings, ac.records, ac.dataset().statements, ac.records().filter, ac.records().exclude):
        assert set(WORDS) <= set(inspect.signature(function).parameters)


def test_a_name_is_understood_in_any_case() -> None:
    assert ac.get("AMMTC-8") == ac.get("ammtc-8") == ac.get(ac.get("ammtc-8"))
    assert ac.get(ac.get("budapest-convention").title.upper()).id == "budapest-convention"  # type: ignore[union-attr]
    assert ac.body(ac.body("arf")) == ac.body("ARF") == ac.body("asean regional forum")
    assert ac.topic(ac.topic("cybercrime")).id == ac.topic("CYBER CRIME").id
    assert ac.coverage().of("AMMTC") == ac.coverage().of(ac.body("ammtc"))
    assert ac.cite(["ammtc-8", "AMMTC-7"]) == ac.cite([ac.get("ammtc-8"), ac.get("ammtc-7")])
    assert ac.records(id=["AMMTC-8", ac.get("ammtc-7")]).ids == ("ammtc-7", "ammtc-8")
    assert ac.country("THA") == ac.country("th") == ac.country("Thailand") == ac.country("Siam")
    assert ac.records(country="IDN") == ac.records(country="Indonesia")


# Membership in time.


class TestPartners:
    def test_one_that_joined_later_was_a_partner_before(self) -> None:
        data = dataset(meeting("m-1", date="2010", partners=["TL"]), meeting("m-2", date="2025-10-25", partners=["TL"]), meeting("m-3", date="2026-02-01"))
        assert data.meetings(partner="Timor-Leste").ids == ("m-1", "m-2")
        assert data.records().count_by("partner") == {"TL": 2, None: 1}
        with pytest.raises(InvalidArgument, match="is a member of ASEAN since 2025-10-26"):
            data.meetings(partner="TL", since=2026)

    def test_participants_of_a_body_count_while_they_take_part(self) -> None:
        data = dataset(
            *(meeting(f"m-{year}", date=str(year)) for year in (1995, 2001, 2010, 2026)),
            participants=["CN", Participation("IN", since="1996", until="2009"), Participation("TL", since="2005")],
        )
        assert data.meetings(partner="China").ids == ("m-1995", "m-2001", "m-2010", "m-2026")
        assert data.meetings(partner="India").ids == ("m-2001",)
        assert data.meetings(partner="TL").ids == ("m-2010",), "in 2026 it was a member"
        assert data.meetings().group_by("partner")["IN"].ids == ("m-2001",)
        assert data.meetings().to_dicts()

    def test_who_was_a_member_when(self) -> None:
        assert [member.id for member in ac.members(on="1967-08-08")] == ["ID", "MY", "PH", "SG", "TH"]
        assert [len(ac.members(on=day)) for day in ("1984-01-06", "1999-04-30", "2025-10-25", "2025-10-26")] == [5, 10, 10, 11]
        assert ac.members()[-1].id == "TL"

    def test_asean_as_a_party_means_its_members_then(self) -> None:
        pact = Instrument(id="pact", body="b", date="1996-01-01", title="T", kind="mou", parties=["ASEAN", "CN"], topics=["x"], summary="S.", citations=CITED)
        data = dataset(pact)
        assert data.instruments(party="Viet Nam").ids == ("pact",)
        assert data.instruments(party="Cambodia").ids == ()


# Counts and filters.


def test_counting_says_whether_narrower_topics_count() -> None:
    own = ac.records().count_by("topic")["transnational-crime"]
    wide = ac.records().count_by("topic", narrower=True)["transnational-crime"]
    assert wide == len(ac.records(topic="transnational-crime"))
    assert own == sum("transnational-crime" in record.topics for record in ac.records())
    assert own < wide


def test_a_table_of_two_words_has_all_the_years_between() -> None:
    data = dataset(meeting("m-1", date="2009"), meeting("m-2", date="2012", topics=["x", "y"]))
    assert data.records().crosstab("topic", "year") == {"x": {2009: 1, 2010: 0, 2011: 0, 2012: 1}, "y": {2009: 0, 2010: 0, 2011: 0, 2012: 1}}
    assert data.records().crosstab("topic", "year", zeros=False) == {"x": {2009: 1, 2012: 1}, "y": {2012: 1}}
    assert data.records(year=1900).crosstab("topic", "year") == {}


def test_sorting_by_the_name_of_a_field() -> None:
    data = dataset(meeting("m-1", ordinal=3), meeting("m-2"), meeting("m-3", ordinal=1))
    assert data.meetings().sorted("ordinal").ids == ("m-3", "m-1", "m-2")
    assert data.meetings().sorted("ordinal", reverse=True).ids == ("m-1", "m-3", "m-2")
    assert data.meetings().sorted("date") == data.meetings()
    with pytest.raises(UnknownName, match="did you mean 'ordinal'"):
        data.meetings().sorted("ordnal")


# Texts.


@pytest.fixture(scope="module")
def texts() -> Dataset:
    said = {
        "m-1": "Fighting cyber crime in Đà Nẵng with Łódź and Ærø.",
        "m-2": "Fighting cyber-crime; counter-terrorism and scams.",
        "m-3": "Fighting cybercrime: counterterrorism, online scam centres, cyber\u00adsecurity.",
        "m-4": "ประชุมเรื่องดีอาชญากรรมไซเบอร์",
        "m-5": "ประชุมเรื่องดูอาชญากรรม",
        "m-6": "打击网络犯罪会议",
        "m-7": "ភ្នំពេញ ໄຊເບີ आपराध ဆိုက်ဘာ",
    }
    return dataset(*(meeting(id, summary=text, date=f"20{n:02d}") for n, (id, text) in enumerate(said.items(), 1)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cyber crime", "123"), ("cybercrime", "123"), ("Cyber-Crime", "123"), ("counter terrorism", "23"), ("counterterrorism", "23"),
        ('"online scam"', "3"), ('"scam online"', ""), ("scam", "23"), ('"scam"', "3"), ("scam fighting", "23"), (["scam", "nang"], "123"),
        ("Đà Nẵng", "1"), ("da nang", "1"), ("lodz aero", "1"), ("cybersecurity", "3"), ("ybercrime", ""),
        ("ดี", "4"), ("ดู", "5"), ("อาชญากรรม", "45"), ("网络犯罪", "6"), ("犯罪", "6"), ("ភ្នំពេញ", "7"), ("ໄຊເບີ", "7"), ("आपराध", "7"), ("ဘာ", "7"),
        ("§", ""), ("!?", ""), ("", ""), (["§", "scam"], "23"), ('""', ""), ("“online scam”", "3"),
    ],
)  # fmt: skip
def test_texts_are_found_as_they_are_spelt(texts: Dataset, text: Any, found: str) -> None:
    assert texts.records(text=text).ids == tuple(f"m-{each}" for each in found)


def test_topics_that_differ_in_a_vowel_sign_are_two() -> None:
    data = Dataset.from_records([], topics=[Topic(id="good", label="ดี", definition="D."), Topic(id="look", label="ดู", definition="D.")])
    assert (data.topic("ดี").id, data.topic("ดู").id) == ("good", "look")
    assert plain("कि") != plain("कु")


@pytest.mark.parametrize(
    ("word", "asked", "meant"),
    [
        ("topic", "scams", "online-scams"),
        ("topic", "scamz", "online-scams"),
        ("topic", "child abuse", "child-online-protection"),
        ("topic", "terorism", "cyber-terrorism"),
        ("topic", "randsomware", "ransomware"),
        ("body", "transnational crime ministers", "ammtc"),
        ("body", "AMTC", "ammtc"),
        ("country", "Vietnm", "VN"),
        ("country", "Indonsia", "ID"),
        ("country", "Brunay", "BN"),
    ],
)
def test_the_first_name_suggested_is_that_of_the_thing_meant(word: str, asked: str, meant: str) -> None:
    with pytest.raises(UnknownName) as caught:
        ac.records(**{word: asked})  # type: ignore[arg-type]
    named: Any = {"topic": ac.topic, "body": ac.body, "country": ac.country}[word]
    assert named(caught.value.nearest[0]).id == meant


@pytest.mark.parametrize(
    ("word", "asked", "listed"),
    [("kind", "speach", "speech"), ("band", "high", "promise"), ("act", "likes", "welcomes"), ("body_kind", "club", "summit"), ("type", "body", "meeting")],
)
def test_a_closed_vocabulary_is_listed_whole(word: str, asked: str, listed: str) -> None:
    with pytest.raises(UnknownName, match=rf"it is one of .*\b{listed}\b"):
        ac.records(**{word: asked})  # type: ignore[arg-type]


# An answer is one again, whatever is done to it.


def test_what_is_cut_out_by_a_rule_of_yours_is_an_answer() -> None:
    exact = ac.meetings(body="AMMTC").filter(lambda record: record.date.precision == "day", since=2009)
    assert isinstance(exact, ac.Records)
    assert (exact - exact).ids == ()
    assert exact & ac.meetings(year=2011) == ac.meetings(body="AMMTC", year=2011)


def test_answers_that_no_statement_can_break() -> None:
    spoken = Statement(
        id="m-1/1", body="b", date="2011", kind="speech", meeting="m-1", topics=["x"], summary="S.", citations=CITED, speaker="SG",
        acts=[ac.Act("urges", "urges", addressees=["b"])],
    )  # fmt: skip
    data = dataset(meeting(), spoken)
    assert data.statements(speaker="Singapore", addressee="BEE", band="ask").ids == ("m-1/1",)
    assert data.statements(addressee=data.body("b")).ids == ("m-1/1",)
    with pytest.raises(UnknownName, match="ask for a country, an organisation, a body, or one of states"):
        data.statements(addressee="nobody known")
