"""The dataset as linked data: JSON-LD in the words of schema.org, and the topics as SKOS.

Ids become IRIs with ``urn:asean-cyber:`` before them. What schema.org has no word for is said with
terms of ``urn:asean-cyber:vocabulary:``, which carry the names of the fields they hold. The context stands in
the file, so reading it fetches nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .._cite.entry import web_address
from .._model.edtf import EDTF, Point
from .._model.parts import Act, Citation, Discrepancy, Identifier, Participation, Party
from .._model.records import Body, Instrument, Meeting, Record, Source, Statement, Topic
from .._query.dataset import Dataset
from ..places import COUNTRIES, PARTICIPANTS, participants
from ..vocabulary import ActKind, Band, InstrumentKind, Mode, RelationKind, SourceKind
from ._about import About, about, iri

Node = dict[str, Any]  # what json.dumps takes

_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_SCHEME = iri("topics", "vocabulary")

_DATES = ("date", "adopted", "signed", "consented", "in_force", "expires", "withdrawn", "accessed", "reviewed", "since", "until")
_TEXTS = ("kind", "body_kind", "ordinal", "consent", "status", "locator", "field", "value", "phrase", "addressee", "parties_of", "scheme", "document")
_LINKS = (
    "meeting",
    "partner",
    "party",
    "participant",
    "participation",
    "predecessor",
    "discrepancy",
    "speaker",
    "act",
    "act_kind",
    "concerns",
    *(kind.value for kind in RelationKind),
)
_SCHEMA_LINKS = (
    *("about", "citation", "creator", "eventAttendanceMode", "hasDefinedTerm", "hasPart", "inDefinedTermSet", "isPartOf"),
    *("license", "mentions", "organizer", "parentOrganization", "sameAs", "subjectOf", "url", "archivedAt"),
)

_CONTEXT: Node = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    **{name: {"@id": iri(name, "vocabulary"), "@type": _EDTF} for name in _DATES},
    **{name: iri(name, "vocabulary") for name in _TEXTS},
    **{name: {"@id": iri(name, "vocabulary"), "@type": "@id"} for name in _LINKS},
    **{name: {"@type": "@id"} for name in _SCHEMA_LINKS},
    "broader": {"@id": "skos:broader", "@type": "@id"},
    "scopeNote": "skos:scopeNote",
    "isReplacedBy": {"@id": "dcterms:isReplacedBy", "@type": "@id"},
}

_LEGISLATION = {InstrumentKind.AGREEMENT, InstrumentKind.TREATY, InstrumentKind.CONVENTION, InstrumentKind.PROTOCOL}
_SOURCE_TYPES = {SourceKind.SCHOLARLY: "ScholarlyArticle", SourceKind.NEWS: "NewsArticle"}
_MODES = {Mode.IN_PERSON: "OfflineEventAttendanceMode", Mode.ONLINE: "OnlineEventAttendanceMode", Mode.HYBRID: "MixedEventAttendanceMode"}


def jsonld(dataset: Dataset) -> dict[str, Any]:
    """The dataset as a JSON-LD document of plain JSON values.

    >>> import asean_cyber as ac
    >>> nodes = {node["@id"]: node for node in jsonld(ac.dataset())["@graph"]}
    >>> nodes["urn:asean-cyber:ammtc-8"]["@type"], nodes["urn:asean-cyber:ammtc-8"]["startDate"]
    ('Event', '2011-10-10')
    """
    contents = dataset.contents
    taking_part = {code for body in contents.bodies for code in body.partners}
    taking_part |= {code for meeting in contents.meetings for code in meeting.partners}
    taking_part |= {party.id for instrument in contents.instruments for party in instrument.parties}
    taking_part |= {statement.speaker for statement in contents.statements if statement.speaker}
    graph = [
        _dataset(dataset, about(dataset)),
        {
            "@id": _SCHEME,
            "@type": "DefinedTermSet",
            "name": "Topics",
            "hasDefinedTerm": [iri(topic.id, "topic") for topic in dataset.topics()],
        },
        *map(_topic, dataset.topics()),
        *map(_participant, sorted(taking_part)),
        *map(_body, dataset.bodies()),
        *map(_source, dataset.sources()),
        *map(_meeting, dataset.meetings()),
        *map(_statement, dataset.statements()),
        *map(_instrument, dataset.instruments()),
        *({"@id": iri(old), "isReplacedBy": iri(new)} for old, new in contents.retired),
    ]
    return {"@context": _CONTEXT, "@graph": [_known(node) for node in graph]}


def write_jsonld(dataset: Dataset, folder: Path) -> list[Path]:
    """The dataset as JSON-LD, in one file.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_jsonld(Dataset.from_records([]), pathlib.Path(folder))]
    ['asean-cyber.jsonld']
    """
    path = folder / "asean-cyber.jsonld"
    path.write_bytes((json.dumps(jsonld(dataset), ensure_ascii=False, indent=1) + "\n").encode())
    return [path]


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None and value != []}


def _dataset(dataset: Dataset, of: About) -> Node:
    years = [record.year for record in dataset]
    return {
        "@id": of.iri,
        "@type": "Dataset",
        "name": of.title,
        "description": of.description,
        "identifier": [dataset.fingerprint, *of.identifiers],
        "url": of.address,
        "version": of.version,
        "license": of.licence and of.licence.url,
        "creator": [{"@type": "Organization", "name": name} for name in of.creators],
        "publisher": of.publisher and {"@type": "Organization", "name": of.publisher},
        "keywords": list(of.keywords),
        "datePublished": of.released,
        "temporalCoverage": f"{min(years):04d}/{max(years):04d}" if years else None,
        "about": _SCHEME,
        "hasPart": [iri(record.id) for record in (*dataset.statements(), *dataset.instruments())],
        "mentions": [iri(meeting.id) for meeting in dataset.meetings()],
    }


def _topic(topic: Topic) -> Node:
    return {
        "@id": iri(topic.id, "topic"),
        "@type": "DefinedTerm",
        "termCode": topic.id,
        "name": topic.label,
        "alternateName": list(topic.aliases),
        "description": topic.definition,
        "scopeNote": topic.scope,
        "broader": topic.broader and iri(topic.broader, "topic"),
        "sameAs": _same(topic.identifiers),
        "inDefinedTermSet": _SCHEME,
    }


def _participant(code: str) -> Node:
    return {
        "@id": iri(code, "participant"),
        "@type": "Country" if code in COUNTRIES else "Organization",
        "identifier": code,
        "name": PARTICIPANTS[code],
        "alternateName": [*filter(None, [participants()[code].alpha_3]), *participants()[code].aliases],
    }


def _body(body: Body) -> Node:
    return {
        "@id": iri(body.id),
        "@type": "Organization",
        "identifier": body.id,
        "name": body.name,
        "alternateName": [*filter(None, [body.acronym]), *body.aliases],
        "kind": body.kind.value,
        "description": body.description,
        "participation": list(map(_participation, body.participants)),
        "sameAs": _same(body.identifiers),
        "parentOrganization": body.parent and iri(body.parent),
        "predecessor": body.predecessor and iri(body.predecessor),
        "subjectOf": _citations(body.citations),
    }


def _source(source: Source) -> Node:
    return {
        "@id": iri(source.id, "source"),
        "@type": _SOURCE_TYPES.get(source.kind, "CreativeWork"),
        "identifier": source.id,
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "kind": source.kind.value,
        "url": source.url and web_address(source.url),
        "archivedAt": source.archived_url and web_address(source.archived_url),
        "inLanguage": source.language,
        "date": _edtf(source.date),
        "datePublished": _schema_date(source.date),
        "accessed": _edtf(source.accessed),
    }


def _meeting(meeting: Meeting) -> Node:
    place = meeting.place
    first, last = _ends(meeting.date)
    return {
        **_record(meeting, "Event"),
        "ordinal": meeting.ordinal,
        "startDate": first,
        "endDate": last,
        "organizer": iri(meeting.body),
        "location": place
        and {
            "@type": "Place",
            "name": str(place),
            "address": _known({"@type": "PostalAddress", "addressLocality": place.city, "addressCountry": place.country}),
        },
        "eventAttendanceMode": meeting.mode and "https://schema.org/" + _MODES[meeting.mode],
        "partner": _participants(meeting.partners),
        "subjectOf": _citations(meeting.citations),
    }


def _statement(statement: Statement) -> Node:
    words = statement.quotation
    return {
        **_record(statement, "Quotation" if words else "CreativeWork"),
        "kind": statement.kind.value,
        "locator": statement.locator,
        "creator": iri(statement.body),
        "dateCreated": _schema_date(statement.date),
        "meeting": statement.meeting and iri(statement.meeting),
        "isPartOf": statement.instrument and iri(statement.instrument),
        "speaker": statement.speaker and iri(statement.speaker, "participant"),
        "act": list(map(_act, statement.acts)),
        "text": words and {"@value": words.text, "@language": words.language},
        "citation": _citations(statement.citations),
    }


def _instrument(instrument: Instrument) -> Node:
    binding = instrument.kind in _LEGISLATION
    return {
        **_record(instrument, "Legislation" if binding else "CreativeWork"),
        "kind": instrument.kind.value,
        "legislationType": instrument.kind.label if binding else None,
        "legislationDate": _schema_date(instrument.date) if binding else None,
        "creator": iri(instrument.body),
        "dateCreated": _schema_date(instrument.date),
        **{name: _edtf(getattr(instrument, name)) for name in ("adopted", "signed", "in_force", "expires")},
        "status": instrument.status and instrument.status.value,
        "meeting": instrument.meeting and iri(instrument.meeting),
        "party": list(map(_party, instrument.parties)),
        "parties_of": instrument.parties_of and instrument.parties_of.value,
        "sameAs": _same(instrument.identifiers),
        "citation": _citations(instrument.citations),
    }


def _record(record: Record, sort: str) -> Node:
    node: Node = {
        "@id": iri(record.id),
        "@type": sort,
        "identifier": record.id,
        "name": record.label,
        "description": record.summary,
        "date": _edtf(record.date),
        "about": [iri(topic, "topic") for topic in record.topics],
        "reviewed": _edtf(record.reviewed),
        "discrepancy": list(map(_discrepancy, record.discrepancies)),
    }
    for relation in record.relations:
        node.setdefault(relation.kind.value, []).append(iri(relation.target))
    return node


def _party(party: Party) -> str | Node:
    # As schema.org says more about a link: by a Role that stands between, and names the property again.
    who = iri(party.id, "participant")
    if party == Party(party.id):
        return who
    dates = {name: _edtf(getattr(party, name)) for name in ("signed", "consented", "in_force", "withdrawn")}
    return _known({"@type": "Role", "party": who, **dates, "consent": party.consent and party.consent.value})


def _participants(codes: Iterable[str]) -> list[str]:
    return [iri(code, "participant") for code in codes]


def _citations(citations: Iterable[Citation]) -> list[str | Node]:
    return [
        _known(
            {
                "@type": "CreativeWork",
                "isPartOf": iri(each.source, "source"),
                "locator": each.locator,
                "description": each.note,
                "document": each.document or None,
            }
        )
        if each.locator or each.note or each.document
        else iri(each.source, "source")
        for each in citations
    ]


def _discrepancy(claim: Discrepancy) -> Node:
    return _known({"field": claim.field, "value": claim.value, "description": claim.note, "citation": _citations([claim.citation])})


def _edtf(when: EDTF | None) -> str | None:
    return None if when is None else when.text


def _schema_date(when: EDTF | None) -> str | None:
    """A date that schema.org can hold: a day, month or year that nothing qualifies."""
    return None if when is None or when.is_interval else _schema_point(when.ends[0])


def _schema_point(end: Point | None) -> str | None:
    if end is None or end.qualifier or not end.known:
        return None
    return "-".join([f"{end.known[0]:04d}", *(f"{part:02d}" for part in end.known[1:])])


def _ends(when: EDTF) -> tuple[str | None, str | None]:
    return _schema_point(when.ends[0]), _schema_point(when.ends[-1])


def _act(act: Act) -> Node:
    return _known(
        {
            "act_kind": iri(act.kind.value, "act"),
            "phrase": act.phrase,
            "addressee": list(act.addressees),
            "concerns": act.record and iri(act.record),
        }
    )


def _participation(each: Participation) -> Node:
    dates = {"since": _edtf(each.since), "until": _edtf(each.until)}
    return _known({"@type": "Role", "participant": iri(each.id, "participant"), **dates, "citation": _citations(each.citations)})


def _same(identifiers: Iterable[Identifier]) -> list[str]:
    return [each.url for each in identifiers if each.url]


# SKOS, in Turtle.

_HEAD = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def skos(dataset: Dataset) -> str:
    """The topics of a dataset as a SKOS concept scheme, in Turtle.

    >>> import asean_cyber as ac
    >>> print(skos(ac.dataset()))
    @prefix dcterms: <http://purl.org/dc/terms/> .
    ...
    <urn:asean-cyber:topic:cyber-terrorism> a skos:Concept ;
    ...
    """
    topics = dataset.topics()
    tops = [topic for topic in topics if topic.broader is None]
    of = about(dataset)
    scheme = [
        "a skos:ConceptScheme",
        f"dcterms:title {_literal(f'Topics of {of.title}')}",
        f"dcterms:isPartOf <{of.iri}>",
        *([f"dcterms:license <{of.licence.url}>"] if of.licence else []),
        *(f"skos:hasTopConcept <{iri(topic.id, 'topic')}>" for topic in tops),
    ]
    narrower: dict[str, list[str]] = {}
    for topic in topics:
        if topic.broader:
            narrower.setdefault(topic.broader, []).append(topic.id)
    concepts = (_block(iri(topic.id, "topic"), _concept(topic, narrower.get(topic.id, ()))) for topic in topics)
    return "\n".join([_HEAD, _block(_SCHEME, scheme), *concepts])


_ACTS = iri("acts", "vocabulary")


def acts_as_skos() -> str:
    """The kinds of acts as a SKOS concept scheme, in Turtle: the bands as collections in their order, the kinds in them.

    >>> print(acts_as_skos())
    @prefix dcterms: ...
    <urn:asean-cyber:act:urges> a skos:Concept ;
    ...
    """
    scheme = ["a skos:ConceptScheme", f"dcterms:title {_literal('What the words of statements do')}"]
    scheme += [f"skos:hasTopConcept <{iri(kind.value, 'act')}>" for kind in ActKind]
    concepts = [
        _block(
            iri(kind.value, "act"),
            [
                "a skos:Concept",
                f"skos:inScheme <{_ACTS}>",
                f"skos:topConceptOf <{_ACTS}>",
                f"skos:notation {_quoted(kind.value)}",
                f"skos:prefLabel {_literal(kind.label)}",
                f"skos:definition {_literal(kind.definition)}",
                *(f"skos:hiddenLabel {_literal(verb)}" for verb in kind.verbs),
                f"dcterms:source {_literal(kind.ground)}",
            ],
        )
        for kind in ActKind
    ]
    bands = [
        _block(
            iri(band.value, "band"),
            [
                "a skos:Collection",
                f"skos:prefLabel {_literal(band.label)}",
                f"skos:notation {_quoted(str(band.rank))}",
                f"skos:definition {_literal(band.definition)}",
                *(f"skos:member <{iri(kind.value, 'act')}>" for kind in ActKind if kind.band is band),
            ],
        )
        for band in Band
    ]
    return "\n".join([_HEAD, _block(_ACTS, scheme), *concepts, *bands])


def write_skos(dataset: Dataset, folder: Path) -> list[Path]:
    """The topics, and the kinds of acts, as SKOS, in a Turtle file each.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_skos(Dataset.from_records([]), pathlib.Path(folder))]
    ['topics.ttl', 'acts.ttl']
    """
    topics, acts = folder / "topics.ttl", folder / "acts.ttl"
    topics.write_bytes(skos(dataset).encode())
    acts.write_bytes(acts_as_skos().encode())
    return [topics, acts]


def _concept(topic: Topic, narrower: Iterable[str]) -> Iterator[str]:
    yield "a skos:Concept"
    yield f"skos:inScheme <{_SCHEME}>"
    yield f"skos:notation {_quoted(topic.id)}"
    yield f"skos:prefLabel {_literal(topic.label)}"
    # A label may not be both preferred and alternative.
    yield from (f"skos:altLabel {_literal(alias)}" for alias in topic.aliases if alias != topic.label)
    yield f"skos:definition {_literal(topic.definition)}"
    if topic.scope:
        yield f"skos:scopeNote {_literal(topic.scope)}"
    yield from (f"skos:closeMatch <{address}>" for address in _same(topic.identifiers))
    yield f"skos:broader <{iri(topic.broader, 'topic')}>" if topic.broader else f"skos:topConceptOf <{_SCHEME}>"
    yield from (f"skos:narrower <{iri(id, 'topic')}>" for id in narrower)


def _block(subject: str, statements: Iterable[str]) -> str:
    return f"<{subject}> " + " ;\n    ".join(statements) + " .\n"


def _quoted(text: str) -> str:
    # Every escape that JSON writes is one of Turtle's too.
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    return _quoted(text) + "@en"
