"""Panels: 0 where a series was examined and nothing was there, missing where a gap stands."""

from __future__ import annotations

from typing import Any

import pytest

import asean_cyber as ac
from asean_cyber import Dataset


def meeting(ordinal: int | None, year: int, body: str = "club", **more: Any) -> ac.Meeting:
    id = f"{body}-{ordinal or f'special-{year}'}"
    return ac.Meeting(id=id, body=body, ordinal=ordinal, date=str(year), name=id, summary="It met.", citations=[ac.Citation("page")], **more)


def dataset(*records: ac.Record, gaps: tuple[ac.Gap, ...] = ()) -> Dataset:
    return Dataset.from_records(
        records,
        bodies=[ac.Body(id=id, name=id.capitalize(), kind="expert", description="It meets.") for id in ("club", "ring")],
        topics=[ac.Topic(id=id, label=id.capitalize(), definition="It.") for id in ("scams", "norms")],
        sources=[ac.Source(id="page", title="A page", publisher="A ministry", kind="official")],
        gaps=gaps,
    )


def statement(of: ac.Meeting, topic: str) -> ac.Statement:
    """The first paragraph of what a meeting said."""
    cited = [ac.Citation("page")]
    return ac.Statement(id=f"{of.id}/1", meeting=of.id, body=of.body, date=of.date, kind="report", locator="1", topics=[topic], summary="So.", citations=cited)


def counts(panel: ac.Panel, unit: str = "club") -> dict[int, int | None]:
    return {row[-3]: row[-2] for row in panel.rows() if row[0] == unit}  # type: ignore[misc]


def test_between_meetings_whose_numbers_follow_one_another_there_was_none() -> None:
    data = dataset(meeting(1, 2001), meeting(2, 2003), meeting(3, 2004))
    assert counts(ac.panel("body-year", of=data.meetings())) == {2001: 1, 2002: 0, 2003: 1, 2004: 1}


def test_where_a_number_is_missing_so_is_the_count() -> None:
    data = dataset(meeting(1, 2001), meeting(3, 2004), meeting(4, 2006), meeting(6, 2007), meeting(8, 2009))
    panel = ac.panel("body-year", of=data.meetings())
    assert counts(panel) == {2001: 1, 2002: None, 2003: None, 2004: 1, 2005: 0, 2006: 1, 2007: 1, 2008: None, 2009: 1}
    complete = {row[-3]: row[-1] for row in panel.rows()}
    assert [year for year, whole in complete.items() if not whole] == [2002, 2003, 2006, 2007, 2008], "the fifth fell into 2006 or 2007"


def test_before_the_first_and_after_the_last_nothing_is_known() -> None:
    data = dataset(meeting(1, 2002), meeting(2, 2003), meeting(1, 2001, "ring"), meeting(2, 2002, "ring"), meeting(3, 2004, "ring"))
    panel = ac.panel("body-year", of=data.meetings())
    assert counts(panel) == {2001: None, 2002: 1, 2003: 1, 2004: None}
    assert counts(panel, "ring") == {2001: 1, 2002: 1, 2003: 0, 2004: 1}


def test_meetings_without_numbers_leave_unknown_what_lies_between() -> None:
    data = dataset(meeting(None, 2001), meeting(None, 2004))
    assert counts(ac.panel("body-year", of=data.meetings())) == {2001: 1, 2002: None, 2003: None, 2004: 1}


def test_a_topic_that_did_not_come_up_is_a_zero_unless_texts_are_missing() -> None:
    first, second = meeting(1, 2001), meeting(2, 2002)
    records = (first, second, statement(first, "norms"), statement(second, "scams"))
    data = dataset(*records)
    said = data.statements(topic="scams")
    assert counts(ac.panel("body-year", of=said, among=data.records())) == {2001: 0, 2002: 1}
    assert counts(ac.panel("topic-year", of=data.statements()), "norms") == {2001: 1, 2002: 0}
    unread = dataset(*records, gaps=(ac.Gap(body="club", reason="Its communiqués were not read."),))
    assert counts(ac.panel("body-year", of=unread.statements(topic="scams"), among=unread.records())) == {2001: None, 2002: 1}
    assert counts(ac.panel("topic-year", of=unread.statements()), "norms") == {2001: 1, 2002: None}
    assert counts(ac.panel("body-year", of=unread.meetings())) == {2001: 1, 2002: 1}, "of its meetings nothing is missing"


def test_a_country_has_a_zero_only_where_all_series_asked_for_are_known() -> None:
    club = (meeting(1, 2001, place=ac.Place("TH")), meeting(2, 2002, place=ac.Place("VN")))
    ring = (meeting(1, 2000, "ring", place=ac.Place("TH")), meeting(3, 2002, "ring", place=ac.Place("TH")))
    whole = ac.panel("country-year", of=dataset(*club).meetings())
    assert counts(whole, "VN") == {2001: 0, 2002: 1}
    assert next(row[:4] for row in whole.rows()) == ("TH", "Thailand", "THA", 2001)
    both = ac.panel("country-year", of=dataset(*club, *ring).meetings())
    assert counts(both, "VN") == {2000: 0, 2001: None, 2002: 1}, "the club did not meet before its first; a ring is missing in 2001"


def test_partners_are_those_of_the_day() -> None:
    data = dataset(meeting(1, 2001, partners=["JP", "TL"]), meeting(2, 2002, partners=["JP"]))
    panel = ac.panel("partner-year", of=data.meetings())
    assert counts(panel, "TL") == {2001: 1, 2002: 0}
    assert {row[2] for row in panel.rows()} == {"JPN", "TLS"}


def test_a_panel_is_a_table(tmp_path: Any) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    panel = ac.panel("country-year", of=ac.meetings(body="AMMTC"))
    frame = panel.to_pandas()
    assert list(frame.columns) == panel.to_polars().columns == ["country", "country_name", "country_alpha_3", "year", "count", "complete"]
    assert frame["count"].sum() == sum(meeting.place is not None for meeting in ac.meetings(body="AMMTC"))
    assert not frame.duplicated(["country_alpha_3", "year"]).any()
    panel.to_csv(tmp_path / "panel.csv")
    assert panel.to_arrow().schema.metadata[b"version"] == ac.__version__.encode()
    assert list(ac.panel("topic-year", of=ac.records(year=1800)).rows()) == []


def test_what_is_no_panel_is_refused() -> None:
    with pytest.raises(ac.UnknownName, match="unknown unit 'body': it is one of body-year, .*did you mean 'body-year'"):
        ac.panel("body")  # type: ignore[arg-type]
    with pytest.raises(ac.WrongType, match="panel takes answers"):
        ac.panel("body-year", of=list(ac.meetings(year=2011)))  # type: ignore[arg-type]
    with pytest.raises(ac.InvalidArgument, match="two datasets"):
        ac.panel("body-year", of=dataset(meeting(1, 2001)).meetings(), among=ac.meetings())
