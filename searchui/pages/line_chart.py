"""A drawing of several lines over time: each has a dash, a marker and its name at its end, besides its colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH, HEIGHT = 720, 310          # of the drawing, in its own units
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 130, 14, 40
_MOST_TICKS = 12                  # names along the bottom
_MOST_MARKERS = 40                # periods; lines of more have no markers but at their ends
_SMALLEST = 1e-6                  # a share below which nothing can be seen
_APART = 17                       # the least between two names at the ends of lines
_LONGEST = 18                     # characters of such a name
# A line's shape at a point, drawn around 0, 0: a disc, a square, a triangle, a diamond.
MARKERS = ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-4-4h8v8h-8z", "M0-5l5 9h-10z", "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z")


@dataclass(frozen=True, slots=True)
class Line:
    """One series. number: from 1, which decides colour, dash and marker; points: of the polyline's parts, a part where
    nothing is missing; markers: their places; label: its name at its end, at label_y."""

    number: int
    label: str
    runs: tuple[str, ...]
    markers: tuple[tuple[float, float], ...]
    marker: str
    label_y: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """The drawing. levels: heights of the horizontal lines with what they stand for; ticks: places of the names of
    periods. unit: year or month."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    levels: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[Line, ...]
    unit: str


def line_chart(
    periods: Sequence[str], series: Sequence[tuple[str, Mapping[str, float]]], unit: str
) -> LineChart | None:
    """series: names with values by period; a period without a value interrupts the line. None for fewer than two
    periods, between which there is no line."""
    if len(periods) < 2:
        return None
    most = max((value for _, values in series for value in values.values()), default=0)
    step = nice_step(most)
    top = step * max(1, -(-most // step))

    def x(at: int) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * at / (len(periods) - 1), 1)

    def y(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / top, 1)

    places = [[(x(at), y(values[period])) if period in values else None for at, period in enumerate(periods)]
              for _, values in series]
    ends = _spread([next((place[1] for place in reversed(each) if place), HEIGHT / 2) for each in places])
    return LineChart(
        WIDTH, HEIGHT, _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM,
        tuple((y(at * step), _figure(at * step)) for at in range(round(top / step) + 1)),
        _ticks(periods, x),
        tuple(_line(number, name, each, end)
              for number, ((name, _), each, end) in enumerate(zip(series, places, ends), 1)),
        unit,
    )


def nice_step(most: float) -> float:
    """1, 2 or 5 times a power of ten, of which at most five fit under the largest value."""
    if most < _SMALLEST:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next((times * power / 10 for times in (2, 5, 10, 20) if most <= times * power / 10 * 5), power * 2)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:.2f}".rstrip("0")


def _ticks(periods: Sequence[str], x: Callable[[int], float]) -> tuple[tuple[float, str], ...]:
    """Years by their number; of months, every January by its year, or each of a few months by its own number."""
    years = [(at, period[:4]) for at, period in enumerate(periods) if len(period) == 4 or period.endswith("-01")]
    named = years if len(years) > 1 else list(enumerate(periods))
    every = -(-len(named) // _MOST_TICKS)
    return tuple((x(at), name) for at, name in named[::every])


def _line(number: int, name: str, places: Sequence[tuple[float, float] | None], end: float) -> Line:
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    known = [place for place in places if place]
    shown = known if len(known) <= _MOST_MARKERS else [known[0], *known[len(known) // 8::len(known) // 8]]
    short = name if len(name) <= _LONGEST else name[:_LONGEST - 1].rstrip() + "…"
    return Line(number, short, tuple(" ".join(f"{left:g},{top:g}" for left, top in run) for run in runs if run),
                tuple(shown), MARKERS[(number - 1) % len(MARKERS)], end)


def _spread(heights: Sequence[float]) -> list[float]:
    """The heights of names, moved apart so that none covers another, in their order from top to bottom."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    moved = [*heights]
    for before, at in zip(order, order[1:]):
        moved[at] = max(moved[at], moved[before] + _APART)
    over = max(0.0, max(moved, default=0.0) - (HEIGHT - _BOTTOM))
    return [round(each - over, 1) for each in moved]
