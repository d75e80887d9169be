"""Everything of a release but the publishing, done here: build, check, upload to an index on this machine, install from it, verify, tamper.

    python tools/rehearse.py                     # some minutes; a part of .ci/run
    python tools/rehearse.py --long              # with the whole test suite on every Python, Spark and Pyodide

It works on a fresh clone of the commit that is checked out, so what is not committed plays no part. It needs git and the Pythons
named by ``--python`` (default: those of 3.11 to 3.15 that are found); what else it uses it installs into a folder of its own.
Packages of others come from the index that pip and uv use anyway.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import runpy
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
import venv
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
EPOCH = "1580601600"  # hatchling's own when none is set: whoever builds without setting it gets the same bytes
HANDFUL = (*(f"tests/test_{name}.py" for name in ("proof", "packaged", "cli", "project", "releases", "citing")), "README.md")

SMOKE = """
import sys
import asean_cyber as ac
assert "site-packages" in ac.__file__, ac.__file__
assert ac.__version__ == sys.argv[1], ac.__version__
assert ac.meetings(body="AMMTC", year=2011).ids == ("ammtc-8",)
assert str(ac.get("ammtc-8").date) == "2011-10-10/2011-10-11"
assert "ammtc-8" in ac.cite("ammtc-8")
if "frames" in sys.argv:
    assert list(ac.meetings(body="AMMTC", year=2011).to_pandas()["id"]) == ["ammtc-8"]
    ac.timeline(ac.meetings(body="AMMTC")).save("timeline.svg")
