"""What machine and inverter do together: currents of least loss and losses by part over voltage, speed and torque."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from coaxle.design import inverter as inv
from coaxle.design.edu.parts import PartsEdu
from coaxle.design.inverter import Device, Inverter
from coaxle.design.machine.control import ControlSettings, Limits, OperatingPoints, SourceTerms, envelope, least_loss
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.errors import ComputationError, InputError
from coaxle.maps import FluxMap
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.rows import Executor, Threads

EDGE = 1.0 - 1e-5
"""Of the largest torque: where the losses of the envelope are taken, so that the search has room."""
TOLERANCE = 1e-5
"""By which the search may pass a limit, relative."""
HALVINGS = 12
"""Of the torque at which a junction is too hot, to find the one at which it is not."""
CONTROL = 10
"""What binds where it is the unit's own control, beside the words of ``control.Bound``."""
JUNCTION = 11
"""What binds where it is the inverter's temperature."""
_THREADS = Threads(chunk=64)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Drive:
    """A machine with its inverter: all that its operation follows from."""

    name: str
    unit: PartsEdu
    flux: FluxMap
    terms: LossTerms
    inverter: Inverter
    device: Device


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Operation:
    """Operating points over DC voltage (V), speed (S) of the machine's shaft and torque (T) from edge to edge.

    Parameters
    ----------
    voltage : (V,)
        At the DC terminals [V].
    points : OperatingPoints
        Of the machine. Its torques (V, S, T) are even from the least to none and from none to the largest at each
        voltage and speed; they lie in the air gap [Nm].
    inverter : InverterLosses
        Of the same points.
    friction : (S,)
        Bearings and windage [W].
    binds : (V, S)
        What keeps torque from growing: a word of ``control.Bound``, CONTROL or JUNCTION.

    """

    voltage: Array
    points: OperatingPoints
    inverter: inv.InverterLosses
    friction: Array
    binds: Ints

    @property
    def speed(self) -> Array:
        """Speed axis (S,) [rad/s]."""
        return self.points.speed

    @property
    def torque(self) -> Array:
        """Air-gap torques (V, S, T) [Nm]."""
        return self.points.torque

    @property
    def electric(self) -> Array:
        """Loss between DC terminals and air gap (V, S, T) [W]."""
        return np.asarray(self.points.total - self.points.inverter + self.inverter.total)

    @property
    def drag(self) -> Array:
        """Torque of bearings and windage (S,) [Nm]; 0 at rest."""
        return np.where(self.speed > 0, self.friction / np.maximum(self.speed, 1e-9), 0.0)

    def at(self, table: Array, torque: Array) -> Array:
        """Return a table of these points (V, S, T) at other air-gap torques (V, S, N); NaN beyond the envelope.

        Monotone cubic along torque: nothing is carried on, and what never falls between nodes never does between them.
        """
        out = np.full(torque.shape, np.nan)
        for v, s in np.ndindex(*torque.shape[:2]):
            axis, row = self.torque[v, s], table[v, s]
            span = axis[-1] - axis[0]
            inside = (torque[v, s] >= axis[0] - 1e-6 * span) & (torque[v, s] <= axis[-1] + 1e-6 * span)
            axis, first = np.unique(axis, return_index=True)
            if axis.size == 1:
                out[v, s] = np.where(inside, row[first[0]], np.nan)
            else:
                curve = PchipInterpolator(axis, row[first])
                out[v, s] = np.where(inside, curve(np.clip(torque[v, s], axis[0], axis[-1])), np.nan)
        return out


