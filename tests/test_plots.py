"""Pictures: what they show, that they can be saved without a network, and that they harm nobody."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt
import attrs
import pytest

import asean_cyber as ac

PICTURES = [ac.timeline, ac.topic_matrix, ac.relation_graph, ac.act_matrix]


def rows(chart: alt.LayerChart, field: str) -> list[dict[str, Any]]:
    """The data of a picture that has a field, each row once."""
    found = [row for values in chart.to_dict()["datasets"].values() for row in values if field in row]
    return [row for at, row in enumerate(found) if row not in found[:at]]


def title(chart: alt.LayerChart) -> dict[str, Any]:
    found: dict[str, Any] = chart.to_dict()["title"]
    return found


def meeting(id: str, when: str, name: str = "A meeting", relations: tuple[ac.Relation, ...] = ()) -> ac.Meeting:
    return ac.Meeting(
        id=id, body="own-body", date=when, name=name, summary="It met.", topics=["own-topic"], relations=relations, citations=[ac.Citation("own-page")]
    )


def own(*records: ac.Record, label: str = "Own") -> ac.Records[ac.Record]:
    return own_dataset(*records, label=label).records()


def own_dataset(*records: ac.Record, label: str = "Own") -> ac.Dataset:
    return ac.Dataset.from_records(
        records,
        bodies=[ac.Body(id="own-body", name=label, kind="forum", description="A body of a test.")],
        topics=[ac.Topic(id="own-topic", label=label, definition="A topic of a test.")],
        sources=[ac.Source(id="own-page", title="Own page", publisher="Own press", kind="news")],
    )


# Timeline.


def test_every_record_stands_in_the_lane_of_its_body() -> None:
    found = ac.records(body=["AMMTC", "ARF"])
    marks = rows(ac.timeline(found), "lane")
    assert sorted((mark["id"], mark["lane"]) for mark in marks) == sorted((record.id, ac.body(record.body).label) for record in found)
    chart = ac.timeline(found).to_dict()
    assert chart["layer"][0]["encoding"]["y"]["sort"] == list(dict.fromkeys(ac.body(record.body).label for record in found))


def test_dates_are_drawn_as_wide_as_what_they_can_mean() -> None:
    marks = {
        mark["id"]: mark
        for mark in rows(
            ac.timeline(
                own(
                    meeting("day", "2011-07-02"),
                    meeting("days", "2011-10-10/2011-10-11"),
                    meeting("month", "2009-05"),
                    meeting("year", "2012"),
                    meeting("perhaps", "2010-01-01?"),
                )
            ),
            "lane",
        )
    }
    wide = {id: round((mark["end"] - mark["start"]) * 365) for id, mark in marks.items()}
    assert wide == {"day": 1, "days": 2, "month": 31, "year": 365, "perhaps": 1}
    assert {id for id, mark in marks.items() if not mark["exact"]} == {"month", "year", "perhaps"}
    assert (marks["year"]["start"], marks["year"]["end"]) == (2012, 2013)
    assert marks["day"]["start"] == pytest.approx(2011 + 182 / 365)


def test_an_open_interval_reaches_to_the_edge() -> None:
    marks = {
        mark["id"]: mark for mark in rows(ac.timeline(own(meeting("from", "2016/.."), meeting("to", "../2013-04-28"), meeting("day", "2018-03-01"))), "lane")
    }
    assert (marks["from"]["start"], marks["from"]["end"]) == (2016, 2019)
    assert marks["to"]["start"] == 2013
    assert not marks["from"]["exact"]


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "19XX", "2000/.."])
def test_any_date_can_be_drawn(when: str, tmp_path: Path) -> None:
    records = own(meeting("a", when), meeting("b", "2001", relations=(ac.Relation("follows", "a"),)))
    for chart in (ac.timeline(records), ac.relation_graph(records, kinds="follows")):
        chart.save(tmp_path / "x.svg")


def test_bodies_beyond_the_lanes_share_the_last_one() -> None:
    found = ac.records()
    marks = rows(ac.timeline(found, lanes=5), "lane")
    lanes = {mark["lane"] for mark in marks}
    bodies = len(found.count_by("body"))
    assert len(lanes) == 5
    assert f"{bodies - 4} other bodies" in lanes
    assert len(marks) == len(found)
    assert {mark["lane"] for mark in rows(ac.timeline(found, lanes=1), "lane")} == {"all bodies"}
    with pytest.raises(ValueError, match="lanes takes a whole number from 1, got 0"):
        ac.timeline(found, lanes=0)


def test_a_mark_tells_what_it_is() -> None:
    (mark,) = rows(ac.timeline(ac.meetings(body="AMMTC", year=2011)), "lane")
    assert {name: mark[name] for name in ("date", "id", "title", "body", "topics", "what")} == {
        "date": "2011-10-10/2011-10-11",
        "id": "ammtc-8",
        "title": "8th ASEAN Ministerial Meeting on Transnational Crime",
        "body": "AMMTC",
        "topics": ", ".join(ac.topic(topic).label for topic in ac.get("ammtc-8").topics),
        "what": "meeting",
    }


# Topics by year.


def test_topics_are_counted_by_year() -> None:
    found = ac.records(body="ARF", until=2012)
    cells = {(cell["topic"], cell["year"]): cell["count"] for cell in rows(ac.topic_matrix(found), "count")}
    for (label, year), count in cells.items():
        assert count == sum(ac.topic(label).id in record.topics for record in found if record.year == year)
    assert sum(cells.values()) == sum(len(record.topics) for record in found)
    order = ac.topic_matrix(found).to_dict()["layer"][0]["encoding"]["y"]["sort"]
    assert order == list(dict.fromkeys(ac.topic(topic).label for record in found for topic in record.topics))


def test_years_without_a_record_are_not_left_out() -> None:
    domain = ac.topic_matrix(ac.records(body="AMMTC", until=2004)).to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain == list(range(1997, 2005))


# Relations.


def test_an_arrow_points_from_a_record_to_the_one_it_refers_to() -> None:
    chart = ac.relation_graph(ac.instruments(kind="mou", party="CN", text="non-traditional security"), kinds=["supersedes", "implements"])
    spots = {spot["id"]: spot for spot in rows(chart, "given")}
    assert {id for id, spot in spots.items() if spot["given"]} == {"asean-china-mou-nts-2004", "asean-china-mou-nts-2009"}
    assert "asean-china-plan-of-action-mou-nts-2011" in spots
    old, new = spots["asean-china-mou-nts-2004"], spots["asean-china-mou-nts-2009"]
    assert old["x"] < new["x"]
    (head,) = (each for each in rows(chart, "angle") if each["kind"] == "supersedes")
    assert 180 < head["angle"] % 360 < 360  # to the left, which is back in time
    assert abs(head["x"] - old["x"]) < 12
    assert abs(head["y"] - old["y"]) < 12


def test_no_two_records_stand_on_one_spot() -> None:
    spots = rows(ac.relation_graph(ac.records()), "given")
    assert len({(spot["x"], spot["y"]) for spot in spots}) == len(spots)


def test_names_in_a_row_do_not_overlap() -> None:
    taken: dict[float, list[tuple[float, float]]] = {}
    for spot in rows(ac.relation_graph(ac.records()), "given"):
        reach = 14 + 5.6 * len(spot["name"])
        taken.setdefault(spot["y"], []).append((spot["x"] - reach, spot["x"]) if spot["left"] else (spot["x"], spot["x"] + reach))
    for row in taken.values():
        row.sort()
        assert all(end <= begin for (_, end), (begin, _) in pairwise(row))


def test_every_relation_between_records_can_be_drawn() -> None:
    heads = rows(ac.relation_graph(ac.records(), kinds=list(ac.RelationKind)), "angle")
    relations = [relation for record in ac.records() for relation in record.relations if relation.target in ac.dataset()]
    assert len(heads) == len(relations)
    assert {head["kind"] for head in heads} == {relation.kind.label for relation in relations}


def test_the_places_where_texts_were_made_and_series_of_meetings_are_left_out_unless_asked_for() -> None:
    kinds = {head["kind"] for head in rows(ac.relation_graph(ac.records()), "angle")}
    assert {"implements", "supersedes", "recalls"} <= kinds
    assert not {"adopted at", "signed at"} & kinds
    series = own(meeting("a", "2001"), meeting("b", "2002", relations=(ac.Relation("follows", "a"),)))
    assert rows(ac.relation_graph(series), "angle") == []
    assert len(rows(ac.relation_graph(series, kinds="follows"), "angle")) == 1


def test_an_unknown_kind_of_relation_is_refused() -> None:
    with pytest.raises(ac.UnknownName, match="unknown relation 'outranks': it is one of adopted_at, signed_at, implements"):
        ac.relation_graph(ac.records(), kinds=["outranks"])


# All of them.


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_says_what_it_shows_and_where_that_is_from(picture: Any) -> None:
    head = title(picture(ac.records(topic="cybercrime")))
    assert re.search(r"\d+ .*, \d{4} to \d{4}", head["text"])
    assert head["subtitle"][-1] == f"Source: asean-cyber {ac.__version__}"


def test_a_picture_of_records_from_another_process_names_the_packaged_data_too() -> None:
    copied = pickle.loads(pickle.dumps(ac.meetings(year=2011)))
    assert title(ac.timeline(copied))["subtitle"][-1] == f"Source: asean-cyber {ac.__version__}"


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_of_other_data_does_not_name_the_packaged_data_as_its_source(picture: Any) -> None:
    records = own(meeting("m-1", "2001"), meeting("b", "2002", relations=(ac.Relation("recalls", "m-1"),)), speech(1, 2001, "notes"))
    assert title(picture(records))["subtitle"][-1] == f"Drawn with asean-cyber {ac.__version__}"


@pytest.mark.parametrize("picture", PICTURES)
def test_all_records_make_a_picture_that_is_saved_without_a_network(picture: Any, tmp_path: Path) -> None:
    chart = picture(ac.records())
    chart.save(tmp_path / "x.png")
    chart.save(tmp_path / "x.svg")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    assert f"asean-cyber {ac.__version__}" in (tmp_path / "x.svg").read_text("utf-8")


def test_a_saved_page_needs_no_network(tmp_path: Path) -> None:
    ac.timeline(ac.meetings(body="AMMTC")).save(tmp_path / "x.html", inline=True)
    page = (tmp_path / "x.html").read_text("utf-8")
    assert not re.search(r"<(script|link)[^>]+(src|href)=", page)
    assert "ammtc-8" in page


@pytest.mark.parametrize("picture", PICTURES)
def test_no_records_make_a_picture_that_says_so(picture: Any, tmp_path: Path) -> None:
    chart = picture(ac.records(year=1800))
    assert isinstance(chart, alt.LayerChart)
    chart.save(tmp_path / "x.svg")
    assert "No records to draw." in (tmp_path / "x.svg").read_text("utf-8")


def test_records_without_topics_or_relations_make_a_picture_that_says_so(tmp_path: Path) -> None:
    lonely = ac.meetings(body="ASEANAPOL", year=1981)
    assert not lonely.one().topics
    ac.topic_matrix(lonely).save(tmp_path / "topics.svg")
    assert "None of these records has a topic." in (tmp_path / "topics.svg").read_text("utf-8")
    ac.relation_graph(lonely).save(tmp_path / "graph.svg")
    assert "No relations to draw." in (tmp_path / "graph.svg").read_text("utf-8")


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("other", [5, [5], {2011: 1}, [None, "ammtc-8"], ac.bodies()])
def test_anything_but_records_is_refused(picture: Any, other: Any) -> None:
    with pytest.raises(ac.errors.WrongType, match=r"expected records, as asean_cyber.records\(\) gives them, or their ids, got"):
        picture(other)


@pytest.mark.parametrize("picture", PICTURES)
def test_any_records_of_a_dataset_are_drawn(picture: Any) -> None:
    answer = ac.records(body="AMMTC", until=2011)
    drawn = picture(answer).to_dict()
    assert picture(list(answer)).to_dict() == picture(iter(answer.ids)).to_dict() == drawn
    assert picture(answer, dataset=ac.dataset()).to_dict() == drawn
    assert picture(answer[0].id).to_dict() == picture(answer[0]).to_dict() == picture(answer[:1]).to_dict()


@pytest.mark.parametrize("picture", PICTURES)
def test_without_records_the_whole_dataset_is_drawn(picture: Any) -> None:
    mine = own(meeting("a", "2001"), meeting("b", "2002", "Another", (ac.Relation("recalls", "a"),)))
    dataset = own_dataset(*mine)
    assert picture(dataset=dataset).to_dict() == picture(dataset).to_dict() == picture(mine).to_dict()
    assert picture().to_dict() == picture(ac.records()).to_dict()
    with pytest.raises(ac.errors.UnknownName, match="a"):
        picture(list(mine))
    assert picture(list(mine), dataset=dataset).to_dict() == picture(mine).to_dict()


@pytest.mark.parametrize("picture", [each for each in PICTURES if each is not ac.act_matrix])  # which shows no words of the data
def test_words_cannot_end_the_script_of_a_saved_page(picture: Any, tmp_path: Path) -> None:
    words = "</script><script>alert(1)</script><!-- \ud800 \x00 x"
    with attrs.validators.disabled():  # the model refuses some of them; a picture is safe whatever it holds
        records = own(meeting("a", "2001", words), meeting("b", "2002", words, (ac.Relation("recalls", "a"),)), label=words)
    chart = picture(records)
    chart.save(tmp_path / "x.svg")
    page = chart.to_html()
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<!--" not in page


def test_records_of_two_datasets_are_drawn_together() -> None:
    both = ac.meetings(body="AMMTC", year=2011) | own(meeting("a", "2001"))
    assert {mark["lane"] for mark in rows(ac.timeline(both), "lane")} == {"AMMTC", "Own"}
    assert {cell["topic"] for cell in rows(ac.topic_matrix(both), "count")} >= {"Cybercrime", "Own"}
    assert title(ac.timeline(both))["subtitle"][-1] == f"Drawn with asean-cyber {ac.__version__}"


def test_where_altair_is_missing_the_error_says_what_to_install() -> None:
    program = "import sys; sys.modules['altair'] = None\nimport asean_cyber as ac\ntry: ac.timeline(ac.records())\nexcept ImportError as error: print(error)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert 'pip install "asean-cyber[plot]"' in run.stdout


def test_dates_are_whole_years_at_their_edges() -> None:
    from asean_cyber.charts import _at

    assert _at(date(2012, 1, 1)) == 2012
    assert _at(date(2012, 12, 31), end=True) == 2013
    assert _at(date(2011, 12, 31), end=True) == 2012


# Acts.


def speech(n: int, year: int, *acts: str) -> ac.Statement:
    return ac.Statement(
        id=f"m-{n}/1", body="own-body", meeting=f"m-{n}", date=str(year), kind="communique", locator="1", topics=["own-topic"], summary="So.",
        acts=[ac.Act(kind, f"{kind} {n}") for n, kind in enumerate(acts)], citations=[ac.Citation("own-page")],
    )  # fmt: skip


def test_acts_are_counted_by_year_in_the_order_of_their_bands() -> None:
    said = [speech(1, 2001, "notes", "urges"), speech(2, 2001, "urges"), speech(3, 2004, "commits", "notes", "notes")]
    found = own(*(meeting(f"m-{n}", year) for n, year in ((1, "2001"), (2, "2001"), (3, "2004"))), *said)
    chart = ac.act_matrix(found)
    cells = {(cell["act"], cell["year"]): cell["count"] for cell in rows(chart, "count")}
    labels = {kind.value: f"{kind.band.label}: {kind.label}" for kind in (ac.ActKind.NOTES, ac.ActKind.URGES, ac.ActKind.COMMITS)}
    assert cells == {(labels["notes"], 2001): 1, (labels["urges"], 2001): 2, (labels["commits"], 2004): 1, (labels["notes"], 2004): 1}
    encoding = chart.to_dict()["layer"][0]["encoding"]
    assert encoding["y"]["sort"] == list(labels.values())
    assert encoding["x"]["scale"]["domain"] == [2001, 2002, 2003, 2004]
    assert title(chart)["text"] == "Acts of 3 statements, 2001 to 2004"


def test_records_without_acts_make_a_picture_that_says_so(tmp_path: Path) -> None:
    ac.act_matrix(own(meeting("a", "2001"))).save(tmp_path / "acts.svg")
    assert "None of these records has an act." in (tmp_path / "acts.svg").read_text("utf-8")


# Pictures beside one another, and in a theme.


def test_pictures_combine(tmp_path: Path) -> None:
    found = ac.records(topic="cybercrime")
    pictures = [picture(found) for picture in PICTURES]
    for number, both in enumerate([pictures[0] | pictures[1], pictures[1] & pictures[2], alt.concat(*pictures, columns=2), alt.vconcat(*pictures)]):
        both.save(tmp_path / f"{number}.svg")
        assert all(title(picture)["text"] in (tmp_path / f"{number}.svg").read_text("utf-8") for picture in (pictures[1],))


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_leaves_its_configuration_to_the_theme(picture: Any) -> None:
    with alt.theme.enable("dark"):
        chart = picture(ac.records(topic="cybercrime"))
        drawn = chart.properties(padding=3).configure_axis(labelFontSize=9).to_dict()
    assert drawn["config"]["axis"] == {"labelFontSize": 9}
    assert drawn["usermeta"]["embedOptions"]["theme"] == "dark"
    assert not {"config", "background", "padding", "autosize"} & {name for name, value in chart._kwds.items() if value is not alt.Undefined}
