"""`typed_uses.py` passes mypy and pyright, both strict; where it says that something must be an error, it is that one, and nothing else is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import typing
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import typed_uses

import asean_cyber as ac

USES = Path(typed_uses.__file__).read_text(encoding="utf-8")
SOURCES = Path(ac.__file__).parents[1]
INSTALLED = SOURCES.name == "site-packages"


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **environment})


Told = dict[int, set[str]]
"""Lines, and the codes of the errors that a checker tells of each."""


def mypy(folder: Path) -> Told:
    pytest.importorskip("mypy", reason="mypy is not installed")
    # Strict and no more; frames are large to read, and nothing here is about them.
    frames = "[mypy-pandas.*,polars.*,pyarrow.*,altair.*,numpy.*]\nfollow_imports = skip\n"
    (folder / "mypy.ini").write_text(f"[mypy]\nstrict = true\nfollow_imports = silent\n{frames}", encoding="utf-8")
    where = {} if INSTALLED else {"MYPYPATH": str(SOURCES)}
    done = run(folder, "mypy", "--config-file=mypy.ini", f"--cache-dir={folder}/cache", "uses.py", **where)
    assert done.returncode in (0, 1), done.stderr + done.stdout
    return _by_line((int(line), code) for line, code in re.findall(r"(?m)^uses\.py:(\d+)(?::\d+)?: error: .*\[([\w-]+)\]$", done.stdout))


def pyright(folder: Path) -> Told:
    pytest.importorskip("pyright", reason="pyright is not installed: pip install 'pyright[nodejs]'")
    config = {"typeCheckingMode": "strict", "extraPaths": [] if INSTALLED else [str(SOURCES)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    done = run(folder, "pyright", "--pythonpath", sys.executable, "--outputjson")
    if done.returncode not in (0, 1):  # 1 is for errors found; without Node.js, or the network to fetch it, it is another
        pytest.skip(f"pyright does not run here: {(done.stderr or done.stdout)[-200:]}")
    found = json.loads(done.stdout)["generalDiagnostics"]
    return _by_line((each["range"]["start"]["line"] + 1, each.get("rule", "")) for each in found if each["severity"] == "error")


def _by_line(found: Iterable[tuple[int, str]]) -> Told:
    told: Told = {}
    for line, code in found:
        told.setdefault(line, set()).add(code)
    return told


@pytest.mark.parametrize(("checker", "mark"), [(mypy, r"# type: ignore\[([\w-]+)\]"), (pyright, r"# pyright: ignore\[(\w+)\]")], ids=["mypy", "pyright"])
def test_the_errors_are_those_that_must_be(checker: Callable[[Path], Told], mark: str, tmp_path: Path) -> None:
    lines = USES.splitlines()
    expected = {number: found[1] for number, line in enumerate(lines, 1) if (found := re.search(mark, line))}
    assert len(expected) > 15
    bare = [re.sub(r"  # (type|pyright): ignore.*", "", line) for line in lines]
    (tmp_path / "uses.py").write_text("\n".join(bare) + "\n", encoding="utf-8")
    told = checker(tmp_path)
    assert {line: lines[line - 1] for line in told.keys() ^ expected.keys()} == {}
    assert {line: told[line] for line, code in expected.items() if code not in told[line]} == {}


def test_what_must_pass_runs() -> None:
    assert typed_uses.headline(ac.get("ammtc-8")) == "8th ASEAN Ministerial Meeting on Transnational Crime, Bali, Indonesia"
    assert typed_uses.by_type(ac.get("aseanapol-29/8.7.1")) == "8.7.1"
    assert typed_uses.of_a_line(ac.get("ammtc-8"))[1] == 2011
    assert typed_uses.search(body="AMMTC", year=2011, silent=False) == ac.records(body="AMMTC", year=2011)
    assert typed_uses.counted("type", body="AMMTC+3", year=2007) == {"meeting": 1, "statement": 1}
    assert typed_uses.kept({"body": "ARF"}) == {"body": "ARF", "since": 2007, "until": "2009-06"}
    assert "8th ASEAN Ministerial Meeting on Transnational Crime" in typed_uses.meetings()
    assert typed_uses.earliest([]) is None
    assert typed_uses.given_to_others()
    assert any(said.startswith("is followed by 9th") for said in typed_uses.around("ammtc-8"))
    statement, convention = ac.get("aseanapol-29/8.7.1"), ac.get("budapest-convention")
    assert isinstance(statement, ac.Statement)
    assert isinstance(convention, ac.Instrument)
    assert typed_uses.acts(statement) == ["continue to encourage → participants"]
    assert [typed_uses.bound(convention, who) for who in ("PH", "TH", "JP")] == ["yes", "no", "not recorded"]
    assert typed_uses.how_sure(ac.EDTF("2009-05"))
    assert typed_uses.reference(["ammtc-8"]).startswith("ASEAN Ministerial Meeting")
    made, card = typed_uses.own(ac.dataset())
    assert made.get("own:b-1").year == 2024
    assert "N" in card
    assert "online-scams" in typed_uses.guarded(lambda: ac.records(topic="scams"))
    assert typed_uses.members()[-1] == "MMR"


@pytest.mark.parametrize("name", sorted(set(ac.__all__) - {"__version__", "__release_date__", "Style", "AnyRecord"}))
def test_annotations_resolve_at_run_time(name: str) -> None:
    thing = getattr(ac, name)
    typing.get_type_hints(thing)
    for method in vars(thing).values() if isinstance(thing, type) else ():
        if callable(method) and str(getattr(method, "__module__", "")).startswith("asean_cyber"):
            typing.get_type_hints(method)
