"""The command line, ``asean-cyber``: ask, show, count, cite, check, export and compare."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ._about import VERSION
from ._display.text import body_rows, clean, columns, counted, lines, overview, topic_rows, unshown
from ._packaged import dataset, files
from ._query.records import Records
from ._query.selecting import types_of
from ._query.words import WORDS
from .errors import AseanCyberError, DatasetError, Fault

Lines = Iterator[str]
"""What a command prints, line by line."""
Verdict = Generator[str, None, int]
"""The same, with an exit code at the end."""

_FIRST = f"""\
asean-cyber {VERSION}: what ASEAN and its forums said and did about cybercrime and cybersecurity

  asean-cyber records --topic cybercrime --since 2020     what was said and done on a topic
  asean-cyber meetings --body AMMTC                       the meetings of a body
  asean-cyber show ammtc-8                                all about one record
  asean-cyber topics, asean-cyber bodies                  what there is to ask for
  asean-cyber cite ammtc-8 --style apa                    cite a record, or the dataset
  asean-cyber export DIR --format csv                     everything, for other tools

asean-cyber --help lists all commands; asean-cyber COMMAND --help tells what each takes."""


class _Data(str):
    """Output for another program. It is written as it is, unless a terminal shows it."""

    __slots__ = ()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Errors go to standard error, one line each."""
    # Whoever started it may have closed them, as ``>&-`` does: then what is written goes nowhere.
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if argv is None else list(argv)
    completing = "_ARGCOMPLETE" in os.environ
    if not given and not completing:
        print(_FIRST)
        return _flushed(0)
    parser = _parser(None if completing else given)
    if completing:
        _complete(parser)
    arguments = vars(parser.parse_args(given))
    if arguments.get("extending") and "path" in arguments and arguments["path"] is None:
        parser.error("--extending needs a PATH")
    run: Callable[..., Any] = arguments.pop("run")
    as_json = arguments.get("format") == "json"
    output = iter(run(**arguments))
    try:
        while True:
            _print(next(output))
    except StopIteration as end:
        code = int(end.value or 0)
    except BrokenPipeError:
        code = 141
    except DatasetError as error:
        if as_json:
            print(_json(list(map(_fault, error.faults))))
            return _flushed(1)
        _complain(error)
        return 1
    except (AseanCyberError, OSError, UnicodeError) as error:
        print(f"asean-cyber: {clean(error)}", file=sys.stderr)
        return 2
    return _flushed(code)


def _print(text: str) -> None:
    """Print what can do nothing but be read; for another program, exactly what it is."""
    print(text if isinstance(text, _Data) and not sys.stdout.isatty() else "\n".join(map(clean, text.split("\n"))))


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
    # Line by line of ours: a line break in the name of a file, or in a key, makes none.
    head = str(DatasetError(error.faults)).partition("\n")[0]
    for line in (head, *(f"  {clean(fault)}" for fault in error.faults), *([clean(error.hint)] if error.hint else [])):
        print(line, file=sys.stderr)


def _json(value: object) -> str:
    # What a terminal must not see is escaped, which JSON allows in every text.
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _Data(unshown.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text))


# The commands and what they take.


