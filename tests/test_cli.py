"""The command line, run as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import attrs
import pytest

import asean_cyber as ac
from asean_cyber._query.words import WORDS
from asean_cyber.cli import main


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "asean_cyber", *arguments], capture_output=True, check=False, env={**os.environ, **environment})


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, "meetings", "--body", "AMMTC", "--year", "2011")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "1 meeting"
    assert "2011-10-10/2011-10-11  ammtc-8  8th ASEAN Ministerial Meeting on Transnational Crime (Bali, Indonesia)" in out


@pytest.mark.parametrize("section", ["meetings", "statements", "instruments", "records"])
def test_json_is_the_answer_of_the_library(section: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, section, "--since", "2007", "--until", "2009-06", "--topic", "cybercrime", "--format", "json")
    assert code == 0
    assert json.loads(out) == getattr(ac, section)(since=2007, until="2009-06", topic="cybercrime").to_dicts()


def test_csv_has_a_row_a_record(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "statements", "--body", "ARF", "--year", "2006", "--format", "csv")
    assert code == 0
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == list(ac.statements(body="ARF", year=2006).ids)


def test_a_filter_may_be_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "meetings", "--year", "2009", "--year", "2011", "--body", "TELMIN", "--body", "AMMTC", "--format", "json")
    assert {item["id"] for item in json.loads(out)} == set(ac.meetings(year=[2009, 2011], body=["TELMIN", "AMMTC"]).ids)


@pytest.mark.parametrize("flag", ["lineage", "disputed", "certain"])
def test_flags(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    filters: dict[str, Any] = {"body": "TELMIN", "since": "2009-05", flag: True}
    _, out, _ = ask(capsys, "records", "--body", "TELMIN", "--since", "2009-05", f"--{flag}", "--format", "json")
    assert [item["id"] for item in json.loads(out)] == list(ac.records(**filters).ids)


def test_show_is_a_full_page(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "show", "asean-china-plan-of-action-2004")
    assert code == 0
    for part in (
        "Sources:",
        "Relations:",
        "implements: asean-china-joint-declaration-2003",
        "Sources disagree:",
        "2003-10-08",
        "http://cybercrimelaw.net/ASEAN.html",
    ):
        assert part in out
    _, out, _ = ask(capsys, "show", "aseanapol-29/8.7.1")
    assert "Quotation (en):" in out


def test_lists(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "bodies")[1].count("\n") == len(ac.bodies())
    topics = ask(capsys, "topics")[1]
    assert "\n    cybercrime " in topics
    assert "\n      online-scams " in topics


def test_info(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "info")
    assert ac.__version__ in out
    assert ac.dataset().fingerprint in out


def test_validate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ask(capsys, "validate")
    assert code == 0
    assert out.startswith("no faults: ")
    (tmp_path / "bad.json").write_text('{"meetings": [{"id": "x-1", "date": "soon"}]}', encoding="utf-8")
    code, out, err = ask(capsys, "validate", str(tmp_path))
    assert (code, out) == (1, "")
    assert "bad.json: x-1: date: 'soon' is not an EDTF date" in err
    assert "bad.json: x-1: citations: missing" in err


def test_validate_can_extend_the_packaged_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = {"meetings": [{"id": "mine:x-1", "body": "arf", "date": "2024", "name": "X", "summary": "We met.", "citations": [{"source": "cybercrimelaw-asean"}]}]}
    (tmp_path / "own.json").write_text(json.dumps(own), encoding="utf-8")
    assert ask(capsys, "validate", str(tmp_path))[0] == 1
    assert ask(capsys, "validate", "--extending", str(tmp_path))[0] == 0


def test_diff_tells_differences_from_files_that_cannot_be_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = {"meetings": [{"id": "mine:x-1", "body": "arf", "date": "2024", "name": "X", "summary": "We met.", "citations": [{"source": "cybercrimelaw-asean"}]}]}
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(own), encoding="utf-8")
    new.write_text(json.dumps(own).replace("We met.", "They met."), encoding="utf-8")
    assert ask(capsys, "diff", "--extending", str(old), str(old)) == (0, "No difference.\n", "")
    code, out, err = ask(capsys, "diff", "--extending", str(old), str(new))
    assert (code, err) == (1, "")
    assert out.startswith("1 changed\n")
    code, out, _ = ask(capsys, "diff", "--extending", str(old))
    assert (code, out) == (1, "1 removed\n\nRemoved\n  meeting mine:x-1: X\n")
    code, out, err = ask(capsys, "diff", str(old), str(new))
    assert (code, out) == (2, "")
    assert "old.json: mine:x-1: body: no body has the id 'arf'" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["meetings", "--body", "AMMTCC"], "asean-cyber: unknown body 'AMMTCC'; did you mean"),
        (["show", "ammtc-88"], "asean-cyber: unknown record 'ammtc-88'; did you mean 'ammtc-8'"),
        (["records", "--since", "soon"], "asean-cyber: since: 'soon' is not an EDTF date"),
        (["validate", "/no/such/place"], "asean-cyber: "),
        (["cite", "--style", "haiku"], "asean-cyber: "),
        (["export", "/dev/null/x", "--format", "stone"], "asean-cyber: "),
    ],
)
def test_errors_are_one_line_on_standard_error(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(says)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["meetings", "--year", "soon"],
        ["show"],
        ["meetings", "--format", "xml"],
        ["meetings", "--ye", "2011"],
        ["--vers"],
        ["validate", "--extending"],
    ],
)
def test_a_wrong_command_says_how_it_is_used(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: asean-cyber" in capsys.readouterr().err


@pytest.mark.parametrize("section", ["meetings", "statements", "instruments", "records"])
def test_help_names_every_word_that_can_apply(section: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([section, "--help"])
    out = capsys.readouterr().out
    for word, about in WORDS.items():
        applies = section == "records" or section.removesuffix("s") in about.of
        assert (f"--{word.replace('_', '-')} " in out or f"--{word}," in out) == applies, word


def test_it_runs_as_a_module_and_as_a_script() -> None:
    assert run("--version").stdout.decode().split() == ["asean-cyber", ac.__version__]
    (script,) = entry_points(group="console_scripts", name="asean-cyber")
    assert script.load() is main


def test_output_is_utf8_under_any_locale() -> None:
    done = run("records", "--format", "json", LANG="C", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="")
    assert done.returncode == 0
    assert "é" in done.stdout.decode("utf-8")


def test_a_reader_that_stops_gets_no_traceback() -> None:
    process = subprocess.Popen([sys.executable, "-m", "asean_cyber", "records", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait() == 141
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that can close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [("show ammtc-8", 0), ("meetings --body ARF", 0), ("--version", 0), ("show ammtc-88", 2)])
def test_a_closed_stream_is_no_fault(closed: str, arguments: str, code: int) -> None:
    done = subprocess.run(["sh", "-c", f'"$0" -m asean_cyber {arguments} {closed}', sys.executable], capture_output=True, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert b"unknown record" not in done.stdout


def test_alone_it_says_what_to_type_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ask(capsys)
    assert (code, err) == (0, "")
    examples = re.findall(r"^ {2}asean-cyber (.*?)(?: {2,}|$)", out, re.MULTILINE)
    assert len(examples) >= 5
    for example in examples:
        if not example.startswith("export"):  # which would write files
            assert ask(capsys, *example.split(",")[0].split())[0] == 0, example


# JSON everywhere.


def data_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    _, out, err = ask(capsys, *arguments, "--format", "json")
    assert err == ""
    return json.loads(out)


def test_every_command_that_tells_something_tells_it_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.json"
    own.write_text('{"topics": [{"id": "x", "label": "X", "definition": "Y."}]}', encoding="utf-8")
    assert data_of(capsys, "show", "ammtc-8") == ac.get("ammtc-8").to_dict()
    related = data_of(capsys, "related", "ammtc-8")
    assert {(link["reads"], link["id"]) for link in related["links"]} == {(link.reads, link.record.id) for link in ac.links("ammtc-8")}
    assert related["related"] == ac.related("ammtc-8").to_dicts()
    assert data_of(capsys, "bodies") == [body.to_dict() for body in ac.bodies()]
    assert data_of(capsys, "topics") == [topic.to_dict() for topic in ac.topics()]
    assert data_of(capsys, "gaps") == [gap.to_dict() for gap in ac.gaps()]
    assert data_of(capsys, "gaps", "--body", "SOMTC") == [gap.to_dict() for gap in ac.gaps() if gap.body == "somtc"] != []
    info = data_of(capsys, "info")
    assert (info["version"], info["meetings"], info["fingerprint"]) == (ac.__version__, len(ac.meetings()), ac.dataset().fingerprint)
    assert data_of(capsys, "coverage") == ac.coverage().to_dicts()
    assert data_of(capsys, "cite", "AMMTC-8", "--style", "apa") == {"id": "ammtc-8", "style": "apa", "citation": ac.cite("ammtc-8", style="apa")}
    assert data_of(capsys, "schema") == ac.schema()
    assert data_of(capsys, "validate", str(own)) == []
    assert data_of(capsys, "verify")["fingerprint"] == ac.dataset().fingerprint
    assert data_of(capsys, "format", str(own), "--check") == {"not_in_the_canonical_form": ["own.json"]}
    changed = data_of(capsys, "diff", str(own), str(own))
    assert changed == {"added": [], "removed": [], "retired": {}, "reinstated": [], "changed": []}


def test_faults_and_differences_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.json").write_text('{"meetings": [{"id": "x-1", "date": "soon"}]}', encoding="utf-8")
    faults = data_of(capsys, "validate", str(tmp_path))
    assert {"level": "error", "file": "bad.json", "record": "x-1", "field": "citations", "reason": "missing"}.items() <= next(
        fault for fault in faults if fault["field"] == "citations"
    ).items()
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text('{"topics": [{"id": "x", "label": "X", "definition": "Y."}]}', encoding="utf-8")
    new.write_text('{"topics": [{"id": "x", "label": "Z", "definition": "Y."}]}', encoding="utf-8")
    assert data_of(capsys, "diff", str(old), str(new))["changed"] == [{"type": "topic", "id": "x", "fields": [{"field": "label", "old": "X", "new": "Z"}]}]


def test_gaps_and_related(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "gaps", "--body", "SOMTC")
    assert all(line.split()[0] == "somtc" for line in out.splitlines()[1:])
    _, out, _ = ask(capsys, "related", "ammtc-8")
    assert out.startswith(f"{len(ac.related('ammtc-8'))} records related to ammtc-8\n")
    assert "ammtc-7" in out


def test_check_is_validate_with_the_rules_of_good_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.json"
    own.write_text('{"topics": [{"id": "x", "label": "X", "definition": "Y."}]}', encoding="utf-8")
    assert ask(capsys, "validate", str(own))[0] == 0
    assert ask(capsys, "check", str(own)) == ask(capsys, "validate", "--strict", str(own))
    assert ask(capsys, "check", str(own))[0] == 1, "it is not in the canonical form"


# Trust.


def test_nothing_from_a_file_reaches_the_terminal_but_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = tmp_path / "ev\x1b[2Jil\nno faults.json"
    evil.write_text('{"\\u001b[2J\\u001b[1;1Hno faults": 1}', encoding="utf-8")
    for arguments in (["validate", str(evil)], ["validate", str(tmp_path)], ["validate", str(tmp_path), "--format", "json"], ["diff", str(evil), str(evil)]):
        code, out, err = ask(capsys, *arguments)
        assert code in (1, 2)
        assert not set(out + err) & {chr(n) for n in range(32) if chr(n) != "\n"}
        assert not any(line.startswith("no faults") for line in (out + err).splitlines())
    code, _, err = ask(capsys, "show", "x\x1b[2J\nammtc-8")
    assert (code, err.count("\n")) == (2, 1)
    assert "\x1b" not in err


def test_json_escapes_what_a_terminal_must_not_see(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: ac.Dataset) -> None:
    words = "a \u202e b \u2028 c"
    spoilt = data.replacing(attrs.evolve(data.get("telmin-9"), summary=words))
    monkeypatch.setattr("asean_cyber.cli.dataset", lambda: spoilt)
    _, out, _ = ask(capsys, "show", "telmin-9", "--format", "json")
    assert not set(out) & set("\u202e\u2028")
    assert json.loads(out)["summary"] == words
    for arguments in (["show", "telmin-9"], ["meetings"], ["gaps"], ["related", "telmin-9"]):
        assert "\u202e" not in ask(capsys, *arguments)[1]
    assert words in ask(capsys, "meetings", "--format", "csv")[1], "for another program it is what it is"


# Completion and progress.


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("argcomplete")
    code, out, _ = ask(capsys, "completion", shell)
    assert code == 0
    assert "asean-cyber" in out
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=out, text=True, check=False).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that passes a file on")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [("asean-cyber sh", {"show"}), ("asean-cyber show ammtc-plus-three-3/", {"ammtc-plus-three-3/5"}), ("asean-cyber records --act ur", {"urges"})],
)
def test_what_is_completed(typed: str, offered: set[str], tmp_path: Path) -> None:
    pytest.importorskip("argcomplete")
    asked = {
        "_ARGCOMPLETE": "1",
        "COMP_LINE": typed,
        "COMP_POINT": str(len(typed)),
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "out"),
        "_ARGCOMPLETE_IFS": "\n",
    }
    done = run(**asked)
    assert done.stderr == b""
    words = {word.strip() for word in (tmp_path / "out").read_text(encoding="utf-8").replace("\x0b", "\n").splitlines()}
    assert offered <= words
    assert all(word.startswith(typed.split()[-1]) for word in words)


def test_progress_is_told_beside_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asean_cyber.cli._Progress.every", 0.001)
    code, out, err = ask(capsys, "export", str(tmp_path), "--format", "csv")
    assert code == 0
    assert out.splitlines()[0] == str(tmp_path / "records.csv")
    assert re.fullmatch(r"(asean-cyber: (writing|written \w+\.\w+) \(\d+ s\)\n)+", err)


def test_what_takes_no_second_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "export", str(tmp_path), "--format", "skos")[2] == ""
