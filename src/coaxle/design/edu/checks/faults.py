"""What happens when the inverter shorts the machine, or lets go of it, at speed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator, RectBivariateSpline
from scipy.optimize import brentq

from coaxle.design import gearbox as gears
from coaxle.design.edu.checks.check import Case, Check, at_most, rpm
from coaxle.design.edu.checks.excitation import Surge, surge
from coaxle.design.edu.checks.field import Probe, probe
from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array

COLD = 293.15
"""At which magnets give their most in a car that has just started [K]."""
SURGE = 2.0
"""Of a module's rated current, that it bears for a millisecond."""
SURGE_SOURCE = "repetitive peak current of power modules: twice the rated one for 1 ms (data sheets)"
DOUBLINGS = 5
"""Of the current, to find the one that a short circuit asks for."""
_POINTS = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A short circuit of all three phases from no load.

    Parameters
    ----------
    flux : float
        Linkage before it [Wb].
    steady, worst : float
        Current that lasts at high speed, where psi = 0, and the largest on the way there: psi_d = -flux, i_q = 0 [A].
    torque : float
        Largest steady braking torque over all speeds [Nm].
    speed : float
        Of the shaft, at which it brakes so with a phase resistance of 1 Ohm; it goes with resistance [rad/s].

    """

    flux: float
    steady: float
    worst: float
    torque: float
    speed: float


def fault_of(solved: Probe, scale: float, i_f: float = 0.0) -> Fault | None:
    """Return the short circuit of a machine whose currents are of the order of ``scale`` [A]; None without flux.

    Resistance is left aside but where it sets the speed of the largest braking torque. The field current stays as it
    is.

    Raises
    ------
    ComputationError
        Where no current up to 32 times ``scale`` brings the linkage down.

    """
    for doubling in range(DOUBLINGS + 1):
        i_d = -scale * 2.0**doubling * np.linspace(0.0, 1.0, _POINTS)
        psi = solved.at(i_d, 0.0 * i_d, i_f).psi_d
        if abs(psi[0]) < 1e-6:
            return None
        if psi[-1] <= -psi[0]:
            break
    else:
        raise ComputationError(f"short circuit: {-i_d[-1]:.0f} A do not turn the linkage of {psi[0]:.3f} Wb over")
    steady, worst = (crossing(-i_d, psi, level) for level in (0.0, -psi[0]))
    torque, rate = braking(solved, steady, i_f)
    return Fault(flux=float(psi[0]), steady=steady, worst=worst, torque=torque, speed=rate)


def crossing(current: Array, psi: Array, level: float) -> float:
    """Return the current [A] at which a falling linkage (n,) meets ``level``."""
    curve = PchipInterpolator(current, psi)
    return float(brentq(lambda i: float(curve(i)) - level, current[0], current[-1]))


def braking(solved: Probe, steady: float, i_f: float) -> tuple[float, float]:
    """Return the largest braking torque [Nm] of a shorted machine, and the speed of the shaft for it at 1 Ohm."""
    i_d, i_q = -steady * np.linspace(1.0, 0.0, 7), steady * np.linspace(0.0, 1.1, 6)
    lines = [solved.at(np.full(i_q.size, d), i_q, i_f) for d in i_d]
    psi_d, psi_q = np.stack([line.psi_d for line in lines]), np.stack([line.psi_q for line in lines])
    return locus(i_d, i_q, psi_d, psi_q, solved.ready.facts.pole_pairs)


def locus(i_d: Array, i_q: Array, psi_d: Array, psi_q: Array, pole_pairs: int) -> tuple[float, float]:
    """Return the largest torque [Nm] of a shorted machine over its speeds, and the speed for it at 1 Ohm [rad/s].

    R i_d = w psi_q and R i_q = -w psi_d mean i_d psi_d + i_q psi_q = 0: a curve that does not know R. Along it
    tau = 3/2 n_p (psi_d i_q - psi_q i_d) and w = R |i_q / psi_d|. Given on i_d <= 0 (D,) and i_q >= 0 (Q,), the mirror
    image of where a machine brakes.
    """
    d_spline = RectBivariateSpline(i_d, i_q, psi_d, kx=3, ky=3)
    q_spline = RectBivariateSpline(i_d, i_q, psi_q, kx=3, ky=3)
    fine_d, fine_q = np.linspace(i_d[0], i_d[-1], 121)[1:-1], np.linspace(i_q[0], i_q[-1], 241)
    flux_d, flux_q = d_spline(fine_d, fine_q), q_spline(fine_d, fine_q)
    turning = fine_d[:, None] * flux_d + fine_q * flux_q
    torque, speed = 0.0, 0.0
    for row in range(fine_d.size):
        above = np.flatnonzero((turning[row, :-1] < 0) & (turning[row, 1:] >= 0))
        if above.size == 0:
            continue
        k = int(above[0])
        share = turning[row, k] / (turning[row, k] - turning[row, k + 1])
        q, x, y = (table[k] + share * (table[k + 1] - table[k]) for table in (fine_q, flux_d[row], flux_q[row]))
        here = 1.5 * pole_pairs * float(x * q - y * fine_d[row])
        if here > torque and x > 0:
            torque, speed = here, float(q / x) / pole_pairs
    return torque, speed


def fault_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of short circuit and of uncontrolled generation, for machines that have flux of their own."""
    unit, known = case.unit, case.unit.facts
    if known.kind == "induction" or (known.kind == "synrm" and known.magnet is None):
        return
    wound = known.kind == "eesm"
    i_f = float(unit.flux.i_f[-1])
    scale = float(np.max(unit.operation.points.current))
    solved = probe(unit.parts.machine, case.settings.flux, unit.parts.unit.conditions.rotor, case.where)
    fault = fault_of(solved, scale, i_f)
    if fault is not None:
        kept = "field current kept" if wound else "magnets warm"
        yield from _shorted(case, fault, f"{kept}, {i_f:.1f} A" if wound else kept)
        yield _surge(case, surge(case, solved) if wound else fault)
    yield from (_let_go_wound(case) if wound else _let_go(case))


