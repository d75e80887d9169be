"""The other reading of disputed facts: contents in which another claim of each discrepancy stands in the field.

What the field held before becomes a discrepancy in its turn, so nothing is lost, and a result can be run on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from .._lookup.catalogue import Catalogue, country_names
from .._model.contents import SECTION_OF, Contents
from .._model.edtf import as_edtf
from .._model.parts import Citation, Discrepancy
from .._model.records import Record, Source
from .._model.values import plain
from ..errors import InvalidArgument, InvalidField, UnknownName
from .readings import PREFERENCES, Preference, Reading
from .references import check
from .structuring import structured


def resolved(contents: Contents, prefer: Preference) -> tuple[Contents, tuple[Reading, ...], tuple[Reading, ...]]:
    """The contents with the preferred claims in the fields; the claims that were put in; and those that could not be."""
    if prefer not in PREFERENCES:
        raise InvalidArgument(f"prefer takes one of {', '.join(PREFERENCES)}, got {prefer!r}")
    known = Catalogue(contents)
    changed: dict[str, Record] = {}
    done: list[Reading] = []
    left: list[Reading] = []
    for record in contents.records:
        for field in dict.fromkeys(claim.field for claim in record.discrepancies):
            now = changed.get(record.id, record)
            claims = [claim for claim in record.discrepancies if claim.field == field]
            claim = _preferred(now, field, claims, known, prefer)
            if claim is None:
                continue
            held = _value_in(now, field)
            other = _with(now, claim, held)
            reading = Reading(record.id, field, held, claim.value)
            if isinstance(other, str):
                left.append(reading._replace(reason=other))
            else:
                changed[record.id] = other
                done.append(reading)
    return _fitting(contents, changed, done, left)


def _fitting(
    contents: Contents, changed: dict[str, Record], done: list[Reading], left: list[Reading]
) -> tuple[Contents, tuple[Reading, ...], tuple[Reading, ...]]:
    """Take back what does not fit with the rest, as a number of a series that another meeting has."""
    while True:
        sections: dict[str, Any] = {
            section: tuple(changed.get(each.id, each) for each in getattr(contents, section))
            for section in SECTION_OF.values()
            if section not in ("gaps", "sources", "topics", "bodies")
        }
        both = Contents(**{**{name: getattr(contents, name) for name in attrs.fields_dict(Contents)}, **sections})
        wrong = _crowded(both, changed) or {fault.record or "": fault.reason for fault in check(both) if fault.record in changed}
        if not wrong:
            return both, tuple(reading for reading in done if reading.record in changed), tuple(left)
        for name, reason in wrong.items():
            del changed[name]
            left += [reading._replace(reason=reason) for reading in done if reading.record == name]


def _crowded(contents: Contents, changed: Mapping[str, Record]) -> dict[str, str]:
    """Changed meetings that took the number of another meeting, or of a known gap, and whose it is."""
    holders: dict[tuple[str, int], list[str]] = {}
    for meeting in contents.meetings:
        if meeting.ordinal is not None:
            holders.setdefault((meeting.body, meeting.ordinal), []).append(meeting.id)
    gaps = {(gap.body, ordinal) for gap in contents.gaps for ordinal in gap.ordinals}
    found = {}
    for (body, ordinal), names in holders.items():
        for name in names:
            if name in changed and (len(names) > 1 or (body, ordinal) in gaps):
                other = next((each for each in names if each != name), "a known gap")
                found[name] = f"number {ordinal} of {body} is that of {other}"
    return found


def _preferred(record: Record, field: str, claims: list[Discrepancy], known: Catalogue, prefer: Preference) -> Discrepancy | None:
    """The claim to put into the field; None where what it holds is preferred."""
    if prefer == "official":
        return next((claim for claim in claims if _is_official(claim.citation, known)), None)
    ranked = [(when, claim) for claim in claims if (when := _when(field, claim.value, [claim.citation], known)) is not None]
    held = _when(field, _value_in(record, field), record.citations, known)
    if held is not None:
        ranked.append((held, None))  # type: ignore[arg-type]
    if not ranked:
        return None
    return (min if prefer == "earliest" else max)(ranked, key=lambda each: each[0])[1]


def _is_official(citation: Citation, known: Catalogue) -> bool:
    source = known.source(citation.source)
    return source is not None and source.kind == "official"


def _when(field: str, value: str | None, citations: Iterable[Citation], known: Catalogue) -> Any:
    """A key for early and late: of a date the date, of another claim the date of its source."""
    if value is not None and field in ("date", "adopted", "signed", "in_force", "expires"):
        try:
            return as_edtf(value)._key()
        except InvalidField:
            return None
    sources = [source for citation in citations if isinstance(source := known.source(citation.source), Source) and source.date is not None]
    return min((source.date._key() for source in sources if source.date is not None), default=None)


def _value_in(record: Record, field: str) -> str | None:
    value: Any = record
    for name in field.split("."):
        value = getattr(value, name, None)
    return None if value is None or value == () else ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _with(record: Record, claim: Discrepancy, held: str | None) -> Record | str:
    """The record with a claim in the field and what the field held among the discrepancies; or why that cannot be."""
    value = plain(record)
    *path, last = claim.field.split(".")
    holder = value
    for name in path:
        holder = holder.setdefault(name, {})
    now = getattr(record, last, None) if not path else None
    if last == "place" and not path:
        holder[last] = _place(claim.value, holder.get(last, {}))
    elif isinstance(now, tuple):
        holder[last] = claim.value.split(", ")
    else:
        holder[last] = int(claim.value) if last == "ordinal" and claim.value.isdigit() else claim.value
    if last == "date" and not path:
        for name in ("adopted", "signed"):
            if value.get(name) == held:
                value[name] = claim.value
    rest = [plain(each) for each in record.discrepancies if each != claim]
    if held is not None:
        rest.append({"field": claim.field, "value": held, "citation": plain(record.citations[0])})
    value["discrepancies"] = rest
    found = structured(value, type(record))
    return found[0].reason if isinstance(found, list) else found  # type: ignore[return-value]


def _place(said: str, now: Mapping[str, str]) -> dict[str, str]:
    """A place as it is written, ``Manila`` or ``Manila, Philippines``; without a country it is in the one that is known."""
    city, comma, country = said.rpartition(", ")
    try:
        return {"country": country_names().find(country), "city": city} if comma else {**now, "city": said}
    except UnknownName:
        return {**now, "city": said}
