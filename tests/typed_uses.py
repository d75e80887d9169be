"""The library as people use it who check their types: what must pass, and at the end what must not.

`test_typing.py` gives this file to mypy and pyright, both strict, and runs what must pass. Where something must be an
error, the line says which; a checker that sees no error there says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Unpack, assert_never, assert_type

import asean_cyber as ac
from asean_cyber import AnyRecord, Filters, Instrument, Meeting, Record, Records, Statement, Style

# One record, of any type.


def headline(record: AnyRecord) -> str:
    match record:
        case Meeting():
            return f"{record.name}, {record.place}" if record.place else record.name
        case Statement(locator=locator, speaker=speaker):
            return f"{speaker or record.body}: {locator}"
        case Instrument(title=title, parties=parties):
            return f"{title} ({len(parties)})"
        case _:
            assert_never(record)


def by_type(record: AnyRecord) -> str | None:
    if isinstance(record, Meeting):
        return record.name
    if isinstance(record, Statement):
        return record.locator
    assert_type(record, Instrument)
    return record.title


def of_a_line(record: Record) -> tuple[str, int]:
    return record.label, record.year


# Questions. What a web handler or a command line did not get is None, and passes straight through.


def search(
    body: str | None = None,
    topic: list[str] | None = None,
    year: int | None = None,
    since: str | date | None = None,
    band: str | None = None,
    silent: bool | None = None,
    text: Sequence[str] | None = None,
) -> Records[AnyRecord]:
    return ac.records(body=body, topic=topic, year=year, since=since, band=band, silent=silent, text=text)


def counted(by: str, **words: Unpack[Filters]) -> dict[Any, int]:
    return ac.records(**words).count_by(by)


def kept(words: Filters) -> Filters:
    asked: Filters = {"since": 2007, "until": "2009-06"}
    return {**words, **asked}


def meetings() -> list[str]:
    found = ac.meetings(body=["AMMTC", ac.body("SOMTC")], year=range(2009, 2012), topic=ac.topic("cybercrime"), since=ac.EDTF("2009"))
    assert_type(found, Records[Meeting])
    assert_type(found[:2], Records[Meeting])
    assert_type(found.first(), Meeting | None)
    assert_type(found.filter(lambda meeting: meeting.ordinal == 8, year=2011, certain=True), Records[Meeting])
    assert_type(found.exclude(silent=True) - found, Records[Meeting])
    assert_type(found & found, Records[Meeting])
    assert_type(found + ac.statements(year=2009), Records[Meeting | Statement])
    assert_type(found | ac.instruments(year=2009), Records[Meeting | Instrument])
    assert_type(found.crosstab("body", lambda meeting: meeting.mode), dict[Any, dict[Any, int]])
    for meeting in found.sorted(lambda meeting: meeting.ordinal or 0, reverse=True):
        assert_type(meeting, Meeting)
    return [meeting.name for meeting in found]


def earliest(records: Sequence[Record]) -> date | None:
    return min((record.date.start for record in records), default=None)


def long_enough(least: int) -> Callable[[Record], bool]:
    return lambda record: len(record.summary) >= least


def given_to_others() -> Records[Statement]:
    earliest(ac.meetings(year=2009))
    wide: Records[Record] = ac.statements(year=2009)
    earliest(wide)
    return ac.statements(year=2009).filter(long_enough(10))


# What hangs together.


def around(record: AnyRecord | str) -> list[str]:
    said: list[str] = []
    for other in ac.related(record):
        assert_type(other, Meeting | Statement | Instrument)
        said.append(headline(other))
    for link in ac.links(record):
        assert_type(link.record, Meeting | Statement | Instrument)
        said.append(f"{link.reads} {headline(link.record)}, {link.relation.kind.label}")
    return said


def acts(statement: Statement) -> list[str]:
    strong = [act for act in statement.acts if act.kind.band >= ac.Band.ASK]
    return [f"{act.phrase} → {', '.join(act.addressees)}" for act in strong]


def bound(instrument: Instrument, who: str) -> str:
    match instrument.is_party(who, on="2026"):
        case True:
            return "yes"
        case False:
            return "no"
        case None:
            return "not recorded"


def how_sure(when: ac.EDTF) -> bool:
    match when.match(date(2009, 1, 1), date(2009, 12, 31)):
        case ac.Match.YES:
            return True
        case ac.Match.NO | ac.Match.MAYBE:
            return False


# Datasets, citations, plain values.


def reference(ids: Iterable[str], style: Style = "apa") -> str:
    return ac.cite(list(ids), style=style)


def own(data: ac.Dataset) -> tuple[ac.Dataset, str]:
    cited = [ac.Citation("page", document=True)]
    body = ac.Body(id="own:b", name="B", kind="expert", description="D.", participants=["CN", ac.Participation("TL", until="2025-10-25")])
    meeting = Meeting(id="own:b-1", body="own:b", date=date(2024, 5, 6), name="N", place=ac.Place("ID", "Bali"), summary="S.", citations=cited)
    source = ac.Source(id="page", title="T", publisher="P", kind=ac.SourceKind.OFFICIAL)
    made = ac.Dataset.from_records([meeting], bodies=[body], sources=[source]) | data
    again = ac.from_dict(meeting.to_dict())
    if isinstance(again, Meeting):
        made = made.replacing(again)
    return made, made.card(meeting, address=lambda sort, id: f"/{sort}/{id}" if sort == "record" else None)


def guarded(ask: Callable[[], Records[AnyRecord]]) -> str:
    try:
        return repr(ask())
    except ac.UnknownName as error:
        return ", ".join(error.nearest)
    except (ac.InvalidArgument, ac.WrongType) as error:
        return str(error)


def members() -> list[str | None]:
    return [member.alpha_3 for member in ac.members(on=date(1967, 8, 8))] + [ac.country("Burma").alpha_3]


# What must be an error.

if TYPE_CHECKING:

    def forgotten(record: AnyRecord) -> str:
        match record:
            case Meeting() | Statement():
                return record.id
            case _:
                assert_never(record)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    ac.meetings(boddy="ARF")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ac.meetings("ARF")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ac.meetings(year="2011")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ac.meetings(body=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ac.records(silent="no")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ac.records(since=1.5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    _words: Filters = {"boddy": "ARF"}  # type: ignore[typeddict-unknown-key]  # pyright: ignore[reportAssignmentType]
    _narrow: Records[Meeting] = ac.records()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(ac.meetings()[0].locator)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    print(ac.get("ammtc-8").name)  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue]
    ac.meetings().filter(lambda meeting: meeting.locator)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    ac.meetings()[0].ordinal = 9  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    ac.meetings()[0] = ac.meetings()[1]  # type: ignore[index]  # pyright: ignore[reportIndexIssue]
    ac.cite("ammtc-8", style="aap")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ac.Citation()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ac.Dataset()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    ac.Meeting(id="m", body="b", date="2011", name="N", summary="S.", citations=[], place="Bali")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
