"""JSON to records and back, without loss, with every fault named at once.

A dataset is one JSON file or a folder of them. Each file is an object whose keys are the sections
named in `asean_cyber.contents`, and ``retired``; each section is a list of objects whose keys are
the fields of its class. A field whose value is not known is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import attrs
from cattrs import Converter

from .check import check
from .contents import SECTIONS, Contents
from .edtf import EDTF
from .errors import DatasetError, Fault, InvalidField
from .model import Party
from .vocabulary import Term

Json = Any  # what json.loads gives: checked here, by hand, before it becomes anything else


class _Refused(Exception):
    """What is wrong with one JSON value: the path to each fault within it, and the reason."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = list(faults)

    def under(self, step: str) -> Iterator[tuple[str, str]]:
        for path, reason in self.faults:
            yield step + ("." if path and not path.startswith("[") else "") + path, reason


# Files to records.


def read_files(path: Path) -> list[tuple[str, bytes]]:
    """The JSON files at a path (a file, or a folder searched in depth), by name, as bytes.

    Raises `FileNotFoundError` when there is nothing there, or a folder holds no ``.json`` file.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.json"))
        if not files:
            raise FileNotFoundError(f"no .json file in the folder {path}")
        return [(file.relative_to(path).as_posix(), file.read_bytes()) for file in files]
    return [(path.name, path.read_bytes())]


def decode(files: Iterable[tuple[str, bytes]], beside: Contents | None = None) -> Contents:
    """The contents of the named files, all of them valid.

    `beside` are contents that the files may refer to; they are not part of the answer.

    Raises `DatasetError`, with every fault in any of the files.
    """
    faults: list[Fault] = []
    items: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    retired: list[tuple[str, str]] = []
    homes: dict[str, list[str]] = {}  # id -> the files that it stands in
    refused: set[str] = set()  # ids of items that exist, but with faults: others may refer to them
    for file, data in files:
        try:
            sections = _parse(data)
        except _Refused as error:
            faults += [Fault(reason, file=file, field=path or None) for path, reason in error.faults]
            continue
        for section, values in sections.items():
            if section == "retired":
                retired += _retired(values, file, faults)
                continue
            for place, value in enumerate(values):
                label = _label(value) or f"{section}[{place}]"
                homes.setdefault(label, []).append(file)
                try:
                    items[section].append(_converter().structure(value, SECTIONS[section]))
                except _Refused as error:
                    faults += [Fault(reason, file, label, path or None) for path, reason in error.faults]
                    refused.add(label)
    contents = Contents(**{section: tuple(values) for section, values in items.items()}, retired=tuple(retired))
    for fault in check(contents, beside=beside, refused=frozenset(refused)):
        where = ", ".join(dict.fromkeys(homes.get(fault.record or "", ())))
        faults.append(attrs.evolve(fault, file=where or None))
    if faults:
        raise DatasetError(faults)
    return contents


def _label(value: Json) -> str | None:
    """What messages call an item: its id, or for a gap, which has none, the body it is a gap of."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return str(value["id"])
    if isinstance(value, dict) and isinstance(value.get("reason"), str):
        return f"gap of {value.get('body')}"
    return None


