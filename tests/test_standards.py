"""The exports in open standards: tools that implement each standard accept them and find what is in them."""

from __future__ import annotations

import asyncio
import csv
import json
import logging
import re
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from frictionless import Package, validate
from frictionless.resources import TableResource
from pyld import jsonld
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, SDO, SKOS

import asean_cyber as ac
from asean_cyber import _packaged
from asean_cyber._cite.entry import web_address
from asean_cyber._files.swhid import swhid
from asean_cyber.export import FORMATS, read_csv, tables, write
from asean_cyber.export._about import about, iri, semantic

# rdflib's reader of JSON-LD uses a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

VOCABULARY = "urn:asean-cyber:vocabulary:"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the standards may need the network, nor the tools to read what they describe."""

    def refuse(*_: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def node(id: str) -> URIRef:
    return URIRef(iri(id))


def topic(id: str) -> URIRef:
    return URIRef(iri(id, "topic"))


@pytest.fixture
def hostile(data: ac.Dataset) -> ac.Dataset:
    """A dataset whose texts try to leave the places they stand in."""
    text = '=1+1 "quoted\\" \'single\' """long""" <b>&amp;</b> ]]> {"@id": "x"} @en . ;\n<urn:x> a <urn:y> .\té 漢字 \u2028 🦊 \\u0041'
    added = ac.Topic(id="hostile", label="x" + text, definition=text, scope=text, broader="crime", aliases=[text, "x" + text])
    meeting = attrs.evolve(data.meetings()[0], id="hostile-1", ordinal=99, name=text, summary=text, topics=["hostile"])
    return ac.Dataset.from_records([meeting], topics=[added], extending=data)


@pytest.fixture
def own(data: ac.Dataset) -> ac.Dataset:
    """A dataset with ids in a namespace of its own."""
    cited = [ac.Citation("page", "p. 2", "Ours.")]
    drill = ac.Meeting(id="mycert:drill-2024", body="telmin", date="2024~", name="Drill", summary="They train.", citations=cited)
    return ac.Dataset.from_records([drill], extending=data)


@pytest.mark.parametrize("format", ["datapackage", "jsonld", "skos", "croissant", "sqlite", "graphml"])
def test_each_format_names_its_files_and_writes_them_alike_each_time(data: ac.Dataset, tmp_path: Path, format: str) -> None:
    assert format in FORMATS
    first = write(data, tmp_path / "new" / "first", format)
    second = write(data, tmp_path / "second", format)
    assert {path.name for path in (tmp_path / "new" / "first").iterdir()} == {path.name for path in first}
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@pytest.mark.parametrize("format", ["datapackage", "jsonld", "skos", "croissant"])
def test_licence_and_version_are_claimed_for_the_packaged_data_only(data: ac.Dataset, tmp_path: Path, format: str) -> None:
    packaged = b"".join(path.read_bytes() for path in write(ac.dataset(), tmp_path / "packaged", format))
    own = b"".join(path.read_bytes() for path in write(data, tmp_path / "own", format))
    assert b"creativecommons.org/licenses/by/4.0" in packaged
    assert b"creativecommons" not in own
    assert b"The asean-cyber maintainers" not in own


# Frictionless Data Package.


@pytest.fixture
def package(data: ac.Dataset, tmp_path: Path) -> Path:
    write(data, tmp_path, "datapackage")
    return tmp_path


def faults(folder: Path) -> list[tuple[str, str]]:
    """Each error that Frictionless finds, as the table and the type of error."""
    report = validate(str(folder / "datapackage.json"))
    return [(task.name, error.type) for task in report.tasks for error in task.errors] + [("", error.type) for error in report.errors]


@pytest.mark.parametrize("which", ["packaged", "data", "hostile", "own", "empty"])
def test_frictionless_accepts_the_package(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    dataset = {"packaged": ac.dataset, "empty": lambda: ac.Dataset.from_records([])}.get(which) or (lambda: request.getfixturevalue(which))
    write(dataset(), tmp_path, "datapackage")
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])
    assert len(report.tasks) == len(tables(dataset()))


def test_descriptor_tells_what_the_standard_asks_for(tmp_path: Path) -> None:
    write(ac.dataset(), tmp_path, "datapackage")
    package: dict[str, Any] = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "asean-cyber"
    assert package["version"] == semantic(ac.__version__)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", package["created"])
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert package["contributors"] == [{"title": "The asean-cyber maintainers", "roles": ["creator", "publisher"]}]
    assert package["identifiers"] == [swhid(_packaged.files()), f"pkg:pypi/asean-cyber@{ac.__version__}"]
    assert {source["path"] for source in package["sources"] if "path" in source} == {source.url for source in ac.sources() if source.url}
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == list(tables(ac.dataset()))
    for resource in resources.values():
        assert (tmp_path / resource["path"]).stat().st_size == resource["bytes"]
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert resources["parties"]["schema"]["primaryKey"] == ["instrument", "party"]
    assert {"fields": ["body"], "reference": {"resource": "bodies", "fields": ["id"]}} in resources["meetings"]["schema"]["foreignKeys"]
    assert {"fields": ["parent"], "reference": {"fields": ["id"]}} in resources["bodies"]["schema"]["foreignKeys"]


def test_rows_are_those_of_the_tables(data: ac.Dataset, package: Path) -> None:
    read = Package(str(package / "datapackage.json"))
    resources = {resource.name: resource for resource in read.resources if isinstance(resource, TableResource)}
    for table in tables(data).values():
        rows = [tuple(row.to_dict().values()) for row in resources[table.name].read_rows()]
        written = [tuple(list(cell) if isinstance(cell, tuple) else cell for cell in row) for row in table.rows()]
        assert rows == written, table.name


@pytest.mark.parametrize(
    ("table", "column", "value", "error"),
    [
        ("meetings", "year", "MMIX", "type-error"),
        ("meetings", "date_start", "10 October 2009", "type-error"),
        ("meetings", "disputed", "perhaps", "type-error"),
        ("meetings", "mode", "by post", "constraint-error"),
        ("meetings", "name", "", "constraint-error"),
        ("meetings", "body", "nobody", "foreign-key"),
        ("meetings", "country", "Laos", "foreign-key"),
        ("bodies", "predecessor", "nobody", "foreign-key"),
        ("record_topics", "topic", "nothing", "foreign-key"),
        ("record_sources", "record", "nothing", "foreign-key"),
        ("parties", "instrument", "nothing", "foreign-key"),
        ("meetings", "id", "telmin-9", "primary-key"),
        ("topics", "id", "", "primary-key"),
    ],
)
def test_frictionless_finds_a_broken_row(package: Path, table: str, column: str, value: str, error: str) -> None:
    path = package / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = -1 if column == "id" else 0
    rows[at][header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    assert (table, error) in faults(package)


def test_frictionless_finds_a_changed_file(package: Path) -> None:
    path = package / "sources.csv"
    path.write_bytes(path.read_bytes().replace(b"A report", b"A rumour"))
    assert faults(package) == [("sources", "hash-count")]


def test_an_item_with_anything_in_it_survives(hostile: ac.Dataset, tmp_path: Path) -> None:
    aliases = ("a|b", "a, b", '["c"]', "d;=1+1", "\\|", "é\u2028'")
    spoilt = attrs.evolve(hostile.topic("hostile"), aliases=aliases)
    write(hostile.replacing(spoilt), tmp_path, "datapackage")
    assert validate(str(tmp_path / "datapackage.json")).valid
    topics = Package(str(tmp_path / "datapackage.json")).get_resource("topics")
    assert isinstance(topics, TableResource)
    (row,) = (row for row in topics.read_rows() if row["id"] == "hostile")
    # One has an apostrophe before what a spreadsheet could take for a formula, as every cell has.
    assert tuple(row["aliases"]) == ("a|b", "a, b", '["c"]', "d;'=1+1", "\\|", "é\u2028'")
    assert next(each for each in read_csv(tmp_path / "topics.csv") if each["id"] == "hostile")["aliases"] == aliases


# SQLite.


@pytest.fixture
def database(request: pytest.FixtureRequest, data: ac.Dataset, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path, _ = write(getattr(request, "param", data), tmp_path, "sqlite")
    with closing(sqlite3.connect(path)) as database:
        yield database


@pytest.mark.parametrize("database", [ac.dataset()], indirect=True, ids=["packaged"])
def test_sqlite_holds_every_table_with_its_keys(database: sqlite3.Connection) -> None:
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert database.execute("pragma foreign_key_check").fetchall() == []
    for name, table in tables().items():
        names = [column.name for column in table.columns]
        rows = database.execute(f"select {', '.join(names)} from {name} order by rowid").fetchall()
        assert rows == [tuple(in_sql(cell) for cell in row) for row in table.rows()], name
        keys = [row[1] for row in sorted(database.execute(f"pragma table_info({name})"), key=lambda row: row[5]) if row[5]]
        assert tuple(keys) == table.key
        linked = {row[3]: row[2] for row in database.execute(f"pragma foreign_key_list({name})")}
        assert linked == {column.name: column.references for column in table.columns if column.references and column.type != "strings"}


def in_sql(cell: Any) -> Any:
    if isinstance(cell, tuple):
        return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
    return cell.isoformat() if isinstance(cell, date) else cell


@pytest.mark.parametrize("database", [ac.dataset()], indirect=True, ids=["packaged"])
@pytest.mark.parametrize("name", ["records", "meetings", "statements", "instruments"])
def test_views_say_what_labels_say(database: sqlite3.Connection, name: str) -> None:
    table = tables()[name].labelled().joined()
    own = [column.name for column in table.columns if column.name in {each.name for each in tables()[name].columns}]
    added = [column.name for column in table.columns if column.name not in own and column.name != "addressee_names"]
    assert "url" in added
    names = [column.name for column in table.columns]
    expected = {row[0]: [row[names.index(each)] for each in added] for row in table.rows()}
    assert {row[0]: list(row[1:]) for row in database.execute(f"select id, {', '.join(added)} from {name}_named")} == expected


@pytest.mark.parametrize("database", [ac.dataset()], indirect=True, ids=["packaged"])
def test_full_text_is_found_in_titles_summaries_and_quotations(database: sqlite3.Connection) -> None:
    def found(words: str) -> set[str]:
        return {id for (id,) in database.execute("select id from records where rowid in (select rowid from records_fts where records_fts match ?)", [words])}

    assert "aseanapol-29/8.7.1" in found("baseline")
    quoted = next(statement for statement in ac.statements() if statement.quotation and len(statement.quotation.text) > 60)
    assert quoted.quotation is not None
    assert quoted.id in found('"' + " ".join(re.findall(r"\w+", quoted.quotation.text)[:6]) + '"')
    assert found("communique*") == found("communiqué*") != set()


@pytest.mark.parametrize("database", [ac.dataset()], indirect=True, ids=["packaged"])
def test_sqlite_says_what_the_data_are(database: sqlite3.Connection) -> None:
    told = dict(database.execute("select name, value from about"))
    assert (told["version"], told["license"], told["fingerprint"]) == (ac.__version__, "CC-BY-4.0", ac.dataset().fingerprint)
    assert told["swhid"].startswith("swh:1:dir:")


def test_every_format_names_the_version_by_the_same_identifiers(tmp_path: Path) -> None:
    held = about(ac.dataset()).identifiers
    assert {each.partition(":")[0] for each in held} >= {"pkg", "swh"}
    cited = ac.cite(style="cff")
    assert all(identifier in cited for identifier in held)
    for format in ("jsonld", "croissant", "sqlite", "csv"):
        written = b"".join(path.read_bytes() for path in write(ac.dataset(), tmp_path / format, format))
        assert all(identifier.encode() in written for identifier in held), format


def test_sqlite_takes_any_dataset(hostile: ac.Dataset, own: ac.Dataset, tmp_path: Path) -> None:
    for number, dataset in enumerate((hostile, own, ac.Dataset.from_records([]))):
        path, _ = write(dataset, tmp_path / str(number), "sqlite")
        with closing(sqlite3.connect(path)) as opened:
            assert [id for (id,) in opened.execute("select id from records order by rowid")] == list(dataset.records().ids)
            assert "license" not in dict(opened.execute("select name, value from about"))
        assert {each.name for each in path.parent.iterdir()} == {"asean-cyber.db", "metadata.json"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # datasette leaves connections in memory open
def test_datasette_opens_it_as_it_is(tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app")
    path, metadata = write(ac.dataset(), tmp_path, "sqlite")

    async def ask(*addresses: str) -> list[Any]:
        server = app.Datasette([str(path)], metadata=json.loads(metadata.read_text(encoding="utf-8")))
        await server.invoke_startup()
        try:
            return [await server.client.get(address) for address in addresses]
        finally:
            for database in server.databases.values():
                database.close()

    facets, search, page = asyncio.run(
        ask(
            "/asean-cyber/records.json?_facet=type&_facet_array=topics&_size=0",
            "/asean-cyber/records.json?_search=baseline&_shape=array",
            "/asean-cyber/meetings",
        )
    )
    by_type = {each["value"]: each["count"] for each in facets.json()["facet_results"]["type"]["results"]}
    assert by_type == ac.records().count_by("type")
    topics = facets.json()["facet_results"]["topics"]["results"]
    assert {each["value"]: each["count"] for each in topics}.items() <= ac.records().count_by("topic").items()
    assert "aseanapol-29/8.7.1" in {row["id"] for row in search.json()}
    assert page.status_code == 200
    assert "Creative Commons Attribution" in page.text
    assert "A meeting: one session of a body." in page.text


# GraphML.


def test_networkx_reads_the_graph_back(data: ac.Dataset, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    for dataset in (ac.dataset(), data):
        (path,) = write(dataset, tmp_path, "graphml")
        graph = networkx.read_graphml(path)
        assert set(graph) == {*dataset.records().ids, *(body.id for body in dataset.bodies())}
        arrows = {(source, kind["kind"], target) for source, target, kind in graph.edges(data=True)}
        retired = dataset.retired()
        relations = {(record.id, relation.kind.value, retired.get(relation.target, relation.target)) for record in dataset for relation in record.relations}
        assert relations <= arrows
        assert {(record.id, "body", record.body) for record in dataset} <= arrows
        assert {(statement.id, "instrument", statement.instrument) for statement in dataset.statements() if statement.instrument} <= arrows
        for record in dataset:
            assert (graph.nodes[record.id]["type"], graph.nodes[record.id]["year"], graph.nodes[record.id]["label"]) == (record.type, record.year, record.label)
    (path,) = write(ac.dataset(), tmp_path, "graphml")
    assert networkx.read_graphml(path).graph["version"] == ac.__version__


def test_hostile_text_stays_text_in_graphml(hostile: ac.Dataset, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    (path,) = write(hostile, tmp_path, "graphml")
    assert networkx.read_graphml(path).nodes["hostile-1"]["label"] == hostile.get("hostile-1").label


def test_a_workbook_of_the_whole_dataset(data: ac.Dataset, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (path,) = write(data, tmp_path, "excel")
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames == [*tables(data), "about"]
    assert [row[0] for row in book["meetings"].iter_rows(min_row=2, values_only=True)] == list(data.meetings().ids)
    book.close()


# JSON-LD.


def expanded(dataset: ac.Dataset, folder: Path) -> tuple[dict[str, Any], list[Any]]:
    (path,) = write(dataset, folder, "jsonld")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document, jsonld.expand(document)


def graph_of(dataset: ac.Dataset, folder: Path) -> Graph:
    (path,) = write(dataset, folder, "jsonld")
    return Graph().parse(path, format="json-ld")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The packaged dataset, as read from its JSON-LD."""
    return graph_of(ac.dataset(), tmp_path_factory.mktemp("packaged"))


