"""From an engine's published figures to its map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.design.engine.engine import Combustion, Engine
from coaxle.design.engine.fuels import DIESEL_B7, PETROL_E10
from coaxle.design.engine.wide_open import check_plateaus, wide_open
from coaxle.design.engine.willans import BAR, friction_pressure, fuel_pressure, mean_piston_speed
from coaxle.errors import InputError
from coaxle.maps import EngineMap, Fuel, Origin
from coaxle.numerics.arrays import Array
from coaxle.numerics.digest import digest

HIGHEST_EFFICIENCY = 0.5
"""Above this no road engine has been shown to run; a map that reaches it has wrong coefficients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How fine the map is, and on which certification fuels the engines run."""

    speeds: int = 64
    torques: int = 64
    petrol: Fuel = PETROL_E10
    diesel: Fuel = DIESEL_B7


_STANDARD = EngineSettings()


def map_engine(name: str, engine: Engine, combustion: Combustion, settings: EngineSettings = _STANDARD) -> EngineMap:
    """Make the map of ``engine`` by the extended Willans line of its class and its published plateaus.

    Parameters
    ----------
    name : str
        Name of the map, told in errors.
    engine : Engine
        Published figures.
    combustion : Combustion
        Coefficients of its class.
    settings : EngineSettings
        Grid and fuels.

    Returns
    -------
    EngineMap
        Fuel rate over (speed, torque) for the warm engine; wide-open curve; torque with the fuel cut, from the
        friction term alone (p_f = 0).

    Raises
    ------
    InputError
        Where the plateaus contradict one another, or coefficients yield an efficiency above 50 % or less fuel for
        more torque.

    """
    check_plateaus(name, engine)
    fuel = settings.petrol if combustion.fuel == "petrol" else settings.diesel
    speed = np.linspace(engine.idle_speed, engine.max_speed, settings.speeds)
    c = mean_piston_speed(engine.stroke, speed)
    if np.any(combustion.a + combustion.b * c + combustion.c2 * c**2 <= 0) or np.any(
        friction_pressure(combustion, c) <= 0
    ):
        raise InputError(f"{name}.combustion: gives no work for fuel, or no friction, at some speed of this engine")
    torque_max = wide_open(engine, speed)
    torque = np.linspace(0.0, float(np.max(torque_max)), settings.torques)
    per_bar = BAR * engine.displacement / (4 * np.pi)
    p_f = fuel_pressure(combustion, torque[None, :] / per_bar, c[:, None])
    rate = p_f * per_bar * speed[:, None] / fuel.heating_value
    _check(name, speed, torque, rate, torque_max, fuel)
    return EngineMap(
        name=name,
        fuel_kind=fuel,
        speed=speed,
        torque=torque,
        fuel=rate,
        torque_max=torque_max,
        torque_drag=-friction_pressure(combustion, c) * per_bar,
        idle_speed=engine.idle_speed,
        displacement=engine.displacement,
        cold_friction=combustion.cold_friction,
        warm_up_energy=combustion.warm_up * engine.displacement / 1e-3,
        inertia=engine.inertia,
        mass=engine.mass,
        cost=engine.cost,
        origin=Origin(
            method="extended Willans line",
            source=f"engine: {engine.source}; combustion: {combustion.source}",
            limits="steady, warm and stoichiometric; no map of this engine has been published; above about 14 bar the "
            "line is continued straight, below the torque plateau the wide-open curve is assumed",
            design=digest(engine, combustion),
        ),
    )


def _check(name: str, speed: Array, torque: Array, rate: Array, torque_max: Array, fuel: Fuel) -> None:
    """Raise where the map breaks what every engine obeys."""
    if np.any(np.diff(rate, axis=1) <= 0):
        raise InputError(f"{name}.combustion: more torque takes less fuel at some speed; its coefficients do not do")
    inside = torque[None, 1:] <= torque_max[:, None]
    efficiency = np.where(inside, torque[1:] * speed[:, None] / (rate[:, 1:] * fuel.heating_value), 0.0)
    best = float(np.max(efficiency))
    if best >= HIGHEST_EFFICIENCY:
        i, j = np.unravel_index(int(np.argmax(efficiency)), efficiency.shape)
        raise InputError(
            f"{name}.combustion: gives an efficiency of {best:.0%} at {speed[i] * 30 / np.pi:.0f} rpm and "
            f"{torque[j + 1]:.0f} Nm; below {HIGHEST_EFFICIENCY:.0%} is wanted"
        )
