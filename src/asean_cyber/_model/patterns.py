"""Regular expressions that are compiled when they are first used: a question about dates pays for no addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


class Pattern:
    """What `re.compile` gives, made when it is first asked for something.

    >>> Pattern("[a-z]+").fullmatch("ammtc") is not None
    True
    """

    if TYPE_CHECKING:
        fullmatch: Any
        findall: Any
        search: Any
        sub: Any
        match: Any

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = value  # from now on it is found without coming here
        return value
