"""Closed forms beside the losses: reachable voltage, pulses a turn, dead time, the current of the DC link."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from coaxle.design.inverter.inverter import Inverter
from coaxle.design.inverter.modulation import LINEAR_END, SIX_STEP
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array


def phase_voltage_limit(inverter: Inverter, v_dc: ArrayLike) -> Array:
    """Return the largest amplitude [V] of a phase voltage at ``v_dc`` [V], less the reserve of the control.

    1/2 of the DC voltage with sine modulation, 1/sqrt(3) with space vectors or clamped phases, 2/pi in six-step.
    """
    reach = SIX_STEP if inverter.overmodulation else LINEAR_END[inverter.modulation]
    return np.asarray((1 - inverter.voltage_reserve) * 0.5 * reach * np.asarray(v_dc, float))


def dead_time_voltage(inverter: Inverter, v_dc: ArrayLike) -> Array:
    """Return the amplitude [V] of the fundamental that dead time takes, if nothing compensates it.

    The mean of a leg is off by v_dc t_d f_sw against the sign of the current: a square wave, of which 4/pi is the
    fundamental. It matters for torque at low speed.
    """
    return np.asarray(4 / np.pi * np.asarray(v_dc, float) * inverter.dead_time * inverter.switching_frequency)


def pulse_number(inverter: Inverter, frequency: ArrayLike) -> Array:
    """Return how often a leg switches on in one turn of the voltage of ``frequency`` [Hz]; infinite at rest.

    Below about 9 to 10 the pulses must run in step with the turn, and sinusoidal averages no longer hold.
    """
    frequency = np.asarray(frequency, float)
    turning = np.where(frequency > 0, frequency, 1.0)
    return np.where(frequency > 0, inverter.switching_frequency / turning, np.inf)


def capacitor_load(inverter: Inverter, ripple: ArrayLike) -> Array:
    """Return ``ripple`` [A], rms, as a share of what the DC-link capacitor carries for ever.

    Raises
    ------
    InputError
        Where the inverter tells no such current.

    """
    if not inverter.capacitor_ripple:
        raise InputError("inverter.capacitor_ripple: nothing stands there; the current that it carries is wanted")
    return np.asarray(np.asarray(ripple, float) / inverter.capacitor_ripple)


def capacitor_current(current: ArrayLike, index: ArrayLike, cos_phi: ArrayLike) -> Array:
    """Return the rms current of the DC-link capacitor [A].

    I_C = I_rms sqrt(2 M (sqrt(3) / (4 pi) + cos^2(phi) (sqrt(3) / pi - 9 M / 16))), after Kolar and Round, IEE Proc.
    Electr. Power Appl. 153 (2006) 535. It holds for sinusoidal phase currents, a DC current without ripple, and any
    modulation in its linear range. The largest value is about 0.65 I_rms, near M = 0.6 and cos(phi) = 1.

    Parameters
    ----------
    current : array_like
        Amplitude of the phase current [A], peak.
    index : array_like
        M = 2 U / v_dc, at most 2 / sqrt(3).
    cos_phi : array_like
        Of the fundamental.

    """
    M = np.asarray(index, float)
    square = np.asarray(cos_phi, float) ** 2
    inner = 2 * M * (np.sqrt(3) / (4 * np.pi) + square * (np.sqrt(3) / np.pi - 9 * M / 16))
    return np.asarray(np.asarray(current, float) / np.sqrt(2) * np.sqrt(inner))