def _parser(given: Sequence[str] | None) -> argparse.ArgumentParser:
    """The parser; of the commands only those that are `given` know their options, unless all are to."""
    parser = argparse.ArgumentParser(
        prog="asean-cyber", description="What ASEAN and its forums said and did about cybercrime and cybersecurity.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"asean-cyber {VERSION}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[..., Lines], help: str, fill: Callable[[argparse.ArgumentParser], None], *formats: str) -> None:
        sub = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".", allow_abbrev=False)
        sub.set_defaults(run=run)
        if given is None or name in given:
            fill(sub)
            if formats:
                sub.add_argument("--format", choices=formats, default=formats[0], help=f"how to write it (default: {formats[0]})")

    for section in ("meetings", "statements", "instruments", "records"):
        what = "meetings, statements and instruments" if section == "records" else section
        words = _takes_words(section)
        command(section, _list(section), f"list {what}, all or those that pass the filters", words, "table", "json", "csv")
    command("show", _show, "show all about one record", _takes(_id), "text", "json")
    command("related", _related, "list what a record is linked to", _takes(_id), "text", "json")
    command("bodies", _bodies, "list the bodies", _takes(), "text", "json")
    command("topics", _topics, "list the topics, narrower ones under the broader", _takes(), "text", "json")
    command("gaps", _gaps, "list what the dataset knows it lacks, and why", _takes(_body), "text", "json")
    command("info", _info, "show version, counts, span and fingerprint of the dataset", _takes(), "text", "json")
    command("coverage", _coverage, "show how complete and how well supported the dataset is", _takes(), "text", "json")
    command("cite", _cite, "cite a record, or the dataset", _takes(_id_or_none, _style), "text", "json")
    command("export", _export, "write the dataset into a folder for other tools", _takes(_folder))
    command("schema", _schema, "print the JSON Schema of data files", _takes(), "json")
    command("validate", _validate, "check a dataset and name every fault in it", _takes(_path_or_none, _extending, _strict), "text", "json")
    rules = "check a dataset also against the rules of good data and the canonical form"
    command("check", _check, rules, _takes(_path_or_none, _extending), "text", "json")
    command("format", _format, "write data files anew in the canonical form", _takes(_path, _only_check), "text", "json")
    command("verify", _verify, "check that the data are those that this version stands for, as released and as installed", _takes(), "text", "json")
    command("releases", _releases, "list the releases, and which state of the data each stands for", _takes(), "text", "json")
    command("diff", _diff, "show what changed between two datasets, field by field", _takes(_old_and_new), "text", "json", "markdown")
    command("review", _review, "write a sheet on which records are held against their pages, or apply one", _takes(_drawn), "markdown", "jsonl")
    command("completion", _completion, "print what makes a shell complete commands, options and names", _takes(_shell))
    return parser


def _takes(*arguments: Callable[[argparse.ArgumentParser], Any]) -> Callable[[argparse.ArgumentParser], None]:
    def fill(sub: argparse.ArgumentParser) -> None:
        for add in arguments:
            add(sub)

    return fill


def _takes_words(section: str) -> Callable[[argparse.ArgumentParser], None]:
    def fill(sub: argparse.ArgumentParser) -> None:
        for word, about in WORDS.items():
            if not set(about.of) & set(types_of(section)):
                continue
            option = f"--{word.replace('_', '-')}"
            if about.truth:
                sub.add_argument(option, dest=word, action=argparse.BooleanOptionalAction, default=None, help=f"those {about.meaning}")
            elif about.several:
                kind = int if word == "year" else str
                told = f"those {about.meaning}; may be repeated: any will do"
                action: Any = sub.add_argument(option, dest=word, metavar=about.takes, action="append", type=kind, help=told)
                action.completer = _names(word)
            else:
                sub.add_argument(option, dest=word, metavar=about.takes, help=f"those {about.meaning}")

    return fill


def _id(sub: argparse.ArgumentParser) -> None:
    action: Any = sub.add_argument("id", metavar="ID", help="its id, or the title of an instrument or meeting")
    action.completer = _names("id")


def _id_or_none(sub: argparse.ArgumentParser) -> None:
    action: Any = sub.add_argument("id", metavar="ID", nargs="?", help="the record (default: the dataset)")
    action.completer = _names("id")


def _body(sub: argparse.ArgumentParser) -> None:
    action: Any = sub.add_argument("--body", metavar="BODY", help="those of this body, by id, acronym, name or alias")
    action.completer = _names("body")


