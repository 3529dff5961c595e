"""How full lines are, year by year."""

from __future__ import annotations

from math import isfinite

from coaxle.numerics.arrays import Array
from coaxle.report.numerals import fixed
from coaxle.report.palette import HEAT_STEPS
from coaxle.report.svg import Drawing, Paint, Type

CELL = 38.0
TOP = 44.0
LETTER = 6.7
"""Room for a letter of a label [px]."""
ROW = 24.0
FULL = 0.995


def heat(title: str, rows: tuple[str, ...], columns: tuple[str, ...], shares: Array) -> str:
    """Return a table of shares (rows, columns) as coloured cells with the number in each, in per cent.

    A share that is not finite leaves its cell empty; one of 99.5 % or more is told as full.
    """
    left = 14 + LETTER * max((len(row) for row in rows), default=8)
    width = left + CELL * max(len(columns), 8) + 8
    height = TOP + ROW * len(rows) + 34
    drawing = Drawing(width, height, title, "Per cent of capacity, a row for each line and a column for each year.")
    drawing.text((4, 16), f"{title} [%]", Type(size=12.5, bold=True))
    for j, column in enumerate(columns):
        drawing.text((left + (j + 0.5) * CELL, TOP - 7), column, Type(size=11, token="muted", anchor="middle"))
    for i, row in enumerate(rows):
        y = TOP + ROW * i
        drawing.text((left - 8, y + 16), row, Type(size=11.5, anchor="end"))
        for j in range(len(columns)):
            share = float(shares[i, j])
            if isfinite(share):
                _cell(drawing, (left + j * CELL, y), (CELL, ROW), share, f"{row}, {columns[j]}")
    _key(drawing, width, TOP + ROW * len(rows) + 14)
    return drawing.svg()


def _cell(drawing: Drawing, corner: tuple[float, float], size: tuple[float, float], share: float, place: str) -> None:
    step = HEAT_STEPS - 1 if share >= FULL else min(int(share * (HEAT_STEPS - 1)), HEAT_STEPS - 2)
    drawing.rectangle(
        (corner[0] + 0.75, corner[1] + 0.75),
        (size[0] - 1.5, size[1] - 1.5),
        Paint(fill=f"heat-{max(step, 0)}"),
        f"{place}: {fixed(100 * share, 1)} %",
        f"{share:.9g}",
    )
    words = Type(size=11, anchor="middle", bold=share >= FULL)
    drawing.text((corner[0] + size[0] / 2, corner[1] + 16), fixed(100 * share, 0), words)


def _key(drawing: Drawing, width: float, y: float) -> None:
    names = ("below 20", "20 to 40", "40 to 60", "60 to 80", "80 to 99", "full")
    x = max(width - 6 * 70.0, 4.0)
    for step, name in enumerate(names):
        drawing.rectangle((x, y), (12, 12), Paint(fill=f"heat-{step}", stroke="rule", width=0.6))
        drawing.text((x + 16, y + 10), name, Type(size=10.5, token="muted"))
        x += 70
