"""What fields hold: forms of text and numbers, each one rule, and the converters that lead to them.

A `Form` stands as the validator of a field. It refuses what has not its form, by an `InvalidField` that
names the field, and it is also where the JSON Schema takes the form from, so that both say the same. What a
field means stands in its metadata (`means`), from which docstrings, schema and column descriptions take it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from ..errors import InvalidField
from ..places import COUNTRIES, PARTICIPANTS
from ..vocabulary import Term
from .edtf import EDTF, as_edtf
from .patterns import Pattern

T = TypeVar("T")
V = TypeVar("V", bound=Term)

LONGEST_ID = 200
LARGEST_NUMBER = 9999
"""The highest ordinal: no series is longer, and what counts up to one stays quick."""


def means(text: str, *, last: bool = False) -> Mapping[str, Any]:
    """The metadata of a field: what it means, in a sentence; `last` if files hold it after the other fields."""
    return {"meaning": text, "last": last}


# Converters: what a caller may write, as what a record holds. They are functions of the value alone, and do not know for
# which field; so what they cannot convert they wrap, and the form of the field refuses it by the field's name.


class Unfit:
    """A value that could not be converted, and why."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


def converted(convert: Callable[[Any], Any], value: Any) -> Any:
    """The value converted, or `Unfit`."""
    try:
        return convert(value)
    except InvalidField as error:
        return Unfit(error.reason)
    except TypeError as error:
        return Unfit(str(error))


def several(value: Iterable[T] | None) -> tuple[T, ...]:
    """Several values as a tuple; those of a set, which has no order, in the order of their texts."""
    if value is None:
        return ()
    if isinstance(value, (str, bytes, Mapping)):
        raise TypeError(f"expected several values, got {value!r}; put it in a list or tuple")
    if isinstance(value, (set, frozenset)):
        if not all(isinstance(each, str) for each in value):
            raise TypeError(f"expected values in an order, got the set {value!r}; put them in a list or tuple")
        return tuple(sorted(value, key=str))
    return tuple(value)


def whole_number(value: Any) -> Any:
    """A whole number of NumPy or pandas as an `int`; anything else as it is."""
    if type(value) is int or isinstance(value, bool) or not hasattr(value, "__index__"):
        return value
    return operator.index(value)


def strings(value: Iterable[str] | None) -> tuple[str, ...]:
    """The converter of a field that holds several texts."""
    return value if type(value) is tuple else converted(several, value)


def whole_numbers(value: Iterable[int] | None) -> tuple[int, ...]:
    """The converter of a field that holds several whole numbers."""
    return converted(lambda given: tuple(map(whole_number, several(given))), value)  # type: ignore[no-any-return]


def whole_number_or_none(value: int | None) -> int | None:
    """The converter of a field that may hold a whole number."""
    return whole_number(value)  # type: ignore[no-any-return]


def day(value: EDTF | str | date | int) -> EDTF:
    """The converter of a field that holds a date."""
    return value if type(value) is EDTF else converted(as_edtf, value)


def day_or_none(value: EDTF | str | date | int | None) -> EDTF | None:
    """The converter of a field that may hold a date."""
    return value if value is None or type(value) is EDTF else converted(as_edtf, value)


def term_of(vocabulary: type[V], value: object, field: str) -> V:
    """The term with a text. Raises `InvalidField`, with the whole vocabulary, if there is none."""
    if type(value) is vocabulary:
        return value
    try:
        found: V = vocabulary(value)  # type: ignore[arg-type,call-arg]  # an Enum looks a term up by its text
        return found
    except ValueError:
        known = ", ".join(str(term) for term in vocabulary)
        raise InvalidField(field, f"{value!r} is not one of {known}") from None


# Forms.


class Form:
    """What the value of a field must be; as the validator of the field it refuses what is something else.

    `name` is the name of the form in the JSON Schema and `schema` what stands there, `expected` how messages call
    it. Where `many`, the field holds a tuple of such values, each once, at least `least`; where `optional`, it
    may hold None.
    """

    def __init__(self, name: str, expected: str, check: Callable[[Any], bool], schema: Mapping[str, Any] | None = None, pattern: Pattern | None = None) -> None:
        self.name = name
        self.expected = expected
        self.check = check
        self.schema = schema
        self.pattern = pattern
        """The regular expression that is all of the check, where it is."""
        self.many = False
        self.least = 0
        self.optional = False

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if self.optional and value is None:
            return
        if type(value) is Unfit:
            raise InvalidField(attribute.name, value.reason, self.name)
        try:
            fine = (self.fits_all(value) if value or self.least else value == ()) if self.many else self.check(value)
        except TypeError:  # what cannot be hashed or gone through
            fine = False
        if not fine:
            raise InvalidField(attribute.name, self._refusal(value), self.name)

    def fits_all(self, values: Any) -> bool:
        """Whether a tuple is of values that fit, each there once, and enough of them."""
        return type(values) is tuple and len(values) >= self.least and all(map(self.check, values)) and (len(values) == 1 or len(set(values)) == len(values))

    def _refusal(self, value: Any) -> str:
        if self.many and self.least and value == ():
            return f"expected at least one: {self.expected}"
        each = f"{self.expected} (several, each named once)" if self.many else self.expected
        return f"expected {each}, got {shown(value)}"

    def _with(self, **changes: Any) -> Form:
        form = object.__new__(Form)
        form.__dict__.update({**self.__dict__, **changes})
        return form

    def or_none(self) -> Form:
        """The same form, for a field that may hold None."""
        return self._with(optional=True)

    def each(self, least: int = 0) -> Form:
        """The same form, for a field that holds several, each once, at least `least`."""
        return self._with(many=True, least=least)


