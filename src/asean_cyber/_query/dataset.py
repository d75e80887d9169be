"""`Dataset`: records that belong together, and every question that can be asked of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Never, Self, TypeVar, Unpack, cast

import attrs

from .._files.readings import Preference, Reading
from .._lookup.catalogue import Catalogue
from .._model.contents import SECTION_OF, Contents
from .._model.parts import Relation
from .._model.records import Body, Gap, Instrument, Meeting, Record, Source, Statement, Topic
from ..errors import Fault, UnknownName, WrongType
from .records import AnyRecord, Records, pool_of
from .selecting import refuse_unnamed, select, takes_filters
from .words import Filters

T = TypeVar("T")


class Link(NamedTuple):
    """A relation as seen from one of its ends: how it reads from here, and the record at the other end.

    >>> import asean_cyber as ac
    >>> link = next(link for link in ac.links("ammtc-8") if link.record.id == "ammtc-7")
    >>> link.reads, link.relation.kind, link.outward
    ('follows', <RelationKind.FOLLOWS: 'follows'>, True)
    """

    reads: str
    """The relation in words, from this end: ``follows``, or ``is followed by``."""
    relation: Relation
    """The relation as it stands in one of the two records."""
    record: AnyRecord
    """The record at the other end."""
    outward: bool
    """True if the relation stands in the record it was asked of, False if in the one at the other end."""


class Resolution(NamedTuple):
    """A dataset with the other claims of disputed facts in their fields, and what came of each claim.

    >>> import asean_cyber as ac
    >>> found = ac.dataset().resolving(prefer="earliest")
    >>> claim = next(each for each in found.changed if each.field == "date")
    >>> claim.claimed == found.dataset.get(claim.record).date.text, claim.held == ac.get(claim.record).date.text
    (True, True)
    >>> all(each.reason for each in found.left)
    True
    """

    dataset: Dataset
    """The dataset with the other claims in their fields."""
    changed: tuple[Reading, ...]
    """The claims that now stand in their fields."""
    left: tuple[Reading, ...]
    """The claims that could not be put into a field, each with the reason."""


def _only(kind: type[T], items: Iterable[T]) -> tuple[T, ...]:
    held = tuple(items)
    for item in held:
        if not isinstance(item, kind):
            raise WrongType(f"expected {kind.__name__}, got {item!r}")
    return held


class Dataset:
    """An immutable set of records with the bodies, topics and sources they refer to.

    Make one with `Dataset.load`, `Dataset.from_records`, or by joining two with ``|``; the packaged one
    is `asean_cyber.dataset()`. Two datasets are equal when they hold the same.

    >>> import asean_cyber as ac
    >>> data = ac.dataset()
    >>> isinstance(data, ac.Dataset), data | data == data
    (True, True)
    >>> "ammtc-8" in data, ac.get("ammtc-8") in data
    (True, True)
    """

    __slots__ = ("__weakref__", "_catalogue", "_made")

    _catalogue: Catalogue
    _made: dict[str, Any]

    def __init__(self, contents: Contents) -> None:
        """A dataset of these contents, as another one gives them. Raises `DatasetError`, with every fault in them."""
        if not isinstance(contents, Contents):
            raise WrongType(f"Dataset takes the contents of one; for a file or folder use Dataset.load, for records Dataset.from_records (got {contents!r})")
        from .._files.references import joined

        self._hold(Catalogue(joined(Contents(), contents)))

    def _hold(self, catalogue: Catalogue) -> None:
        object.__setattr__(self, "_catalogue", catalogue)
        object.__setattr__(self, "_made", {})

    @classmethod
    def _of(cls, known: Catalogue | Contents) -> Self:
        """A dataset of what has been checked already."""
        data = object.__new__(cls)
        data._hold(known if isinstance(known, Catalogue) else Catalogue(known))
        return data

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"a dataset never changes, so {name} cannot be set; `replacing` gives another dataset, with your record in the place of ours")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"a dataset never changes, so {name} cannot be deleted")

    @property
    def contents(self) -> Contents:
        """All that it holds, section by section.

        >>> import asean_cyber as ac
        >>> [meeting.id for meeting in ac.dataset().contents.meetings if meeting.id == "ammtc-8"]
        ['ammtc-8']
        """
        return self._catalogue.contents

    # Making one.

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, extending: Dataset | None = None) -> Dataset:
        """The dataset in a JSON file, or in a folder of them; with `extending`, both together.

        The records in the files may refer to what `extending` holds. In a folder, files that do not end in ``.json``
        and whatever begins with a dot are left out; links are followed.

        Raises `DatasetError`, with every fault in the files, and `OSError` where they cannot be read.

        >>> import pathlib, tempfile
        >>> import asean_cyber as ac
        >>> topic = ac.Topic(id="mine", label="Mine", definition="What I look for.")
        >>> mine = ac.Dataset.from_records([], topics=[topic])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "mine.json")
        ...     _ = path.write_text(mine.to_json(), encoding="utf-8")
        ...     ac.Dataset.load(path) == mine
        True
        """
        from .._files.reading import decode, read_files

        files = read_files(Path(path))
        if extending is None:
            return cls._of(decode(files))
        return cls._of(extending.contents | decode(files, beside=extending.contents))

    @classmethod
    def from_records(
        cls,
        records: Iterable[Record],
        *,
        bodies: Iterable[Body] = (),
        topics: Iterable[Topic] = (),
        sources: Iterable[Source] = (),
        gaps: Iterable[Gap] = (),
        extending: Dataset | None = None,
    ) -> Dataset:
        """The dataset of these records; with `extending`, both together, and these may refer to it.

        Raises `DatasetError`, with every fault in how they refer to one another.

        >>> import asean_cyber as ac
        >>> meeting = ac.Meeting(
        ...     id="mine-1", body="ammtc", date="2011-10", name="A side event", summary="What I read of it.",
        ...     citations=[ac.Citation("asean-2003-china-mou-ict")],
        ... )
        >>> data = ac.Dataset.from_records([meeting], extending=ac.dataset())
        >>> data.meetings(body="AMMTC", year=2011).ids
        ('mine-1', 'ammtc-8')
        """
        held = tuple(records)
        strangers = [record for record in held if not isinstance(record, (Meeting, Statement, Instrument))]
        if strangers:
            raise WrongType(f"expected meetings, statements and instruments, got {strangers[0]!r}")
        own = Contents(
            bodies=_only(Body, bodies),
            topics=_only(Topic, topics),
            sources=_only(Source, sources),
            gaps=_only(Gap, gaps),
            meetings=tuple(record for record in held if isinstance(record, Meeting)),
            statements=tuple(record for record in held if isinstance(record, Statement)),
            instruments=tuple(record for record in held if isinstance(record, Instrument)),
        )
        from .._files.references import joined

        return cls._of(joined(Contents() if extending is None else extending.contents, own))

    def replacing(self, *items: Record | Body | Topic | Source) -> Dataset:
        """A dataset in which these stand in the place of those with the same ids; new ones are added.

        Retired ids still lead to their successors. Raises `DatasetError` where what is put in does not fit.

        >>> import asean_cyber as ac
        >>> import attrs
        >>> mended = attrs.evolve(ac.get("ammtc-8"), summary="What I read in it.")
        >>> data = ac.dataset().replacing(mended)
        >>> data.get("ammtc-8").summary, len(data) == len(ac.dataset())
        ('What I read in it.', True)
        """
        sections: dict[str, dict[str, Any]] = {}
        for item in items:
            if not isinstance(item, (Meeting, Statement, Instrument, Body, Topic, Source)):
                raise WrongType(f"expected records, bodies, topics and sources, got {item!r}")
            sections.setdefault(SECTION_OF[item.type], {})[item.id] = item
        changed: dict[str, tuple[Any, ...]] = {}
        moved = {id for held in sections.values() for id in held}
        for section in ("bodies", "topics", "sources", "meetings", "statements", "instruments"):
            mine = sections.get(section, {})
            old = getattr(self.contents, section)
            shared = section not in ("topics", "sources")  # these have ids of their own
            kept = [mine.pop(each.id, each) for each in old if each.id in mine or not (shared and each.id in moved)]
            changed[section] = (*kept, *mine.values())
        contents = attrs.evolve(_eager(self.contents), **changed)
        filled = {(meeting.body, meeting.ordinal) for meeting in contents.meetings}
        gaps = [(gap, tuple(n for n in gap.ordinals if (gap.body, n) not in filled)) for gap in contents.gaps]
        return Dataset(attrs.evolve(contents, gaps=tuple(attrs.evolve(gap, ordinals=left) for gap, left in gaps if left or not gap.ordinals)))

    def resolving(self, prefer: Preference) -> Resolution:
        """The other reading of disputed facts: this dataset with another claim of each discrepancy in the field.

        `prefer` says which: ``official``, a claim of an official source; ``earliest`` or ``latest``, of dates the
        earliest or latest of all that are claimed, of other facts what the earliest or latest source says. What the
        field held becomes a discrepancy, so that nothing is lost. With it a result can be run on both readings.

        >>> import asean_cyber as ac
        >>> early = ac.dataset().resolving(prefer="earliest")
        >>> len(early.dataset) == len(ac.dataset()), early.changed[0].field
        (True, 'date')
        """
        from .._files.resolving import resolved

        contents, changed, left = resolved(_eager(self.contents), prefer)
        return Resolution(Dataset._of(contents), changed, left)

    # Queries.

    @takes_filters
    def meetings(self, *unnamed: Never, **filters: Unpack[Filters]) -> Records[Meeting]:
        """The meetings that pass the filters, in time order.

        The words are those of `Filters`. Raises `UnknownName` for a name that nothing has, and `InvalidArgument` for a question that can have
        no answer.

        >>> import asean_cyber as ac
        >>> ac.dataset().meetings(body="AMMTC", year=2011).ids
        ('ammtc-8',)
        """
        return self._answer("meetings", unnamed, filters)

    @takes_filters
    def statements(self, *unnamed: Never, **filters: Unpack[Filters]) -> Records[Statement]:
        """The statements that pass the filters, in time order.

        For the words, and what is raised, see `meetings`.

        >>> import asean_cyber as ac
        >>> ac.dataset().statements(body="ASEANAPOL", year=2009, text="baseline").ids
        ('aseanapol-29/8.7.1',)
        """
        return self._answer("statements", unnamed, filters)

    @takes_filters
    def instruments(self, *unnamed: Never, **filters: Unpack[Filters]) -> Records[Instrument]:
        """The instruments that pass the filters, in time order.

        For the words, and what is raised, see `meetings`.

        >>> import asean_cyber as ac
        >>> ac.dataset().instruments(party="CN", kind="mou", until=2003).ids
        ('asean-china-mou-ict-2003',)
        """
        return self._answer("instruments", unnamed, filters)

    @takes_filters
    def records(self, *unnamed: Never, **filters: Unpack[Filters]) -> Records[AnyRecord]:
        """The meetings, statements and instruments that pass the filters, in time order.

        For the words, and what is raised, see `meetings`.

        >>> import asean_cyber as ac
        >>> ac.dataset().records(year=2007, body="AMMTC+3").count_by("type")
        {'meeting': 1, 'statement': 1}
        """
        return self._answer("records", unnamed, filters)

    def _answer(self, section: str, unnamed: tuple[object, ...], filters: Filters) -> Records[Any]:
        if unnamed:
            refuse_unnamed(section, unnamed, self._catalogue)
        pool = pool_of(self._catalogue, section)
        return Records(pool, select(pool, filters))

    def select(self, records: Iterable[Record | str] | Record | str) -> Records[AnyRecord]:
        """An answer of these records, in the order in which they are given: records that it holds, or ids.

        Raises `UnknownName` for one that it does not hold.

        >>> import asean_cyber as ac
        >>> ac.dataset().select(["ammtc-9", "AMMTC-8"]).ids
        ('ammtc-9', 'ammtc-8')
        """
        several: tuple[Record | str, ...] = (records,) if isinstance(records, (str, Record)) else tuple(records)
        pool = pool_of(self._catalogue, "records")
        places = {record.id: at for at, record in enumerate(pool.records)}
        return Records(pool, [places[self._held(each).id] for each in several])

    def _held(self, record: Record | str) -> AnyRecord:
        found = self.get(record)
        if isinstance(record, Record) and found != record:
            raise UnknownName("record", record.id, note="this dataset holds another record with that id; `replacing` makes one that holds yours")
        return found

    def get(self, name: str | Record) -> AnyRecord:
        """The record with an id, in any case, or the one that stands here under the id of a record.

        A retired id gives its successor; the title of an instrument, or the name of a meeting, will do where only
        one record has it. Raises `UnknownName` if there is none.

        >>> import asean_cyber as ac
        >>> ac.dataset().get("AMMTC-8").date
        EDTF('2011-10-10/2011-10-11')
        """
        return cast(AnyRecord, self._catalogue.record(name.id if isinstance(name, Record) else name))

    def body(self, name: str | Body) -> Body:
        """The body with an id, acronym, name or alias. Raises `UnknownName` if there is none.

        >>> import asean_cyber as ac
        >>> ac.dataset().body("ASEAN Chiefs of Police").acronym
        'ASEANAPOL'
        """
        return self._catalogue.bodies[self._catalogue.body_names.find(name.id if isinstance(name, Body) else name)]

    def topic(self, name: str | Topic) -> Topic:
        """The topic with an id, label or alias. Raises `UnknownName` if there is none.

        >>> import asean_cyber as ac
        >>> ac.dataset().topic("cyberterrorism").broader
        'cybercrime'
        """
        return self._catalogue.topics[self._catalogue.topic_names.find(name.id if isinstance(name, Topic) else name)]

    def source(self, id: str | Source) -> Source:
        """The source with an id. Raises `UnknownName` if there is none.

        >>> import asean_cyber as ac
        >>> ac.dataset().source("asean-2003-china-mou-ict").kind
        <SourceKind.OFFICIAL: 'official'>
        """
        return self._catalogue.sources[self._catalogue.source_names.find(id.id if isinstance(id, Source) else id)]

    def bodies(self) -> tuple[Body, ...]:
        """The bodies, by id.

        >>> import asean_cyber as ac
        >>> [body.acronym for body in ac.dataset().bodies() if body.id == "ammtc"]
        ['AMMTC']
        """
        from .._display.listing import Bodies

        return Bodies(sorted(self.contents.bodies, key=lambda body: body.id))

    def topics(self) -> tuple[Topic, ...]:
        """The topics, each after the one that is broader than it.

        >>> import asean_cyber as ac
        >>> ids = [topic.id for topic in ac.dataset().topics()]
        >>> ids.index("cybercrime") < ids.index(ac.topic("cyberterrorism").id)
        True
        """
        from .._display.listing import Topics

        return Topics(sorted(self.contents.topics, key=lambda topic: self._catalogue.broader[topic.id][::-1]))

    def sources(self) -> tuple[Source, ...]:
        """The sources, by id.

        >>> import asean_cyber as ac
        >>> "asean-2003-china-mou-ict" in [source.id for source in ac.dataset().sources()]
        True
        """
        from .._display.listing import Sources

        return Sources(sorted(self.contents.sources, key=lambda source: source.id))

    def gaps(self) -> tuple[Gap, ...]:
        """What the dataset knows it lacks, by body.

        >>> import asean_cyber as ac
        >>> body = ac.Body(id="mine", name="Mine", kind="expert", description="A group of ours.")
        >>> gap = ac.Gap(body="mine", ordinals=[1, 2], reason="Nobody kept the minutes.")
        >>> ac.Dataset.from_records([], bodies=[body], gaps=[gap]).gaps()[0].ordinals
        (1, 2)
        """
        from .._display.listing import Gaps

        return Gaps(sorted(self.contents.gaps, key=lambda gap: (gap.body, gap.ordinals)))

    def retired(self) -> dict[str, str]:
        """Ids that are no longer used, each with the id of its successor.

        >>> import asean_cyber as ac
        >>> ac.dataset().retired()["aseanapol-1985"], ac.dataset().get("aseanapol-1985").id
        ('aseanapol-5', 'aseanapol-5')
        """
        return dict(self.contents.retired)

    # Relations.

    def links(self, record: Record | str) -> tuple[Link, ...]:
        """The relations of a record, those that stand in it first, then those of others to it.

        Relations to bodies (``issued_by``) are not among them: a body is no record.

        Raises `UnknownName` if there is no such record.

        >>> import asean_cyber as ac
        >>> ("follows", "ammtc-7") in [(link.reads, link.record.id) for link in ac.dataset().links("ammtc-8")]
        True
        """
        from .._display.listing import Links

        subject = self.get(record)
        ends = ((relation, self._catalogue.find(relation.target)) for relation in subject.relations)
        outward = (Link(relation.kind.label, relation, cast(AnyRecord, end), True) for relation, end in ends if end is not None)
        inward = (Link(relation.kind.inverse, relation, cast(AnyRecord, at), False) for at, relation in self._catalogue.incoming.get(subject.id, ()))
        return Links((*outward, *inward))

    def related(self, record: Record | str) -> Records[AnyRecord]:
        """The records related to one in any way, in time order.

        These are its meeting and its instrument, the statements and instruments of a meeting, the
        statements of an instrument, and what the relations of either side link it to.

        Raises `UnknownName` if there is no such record.

        >>> import asean_cyber as ac
        >>> "ammtc-7" in ac.dataset().related("ammtc-8").ids
        True
        """
        subject = self.get(record)
        found = {link.record.id for link in self.links(subject)}
        wholes = (self._catalogue.find(getattr(subject, field, None)) for field in ("meeting", "instrument"))
        found.update(whole.id for whole in wholes if whole is not None)
        if isinstance(subject, Meeting):
            found.update(self.records(meeting=subject).ids)
        if isinstance(subject, Instrument):
            found.update(self.statements(instrument=subject).ids)
        found.discard(subject.id)
        return self.records(id=sorted(found)) if found else self.records().filter(lambda _: False)

    # A value among values.

    def __or__(self, other: Dataset) -> Dataset:
        """Both together; what stands in both, equal in every field, is there once.

        Raises `DatasetError` where the two give one id to different things.
        """
        if not isinstance(other, Dataset):
            return NotImplemented
        from .._files.references import joined

        return Dataset._of(joined(self.contents, other.contents))

    def __len__(self) -> int:
        """How many records it holds."""
        return len(self._catalogue.records)

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self.records())

    def __contains__(self, item: object) -> bool:
        """Whether it holds a record, or a record with an id."""
        if isinstance(item, Record):
            return self._catalogue.records.get(item.id) == item
        return isinstance(item, str) and item in self._catalogue.records

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        if self.contents is other.contents:
            return True
        return all(set(getattr(self.contents, name)) == set(getattr(other.contents, name)) for name in attrs.fields_dict(Contents))

    def __hash__(self) -> int:
        return hash(frozenset(self._catalogue.records))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Dataset._of, (self._catalogue,)

    # How it shows itself.

    def __repr__(self) -> str:
        from .._display.text import overview

        return overview(self.contents)

    def _repr_html_(self) -> str:
        from .._display.html import overview

        return overview(self.contents)

    def card(self, item: Record | Body | str, *, address: Callable[[str, str], str | None] | None = None, caption: bool = True) -> str:
        """All about one record or body as HTML: what a notebook shows of it, with all names resolved.

        For a site of your own, `address` says where its pages are: it is given what sort of thing is referred to
        (``record``, ``body``, ``topic`` or ``source``) and its id, and gives an address to link to, or None for that
        of the source on the web. Without `caption` the card does not repeat the name as its heading.

        Raises `UnknownName` where this dataset does not hold it.

        >>> import asean_cyber as ac
        >>> '<a href="/body/ammtc">' in ac.dataset().card("ammtc-8", address=lambda sort, id: f"/{sort}/{id}")
        True
        """
        from .._display.html import card

        held = self.body(item) if isinstance(item, Body) else self._held(item)
        linked = None if address is None else lambda ref: None if ref.sort == "web" else address(ref.sort, ref.id)
        return card(held, self._catalogue, linked, caption)

    def page(self, item: Record | str) -> str:
        """All about one record as text: what the command ``show`` prints.

        Raises `UnknownName` where this dataset does not hold it.

        >>> import asean_cyber as ac
        >>> print(ac.dataset().page("ammtc-8"))
        ammtc-8
        =======
        8th ASEAN Ministerial Meeting on Transnational Crime
        ...
        """
        from .._display.text import page

        return page(self._held(item), self._catalogue)

    # What it is worth.

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical form of what the dataset holds, in hexadecimal digits.

        How to compute it without this library is told in the documentation, under citing.

        >>> import asean_cyber as ac
        >>> len(ac.dataset().fingerprint)
        64
        """
        if "fingerprint" not in self._made:
            from .._files.fingerprint import fingerprint

            self._made["fingerprint"] = fingerprint(self.contents)
        return cast(str, self._made["fingerprint"])

    def check(self) -> tuple[Fault, ...]:
        """What is against the rules of good data, though it can be loaded: each as a `Fault` of the level ``warning``.

        >>> import asean_cyber as ac
        >>> source = ac.Source(id="the-page", title="A page", publisher="A ministry", kind="official")
        >>> for fault in ac.Dataset.from_records([], sources=[source]).check():
        ...     print(fault)
        warning: the-page: url: it has no address
        warning: the-page: nothing cites it
        warning: the-page: accessed: it does not say when it was read
        """
        from .._files.rules import check

        return tuple(check(self.contents))

    def to_json(self) -> str:
        """The whole dataset as one JSON file, which `load` reads back.

        >>> import asean_cyber as ac
        >>> topic = ac.Topic(id="mine", label="Mine", definition="What I look for.")
        >>> mine = ac.Dataset.from_records([], topics=[topic])
        >>> print(mine.to_json())
        {
          "topics": [
            {
              "id": "mine",
              "label": "Mine",
              "definition": "What I look for."
            }
          ]
        }
        <BLANKLINE>
        """
        from .._files.writing import encode

        return encode(self.contents)


def _eager(contents: Contents) -> Contents:
    """The contents as such, where they are of a kind that reads itself from files."""
    return contents if type(contents) is Contents else Contents(**{name: getattr(contents, name) for name in attrs.fields_dict(Contents)})
