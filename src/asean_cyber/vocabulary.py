"""The kinds that fields may hold. Each is a closed list of terms with a label and a definition.

A term is a `str`: ``InstrumentKind.MOU == "mou"``, and wherever a term is asked for its text will do.
The codes of countries and organisations are in `asean_cyber.places`; topics are data, not code.
"""

from __future__ import annotations

from enum import Enum
from typing import Self
from urllib.parse import quote


class Term(str, Enum):
    """One term of a vocabulary: its text, how it reads in a sentence, and what it means.

    >>> issubclass(Mode, Term), Mode.ONLINE == "online", f"held {Mode.ONLINE.label}"
    (True, True, 'held online')
    """

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
    """What sort of standing forum a body is.

    >>> import asean_cyber as ac
    >>> term = ac.BodyKind("police")
    >>> term is ac.BodyKind.POLICE, term == "police", term.label, term.definition
    (True, True, 'police conference', 'Chiefs of police or their officers meet.')
    """

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
    """How a meeting was held.

    >>> import asean_cyber as ac
    >>> term = ac.Mode("hybrid")
    >>> term is ac.Mode.HYBRID, term == "hybrid", term.label, term.definition
    (True, True, 'hybrid', 'Some met in one place, others joined online.')
    """

    IN_PERSON = "in-person", "in person", "Delegates met in one place."
    ONLINE = "online", "online", "Delegates met by video conference."
    HYBRID = "hybrid", "hybrid", "Some met in one place, others joined online."


class StatementKind(Term):
    """What sort of document the words stand in, also where only an account of that document could be read.

    >>> import asean_cyber as ac
    >>> term = ac.StatementKind("resolution")
    >>> term is ac.StatementKind.RESOLUTION, term == "resolution", term.label, term.definition
    (True, True, 'resolution', 'A resolution that a conference or assembly adopts, or a paragraph of one.')
    """

    COMMUNIQUE = "communique", "joint communiqué", "A paragraph of a joint communiqué."
    JOINT_STATEMENT = "joint-statement", "joint statement", "A paragraph of a joint statement of ministers or officials."
    LEADERS_STATEMENT = "leaders-statement", "leaders' statement", "A paragraph or clause of a statement of heads of state or government."
    CHAIRS_STATEMENT = "chairs-statement", "chair's statement", "A paragraph of a statement or summary issued by the chair."
    PRESS_STATEMENT = "press-statement", "press statement", "A paragraph of a joint media or press statement of a body."
    DECLARATION = "declaration", "declaration", "A recital or operative clause of a declaration."
    RESOLUTION = "resolution", "resolution", "A resolution that a conference or assembly adopts, or a paragraph of one."
    PLAN = "plan", "plan", "A measure of a plan of action, work programme, strategy, blueprint or masterplan."
    AGREEMENT = "agreement", "agreement", "An article or clause of a treaty, convention, agreement or memorandum."
    REPORT = "report", "report", "A paragraph of a report, of a co-chairs' summary, or of what the press tells of a meeting."
    INTERVENTION = "intervention", "intervention", "A statement delivered on behalf of ASEAN, or of its members, in a forum other than ASEAN's own."
    SPEECH = "speech", "speech", "A passage of what one participant says at a meeting."
    PRESS_RELEASE = "press-release", "press release", "A passage of what one participant, a host agency or a secretariat publishes about a meeting."


class InstrumentKind(Term):
    """What sort of document an instrument is.

    >>> import asean_cyber as ac
    >>> term = ac.InstrumentKind("mou")
    >>> term is ac.InstrumentKind.MOU, term == "mou", term.label, term.definition
    (True, True, 'memorandum of understanding', 'A memorandum of understanding or of cooperation.')
    """

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
    """Where an instrument stands in its life.

    >>> import asean_cyber as ac
    >>> term = ac.InstrumentStatus("signed")
    >>> term is ac.InstrumentStatus.SIGNED, term == "signed", term.label, term.definition
    (True, True, 'signed', 'Signed; no entry into force is recorded.')
    """

    NEGOTIATING = "negotiating", "in negotiation", "Not yet concluded."
    ADOPTED = "adopted", "adopted", "Adopted, endorsed or issued, and not of a kind that enters into force."
    SIGNED = "signed", "signed", "Signed; no entry into force is recorded."
    IN_FORCE = "in-force", "in force", "Entered into force."
    EXPIRED = "expired", "expired", "The time for which it was made is over."
    SUPERSEDED = "superseded", "superseded", "Another instrument has taken its place."


