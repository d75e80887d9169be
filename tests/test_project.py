"""What the project says of itself, to indexes, archives and installers, it says once."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest

import asean_cyber as ac
from asean_cyber import _about

ROOT = Path(__file__).resolve().parents[1]
if not (ROOT / "tools").is_dir():
    pytest.skip("the tests are not beside the project's files", allow_module_level=True)

TOOL: dict[str, Any] = runpy.run_path(str(ROOT / "tools" / "metadata.py"))
CONSTRAINTS: dict[str, Any] = runpy.run_path(str(ROOT / "tools" / "constraints.py"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


from_source = pytest.mark.skipif(not (ROOT / "src").is_dir(), reason="only the package is here, not what it is made of")


@from_source
@pytest.mark.parametrize("name", TOOL["FILES"])
def test_a_file_that_is_made_is_as_it_would_be_made(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == TOOL["FILES"][name](), "run: python tools/metadata.py"


def test_archives_are_told_version_day_makers_and_licences() -> None:
    code, deposit = (json.loads((ROOT / name).read_text("utf-8")) for name in ("codemeta.json", ".zenodo.json"))
    assert code["version"] == deposit["version"] == ac.__version__
    assert code["dateModified"] == deposit["publication_date"] == ac.__release_date__
    assert code["author"][0]["name"] == deposit["creators"][0]["name"] == _about.MAINTAINERS
    assert code["license"] == ["https://spdx.org/licenses/MIT", "https://spdx.org/licenses/CC-BY-4.0"]
    assert deposit["license"] == "cc-by-4.0"
    assert deposit["upload_type"] == "dataset"


@from_source
def test_what_the_build_is_told_is_what_about_says() -> None:
    said = TOOL["for_the_index"]()
    assert said["description"] == _about.DESCRIPTION
    assert "\n" not in said["description"]
    assert len(said["description"]) <= 512, "an index takes no more"
    assert said["keywords"] == list(_about.KEYWORDS)
    assert said["authors"] == [{"name": _about.MAINTAINERS}]
    assert PROJECT["project"]["license"] == f"{_about.CODE_LICENCE} AND {_about.LICENCE}"
    assert set(said) | {"version"} == set(PROJECT["project"]["dynamic"])


def test_what_is_installed_says_the_same() -> None:
    try:
        found = metadata("asean-cyber")
    except PackageNotFoundError:
        pytest.skip("asean-cyber is not installed")
    if ROOT in Path(ac.__file__).parents or found["Version"] != ac.__version__:
        pytest.skip("what is tested is not what is installed")
    assert found["Summary"] == _about.DESCRIPTION
    assert found["Author"] == _about.MAINTAINERS
    assert found["License-Expression"] == "MIT AND CC-BY-4.0"
    assert found["Requires-Python"] == ">=3.11"


def test_an_address_is_set_in_one_place_and_appears_everywhere() -> None:
    assert TOOL["urls"](None, "1.2.3", None) == {}
    found = TOOL["urls"]("https://example.org/x", "1.2.3", "10.5/z")
    assert found["Source"] == "https://example.org/x"
    assert found["Changelog"] == "https://example.org/x/blob/v1.2.3/CHANGELOG.md"
    assert found["DOI"] == "https://doi.org/10.5/z"
    assert TOOL["urls"]("https://example.org/x", "1.2.4.dev0", None)["Changelog"] == "https://example.org/x/blob/main/CHANGELOG.md"


def test_links_of_the_readme_lead_somewhere_from_an_index() -> None:
    text = "See [a](docs/a.md#b), [x](https://example.org), [y](#y), [m](mailto:a@example.org) and ![p](docs/p.png)."
    assert TOOL["readme"](text, None, "1.0") == "See a, [x](https://example.org), [y](#y), [m](mailto:a@example.org) and p."
    base = "https://example.org/r"
    assert TOOL["readme"](text, base, "1.0") == (
        f"See [a]({base}/blob/v1.0/docs/a.md#b), [x](https://example.org), [y](#y), [m](mailto:a@example.org) and ![p]({base}/raw/v1.0/docs/p.png)."
    )


def test_links_of_the_readme_lead_somewhere_in_the_repository() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = {target.partition("#")[0] for target in re.findall(r"\]\(((?!https?:|#|mailto:)[^)\s]+)\)", text)}
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.skipif(_about.INDEXED, reason="the index has it")
def test_until_it_is_on_an_index_the_readme_says_what_to_do_instead() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert 'pip install "asean-cyber[' in text
    assert re.search(r"Until the package is on an index, .*clone.*`pip install \"\.\[pandas\]\"`", text, re.DOTALL)


def test_the_floors_are_those_of_the_project() -> None:
    assert CONSTRAINTS["FLOORS"].read_text("utf-8") == CONSTRAINTS["floors"](), "run: python tools/constraints.py"
    assert [line for line in CONSTRAINTS["floors"]().splitlines()[1:] if "==" not in line] == []


def test_the_pythons_are_named_alike_everywhere() -> None:
    named = [each.rpartition(" ")[2] for each in PROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+$", each)]
    assert f">={named[0]}" == PROJECT["project"]["requires-python"]
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{named[0].replace('.', '')}"
    assert PROJECT["tool"]["pyright"]["pythonVersion"] == named[0]
    assert runpy.run_path(str(ROOT / "tools" / "rehearse.py"))["PYTHONS"] == tuple(named)
    workflow = ROOT / ".github" / "workflows" / "test.yml"
    if workflow.exists():  # not in an sdist
        assert json.loads(re.findall(r"python: (\[.*\])", workflow.read_text("utf-8"))[0]) == named
