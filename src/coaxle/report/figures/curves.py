"""Lines over one axis: envelopes, currents, temperatures; one panel or several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coaxle.report.axes import LABEL, Axis, Plane, widened
from coaxle.report.figures.heights import Curve, legend, legend_lines
from coaxle.report.svg import Drawing, Paint, Type

PANEL = (54.0, 300.0, 44.0, 264.0)
"""Room left of a panel's plane, its width, room above it, its height [px]."""
GAP = 66.0
"""From one panel to the next [px]."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Panel:
    """Curves over one pair of axes; ``limits`` are heights drawn across, each with its word."""

    heading: str
    x_label: str
    y_label: str
    curves: tuple[Curve, ...]
    limits: tuple[tuple[float, str], ...] = ()
    from_zero: bool = True


def curves_figure(name: str, description: str, panels: Sequence[Panel], width: float = PANEL[1]) -> str:
    """Return panels side by side, each plane ``width`` px wide, with one legend of what their curves have in common."""
    words = list(dict.fromkeys((curve.word, curve.paint) for panel in panels for curve in panel.curves if curve.word))
    whole = PANEL[0] + len(panels) * width + (len(panels) - 1) * GAP + 14
    bottom = PANEL[2] + PANEL[3]
    lines = legend_lines([word for word, _ in words], PANEL[0], whole)
    drawing = Drawing(whole, bottom + 48 + 15 * lines, name, description)
    for i, panel in enumerate(panels):
        left = PANEL[0] + i * (width + GAP)
        _draw(drawing, panel, (left, PANEL[2], left + width, bottom))
    legend(drawing, words, (PANEL[0], bottom + 52), whole)
    return drawing.svg()


def _draw(drawing: Drawing, panel: Panel, box: tuple[float, float, float, float]) -> None:
    every = [curve for curve in panel.curves if curve.x.size]
    heights = np.concatenate([curve.y[np.isfinite(curve.y)] for curve in every])
    low, high = float(np.min(heights)), float(np.max([*heights, *(limit for limit, _ in panel.limits)]))
    if panel.from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    low, high = widened(low, high, 6)
    plane = Plane(
        x=Axis(
            low=min(float(np.min(curve.x)) for curve in every),
            high=max(float(np.max(curve.x)) for curve in every),
            start=box[0],
            end=box[2],
        ),
        y=Axis(low=low, high=high, start=box[3], end=box[1]),
        x_label=panel.x_label,
    )
    drawing.text((box[0] - 50, 16), panel.heading, Type(size=12.5, bold=True))
    drawing.text((box[0] - 50, box[1] - 10), panel.y_label, LABEL)
    plane.draw_grid(drawing, 5)
    if low < 0 < high:
        drawing.line(plane.at(plane.x.low, 0), plane.at(plane.x.high, 0), Paint(stroke="muted", width=0.8))
    for limit, word in panel.limits:
        drawing.line(plane.at(plane.x.low, limit), plane.at(plane.x.high, limit), Paint(stroke="more", dash="2 3"))
        place = plane.at(plane.x.high, limit)
        drawing.text((place[0] - 3, place[1] + 12), word, Type(size=10, token="more", anchor="end", halo=True))
    for curve in every:
        known = np.isfinite(curve.y)
        if known.sum() > 1:
            drawing.polyline(plane.curve(curve.x[known], curve.y[known]), curve.paint)
