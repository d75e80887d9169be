"""How fast asean_cyber is, as ratios to its peers in the same run.

``python benchmarks/run.py`` prints six tables: (a) importing, (b) a fresh process that answers one
query or shows one record, (c) queries against a pandas mask, a polars filter, sqlite3 and a list comprehension,
(d) every word, and the first and the next question for text, (e) loading and memory against msgspec and json,
(f) pickles. Needs ``pip install --group bench``. Every number is a median; what is compared is measured in
turns, so that a slow moment of the machine falls on all alike. With ``--against FOLDER``, into which another version
was installed (``pip install --target``), (a, b) and (e) measure that one too, in the same run.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

BODIES, TOPICS, YEARS = 50, 40, range(1981, 2027)


def synthetic(count: int) -> dict[str, Any]:
    """A valid dataset of `count` invented meetings, shaped like the real one; always the same."""
    draw = random.Random(count)
    page = {"id": "page", "title": "A page", "publisher": "A ministry", "kind": "official", "url": "https://example.org/page"}
    meetings = []
    for n in range(count):
        day = f"{draw.choice(YEARS)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        meetings.append({
            "id": f"meeting-{n}", "body": f"body-{draw.randrange(BODIES)}", "date": day, "name": f"Meeting {n}", "place": {"city": "Hanoi", "country": "VN"},
            "topics": sorted({f"topic-{draw.randrange(TOPICS)}" for _ in range(2)}), "summary": f"Ministers met on subject {n} and agreed to meet again.",
            "citations": [{"source": "page", "locator": f"para {n % 9 + 1}"}],
        })  # fmt: skip
    return {
        "topics": [{"id": f"topic-{n}", "label": f"Topic {n}", "definition": "Invented."} for n in range(TOPICS)],
        "bodies": [{"id": f"body-{n}", "name": f"Body {n}", "kind": "ministerial", "description": "Invented."} for n in range(BODIES)],
        "sources": [page],
        "meetings": meetings,
    }


def turns(runs: Mapping[str, Callable[[], object]], rounds: int, least: float = 0) -> dict[str, float]:
    """The median seconds of one call of each, in turns; a turn calls it as often as fills `least` seconds."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    often = {}
    for name, run in runs.items():
        run()
        start = time.perf_counter()
        run()
        often[name] = 1 + int(least / (time.perf_counter() - start))
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            start = time.perf_counter()
            for _ in range(often[name]):
                run()
            times[name].append((time.perf_counter() - start) / often[name])
    return {name: statistics.median(values) for name, values in times.items()}


def table(title: str, head: list[str], rows: list[list[str]]) -> None:
    """A table in Markdown."""
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    print(f"\n{title}\n")
    for row in [head, ["-" * width for width in widths], *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")


def fresh(code: str, path: str | None = None) -> Callable[[], object]:
    """A fresh interpreter that runs the code and exits; with `path`, one that looks there for modules first."""
    environment = {**os.environ, "PYTHONPATH": path} if path else None
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, env=environment, stdout=subprocess.DEVNULL)


ONE_QUERY = "import asean_cyber as ac; ac.meetings(year=2011, body='AMMTC')[0]"
SHOW = "from asean_cyber.cli import main; main(['show', 'ammtc-8'])"


def processes(rounds: int, against: str | None) -> None:
    """(a) and (b)."""
    older = {f"the other: {name}": fresh(code, against) for name, code in (("one query", ONE_QUERY), ("show ID", SHOW))} if against else {}
    times = turns(
        {
            "python -c pass": fresh("pass"),
            "import attrs": fresh("import attrs"),
            "import asean_cyber": fresh("import asean_cyber"),
            "import cattrs": fresh("import cattrs"),
            "import pandas": fresh("import pandas"),
            "import asean_cyber, one query": fresh(ONE_QUERY),
            "import asean_cyber, every record": fresh("import asean_cyber as ac; ac.records(topic='cybercrime')[0]"),
            "asean-cyber show ID": fresh(SHOW),
            **older,
        },
        rounds,
    )
    attrs, cattrs, pandas = times["import attrs"], times["import cattrs"], times["import pandas"]
    rows = [[name, f"{seconds * 1e3:.1f}", f"{seconds / attrs:.2f}", f"{seconds / cattrs:.2f}", f"{seconds / pandas:.2f}"] for name, seconds in times.items()]
    table("(a, b) a fresh process, from start to exit", ["process", "ms", "× import attrs", "× import cattrs", "× import pandas"], rows)


