"""How hard copper, iron and pulses are worked, and how hot it gets."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np

from coaxle.design import inverter as inv
from coaxle.design.edu.checks.check import RULE, Case, Check, at_least, at_most, rpm
from coaxle.design.edu.checks.field import Linked, probe, ramp
from coaxle.design.machine.flux.build import areas
from coaxle.design.machine.section import SectorMesh
from coaxle.design.thermal import steady
from coaxle.materials import steel
from coaxle.numerics.arrays import Array

PULSES = 9.0
"""Below which pulses must run in step with the turn, and sinusoidal averages no longer hold."""
DENSE = {"jacket": 12e6, "spray": 20e6, "jacket-and-spray": 20e6}
"""Current density (rms) that lasts, by cooling [A/m2]: machines of cars with a jacket, or with oil on the ends."""
DENSE_SHORTLY = 35e6
"""For some ten seconds [A/m2]: copper then warms by about 10 K/s."""
FILL = {"hairpin": 0.75, "round-wire": 0.50}
"""Copper over the slot's area that is made in series."""
TEETH, YOKE = 100e3, 30e3
"""Field strengths at which teeth and yoke are full [A/m]: 0.13 T beside a tooth, in the slot, which no formula of
winding loss counts; in a yoke some 2 kA over a pole pitch, as much as a slot or two carry."""
SECONDS = 10.0
"""For which a peak must last."""


