"""What comes out: operating points, the envelope, loci."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coaxle.numerics.arrays import Array, Ints, frozen


class Code(IntEnum):
    """How the search for an operating point ended."""

    OK = 0
    BEYOND = 1
    """No currents within the limits and the flux map give this torque."""
    LOST = 2
    """The torque lies within the envelope, and yet no currents were found: a failure of the search."""
    SPEED = 3
    """The speed lies above the limit of the shaft."""


class Bound(IntEnum):
    """What keeps torque from growing at the envelope."""

    NONE = 0
    """No currents within the limits at this speed at all: torque is NaN."""
    CURRENT = 1
    """Current alone: maximum torque per ampere (MTPA)."""
    BOTH = 2
    """Current and voltage: field weakening along the current limit."""
    VOLTAGE = 3
    """Voltage alone: maximum torque per volt (MTPV)."""
    MAP = 4
    """Neither: an edge of the flux map, or the limit of the field current alone."""


LOSSES = ("copper", "field", "cage", "iron_yoke", "iron_teeth", "iron_rotor", "magnet", "inverter")
"""Names of the parts of the loss."""


class _Frozen:
    __slots__ = ()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            array = np.asarray(getattr(self, field.name))
            kind: Any = np.int32 if array.dtype.kind in "iu" else np.bool_ if array.dtype.kind == "b" else np.float64
            object.__setattr__(self, field.name, frozen(array, kind))


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class OperatingPoints(_Frozen):
    """Currents, voltages and losses over voltage (V), speed (S) and torque (T); NaN where ``code`` is not 0.

    Parameters
    ----------
    u_max : (V,)
        Largest peak phase voltage allowed [V].
    speed : (S,)
        Of the shaft [rad/s].
    torque : (T,) or (V, S, T)
        In the air gap, signed, as asked for [Nm].
    code : (V, S, T)
        :class:`Code` of each point.
    i_d, i_q, i_f : (V, S, T)
        Currents [A]; ``i_q`` is negative where torque is.
    psi_d, psi_q : (V, S, T)
        Flux linkages [Wb].
    u_d, u_q : (V, S, T)
        Phase voltage [V].
    current, voltage : (V, S, T)
        Peak of phase current [A] and phase voltage [V].
    power_factor : (V, S, T)
        Cosine of the angle between them, negative when generating; 0 where either is 0.
    frequency : (V, S, T)
        Electrical, of the stator, slip included [Hz]; >= 0.
    copper, field, cage, iron_yoke, iron_teeth, iron_rotor, magnet, inverter : (V, S, T)
        Losses [W], each >= 0; ``inverter`` is the estimate of the source terms.
    total : (V, S, T)
        Their sum [W].

    """

    u_max: Array
    speed: Array
    torque: Array
    code: Ints
    i_d: Array
    i_q: Array
    i_f: Array
    psi_d: Array
    psi_q: Array
    u_d: Array
    u_q: Array
    current: Array
    voltage: Array
    power_factor: Array
    frequency: Array
    copper: Array
    field: Array
    cage: Array
    iron_yoke: Array
    iron_teeth: Array
    iron_rotor: Array
    magnet: Array
    inverter: Array
    total: Array


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Envelope(_Frozen):
    """How far torque reaches over voltage (V) and speed (S); NaN where no currents fit the limits.

    Parameters
    ----------
    u_max : (V,)
        Largest peak phase voltage allowed [V].
    speed : (S,)
        Of the shaft [rad/s].
    torque_max, torque_min : (V, S)
        Largest motoring and largest (most negative) braking torque in the air gap [Nm].
    currents_max, currents_min : (V, S, 3)
        i_d, i_q, i_f at them [A].
    bound_max, bound_min : (V, S)
        :class:`Bound` of each.

    """

    u_max: Array
    speed: Array
    torque_max: Array
    torque_min: Array
    currents_max: Array
    currents_min: Array
    bound_max: Ints
    bound_min: Ints

    @property
    def mtpa(self) -> NDArray[np.bool_]:
        """Where (V, S) current alone binds when motoring."""
        return np.asarray(self.bound_max == Bound.CURRENT)

    @property
    def mtpv(self) -> NDArray[np.bool_]:
        """Where (V, S) voltage alone binds when motoring."""
        return np.asarray(self.bound_max == Bound.VOLTAGE)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Loci(_Frozen):
    """A curve in the space of currents, one point for each value of ``given``.

    Parameters
    ----------
    given : (N,)
        Peak phase current [A] (MTPA) or flux linkage [Wb] (MTPV).
    torque : (N,)
        Largest torque at it [Nm]; NaN where the flux map holds no such point.
    i_d, i_q, i_f : (N,)
        Currents [A].
    psi : (N,)
        Amplitude of the flux linkage [Wb].

    """

    given: Array
    torque: Array
    i_d: Array
    i_q: Array
    i_f: Array
    psi: Array