def _shorted(case: Case, fault: Fault, state: str) -> Iterator[Check]:
    unit = case.unit
    inverter = unit.parts.inverter
    yield at_most(
        "short circuit, steady current",
        fault.steady,
        inverter.max_current,
        "A",
        f"peak, {state}; psi = 0, at high speed",
        "rating of the inverter, which must carry it for as long as the car rolls",
    )
    turns = rpm(fault.speed * unit.terms.resistance)
    yield at_most(
        "short circuit, braking torque",
        fault.torque,
        unit.parts.gearbox.max_torque,
        "Nm",
        f"largest over speeds, at {turns} of the machine, {state}; "
        f"{fault.torque * gears.ratio(unit.parts.gearbox):.0f} Nm at the wheels",
        "torque for which the gears are made",
    )


def _surge(case: Case, found: Surge | Fault) -> Check:
    """Return the largest current on the way to the steady one."""
    unit = case.unit
    if isinstance(found, Fault):
        current, note = found.worst, f"psi_d = -{found.flux:.3f} Wb at i_q = 0, magnets warm; resistance left aside"
    else:
        current = found.current
        note = f"half a turn later at {rpm(found.speed)}, the linkage of the field kept; letting go is the safer answer"
    return at_most(
        "short circuit, largest current",
        current,
        SURGE * unit.device.rated_current * unit.parts.inverter.parallel,
        "A",
        note,
        SURGE_SOURCE,
    )


def _blocks(case: Case) -> float:
    given = case.unit.parts.inverter.device_voltage
    return case.unit.device.max_voltage if given is None else given


def line_voltage(psi: float, pole_pairs: int, w_m: float) -> float:
    """Return the peak of the voltage between two terminals [V] of an open machine: sqrt(3) n_p w_m psi."""
    return float(np.sqrt(3.0) * pole_pairs * w_m * psi)


def _let_go(case: Case) -> Iterator[Check]:
    """Yield the voltage of magnets at highest speed, cold, with the battery off."""
    unit, known = case.unit, case.unit.facts
    assert known.magnet is not None
    warm = unit.parts.unit.conditions.rotor
    kelvin = min(COLD, warm)
    solved = probe(unit.parts.machine, case.settings.flux, kelvin, case.where)
    psi = float(solved.at(0.0, 0.0).psi_d[0])
    mapped = float(unit.flux.psi_d[np.argmin(np.abs(unit.flux.i_d)), 0, 0])
    yield at_most(
        "uncontrolled generation",
        line_voltage(psi, known.pole_pairs, known.max_speed),
        _blocks(case),
        "V",
        f"line to line, peak, {rpm(known.max_speed)}; psi = {psi:.4f} Wb at {kelvin - 273.15:.0f} degC "
        f"({mapped:.4f} Wb at {warm - 273.15:.0f} degC); battery switched off",
        f"blocking voltage of {unit.device.name}",
    )


def _let_go_wound(case: Case) -> Iterator[Check]:
    """Yield the voltages of a wound rotor: field off for long, and in the moment when the inverter lets go."""
    unit, known = case.unit, case.unit.facts
    flux, points = unit.flux, unit.operation.points
    zero = int(np.argmin(np.abs(flux.i_d)))
    psi = flux.psi_d[zero, 0, :]
    yield at_most(
        "uncontrolled generation, de-excited",
        line_voltage(abs(float(psi[0])), known.pole_pairs, known.max_speed),
        _blocks(case),
        "V",
        f"line to line, peak, {rpm(known.max_speed)}; psi = {psi[0]:.4f} Wb at i_f = 0, remanence of the iron aside",
        f"blocking voltage of {unit.device.name}",
    )
    i_f = np.nanmax(points.i_f, axis=(0, 2))
    volts = np.array(
        [line_voltage(p, known.pole_pairs, w) for p, w in zip(np.interp(i_f, flux.i_f, psi), points.speed, strict=True)]
    )
    worst = int(np.argmax(volts))
    yield at_most(
        "uncontrolled generation, field not yet down",
        float(volts[worst]),
        _blocks(case),
        "V",
        f"line to line, peak, {rpm(float(points.speed[worst]))}, i_f = {i_f[worst]:.1f} A, the largest in use there; "
        "battery and inverter switched off",
        f"blocking voltage of {unit.device.name}",
    )
