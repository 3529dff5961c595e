"""The map of an electric drive unit: losses at its output shaft."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.origin import Origin
from coaxle.maps.scalars import settle
from coaxle.numerics.arrays import Array, frozen
from coaxle.numerics.grid import is_even


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class EduMap:
    """What an electric drive unit takes and gives at its output shaft (the wheels' shaft, behind the gears).

    Electric power at the DC terminals = ``torque * speed + loss``, for motoring and generating alike. Speed and torque
    are positive forwards; the map covers one direction of travel.

    Parameters
    ----------
    voltage : (V,)
        DC voltage [V], even and rising; V = 1 states that the figures hold for any voltage.
    speed : (S,)
        Speed of the output shaft [rad/s], even, from 0.
    torque : (T,)
        Torque at the output shaft [Nm], even, from negative to positive.
    loss : (V, S, T)
        Everything lost between DC terminals and output shaft [W], >= 0; NaN outside the envelope, never inside.
    torque_max, torque_min : (V, S)
        Peak envelope [Nm]; ``torque_min`` <= 0 <= ``torque_max``.
    torque_continuous : (V, S)
        Continuous motoring torque [Nm], at most ``torque_max``.
    drag : (S,), optional
        Torque that turning takes with the unit switched off [Nm], >= 0, part of ``loss``; 0 where it was not told
        apart. A car that was coasted down to find its road load turned its units along, so that this much stands in the
        road load as well (:func:`coaxle.vehicle.coasting.coasted`).
    mass : float
        Mass of the whole unit [kg].
    inertia : float
        Inertia of all its turning parts, seen at the output shaft [kg m2].
    cost : float or None
        Unit cost before transport, in the project's currency; None where nobody said.

    Raises
    ------
    MapError
        Where an axis is uneven, a loss negative, a limit of the wrong sign, or a figure is missing inside the envelope.

    """

    name: str
    voltage: Array
    speed: Array
    torque: Array
    loss: Array
    torque_max: Array
    torque_min: Array
    torque_continuous: Array
    mass: float
    inertia: float
    cost: float | None
    origin: Origin
    drag: Array = dataclasses.field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if np.size(self.drag) == 0:
            object.__setattr__(self, "drag", np.zeros(np.shape(self.speed)))
        for name in ("voltage", "speed", "torque", "loss", "torque_max", "torque_min", "torque_continuous", "drag"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        settle(self, mass=0.0, inertia=0.0, cost=0.0)
        _check(self)

    @property
    def torque_step(self) -> float:
        """Step of the torque axis [Nm]."""
        return float(self.torque[1] - self.torque[0])

    @property
    def power_max(self) -> float:
        """Largest mechanical power at the output shaft, at the highest voltage [W]."""
        return float(np.max(self.torque_max[-1] * self.speed))


def _check(m: EduMap) -> None:
    v, s, t = m.voltage.size, m.speed.size, m.torque.size
    for field, shape in (
        ("loss", (v, s, t)),
        ("torque_max", (v, s)),
        ("torque_min", (v, s)),
        ("torque_continuous", (v, s)),
        ("drag", (s,)),
    ):
        if getattr(m, field).shape != shape:
            raise MapError(f"{m.name}.{field}: has shape {getattr(m, field).shape}; the axes ask for {shape}")
    if m.voltage.ndim != 1 or v == 0 or not np.all(np.isfinite(m.voltage)) or np.any(m.voltage <= 0):
        raise MapError(f"{m.name}.voltage: wants one positive, finite figure a voltage")
    if v > 1 and not is_even(m.voltage):
        raise MapError(f"{m.name}.voltage: is not an even, rising axis")
    for field in ("speed", "torque"):
        if not is_even(getattr(m, field)):
            raise MapError(f"{m.name}.{field}: is not an even, rising axis")
    if m.speed[0] != 0.0:
        raise MapError(f"{m.name}.speed: starts at {m.speed[0]:g} rad/s; it starts at 0")
    for field in ("torque_max", "torque_min", "torque_continuous"):
        if not np.all(np.isfinite(getattr(m, field))):
            raise MapError(f"{m.name}.{field}: holds a figure that is not finite; the envelope has no holes")
    if np.any(m.torque_max < 0) or np.any(m.torque_min > 0):
        raise MapError(f"{m.name}: the envelope excludes zero torque; torque_min <= 0 <= torque_max is wanted")
    if not np.all(m.drag >= 0):
        raise MapError(
            f"{m.name}.drag: holds a figure that is negative or not finite; a torque of at least 0 is wanted"
        )
    margin = 1e-6 * float(m.torque[-1] - m.torque[0])
    if np.any(m.torque_max > m.torque[-1] + margin) or np.any(m.torque_min < m.torque[0] - margin):
        raise MapError(f"{m.name}: the envelope reaches beyond the torque axis")
    if np.any(m.torque_continuous > m.torque_max + margin):
        raise MapError(f"{m.name}.torque_continuous: lies above torque_max")
    if np.any(m.loss < 0):
        at = np.argwhere(m.loss < 0)[0]
        raise MapError(f"{m.name}.loss: {m.loss[tuple(at)]:g} W at {_at(m, at)}; a loss is never negative")
    inside = (m.torque <= m.torque_max[:, :, None] + margin) & (m.torque >= m.torque_min[:, :, None] - margin)
    holes = inside & ~np.isfinite(m.loss)
    if holes.any():
        at = np.argwhere(holes)[0]
        raise MapError(f"{m.name}.loss: {int(holes.sum())} holes inside the envelope, the first at {_at(m, at)}")


def _at(m: EduMap, at: np.ndarray) -> str:
    return f"{m.voltage[at[0]]:g} V, {m.speed[at[1]]:g} rad/s, {m.torque[at[2]]:g} Nm"
