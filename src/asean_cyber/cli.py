"""The command line: ``asean-cyber``, also as ``python -m asean_cyber``.

Exit codes: 0 it is as asked; 1 faults, differences or changed files were found; 2 the question was
wrong; 141 whoever read the output stopped reading.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from . import __version__
from .datasets import Dataset
from .errors import DatasetError
from .packaged import dataset
from .query import Records

Lines = Iterator[str]
"""What a command prints, line by line."""
Verdict = Generator[str, None, int]
"""The same, with an exit code at the end."""

# The filter words as options: what each takes, for the help page.
_FILTERS = {
    "year": ("YEAR", "happened in this year"),
    "body": ("BODY", "of this body: id, acronym, name or alias"),
    "topic": ("TOPIC", "on this topic, or one narrower"),
    "country": ("COUNTRY", "took place there: ISO 3166-1 alpha-2 code or name"),
    "partner": ("WHO", "with this country or organisation beside the members"),
    "party": ("WHO", "to which this country or organisation is a party"),
    "kind": ("KIND", "of this kind, e.g. ministerial, communique, mou"),
    "meeting": ("ID", "made at this meeting"),
    "instrument": ("ID", "part of this instrument"),
}
_SINGLE = {
    "since": ("DATE", "on or after this year, month or day"),
    "until": ("DATE", "on or before this year, month or day"),
    "text": ("WORDS", "that say all these words"),
}
_FLAGS = {
    "lineage": "include the predecessors and successors of the body",
    "disputed": "about which sources disagree",
    "certain": "leave out dates too imprecise to tell",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Errors go to standard error, one line each."""
    # Whoever started it may have closed them, as ``>&-`` does: then what is written goes nowhere.
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = _parser()
    arguments = vars(parser.parse_args(argv))
    if arguments["run"] is _validate and arguments["extending"] and arguments["path"] is None:
        parser.error("validate: --extending needs a PATH")
    run: Callable[..., Any] = arguments.pop("run")
    lines = iter(run(**arguments))
    try:
        while True:
            print(next(lines))
    except StopIteration as end:
        code = int(end.value or 0)
    except BrokenPipeError:
        code = 141
    except DatasetError as error:
        print(error, file=sys.stderr)
        return 1
    except (LookupError, ValueError, TypeError, OSError, ImportError) as error:
        print(f"asean-cyber: {_one_line(error)}", file=sys.stderr)
        return 2
    return _flushed(code)