def everything(value: Any) -> set[str]:
    """Every property and type in an expanded document."""
    if isinstance(value, list):
        return {name for each in value for name in everything(each)}
    if not isinstance(value, dict):
        return set()
    found = {name for name in value if not name.startswith("@")} | set(value["@type"] if isinstance(value.get("@type"), list) else ())
    return found.union(*(everything(each) for each in value.values()))


@pytest.mark.parametrize("packaged", [True, False])
def test_jsonld_expands_without_the_network_and_loses_nothing(data: ac.Dataset, tmp_path: Path, packaged: bool) -> None:
    document, nodes = expanded(ac.dataset() if packaged else data, tmp_path)
    assert {each["@id"] for each in nodes} == {each["@id"] for each in document["@graph"]}

    def size(value: Any) -> int:
        return sum(map(size, value.values() if isinstance(value, dict) else value)) if isinstance(value, (dict, list)) else 1

    def leaves(value: Any) -> int:
        if isinstance(value, dict):
            # A typed value or a link is one leaf, however it is written.
            return 1 if "@value" in value or set(value) == {"@id"} else sum(map(leaves, value.values()))
        return sum(map(leaves, value)) if isinstance(value, list) else 1

    assert leaves(nodes) == size(document["@graph"]) - sum("@language" in str(each.get("text")) for each in document["@graph"])


