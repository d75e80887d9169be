"""The web service of the documentation: its answers hold to our schema and to its own, and no question breaks it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import asean_cyber as ac

PAGE = Path(__file__).parent.parent / "docs" / "service.md"
if not PAGE.exists():
    pytest.skip("the documentation is not beside the tests", allow_module_level=True)
pytest.importorskip("fastapi")
schemathesis = pytest.importorskip("schemathesis")
jsonschema = pytest.importorskip("jsonschema")


def _service() -> Any:
    """The module that stands on the page."""
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    module = ModuleType("service")
    sys.modules["service"] = module
    exec(compile(code[1], "service.py", "exec"), module.__dict__)
    return module


service = _service()


@pytest.fixture(scope="module")
def web() -> Any:
    from fastapi.testclient import TestClient

    return TestClient(service.app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def validator() -> Any:
    """A validator of one item, by the definition of its type in the schema that we ship."""
    whole = ac.schema()
    return {name: jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]}) for name in ("Meeting", "Statement", "Instrument")}


def test_every_record_holds_to_the_shipped_schema(web: Any, validator: Any) -> None:
    found: list[dict[str, Any]] = []
    total = 1
    while len(found) < total:
        answer = web.get("/records", params={"limit": 1000, "offset": len(found)}).json()
        total = answer["total"]
        found += answer["records"]
    assert [record["id"] for record in found] == list(ac.records().ids)
    for record in found:
        validator[record["type"].title()].validate(record)
    assert [ac.from_dict(record) for record in found[::50]] == list(ac.records()[::50])


def test_every_word_is_in_the_openapi_schema_with_its_meaning_and_its_terms(web: Any) -> None:
    made = web.get("/openapi.json").json()
    parameters = {each["name"]: each for each in made["paths"]["/records"]["get"]["parameters"]}
    assert set(ac.Filters.__annotations__) <= set(parameters)
    for name in ("type", "kind", "body_kind", "act"):
        terms = parameters[name]["schema"]["anyOf"][0]["items"]["enum"]
        for term in terms:
            web.get("/counts/type", params={name: term}).raise_for_status()
    assert set(parameters["act"]["schema"]["anyOf"][0]["items"]["enum"]) == {*ac.ActKind}
    assert parameters["topic"]["description"].startswith("Those on this topic")
    assert "$defs" not in str(made)
    assert set(ac.schema()["$defs"]) <= set(made["components"]["schemas"])


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("topic=scams", "unknown topic 'scams'; did you mean 'online-scams'?"),
        ("boddy=ARF", "unknown word 'boddy'; did you mean 'body'"),
        ("kind=ministerial", "ask body_kind='ministerial'"),
        ("partner=Singapore", "ask speaker for its own words"),
        ("year=0", "year takes numbers from 1 to 9999"),
        ("since=soon", "since: 'soon' is not an EDTF date"),
        ("silent=perhaps", "silent: "),
        ("limit=0", "limit: "),
        ("lineage=true", "lineage goes with body"),
    ],
)
@pytest.mark.parametrize("route", ["/records", "/counts/year"])
def test_a_wrong_question_is_told_in_our_words(web: Any, route: str, question: str, says: str) -> None:
    answer = web.get(f"{route}?{question}")
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


def test_what_is_not_there_is_not_found(web: Any) -> None:
    answer = web.get("/records/ammtc-800")
    assert (answer.status_code, answer.json()["detail"][:26]) == (404, "unknown record 'ammtc-800'")
    assert web.get("/records/AMMTC-8").json()["id"] == "ammtc-8"
    assert web.get("/counts/summary").status_code == 422


def test_counts_agree_with_the_library(web: Any) -> None:
    for by in ("type", "year", "act", "band", "partner", "decade"):
        told = {each["value"]: each["count"] for each in web.get(f"/counts/{by}?body=AMMTC").json()}
        assert told == ac.records(body="AMMTC").count_by(by)


# Whatever its own OpenAPI schema lets somebody ask, and what it does not: no 500, and every answer as the schema says.

CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
]


@schemathesis.openapi.from_asgi("/openapi.json", service.app).parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_no_question_breaks_it(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)
