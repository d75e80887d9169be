"""The extension that adds the book to the site: pages made of the dataset through the public names of the library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes

import asean_cyber as ac

from . import drawing, notebook, pages, reference
from .domain import ROLES, BookDomain, ShortRole


def setup(app: Any) -> dict[str, Any]:
    app.add_domain(BookDomain)
    for role in ROLES:
        app.add_role(role, ShortRole())
    app.add_directive("imports", drawing.Imports)
    reference.setup(app)
    app.connect("doctree-read", _trimmed)
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _navigation_once, priority=400)
    app.connect("html-page-context", _edition, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _trimmed(app: Any, doctree: Any) -> None:
    """Examples end in an empty line, by which the tests know their end; readers need none."""
    for block in doctree.findall(nodes.literal_block):
        block.rawsource = block.rawsource.rstrip()
        block[:] = [nodes.Text(block.astext().rstrip())]


def _pages(app: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every page of the book, in turn; what lies beside a page is written when the page is."""
    out = Path(app.outdir)
    for page in pages.book(ac.dataset()):
        for name, text in page.beside.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        yield (
            page.name,
            {"title": page.title, "body": page.body, "book": True, "lead_to": page.leads_to, "linked_data": page.linked_data, **page.around},
            "page.html",
        )
    (out / "tutorial.ipynb").write_text(notebook.notebook(Path(app.srcdir) / "tutorial.md"), encoding="utf-8")
    (out / "schema.json").write_text(json.dumps(ac.schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_navigation: dict[str, str] = {}


def _navigation_once(app: Any, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Pages of the book stand outside the tree of pages, so the tree is the same for all at one depth: it is made once."""
    if not context.get("book"):
        return
    draw, root = context["toctree"], context["content_root"]
    context["toctree"] = lambda **words: _navigation.get(root) or _navigation.setdefault(root, draw(**words))


def _edition(app: Any, name: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    context["edition"] = pages.edition(ac.dataset())
