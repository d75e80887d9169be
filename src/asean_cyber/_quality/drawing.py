"""How coverage looks: a table of the bodies, and below it what is missing, as text, HTML and Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import count, groupby

from .._display.html import NO_MATHS, clean
from .._display.markdown import escaped
from .._display.text import counted, shortened, width
from .tally import BodyCoverage, Tally

_COLUMNS = ("Body", "Years", "Meetings", "Statements", "Instruments", "Numbers", "Official", "Two publishers", "Located")
_SHORT = ("years", "meet", "stat", "inst", "off.", "two", "loc.")
_LEGEND = (
    "meet, stat, inst: meetings, statements, instruments; off.: of all, those with an official source; "
    "two: of meetings and instruments, those with two independent publishers; loc.: of statements, those with a locator"
)


def ranges(numbers: Iterable[int]) -> str:
    """Whole numbers in rising order, written as ranges.

    >>> ranges([1, 2, 3, 5, 7, 8])
    '1–3, 5, 7–8'
    """
    # Numbers that follow one another are equally far from their place in the sequence.
    counter = count()
    runs = [list(run) for _, run in groupby(numbers, key=lambda number: number - next(counter))]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def table(bodies: Sequence[BodyCoverage], total: Tally) -> str:
    """The table, as wide as the terminal: names of bodies and lists of numbers are cut to fit."""
    rows = [(body, (years, *figures), numbers) for body, years, *figures, numbers in map(_numbers_last, _cells(bodies, total))]
    sizes = [max(len(cells[place]) for cells in [_SHORT, *(cells for _, cells, _ in rows)]) for place in range(len(_SHORT))]
    room = width() - sum(sizes) - 2 * len(sizes)
    names = min(max(len(body) for body, _, _ in rows), room if room < 24 else room * 3 // 5)
    lines = []
    for body, cells, numbers in [("body", _SHORT, "numbers"), *rows]:
        line = shortened(body, names).ljust(names) + "".join(f"  {cell.rjust(size)}" for cell, size in zip(cells, sizes, strict=True))
        if room - names >= 10:
            line = f"{line}  {shortened(numbers, room - names - 2)}"
        lines.append(line.rstrip())
    return "\n".join([*lines, "", *_wrapped(_LEGEND), "", *_wrapped(missing(bodies))])


def text(bodies: Sequence[BodyCoverage], total: Tally) -> str:
    """The table, and below it what is missing of each body, and why."""
    lines = [table(bodies, total)]
    for row in bodies:
        notes = _notes(row)
        if notes:
            lines += ["", *_wrapped(row.body.label), *(line for note in notes for line in _wrapped(note, "  "))]
    return "\n".join(lines)


def html(bodies: Sequence[BodyCoverage], total: Tally) -> str:
    """The table, and what is missing folded up below it."""
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "".join(
        f'<tr><th scope="row">{_markup(body)}</th>{"".join(f"<td>{_markup(cell)}</td>" for cell in cells)}</tr>' for body, *cells in _cells(bodies, total)
    )
    notes = "".join(f"<dt>{_markup(row.body.label)}</dt>{''.join(f'<dd>{_markup(note)}</dd>' for note in _notes(row))}" for row in bodies)
    return (
        f'<table lang="en" class="{NO_MATHS}"><caption>Coverage by body</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        f'<details lang="en" class="{NO_MATHS}"><summary>{_markup(missing(bodies))}</summary><dl>{notes}</dl></details>'
    )


def markdown(bodies: Sequence[BodyCoverage], total: Tally) -> str:
    """The table, and below it a list of what is missing."""
    rules = ("---", "---", "---:", "---:", "---:", "---", "---:", "---:", "---:")
    lines = [f"| {' | '.join(cells)} |" for cells in (_COLUMNS, rules, *(map(escaped, cells) for cells in _cells(bodies, total)))]
    lines += ["", missing(bodies), ""]
    lines += [f"- **{escaped(row.body.label)}**: {escaped(' '.join(notes))}" for row in bodies for notes in [_notes(row)] if notes]
    return "\n".join(lines).rstrip() + "\n"


def missing(bodies: Sequence[BodyCoverage]) -> str:
    """How much is missing, in a sentence."""
    holes = [hole for row in bodies for hole in row.holes]
    unexplained = sum(len(hole.ordinals) for hole in holes if hole.reason is None)
    others = counted(sum(len(row.gaps) for row in bodies), "other known gap")
    return f"{counted(sum(len(hole.ordinals) for hole in holes), 'number')} missing in series ({unexplained} unexplained), {others}."


def _notes(row: BodyCoverage) -> list[str]:
    """What is missing of a body, a sentence each."""
    holes = [f"{'Number' if len(hole.ordinals) == 1 else 'Numbers'} {ranges(hole.ordinals)}: {hole.reason or 'unexplained.'}" for hole in row.holes]
    return [*holes, *row.gaps]


def _cells(bodies: Sequence[BodyCoverage], total: Tally) -> Iterator[tuple[str, ...]]:
    """A row of cells for each body, and one for the total."""
    for row in bodies:
        yield _row(row.body.label, row, ranges(row.ordinals))
    yield _row("Total", total, "")


def _row(label: str, tally: Tally, numbers: str) -> tuple[str, ...]:
    years = f"{tally.first_year}–{tally.last_year}" if tally.first_year != tally.last_year else str(tally.first_year or "–")
    counts = (f"{number:,}" for number in (tally.meetings, tally.statements, tally.instruments))
    shares = ((tally.official, tally.records), (tally.corroborated, tally.meetings + tally.instruments), (tally.located, tally.statements))
    return (label, years, *counts, numbers, *(_percent(part, whole) for part, whole in shares))


def _percent(part: int, whole: int) -> str:
    # Rounded down, so that only all of them is 100%.
    return f"{100 * part // whole}%" if whole else "–"


def _numbers_last(cells: tuple[str, ...]) -> tuple[str, ...]:
    return (*cells[:5], *cells[6:], cells[5])


def _wrapped(words: str, indent: str = "") -> list[str]:
    return textwrap.wrap(words, min(width(), 100), initial_indent=indent, subsequent_indent=2 * indent, break_on_hyphens=False)


def _markup(words: str) -> str:
    """Words that HTML shows as they are."""
    return escape(clean(words))