def test_jsonld_uses_words_that_schema_org_has(tmp_path: Path) -> None:
    _, nodes = expanded(ac.dataset(), tmp_path)
    used = everything(nodes)
    schema = {name.removeprefix(str(SDO)) for name in used if name.startswith(str(SDO))}
    assert {"Dataset", "Event", "Legislation", "CreativeWork", "Quotation", "DefinedTermSet", "DefinedTerm", "Organization"} <= schema
    assert [name for name in schema if name not in SDO] == []
    others = used - {str(SDO) + name for name in schema}
    assert all(name.startswith((VOCABULARY, str(SKOS))) or name == str(DCTERMS.isReplacedBy) for name in others), others


def test_both_readers_of_jsonld_see_the_same_triples(data: ac.Dataset, tmp_path: Path) -> None:
    document, _ = expanded(data, tmp_path)
    triples = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert isomorphic(graph_of(data, tmp_path), Graph().parse(data=triples, format="nt"))


def test_meetings_are_events(graph: Graph) -> None:
    meeting = node("ammtc-8")
    assert (meeting, RDF.type, SDO.Event) in graph
    assert str(graph.value(meeting, SDO.startDate)) == "2011-10-10"
    assert str(graph.value(meeting, SDO.endDate)) == "2011-10-11"
    when = graph.value(meeting, URIRef(VOCABULARY + "date"))
    assert when == Literal("2011-10-10/2011-10-11", datatype=URIRef("http://id.loc.gov/datatypes/edtf/EDTF"))
    assert graph.value(meeting, SDO.organizer) == node("ammtc")
    assert topic("cybercrime") in set(graph.objects(meeting, SDO.about))
    address = graph.value(graph.value(meeting, SDO.location), SDO.address)
    assert str(graph.value(address, SDO.addressCountry)) == "ID"
    assert (meeting, URIRef(VOCABULARY + "follows"), node("ammtc-7")) in graph
    assert set(graph.subjects(RDF.type, SDO.Event)) == {node(id) for id in ac.meetings().ids}


