"""Imports run downward only, wherever in a module they stand; and what is public is listed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import asean_cyber as ac

PACKAGE = Path(str(ac.__file__)).parent

ROOMS = (
    "_about",
    "_hooks",
    "_later",
    "errors",
    "vocabulary",
    "places",
    "_model",
    "_lookup",
    "_files",
    "_display",
    "_tables",
    "_query",
    "_packaged",
    "_quality",
    "_cite",
    "export",
    "charts",
    "_ask",
    "cli",
    "__init__",
    "__main__",
)
"""The modules and packages of the library, from the bottom up: each may import those before it, and itself."""


def modules() -> dict[str, Path]:
    """Every module by its dotted name within the package; a package is called by its own name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0].startswith("_pyinstaller"):
            continue  # it is read by another program, in another process
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found[name] = path
    return found


MODULES = modules()


def imports(name: str) -> Iterator[tuple[int, str]]:
    """The modules of the library that a module imports, in any place and for any purpose, with the line."""
    path = MODULES[name]
    package = list(path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                yield node.lineno, whole if whole in MODULES else ".".join(base) or "__init__"
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            yield from ((node.lineno, each.partition(".")[2] or "__init__") for each in names if each.partition(".")[0] == "asean_cyber")


def room(name: str) -> str:
    return name.partition(".")[0]


def test_every_module_stands_in_a_room() -> None:
    assert {room(name) for name in MODULES} == set(ROOMS)


@pytest.mark.parametrize("name", MODULES)
def test_no_module_imports_upward(name: str) -> None:
    upward = [
        f"{name}, line {line}: imports {target}, which stands above it" for line, target in imports(name) if ROOMS.index(room(target)) > ROOMS.index(room(name))
    ]
    assert not upward


def test_no_imports_run_in_a_circle() -> None:
    """Within a room too: from no module can one come back to it."""
    edges = {name: {target for _, target in imports(name) if target != name} for name in MODULES}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"a circle: {' > '.join((*path[path.index(name) :], name))}"
        if name not in done:
            for target in edges[name]:
                visit(target, (*path, name))
            done.add(name)

    for name in edges:
        visit(name, ())


def test_the_test_of_imports_would_see_one_that_runs_upward() -> None:
    """`charts` stands above `_query`: its own imports, read as those of the model, would fail."""
    assert any(ROOMS.index(room(target)) > ROOMS.index("_model") for _, target in imports("charts"))


def test_what_type_checkers_see_is_what_there_is() -> None:
    """The names in `__all__`, in the table of homes, and in the imports that type checkers read are the same."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname or alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == ac._MODULE_OF
    assert set(ac.__all__) == {*seen, "__version__", "__release_date__"}


def test_public_modules_are_those_without_an_underscore() -> None:
    assert {name for name in ROOMS if not name.startswith("_")} == {"errors", "vocabulary", "places", "export", "charts", "cli"}
