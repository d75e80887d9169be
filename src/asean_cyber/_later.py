"""Modules that annotations name, and that are imported only if someone asks what the annotations mean."""

from __future__ import annotations

from importlib import import_module


class Later:
    """A module that is imported when something of it is asked for.

    >>> json = Later("json")
    >>> json.JSONDecoder.__name__
    'JSONDecoder'
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self._name), name)
