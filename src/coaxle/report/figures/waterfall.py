"""From one total to another, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coaxle.report.axes import Axis, ticks
from coaxle.report.numerals import fixed, plain, signed
from coaxle.report.svg import Drawing, Paint, Type

WIDTH = 500.0
ROW, BAR = 28.0, 18.0
LEFT, RIGHT, TOP = 132.0, 428.0, 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change on the way, in the unit of the figure."""

    name: str
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum at either end: its parts, each a name, a token and a value."""

    name: str
    parts: tuple[tuple[str, str, float], ...]

    @property
    def value(self) -> float:
        """The sum."""
        return sum(part[2] for part in self.parts)


def waterfall(title: str, unit: str, start: Total, steps: Sequence[Step], end: Total, digits: int = 0) -> str:
    """Return the way from ``start`` over ``steps`` to ``end``.

    Parameters
    ----------
    title, unit : str
        What is counted, and in which unit.
    start, end : Total
        The sums at either end; ``end`` is drawn where it lies, not where the steps lead.
    steps : sequence of Step
        Changes in their order.
    digits : int
        Behind the point, in the numbers beside the bars.

    """
    levels = [start.value]
    for step in steps:
        levels.append(levels[-1] + step.change)
    axis, broken = _axis([*levels, end.value])
    height = TOP + ROW * (len(steps) + 2) + 30
    drawing = Drawing(WIDTH, height, title, _described(unit, start, steps, end, digits))
    drawing.text((4, 16), f"{title} [{unit}]", Type(size=12.5, bold=True))
    bottom = TOP + ROW * (len(steps) + 2)
    for mark in axis.ticks(5):
        drawing.line((axis(mark), TOP - 4), (axis(mark), bottom), Paint(stroke="grid"))
        drawing.text((axis(mark), bottom + 15), plain(mark), Type(size=11, token="muted", anchor="middle"))
    _draw_total(drawing, axis, start, 0, digits)
    for i, step in enumerate(steps):
        _draw_step(drawing, axis, step, (levels[i], levels[i + 1]), i + 1, digits)
    _draw_total(drawing, axis, end, len(steps) + 1, digits)
    if broken:
        _draw_break(drawing, len(steps) + 1)
        note = f"the axis starts at {plain(axis.low)}"
        drawing.text((WIDTH - 6, 16), note, Type(size=11, token="muted", anchor="end"))
    return drawing.svg()


def _axis(levels: list[float]) -> tuple[Axis, bool]:
    low, high = min(levels), max(levels)
    span = max(high - low, 0.02 * abs(high), 1e-9)
    broken = low - 0.35 * span > 0.3 * high
    if not broken:
        return Axis(low=min(0.0, low), high=max(0.0, high) + 0.04 * span or 1.0, start=LEFT, end=RIGHT), False
    marks = ticks(low - 0.35 * span, high + 0.08 * span, 6)
    begin = max(mark for mark in (marks[0] - (marks[1] - marks[0]), marks[0]) if mark <= low - 0.2 * span)
    return Axis(low=begin, high=high + 0.08 * span, start=LEFT, end=RIGHT), True


def _draw_total(drawing: Drawing, axis: Axis, total: Total, row: int, digits: int) -> None:
    y = TOP + ROW * row
    drawing.text((LEFT - 8, y + 13.5), total.name, Type(anchor="end", bold=True))
    covered = 0.0
    for name, token, value in total.parts:
        # where the axis does not begin at zero the parts share what is seen of the bar, in their proportion
        first = axis.low + (total.value - axis.low) * covered / total.value if total.value else axis.low
        covered += value
        last = axis.low + (total.value - axis.low) * covered / total.value if total.value else axis.low
        drawing.rectangle(
            (axis(first), y),
            (axis(last) - axis(first), BAR),
            Paint(fill=token, stroke="ground", width=0.8),
            f"{name}: {fixed(value, digits)}",
            f"{value:.9g}",
        )
    drawing.text((axis(total.value) + 6, y + 13.5), fixed(total.value, digits), Type(bold=True))


def _draw_step(drawing: Drawing, axis: Axis, step: Step, between: tuple[float, float], row: int, digits: int) -> None:
    y = TOP + ROW * row
    before, after = between
    low, high = sorted(between)
    drawing.line((axis(before), y - ROW + BAR), (axis(before), y), Paint(stroke="muted", width=0.8))
    drawing.text((LEFT - 8, y + 13.5), step.name, Type(anchor="end"))
    paint = Paint(fill="less" if step.change <= 0 else "more")
    said = f"{step.name}: {signed(step.change, digits)}"
    wide = max(axis(high) - axis(low), 1.0)
    drawing.rectangle((axis(low), y), (wide, BAR), paint, said, f"{step.change:.9g}")
    drawing.line((axis(after), y + BAR), (axis(after), y + ROW), Paint(stroke="muted", width=0.8))
    number, room = signed(step.change, digits), RIGHT + 60 - axis(high)
    if room > 60:
        drawing.text((axis(high) + 6, y + 13.5), number, Type())
    else:
        drawing.text((axis(low) - 6, y + 13.5), number, Type(anchor="end"))


def _draw_break(drawing: Drawing, last: int) -> None:
    """Mark the bars whose beginning is cut off."""
    for row in (0, last):
        y = TOP + ROW * row
        for x in (LEFT + 10, LEFT + 16):
            drawing.line((x - 3, y + BAR + 3), (x + 3, y - 3), Paint(stroke="ground", width=2.5))


def _described(unit: str, start: Total, steps: Sequence[Step], end: Total, digits: int) -> str:
    way = ", ".join(f"{step.name} {signed(step.change, digits)}" for step in steps)
    return f"{start.name} {fixed(start.value, digits)} {unit}; {way}; {end.name} {fixed(end.value, digits)} {unit}."
