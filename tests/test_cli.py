"""The command line, run as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

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
        [],
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
