"""The dataset as Croissant 1.0 (https://mlcommons.org/croissant): a JSON file for each table, and metadata that tells how to load them.

The data stand in JSON and not in CSV because loaders of Croissant guess at the types in CSV: there the
country code ``NA`` of Namibia is a missing value, and the paragraph ``1.10`` a number. Which tables a column
refers to is told in its description only: by ``references`` loaders join tables, and drop the rows
that refer to nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from .._query.dataset import Dataset
from .._tables.columns import Column
from .._tables.table import Table, tables
from ._about import about, semantic
from ._readme import write_readme

Json = dict[str, Any]  # what json.dumps takes

# As the specification gives it, so that no reader has to fetch it.
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "boolean": "sc:Boolean", "date": "sc:Date", "strings": "sc:Text"}


def write_croissant(dataset: Dataset, folder: Path) -> Iterator[Path]:
    """A JSON file for each table and ``croissant.json``, and where they are.

    >>> import pathlib, tempfile
    >>> from asean_cyber import Dataset
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_croissant(Dataset.from_records([]), pathlib.Path(folder))][-1]
    'croissant.json'
    """
    held = [table for table in tables(dataset._catalogue).values() if len(table)]
    written: list[bytes] = []
    for table in held:
        path = folder / f"{table.name}.json"
        written.append(_data(table))
        path.write_bytes(written[-1])
        yield path
    yield from write_readme(dataset, folder, {f"{table.name}.json": table.description for table in held})
    path = folder / "croissant.json"
    path.write_bytes(_as_json(_metadata(dataset, held, written)))
    yield path


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=date.isoformat) + "\n").encode()


def _data(table: Table) -> bytes:
    names = [column.name for column in table.columns]
    return _as_json([dict(zip(names, row, strict=True)) for row in table.rows()])


def _metadata(dataset: Dataset, held: list[Table], data: list[bytes]) -> Json:
    of = about(dataset)
    metadata = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": of.title,
        "description": of.description,
        "identifier": [of.iri, *of.identifiers],
        "url": of.address,
        "version": of.version and semantic(of.version),
        "license": of.licence and of.licence.url,
        "creator": [{"@type": "sc:Organization", "name": name} for name in of.creators],
        "publisher": of.publisher and [{"@type": "sc:Organization", "name": of.publisher}],
        "keywords": list(of.keywords),
        "datePublished": of.released,
        "citeAs": of.citation,
        "distribution": [_file(table, content) for table, content in zip(held, data, strict=True)],
        "recordSet": [_record_set(table) for table in held],
    }
    return {name: value for name, value in metadata.items() if value}


def _file(table: Table, data: bytes) -> Json:
    name = f"{table.name}.json"
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/json",
        "sha256": sha256(data).hexdigest(),
    }


def _record_set(table: Table) -> Json:
    whole: Json = {"@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.description}
    if table.key:
        whole["key"] = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return {**whole, "field": [_field(table, column) for column in table.columns]}


def _field(table: Table, column: Column) -> Json:
    field: Json = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.description} It is an id of {column.references}." if column.references else column.description,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": f"{table.name}.json"}, "extract": {"jsonPath": f"$[*].{column.name}"}},
    }
    if column.type == "strings":
        field["repeated"] = True
    return field
