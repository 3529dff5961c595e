"""Heights over a plane as regions between contour lines, with their levels written upon them and curves laid over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coaxle.numerics.arrays import Array
from coaxle.report.axes import LABEL, TICK, Axis, Plane, ticks, widened
from coaxle.report.contours import Contours, contours
from coaxle.report.numerals import plain
from coaxle.report.palette import MAP_STEPS
from coaxle.report.svg import Drawing, Paint, Type, joined

WIDTH, HEIGHT = 460.0, 372.0
BOX = (54.0, 44.0, 446.0, 308.0)
"""Left, top, right and bottom of the plane of a picture that stands alone [px]."""
APART = (26.0, 13.0)
"""Of two levels' words, at least one of both [px]."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Curve:
    """A line over a plane and the word by which a legend tells it; without one it stands in none."""

    x: Array
    y: Array
    paint: Paint
    word: str = ""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Heights:
    """What is drawn.

    Parameters
    ----------
    name : str
        Of what is shown, the drawing's title.
    description : str
        For those who cannot see it.
    heading : str
        Written above, with the unit of the heights.
    x_label, y_label : str
        With units.
    x, y, z : (m, n)
        Nodes of a mesh in the units of the labels, and the heights at them; all finite.
    levels : tuple of float, optional
        Lines, rising; round numbers by default. Equal levels have equal colours, whatever heights are met.
    curves : tuple of Curve
        Laid over the regions.
    said : callable
        Words of a level.

    """

    name: str
    description: str
    heading: str
    x_label: str
    y_label: str
    x: Array
    y: Array
    z: Array
    levels: tuple[float, ...] | None = None
    curves: tuple[Curve, ...] = ()
    said: Callable[[float], str] = plain


def heights_figure(shown: Heights) -> str:
    """Return the heights as a picture of their own."""
    drawing = Drawing(WIDTH, HEIGHT, shown.name, shown.description)
    drawing.text((4, 16), shown.heading, Type(size=12.5, bold=True))
    draw_heights(drawing, plane_of(shown, BOX), shown)
    legend(drawing, [(curve.word, curve.paint) for curve in shown.curves], (BOX[0], HEIGHT - 10), WIDTH)
    return drawing.svg()


def plane_of(shown: Heights, box: tuple[float, float, float, float], about: int = 6) -> Plane:
    """Return axes over all of the mesh within ``box`` (left, top, right, bottom) [px]."""
    low, high = widened(float(np.min(shown.y)), float(np.max(shown.y)), about)
    return Plane(
        x=Axis(low=float(np.min(shown.x)), high=float(np.max(shown.x)), start=box[0], end=box[2]),
        y=Axis(low=low, high=high, start=box[3], end=box[1]),
        x_label=shown.x_label,
    )


def draw_heights(drawing: Drawing, plane: Plane, shown: Heights, about_x: int = 6) -> None:
    """Draw the heights upon ``plane``."""
    levels = shown.levels or _levels(shown.z)
    inside = tuple(level for level in levels if float(np.min(shown.z)) < level < float(np.max(shown.z)))
    drawn = contours(plane.x.pixels(shown.x), plane.y.pixels(shown.y), shown.z, inside, rising=True)
    if shown.y_label:
        drawing.text((plane.x.start - 50, plane.y.end - 10), shown.y_label, LABEL)
    plane.draw_grid(drawing, about_x)
    steps = _steps(len(levels) + 1)
    first = sum(level <= float(np.min(shown.z)) for level in levels)
    steps = steps[first : first + len(inside) + 1]
    drawing.path(joined([_border(plane, shown)]), Paint(fill=f"map-{steps[0]}"))
    for rings, step in zip(drawn.rings, steps[1:], strict=True):
        if rings:
            drawing.path(joined(rings), Paint(fill=f"map-{step}", stroke="ground", width=0.6))
    if plane.y.low < 0 < plane.y.high:
        drawing.line(plane.at(plane.x.low, 0), plane.at(plane.x.high, 0), Paint(stroke="muted", width=0.8))
    for curve in shown.curves:
        drawing.polyline(plane.curve(curve.x, curve.y), curve.paint)
    box = (plane.x.start, plane.y.end, plane.x.end, plane.y.start)
    label_levels(drawing, drawn, [shown.said(level) for level in inside], box)


def legend(
    drawing: Drawing, words: Sequence[tuple[str, Paint]], at: tuple[float, float], width: float, line: float = 15.0
) -> None:
    """Write what each paint stands for, in a row from ``at`` that goes on below where ``width`` ends it."""
    x, y = at
    for word, paint in words:
        if not word:
            continue
        room = 44 + 6.1 * len(word)
        if x > at[0] and x + room > width + 12:
            x, y = at[0], y + line
        if paint.fill:
            drawing.rectangle((x, y - 9), (12, 10), paint)
            x -= 10
        else:
            drawing.line((x, y - 4), (x + 22, y - 4), paint)
        drawing.text((x + 27, y), word, TICK)
        x += room


def legend_lines(words: Sequence[str], left: float, width: float) -> int:
    """Return how many lines :func:`legend` takes for ``words``, swatches or lines before them."""
    x, lines = left, 1
    for word in words:
        room = 44 + 6.1 * len(word)
        if x > left and x + room > width + 12:
            x, lines = left, lines + 1
        x += room
    return lines


def label_levels(
    drawing: Drawing, drawn: Contours, words: Sequence[str], box: tuple[float, float, float, float]
) -> None:
    """Write each level once upon its longest line, away from the others and from the rim of ``box``."""
    taken: list[tuple[float, float]] = []
    for lines, word in zip(drawn.lines, words, strict=True):
        longest = sorted(lines, key=_length, reverse=True)[:2]
        places = [
            _along(line, share) for line in longest for share in (0.5, 0.35, 0.65, 0.2, 0.8) if _length(line) > 30
        ]
        inside = [p for p in places if box[0] + 12 < p[0] < box[2] - 12 and box[1] + 8 < p[1] < box[3] - 8]
        free = [p for p in inside if all(abs(p[0] - q[0]) > APART[0] or abs(p[1] - q[1]) > APART[1] for q in taken)]
        if free:
            taken.append(free[0])
            drawing.text((free[0][0], free[0][1] + 3.5), word, Type(size=10, anchor="middle", halo=True))


def _levels(z: Array) -> tuple[float, ...]:
    return ticks(float(np.min(z)), float(np.max(z)), MAP_STEPS - 2)


def _steps(count: int) -> list[int]:
    """Return ``count`` steps of the palette, spread over all of it, the highest at the end."""
    if count == 1:
        return [2]
    return [round(i * (MAP_STEPS - 1) / (count - 1)) for i in range(count)]


def _border(plane: Plane, shown: Heights) -> Array:
    x, y = shown.x, shown.y
    return np.concatenate(
        [
            plane.curve(x[:, -1], y[:, -1]),
            plane.curve(x[-1, ::-1], y[-1, ::-1]),
            plane.curve(x[::-1, 0], y[::-1, 0]),
            plane.curve(x[0], y[0]),
        ]
    )


def _length(line: Array) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _along(line: Array, share: float) -> tuple[float, float]:
    steps = np.hypot(*np.diff(line, axis=0).T)
    covered = np.concatenate([[0.0], np.cumsum(steps)])
    at = share * covered[-1]
    return float(np.interp(at, covered, line[:, 0])), float(np.interp(at, covered, line[:, 1]))
