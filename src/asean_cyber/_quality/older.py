"""Data as an older release wrote them, in the form of today: from a wheel, a folder or a file."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .._about import INDEXED
from .._files.reading import decode, read_files
from .._model.contents import Contents
from ..errors import InvalidArgument
from .releases import release

_FOLDER = "asean_cyber/data/"


def read(path: str | os.PathLike[str], *, beside: Contents | None = None) -> Contents:
    """The contents of a wheel of this library, or of data files, whichever release wrote them.

    Raises `DatasetError` where they are no valid dataset, and `OSError` where they cannot be read.
    """
    path = Path(path)
    held = _in_wheel(path) if path.suffix == ".whl" else read_files(path)
    return decode([(name, _of_today(data)) for name, data in held], beside=beside)


def _in_wheel(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as wheel:
        names = sorted(name for name in wheel.namelist() if name.startswith(_FOLDER) and name.endswith(".json"))
        if not names:
            raise InvalidArgument(f"{path} is no wheel of asean-cyber: there is no {_FOLDER} in it")
        for name in names:
            yield name.removeprefix(_FOLDER), wheel.read(name)


def _of_today(data: bytes) -> bytes:
    """A data file in the form of today; what is not to be understood is left to `decode`, which says why."""
    if b'"partners"' not in data:
        return data
    try:
        value = json.loads(data)
        bodies: Any = value.get("bodies", ())
        for body in bodies:
            # Until 0.3.0 a body had partners for all time, by their codes.
            if "participants" not in body and "partners" in body:
                body["participants"] = body.pop("partners")
    except (ValueError, AttributeError, TypeError):
        return data
    return json.dumps(value, ensure_ascii=False).encode()


def at_hand(version: str, folders: Iterable[str | os.PathLike[str]] = (".", "dist")) -> Path:
    """The wheel of a release, in one of these folders.

    Raises `InvalidArgument`, which says how to get it, where there is none, and for a version that was never released.
    """
    found = release(version)
    if found is None:
        raise InvalidArgument(f"no release {version} is known, and there is no file or folder of that name")
    for folder in folders:
        for path in sorted(Path(folder).glob(f"asean_cyber-{version}-*.whl")):
            return path
    raise InvalidArgument(f"the data of {version} are not at hand: {_how_to_get(version, found.swhid.rpartition(':')[2])}")


def _how_to_get(version: str, tree: str) -> str:
    clone = f"in a clone write them out (git archive --prefix=data-{version}/ {tree} | tar x) and give the folder data-{version}"
    return f"put its wheel into this folder (pip download --no-deps asean-cyber=={version}), or {clone}" if INDEXED else clone
