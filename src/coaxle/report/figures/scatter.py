"""Predicted against measured, with a band around agreement."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

import numpy as np

from coaxle.errors import UseError
from coaxle.numerics.arrays import Array
from coaxle.report.axes import Axis, Plane, widened
from coaxle.report.numerals import percent, signed
from coaxle.report.svg import Drawing, Paint, Type, number

WIDTH, KEY = 460.0, 17.0
LEFT, RIGHT, TOP, BOTTOM = 54.0, 446.0, 36.0, 394.0
TOKENS = ("partner-0", "partner-1", "partner-2", "partner-3", "partner-4", "partner-5")
MARKS = ("circle", "square", "triangle", "diamond", "cross", "plus")


def scatter(
    predicted: Array,
    measured: Array,
    groups: Sequence[str],
    names: Sequence[str],
    title: str,
    unit: str,
    band: float = 0.05,
) -> str:
    """Return predicted over measured figures, one mark a case.

    Parameters
    ----------
    predicted, measured : (N,)
        In ``unit``; > 0, finite.
    groups : (N,)
        Each case's group; groups differ in mark and colour and are told with their mean and mean absolute error.
    names : (N,)
        Each case's name, shown when pointed at.
    title, unit : str
        What is compared, and its unit.
    band : float
        Half width of the band around agreement [-].

    """
    predicted, measured = np.asarray(predicted, dtype=float), np.asarray(measured, dtype=float)
    if not predicted.shape == measured.shape == (len(groups),) == (len(names),) or not len(names):
        raise UseError("scatter: predicted, measured, groups and names want one length of at least 1")
    if not (np.all(np.isfinite(predicted)) and np.all(np.isfinite(measured)) and np.all(measured > 0)):
        raise UseError("scatter: predicted and measured figures want to be finite, measured ones above 0")
    error = predicted / measured - 1
    inside = float(np.mean(np.abs(error) <= band))
    low, high = widened(float(min(predicted.min(), measured.min())), float(max(predicted.max(), measured.max())), 6)
    low = max(low, 0.0)
    order = list(dict.fromkeys(groups))
    drawing = Drawing(
        WIDTH,
        BOTTOM + 50 + KEY * len(order),
        title,
        f"Predicted over measured for {len(names)} cases in {unit}; {percent(inside)} of them within {percent(band)}; "
        f"mean error {signed(100 * float(error.mean()), 2)} %, "
        f"mean absolute {100 * float(np.abs(error).mean()):.2f} %.",
    )
    plane = Plane(
        x=Axis(low=low, high=high, start=LEFT, end=RIGHT),
        y=Axis(low=low, high=high, start=BOTTOM, end=TOP),
        x_label=f"measured [{unit}]",
        y_label="",
    )
    drawing.text((4, 16), f"{title}: predicted over measured [{unit}]", Type(size=12.5, bold=True))
    plane.draw_grid(drawing, 6, 6)
    _band(drawing, plane, band)
    for i in range(len(names)):
        group = order.index(groups[i])
        figures = f"measured {measured[i]:.4g}, predicted {predicted[i]:.4g} {unit} ({signed(100 * error[i], 1)} %)"
        _mark(drawing, plane.at(float(measured[i]), float(predicted[i])), group, f"{names[i]}: {figures}")
    _key(drawing, order, groups, error)
    return drawing.svg()


def _band(drawing: Drawing, plane: Plane, band: float) -> None:
    low, high = plane.x.low, plane.x.high
    drawing.line(plane.at(low, low), plane.at(high, high), Paint(stroke="ink", width=1.2))
    for factor in (1 + band, 1 - band):
        ends = (max(low, low / factor), min(high, high / factor))
        points = [plane.at(x, x * factor) for x in ends]
        drawing.line(points[0], points[1], Paint(stroke="muted", dash="4 3"))
        last = points[1]
        at = (last[0] - 6, last[1] + 14) if factor > 1 else (last[0] - 4, last[1] + 14)
        drawing.text(at, f"{signed(100 * (factor - 1), 0)} %", Type(size=11, token="muted", anchor="end", halo=True))


def _mark(drawing: Drawing, at: tuple[float, float], group: int, said: str) -> None:
    x, y = at
    mark, token = MARKS[group % len(MARKS)], TOKENS[group % len(TOKENS)]
    paint = Paint(fill=token, stroke="ground", width=0.7, opacity=0.85)
    if mark == "circle":
        drawing.circle(at, 3.8, paint, said)
    elif mark in ("cross", "plus"):
        turn = pi / 4 if mark == "cross" else 0.0
        d = ""
        for a in (turn, turn + pi / 2):
            dx, dy = 4.2 * cos(a), 4.2 * sin(a)
            d += f"M{number(x - dx)} {number(y - dy)}L{number(x + dx)} {number(y + dy)}"
        drawing.path(d, Paint(stroke=token, width=1.8), said)
    else:
        sides, turn = {"square": (4, pi / 4), "triangle": (3, -pi / 2), "diamond": (4, 0.0)}[mark]
        corners = [
            (x + 4.8 * cos(turn + 2 * pi * k / sides), y + 4.8 * sin(turn + 2 * pi * k / sides)) for k in range(sides)
        ]
        drawing.path("M" + "L".join(f"{number(a)} {number(b)}" for a, b in corners) + "z", paint, said)


def _key(drawing: Drawing, order: list[str], groups: Sequence[str], error: Array) -> None:
    y = BOTTOM + 54
    for i, group in enumerate(order):
        x = LEFT
        picked = np.array([g == group for g in groups])
        _mark(drawing, (x + 4, y - 4), i, "")
        words = (
            f"{group} ({int(picked.sum())}): mean {signed(100 * float(error[picked].mean()), 1)} %, "
            f"mean absolute {100 * float(np.abs(error[picked]).mean()):.1f} %"
        )
        drawing.text((x + 14, y), words, Type(size=10.5, token="muted"))
        y += KEY
