"""Names as people write them: regardless of case, accents and punctuation, and the nearest known ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from .errors import UnknownName

_NOT_WORD = re.compile(r"[^\w]+|_+")
_SPELT = {"one": "1", "two": "2", "three": "3"}


def plain(text: str) -> str:
    """Text as words in lower case without accents or punctuation.

    >>> plain("Joint Communiqué")
    'joint communique'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_NOT_WORD.sub(" ", "".join(c for c in letters if not unicodedata.combining(c))).split())


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name as plain words, ``+`` read as plus and small numbers as digits.

    >>> fold("AMMTC+3") == fold("ammtc plus three")
    True
    """
    return " ".join(_SPELT.get(word, word) for word in plain(name.replace("+", " plus ")).split())


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that are written most like `name`, the nearest first."""
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for each in known:
        by_fold.setdefault(fold(each), each)
    return [by_fold[match] for match in get_close_matches(fold(name), by_fold, count, cutoff=0.6)]


class Names:
    """A directory of names: each thing under its id and any other name it goes by.

    `what` is what they are names of, for messages.
    """

    def __init__(self, what: str, names: Mapping[str, Iterable[str]]) -> None:
        self.what = what
        self._names = names
        self._folded: dict[str, str] = {}
        self._shared: dict[str, list[str]] = {}
        self._written: dict[str, str] = {}

    def find(self, name: object) -> str:
        """The id of what goes by `name`. Raises `UnknownName`, with the nearest names, if nothing does."""
        if isinstance(name, str):
            if name in self._names:
                return name
            # An acronym is as a rule the id in capitals; to find that out no other name need be folded.
            if name.lower() in self._names:
                return name.lower()
            found = self._directory().get(fold(name))
            if fold(name) in self._shared:
                raise UnknownName(self.what, name, note=f"it is a name of {' and of '.join(self._shared[fold(name)])}; ask by the id")
            if found is not None:
                return found
        raise UnknownName(self.what, name, self._nearest(str(name)))

    def _directory(self) -> dict[str, str]:
        """The id of each thing by every name it goes by, folded."""
        if not self._folded:
            folded: dict[str, str] = {}
            # Ids come first, so that no other name of one thing can hide the id of another.
            pairs = [(name, name) for name in self._names]
            pairs += [(other, name) for name, others in self._names.items() for other in others]
            for written, name in pairs:
                holder = folded.setdefault(fold(written), name)
                if holder == name:
                    self._written[written] = name
                elif fold(holder) != fold(written):
                    holders = self._shared.setdefault(fold(written), [holder])
                    holders += [name] if name not in holders else []
            self._folded = folded
        return self._folded

    def _nearest(self, name: str) -> Iterator[str]:
        """The names written most like `name`, of three things at most."""
        self._directory()
        seen: set[str] = set()
        for written in nearest(name, self._written, 6):
            found = self._written[written]
            if found not in seen and len(seen) < 3:
                seen.add(found)
                yield written