def _style(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--style", default="bibtex", help="bibtex, csl-json, ris, cff, apa or chicago (default: bibtex)")


def _folder(sub: argparse.ArgumentParser) -> None:
    from .export import FORMATS

    sub.add_argument("folder", metavar="DIR")
    action: Any = sub.add_argument("--format", default="datapackage", help=f"one of {', '.join(FORMATS)} (default: datapackage)")
    action.completer = lambda **_: list(FORMATS)


def _path(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("path", metavar="PATH", help="a JSON file or a folder of them")


def _path_or_none(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("path", metavar="PATH", nargs="?", help="a JSON file or a folder of them (default: the packaged dataset)")


def _extending(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--extending", action="store_true", help="let the files refer to the packaged dataset")


def _strict(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--strict", action="store_true", help="the same as the command check")


def _only_check(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--check", action="store_true", help="change nothing, and say which files are not in the canonical form")


def _old_and_new(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("old", metavar="OLD", help="a JSON file, a folder of them, a wheel, or the number of a release whose wheel is at hand")
    sub.add_argument("new", metavar="NEW", nargs="?", help="the same (default: the packaged dataset)")
    sub.add_argument("--extending", action="store_true", help="let the files refer to the packaged dataset, which is then no difference")
    sub.add_argument("--markdown", dest="format", action="store_const", const="markdown", help="write it for a changelog")


def _drawn(sub: argparse.ArgumentParser) -> None:
    one = sub.add_mutually_exclusive_group(required=True)
    one.add_argument("--sample", metavar="N", type=int, help="so many records drawn at random")
    action: Any = one.add_argument("--page", metavar="SOURCE", help="the records that rest on a source, by its id")
    action.completer = _names("source")
    one.add_argument("--apply", metavar="FILE", help="set reviewed as a filled-in sheet says")
    sub.add_argument("--seed", metavar="S", default="0", help="with --sample: who draws with the same seed draws the same (default: 0)")
    sub.add_argument("--data", metavar="PATH", default="src/asean_cyber/data", help="with --apply: the data files to write (default: those of a clone)")


def _shell(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell")


def _room() -> int | None:
    """The terminal's width, or as much as it takes where the reader is a file or another program."""
    return None if sys.stdout.isatty() else sys.maxsize


# The commands.


def _list(section: str) -> Callable[..., Lines]:
    def run(format: str, **filters: Any) -> Lines:
        found: Records[Any] = getattr(dataset(), section)(**filters)
        if format == "json":
            yield _json(found.to_dicts())
        elif format == "csv":
            from ._tables.files import csv_text

            yield _Data(csv_text(found.to_table()).removesuffix("\n"))
        else:
            yield counted(len(found), section.removesuffix("s"))
            yield from lines(found, _room())

    return run


def _show(id: str, format: str) -> Lines:
    yield _json(dataset().get(id).to_dict()) if format == "json" else dataset().page(id)


def _related(id: str, format: str) -> Lines:
    record = dataset().get(id)
    links, related = dataset().links(record), dataset().related(record)
    if format == "json":
        yield _json({"links": [{"reads": link.reads, "id": link.record.id} for link in links], "related": related.to_dicts()})
        return
    reads: dict[str, str] = {}
    for link in links:
        reads[link.record.id] = f"{reads[link.record.id]}, {link.reads}" if link.record.id in reads else link.reads
    yield f"{counted(len(related), 'record')} related to {record.id}"
    yield from columns([(str(each.date), each.id, reads.get(each.id, ""), each.label) for each in related], _room())


def _bodies(format: str) -> Lines:
    bodies = dataset().bodies()
    yield from [_json([body.to_dict() for body in bodies])] if format == "json" else body_rows(bodies, _room())


def _topics(format: str) -> Lines:
    topics = dataset().topics()
    yield from [_json([topic.to_dict() for topic in topics])] if format == "json" else topic_rows(topics, _room())


def _gaps(body: str | None, format: str) -> Lines:
    only = None if body is None else dataset().body(body).id
    gaps = [gap for gap in dataset().gaps() if only in (None, gap.body)]
    if format == "json":
        yield _json([gap.to_dict() for gap in gaps])
        return
    yield counted(len(gaps), "known gap")
    yield from columns([(gap.body, ", ".join(map(str, gap.ordinals)), gap.reason) for gap in gaps], _room())


def _info(format: str) -> Lines:
    data = dataset()
    if format == "json":
        held = {name: len(getattr(data.contents, name)) for name in ("meetings", "statements", "instruments", "bodies", "topics", "sources", "gaps")}
        years = [record.year for record in data]
        yield _json({"version": VERSION, **held, "first_year": min(years), "last_year": max(years), "fingerprint": data.fingerprint})
        return
    yield f"asean-cyber {VERSION}"
    yield overview(data.contents).strip("<>")
    yield f"fingerprint: {data.fingerprint}"


def _coverage(format: str) -> Lines:
    from ._quality.coverage import coverage

    yield _json(coverage().to_dicts()) if format == "json" else str(coverage())


def _cite(id: str | None, style: str, format: str) -> Lines:
    from ._cite.cite import cite

    text = str(cite(id, style=style)).removesuffix("\n")  # type: ignore[arg-type]
    yield _json({"id": id and dataset().get(id).id, "style": style, "citation": text}) if format == "json" else _Data(text)


def _export(folder: str, format: str) -> Lines:
    from .export import writing

    with _Progress("writing") as progress:
        for path in writing(dataset(), folder, format):
            progress.said = f"written {path.name}"
            yield str(path)


class _Progress:
    """Tells on standard error, second by second, how far something is that takes more than one."""

    every = 1.0

    def __init__(self, said: str) -> None:
        self.said = said

    def __enter__(self) -> _Progress:
        import threading

        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)
        self._thread.start()
        return self

    def _tell(self) -> None:
        seconds = 0.0
        while not self._done.wait(self.every):
            seconds += self.every
            print(f"asean-cyber: {clean(self.said)} ({seconds:.0f} s)", file=sys.stderr)

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def _schema(format: str) -> Lines:
    from ._files.schema import schema

    yield _json(schema())


def _check(path: str | None, extending: bool, format: str) -> Verdict:
    return _validate(path, extending, True, format)


def _validate(path: str | None, extending: bool, strict: bool, format: str) -> Verdict:
    from ._files.reading import decode, read_files
    from ._files.rules import check
    from ._files.writing import not_canonical

    held = list(files()) if path is None else read_files(Path(path).expanduser())
    beside = dataset().contents if extending else None
    contents = decode(held, beside=beside)
    whole = contents if beside is None else beside | contents
    faults = [*check(whole), *not_canonical(held)] if strict else []
    if format == "json":
        yield _json(list(map(_fault, faults)))
        return 1 if faults else 0
    yield from (clean(fault) for fault in faults)
    if faults:
        yield f"{counted(len(faults), 'rule')} broken: {overview(contents).strip('<>')}"
        return 1
    yield f"no faults: {overview(whole).strip('<>')}"
    return 0


def _fault(fault: Fault) -> dict[str, str | None]:
    return {"level": fault.level, "file": fault.file, "record": fault.record, "field": fault.field, "reason": fault.reason}


def _format(path: str, check: bool, format: str) -> Verdict:
    from ._files.reading import read_files
    from ._files.writing import canonical_form

    top = Path(path).expanduser()
    off = [(name, text) for name, data in read_files(top) if (text := canonical_form(name, data)) != data]
    for name, text in off:
        if not check:
            (top / name if top.is_dir() else top).write_bytes(text)
        if format == "text":
            yield clean(name)
    told = "not in the canonical form" if check else "written anew"
    yield _json({told.replace(" ", "_"): [name for name, _ in off]}) if format == "json" else f"{counted(len(off), 'file')} {told}"
    return 1 if check and off else 0


def _verify(format: str) -> Verdict:
    from ._quality.verification import verify

    result = verify()
    if format == "json":
        names = ("ok", "verdict", "version", "released", "installed", "fingerprint", "swhid", "reason", "checked", "changed", "missing", "added")
        yield _json({name: getattr(result, name) for name in names})
    else:
        yield str(result)
    return 0 if result.ok else 1


def _releases(format: str) -> Lines:
    from ._quality.releases import as_lines, releases

    yield from [_json(as_lines(releases()))] if format == "json" else map(str, releases())


def _review(sample: int | None, page: str | None, apply: str | None, seed: str, data: str, format: str) -> Verdict:
    from ._quality import reviewing

    if apply is not None:
        applied = reviewing.apply(Path(apply).expanduser().read_text("utf-8"), Path(data).expanduser())
        yield str(applied)
        return 1 if applied.left else 0
    drawn = reviewing.of_page(page) if page is not None else reviewing.draw(sample or 0, seed)
    yield _Data(reviewing.sheet(drawn, "jsonl" if format == "jsonl" else "markdown").removesuffix("\n"))
    return 0


def _diff(old: str, new: str | None, extending: bool, format: str) -> Verdict:
    from ._quality.difference import diff

    try:
        found = diff(old, new if new is not None else dataset(), extending=dataset() if extending else None)
    except DatasetError as error:
        # Not 1, which says that the two were compared and differ.
        _complain(error)
        return 2
    if format == "json":
        yield _json(
            {
                "added": [item.to_dict() for item in found.added],
                "removed": [item.to_dict() for item in found.removed],
                "retired": dict(found.retired),
                "reinstated": list(found.reinstated),
                "changed": [{"type": each.new.type, "id": getattr(each.new, "id", None), "fields": list(map(_changed, each.fields))} for each in found.changed],
            }
        )
    else:
        yield found.to_markdown() if format == "markdown" else str(found)
    return 1 if found else 0


def _changed(change: Any) -> dict[str, Any]:
    from ._model.values import plain

    return {"field": change.field, "old": plain(change.old), "new": plain(change.new)}


# Completion.


def _names(word: str) -> Callable[..., Iterable[str]]:
    """What can stand after a word, for a shell that completes it."""

    def known(prefix: str, **_: object) -> Iterable[str]:
        from .places import PARTICIPANTS
        from .vocabulary import ActKind, Addressee, Band, BodyKind, InstrumentKind, StatementKind

        catalogue = dataset()._catalogue
        records = catalogue.records
        if word in ("meeting", "instrument"):
            return (id for id, record in records.items() if record.type == word)
        return {
            "id": records,
            "body": (*catalogue.bodies, *(body.acronym for body in catalogue.bodies.values() if body.acronym and not re.search(r"\s", body.acronym))),
            "topic": catalogue.topics,
            "source": catalogue.sources,
            "type": ("meeting", "statement", "instrument"),
            "kind": dict.fromkeys(term.value for kinds in (StatementKind, InstrumentKind) for term in kinds),
            "body_kind": [term.value for term in BodyKind],
            "act": [term.value for term in ActKind],
            "band": [term.value for term in Band],
            "addressee": [*(term.value for term in Addressee), *PARTICIPANTS],
            "country": PARTICIPANTS,
            "partner": PARTICIPANTS,
            "party": PARTICIPANTS,
            "speaker": PARTICIPANTS,
            "year": sorted({str(record.year) for record in records.values()}),
        }.get(word, ())

    return known


def _complete(parser: argparse.ArgumentParser) -> None:
    """Answer the shell that asks what can stand next, and end; called by what `completion` prints."""
    import argcomplete

    argcomplete.autocomplete(parser)


def _completion(shell: str) -> Lines:
    from ._tables.frames import required

    yield _Data(required("argcomplete", "completion").shellcode(["asean-cyber"], shell=shell))
