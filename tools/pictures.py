"""Makes the pictures and notebooks of the documentation anew from the data: ``python tools/pictures.py``.

A picture is what stands before it on its page: the block of Python above ``![…](images/NAME.png)`` either saves it, or ends with
something that shows itself in a notebook, of which a browser then takes a picture (in a dark theme where NAME ends in ``-dark``). It
needs the extras ``test`` and, for those, Chromium.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

import asean_cyber as ac

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURE = re.compile(r"```(?:python|\{code-cell\}[^\n]*)\n((?:(?!```).)*?)```\n+!\[[^\]]*\]\((images/[^)]+)\.png\)", re.DOTALL)
PAGE = """<!doctype html><meta charset="utf-8"><style>
:root {{ color-scheme: {scheme} }}
body {{ background: {ground}; color: {ink}; font: 14px/1.5 system-ui, sans-serif; margin: 12px; display: inline-block; max-width: 900px }}
</style>{body}<script>document.title = `${{document.body.offsetWidth + 24}},${{document.body.offsetHeight + 24}}`</script>"""


class ThisPython(AsyncKernelManager):
    """Runs notebooks with the Python that runs this, whatever kernels are installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], display_name="Python", language="python")


def notebook(path: Path, folder: Path) -> None:
    """Run a notebook and keep what it shows, and nothing of when and where it ran."""
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(book, timeout=300, kernel_manager_class=ThisPython, record_timing=False, resources={"metadata": {"path": str(folder)}}).execute()
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    nbformat.write(book, path)  # type: ignore[no-untyped-call]


def pictures(page: Path, folder: Path) -> list[Path]:
    """Make the pictures of one page; blocks share their names, as a reader's do."""
    made, names = [], {"ac": ac}
    for code, target in PICTURE.findall(page.read_text(encoding="utf-8")):
        path = page.parent / f"{target}.png"
        shown = value(code, names)
        saved = re.search(r"\.save\(\s*[\"']([^\"']+\.png)[\"']", code)
        if saved:
            shutil.copyfile(folder / saved[1], path)
        else:
            photograph(shown._repr_html_(), path, dark=path.stem.endswith("-dark"), folder=folder)
        made.append(path)
    return made


def value(code: str, names: dict[str, Any]) -> Any:
    """Run a block; what its last line is, if that is an expression."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<block>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<block>", "eval"), names) if isinstance(last, ast.Expr) else None


def photograph(html: str, path: Path, *, dark: bool, folder: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit(f"a picture of what a notebook shows needs Chromium, which is not here: {path.name} is as it was")
    page = folder / "page.html"
    colours = {"scheme": "dark", "ground": "#111", "ink": "#ddd"} if dark else {"scheme": "light", "ground": "#fff", "ink": "#111"}
    page.write_text(PAGE.format(body=html, **colours), encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    command += [f"--user-data-dir={folder / 'browser'}", "--force-device-scale-factor=1.5", "--hide-scrollbars"]
    seen = subprocess.run([*command, "--window-size=960,800", "--dump-dom", page.as_uri()], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    size = re.findall(r"<title>(\d+,\d+)</title>", seen)[0]
    subprocess.run([*command, f"--window-size={size}", f"--screenshot={path}", page.as_uri()], check=True, capture_output=True)


def main() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.chdir(folder)
        for path in sorted(DOCS.rglob("*.ipynb")):
            notebook(path, folder)
            print(path.relative_to(DOCS))
        for page in sorted(DOCS.rglob("*.md")):
            for path in pictures(page, folder):
                print(path.relative_to(DOCS))


if __name__ == "__main__":
    main()
