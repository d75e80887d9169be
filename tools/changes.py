"""What changed in the data since a release: ``python tools/changes.py swh:1:dir:… [--full FILE]``.

The release is named by the SWHID in its line of the ledger, under which git knows the folder too. Printed is the part for the changelog: counts,
and what may break somebody's work by its id. ``--full`` writes all of it, field by field, as `asean-cyber diff` finds it.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import asean_cyber as ac
from asean_cyber._quality.older import read

ROOT = Path(__file__).resolve().parents[1]
DATA = "src/asean_cyber/data"
RECORDS = (ac.Meeting, ac.Statement, ac.Instrument)
MANY = 60
"""Of more than so many the changelog tells the number, and the notes of the release the rest."""


def before(swhid: str) -> ac.Dataset:
    """The data of a release."""
    with tempfile.TemporaryDirectory() as name:
        archive = subprocess.run(["git", "archive", swhid.removeprefix("swh:1:dir:")], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(name, filter="data")
        return ac.Dataset(read(name))


def counted(number: int, what: str) -> str:
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{number:,} {what if number == 1 else plural}"


def told(items: Iterable[Any]) -> str:
    """How many there are of each type."""
    counts = Counter(kind(item) for item in items)
    return ", ".join(counted(counts[each], each) for each in ("meeting", "statement", "instrument", "body", "topic", "source", "gap") if counts[each])


def kind(item: Any) -> str:
    return str(getattr(item, "type", None) or type(item).__name__.lower())


def part(old: ac.Dataset, new: ac.Dataset, found: ac.Difference) -> Iterator[str]:
    yield "### Data"
    yield ""
    numbers = [counted(len(getattr(new, each)()), each[:-1]) for each in ("meetings", "statements", "instruments")]
    yield f"From {len(old.records()):,} to {len(new.records()):,} records: {', '.join(numbers)}, of {counted(len(new.bodies()), 'body').replace('bodys', 'bodies')},"
    yield f"resting on {len(new.sources()):,} sources. `asean-cyber diff` tells all of it, field by field."
    yield ""
    fields = Counter(change.field for each in found.changed for change in each.fields if isinstance(each.new, RECORDS))
    lines = {
        "Added": told(found.added),
        "Changed": f"{told(each.new for each in found.changed)}; of records most often {', '.join(f'`{name}` ({times:,})' for name, times in fields.most_common(6))}"
        if found.changed
        else "",
        "Removed": told(found.removed),
        "Retired": counted(len(found.retired), "id") if found.retired else "",
    }
    yield from (f"- {name}: {text}." for name, text in lines.items() if text)
    yield ""
    dates = [
        (each.new.id, change.old, change.new) for each in found.changed if isinstance(each.new, RECORDS) for change in each.fields if change.field == "date"
    ]
    yield from listed("Dates corrected", [f"`{id}`: {old} is now {new}" for id, old, new in dates])
    yield from listed("Retired", [f"`{id}` is now `{successor}`" for id, successor in found.retired])
    yield from listed("Removed", [f"`{item.id}`" for item in found.removed if isinstance(item, RECORDS)])


def listed(heading: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield f"#### {heading}"
        yield ""
        yield from (f"- {each}" for each in entries[:MANY])
        if len(entries) > MANY:
            yield f"- and {len(entries) - MANY:,} more"
        yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description="What changed in the data since a release.")
    parser.add_argument("swhid", help="of the release's folder of data, or any name that git has for it")
    parser.add_argument("--full", type=Path, help="write all of it, field by field, into this file")
    asked = parser.parse_args()
    old, new = before(asked.swhid), ac.Dataset.load(ROOT / DATA)
    found = ac.diff(old, new)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print("\n".join(part(old, new, found)).strip())
    if asked.full:
        asked.full.parent.mkdir(parents=True, exist_ok=True)
        asked.full.write_text(found.to_markdown(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
