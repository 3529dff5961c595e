"""Axes of a figure: from figures of the field to pixels, with ticks at round numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from coaxle.numerics.arrays import Array
from coaxle.report.numerals import plain
from coaxle.report.svg import Drawing, Paint, Type

GRID = Paint(stroke="grid")
FRAME = Paint(stroke="muted")
TICK = Type(size=11.0, token="muted")
LABEL = Type(size=11.5, token="muted")


def ticks(low: float, high: float, about: int = 6) -> tuple[float, ...]:
    """Return about ``about`` round numbers (1, 2, 2.5 or 5 times a power of ten apart) within ``low`` to ``high``."""
    if not high > low:
        return (low,)
    rough = (high - low) / max(about, 1)
    power = 10.0 ** floor(log10(rough))
    step = min((factor * power for factor in (1, 2, 2.5, 5, 10)), key=lambda candidate: abs(candidate - rough))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return tuple(float(f"{i * step:.12g}") for i in range(first, last + 1))


def widened(low: float, high: float, about: int = 6) -> tuple[float, float]:
    """Return the smallest range between round numbers that holds ``low`` to ``high``."""
    if not high > low:
        margin = abs(low) * 0.1 or 1.0
        low, high = low - margin, high + margin
    marks = ticks(low, high, about)
    step = marks[1] - marks[0] if len(marks) > 1 else high - low
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A linear axis: ``low`` lies at pixel ``start``, ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of ``value``."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def pixels(self, values: Array) -> Array:
        """Return the pixels of ``values``."""
        return np.asarray(
            self.start + (np.asarray(values) - self.low) / (self.high - self.low) * (self.end - self.start)
        )

    def ticks(self, about: int) -> tuple[float, ...]:
        """Return round numbers on the axis."""
        return ticks(self.low, self.high, about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """Two axes and what is written beside them."""

    x: Axis
    y: Axis
    x_label: str = ""
    y_label: str = ""

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixels of a point."""
        return self.x(x), self.y(y)

    def curve(self, x: Array, y: Array) -> Array:
        """Return the pixels of a curve, (n, 2)."""
        return np.column_stack([self.x.pixels(x), self.y.pixels(y)])

    def draw_grid(self, drawing: Drawing, about_x: int = 6, about_y: int = 5) -> None:
        """Draw grid lines and the numbers of both axes."""
        with drawing.group(GRID):
            for mark in self.y.ticks(about_y):
                drawing.line((self.x.start, self.y(mark)), (self.x.end, self.y(mark)), GRID)
        for mark in self.y.ticks(about_y):
            drawing.text((self.x.start - 6, self.y(mark) + 4), plain(mark), _with(TICK, "end"))
        for mark in self.x.ticks(about_x):
            drawing.line((self.x(mark), self.y.start), (self.x(mark), self.y.start + 4), FRAME)
            drawing.text((self.x(mark), self.y.start + 17), plain(mark), _with(TICK, "middle"))
        drawing.line((self.x.start, self.y.start), (self.x.end, self.y.start), FRAME)
        self.draw_labels(drawing)

    def draw_labels(self, drawing: Drawing) -> None:
        """Write what the axes are, with units."""
        if self.x_label:
            drawing.text((self.x.end, self.y.start + 33), self.x_label, _with(LABEL, "end"))
        if self.y_label:
            drawing.text((self.x.start - 6, self.y.end - 9), self.y_label, LABEL)


def _with(kind: Type, anchor: str) -> Type:
    return Type(size=kind.size, token=kind.token, anchor=anchor, bold=kind.bold)
