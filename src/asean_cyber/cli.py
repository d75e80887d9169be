"""The command line, ``asean-cyber``: ask, show, count, cite, check, export and compare."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from ._about import VERSION
from ._display.text import body_rows, clean, counted, lines, overview, topic_rows
from ._packaged import dataset, files
from ._query.records import Records
from ._query.selecting import types_of
from ._query.words import WORDS
from .errors import AseanCyberError, DatasetError

Lines = Iterator[str]
"""What a command prints, line by line."""
Verdict = Generator[str, None, int]
"""The same, with an exit code at the end."""


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
    output = iter(run(**arguments))
    try:
        while True:
            print(next(output))
    except StopIteration as end:
        code = int(end.value or 0)
    except BrokenPipeError:
        code = 141
    except DatasetError as error:
        _complain(error)
        return 1
    except (AseanCyberError, OSError, UnicodeError) as error:
        print(f"asean-cyber: {clean(error)}", file=sys.stderr)
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


def _complain(error: DatasetError) -> None:
    for line in str(error).splitlines():
        print(f"{'  ' if line.startswith('  ') else ''}{clean(line.strip())}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="asean-cyber", description="What ASEAN and its forums said and did about cybercrime and cybersecurity.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"asean-cyber {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[..., Lines], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".", allow_abbrev=False)
        sub.set_defaults(run=run)
        return sub

    for section in ("meetings", "statements", "instruments", "records"):
        what = "meetings, statements and instruments" if section == "records" else section
        sub = command(section, _list(section), f"list {what}, all or those that pass the filters")
        for word, about in WORDS.items():
            if not set(about.of) & set(types_of(section)):
                continue
            option = f"--{word.replace('_', '-')}"
            if about.truth:
                sub.add_argument(option, dest=word, action=argparse.BooleanOptionalAction, default=None, help=f"those {about.meaning}")
            elif about.several:
                kind = int if word == "year" else str
                sub.add_argument(
                    option, dest=word, metavar=about.takes, action="append", type=kind, help=f"those {about.meaning}; may be repeated: any will do"
                )
            else:
                sub.add_argument(option, dest=word, metavar=about.takes, help=f"those {about.meaning}")
        sub.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to write them (default: table)")

    command("show", _show, "show all about one record").add_argument("id", metavar="ID")
    command("bodies", _bodies, "list the bodies")
    command("topics", _topics, "list the topics, narrower ones under the broader")
    command("info", _info, "show version, counts, span and fingerprint of the dataset")
    command("coverage", _coverage, "show how complete and how well supported the dataset is")
    sub = command("validate", _validate, "check a dataset and name every fault in it")
    sub.add_argument("path", metavar="PATH", nargs="?", help="a JSON file or a folder of them (default: the packaged dataset)")
    sub.add_argument("--extending", action="store_true", help="let the files refer to the packaged dataset")
    sub.add_argument("--strict", action="store_true", help="also tell what is against the rules of good data, and which files are not in the canonical form")
    sub = command("format", _format, "write data files anew in the canonical form")
    sub.add_argument("path", metavar="PATH", help="a JSON file or a folder of them")
    sub.add_argument("--check", action="store_true", help="change nothing, and say which files are not in the canonical form")
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
        found: Records[Any] = getattr(dataset(), section)(**filters)
        if format == "json":
            yield json.dumps(found.to_dicts(), ensure_ascii=False, indent=2)
        elif format == "csv":
            from ._tables.files import csv_text

            yield csv_text(found.to_table()).removesuffix("\n")
        else:
            yield counted(len(found), section.removesuffix("s"))
            yield from lines(found, _room())

    return run


def _show(id: str) -> Lines:
    yield dataset().page(id)


def _bodies() -> Lines:
    yield from body_rows(dataset().bodies(), _room())


def _topics() -> Lines:
    yield from topic_rows(dataset().topics(), _room())


def _info() -> Lines:
    data = dataset()
    yield f"asean-cyber {VERSION}"
    yield overview(data.contents).strip("<>")
    yield f"fingerprint: {data.fingerprint}"


def _coverage() -> Lines:
    from ._quality.coverage import coverage

    yield str(coverage())


def _validate(path: str | None, extending: bool, strict: bool) -> Verdict:
    from ._files.reading import decode, read_files
    from ._files.rules import check
    from ._files.writing import not_canonical

    held = list(files()) if path is None else read_files(Path(path))
    beside = dataset().contents if extending else None
    contents = decode(held, beside=beside)
    faults = [*check(contents if beside is None else beside | contents), *not_canonical(held)] if strict else []
    yield from (clean(fault) for fault in faults)
    if faults:
        yield f"{counted(len(faults), 'rule')} broken: {overview(contents).strip('<>')}"
        return 1
    yield f"no faults: {overview(contents if beside is None else beside | contents).strip('<>')}"
    return 0


def _format(path: str, check: bool) -> Verdict:
    from ._files.reading import read_files
    from ._files.writing import canonical_form

    top = Path(path)
    off = [(name, text) for name, data in read_files(top) if (text := canonical_form(name, data)) != data]
    for name, text in off:
        if not check:
            (top / name if top.is_dir() else top).write_bytes(text)
        yield clean(name)
    yield f"{counted(len(off), 'file')} {'not in the canonical form' if check else 'written anew'}"
    return 1 if check and off else 0


def _verify() -> Verdict:
    from ._quality.verification import verify

    result = verify()
    yield str(result)
    return 0 if result.ok else 1


def _cite(id: str | None, style: str) -> Lines:
    from ._cite.cite import cite

    yield cite(id, style=style).removesuffix("\n")  # type: ignore[arg-type]


def _export(folder: str, format: str) -> Lines:
    from .export import write

    for path in write(dataset(), folder, format):
        yield str(path)


def _diff(old: str, new: str | None, extending: bool, markdown: bool) -> Verdict:
    from ._quality.difference import diff

    try:
        found = diff(old, new if new is not None else dataset(), extending=dataset() if extending else None)
    except DatasetError as error:
        # Not 1, which says that the two were compared and differ.
        _complain(error)
        return 2
    yield found.to_markdown() if markdown else str(found)
    return 1 if found else 0
