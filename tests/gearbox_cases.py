"""Gearboxes that several tests share."""

from __future__ import annotations

from math import radians

from coaxle.design.gearbox import Bearing, ParallelGearbox, PlanetaryGearbox, Stage

ID3 = ParallelGearbox(
    kind="parallel",
    arrangement="offset",
    stages=(
        Stage(pinion_teeth=23, wheel_teeth=68, module=1.67e-3, width=32e-3, helix=radians(23.4)),
        Stage(pinion_teeth=20, wheel_teeth=78, module=2.111e-3, width=45e-3, helix=radians(18.4)),
    ),
    max_torque=310.0,
    input_seals=(27.2e-3,),
    output_seals=(48.8e-3, 48.8e-3),
    oil="70w-75w",
    roughness=0.5e-6,
    immersion=0.0,
    oil_volume=0.0,
    spray=2.5e-3 / 60,
    spray_speed=0.4,
    source="teardown (A2Mac1) and set-up of the losses as told in TUMFTM/Holistic-Electric-Powertrain-Component-Design",
)
"""Gears of the VW ID.3: teeth, widths and modules of the teardown; helix, spray (2.5 l/min, 0.4 m/s, no sump), bearings
(series 160 by the shaft) and roughness as that repository's own loss model sets them, which stands beside the WTplus
map. Apache-2.0, doi 10.3390/wevj16020061. Seals as wide as the shafts by rule."""

PLANETS = PlanetaryGearbox(
    kind="planetary",
    sun_teeth=25,
    large_teeth=67,
    small_teeth=33,
    ring_teeth=99,
    planets=3,
    sun_module=1.5e-3,
    ring_module=1.5e-3 * 92 / 66,
    sun_width=35e-3,
    ring_width=40e-3,
    sun_helix=radians(20),
    ring_helix=radians(20),
    max_torque=348.0,
    bearings=(
        Bearing(series="ball-160", bore=40e-3, outside=68e-3, static_load=10.2e3),
        Bearing(series="roller", bore=20e-3, outside=36e-3),
        Bearing(series="ball-160", bore=70e-3, outside=110e-3, static_load=25e3),
    ),
    input_seals=(45e-3,),
    output_seals=(45e-3, 45e-3),
    oil="70w-75w",
    roughness=0.5e-6,
    immersion=10e-3,
    oil_volume=1e-3,
    source="ratio 9.04 and 348 Nm as published of the Jaguar I-PACE; every tooth and bearing assumed",
)

H501 = Stage(
    pinion_teeth=20,
    wheel_teeth=30,
    module=3.5e-3,
    width=23e-3,
    helix=radians(15),
    pinion_shift=0.1809,
    wheel_shift=0.0891,
)
C14 = Stage(
    pinion_teeth=16, wheel_teeth=24, module=4.5e-3, width=14e-3, helix=0.0, pinion_shift=0.1817, wheel_shift=0.1715
)
"""Test gears of the FZG rig, as in cfernandesFEUP/GEARpie (MIT): the helical H501 and the spur C14."""

TAPERS = tuple(
    Bearing(series="taper-320", bore=bore, outside=outside, preload=preload)
    for bore, outside, preload in ((30e-3, 55e-3, 1000.0), (40e-3, 68e-3, 1500.0), (50e-3, 80e-3, 2000.0))
)
