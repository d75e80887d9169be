"""The pages of the book: one for each record, body, topic, publisher, country and year, and lists to find them by.

Everything shown is asked of the library by its public names. A page is made by a template in ``templates/book``.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import asean_cyber as ac
from asean_cyber.places import accessions

from . import seed
from .words import counted, spoken, tally, told

STYLES: tuple[ac.Style, ...] = ("apa", "chicago", "bibtex", "ris", "csl-json")
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates" / "book"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters |= {"spoken": spoken, "counted": counted, "told": told}


@attrs.frozen
class Page:
    """A page to be made: its name is its address, without the slash at the end."""

    name: str
    title: str
    body: str
    beside: dict[str, str] = attrs.field(factory=dict)
    """Files that lie beside it, by their names."""
    linked_data: str | None = None
    leads_to: str | None = None
    """Where a reader of a retired id is sent."""
    around: dict[str, Any] = attrs.field(factory=dict)
    """The pages before and after it."""


def edition(data: ac.Dataset) -> dict[str, str]:
    """Which state of the dataset the site shows; it stands at the foot of every page."""
    return {"version": ac.__version__, "released": ac.__release_date__, "fingerprint": data.fingerprint}


def book(data: ac.Dataset) -> Iterator[Page]:
    """Every page of the book."""
    # All of it is wanted, so it is read at once; the packaged dataset reads what each question needs, one record after the other.
    return Book(ac.Dataset(data.contents)).pages()


class Book:
    """The dataset, and what its pages have to know of each other."""

    def __init__(self, data: ac.Dataset) -> None:
        self.data = data
        self.records = tuple(data.records())
        self.years = sorted({record.year for record in self.records})
        self.publishers = _slugs(source.publisher for source in data.sources())
        self.nodes = _linked_data(data)
        self.participants = sorted(self._participants(), key=lambda code: ac.country(code).name)
        self.of_body = _grouped(self.records, lambda record: [record.body])
        self.of_year = _grouped(self.records, lambda record: [record.year])
        self.of_meeting = _grouped(self.records, lambda record: [self._whole(record, "meeting")])
        self.of_instrument = _grouped(self.records, lambda record: [self._whole(record, "instrument")])
        self.of_source = _grouped(self.records, lambda record: dict.fromkeys(citation.source for citation in record.citations))
        self.around = self._around()

    def pages(self) -> Iterator[Page]:
        yield from map(self.record, self.records)
        yield from (self.retired(old, new) for old, new in sorted(self.data.retired().items()))
        yield from map(self.body, self.data.bodies())
        yield from map(self.topic, self.data.topics())
        yield from map(self.publisher, self.publishers)
        yield from map(self.participant, self.participants)
        yield from map(self.year, self.years)
        yield from self.lists()
        yield self._page("seed", "The page it began with", "seed.html", rows=seed.rows(self.data), counts=seed.counts(self.data))

    # One page for one thing.

    def record(self, record: ac.AnyRecord) -> Page:
        name = f"records/{record.id}"
        body = self.data.body(record.body)
        meeting, instrument = (self._held(self._whole(record, field)) for field in ("meeting", "instrument"))
        before, after = self.around.get(record.id, (None, None))
        parts = [part for part in (*self.of_meeting.get(record.id, ()), *self.of_instrument.get(record.id, ())) if part.id != record.id]
        return self._page(
            name,
            record.label if not isinstance(record, ac.Statement) else f"{record.label} · {_line(record, body)}",
            "record.html",
            record=record,
            held_by=body,
            meeting=meeting,
            instrument=instrument,
            line=_line(record, body),
            card=self._card(record, name),
            statements=sorted(dict.fromkeys(part for part in parts if part.type == "statement"), key=_place_in_text),
            instruments=[part for part in parts if part.type == "instrument"],
            before=before,
            after=after,
            publishers=_publishers(record, self.data),
            support=ac.support(record, dataset=self.data),
            sources=len({citation.source for citation in record.citations}),
            data_country=lambda code: ac.country(code).name,
            cited={style: ac.cite(record, style=style, dataset=self.data) for style in STYLES},
            _beside={f"{name}.json": _json(record, name)},
            _linked_data=self.nodes.get(record.id),
        )

    def retired(self, old: str, new: str) -> Page:
        name, now = f"records/{old}", self.data.get(new)
        told = json.dumps({"retired": old, "successor": now.id}, indent=1) + "\n"
        return self._page(
            name,
            f"{old} is now {now.id}",
            "retired.html",
            old=old,
            record=now,
            _beside={f"{name}.json": told},
            _leads_to=f"{_root(name)}{_path('record', now.id)}",
        )

    def body(self, body: ac.Body) -> Page:
        name = f"bodies/{body.id}"
        records = self.of_body.get(body.id, ())
        meetings = [record for record in records if isinstance(record, ac.Meeting)]
        series: list[tuple[int | None, Any]] = [(meeting.ordinal, meeting) for meeting in meetings]
        series += [(ordinal, None) for gap in self.data.gaps() if gap.body == body.id for ordinal in gap.ordinals]
        numbered = sorted((each for each in series if each[0] is not None), key=lambda each: (each[0], each[1] is None))
        return self._page(
            name,
            body.label,
            "body.html",
            body=body,
            # In the book a body stands alone, without the page that says who counts as a participant.
            card=Markup(self._card(body, name).replace(Markup(">Participants<"), Markup(">Participants that are not members of ASEAN (or were not yet)<"), 1)),
            series=numbered,
            unnumbered=[meeting for number, meeting in series if number is None],
            statements=[record for record in records if record.type == "statement" and self._held(self._whole(record, "meeting")) is None],
            instruments=[record for record in records if record.type == "instrument"],
            topics=_most(topic for record in records for topic in record.topics),
            children=[each for each in self.data.bodies() if each.parent == body.id],
            count=len(records),
            _beside={f"{name}.json": _json(body, name)},
            _linked_data=self.nodes.get(body.id),
        )

    def topic(self, topic: ac.Topic) -> Page:
        name = f"topics/{topic.id}"
        records = tuple(self.data.records(topic=topic))
        return self._page(
            name,
            topic.label,
            "topic.html",
            topic=topic,
            broader=self.data.topic(topic.broader) if topic.broader else None,
            narrower=[each for each in self.data.topics() if each.broader == topic.id],
            by_year=_grouped(records, lambda record: [record.year]),
            bodies=_most(record.body for record in records),
            count=len(records),
            own=sum(topic.id in record.topics for record in records),
            _beside={f"{name}.json": _json(topic, name)},
            _linked_data=self.nodes.get(topic.id),
        )

    def publisher(self, publisher: str) -> Page:
        sources = [source for source in self.data.sources() if source.publisher == publisher]
        cited = [(source, self.of_source.get(source.id, ())) for source in sources]
        return self._page(f"publishers/{self.publishers[publisher]}", publisher, "publisher.html", cited=cited)

    def participant(self, code: str) -> Page:
        who = ac.country(code)
        bodies = [(body, each) for body in self.data.bodies() for each in body.participants if each.id == code]
        return self._page(
            f"countries/{code.lower()}",
            who.name,
            "country.html",
            who=who,
            joined=accessions().get(code),
            spoken_day=lambda day: spoken(ac.EDTF(day.isoformat())),
            meetings=[record for record in self.records if isinstance(record, ac.Meeting) and record.place and record.place.country == code],
            present=[record for record in self.records if isinstance(record, ac.Meeting) and code in record.partners],
            spoken_by=[record for record in self.records if isinstance(record, ac.Statement) and record.speaker == code],
            party_to=[(record, party) for record in self.records if isinstance(record, ac.Instrument) for party in record.parties if party.id == code],
            members_only=[record for record in self.records if isinstance(record, ac.Instrument) and record.parties_of == "asean"],
            bodies=bodies,
        )

    def year(self, year: int) -> Page:
        at = self.years.index(year)
        name = f"years/{year}"
        before, after = (self.years[at - 1] if at else None), (self.years[at + 1] if at + 1 < len(self.years) else None)
        records = self.of_year[year]
        around = {
            where: {"link": f"{_root(name)}years/{other}/", "title": str(other)} for where, other in (("prev", before), ("next", after)) if other is not None
        }
        months = _grouped(records, lambda record: [_month(record)])
        return self._page(
            name,
            str(year),
            "year.html",
            year=year,
            months=months,
            count=tally(records),
            topics=_most(topic for record in records for topic in record.topics),
            _around=around,
        )

    # Lists to find them by.

    def lists(self) -> Iterator[Page]:
        most = max(map(len, self.of_year.values()))
        rows = [
            (year, _grouped(self.of_year.get(year, ()), lambda record: [record.type]), len(self.of_year.get(year, ())))
            for year in range(self.years[0], self.years[-1] + 1)
        ]
        yield self._page("years", "By year", "years.html", rows=rows, most=most)
        kinds = _grouped(self.data.bodies(), lambda body: [body.kind])
        yield self._page("bodies", "By body", "bodies.html", kinds=kinds, counts={id: tally(records) for id, records in self.of_body.items()})
        topics = [(topic, _depth(topic, self.data), len(self.data.records(topic=topic))) for topic in self.data.topics()]
        yield self._page("topics", "By topic", "topics.html", topics=topics)
        yield self._page("countries", "Countries and organisations", "countries.html", everyone=[ac.country(code) for code in self.participants])
        counts = dict.fromkeys(self.publishers, 0)
        for source in self.data.sources():
            counts[source.publisher] += 1
        letters = _grouped(sorted(self.publishers, key=lambda name: self.publishers[name]), lambda name: [_first(self.publishers[name])])
        yield self._page("publishers", "Publishers of the sources", "publishers.html", letters=letters, counts=counts)
        yield self._page(
            "records", "All records", "records.html", bodies=[(body, self.of_body[body.id]) for body in self.data.bodies() if body.id in self.of_body]
        )

    # What they are made of.

    def _page(
        self, name: str, title: str, template: str, *, _beside: Any = None, _linked_data: Any = None, _leads_to: Any = None, _around: Any = None, **told: Any
    ) -> Page:
        root = _root(name)
        text = TEMPLATES.get_template(template).render(
            root=root,
            data=self.data,
            publisher_slugs=self.publishers,
            known=frozenset(self.participants),
            at=lambda sort, id: f"{root}{_path(sort, id)}",
            name=name,
            title=title,
            edition=edition(self.data),
            **told,
        )
        return Page(name, title, text, _beside or {}, _linked_data, _leads_to, _around or {})

    def _card(self, item: ac.AnyRecord | ac.Body, name: str) -> Markup:
        root = _root(name)
        return Markup(self.data.card(item, address=lambda sort, id: None if sort == "source" else f"{root}{_path(sort, id)}", caption=False))

    def _whole(self, record: ac.AnyRecord, field: str) -> str | None:
        id = getattr(record, field, None)
        return None if id is None else self.data.get(id).id

    def _held(self, id: str | None) -> ac.AnyRecord | None:
        return None if id is None else self.data.get(id)

    def _participants(self) -> set[str]:
        found = set()
        for record in self.records:
            if isinstance(record, ac.Meeting):
                found |= {*record.partners, *([record.place.country] if record.place else [])}
            if isinstance(record, ac.Statement) and record.speaker:
                found.add(record.speaker)
            if isinstance(record, ac.Instrument):
                found |= {party.id for party in record.parties}
        return found | {each.id for body in self.data.bodies() for each in body.participants} | {member.id for member in ac.members()}

    def _around(self) -> dict[str, tuple[Any, Any]]:
        """Of each record the one before and after: of a meeting in its series, of a paragraph in its document."""
        around = {}
        rows: list[list[Any]] = []
        for records in self.of_body.values():
            rows.append([record for record in records if isinstance(record, ac.Meeting)])
            rows.append([record for record in records if isinstance(record, ac.Instrument)])
        texts = _grouped((record for record in self.records if isinstance(record, ac.Statement)), lambda record: [record.id.rpartition("/")[0] or record.body])
        rows += [sorted(parts, key=_place_in_text) for parts in texts.values()]
        for row in rows:
            for at, record in enumerate(row):
                around[record.id] = (row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)
        return around


FOLDERS = {"record": "records", "body": "bodies", "topic": "topics", "country": "countries", "year": "years", "publisher": "publishers"}


def _path(sort: str, id: object) -> str:
    name = str(id).lower() if sort == "country" else str(id)
    return f"{FOLDERS[sort]}/{quote(name)}/"


def _root(name: str) -> str:
    """The way from a page back to the top of the site: a page is a folder of its own."""
    return "../" * (name.count("/") + 1)


def _line(record: ac.AnyRecord, body: ac.Body) -> str:
    """What a reader would call it: acronym and number, place, and date."""
    number = f" {record.ordinal}" if isinstance(record, ac.Meeting) and record.ordinal else ""
    place = str(record.place) if isinstance(record, ac.Meeting) and record.place else None
    return " · ".join(filter(None, (f"{body.label}{number}", place, spoken(record.date))))


def _place_in_text(record: Any) -> list[tuple[int, int | str]]:
    """Where a paragraph stands: by its locator, numbers as numbers."""
    parts = re.split(r"(\d+)", record.id.rpartition("/")[2])
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts if part]


def _month(record: ac.AnyRecord) -> str:
    point = record.date.ends[0] or record.date.ends[-1]
    assert point is not None
    return spoken(ac.EDTF(f"{point.year}-{point.month:02d}")) if point.month else "Month not known"


def _publishers(record: ac.AnyRecord, data: ac.Dataset) -> list[str]:
    return list(dict.fromkeys(data.source(citation.source).publisher for citation in record.citations))


def _depth(topic: ac.Topic, data: ac.Dataset) -> int:
    return 0 if topic.broader is None else 1 + _depth(data.topic(topic.broader), data)


def _grouped(items: Iterable[Any], by: Callable[[Any], Iterable[Any]]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = {}
    for item in items:
        for key in by(item):
            if key is not None:
                groups.setdefault(key, []).append(item)
    return groups


def _most(values: Iterable[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _slugs(names: Iterable[str]) -> dict[str, str]:
    """For each name a part of an address that nothing else has."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "publisher"
        slug, n = stem, 1
        while slug in taken:
            n += 1
            slug = f"{stem}-{n}"
        taken.add(slug)
        slugs[name] = slug
    return slugs


