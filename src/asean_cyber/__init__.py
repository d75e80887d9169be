"""What ASEAN and its forums said and did about cybercrime and cybersecurity.

The packaged dataset answers through the functions here; each has the same filter words.

>>> import asean_cyber as ac
>>> ac.get("ammtc-plus-three-3").date
EDTF('2007-11-07')

A `Dataset` answers the same questions of records of your own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.3.0"
__release_date__ = "2026-11-24"

# Nothing is imported until it is asked for, so that importing the package costs nothing. Type checkers
# read the imports below; `__getattr__` does at run time what they say.
if TYPE_CHECKING:
    from .ask import (
        bodies as bodies,
        body as body,
        dataset as dataset,
        gaps as gaps,
        get as get,
        instruments as instruments,
        links as links,
        meetings as meetings,
        records as records,
        related as related,
        source as source,
        sources as sources,
        statements as statements,
        topic as topic,
        topics as topics,
    )
    from .citing import cite as cite
    from .datasets import Dataset as Dataset, Link as Link
    from .differences import Difference as Difference, diff as diff
    from .edtf import EDTF as EDTF, Match as Match
    from .errors import DatasetError as DatasetError, Fault as Fault, InvalidField as InvalidField, UnknownName as UnknownName
    from .evidence import Coverage as Coverage, Support as Support, coverage as coverage, support as support
    from .model import (
        Body as Body,
        Citation as Citation,
        Discrepancy as Discrepancy,
        Gap as Gap,
        Instrument as Instrument,
        Meeting as Meeting,
        Party as Party,
        Place as Place,
        Quotation as Quotation,
        Record as Record,
        Relation as Relation,
        Source as Source,
        Statement as Statement,
        Topic as Topic,
    )
    from .proof import Verification as Verification, verify as verify
    from .query import NotOne as NotOne, Records as Records
    from .schemas import schema as schema
    from .show.plots import relation_graph as relation_graph, timeline as timeline, topic_matrix as topic_matrix
    from .vocabulary import (
        BodyKind as BodyKind,
        Consent as Consent,
        InstrumentKind as InstrumentKind,
        InstrumentStatus as InstrumentStatus,
        Mode as Mode,
        RelationKind as RelationKind,
        SourceKind as SourceKind,
        StatementKind as StatementKind,
    )

_HOME = {
    "ask": "bodies body dataset gaps get instruments links meetings records related source sources statements topic topics",
    "citing": "cite",
    "datasets": "Dataset Link",
    "differences": "Difference diff",
    "edtf": "EDTF Match",
    "errors": "DatasetError Fault InvalidField UnknownName",
    "evidence": "Coverage Support coverage support",
    "model": "Body Citation Discrepancy Gap Instrument Meeting Party Place Quotation Record Relation Source Statement Topic",
    "proof": "Verification verify",
    "query": "NotOne Records",
    "schemas": "schema",
    "show.plots": "relation_graph timeline topic_matrix",
    "vocabulary": "BodyKind Consent InstrumentKind InstrumentStatus Mode RelationKind SourceKind StatementKind",
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = ["__release_date__", "__version__", *_MODULE_OF]


def __getattr__(name: str) -> object:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{module}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
