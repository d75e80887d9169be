"""Where what stands below asks for what stands above. It imports nothing; the package's face fills it in.

A record that a notebook shows on its own is drawn by modules that know records, and a mistaken folder is told
that it may refer to the packaged dataset: without this, the model would import the screen, and the files the package.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

card: Callable[[Any], str]
"""A record or body on its own, as HTML."""

page: Callable[[Any], str]
"""A record on its own, as text."""

packaged: Callable[[], Any]
"""The contents of the packaged dataset."""