def _first(slug: str) -> str:
    return slug[0].upper() if slug[0].isalpha() else "0–9"


def _json(item: ac.AnyRecord | ac.Body | ac.Topic, name: str) -> str:
    """The item as `ac.from_dict` reads it, with the schema that describes it named."""
    up = "../" * name.count("/")
    return json.dumps({"$schema": f"{up}schema.json#/$defs/{type(item).__name__}", **item.to_dict()}, ensure_ascii=False, indent=1) + "\n"


def _linked_data(data: ac.Dataset) -> dict[str, str]:
    """Of each record, body and topic what the export says of it in JSON-LD, with no more of the context than it needs."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = ac.export(Path(folder), "jsonld", dataset=data)
        whole = json.loads(path.read_text(encoding="utf-8"))
    context = whole["@context"]
    shown = {item.id for held in (data.records(), data.bodies(), data.topics()) for item in held}
    prefixes = {name: [prefix for prefix in context if _expands(meaning, prefix)] for name, meaning in context.items()}
    nodes = ((node.get("identifier"), node) for node in whole["@graph"] if ":source:" not in node["@id"])
    return {id: _alone(node, context, prefixes) for id, node in nodes if isinstance(id, str) and id in shown}


def _alone(node: dict[str, Any], context: dict[str, Any], prefixes: dict[str, list[str]]) -> str:
    found = set(_names(node))
    used = [name for name in context if name.startswith("@") or name in found]
    kept = {*used, *(prefix for name in used for prefix in prefixes[name])}
    # A page may hold it as it is: nothing in it can end the element that it stands in.
    alone = {"@context": {name: meaning for name, meaning in context.items() if name in kept}, **node}
    return json.dumps(alone, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _expands(meaning: Any, prefix: str) -> bool:
    ids = [meaning] if isinstance(meaning, str) else list(meaning.values()) if isinstance(meaning, dict) else []
    return any(isinstance(id, str) and id.startswith(f"{prefix}:") for id in ids)


def _names(value: Any) -> Iterator[str]:
    """Every name under which something stands, at any depth."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _names(each)