def test_instruments_and_statements_are_works(graph: Graph) -> None:
    binding = ac.instruments(kind=["treaty", "convention", "protocol", "agreement"])
    assert set(graph.subjects(RDF.type, SDO.Legislation)) == {node(id) for id in binding.ids}
    assert (node("arf-statement-cyber-attack-2006"), RDF.type, SDO.CreativeWork) in graph
    for statement in ac.statements():
        text = graph.value(node(statement.id), SDO.text)
        assert ((node(statement.id), RDF.type, SDO.Quotation) in graph) == (statement.quotation is not None)
        assert text == (Literal(statement.quotation.text, lang=statement.quotation.language) if statement.quotation else None)


def test_a_party_with_dates_of_its_own_has_a_role(data: ac.Dataset, tmp_path: Path) -> None:
    graph = graph_of(data, tmp_path)
    party = URIRef(VOCABULARY + "party")
    plain, role = sorted(graph.objects(node("plan-2012"), party), key=lambda each: not isinstance(each, URIRef))
    assert plain == URIRef("urn:asean-cyber:participant:BN")
    assert (role, RDF.type, SDO.Role) in graph
    assert graph.value(role, party) == URIRef("urn:asean-cyber:participant:PH")
    assert str(graph.value(role, URIRef(VOCABULARY + "signed"))) == "2012-03"


