"""A standing machine that holds a torque: one phase carries the peak of its current for ever."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from coaxle.design.inverter import kernels
from coaxle.design.inverter.average import Limit, figures, heat_paths
from coaxle.design.inverter.inverter import Inverter
from coaxle.design.inverter.semiconductor import Device, Foster
from coaxle.design.inverter.tables import Tables, tabulate
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, Ints, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Standstill:
    """What a standing inverter loses and how hot its hottest switch and diode become.

    Parameters
    ----------
    loss : array
        Of all three legs and what stands by [W]; NaN where ``code`` is not OK.
    junction_switch, junction_diode : array
        Of the leg that carries the peak [K].
    code : array of int
        :class:`coaxle.design.inverter.Limit`.

    """

    loss: Array
    junction_switch: Array
    junction_diode: Array
    code: Ints


def standstill(
    inverter: Inverter,
    device: Device,
    current: ArrayLike,
    dc_voltage: ArrayLike,
    coolant: ArrayLike,
    duration: float = inf,
) -> Standstill:
    """Return losses and junctions at frequency 0, one phase at its peak ``current`` [A], the others at half of it.

    The voltage of a standing machine is small: each switch of a leg is on for half the time, and every leg switches
    whatever the modulation (a phase is not clamped at standstill). With a ``duration`` [s] the chip warms up from the
    coolant by its Foster chain; losses are those of its end, and a path without time constant counts at once.

    Raises
    ------
    InputError
        Where a point is no number or out of its meaning, or the heat path does not reach the coolant.

    """
    table = tabulate(device)
    numbers = figures(inverter, device, table)
    switch_heat, diode_heat = _heat(inverter, device, duration)
    columns = np.broadcast_arrays(*(np.asarray(each, float) for each in (current, dc_voltage, coolant)))
    if not all(np.all(np.isfinite(column) & (column >= 0)) for column in columns) or np.any(columns[1] <= 0):
        raise InputError("standstill: a current below 0, a voltage that is not above 0 or no number stands there")
    grid = np.stack([column.ravel() for column in columns], axis=1)
    rows = np.full((grid.shape[0], 3), np.nan)
    code = np.zeros(grid.shape[0], np.int32)
    for k, (i_hat, u_dc, T_f) in enumerate(grid):
        code[k] = kernels.limit(i_hat, 0.0, u_dc, numbers)
        if code[k] != Limit.OK:
            continue
        legs = [
            _leg(share * i_hat / inverter.parallel, u_dc, T_f, table, numbers, switch_heat, diode_heat)
            for share in (1.0, 0.5)
        ]
        if min(min(leg[1:]) for leg in legs) < 0:
            code[k] = Limit.HOT
            continue
        rows[k] = inverter.parallel * (legs[0][0] + 2 * legs[1][0]) + inverter.standby, legs[0][1], legs[0][2]
    shape = columns[0].shape
    return Standstill(
        loss=frozen(rows[:, 0].reshape(shape)),
        junction_switch=frozen(rows[:, 1].reshape(shape)),
        junction_diode=frozen(rows[:, 2].reshape(shape)),
        code=frozen(code.reshape(shape), np.int32),
    )


def _heat(inverter: Inverter, device: Device, duration: float) -> tuple[float, float]:
    """Return rise of temperature per watt after ``duration`` [K/W]."""
    if not duration > 0:
        raise InputError(f"duration: {duration:g} s; a time above 0 is wanted")
    whole = heat_paths(inverter, device)
    chains = device.switch_heat, device.diode_heat or device.switch_heat
    switch, diode = (r - _missing(chain, duration) for r, chain in zip(whole, chains, strict=True))
    return switch, diode


def _missing(chain: Foster, duration: float) -> float:
    pairs = zip(chain.resistance, chain.time_constant, strict=True)
    return float(sum(r * np.exp(-duration / tau) for r, tau in pairs if tau > 0))


def _leg(
    i: float, u_dc: float, T_f: float, table: Tables, numbers: Array, switch_heat: float, diode_heat: float
) -> tuple[float, float, float]:
    """Return loss of a leg that carries ``i`` a module, and the junctions of switch and diode; -1 where too hot."""
    k, share = kernels.locate(i, table.step, table.drops.shape[1] - 1)
    drop = table.drops[:, k] + share * (table.drops[:, k + 1] - table.drops[:, k])
    told = table.energies[:, :, k] + share * (table.energies[:, :, k + 1] - table.energies[:, :, k])
    exponents = (numbers[kernels.K_SWITCH], numbers[kernels.K_SWITCH], numbers[kernels.K_DIODE])
    energy = np.array(
        [
            [
                kernels.at_voltage(u_dc, table.voltage, np.ascontiguousarray(told[:, t]).ravel(), e, exponents[e])
                for e in range(3)
            ]
            for t in range(table.temperature.size)
        ]
    )
    rate = numbers[kernels.F_SW]
    dead = 2 * numbers[kernels.T_DEAD] * rate
    switch = 0.5 * i * drop[:, kernels.V_SWITCH] + rate * (energy[:, kernels.E_ON] + energy[:, kernels.E_OFF])
    diode = (
        0.5 * i * drop[:, kernels.V_BACK]
        + rate * energy[:, kernels.E_REC]
        + dead * i * (drop[:, kernels.V_OFF] - drop[:, kernels.V_BACK])
    )
    # the switch and the diode that carry the current belong to opposite halves of the leg: two chips either way
    T_s = kernels.junction(table.temperature, switch, switch_heat, T_f)
    T_d = kernels.junction(table.temperature, diode, diode_heat, T_f)
    if min(T_s, T_d) < 0:
        return np.nan, T_s, T_d
    loss = kernels.at_temperature(T_s, table.temperature, switch) + kernels.at_temperature(
        T_d, table.temperature, diode
    )
    return float(loss), float(T_s), float(T_d)
