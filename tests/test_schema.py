"""The JSON Schema says of a file what loading it says, as far as a JSON Schema can."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator

import asean_cyber as ac
from asean_cyber._model.contents import SECTIONS
from asean_cyber._packaged import files
from asean_cyber.vocabulary import Addressee, Band, Term

Write = Callable[..., Path]
ABSENT = object()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(ac.schema())


def errors(validator: Draft202012Validator, value: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def part(validator: Draft202012Validator, name: str) -> Draft202012Validator:
    return validator.evolve(schema={"$ref": f"#/$defs/{name}", "$defs": validator.schema["$defs"]})


def test_is_a_schema() -> None:
    schema = ac.schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema


def test_each_call_gives_a_dict_of_its_own() -> None:
    ac.schema()["$defs"].clear()
    assert ac.schema()["$defs"]


def test_documentation_holds_it() -> None:
    written = Path(__file__).parent.parent / "docs" / "schema.json"
    assert json.loads(written.read_text(encoding="utf-8")) == ac.schema(), (
        "write it anew: python -c 'import asean_cyber as ac; from asean_cyber._files.writing import layout; print(layout(ac.schema()), end=\"\")' > docs/schema.json"
    )


@pytest.mark.parametrize(("name", "data"), list(files()), ids=[name for name, _ in files()])
def test_packaged_files_pass(validator: Draft202012Validator, name: str, data: bytes) -> None:
    assert errors(validator, json.loads(data)) == []


def test_what_is_written_passes(validator: Draft202012Validator) -> None:
    assert errors(validator, json.loads(ac.dataset().to_json())) == []
    assert errors(validator, {}) == []


def test_small_dataset_passes_both(validator: Draft202012Validator, write: Write, raw: dict[str, Any]) -> None:
    assert errors(validator, raw) == []
    assert len(ac.Dataset.load(write(raw))) == 8


@pytest.mark.parametrize(
    ("section", "path", "value"),
    [
        ("meetings", "id", "TELMIN-9"),
        ("meetings", "id", "telmin 9"),
        ("meetings", "id", "telmin-9\n"),
        ("meetings", "id", "a:b:c"),
        ("meetings", "id", ABSENT),
        ("meetings", "name", ""),
        ("meetings", "name", " TELMIN"),
        ("meetings", "name", "TELMIN\n"),
        ("meetings", "name", 7),
        ("meetings", "date", "10/2024"),
        ("meetings", "date", "2024-13"),
        ("meetings", "date", "2024-10-32"),
        ("meetings", "date", "0000"),
        ("meetings", "date", ".."),
        ("meetings", "date", "../.."),
        ("meetings", "date", "201X-05"),
        ("meetings", "date", "２０２４"),
        ("meetings", "date", 2024),
        ("meetings", "ordinal", 0),
        ("meetings", "ordinal", True),
        ("meetings", "ordinal", "3"),
        ("meetings", "mode", "by post"),
        ("meetings", "place", "Hanoi"),
        ("meetings", "place", {"city": "Hanoi"}),
        ("meetings", "place", {"country": "Indonesia"}),
        ("meetings", "place", {"country": "INTERPOL"}),
        ("meetings", "partners", ["JP", "JP"]),
        ("meetings", "partners", ["Japan"]),
        ("meetings", "partners", "JP"),
        ("meetings", "topics", ["security", "security"]),
        ("meetings", "citations", []),
        ("meetings", "citations", ABSENT),
        ("meetings", "citations", ["page"]),
        ("meetings", "citations", [{"source": "page", "page": 4}]),
        ("meetings", "summary", ABSENT),
        ("meetings", "location", "Hanoi"),
        ("statements", "topics", []),
        ("statements", "kind", "mou"),
        ("statements", "quotation", "We met."),
        ("statements", "quotation", {"text": "We met.", "language": "English"}),
        ("instruments", "kind", "communique"),
        ("instruments", "status", "dormant"),
        ("instruments", "parties", ["Japan"]),
        ("instruments", "parties", [{"signed": "2024"}]),
        ("instruments", "parties", [{"id": "JP", "consent": "nod"}]),
        ("instruments", "parties", [{"id": "JP", "ratified": "2024"}]),
        ("instruments", "relations", [{"kind": "likes", "target": "telmin"}]),
        ("instruments", "discrepancies", [{"field": "date", "value": "2023"}]),
        ("bodies", "kind", "club"),
        ("bodies", "description", ABSENT),
        ("topics", "definition", ABSENT),
        ("topics", "aliases", ["cyber", "cyber"]),
        ("sources", "url", "example.org/a"),
        ("sources", "url", "javascript:alert(1)"),
        ("sources", "kind", "rumour"),
        ("gaps", "ordinals", [0]),
        ("gaps", "ordinals", [1, 1]),
        ("gaps", "reason", ABSENT),
    ],
)
def test_malformed_items_are_refused_as_loading_refuses_them(
    validator: Draft202012Validator, write: Write, raw: dict[str, Any], section: str, path: str, value: object
) -> None:
    item = raw[section][0]
    if value is ABSENT:
        del item[path]
    else:
        item[path] = value
    assert errors(validator, raw)
    with pytest.raises(ac.DatasetError):
        ac.Dataset.load(write(raw))


@pytest.mark.parametrize(
    "broken", [[], "meetings", {"meeting": []}, {"meetings": {}}, {"meetings": ["ammtc-8"]}, {"retired": ["old"]}, {"retired": {"old": 1}}]
)
def test_malformed_files_are_refused_as_loading_refuses_them(validator: Draft202012Validator, write: Write, broken: object) -> None:
    assert errors(validator, broken)
    with pytest.raises(ac.DatasetError):
        ac.Dataset.load(write(broken))


def test_unknown_is_left_out_and_not_null(validator: Draft202012Validator, raw: dict[str, Any]) -> None:
    raw["meetings"][0]["mode"] = None
    assert errors(validator, raw)


FORMS = ac.schema()["$defs"]


def refusal(make: Callable[[], object]) -> str | None:
    """Why something cannot be made, or None if it can."""
    try:
        make()
    except ac.InvalidField as error:
        return error.reason
    return None


POINTS = st.from_regex(r"(20\d\d|19\dX|18XX)(-(0\d|1\d|XX)(-([0-3]\d|XX))?)?[?~%]?", fullmatch=True, alphabet=st.characters(codec="ascii"))
DATES = st.one_of(POINTS, st.just(".."), st.text(alphabet="0123456789X-/.?~% ", max_size=12))


@given(st.one_of(DATES, st.tuples(DATES, DATES).map("/".join)))
def test_dates_are_those_that_are_read(text: str) -> None:
    found = re.search(FORMS["Date"]["pattern"], text)
    reason = refusal(lambda: ac.EDTF(text))
    # That a day exists, and that an end is not before its start, is beyond a pattern.
    assert bool(found) == (reason is None or (bool(found) and ("calendar" in reason or "ends before" in reason)))


@given(st.text(alphabet="aZ9-/.: \n\u00a0é", max_size=9))
def test_texts_and_ids_are_those_that_records_hold(text: str) -> None:
    makers: dict[str, Callable[[], object]] = {
        "Text": lambda: ac.Quotation(text),
        "Id": lambda: ac.Citation(text),
        "Language": lambda: ac.Quotation("x", text),
    }
    for name, make in makers.items():
        assert bool(re.search(FORMS[name]["pattern"], text)) == (refusal(make) is None), name


def test_every_class_and_field_is_described_and_closed() -> None:
    definitions = ac.schema()["$defs"]
    for cls in (*SECTIONS.values(), ac.Place, ac.Citation, ac.Quotation, ac.Relation, ac.Discrepancy, ac.Party):
        described = definitions[cls.__name__]
        assert described["title"] == cls.__name__
        assert described["description"]
        whole = described if cls is not ac.Party else described["anyOf"][1]
        assert whole["additionalProperties"] is False
        assert set(whole["properties"]) - {"type"} == {field.name for field in attrs.fields(cls)}
        assert all(field["title"] and field["description"] for field in whole["properties"].values())


@pytest.mark.parametrize("vocabulary", [kind for kind in Term.__subclasses__() if kind not in (Band, Addressee)], ids=lambda kind: kind.__name__)
def test_vocabularies_are_enums_with_their_meanings(vocabulary: type[Term]) -> None:
    described = ac.schema()["$defs"][vocabulary.__name__]
    assert described["enum"] == list(vocabulary)
    assert all(term.definition in described["description"] for term in vocabulary)


def test_codes_and_party_shorthand(validator: Draft202012Validator) -> None:
    assert part(validator, "Country").is_valid("TH")
    assert not part(validator, "Country").is_valid("EU")
    assert part(validator, "Participant").is_valid("EU")
    assert part(validator, "Party").is_valid("EU")
    assert part(validator, "Party").is_valid({"id": "PH", "consented": "2018-03-28", "consent": "accession"})


def test_required_fields_and_defaults() -> None:
    definitions = ac.schema()["$defs"]
    assert definitions["Place"]["required"] == ["country"]
    assert definitions["Statement"]["properties"]["topics"]["minItems"] == 1
    assert "minItems" not in definitions["Meeting"]["properties"]["topics"]
    assert definitions["Quotation"]["properties"]["language"]["default"] == "en"
    assert definitions["Source"]["properties"]["language"]["$ref"] == "#/$defs/Language"
