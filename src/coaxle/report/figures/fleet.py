"""Fleet emission of one pool over the years, against its target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.report.axes import Axis, Plane, widened
from coaxle.report.numerals import fixed
from coaxle.report.svg import Drawing, Paint, Type

WIDTH, HEIGHT = 340.0, 262.0
LEFT, RIGHT, TOP, BOTTOM = 42.0, 326.0, 46.0, 196.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One course over the years: ``values`` [g/km] at ``years``; drawn solid with full marks, or open."""

    name: str
    token: str
    solid: bool
    years: tuple[int, ...]
    values: tuple[float, ...]


def fleet(title: str, courses: tuple[Series, ...], target: Series) -> str:
    """Return the ``courses`` of a pool's fleet emission and its ``target``, each in g/km."""
    values = [value for series in (*courses, target) for value in series.values]
    years = sorted({year for series in (*courses, target) for year in series.years})
    described = "; ".join(
        f"{s.name} " + ", ".join(f"{y}: {fixed(v, 1)}" for y, v in zip(s.years, s.values, strict=True))
        for s in (*courses, target)
    )
    drawing = Drawing(WIDTH, HEIGHT, f"Fleet CO2 of {title}", f"In g/km. {described}.")
    low, high = widened(max(0.0, min(values) * 0.96), max(values) * 1.02, 4)
    span = max(years[-1] - years[0], 1)
    plane = Plane(
        x=Axis(low=years[0] - 0.06 * span, high=years[-1] + 0.06 * span, start=LEFT, end=RIGHT),
        y=Axis(low=low, high=high, start=BOTTOM, end=TOP),
        y_label="",
    )
    drawing.text((4, 16), f"{title} [g/km]", Type(size=12.5, bold=True))
    for mark in plane.y.ticks(4):
        drawing.line((LEFT, plane.y(mark)), (RIGHT, plane.y(mark)), Paint(stroke="grid"))
        drawing.text((LEFT - 6, plane.y(mark) + 4), fixed(mark, 0), Type(size=11, token="muted", anchor="end"))
    _years(drawing, plane, years)
    _stairs(drawing, plane, target)
    for series in courses:
        _course(drawing, plane, series)
    _key(drawing, courses, target)
    return drawing.svg()


def _years(drawing: Drawing, plane: Plane, years: list[int]) -> None:
    drawing.line((LEFT, BOTTOM), (RIGHT, BOTTOM), Paint(stroke="muted"))
    every = 1 if len(years) <= 6 else 2 if len(years) <= 12 else 3
    for year in years[::every]:
        drawing.text((plane.x(year), BOTTOM + 16), str(year), Type(size=11, token="muted", anchor="middle"))


def _stairs(drawing: Drawing, plane: Plane, target: Series) -> None:
    """Draw the target as steps: it holds for a calendar year."""
    if not target.years:
        return
    x = np.repeat(np.array(target.years, dtype=float), 2) + np.tile([-0.5, 0.5], len(target.years))
    y = np.repeat(np.array(target.values), 2)
    x = np.clip(x, plane.x.low, plane.x.high)
    drawing.polyline(plane.curve(x, y), Paint(stroke="target", width=1.6, dash="5 3"))


def _course(drawing: Drawing, plane: Plane, series: Series) -> None:
    points = plane.curve(np.array(series.years, dtype=float), np.array(series.values))
    if len(points) > 1:
        drawing.polyline(points, Paint(stroke=series.token, width=2.0 if series.solid else 1.2))
    for (x, y), year, value in zip(points, series.years, series.values, strict=True):
        inner = series.token if series.solid else "ground"
        drawing.circle(
            (x, y),
            3.4,
            Paint(fill=inner, stroke=series.token, width=1.4),
            f"{series.name} {year}: {fixed(value, 1)} g/km",
        )


def _key(drawing: Drawing, courses: tuple[Series, ...], target: Series) -> None:
    x = 8.0
    y = HEIGHT - 30
    for series in courses:
        word = f"{series.name}: {fixed(series.values[-1], 0)} in {series.years[-1]}"
        inner = series.token if series.solid else "ground"
        drawing.circle((x + 6, y - 4), 3.4, Paint(fill=inner, stroke=series.token, width=1.4))
        drawing.text((x + 15, y), word, Type(size=11, token="muted"))
        x += 15 + 6.3 * len(word) + 12
        if x > WIDTH - 130:
            x, y = 8.0, y + 18
    if target.values:
        drawing.line((x, y - 4), (x + 14, y - 4), Paint(stroke="target", width=1.6, dash="5 3"))
        word = f"target: {fixed(target.values[-1], 0)}"
        drawing.text((x + 20, y), word, Type(size=11, token="muted"))
