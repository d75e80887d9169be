"""The JSON Schema of data files, made from the classes of the model, so that it cannot fall behind them.

It describes one file: its sections, and the fields of what stands in them. What ties items to one
another (ids that are unique, references that lead somewhere, series without holes) no JSON Schema
can say; `Dataset.load` checks it.
"""

from __future__ import annotations

import types
from typing import Any, get_args, get_origin

import attrs

from .._model.contents import MEANINGS, SECTIONS
from .._model.edtf import EDTF
from .._model.fields import COUNTRY, DATE, FLAG, ID, LANGUAGE, NUMBER, PARTICIPANT, TEXT, URL, Form
from .._model.values import meaning, ordered
from ..vocabulary import Term

Json = dict[str, Any]  # what json.dumps takes


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
    definitions = {form.name: _form(form) for form in (TEXT, ID, DATE, LANGUAGE, URL, NUMBER, FLAG, COUNTRY, PARTICIPANT)}
    sections: Json = {"$schema": {"description": "Where an editor finds this schema.", "type": "string"}}
    for section, cls in SECTIONS.items():
        _define(cls, definitions)
        sections[section] = {"description": MEANINGS[section], "type": "array", "items": _ref(cls.__name__)}
    sections["retired"] = {"description": MEANINGS["retired"], "type": "object", "propertyNames": _ref("Id"), "additionalProperties": _ref("Id")}
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


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _form(form: Form) -> Json:
    return {name: list(value) if name == "enum" else value for name, value in (form.schema or {}).items()}


def _define(cls: type[Any], definitions: dict[str, Json]) -> None:
    """Put the schema of a class, and of all that it is made of, under its name."""
    if cls.__name__ in definitions:
        return
    definitions[cls.__name__] = {}  # its place is taken, should its parts come back to it
    attrs.resolve_types(cls)
    properties = {field.name: _field(field, definitions) for field in ordered(cls)}
    if hasattr(cls, "type"):
        properties = {"type": {"title": "Type", "description": "What it is; the section that it stands in says so too.", "const": cls.type}, **properties}
    whole: Json = {
        "title": cls.__name__,
        "description": _first_paragraph(cls),
        "type": "object",
        "properties": properties,
        "required": [field.name for field in ordered(cls) if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }
    if hasattr(cls, "ALONE"):
        # One of which nothing but its name is known may be written as its name.
        head = {"title": whole.pop("title"), "description": whole.pop("description")}
        whole = {**head, "anyOf": [_ref("Participant"), whole]}
    definitions[cls.__name__] = whole


def _field(field: attrs.Attribute[Any], definitions: dict[str, Json]) -> Json:
    described: Json = {"title": field.name[0].upper() + field.name[1:].replace("_", " "), "description": meaning(field)}
    kind = _known(field.type)
    form = field.validator if isinstance(field.validator, Form) else None
    if get_origin(kind) is tuple:
        described |= {"type": "array", "items": _value(get_args(kind)[0], form, definitions), "uniqueItems": True}
        if form is not None and form.least:
            described["minItems"] = form.least
    else:
        described |= _value(kind, form, definitions)
    if isinstance(field.default, (str, bool)):
        described["default"] = field.default
    return described


def _value(kind: Any, form: Form | None, definitions: dict[str, Json]) -> Json:
    if kind is EDTF:
        return _ref(DATE.name)
    if form is not None and form.schema is not None:
        definitions.setdefault(form.name, _form(form))
        return _ref(form.name)
    if issubclass(kind, Term):
        definitions.setdefault(kind.__name__, _vocabulary(kind))
    else:
        _define(kind, definitions)
    return _ref(kind.__name__)


def _vocabulary(kind: type[Term]) -> Json:
    terms = "\n".join(f"{term}: {term.definition}" for term in kind)
    return {"title": kind.__name__, "description": f"{_first_paragraph(kind)}\n\n{terms}", "type": "string", "enum": [term.value for term in kind]}


def _known(kind: Any) -> Any:
    """The type of a field when its value is known: what is not known is left out, never null."""
    if isinstance(kind, types.UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _first_paragraph(cls: type[Any]) -> str:
    return " ".join((cls.__doc__ or cls.__name__).split("\n\n")[0].split())
