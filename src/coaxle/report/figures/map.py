"""The map of a drive unit or an engine, with what it did on a cycle.

Efficiency and specific consumption are derived here, for the picture alone: nothing computes with them.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import pi

import numpy as np

from coaxle.maps import EduMap, EngineMap
from coaxle.numerics.arrays import Array
from coaxle.numerics.grid import bilinear, locate
from coaxle.report.axes import LABEL, TICK, Axis, Plane, widened
from coaxle.report.contours import Contours, contours
from coaxle.report.figures.duty import Duty
from coaxle.report.numerals import fixed, plain, significant
from coaxle.report.palette import MAP_STEPS
from coaxle.report.svg import Drawing, Paint, Type, joined

RPM = pi / 30
GRAM_PER_KWH = 3.6e9
EFFICIENCIES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.84, 0.87, 0.89, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99)
CONSUMPTIONS = (150, 160, 170, 180, 185, 190, 195, 200, 205, 210, 215, 220, 225, 230, 235, 240, 245, 250, 260, 270, 280)
CONSUMPTIONS_ABOVE = (300, 325, 350, 400, 450, 500, 600, 800, 1000, 1500)
WIDTH, HEIGHT = 460.0, 372.0
LEFT, RIGHT, TOP, BOTTOM = 54.0, 446.0, 44.0, 308.0
ENVELOPE = Paint(stroke="ink", width=1.8)
CONTINUOUS = Paint(stroke="ink", width=1.4, dash="5 3")
REGION = "ground"
POINT = Paint(fill="point", stroke="point-rim", width=0.8, opacity=0.85)
LARGEST = 6.5
"""Radius of the largest point [px]."""
SMALL = (1.7, 1.3, 1.0)
"""Radii below which points have a few sizes in common [px]."""


def edu_figure(unit: EduMap, duty: Duty | None = None, voltage: float | None = None) -> str:
    """Return a drive unit's efficiency at its output shaft, its envelope, and where it worked.

    Parameters
    ----------
    unit : EduMap
        The unit.
    duty : Duty, optional
        Operating points laid upon the map.
    voltage : float, optional
        DC voltage [V] at which the map is shown, by default the middle of its axis.

    """
    shown = unit if unit.voltage.size == 1 else at_voltage(unit, voltage)
    said = f" at {fixed(float(shown.voltage[0]), 0)} V" if unit.voltage.size > 1 else ""
    drawing = Drawing(
        WIDTH,
        HEIGHT,
        f"Map of the drive unit {unit.name}",
        f"Contours of efficiency over speed and torque of the output shaft{said}, with peak and continuous torque"
        + (f" and the operating points of {duty.name}." if duty else "."),
    )
    low, high = widened(float(np.min(unit.torque_min)), float(np.max(unit.torque_max)), 6)
    plane = Plane(
        x=Axis(low=0.0, high=float(unit.speed[-1]) / RPM, start=LEFT, end=RIGHT),
        y=Axis(low=low, high=high, start=BOTTOM, end=TOP),
        x_label="speed of the output shaft [rpm]",
    )
    _heading(drawing, f"{_named(unit.name, duty)}: efficiency{said} [%]")
    speed, torque, efficiency = edu_efficiency(shown)
    levels = _spread([level for level in EFFICIENCIES if level < float(np.max(efficiency))])
    drawn = contours(plane.x.pixels(speed / RPM), plane.y.pixels(torque), efficiency, tuple(levels), rising=True)
    rpm = unit.speed / RPM
    with drawing.shared():
        plane.draw_grid(drawing)
        _regions(drawing, drawn, _border(plane, rpm, shown.torque_min[0], shown.torque_max[0]))
        drawing.line(plane.at(0, 0), plane.at(plane.x.high, 0), Paint(stroke="muted", width=0.8))
        drawing.polyline(plane.curve(rpm, shown.torque_continuous[0]), CONTINUOUS)
        drawing.polyline(plane.curve(rpm, shown.torque_max[0]), ENVELOPE)
        drawing.polyline(plane.curve(rpm, shown.torque_min[0]), ENVELOPE)
    if duty:
        _points(drawing, plane, duty)
    with drawing.shared():
        _level_labels(drawing, drawn, [plain(round(100 * level, 3)) for level in levels])
        _legend(drawing, "peak", "continuous")
    _told(drawing, "peak", "continuous", "shaft energy", duty)
    return drawing.svg()


def engine_figure(unit: EngineMap, duty: Duty | None = None) -> str:
    """Return an engine's brake specific fuel consumption, its wide-open curve, and where it worked."""
    drawing = Drawing(
        WIDTH,
        HEIGHT,
        f"Map of the engine {unit.name}",
        "Contours of brake specific fuel consumption over speed and torque of the warm engine, with wide-open torque "
        "and torque with the fuel cut" + (f" and the operating points of {duty.name}." if duty else "."),
    )
    low, high = widened(float(np.min(unit.torque_drag)), float(np.max(unit.torque_max)), 6)
    plane = Plane(
        x=Axis(low=0.0, high=float(unit.speed[-1]) / RPM, start=LEFT, end=RIGHT),
        y=Axis(low=low, high=high, start=BOTTOM, end=TOP),
        x_label="engine speed [rpm]",
    )
    _heading(drawing, f"{_named(unit.name, duty)}: specific fuel consumption [g/kWh]")
    speed, torque, specific = engine_consumption(unit)
    levels = _spread(_consumption_levels(float(np.min(specific))))[::-1]
    drawn = contours(plane.x.pixels(speed / RPM), plane.y.pixels(torque), specific, tuple(levels), rising=False)
    rpm = unit.speed / RPM
    with drawing.shared():
        plane.draw_grid(drawing)
        _regions(drawing, drawn, _border(plane, rpm, np.zeros_like(rpm), unit.torque_max))
        _powers(drawing, plane, unit)
        drawing.line(plane.at(0, 0), plane.at(plane.x.high, 0), Paint(stroke="muted", width=0.8))
        drawing.polyline(plane.curve(rpm, unit.torque_drag), CONTINUOUS)
        drawing.polyline(plane.curve(rpm, unit.torque_max), ENVELOPE)
    if duty:
        _points(drawing, plane, duty)
    with drawing.shared():
        _level_labels(drawing, drawn, [plain(level) for level in levels])
        _legend(drawing, "wide open", "fuel cut")
    _told(drawing, "wide open", "fuel cut", "fuel energy", duty)
    return drawing.svg()


