"""Files to contents: what lies in a file or folder, as items, with every fault named at once.

A dataset is one JSON file or a folder of them. Each file is an object whose keys are the sections of
`asean_cyber._model.contents`, and ``retired``; each section is a list of objects whose keys are the
fields of its class. A field whose value is not known is left out.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .. import _hooks
from .._lookup.catalogue import Catalogue, participant_names
from .._lookup.names import nearest
from .._model.contents import SECTIONS, Contents
from .._model.fields import shown
from ..errors import DatasetError, Fault, UnknownName, did_you_mean
from .collecting import NoCollecting
from .references import HINTS, Dangling, check
from .structuring import Json, Refusal, described, label, shown_key, structured

ENDING = ".json"


class _Unreadable(Exception):
    def __init__(self, *faults: tuple[str, str]) -> None:
        self.faults = faults


class LeftOut(UserWarning):
    """Files of a folder that were not read as data."""


def read_files(path: Path) -> list[tuple[str, bytes]]:
    """The JSON files at a path (a file, or a folder searched in depth), by name, as bytes.

    In a folder, whatever begins with a dot is left out, and so, with a warning, are files that do not end in
    ``.json`` (in any case). Links are followed, and each folder is gone into once.

    Raises `FileNotFoundError` when there is nothing there, or a folder holds no such file.
    """
    if not path.is_dir():
        return [(path.name, path.read_bytes())]
    files, others = _walked(path)
    if others:
        names = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        warnings.warn(f"left out of the dataset in {path}, for they do not end in {ENDING}: {names}", LeftOut, stacklevel=3)
    if not files:
        raise FileNotFoundError(f"no {ENDING} file in the folder {path}")
    return [(name, file.read_bytes()) for name, file in sorted(files.items())]


def _walked(top: Path) -> tuple[dict[str, Path], list[str]]:
    """The data files below a folder by name, and the names of what else lies there."""
    files: dict[str, Path] = {}
    others: list[str] = []
    been: set[str] = set()
    for folder, folders, names in os.walk(top, followlinks=True):
        real = os.path.realpath(folder)
        if real in been:
            folders.clear()
            continue
        been.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if name.startswith(".") or not file.is_file():
                continue
            told = file.relative_to(top).as_posix()
            if name.lower().endswith(ENDING):
                files[told] = file
            else:
                others.append(told)
    return files, others


def decode(files: Iterable[tuple[str, bytes]], beside: Contents | None = None) -> Contents:
    """The contents of the named files, all of them valid.

    `beside` are contents that the files may refer to; they are not part of the answer.

    Raises `DatasetError`, with every fault in any of the files.
    """
    with NoCollecting():
        return _decoded(files, beside)


def _decoded(files: Iterable[tuple[str, bytes]], beside: Contents | None) -> Contents:
    faults: list[Fault] = []
    refusals: list[tuple[str, str, Refusal]] = []
    items: dict[str, list[object]] = {section: [] for section in SECTIONS}
    retired: list[tuple[str, str]] = []
    homes: dict[str, list[str]] = {}  # id -> the files that it stands in
    refused: set[str] = set()  # ids of items that exist, but with faults: others may refer to them
    for file, data in files:
        try:
            sections = _parsed(data)
        except _Unreadable as error:
            faults += [Fault(reason, file=file, field=path or None) for path, reason in error.faults]
            continue
        for section, values in sections.items():
            if section == "retired":
                retired += _retired(values, file, faults)
                continue
            cls = SECTIONS[section]
            held = items[section]
            for place, value in enumerate(values):
                name = label(value) or f"{section}[{place}]"
                homes.setdefault(name, []).append(file)
                found = structured(value, cls)
                if isinstance(found, list):
                    refusals += [(file, name, each) for each in found]
                    refused.add(name)
                else:
                    held.append(found)
    contents = Contents(**{section: tuple(values) for section, values in items.items()}, retired=tuple(retired))  # type: ignore[arg-type]
    faults += _told(refusals, contents if beside is None else beside | contents)
    dangling = Dangling()
    for fault in check(contents, beside=beside, refused=frozenset(refused), dangling=dangling):
        where = ", ".join(dict.fromkeys(homes.get(fault.record or "", ())))
        faults.append(fault._replace(file=where or None))
    if faults:
        raise DatasetError(faults, _advice(dangling) if beside is None else "")
    return contents


def _told(refusals: list[tuple[str, str, Refusal]], known: Contents) -> Iterator[Fault]:
    """What was refused, as faults; with the first few, what may have been meant."""
    catalogue = Catalogue(known)
    for number, (file, name, each) in enumerate(refusals):
        hint = _meant(each, catalogue) if number < HINTS else ""
        yield Fault(each.reason + hint, file, name, each.path or None)


def _meant(refusal: Refusal, catalogue: Catalogue) -> str:
    """The code of a name that is written where a code belongs."""
    value = refusal.value
    last = refusal.path.rpartition(".")[2].partition("[")[0]
    names = (
        participant_names()
        if refusal.form in ("Participant", "Country")
        else catalogue.body_names
        if last in ("body", "parent", "predecessor")
        else catalogue.topic_names
        if last in ("topics", "broader")
        else None
    )
    if names is None:
        return ""
    codes = []
    for each in value if isinstance(value, list) else [value]:
        try:
            code = names.find(each)
        except UnknownName as error:
            code = error.nearest[0] if error.nearest else ""
        if code and code != each:
            codes.append(code)
    return did_you_mean(codes[:3])


def _advice(dangling: Dangling) -> str:
    """Where most of what is missing stands in the packaged dataset, say how to refer to it."""
    if not dangling.names:
        return ""
    try:
        shipped = Catalogue(_hooks.packaged())
        known = {*shipped.records, *shipped.bodies, *shipped.topics, *shipped.sources, *shipped.retired}
    except DatasetError:  # the packaged files are themselves at fault, and it is they that are being read
        return ""
    if 2 * len(dangling.names & known) < len(dangling.names):
        return ""
    return "most of what is missing stands in the packaged dataset: load with extending=asean_cyber.dataset(), or validate with --extending"


# One file.


def parsed(file: str, data: bytes) -> Mapping[str, Json]:
    """The sections of one file, as JSON values. Raises `DatasetError` where it has none."""
    try:
        return _parsed(data)
    except _Unreadable as error:
        raise DatasetError(Fault(reason, file=file, field=path or None) for path, reason in error.faults) from None


def _parsed(data: bytes) -> Mapping[str, Json]:
    """The sections of one file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(("", f"not UTF-8 (byte {error.start} is {data[error.start]:#04x}): save it as UTF-8")) from None
    try:
        value = json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_constant, parse_int=_number)
    except json.JSONDecodeError as error:
        cut = "; the file seems to be cut off" if error.pos >= len(text.rstrip()) else ""
        raise _Unreadable(("", f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}{cut}")) from None
    except RecursionError:
        raise _Unreadable(("", "not a dataset: nested too deeply")) from None
    if not isinstance(value, dict):
        raise _Unreadable(("", f"expected an object with the sections {', '.join(SECTIONS)}, got {described(value)}"))
    value.pop("$schema", None)  # where an editor finds the schema
    faults = []
    for section, items in value.items():
        if section not in SECTIONS and section != "retired":
            hint = did_you_mean(nearest(section, [*SECTIONS, "retired"], 1))
            faults.append((shown_key(section), f"unknown section: the sections are {', '.join(SECTIONS)}, retired{hint}"))
        elif section == "retired" and not isinstance(items, dict):
            faults.append((section, f"expected an object of old ids and their successors, got {described(items)}"))
        elif section != "retired" and not isinstance(items, list):
            faults.append((section, f"expected a list, got {described(items)}"))
    if faults:
        raise _Unreadable(*faults)
    return value


def _unique_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names: set[str] = set()
        twice = next(name for name, _ in pairs if name in names or names.add(name))  # type: ignore[func-returns-value]
        where = f" in {value['id']}" if isinstance(value.get("id"), str) else ""
        raise _Unreadable((shown_key(twice), f"the key stands twice in one object{where}"))
    return value


def _no_constant(name: str) -> Json:
    raise _Unreadable(("", f"not JSON: {name} is no JSON value"))


def _number(digits: str) -> Json:
    # Python refuses to read a number of thousands of digits; none of our fields takes one a fraction as long.
    return int(digits) if len(digits) <= 30 else float("inf")


def _retired(values: Mapping[str, Json], file: str, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    for old, new in values.items():
        if isinstance(new, str):
            yield old, new
        else:
            faults.append(Fault(f"expected the id of its successor, got {shown(new)}", file, shown_key(old), "retired"))
