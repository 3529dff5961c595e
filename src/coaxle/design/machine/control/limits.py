"""What stands around the machine: the voltage and losses of its source, limits, and how finely to search."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import inf

import numpy as np

from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class SourceTerms:
    """What the inverter gives and costs, at V voltages of its DC side.

    The inverter's estimate is ``constant + linear * i + square * i^2`` with ``i`` the peak of the phase current: enough
    for the inverter's share to count when currents are chosen, not its final loss.

    Parameters
    ----------
    u_max : (V,)
        Largest peak phase voltage, reserve deducted [V].
    constant, linear, square : (V,)
        Of the estimate [W], [W/A], [W/A2]; none negative.

    """

    u_max: Array
    constant: Array
    linear: Array
    square: Array

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, frozen(getattr(self, field.name)))
        for field in fields(self):
            array, lowest = getattr(self, field.name), "above 0" if field.name == "u_max" else "at least 0"
            if array.shape != self.u_max.shape or array.ndim != 1 or array.size == 0:
                raise InputError(f"source.{field.name}: has shape {array.shape}; one figure a voltage is wanted")
            low = np.any(array <= 0) if field.name == "u_max" else np.any(array < 0)
            if low or not np.all(np.isfinite(array)):
                raise InputError(f"source.{field.name}: holds {array.min():g}; finite figures {lowest} are wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What currents and speed may not exceed.

    Parameters
    ----------
    current : float
        Peak of the phase current [A].
    field_current : float
        Of the field winding [A]; of no account without one.
    max_speed : float
        Of the shaft [rad/s].

    """

    current: float
    field_current: float = inf
    max_speed: float = inf

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name) > 0:
                raise InputError(f"limits.{field.name}: is {getattr(self, field.name):g}; a figure above 0 is wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSettings:
    """How finely currents are searched.

    Parameters
    ----------
    d_lines, f_lines : int
        Lines of constant i_d and i_f on which the first look is taken, denser near 0.
    q_samples : int
        Samples between two nodes of i_q on each of these lines.
    iterations : int
        Most steps of the descent from the best place of the first look.
    tolerance : float
        By which a limit may be exceeded, relative; also how closely torque is met.

    """

    d_lines: int = 33
    f_lines: int = 13
    q_samples: int = 2
    iterations: int = 30
    tolerance: float = 1e-6

    def __post_init__(self) -> None:
        for name, least in (("d_lines", 3), ("f_lines", 3), ("q_samples", 1), ("iterations", 1)):
            if getattr(self, name) < least:
                raise InputError(f"settings.{name}: is {getattr(self, name)}; at least {least} is wanted")
        if not 1e-9 <= self.tolerance <= 1e-3:
            raise InputError(f"settings.tolerance: is {self.tolerance:g}; 1e-9 to 1e-3 is wanted")
