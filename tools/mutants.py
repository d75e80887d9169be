"""How good the tests are: small faults are put into the source, one by one, and each should make a test fail.

    python tools/mutants.py                     # 300 of them, drawn at random
    python tools/mutants.py --count 20 --seed 7
    python tools/mutants.py --again old.json    # those only that survived then

cosmic-ray finds the places and makes the faults; a run of the tests before tells which of them come by a line, and only those are run
against a fault in it. It works in clones of the commit that is checked out, one for each core, with the Python and packages that run
this (``test`` and the group ``mutants``). What survives is printed as a difference: kill it with a test, or say why it is no fault.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import itertools
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import cosmic_ray.plugins as plugins
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import mutate_code
from coverage import CoverageData

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ("src/asean_cyber/_model", "src/asean_cyber/_files", "src/asean_cyber/_query")
TESTS = "tests"
LEFT_OUT = ("test_notebooks.py", "test_plots.py", "test_site.py", "test_project.py")
"""Tests that say nothing about those rooms and take long."""


CONTEXTS = """\
from coverage import Coverage

def pytest_runtest_setup(item):
    Coverage.current().switch_context(item.nodeid)
"""
"""A plugin of pytest. Its own ``--cov-context`` names no test where ``--cov`` stands in the configuration (pytest-cov 7.1)."""


class Mutant(NamedTuple):
    path: str
    line: int
    operator: str
    occurrence: int


class Result(NamedTuple):
    mutant: Mutant
    killed: bool
    how: str
    difference: str


def mutants(tree: Path) -> Iterator[Mutant]:
    """Every small fault that could be put into the source."""
    for folder in SOURCE:
        for path in sorted((tree / folder).rglob("*.py")):
            dead = unexecuted(path)
            parsed = get_ast_from_path(path)
            for name in plugins.operator_names():
                if plugins.get_operator(name).arguments():
                    continue
                operator = plugins.get_operator(name)()
                places = [place for node in ast_nodes(parsed) for place in operator.mutation_positions(node)]
                for occurrence, (start, _) in enumerate(places):
                    if not any(first <= start <= last for first, last in dead):
                        yield Mutant(path.relative_to(tree).as_posix(), start[0], name, occurrence)


def unexecuted(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where nothing runs, so that no test can tell a fault: annotations, and what only type checkers read."""
    found: list[ast.AST] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation:
            found.append(node.annotation)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.returns:
            found.append(node.returns)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            found.append(node)
    return [((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)) for node in found]  # type: ignore[attr-defined]


def pytest(tree: Path, *arguments: str, limit: float | None = None) -> int | None:
    """Run tests in a clone; the exit code, or None where they took too long."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1", "CI": "true"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *arguments]
    with subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return None


def who_comes_by(tree: Path) -> dict[tuple[str, int], set[str]]:
    """The tests that run each line, without their parameters, whose ids hold what a command line might not take."""
    left_out = [f"--ignore={TESTS}/{name}" for name in LEFT_OUT]
    (tree / "contexts_of_tests.py").write_text(CONTEXTS, encoding="utf-8")
    if pytest(tree, "-p", "contexts_of_tests", "-n", "auto", "--cov", "--cov-report=", *left_out, TESTS):
        sys.exit("the tests fail without any fault put in: python -m pytest tests")
    data = CoverageData(str(tree / ".coverage"))
    data.read()
    if len(data.measured_contexts()) < 2:
        sys.exit("no line is told apart by the tests that run it: pytest-cov and coverage do not work together as they did")
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for name in data.measured_files():
        path = Path(name)
        if tree in path.parents:
            for line, contexts in data.contexts_by_lineno(name).items():
                found[path.relative_to(tree).as_posix(), line] |= {each.partition("[")[0] for each in contexts if each}
    return found


def mutated(code: str, mutant: Mutant) -> str:
    return mutate_code(code, plugins.get_operator(mutant.operator)(), mutant.occurrence) or code


def is_python(code: str) -> bool:
    """Whether it can be read at all: what cannot is no fault that a test had to find, such as ``//`` for the ``/`` of a signature."""
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def survived(report: Path, everything: list[Mutant], tree: Path) -> Iterator[Mutant]:
    """The faults that no test found in a run before, looked up by what they change: lines may have moved since."""
    then = {told_of(each["difference"]): None for each in json.loads(report.read_text(encoding="utf-8"))["results"] if not each["killed"]}
    for mutant in everything:
        code = (tree / mutant.path).read_text(encoding="utf-8")
        if told_of(difference_of(mutant, code, mutated(code, mutant))) in then:
            yield mutant