def test_no_date_is_made_more_precise_than_it_is(own: ac.Dataset, tmp_path: Path) -> None:
    graph = graph_of(own, tmp_path)
    assert str(graph.value(node("telmin-9"), SDO.startDate)) == "2009-10"
    assert graph.value(node("mycert:drill-2024"), SDO.startDate) is None
    assert str(graph.value(node("mycert:drill-2024"), URIRef(VOCABULARY + "date"))) == "2024~"


def test_citations_keep_where_in_the_source(own: ac.Dataset, tmp_path: Path) -> None:
    graph = graph_of(own, tmp_path)
    part = graph.value(node("mycert:drill-2024"), SDO.subjectOf)
    assert graph.value(part, SDO.isPartOf) == URIRef("urn:asean-cyber:source:page")
    assert str(graph.value(part, URIRef(VOCABULARY + "locator"))) == "p. 2"
    assert str(graph.value(part, SDO.description)) == "Ours."


HOSTILE_URLS = [
    'https://example.org/{}|"<>^`\\\\',
    "https://example.org/a[0]?b[]=1#c[d]#e",
    "https://example.org/100%?q=%zz&r=%41",
    "https://example.org/\u202eesrever\u200b",
    "https://example.org/ไทย?q=漢字",
    "http://[::ffff:1.2.3.4]/x",
    "https://example.org/\ue000\ufdfa",
]
# RFC 3987: what an absolute IRI with a scheme and a host may hold, part by part.
UCS = "\u00a1-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dfffd"
UNIT = rf"(?:[A-Za-z0-9._~!$&'()*+,;=:@{UCS}-]|%[0-9A-Fa-f]{{2}})"
IRI = re.compile(rf"https?://(?:\[[0-9a-f:.]+\]|(?:(?!:){UNIT})+)(?::\d+)?(?:/{UNIT}*)*(?:\?(?:{UNIT}|[/?])*)?(?:#(?:{UNIT}|[/?])*)?")


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_every_address_is_a_valid_iri_and_survives_rdflib(data: ac.Dataset, tmp_path: Path, url: str, caplog: pytest.LogCaptureFixture) -> None:
    spoilt = data.replacing(attrs.evolve(data.source("page"), url=url, archived_url=url))
    with caplog.at_level(logging.WARNING):
        graph = graph_of(spoilt, tmp_path)
        again = Graph().parse(data=graph.serialize(format="turtle"), format="turtle")
    assert caplog.text == "", "RDFLib remarks on what is no valid IRI"
    assert isomorphic(graph, again)
    address = str(graph.value(URIRef("urn:asean-cyber:source:page"), SDO.url))
    assert IRI.fullmatch(address), address
    assert address == web_address(url) == web_address(address), "encoded once"
    write(spoilt, tmp_path, "datapackage")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert address in {source.get("path") for source in package["sources"]}


