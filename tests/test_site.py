"""The site, built from scratch: every page is there and leads where it says, and it holds what the library holds.

What only a browser can tell is held by ``python website/check.py``.
"""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import asean_cyber as ac

pytest.importorskip("sphinx", reason="the site needs the extra docs")
pytest.importorskip("pagefind", reason="the site needs the extra docs")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a warning."""
    out = tmp_path_factory.mktemp("built") / "site"
    run = subprocess.run([sys.executable, str(ROOT / "website" / "build.py"), str(out)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return out


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Every page by its address within the site."""
    return {path.relative_to(site).as_posix().removesuffix("index.html"): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}


def test_every_record_body_and_topic_has_a_page_and_json_beside_it(site: Path, pages: dict[str, str]) -> None:
    for folder, held in (("records", ac.records()), ("bodies", ac.bodies()), ("topics", ac.topics())):
        for item in held:
            assert f"{folder}/{item.id}/" in pages
            read = json.loads((site / folder / f"{item.id}.json").read_text(encoding="utf-8"))
            schema = read.pop("$schema")
            assert schema.endswith(f"schema.json#/$defs/{type(item).__name__}")
            assert ac.from_dict(read) == item


def test_every_year_country_and_publisher_has_a_page(pages: dict[str, str]) -> None:
    assert {f"years/{record.year}/" for record in ac.records()} <= set(pages)
    assert {f"countries/{meeting.place.country.lower()}/" for meeting in ac.meetings() if meeting.place} <= set(pages)
    named = {re.search(r"<h1[^>]*>(.*?)<", page)[1] for name, page in pages.items() if name.startswith("publishers/") and name != "publishers/"}  # type: ignore[index]
    assert {unescape(name) for name in named} == {source.publisher for source in ac.sources()}


def test_retired_ids_lead_to_their_successors(site: Path, pages: dict[str, str]) -> None:
    assert ac.retired()
    for old in ac.retired():
        now = ac.get(old).id
        address = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', pages[f"records/{old}/"])
        assert address
        assert (site / "records" / old / address[1]).resolve() == site / "records" / now
        assert json.loads((site / "records" / f"{old}.json").read_text(encoding="utf-8")) == {"retired": old, "successor": now}


def test_a_page_holds_what_a_reader_asks_of_it(pages: dict[str, str]) -> None:
    page = pages["records/ammtc-8/"]
    assert "AMMTC 8 · Bali, Indonesia · 10–11 October 2011" in page
    for each in ac.statements(meeting="ammtc-8"):
        assert f'href="../../records/{each.id}/"' in page
    assert "../../records/ammtc-7/" in page
    assert "../../records/ammtc-9/" in page
    assert unescape(page).count(ac.cite("ammtc-8", style="apa")) == 1
    assert "Sources disagree" in page
    assert str(ac.source("cybercrimelaw-asean").url) in page


def test_a_country_is_told_of_which_instruments_nothing_is_said(pages: dict[str, str]) -> None:
    only = [each for each in ac.instruments() if each.parties_of == "asean"]
    assert only
    for code in ("jp", "th"):
        under = pages[f"countries/{code}/"].partition('id="party"')[2].partition("<h2")[0]
        assert all(f'href="../../records/{each.id}/"' in under for each in only)


def test_a_body_says_who_its_participants_are(pages: dict[str, str]) -> None:
    assert "Participants that are not members of ASEAN (or were not yet)" in pages["bodies/arf/"]


def test_the_page_it_began_with_is_shown_row_by_row(pages: dict[str, str]) -> None:
    page = unescape(pages["seed/"])
    rows = json.loads((ROOT / "website" / "book" / "seed.json").read_text(encoding="utf-8"))
    for row in rows:
        assert row["said"] in page
        records = [ac.get(id) for id in row["records"]]
        assert any(citation.source == "cybercrimelaw-asean" for record in records for citation in record.citations), row["said"]
        assert all(f'href="../records/{record.id}/"' in page for record in records)


