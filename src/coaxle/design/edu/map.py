"""From a drive unit's ratings and the loss components of its kind to its map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.design.edu.edu import Edu, LossModel
from coaxle.design.edu.losses import electric_losses, shaft_drag
from coaxle.errors import InputError
from coaxle.maps import EduMap, Origin
from coaxle.numerics.arrays import Array
from coaxle.numerics.digest import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class EduSettings:
    """How fine the map is (an odd number of torques), and how far its voltages reach around the rated one [-]."""

    voltages: int = 3
    speeds: int = 65
    torques: int = 81
    voltage_span: float = 0.35


_STANDARD = EduSettings()


def map_edu(name: str, edu: Edu, losses: LossModel, settings: EduSettings = _STANDARD) -> EduMap:
    """Make the map of ``edu`` at its output shaft from its ratings and the loss components of its kind.

    Parameters
    ----------
    name : str
        Name of the map, told in errors.
    edu : Edu
        Ratings at the machine's shaft, ratio of the gears.
    losses : LossModel
        Coefficients of its kind.
    settings : EduSettings
        Grid.

    Returns
    -------
    EduMap
        Losses over (voltage, speed, torque). Peak envelope: peak torque, peak power (in proportion to voltage below
        the rated one), highest speed; continuous curve: the same corner speed with ``continuous_power``. Losses are
        given over the whole torque axis; beyond the envelope they continue those at its edge.

    Raises
    ------
    InputError
        Where ratings contradict one another.

    """
    _check(name, edu, losses)
    w_base = edu.peak_power / edu.peak_torque
    span = settings.voltage_span if settings.voltages > 1 else 0.0
    nu = 1.0 + np.linspace(-span, span, settings.voltages)
    speed = np.linspace(0.0, edu.max_speed / edu.ratio, settings.speeds)
    sigma = speed * edu.ratio / w_base
    continuous = np.maximum(_outside(losses, sigma, _envelope(nu, sigma, edu.continuous_power / edu.peak_power)), 0.0)
    scale = edu.peak_torque * edu.ratio
    peak = _envelope(nu, sigma, 1.0)
    torque_max = scale * np.maximum(_outside(losses, sigma, peak), 0.0)
    torque_min = scale * _outside(losses, sigma, -peak)
    reach = float(max(np.max(torque_max), -np.min(torque_min)))
    half = settings.torques // 2
    torque = reach * np.arange(-half, half + 1) / half  # zero is one of its nodes, exactly
    return EduMap(
        name=name,
        voltage=nu * edu.voltage,
        speed=speed,
        torque=torque,
        loss=_losses(edu, losses, nu, sigma, torque / scale),
        torque_max=torque_max,
        torque_min=torque_min,
        torque_continuous=np.minimum(scale * continuous, torque_max),
        mass=edu.mass,
        inertia=edu.inertia * edu.ratio**2,
        cost=edu.cost,
        origin=Origin(
            method="loss components",
            source=f"unit: {edu.source}; losses: {losses.source}",
            limits="components scaled by the unit's ratings, no measured map of this unit has been published; steady, "
            "at normal temperature; peak power falls with voltage below the rated one; continuous torque is assumed to "
            "have the corner speed of the peak curve",
            design=digest(edu, losses),
        ),
    )


def _envelope(nu: Array, sigma: Array, share: float) -> Array:
    """Return the largest torque of the machine (V, S) over peak torque for ``share`` of peak power."""
    power = share * np.minimum(nu, 1.0)[:, None]
    return np.minimum(share, power / np.maximum(sigma, 1e-9)[None, :])


def _outside(model: LossModel, sigma: Array, tau: Array) -> Array:
    """Return the torque behind the gears for ``tau`` of the machine, both over peak torque."""
    meshed = tau - shaft_drag(model, sigma)
    return np.where(meshed >= 0, meshed * (1 - model.mesh), meshed / (1 - model.mesh))


def _losses(edu: Edu, model: LossModel, nu: Array, sigma: Array, out: Array) -> Array:
    """Return everything lost between DC terminals and output shaft (V, S, T) [W], for torque ``out`` behind the gears.

    ``tau`` of the machine is what the output takes, the meshes lose on the way and turning takes without load; what
    is lost electrically on making it comes on top.
    """
    turning = sigma[None, :, None]
    meshed = np.where(out >= 0, out / (1 - model.mesh), out * (1 - model.mesh))[None, None, :]
    tau = meshed + shaft_drag(model, turning)
    electric = electric_losses(model, tau, turning, nu[:, None, None]).total
    return np.asarray((electric + (tau - out) * turning + model.standby) * edu.peak_power)


def _check(name: str, edu: Edu, model: LossModel) -> None:
    if model.machine == "ipm" and not 0 < model.magnet_flux < 1:
        raise InputError(f"{name}.losses: magnet_flux {model.magnet_flux:g}; a magnet machine has one between 0 and 1")
    if model.copper <= 0 or (model.machine != "ipm" and model.field_copper <= 0):
        raise InputError(f"{name}.losses: copper and, without magnets, field_copper are above 0")
    for field in ("voltage", "peak_power", "peak_torque", "continuous_power", "max_speed", "ratio", "mass"):
        if getattr(edu, field) <= 0:
            raise InputError(f"{name}.{field}: {getattr(edu, field):g}; a figure above 0 is wanted")
    if edu.continuous_power > edu.peak_power:
        raise InputError(
            f"{name}.continuous_power: {edu.continuous_power / 1e3:.0f} kW; at most peak_power "
            f"({edu.peak_power / 1e3:.0f} kW) is wanted"
        )
    if edu.max_speed * edu.peak_torque <= edu.peak_power:
        raise InputError(
            f"{name}.max_speed: {edu.max_speed * 30 / np.pi:.0f} rpm lies below base speed, "
            f"{edu.peak_power / edu.peak_torque * 30 / np.pi:.0f} rpm (peak power over peak torque)"
        )
