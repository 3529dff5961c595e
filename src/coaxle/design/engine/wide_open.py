"""The wide-open (full-load) curve from the figures that makers publish."""

from __future__ import annotations

import itertools

import numpy as np

from coaxle.design.engine.engine import Engine
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array

IDLE_PRESSURE = 8.5e5
"""Brake mean pressure at idle speed and wide-open throttle [Pa]: what the cylinders breathe before any charger
delivers. Assumed for all classes; published full-load curves of charged engines at 1000 rpm lie at 8 to 11 bar."""
IDLE_SHARE = 0.75
"""Upper bound of the same as a share of peak torque, which holds for engines without a charger (assumed)."""
FALL = 4.0
"""Power beyond the plateau falls as 1 - FALL * (speed / end of plateau - 1)^2. The normalised full-load curves that
CO2MPAS publishes give 0.957 and 0.854 (petrol), 0.938 and 0.85 (diesel) at 1.1 and 1.2: FALL = 3.7 to 6."""


def check_plateaus(name: str, engine: Engine) -> None:
    """Raise where the plateaus of torque and power of ``engine`` contradict one another."""
    order = (
        ("idle_speed", engine.idle_speed),
        ("torque_from", engine.torque_from),
        ("torque_to", engine.torque_to),
        ("power_from", engine.power_from),
        ("power_to", engine.power_to),
        ("max_speed", engine.max_speed),
    )
    for (low, a), (high, b) in itertools.pairwise(order):
        strict = low == "idle_speed"
        if a > b or (strict and a == b):
            raise InputError(
                f"{name}.{high}: {b * 30 / np.pi:.0f} rpm lies below {low} ({a * 30 / np.pi:.0f} rpm); speeds rise "
                "from idle_speed over the plateau of torque and the plateau of power to max_speed"
            )
    for field in ("displacement", "stroke", "torque", "power", "idle_speed"):
        if getattr(engine, field) <= 0:
            raise InputError(f"{name}.{field}: {getattr(engine, field):g}; a figure above 0 is wanted")
    reached = engine.torque * engine.torque_to
    if reached > 1.02 * engine.power:
        raise InputError(
            f"{name}.torque_to: {engine.torque:.0f} Nm at {engine.torque_to * 30 / np.pi:.0f} rpm are "
            f"{reached / 1e3:.0f} kW; that is above power ({engine.power / 1e3:.0f} kW)"
        )
    if engine.power / engine.power_from > 1.02 * engine.torque:
        raise InputError(
            f"{name}.power_from: {engine.power / 1e3:.0f} kW at {engine.power_from * 30 / np.pi:.0f} rpm are "
            f"{engine.power / engine.power_from:.0f} Nm; that is above torque ({engine.torque:.0f} Nm)"
        )


def wide_open(engine: Engine, speed: Array) -> Array:
    """Return the wide-open torque (S,) [Nm] at ``speed`` (S,) [rad/s], from idle speed to highest speed.

    From idle speed the torque rises in a quarter wave (it meets the plateau without a corner), holds ``torque``, runs
    straight to ``power`` at ``power_from``, holds that power and falls beyond ``power_to``.
    """
    idle_torque = min(IDLE_PRESSURE * engine.displacement / (4 * np.pi), IDLE_SHARE * engine.torque)
    rise = np.clip((speed - engine.idle_speed) / (engine.torque_from - engine.idle_speed), 0.0, 1.0)
    rising = idle_torque + (engine.torque - idle_torque) * np.sin(0.5 * np.pi * rise)
    corner = min(engine.power / engine.power_from, engine.torque)
    gap = max(engine.power_from - engine.torque_to, 1e-9)
    between = np.clip((speed - engine.torque_to) / gap, 0.0, 1.0)
    straight = engine.torque + (corner - engine.torque) * between
    over = np.maximum(speed / engine.power_to - 1.0, 0.0)
    power = engine.power * np.maximum(1.0 - FALL * over**2, 0.3)
    hyperbola = power / np.maximum(speed, engine.idle_speed)
    return np.where(speed <= engine.torque_to, rising, np.where(speed <= engine.power_from, straight, hyperbola))
