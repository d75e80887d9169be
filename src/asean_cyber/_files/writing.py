"""Contents to files, in the one canonical form: what is read from a canonical file and written again changes no byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .._model.contents import SECTIONS, Contents
from .._model.values import plain
from ..errors import DatasetError, Fault
from .reading import parsed
from .structuring import label, structured

_DIGITS = re.compile(r"(\d+)")


def encode(contents: Contents) -> str:
    """The contents as one file in the canonical form: sections, items and fields in a fixed order.

    Items are sorted by id, the numbers in ids counting as numbers; gaps by body and number. `decode` of the
    text gives equal contents.
    """
    value: dict[str, Any] = {}
    for section in SECTIONS:
        items = getattr(contents, section)
        if items:
            value[section] = [plain(item) for item in ordered(section, items)]
    if contents.retired:
        value["retired"] = dict(sorted(contents.retired, key=lambda pair: natural(pair[0])))
    return layout(value)


def ordered(section: str, items: Iterable[Any]) -> list[Any]:
    """The items of a section in the order in which files hold them."""
    if section == "gaps":
        return sorted(items, key=lambda gap: (natural(gap.body), gap.ordinals or (10**9,), gap.reason))
    return sorted(items, key=lambda item: natural(item.id))


def natural(id: str) -> list[str | int]:
    """A key that sorts ids with numbers in them as people do: ammtc-9 before ammtc-10."""
    parts: list[str | int] = _DIGITS.split(id)
    parts[1::2] = map(int, parts[1::2])
    return parts


def layout(value: Mapping[str, Any] | list[Any]) -> str:
    """JSON as the data files are laid out: two spaces a level, UTF-8, a newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def canonical_form(name: str, data: bytes) -> bytes:
    """A data file in the canonical form. Raises `DatasetError`, with every fault, where what stands in it is no data."""
    sections = parsed(name, data)
    items: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    faults = []
    for section, cls in SECTIONS.items():
        for place, value in enumerate(sections.get(section, ())):
            found = structured(value, cls)
            if isinstance(found, list):
                faults += [Fault(each.reason, name, label(value) or f"{section}[{place}]", each.path or None) for each in found]
            else:
                items[section].append(found)
    if faults:
        raise DatasetError(faults)
    retired = tuple(sections.get("retired", {}).items())
    return encode(Contents(**{section: tuple(held) for section, held in items.items()}, retired=retired)).encode()


def not_canonical(files: Iterable[tuple[str, bytes]]) -> Iterator[Fault]:
    """A fault of the level ``layout`` for each file that is not in the canonical form."""
    for name, data in files:
        if canonical_form(name, data) != data:
            yield Fault("not in the canonical form: asean-cyber format writes it so", file=name, level="layout")
