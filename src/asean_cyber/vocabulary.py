"""The kinds that fields may hold. Each is a closed list of terms with a label and a definition.

A term is a `str`: ``InstrumentKind.MOU == "mou"``, and wherever a term is asked for its text will do.
The codes of countries and organisations are in `asean_cyber.places`; topics are data, not code.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self


class Term(str, Enum):
    """One term of a vocabulary: its text, how it reads in a sentence, and what it means."""

    label: str
    definition: str

    def __new__(cls, value: str, label: str, definition: str) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        term.definition = definition
        return term

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(str(self.value), spec)


class BodyKind(Term):
    """What sort of standing forum a body is."""

    SUMMIT = "summit", "summit", "Heads of state or government meet."
    MINISTERIAL = "ministerial", "ministerial meeting", "Ministers meet."
    SENIOR_OFFICIALS = (
        "senior-officials",
        "senior officials meeting",
        "Senior officials or regulators meet, usually to prepare and follow up a ministerial meeting.",
    )
    POLICE = "police", "police conference", "Chiefs of police or their officers meet."
    PROSECUTORS = "prosecutors", "prosecutors' conference", "Prosecutors-general or attorneys-general meet."
    FORUM = "forum", "forum", "A forum wider than ASEAN, where states meet at several levels."
    EXPERT = "expert", "expert group", "A working group, study group, workshop series or inter-sessional meeting of experts."
    DIALOGUE = "dialogue", "dialogue", "A recurring dialogue between ASEAN and one partner."
    CONFERENCE = "conference", "conference", "A recurring conference or seminar."
    NETWORK = "network", "network", "A network of agencies or response teams that works together between meetings."
    CENTRE = "centre", "centre", "A standing centre or secretariat with staff of its own."
    ORGANISATION = "organisation", "organisation", "An international organisation, or an organ of one, whose documents ASEAN texts rest on."


class Mode(Term):
    """How a meeting was held."""

    IN_PERSON = "in-person", "in person", "Delegates met in one place."
    ONLINE = "online", "online", "Delegates met by video conference."
    HYBRID = "hybrid", "hybrid", "Some met in one place, others joined online."


class StatementKind(Term):
    """What sort of document the words stand in."""

    COMMUNIQUE = "communique", "joint communiqué", "A paragraph of a joint communiqué."
    JOINT_STATEMENT = "joint-statement", "joint statement", "A paragraph of a joint statement of ministers or officials."
    LEADERS_STATEMENT = "leaders-statement", "leaders' statement", "A paragraph or clause of a statement of heads of state or government."
    CHAIRS_STATEMENT = "chairs-statement", "chair's statement", "A paragraph of a statement or summary issued by the chair."
    PRESS_STATEMENT = "press-statement", "press statement", "A paragraph of a joint media or press statement."
    DECLARATION = "declaration", "declaration", "A recital or operative clause of a declaration."
    RESOLUTION = "resolution", "resolution", "A resolution that a conference or assembly adopts, or a paragraph of one."
    PLAN = "plan", "plan", "A measure of a plan of action, work programme, strategy, blueprint or masterplan."
    AGREEMENT = "agreement", "agreement", "An article or clause of a treaty, convention, agreement or memorandum."
    REPORT = "report", "report", "A paragraph of a report or of a co-chairs' summary."
    INTERVENTION = "intervention", "intervention", "A statement delivered on ASEAN's behalf in another forum."


class InstrumentKind(Term):
    """What sort of document an instrument is."""

    DECLARATION = "declaration", "declaration", "A document named declaration, adopted or signed at a political level."
    STATEMENT = "statement", "statement", "A stand-alone statement on a subject, adopted by leaders or ministers."
    MOU = "mou", "memorandum of understanding", "A memorandum of understanding or of cooperation."
    AGREEMENT = "agreement", "agreement", "A binding agreement not named treaty or convention."
    TREATY = "treaty", "treaty", "A document named treaty."
    CONVENTION = "convention", "convention", "A multilateral document named convention."
    PROTOCOL = "protocol", "protocol", "A protocol to a treaty, convention or agreement."
    PLAN_OF_ACTION = "plan-of-action", "plan of action", "A plan of action or action plan."
    WORK_PROGRAMME = "work-programme", "work programme", "A work programme or work plan that puts a plan of action or an agreement into effect."
    STRATEGY = "strategy", "strategy", "A strategy, roadmap, vision or agenda."
    MASTERPLAN = "masterplan", "masterplan", "A masterplan or blueprint."
    FRAMEWORK = "framework", "framework", "A framework of principles or of cooperation."
    GUIDELINE = "guideline", "guideline", "A guide, guideline, checklist, model clause or recommendation."
    RESOLUTION = "resolution", "resolution", "A resolution of an assembly."
    REPORT = "report", "report", "A report of experts or of a working group."
    TERMS_OF_REFERENCE = "terms-of-reference", "terms of reference", "The founding or governing document of a body."


class InstrumentStatus(Term):
    """Where an instrument stands in its life."""

    NEGOTIATING = "negotiating", "in negotiation", "Not yet concluded."
    ADOPTED = "adopted", "adopted", "Adopted, endorsed or issued, and not of a kind that enters into force."
    SIGNED = "signed", "signed", "Signed; no entry into force is recorded."
    IN_FORCE = "in-force", "in force", "Entered into force."
    EXPIRED = "expired", "expired", "The time for which it was made is over."
    SUPERSEDED = "superseded", "superseded", "Another instrument has taken its place."


class SourceKind(Term):
    """Who speaks in a source."""

    OFFICIAL = "official", "official", "A text or page of a body, a government, an embassy or an international organisation, or such a text kept in an archive."
    SCHOLARLY = "scholarly", "scholarly", "A work of scholarship."
    NEWS = "news", "news", "A report of a news agency or newspaper."
    SECONDARY = "secondary", "secondary", "A compilation, commentary, encyclopaedia or blog."


class Consent(Term):
    """How a state agreed to be bound by a treaty (Vienna Convention on the Law of Treaties, articles 11 to 16)."""

    RATIFICATION = "ratification", "ratification", "It ratified what it had signed."
    ACCESSION = "accession", "accession", "It acceded without having signed."
    ACCEPTANCE = "acceptance", "acceptance", "It accepted."
    APPROVAL = "approval", "approval", "It approved."
    SIGNATURE = "signature", "signature", "Its signature alone binds it."


class RelationKind(Term):
    """How one record is linked to another; `inverse` is how the link reads from the other end."""

    ADOPTED_AT = "adopted_at", "adopted at", "The meeting at which an instrument was adopted."
    SIGNED_AT = "signed_at", "signed at", "The meeting at which an instrument was signed."
    IMPLEMENTS = "implements", "implements", "The record puts the other into effect."
    SUPERSEDES = "supersedes", "supersedes", "The record takes the other's place."
    AMENDS = "amends", "amends", "The record changes the other, which goes on."
    RECALLS = "recalls", "recalls", "The record names the other as something it builds on."
    ENDORSES = "endorses", "endorses", "The record gives the other its approval."
    WELCOMES = "welcomes", "welcomes", "The record notes the other with approval."
    ESTABLISHES = "establishes", "establishes", "The record sets up the other."
    ISSUED_BY = "issued_by", "issued by", "The body that issued the record."
    PART_OF = "part_of", "part of", "The record is a part of the other."
    FOLLOWS = "follows", "follows", "The record continues the other."

    @property
    def inverse(self) -> str:
        """How the link reads from its target."""
        return _INVERSES[self.value]


_INVERSES = {
    "adopted_at": "adopted",
    "signed_at": "saw the signing of",
    "implements": "is implemented by",
    "supersedes": "is superseded by",
    "amends": "is amended by",
    "recalls": "is recalled by",
    "endorses": "is endorsed by",
    "welcomes": "is welcomed by",
    "establishes": "is established by",
    "issued_by": "issued",
    "part_of": "has as a part",
    "follows": "is followed by",
}