def at_voltage(unit: EduMap, voltage: float | None) -> EduMap:
    """Return the map of ``unit`` at one ``voltage`` [V] within its axis (its middle where None), linear between nodes.

    Losses are carried on beyond the envelope, for drawing up to its very edge.
    """
    wanted = float(np.mean(unit.voltage[[0, -1]])) if voltage is None else voltage
    wanted = min(max(wanted, float(unit.voltage[0])), float(unit.voltage[-1]))
    cell, weight = locate(unit.voltage, np.array([wanted]))
    low, share = int(cell[0]), float(weight[0])

    def between(table: Array) -> Array:
        return ((1 - share) * table[low] + share * table[low + 1])[None]

    return replace(
        unit,
        voltage=np.array([wanted]),
        loss=np.maximum(between(np.stack([_closed(table) for table in unit.loss])), 0.0),
        torque_max=between(unit.torque_max),
        torque_min=between(unit.torque_min),
        torque_continuous=between(unit.torque_continuous),
    )


def edu_efficiency(unit: EduMap, across: int = 72, up: int = 40) -> tuple[Array, Array, Array]:
    """Return speed [rad/s], torque [Nm] and efficiency [-] on a mesh that follows the envelope, (across, 2 up + 1).

    At the first voltage of the map. Motoring, what reaches the shaft of what enters at the terminals;
    generating, what reaches the terminals of what enters at the shaft, 0 where nothing does.
    """
    speed = np.linspace(0.0, float(unit.speed[-1]), across)
    top = np.interp(speed, unit.speed, unit.torque_max[0])
    bottom = np.interp(speed, unit.speed, unit.torque_min[0])
    share = np.linspace(0.0, 1.0, up + 1) ** 1.6
    torque = np.concatenate([-share[:0:-1] * -bottom[:, None], share * top[:, None]], axis=1)
    mesh_speed = np.broadcast_to(speed[:, None], torque.shape)
    loss = np.maximum(_between(unit.speed, unit.torque, unit.loss[0], mesh_speed, torque), 0.0)
    power = mesh_speed * torque
    with np.errstate(invalid="ignore", divide="ignore"):
        motoring = power / (power + loss)
        generating = (power + loss) / power
    value = np.where(power > 0, motoring, np.where(power < 0, generating, 0.0))
    return mesh_speed, torque, np.clip(np.nan_to_num(value), 0.0, 1.0)


