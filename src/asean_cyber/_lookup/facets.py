"""What may be asked of a record: for each word, the terms under which a record is found.

The columns of tables, the filter words and the groups of an answer all take their values from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from .._model.records import Instrument, Meeting, Record, Statement
from ..places import accessions, asean_members
from .catalogue import Catalogue

Facet = Callable[[Catalogue, Record], Iterable[str]]


def _type(_: Catalogue, record: Record) -> Iterable[str]:
    return (record.type,)


def _kind(_: Catalogue, record: Record) -> Iterable[str]:
    return (record.kind.value,) if isinstance(record, (Statement, Instrument)) else ()


def _body(_: Catalogue, record: Record) -> Iterable[str]:
    return (record.body,)


def _body_kind(catalogue: Catalogue, record: Record) -> Iterable[str]:
    body = catalogue.bodies.get(record.body)
    return (body.kind.value,) if body else ()


def _own_topic(_: Catalogue, record: Record) -> Iterable[str]:
    return record.topics


def _topic(catalogue: Catalogue, record: Record) -> Iterable[str]:
    """Its topics and those broader than they."""
    if len(record.topics) == 1:
        return catalogue.broader[record.topics[0]]
    return {broader for topic in record.topics for broader in catalogue.broader[topic]}


def _country(catalogue: Catalogue, record: Record) -> Iterable[str]:
    meeting = catalogue.meeting_of(record)
    return (meeting.place.country,) if meeting is not None and meeting.place is not None else ()


def _partner(catalogue: Catalogue, record: Record) -> Iterable[str]:
    """Who took part though it was no member of ASEAN on the day: participants of the body then, and those named."""
    body = catalogue.bodies.get(record.body)
    partners = {each.id for each in body.participants if each.covers(record.date)} if body else set()
    meeting = catalogue.meeting_of(record)
    if meeting is not None:
        partners.update(meeting.partners)
    instrument = catalogue.instrument_of(record)
    if instrument is not None:
        partners.update(party.id for party in instrument.parties)
    if isinstance(record, Statement) and record.speaker is not None:
        partners.add(record.speaker)
    if not partners:
        return ()
    joined = accessions()
    return {code for code in partners if code not in _OURS and not (code in joined and joined[code] <= record.date.start)}


_OURS = ("ASEAN", "ASEC")


def _party(catalogue: Catalogue, record: Record) -> Iterable[str]:
    """The parties to the instrument; where ASEAN is one, also its members on the day of the instrument."""
    instrument = catalogue.instrument_of(record)
    if instrument is None:
        return ()
    parties = {party.id for party in instrument.parties}
    return parties | asean_members(instrument.date.end) if "ASEAN" in parties else parties


def _speaker(_: Catalogue, record: Record) -> Iterable[str]:
    return (record.speaker,) if isinstance(record, Statement) and record.speaker is not None else ()


def _act(_: Catalogue, record: Record) -> Iterable[str]:
    return {act.kind.value for act in record.acts} if isinstance(record, Statement) else ()


def _band(_: Catalogue, record: Record) -> Iterable[str]:
    return {act.kind.band.value for act in record.acts} if isinstance(record, Statement) else ()


def _addressee(_: Catalogue, record: Record) -> Iterable[str]:
    return {addressee for act in record.acts for addressee in act.addressees} if isinstance(record, Statement) else ()


def _meeting(catalogue: Catalogue, record: Record) -> Iterable[str]:
    meeting = None if isinstance(record, Meeting) else catalogue.meeting_of(record)
    return () if meeting is None else (meeting.id,)


def _instrument(catalogue: Catalogue, record: Record) -> Iterable[str]:
    instrument = catalogue.instrument_of(record) if isinstance(record, Statement) else None
    return () if instrument is None else (instrument.id,)


def _source(_: Catalogue, record: Record) -> Iterable[str]:
    return {citation.source for citation in record.citations}


def _id(_: Catalogue, record: Record) -> Iterable[str]:
    return (record.id,)


def _disputed(_: Catalogue, record: Record) -> Iterable[str]:
    return ("yes",) if record.discrepancies else ("no",)


def _reviewed(_: Catalogue, record: Record) -> Iterable[str]:
    return ("yes",) if record.reviewed is not None else ("no",)


def _silent(_: Catalogue, record: Record) -> Iterable[str]:
    return ("no",) if record.topics else ("yes",)


FACETS: Mapping[str, Facet] = MappingProxyType(
    {
        "id": _id,
        "type": _type,
        "kind": _kind,
        "body": _body,
        "body_kind": _body_kind,
        "topic": _topic,
        "own topic": _own_topic,
        "country": _country,
        "partner": _partner,
        "party": _party,
        "speaker": _speaker,
        "act": _act,
        "band": _band,
        "addressee": _addressee,
        "meeting": _meeting,
        "instrument": _instrument,
        "source": _source,
        "disputed": _disputed,
        "reviewed": _reviewed,
        "silent": _silent,
    }
)
"""For each word the terms under which a record is found when it is asked for by it."""
