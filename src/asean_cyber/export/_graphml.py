"""The dataset as a graph, in GraphML: records and bodies, and what links them.

An arrow has a ``kind``: one of the relations between records, ``body`` from a record to its body, ``meeting`` and
``instrument`` from a text to where it was made and what it is a part of, ``parent`` and ``predecessor`` between bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .._model.records import Instrument, Meeting, Record, Statement
from .._query.dataset import Dataset
from .._tables.frames import required
from ._about import about


def write_graphml(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """``asean-cyber.graphml``, and where it is.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_graphml(Dataset.from_records([]), pathlib.Path(folder))]
    ['asean-cyber.graphml']
    """
    required("networkx", "graph")
    import networkx

    of = about(dataset)
    told = {"title": of.title, "version": of.version, "license": of.licence and of.licence.id, "identifier": of.iri}
    graph: Any = networkx.MultiDiGraph()
    graph.graph.update({name: value for name, value in told.items() if value})
    for body in dataset.bodies():
        graph.add_node(body.id, type="body", label=body.label, name=body.name, kind=body.kind.value)
    for record in dataset:
        graph.add_node(record.id, **_said(record))
    for body in dataset.bodies():
        for kind in ("parent", "predecessor"):
            _arrow(graph, body.id, kind, getattr(body, kind))
    for record in dataset:
        _arrow(graph, record.id, "body", record.body)
        for kind in ("meeting", "instrument"):
            _arrow(graph, record.id, kind, dataset._catalogue.successor(getattr(record, kind, None)))
        for relation in record.relations:
            _arrow(graph, record.id, relation.kind.value, dataset._catalogue.successor(relation.target))
    path = folder / "asean-cyber.graphml"
    networkx.write_graphml(graph, path, named_key_ids=True)
    yield path


def _said(record: Record) -> dict[str, str | int]:
    kind = record.kind.value if isinstance(record, (Statement, Instrument)) else None
    place = record.place.country if isinstance(record, Meeting) and record.place else None
    said = {"type": record.type, "label": record.label, "kind": kind, "date": record.date.text, "year": record.year, "country": place}
    return {name: value for name, value in {**said, "topics": " ".join(record.topics), "summary": record.summary}.items() if value}


def _arrow(graph: Any, source: str, kind: str, target: str | None) -> None:
    if target is not None:
        graph.add_edge(source, target, key=kind, kind=kind)