def engine_consumption(unit: EngineMap, across: int = 64, up: int = 44) -> tuple[Array, Array, Array]:
    """Return speed [rad/s], torque [Nm] and specific consumption [g/kWh] on a mesh below the wide-open curve."""
    speed = np.linspace(float(unit.speed[0]), float(unit.speed[-1]), across)
    share = 0.02 + 0.98 * np.linspace(0.0, 1.0, up) ** 1.4
    torque = np.interp(speed, unit.speed, unit.torque_max)[:, None] * share
    mesh_speed = np.broadcast_to(speed[:, None], torque.shape)
    fuel = _between(unit.speed, unit.torque, unit.fuel, mesh_speed, torque)
    return mesh_speed, torque, GRAM_PER_KWH * fuel / (mesh_speed * torque)


def _between(x_axis: Array, y_axis: Array, table: Array, x: Array, y: Array) -> Array:
    """Bilinear look-up; cells that the envelope cuts are closed by carrying the last two nodes within it onward."""
    return bilinear(x_axis, y_axis, _closed(table), x, y)


def _closed(table: Array) -> Array:
    closed = np.array(table)
    for row in closed:
        known = np.flatnonzero(np.isfinite(row))
        if known.size == 0:
            row[:] = 0.0
        elif known.size == 1:
            row[:] = row[known[0]]
        elif known.size < row.size:
            first, last = known[0], known[-1]
            row[:first] = row[first] + (row[first + 1] - row[first]) * (np.arange(first) - first)
            row[last + 1 :] = row[last] + (row[last] - row[last - 1]) * (np.arange(last + 1, row.size) - last)
    return closed


def _consumption_levels(best: float) -> list[float]:
    return [float(level) for level in (*CONSUMPTIONS, *CONSUMPTIONS_ABOVE) if level > best]


def _spread(levels: list[float]) -> list[float]:
    """Return at most as many of ``levels`` as there are colours, keeping those near the best value dense."""
    steps = MAP_STEPS - 1
    if len(levels) <= steps:
        return levels
    if levels[-1] <= 1.0:
        return levels[-steps:] if levels[-steps] <= 0.85 else _thinned(levels, steps)
    return _thinned(levels[::-1], steps)[::-1]


def _thinned(levels: list[float], steps: int) -> list[float]:
    """Return ``steps`` of ``levels``, ever farther apart away from the last."""
    far = len(levels) - 1
    picked = {far - round(far * (i / (steps - 1)) ** 1.4) for i in range(steps)}
    return [levels[i] for i in sorted(picked)]


def _named(name: str, duty: Duty | None) -> str:
    return f"{duty.place} {name}" if duty and duty.place else name


def _heading(drawing: Drawing, heading: str) -> None:
    drawing.text((4, 16), heading, Type(size=12.5, bold=True))
    drawing.text((4, TOP - 10), "torque [Nm]", LABEL)


def _border(plane: Plane, rpm: Array, bottom: Array, top: Array) -> Array:
    return np.concatenate([plane.curve(rpm, top), plane.curve(rpm[::-1], bottom[::-1])])


def _regions(drawing: Drawing, drawn: Contours, border: Array) -> None:
    shift = MAP_STEPS - 1 - len(drawn.levels)
    drawing.path(joined([border]), Paint(fill=f"map-{shift}"))
    for i, rings in enumerate(drawn.rings):
        if rings:
            drawing.path(joined(rings), Paint(fill=f"map-{shift + i + 1}", stroke=REGION, width=0.6))


