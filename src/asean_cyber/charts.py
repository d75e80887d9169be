"""Pictures of records: a timeline, a matrix of topics and years, a graph of relations.

Records are the answer to a question, or any records (or ids) of a dataset: the packaged one, or that given as `dataset`.
An answer knows its own; without records, the whole dataset is drawn.

Each is an Altair chart, to be shown in a notebook or saved: ``.save("x.png")`` and ``.save("x.svg")``
need no network, ``.save("x.html", inline=True)`` writes a page that needs none.

Time is drawn as years with fractions, so that no time zone can move a date. Meaning is never left to
colour alone, and the colours are those of Okabe and Ito, which the colour-blind can tell apart.
"""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Any, TypeAlias

from . import _packaged
from ._about import VERSION
from ._display.html import clean
from ._display.text import counted, shortened
from ._later import Later
from ._lookup.names import nearest
from ._model.records import Meeting, Record, Statement
from ._query.dataset import Dataset
from ._query.records import Records
from ._tables.frames import required
from .errors import InvalidArgument, UnknownName, WrongType
from .vocabulary import ActKind, RelationKind

if TYPE_CHECKING:
    import altair as alt
else:
    alt = Later("altair")

Drawn: TypeAlias = Dataset | Iterable[Record | str] | Record | str | None
Row = dict[str, Any]  # of the data of a picture: numbers, truth values and text that has passed `_label`

# Pale is a colour of its own, not transparency: many pale bars on one another must not look solid.
_SOLID = {"meeting": "#0072B2", "statement": "#E69F00", "instrument": "#009E73"}
_PALE = {"meeting": "#CCE3F0", "statement": "#FAECCC", "instrument": "#CCECE3"}
_WIDTH = 900
_GREY = "#808080"  # which can be read on light and on dark
_INK = "#222222"
_STEPS = 16  # of which a curve is made
_EMPTY = "No records to draw."


