"""The JSON Schema of data files, made from the classes of the model, so that it cannot fall behind them.

It describes one file: its sections, and the fields of what stands in them. What ties items to one
another (ids that are unique, references that lead somewhere, series without holes) no JSON Schema
can say; `Dataset.load` checks it.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, get_args, get_origin

import attrs

from . import model
from .codec import field_order
from .contents import SECTIONS
from .edtf import EDTF
from .errors import InvalidField
from .places import COUNTRIES, PARTICIPANTS
from .vocabulary import Term

Schema = dict[str, Any]  # what json.dumps takes

_POINT = "(?:[0-9]{2}XX|[0-9]{3}X|(?!0000)[0-9]{4}(?:-XX(?:-XX)?|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?)?)[?~%]?"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a data file: what `Dataset.load` reads and `Dataset.to_json` writes.

    Each call gives a dict of its own, made of plain JSON values.

    >>> import asean_cyber as ac
    >>> s = ac.schema()
    >>> s["properties"]["meetings"]["items"]
    {'$ref': '#/$defs/Meeting'}
    >>> s["$defs"]["Meeting"]["required"]
    ['id', 'body', 'date', 'name', 'summary', 'citations']
    """
    definitions = _texts()
    sections: Schema = {}
    for section, cls in SECTIONS.items():
        _define(cls, definitions)
        sections[section] = {"description": _SECTIONS[section], "type": "array", "items": _ref(cls.__name__)}
    sections["retired"] = {
        "description": "Ids that are no longer used, each with the id of its successor.",
        "type": "object",
        "propertyNames": _ref("Id"),
        "additionalProperties": _ref("Id"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:asean-cyber:schema",
        "title": "Data file of asean-cyber",
        "description": "What ASEAN and its forums said and did about cybercrime and cybersecurity: one file of a dataset. "
        "A field whose value is not known is left out.",
        "type": "object",
        "properties": sections,
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


_SECTIONS = {
    "bodies": "The forums that meet.",
    "topics": "The controlled vocabulary of subjects.",
    "sources": "The documents that records rest on.",
    "meetings": "Sessions of bodies.",
    "statements": "Words put on record.",
    "instruments": "Documents with a life of their own.",
    "gaps": "What the dataset knows it lacks, and why.",
}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


# Texts with a form of their own. Python's `$` also matches before a last line feed; no other reader's does.


def _whole(pattern: str) -> str:
    return rf"^(?:{pattern})$(?!\n)"


def _texts() -> dict[str, Schema]:
    return {
        "Text": {"description": "Text that is not empty and has no space around it.", "type": "string", "pattern": _whole(r"\S(?:[\s\S]*\S)?")},
        "Id": {
            "description": "A stable id: lower-case letters, digits and hyphens; a statement's goes on after a slash; "
            "ids of a dataset of your own may stand in a namespace of your own before a colon.",
            "type": "string",
            "pattern": _whole(model._ID.pattern),
            "examples": ["ammtc-8", "aseanapol-29/8.7.1", "mycert:drill-2024"],
        },
        "Date": {
            "description": "A date as precise as its source and no more (EDTF, ISO 8601-2, of levels 0 and 1): a year, month or day, "
            "an interval of two, open at one end or not, X for unknown digits, ? ~ % for uncertain, approximate and both.",
            "type": "string",
            "pattern": _whole(rf"{_POINT}(?:/(?:{_POINT}|\.\.))?|\.\./{_POINT}"),
            "examples": ["2012", "2009-05", "2011-10-10/2011-10-11", "2016/..", "201X", "2009~"],
        },
        "Language": {"description": "A language tag (BCP 47).", "type": "string", "pattern": _whole(model._LANGUAGE.pattern), "examples": ["en", "zh-Hans"]},
        "Url": {"description": "An address on the web.", "type": "string", "format": "uri", "pattern": _whole(model._URL.pattern)},
        "Country": {"description": "A country (ISO 3166-1 alpha-2).", "type": "string", "enum": list(COUNTRIES)},
        "Participant": {"description": "A country (ISO 3166-1 alpha-2) or an organisation.", "type": "string", "enum": list(PARTICIPANTS)},
    }


_WIDEST_FIRST = {
    "Text": "Some words.",
    "Url": "https://example.org/a",
    "Id": "ammtc-8/8.7.1",
    "Language": "zh-Hans",
    "Participant": "INTERPOL",
    "Country": "TH",
}
"""For each form of text something that it allows, and that the narrower ones after it do not."""


# Classes: type and default say most, and the validator, asked what it lets pass, the rest.


def _define(cls: type[Any], definitions: dict[str, Schema]) -> None:
    """Put the schema of a class, and of all that it is made of, under its name."""
    if cls.__name__ in definitions:
        return
    definitions[cls.__name__] = {}  # its place is taken, should its parts come back to it
    attrs.resolve_types(cls)
    fields = {field.name: field for field in attrs.fields(cls)}
    order = field_order(cls)
    whole: Schema = {
        "title": cls.__name__,
        "description": _first_paragraph(cls),
        "type": "object",
        "properties": {name: _field(cls, fields[name], definitions) for name in order},
        "required": [name for name in order if _is_required(fields[name])],
        "additionalProperties": False,
    }
    if cls is model.Party:
        # One of which nothing but its name is known may be written as its name.
        head = {"title": whole.pop("title"), "description": whole.pop("description")}
        whole = {**head, "anyOf": [_ref("Participant"), whole]}
    definitions[cls.__name__] = whole


def _field(cls: type[Any], field: attrs.Attribute[Any], definitions: dict[str, Schema]) -> Schema:
    described: Schema = {"title": field.name[0].upper() + field.name[1:].replace("_", " "), "description": meaning(cls, field.name)}
    kind = _known(field.type)
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        described |= {"type": "array", "items": _value(item, field, True, definitions), "uniqueItems": True}
        if not _passes(field, ()):
            described["minItems"] = 1
    else:
        described |= _value(kind, field, False, definitions)
    if isinstance(field.default, str) and _passes(field, field.default):
        described["default"] = field.default
    return described


def _value(kind: Any, field: attrs.Attribute[Any], several: bool, definitions: dict[str, Schema]) -> Schema:
    if kind is int:
        return {"type": "integer", "minimum": 1}
    if kind is EDTF:
        return _ref("Date")
    if kind is str:
        return _ref(next(name for name, sample in _WIDEST_FIRST.items() if _passes(field, (sample,) if several else sample)))
    if issubclass(kind, Term):
        definitions.setdefault(kind.__name__, _vocabulary(kind))
    else:
        _define(kind, definitions)
    return _ref(kind.__name__)


def _vocabulary(kind: type[Term]) -> Schema:
    terms = "\n".join(f"{term}: {term.definition}" for term in kind)
    return {"title": kind.__name__, "description": f"{_first_paragraph(kind)}\n\n{terms}", "type": "string", "enum": [term.value for term in kind]}


def _known(kind: Any) -> Any:
    """The type of a field when its value is known: what is not known is left out, never null."""
    if isinstance(kind, types.UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _is_required(field: attrs.Attribute[Any]) -> bool:
    return field.default is attrs.NOTHING or not _passes(field, field.default)


def _passes(field: attrs.Attribute[Any], value: object) -> bool:
    try:
        if field.validator is not None:
            field.validator(None, field, value)
    except InvalidField:
        return False
    return True


def _first_paragraph(cls: type[Any]) -> str:
    return " ".join((cls.__doc__ or cls.__name__).split("\n\n")[0].split())


def meaning(cls: type[Any], name: str) -> str:
    """What a field of a class means, in a sentence."""
    return _MEANINGS.get(f"{cls.__name__}.{name}") or _MEANINGS[name]


_MEANINGS: Mapping[str, str] = {
    # Of all or several classes.
    "id": "Its stable id, never used for anything else.",
    "name": "Its full name.",
    "title": "Its title.",
    "kind": "What sort it is.",
    "language": "The language it is in.",
    "aliases": "Other names by which it is found.",
    "citations": "Where what is said here comes from.",
    "body": "The id of the body that met, spoke, or issued it.",
    "topics": "The ids of the topics it is about.",
    "summary": "What it says or does on cyber, in our own words.",
    "relations": "Typed links to other records.",
    "discrepancies": "What other sources say otherwise, and who says it.",
    "locator": "Where in the document: a paragraph, page or section.",
    "note": "A note of ours.",
    "meeting": "The id of the meeting at which it was made.",
    "signed": "When it was signed.",
    "in_force": "When it entered into force.",
    # Of one.
    "Place.city": "The city, where it is known.",
    "Place.country": "The country.",
    "Citation.source": "The id of the source.",
    "Quotation.text": "The words, verbatim.",
    "Relation.target": "The id of the record at the other end (for issued_by, of a body).",
    "Discrepancy.field": "The field that the claim is about.",
    "Discrepancy.value": "What the field would hold if the claim were right.",
    "Discrepancy.citation": "Who makes the claim.",
    "Party.id": "The country or organisation; ASEAN stands for all its members at the time.",
    "Party.signed": "When this party signed.",
    "Party.consented": "When it gave its consent to be bound (as a rule, deposited the instrument of it).",
    "Party.consent": "How it gave its consent to be bound.",
    "Party.in_force": "From when the instrument binds this party.",
    "Party.withdrawn": "From when it is no longer bound.",
    "Body.acronym": "Its acronym, if it has one.",
    "Body.description": "What it is and does, in our own words.",
    "Body.partners": "Who takes part in every meeting of it beside the members of ASEAN.",
    "Body.parent": "The id of the body that it works under.",
    "Body.predecessor": "The id of the body whose work it took over.",
    "Topic.label": "What it is called.",
    "Topic.definition": "What it means.",
    "Topic.scope": "When to use it and when not.",
    "Topic.broader": "The id of the broader topic.",
    "Source.publisher": "Who published it.",
    "Source.kind": "Who speaks in it.",
    "Source.url": "Where it was read.",
    "Source.date": "The document's own date, if it states one.",
    "Source.accessed": "When it was read.",
    "Gap.body": "The id of the body of which something is missing.",
    "Gap.reason": "What is missing, and why.",
    "Gap.ordinals": "The numbers of the missing meetings in the body's series.",
    "Meeting.date": "The days that it lasted.",
    "Meeting.ordinal": "Its number in the body's series.",
    "Meeting.place": "Where it was held.",
    "Meeting.mode": "How it was held.",
    "Meeting.partners": "Who was there that is no member of ASEAN, beyond the partners of the body itself.",
    "Statement.date": "When it was made.",
    "Statement.kind": "What sort of document it stands in.",
    "Statement.meeting": "The id of the meeting that made it.",
    "Statement.instrument": "The id of the instrument that it is a part of.",
    "Statement.title": "Its title, if it has one of its own.",
    "Statement.quotation": "Its words, verbatim, where they may be quoted.",
    "Instrument.date": "When it was adopted or signed.",
    "Instrument.adopted": "When it was adopted.",
    "Instrument.expires": "When it ends.",
    "Instrument.status": "Where it stands in its life.",
    "Instrument.parties": "Who is bound by it, or signed it.",
    "Instrument.meeting": "The id of the meeting at which it was adopted or signed.",
}
