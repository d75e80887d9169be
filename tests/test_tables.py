"""The tables: what columns there are, what stands in them, and that they fit together."""

from __future__ import annotations

import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import Dataset
from asean_cyber._tables.columns import LAYOUTS, Layout
from asean_cyber._tables.labels import labelled
from asean_cyber._tables.table import Table
from asean_cyber.export import tables
from asean_cyber.places import accessions
from asean_cyber.vocabulary import Addressee

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "date": date, "strings": tuple}


def dicts(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


def row(table: Table, id: str) -> dict[str, Any]:
    return next(each for each in dicts(table) if each["id"] == id)


@pytest.fixture(scope="module")
def packaged() -> Mapping[str, Table]:
    return tables(ac.dataset())


# The schemas.


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=str)
def test_a_layout_names_each_column_once_and_its_key_is_among_them(layout: Layout) -> None:
    names = [column.name for column in layout.columns]
    assert len(set(names)) == len(names)
    required = {column.name for column in layout.columns if column.required}
    assert required.issuperset(layout.key)
    assert all(column.description.endswith(".") for column in layout.columns)


def test_a_name_has_one_type_in_all_tables() -> None:
    types: dict[str, str] = {}
    for layout in map(labelled, LAYOUTS.values()):
        for column in layout.columns:
            assert types.setdefault(column.name, column.type) == column.type, f"{layout.name}.{column.name}"


def test_references_name_tables_whose_key_is_the_id() -> None:
    assert {LAYOUTS[column.references].key for layout in LAYOUTS.values() for column in layout.columns if column.references} == {("id",)}


@pytest.mark.parametrize("kind", ["meetings", "statements", "instruments"])
def test_wide_tables_share_columns_with_all_records(kind: str) -> None:
    shared = {column.name for column in LAYOUTS["records"].columns} & {column.name for column in LAYOUTS[kind].columns}
    assert shared >= {"id", "body", "body_kind", "date", "date_start", "date_end", "date_precision", "year", "country", "partners", "topics"}
    assert shared >= {"summary", "source_count", "official_count", "source_ids", "disputed"}


# The packaged tables fit together.


@pytest.mark.parametrize("name", LAYOUTS)
def test_cells_have_the_type_of_their_column(packaged: Mapping[str, Table], name: str) -> None:
    table = packaged[name]
    assert (table.name, table.columns) == (name, LAYOUTS[name].columns)
    for cells in table.rows():
        for column, cell in zip(table.columns, cells, strict=True):
            if cell is None:
                assert not column.required, f"{column.name} in {cells}"
                continue
            assert type(cell) is TYPES[column.type], f"{column.name} in {cells}"
            if column.type == "strings":
                assert all(type(item) is str and item for item in cell)  # type: ignore[union-attr]
            if column.values:
                assert cell in column.values


@pytest.mark.parametrize("name", LAYOUTS)
def test_keys_tell_rows_apart(packaged: Mapping[str, Table], name: str) -> None:
    table = packaged[name]
    keys = [tuple(each[column] for column in table.key) for each in dicts(table)]
    assert len(keys) == len(table)
    assert not table.key or len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", LAYOUTS)
def test_references_resolve(packaged: Mapping[str, Table], name: str) -> None:
    ids = {target: {cells[0] for cells in packaged[target].rows()} for target in LAYOUTS if LAYOUTS[target].key == ("id",)}
    for each in dicts(packaged[name]):
        for column in LAYOUTS[name].columns:
            if column.references and each[column.name] is not None:
                cell = each[column.name]
                assert ids[column.references].issuperset(cell if isinstance(cell, tuple) else (cell,)), f"{column.name} in {each}"


def test_the_target_of_a_relation_is_what_the_row_says(packaged: Mapping[str, Table]) -> None:
    homes = {"meeting": "meetings", "statement": "statements", "instrument": "instruments", "body": "bodies"}
    ids = {kind: {cells[0] for cells in packaged[home].rows()} for kind, home in homes.items()}
    assert all(each["target"] in ids[each["target_type"]] for each in dicts(packaged["relations"]))


