"""The losses of a machine beside its iron, as numbers that hold at given temperatures."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class LossTerms:
    """What turns currents, frequency and speed into losses, beside the iron coefficients of a flux map.

    Parameters
    ----------
    resistance : float
        Of a stator phase, DC, at operating temperature [Ohm].
    ac_frequency, ac_factor : (A,)
        Resistance over its DC value, >= 1, over electrical frequency [Hz], even from 0.
    field_resistance : float
        Of the field winding at operating temperature [Ohm]; 0 without one.
    brush_voltage : float
        Drop across both brushes together, or across the rectifier on the rotor [V].
    exciter_efficiency : float
        Of what feeds the field winding: its loss is (R_f i_f^2 + u_b i_f) / efficiency.
    cage_resistance : float
        Of the cage, referred to a stator phase, at operating temperature [Ohm]; 0 without one.
    yoke_factor, teeth_factor, rotor_factor, magnet_factor : float
        On the iron and magnet losses of the flux map: manufacture (build factor) and the inverter's harmonics.
    friction_speed, friction : (B,)
        Bearings and windage [W] over speed of the shaft [rad/s], even from 0.

    """

    resistance: float
    ac_frequency: Array
    ac_factor: Array
    field_resistance: float
    brush_voltage: float
    exciter_efficiency: float
    cage_resistance: float
    yoke_factor: float
    teeth_factor: float
    rotor_factor: float
    magnet_factor: float
    friction_speed: Array
    friction: Array

    def __post_init__(self) -> None:
        for field in ("ac_frequency", "ac_factor", "friction_speed", "friction"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
