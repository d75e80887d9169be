"""`Participant`: a country or organisation, with all its codes and names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

import attrs

from ._codes import read


@attrs.frozen(kw_only=True)
class Participant:
    """A country, or an organisation that meets or signs beside states.

    `id` is the ISO 3166-1 alpha-2 code of a country, or the code of an organisation; `alpha_3` and
    `numeric` are the other codes of ISO 3166-1, None for an organisation; `aliases` are other names
    by which it is found.

    >>> import asean_cyber as ac
    >>> thailand = ac.country("Thailand")
    >>> isinstance(thailand, ac.Participant), thailand.id, thailand.alpha_3, thailand.numeric, thailand.kind
    (True, 'TH', 'THA', '764', 'country')
    >>> str(ac.country("INTERPOL")), ac.country("INTERPOL").alpha_3
    ('International Criminal Police Organization', None)
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
def participants() -> Mapping[str, Participant]:
    """Every country and organisation, by its code.

    >>> participants()["TH"].alpha_3, participants()["INTERPOL"].kind
    ('THA', 'organisation')
    """
    found = {}
    for section, kind in (("countries", "country"), ("organisations", "organisation")):
        for code, value in read()[section].items():
            found[code] = Participant(id=code, kind=kind, **{**value, "aliases": tuple(value.get("aliases", ()))})  # type: ignore[arg-type]
    return MappingProxyType(found)
