"""Who takes part: countries (ISO 3166-1), organisations, and who was a member of ASEAN when.

The codes and names stand in ``participants.json`` beside this module. Names are as ASEAN texts write
them; elsewhere the common English name of ISO 3166-1.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, Literal

import attrs


@attrs.frozen(kw_only=True)
class Participant:
    """A country, or an organisation that meets or signs beside states.

    `id` is the ISO 3166-1 alpha-2 code of a country, or the code of an organisation; `alpha_3` and
    `numeric` are the other codes of ISO 3166-1, None for an organisation; `aliases` are other names
    by which it is found.
    """

    id: str
    name: str
    kind: Literal["country", "organisation"]
    alpha_3: str | None = None
    numeric: str | None = None
    aliases: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


@cache
def _read() -> dict[str, Any]:
    folder = os.path.dirname(__file__)
    if os.path.isdir(folder):
        with open(os.path.join(folder, "participants.json"), encoding="utf-8") as file:
            return json.load(file)  # type: ignore[no-any-return]
    import importlib_resources  # in a zip there is no such folder, and only then is it worth importing

    return json.loads((importlib_resources.files(__name__) / "participants.json").read_text("utf-8"))  # type: ignore[no-any-return]


class _Names(Mapping[str, str]):
    """Names by code, of one section of the file or of several; it is read when the first is asked for."""

    def __init__(self, *sections: str) -> None:
        self._sections = sections

    @cached_property
    def _held(self) -> Mapping[str, str]:
        return {code: value["name"] for section in self._sections for code, value in _read()[section].items()}

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
def participants() -> Mapping[str, Participant]:
    """Every country and organisation, by its code.

    >>> participants()["TH"].alpha_3, participants()["INTERPOL"].kind
    ('THA', 'organisation')
    """
    found = {}
    for section, kind in (("countries", "country"), ("organisations", "organisation")):
        for code, value in _read()[section].items():
            found[code] = Participant(id=code, kind=kind, **{**value, "aliases": tuple(value.get("aliases", ()))})  # type: ignore[arg-type]
    return MappingProxyType(found)


@cache
def accessions() -> Mapping[str, date]:
    """The members of ASEAN and the day on which each joined; the file names the pages of ASEAN that say so."""
    return MappingProxyType({code: date.fromisoformat(value["since"]) for code, value in _read()["members"].items()})


def asean_members(on: date) -> frozenset[str]:
    """The members of ASEAN on a day, as ISO 3166-1 alpha-2 codes.

    >>> from datetime import date
    >>> sorted(asean_members(date(1967, 8, 8)))
    ['ID', 'MY', 'PH', 'SG', 'TH']
    >>> "TL" in asean_members(date(2025, 10, 25))
    False
    """
    return frozenset(code for code, joined in accessions().items() if joined <= on)
