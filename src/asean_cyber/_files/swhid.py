"""An identifier that needs no registrar: the SWHID (ISO/IEC 18670) of a folder, made of the bytes of its files.

It is the hash under which git knows the same folder, so ``git rev-parse COMMIT:FOLDER`` gives it too. Other than
the fingerprint it is of the files as they are: how items are spread over them, and how they are laid out, matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def swhid(files: Iterable[tuple[str, bytes]]) -> str:
    """The SWHID of a folder that holds these files, by name, and nothing else.

    >>> swhid([])
    'swh:1:dir:4b825dc642cb6eb9a060e54bf8d69288fbee4904'
    """
    entries = sorted((name.encode(), _hash("blob", data)) for name, data in files)
    return f"swh:1:dir:{_hash('tree', b''.join(b'100644 ' + name + bytes(1) + hash for name, hash in entries)).hex()}"


def _hash(kind: str, data: bytes) -> bytes:
    return hashlib.sha1(f"{kind} {len(data)}".encode() + bytes(1) + data, usedforsecurity=False).digest()
