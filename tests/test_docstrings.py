"""Every public name has an example in its docstring, and the examples are true."""

import ast
import doctest
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

import attrs
import pytest

import asean_cyber

# The hook for PyInstaller is run by that program, and only there.
ELSEWHERE = ("__main__", "hook-asean_cyber")
MODULES = ["asean_cyber", *(each.name for each in pkgutil.walk_packages(asean_cyber.__path__, "asean_cyber.") if not each.name.endswith(ELSEWHERE))]
PUBLIC = ("asean_cyber", "asean_cyber.errors", "asean_cyber.vocabulary", "asean_cyber.places", "asean_cyber.export", "asean_cyber.charts")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def own_names(module: str) -> Iterator[str]:
    """What a module offers: what it lists, or else defines, or imports under its own name (``import x as x``)."""
    held = import_module(module)
    if hasattr(held, "__all__"):
        yield from held.__all__
        return
    for node in ast.parse(Path(held.__file__ or "").read_text("utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.ImportFrom):
            yield from (each.name for each in node.names if each.asname == each.name)


def public() -> dict[str, object]:
    """Public functions and classes by name, each under the first of its names."""
    found: dict[int, tuple[str, object]] = {}
    for module in PUBLIC:
        for name in own_names(module):
            value = getattr(import_module(module), name)
            # What is kept once it was made is a function too, wrapped in what keeps it.
            if not name.startswith("_") and (isinstance(value, (type, FunctionType)) or hasattr(value, "__wrapped__")):
                found.setdefault(id(value), (f"{module}.{name}".removeprefix("asean_cyber."), value))
    return dict(found.values())


def methods(cls: type) -> Iterator[tuple[str, object]]:
    """The public methods of a class that are ours, also those that it inherits; of an attribute there is nothing to call."""
    for name in dir(cls):
        home = next((base for base in cls.__mro__ if name in vars(base)), object)
        if home.__module__.startswith("asean_cyber") and not name.startswith("_"):
            value = inspect.getattr_static(cls, name)
            if isinstance(value, (FunctionType, classmethod, staticmethod)):
                yield name, value


def examples(value: object) -> str:
    """The code of the examples that are run, of the docstring of a value itself, not of one that it inherits."""
    doc = vars(value).get("__doc__") if isinstance(value, type) else value.__doc__
    return "".join(each.source for each in doctest.DocTestParser().get_examples(doc or "") if not each.options.get(doctest.SKIP))


def lacking(named: dict[str, object]) -> list[str]:
    """The functions and classes without an example of their own, and the methods that no example calls."""
    found = []
    for path, value in named.items():
        own, name = examples(value), path.rpartition(".")[2]
        if not own if isinstance(value, type) else not re.search(rf"\b{name}\(", own):
            found.append(path)
        if isinstance(value, type):
            called = ((each, method) for each, method in methods(value))
            found += [f"{path}.{each}" for each, method in called if not re.search(rf"\b{each}\(", examples(method)) and not re.search(rf"\.{each}\(", own)]
    return found


def test_every_public_name_has_an_example() -> None:
    assert lacking(public()) == []


VALUES = {
    name: value
    for name, value in public().items()
    if isinstance(value, type) and attrs.has(value) and all("meaning" in field.metadata for field in attrs.fields(value))
}
"""What the records are made of."""


@pytest.mark.parametrize("name", VALUES)
def test_a_class_of_values_tells_the_meaning_of_each_field(name: str) -> None:
    doc = inspect.getdoc(VALUES[name]) or ""
    _, _, told = doc.partition("\nAttributes\n----------\n")
    for field in attrs.fields(VALUES[name]):
        assert re.search(rf"^{field.name} : .+\n    \S", told, re.MULTILINE), f"{name}.{field.name}"


def test_what_is_public_is_looked_at() -> None:
    named = public()
    assert {"Meeting", "Statement", "Instrument", "Body", "Place", "Party", "Act", "Source", "Topic"} <= set(VALUES)
    assert {"records", "cite", "releases", "Dataset", "EDTF", "Band", "export.read_csv", "places.participants", "vocabulary.Term", "timeline"} <= set(named)
    assert {name for name, _ in methods(asean_cyber.Panel)} >= {"rows", "to_csv"}
    assert {name for name, _ in methods(asean_cyber.Dataset)} >= {"load", "from_records", "meetings", "links"}
    assert "to_dict" in {name for name, _ in methods(asean_cyber.Topic)}


def test_a_name_without_an_example_is_found() -> None:
    def bare() -> None:
        """It says nothing of how it is called."""

    def of_another() -> None:
        """It has an example, of something else.

        >>> bare()
        """

    def left_out() -> None:
        """Its example is never run.

        >>> left_out()  # doctest: +SKIP
        """

    class Shown:
        """It calls one of its methods.

        >>> Shown().told()
        """

        def told(self) -> None: ...
        def untold(self) -> None: ...

    class Hidden(Shown):
        """It has no example, and that of what it is made from is not its own."""

    Shown.__module__ = Hidden.__module__ = "asean_cyber.test"
    named: dict[str, object] = {"bare": bare, "of_another": of_another, "left_out": left_out, "Shown": Shown, "Hidden": Hidden}
    assert lacking(named) == ["bare", "of_another", "left_out", "Shown.untold", "Hidden", "Hidden.told", "Hidden.untold"]
