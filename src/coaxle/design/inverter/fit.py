"""Losses of an inverter as a parabola in current, for a control that looks for least loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import nnls

from coaxle.design.inverter.average import Points, figures, losses
from coaxle.design.inverter.inverter import Inverter
from coaxle.design.inverter.kernels import I_END
from coaxle.design.inverter.limits import phase_voltage_limit
from coaxle.design.inverter.modulation import LINEAR_END
from coaxle.design.inverter.semiconductor import Device
from coaxle.design.inverter.tables import tabulate
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSettings:
    """Over what the parabola is fitted.

    Parameters
    ----------
    currents : int
        Even steps up to the largest current; those at which a junction grows too hot are left out.
    shares : tuple of float
        Of the largest voltage of the linear range.
    cosines : tuple of float
        Of the angle between voltage and current.
    coolant : float
        Temperature of the coolant [K].

    """

    currents: int = 24
    shares: tuple[float, ...] = (0.1, 0.4, 0.7, 1.0)
    cosines: tuple[float, ...] = (-0.85, 0.85)
    coolant: float = 338.15


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class InverterTerms:
    """Loss = constant + linear I + square I^2, I the amplitude of the phase current, at each DC voltage.

    Parameters
    ----------
    voltage, phase_voltage : (V,)
        DC voltages, and the amplitude of a phase voltage that each gives, reserve deducted [V].
    constant, linear, square : (V,)
        [W], [W/A], [W/A2], each >= 0.
    error : (V,)
        Largest distance of a fitted point, as a share of the largest loss there.
    current : (V,)
        Up to which it is fitted [A].

    """

    voltage: Array
    phase_voltage: Array
    constant: Array
    linear: Array
    square: Array
    error: Array
    current: Array

    def loss(self, current: ArrayLike) -> Array:
        """Return the parabolas (V, ...) at amplitudes ``current`` (...)."""
        i = np.asarray(current, float)
        shape = (-1, *(1,) * i.ndim)
        return np.asarray(
            self.constant.reshape(shape) + self.linear.reshape(shape) * i + self.square.reshape(shape) * i**2
        )


_STANDARD = FitSettings()


def terms(inverter: Inverter, device: Device, v_dc: ArrayLike, settings: FitSettings = _STANDARD) -> InverterTerms:
    """Fit the losses of ``inverter`` by a parabola in current at each of ``v_dc`` (V,) [V].

    Least squares with coefficients >= 0, so that the parabola is convex and rises; over currents, voltages and angles
    between them alike. What the fit leaves out is mostly what voltage and angle move between switch and diode.

    Raises
    ------
    InputError
        Where no current at all can be carried at one of the voltages.

    """
    u = np.atleast_1d(np.asarray(v_dc, float))
    end = figures(inverter, device, tabulate(device))[I_END]
    i = np.linspace(0.0, end, settings.currents + 1)
    shares, cosines = np.array(settings.shares), np.array(settings.cosines)
    found = losses(
        inverter,
        device,
        Points(
            current=i[None, :, None, None],
            voltage=(0.5 * LINEAR_END[inverter.modulation] * u[:, None] * shares)[:, None, :, None],
            cos_phi=cosines,
            dc_voltage=u[:, None, None, None],
            frequency=0.0,
            coolant=settings.coolant,
        ),
    )
    rows = np.zeros((5, u.size))
    for k in range(u.size):
        good = np.all(found.code[k] == 0, axis=(1, 2))
        if good.sum() < 3:
            raise InputError(f"v_dc: {u[k]:g} V; a voltage at which {device.name} can carry current is wanted")
        loss = found.total[k][good]
        one = i[good] / end
        design = np.stack([np.ones_like(one), one, one**2], axis=1)
        each = np.repeat(design, shares.size * cosines.size, axis=0)
        weights, _ = nnls(each, loss.reshape(-1))
        rows[:3, k] = weights / np.array([1.0, end, end**2])
        rows[3, k] = np.max(np.abs(each @ weights - loss.reshape(-1))) / np.max(loss)
        rows[4, k] = i[good][-1]
    return InverterTerms(
        voltage=frozen(u),
        phase_voltage=frozen(phase_voltage_limit(inverter, u)),
        constant=frozen(rows[0]),
        linear=frozen(rows[1]),
        square=frozen(rows[2]),
        error=frozen(rows[3]),
        current=frozen(rows[4]),
    )