class SourceKind(Term):
    """Who speaks in a source.

    >>> import asean_cyber as ac
    >>> term = ac.SourceKind("official")
    >>> term is ac.SourceKind.OFFICIAL, term == "official", term.label, term.definition
    (True, True, 'official', 'A text or page of a body, a government, an embassy or an international organisation, or such a text kept in an archive.')
    """

    OFFICIAL = "official", "official", "A text or page of a body, a government, an embassy or an international organisation, or such a text kept in an archive."
    SCHOLARLY = "scholarly", "scholarly", "A work of scholarship."
    NEWS = "news", "news", "A report of a news agency or newspaper."
    SECONDARY = "secondary", "secondary", "A compilation, commentary, encyclopaedia or blog."


class Consent(Term):
    """How a state agreed to be bound by a treaty (Vienna Convention on the Law of Treaties, articles 11 to 16).

    >>> import asean_cyber as ac
    >>> term = ac.Consent("accession")
    >>> term is ac.Consent.ACCESSION, term == "accession", term.label, term.definition
    (True, True, 'accession', 'It acceded without having signed.')
    """

    RATIFICATION = "ratification", "ratification", "It ratified what it had signed."
    ACCESSION = "accession", "accession", "It acceded without having signed."
    ACCEPTANCE = "acceptance", "acceptance", "It accepted."
    APPROVAL = "approval", "approval", "It approved."
    SIGNATURE = "signature", "signature", "Its signature alone binds it."


class RelationKind(Term):
    """How one record is linked to another; `inverse` is how the link reads from the other end.

    >>> import asean_cyber as ac
    >>> term = ac.RelationKind("supersedes")
    >>> term is ac.RelationKind.SUPERSEDES, term == "supersedes", term.label, term.definition
    (True, True, 'supersedes', "The record takes the other's place.")
    >>> term.inverse
    'is superseded by'
    """

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
    FOLLOWS = "follows", "follows", "The record continues the other: the one before it in its series that is on record, or a text that it takes up."

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


class Band(Term):
    """The rungs of the ladder from putting on record to binding, in which the kinds of acts stand.

    Bands can be compared: ``Band.RECORD < Band.PROMISE``. Within a band there is no order, and acts
    cannot be added up: an act of a higher band is another act, not more of the same.

    >>> import asean_cyber as ac
    >>> term = ac.Band("promise")
    >>> term is ac.Band.PROMISE, term == "promise", term.label, term.definition
    (True, True, 'promise', 'Says that the speaker will act.')
    >>> term.rank, term > ac.Band.ASK, term > "bind"
    (4, True, False)
    """

    RECORD = "record", "record", "Talks, notes or names something; takes no position."
    JUDGE = "judge", "judge", "Says what is so, what matters, what is good or bad."
    ASK = "ask", "ask", "Wants others to act."
    PROMISE = "promise", "promise", "Says that the speaker will act."
    SETTLE = "settle", "settle", "Makes something so, now, within the speaker's own powers."
    BIND = "bind", "bind", "Creates or changes a duty under international law."

    @property
    def rank(self) -> int:
        """Its place on the ladder, from 1 (record) to 6 (bind)."""
        return list(Band).index(self) + 1

    def __lt__(self, other: str) -> bool:
        return self.rank < Band._rank_of(other)

    def __le__(self, other: str) -> bool:
        return self.rank <= Band._rank_of(other)

    def __gt__(self, other: str) -> bool:
        return self.rank > Band._rank_of(other)

    def __ge__(self, other: str) -> bool:
        return self.rank >= Band._rank_of(other)

    @staticmethod
    def _rank_of(other: str) -> int:
        try:
            return Band(other).rank  # type: ignore[call-arg]  # an Enum looks a term up by its text
        except ValueError:
            raise TypeError(f"{other!r} is no band, so it comes neither before nor after one; the bands are {', '.join(Band)}") from None


