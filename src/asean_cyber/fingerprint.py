"""A number that two people can compare to know that they hold the same data.

The canonical form is the dataset as one JSON value in which every object's keys and every section's
items are sorted, written without spaces, in UTF-8 (the JSON Canonicalization Scheme, RFC 8785, gives
the same bytes for it, since it holds no number but whole ones). The fingerprint is its SHA-256.
"""

from __future__ import annotations

import json
from hashlib import sha256

from .codec import to_dict
from .contents import SECTIONS, Contents


def canonical(contents: Contents) -> bytes:
    """The canonical form of what a dataset holds."""
    value: dict[str, object] = {}
    for section in SECTIONS:
        items = [to_dict(item) for item in getattr(contents, section)]
        if items:
            value[section] = sorted(items, key=_text)
    if contents.retired:
        value["retired"] = dict(contents.retired)
    return _text(value).encode()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(contents: Contents) -> str:
    """The SHA-256 of the canonical form, in hexadecimal digits."""
    return sha256(canonical(contents)).hexdigest()
