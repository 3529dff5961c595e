"""Under which conditions a machine's losses are told: temperatures, exciter, manufacture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coaxle.units import Force, Length, Ratio, Temperature, Voltage


@dataclass(frozen=True, slots=True, kw_only=True)
class LossConditions:
    """Choices beside the machine's drawing.

    Parameters
    ----------
    winding_temperature, rotor_temperature, air_temperature : float
        Of the stator's winding; of the field winding or cage; of the air in the gap [K].
    exciter : 'brushes' or 'transformer'
        How a field winding is fed: over slip rings, or by a rotary transformer and a rectifier on the rotor.
    brush_voltage : float or None
        Drop of both brushes together, or of the rectifier [V]. Without it 2 x 1.0 V for carbon (IEC 60034-2-1, 6.1.3.3)
        or 2 x 0.7 V for the two silicon diodes that conduct at a time.
    exciter_efficiency : float
        Of the converter that feeds brushes, or of converter and rotary transformer.
    build_factor, magnet_build_factor : float
        On iron and magnet losses, for what punching, stacking and fitting do: 1.25 as in TUM's reconstruction of the
        VW ID.3 (TUMFTM/Holistic-Electric-Powertrain-Component-Design cf5dd29).
    bearing_bore : float or None
        Of the two bearings, twice as wide outside [m]; without it 0.6 of the shaft's diameter in the rotor.
    bearing_oil : str
        Oil of the grease, or that the bearings run in, by its name in ``coaxle.materials``.
    bearing_temperature : float
        Of the bearings [K].
    bearing_load : float
        Radial load of each beside the rotor's weight [N]; forces of gears belong to the gearbox.
    roughness : float
        Of the rotor against the air: 1 smooth or potted, 2 to 4 for open poles.

    """

    winding_temperature: Temperature = 393.15
    rotor_temperature: Temperature = 393.15
    air_temperature: Temperature = 363.15
    exciter: Literal["brushes", "transformer"] = "brushes"
    brush_voltage: Voltage | None = None
    exciter_efficiency: Ratio = 0.95
    build_factor: Ratio = 1.25
    magnet_build_factor: Ratio = 1.25
    bearing_bore: Length | None = None
    bearing_oil: str = "mineral-100"
    bearing_temperature: Temperature = 353.15
    bearing_load: Force = 200.0
    roughness: Ratio = 1.0
