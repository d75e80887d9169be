"""A small dataset of invented records, for tests that need to know everything that is in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from asean_cyber import Dataset


def small() -> dict[str, Any]:
    """Its JSON, as one file."""
    cited = [{"source": "page"}]
    return {
        "topics": [
            {"id": "crime", "label": "Crime", "definition": "What is forbidden.", "aliases": ["offences"]},
            {"id": "scams", "label": "Scams", "definition": "Deceit.", "broader": "crime"},
            {"id": "security", "label": "Security", "definition": "Being safe."},
        ],
        "bodies": [
            {"id": "telmin", "acronym": "TELMIN", "name": "Telecommunications Ministers", "kind": "ministerial", "description": "They met."},
            {"id": "adgmin", "acronym": "ADGMIN", "name": "Digital Ministers", "kind": "ministerial", "description": "They meet.", "predecessor": "telmin"},
            {"id": "police-plus", "acronym": "Police+3", "name": "Police Plus Three", "kind": "police", "description": "They chase.", "participants": ["CN", "JP", "KR"]},
        ],
        "sources": [
            {"id": "page", "title": "A page", "publisher": "A ministry", "kind": "official", "url": "https://example.org/a"},
            {"id": "news", "title": "A report", "publisher": "An agency", "kind": "news", "url": "https://example.org/b"},
        ],
        "meetings": [
            {"id": "telmin-9", "body": "telmin", "date": "2009-10", "ordinal": 9, "name": "9th TELMIN", "place": {"city": "Vientiane", "country": "LA"},
             "topics": ["security"], "summary": "Ministers met on networks.", "citations": cited},
            {"id": "adgmin-1", "body": "adgmin", "date": "2021-01-21/2021-01-22", "ordinal": 1, "name": "1st ADGMIN", "mode": "online", "partners": ["JP"],
             "summary": "Ministers met online.", "citations": cited},
            {"id": "police-plus-2", "body": "police-plus", "date": "2009-12-30/2010-01-02", "ordinal": 2, "name": "2nd Police Plus Three",
             "place": {"city": "Hanoi", "country": "VN"}, "topics": ["crime"], "summary": "Chiefs met over the New Year.", "citations": cited,
             "discrepancies": [{"field": "date", "value": "2009-12-29", "citation": {"source": "news"}}]},
        ],
        "statements": [
            {"id": "telmin-9/4", "body": "telmin", "date": "2009-10", "meeting": "telmin-9", "kind": "joint-statement", "locator": "para 4", "topics": ["security"],
             "summary": "Networks are to be safe.", "quotation": {"text": "Réseaux sûrs.", "language": "fr"}, "citations": cited,
             "acts": [{"kind": "stresses", "phrase": "underlined"}, {"kind": "urges", "phrase": "called upon", "addressees": ["states", "CN"], "record": "telmin-9"}]},
            {"id": "police-plus-2/1", "body": "police-plus", "date": "2009-12-30", "meeting": "police-plus-2", "kind": "resolution", "locator": "1", "topics": ["scams"],
             "summary": "Scams are to be fought.", "citations": cited, "speaker": "JP", "acts": [{"kind": "commits", "phrase": "will fight"}], "reviewed": "2026-11-26"},
            {"id": "pact-2010/3", "body": "police-plus", "date": "2010-01-02", "instrument": "pact-2010", "kind": "agreement", "locator": "article 3", "topics": ["crime"],
             "summary": "Parties share what they know.", "citations": cited},
        ],
        "instruments": [
            {"id": "pact-2010", "body": "police-plus", "date": "2010-01-02", "title": "The Pact", "kind": "mou", "signed": "2010-01-02", "parties": ["ASEAN", "CN"],
             "meeting": "police-plus-2", "topics": ["crime"], "summary": "Police are to work together.", "citations": [{"source": "page"}, {"source": "news"}],
             "relations": [{"kind": "signed_at", "target": "police-plus-2"}]},
            {"id": "plan-2012", "body": "telmin", "date": "2012", "title": "The Plan", "kind": "plan-of-action", "parties": ["BN", {"id": "PH", "signed": "2012-03"}],
             "topics": ["security"], "summary": "What is to be done.", "citations": cited, "relations": [{"kind": "implements", "target": "pact-2010"}]},
        ],
        "gaps": [{"body": "telmin", "ordinals": [1, 2], "reason": "Not looked for."}],
        "retired": {"the-plan": "plan-2012"},
    }  # fmt: skip


@pytest.fixture
def raw() -> dict[str, Any]:
    return small()


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Writes a value, text or bytes as a data file, and gives its path."""

    def write(value: Any, name: str = "own.json") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        data = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value, ensure_ascii=False).encode()
        path.write_bytes(data)
        return path

    return write


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    path = tmp_path_factory.mktemp("small") / "small.json"
    path.write_text(json.dumps(small()), encoding="utf-8")
    return Dataset.load(path)