def test_link_tables_hold_what_list_columns_hold(packaged: Mapping[str, Table]) -> None:
    records = dicts(packaged["records"])
    topics = {(each["record"], each["topic"]) for each in dicts(packaged["record_topics"])}
    assert topics == {(each["id"], topic) for each in records for topic in each["topics"]}
    sources = {(each["record"], each["source"]) for each in dicts(packaged["record_sources"])}
    assert sources == {(each["id"], source) for each in records for source in each["source_ids"]}


def test_all_records_are_in_the_common_table_and_in_one_wide_table(packaged: Mapping[str, Table]) -> None:
    wide = [cells[0] for kind in ("meetings", "statements", "instruments") for cells in packaged[kind].rows()]
    common = [cells[0] for cells in packaged["records"].rows()]
    assert sorted(map(str, wide)) == sorted(map(str, common))
    assert common == list(ac.records().ids)


@pytest.mark.parametrize(
    ("column", "word", "value"),
    [
        ("body", "body", "arf"),
        ("body_kind", "body_kind", "ministerial"),
        ("kind", "kind", "mou"),
        ("country", "country", "VN"),
        ("partners", "partner", "JP"),
        ("partners", "partner", "EU"),
        ("parties", "party", "TH"),
        ("meeting", "meeting", "aseanapol-29"),
        ("instrument", "instrument", "asean-china-plan-of-action-2004"),
    ],
)
def test_columns_hold_what_the_filter_word_finds(packaged: Mapping[str, Table], column: str, word: str, value: str) -> None:
    found = ac.records(**{word: value}).ids  # type: ignore[arg-type]
    assert found
    cells = {each["id"]: each[column] for each in dicts(packaged["records"])}
    assert tuple(id for id, cell in cells.items() if (value in cell if isinstance(cell, tuple) else value == cell)) == found


# Facts.


def test_a_meeting_by_its_columns(packaged: Mapping[str, Table]) -> None:
    meeting = row(packaged["meetings"], "ammtc-plus-three-3")
    assert meeting["date"] == "2007-11-07"
    assert meeting["date_start"] == meeting["date_end"] == date(2007, 11, 7)
    assert (meeting["date_precision"], meeting["year"], meeting["ordinal"]) == ("day", 2007, 3)
    assert (meeting["country"], meeting["body_kind"]) == ("BN", "ministerial")
    assert set(meeting["partners"]) == {"CN", "JP", "KR"}, "the partners of the body are there at each of its meetings"
    assert meeting["source_count"] == len(meeting["source_ids"]) >= meeting["official_count"] >= 1


def test_a_statement_by_its_columns(packaged: Mapping[str, Table]) -> None:
    statement = row(packaged["statements"], "aseanapol-29/8.7.1")
    assert (statement["locator"], statement["meeting"], statement["instrument"], statement["body"]) == ("8.7.1", "aseanapol-29", None, "aseanapol")


def test_the_parties_table_has_the_dates_of_each_party(packaged: Mapping[str, Table]) -> None:
    found = [each for each in dicts(packaged["parties"]) if (each["instrument"], each["party"]) == ("budapest-convention", "PH")]
    assert [(each["consent"], each["consented"][:4], each["withdrawn"]) for each in found] == [("accession", "2018", None)]


def test_members_of_asean_have_their_day(packaged: Mapping[str, Table]) -> None:
    found = {each["id"]: each["asean_since"] for each in dicts(packaged["participants"])}
    assert {id for id, since in found.items() if since} == set(accessions())
    assert found["VN"] == date(1995, 7, 28)


