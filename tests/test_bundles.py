"""The library in one file: a zip that Python runs, and a program that PyInstaller makes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipapp
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

import asean_cyber as ac

PACKAGE = Path(str(ac.__file__)).parent
PROGRAM = """
import asean_cyber as ac
print(ac.get("AMMTC-8").date, len(ac.records()), ac.country("THA").name)
print(sorted(set(ac.__all__) - {name for name in ac.__all__ if hasattr(ac, name)}))
print([path.name for path in ac.export("out", "skos")], len(ac.meetings(body="AMMTC")._repr_html_()) > 0)
"""


def said() -> list[str]:
    return [f"{ac.get('ammtc-8').date} {len(ac.records())} Thailand", "[]", "['topics.ttl', 'acts.ttl'] True"]


def test_a_zip_that_python_runs_finds_its_data(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    for name in ("attrs", "cattrs", "importlib_resources", "typing_extensions"):
        held = distribution(name)
        for file in held.files or ():
            if file.suffix in (".py", ".typed") and ".." not in file.parts:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(held.locate_file(file)), folder / file)
    shutil.copytree(PACKAGE, folder / "asean_cyber", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    zipapp.create_archive(folder, tmp_path / "bundle.pyz")
    shutil.rmtree(folder)
    done = subprocess.run([sys.executable, "-I", "-S", "bundle.pyz"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.stdout.splitlines(), done.stderr) == (said(), "")


def test_pyinstaller_is_told_where_the_hook_lies() -> None:
    hooks = [each for each in entry_points(group="pyinstaller40", name="hook-dirs") if each.value.startswith("asean_cyber")]
    if not hooks:
        pytest.skip("installed before it had the entry point: install it anew")
    (folder,) = hooks[0].load()()
    assert (Path(folder) / "hook-asean_cyber.py").is_file()


def test_a_program_of_pyinstaller_finds_data_and_every_module(tmp_path: Path) -> None:
    pytest.importorskip("PyInstaller")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    hooks = PACKAGE / "_pyinstaller"
    large = ["altair", "pandas", "polars", "pyarrow", "numpy", "openpyxl", "networkx", "narwhals", "IPython", "argcomplete", "lxml"]
    without = [option for name in large for option in ("--exclude-module", name)]
    options = ["--onedir", "--noconfirm", "--log-level", "ERROR", "--paths", str(PACKAGE.parent), "--additional-hooks-dir", str(hooks), *without]
    made = subprocess.run([sys.executable, "-m", "PyInstaller", *options, "program.py"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    done = subprocess.run([tmp_path / "dist" / "program" / "program"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.stdout.splitlines(), done.stderr) == (said(), "")