def _parse(data: bytes) -> dict[str, Json]:
    """The sections of one file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused([("", f"not UTF-8 (byte {error.start} is {data[error.start]:#04x}): save it as UTF-8")]) from None
    try:
        value = json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        cut = "; the file seems to be cut off" if error.pos >= len(text.rstrip()) else ""
        raise _Refused([("", f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}{cut}")]) from None
    except RecursionError:
        raise _Refused([("", "not a dataset: nested too deeply")]) from None
    if not isinstance(value, dict):
        raise _Refused([("", f"expected an object with the sections {', '.join(SECTIONS)}, got {_kind(value)}")])
    faults = []
    for section, items in value.items():
        if section not in SECTIONS and section != "retired":
            faults.append((section, f"unknown section: the sections are {', '.join(SECTIONS)}, retired"))
        elif section == "retired" and not isinstance(items, dict):
            faults.append((section, f"expected an object of old ids and their successors, got {_kind(items)}"))
        elif section != "retired" and not isinstance(items, list):
            faults.append((section, f"expected a list, got {_kind(items)}"))
    if faults:
        raise _Refused(faults)
    return value


def _unique_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        where = f" in {value['id']}" if isinstance(value.get("id"), str) else ""
        raise _Refused([(twice, f"the key stands twice in one object{where}")])
    return value


def _no_constant(name: str) -> Json:
    raise _Refused([("", f"not JSON: {name} is no JSON value")])


def _retired(values: Mapping[str, Json], file: str, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    for old, new in values.items():
        if isinstance(new, str):
            yield old, new
        else:
            faults.append(Fault(f"expected the id of its successor, got {_kind(new)}", file, old, "retired"))


# Values to records: cattrs finds the way by type, the hooks below are strict and collect all faults.


@cache
def _converter() -> Converter:
    converter = Converter()
    for kind, expected in ((str, "text"), (int, "a whole number")):
        converter.register_structure_hook(kind, _strict(kind, expected))
    converter.register_structure_hook_func(_is_term, _structure_term)
    converter.register_structure_hook_func(_is_tuple, lambda value, kind: _structure_tuple(converter, value, kind))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _class_hook(converter, cls))
    converter.register_structure_hook(EDTF, _structure_edtf)
    party = converter.get_structure_hook(Party)
    converter.register_structure_hook(Party, lambda value, cls: Party(value) if isinstance(value, str) else party(value, cls))

    converter.register_unstructure_hook_func(_is_term, str)
    converter.register_unstructure_hook_func(_is_tuple, lambda values: [converter.unstructure(value) for value in values])
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _class_dump(converter, cls))
    converter.register_unstructure_hook(EDTF, str)
    whole = converter.get_unstructure_hook(Party)
    converter.register_unstructure_hook(Party, lambda party: party.id if party == Party(party.id) else whole(party))
    return converter


def _is_term(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Term)


def _is_tuple(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) is tuple or kind is tuple


def _kind(value: Json) -> str:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return repr(value)
    return {dict: "an object", list: "a list", type(None): "null"}.get(type(value), "true or false")


def _strict(kind: type, expected: str) -> Callable[[Json, Any], Any]:
    def structure(value: Json, _: Any) -> Any:
        if type(value) is not kind:
            raise _Refused([("", f"expected {expected}, got {_kind(value)}")])
        return value

    return structure


_text = _strict(str, "text")


def _structure_edtf(value: Json, _: Any) -> EDTF:
    return EDTF(_text(value, str))


def _structure_term(value: Json, kind: type[Term]) -> Term:
    try:
        return kind(_text(value, str))  # type: ignore[call-arg]  # by its text: an Enum is looked up, not made
    except ValueError:
        raise _Refused([("", f"{value!r} is not one of {', '.join(kind)}")]) from None


def _structure_tuple(converter: Converter, value: Json, kind: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _Refused([("", f"expected a list, got {_kind(value)}")])
    item = get_args(kind)[0]
    items: list[Any] = []
    faults: list[tuple[str, str]] = []
    for place, each in enumerate(value):
        try:
            items.append(converter.structure(each, item))
        except _Refused as error:
            faults += error.under(f"[{place}]")
        except InvalidField as error:
            faults.append((f"[{place}]", error.reason))
    if faults:
        raise _Refused(faults)
    return tuple(items)


def _class_hook(converter: Converter, cls: type[Any]) -> Callable[[Json, Any], Any]:
    attrs.resolve_types(cls)
    fields = {field.name: field for field in attrs.fields(cls) if field.init}

    def structure(raw: Json, _: Any) -> Any:
        if not isinstance(raw, dict):
            raise _Refused([("", f"expected an object, got {_kind(raw)}")])
        faults = [(name, f"unknown field: the fields of {cls.__name__} are {', '.join(fields)}") for name in raw if name not in fields]
        values = {}
        for name, field in fields.items():
            if name not in raw:
                if field.default is attrs.NOTHING:
                    faults.append((name, "missing"))
                continue
            try:
                value = converter.structure(raw[name], field.type)
                if field.validator is not None:
                    field.validator(None, field, value)
                values[name] = value
            except _Refused as error:
                faults += error.under(name)
            except InvalidField as error:
                faults.append((name, error.reason))
        if faults:
            raise _Refused(faults)
        try:
            return cls(**values)
        except InvalidField as error:
            raise _Refused([(error.field, error.reason)]) from None

    return structure


# Records to values, and to files.

_FIRST = ("id", "body", "date")
_LAST = ("topics", "summary", "quotation", "citations", "relations", "discrepancies")


def field_order(cls: type[Any]) -> list[str]:
    """The fields of a class in the order in which files hold them: who and when, what, why we say so."""
    names = [field.name for field in attrs.fields(cls) if field.init]
    middle = [name for name in names if name not in _FIRST and name not in _LAST]
    return [*(n for n in _FIRST if n in names), *middle, *(n for n in _LAST if n in names)]


def _class_dump(converter: Converter, cls: type[Any]) -> Callable[[Any], dict[str, Json]]:
    defaults = {field.name: field.default for field in attrs.fields(cls)}
    order = field_order(cls)

    def unstructure(item: Any) -> dict[str, Json]:
        values = ((name, getattr(item, name)) for name in order)
        return {name: converter.unstructure(value) for name, value in values if value != defaults[name]}

    return unstructure


def to_dict(item: Any) -> dict[str, Json]:
    """A record (or body, topic, source, gap) as its JSON object: fields that hold nothing are left out."""
    value: dict[str, Json] = _converter().unstructure(item)
    return value


def encode(contents: Contents) -> str:
    """The contents as one file, in the canonical layout: sections, fields and items in a fixed order.

    `decode` of it gives equal contents.
    """
    value: dict[str, Json] = {}
    for section in SECTIONS:
        items = getattr(contents, section)
        if items:
            value[section] = [to_dict(item) for item in items]
    if contents.retired:
        value["retired"] = dict(contents.retired)
    return layout(value)


def layout(value: Json) -> str:
    """JSON as the data files are laid out: two spaces a level, UTF-8, a newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