QUERIES: dict[str, dict[str, Any]] = {
    "year": {"year": 2011},
    "body": {"body": "body-7"},
    "topic": {"topic": "topic-7"},
    "all three": {"year": 2011, "body": "body-7", "topic": "topic-7"},
}


def queries(sizes: list[int], rounds: int) -> None:
    """(c)."""
    import pandas as pd
    import polars as pl

    from asean_cyber import Dataset

    rows = []
    for size in sizes:
        raw = synthetic(size)
        data = Dataset.load(written(raw))
        records = list(data.meetings())
        columns = {
            "id": [m.id for m in records],
            "year": [m.year for m in records],
            "body": [m.body for m in records],
            "topics": [list(m.topics) for m in records],
            "summary": [m.summary for m in records],
        }
        frame, lazy = pd.DataFrame(columns), pl.DataFrame(columns)
        # What a careful pandas user does who asks by topic more than once: a column of truth values for each topic.
        has = {topic: pd.Series([topic in topics for topics in columns["topics"]]) for topic in ("topic-7",)}
        base = sqlite(records)
        maps = dicts(records)
        for name, filters in QUERIES.items():
            year, body, topic = filters.get("year"), filters.get("body"), filters.get("topic")

            def by_dict(year: Any = year, body: Any = body, topic: Any = topic, maps: Any = maps, records: Any = records) -> object:
                found = [maps[key] for key in (("year", year), ("body", body), ("topic", topic)) if key[1] is not None]
                return [records[at] for at in (sorted(set.intersection(*map(set, found))) if len(found) > 1 else found[0])]

            def by_pandas(year: Any = year, body: Any = body, topic: Any = topic, frame: Any = frame, has: Any = has) -> object:
                mask = True
                if year is not None:
                    mask = mask & (frame["year"] == year)
                if body is not None:
                    mask = mask & (frame["body"] == body)
                if topic is not None:
                    mask = mask & has[topic]
                return frame[mask]

            def by_polars(year: Any = year, body: Any = body, topic: Any = topic, lazy: Any = lazy) -> object:
                tests = [pl.col("year") == year] if year is not None else []
                tests += [pl.col("body") == body] if body is not None else []
                tests += [pl.col("topics").list.contains(topic)] if topic is not None else []
                return lazy.filter(*tests)

            def by_sqlite(year: Any = year, body: Any = body, topic: Any = topic, base: Any = base) -> object:
                where, values = [], []
                for column, value in (("year", year), ("body", body)):
                    if value is not None:
                        where.append(f"{column} = ?")
                        values.append(value)
                if topic is not None:
                    where.append("rowid IN (SELECT meeting FROM topics WHERE topic = ?)")
                    values.append(topic)
                return base.execute(f"SELECT * FROM meetings WHERE {' AND '.join(where)}", values).fetchall()

            def by_list(year: Any = year, body: Any = body, topic: Any = topic, records: Any = records) -> object:
                return [m for m in records if (year is None or m.year == year) and (body is None or m.body == body) and (topic is None or topic in m.topics)]

            ask = data.meetings
            answer = ask(**filters)
            assert len(answer) == len(by_pandas()) == by_polars().height == len(by_sqlite()) == len(by_list()) == len(by_dict())  # type: ignore[arg-type, attr-defined]
            times = turns(
                {
                    "ask": lambda filters=filters, ask=ask: ask(**filters),
                    "ask and build": lambda filters=filters, ask=ask: list(ask(**filters)),
                    "dict": by_dict, "pandas": by_pandas, "polars": by_polars, "sqlite": by_sqlite, "list": by_list,
                },
                rounds,
                least=0.005,
            )  # fmt: skip
            us = {key: seconds * 1e6 for key, seconds in times.items()}
            rows.append([
                f"{size:,}", name, f"{len(answer):,}", f"{us['ask']:.1f}", f"{us['ask and build']:.1f}", f"{us['ask and build'] / us['dict']:.1f}",
                *(f"{us[peer] / us['ask']:,.0f} ({us[peer] / us['ask and build']:,.0f})" for peer in ("pandas", "polars", "sqlite", "list")),
            ])  # fmt: skip
    table(
        "(c) queries: µs for the answer, and with every record of it built into a list; then how many times longer the peers take than the answer (than the list)",
        ["records", "by", "found", "answer", "list", "list ÷ dict", "pandas mask", "polars filter", "sqlite3", "list comp."],
        rows,
    )