def told_of(difference: str) -> tuple[str, ...]:
    """A difference without the numbers of its lines."""
    return tuple(line for line in difference.splitlines() if not line.startswith("@@"))


def difference_of(mutant: Mutant, code: str, changed: str) -> str:
    return "".join(difflib.unified_diff(code.splitlines(True), changed.splitlines(True), mutant.path, mutant.path, n=1))


def tried(mutant: Mutant, tree: Path, tests: set[str], limit: float) -> Result:
    """Put a fault in, run the tests that come by, and take it out again."""
    path = tree / mutant.path
    code = path.read_text(encoding="utf-8")
    changed = mutated(code, mutant)
    difference = difference_of(mutant, code, changed)
    path.write_text(changed, encoding="utf-8")
    try:
        # Those of one file after the other: what is small first, for most faults are found at once.
        files = Counter(each.partition("::")[0] for each in tests)
        for file, _ in sorted(files.items(), key=lambda item: item[1]):
            code_ = pytest(tree, "--no-cov", *sorted(each for each in tests if each.partition("::")[0] == file), limit=limit)
            if code_ != 0:
                return Result(mutant, True, f"{file}{': took too long' if code_ is None else ''}", difference)
        return Result(mutant, False, f"{sum(files.values())} tests ran", difference)
    finally:
        path.write_text(code, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Put faults into the source and count those that a test finds.")
    parser.add_argument("--count", type=int, default=300, help="how many (default: 300)")
    parser.add_argument("--seed", type=int, default=20261126, help="of the draw (default: 20261126)")
    parser.add_argument("--again", type=Path, metavar="REPORT", help="only what survived in a run before, by its --report")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many at a time (default: as many as cores)")
    parser.add_argument("--least", type=float, default=85, help="how many in 100 have to be found (default: 85)")
    parser.add_argument("--minutes", type=float, help="stop after so long, and say how many were tried")
    parser.add_argument("--report", type=Path, help="a file for the results, as JSON")
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-", ignore_cleanup_errors=True) as name:
        trees = [Path(name).resolve() / str(n) for n in range(asked.workers)]
        for tree in trees:
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
        commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=trees[0], check=True, capture_output=True, text=True).stdout.strip()
        everything = list(mutants(trees[0]))
        shuffled = random.Random(asked.seed).sample(everything, len(everything))
        readable = (each for each in shuffled if is_python(mutated((trees[0] / each.path).read_text(encoding="utf-8"), each)))
        drawn = list(survived(asked.again, everything, trees[0])) if asked.again else list(itertools.islice(readable, asked.count))
        print(f"{len(drawn)} of {len(everything):,} mutants, {asked.again or f'seed {asked.seed}'}, commit {commit[:12]}", flush=True)
        lines = who_comes_by(trees[0])
        shutil.rmtree(trees[0] / ".hypothesis", ignore_errors=True)
        usual = max(60.0, 3 * (time.monotonic() - began))
        print(f"the tests without a fault: {time.monotonic() - began:.0f} s", flush=True)
        left: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
        for mutant in drawn:
            left.put(mutant)
        results: list[Result] = []

        def work(tree: Path) -> None:
            while not left.empty() and (asked.minutes is None or time.monotonic() - began < 60 * asked.minutes):
                try:
                    mutant = left.get_nowait()
                except queue.Empty:
                    return
                # What runs when a module is imported belongs to no test: any may find it.
                tests = lines[mutant.path, mutant.line] or {each for (path, _), those in lines.items() if path == mutant.path for each in those}
                results.append(tried(mutant, tree, tests, usual))
                print("." if results[-1].killed else "S", end="" if len(results) % 60 else "\n", flush=True)

        threads = [threading.Thread(target=work, args=(tree,)) for tree in trees]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return told(results, asked, commit, time.monotonic() - began)


def told(results: list[Result], asked: Any, commit: str, seconds: float) -> int:
    survivors = [result for result in results if not result.killed]
    share = 100 * (1 - len(survivors) / len(results)) if results else 0.0
    print()
    for result in survivors:
        print(f"\nsurvived ({result.how}), {result.mutant.operator}:\n{result.difference}", end="")
    print(f"\n{len(results) - len(survivors)} of {len(results)} killed ({share:.1f} %) in {seconds / 60:.0f} minutes; seed {asked.seed}, commit {commit}")
    if asked.report:
        report = {"commit": commit, "seed": asked.seed, "results": [{**each.mutant._asdict(), **each._asdict(), "mutant": None} for each in results]}
        asked.report.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0 if share >= asked.least else 1


if __name__ == "__main__":
    sys.exit(main())
