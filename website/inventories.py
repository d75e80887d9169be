"""Makes the inventories beside this file smaller, or anew: what the reference links to on sites of other projects.

``python website/inventories.py NAME FILE`` takes the ``objects.inv`` of a project and keeps of it what stands in `WANTED`,
as ``inventories/NAME.inv``. So a build asks nobody for anything, and gives the same pages wherever it runs.
"""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).parent / "inventories"
WANTED = {
    "python": r"str|int|bool|float|bytes|dict|list|tuple|set|frozenset|object|type|None|NoneType|Exception|[A-Z]\w+Error|Ellipsis"
    r"|datetime\.date(\.\w+)?|pathlib\.Path|os\.PathLike|enum\.Enum|collections\.abc\.\w+|typing\.\w+|json\.\w+|typeddict|iterable|sequence",
    "attrs": r"attrs\.\w+|attr\.\w+",
    "pandas": r"pandas\.(DataFrame|Series|concat|merge|read_\w+)(\.\w+)?",
    "polars": r"polars\..*",
}


def smaller(name: str, data: bytes) -> bytes:
    """An inventory with no more in it than the names wanted."""
    head, body = data[: data.index(b"zlib.\n") + 6], data[data.index(b"zlib.\n") + 6 :]
    wanted = re.compile(WANTED[name])
    lines = [line for line in zlib.decompress(body).decode().splitlines() if wanted.fullmatch(line.split(" ")[0])]
    return head + zlib.compress("\n".join([*sorted(lines), ""]).encode(), 9)


if __name__ == "__main__":
    name, path = sys.argv[1:]
    HERE.mkdir(exist_ok=True)
    (HERE / f"{name}.inv").write_bytes(smaller(name, Path(path).read_bytes()))