def test_small_tables_cell_by_cell(data: Dataset) -> None:
    small = tables(data)
    assert list(small["gaps"].rows()) == [("telmin", 1, "Not looked for."), ("telmin", 2, "Not looked for.")]
    assert list(small["relations"].rows()) == [("pact-2010", "signed_at", "police-plus-2", "meeting"), ("plan-2012", "implements", "pact-2010", "instrument")]
    assert list(small["discrepancies"].rows()) == [("police-plus-2", 1, "date", "2009-12-29", "news", None, None, False)]
    assert list(small["parties"].rows())[-1] == ("plan-2012", "PH", "2012-03", None, None, None, None)
    pact = row(small["instruments"], "pact-2010")
    assert pact["parties"] == ("ASEAN", "BN", "CN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")
    assert (pact["source_ids"], pact["source_count"], pact["official_count"], pact["disputed"]) == (("page", "news"), 2, 1, False)
    clause = row(small["statements"], "pact-2010/3")
    assert (clause["instrument"], clause["meeting"], clause["country"]) == ("pact-2010", "police-plus-2", "VN"), "by way of its instrument"
    assert row(small["statements"], "telmin-9/4")["quotation_language"] == "fr"
    assert row(small["records"], "police-plus-2")["disputed"] is True
    assert (row(small["meetings"], "adgmin-1")["city"], row(small["meetings"], "adgmin-1")["mode"]) == (None, "online")


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "year"),
        ("2012-03", date(2012, 3, 1), date(2012, 3, 31), "month"),
        ("2012-03-30/2012-04", date(2012, 3, 30), date(2012, 4, 30), "month"),
        ("2012-03-30/..", date(2012, 3, 30), None, "day"),
        ("../2012-03-30", None, date(2012, 3, 30), "day"),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), "decade"),
        ("0001-01-01/9999-12-31", None, None, "day"),
    ],
)
def test_dates_keep_their_text_and_open_ends_are_none(raw: dict[str, Any], write: Any, text: str, start: date | None, end: date | None, precision: str) -> None:
    raw["meetings"][0]["date"] = text
    meeting = row(tables(Dataset.load(write(raw)))["meetings"], "telmin-9")
    assert (meeting["date"], meeting["date_start"], meeting["date_end"], meeting["date_precision"]) == (text, start, end, precision)


# The table of an answer.


def test_the_columns_depend_on_the_question() -> None:
    for ask in (ac.meetings, ac.statements, ac.instruments, ac.records):
        assert ask().to_table().name == ask(year=1000).to_table().name == ask.__name__
    assert ac.records(type="meeting", year=2011).to_table().name == "records", "also where only meetings were found"
    assert len(ac.meetings(year=1000).to_table()) == 0


def test_the_columns_stay_through_what_is_done_to_an_answer() -> None:
    meetings = ac.meetings(body="AMMTC")
    none = ac.meetings(year=1000)
    for answer in (meetings[:2], meetings.filter(year=1000), meetings.sorted(lambda m: m.id), meetings + none, none | none, pickle.loads(pickle.dumps(none))):
        assert answer.to_table().name == "meetings"
    assert [group.to_table().name for group in meetings.group_by("year").values()][:1] == ["meetings"]
    assert (meetings + ac.statements(year=1000)).to_table().name == "records"
    assert (none | ac.instruments(year=1000)).to_table().name == "records"


def test_rows_come_in_the_order_of_the_answer() -> None:
    backwards = ac.meetings(body="AMMTC").sorted(reverse=True)
    assert [cells[0] for cells in backwards.to_table().rows()] == list(backwards.ids)


def test_an_empty_dataset_has_every_table() -> None:
    empty = tables(Dataset.from_records([]))
    assert list(empty) == list(LAYOUTS)
    assert {name for name, table in empty.items() if len(table)} == {"participants"}


# Names beside ids, and lists as text.


