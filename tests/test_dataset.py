"""A dataset never changes, travels small, takes corrections, and is read once whatever else goes on."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import Body, Citation, Dataset, DatasetError, Meeting, Source, Topic, UnknownName

CITED = [Citation("p")]


def meeting(**changes: Any) -> Meeting:
    return Meeting(**{"id": "m-1", "body": "b", "date": "2011", "name": "N", "topics": ["x"], "summary": "S.", "citations": CITED, **changes})


def own(*records: Any, **changes: Any) -> Dataset:
    return Dataset.from_records(
        records or [meeting()],
        bodies=[Body(id="b", name="B", kind="expert", description="D.")],
        topics=[Topic(id="x", label="X", definition="D.")],
        sources=[Source(id="p", title="T", publisher="P", kind="official")],
        **changes,
    )


@pytest.mark.parametrize("data", [ac.dataset(), own()], ids=["packaged", "own"])
class TestNeverChanges:
    @pytest.mark.parametrize("name", ["contents", "_catalogue", "fingerprint", "more"])
    def test_nothing_can_be_set_or_deleted(self, data: Dataset, name: str) -> None:
        before = data.fingerprint
        with pytest.raises(AttributeError, match="a dataset never changes"):
            setattr(data, name, None)
        with pytest.raises(AttributeError, match="a dataset never changes"):
            delattr(data, name)
        assert data.fingerprint == before
        assert not hasattr(data, "__dict__")

    def test_it_is_a_value(self, data: Dataset) -> None:
        again = pickle.loads(pickle.dumps(data))
        assert again == data == copy.copy(data) == copy.deepcopy(data)
        assert hash(again) == hash(data)
        assert len({again, data}) == 1
        assert data != own(meeting(summary="Another."))


def test_a_small_answer_travels_small() -> None:
    assert len(pickle.dumps(ac.dataset())) < 1_000
    assert len(pickle.dumps(ac.meetings(body="AMMTC", year=2011))) < 2_000
    data = own(*(meeting(id=f"m-{n}", summary="S" * 1000) for n in range(1000)))
    two = data.meetings(id=["m-1", "m-2"])
    assert len(pickle.dumps(two)) < len(pickle.dumps(data)) / 20
    back = pickle.loads(pickle.dumps(two))
    assert back == two
    assert back.filter(body="B").ids == ("m-1", "m-2")
    assert back.to_table().name == "meetings"


def test_what_was_pickled_by_another_version_is_refused() -> None:
    from asean_cyber._packaged import _Restore

    with pytest.raises(ac.AseanCyberError, match=r"pickled with asean-cyber 0\.0\.1"):
        _Restore("0.0.1")()


def test_the_public_constructor_checks() -> None:
    assert Dataset(own().contents) == own()
    broken = attrs.evolve(own().contents, bodies=())
    with pytest.raises(DatasetError, match="no body has the id 'b'"):
        Dataset(broken)


class TestReplacing:
    def test_a_correction_stands_for_ours_and_retired_ids_still_lead_on(self) -> None:
        data = ac.dataset()
        mended = attrs.evolve(data.get("ammtc-8"), summary="What I read in it.")
        changed = data.replacing(mended)
        assert changed.get("ammtc-8") == mended
        assert data.get("ammtc-8") != mended
        assert len(changed) == len(data)
        assert changed.retired() == data.retired()
        for old in data.retired():
            assert changed.get(old).id == data.get(old).id
        assert ac.diff(data, changed).changed[0].fields[0].field == "summary"

    def test_what_is_new_is_added_and_closes_its_gap(self) -> None:
        data = own(gaps=[ac.Gap(body="b", reason="R.", ordinals=[1, 2])])
        changed = data.replacing(meeting(id="b-2", ordinal=2), Source(id="q", title="T", publisher="P", kind="news"))
        assert len(changed) == 2
        assert changed.gaps()[0].ordinals == (1,)
        assert changed.source("q").title == "T"

    def test_what_does_not_fit_is_refused(self) -> None:
        with pytest.raises(DatasetError, match="no body has the id 'nobody'"):
            own().replacing(meeting(body="nobody"))
        with pytest.raises(TypeError, match="expected records"):
            own().replacing("m-1")  # type: ignore[arg-type]


class TestSelecting:
    def test_records_and_ids_in_the_order_given(self) -> None:
        data = own(meeting(), meeting(id="m-2"), meeting(id="m-3"))
        assert data.select([data.get("m-3"), "M-1"]).ids == ("m-3", "m-1")
        assert data.select("m-2").ids == ("m-2",)
        assert data.select([]).ids == ()
        assert data.select(record for record in data if record.id != "m-2").ids == ("m-1", "m-3")

    def test_a_record_of_another_dataset_is_refused(self) -> None:
        with pytest.raises(UnknownName, match="holds another record with that id"):
            own().select([meeting(summary="Another.")])
        with pytest.raises(UnknownName):
            own().select(["ammtc-8"])


def test_a_card_and_a_page_of_ones_own() -> None:
    data = own(meeting(body="b"))
    for shown in (data.card("m-1"), data.card(data.get("m-1")), data.page("m-1")):
        assert "B" in shown
    assert "Records" in data.card(data.body("b"))
    with pytest.raises(UnknownName):
        data.card(ac.get("ammtc-8"))


@pytest.mark.parametrize(
    "make",
    [
        lambda data: ac.cite("m-1", dataset=data),
        lambda data: ac.cite(data.meetings()),
        lambda data: str(ac.support("m-1", data)),
        lambda data: str(ac.coverage(data)),
    ],
)
def test_what_works_on_the_packaged_dataset_works_on_ones_own(make: Any) -> None:
    assert make(own())


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="there is no fork on this system")
def test_a_fork_while_a_thread_loads_first_neither_hangs_nor_loses_garbage_collection() -> None:
    code = """
