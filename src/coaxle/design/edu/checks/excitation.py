"""A wound rotor's field: its density of current, its rings, what a stator short circuit does to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import root

from coaxle.design.edu.checks.check import RULE, Case, Check, at_most, rpm
from coaxle.design.edu.checks.field import Probe, probe, ramp
from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array

DENSE, DENSE_SHORTLY = 15e6, 30e6
"""Of the field's current, for ever and for some ten seconds, with oil on the ends [A/m2]."""
RING_SPEED = 45.0
"""That carbon brushes stand for long [m/s]."""
TEST_VOLTAGE = 1500.0
"""Least with which the insulation of a field winding is tested [V]."""
IEC_FIELD = "IEC 60034-1, 9.2: field windings are tested with 10 times their voltage, 1500 V at least"
SURGE = 10.0
"""Of a rectifier's mean current, that its diodes bear for half a wave."""


def excitation_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of the field winding; none for machines without one."""
    unit, known = case.unit, case.unit.facts
    supply, turning = unit.parts.unit.supply, known.rotor_winding
    if known.kind != "eesm" or supply is None or turning is None:
        return
    points, area = unit.operation.points, turning.conductor_area
    lasting = float(np.max(case.at_continuous(points.i_f)))
    for name, current, allowed in (
        ("field current density, peak", float(np.max(points.i_f)), DENSE_SHORTLY),
        ("field current density, continuous", lasting, DENSE),
    ):
        yield at_most(
            name, 1e-6 * current / area, 1e-6 * allowed, "A/mm2", f"{current:.1f} A in {area * 1e6:.2f} mm2", RULE
        )
    if supply.kind == "brushes":
        across = known.rotor_inner
        yield at_most(
            "slip rings, speed",
            0.5 * across * known.max_speed,
            RING_SPEED,
            "m/s",
            f"rings as wide as the shaft, {across * 1e3:.0f} mm, {rpm(known.max_speed)}",
            "makers' tables of electrographite brushes, 40 to 50 m/s",
        )
    solved = probe(unit.parts.machine, case.settings.flux, unit.parts.unit.conditions.rotor, case.where)
    yield from _shorted(case, solved, supply.current)


def _shorted(case: Case, solved: Probe, rated: float) -> Iterator[Check]:
    """Yield what a short circuit of the stator does to the field: current through its supply, voltage across it."""
    unit, known = case.unit, case.unit.facts
    points = unit.operation.points
    scale, most = float(np.max(points.current)), float(np.max(points.i_f))
    found = surge(case, solved)
    yield at_most(
        "field current at a stator short circuit",
        found.i_f,
        SURGE * rated,
        "A",
        f"peak, from {most:.1f} A, at {rpm(found.speed)}, the linkage of the field kept; through the diodes of its "
        "supply",
        f"{RULE}: diodes bear ten times their mean current for half a wave",
    )
    supply = unit.parts.unit.supply
    assert supply is not None
    clamped = supply.voltage_drop + (float(unit.operation.voltage[-1]) if supply.kind == "brushes" else 0.0)
    w = known.pole_pairs * known.max_speed
    at = (case.rated, -1, -1)
    before = (float(points.i_d[at]), float(points.i_q[at]), float(points.i_f[at]))
    yield at_most(
        "field voltage at a stator short circuit",
        clamped,
        TEST_VOLTAGE,
        "V",
        "what the diodes of the supply let through, for the induced current flows their way; an open field would see "
        f"{open_voltage(solved, before, scale, w) / 1e3:.1f} kV at {rpm(known.max_speed)}",
        IEC_FIELD,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """Peak currents of stator and field [A] half a turn after a short circuit, at the speed where they are largest."""

    current: float
    i_f: float
    speed: float


def surge(case: Case, solved: Probe) -> Surge:
    """Return the surge of a wound rotor, computed once."""
    if "surge" not in case.kept:
        case.kept["surge"] = _surge(case, solved)
    found: Surge = case.kept["surge"]
    return found


def _surge(case: Case, solved: Probe) -> Surge:
    """Return the surge of a wound rotor: with all that was linked at rated voltage, less what dies away in half a turn.

    psi_s before it is the largest in use at a speed. It stands still and falls as exp(-R t / L'), L' = 2 psi_0 / i the
    secant of the solution without decay, which has i ~ psi_s (1 + exp(-pi R / (w L'))) / L' half a turn later.
    """
    unit, points = case.unit, case.unit.operation.points
    scale, most = float(np.max(points.current)), float(np.max(points.i_f))
    i_d, i_f = kept_linkages(solved, scale, most)
    full = float(solved.at(*ramp(0.0, 0.0, most)).psi_d[-1])
    linked = np.hypot(points.psi_d[case.rated], points.psi_q[case.rated]).max(axis=1)
    w = unit.facts.pole_pairs * points.speed
    left = after_half_a_turn(unit.terms.resistance, 2.0 * full / abs(i_d), w)
    share = linked / full * 0.5 * (1.0 + left)
    worst = int(np.argmax(share))
    return Surge(
        current=abs(i_d) * float(share[worst]),
        i_f=most + (i_f - most) * float(share[worst]),
        speed=float(points.speed[worst]),
    )


def after_half_a_turn(resistance: float, inductance: float, w: Array) -> Array:
    """Return the share of a linkage that is left of a shorted winding after half an electrical turn at ``w`` (S,)."""
    turning = w > 0
    return np.where(turning, np.exp(-np.pi * resistance / inductance / np.where(turning, w, 1.0)), 0.0)


def open_voltage(solved: Probe, before: tuple[float, float, float], scale: float, w: float) -> float:
    """Return the peak voltage [V] of a field whose current stays, shorted from currents ``before`` at speed ``w``.

    The stator's linkage stands still as the rotor turns, so that psi_d swings between its modulus and the negative of
    that, and psi_f with it: Delta psi_f (1 - cos w t) / 2, of which w Delta psi_f / 2 is the steepest slope.
    """
    i_f = before[2]
    start = solved.at(*ramp(*before))
    psi = float(np.hypot(start.psi_d[-1], start.psi_q[-1]))
    i_d = np.concatenate([scale * np.linspace(0.6, 0.0, 4), -scale * np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0])])
    line = solved.at(i_d, 0.0 * i_d, i_f)
    order = np.argsort(line.psi_d)
    high, low = np.interp([psi, -psi], line.psi_d[order], line.psi_f[order])
    return 0.5 * w * float(high - low)


def kept_linkages(solved: Probe, scale: float, i_f: float) -> tuple[float, float]:
    """Return i_d < 0 and i_f [A] half a turn after a short circuit from no load, stator and field closed.

    psi_d = -psi_d0 while psi_f = psi_f0, i_q = 0: nothing has died away. Newton's rule from the linear machine.

    Raises
    ------
    ComputationError
        Where no such currents are found.

    """
    small = 0.02
    at = solved.at(np.array([0.0, -small * scale, 0.0]), np.zeros(3), i_f * np.array([1.0, 1.0, 1.0 - small]))
    psi_d, psi_f = float(at.psi_d[0]), float(at.psi_f[0])

    def missed(x: Array) -> Array:
        share = np.linspace(0.0, 1.0, 5)
        found = solved.at(share * x[0] * scale, 0.0 * share, i_f * (1 + share * (x[1] - 1)))
        return np.array([found.psi_d[-1] / psi_d + 1.0, found.psi_f[-1] / psi_f - 1.0])

    l_d, m_f = (at.psi_d[0] - at.psi_d[1]) / (small * scale), (at.psi_d[0] - at.psi_d[2]) / (small * i_f)
    m_d, l_f = (at.psi_f[0] - at.psi_f[1]) / (small * scale), (at.psi_f[0] - at.psi_f[2]) / (small * i_f)
    step = np.linalg.solve(np.array([[l_d, m_f], [m_d, l_f]]), np.array([-2 * psi_d, 0.0]))
    found = root(missed, np.array([step[0] / scale, 1 + step[1] / i_f]), options={"xtol": 1e-4, "eps": 1e-4})
    if not float(np.max(np.abs(found.fun))) < 1e-2:
        raise ComputationError(f"field current at a short circuit: {found.message}")
    return scale * float(found.x[0]), i_f * float(found.x[1])