def test_every_address_of_the_packaged_data_is_a_valid_iri() -> None:
    addresses = [address for source in ac.sources() for address in (source.url, source.archived_url) if address]
    assert [address for address in addresses if not IRI.fullmatch(web_address(address))] == []


def test_what_a_citation_and_an_act_say_stands_in_linked_data(data: ac.Dataset, tmp_path: Path) -> None:
    said = attrs.evolve(
        data.statements(id="telmin-9/4").one(),
        speaker="SG",
        acts=[ac.Act("urges", "calls upon", addressees=["states"], record="pact-2010")],
        citations=[ac.Citation("page", document=True)],
    )
    graph = graph_of(data.replacing(said), tmp_path)
    statement = node("telmin-9/4")
    act = graph.value(statement, URIRef(VOCABULARY + "act"))
    assert graph.value(act, URIRef(VOCABULARY + "act_kind")) == URIRef("urn:asean-cyber:act:urges")
    assert graph.value(act, URIRef(VOCABULARY + "concerns")) == node("pact-2010")
    assert str(graph.value(act, URIRef(VOCABULARY + "phrase"))) == "calls upon"
    assert graph.value(statement, URIRef(VOCABULARY + "speaker")) == URIRef("urn:asean-cyber:participant:SG")
    assert graph.value(graph.value(statement, SDO.citation), URIRef(VOCABULARY + "document")) == Literal(True)
    assert Literal("SGP") in set(graph.objects(URIRef("urn:asean-cyber:participant:SG"), SDO.alternateName))