"""


class Failed(SystemExit):
    """A step went wrong; the message says which and how."""


class Rehearsal:
    def __init__(self, folder: Path, pythons: Sequence[str]) -> None:
        self.folder = folder
        self.pythons = pythons
        self.began = time.monotonic()
        self.clone = folder / "clone"
        self.tools = folder / "tools"
        scripts = self.tools / ("Scripts" if os.name == "nt" else "bin")
        unset = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))  # its shims answer only for the versions that are switched on
        paths = [scripts, *os.environ["PATH"].split(os.pathsep), *sorted(pyenv.glob("versions/*/bin"))]
        self.environment = {name: value for name, value in os.environ.items() if name not in unset} | {
            "PATH": os.pathsep.join(map(str, paths)),
            "SOURCE_DATE_EPOCH": EPOCH,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_QUIET": "1",
            "UV_PYTHON_DOWNLOADS": "never",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    # What every step is made of.

    def step(self, words: str) -> None:
        print(f"\n== [{time.monotonic() - self.began:4.0f} s] {words}", flush=True)

    def run(self, *command: str | Path, cwd: Path | None = None, show: int = 0, fails: bool = False, **environment: str) -> str:
        """Run a command and give what it printed; the last lines of it are shown. It must succeed, or with `fails` must not."""
        where = self.environment | environment
        found = shutil.which(str(command[0]), path=where["PATH"]) or str(command[0])
        done = subprocess.run([found, *map(str, command[1:])], cwd=cwd or self.clone, env=where, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)  # fmt: skip
        if (done.returncode != 0) is not fails:
            raise Failed(f"{done.stdout}\n{' '.join(map(str, command))}\nended with {done.returncode}{', and should have failed' if fails else ''}")
        for line in done.stdout.strip().splitlines()[-show:] if show else ():
            print(f"   {line}", flush=True)
        return done.stdout

    def environment_of(self, name: str, python: str) -> Path:
        """A new virtual environment; its interpreter."""
        folder = self.folder / "environments" / f"{name}-{python}"
        self.run("uv", "venv", "--seed", "--python", python, folder)
        return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    # The steps.

    def prepare(self) -> None:
        self.step("a clean clone, and the tools")
        self.clone.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(self.clone)], check=True)
        venv.create(self.tools, with_pip=True)
        python = self.tools / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.run(python, "-m", "pip", "install", "uv")
        self.run("uv", "pip", "install", "--python", python, "--group", "release")
        self.pythons = self.pythons or tuple(name for name in PYTHONS if self.has(name))
        if len(self.pythons) < 2:
            raise Failed("two Pythons of 3.11 to 3.15 are needed, to build with both")
        print(f"   Pythons: {', '.join(self.run(name, '-V').split()[1] for name in self.interpreters())}")

    def has(self, name: str) -> bool:
        return (
            subprocess.run(["uv", "python", "find", "--quiet", name], cwd=self.folder, env=self.environment, capture_output=True, check=False).returncode == 0
        )

    def interpreters(self) -> Iterator[str]:
        for name in self.pythons:
            yield self.run("uv", "python", "find", name, cwd=self.folder).strip()

    def build(self) -> None:
        """The sdist, the wheel from the tree and the wheel from the sdist, twice with each Python: each has to have one set of bytes."""
        self.step("sdist, wheel, and wheel from the sdist: two builds with each Python")
        seen: dict[str, set[str]] = {}
        for python in self.pythons:
            for turn in (1, 2):
                tree, out = self.folder / f"tree-{turn}" / python, self.folder / "built" / f"{python}-{turn}"
                subprocess.run(["git", "clone", "--quiet", str(self.clone), str(tree)], check=True)
                for path in tree.rglob("*") if turn == 2 else ():
                    os.utime(path, (1, 10**9))  # when a file was written must play no part
                self.run("uv", "build", "--sdist", "--wheel", "--python", python, "--out-dir", out, tree)
                (sdist,) = out.glob("*.tar.gz")
                self.run("uv", "build", "--wheel", "--python", python, "--out-dir", out / "from-sdist", sdist)
                for path in sorted(out.rglob("asean_cyber-*")):
                    seen.setdefault(path.name, set()).add(hashlib.sha256(path.read_bytes()).hexdigest())
        for name, hashes in seen.items():
            print(f"   {name}: {', '.join(sorted(hashes))}")
            if len(hashes) != 1:
                raise Failed(f"{name}: the builds differ")
        self.dist = self.folder / "dist"
        shutil.copytree(out, self.dist, ignore=shutil.ignore_patterns("from-sdist", ".gitignore"))
        (self.wheel,), (self.sdist,) = self.dist.glob("*.whl"), self.dist.glob("*.tar.gz")
        self.version = self.wheel.name.split("-")[1]
        (self.dist / "SHA256SUMS").write_text("".join(f"{next(iter(seen[path.name]))}  {path.name}\n" for path in (self.sdist, self.wheel)), "utf-8")

    def check(self) -> None:
        self.step("what the checkers say")
        self.run("twine", "check", "--strict", self.wheel, self.sdist, show=2)
        self.run("check-wheel-contents", self.wheel, show=1)
        self.run("check-sdist", show=1)
        self.run("validate-pyproject", "pyproject.toml", show=1)
        print(f"   README: {self.readme()} links, none dead")

    def readme(self) -> int:
        """Render the README as an index does; every link has to lead somewhere from there. The number of links."""
        with zipfile.ZipFile(self.wheel) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            text = archive.read(name).decode()
        (self.folder / "readme.md").write_text(text.partition("\n\n")[2], "utf-8")
        render = "import sys, pathlib, readme_renderer.markdown as m; sys.stdout.reconfigure(encoding='utf-8'); print(m.render(pathlib.Path(sys.argv[1]).read_text('utf-8')))"
        page = Page()
        page.feed(self.run("python", "-c", render, self.folder / "readme.md", PYTHONIOENCODING="utf-8"))
        dead = [to for to in page.links if not re.match(r"https?://|mailto:", to) and to.removeprefix("#").removeprefix("user-content-") not in page.anchors]
        if dead or not page.headings:
            raise Failed(f"the README on an index: dead links {dead}" if dead else "the README on an index: no headings, so it was not rendered")
        return len(page.links)

    @contextmanager
    def index(self) -> Iterator[str]:
        """An index on this machine that holds what was built, uploaded as to any other."""
        self.step("upload with twine to an index on this machine")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        packages = self.folder / "index"
        packages.mkdir()
        command = [self.tools_program("pypi-server"), "run", "-i", "127.0.0.1", "-p", str(port), "-a", ".", "-P", ".", "--disable-fallback", str(packages)]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                address = f"http://127.0.0.1:{port}"
                for _ in range(100):
                    with socket.socket() as probe:
                        if probe.connect_ex(("127.0.0.1", port)) == 0:
                            break
                    time.sleep(0.1)
                self.run(
                    "twine", "upload", "--non-interactive", "-u", "any", "-p", "any", "--repository-url", f"{address}/", self.wheel, self.sdist, NO_COLOR="1"
                )
                print(f"   holds {', '.join(sorted(path.name for path in packages.iterdir()))}")
                yield f"{address}/simple/"
            finally:
                server.terminate()

    def tools_program(self, name: str) -> str:
        return shutil.which(name, path=self.environment["PATH"]) or name

    def install(self, index: str) -> None:
        """From the index, in new environments: base and extras, with pip and with uv, lowest and newest dependencies."""
        self.step(f"install asean-cyber=={self.version} from it")
        newest = self.pythons[-1]
        for wanted in ("", "[pandas,plot]"):
            python = self.environment_of(f"pip{len(wanted)}", newest)
            self.run(python, "-m", "pip", "install", "--pre", "--extra-index-url", index, f"asean-cyber{wanted}=={self.version}")
            self.smoke(python, wanted, f"pip, {newest}")
        for name in self.pythons:
            for wanted, lowest in (("", False), ("[pandas,plot]", False), ("", True), ("[all]", True)):
                python = self.environment_of(f"uv{len(wanted)}{lowest}", name)
                limits = ("--constraint", ROOT / "tools" / "floors.txt") if lowest else ()
                self.run("uv", "pip", "install", "--python", python, "--index", index, *limits, f"asean-cyber{wanted}=={self.version}")
                self.smoke(python, wanted, f"uv, {name}, {'lowest' if lowest else 'newest'}")
        self.installed = self.folder / "environments" / f"pip0-{newest}"

    def smoke(self, python: Path, wanted: str, how: str) -> None:
        """It imports, answers, cites, draws where it can, says that it is what was shipped, and every dependency fits."""
        self.run(python, "-c", SMOKE, self.version, *(["frames"] if wanted else []), cwd=self.folder)
        between = ".dev" in self.version  # between releases there is nothing that it could be as
        said = self.run(python, "-m", "asean_cyber", "verify", cwd=self.folder, fails=between).splitlines()[0]
        if said != f"asean-cyber {self.version}: {'as installed, which is no release' if between else 'as released'}":
            raise Failed(f"verify says {said!r}")
        self.run("uv", "pip", "check", "--python", python)
        print(f"   {how}: asean-cyber{wanted}; {said}", flush=True)

    def tamper(self) -> None:
        self.step("tamper with one byte of one file")
        (path,) = self.installed.rglob("asean_cyber/data/ammtc.json")
        data = path.read_bytes()
        path.write_bytes(data.replace(b"Bali", b"Bala", 1))
        python = self.installed / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        said = self.run(python, "-m", "asean_cyber", "verify", cwd=self.folder, fails=True, show=4)
        path.write_bytes(data)
        if "changed: ammtc.json" not in said or "NOT as" not in said:
            raise Failed("the changed file was not named")

    def bill(self) -> None:
        """A bill of materials of the base installation, for the release; the same bytes each time."""
        self.step("a software bill of materials (CycloneDX)")
        python = self.environment_of("bill", self.pythons[-1])
        self.run("uv", "pip", "install", "--python", python, self.wheel)
        self.run("uv", "pip", "uninstall", "--python", python, "pip", "setuptools", "wheel")
        described = self.folder / "bill.toml"  # with the version, which pyproject.toml leaves to the build
        described.write_text(f'[project]\nname = "asean-cyber"\nversion = "{self.version}"\nlicense = "MIT AND CC-BY-4.0"\n', "utf-8")
        bills = []
        for turn in (1, 2):
            path = self.folder / f"bill-{turn}.json"
            options = ("--pyproject", described, "--mc-type", "library", "--output-reproducible", "--output-format", "JSON", "--output-file", path)
            self.run("cyclonedx-py", "environment", *options, python)
            bills.append(path.read_bytes())
        if bills[0] != bills[1]:
            raise Failed("the bill of materials differs from one time to the next")
        found = json.loads(bills[0])
        (self.dist / f"asean_cyber-{self.version}.cdx.json").write_bytes(bills[0])
        print(
            f"   {found['metadata']['component']['name']} {found['metadata']['component']['version']}: {', '.join(each['name'] for each in found['components'])}"
        )

    def test(self, index: str, pythons: Sequence[str], paths: Sequence[str], lowest: bool = False) -> None:
        """The tests against the installed wheel, and from the unpacked sdist by the README's own command."""
        what = "all tests" if not paths else f"tests ({', '.join(paths)})"
        unpacked = self.unpack()
        for name in pythons:
            self.step(f"{what} against the installed wheel: {name}, {'lowest' if lowest else 'newest'} dependencies")
            bare = self.folder / f"bare-{name}-{lowest}"
            shutil.copytree(unpacked, bare, ignore=shutil.ignore_patterns("src"))
            python = self.environment_of(f"test{lowest}", name)
            limits = ("--constraint", ROOT / "tools" / "floors.txt") if lowest else ()
            self.run("uv", "pip", "install", "--python", python, "--index", index, *limits, f"asean-cyber[test]=={self.version}")
            self.run(python, "-m", "pytest", "-q", "--no-cov", *paths, cwd=bare, show=6)

    def unpack(self) -> Path:
        folder = self.folder / "unpacked"
        if not folder.exists():
            with tarfile.open(self.sdist) as archive:
                archive.extractall(folder, filter="data")
        (tree,) = folder.iterdir()
        return tree

    def test_from_sdist(self, paths: Sequence[str]) -> None:
        self.step("the README's test command in the unpacked sdist" if not paths else f"{', '.join(paths)} in the unpacked sdist")
        tree = self.unpack()
        python = self.environment_of("sdist", self.pythons[0])
        self.run("uv", "pip", "install", "--python", python, f"{tree}[test]")
        self.run(python, "-m", "pytest", "-q", *(("--no-cov", *paths) if paths else ()), cwd=tree, show=6)

    def spark(self, index: str) -> None:
        self.step("the Spark recipe")
        if not shutil.which("java"):
            raise Failed("Spark needs Java, a package of the system")
        python = self.environment_of("spark", self.pythons[0])
        self.run("uv", "pip", "install", "--python", python, "--index", index, f"asean-cyber[test]=={self.version}", "--group", "spark")
        bare = self.folder / "bare-spark"
        shutil.copytree(self.unpack(), bare, ignore=shutil.ignore_patterns("src"))
        self.run(python, "-m", "pytest", "-q", "--no-cov", "-n0", "-k", "spark", "tests/test_workers.py", cwd=bare, show=2)
        self.run(python, "-m", "pytest", "-q", "--no-cov", "-n0", "docs/tables.md", cwd=bare, show=2)

    def pyodide(self) -> None:
        self.step("Pyodide: CPython compiled to WebAssembly, under node")
        for version in runpy.run_path(str(ROOT / "tools" / "pyodide.py"))["VERSIONS"]:
            self.run("python", ROOT / "tools" / "pyodide.py", "--wheel", self.wheel, "--tests", self.unpack() / "tests", "--pyodide", version, show=3)


