"""Losses of a unit by part: over its operation, and at points that tell something."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from coaxle.design import gearbox as gears
from coaxle.design.edu import Unit
from coaxle.numerics.arrays import Array

TOKENS = {
    "stator winding": "unit",
    "field winding and exciter": "transmission",
    "cage": "transmission",
    "stator iron": "road",
    "rotor iron": "idle",
    "magnets": "storage",
    "inverter": "source",
    "bearings and windage": "charging",
    "gears": "auxiliaries",
    "standby": "brake",
}
"""Parts of the loss and their colours."""
MASS, WHEEL, DRAG, DRAG_SQUARE = 2100.0, 0.35, 160.0, 0.035 * 3.6**2
"""A car for telling points by [kg], [m], [N], [N/(m/s)2]; no car of the project."""
ACCELERATION = 0.3
"""At which it drives [m/s2]."""
PHASES = {"WLTC low": 25.3 / 3.6, "WLTC medium": 44.5 / 3.6, "WLTC high": 60.7 / 3.6, "WLTC extra high": 94.0 / 3.6}
"""Mean speeds without stops of the four phases of the WLTC, class 3b [m/s] (UN GTR 15, Annex 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Losses at one point.

    Parameters
    ----------
    name : str
        What it stands for.
    speed, torque : float
        Of the output shaft [rad/s], [Nm].
    parts : dict
        Loss by part [W].
    mapped : float
        What the map tells there [W].
    electric : float
        Power at the machine's terminals by its voltages and currents, less that in the air gap, less the loss of the
        stator winding between both [W]: 0 where all agree.

    """

    name: str
    speed: float
    torque: float
    parts: dict[str, float]
    mapped: float
    electric: float

    @property
    def total(self) -> float:
        """Sum of the parts [W]."""
        return sum(self.parts.values())

    @property
    def closure(self) -> float:
        """Sum of the parts less what the map tells [W]."""
        return self.total - self.mapped

    @property
    def efficiency(self) -> float:
        """What reaches the output shaft of what enters at the DC terminals; NaN without power."""
        power = self.speed * self.torque
        return power / (power + self.total) if power > 0 else float("nan")


def rated(unit: Unit) -> int:
    """Return which voltage of the operation is the rated one."""
    return int(unit.operation.voltage.size // 2)


def tables(unit: Unit) -> dict[str, Array]:
    """Return the losses between DC terminals and air gap by part (S, T) [W] at rated voltage."""
    operation, v = unit.operation, rated(unit)
    points = operation.points
    return {
        "stator winding": points.copper[v],
        "field winding and exciter": points.field[v],
        "cage": points.cage[v],
        "stator iron": points.iron_yoke[v] + points.iron_teeth[v],
        "rotor iron": points.iron_rotor[v],
        "magnets": points.magnet[v],
        "inverter": operation.inverter.total[v],
    }


def along_torque(unit: Unit, torque: float) -> tuple[Array, dict[str, Array]]:
    """Return speeds (n,) of the output shaft [rad/s] that reach ``torque`` there [Nm], and losses by part (n,) [W]."""
    speed, gap = _gap(unit, np.full(unit.operation.speed.size, torque))
    inside = np.flatnonzero(_within(unit, gap))
    found = [_at(unit, int(s), float(gap[s]), torque) for s in inside]
    return speed[inside], {part: np.array([row[part] for row in found]) for part in TOKENS}


def reference_points(unit: Unit) -> tuple[Point, ...]:
    """Return points like those of the WLTC's phases, and the corners of the envelope, at nodes of the map's speed.

    On the envelope they lie at the map's last torque within it.
    """
    envelope, v = unit.map.torque_max[rated(unit)], rated(unit)
    speed = unit.map.speed
    named: list[tuple[str, int, float]] = []
    for name, pace in PHASES.items():
        s = int(np.argmin(np.abs(speed - pace / WHEEL)))
        force = DRAG + DRAG_SQUARE * (speed[s] * WHEEL) ** 2 + MASS * ACCELERATION
        named.append((name, s, force * WHEEL))
    lasting = unit.map.torque_continuous[v]
    steady, strong = first_of(lasting * speed), first_of(envelope * speed)
    named.append(("continuous power", steady, _node(unit, float(lasting[steady]))))
    named.append(("peak torque", 1, _node(unit, float(envelope[1]))))
    named.append(("peak power", strong, _node(unit, float(envelope[strong]))))
    named.append(("highest speed, no torque", speed.size - 1, 0.0))
    return tuple(_point(unit, name, s, torque) for name, s, torque in named if 0 <= torque <= envelope[s])


def first_of(values: Array) -> int:
    """Return where ``values`` (n,) first come within a thousandth of their largest."""
    return int(np.argmax(values >= values.max() * (1 - 1e-3)))


def _node(unit: Unit, torque: float) -> float:
    """Return the map's last torque up to ``torque``: there the map interpolates nothing."""
    return float(unit.map.torque[np.searchsorted(unit.map.torque, torque * (1 + 1e-9), side="right") - 1])


def _point(unit: Unit, name: str, s: int, torque: float) -> Point:
    v = rated(unit)
    wanted = np.zeros(unit.operation.speed.size)
    wanted[s] = torque
    _, gaps = _gap(unit, wanted)
    edge = unit.operation.torque[v, s]
    gap = float(np.clip(gaps[s], edge[0], edge[-1]))
    parts = _at(unit, s, gap, torque)
    return Point(
        name=name,
        speed=float(unit.map.speed[s]),
        torque=torque,
        parts={part: watts for part, watts in parts.items() if watts > 0},
        mapped=_mapped(unit, s, torque),
        electric=_electric(unit, s, gap),
    )


def _at(unit: Unit, s: int, gap: float, torque: float) -> dict[str, float]:
    """Return losses by part [W] at the ``s``-th speed, a torque in the air gap and the one it becomes at the output."""
    operation = unit.operation
    parts = {part: _look(unit, table, s, gap) for part, table in tables(unit).items()}
    speed = float(operation.speed[s])
    shaft = gap - float(operation.drag[s])
    parts["bearings and windage"] = float(operation.friction[s])
    parts["gears"] = float(max(shaft * speed - torque * unit.map.speed[s], 0.0))
    parts["standby"] = unit.parts.unit.standby
    return parts


def _look(unit: Unit, table: Array, s: int, gap: float) -> float:
    axis, first = np.unique(unit.operation.torque[rated(unit), s], return_index=True)
    if axis.size == 1:
        return float(table[s, first[0]])
    return float(PchipInterpolator(axis, table[s, first])(np.clip(gap, axis[0], axis[-1])))


def _gap(unit: Unit, torque: Array) -> tuple[Array, Array]:
    """Return the output's speeds (S,) and the torque in the air gap (S,) for one at the output (S,)."""
    operation, parts = unit.operation, unit.parts
    speed = operation.speed / gears.ratio(parts.gearbox)
    shaft = gears.input_torque(parts.gearbox, torque, speed, parts.unit.conditions.oil)
    return speed, np.asarray(shaft) + operation.drag


def _within(unit: Unit, gap: Array) -> Array:
    edge = unit.operation.torque[rated(unit)]
    return np.asarray((gap >= edge[:, 0]) & (gap <= edge[:, -1] * (1 + 1e-9)))


def _mapped(unit: Unit, s: int, torque: float) -> float:
    """Return the map's loss at a speed node, linear between its torques; at the envelope by its last node within."""
    row = unit.map.loss[rated(unit), s]
    known = np.isfinite(row)
    return float(np.interp(torque, unit.map.torque[known], row[known]))


def _electric(unit: Unit, s: int, gap: float) -> float:
    """Return what voltages and currents leave unexplained [W]: 3/2 (u_d i_d + u_q i_q) - T w - 3/2 R i^2 (AC)."""
    v, p = rated(unit), unit.operation.points
    terminal = 1.5 * (p.u_d[v] * p.i_d[v] + p.u_q[v] * p.i_q[v])
    inside = p.torque[v] * p.speed[:, None] + p.copper[v]
    return _look(unit, terminal - inside, s, gap)
