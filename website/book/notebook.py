"""The tutorial as a notebook: the same text, and its examples as cells that can be run and changed."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def notebook(page: Path) -> str:
    """A page of Markdown as a notebook: blocks of examples become cells, without prompts and without what they printed."""
    text = page.read_text(encoding="utf-8")
    cells, at = [], 0
    for block in _BLOCK.finditer(text):
        code = _code(block["language"], block["code"])
        if code:
            cells += [nbformat.v4.new_markdown_cell(text[at : block.start()].strip()), nbformat.v4.new_code_cell(code)]
            at = block.end()
    cells.append(nbformat.v4.new_markdown_cell(text[at:].strip()))
    kept = [cell for cell in cells if cell["source"]]
    for number, cell in enumerate(kept):
        cell["id"] = f"cell-{number}"  # as drawn by chance two builds would differ
    made = nbformat.v4.new_notebook(cells=kept, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    return str(nbformat.writes(made)) + "\n"


def _code(language: str, block: str) -> str:
    if language == "python":
        return block.strip()
    if language != "pycon":
        return ""
    return "\n".join(line[4:] for line in block.splitlines() if line.startswith((">>> ", "... ")) or line in ("...", ">>>")).strip()
