"""What a unit may be heard by: force orders against the stator's modes, gear orders beside machine orders, ripple."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd, pi, sqrt

import numpy as np
from scipy.interpolate import RegularGridInterpolator

from coaxle.design import gearbox as gears
from coaxle.design.edu.checks.check import RULE, Case, Check, at_least, at_most, rpm
from coaxle.design.machine.facts import MachineFacts
from coaxle.materials import steel

APART = 1.2
"""Frequency of a mode over that of the force that drives it, at least."""
ORDERS_APART = 0.03
"""Of an order: mesh and machine nearer than that beat with one another and are heard as one."""
RIPPLE = 0.10
"""Of the torque, peak to peak."""
MODES = "Jordan, Geraeuscharme Elektromotoren, 1950; Gieras, Wang, Lai, Noise of Polyphase Electric Motors, 2006, ch. 5"


def noise_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of forces, orders and ripple."""
    yield from _modes(case)
    yield _coincidence(case)
    yield from _ripple(case)


def force_order(pole_pairs: int, slots: int) -> int:
    """Return the lowest order around the gap, above 0, of the radial forces between poles and slots: gcd(2 p, Q)."""
    return gcd(2 * pole_pairs, slots)


def ring_mode(order: int, radius: float, height: float, young: float, mass: float) -> float:
    """Return the frequency [Hz] of a mode of a thin ring in its plane.

    Order 0: w^2 = E h / (m'' R^2); order r >= 2: w^2 = E h^3 / (12 m'' R^4) r^2 (r^2 - 1)^2 / (r^2 + 1) with m'' the
    mass that moves per area of the ring's middle. An order of 1 is a motion of the whole: 0.

    Parameters
    ----------
    order : int
        Waves around.
    radius, height : float
        Of the ring's middle; radial thickness [m].
    young : float
        [Pa].
    mass : float
        Per area of the middle [kg/m2].

    """
    if order == 0:
        return sqrt(young * height / mass) / radius / (2 * pi)
    bending = young * height**3 / (12 * mass * radius**4)
    return sqrt(bending * order**2 * (order**2 - 1) ** 2 / (order**2 + 1)) / (2 * pi)


def stator_mode(known: MachineFacts, order: int) -> float:
    """Return the frequency [Hz] of a mode of the stator: its yoke as a ring that carries teeth and winding as mass."""
    sheet = steel(known.stator_steel)
    radius = 0.5 * (known.stator_outer - known.yoke_height)
    area = 2 * pi * radius * known.stack
    carried = known.masses["stator-teeth"] + known.masses["stator-copper-active"]
    mass = (known.masses["stator-yoke"] + carried) / area
    return ring_mode(order, radius, known.yoke_height, sheet.young * known.stacking, mass)


def _modes(case: Case) -> Iterator[Check]:
    known = case.unit.facts
    electrical = float(np.max(case.unit.operation.points.frequency))
    order = force_order(known.pole_pairs, known.slots)
    at = f"machine of {2 * known.pole_pairs} poles and {known.slots} slots, {rpm(known.max_speed)}"
    if order == 1:
        yield at_least(
            "lowest radial force order",
            1.0,
            2.0,
            "",
            f"one-sided pull that turns, {at}; bearings and shaft carry it",
            "gcd of poles and slots",
        )
    else:
        yield at_least(
            "stator mode of the lowest radial force",
            stator_mode(known, order),
            APART * 2 * electrical,
            "Hz",
            f"order {order} = gcd(2 p, Q), driven at twice the electrical frequency, {at}; free yoke, no housing",
            MODES,
        )
    breathing = stator_mode(known, 0)
    meets = breathing / (6 * known.pole_pairs) * 2 * pi
    yield at_least(
        "stator mode of order 0",
        breathing,
        6 * electrical,
        "Hz",
        f"driven at six times the electrical frequency: met at {rpm(meets)}; free yoke, no housing",
        MODES,
    )


def machine_orders(known: MachineFacts) -> dict[str, float]:
    """Return the orders that a machine excites in a turn of its shaft: six- and twelvefold, and slots."""
    p = known.pole_pairs
    return {"6 p": 6.0 * p, "12 p": 12.0 * p, "slots": float(known.slots)}


def _coincidence(case: Case) -> Check:
    """Return how far the nearest mesh order, or twice it, is from a machine order."""
    known = case.unit.facts
    pairs = [
        (abs(times * mesh.order / order - 1.0), times, mesh, name, order)
        for mesh in gears.orders(case.unit.parts.gearbox)
        for times in (1, 2)
        for name, order in machine_orders(known).items()
    ]
    apart, times, mesh, name, order = min(pairs, key=lambda pair: pair[0])
    twice = "twice " if times == 2 else ""
    told = ", ".join(f"{each.mesh} {each.order:.2f}" for each in gears.orders(case.unit.parts.gearbox))
    return at_least(
        "mesh orders apart from machine orders",
        apart,
        ORDERS_APART,
        "",
        f"nearest: {twice}{mesh.mesh}, {times * mesh.order:.2f}, beside {name}, {order:.0f}; meshes {told} a turn of "
        "the machine",
        f"{RULE}: 3 % of an order apart",
    )


def _ripple(case: Case) -> Iterator[Check]:
    unit, points = case.unit, case.unit.operation.points
    v, s, t = case.peak
    here = (points.i_d[v, s, t], points.i_q[v, s, t], points.i_f[v, s, t])
    yield _rippling(case, "torque ripple at peak torque", here, float(points.torque[v, s, t]), s)
    s = case.lasting
    torque = min(float(unit.endurance.continuous[s]), float(points.torque[v, s, -1]))
    if torque > 0:
        last = tuple(case.at_continuous(table)[s] for table in (points.i_d, points.i_q, points.i_f))
        yield _rippling(case, "torque ripple at continuous torque", last, torque, s)


def _rippling(case: Case, name: str, currents: tuple[float, ...], torque: float, speed: int) -> Check:
    ripple, at = ripple_at(case, currents), rpm(float(case.unit.operation.speed[speed]))
    return at_most(
        name,
        ripple / torque,
        RIPPLE,
        "",
        f"{ripple:.1f} Nm peak to peak of {torque:.0f} Nm in the air gap, {at}",
        RULE,
    )


def ripple_at(case: Case, currents: tuple[float, ...]) -> float:
    """Return the ripple of the flux map at i_d, i_q, i_f, linear between its nodes [Nm]."""
    flux = case.unit.flux
    axes = [flux.i_d, flux.i_q, flux.i_f]
    given = (currents[0], abs(currents[1]), currents[2])
    inside = [float(np.clip(i, axis[0], axis[-1])) for i, axis in zip(given, axes, strict=True)]
    table, kept = flux.ripple, [n for n in range(3) if axes[n].size > 1]
    table = table.reshape([axes[n].size for n in kept])
    return float(RegularGridInterpolator([axes[n] for n in kept], table)([inside[n] for n in kept])[0])