def test_labels_stand_beside_ids(packaged: Mapping[str, Table]) -> None:
    table = ac.meetings(body="AMMTC+3").to_table(labels=True)
    meeting = row(table, "ammtc-plus-three-3")
    assert meeting["body_name"] == ac.body("AMMTC+3").name
    assert (meeting["country"], meeting["country_name"], meeting["country_alpha_3"]) == ("BN", "Brunei Darussalam", "BRN")
    assert meeting["partners"] == ("CN", "JP", "KR")
    assert meeting["partner_names"] == ("China", "Japan", "Republic of Korea")
    assert meeting["partners_alpha_3"] == ("CHN", "JPN", "KOR")
    assert meeting["topic_names"] == tuple(ac.topic(topic).label for topic in meeting["topics"])
    assert meeting["url"].startswith("http")
    names = [column.name for column in table.columns]
    plain = [column.name for column in ac.meetings(year=1900).to_table().columns]
    assert [name for name in names if name in plain] == plain, "the columns of the table as it is, in their order"
    assert names.index("body_name") == names.index("body") + 1


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_table_can_have_labels_and_text_for_lists(packaged: Mapping[str, Table], name: str) -> None:
    table = packaged[name].labelled().joined()
    types = {column.name: column.type for column in table.columns}
    assert "strings" not in types.values()
    for cells in table.rows():
        assert not any(isinstance(cell, tuple) or cell == "" for cell in cells)
        assert all(cell is not None for cell, column in zip(cells, table.columns, strict=True) if column.required)


def test_an_organisation_has_its_own_code_where_others_have_three_letters() -> None:
    party = next(each for each in dicts(tables()["parties"].labelled()) if each["party"] == "ASEAN")
    assert (party["party_name"], party["party_alpha_3"]) == ("Association of Southeast Asian Nations", "ASEAN")


def test_whom_an_act_addresses_is_named(data: Dataset) -> None:
    acts = [ac.Act("urges", "calls upon", addressees=["states", "JP", "telmin", "ASEAN"], record="pact-2010")]
    spoken = attrs.evolve(data.statements(id="telmin-9/4").one(), acts=acts, speaker="SG")
    known = data.replacing(spoken)
    act = next(each for each in dicts(tables(known)["acts"].labelled()) if each["record"] == "telmin-9/4")
    assert act["addressee_names"] == (Addressee.STATES.label, "Japan", "Telecommunications Ministers", "Association of Southeast Asian Nations")
    assert (act["kind"], act["band"], act["phrase"], act["concerns"], act["concerns_name"]) == ("urges", "ask", "calls upon", "pact-2010", "The Pact")
    statement = row(known.statements().to_table(labels=True), "telmin-9/4")
    assert (statement["acts"], statement["bands"], statement["speaker"], statement["speaker_name"]) == (("urges",), ("ask",), "SG", "Singapore")
    assert statement["addressees"] == ("states", "JP", "telmin", "ASEAN")


def test_identifiers_and_participations_cell_by_cell(data: Dataset) -> None:
    known = data.replacing(
        attrs.evolve(data.instruments(id="pact-2010").one(), identifiers=[ac.Identifier("un-symbol", "A/RES/79/243")]),
        attrs.evolve(data.body("telmin"), participants=[ac.Participation("JP", since="2001", until="2010-05")]),
    )
    assert list(tables(known)["identifiers"].rows()) == [("pact-2010", "instrument", "un-symbol", "A/RES/79/243")]
    assert ("telmin", "JP", "2001", "2010-05") in list(tables(known)["participations"].rows())


def test_how_lists_are_had_is_one_of_two_words() -> None:
    with pytest.raises(ac.InvalidArgument, match="lists takes 'keep' or 'join', got 'text'"):
        ac.meetings(year=2011).to_table(lists="text")  # type: ignore[arg-type]


def test_what_is_written_carries_what_it_is(data: Dataset) -> None:
    assert ac.meetings(year=2011).to_table().about == {
        "title": "asean-cyber: what ASEAN and its forums said and did about cybercrime and cybersecurity",
        "version": ac.__version__,
        "license": "CC-BY-4.0",
        "identifier": f"urn:asean-cyber:dataset:{ac.dataset().fingerprint}",
        "package": f"pkg:pypi/asean-cyber@{ac.__version__}",
        "fingerprint": ac.dataset().fingerprint,
    }
    assert data.meetings().to_table().about == {}, "of other data it is not known"