def dicts(records: list[Any]) -> dict[tuple[str, Any], list[int]]:
    maps: dict[tuple[str, Any], list[int]] = {}
    for at, m in enumerate(records):
        for key in (("year", m.year), ("body", m.body), *(("topic", topic) for topic in m.topics)):
            maps.setdefault(key, []).append(at)
    return maps


def sqlite(records: list[Any]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE meetings (id, year, body, summary)")
    base.execute("CREATE TABLE topics (meeting, topic)")
    base.executemany("INSERT INTO meetings VALUES (?, ?, ?, ?)", [(m.id, m.year, m.body, m.summary) for m in records])
    base.executemany("INSERT INTO topics VALUES (?, ?)", [(at, topic) for at, m in enumerate(records, 1) for topic in m.topics])
    for index in ("meetings (year)", "meetings (body)", "topics (topic)"):
        base.execute(f"CREATE INDEX {index.replace(' ', '_').replace('(', '').replace(')', '')} ON {index}")
    return base


def written(raw: dict[str, Any]) -> str:
    import tempfile

    handle, path = tempfile.mkstemp(suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(raw, file)
    return path


WORDS: dict[str, Any] = {
    "type": "meeting", "body": "body-7", "body_kind": "ministerial", "topic": "topic-7", "year": 2011, "since": "2011-05", "until": "2011-05", "country": "VN", "partner": "JP",
    "source": "page", "id": "meeting-7", "text": "subject 77", "disputed": False, "reviewed": False, "silent": False,
    "kind": "resolution", "speaker": "SG", "act": "urges", "band": ">=promise", "addressee": "states", "party": "CN", "meeting": "meeting-7", "instrument": "pact-1",
}  # fmt: skip
"""A value for each word."""


def words(size: int, rounds: int) -> None:
    """(d)."""
    from asean_cyber import Dataset

    raw = synthetic(size)
    raw["instruments"] = [
        {"id": "pact-1", "body": "body-1", "date": "2010", "title": "P", "kind": "mou", "parties": ["CN"], "topics": ["topic-1"], "summary": "S.",
         "citations": [{"source": "page"}]}
    ]  # fmt: skip
    raw["statements"] = [
        {"id": f"{stem}/{n}", "body": "body-1", "date": "2010", "kind": "resolution", stem_field: stem, "topics": ["topic-1"], "summary": "S.", "speaker": "SG",
         "acts": [{"kind": "urges", "phrase": "urges", "addressees": ["states"]}, {"kind": "commits", "phrase": "will"}], "citations": [{"source": "page"}]}
        for n in range(1, size // 100) for stem, stem_field in (("meeting-7", "meeting"), ("pact-1", "instrument"))
    ]  # fmt: skip
    data = Dataset.load(written(raw))
    rows = []
    for word, value in WORDS.items():
        start = time.perf_counter()
        found = data.records(**{word: value})
        first = time.perf_counter() - start
        again = turns({word: lambda word=word, value=value: data.records(**{word: value})}, rounds, least=0.002)[word]
        rows.append([word, f"{len(found):,}", f"{first * 1e3:,.1f}", f"{again * 1e6:,.1f}"])
    table(f"(d) every word, asked of {size:,} meetings and {len(raw['statements']):,} statements", ["word", "found", "first, ms", "next, µs"], rows)


OLD_LOAD = """
import json, sys, time
from asean_cyber import Dataset
path = sys.argv[1]
data = open(path, "rb").read()
def best(run):
    times = []
    for _ in range(5):
        start = time.perf_counter(); run(); times.append(time.perf_counter() - start)
    return min(times)
print(best(lambda: Dataset.load(path)) / best(lambda: json.loads(data)))
"""


def loading(sizes: list[int], rounds: int, against: str | None) -> None:
    """(e)."""
    import msgspec

    from asean_cyber import Dataset
    from asean_cyber._files.shipped import shipped
    from asean_cyber._files.writing import encode

    text, maybe = str, str | None
    place = msgspec.defstruct("Place", [("country", text), ("city", maybe, None)])
    citation = msgspec.defstruct("Citation", [("source", text), ("locator", maybe, None)])
    fields = [(name, text) for name in ("id", "body", "date", "name", "summary")]
    meeting = msgspec.defstruct("Meeting", [*fields, ("place", place), ("topics", tuple[str, ...]), ("citations", tuple[citation, ...])])
    decoder = msgspec.json.Decoder(msgspec.defstruct("File", [("meetings", list[meeting])]))
    rows = []
    for size in sizes:
        path = written(synthetic(size))
        data = Path(path).read_bytes()
        canonical = encode(Dataset.load(path).contents).encode()
        runs: dict[str, Callable[[], object]] = {
            "checked (Dataset.load)": lambda path=path: Dataset.load(path),
            "trusted (packaged)": lambda canonical=canonical: shipped(lambda: [("own.json", canonical)]).records,
            "msgspec, typed": lambda data=data: decoder.decode(data),
            "json.loads": lambda data=data: json.loads(data),
        }
        times = turns(runs, max(3, rounds // (1 + size // 10_000)))
        for name, run in runs.items():
            gc.collect()
            tracemalloc.start()
            kept = run()
            held, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            del kept
            rows.append(
                [f"{size:,}", name, f"{times[name] * 1e3:.1f}", f"{times[name] / times['json.loads']:.1f}", f"{peak / size:,.0f}", f"{held / size:,.0f}"]
            )
        if against:
            done = subprocess.run([sys.executable, "-c", OLD_LOAD, path], env={**os.environ, "PYTHONPATH": against}, capture_output=True, text=True, check=True)
            rows.append([f"{size:,}", "the other: Dataset.load", "", f"{float(done.stdout):.1f}", "", ""])
    table("(e) loading", ["records", "by", "ms", "× json.loads", "peak bytes a record", "kept bytes a record"], rows)


def pickles() -> None:
    """(f)."""
    import pickle

    import asean_cyber as ac

    own = ac.Dataset.load(written(synthetic(10_000)))
    rows = [
        [name, f"{len(pickle.dumps(value)):,}"]
        for name, value in (
            ("the packaged dataset", ac.dataset()),
            ("an answer of two of its records", ac.meetings(body="AMMTC")[:2]),
            ("a dataset of your own with 10,000 records", own),
            ("an answer of two of its records ", own.meetings()[:2]),
        )
    ]
    table("(f) pickles", ["what", "bytes"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 10_000, 100_000], help="how many synthetic records")
    parser.add_argument("--rounds", type=int, default=21, help="how often each is measured")
    parser.add_argument("--against", metavar="FOLDER", help="where another version is installed, to be measured in the same run")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]} on {sys.platform}")
    processes(options.rounds, options.against)
    queries(options.sizes, options.rounds)
    words(max(options.sizes), options.rounds)
    loading(options.sizes, options.rounds, options.against)
    pickles()


if __name__ == "__main__":
    main()
