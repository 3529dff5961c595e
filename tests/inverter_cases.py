"""Devices, inverters and a plain PWM average for the tests of the inverter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coaxle.design.inverter import Curve, Device, Foster, Inverter

Array = NDArray[Any]
CELSIUS = 273.15


def inverter(**changes: Any) -> Inverter:
    figures: dict[str, Any] = {
        "device": "any", "switching_frequency": 10e3, "dead_time": 1e-6, "max_current": 900.0, "standby": 0.0,
        "mass": 8.0, "source": "test",
    }  # fmt: skip
    return Inverter(**(figures | changes))


def line(temperature: float, base: float, slope: float, top: float = 1000.0) -> Curve:
    """A drop that is a straight line."""
    return Curve(temperature=temperature, current=(0.0, top), value=(base, base + slope * top))


def energy(temperature: float, a: float, b: float, voltage: float = 400.0, top: float = 1000.0) -> Curve:
    """An energy a i + b i^2 at 60 points."""
    i = np.linspace(0.0, top, 60)
    return Curve(temperature=temperature, voltage=voltage, current=tuple(i), value=tuple(a * i + b * i**2))


def igbt(**changes: Any) -> Device:
    cold, warm = 25 + CELSIUS, 175 + CELSIUS
    figures: dict[str, Any] = {
        "name": "igbt", "technology": "igbt", "max_voltage": 750.0, "rated_current": 800.0, "max_junction": warm,
        "switch_drop": (line(cold, 0.75, 0.5e-3), line(warm, 0.75, 0.9e-3)),
        "diode_drop": (line(cold, 0.95, 0.67e-3), line(warm, 0.9, 0.75e-3)),
        "on_energy": (energy(cold, 2e-5, 2e-8), energy(warm, 3e-5, 2.5e-8)),
        "off_energy": (energy(cold, 5e-5, 0.0), energy(warm, 6e-5, 0.0)),
        "recovery_energy": (energy(cold, 3e-5, -1e-8), energy(warm, 5e-5, -1e-8)),
        "switch_voltage_exponent": 1.35, "diode_voltage_exponent": 0.6,
        "switch_heat": Foster(resistance=(0.05, 0.08), time_constant=(0.01, 0.5)),
        "diode_heat": Foster(resistance=(0.08, 0.1), time_constant=(0.01, 0.5)),
        "heat_to": "fluid", "source": "test",
    }  # fmt: skip
    return Device(**(figures | changes))


def mosfet(**changes: Any) -> Device:
    cold, warm = 25 + CELSIUS, 175 + CELSIUS
    figures: dict[str, Any] = {
        "name": "mosfet", "technology": "mosfet", "max_voltage": 1200.0, "rated_current": 500.0, "max_junction": warm,
        "switch_drop": (line(cold, 0.0, 2.6e-3), line(warm, 0.0, 4.7e-3)),
        "diode_drop": (line(cold, 3.0, 3e-3), line(warm, 2.8, 3e-3)),
        "on_energy": (energy(cold, 4e-5, 1e-8, 600.0), energy(warm, 4.2e-5, 1e-8, 600.0)),
        "off_energy": (energy(cold, 1e-5, 2e-8, 600.0), energy(warm, 1.2e-5, 2e-8, 600.0)),
        "recovery_energy": (energy(cold, 1e-6, 0.0, 600.0), energy(warm, 3e-6, 0.0, 600.0)),
        "switch_voltage_exponent": 1.3, "diode_voltage_exponent": 0.6,
        "switch_heat": Foster(resistance=(0.12,), time_constant=(0.1,)),
        "heat_to": "fluid", "source": "test",
    }  # fmt: skip
    return Device(**(figures | changes))


def without_rise(device: Device) -> Device:
    """The same with no heat path to speak of: its junctions are as warm as the coolant."""
    none = Foster(resistance=(1e-12,), time_constant=(0.0,))
    return replace(device, switch_heat=none, diode_heat=none if device.diode_heat else None, heat_to="fluid")


def legs(modulation: str, M: float, theta: Array) -> Array:
    """Sine references of three legs with their common part, cut off at the DC link, (3, n)."""
    a = M * np.sin(theta)
    b = M * np.sin(theta - 2 * np.pi / 3)
    c = M * np.sin(theta - 4 * np.pi / 3)
    common = np.zeros_like(a)
    if modulation == "svpwm":
        ordered = np.sort([a, b, c], axis=0)
        common = ordered[1] / 2  # the three add up to nothing, so that -(max + min) / 2 is half of the middle one
    elif modulation == "dpwm":
        for own, one, other in ((a, b, c), (b, c, a), (c, a, b)):
            most = (np.abs(own) >= np.abs(one)) & (np.abs(own) > np.abs(other))
            common = np.where(most, np.sign(own) - own, common)
    return np.clip(np.array([a + common, b + common, c + common]), -1.0, 1.0)


def interpolated(curves: tuple[Curve, ...], i: Array, temperature: float) -> Array:
    """Read curves at one of their temperatures, or between two."""
    told = sorted(curves, key=lambda each: each.temperature)
    rows = [np.interp(i, each.current, each.value) for each in told]
    weights = [np.interp(temperature, [each.temperature for each in told], unit) for unit in np.eye(len(told))]
    return sum(weight * row for weight, row in zip(weights, rows, strict=True))


def average(inverter: Inverter, device: Device, M: float, phi: float, current: float, temperature: float) -> Array:
    """Conduction of switches and diodes, switching, recovery at 20 000 angles of a turn, of an IGBT inverter [W]."""
    theta = (np.arange(20_000) + 0.5) * 2 * np.pi / 20_000
    m = legs(inverter.modulation, M, theta)[0]
    i = current * np.sin(theta - phi)
    duty = np.where(i > 0, 0.5 * (1 + m), 0.5 * (1 - m))
    size = np.abs(i)
    pulses = inverter.switching_frequency * (np.abs(m) < 1 - 1e-9)
    switch, diode = (interpolated(curves, size, temperature) for curves in (device.switch_drop, device.diode_drop))
    on, off, rec = (
        interpolated(curves, size, temperature) if curves else np.zeros_like(size)
        for curves in (device.on_energy, device.off_energy, device.recovery_energy)
    )
    parts = (size * switch * duty, size * diode * (1 - duty), pulses * (on + off), pulses * rec)
    return 3 * np.mean(parts, axis=1)
