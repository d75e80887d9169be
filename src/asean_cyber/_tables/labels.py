"""What a table can have beside its ids: names, alpha-3 codes, and the address of the best source.

For each column of ids of bodies, topics, records, countries and organisations there is one of their names
after it, called after the word for one of them (``body_name``, ``topic_names``, ``partner_names``, ``country_name``);
for countries and organisations also one of their ISO 3166-1 alpha-3 codes, by which most other data on countries are
joined. A table of records ends with ``url``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import attrs

from .._display.facts import best_url
from .._lookup.catalogue import Catalogue
from ..places import PARTICIPANTS, participants
from ..vocabulary import Addressee
from .columns import LAYOUTS, Cell, Column, ColumnType, Layout

_NameOf = Callable[[str, Catalogue], str]

_SINGULAR = {"topics": "topic", "partners": "partner", "parties": "party", "addressees": "addressee"}


def _record(id: str, known: Catalogue) -> str:
    record = known.find(id)
    return id if record is None else record.label


def _whom(code: str, known: Catalogue) -> str:
    if code in PARTICIPANTS:
        return PARTICIPANTS[code]
    body = known.bodies.get(code)
    return body.name if body else Addressee(code).label if code in set(Addressee) else code  # type: ignore[call-arg]


_NAMES: Mapping[str, _NameOf] = {
    "bodies": lambda id, known: known.bodies[id].name if id in known.bodies else id,
    "topics": lambda id, known: known.topics[id].label if id in known.topics else id,
    "records": _record,
    "meetings": _record,
    "statements": _record,
    "instruments": _record,
    "participants": lambda code, _: PARTICIPANTS[code],
    "addressees": _whom,
}
"""How what the ids of a table stand for is called."""


@cache
def labelled(layout: Layout) -> Layout:
    """A layout with names, alpha-3 codes and addresses beside its ids.

    >>> [column.name for column in labelled(LAYOUTS["meetings"]).columns][1:3]
    ['body', 'body_name']
    """
    columns = [each for column in layout.columns for each in (column, *_beside(column))]
    if any(column.name == "source_ids" for column in layout.columns) and layout.name != "bodies":
        columns.append(Column("url", "string", "The address of the source to read first.", get=lambda record, known: best_url(record, known)))
    return attrs.evolve(layout, columns=tuple(columns))


def _beside(column: Column) -> Iterator[Column]:
    of = "addressees" if column.name == "addressees" else column.references
    if of is None or of not in _NAMES:
        return
    stem = _SINGULAR.get(column.name, column.name)
    several = column.type == "strings"
    name_of = _NAMES[of]
    yield _of_each(
        column,
        f"{stem}_name{'s' if several else ''}",
        f"What {'those' if several else 'the one'} of `{column.name}` {'are' if several else 'is'} called.",
        name_of,
    )
    if of == "participants":
        told = "ISO 3166-1 alpha-3 code; of an organisation, which has none, its own code."
        yield _of_each(column, f"{column.name}_alpha_3", f"The {told}" if not several else f"Of each of `{column.name}` the {told}", _alpha_3)


def _alpha_3(code: str, _: Catalogue) -> str:
    return participants()[code].alpha_3 or code


def _of_each(column: Column, name: str, description: str, of: _NameOf) -> Column:
    """A column of something that is known of the ids in another."""

    def get(item: object, known: Catalogue) -> Cell:
        cell = column.cell(item, known)
        if isinstance(cell, tuple):
            return tuple(of(each, known) for each in cell)
        return None if cell is None else of(str(cell), known)

    return Column(name, column.type, description, required=column.required, get=get)


JOINT = "; "
"""What stands between the items of a list where lists are joined to text."""


@cache
def joined(layout: Layout) -> Layout:
    """A layout in which lists are text, their items joined; for tools that have no lists. An empty list is an empty cell."""
    return attrs.evolve(layout, columns=tuple(_as_text(column) if column.type == "strings" else column for column in layout.columns))


def _as_text(column: Column) -> Column:
    def get(item: object, known: Catalogue) -> Cell:
        cell = column.cell(item, known)
        return JOINT.join(cell) or None if isinstance(cell, tuple) else cell

    description = f"{column.description.rstrip('.')}, joined with {JOINT.strip()!r}."
    return attrs.evolve(column, type="string", description=description, required=False, get=get)


@cache
def types() -> Mapping[str, ColumnType]:
    """The type of every column of every table, with labels and without."""
    return {column.name: column.type for layout in LAYOUTS.values() for column in labelled(layout).columns}