class ActKind(Term):
    """What words do, read off the document's own verb.

    `band` is the rung on which it stands, `verbs` are verbs that documents do it with, `ground` is where the
    definition comes from: LRI (Legal Response International on the verbs of conference decisions, 2010 and
    2015), GA (UN General Assembly decision 55/488), EM (UN Editorial Manual), MG (Monash University on
    minutes), PL (the PLOVER event ontology), RG (the G7 and G20 Research Groups on commitments), MR (UN
    Mandate Registry), PE (the PEMA data on peace mandates), AB (Abbott et al. 2000 on legalization), or ours.

    >>> import asean_cyber as ac
    >>> term = ac.ActKind("urges")
    >>> term is ac.ActKind.URGES, term == "urges", term.label, term.definition
    (True, True, 'urges', 'Presses others to act.')
    >>> term.band, term.verbs, term.ground
    (<Band.ASK: 'ask'>, ('calls upon', 'calls for', 'urges', 'appeals to'), 'LRI')
    """

    band: Band
    verbs: tuple[str, ...]
    ground: str

    def __new__(cls, value: str, label: str, definition: str, band: Band, verbs: str, ground: str) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label, term.definition, term.band, term.ground = label, definition, band, ground
        term.verbs = tuple(verbs.split(", "))
        return term

    DISCUSSES = (
        "discusses",
        "discusses",
        "Talks took place; no position is taken.",
        Band.RECORD,
        "met, discussed, exchanged views, considered, was briefed",
        "MG, PL",
    )
    NOTES = "notes", "notes", "Takes into the record, neither approving nor disapproving.", Band.RECORD, "notes, takes note of", "GA, MG"
    RECALLS = (
        "recalls",
        "recalls",
        "Names an earlier text or fact as the ground it stands on.",
        Band.RECORD,
        "recalls, bears in mind, is guided by, pursuant to",
        "LRI, EM",
    )
    RECOGNISES = (
        "recognises",
        "recognises",
        "Accepts that something is so, or matters.",
        Band.JUDGE,
        "recognises, acknowledges, is aware, considers",
        "ours",
    )
    STRESSES = "stresses", "stresses", "Gives weight to a point.", Band.JUDGE, "stresses, emphasises, underlines, underscores", "ours"
    VOICES_CONCERN = (
        "voices-concern",
        "voices concern",
        "Judges something bad; at the strong end condemns it.",
        Band.JUDGE,
        "is concerned, regrets, deplores, condemns",
        "LRI",
    )
    WELCOMES = (
        "welcomes",
        "welcomes",
        "Judges something good, without taking on a duty.",
        Band.JUDGE,
        "welcomes, appreciates, commends, notes with appreciation, thanks",
        "PL",
    )
    REAFFIRMS = "reaffirms", "reaffirms", "Says again a position or commitment already held.", Band.JUDGE, "reaffirms, reiterates, affirms", "LRI"
    LOOKS_FORWARD = (
        "looks-forward",
        "looks forward",
        "Hopes for or awaits a future act, promising none.",
        Band.JUDGE,
        "looks forward to, hopes, expects",
        "ours",
    )
    ENCOURAGES = "encourages", "encourages", "Suggests an act to others.", Band.ASK, "encourages, invites, supports, recommends", "LRI, PE"
    URGES = "urges", "urges", "Presses others to act.", Band.ASK, "calls upon, calls for, urges, appeals to", "LRI"
    TASKS = (
        "tasks",
        "tasks",
        "Directs a body, chair or officials under it to act.",
        Band.ASK,
        "requests, tasks, directs, instructs, mandates",
        "MR, PE",
    )
    INTENDS = (
        "intends",
        "intends",
        "Aims at an act of its own, unspecific or hedged.",
        Band.PROMISE,
        "endeavours, seeks, explores, is committed to, agrees to consider",
        "LRI",
    )
    COMMITS = (
        "commits",
        "commits",
        "Promises an identifiable future act of its own.",
        Band.PROMISE,
        "agrees to, commits to, will, pledges, undertakes, resolves to",
        "RG, PL",
    )
    ENDORSES = (
        "endorses",
        "endorses",
        "Gives a text or plan of others its approval.",
        Band.SETTLE,
        "endorses, supports the adoption of, concurs in",
        "LRI, MG",
    )
    DECIDES = "decides", "decides", "Makes a text or outcome its own, now.", Band.SETTLE, "adopts, approves, decides, agrees on", "LRI, MG"
    ESTABLISHES = (
        "establishes",
        "establishes",
        "Brings a body, mechanism or programme into being, or renews it.",
        Band.SETTLE,
        "establishes, sets up, launches, appoints, extends",
        "LRI",
    )
    BINDS = "binds", "binds", "Creates or changes a duty under international law.", Band.BIND, "shall, signs, ratifies, enters into force", "AB"


