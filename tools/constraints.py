"""Two files of versions to install with, made from pyproject.toml by ``python tools/constraints.py``.

`floors.txt` holds the lowest versions that the project says it works with; a test holds it to pyproject.toml.
`lock.txt` holds one known good version of everything that tests and tools need, with hashes; it needs uv.

    uv pip install ".[test]" --constraint tools/floors.txt      # does the project keep its word?
    uv pip install -r tools/lock.txt                            # what the tests ran with
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(__file__).parent
FLOORS, LOCK = TOOLS / "floors.txt", TOOLS / "lock.txt"
HEAD = "# Made by tools/constraints.py: the lowest version of each dependency that pyproject.toml allows.\n"


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def floors() -> str:
    """`name>=1.2; marker` becomes `name==1.2; marker`, of what the library and its extras need (what only tests need is not promised to anybody)."""
    project = pyproject()["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *(each for extra in extras if extra not in ("all", "test", "docs") for each in extras[extra])]
    return HEAD + "".join(f"{each}\n" for each in sorted({re.sub(r">=", "==", each, count=1) for each in needed}))


def lock() -> str:
    """What uv resolves for every Python and system at once, without the name of any index."""
    groups = [f"--group={name}" for name in pyproject()["dependency-groups"] if name not in ("spark", "fuzz")]
    options = [
        "--universal",
        "--python-version=3.11",
        "--extra=test",
        "--extra=docs",
        "--generate-hashes",
        "--no-annotate",
        "--no-header",
        "--no-emit-index-url",
        "--quiet",
    ]
    done = subprocess.run(["uv", "pip", "compile", "pyproject.toml", *options, *groups], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return "# Made by tools/constraints.py with uv: one known good version of everything that tests and tools need.\n" + done.stdout


if __name__ == "__main__":
    FLOORS.write_text(floors(), encoding="utf-8", newline="\n")
    LOCK.write_text(lock(), encoding="utf-8", newline="\n")