def shown(value: object) -> str:
    """A value as messages show it: its beginning, where it is long."""
    try:
        text = repr(value)
    except ValueError:  # a number with more digits than Python writes
        return "a number far beyond"
    return text if len(text) <= 200 else f"{text[:197]}…"


def instance_of(*kinds: type, expected: str) -> Form:
    """The form of a field that holds an object of one of these classes."""
    return Form(kinds[0].__name__, expected, lambda value: isinstance(value, kinds))


# What can leave again by every way: no lone surrogate, no control character but tab and line feed, none of
# the code points that are no characters; no space at either end.
_TEXT = Pattern(r"(?![\s\ufeff])[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+(?<![\s\ufeff])")
_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = Pattern(rf"(?:{_WORD}:)?{_WORD}(?:/[a-z0-9]+(?:[.-][a-z0-9]+)*)?")
_LANGUAGE = Pattern(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LABEL = r"[^\s/?#.\x00-\x1f\x7f-\x9f]+"
_URL = Pattern(rf"https?://{_LABEL}(?:\.{_LABEL})+(?:[/?#][^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]*)?")
_POINT = "(?:[0-9]{2}XX|[0-9]{3}X|(?!0000)[0-9]{4}(?:-XX(?:-XX)?|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?)?)[?~%]?"


def is_text(value: object) -> bool:
    """Whether a value is text that a field may hold."""
    return isinstance(value, str) and _TEXT.fullmatch(value) is not None


def is_id(value: object) -> bool:
    """Whether a value is text that can be an id."""
    return isinstance(value, str) and _is_id(value)


@lru_cache(maxsize=16384)
def _is_id(value: str) -> bool:
    # The same few bodies, topics and sources are named by thousands of records. What is no text raises `TypeError`.
    return len(value) <= LONGEST_ID and _ID.fullmatch(value) is not None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_NUMBER


def _matching(pattern: Pattern) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _whole(pattern: str) -> str:
    # Python's `$` also matches before a last line feed; no other reader's does.
    return rf"^(?:{pattern})$(?!\n)"


TEXT = Form(
    "Text",
    "text that is not empty, has no space around it and no control characters",
    is_text,
    {
        "description": "Text that is not empty, has no space around it and no control characters but tab and line feed.",
        "type": "string",
        "pattern": _whole(_TEXT.pattern),
    },
    _TEXT,
)
ID = Form(
    "Id",
    f"an id like ammtc-8 or aseanapol-29/8.7.1 (lower-case letters, digits and hyphens, at most {LONGEST_ID} characters)",
    _is_id,
    {
        "description": "A stable id: lower-case letters, digits and hyphens; a statement's goes on after a slash; "
        "ids of a dataset of your own may stand in a namespace of your own before a colon.",
        "type": "string",
        "pattern": _whole(_ID.pattern),
        "maxLength": LONGEST_ID,
        "examples": ["ammtc-8", "aseanapol-29/8.7.1", "mycert:drill-2024"],
    },
)
DATE = Form(
    "Date",
    "an EDTF date",
    lambda value: type(value) is EDTF,
    {
        "description": "A date as precise as its source and no more (EDTF, ISO 8601-2, of levels 0 and 1): a year, month or day, "
        "an interval of two, open at one end or not, X for unknown digits, ? ~ % for uncertain, approximate and both.",
        "type": "string",
        "pattern": _whole(rf"{_POINT}(?:/(?:{_POINT}|\.\.))?|\.\./{_POINT}"),
        "examples": ["2012", "2009-05", "2011-10-10/2011-10-11", "2016/..", "201X", "2009~"],
    },
)
LANGUAGE = Form(
    "Language",
    "a language tag (BCP 47) like en or zh-Hans",
    _matching(_LANGUAGE),
    {"description": "A language tag (BCP 47).", "type": "string", "pattern": _whole(_LANGUAGE.pattern), "examples": ["en", "zh-Hans"]},
)
URL = Form(
    "Url",
    "a URL that begins with http:// or https://",
    _matching(_URL),
    {"description": "An address on the web.", "type": "string", "format": "uri", "pattern": _whole(_URL.pattern)},
)
NUMBER = Form(
    "Number",
    f"a whole number from 1 to {LARGEST_NUMBER}",
    _is_number,
    {"description": "A place in a series.", "type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER},
)
FLAG = Form("Flag", "True or False", lambda value: value is True or value is False, {"description": "Yes or no.", "type": "boolean"})
COUNTRY = Form(
    "Country",
    "an ISO 3166-1 alpha-2 country code like BN or TH",
    COUNTRIES.__contains__,
    {"description": "A country (ISO 3166-1 alpha-2).", "type": "string", "enum": COUNTRIES},
)
PARTICIPANT = Form(
    "Participant",
    "an ISO 3166-1 alpha-2 code or an organisation code like ASEAN or INTERPOL",
    PARTICIPANTS.__contains__,
    {"description": "A country (ISO 3166-1 alpha-2) or an organisation.", "type": "string", "enum": PARTICIPANTS},
)
