"""One car over one cycle in time: speed, and gear or state of charge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coaxle.cycles.cycle import Cycle
from coaxle.numerics.arrays import Array
from coaxle.report.axes import Axis, Plane, widened
from coaxle.report.contours import simplified
from coaxle.report.numerals import fixed, plain
from coaxle.report.svg import Drawing, Paint, Type
from coaxle.vehicle.runs import Trace

WIDE, NARROW, HEIGHT = 940.0, 460.0, 250.0
LEFT, MARGIN = 46.0, 24.0
SPEED, STATE = (42.0, 138.0), (166.0, 222.0)
KMH = 1 / 3.6
MISS = 0.3
"""Shortfall in speed that is marked [m/s]."""


def strip(trace: Trace, cycle: Cycle, width: float = WIDE) -> str:
    """Return speed over time with the cycle's phases, and below it the gear, or the battery's state of charge.

    ``width`` is that of the figure [px], :data:`WIDE` or :data:`NARROW`.
    """
    electric = bool(np.all(np.isfinite(trace.soc)))
    state = "state of charge [%]" if electric else "gear"
    drawing = Drawing(
        width,
        HEIGHT,
        f"{trace.name} over {trace.cycle}",
        f"Speed in km/h and {state} over {fixed(float(trace.time[-1] - trace.time[0]), 0)} s.",
    )
    time = Axis(low=float(trace.time[0]), high=float(trace.time[-1]), start=LEFT, end=width - MARGIN)
    top = widened(0.0, float(max(trace.speed.max(), trace.speed_wanted.max())) / KMH, 3)[1]
    plane = Plane(x=time, y=Axis(low=0.0, high=top, start=SPEED[1], end=SPEED[0]))
    short = trace.speed_wanted - trace.speed > MISS
    with drawing.shared():
        drawing.text((4, 16), "speed [km/h]", Type(size=12.5, bold=True))
        _phases(drawing, time, cycle, trace.cycle)
        _levels(drawing, plane, 3)
        drawing.polyline(_light(plane.curve(trace.time, trace.speed / KMH)), Paint(stroke="accent", width=1.3))
        for mark in time.ticks(9 if width > 700 else 5):
            drawing.text((time(mark), HEIGHT - 10), f"{plain(mark)} s", Type(size=11, token="muted", anchor="middle"))
    if short.any():
        _misses(drawing, plane, trace, short)
    drawing.text((4, STATE[0] - 10), state, Type(size=12.5, bold=True))
    if electric:
        _charge(drawing, time, trace)
    else:
        _gears(drawing, time, trace)
    return drawing.svg()


def _phases(drawing: Drawing, time: Axis, cycle: Cycle, name: str) -> None:
    if cycle.name != name or len(cycle.phases) < 2:
        return
    for i, phase in enumerate(cycle.phases):
        left, right = time(float(cycle.borders[i])), time(float(cycle.borders[i + 1]))
        if i % 2:
            drawing.rectangle((left, SPEED[0] - 18), (right - left, STATE[1] - SPEED[0] + 18), Paint(fill="panel"))
        drawing.text(((left + right) / 2, SPEED[0] - 5), phase, Type(size=11, token="muted", anchor="middle"))


def _levels(drawing: Drawing, plane: Plane, about: int) -> None:
    for mark in plane.y.ticks(about):
        drawing.line((LEFT, plane.y(mark)), (plane.x.end, plane.y(mark)), Paint(stroke="grid"))
        drawing.text((LEFT - 6, plane.y(mark) + 4), plain(mark), Type(size=11, token="muted", anchor="end"))


def _light(points: Array) -> Array:
    return simplified(points, 0.3)


def _misses(drawing: Drawing, plane: Plane, trace: Trace, short: NDArray[np.bool_]) -> None:
    """Draw the wanted speed where it was missed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], short.astype(np.int8), [0]])))
    for first, last in edges.reshape(-1, 2):
        piece = slice(max(first - 1, 0), last + 1)
        wanted = plane.curve(trace.time[piece], trace.speed_wanted[piece] / KMH)
        drawing.polyline(_light(wanted), Paint(stroke="more", width=1.6, dash="3 2"))
    seconds = float(np.sum(np.diff(trace.time)[short[1:]]))
    drawing.text(
        (plane.x.end, 16),
        f"wanted but not reached for {fixed(seconds, 0)} s (dashed)",
        Type(size=11, token="more", anchor="end"),
    )


def _charge(drawing: Drawing, time: Axis, trace: Trace) -> None:
    low, high = widened(100 * float(trace.soc.min()), 100 * float(trace.soc.max()), 3)
    plane = Plane(x=time, y=Axis(low=low, high=high, start=STATE[1], end=STATE[0]))
    _levels(drawing, plane, 3)
    drawing.polyline(_light(plane.curve(trace.time, 100 * trace.soc)), Paint(stroke="recovered", width=1.6))


def _gears(drawing: Drawing, time: Axis, trace: Trace) -> None:
    highest = max(int(trace.gear.max()), 1)
    plane = Plane(x=time, y=Axis(low=0.0, high=highest, start=STATE[1], end=STATE[0]))
    for gear in range(0, highest + 1, 2):
        drawing.line((LEFT, plane.y(gear)), (plane.x.end, plane.y(gear)), Paint(stroke="grid"))
        drawing.text((LEFT - 6, plane.y(gear) + 4), str(gear), Type(size=11, token="muted", anchor="end"))
    change = np.flatnonzero(np.diff(trace.gear)) + 1
    starts = np.concatenate([[0], change])
    times = np.concatenate([trace.time[starts], trace.time[-1:]])
    levels = trace.gear[starts].astype(float)
    x, y = np.repeat(times, 2)[1:-1], np.repeat(levels, 2)
    drawing.polyline(plane.curve(x, y), Paint(stroke="accent", width=1.1))
    if np.all(np.isfinite(trace.warmth)):
        warm = Plane(x=time, y=Axis(low=0.0, high=1.0, start=STATE[1], end=STATE[0]))
        drawing.polyline(_light(warm.curve(trace.time, trace.warmth)), Paint(stroke="point", width=1.2, dash="4 3"))
        drawing.text((LEFT + 40, STATE[0] - 10), "and warm-up, 0 to 100 % (dashed)", Type(size=11, token="muted"))
