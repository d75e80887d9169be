"""The tests in an environment of their own, for whichever Python runs this.

    python tools/test.py                          # with the newest versions of everything
    python tools/test.py --versions locked        # with those of tools/lock.txt
    python tools/test.py --versions lowest        # with those of tools/floors.txt
    python tools/test.py --versions core          # with nothing beyond what the library itself needs, and pytest

What follows ``--`` goes to pytest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORE = ("test_edtf.py", "test_model.py", "test_query.py", "test_packaged.py", "test_runtimes.py")
"""The tests that need nothing but the library, pytest and hypothesis."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests in an environment of their own.")
    parser.add_argument("--versions", choices=("newest", "locked", "lowest", "core"), default="newest", help="which versions to test with")
    parser.add_argument("pytest", nargs="*", help="what to give to pytest")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}

        def run(*command: str) -> int:
            print(f"== {' '.join(command[1:])}", flush=True)
            return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

        install = (python, "-m", "uv", "pip", "install", "--quiet", "--python", python)
        wanted: dict[str, tuple[tuple[str, ...], ...]] = {
            "newest": ((".[test]",),),
            "locked": (("--requirement", "tools/lock.txt"), ("--no-deps", ".")),
            "lowest": ((".[test]", "--constraint", "tools/floors.txt"),),
            "core": ((".", "pytest", "hypothesis"),),
        }
        steps = ((python, "-m", "pip", "install", "--quiet", "uv"), *((*install, *each) for each in wanted[asked.versions]))
        if any(run(*step) for step in steps):
            return 1
        core = ("-o", "addopts=", "--confcutdir=tests", *(f"tests/{name}" for name in CORE)) if asked.versions == "core" else ()
        return run(python, "-m", "pytest", *core, *asked.pytest)


if __name__ == "__main__":
    sys.exit(main())