def test_the_kinds_of_acts_are_a_scheme_of_their_own(data: ac.Dataset, tmp_path: Path) -> None:
    _, path = write(data, tmp_path, "skos")
    graph = Graph().parse(path, format="turtle")
    assert {str(each).rpartition(":")[2] for each in graph.subjects(RDF.type, SKOS.Concept)} == {kind.value for kind in ac.ActKind}
    members = [(str(band), str(kind)) for band, kind in graph.subject_objects(SKOS.member)]
    assert sorted(members) == sorted((f"urn:asean-cyber:band:{kind.band.value}", f"urn:asean-cyber:act:{kind.value}") for kind in ac.ActKind)


def test_retired_ids_lead_on(data: ac.Dataset, tmp_path: Path) -> None:
    assert (node("the-plan"), DCTERMS.isReplacedBy, node("plan-2012")) in graph_of(data, tmp_path)


def test_hostile_text_stays_text_in_jsonld(hostile: ac.Dataset, tmp_path: Path) -> None:
    graph = graph_of(hostile, tmp_path)
    meeting = hostile.get("hostile-1")
    assert graph.value(node("hostile-1"), SDO.name) == Literal(meeting.label)
    assert URIRef("urn:x") not in graph.all_nodes()


@pytest.mark.parametrize("namespace", ["topic", "source", "participant", "vocabulary", "dataset"])
def test_a_namespace_that_linked_data_takes_is_refused(data: ac.Dataset, tmp_path: Path, namespace: str) -> None:
    clash = attrs.evolve(data.meetings()[0], id=f"{namespace}:crime", ordinal=99)
    with pytest.raises(ValueError, match=f"{namespace}:crime: the namespaces .* are taken"):
        write(ac.Dataset.from_records([clash], extending=data), tmp_path, "jsonld")
    assert not list(tmp_path.iterdir())


# SKOS.


@pytest.fixture
def skos(tmp_path: Path) -> Callable[[ac.Dataset], Graph]:
    def skos(dataset: ac.Dataset) -> Graph:
        path, _ = write(dataset, tmp_path, "skos")
        return Graph().parse(path, format="turtle")

    return skos


@pytest.mark.parametrize("which", ["packaged", "data", "hostile"])
def test_skos_is_one_scheme_whose_concepts_are_whole(which: str, request: pytest.FixtureRequest, skos: Callable[[ac.Dataset], Graph]) -> None:
    dataset = ac.dataset() if which == "packaged" else request.getfixturevalue(which)
    graph = skos(dataset)
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == {topic(each.id) for each in dataset.topics()}
    labels = []
    for each in dataset.topics():
        concept = topic(each.id)
        assert graph.value(concept, SKOS.inScheme) == scheme
        (label,) = graph.objects(concept, SKOS.prefLabel)
        (definition,) = graph.objects(concept, SKOS.definition)
        assert (label, definition) == (Literal(each.label, lang="en"), Literal(each.definition, lang="en"))
        assert set(graph.objects(concept, SKOS.altLabel)) == {Literal(alias, lang="en") for alias in each.aliases if alias != each.label}
        assert graph.value(concept, SKOS.scopeNote) == (Literal(each.scope, lang="en") if each.scope else None)
        broader = list(graph.objects(concept, SKOS.broader))
        assert broader == ([topic(each.broader)] if each.broader else [])
        assert ((concept, SKOS.topConceptOf, scheme) in graph) == ((scheme, SKOS.hasTopConcept, concept) in graph) == (not broader)
        # No cycles: what is broader, and broader than that, never comes back.
        assert concept not in set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert all((above, SKOS.narrower, concept) in graph for above in broader)
        labels.append(label)
    assert len(set(labels)) == len(labels)
    broader_pairs = set(graph.subject_objects(SKOS.broader))
    assert {(narrow, broad) for broad, narrow in graph.subject_objects(SKOS.narrower)} == broader_pairs


