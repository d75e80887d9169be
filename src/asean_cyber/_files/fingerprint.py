"""A number that two people can compare to know that they hold the same data.

The canonical form is a text of one line an item: ``["meetings",{"body":"ammtc", …}]``, the name of the
section and the item as JSON without spaces, keys sorted, what says nothing left out. The lines are
sorted by their bytes, and each stands there once, so that neither the order of items nor how they are
spread over files matters. The fingerprint is the SHA-256 of the lines in UTF-8. Line by line this is
what ``jq -cS | sort -u | sha256sum`` does, so nobody needs this library to check it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from .._model.contents import SECTIONS, Contents
from .._model.values import plain


def canonical(contents: Contents) -> bytes:
    """The canonical form of what a dataset holds."""
    return b"".join(sorted({_line(section, item) for section, item in _items(contents)}))


def _items(contents: Contents) -> Iterator[tuple[str, object]]:
    for section in SECTIONS:
        for item in getattr(contents, section):
            yield section, plain(item)
    for old, new in contents.retired:
        yield "retired", {old: new}


def _line(section: str, item: object) -> bytes:
    return json.dumps([section, item], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def fingerprint(contents: Contents) -> str:
    """The SHA-256 of the canonical form, in hexadecimal digits."""
    return sha256(canonical(contents)).hexdigest()
