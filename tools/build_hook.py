"""Brings into the package's metadata what `src/asean_cyber/_about.py` says; hatchling runs it at each build."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class AboutHook(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        metadata.update(runpy.run_path(str(Path(__file__).with_name("metadata.py")))["for_the_index"]())
