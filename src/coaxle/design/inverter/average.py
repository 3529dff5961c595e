"""Losses of an inverter at operating points."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from coaxle.design.inverter import kernels
from coaxle.design.inverter.inverter import Inverter
from coaxle.design.inverter.modulation import LINEAR_END, SIX_STEP, wave
from coaxle.design.inverter.semiconductor import Device
from coaxle.design.inverter.tables import Tables, tabulate
from coaxle.errors import ComputationError, InputError
from coaxle.numerics.arrays import Array, Ints, frozen


class Limit(IntEnum):
    """Which limit an operating point passes."""

    OK = 0
    VOLTAGE = 1
    """More voltage than the modulation makes of the DC link."""
    CURRENT = 2
    """More current than the inverter may give, or than the device's curves tell."""
    BLOCKING = 3
    """More DC voltage than the device blocks."""
    HOT = 4
    """No junction temperature up to the highest allowed at which heat and loss agree."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Points:
    """Operating points; fields broadcast against each other.

    Parameters
    ----------
    current : array_like
        Amplitude of the phase current [A], peak.
    voltage : array_like
        Amplitude of the phase voltage's fundamental [V], peak.
    cos_phi : array_like
        Cosine of the angle between both, negative where power flows to the DC link.
    dc_voltage : array_like
        [V].
    frequency : array_like
        Of the fundamental [Hz]; matters beyond the linear range only.
    coolant : array_like
        Temperature of the coolant [K].

    """

    current: ArrayLike
    voltage: ArrayLike
    cos_phi: ArrayLike
    dc_voltage: ArrayLike
    frequency: ArrayLike
    coolant: ArrayLike


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class InverterLosses:
    """Losses by part [W], of the shape of the points; NaN where ``code`` is not OK.

    Parameters
    ----------
    conduction_switch, conduction_diode : array
        Of the six switches; of what carries the current back: diodes, or channels (with their body diodes).
    switching, recovery : array
        Turning on and off; recovery of the diodes.
    dead_time : array
        What body diodes lose in the dead time more than the channels would.
    capacitor : array
        Of the DC-link capacitor's resistance.
    standby : array
        Control and gate supply.
    ripple : array
        Current of the DC-link capacitor [A], rms.
    junction_switch, junction_diode : array
        Steady junction temperatures, mean over a turn [K].
    code : array of int
        :class:`Limit`.

    """

    conduction_switch: Array
    conduction_diode: Array
    switching: Array
    recovery: Array
    dead_time: Array
    capacitor: Array
    standby: Array
    ripple: Array
    junction_switch: Array
    junction_diode: Array
    code: Ints

    @property
    def total(self) -> Array:
        """Return the sum of the parts [W]."""
        return np.asarray(
            self.conduction_switch
            + self.conduction_diode
            + self.switching
            + self.recovery
            + self.dead_time
            + self.capacitor
            + self.standby
        )

    def checked(self) -> InverterLosses:
        """Return these losses where every point keeps the limits.

        Raises
        ------
        ComputationError
            Where a point passes a limit; the message counts them.

        """
        beyond = [(limit.name, int(np.sum(self.code == limit))) for limit in Limit if limit]
        said = ", ".join(f"{count} {name}" for name, count in beyond if count)
        if said:
            raise ComputationError(f"losses of an inverter: points beyond a limit: {said}; points within are wanted")
        return self


def losses(inverter: Inverter, device: Device, points: Points) -> InverterLosses:
    """Return the losses of ``inverter`` with ``device`` at ``points``, the junctions being at their steady temperature.

    Averages over one turn of the voltage, the current being sinusoidal: conduction by the duty of each switch
    (Graovac and Puerschel, Infineon AN 2009-05, with the drop as a curve and the harmonics of the modulation),
    energies over the half wave by an 8-point Gauss rule, the DC-link capacitor after Kolar and Round (IEE Proc. Electr.
    Power Appl. 153 (2006) 535). Junction temperatures solve T_j = T_f + R_th P(T_j).

    Valid for steady states with a pulse number of about 10 and more; at standstill see
    :func:`coaxle.design.inverter.standstill`.

    Raises
    ------
    InputError
        Where a point is no number or out of its meaning, or the heat path does not reach the coolant.

    """
    table = tabulate(device)
    names = ("current", "voltage", "cos_phi", "dc_voltage", "frequency", "coolant")
    columns = np.broadcast_arrays(*(np.asarray(getattr(points, name), float) for name in names))
    for name, column in zip(names, columns, strict=True):
        _check(name, column)
    grid = np.stack([column.ravel() for column in columns], axis=1)
    grid[:, 1] *= 2 / grid[:, 3]
    loss = np.empty((grid.shape[0], kernels.COLUMNS))
    code = np.empty(grid.shape[0], np.int32)
    each = wave(inverter.modulation)
    kernels.lose(
        grid,
        (table.temperature, table.voltage, table.drops, table.energies),
        (
            np.array([each.linear_end, each.start_pause]),
            np.stack([each.offset, each.slope])[:, : kernels.ORDERS],
            np.column_stack(
                [each.harmonics[:, : kernels.ORDERS], each.inner, each.outer, each.square, each.square_double]
            ),
        ),
        figures(inverter, device, table),
        np.empty((table.temperature.size, kernels.SUMS + 3 * table.voltage.size)),
        loss,
        code,
    )
    shape = columns[0].shape
    parts = [frozen(loss[:, k].reshape(shape)) for k in range(kernels.COLUMNS)]
    return InverterLosses(
        conduction_switch=parts[kernels.SWITCH],
        conduction_diode=parts[kernels.DIODE],
        switching=parts[kernels.SWITCHING],
        recovery=parts[kernels.RECOVERY],
        dead_time=parts[kernels.DEAD],
        capacitor=parts[kernels.CAPACITOR],
        standby=frozen(np.where(code == 0, inverter.standby, np.nan).reshape(shape)),
        ripple=parts[kernels.RIPPLE],
        junction_switch=parts[kernels.T_SWITCH],
        junction_diode=parts[kernels.T_DIODE],
        code=frozen(code.reshape(shape), np.int32),
    )


def current_limit(inverter: Inverter, device: Device, points: Points) -> Array:
    """Return the largest amplitude [A], at most ``points.current``, that keeps all limits; NaN where none does.

    Bisected to 1e-6 of ``points.current``: losses and junction temperatures rise with current.

    Raises
    ------
    InputError
        As :func:`losses` does.

    """
    names = [field.name for field in fields(points)]
    columns = np.broadcast_arrays(*(np.asarray(getattr(points, name), float) for name in names))
    given = dict(zip(names, columns, strict=True))
    top = np.array(given["current"])
    low, high = np.zeros_like(top), top
    none = losses(inverter, device, replace(points, current=low)).code != Limit.OK
    whole = losses(inverter, device, replace(points, current=top)).code == Limit.OK
    for _ in range(20):
        middle = 0.5 * (low + high)
        good = losses(inverter, device, replace(points, current=middle)).code == Limit.OK
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    return np.where(none, np.nan, np.where(whole, top, low))


def heat_paths(inverter: Inverter, device: Device) -> tuple[float, float]:
    """Return the resistances from switch and diode of one module to the coolant [K/W].

    Raises
    ------
    InputError
        Where the device's figures end at the case and the inverter tells no way on, or the other way round.

    """
    onward = inverter.case_to_fluid
    if device.heat_to == "case" and onward is None:
        raise InputError(f"case_to_fluid: nothing stands there; the figures of {device.name} end at the case")
    if device.heat_to == "fluid" and onward is not None:
        raise InputError(f"case_to_fluid: {onward:g} K/W; the figures of {device.name} reach the coolant already")
    more = onward or 0.0
    diode = device.diode_heat or device.switch_heat
    return device.switch_heat.total + more, diode.total + more


def figures(inverter: Inverter, device: Device, table: Tables) -> Array:
    """Return the numbers of an inverter and its device as the kernels take them, (FIGURES,)."""
    for name in ("parallel", "switching_frequency", "max_current"):
        if not getattr(inverter, name) > 0:
            raise InputError(f"inverter.{name}: {getattr(inverter, name):g}; a figure above 0 is wanted")
    to_switch, to_diode = heat_paths(inverter, device)
    row = np.zeros(kernels.FIGURES)
    row[kernels.MODULES] = inverter.parallel
    row[kernels.F_SW] = inverter.switching_frequency
    row[kernels.T_DEAD] = inverter.dead_time
    row[kernels.ESR] = inverter.capacitor_resistance or 0.0
    row[kernels.R_SWITCH] = to_switch
    row[kernels.R_DIODE] = to_diode
    row[kernels.ONE_CHIP] = device.technology == "mosfet"
    row[kernels.M_END] = SIX_STEP if inverter.overmodulation else LINEAR_END[inverter.modulation]
    row[kernels.I_END] = min(inverter.max_current, inverter.parallel * table.step * (table.drops.shape[1] - 1))
    row[kernels.U_END] = device.max_voltage
    row[kernels.STEP] = table.step
    row[kernels.K_SWITCH] = device.switch_voltage_exponent
    row[kernels.K_DIODE] = device.diode_voltage_exponent
    return row


_BOUNDS = {
    "current": (0.0, np.inf),
    "voltage": (0.0, np.inf),
    "cos_phi": (-1.0, 1.0),
    "dc_voltage": (np.nextafter(0.0, 1.0), np.inf),
    "frequency": (0.0, np.inf),
    "coolant": (150.0, 600.0),
}


def _check(name: str, column: Any) -> None:
    """Raise InputError where a column of the points holds what it cannot mean."""
    low, high = _BOUNDS[name]
    bad = ~((column >= low) & (column <= high) & np.isfinite(column))
    if bad.any():
        raise InputError(
            f"points.{name}: {column[bad].flat[0]:g} stands there; a finite figure from {low:g} to {high:g} is wanted"
        )
