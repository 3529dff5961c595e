"""Mass and inertia of a gearbox by rules over its geometry."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

from coaxle.design.gearbox.gearbox import Gearbox, ParallelGearbox, PlanetaryGearbox, ratio
from coaxle.design.gearbox.teeth import Teeth
from coaxle.design.gearbox.train import (
    BESIDE,
    BETWEEN,
    CAGE,
    FILL,
    GAP,
    STEEL,
    bearings,
    meshes,
    planet_mass,
    shaft_diameters,
)

ALUMINIUM = 2700.0
HOLLOW = 0.8
"""Share of a shaft's cylinder that is steel: bored shafts. Assumed."""
DIFFERENTIAL = 2.0e-3
"""Mass of a bevel differential with its cage over the output torque [kg/Nm]. Assumed: about 7 kg for 3,500 Nm."""
BEARING_FILL = 0.55
"""Share of the ring between bore and outside diameter of a bearing that is steel; its width is taken as half of
(outside - bore). Assumed: a 6208 (40 x 80 x 18 mm) weighs 0.37 kg."""
RIBS = 1.25
"""Aluminium of ribs, bosses and flanges over that of the plain walls. Assumed."""
WALL_FIXED, WALL_SHARE = 4.5e-3, 0.005
"""Wall thickness 4.5 mm + 0.005 of the length, a rule of studies of two-stage helical gearboxes, as in TUMFTM's
Holistic-Electric-Powertrain-Component-Design."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GearMass:
    """Masses of a gearbox [kg].

    Parameters
    ----------
    wheels, shafts, bearings, differential, housing : float
        By rule.
    total : float
        Their sum, or the mass that the Design gives.

    """

    wheels: float
    shafts: float
    bearings: float
    differential: float
    housing: float
    total: float


def mass(gearbox: Gearbox) -> GearMass:
    """Return the mass of a gearbox by its parts.

    Wheels are cylinders of the pitch diameter, pinions full, wheels to 0.65; the housing is a box around them with
    ribs. The rules hold for drive units of cars; no published weighing was found to check their sum against, so that
    20 % either way is to be expected. Oil is not in it.
    """
    parts = _planetary(gearbox) if isinstance(gearbox, PlanetaryGearbox) else _parallel(gearbox)
    total = sum(parts.values())
    return GearMass(total=total if gearbox.mass is None else gearbox.mass, **parts)


def _cylinder(d: float, length: float) -> float:
    return STEEL * pi / 4 * d * d * length


def _bearing_mass(bore: float, outside: float) -> float:
    return BEARING_FILL * STEEL * pi / 4 * (outside**2 - bore**2) * (outside - bore) / 2


def _housing(length: float, height: float, breadth: float) -> float:
    wall = WALL_FIXED + WALL_SHARE * length
    return RIBS * ALUMINIUM * wall * 2 * (length * height + length * breadth + height * breadth)


def _lengths(pairs: tuple[Teeth, ...]) -> list[float]:
    """Return the distances of the bearings of each shaft [m]."""
    lengths = [2 * GAP + pairs[0].b]
    if len(pairs) == 2:
        lengths.append(2 * GAP + pairs[0].b + BETWEEN + pairs[1].b)
    return [*lengths, CAGE + pairs[-1].b + BESIDE]


def _parallel(g: ParallelGearbox) -> dict[str, float]:
    pairs, diameters = meshes(g), shaft_diameters(g)
    wheels = sum(_cylinder(t.d_w1, t.b) + FILL * _cylinder(t.d_w2, t.b) for t in pairs)
    lengths = _lengths(pairs)
    shafts = sum(HOLLOW * _cylinder(d, each) for d, each in zip(diameters, lengths, strict=True))
    bearing = sum(each.number * _bearing_mass(each.bore, each.outside) for each in bearings(g))
    reach = sum(t.a for t in pairs) if g.arrangement == "offset" else pairs[0].a
    length = pairs[0].d_a1 / 2 + reach + max(t.d_a2 for t in pairs) / 2
    height = max(t.d_a2 for t in pairs)
    gap = 2 * GAP
    return {
        "wheels": wheels,
        "shafts": shafts,
        "bearings": bearing,
        "differential": DIFFERENTIAL * g.max_torque * ratio(g),
        "housing": _housing(length + gap, height + gap, max(lengths) + gap),
    }


def _planetary(g: PlanetaryGearbox) -> dict[str, float]:
    sun, ring = meshes(g)
    ring_outside = -ring.d_2 + 6 * ring.m_n
    carrier = 2 * sun.a + 0.6 * sun.d_2
    ring_mass = _cylinder(ring_outside, ring.b) - _cylinder(-ring.d_2, ring.b)
    sides = 2 * FILL * _cylinder(carrier, 0.008)
    bearing = sum(
        count * each.number * _bearing_mass(each.bore, each.outside)
        for count, each in zip((1, g.planets, 1), g.bearings, strict=True)
    )
    outside = max(ring_outside, 2 * sun.a + sun.d_a2)
    breadth = sun.b + (ring.b if g.large_teeth != g.small_teeth else 0.0) + 4 * GAP
    return {
        "wheels": _cylinder(sun.d_1, sun.b) + g.planets * planet_mass(g) + ring_mass,
        "shafts": sides,
        "bearings": bearing,
        "differential": DIFFERENTIAL * g.max_torque * ratio(g),
        "housing": RIBS * ALUMINIUM * WALL_FIXED * (pi * outside * breadth + 2 * pi / 4 * outside**2),
    }


def inertia(gearbox: Gearbox) -> float:
    """Return the inertia of a gearbox at its input shaft [kg m2], half shafts and wheels of the car not in it.

    Every gear turns at its own speed: the sum of J (w / w_input)^2 over them; at the output shaft it is ``ratio``^2
    times as much. Gears are cylinders filled as in :func:`mass`; the differential counts as a cylinder of half the last
    wheel's diameter.
    """
    if gearbox.inertia is not None:
        return gearbox.inertia
    i_total = ratio(gearbox)
    if isinstance(gearbox, PlanetaryGearbox):
        sun = meshes(gearbox)[0]
        each = planet_mass(gearbox)
        spin = (1 - 1 / i_total) * gearbox.sun_teeth / gearbox.large_teeth
        planets = gearbox.planets * (each * (sun.a / i_total) ** 2 + each * sun.d_2**2 / 8 * spin**2)
        carried = DIFFERENTIAL * gearbox.max_torque * i_total * sun.a**2 / 2 / i_total**2
        return _cylinder(sun.d_1, sun.b) * sun.d_1**2 / 8 + planets + carried
    total, speed = 0.0, 1.0
    for t in meshes(gearbox):
        total += _cylinder(t.d_w1, t.b) * t.d_w1**2 / 8 * speed**2
        speed /= t.u
        total += FILL * _cylinder(t.d_w2, t.b) * t.d_w2**2 / 8 * speed**2
    last = meshes(gearbox)[-1].d_w2
    return total + DIFFERENTIAL * gearbox.max_torque * i_total * (last / 2) ** 2 / 8 * speed**2