def load_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of pulses, current density, slot fill, flux density, temperature and endurance."""
    yield _pulses(case)
    yield from _copper(case)
    yield from _iron(case)
    yield from _heat(case)


def _pulses(case: Case) -> Check:
    unit = case.unit
    frequency = float(np.max(unit.operation.points.frequency))
    number = float(inv.pulse_number(unit.parts.inverter, frequency))
    return at_least(
        "pulse number at highest speed",
        number,
        PULSES,
        "",
        f"{unit.parts.inverter.switching_frequency:.0f} Hz over {frequency:.0f} Hz, {rpm(unit.facts.max_speed)}",
        "asynchronous modulation wants 9 to 10 pulses a turn",
    )


def _copper(case: Case) -> Iterator[Check]:
    unit, wound = case.unit, case.unit.facts.winding
    bare = wound.conductor_height * wound.conductor_width
    if wound.style == "round-wire":
        bare *= np.pi / 4 * wound.strands
    area = bare * wound.parallel_paths
    current = unit.operation.points.current
    lasting = float(np.max(case.at_continuous(current)))
    for name, peak, allowed in (
        ("stator current density, peak", float(np.max(current)), DENSE_SHORTLY),
        ("stator current density, continuous", lasting, DENSE[unit.parts.cooling.kind]),
    ):
        yield at_most(
            name,
            1e-6 * peak / np.sqrt(2) / area,
            1e-6 * allowed,
            "A/mm2",
            f"rms; {peak / np.sqrt(2):.0f} A in {area * 1e6:.1f} mm2 a phase",
            f"{RULE}, by cooling",
        )
    yield at_most(
        "slot fill",
        wound.slot_fill,
        FILL[wound.style],
        "",
        f"copper over the slot, {wound.style}",
        f"{RULE}: what is wound in series",
    )


def _iron(case: Case) -> Iterator[Check]:
    """Yield mean flux densities of the fullest tooth and of the fullest cut of the yoke at peak torque."""
    unit, known = case.unit, case.unit.facts
    if known.kind == "induction":
        return
    at, points = case.peak, unit.operation.points
    i_d, i_q, i_f = float(points.i_d[at]), float(points.i_q[at]), float(points.i_f[at])
    solved = probe(unit.parts.machine, case.settings.flux, unit.parts.unit.conditions.rotor, case.where)
    found = solved.at(*ramp(i_d, i_q, i_f), fields=True)
    tooth, yoke = fullest(solved.ready.mesh, found)
    sheet = steel(known.stator_steel)
    for name, b, h in (("flux density, teeth", tooth, TEETH), ("flux density, yoke", yoke, YOKE)):
        yield at_most(
            name,
            b / known.stacking,
            np.interp(h, sheet.h, sheet.b),
            "T",
            f"mean over a cut of the sheets, {points.torque[at]:.0f} Nm at {rpm(float(points.speed[at[1]]))}",
            f"{RULE}: {h / 1e3:.0f} kA/m in {sheet.name}",
        )


def fullest(mesh: SectorMesh, found: Linked) -> tuple[float, float]:
    """Return the largest mean flux density of a tooth, radial, and of a cut of the yoke, along the circle [T].

    Of a tooth the middle half of its depth counts; of the yoke the part behind each slot or tooth.
    """
    assert found.b is not None
    section, first = mesh.section, mesh.stator_triangles
    middle = mesh.nodes[mesh.triangles[:first]].mean(axis=1)
    radius, angle = np.hypot(*middle.T), np.arctan2(middle[:, 1], middle[:, 0])
    b = found.b[:, -1, :first]
    outward = b[..., 0] * np.cos(angle) + b[..., 1] * np.sin(angle)
    around = b[..., 1] * np.cos(angle) - b[..., 0] * np.sin(angle)
    weight, region = areas(mesh)[:first], mesh.region[:first]
    teeth, yokes = 0.0, 0.0
    pitch = section.angle / section.slots
    for number, each in enumerate(section.regions):
        mine = region == number
        if each.part == "stator-tooth" and mine.any():
            low, high = radius[mine].min(), radius[mine].max()
            for side in (angle < _middle(angle[mine]), angle >= _middle(angle[mine])):
                core = mine & side & (np.abs(radius - 0.5 * (low + high)) < 0.25 * (high - low))
                if core.any():
                    teeth = max(teeth, _mean(outward, weight, core))
        elif each.part == "stator-yoke" and mine.any():
            for quarter in range(4):
                start = angle[mine].min() + 0.25 * quarter * pitch
                cut = mine & (angle >= start) & (angle < start + 0.25 * pitch)
                if cut.any():
                    yokes = max(yokes, _mean(around, weight, cut))
    return teeth, yokes


def _middle(angle: Array) -> float:
    return float(0.5 * (angle.min() + angle.max()))


def _mean(values: Array, weight: Array, mine: Array) -> float:
    """Return the largest over positions of the modulus of a mean over ``mine``."""
    return float(np.max(np.abs(values[:, mine] @ weight[mine]) / weight[mine].sum()))


def _heat(case: Case) -> Iterator[Check]:
    unit = case.unit
    net, rated = unit.endurance.network, unit.endurance.ratings
    lasting = rated.torque[rated.row(inf)]
    kelvin = steady(net, unit.endurance.losses.along(lasting))[:, 0]
    cold = net.cold(rated.speed)
    hottest = cold + net.hot_spot * (kelvin - cold)
    for n, node in enumerate(net.nodes):
        if np.isfinite(net.limit[n]):
            worst = int(np.argmax(hottest[:, n]))
            given = (
                f"{lasting[worst]:.0f} Nm for ever" if lasting[worst] > 0 else "no torque, which does not last either,"
            )
            yield at_most(
                f"temperature of {node}, continuous",
                round(float(hottest[worst, n]) - 273.15, 2),
                float(net.limit[n]) - 273.15,
                "degC",
                f"hottest point, {given} at {rpm(float(rated.speed[worst]))}",
                "limit of the cooling's Design",
            )
    shaft = unit.operation.torque[case.rated, :, -1] - unit.operation.drag
    shortly = rated.torque[rated.row(SECONDS)]
    turning = rated.speed > 0
    share = np.where(turning & (shaft > 0), shortly / np.maximum(shaft, 1e-9), inf)
    worst = int(np.argmin(share))
    yield at_least(
        "peak torque for 10 s",
        float(shortly[worst]),
        float(shaft[worst]) * (1 - 1e-6),
        "Nm",
        f"from warm, at {rpm(float(rated.speed[worst]))}, the speed that can least",
        "torque of the map at rated voltage",
    )
