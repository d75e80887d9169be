"""Text in Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$]|^[-+]|^\d+(?=[.)]))")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line.

    >>> escaped("1. a_b | $5 <i>")
    '1\\\\. a\\\\_b \\\\| \\\\$5 \\\\<i\\\\>'
    """
    return _SPECIAL.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], " ".join(text.split()))
