"""The map of a combustion engine: fuel rate at its crankshaft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.origin import Origin
from coaxle.maps.scalars import settle
from coaxle.numerics.arrays import Array, frozen
from coaxle.numerics.grid import is_even


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuel:
    """A certification fuel: lower heating value [J/kg], density [kg/m3], CO2 by carbon balance [kg/kg]."""

    kind: Literal["petrol", "diesel"]
    heating_value: float
    density: float
    co2: float
    source: str


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class EngineMap:
    """What an engine burns at a speed and a torque, and what it can give.

    Parameters
    ----------
    speed : (S,)
        Crankshaft speed [rad/s], even, from the idle speed or below to the highest speed.
    torque : (T,)
        Brake torque [Nm], even, from 0.
    fuel : (S, T)
        Fuel rate of the warm engine [kg/s], >= 0; NaN outside the envelope, never inside.
    torque_max : (S,)
        Wide-open (full-load) torque [Nm].
    torque_drag : (S,)
        Torque with the fuel cut [Nm], <= 0.
    idle_speed : float
        Idle speed of the warm engine [rad/s].
    cold_friction : float
        Friction of the engine at 20 degC over that of the warm engine [-], >= 1.
    warm_up_energy : float
        Fuel energy burnt until the excess friction has fallen to 1/e [J].
    inertia : float
        Of crankshaft, flywheel and what turns with them [kg m2].
    mass : float
        Dressed mass [kg].
    cost : float or None
        Unit cost before transport; None where nobody said.

    Raises
    ------
    MapError
        Where an axis is uneven, a rate negative, or a figure is missing inside the envelope.

    """

    name: str
    fuel_kind: Fuel
    speed: Array
    torque: Array
    fuel: Array
    torque_max: Array
    torque_drag: Array
    idle_speed: float
    displacement: float
    cold_friction: float
    warm_up_energy: float
    inertia: float
    mass: float
    cost: float | None
    origin: Origin

    def __post_init__(self) -> None:
        for field in ("speed", "torque", "fuel", "torque_max", "torque_drag"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        settle(self, idle_speed=0.0, displacement=0.0, cold_friction=1.0, warm_up_energy=0.0)
        settle(self, inertia=0.0, mass=0.0, cost=0.0)
        _check(self)

    @property
    def power_max(self) -> float:
        """Largest brake power [W]."""
        return float(np.max(self.torque_max * self.speed))


def _check(m: EngineMap) -> None:
    s, t = m.speed.size, m.torque.size
    for field, shape in (("fuel", (s, t)), ("torque_max", (s,)), ("torque_drag", (s,))):
        if getattr(m, field).shape != shape:
            raise MapError(f"{m.name}.{field}: has shape {getattr(m, field).shape}; the axes ask for {shape}")
    for field in ("speed", "torque"):
        if not is_even(getattr(m, field)):
            raise MapError(f"{m.name}.{field}: is not an even, rising axis")
    if m.speed[0] < 0.0:
        raise MapError(f"{m.name}.speed: starts at {m.speed[0]:g} rad/s; a crankshaft turns forwards")
    if m.torque[0] != 0.0:
        raise MapError(f"{m.name}.torque: starts at {m.torque[0]:g} Nm; it starts at 0")
    if not m.speed[0] <= m.idle_speed < m.speed[-1]:
        raise MapError(f"{m.name}.idle_speed: {m.idle_speed:g} rad/s lies outside the speed axis")
    if not np.all(np.isfinite(m.torque_max)) or np.any(m.torque_max <= 0):
        raise MapError(f"{m.name}.torque_max: is positive and finite at every speed")
    if not np.all(np.isfinite(m.torque_drag)) or np.any(m.torque_drag > 0):
        raise MapError(f"{m.name}.torque_drag: is finite and not above 0 at every speed")
    if m.cold_friction < 1 or m.warm_up_energy <= 0:
        raise MapError(f"{m.name}: cold_friction >= 1 and warm_up_energy > 0 are wanted")
    for field in ("heating_value", "density", "co2"):
        if not 0 < getattr(m.fuel_kind, field) < np.inf:
            raise MapError(f"{m.name}.fuel_kind.{field}: {getattr(m.fuel_kind, field)}; a figure above 0 is wanted")
    if np.any(m.fuel < 0):
        raise MapError(f"{m.name}.fuel: holds a negative rate")
    margin = 1e-6 * float(m.torque[-1])
    if np.any(m.torque_max > m.torque[-1] + margin):
        raise MapError(f"{m.name}: the wide-open torque reaches beyond the torque axis")
    holes = (m.torque[None, :] <= m.torque_max[:, None] + margin) & ~np.isfinite(m.fuel)
    if holes.any():
        i, j = np.argwhere(holes)[0]
        raise MapError(
            f"{m.name}.fuel: {int(holes.sum())} holes inside the envelope, "
            f"the first at {m.speed[i]:g} rad/s, {m.torque[j]:g} Nm"
        )
