"""What lies beside the files of a folder: a page that says what they are, and how to cite them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from .._cite.cite import cite
from .._display.markdown import escaped
from .._query.dataset import Dataset
from ._about import about


def write_readme(dataset: Dataset, folder: Path, files: Mapping[str, str]) -> Iterator[Path]:
    """``README.md``, and for the packaged dataset ``CITATION.cff``; `files` are the others and what one row of each is."""
    path = folder / "README.md"
    path.write_bytes(_readme(dataset, files).encode())
    yield path
    if about(dataset).version:
        path = folder / "CITATION.cff"
        path.write_bytes(cite(style="cff").encode())
        yield path


def _readme(dataset: Dataset, files: Mapping[str, str]) -> str:
    of = about(dataset)
    facts = {
        "Version": of.version and f"{of.version} ({of.released})",
        "Licence": of.licence and f"[{of.licence.name}]({of.licence.url})",
        "By": ", ".join(of.creators),
        "Address": of.address,
        "Identifier": f"`{of.iri}`",
        **{name.upper() if name != "package" else "Package": f"`{value}`" for name, value in of.identifiers.items()},
        "Fingerprint (SHA-256 of the data)": f"`{dataset.fingerprint}`",
    }
    lines = [f"# {escaped(of.title)}", "", escaped(of.description), ""]
    lines += [f"- {name}: {value}" for name, value in facts.items() if value]
    lines += ["", "| file | a row is |", "| --- | --- |", *(f"| {escaped(name)} | {escaped(description)} |" for name, description in files.items())]
    if of.version:
        lines += ["", "To cite it:", "", f"> {escaped(cite(style='apa'))}"]
    return "\n".join(lines) + "\n"
