"""Proof that the data in hand are what this version stands for."""

from __future__ import annotations

import csv
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .. import _packaged
from .._about import VERSION
from .._files.swhid import swhid
from ..errors import DatasetError
from .releases import release

if TYPE_CHECKING:
    from collections.abc import Mapping

_HASHES = ("sha256", "sha384", "sha512")  # what the format of wheels allows in RECORD


@attrs.frozen(kw_only=True)
class Verification:
    """Whether the data in hand are those that this version stands for, and whether they are as they were installed.

    It is true only if they are as released. `str()` gives it to read.

    >>> import asean_cyber as ac
    >>> found = ac.verify()
    >>> isinstance(found, ac.Verification), found.version == ac.__version__, found.fingerprint == ac.dataset().fingerprint
    (True, True, True)
    >>> bool(found) == (found.verdict == "as released")
    True
    """

    ok: bool | None
    """True if they are as released, False if they differ from that or from what was installed, None if nothing can be said."""
    version: str
    """The version of the library."""
    released: bool | None
    """Whether they are, byte for byte, what the ledger has under this version; None between releases, for which it has nothing."""
    installed: bool | None
    """Whether the files are those that came with the wheel; None where no installer wrote down what came."""
    fingerprint: str | None
    """The fingerprint of the packaged dataset as it is in hand; None if it cannot be read."""
    swhid: str | None
    """The SWHID of the folder of data files as it is in hand; None if there is none."""
    reason: str
    """Why it is so; and where the data cannot be read, the error that says why."""
    checked: tuple[str, ...] = ()
    """The files that were compared with what was installed."""
    changed: tuple[str, ...] = ()
    """Files that are not as they were installed."""
    missing: tuple[str, ...] = ()
    """Files that were installed and are not there."""
    added: tuple[str, ...] = ()
    """Files that are there and were not installed."""

    def __bool__(self) -> bool:
        return self.ok is True

    @property
    def verdict(self) -> str:
        """The finding, in a few words."""
        if self.ok:
            return "as released"
        if self.ok is False:
            return "NOT as installed" if self.released is None else "NOT as released"
        return "as installed, which is no release" if self.installed else "no release"

    def __str__(self) -> str:
        faults = (("changed", self.changed), ("missing", self.missing), ("added", self.added))
        return "\n".join(
            [
                f"asean-cyber {self.version}: {self.verdict}",
                f"  {self.reason}",
                *(f"  {what}: {', '.join(names)}" for what, names in faults if names),
                f"  fingerprint: {self.fingerprint or 'none, for the data cannot be read'}",
                *([f"  {self.swhid}"] if self.swhid else []),
            ]
        )


def verify() -> Verification:
    """Compare the data files in hand, byte for byte, with what this version stands for, and with what was installed.

    What a version stands for is in the ledger (`asean_cyber.releases`), which every copy carries, a source tree and an
    editable installation too. Between releases, when the version ends in ``.dev0``, it has no line there. What was
    installed is known from the hashes in the file RECORD, which every wheel has and every installer keeps; it
    says which file differs.

    >>> import asean_cyber as ac
    >>> print(ac.verify())
    asean-cyber ...
      fingerprint: ...
      swh:1:dir:...
    """
    fingerprint, error = _fingerprint()
    try:
        held = dict(_packaged.files())
    except FileNotFoundError:  # the whole folder is gone
        held = {}
    in_hand = swhid(held.items()) if held else None
    released, told = _as_released(fingerprint, in_hand)
    recorded = _recorded()
    installed, more, faults = _as_installed(recorded, held)
    return Verification(
        ok=False if released is False or installed is False else released,
        version=VERSION,
        released=released,
        installed=installed,
        fingerprint=fingerprint,
        swhid=in_hand,
        reason=f"{told}; {more}{error}",
        checked=() if isinstance(recorded, str) else tuple(recorded),
        **faults,
    )


def _as_released(fingerprint: str | None, in_hand: str | None) -> tuple[bool | None, str]:
    """Whether the data are what the ledger has under this version, and how to say so."""
    line = release(VERSION)
    if line is None:
        return None, f"the ledger has no release {VERSION}: its data are between releases, and may still change"
    if line.swhid == in_hand:
        return True, f"the data are those of the release of {line.date}"
    if line.fingerprint == fingerprint:
        return False, f"the data say the same as those of the release of {line.date}, but the files are not the same"
    return False, f"the data are not those of the release of {line.date}, whose fingerprint is {line.fingerprint}"


def _as_installed(recorded: Mapping[str, str] | str, held: Mapping[str, bytes]) -> tuple[bool | None, str, dict[str, tuple[str, ...]]]:
    """Whether the files are those that came with the wheel, how to say so, and which differ."""
    if isinstance(recorded, str):
        return None, recorded, {}
    faults = {
        "changed": tuple(name for name in recorded if name in held and not _has(held[name], recorded[name])),
        "missing": tuple(name for name in recorded if name not in held),
        "added": tuple(name for name in held if name not in recorded),
    }
    same = not any(faults.values())
    return same, f"{len(recorded)} data files compared with the hashes that came with them{': all are the same' if same else ''}", faults


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


def _recorded() -> Mapping[str, str] | str:
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
