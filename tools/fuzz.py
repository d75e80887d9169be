"""Looks for a file that breaks `Dataset.load`, or that it takes though it cannot give it back.

    python -m pip install . atheris
    python tools/fuzz.py -max_total_time=600

The files to begin with are cut from the packaged data: a few records of each type, with all that they refer to. A
file is changed in two ways: as JSON (a value is replaced, moved, doubled or taken away), and as bytes. What follows
is what must hold of any file:

- it loads, or it raises `DatasetError` or `OSError`, and the message of the error can be shown;
- what loads can be written, loads again as the same, and has a fingerprint, an HTML card and a page of each record.

The options are those of libFuzzer. A file that breaks something is written to the working directory.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import warnings
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import atheris
import attrs

with atheris.instrument_imports(include=["asean_cyber"]):
    import asean_cyber as ac

    for _module in walk_packages(ac.__path__, "asean_cyber."):
        if not _module.name.endswith(("__main__", "cli")):
            import_module(_module.name)

SPOILT: tuple[Any, ...] = (
    None, True, 0, -1, 1, 10**25, 1.5, float("inf"), "", " ", "x", "\ud800", "\x00", "\u202e", "2011", "2011-10", "2011-13-40", "2011/2010", "../2011",
    "20XX", "ammtc-8", "AMMTC", "Japan", "JP", "ASEAN", "mycert:own", "https://example.org/", "http://" + "a." * 300, [], {}, [[]], ["x", "x"], {"id": "x"},
)  # fmt: skip
"""Values that are put where others stood."""

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
"""Where each file stands while it is read."""


def seeds() -> list[bytes]:
    """Small whole datasets, cut from the packaged one."""
    data = ac.dataset()
    return [cut(data, start) for start in (*data.meetings()[::60], *data.statements()[::90], *data.instruments()[::20])]


def cut(data: ac.Dataset, start: Any) -> bytes:
    """The file of one record and what it is a part of, with all that these refer to; links to other records are left out."""
    records: dict[str, Any] = {}
    within: list[Any] = [start]
    while within:
        record = within.pop()
        records[record.id] = record
        within += [data.get(id) for field in ("meeting", "instrument") if (id := getattr(record, field, None)) is not None]
    for id, record in records.items():
        records[id] = attrs.evolve(record, relations=[link for link in record.relations if link.target in records])
        if isinstance(record, ac.Statement):
            records[id] = attrs.evolve(records[id], acts=[attrs.evolve(act, record=None) for act in record.acts])
    others: list[Any] = [*data.bodies(), *data.topics(), *data.sources()]
    known = {item.id: item for item in others}
    named: dict[str, Any] = {}
    asked: list[Any] = list(records.values())
    while asked:
        texts = re.findall(r'"([^"]+)"', json.dumps(asked.pop().to_dict()))
        fresh = {text: known[text] for text in texts if text in known and text not in named}
        named |= fresh
        asked += fresh.values()
    bodies: Any
    topics: Any
    sources: Any
    bodies, topics, sources = ([item for item in named.values() if isinstance(item, kind)] for kind in (ac.Body, ac.Topic, ac.Source))
    return ac.Dataset.from_records(records.values(), bodies=bodies, topics=topics, sources=sources).to_json().encode()


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value at which another value could stand: what holds it, and under what key."""
    held: list[Any] = [value]
    found: list[tuple[Any, Any]] = []
    while held:
        each = held.pop()
        keys: Any = list(each) if isinstance(each, dict) else range(len(each)) if isinstance(each, list) else ()
        for key in keys:
            found.append((each, key))
            held.append(each[key])
    return found


def spoilt(value: Any, dice: random.Random) -> Any:
    """A JSON value with one to three changes."""
    for _ in range(dice.randint(1, 3)):
        at = places(value)
        if not at:
            return dice.choice(SPOILT)
        holder, key = dice.choice(at)
        other, there = dice.choice(at)
        try:
            match dice.randrange(6):
                case 0:
                    holder[key] = dice.choice(SPOILT)
                case 1:
                    holder[key] = json.loads(json.dumps(other[there]))
                case 2:
                    del holder[key]
                case 3 if isinstance(holder, list):
                    holder.append(json.loads(json.dumps(holder[key])))
                case 4 if isinstance(holder, dict):
                    holder[dice.choice((str(there), f"{key}x", "", "type"))] = holder[key]
                case _ if isinstance(holder[key], str):
                    text = holder[key]
                    cut = dice.randrange(len(text) + 1)
                    holder[key] = text[:cut] + str(dice.choice(SPOILT)) + text[cut:]
                case _:
                    holder[key] = [holder[key]]
        except (KeyError, IndexError):  # an earlier change took the place away
            continue
    return value


def changed(data: bytes, most: int, seed: int) -> bytes:
    """Another file, made of one: for two of three as JSON, else as bytes."""
    dice = random.Random(seed)
    if dice.randrange(3):
        try:
            value = json.loads(data)
        except ValueError:
            value = None
        if value is not None:
            made = json.dumps(spoilt(value, dice)).encode()
            if len(made) <= most:
                return made
    mutated: bytes = atheris.Mutate(data, most)
    return mutated


def holds(data: bytes) -> None:
    """Everything that must hold of a file."""
    path = FOLDER / "own.json"
    path.write_bytes(data)
    try:
        loaded = ac.Dataset.load(path)
    except ac.DatasetError as error:
        str(error).encode()
        return
    again = FOLDER / "again.json"
    again.write_text(loaded.to_json(), encoding="utf-8")
    assert ac.Dataset.load(again) == loaded
    assert len(loaded.fingerprint) == 64
    for record in loaded:
        assert ac.from_dict(json.loads(json.dumps(record.to_dict()))) == record
        assert loaded.card(record)
        assert loaded.page(record)
    loaded.check()


def main() -> None:
    warnings.simplefilter("error")
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds()):
        (corpus / str(number)).write_bytes(seed)
    print(f"{len(list(corpus.iterdir()))} files to begin with, in {corpus}", flush=True)
    options = [f"-artifact_prefix={Path.cwd()}/", "-max_len=60000", "-timeout=20", *sys.argv[1:], str(corpus)]
    atheris.Setup([sys.argv[0], *options], holds, custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
