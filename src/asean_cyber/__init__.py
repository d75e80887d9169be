"""What ASEAN and its forums said and did about cybercrime and cybersecurity.

The packaged dataset answers through the functions here; each takes the same words.

>>> import asean_cyber as ac
>>> ac.get("ammtc-plus-three-3").date
EDTF('2007-11-07')

A `Dataset` answers the same questions of records of your own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import _hooks
from ._about import RELEASED as __release_date__, VERSION as __version__

# Nothing else is imported until it is asked for, so that importing the package costs nothing. Type checkers
# read the imports below; `__getattr__` does at run time what they say.
if TYPE_CHECKING:
    from ._ask import (
        bodies as bodies,
        body as body,
        country as country,
        dataset as dataset,
        gaps as gaps,
        get as get,
        instruments as instruments,
        links as links,
        meetings as meetings,
        members as members,
        records as records,
        related as related,
        retired as retired,
        select as select,
        source as source,
        sources as sources,
        statements as statements,
        topic as topic,
        topics as topics,
    )
    from ._cite.cite import Style as Style, cite as cite
    from ._files.schema import schema as schema
    from ._files.structuring import from_dict as from_dict
    from ._model.edtf import EDTF as EDTF, Match as Match, Point as Point
    from ._model.parts import (
        Act as Act,
        Citation as Citation,
        Discrepancy as Discrepancy,
        Identifier as Identifier,
        Participation as Participation,
        Party as Party,
        Place as Place,
        Quotation as Quotation,
        Relation as Relation,
    )
    from ._model.records import (
        Body as Body,
        Gap as Gap,
        Instrument as Instrument,
        Meeting as Meeting,
        Record as Record,
        Source as Source,
        Statement as Statement,
        Topic as Topic,
    )
    from ._quality.coverage import Coverage as Coverage, coverage as coverage
    from ._quality.difference import Difference as Difference, diff as diff
    from ._quality.panel import Panel as Panel, panel as panel
    from ._quality.releases import Release as Release, releases as releases
    from ._quality.support import Support as Support, support as support
    from ._quality.verification import Verification as Verification, verify as verify
    from ._query.dataset import Dataset as Dataset, Link as Link, Resolution as Resolution
    from ._query.records import AnyRecord as AnyRecord, Records as Records
    from ._query.words import Filters as Filters
    from .charts import act_matrix as act_matrix, relation_graph as relation_graph, timeline as timeline, topic_matrix as topic_matrix
    from .errors import (
        AseanCyberError as AseanCyberError,
        DatasetError as DatasetError,
        Fault as Fault,
        InvalidArgument as InvalidArgument,
        InvalidField as InvalidField,
        MissingExtra as MissingExtra,
        NotOne as NotOne,
        UnknownName as UnknownName,
        WrongType as WrongType,
    )
    from .export import export as export
    from .places import Participant as Participant
    from .vocabulary import (
        ActKind as ActKind,
        Addressee as Addressee,
        Band as Band,
        BodyKind as BodyKind,
        Consent as Consent,
        InstrumentKind as InstrumentKind,
        InstrumentStatus as InstrumentStatus,
        Mode as Mode,
        PartiesOf as PartiesOf,
        RelationKind as RelationKind,
        Scheme as Scheme,
        SourceKind as SourceKind,
        StatementKind as StatementKind,
    )

_HOME = {
    "_ask": "bodies body country dataset gaps get instruments links meetings members records related retired select source sources statements topic topics",
    "_cite.cite": "Style cite",
    "_files.schema": "schema",
    "_files.structuring": "from_dict",
    "_model.edtf": "EDTF Match Point",
    "_model.parts": "Act Citation Discrepancy Identifier Participation Party Place Quotation Relation",
    "_model.records": "Body Gap Instrument Meeting Record Source Statement Topic",
    "_quality.coverage": "Coverage coverage",
    "_quality.difference": "Difference diff",
    "_quality.releases": "Release releases",
    "_quality.panel": "Panel panel",
    "_quality.support": "Support support",
    "_quality.verification": "Verification verify",
    "_query.dataset": "Dataset Link Resolution",
    "_query.records": "AnyRecord Records",
    "_query.words": "Filters",
    "charts": "act_matrix relation_graph timeline topic_matrix",
    "errors": "AseanCyberError DatasetError Fault InvalidArgument InvalidField MissingExtra NotOne UnknownName WrongType",
    "export": "export",
    "places": "Participant",
    "vocabulary": "ActKind Addressee Band BodyKind Consent InstrumentKind InstrumentStatus Mode PartiesOf RelationKind Scheme SourceKind StatementKind",
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = ["__release_date__", "__version__", *_MODULE_OF]


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f".{module}", __name__)
    # `export` is a module that can be called: whichever way it was come by, it is the same.
    value: object = home if module == name else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


# What stands below asks for these; see `_hooks`.


def _card(item: Any) -> str:
    from ._display.html import card, plain_card

    known = _catalogue_of(item)
    return plain_card(item) if known is None else card(item, known)


def _page(item: Any) -> str:
    from ._display.text import page, plain_page

    known = _catalogue_of(item)
    return plain_page(item) if known is None else page(item, known)


def _catalogue_of(item: Any) -> Any:
    """What the ids in a record or body stand for, where the packaged dataset holds that very one."""
    from ._packaged import dataset

    known = dataset()._catalogue
    held = known.bodies if item.type == "body" else known.records
    return known if held.get(item.id) == item else None


def _contents() -> Any:
    from ._packaged import contents

    return contents()


_hooks.card, _hooks.page, _hooks.packaged = _card, _page, _contents
