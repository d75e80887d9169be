"""What the project says of itself to indexes and archives, all of it made from `src/asean_cyber/_about.py`.

``python tools/metadata.py`` writes CITATION.cff, codemeta.json and .zenodo.json; a test holds them to what this makes.
The package's own metadata, with a README whose links lead somewhere, come from here too (`for_the_index`).
"""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def about() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "src" / "asean_cyber" / "_about.py"))


def for_the_index() -> dict[str, Any]:
    """The fields of the package's metadata that pyproject.toml calls dynamic, but for the version."""
    said = about()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return {
        "description": said["DESCRIPTION"],
        "readme": {"content-type": "text/markdown", "text": readme(text, said["ADDRESS"], said["VERSION"])},
        "authors": [{"name": said["MAINTAINERS"]}],
        "keywords": list(said["KEYWORDS"]),
        "urls": urls(said["ADDRESS"], said["VERSION"], said["DOI"]),
    }


def urls(address: str | None, version: str, doi: str | None) -> dict[str, str]:
    """The addresses that an index shows; none until the project has one."""
    known = {}
    if address:
        known = {
            "Homepage": address,
            "Source": address,
            "Changelog": f"{address}/blob/{tag(version)}/CHANGELOG.md",
            "Issues": f"{address}/issues",
        }
    return {**known, "DOI": f"https://doi.org/{doi}"} if doi else known


def tag(version: str) -> str:
    """Where in the repository the files of a version stand: a release has a tag."""
    return "main" if version.endswith(".dev0") else f"v{version}"


_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\((?P<to>(?![a-z]+:|#|/)[^)\s]+)\)")


def readme(text: str, address: str | None, version: str) -> str:
    """The README for a page that is not in the repository: links into it are made whole or, without an address, only their words are kept."""

    def whole(found: re.Match[str]) -> str:
        if address is None:
            return found["text"]
        path = "raw" if found["picture"] else "blob"
        return f"{found['picture']}[{found['text']}]({address}/{path}/{tag(version)}/{found['to']})"

    return _LINK.sub(whole, text)


def citation() -> str:
    """CITATION.cff: the citation of the dataset; between releases without its fingerprint, which only a release fixes."""
    import asean_cyber as ac
    from asean_cyber import _about

    told = ac.cite(style="cff")
    return told if _about.IS_RELEASE else told.partition("identifiers:")[0]


def codemeta() -> str:
    """https://w3id.org/codemeta/3.0, which Software Heritage and others read."""
    said = about()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return _json({
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "SoftwareSourceCode",
        "name": project["name"],
        "description": said["DESCRIPTION"],
        "version": said["VERSION"],
        "dateModified": said["RELEASED"],
        "author": [{"type": "Organization", "name": said["MAINTAINERS"]}],
        "license": [f"https://spdx.org/licenses/{name}" for name in (said["CODE_LICENCE"], said["LICENCE"])],
        "keywords": list(said["KEYWORDS"]),
        "programmingLanguage": {"type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
        "developmentStatus": "active",
        "codeRepository": said["ADDRESS"],
        "issueTracker": said["ADDRESS"] and f"{said['ADDRESS']}/issues",
        "identifier": said["DOI"] and f"https://doi.org/{said['DOI']}",
    })  # fmt: skip


def zenodo() -> str:
    """What Zenodo reads when a release is archived there; it goes before CITATION.cff."""
    said = about()
    return _json({
        "title": said["TITLE"],
        "description": said["DESCRIPTION"],
        "upload_type": "dataset",
        "version": said["VERSION"],
        "publication_date": said["RELEASED"],
        "creators": [{"name": said["MAINTAINERS"]}],
        "license": said["LICENCE"].lower(),
        "access_right": "open",
        "language": "eng",
        "keywords": list(said["KEYWORDS"]),
        "notes": f"The data are under {said['LICENCE']}, the code under {said['CODE_LICENCE']}; quotations of documents are neither ours nor licensed by us.",
        "related_identifiers": said["ADDRESS"] and [{"identifier": said["ADDRESS"], "relation": "isSupplementTo", "resource_type": "software"}],
    })  # fmt: skip


def _json(value: dict[str, Any]) -> str:
    """JSON without what is not known."""
    return json.dumps({key: each for key, each in value.items() if each is not None}, indent=2, ensure_ascii=False) + "\n"


FILES: dict[str, Callable[[], str]] = {"CITATION.cff": citation, "codemeta.json": codemeta, ".zenodo.json": zenodo}
"""Each file that is made, and what makes it."""


if __name__ == "__main__":
    for name, make in FILES.items():
        (ROOT / name).write_text(make(), encoding="utf-8", newline="\n")