class Addressee(Term):
    """Groups that a text addresses; countries, organisations and bodies are addressed by their codes and ids.

    >>> import asean_cyber as ac
    >>> term = ac.Addressee("states")
    >>> term is ac.Addressee.STATES, term == "states", term.label, term.definition
    (True, True, 'states', 'All states.')
    """

    STATES = "states", "states", "All states."
    PARTICIPANTS = "participants", "participants", "Those who take part in the body."
    OFFICIALS = "officials", "officials", "Officials or working groups under the speaker, not named further."
    SECRETARIAT = "secretariat", "secretariat", "The secretariat of the body, or of ASEAN."
    PARTNERS = "partners", "partners", "Dialogue and other external partners, not named further."
    INDUSTRY = "industry", "industry", "Companies, the private sector, service providers."
    CIVIL_SOCIETY = "civil-society", "civil society", "Civil society, academia, the technical community."
    PUBLIC = "public", "public", "People at large."


class PartiesOf(Term):
    """Of whom an instrument's list of parties speaks, so that who is not on it is either no party or not known.

    >>> import asean_cyber as ac
    >>> term = ac.PartiesOf("asean")
    >>> term is ac.PartiesOf.ASEAN, term == "asean", term.label, term.definition
    (True, True, "ASEAN's members only", "The list names the parties among ASEAN's members; of others it says nothing.")
    """

    ALL = "all", "all parties", "The list names every party."
    ASEAN = "asean", "ASEAN's members only", "The list names the parties among ASEAN's members; of others it says nothing."


class Scheme(Term):
    """Systems of identifiers kept by others.

    `form` is a regular expression for what an identifier looks like, `pattern` the address at which one is
    looked up, None where there is none.

    >>> import asean_cyber as ac
    >>> term = ac.Scheme("wikidata")
    >>> term is ac.Scheme.WIKIDATA, term == "wikidata", term.label, term.definition
    (True, True, 'Wikidata item', 'The item in Wikidata.')
    >>> term.pattern, term.url("Q7768")
    ('https://www.wikidata.org/wiki/{}', 'https://www.wikidata.org/wiki/Q7768')
    """

    form: str
    pattern: str | None

    def __new__(cls, value: str, label: str, definition: str, form: str, pattern: str | None = None) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.label, term.definition, term.form, term.pattern = label, definition, form, pattern
        return term

    UN_SYMBOL = "un-symbol", "UN document symbol", "The symbol of a document of the United Nations.", r"[A-Z]+(/[A-Za-z0-9.()]+)+", "https://docs.un.org/en/{}"
    UNTS = "unts", "UNTS registration number", "The registration number in the United Nations Treaty Series.", r"(I|II)?-?[0-9]+"
    CETS = (
        "cets",
        "Council of Europe treaty number",
        "The number in the Council of Europe Treaty Series.",
        r"[0-9]{1,3}",
        "https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum={}",
    )
    WIKIDATA = "wikidata", "Wikidata item", "The item in Wikidata.", r"Q[1-9][0-9]*", "https://www.wikidata.org/wiki/{}"
    UNBIS = "unbis", "UNBIS Thesaurus concept", "The concept in the thesaurus of the UN library.", r"[0-9]+", "https://metadata.un.org/thesaurus/{}"
    EUROVOC = "eurovoc", "EuroVoc concept", "The concept in the thesaurus of the European Union.", r"[0-9]+|c_[0-9a-f]+", "http://eurovoc.europa.eu/{}"

    def url(self, value: str) -> str | None:
        """The address at which an identifier is looked up.

        >>> import asean_cyber as ac
        >>> ac.Scheme.UN_SYMBOL.url("A/RES/79/243"), ac.Scheme.UNTS.url("I-1")
        ('https://docs.un.org/en/A/RES/79/243', None)
        """
        return None if self.pattern is None else self.pattern.format(quote(value, safe="/()."))
