"""What a notebook shows: tables and cards, whatever stands in a record."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from typing import Any
from xml.etree.ElementTree import Element

import attrs
import html5lib
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import asean_cyber as ac
from asean_cyber._display.html import clean

HTML = "{http://www.w3.org/1999/xhtml}"
ELEMENTS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "a", "cite", "code", "strong", "span", "wbr", "ul", "li", "blockquote", "p"}
ATTRIBUTES = {"class", "style", "lang", "dir", "scope", "colspan", "href", "target", "rel"}
NO_MATHS = "tex2jax_ignore mathjax_ignore no-katex"


def parsed(markup: str) -> Element:
    """The markup as a browser reads it; whatever a browser would have to mend is an error."""
    page: Element = html5lib.HTMLParser(strict=True).parse(f"<!doctype html><html><head><title>t</title></head><body>{markup}</body></html>")
    body = page.find(f"{HTML}body")
    assert body is not None
    return body


def elements(body: Element, name: str) -> list[Element]:
    return list(body.iter(HTML + name))


def text(element: Element) -> str:
    return "".join(element.itertext())


def check_harmless(body: Element) -> None:
    """Only these elements and attributes, no address but of the web, nothing that is loaded."""
    for element in [each for child in body for each in child.iter()]:
        assert element.tag.removeprefix(HTML) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("class", NO_MATHS) == NO_MATHS
        assert element.get("href", "https://").startswith(("https://", "http://"))
        assert "url(" not in element.get("style", "")


def rows(body: Element) -> Iterator[tuple[str, str]]:
    """The rows of a card: what heads each, and what it says."""
    for row in elements(body, "tr"):
        head, cell = list(row)
        assert (head.tag, head.get("scope")) == (f"{HTML}th", "row")
        yield text(head), text(cell)


def hostile(words: str) -> ac.Statement:
    """A statement with the same words wherever a record may hold words."""
    with attrs.validators.disabled():  # the model refuses some of them; what is shown is safe whatever it holds
        return _said(words)


def _said(words: str) -> ac.Statement:
    return ac.Statement(
        id="own:x", body="nobody", date="2009-05", topics=["nothing"], kind="report", summary=words, title=words, locator=words,
        quotation=ac.Quotation(words), citations=[ac.Citation("no-such-source", words, words), ac.Citation("un-2000-a-res-55-63", words)],
        relations=[ac.Relation("recalls", "nowhere")],
        discrepancies=[ac.Discrepancy("summary", words, ac.Citation("no-such-source"), words)],
    )  # fmt: skip


# Many.


def test_a_table_names_its_rows_and_columns() -> None:
    body = parsed(ac.records(body="AMMTC", until=2004)._repr_html_())
    check_harmless(body)
    (table,) = elements(body, "table")
    assert table.get("lang") == "en"
    assert re.fullmatch(r"\d+ records", text(elements(table, "caption")[0]))
    assert [text(head) for head in elements(table, "th") if head.get("scope") == "col"] == ["Date", "Id", "Body", "What", "Topics", "Source"]
    assert "ammtc-1" in [text(head) for head in elements(table, "th") if head.get("scope") == "row"]


def test_a_row_tells_what_it_is_and_links_to_a_source() -> None:
    body = parsed(ac.statements(meeting="aseanapol-29", text="baseline law")._repr_html_())
    row = elements(body, "tr")[1]
    assert [text(cell) for cell in row][:5] == [
        "2009-05-13/2009-05-15", "aseanapol-29/8.7.1", "ASEANAPOL", "8.7.1: Baseline law on cybercrime", "Cybercrime, Legal harmonisation",
    ]  # fmt: skip
    (link,) = elements(row, "a")
    assert link.get("href") == "http://cybercrimelaw.net/ASEAN.html"


def test_a_long_answer_is_shortened_and_says_so() -> None:
    found = ac.records()
    body = parsed(found._repr_html_())
    ids = [text(head) for head in elements(body, "th") if head.get("scope") == "row"]
    assert ids == [*found.ids[:10], *found.ids[-10:]]
    assert f"… {len(found) - 20:,} more …" in text(body)


def test_no_records_are_said_in_words() -> None:
    assert text(parsed(ac.meetings(year=1800)._repr_html_())) == "0 meetings."


def test_a_record_that_sources_disagree_on_is_marked() -> None:
    assert "(sources disagree)" in ac.meetings(body="AMMTC", year=2011)._repr_html_()
    assert "(sources disagree)" not in ac.records(disputed=False)._repr_html_()


def test_what_the_records_of_two_datasets_name_is_shown_by_name() -> None:
    source = ac.Source(id="own-page", title="Own page", publisher="Own press", kind="news")
    body = ac.Body(id="own-body", name="Own body", kind="forum", description="A body of a test.")
    record = ac.Meeting(id="own-1", body="own-body", date="2020", name="First own meeting", summary="It met.", citations=[ac.Citation("own-page")])
    own = ac.Dataset.from_records([record], bodies=[body], sources=[source])
    row = elements(parsed((ac.meetings(body="AMMTC", year=2011) | own.records())._repr_html_()), "tr")[-1]
    assert [text(cell) for cell in row] == ["2020", "own-1", "Own body", "First own meeting", "", "Own press"]


# One.


def test_a_card_of_a_statement() -> None:
    body = parsed(ac.get("aseanapol-29/8.7.1")._repr_html_())
    check_harmless(body)
    said = dict(rows(body))
    assert text(elements(body, "caption")[0]) == "Baseline law on cybercrime"
    assert said["Body"] == "ASEANAPOL: ASEAN Chiefs of National Police"
    assert said["Meeting"] == "29th ASEANAPOL Conference (aseanapol-29)"
    (quotation,) = elements(body, "blockquote")
    assert quotation.get("lang") == "en"
    assert text(quotation).startswith("To continue to encourage the member countries")
    assert "8.7.1. Cybercrimedata AS" in said["Sources"]


def test_a_card_of_an_instrument_shows_relations_from_both_ends_as_links() -> None:
    body = parsed(ac.get("asean-china-mou-nts-2009")._repr_html_())
    said = dict(rows(body))
    assert said["Expires"] == "2014"
    assert said["Parties"] == "Association of Southeast Asian Nations; China"
    assert "supersedes: Memorandum of Understanding" in said["Relations"]
    assert "asean-china-mou-nts-2004" in said["Relations"]
    assert "is implemented by: Plan of Action" in said["Relations"]
    assert any("asean.org" in link.get("href", "") for link in elements(body, "a"))


def test_a_card_shows_both_claims_where_sources_disagree() -> None:
    said = dict(rows(parsed(ac.get("ammtc-8")._repr_html_())))
    assert said["Sources disagree"].startswith("date (here 2011-10-10/2011-10-11): 2011-10-11 in VN attends AMMTC-8 in Bali")


def test_a_source_in_another_language_says_so() -> None:
    cites = elements(parsed(ac.get("ammtc-8")._repr_html_()), "cite")
    assert {"en", "fr"} <= {cite.get("lang") for cite in cites}


def test_a_changed_record_is_not_taken_for_the_packaged_one() -> None:
    changed = attrs.evolve(ac.get("asean-china-mou-nts-2009"), summary="Something else.")
    said = dict(rows(parsed(changed._repr_html_())))
    assert "supersedes" in said["Relations"]
    assert "is implemented by" not in said["Relations"]


def test_a_card_resolves_ids_in_a_dataset_of_ones_own() -> None:
    source = ac.Source(id="own-page", title="Own page", publisher="Own press", kind="news", url="https://example.org/?a=1&b=2")
    body = ac.Body(id="own-body", name="Own body", kind="forum", description="A body of a test.")
    record = ac.Meeting(id="own-1", body="own-body", date="2020", name="First own meeting", summary="It met.", citations=[ac.Citation("own-page")])
    own = ac.Dataset.from_records([record], bodies=[body], sources=[source])
    assert dict(rows(parsed(record._repr_html_())))["Body"] == "own-body"
    page = parsed(own.card(record))
    assert dict(rows(page))["Body"] == "Own body"
    assert elements(page, "a")[0].get("href") == "https://example.org/?a=1&b=2"
    assert dict(rows(parsed(own.card(body))))["Records"] == "1 meeting; 2020"


def test_a_card_of_a_body() -> None:
    body = parsed(ac.body("ADGMIN")._repr_html_())
    check_harmless(body)
    said = dict(rows(body))
    assert said["Succeeds"].startswith("TELMIN: ")
    assert re.search(r"meetings?.*; 2021 to \d{4}$", said["Records"])
    assert "ADGMIN" in dict(rows(parsed(ac.body("TELMIN")._repr_html_())))["Succeeded by"]


def test_a_body_of_ones_own_shows_no_records_of_a_packaged_one() -> None:
    other = ac.Body(id="adgmin", name="Another", kind="forum", description="x", parent="nowhere")
    said = dict(rows(parsed(other._repr_html_())))
    assert "Records" not in said
    assert said["Part of"] == "nowhere"


def test_a_dataset_shows_how_much_it_holds() -> None:
    body = parsed(ac.dataset()._repr_html_())
    check_harmless(body)
    held = {text(row[0]): text(row[1]) for row in elements(body, "tr")[1:]}
    assert held["Meetings"] == f"{len(ac.meetings()):,}"
    assert list(held) == ["Meetings", "Statements", "Instruments", "Bodies", "Topics", "Sources", "Known gaps"]


def test_every_record_and_body_of_the_packaged_dataset_has_a_card_that_parses() -> None:
    items: list[ac.Record | ac.Body] = [*ac.records()[::25], *ac.bodies()[::10]]
    for item in items:
        check_harmless(parsed(item._repr_html_()))


# Trust.

ATTACKS = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</td></tr></table><iframe src='javascript:alert(1)'>",
    "&lt;b&gt; & &#60;",
    "<!--",
    "a\x00b\ud800c\x85d",
    "\u202eesrever",
]


@pytest.mark.parametrize("words", ATTACKS)
def test_what_a_record_says_is_shown_as_text(words: str) -> None:
    body = parsed(hostile(words)._repr_html_())
    check_harmless(body)
    said = dict(rows(body))
    assert said["Summary"] == clean(words)
    assert said["Quotation"] == clean(words)
    assert said["Body"] == "nobody"
    with attrs.validators.disabled():
        own = ac.Body(id="x", name=words, kind="forum", description=words, aliases=[words])
    body_card = parsed(own._repr_html_())
    check_harmless(body_card)
    assert dict(rows(body_card))["What"] == clean(words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), min_size=1).map(str.strip).filter(bool))
def test_any_words_make_a_page_that_parses_and_can_be_saved(words: str) -> None:
    markup = hostile(words)._repr_html_()
    markup.encode()
    body = parsed(markup)
    check_harmless(body)
    assert dict(rows(body))["Summary"].split() == clean(words).split()


def test_only_addresses_of_the_web_become_links() -> None:
    source = ac.Source(id="own-page", title="Own page", publisher="Own press", kind="news", url="https://example.org/")
    object.__setattr__(source, "url", "javascript:alert(1)")  # as a careless program might
    body = ac.Body(id="own-body", name="Own body", kind="forum", description="x", citations=[ac.Citation("own-page")])
    own = ac.Dataset.from_records([], bodies=[body], sources=[source])
    page = parsed(own.card(body))
    assert elements(page, "a") == []
    assert "Own page" in text(page)


@pytest.mark.parametrize(
    "markup",
    [ac.get("ammtc-8")._repr_html_(), ac.records(year=2011)._repr_html_(), ac.body("ARF")._repr_html_(), ac.dataset()._repr_html_()],
    ids=["record", "records", "body", "dataset"],
)
def test_no_colour_is_set_that_a_theme_could_hide(markup: str) -> None:
    styles = " ".join(re.findall(r'style="([^"]*)"', markup))
    assert set(re.findall(r"(?<![-\w])color:([^;]*)", styles)) <= {"inherit"}
    assert "background" not in styles


# Lists, and how much of them is shown.


LISTS = {
    "bodies": (ac.bodies, "Id", "adgmin"),
    "topics": (ac.topics, "Id", "cybercrime"),
    "sources": (ac.sources, "Id", ac.sources()[0].id),
    "gaps": (ac.gaps, "Body", ac.gaps()[0].body),
    "links": (lambda: ac.links("ammtc-8"), "Relation", "follows"),
    "members": (ac.members, "Code", "TH"),
}


@pytest.mark.parametrize("what", LISTS)
def test_lists_show_themselves_and_remain_tuples(what: str) -> None:
    make, first, holds = LISTS[what]
    found: Any = make()
    assert issubclass(type(found), tuple)
    assert found == tuple(found)
    assert pickle.loads(pickle.dumps(found)) == found
    body = parsed(found._repr_html_())
    check_harmless(body)
    assert next(text(head) for head in elements(body, "th") if head.get("scope") == "col") == first
    part = found[:2]
    assert part == tuple(found)[:2]
    assert text(elements(parsed(part._repr_html_()), "caption")[0]).startswith("2 ")
    assert repr(part).startswith("2 ")
    assert repr(found[:0]).startswith("0 ")
    whole = type(found)(item for item in found if holds in (getattr(item, "id", ""), getattr(item, "body", ""), getattr(item, "reads", "")))
    assert holds in repr(whole)
    assert holds in text(parsed(whole._repr_html_()))


def test_narrower_topics_are_set_in() -> None:
    shown = repr(ac.topics())
    assert re.search(r"^ {2}transnational-crime ", shown, re.MULTILINE) or "more" in shown
    part = [topic for topic in ac.topics() if topic.id in ("transnational-crime", "cybercrime", "online-scams")]
    lines = repr(type(ac.topics())(part)).replace("\u00a0", " ").splitlines()
    assert [line.split()[0] for line in lines[1:]] == [topic.id for topic in part]
    assert [len(line) - len(line.lstrip()) for line in lines[1:]] == [2, 4, 6]


def test_support_and_citations_show_themselves() -> None:
    support = ac.support("ammtc-8")
    check_harmless(parsed(support._repr_html_()))
    assert repr(support).splitlines()[0] == str(support)
    assert all(source.id in repr(support) for source in support.sources)
    cited = ac.cite("ammtc-8", style="apa")
    assert repr(cited) == cited == str(cited)
    assert isinstance(cited, str)


@pytest.mark.parametrize(("most", "first", "last"), [(1, 1, 0), (3, 2, 1), (50, 25, 25)])
def test_as_many_rows_are_shown_as_one_likes(most: int, first: int, last: int) -> None:
    found = ac.records(topic="cybercrime")
    shown = found.show(max_rows=most)
    ids = [text(head) for head in elements(parsed(shown._repr_html_()), "th") if head.get("scope") == "row"]
    assert ids == [*found.ids[:first], *found.ids[len(found) - last :]]
    lines = repr(shown).splitlines()
    assert [line.split()[1] for line in lines[1 : 1 + first]] == list(found.ids[:first])
    assert len(lines) == 2 + most
    assert f"… {len(found) - most:,} more …" in repr(shown)
    assert len(repr(found.show()).splitlines()) == len(found) + 1
    with pytest.raises(ac.InvalidArgument, match="max_rows takes a whole number from 1"):
        found.show(max_rows=0)


def test_ids_and_years_do_not_wrap() -> None:
    for head in elements(parsed(ac.meetings(body="AMMTC")._repr_html_()), "th"):
        assert all("white-space:nowrap" in each.get("style", "") for each in (head, *elements(head, "code")))


def test_a_wrong_word_in_a_cell_shows_one_line() -> None:
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell.instance()
    shell.run_cell("import asean_cyber as ac")
    for cell, line in (
        ("ac.meetings(body='AMMTCC')", "UnknownName: unknown body 'AMMTCC'; did you mean"),
        ("ac.meetings(nonsense=1)", "WrongType: unknown word 'nonsense'"),
        ("ac.get('ammtc-88')", "UnknownName: unknown record 'ammtc-88'; did you mean 'ammtc-8'"),
    ):
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            shell.run_cell(cell)
        said = (out.getvalue() + err.getvalue()).strip()
        assert said.startswith(line)
        assert "\n" not in said


def test_an_error_cannot_move_the_cursor() -> None:
    (line,) = ac.InvalidArgument("x\x1b[2J\u202e")._render_traceback_()
    assert line == "InvalidArgument: x\ufffd[2J\ufffd"