def operate(
    drive: Drive,
    voltage: Array,
    speed: Array,
    torques: int,
    settings: ControlSettings | None = None,
    where: Executor = _THREADS,
) -> Operation:
    """Return the operation of ``drive`` at DC voltages (V,) [V] and speeds (S,) [rad/s] of the machine's shaft.

    ``torques`` nodes lie on either side of none.

    Raises
    ------
    InputError
        Where the machine cannot be held within the voltage at some speed at all.
    ComputationError
        Where a point within the envelope was not found.

    """
    settings = settings or ControlSettings()
    source, limits = _source(drive, voltage), _limits(drive)
    reach = envelope(drive.flux, drive.terms, source, limits, speed, settings, where)
    lost = ~np.isfinite(reach.torque_max) | ~np.isfinite(reach.torque_min)
    if lost.any():
        v, s = np.argwhere(lost)[0]
        raise InputError(
            f"{drive.name}.machine: at {voltage[v]:.0f} V and {speed[s] * 30 / np.pi:.0f} rpm no currents up to "
            f"{limits.current:.0f} A hold its voltage; a lower highest speed, more current or fewer turns are wanted"
        )
    friction = np.interp(speed, drive.terms.friction_speed, drive.terms.friction)
    high, low, binds = _capped(drive.unit, reach.torque_max, reach.torque_min, reach.bound_max, speed, friction)
    share = np.arange(-torques, torques + 1) / torques

    def spread() -> Array:
        return np.asarray(EDGE * np.where(share > 0, share * high[..., None], -share * low[..., None]))

    for _ in range(HALVINGS):
        points = least_loss(drive.flux, drive.terms, source, limits, speed, spread(), settings, where)
        lost_in = inverter_losses(drive, points, voltage)
        hot = lost_in.code == int(inv.Limit.HOT)
        if not hot.any():
            break
        too_high, too_low = (hot & (share > 0)).any(axis=2), (hot & (share < 0)).any(axis=2)
        high, low = np.where(too_high, 0.9 * high, high), np.where(too_low, 0.9 * low, low)
        binds = np.where(too_high, JUNCTION, binds)
    bad = (points.code != 0) | (lost_in.code != 0)
    if bad.any():
        v, s, t = np.argwhere(bad)[0]
        raise ComputationError(
            f"{drive.name}: {int(bad.sum())} of {bad.size} operating points were not found, the first at "
            f"{voltage[v]:.0f} V, {speed[s] * 30 / np.pi:.0f} rpm, {points.torque[v, s, t]:.0f} Nm "
            f"(machine {int(points.code[v, s, t])}, inverter {int(lost_in.code[v, s, t])})"
        )
    return Operation(voltage=voltage, points=points, inverter=lost_in, friction=friction, binds=binds)


def inverter_losses(drive: Drive, points: OperatingPoints, voltage: Array) -> inv.InverterLosses:
    """Return the inverter's losses at the ``points``; none where the machine has no such point."""
    known = points.code == 0

    def told(table: Array) -> Array:
        return np.where(known, table, 0.0)

    return inv.losses(
        drive.inverter,
        drive.device,
        inv.Points(
            current=_within(told(points.current), drive.inverter.max_current),
            voltage=_within(told(points.voltage), points.u_max[:, None, None]),
            cos_phi=np.clip(told(points.power_factor), -1.0, 1.0),
            dc_voltage=voltage[:, None, None],
            frequency=told(points.frequency),
            coolant=drive.unit.conditions.coolant,
        ),
    )


def _within(table: Array, limit: Array | float) -> Array:
    """Return figures that pass ``limit`` by no more than the search's tolerance as that limit."""
    return np.where(table <= limit * (1 + TOLERANCE), np.minimum(table, limit), table)


def _source(drive: Drive, voltage: Array) -> SourceTerms:
    fitted = inv.terms(drive.inverter, drive.device, voltage)
    return SourceTerms(
        u_max=fitted.phase_voltage,
        constant=fitted.constant,
        linear=fitted.linear,
        square=fitted.square,
    )


def _limits(drive: Drive) -> Limits:
    current = min(drive.unit.current, drive.inverter.max_current)
    if drive.unit.supply is None:
        return Limits(current=current)
    return Limits(current=current, field_current=drive.unit.supply.current)


def _capped(
    unit: PartsEdu, high: Array, low: Array, bound: Ints, speed: Array, friction: Array
) -> tuple[Array, Array, Ints]:
    """Return the envelope in the air gap within what the unit's control allows at the shaft, and what binds."""
    drag = np.where(speed > 0, friction / np.maximum(speed, 1e-9), 0.0)
    cap = np.full(speed.shape, np.inf)
    if unit.torque_limit is not None:
        cap = np.minimum(cap, unit.torque_limit)
    if unit.power_limit is not None:
        cap = np.minimum(cap, unit.power_limit / np.maximum(speed, 1e-9))
    capped = high > cap + drag
    return (
        np.where(capped, cap + drag, high),
        np.maximum(low, np.minimum(drag - cap, 0.0)),
        np.where(capped, np.int32(CONTROL), bound),
    )
