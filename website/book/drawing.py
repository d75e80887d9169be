"""The rooms of the library and what each imports, drawn from the import statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive

import asean_cyber as ac

PACKAGE = Path(str(ac.__file__)).parent
_ROW, _WIDE, _LEFT = 34, 132, 250


class Imports(Directive):
    """The drawing, in the place of the directive."""

    def run(self) -> list[Any]:
        return [nodes.raw("", drawing(), format="html")]


def rooms() -> dict[str, set[str]]:
    """Each room, and those of which it imports something."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).with_suffix("").parts
        if inside[0] in ("__init__", "__main__") or inside[0].startswith("_pyinstaller"):
            continue
        uses = found.setdefault(inside[0], set())
        uses |= {name for name in _imports(path, list(inside[:-1])) if name != inside[0]}
    return {room: uses & set(found) for room, uses in found.items()}


def _imports(path: Path, package: list[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - (node.level - 1)]
            dotted = [*base, *(node.module or "").split(".")] if node.module else base
            yield from [dotted[0]] if dotted and dotted[0] else (alias.name for alias in node.names)


def order(uses: dict[str, set[str]]) -> list[str]:
    """The rooms from the top down: each before those it imports."""
    down: list[str] = []
    left = dict(uses)
    while left:
        # What nobody who is left imports may stand next; of several the one that imports most.
        top = [room for room in left if not any(room in held for other, held in left.items() if other != room)]
        if not top:
            raise ValueError(f"rooms import each other: {sorted(left)}")
        room = max(top, key=lambda each: (len(uses[each]), each))
        down.append(room)
        del left[room]
    return down


def _next(room: str, uses: dict[str, set[str]]) -> set[str]:
    """Of the rooms that a room imports those that it does not also reach by way of another."""
    return {other for other in uses[room] if not any(other in _reached(between, uses) for between in uses[room] - {other})}


def _reached(room: str, uses: dict[str, set[str]]) -> set[str]:
    return uses[room].union(*(_reached(other, uses) for other in uses[room])) if uses[room] else set()


def drawing() -> str:
    """An SVG: a row for each room, and an arc to each room beneath that it imports and does not reach by way of another."""
    uses = rooms()
    down = order(uses)
    at = {room: 24 + n * _ROW for n, room in enumerate(down)}
    arcs = []
    for room in down:
        for other in sorted(_next(room, uses), key=at.__getitem__):
            top, low = at[room], at[other]
            reach = _LEFT + _WIDE + 14 + (low - top) * 0.42
            arcs.append(
                f'<path d="M{_LEFT + _WIDE},{top} C{reach:.0f},{top} {reach:.0f},{low} {_LEFT + _WIDE + 5},{low}"><title>{escape(room)} imports {escape(other)}</title></path>'
            )
    boxes = [
        f'<g><rect x="{_LEFT}" y="{y - 13}" width="{_WIDE}" height="26" rx="4"{"" if room.startswith("_") else " class=public"}/>'.replace(
            "class=public", 'class="public"'
        )
        + f'<text x="{_LEFT + _WIDE / 2:.0f}" y="{y + 4}">{escape(room)}</text></g>'
        for room, y in at.items()
    ]
    height = 24 + len(down) * _ROW
    told = f"{len(down)} rooms from {down[0]} at the top to {down[-1]} at the bottom; every arc leads downward, to a room that is imported. Left out are arcs to rooms that are also reached by way of another."
    return (
        f'<figure class="rooms"><svg viewBox="{_LEFT - 10} 0 420 {height}" role="img" aria-label="{escape(told)}">'
        f'<defs><marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M6,0 L0,3 L6,6 z"/></marker></defs>'
        f'<g class="arcs">{"".join(arcs)}</g>{"".join(boxes)}</svg><figcaption>{escape(told)}</figcaption></figure>'
    )
