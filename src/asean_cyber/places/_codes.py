"""The codes and names of countries and organisations, and the days on which members joined ASEAN."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any


@cache
def read() -> dict[str, Any]:
    folder = os.path.dirname(__file__)
    if os.path.isdir(folder):
        with open(os.path.join(folder, "participants.json"), encoding="utf-8") as file:
            return json.load(file)  # type: ignore[no-any-return]
    import importlib_resources  # in a zip there is no such folder, and only then is it worth importing

    return json.loads((importlib_resources.files("asean_cyber.places") / "participants.json").read_text("utf-8"))  # type: ignore[no-any-return]


class _Names(Mapping[str, str]):
    """Names by code, of one section of the file or of several; it is read when the first is asked for."""

    def __init__(self, *sections: str) -> None:
        self._sections = sections

    @cached_property
    def _held(self) -> Mapping[str, str]:
        return {code: value["name"] for section in self._sections for code, value in read()[section].items()}

    def __getitem__(self, code: str) -> str:
        return self._held[code]

    def __contains__(self, code: object) -> bool:
        return code in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __repr__(self) -> str:
        return repr(self._held)


COUNTRIES: Mapping[str, str] = _Names("countries")
"""Names of countries by their ISO 3166-1 alpha-2 code."""

ORGANISATIONS: Mapping[str, str] = _Names("organisations")
"""Organisations that meet or sign beside states, by the code that records use."""

PARTICIPANTS: Mapping[str, str] = _Names("countries", "organisations")
"""Names of all that records may name as a partner, party or speaker."""


@cache
def accessions() -> Mapping[str, date]:
    """The members of ASEAN and the day on which each joined; the file names the pages of ASEAN that say so.

    >>> accessions()["VN"]
    datetime.date(1995, 7, 28)
    """
    return MappingProxyType({code: date.fromisoformat(value["since"]) for code, value in read()["members"].items()})


def asean_members(on: date) -> frozenset[str]:
    """The members of ASEAN on a day, as ISO 3166-1 alpha-2 codes.

    >>> from datetime import date
    >>> sorted(asean_members(date(1967, 8, 8)))
    ['ID', 'MY', 'PH', 'SG', 'TH']
    >>> "TL" in asean_members(date(2025, 10, 25))
    False
    """
    return frozenset(code for code, joined in accessions().items() if joined <= on)
