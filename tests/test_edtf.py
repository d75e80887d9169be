"""Dates that tell their precision."""

import copy
import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from asean_cyber import EDTF, InvalidField, Match
from asean_cyber._model.edtf import as_edtf


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31), "year"),
        ("2009-05", date(2009, 5, 1), date(2009, 5, 31), "month"),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29), "month"),
        ("2012-12", date(2012, 12, 1), date(2012, 12, 31), "month"),
        ("2009-10-15", date(2009, 10, 15), date(2009, 10, 15), "day"),
        ("2011-10-10/2011-10-11", date(2011, 10, 10), date(2011, 10, 11), "day"),
        ("2009-11-30/2010-02", date(2009, 11, 30), date(2010, 2, 28), "month"),
        ("2016/..", date(2016, 1, 1), date.max, "year"),
        ("../2013-04-28", date.min, date(2013, 4, 28), "day"),
        ("2005?", date(2005, 1, 1), date(2005, 12, 31), "year"),
        ("2005-03~", date(2005, 3, 1), date(2005, 3, 31), "month"),
        ("2009-05-XX", date(2009, 5, 1), date(2009, 5, 31), "month"),
        ("2009-XX", date(2009, 1, 1), date(2009, 12, 31), "year"),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), "decade"),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), "century"),
        ("00XX", date(1, 1, 1), date(99, 12, 31), "century"),
    ],
)
def test_a_date_means_these_days(text: str, start: date, end: date, precision: str) -> None:
    value = EDTF(text)
    assert (value.start, value.end, value.precision) == (start, end, precision)
    assert str(value) == text


@pytest.mark.parametrize(
    "text",
    ["", "12 May 2009", "2009-5", "2009-13", "2009-02-30", "20090512", "2009-05-12T10:00", "2009/2008", "2009-10-11/2009-10-10", "../..", "2009/",
     "/2009", "..", "2009-XX-03", "201X-05", "2009-05-12/2009-05-13/2009-05-14", "0000", " 2009", "2009 ", "٢٠٠٩"],
)  # fmt: skip
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidField) as caught:
        EDTF(text)
    assert caught.value.field == "date"
    assert repr(text) in str(caught.value)


def test_the_refusal_says_what_to_write() -> None:
    with pytest.raises(InvalidField, match="write YYYY, YYYY-MM or YYYY-MM-DD"):
        EDTF("May 2009")
    with pytest.raises(InvalidField, match="ends before it starts"):
        EDTF("2010/2009")


@pytest.mark.parametrize(
    ("text", "since", "until", "match"),
    [
        ("2009-05", "2009-01-01", "2009-12-31", Match.YES),
        ("2009-05", "2009-05-12", "2009-05-12", Match.MAYBE),
        ("2009-05", "2009-01-01", "2009-05-15", Match.MAYBE),
        ("2009-05", "2009-06-01", "2009-12-31", Match.NO),
        ("2009-05-12", "2009-05-12", "2009-05-12", Match.YES),
        # An event that lasted two days certainly took place on each of them …
        ("2011-10-10/2011-10-11", "2011-10-11", "2011-10-20", Match.YES),
        # … and one that lasted from some day in May to some day in June, on neither for certain, but in the two together.
        ("2011-05/2011-06", "2011-05-01", "2011-05-15", Match.MAYBE),
        ("2011-05/2011-06", "2011-05-31", "2011-06-01", Match.YES),
        ("2005?", "2005-01-01", "2005-12-31", Match.MAYBE),
        ("2016/..", "2020-01-01", "2020-12-31", Match.YES),
    ],
)
def test_match_is_honest_about_imprecise_dates(text: str, since: str, until: str, match: Match) -> None:
    found = EDTF(text).match(date.fromisoformat(since), date.fromisoformat(until))
    assert found is match
    assert bool(found) is (match is not Match.NO)


def test_order_is_by_first_day_then_last_so_a_day_comes_before_its_month() -> None:
    texts = ["2009-05-01", "2009-05", "2009-05-02", "2009-06", "2009-01-01", "2009"]
    assert [str(value) for value in sorted(map(EDTF, texts))] == ["2009-01-01", "2009", "2009-05-01", "2009-05", "2009-05-02", "2009-06"]


@given(st.lists(st.dates(), min_size=2, max_size=2).map(sorted), st.dates(), st.dates())
def test_an_interval_matches_exactly_what_it_overlaps(days: list[date], a: date, b: date) -> None:
    since, until = min(a, b), max(a, b)
    value = EDTF(f"{days[0]}/{days[1]}")
    assert value.match(since, until) is (Match.YES if days[0] <= until and days[1] >= since else Match.NO)


@given(st.integers(1, 9998), st.integers(1, 12))
def test_a_month_ends_the_day_before_the_next_begins(year: int, month: int) -> None:
    after = date(year + month // 12, month % 12 + 1, 1)
    assert EDTF(f"{year:04d}-{month:02d}").end == after - timedelta(days=1)


@given(st.text(max_size=25))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        value = EDTF(text)
    except InvalidField:
        return
    assert value.start <= value.end
    assert str(value) == text


def test_values_are_values() -> None:
    value = EDTF("2011-10-10/2011-10-11")
    assert value == EDTF("2011-10-10/2011-10-11") != EDTF("2011-10")
    assert len({value, EDTF("2011-10-10/2011-10-11")}) == 1
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)).start == date(2011, 10, 10)
    with pytest.raises(AttributeError):
        value.text = "2012"  # type: ignore[misc]
    with pytest.raises(TypeError):
        assert value < "2012"


def test_as_edtf_takes_what_a_caller_has() -> None:
    assert as_edtf(2009) == EDTF("2009")
    assert as_edtf(date(2009, 5, 12)) == EDTF("2009-05-12")
    with pytest.raises(InvalidField):
        as_edtf(True)
    with pytest.raises(InvalidField):
        as_edtf(2009.5)  # type: ignore[arg-type]
