"""Writes the parts of the documentation that are made from the code and the data.

Run it when a field, a vocabulary or the data changes: ``python docs/_generate.py``. A test holds the
pages and what this makes equal.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import asean_cyber as ac
from asean_cyber import vocabulary
from asean_cyber._files.writing import layout
from asean_cyber._query.words import ANNOTATIONS, TYPES, WORDS, Word
from asean_cyber.places import COUNTRIES, ORGANISATIONS, accessions

DOCS = Path(__file__).parent

RECORDS = ("Meeting", "Statement", "Instrument")
REFERRED = ("Body", "Topic", "Source", "Gap")
PARTS = ("Place", "Act", "Party", "Participation", "Identifier", "Citation", "Quotation", "Relation", "Discrepancy")
TEXTS = ("Text", "Id", "Date", "Language", "Url", "Country", "Participant", "Number", "Flag")


def pages() -> Iterator[tuple[Path, str]]:
    """Each page that is made, and what it should hold."""
    yield DOCS / "data-dictionary.md", dictionary()
    yield DOCS / "schema.json", layout(ac.schema())
    yield DOCS / "coverage-by-body.md", coverage()


def coverage() -> str:
    """What is held of each body, and what is missing; counted from the data."""
    return "\n".join([
        "# Coverage by body",
        "",
        "What the dataset holds of each body, and below the table what it is known to lack, and why. This page is made from the data by",
        "`docs/_generate.py` when a release is made; `asean-cyber coverage` counts it anew. How good the data are, and how that is measured, stands in",
        "[How good the data is](coverage.md).",
        "",
        "*Official* is the share of all records that cite an official source; *two publishers* the share of meetings and instruments that",
        "two independent publishers stand behind; *located* the share of statements that say where in their document they stand. Shares are",
        "rounded down. *Numbers* are those of the body's meetings.",
        "",
        "The Council of Europe and the United Nations General Assembly are here because ASEAN's texts rest on their documents; how to leave them out",
        "is told under [Whose documents](coverage.md#whose-documents).",
        "",
        ac.coverage().to_markdown(),
    ])  # fmt: skip


def dictionary() -> str:
    """The data dictionary, from the JSON Schema, the vocabularies and the topics."""
    definitions = ac.schema()["$defs"]
    return "\n".join([
        "# Data dictionary",
        "",
        "Every class, field, kind and topic of the dataset. This page is made from the code and the data by `docs/_generate.py`.",
        "The same as a JSON Schema is in [schema.json](schema.json) and in `ac.schema()`. A field that is not required is left out of",
        "a file, and is `None` or empty in Python, where its value is not known.",
        "",
        "## Records",
        "",
        "Beside its fields every record has `year`, the year in which it began, and `label`, what to call it in a line of text.",
        "How well it is supported is not stored, but [computed](coverage.md).",
        "",
        *classes(RECORDS, definitions),
        "## What records refer to",
        "",
        *classes(REFERRED, definitions),
        "## Parts of records",
        "",
        *classes(PARTS, definitions),
        "## Forms of text",
        "",
        *forms(definitions),
        "## Kinds",
        "",
        *kinds(),
        "## Topics",
        "",
        "Asking for a topic also finds what is filed under the narrower ones, which stand below it.",
        "",
        *topics(),
        "",
    ])  # fmt: skip


def classes(names: Iterable[str], definitions: Mapping[str, Any]) -> Iterator[str]:
    for name in names:
        described = definitions[name]
        fields = described if "properties" in described else described["anyOf"][-1]
        yield from (f"### {name}", "", described["description"], "")
        if "anyOf" in described:
            yield from ("In a file, one of which nothing but the id is known may be written as that id.", "")
        yield from table(
            ("Field", "Type", "Required", "Meaning"),
            ((f"`{field}`", kind(value), "yes" if field in fields["required"] else "", value["description"]) for field, value in fields["properties"].items()),
        )


def kind(value: Mapping[str, Any]) -> str:
    """The type of a field, linked to where it is explained."""
    if "items" in value:
        return f"list of {kind(value['items'])}"
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    return f"`{value['const']}`"


def forms(definitions: Mapping[str, Any]) -> Iterator[str]:
    for name in TEXTS:
        described = definitions[name]
        yield from (f"### {name}", "", described["description"], "")
        if "examples" in described:
            yield from (f"Examples: {', '.join(f'`{example}`' for example in described['examples'])}.", "")
        if name == "Country":
            members = sorted(accessions().items(), key=lambda item: (item[1], item[0]))
            yield from table(("Member of ASEAN", "Code", "Since"), ((COUNTRIES[code], f"`{code}`", str(since)) for code, since in members))
        if name == "Participant":
            yield from table(("Organisation", "Code"), ((title, f"`{code}`") for code, title in ORGANISATIONS.items()))


def kinds() -> Iterator[str]:
    for each in vars(vocabulary).values():
        if isinstance(each, type) and issubclass(each, vocabulary.Term) and each is not vocabulary.Term:
            inverse = issubclass(each, vocabulary.RelationKind)
            yield from (f"### {each.__name__}", "", inspect.cleandoc(each.__doc__ or "").partition("\n\n>>> ")[0], "")
            yield from table(
                ("Value", "Reads", *(("From the other end",) if inverse else ()), "Definition"),
                ((f"`{term}`", term.label, *((term.inverse,) if isinstance(term, vocabulary.RelationKind) else ()), term.definition) for term in each),
            )


def words() -> Iterator[str]:
    """The words by which records are asked for, from the table of them."""
    yield from table(
        ("Word", "Finds records", "Of", "Takes"),
        (
            (f"`{name}`", word.meaning, "all" if word.of == TYPES else " and ".join(f"{each}s" for each in word.of), taken(name, word))
            for name, word in WORDS.items()
        ),
    )


def taken(name: str, word: Word) -> str:
    """What a word takes: the classes of its values, and how many."""
    if word.truth:
        return "`True` or `False`"
    single = [kind for kind in get_args(ANNOTATIONS[name]) if isinstance(kind, type) and kind is not type(None)]
    return f"{' or '.join(f'`{kind.__name__}`' for kind in single)}; {'one or several' if word.several else 'one'}"


def topics() -> Iterator[str]:
    depth: dict[str | None, int] = {None: -1}
    for topic in ac.topics():
        depth[topic.id] = depth[topic.broader] + 1
        also = f" Also: {', '.join(topic.aliases)}." if topic.aliases else ""
        yield f"{'  ' * depth[topic.id]}- **{topic.label}** (`{topic.id}`): {' '.join(filter(None, (topic.definition, topic.scope)))}{also}"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(head)
    for cells in (names, ["---"] * len(names), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
    yield ""


if __name__ == "__main__":
    for path, text in pages():
        path.write_text(text, encoding="utf-8", newline="\n")
