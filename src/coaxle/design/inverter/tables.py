"""A device's curves on common axes: temperatures and voltages as they are told, an even current from 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from coaxle.design.inverter.semiconductor import Curve, Device
from coaxle.numerics.arrays import Array, frozen

CURRENTS = 193
"""Nodes of the even current axis."""
COLDEST = 233.15
"""Where a law linear in temperature begins [K]; below it, as below the coldest curve, values are held."""

POWERS = (0.5, 2.0)
"""Of the current, by which an energy may go to nothing below its lowest point."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Tables:
    """A device as arrays.

    Parameters
    ----------
    temperature : (T,)
        Of the junction, rising, up to the highest allowed [K].
    voltage : (V,)
        At which energies stand, rising [V].
    step : float
        Of the current axis of one module [A]; it ends where the shortest curve does.
    drops : (T, I, 3)
        Of the switch; of what carries the current back with its gate on, and off [V].
    energies : (V, T, I, 3)
        On, off, recovery, per event [J].

    """

    temperature: Array
    voltage: Array
    step: float
    drops: Array
    energies: Array


@lru_cache(maxsize=64)
def tabulate(device: Device) -> Tables:
    """Return the curves of ``device`` on common axes.

    A curve is straight between its points. Below its lowest current a drop is held, an energy goes to nothing by the
    power of the current that joins its first two points, from 0.5 to 2. Between temperatures values are straight lines;
    above the hottest curve the last line goes on to the highest allowed junction temperature, below the coldest they
    are held. Energies told at one temperature rise with their coefficient. A MOSFET with its gate on carries current
    back through channel and body diode in parallel, where the diode shares at all.
    """
    every = (*device.switch_drop, *device.diode_drop, *_energies(device))
    temperature = np.array(sorted({min(curve.temperature, device.max_junction) for curve in every}))
    if device.switch_temperature_coefficient or device.diode_temperature_coefficient:
        temperature = np.unique(np.append(temperature, COLDEST))
    if temperature[-1] < device.max_junction:
        temperature = np.append(temperature, device.max_junction)
    if temperature.size == 1:
        temperature = np.array([COLDEST, temperature[0]])
    current = np.linspace(0.0, min(curve.current[-1] for curve in every), CURRENTS)
    front = _over_temperature(device.switch_drop, temperature, current, 0.0)
    off = _over_temperature(device.diode_drop, temperature, current, 0.0)
    back = off
    if device.technology == "mosfet":
        back = _in_parallel(current, front, off) if device.diode_shares else front
    voltage = np.array(sorted({curve.voltage for curve in _energies(device) if curve.voltage is not None}))
    kinds = (
        (device.on_energy, device.switch_voltage_exponent, device.switch_temperature_coefficient),
        (device.off_energy, device.switch_voltage_exponent, device.switch_temperature_coefficient),
        (device.recovery_energy, device.diode_voltage_exponent, device.diode_temperature_coefficient),
    )
    energies = np.stack([_over_voltage(*kind, voltage, temperature, current) for kind in kinds], axis=-1)
    return Tables(
        temperature=frozen(temperature),
        voltage=frozen(voltage),
        step=float(current[1]),
        drops=frozen(np.stack([front, back, off], axis=-1)),
        energies=frozen(energies),
    )


def _energies(device: Device) -> tuple[Curve, ...]:
    return (*device.on_energy, *device.off_energy, *device.recovery_energy)


def _over_temperature(curves: Sequence[Curve], temperature: Array, current: Array, coefficient: float) -> Array:
    """Return values (T, I) of curves at several temperatures."""
    curves = sorted(curves, key=lambda curve: curve.temperature)
    values = np.stack([_over_current(curve, current) for curve in curves])
    told = np.array([curve.temperature for curve in curves])
    if told.size == 1:
        return values * (1 + coefficient * (temperature - told[0]))[:, None]
    k = np.clip(np.searchsorted(told, temperature, side="right") - 1, 0, told.size - 2)
    share = np.maximum((temperature - told[k]) / (told[k + 1] - told[k]), 0.0)[:, None]
    return np.maximum(values[k] + share * (values[k + 1] - values[k]), 0.0)


def _over_current(curve: Curve, current: Array) -> Array:
    """Return a curve at ``current`` (I,); an energy below its first point goes to nothing as the first two say."""
    told, value = np.array(curve.current), np.array(curve.value)
    found = np.interp(current, told, value)
    if curve.voltage is None or told[0] <= 0:
        return found
    power = 1.0
    if value[0] > 0 and value[1] > 0:
        power = float(np.clip(np.log(value[1] / value[0]) / np.log(told[1] / told[0]), *POWERS))
    return np.where(current < told[0], value[0] * (current / told[0]) ** power, found)


def _over_voltage(
    curves: Sequence[Curve], exponent: float, coefficient: float, voltage: Array, temperature: Array, current: Array
) -> Array:
    """Return energies (V, T, I): at a voltage that these curves do not tell, by the exponent from the nearest."""
    by_voltage: dict[float, list[Curve]] = {}
    for curve in curves:
        by_voltage.setdefault(float(curve.voltage or 0.0), []).append(curve)
    if not by_voltage:
        return np.zeros((voltage.size, temperature.size, current.size))
    rows = []
    for u in voltage:
        near = min(by_voltage, key=lambda told: abs(np.log(u / told)))
        table = _over_temperature(by_voltage[near], temperature, current, coefficient)
        rows.append(table * (u / near) ** exponent)
    return np.stack(rows)


def _in_parallel(current: Array, channel: Array, diode: Array) -> Array:
    """Return the drop (T, I) of a channel and a body diode side by side: at each drop their currents add up."""
    rows = []
    for a, b in zip(channel, diode, strict=True):
        if a.max() <= b[0]:
            rows.append(a)
            continue
        drop = np.unique(np.concatenate((a, b)))
        rows.append(np.interp(current, _inverse(drop, a, current) + _inverse(drop, b, current), drop))
    return np.minimum(np.stack(rows), channel)


def _inverse(drop: Array, of: Array, current: Array) -> Array:
    """Return the current at each drop; none below the threshold."""
    rising = np.maximum.accumulate(of)
    return np.where(drop < rising[0], 0.0, np.interp(drop, rising, current))
