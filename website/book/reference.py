"""What the reference of the names says beyond the docstrings, and how it shortens what would be too long to read."""

from __future__ import annotations

import inspect
from typing import Any, Unpack, get_type_hints

from sphinx.domains.python import PyObject

import asean_cyber as ac
from asean_cyber.vocabulary import Term

WORDS = get_type_hints(ac.Filters, include_extras=True)


def setup(app: Any) -> None:
    next(field for field in PyObject.doc_field_types if field.name == "variable").label = "Fields"
    app.connect("autodoc-before-process-signature", shorten)
    app.connect("autodoc-process-signature", unmade)
    app.connect("autodoc-process-docstring", add, priority=600)
    app.connect("missing-reference", public)


def shorten(app: Any, held: Any, bound: bool) -> None:
    """The filter words are told once, in a table of their own, and not in each signature that takes them."""
    signature = getattr(held, "__signature__", None)
    if signature is not None and set(WORDS) <= set(signature.parameters):
        own = [each for name, each in signature.parameters.items() if name not in WORDS]
        held.__signature__ = signature.replace(parameters=[*own, inspect.Parameter("filters", inspect.Parameter.VAR_KEYWORD, annotation=Unpack[ac.Filters])])


def unmade(app: Any, what: str, name: str, held: Any, *_: Any) -> tuple[str, str] | None:
    """Answers are given, not made: how the library makes one is its own affair."""
    return ("", "") if what == "class" and held is ac.Records else None


def add(app: Any, what: str, name: str, held: Any, options: Any, lines: list[str]) -> None:
    """Adds to a docstring what stands in the thing itself: the terms of a vocabulary, the meaning of each filter word."""
    if lines and lines[-1].startswith(":type: "):
        # Napoleon takes the words before a colon, in what is said of a property, for its type.
        lines[:] = [f"{lines[-1].removeprefix(':type: ')}: {lines[0]}", *lines[1:-1]]
    if what == "class" and isinstance(held, type) and issubclass(held, Term) and held is not Term:
        _table(lines, ("Term", "Meaning"), [(term.value, _meaning(term)) for term in held])
    if held is ac.Filters:
        _table(lines, ("Word", "Finds records"), [(word, hint.__metadata__[0].meaning) for word, hint in WORDS.items()])


def _meaning(term: Term) -> str:
    if isinstance(term, ac.ActKind):
        return f"{term.definition} Band: {term.band.label}. Verbs: {', '.join(term.verbs)}."
    return f"{term.definition} From the other end: {term.inverse}." if isinstance(term, ac.RelationKind) else term.definition


def _table(lines: list[str], head: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    lines += ["", ".. list-table::", "   :header-rows: 1", "", f"   * - {head[0]}", f"     - {head[1]}"]
    for name, meaning in rows:
        lines += [f"   * - ``{name}``", f"     - {meaning}"]
    lines.append("")


def public(app: Any, env: Any, node: Any, contnode: Any) -> Any:
    """A public name that an annotation knows by the module in which it is made."""
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if node.get("refdomain") != "py" or not target.startswith("asean_cyber.") or name not in ac.__all__ or target == f"asean_cyber.{name}":
        return None
    return env.domains["py"].resolve_xref(env, node["refdoc"], app.builder, "obj", f"asean_cyber.{name}", node, contnode)
