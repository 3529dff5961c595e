"""A whole by its parts: areas upon one another over an axis, bars of parts, bars side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coaxle.numerics.arrays import Array
from coaxle.report.axes import LABEL, TICK, Axis, Plane, widened
from coaxle.report.figures.heights import legend, legend_lines
from coaxle.report.numerals import significant
from coaxle.report.svg import Drawing, Paint, Type, joined

WIDTH = 460.0
LEFT, RIGHT, TOP, TALL = 54.0, 446.0, 44.0, 264.0
ROW, BAR = 26.0, 17.0
NAMES = 150.0
"""Room for the names of bars [px]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Title, description, heading and labels of a picture."""

    name: str
    description: str
    heading: str
    x_label: str = ""
    y_label: str = ""


def areas_figure(words: Words, x: Array, parts: Mapping[str, Array], tokens: Mapping[str, str]) -> str:
    """Return ``parts`` (n,), each >= 0, stacked over ``x`` (n,); a part that is 0 throughout is left out."""
    shown = {part: heights for part, heights in parts.items() if float(np.max(heights)) > 0}
    lines = legend_lines(list(shown), LEFT, WIDTH)
    drawing = Drawing(WIDTH, TOP + TALL + 48 + 15 * lines, words.name, words.description)
    top = widened(0.0, float(np.max(sum(shown.values()))))[1]
    plane = Plane(
        x=Axis(low=float(x[0]), high=float(x[-1]), start=LEFT, end=RIGHT),
        y=Axis(low=0.0, high=top, start=TOP + TALL, end=TOP),
        x_label=words.x_label,
    )
    drawing.text((4, 16), words.heading, Type(size=12.5, bold=True))
    drawing.text((4, TOP - 10), words.y_label, LABEL)
    plane.draw_grid(drawing)
    below = np.zeros_like(x)
    for part, heights in shown.items():
        above = below + heights
        ring = np.concatenate([plane.curve(x, above), plane.curve(x[::-1], below[::-1])])
        drawing.path(joined([ring]), Paint(fill=tokens[part], stroke="ground", width=0.6), title=part)
        below = above
    legend(drawing, [(part, Paint(fill=tokens[part])) for part in shown], (LEFT, TOP + TALL + 52), WIDTH)
    return drawing.svg()


def stacked_bars_figure(
    words: Words, rows: Sequence[tuple[str, Mapping[str, float]]], tokens: Mapping[str, str], unit: str
) -> str:
    """Return a bar for each row, made of its parts, with its sum at the end."""
    shown = [part for part in tokens if any(parts.get(part, 0.0) > 0 for _, parts in rows)]
    lines = legend_lines(shown, 8, WIDTH)
    bottom = 34 + ROW * len(rows)
    drawing = Drawing(WIDTH, bottom + 34 + 15 * lines, words.name, words.description)
    drawing.text((4, 16), words.heading, Type(size=12.5, bold=True))
    sums = [sum(parts.values()) for _, parts in rows]
    axis = Axis(low=0.0, high=max(sums), start=NAMES, end=RIGHT - 58)
    for i, (name, parts) in enumerate(rows):
        y = 34 + ROW * i
        drawing.text((NAMES - 8, y + 13), name, Type(size=11, anchor="end"))
        below = 0.0
        for part in shown:
            watts = parts.get(part, 0.0)
            if watts <= 0:
                continue
            drawing.rectangle(
                (axis(below), y),
                (axis(below + watts) - axis(below), BAR),
                Paint(fill=tokens[part], stroke="ground", width=0.6),
                title=f"{part}: {significant(watts)} {unit}",
                data=f"{watts:.4g}",
            )
            below += watts
        drawing.text((axis(below) + 6, y + 13), f"{significant(below)} {unit}", TICK)
    legend(drawing, [(part, Paint(fill=tokens[part])) for part in shown], (8, bottom + 22), WIDTH)
    return drawing.svg()


def bars_figure(words: Words, rows: Sequence[tuple[str, float, str]], unit: str, total: str = "") -> str:
    """Return a bar for each row of name, value >= 0 and token; ``total`` stands below them."""
    bottom = 34 + ROW * len(rows)
    drawing = Drawing(WIDTH, bottom + (30 if total else 8), words.name, words.description)
    drawing.text((4, 16), words.heading, Type(size=12.5, bold=True))
    axis = Axis(low=0.0, high=max(value for _, value, _ in rows), start=NAMES, end=RIGHT - 58)
    for i, (name, value, token) in enumerate(rows):
        y = 34 + ROW * i
        drawing.text((NAMES - 8, y + 13), name, Type(size=11, anchor="end"))
        drawing.rectangle((NAMES, y), (axis(value) - NAMES, BAR), Paint(fill=token), data=f"{value:.4g}")
        drawing.text((axis(value) + 6, y + 13), f"{significant(value)} {unit}", TICK)
    if total:
        drawing.text((NAMES, bottom + 16), total, Type(size=11.5, bold=True))
    return drawing.svg()