class Page(HTMLParser):
    """The links, anchors and headings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.headings = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.headings += tag in ("h1", "h2")
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name in ("id", "name") and value:
                self.anchors.add(value.removeprefix("user-content-"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Rehearse a release.")
    parser.add_argument("--long", action="store_true", help="the whole test suite on every Python, with the lowest dependencies too, Spark and Pyodide")
    parser.add_argument("--only", metavar="PART", choices=("tests", "spark", "pyodide", "build"), help="after the build only this part")
    parser.add_argument("--python", metavar="VERSION", action="append", default=[], help="a Python to use; may be repeated (default: all that are found)")
    parser.add_argument("--dist", type=Path, metavar="FOLDER", help="leave what was built here, with its hashes and bill of materials")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rehearsal-", ignore_cleanup_errors=True) as folder:
        rehearsal = Rehearsal(Path(folder), tuple(asked.python))
        rehearsal.prepare()
        rehearsal.build()
        if asked.only in (None, "build"):
            rehearsal.check()
            rehearsal.bill()
        if asked.only != "build":
            with rehearsal.index() as index:
                if asked.only is None:
                    rehearsal.install(index)
                    rehearsal.tamper()
                if asked.only in (None, "tests"):
                    if asked.long:
                        rehearsal.test(index, rehearsal.pythons, ())
                        rehearsal.test(index, rehearsal.pythons, (), lowest=True)
                    else:
                        rehearsal.test(index, rehearsal.pythons[-1:], HANDFUL)
                    rehearsal.test_from_sdist(() if asked.long else HANDFUL)
                if asked.only == "spark" or (asked.only is None and asked.long):
                    rehearsal.spark(index)
                if asked.only == "pyodide" or (asked.only is None and asked.long):
                    rehearsal.pyodide()
        if asked.dist:
            shutil.copytree(rehearsal.dist, asked.dist, dirs_exist_ok=True)
        rehearsal.step("all of it is well")


if __name__ == "__main__":
    main()