def test_skos_says_what_the_topics_say(skos: Callable[[ac.Dataset], Graph]) -> None:
    graph = skos(ac.dataset())
    assert graph.value(topic("cyber-terrorism"), SKOS.broader) == topic("cybercrime")
    assert str(graph.value(topic("cybercrime"), SKOS.notation)) == "cybercrime"
    assert Literal("computer crime", lang="en") in set(graph.objects(topic("cybercrime"), SKOS.altLabel))


def test_skos_and_jsonld_name_topics_alike(skos: Callable[[ac.Dataset], Graph], graph: Graph) -> None:
    assert set(skos(ac.dataset()).subjects(RDF.type, SKOS.Concept)) == set(graph.subjects(RDF.type, SDO.DefinedTerm))


# Croissant.


@pytest.fixture
def croissant(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Callable[[ac.Dataset], Any]:
    """Writes a dataset and opens it with mlcroissant, which must find nothing to remark."""

    def croissant(dataset: ac.Dataset, remarks: tuple[str, ...] = ()) -> Any:
        import mlcroissant

        with caplog.at_level(logging.WARNING):
            opened = mlcroissant.Dataset(tmp_path / write(dataset, tmp_path, "croissant")[-1].name)
        issues = opened.metadata.ctx.issues
        assert not issues.errors
        assert all(any(name in warning for name in remarks) for warning in issues.warnings), issues.warnings
        return opened

    return croissant


def loaded(opened: Any, name: str) -> list[dict[str, Any]]:
    """The rows of a table as mlcroissant loads them, texts decoded."""

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            return value.decode()
        if isinstance(value, list):
            return tuple(map(plain, value))
        return value.date() if hasattr(value, "date") else value

    return [{field.rpartition("/")[2]: plain(value) for field, value in row.items()} for row in opened.records(name)]


OF_THE_PACKAGED_ONLY = ("citeAs", "datePublished", "license", "version")


def test_croissant_of_the_packaged_data(croissant: Callable[..., Any]) -> None:
    opened = croissant(ac.dataset())
    metadata = opened.metadata
    assert (metadata.version, metadata.license) == (semantic(ac.__version__), ["https://creativecommons.org/licenses/by/4.0/"])
    assert metadata.cite_as == ac.cite()
    assert {each.uuid for each in metadata.record_sets} == {name for name, table in tables(ac.dataset()).items() if len(table)}
    meetings = {row["id"]: row for row in loaded(opened, "meetings")}
    assert meetings.keys() == set(ac.meetings().ids)
    assert meetings["ammtc-8"]["city"] == "Bali"
    assert {row["id"] for row in loaded(opened, "participants")} >= {"NA", "TH", "INTERPOL"}


def test_croissant_loads_every_row_of_every_table(data: ac.Dataset, croissant: Callable[..., Any]) -> None:
    opened = croissant(data, remarks=OF_THE_PACKAGED_ONLY)
    for name, table in tables(data).items():
        if not len(table):
            continue  # no loader reads a table without rows
        names = [column.name for column in table.columns]
        assert loaded(opened, name) == [dict(zip(names, row, strict=True)) for row in table.rows()], name


def test_croissant_of_hostile_text(hostile: ac.Dataset, croissant: Callable[..., Any]) -> None:
    opened = croissant(hostile, remarks=OF_THE_PACKAGED_ONLY)
    (row,) = (row for row in loaded(opened, "meetings") if row["id"] == "hostile-1")
    assert row["name"] == hostile.get("hostile-1").label


def test_croissant_files_have_the_hashes_it_says(data: ac.Dataset, tmp_path: Path) -> None:
    from hashlib import sha256

    *files, readme, metadata = write(data, tmp_path, "croissant")
    assert readme.name == "README.md"
    told = {each["contentUrl"]: each["sha256"] for each in json.loads(metadata.read_text(encoding="utf-8"))["distribution"]}
    assert told == {path.name: sha256(path.read_bytes()).hexdigest() for path in files}