def _points(drawing: Drawing, plane: Plane, duty: Duty) -> None:
    if not duty.share.size:
        return
    order = np.argsort(-duty.share)
    scale = LARGEST / float(np.sqrt(duty.share[order[0]]))
    places = [plane.at(float(duty.speed[i]) / RPM, float(duty.torque[i])) for i in order]
    radii = [scale * float(np.sqrt(duty.share[i])) for i in order]
    large = [i for i, radius in enumerate(radii) if radius >= SMALL[0]]
    drawing.discs([places[i] for i in large], [radii[i] for i in large], POINT)
    # what is too small to tell its area from a rim is drawn in few sizes: most points, little ink
    for limit, size in itertools.pairwise((*SMALL, 0.0)):
        within = [places[i] for i, radius in enumerate(radii) if size <= radius < limit]
        drawing.dots(within, 0.5 * (limit + max(size, 0.6)), "point")


def _powers(drawing: Drawing, plane: Plane, unit: EngineMap) -> None:
    """Draw lines of equal power."""
    from coaxle.report.axes import ticks

    rpm = np.linspace(float(unit.speed[0]) / RPM, float(unit.speed[-1]) / RPM, 60)
    for power in ticks(0.0, unit.power_max, 5)[1:]:
        torque = power / (rpm * RPM)
        inside = torque <= np.interp(rpm * RPM, unit.speed, unit.torque_max)
        if inside.sum() < 3:
            continue
        drawing.polyline(plane.curve(rpm[inside], torque[inside]), Paint(stroke="muted", width=0.7, dash="2 3"))
        end = plane.at(float(rpm[inside][-1]), float(torque[inside][-1]))
        drawing.text(
            (end[0] - 3, end[1] - 3),
            f"{plain(power / 1e3)} kW",
            Type(size=9.5, token="muted", anchor="end", halo=False),
        )


def _level_labels(drawing: Drawing, drawn: Contours, words: list[str]) -> None:
    """Write each level once upon its longest line, away from the others."""
    taken: list[tuple[float, float]] = []
    for lines, word in zip(drawn.lines, words, strict=True):
        longest = sorted(lines, key=_length, reverse=True)[:2]
        places = [
            _along(line, share) for line in longest for share in (0.5, 0.35, 0.65, 0.2, 0.8) if _length(line) > 30
        ]
        inside = [p for p in places if LEFT + 12 < p[0] < RIGHT - 12 and TOP + 8 < p[1] < BOTTOM - 8]
        free = [p for p in inside if all(abs(p[0] - q[0]) > 24 or abs(p[1] - q[1]) > 12 for q in taken)]
        if free:
            taken.append(free[0])
            drawing.text((free[0][0], free[0][1] + 3.5), word, Type(size=10, anchor="middle", halo=True))


def _length(line: Array) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _along(line: Array, share: float) -> tuple[float, float]:
    steps = np.hypot(*np.diff(line, axis=0).T)
    covered = np.concatenate([[0.0], np.cumsum(steps)])
    at = share * covered[-1]
    return float(np.interp(at, covered, line[:, 0])), float(np.interp(at, covered, line[:, 1]))


def _legend(drawing: Drawing, solid: str, dashed: str) -> None:
    y, x = HEIGHT - 10, LEFT
    for word, paint in ((solid, ENVELOPE), (dashed, CONTINUOUS)):
        drawing.line((x, y - 4), (x + 22, y - 4), paint)
        drawing.text((x + 27, y), word, TICK)
        x += _room(word)


def _told(drawing: Drawing, solid: str, dashed: str, energy: str, duty: Duty | None) -> None:
    """Say what the area of a point means, and how much energy all of them stand for."""
    if duty is None or not duty.share.size:
        return
    y, x = HEIGHT - 10, LEFT + _room(solid) + _room(dashed)
    hours = duty.energy / 3.6e6
    total = f"{significant(hours)} kWh" if hours >= 0.1 else f"{significant(1e3 * hours)} Wh"
    drawing.circle((x + 5, y - 4), 4.5, POINT)
    drawing.text((x + 14, y), f"area: {energy}, {total}", TICK)


def _room(word: str) -> float:
    return 27 + 6.4 * len(word) + 16
