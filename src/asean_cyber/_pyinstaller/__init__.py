"""What PyInstaller asks when it bundles a program that imports asean_cyber; it finds this by an entry point."""

from __future__ import annotations

from pathlib import Path


def hook_folders() -> list[str]:
    """Where the hooks lie."""
    return [str(Path(__file__).parent)]
