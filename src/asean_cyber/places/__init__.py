"""Who takes part: countries (ISO 3166-1), organisations, and who was a member of ASEAN when.

The codes and names stand in ``participants.json`` beside this module. Names are as ASEAN texts write
them; elsewhere the common English name of ISO 3166-1.

>>> from asean_cyber import places
>>> places.COUNTRIES["TH"], places.ORGANISATIONS["INTERPOL"], "TH" in places.ORGANISATIONS
('Thailand', 'International Criminal Police Organization', False)
>>> places.PARTICIPANTS["TH"] == places.COUNTRIES["TH"], "INTERPOL" in places.PARTICIPANTS
(True, True)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._codes import (
    COUNTRIES as COUNTRIES,
    ORGANISATIONS as ORGANISATIONS,
    PARTICIPANTS as PARTICIPANTS,
    accessions as accessions,
    asean_members as asean_members,
)

if TYPE_CHECKING:
    from ._participants import Participant as Participant, participants as participants

__all__ = ["COUNTRIES", "ORGANISATIONS", "PARTICIPANTS", "Participant", "accessions", "asean_members", "participants"]


def __getattr__(name: str) -> object:
    # Few questions need more of a country than its name, and the class takes longer to make than to read the names.
    if name not in ("Participant", "participants"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import _participants

    value: object = getattr(_participants, name)
    globals()[name] = value
    return value
