"""Whether energies close and maps are what physics allows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.integrate import cumulative_simpson

from coaxle.design import gearbox as gears
from coaxle.design.edu.checks.check import Case, Check, at_least, at_most
from coaxle.design.machine.control import LOSSES
from coaxle.maps import FluxMap
from coaxle.numerics.arrays import Array

CLOSES = 1e-3
"""Of the power: what may be missing when all losses are added up."""
FIRST_LAW = "first law of thermodynamics"
RECIPROCAL = 0.01
"""Of the coenergy: what two ways through the currents may differ by, for interpolation between field solutions."""
INVERTER = ("conduction_switch", "conduction_diode", "switching", "recovery", "dead_time", "capacitor", "standby")


def balance_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of energy, of the map's shape and of the flux map's reciprocity."""
    yield _terminals(case)
    yield _closure(case)
    yield _least_loss(case)
    yield _efficiency(case)
    yield _rising(case)
    yield _reciprocity(case)


def _terminals(case: Case) -> Check:
    """Return what 3/2 (u_d i_d + u_q i_q) leaves after torque times speed and the winding's loss."""
    points = case.unit.operation.points
    into = 1.5 * (points.u_d * points.i_d + points.u_q * points.i_q)
    turning = points.torque * points.speed[:, None]
    out = turning + points.copper + points.cage
    scale = np.abs(turning) + points.copper + points.cage + 1.0
    return at_most(
        "power at the machine's terminals",
        100 * float(np.max(np.abs(into - out) / scale)),
        100 * CLOSES,
        "%",
        f"largest of {into.size} points: 3/2 (u_d i_d + u_q i_q) against torque times speed and winding loss",
        FIRST_LAW,
    )


def _closure(case: Case) -> Check:
    """Return how far the map's loss is from its parts, each looked up apart."""
    unit, made = case.unit, case.unit.map
    oil = unit.parts.unit.conditions.oil
    columns = np.unique(np.linspace(0, made.torque.size - 1, case.settings.torques).round().astype(int))
    torque, out = made.torque[columns], made.speed
    lost = gears.losses(unit.parts.gearbox, torque[None, :], out[:, None], oil).total
    shaft = gears.input_torque(unit.parts.gearbox, torque[None, :], out[:, None], oil)
    gap = shaft + unit.operation.drag[:, None]
    parts = [getattr(unit.operation.points, name) for name in LOSSES if name != "inverter"]
    parts += [getattr(unit.operation.inverter, name) for name in INVERTER]
    asked = np.broadcast_to(gap, (made.voltage.size, *gap.shape))
    told = np.sum([unit.operation.at(np.asarray(part), asked) for part in parts], axis=0)
    whole = told + lost + unit.operation.friction[:, None] + unit.parts.unit.standby
    mapped = made.loss[..., columns]
    power = np.abs(torque * out[:, None]) + mapped
    missing = np.where(np.isfinite(mapped), np.abs(mapped - whole) / power, 0.0)
    missing = np.where(np.isfinite(mapped) & ~np.isfinite(whole), np.inf, missing)
    return at_most(
        "energy closes",
        100 * float(missing.max()),
        100 * CLOSES,
        "%",
        f"largest of {int(np.isfinite(mapped).sum())} points of the map: electric power less mechanical power less "
        f"{len(parts)} losses of machine and inverter, gears, friction and standby",
        FIRST_LAW,
    )


def _least_loss(case: Case) -> Check:
    operation = case.unit.operation
    found = {name: getattr(operation.points, name) for name in LOSSES}
    found |= {f"inverter's {name}": getattr(operation.inverter, name) for name in INVERTER}
    found |= {"friction": operation.friction, "map": case.unit.map.loss}
    name, least = min(((name, float(np.nanmin(table))) for name, table in found.items()), key=lambda pair: pair[1])
    return at_least("no negative loss", least, 0.0, "W", f"least of all parts at all points: {name}", FIRST_LAW)


def _efficiency(case: Case) -> Check:
    made = case.unit.map
    turning = made.torque * made.speed[:, None]
    electric = turning + made.loss
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(turning > 0, turning / electric, np.where(electric < 0, electric / turning, 0.0))
    share = np.where(np.isfinite(share), share, 0.0)
    v, s, t = np.unravel_index(int(np.argmax(share)), share.shape)
    return at_most(
        "no efficiency above 1",
        float(share[v, s, t]),
        1.0,
        "",
        f"highest, at {made.voltage[v]:.0f} V, {made.speed[s] * 30 / np.pi:.0f} rpm and {made.torque[t]:.0f} Nm of the "
        "output",
        FIRST_LAW,
    )


def _rising(case: Case) -> Check:
    """Return by how much electric power falls anywhere as driving torque rises."""
    made = case.unit.map
    steps = np.diff((made.torque * made.speed[:, None] + made.loss)[..., made.torque >= 0], axis=-1)
    least = float(np.nanmin(steps))
    return at_least(
        "electric power rises with torque",
        least,
        0.0,
        "W",
        f"least step between two driving torques of {made.torque_step:.0f} Nm, at all voltages and speeds",
        "more torque at one speed costs more power",
    )


def _reciprocity(case: Case) -> Check:
    return at_most(
        "flux map is reciprocal",
        100 * path_difference(case.unit.flux),
        100 * RECIPROCAL,
        "%",
        "coenergy by i_d first and by i_q first, over its largest; every field current",
        "coenergy does not know the way: d psi_d / d i_q = d psi_q / d i_d",
    )


def path_difference(flux: FluxMap) -> float:
    """Return the largest difference of the coenergy by two ways through (i_d, i_q), over its largest change.

    W = 3/2 int (psi_d di_d + psi_q di_q), from the node of i_d nearest 0 and i_q = 0.
    """
    zero = int(np.argmin(np.abs(flux.i_d)))
    by_d = _integral(flux.psi_d, flux.i_d, 0)
    by_d = by_d - by_d[zero : zero + 1]
    by_q = _integral(flux.psi_q, flux.i_q, 1)
    one = by_d[:, :1] + by_q
    other = by_q[zero : zero + 1] + by_d
    scale = float(np.max(np.abs(one)))
    return float(np.max(np.abs(one - other))) / scale if scale > 0 else 0.0


def _integral(table: Array, axis: Array, along: int) -> Array:
    """Return the running integral along an even axis, 0 at its start."""
    return np.asarray(cumulative_simpson(table, x=axis, axis=along, initial=0.0))
