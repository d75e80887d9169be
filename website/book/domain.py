"""The roles ``record``, ``body`` and ``topic``: links from text to pages of the book, here and from elsewhere.

``{record}`ammtc-8``` links to a record, a retired id to its successor; ``{body}`AMMTC``` and ``{topic}`cybercrime```
understand names as the library does; ``{page}`By year <years>``` links to another page of the book. All records, bodies and topics stand in ``objects.inv``, so that other Sphinx sites can link to a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

import asean_cyber as ac

SORTS = ("record", "body", "topic")
ROLES = (*SORTS, "page", "name")
FOLDERS = {"record": "records", "body": "bodies", "topic": "topics"}

log = logging.getLogger(__name__)


class ShortRole(XRefRole):
    """A role of the domain by its own name alone."""

    def run(self) -> Any:
        self.name = f"asean:{self.name}"
        return super().run()


def _public_name(env: Any, fromdocname: str, builder: Any, target: str, node: Any, contnode: Any) -> Any:
    """What stands between single backticks in a docstring: a name of the library where there is one, else words as code."""
    python = env.domains["py"]
    for name in (f"asean_cyber.{target}", target):
        if name in python.objects:
            return python.resolve_xref(env, fromdocname, builder, "obj", name, node, contnode)
    return contnode


class BookDomain(Domain):
    name = "asean"
    label = "The book"
    object_types = {sort: ObjType(sort, sort) for sort in SORTS}  # noqa: RUF012 (as Sphinx declares it)
    roles = {role: XRefRole() for role in ROLES}  # noqa: RUF012
    data_version = 1

    def resolve_xref(self, env: Any, fromdocname: str, builder: Any, typ: str, target: str, node: Any, contnode: Any) -> nodes.reference | None:
        if typ == "name":
            return _public_name(env, fromdocname, builder, target, node, contnode)
        if typ == "page":
            return make_refnode(builder, fromdocname, target, "", nodes.inline("", contnode.astext()))
        try:
            held = {"record": ac.get, "body": ac.body, "topic": ac.topic}[typ](target)
        except ac.UnknownName as error:
            log.warning("%s", error, location=node, type="ref", subtype=typ)
            return None
        if typ != "record" and not node.get("refexplicit"):
            contnode = nodes.inline("", held.label)
        return make_refnode(builder, fromdocname, f"{FOLDERS[typ]}/{held.id}", "", contnode, held.label)

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for sort, held in (("record", ac.records()), ("body", ac.bodies()), ("topic", ac.topics())):
            for each in held:
                yield each.id, each.label, sort, f"{FOLDERS[sort]}/{each.id}", "", 1
        for old, new in sorted(ac.retired().items()):
            yield old, ac.get(new).label, "record", f"records/{ac.get(new).id}", "", 1

    def merge_domaindata(self, docnames: Any, otherdata: Any) -> None:
        """Nothing is kept with the pages that were read, so there is nothing to merge."""
