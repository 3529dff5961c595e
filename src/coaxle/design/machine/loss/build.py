"""The loss terms of a machine from its facts and the conditions it works under."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.loss.conditions import LossConditions
from coaxle.design.machine.loss.copper import ac_factor
from coaxle.design.machine.loss.friction import Ball, bearing_torque, windage
from coaxle.design.machine.loss.pwm import Switching, SwitchingShare, screening, switching_share
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.errors import InputError
from coaxle.materials.conductors import conductor
from coaxle.materials.fluids import oil
from coaxle.materials.steels import MU_0, steel
from coaxle.numerics.arrays import Array

POINTS = 65
"""Of the tables over frequency and speed, from 0 to the machine's highest speed."""
DROPS = {"brushes": 2.0, "transformer": 1.4}
"""Of both brushes, or of the two diodes of a rectifier that conduct [V]."""
FLUX_DENSITY, INCREMENTAL = 1.4, 500.0
"""Of loaded teeth [T]; relative permeability of small loops there (assumed)."""
_SEAT = 0.6
_G = 9.80665


def loss_terms(
    facts: MachineFacts,
    conditions: LossConditions | None = None,
    switching: SwitchingShare | None = None,
) -> LossTerms:
    """Return the losses of a machine beside the iron coefficients of its flux map.

    Parameters
    ----------
    facts : MachineFacts
        Windings, sizes, highest speed.
    conditions : LossConditions
        Temperatures, exciter, build factors, bearings.
    switching : SwitchingShare, optional
        What the inverter's harmonics add; without it the supply is a sine.

    """
    conditions = LossConditions() if conditions is None else conditions
    switching = SwitchingShare() if switching is None else switching
    _check(facts, conditions)
    frequency = np.linspace(0.0, facts.pole_pairs * facts.max_speed / (2 * pi), POINTS)
    speed = np.linspace(0.0, facts.max_speed, POINTS)
    field, cage = _rotor_resistances(facts, conditions)
    drop = DROPS[conditions.exciter] if conditions.brush_voltage is None else conditions.brush_voltage
    iron = conditions.build_factor * switching.iron
    warm = conductor(facts.winding.conductor).growth(conditions.winding_temperature)
    return LossTerms(
        resistance=facts.winding.resistance * warm,
        ac_frequency=frequency,
        ac_factor=ac_factor(facts, frequency, conditions.winding_temperature) * switching.copper,
        field_resistance=field,
        brush_voltage=drop if field > 0 else 0.0,
        exciter_efficiency=conditions.exciter_efficiency if field > 0 else 1.0,
        cage_resistance=cage,
        yoke_factor=iron,
        teeth_factor=iron,
        rotor_factor=iron,
        magnet_factor=conditions.magnet_build_factor * switching.magnet,
        friction_speed=speed,
        friction=friction(facts, conditions, speed),
    )


def switching_of(
    facts: MachineFacts,
    point: Switching,
    frequency: float,
    current: float,
    conditions: LossConditions | None = None,
) -> SwitchingShare:
    """Return what the inverter's ripple adds to copper and iron losses at a working point.

    The ripple's main frequency is twice that of switching. Eddy loss is taken to have the share of f^2 that the
    stator's sheet has at ``FLUX_DENSITY``; the sheet screens itself with an incremental permeability of
    ``INCREMENTAL``, or not at all where its resistivity is not known (an upper bound). Magnets are left at 1.

    Parameters
    ----------
    facts : MachineFacts
        Winding and steel of the stator.
    point : Switching
        Of the inverter.
    frequency : float
        Electrical, of the fundamental [Hz].
    current : float
        Fundamental of a phase, rms [A].
    conditions : LossConditions, optional
        Temperature of the winding.

    """
    conditions = LossConditions() if conditions is None else conditions
    if not (frequency > 0 and current > 0):
        raise InputError(f"switching: {frequency:g} Hz and {current:g} A; both are wanted above 0")
    slow, fast = ac_factor(facts, np.array([frequency, 2 * point.frequency]), conditions.winding_temperature)
    sheet = steel(facts.stator_steel)
    parts = sheet.loss.per_power(FLUX_DENSITY) * frequency**sheet.loss.exponents
    screen = 1.0
    if sheet.resistivity is not None:
        depth = sqrt(sheet.resistivity / (pi * 2 * point.frequency * MU_0 * INCREMENTAL))
        screen = screening(sheet.thickness, depth)
    return switching_share(
        point,
        copper_ratio=float(fast / slow),
        current=current,
        eddy_share=float(parts[-1] / parts.sum()),
        screen=screen,
    )


def friction(facts: MachineFacts, conditions: LossConditions, speed: Array) -> Array:
    """Return the friction (B,) [W] of two bearings and the air over ``speed`` (B,) [rad/s]."""
    bore = conditions.bearing_bore or _SEAT * facts.rotor_inner
    turning = ("rotor-iron", "field-copper", "magnets", "cage", "shaft")
    weight = _G * sum(facts.masses.get(part, 0.0) for part in turning)
    ball = Ball(
        bore=bore,
        outside=2 * bore,
        load=conditions.bearing_load + 0.5 * weight,
        viscosity=oil(conditions.bearing_oil).viscosity(conditions.bearing_temperature),
    )
    bearings = 2 * bearing_torque(ball, speed) * np.abs(speed)
    drag = windage(
        0.5 * facts.rotor_outer,
        facts.gap,
        facts.stack,
        speed,
        conditions.air_temperature,
        inner=0.5 * facts.rotor_inner,
        rough=conditions.roughness,
    )
    return np.asarray(bearings + drag)


def _rotor_resistances(facts: MachineFacts, conditions: LossConditions) -> tuple[float, float]:
    """Return the resistances of field winding and cage at the rotor's temperature [Ohm], 0 for what is not there."""
    rotor = facts.rotor_winding
    if rotor is None:
        return 0.0, 0.0
    warm = rotor.resistance * conductor(rotor.conductor).growth(conditions.rotor_temperature)
    return (warm, 0.0) if rotor.style == "field" else (0.0, warm)


def _check(facts: MachineFacts, conditions: LossConditions) -> None:
    for name in ("build_factor", "magnet_build_factor", "roughness"):
        if getattr(conditions, name) < 1:
            raise InputError(f"conditions.{name}: {getattr(conditions, name):g}; at least 1 is wanted")
    if not 0 < conditions.exciter_efficiency <= 1:
        raise InputError(
            f"conditions.exciter_efficiency: {conditions.exciter_efficiency:g}; above 0 and up to 1 is wanted"
        )
    for name in ("winding_temperature", "rotor_temperature", "air_temperature", "bearing_temperature"):
        if not 200.0 <= getattr(conditions, name) <= 600.0:
            raise InputError(f"conditions.{name}: {getattr(conditions, name):g} K; 200 to 600 K is wanted")
    if facts.max_speed <= 0:
        raise InputError(f"facts.max_speed: {facts.max_speed:g} rad/s; above 0 is wanted")
