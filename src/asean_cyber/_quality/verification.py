"""Proof that the data in hand is what this version shipped."""

from __future__ import annotations

import csv
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .. import _packaged
from .._about import VERSION
from ..errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Mapping

_HASHES = ("sha256", "sha384", "sha512")  # what the format of wheels allows in RECORD


@attrs.frozen(kw_only=True)
class Verification:
    """Whether the installed data files are those that this version shipped, and if not, which differ.

    It is true only if they are. `str()` gives it to read.
    """

    ok: bool | None
    """True if every file is as released, False if any is not, None if that cannot be known."""
    version: str
    fingerprint: str | None
    """The fingerprint of the packaged dataset as it is in hand; None if it cannot be read."""
    reason: str
    """Why `ok` is what it is; and where the data cannot be read, the error that says why."""
    checked: tuple[str, ...] = ()
    """The files that were compared with what was released."""
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.ok is True

    def __str__(self) -> str:
        head = "cannot be verified" if self.ok is None else "as released" if self.ok else "NOT as released"
        faults = (("changed", self.changed), ("missing", self.missing), ("added", self.added))
        return "\n".join(
            [
                f"asean-cyber {self.version}: {head}",
                f"  {self.reason}",
                *(f"  {what}: {', '.join(names)}" for what, names in faults if names),
                f"  fingerprint: {self.fingerprint or 'none, for the data cannot be read'}",
            ]
        )


def verify() -> Verification:
    """Compare the installed data files, byte for byte, with what this version shipped.

    What was shipped is known from the hashes in the file RECORD, which every wheel carries and every
    installer keeps. A source tree or an editable installation has none: there `ok` is None.

    >>> import asean_cyber as ac
    >>> print(ac.verify())
    asean-cyber ...
      fingerprint: ...
    """
    fingerprint, error = _fingerprint()
    released = _released()
    if isinstance(released, str):
        return Verification(ok=None, version=VERSION, fingerprint=fingerprint, reason=released + error)
    try:
        held = dict(_packaged.files())
    except FileNotFoundError:  # the whole folder is gone
        held = {}
    changed = tuple(name for name in released if name in held and not _has(held[name], released[name]))
    missing = tuple(name for name in released if name not in held)
    added = tuple(name for name in held if name not in released)
    ok = not (changed or missing or added)
    return Verification(
        ok=ok,
        version=VERSION,
        fingerprint=fingerprint,
        reason=f"{len(released)} data files compared with the hashes that came with them{': all are the same' if ok else ''}{error}",
        checked=tuple(released),
        changed=changed,
        missing=missing,
        added=added,
    )


def _fingerprint() -> tuple[str | None, str]:
    """The fingerprint; or None, and what to add to the reason: why it cannot be read."""
    from .._files.fingerprint import fingerprint
    from .._files.reading import decode

    try:
        # The quick reader trusts the files; here they are read with every check.
        return fingerprint(decode(_packaged.files())), ""
    except Exception as error:
        # Files that were tampered with can fail in any way, and to say so is what this module is for.
        told = str(error.faults[0]) if isinstance(error, DatasetError) else f"{type(error).__name__}: {error}"
        more = f", and {len(error.faults) - 1} more" if isinstance(error, DatasetError) and len(error.faults) > 1 else ""
        return None, f"; the data cannot be read: {' '.join(told.split())}{more}"


def _released() -> Mapping[str, str] | str:
    """The data files that the installer of this very copy wrote, with their hashes; or why that is not known."""
    from importlib.metadata import distributions

    here = Path(__file__).parent.parent
    for found in distributions(name="asean-cyber"):
        if _real(str(found.locate_file("asean_cyber"))) != _real(str(here)):
            continue  # another copy, which the one that was imported stands before
        # `found.files` would leave out those that are missing, from Python 3.12 on.
        rows = list(csv.reader((found.read_text("RECORD") or "").splitlines()))
        folder = "asean_cyber/data/"
        hashes = {row[0].removeprefix(folder): row[1] for row in rows if len(row) > 1 and row[0].startswith(folder) and row[0].endswith(".json")}
        if not hashes:
            return "its installation has no RECORD of the data files to compare them with"
        without = [name for name, hash in hashes.items() if hash.partition("=")[0] not in _HASHES]
        if without:
            return f"the RECORD of its installation has no hash of {', '.join(without)}"
        return dict(sorted(hashes.items()))
    return f"no installer put it into {here} (a source tree, an editable installation or a copied folder), so there is no RECORD to compare the data with"


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _has(data: bytes, hash: str) -> bool:
    """Whether data has a hash as it is written in RECORD: ``sha256=…``, in base64 for URLs without padding."""
    import hashlib

    kind, _, value = hash.partition("=")
    return urlsafe_b64encode(hashlib.new(kind, data).digest()).rstrip(b"=").decode() == value