def timeline(records: Drawn = None, *, lanes: int = 30, dataset: Dataset | None = None) -> alt.LayerChart:
    """When each body met, spoke and made instruments: a lane for each body, from the first to act to the last.

    A date known to the day is a solid mark, an interval a solid bar as long as it lasted. A date known
    only to the month or the year, or not for certain, is a pale bar as wide as what it can mean. If there
    are more than `lanes` bodies, those with the fewest records share the last lane.

    Raises `MissingExtra` (an `ImportError`) where Altair is not installed, `WrongType` for what are no records, `UnknownName` for
    a record that the dataset does not hold, and `InvalidArgument` for less than one lane.

    >>> import asean_cyber as ac
    >>> chart = ac.timeline(ac.records(body="AMMTC", until=2011))
    >>> type(chart).__name__
    'LayerChart'
    >>> chart.save("ammtc.png")  # doctest: +SKIP
    """
    records = _answer(records, dataset)
    import altair as alt

    if lanes < 1:
        raise InvalidArgument(f"lanes takes a whole number from 1, got {lanes}")
    if not records:
        return _nothing(_EMPTY)
    first, last = _span(records)
    lane = _lanes(records, lanes)
    rows = []
    for record in records:
        start, end = _lasting(record, first, last)
        told = _told(record, records)
        exact = record.date.is_exact
        rows.append(told | {"start": start, "end": end, "exact": exact, "fill": told["what"] if exact else f"{told['what']}, pale", "lane": lane[record.body]})

    present = [what for what in _SOLID if any(row["what"] == what for row in rows)]
    lines = alt.Scale(domain=present, range=[_SOLID[what] for what in present])
    fills = alt.Scale(domain=[*present, *(f"{what}, pale" for what in present)], range=[shade[what] for shade in (_SOLID, _PALE) for what in present])
    marks = alt.Chart(alt.InlineData(rows)).encode(
        x=alt.X("start:Q", title=None, scale=alt.Scale(domain=[first, last], nice=False), axis=_axis(labels=_ticks(first, last))),
        x2="end:Q",
        y=alt.Y("lane:N", title=None, sort=list(lane.values()), axis=_axis(bandPosition=1)),
        yOffset=alt.YOffset("what:N", scale=alt.Scale(domain=present)),
        color=alt.Color("fill:N", title=None, scale=fills, legend=_legend(values=present)),
        stroke=alt.Stroke("what:N", scale=lines, legend=None),
        tooltip=_tooltip(),
    )
    vague = marks.transform_filter("!datum.exact").mark_bar(strokeWidth=0.75)
    exact_marks = marks.transform_filter("datum.exact").mark_bar(strokeWidth=1.5)
    title = f"{_counted(records)} of {counted(len(lane), 'body', 'bodies')}, {_ages(records)}"
    note = "Solid: dates known to the day. Pale: dates known to the month or the year, or uncertain; as wide as what they can mean."
    return _finished(alt.LayerChart(layer=[vague, exact_marks]), records, title, note, _WIDTH, alt.Step(max(6, 15 // len(present))))


def _lanes(records: Records[Record], most: int) -> dict[str, str]:
    """The name of each body's lane, in the order of the lanes: by the first record, what is gathered last."""
    sizes = Counter(record.body for record in records)  # in the order in which the bodies appear
    ordered = list(dict.fromkeys(record.body for record in sorted(records)))
    if len(sizes) <= most:
        return {body: _body(body, records) for body in ordered}
    own = {body for body, _ in sizes.most_common(most - 1)}
    gathered = f"{len(sizes) - len(own)} other bodies" if own else "all bodies"
    return {body: _body(body, records) for body in ordered if body in own} | {body: gathered for body in ordered if body not in own}


def topic_matrix(records: Drawn = None, *, dataset: Dataset | None = None) -> alt.LayerChart:
    """How many records have each topic in each year; topics in the order in which they first come up.

    Counted are the topics that records name, not those broader than these. A record counts in the
    year in which it began, and once for each of its topics.

    Raises `MissingExtra` (an `ImportError`) where Altair is not installed, `WrongType` for what are no records, and `UnknownName`
    for a record that the dataset does not hold.

    >>> import asean_cyber as ac
    >>> chart = ac.topic_matrix(ac.records(body="AMMTC"))
    >>> type(chart).__name__
    'LayerChart'
    >>> chart.save("topics.png")  # doctest: +SKIP
    """
    records = _answer(records, dataset)
    import altair as alt

    counts = Counter((topic, record.year) for record in sorted(records) for topic in record.topics)
    if not counts:
        return _nothing("None of these records has a topic." if records else _EMPTY)
    label = {topic: _topic(topic, records) for topic, _ in counts}
    told = [record for record in records if record.topics]
    note = "How many records name a topic in a year. Topics stand in the order in which they first come up."
    return _finished(_matrix(counts, label, "topic", "records"), records, f"Topics of {_counted(told)}, {_ages(told)}", note, alt.Step(19), alt.Step(17))


def act_matrix(records: Drawn = None, *, dataset: Dataset | None = None) -> alt.LayerChart:
    """How many statements do what in each year: discuss, note, urge, agree, commit; the acts in their order, from putting on record to binding.

    A statement counts in its year, once for each kind of act in it. Acts that do not occur have no row.

    Raises `MissingExtra` (an `ImportError`) where Altair is not installed, `WrongType` for what are no records, and `UnknownName`
    for a record that the dataset does not hold.

    >>> import asean_cyber as ac
    >>> chart = ac.act_matrix(ac.statements(body="AMMTC"))
    >>> type(chart).__name__
    'LayerChart'
    >>> chart.save("acts.png")  # doctest: +SKIP
    """
    records = _answer(records, dataset)
    told = [record for record in records if isinstance(record, Statement) and record.acts]
    counts = Counter((kind.value, statement.year) for statement in told for kind in dict.fromkeys(act.kind for act in statement.acts))
    if not counts:
        return _nothing("None of these records has an act." if records else _EMPTY)
    done = {kind for kind, _ in counts}
    label = {kind.value: f"{kind.band.label}: {kind.label}" for kind in ActKind if kind.value in done}
    note = "How many statements do something in a year. Acts stand in the order of their bands, from putting on record to binding."
    title = f"Acts of {counted(len(told), 'statement')}, {_ages(told)}"
    return _finished(_matrix(counts, label, "act", "statements"), records, title, note, alt.Step(19), alt.Step(17))


def _matrix(counts: Mapping[tuple[str, int], int], label: Mapping[str, str], row: str, what: str) -> alt.LayerChart:
    """How often something occurs in each year: a row for each, in the order of their labels, the darker the more often."""
    years = [year for _, year in counts]
    most = max(counts.values())
    rows = [{row: label[name], "year": year, "count": count, "dark": count > 0.7 * most} for (name, year), count in counts.items()]
    squares = alt.Chart(alt.InlineData(rows)).encode(
        x=alt.X("year:O", title=None, scale=alt.Scale(domain=list(range(min(years), max(years) + 1))), axis=_axis(labelAngle=-90)),
        y=alt.Y(f"{row}:N", title=None, sort=list(label.values()), axis=_axis()),
        tooltip=[alt.Tooltip(f"{row}:N"), alt.Tooltip("year:O"), alt.Tooltip("count:Q", title=what)],
    )
    scale = alt.Scale(scheme="blues", domain=[0, most])
    colour = alt.Color("count:Q", title=what, scale=scale, legend=_legend(tickMinStep=1, format="d"))
    ink = alt.condition("datum.dark", alt.value("white"), alt.value("black"))
    return alt.LayerChart(layer=[squares.mark_rect().encode(color=colour), squares.mark_text(fontSize=10).encode(text="count:Q", color=ink)])


# The graph of relations.

# Colour and dash of each kind's arrows, the same in every picture.
_ARROWS: Mapping[RelationKind, tuple[str, list[int]]] = {
    RelationKind.SUPERSEDES: ("#D55E00", [1, 0]),
    RelationKind.IMPLEMENTS: ("#009E73", [1, 0]),
    RelationKind.RECALLS: ("#0072B2", [1, 0]),
    RelationKind.ENDORSES: ("#CC79A7", [1, 0]),
    RelationKind.WELCOMES: ("#56B4E9", [6, 2]),
    RelationKind.ESTABLISHES: ("#E69F00", [6, 2]),
    RelationKind.AMENDS: ("#D55E00", [2, 2]),
    RelationKind.FOLLOWS: ("#767676", [6, 2]),
    RelationKind.PART_OF: ("#000000", [2, 2]),
    RelationKind.ADOPTED_AT: ("#009E73", [2, 2]),
    RelationKind.SIGNED_AT: ("#0072B2", [2, 2]),
}
_SHAPES = {"meeting": "circle", "statement": "square", "instrument": "diamond"}
_ROW = 17  # pixels from one row of the graph to the next
_AWAY = 14  # pixels from a spot to its name, which leaves room for the head of an arrow
_LETTER = 5.6  # pixels that a letter of a name takes, as a rule


def relation_graph(records: Drawn = None, *, kinds: str | Iterable[str] | None = None, dataset: Dataset | None = None) -> alt.LayerChart:
    """What implements, supersedes, recalls … what: an arrow from each record to the one it refers to.

    Time runs to the right; each body has a lane. Drawn are the relations that begin or end at one of
    the records; a record at the other end that is not among them is hollow. `kinds` are the relations to
    draw; without it these are all but those to the meeting at which a text was made, and those that
    string the meetings of a series together.

    Raises `MissingExtra` (an `ImportError`) where Altair is not installed, `WrongType` for what are no records, and `UnknownName`
    for a record that the dataset does not hold and for a kind that is not one of `RelationKind`.

    >>> import asean_cyber as ac
    >>> chart = ac.relation_graph(ac.instruments(kind="mou", party="CN"))
    >>> type(chart).__name__
    'LayerChart'
    >>> chart.save("relations.png")  # doctest: +SKIP
    """
    records = _answer(records, dataset)
    import altair as alt

    edges = _edges(records, kinds)
    if not edges:
        return _nothing("No relations to draw." if records else _EMPTY)
    known = records.catalogue.records
    nodes = sorted({known[name] for source, _, target in edges for name in (source, target)})
    first, last = _span(nodes)
    spots, lanes = _laid_out(nodes, first, _WIDTH / (last - first))
    depth = lanes[-1][-1] * _ROW

    given = set(records.ids)
    points = []
    for record in nodes:
        x, y = spots[record.id]
        points.append(_told(record, records) | {"x": x, "y": y, "given": record.id in given, "name": _name(record), "left": x + _reach(record) > _WIDTH})
    curves: list[Row] = []
    heads: list[Row] = []
    arrows: Counter[tuple[str, str]] = Counter()
    for edge, (source, kind, target) in enumerate(edges):
        arrows[source, target] += 1
        path, angle = _curve(spots[source], spots[target], arrows[source, target])
        curves += [{"edge": edge, "step": step, "x": x, "y": y, "kind": kind.label} for step, (x, y) in enumerate(path)]
        heads.append({"x": path[-1][0], "y": path[-1][1], "angle": angle, "kind": kind.label})
    shaded = [{"top": top * _ROW, "bottom": bottom * _ROW} for _, top, bottom in lanes[1::2]]
    bodies = [{"y": (top + bottom) / 2 * _ROW, "body": _body(body, records)} for body, top, bottom in lanes]
    years = [{"x": (year - first) / (last - first) * _WIDTH, "year": str(year)} for year in _ticks(first, last)]

    # Everything is laid out in pixels already.
    across = alt.X("x:Q", title=None, scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None)
    scale = alt.Scale(domain=[depth, 0], nice=False)
    down = alt.Y("y:Q", title=None, scale=scale, axis=None)
    present = [kind for kind in _ARROWS if any(kind is each for _, each, _ in edges)]
    names = [kind.label for kind in present]
    legend = _legend(title="relation", symbolType="stroke", symbolSize=400, columns=8)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=names, range=[_ARROWS[kind][0] for kind in present]), legend=legend)
    dash = alt.StrokeDash("kind:N", scale=alt.Scale(domain=names, range=[_ARROWS[kind][1] for kind in present]), legend=legend)
    whats = [what for what in _SHAPES if any(point["what"] == what for point in points)]
    shape = alt.Shape("what:N", scale=alt.Scale(domain=whats, range=[_SHAPES[what] for what in whats]), legend=_legend(title="record"))

    def drawn(rows: list[Row]) -> alt.Chart:
        return alt.Chart(alt.InlineData(rows)).encode(x=across, y=down)

    dots = drawn(points).mark_point(size=60, stroke=_INK, strokeWidth=1.2, opacity=1)

    def words(**style: Any) -> list[alt.Chart]:
        text = drawn(points).encode(text="name:N")
        return [
            text.transform_filter("!datum.left").mark_text(align="left", dx=_AWAY, fontSize=10, **style),
            text.transform_filter("datum.left").mark_text(align="right", dx=-_AWAY, fontSize=10, **style),
        ]

    layers = [
        alt.Chart(alt.InlineData(shaded)).mark_rect(color="#808080", opacity=0.1).encode(y=alt.Y("top:Q", title=None, scale=scale, axis=None), y2="bottom:Q"),
        alt.Chart(alt.InlineData(years)).mark_rule(color="#E0E0E0").encode(x=across),
        alt.Chart(alt.InlineData(years)).mark_text(baseline="top", dy=6, fontSize=11, color=_GREY).encode(x=across, y=alt.value(depth), text="year:N"),
        alt.Chart(alt.InlineData(bodies)).mark_text(align="right", dx=-10, fontSize=11, limit=240, color=_GREY).encode(x=alt.value(0), y=down, text="body:N"),
        drawn(curves).mark_line(strokeWidth=1.4).encode(detail="edge:N", order="step:Q", color=colour, strokeDash=dash),
        *words(stroke="white", strokeWidth=3, opacity=0.8),  # so that no line runs through a name
        drawn(heads).mark_point(shape="triangle", filled=True, size=50, opacity=1).encode(color=colour, angle=alt.Angle("angle:Q", scale=None)),
        dots.encode(shape=shape, fill=alt.condition("datum.given", alt.value(_INK), alt.value("white")), tooltip=_tooltip()),
        *words(color=_INK),
    ]
    title = f"{counted(len(edges), 'relation')} between {counted(len(nodes), 'record')}, {_ages(nodes)}"
    note = "An arrow points from a record to the one it refers to. Hollow: a record that is not among those asked for."
    return _finished(alt.LayerChart(layer=layers), records, title, note, _WIDTH, depth)


def _edges(records: Records[Record], kinds: str | Iterable[str] | None) -> list[tuple[str, RelationKind, str]]:
    wanted = None if kinds is None else {_relation(kind) for kind in ((kinds,) if isinstance(kinds, str) else kinds)}
    known = records.catalogue.records
    given = set(records.ids)
    edges = []
    for record in known.values():
        for relation in record.relations:
            target = known.get(relation.target)
            if target is None or target.id == record.id:
                continue  # a body, or the record itself, to which no arrow can be drawn
            if record.id not in given and target.id not in given:
                continue
            if wanted is not None:
                drawn = relation.kind in wanted
            elif relation.kind is RelationKind.FOLLOWS:
                drawn = not (isinstance(record, Meeting) and isinstance(target, Meeting))
            else:
                drawn = relation.kind not in (RelationKind.ADOPTED_AT, RelationKind.SIGNED_AT)
            if drawn:
                edges.append((record.id, relation.kind, target.id))
    return edges


def _relation(kind: str) -> RelationKind:
    for known in RelationKind:
        if known == kind:
            return known
    raise UnknownName("relation", kind, nearest(str(kind), RelationKind, 1), f"it is one of {', '.join(RelationKind)}")


def _laid_out(nodes: Sequence[Record], first: float, scale: float) -> tuple[dict[str, tuple[float, float]], list[tuple[str, int, int]]]:
    """Where each record stands (how many pixels to the right, and down), and the lanes: body, first row, end.

    The records of a body stand in its lane, each in the first row in which its label overlaps no other.
    """
    spots: dict[str, tuple[float, float]] = {}
    lanes: list[tuple[str, int, int]] = []
    top = 0
    for body in dict.fromkeys(record.body for record in nodes):
        ends: list[float] = []  # up to where each row of the lane is taken
        for record in nodes:
            if record.body == body:
                x = (_middle(record) - first) * scale
                begin, end = (x - _reach(record), x + 8) if x + _reach(record) > _WIDTH else (x - 8, x + _reach(record))
                row = next((row for row, taken in enumerate(ends) if taken <= begin), len(ends))
                ends[row : row + 1] = [end]
                spots[record.id] = x, (top + row + 0.5) * _ROW
        lanes.append((body, top, top + len(ends)))
        top += len(ends)
    return spots, lanes


def _curve(start: tuple[float, float], end: tuple[float, float], bend: int) -> tuple[list[tuple[float, float]], float]:
    """Points along a curve from one spot to another, short of both, and the direction in which it ends, in degrees from up.

    Several arrows between the same spots bend differently.
    """
    (x0, y0), (x1, y1) = start, end
    length = max(hypot(x1 - x0, y1 - y0), 1.0)
    bow = bend * min(0.12 * length + 8, 40) / length
    x, y = (x0 + x1) / 2 - (y1 - y0) * bow, (y0 + y1) / 2 + (x1 - x0) * bow
    gap = min(8 / length, 0.3)
    points = []
    for step in range(_STEPS + 1):
        t = gap + (1 - 2 * gap) * step / _STEPS
        points.append(((1 - t) ** 2 * x0 + 2 * t * (1 - t) * x + t * t * x1, (1 - t) ** 2 * y0 + 2 * t * (1 - t) * y + t * t * y1))
    (xa, ya), (xb, yb) = points[-2:]
    return points, degrees(atan2(xb - xa, ya - yb))


# Parts.


def _answer(records: Drawn, dataset: Dataset | None) -> Records[Any]:
    """What is to be drawn, as an answer of the dataset that holds it."""
    required("altair", "plot")
    if isinstance(records, Records) and dataset is None:
        return records
    if isinstance(records, Dataset):
        return records.records()
    data = _packaged.dataset() if dataset is None else dataset
    if records is None:
        return data.records()
    if isinstance(records, (str, Record)):
        return data.select(records)
    several = tuple(records) if isinstance(records, Iterable) else (records,)
    for each in several:
        if not isinstance(each, (str, Record)):
            raise WrongType(f"expected records, as asean_cyber.records() gives them, or their ids, got {each!r}")
    return data.select(several)


def _nothing(words: str) -> alt.LayerChart:
    import altair as alt

    chart = alt.Chart(alt.InlineData([{}])).mark_text(fontSize=14, color=_GREY).encode(text=alt.value(words))
    return alt.LayerChart(layer=[chart]).properties(width=400, height=60)


def _finished(chart: alt.LayerChart, records: Records[Record], title: str, note: str, width: int | alt.Step, height: int | alt.Step) -> alt.LayerChart:
    """A chart with its title, a line on how to read it, and a line on where it is from."""
    import altair as alt

    ours = _packaged.is_packaged(Dataset._of(records.catalogue))
    source = f"Source: asean-cyber {VERSION}" if ours else f"Drawn with asean-cyber {VERSION}"
    heading = alt.TitleParams(title, subtitle=[note, source], anchor="start", frame="group", fontSize=16, subtitleFontSize=11, subtitleColor=_GREY, offset=12)
    # What only a whole picture can have (a background, a margin, the configuration) is left to the theme, so that pictures
    # can stand beside one another. The field of the drawing is white: its colours are made for that on any page.
    finished: alt.LayerChart = chart.properties(title=heading, width=width, height=height, view=alt.ViewBackground(fill="white", stroke=None))
    return finished


def _axis(labels: list[int] | None = None, **more: Any) -> alt.Axis:
    if labels is not None:
        more |= {"values": labels, "format": "d"}
    return alt.Axis(labelFontSize=11, labelLimit=280, grid=True, gridColor="#E0E0E0", ticks=False, domain=False, zindex=0, **more)


def _legend(**more: Any) -> alt.Legend:
    return alt.Legend(orient="top", labelFontSize=11, titleFontSize=11, titleFontWeight="normal", labelLimit=300, **more)


def _ticks(first: int, last: int) -> list[int]:
    """The years to write below a picture, twenty at most."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if (last - first) / step <= 20)
    return list(range(-(-first // step) * step, last + 1, step))


def _tooltip() -> list[alt.Tooltip]:
    import altair as alt

    return [alt.Tooltip(f"{field}:N") for field in ("date", "id", "title", "body", "topics")]


def _told(record: Record, records: Records[Record]) -> Row:
    """What a tooltip tells of a record."""
    return {
        "what": record.type,
        "date": str(record.date),
        "id": record.id,
        "title": _label(shortened(record.label, 120)),
        "body": _body(record.body, records),
        "topics": ", ".join(_topic(topic, records) for topic in record.topics),
    }


def _body(id: str, records: Records[Record]) -> str:
    return _label(records.catalogue.bodies[id].label)


def _topic(id: str, records: Records[Record]) -> str:
    return _label(records.catalogue.topics[id].label)


def _name(record: Record) -> str:
    return shortened(record.id, 46)


def _reach(record: Record) -> float:
    """How far a spot and its name go to one side."""
    return _AWAY + 4 + _LETTER * len(_name(record))


def _label(text: str) -> str:
    """Text fit for a chart. Saved as a page, a chart stands within a script, which text with ``<`` in it could end."""
    return clean(text).replace("<", "‹")


def _at(day: date, *, end: bool = False) -> float:
    """A day as a year and a fraction; with `end`, where the day ends."""
    begun = date(day.year, 1, 1)
    length = 366 if isleap(day.year) else 365
    return day.year + ((day - begun).days + end) / length


def _span(records: Iterable[Record]) -> tuple[int, int]:
    """From the beginning of a year to the end of one, all the records between."""
    days = [day for record in records for day in _days(record)]
    return min(days).year, max(days).year + 1


def _days(record: Record) -> list[date]:
    """The first and the last day that a date can mean, or the only one of these that is known."""
    when = record.date
    if when.text.startswith(".."):
        return [when.end]
    return [when.start] if when.text.endswith("..") else [when.start, when.end]


def _lasting(record: Record, first: float, last: float) -> tuple[float, float]:
    """From when until when a record's date may be, an open end reaching to the edge of the picture."""
    when = record.date
    return max(first, _at(when.start)), min(last, _at(when.end, end=True))


def _middle(record: Record) -> float:
    days = _days(record)
    return (_at(days[0]) + _at(days[-1], end=True)) / 2


def _counted(records: Sequence[Record]) -> str:
    return counted(len(records), "record")


def _ages(records: Sequence[Record]) -> str:
    first, last = min(record.year for record in records), max(record.year for record in records)
    return str(first) if first == last else f"{first} to {last}"
