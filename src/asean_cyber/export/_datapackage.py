"""The dataset as a Frictionless Data Package (version 2 of the standard): CSV files, and a descriptor of them.

The descriptor gives every column its type and meaning, the keys that tell rows apart, and those by
which tables refer to one another. The CSV files are those of the format ``csv``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from .._cite.entry import web_address
from .._query.dataset import Dataset
from .._tables.columns import Column
from .._tables.files import csv_text
from .._tables.table import Table, tables
from ._about import about, semantic
from ._readme import write_readme

Json = dict[str, Any]  # what json.dumps takes

_TYPES: dict[str, Json] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date"},
    # An array, and not the standard's list: its items are split at a sign that no item may then hold, and readers of its
    # first version do not know it. A JSON array holds any text, and every reader has a reader of JSON.
    "strings": {"type": "array"},
}


def write_datapackage(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """A CSV file for each table and ``datapackage.json``, and where they are.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_datapackage(Dataset.from_records([]), pathlib.Path(folder))][-1]
    'datapackage.json'
    """
    held = tables(dataset._catalogue)
    resources: list[Json] = []
    for table in held.values():
        data = csv_text(table).encode()
        path = folder / f"{table.name}.csv"
        path.write_bytes(data)
        resources.append(_resource(table, data))
        yield path
    yield from write_readme(dataset, folder, {f"{name}.csv": table.description for name, table in held.items()})
    path = folder / "datapackage.json"
    path.write_bytes((json.dumps(_package(dataset, resources), ensure_ascii=False, indent=2) + "\n").encode())
    yield path


def _package(dataset: Dataset, resources: list[Json]) -> Json:
    of = about(dataset)
    sources = {(source.title, source.url): None for source in dataset.sources()}
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "asean-cyber" if of.version else "records",
        "id": of.iri,
        "identifiers": list(of.identifiers),
        "homepage": of.address,
        "title": of.title,
        "description": of.description,
        "version": of.version and semantic(of.version),
        "created": of.released and f"{of.released}T00:00:00Z",
        "keywords": list(of.keywords),
        "licenses": [{"name": of.licence.id, "title": of.licence.name, "path": of.licence.url}] if of.licence else [],
        "contributors": [{"title": name, "roles": ["creator", *(["publisher"] if name == of.publisher else [])]} for name in of.creators],
        "resources": resources,
        "sources": [{"title": title, "path": web_address(url)} if url else {"title": title} for title, url in sources],
    }
    return {name: value for name, value in package.items() if value}


def _resource(table: Table, data: bytes) -> Json:
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> Json:
    schema: Json = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    links = [_foreign_key(column, table.name) for column in table.columns if column.references and column.type != "strings"]
    if links:
        schema["foreignKeys"] = links
    return schema


def _field(column: Column) -> Json:
    constraints: Json = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    field = {"name": column.name, **_TYPES[column.type], "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _foreign_key(column: Column, table: str) -> Json:
    # A table that refers to itself is not named.
    reference = {"fields": ["id"]} if column.references == table else {"resource": column.references, "fields": ["id"]}
    return {"fields": [column.name], "reference": reference}
