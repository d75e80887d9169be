"""The rules of good data: each is broken by something, the packaged data breaks none, and users have them too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber import Act, Body, Citation, Dataset, Discrepancy, Gap, Instrument, Meeting, Place, Quotation, Relation, Source, Statement, Topic
from asean_cyber._files.reading import decode
from asean_cyber._files.rules import RULES, SILENT, check
from asean_cyber._files.writing import canonical_form, not_canonical
from asean_cyber._packaged import files
from asean_cyber.cli import main

SAID = "Ministers welcomed the plan against cybercrime and called upon all partners to help."
CITED = (Citation("p", document=True),)

BODY = Body(id="amm", acronym="AMM", name="A Ministerial Meeting", kind="ministerial", description="They meet.", participants=["CN"])
SOURCE = Source(id="p", title="T", publisher="Ministry", kind="official", url="https://example.org/a", date="2012", accessed="2026-11-26")
MEETING = Meeting(
    id="amm-1", body="amm", ordinal=1, date="2011-05-01/2011-05-02", name="1st AMM", topics=["x"], place=Place("ID", "Bali"), summary=SAID, citations=CITED, reviewed="2026-11-26"
)  # fmt: skip
STATEMENT = Statement(
    id="amm-1/3", body="amm", date="2011-05-02", meeting="amm-1", kind="communique", locator="para 3", topics=["x"], summary=SAID,
    acts=[Act("welcomes", "welcomed"), Act("urges", "called upon")], citations=CITED, reviewed="2026-11-26",
)  # fmt: skip
PACT = Instrument(
    id="pact", body="amm", date="2011-05-02", title="The Pact", kind="mou", meeting="amm-1", topics=["x"], summary=SAID, citations=CITED, reviewed="2026-11-26"
)


def good(
    *more: Any, meeting: Any = MEETING, statement: Any = STATEMENT, pact: Any = PACT, body: Any = BODY, source: Any = SOURCE, gaps: Any = (), topics: Any = ()
) -> Dataset:
    records = [each for each in (meeting, statement, pact, *more) if isinstance(each, (Meeting, Statement, Instrument))]
    return Dataset.from_records(
        records,
        bodies=[body, *(each for each in more if isinstance(each, Body))],
        topics=[Topic(id="x", label="X", definition="D.", scope="Use it."), *topics],
        sources=[source, *(each for each in more if isinstance(each, Source))],
        gaps=gaps,
    )


def evolve(item: Any, **changes: Any) -> Any:
    return attrs.evolve(item, **changes)


def second(**changes: Any) -> Any:
    return evolve(MEETING, **{"id": "amm-2", "ordinal": 2, "date": "2012-05-01", "name": "2nd AMM", **changes})


BROKEN: dict[str, Callable[[], Dataset]] = {
    "names_of_bodies": lambda: good(Body(id="other", name="a ministerial meeting", kind="expert", description="D.")),
    "order_of_ordinals": lambda: good(second(date="2010-05-01")),
    "holes_in_series": lambda: good(second(id="amm-3", ordinal=3)),
    "ids_of_meetings": lambda: good(second(id="amm-second")),
    "cities": lambda: good(second(place=Place("MY", "Bali"))),
    "partners": lambda: good(meeting=evolve(MEETING, partners=["CN"])),
    "silent_meetings": lambda: good(second(topics=(), summary="The ministers met, and nothing was said of cyber that anyone has read.")),
    "bodies_of_statements": lambda: good(Body(id="o", name="O", kind="expert", description="D."), statement=evolve(STATEMENT, body="o")),
    "speakers": lambda: good(statement=evolve(STATEMENT, kind="speech")),
    "interventions": lambda: good(statement=evolve(STATEMENT, kind="intervention", speaker="SG")),
    "acts_and_summaries": lambda: good(statement=evolve(STATEMENT, acts=[Act("welcomes", "welcomed"), Act("commits", "pledge")])),
    "causes_of_our_own": lambda: good(statement=evolve(STATEMENT, summary=f"{SAID[:-1]}, because they were afraid.")),
    "dates_of_instruments": lambda: good(pact=evolve(PACT, date="2013-01-01")),
    "superseded": lambda: good(evolve(PACT, id="new-pact", title="N", relations=[Relation("supersedes", "pact")]), pact=evolve(PACT, status="signed")),
    "relations_in_time": lambda: good(second(), pact=evolve(PACT, relations=[Relation("recalls", "amm-2")])),
    "relations_in_circles": lambda: good(
        evolve(PACT, id="a", title="A", relations=[Relation("implements", "pact")]), pact=evolve(PACT, relations=[Relation("implements", "a")])
    ),
    "discrepancies": lambda: good(meeting=evolve(MEETING, discrepancies=[Discrepancy("ordinal", "1", Citation("p"))])),
    "same_record_twice": lambda: good(evolve(PACT, id="pact-again")),
    "same_paragraph_twice": lambda: good(evolve(STATEMENT, id="amm-1/3-again", title="Another")),
    "topics_of_parts": lambda: good(statement=evolve(STATEMENT, topics=["x", "y"]), topics=[Topic(id="y", label="Y", definition="D.", scope="Use it.")]),
    "length_of_summaries": lambda: good(statement=evolve(STATEMENT, summary="Ministers welcomed it.")),
    "length_of_phrases": lambda: good(statement=evolve(STATEMENT, acts=[Act("welcomes", "have with great pleasure and joy welcomed")])),
    "words_of_others": lambda: good(statement=evolve(STATEMENT, quotation=Quotation(SAID))),
    "addresses": lambda: good(source=evolve(SOURCE, url="https://example.org/ä")),
    "same_source_twice": lambda: good(evolve(SOURCE, id="q", url="http://www.example.org/a/?utm_source=x")),
    "unused_sources": lambda: good(evolve(SOURCE, id="q", url="https://example.org/b")),
    "reading_of_sources": lambda: good(source=evolve(SOURCE, accessed=None)),
    "sources_in_time": lambda: good(source=evolve(SOURCE, date="2010")),
    "names_of_publishers": lambda: good(evolve(SOURCE, id="q", url="https://example.org/b", publisher="The Ministry")),
    "documents": lambda: good(
        evolve(SOURCE, id="q", url="https://example.org/b"), statement=evolve(STATEMENT, citations=(*CITED, Citation("q", document=True)))
    ),
    "unused_topics": lambda: good(topics=[Topic(id="y", label="Y", definition="D.", scope="Use it.")]),
    "reviews": lambda: good(statement=evolve(STATEMENT, reviewed=None)),
}
"""For each rule, a dataset that loads and breaks it."""


BROKEN_TOO: list[tuple[str, Callable[[], Dataset], str]] = [
    (
        "order_of_ordinals",
        lambda: good(second(date="2013-05-01"), second(id="amm-3", ordinal=3, name="3rd AMM", date="2012-05-01")),
        "before amm-2",
    ),
    ("bodies_of_statements", lambda: good(Body(id="a", name="A", kind="expert", description="D."), statement=evolve(STATEMENT, body="a")), "of a, but"),
    ("bodies_of_statements", lambda: good(Body(id="z", name="Z", kind="expert", description="D."), statement=evolve(STATEMENT, body="z")), "of z, but"),
    ("sources_in_time", lambda: good(source=evolve(SOURCE, date=None, accessed="2011-01")), "after its sources were read"),
    ("reading_of_sources", lambda: good(source=evolve(SOURCE, date="2026-11-27")), "before its date"),
]
"""More of what breaks a rule, where one case does not show all of it, and a part of what is said."""


def test_what_is_good_breaks_no_rule() -> None:
    assert good().check() == ()
    assert good(source=evolve(SOURCE, date=SOURCE.accessed)).check() == ()
    assert (
        good(statement=evolve(STATEMENT, summary="Ministers urged all partners to help against it, one and all.", acts=[Act("urges", "urges")])).check() == ()
    )
    assert good(second(id="amm-3", ordinal=3), gaps=[Gap(body="amm", reason="Not found.", ordinals=[2])]).check() == ()
    assert good(second(topics=(), summary=SILENT)).check() == ()
    more = Topic(id="y", label="Y", definition="D.", scope="Use it.")
    elsewhere = evolve(SOURCE, id="q", url="https://example.org/b")
    assert good(elsewhere, statement=evolve(STATEMENT, topics=["y"], citations=[Citation("q", document=True)]), topics=[more]).check() == ()


def test_every_rule_is_broken_by_something() -> None:
    assert set(BROKEN) == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_finds_what_breaks_it(name: str) -> None:
    data = BROKEN[name]()
    rule = next(rule for rule in RULES if rule.__name__ == name)
    from asean_cyber._lookup.catalogue import Catalogue

    found = list(rule(Catalogue(data.contents)))
    assert found, rule.__doc__
    assert set(found) <= set(data.check())
    assert all(fault.level == "warning" and fault.record and fault.reason for fault in found)
    assert str(found[0]).startswith("warning: ")


@pytest.mark.parametrize(("name", "data", "told"), BROKEN_TOO)
def test_a_rule_finds_what_else_breaks_it(name: str, data: Callable[[], Dataset], told: str) -> None:
    assert any(told in fault.reason for fault in data().check()), name


def test_a_cause_that_the_page_gives_is_noted() -> None:
    noted = evolve(STATEMENT, summary=f"{SAID[:-1]}, because they were afraid.", citations=[Citation("p", note="The page says because.")])
    assert "causes_of_our_own" in BROKEN
    assert not any("because" in fault.reason for fault in good(statement=noted).check())
    since_when = evolve(STATEMENT, summary=f"{SAID[:-1]}, as they had done since 2004 and since the first summit.")
    assert not any("since" in fault.reason for fault in good(statement=since_when).check())


# The packaged data.


def test_the_packaged_data_breaks_no_rule_but_that_some_of_it_is_not_reviewed_yet() -> None:
    found = [str(fault) for fault in check(ac.dataset().contents) if fault.field != "reviewed"]
    assert found == []


@pytest.mark.parametrize(("name", "data"), list(files()), ids=[name for name, _ in files()])
def test_every_shipped_file_is_canonical(name: str, data: bytes) -> None:
    assert canonical_form(name, data) == data


def test_the_quick_reader_gives_what_the_careful_one_gives() -> None:
    careful = decode(files())
    assert Dataset(careful) == ac.dataset()
    assert [record.to_dict() for record in ac.records()] == [record.to_dict() for record in Dataset(careful).records()]


def test_sources_stand_beside_the_records_that_rest_on_them() -> None:
    """A source stands in the file that cites it; those that several files cite stand in sources.json."""
    import json

    homes: dict[str, str] = {}
    cited: dict[str, set[str]] = {}
    for name, data in files():
        held = json.loads(data)
        homes.update({source["id"]: name for source in held.get("sources", ())})
        text = json.dumps({section: items for section, items in held.items() if section != "sources"})
        for part in text.split('"source": "')[1:]:
            cited.setdefault(part.partition('"')[0], set()).add(name)
    assert {source: names for source, names in cited.items() if homes[source] != (min(names) if len(names) == 1 else "sources.json")} == {}


# The commands.


def test_validate_strict_tells_and_says_so_in_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.json"
    path.write_text(good().to_json(), encoding="utf-8", newline="\n")
    assert main(["validate", "--strict", str(path)]) == 0
    path.write_text(BROKEN["reviews"]().to_json().replace("  ", " "), encoding="utf-8", newline="\n")
    assert main(["validate", str(path)]) == 0
    assert main(["validate", "--strict", str(path)]) == 1
    said = capsys.readouterr().out
    assert "warning: amm-1/3: reviewed: " in said
    assert "layout: own.json: not in the canonical form" in said


def test_format_writes_the_canonical_form_and_changes_it_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d").mkdir()
    path = tmp_path / "d" / "own.json"
    text = good(second()).to_json()
    path.write_text(text.replace("  ", "\t"), encoding="utf-8", newline="\n")
    assert main(["format", "--check", str(tmp_path / "d")]) == 1
    assert path.read_text(encoding="utf-8") != text
    assert main(["format", str(tmp_path / "d")]) == 0
    assert path.read_text(encoding="utf-8") == text
    assert main(["format", "--check", str(tmp_path / "d")]) == 0
    assert not list(not_canonical([("own.json", path.read_bytes())]))
    path.write_text("{", encoding="utf-8")
    assert main(["format", str(path)]) == 1
    assert "not JSON" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "{"
