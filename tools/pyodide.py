"""The library in Pyodide, CPython compiled to WebAssembly, under node: Pythons that are newer than those at hand, and no threads, processes or sockets.

    python tools/pyodide.py --wheel dist/asean_cyber-X-py3-none-any.whl --pyodide 314.0.7

It needs node, npm and uv. Pyodide itself comes from npm, the wheels from the index that uv uses anyway.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = {"314.0.7": "3.14", "315.0.0-alpha.2": "3.15"}
"""The releases of Pyodide to run in, and the Python that each is."""
TESTS = ("test_edtf.py", "test_model.py", "test_query.py", "test_loading.py", "test_support.py")
"""What starts no process and needs nothing beyond the library and pytest."""

NODE = """
import { loadPyodide } from "pyodide";
const [site, tests, ...names] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.mkdirTree("/site");
python.FS.mkdirTree("/tests");
python.mountNodeFS("/site", site);
python.mountNodeFS("/tests", tests);
python.globals.set("names", python.toPy(names));
const code = python.runPython(`
import os, sys
sys.path.insert(0, "/site")
os.chdir("/")
import asean_cyber as ac
assert ac.get("ammtc-8").year == 2011 and ac.__file__.startswith("/site/")
print(f"Python {sys.version.split()[0]} on {sys.platform}: asean-cyber {ac.__version__}, {len(ac.records())} records")
print(str(ac.verify()).splitlines()[0])
import pytest
int(pytest.main(["-q", "-p", "no:cacheprovider", "-W", "error", "-o", "addopts=", *("tests/" + name for name in names)]))
`);
process.exit(code);
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the library and its tests in Pyodide.")
    parser.add_argument("--wheel", type=Path, required=True, help="the wheel to try")
    parser.add_argument("--tests", type=Path, default=ROOT / "tests", help="where the tests lie")
    parser.add_argument("--pyodide", choices=VERSIONS, default=next(iter(VERSIONS)), help="which release of Pyodide")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        options = ("--target", site, "--python-version", VERSIONS[asked.pyodide], "--only-binary", ":all:", "--quiet")
        subprocess.run(["uv", "pip", "install", *map(str, options), str(asked.wheel), "pytest"], check=True)
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, f"pyodide@{asked.pyodide}"], check=True, stdout=subprocess.DEVNULL)
        (Path(folder) / "run.mjs").write_text(NODE, encoding="utf-8")
        names = [name for name in TESTS if "hypothesis" not in (asked.tests / name).read_text(encoding="utf-8")]
        return subprocess.run(["node", "run.mjs", str(site), str(asked.tests.resolve()), *names], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
