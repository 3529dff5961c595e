"""Losses of a gearbox over torque, speed and temperature, and the torque on its other side."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike

from coaxle.design.gearbox.gearbox import Drag, Gearbox, ratio
from coaxle.design.gearbox.kernels import BEARING, CHURN, DRAG, MESH, PARTS, PRELOAD, SEAL, SPRAY, WINDAGE, seek, sweep
from coaxle.design.gearbox.train import train
from coaxle.errors import InputError
from coaxle.materials import Oil, oil
from coaxle.numerics.arrays import Array

COLDEST, HOTTEST = 233.15, 423.15
"""Oil for which losses are computed [K]."""
DRAG_COLDEST, DRAG_HOTTEST = 273.15, 383.15
"""Oil for which a measured drag is taken [K]: beyond 25 and 90 degC with the power of viscosity between two points."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class GearLosses:
    """Losses of a gearbox [W], each of the same shape and >= 0.

    Parameters
    ----------
    mesh : (...)
        Sliding of the teeth.
    bearings : (...)
        Rolling and sliding under load.
    seals, churning, spray, windage, preload : (...)
        Without load, by physics; 0 where the Design gives its drag.
    drag : (...)
        Without load, as given by the Design.

    """

    mesh: Array
    bearings: Array
    seals: Array
    churning: Array
    spray: Array
    windage: Array
    preload: Array
    drag: Array

    @property
    def total(self) -> Array:
        """All of them [W]."""
        return self.no_load + self.mesh + self.bearings

    @property
    def no_load(self) -> Array:
        """Those that need no load [W]."""
        return self.seals + self.churning + self.spray + self.windage + self.preload + self.drag


def losses(gearbox: Gearbox, torque: ArrayLike, speed: ArrayLike, temperature: ArrayLike) -> GearLosses:
    """Return the losses of a gearbox at points of its output shaft.

    Parameters
    ----------
    torque : (...)
        At the output shaft, both wheels together [Nm]; with the sign of ``speed`` it drives.
    speed : (...)
        Of the output shaft [rad/s].
    temperature : (...)
        Of the oil [K].

    Raises
    ------
    InputError
        Where a figure is not finite, the oil is outside -40 to 150 degC, or the Design's figures do not go together.

    Notes
    -----
    Straight driving: the wheels turn alike, so the differential's own gears rest. Limits: ``docs/theory/gearbox.md``.

    """
    _, loss = _run(sweep, gearbox, torque, speed, temperature)
    return GearLosses(
        mesh=loss[..., MESH],
        bearings=loss[..., BEARING],
        seals=loss[..., SEAL],
        churning=loss[..., CHURN],
        spray=loss[..., SPRAY],
        windage=loss[..., WINDAGE],
        preload=loss[..., PRELOAD],
        drag=loss[..., DRAG],
    )


def input_torque(gearbox: Gearbox, torque: ArrayLike, speed: ArrayLike, temperature: ArrayLike) -> Array:
    """Return the torque (...) at the input shaft [Nm] for points of the output shaft.

    Input power is output power plus losses, for driving and braking alike. At standstill the torque is that which just
    turns the gears forward.

    Parameters
    ----------
    torque, speed, temperature : (...)
        At the output shaft [Nm], [rad/s]; of the oil [K].

    """
    return _run(sweep, gearbox, torque, speed, temperature)[0]


def output_torque(gearbox: Gearbox, torque: ArrayLike, speed: ArrayLike, temperature: ArrayLike) -> Array:
    """Return the torque (...) at the output shaft [Nm] for points of the input shaft: the inverse of `input_torque`.

    Parameters
    ----------
    torque, speed, temperature : (...)
        At the input shaft [Nm], [rad/s]; of the oil [K].

    """
    return _run(seek, gearbox, torque, np.asarray(speed, dtype=np.float64) / ratio(gearbox), temperature)[0]


def drag_torque(gearbox: Gearbox, speed: ArrayLike, temperature: ArrayLike) -> Array:
    """Return the torque (...) at the input shaft [Nm] that turns the gearbox without load.

    Parameters
    ----------
    speed, temperature : (...)
        Of the input shaft [rad/s]; of the oil [K].

    """
    return input_torque(gearbox, 0.0, np.asarray(speed, dtype=np.float64) / ratio(gearbox), temperature)


def _run(
    kernel: object, gearbox: Gearbox, torque: ArrayLike, speed: ArrayLike, temperature: ArrayLike
) -> tuple[Array, Array]:
    rows = train(gearbox)
    given = [np.asarray(each, dtype=np.float64) for each in (torque, speed, temperature)]
    for name, each in zip(("torque", "speed", "temperature"), given, strict=True):
        if not np.all(np.isfinite(each)):
            raise InputError(f"{name}: not a finite number among them; finite ones are wanted")
    nu, rho, tau_drag = _oil_at(gearbox, given[2])
    shape = np.broadcast_shapes(*(each.shape for each in given))
    flat = [np.ascontiguousarray(np.broadcast_to(each, shape)).reshape(-1) for each in (*given[:2], nu, rho, tau_drag)]
    found, loss = np.empty(flat[0].size), np.empty((flat[0].size, PARTS))
    kernel(*flat, rows, (found, loss))  # type: ignore[operator]
    return found.reshape(shape), loss.reshape((*shape, PARTS))


def _oil_at(gearbox: Gearbox, temperature: Array) -> tuple[Array, Array, Array]:
    """Return viscosity [m2/s], density [kg/m3] and given drag [Nm] (-1 without one) at ``temperature`` (...)."""
    kind = oil(gearbox.oil)
    drag = gearbox.drag
    low, high = (COLDEST, HOTTEST) if drag is None else (DRAG_COLDEST, DRAG_HOTTEST)
    if temperature.size and not (temperature.min() >= low and temperature.max() <= high):
        raise InputError(
            f"temperature: {temperature.min() - 273.15:g} to {temperature.max() - 273.15:g} degC; oil from "
            f"{low - 273.15:g} to {high - 273.15:g} degC is wanted"
        )
    distinct, where = np.unique(temperature, return_inverse=True)
    table = np.array(
        [[kind.viscosity(t), kind.density(t), -1.0 if drag is None else _drag_at(drag, kind, t)] for t in distinct]
    ).reshape(distinct.size, 3)
    at = table[where.reshape(temperature.shape)]
    return at[..., 0], at[..., 1], at[..., 2]


def _drag_at(drag: Drag, kind: Oil, temperature: float) -> float:
    """Return the drag [Nm]: a power of the viscosity between two points, and on beyond them."""
    points = ((298.15, drag.at_25), (323.15, drag.at_50), (363.15, drag.at_90))
    (t_0, d_0), (t_1, d_1) = points[:2] if temperature < points[1][0] else points[1:]
    v_0, v_1, v = (log(kind.viscosity(t)) for t in (t_0, t_1, temperature))
    return float(np.exp(log(d_0) + (log(d_1) - log(d_0)) * (v - v_0) / (v_1 - v_0)))
