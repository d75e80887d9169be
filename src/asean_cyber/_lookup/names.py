"""Names as people write them: regardless of case, accents and punctuation, and the nearest known ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from .._model.patterns import Pattern
from ..errors import UnknownName

_SPELT = {"one": "1", "two": "2", "three": "3"}
_ACCENTED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
# Letters that Unicode does not take apart into a letter and an accent, though people type them without.
_WITHOUT_ACCENT = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "þ": "th", "ŋ": "n", "ſ": "s"})
# Scripts in which words follow one another without spaces, so that a word may begin anywhere.
_UNSPACED = Pattern(
    "[\u0e00-\u0eff\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff\u1780-\u17ff\u19e0-\u19ff\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def plain(text: str) -> str:
    """Text as words in lower case, without the accents of letters that have some, and without punctuation.

    Signs for vowels and tones, which are letters of their own in Thai, Lao, Khmer, Burmese and the scripts
    of India, stay. Invisible characters, such as soft hyphens, do not count.

    >>> plain("Joint Communiqué"), plain("Đà Nẵng"), plain("cyber\\u00adcrime"), plain("ดี") == plain("ดู")
    ('joint communique', 'da nang', 'cybercrime', False)
    """
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_WITHOUT_ACCENT))
    if _LATIN.fullmatch(letters):
        return " ".join(_WORD.findall(_UNSEEN.sub("", letters)))
    return _plain_of_any_script(letters)


_ASCII_WORD = Pattern(r"[a-z0-9]+")
_WORD = Pattern(r"[^\W_]+")
_LATIN = Pattern("[\x00-\u036f\u2000-\u214f]*")  # with the marks and the punctuation that go with it
_UNSEEN = Pattern("[\u0300-\u036f\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064]")


def _plain_of_any_script(letters: str) -> str:
    out: list[str] = []
    accented = False
    for c in letters:
        category = unicodedata.category(c)
        if category[0] == "M":
            if not accented:
                out.append(c)
        elif category[0] in "LN":
            accented = c.isascii() or unicodedata.name(c, "").startswith(_ACCENTED_SCRIPTS)
            out.append(c)
        elif category != "Cf":
            out.append(" ")
            accented = False
    # Composed again, so that a sign typed in either way is the same sign.
    return unicodedata.normalize("NFC", " ".join("".join(out).split()))


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script that sets no spaces between words."""
    return _UNSPACED.search(word) is not None


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name as plain words, ``+`` read as plus and small numbers as digits.

    >>> fold("AMMTC+3") == fold("ammtc plus three")
    True
    """
    return " ".join(_SPELT.get(word, word) for word in plain(name.replace("+", " plus ")).split())


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names that are most like `name`, the nearest first: by the words they share, then by the letters of the
    whole or of one word.

    >>> nearest("scams", ["CSAM", "online scams", "CBMs"])
    ['online scams']
    >>> nearest("scamz", ["CSAM", "online scams", "CBMs"])
    ['online scams', 'CSAM']
    """
    by_fold: dict[str, str] = {}
    for each in known:
        by_fold.setdefault(fold(each), each)
    wanted = fold(name)[:100]
    stems = {_stem(word) for word in wanted.split()} - _COMMON
    shared = {folded: len(stems & {_stem(word) for word in folded.split()}) / len(folded.split()) for folded in by_fold if folded} if stems else {}
    from difflib import SequenceMatcher, get_close_matches

    best = max(shared.values(), default=0)
    if best:
        # Most words of the question first, then the shorter name, then the one most like it letter by letter.
        def rank(folded: str) -> tuple[float, ...]:
            return -len(stems & {_stem(word) for word in folded.split()}), -shared[folded], -SequenceMatcher(None, wanted, folded).ratio()

        return [by_fold[folded] for folded in sorted((folded for folded, share in shared.items() if share), key=rank)[:count]]
    likeness = {match: SequenceMatcher(None, match, wanted).ratio() for match in get_close_matches(wanted, by_fold, count, cutoff=0.6)}
    by_word: dict[str, list[str]] = {}
    for folded in by_fold:
        for word in folded.split():
            by_word.setdefault(word, []).append(folded)
    for word in get_close_matches(wanted, by_word, count, cutoff=0.75):
        for folded in by_word[word]:
            likeness[folded] = max(likeness.get(folded, 0), SequenceMatcher(None, word, wanted).ratio())
    # Of names that are as like as one another, the one about as long comes first: no code for a name, few words besides.
    return [by_fold[folded] for folded in sorted(likeness, key=lambda folded: (-likeness[folded], abs(len(folded) - len(wanted))))[:count]]


_COMMON = {"asean", "the", "of", "on", "and", "meeting", "joint", "statement"}


def _stem(word: str) -> str:
    """A word without the ending of its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


_OPERATOR = Pattern(r"^\s*(?:[!\-~]|NOT\s)|\s(?:OR|AND|NOT)\s|[|*]")


class Directory:
    """Things by name: each under its id and any other name it goes by.

    `what` is what they are names of, for messages; where they are `closed`, a vocabulary that fits into a line,
    messages list it whole.
    """

    def __init__(self, what: str, names: Mapping[str, Iterable[str]], closed: bool = False) -> None:
        self.what = what
        self._names = names
        self._closed = closed
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
            if _OPERATOR.search(name):
                raise UnknownName(
                    self.what, name, note=f"a name takes no operator; give several as a list, and use exclude({self._word()}=…) to leave some out"
                )
            folded = fold(name)
            found = self._directory().get(folded) if folded else None
            if folded in self._shared:
                raise UnknownName(self.what, name, note=f"it is a name of {' and of '.join(self._shared[folded])}; ask by the id")
            if found is not None:
                return found
        raise self.unknown(name)

    def unknown(self, name: object) -> UnknownName:
        """The error for a name that nothing has."""
        if self._closed:
            return UnknownName(self.what, name, note=f"it is one of {', '.join(self._names)}")
        return UnknownName(self.what, name, self._nearest(str(name)))

    def _word(self) -> str:
        return "partner" if " " in self.what else self.what

    def _directory(self) -> dict[str, str]:
        """The id of each thing by every name it goes by, folded."""
        if not self._folded:
            folded: dict[str, str] = {}
            # Ids come first, so that no other name of one thing can hide the id of another.
            pairs = [(name, name) for name in self._names]
            pairs += [(other, name) for name, others in self._names.items() for other in others]
            for written, name in pairs:
                if not fold(written):
                    continue
                holder = folded.setdefault(fold(written), name)
                if holder == name:
                    self._written[written] = name
                elif fold(holder) != fold(written):
                    holders = self._shared.setdefault(fold(written), [holder])
                    holders += [name] if name not in holders else []
            self._folded = folded
        return self._folded

    def _nearest(self, name: str) -> Iterator[str]:
        """The names most like `name`, of three things at most."""
        self._directory()
        seen: set[str] = set()
        for written in nearest(name, self._written, 6):
            found = self._written[written]
            if found not in seen and len(seen) < 3:
                seen.add(found)
                yield written