def _flushed(code: int) -> int:
    """What is still to be written, written, unless nobody reads it any more."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = 141
    if code == 141:
        # Python flushes standard output once more at exit; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="asean-cyber", description="What ASEAN and its forums said and did about cybercrime and cybersecurity.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"asean-cyber {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[..., Lines], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".", allow_abbrev=False)
        sub.set_defaults(run=run)
        return sub

    for section in ("meetings", "statements", "instruments", "records"):
        what = "meetings, statements and instruments" if section == "records" else section
        sub = command(section, _list(section), f"list {what}, all or those that pass the filters")
        for word, (value, help) in _FILTERS.items():
            sub.add_argument(f"--{word}", metavar=value, action="append", type=int if word == "year" else str, help=f"{help}; may be repeated: any will do")
        for word, (value, help) in _SINGLE.items():
            sub.add_argument(f"--{word}", metavar=value, help=help)
        for word, help in _FLAGS.items():
            sub.add_argument(f"--{word}", action="store_true", default=None, help=help)
        sub.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to write them (default: table)")

    command("show", _show, "show all about one record").add_argument("id", metavar="ID")
    command("bodies", _bodies, "list the bodies")
    command("topics", _topics, "list the topics, narrower ones under the broader")
    command("info", _info, "show version, counts, span and fingerprint of the dataset")
    command("coverage", _coverage, "show how complete and how well supported the dataset is")
    sub = command("validate", _validate, "check a dataset and name every fault in it")
    sub.add_argument("path", metavar="PATH", nargs="?", help="a JSON file or a folder of them (default: the packaged dataset)")
    sub.add_argument("--extending", action="store_true", help="let the files refer to the packaged dataset")
    command("verify", _verify, "check that the installed files are those that this version shipped")
    sub = command("cite", _cite, "cite a record, or the dataset")
    sub.add_argument("id", metavar="ID", nargs="?", help="the record (default: the dataset)")
    sub.add_argument("--style", default="bibtex", help="bibtex, csl-json, ris, cff, apa or chicago (default: bibtex)")
    sub = command("export", _export, "write the dataset into a folder for other tools")
    sub.add_argument("folder", metavar="DIR")
    sub.add_argument("--format", default="datapackage", help="datapackage, csv, jsonl, parquet, jsonld, skos or croissant (default: datapackage)")
    sub = command("diff", _diff, "show what changed between two datasets, field by field")
    sub.add_argument("old", metavar="OLD", help="a JSON file or a folder of them")
    sub.add_argument("new", metavar="NEW", nargs="?", help="the same (default: the packaged dataset)")
    sub.add_argument("--extending", action="store_true", help="let the files refer to the packaged dataset, which is then no difference")
    sub.add_argument("--markdown", action="store_true", help="write it for a changelog")
    return parser


def _room() -> int | None:
    """The terminal's width, or as much as it takes where the reader is a file or another program."""
    return None if sys.stdout.isatty() else sys.maxsize


# The commands.


def _list(section: str) -> Callable[..., Lines]:
    def run(format: str, **filters: Any) -> Lines:
        given = {word: value for word, value in filters.items() if value is not None}
        found: Records[Any] = getattr(dataset(), section)(**given)
        if format == "json":
            yield json.dumps(found.to_dicts(), ensure_ascii=False, indent=2)
        elif format == "csv":
            from .export.files import csv_text

            yield csv_text(found.to_table()).removesuffix("\n")
        else:
            from .show.text import counted, lines

            yield counted(len(found), section.removesuffix("s"))
            yield from lines(found, _room())

    return run


def _show(id: str) -> Lines:
    from .show.text import page

    yield page(dataset().get(id), dataset())


def _bodies() -> Lines:
    from .show.text import body_rows

    yield from body_rows(dataset().bodies(), _room())


def _topics() -> Lines:
    from .show.text import topic_rows

    yield from topic_rows(dataset().topics(), _room())


def _info() -> Lines:
    from .show.text import overview

    data = dataset()
    yield f"asean-cyber {__version__}"
    yield overview(data).strip("<>")
    yield f"fingerprint: {data.fingerprint}"


def _coverage() -> Lines:
    from .evidence import coverage

    yield str(coverage())


def _validate(path: str | None, extending: bool) -> Lines:
    from .show.text import overview

    if path is None:
        from .codec import decode
        from .packaged import files

        data = Dataset(decode(files()))
    else:
        data = Dataset.load(path, extending=dataset() if extending else None)
    yield f"no faults: {overview(data).strip('<>')}"


def _verify() -> Verdict:
    from .proof import verify

    result = verify()
    yield str(result)
    return 0 if result.ok else 1


def _cite(id: str | None, style: str) -> Lines:
    from .citing import cite

    yield cite(id, style=style).removesuffix("\n")  # type: ignore[arg-type]


def _export(folder: str, format: str) -> Lines:
    from .export import write

    for path in write(dataset(), folder, format):
        yield str(path)


def _diff(old: str, new: str | None, extending: bool, markdown: bool) -> Verdict:
    from .differences import diff

    try:
        found = diff(old, new if new is not None else dataset(), extending=dataset() if extending else None)
    except DatasetError as error:
        # Not 1, which says that the two were compared and differ.
        print(error, file=sys.stderr)
        return 2
    yield found.to_markdown() if markdown else str(found)
    return 1 if found else 0
