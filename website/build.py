"""Builds the site: ``python website/build.py [FOLDER]`` (``build/site`` if no folder is named).

Sphinx makes the pages, and Pagefind the index by which they are searched. The folder can be served by any host, at any path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def build(out: Path) -> None:
    """The whole site, from scratch: a search index of an earlier build would lack pages that were not made again."""
    shutil.rmtree(out, ignore_errors=True)
    kept = out.with_name(f"{out.name}-doctrees")
    shutil.rmtree(kept, ignore_errors=True)
    # The order of sets must not show, or two builds would differ.
    settings = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0")}
    run = lambda *command: subprocess.run([sys.executable, "-m", *command], check=True, cwd=ROOT, env=settings)  # noqa: E731
    run("sphinx", "-W", "--keep-going", "-q", "-E", "-b", "dirhtml", "-c", str(HERE), "-d", str(kept), str(ROOT / "docs"), str(out))
    run("pagefind", "--site", str(out), "--root-selector", "article[role=main]", "--exclude-selectors", ".headerlink", "--quiet")


if __name__ == "__main__":
    begun = time.monotonic()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "site").resolve()
    build(folder)
    print(f"{folder}: {sum(1 for _ in folder.rglob('*.html')):,} pages in {time.monotonic() - begun:.0f} s")