def test_the_tutorial_is_a_notebook_too(site: Path) -> None:
    cells = json.loads((site / "tutorial.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code[0] == "import asean_cyber as ac"
    assert not any(">>>" in each for each in code)
    for each in code:
        compile(each, "tutorial", "exec")


def test_each_page_says_of_which_data_it_speaks(pages: dict[str, str]) -> None:
    foot = f"asean-cyber {ac.__version__}, {ac.__release_date__}"
    assert [name for name, page in pages.items() if foot not in page or ac.dataset().fingerprint not in page] == []


def test_linked_data_is_that_of_the_export(pages: dict[str, str], tmp_path: Path) -> None:
    (path,) = ac.export(tmp_path, "jsonld")
    graph = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    whole = {node["identifier"]: node for node in graph if isinstance(node.get("identifier"), str) and ":source:" not in node["@id"]}
    for record in ac.records():
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages[f"records/{record.id}/"], re.DOTALL)
        assert found
        read = json.loads(found[1])
        del read["@context"]
        assert read == whole[record.id]


def test_pages_of_records_are_light(pages: dict[str, str]) -> None:
    """60 kB at most; and 180 bytes for each paragraph beyond 150 that a page lists, as that of a long convention does."""
    parts = ac.statements().count_by("instrument")
    for name, page in pages.items():
        if name.startswith("records/") and name != "records/":
            allowed = 60_000 + 180 * max(0, parts.get(name.removeprefix("records/").rstrip("/"), 0) - 150)
            assert len(page.encode()) < allowed, name


ADDRESS = re.compile(r'<(?:a|link|script|img|use|form|source)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
ANCHOR = re.compile(r'\sid="([^"]+)"')


def _faults(site: Path, pages: dict[str, str]) -> Iterator[str]:
    anchors = {name: set(map(unescape, ANCHOR.findall(page))) for name, page in pages.items()}
    for name, page in pages.items():
        for address in set(map(unescape, ADDRESS.findall(page))):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name / unquote(parts.path)).resolve() if parts.path else site / name
            if not target.is_relative_to(site):
                yield f"{name}: {address} leaves the site"
                continue
            within = target.relative_to(site).as_posix()
            key = "" if within == "." else f"{within}/"
            if not (target.is_file() or key in pages):
                yield f"{name}: {address} leads nowhere"
            elif parts.fragment and key in pages and unquote(parts.fragment) not in anchors[key] and parts.fragment != "":
                yield f"{name}: {address} has no such place"


def test_every_link_and_anchor_within_the_site_resolves(site: Path, pages: dict[str, str]) -> None:
    assert list(_faults(site, pages)) == []


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, str]) -> None:
    loads = re.compile(r'<(?:script|img|iframe|source)\b[^>]*\ssrc="(?:https?:)?//|<link\b[^>]*rel="(?:stylesheet|preload|icon)"[^>]*href="(?:https?:)?//')
    assert [name for name, page in pages.items() if loads.search(page)] == []


# The reference, and the inventory that other sites read.


def _inventory(site: Path) -> dict[tuple[str, str], str]:
    from sphinx.util.inventory import InventoryFile

    held: Any = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="").data
    return {(sort, name): item.uri for sort, items in held.items() for name, item in items.items()}


def test_the_inventory_names_every_record_body_and_topic(site: Path) -> None:
    known = _inventory(site)
    for sort, folder, held in (("record", "records", ac.records()), ("body", "bodies", ac.bodies()), ("topic", "topics", ac.topics())):
        for each in held:
            assert known[f"asean:{sort}", each.id].startswith(f"{folder}/{each.id}/")
    for old in ac.retired():
        assert known["asean:record", old].startswith(f"records/{ac.get(old).id}/")


def test_the_reference_has_every_public_name_and_no_private_one(site: Path) -> None:
    documented = {name for (sort, name), _ in _inventory(site).items() if sort.startswith("py:")}
    assert {f"asean_cyber.{name}" for name in ac.__all__} - documented == set()
    # A class is also known by the module in which it is made, so that links by that name find it.
    elsewhere = {f"{held.__module__}.{held.__qualname__}" for held in (getattr(ac, name) for name in ac.__all__) if inspect.isclass(held)}
    assert [name for name in documented - elsewhere if any(part.startswith("_") and not part.startswith("__") for part in name.split("."))] == []
    for name in ac.__all__:
        held = getattr(ac, name)
        if inspect.isclass(held) and not issubclass(held, (Exception, dict)):
            own = {
                each
                for each, value in vars(held).items()
                if not each.startswith("_") and (inspect.isfunction(value) or isinstance(value, (classmethod, property)))
            }
            assert {f"asean_cyber.{name}.{each}" for each in own} - documented == set()