import gc, os, threading, time, warnings
warnings.simplefilter("ignore")
import asean_cyber as ac
from asean_cyber import _packaged
slow = _packaged.files
def files():
    for each in slow():
        time.sleep(0.01)
        yield each
_packaged.files = files
thread = threading.Thread(target=lambda: ac.records(topic="cybercrime"))
thread.start()
time.sleep(0.05)
child = os.fork()
if child == 0:
    _packaged.files = slow
    found = len(ac.meetings(body="AMMTC", year=2011))
    os._exit(0 if found == 1 and gc.isenabled() else 1)
_, status = os.waitpid(child, 0)
thread.join()
print(os.waitstatus_to_exitcode(status), gc.isenabled())
"""
    assert run(code) == "0 True"


def test_a_query_reads_only_the_sections_that_it_needs() -> None:
    code = """
import asean_cyber as ac
ac.meetings(body="AMMTC", year=2011)
print(sorted(ac.dataset().contents._held))
"""
    assert "sources" not in run(code)
    assert "gaps" not in run(code)


def test_what_comes_with_records_is_named() -> None:
    with pytest.raises(TypeError, match="positional"):
        Dataset.from_records([meeting()], [Body(id="b", name="B", kind="expert", description="D.")])  # type: ignore[call-arg]


def test_what_is_in_an_answer() -> None:
    answer = own(meeting(id="m-2"), meeting(id="m-4", date="2012")).records()
    ids: tuple[object, ...] = ("m-2", "m-4", "m-1", "m-3", "m-5")
    assert [each in answer for each in ids] == [True, True, False, False, False]
    assert [meeting(id=each) in answer for each in ("m-2", "m-1", "m-3")] == [True, False, False]


def test_a_year_is_asked_from_its_first_day_to_its_last() -> None:
    data = own(meeting(date="2011-01-01"), meeting(id="m-2", date="2011-12-31"), meeting(id="m-3", date="2012-01-01"))
    assert data.records(year=2011).ids == ("m-1", "m-2")
    assert data.records(year=2012).ids == ("m-3",)


def test_links_of_a_card_to_the_web_are_not_asked_for() -> None:
    asked = []
    assert ac.instruments(id="unga-res-76-19").one().identifiers
    ac.dataset().card("unga-res-76-19", address=lambda sort, id: asked.append(sort))
    assert set(asked) == {"record", "body", "topic", "source"}


class TestResolving:
    def disputed(self, **changes: Any) -> Dataset:
        claims = [
            ac.Discrepancy("date", "2010-05", Citation("q")),
            ac.Discrepancy("place", "Hanoi, Viet Nam", Citation("q")),
            ac.Discrepancy("ordinal", "2", Citation("q")),
        ]
        return Dataset.from_records(
            [meeting(ordinal=1, place=ac.Place("ID", "Bali"), discrepancies=claims), meeting(id="m-2", **changes)],
            bodies=[Body(id="b", name="B", kind="expert", description="D.")],
            topics=[Topic(id="x", label="X", definition="D.")],
            sources=[
                Source(id="p", title="T", publisher="P", kind="news", date="2011"),
                Source(id="q", title="T", publisher="Q", kind="official", date="2010"),
            ],
        )

    def test_the_other_claim_stands_in_the_field_and_ours_among_the_discrepancies(self) -> None:
        data = self.disputed()
        found = data.resolving(prefer="official")
        other = found.dataset.meetings(id="m-1").one()
        assert (str(other.date), str(other.place), other.ordinal) == ("2010-05", "Hanoi, Viet Nam", 2)
        assert {(claim.field, claim.value) for claim in other.discrepancies} == {("date", "2011"), ("place", "Bali, Indonesia"), ("ordinal", "1")}
        assert [reading.field for reading in found.changed] == ["date", "place", "ordinal"]
        assert found.left == ()
        assert data.get("m-1").date == ac.EDTF("2011"), "the dataset itself never changes"

    @pytest.mark.parametrize(("prefer", "date"), [("earliest", "2010-05"), ("latest", "2011")])
    def test_of_dates_the_earliest_or_the_latest(self, prefer: Any, date: str) -> None:
        assert str(self.disputed().resolving(prefer).dataset.get("m-1").date) == date

    def test_what_does_not_fit_is_listed_with_the_reason(self) -> None:
        found = self.disputed(ordinal=2).resolving("official")
        assert {(reading.record, reading.reason) for reading in found.left} == {("m-1", "number 2 of b is that of m-2")}
        assert found.dataset.meetings(id="m-1").one().ordinal == 1

    def test_an_official_value_is_not_given_up_for_a_claim_that_is_not(self) -> None:
        data = Dataset.from_records(
            [meeting(discrepancies=[ac.Discrepancy("date", "2010", Citation("q"))])],
            bodies=[Body(id="b", name="B", kind="expert", description="D.")],
            topics=[Topic(id="x", label="X", definition="D.")],
            sources=[Source(id="p", title="T", publisher="P", kind="official"), Source(id="q", title="T", publisher="Q", kind="news")],
        )
        assert data.resolving("official").dataset == data

    def test_a_list_is_read_as_one_and_what_held_it_is_told_by_its_first_source(self) -> None:
        held = meeting(partners=["CN"], citations=[Citation("p"), Citation("q")], discrepancies=[ac.Discrepancy("partners", "CN, JP", Citation("q"))])
        found = self.holding(held).resolving("official")
        other = found.dataset.meetings(id="m-1").one()
        assert (other.partners, found.left) == (("CN", "JP"), ())
        assert other.discrepancies == (ac.Discrepancy("partners", "CN", Citation("p")),)

    def test_the_day_of_an_instrument_takes_that_of_its_adoption_with_it(self) -> None:
        claim = ac.Discrepancy("date", "2010-05", Citation("q"))
        pact = ac.Instrument(
            id="i",
            body="b",
            date="2011",
            adopted="2011",
            title="T",
            kind="strategy",
            summary="S.",
            topics=["x"],
            citations=CITED,
            discrepancies=[claim],
        )
        other = self.holding(pact).resolving("official").dataset.instruments(id="i").one()
        assert (str(other.date), str(other.adopted), other.signed) == ("2010-05", "2010-05", None)

    def holding(self, *records: Any) -> Dataset:
        return Dataset.from_records(
            records,
            bodies=[Body(id="b", name="B", kind="expert", description="D.")],
            topics=[Topic(id="x", label="X", definition="D.")],
            sources=[Source(id="p", title="T", publisher="P", kind="news"), Source(id="q", title="T", publisher="Q", kind="official")],
        )

    def test_of_the_packaged_dataset(self) -> None:
        for prefer in ("official", "earliest", "latest"):
            found = ac.dataset().resolving(prefer)
            assert len(found.dataset) == len(ac.dataset())
            assert found.changed
            assert all(reading.reason for reading in found.left)

    def test_another_preference_is_refused(self) -> None:
        with pytest.raises(ac.InvalidArgument, match="one of official, earliest, latest"):
            ac.dataset().resolving("loudest")  # type: ignore[arg-type]


def test_where_a_copy_is_kept_is_shown() -> None:
    kept = Source(id="p", title="T", publisher="P", kind="official", url="https://gone.example/a", archived_url="https://archive.example/a")
    data = own().replacing(kept)
    assert "https://archive.example/a" in data.page("m-1")
    assert 'href="https://archive.example/a"' in data.card("m-1")


def test_an_answer_takes_along_all_that_its_bodies_cite() -> None:
    """What comes back from a worker is a whole dataset: it can be checked, joined and exported as any other."""
    answer = ac.meetings(body="ARF", year=2006)
    data = Dataset(ac.dataset().contents)
    back = pickle.loads(pickle.dumps(data.meetings(body="ARF", year=2006)))
    assert back == answer
    assert Dataset(back.catalogue.contents).meetings(body="ARF", year=2006) == answer
