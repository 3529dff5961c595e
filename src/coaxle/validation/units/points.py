"""Losses of machine and inverter of a measured unit, from its geometry alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from coaxle.design.edu import DESIGN_UNIT, PartsSettings
from coaxle.design.edu.operation import Drive, operate
from coaxle.numerics.arrays import Array
from coaxle.validation.tables import read_table
from coaxle.validation.units.ratings import drawn
from coaxle.workbench.units import computed

UNIT = "id3-app310"
SPEEDS = (0.0, 1500.0, 6000.0, 15000.0)
TORQUES = (0.0, 100.0, 200.0, 320.0)
"""Borders of the regions in which errors are told [rpm], [Nm]."""
PARTS = ("copper", "iron", "magnets", "inverter", "friction")
USUAL = 358.15, 348.15
"""Temperatures of windings and magnets in the maps of other units [K]."""
TORQUE_NODES = 20


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Losses:
    """Losses from inverter input to machine shaft at measured points (N,).

    Parameters
    ----------
    speed, torque : (N,)
        Of the machine's shaft [rad/s], [Nm].
    measured : (N,)
        From the measured efficiency [W].
    parts : (P, N)
        Predicted, in the order of ``PARTS`` [W].
    total : (N,)
        Predicted [W]; NaN where the torque lies beyond the predicted envelope.

    """

    speed: Array
    torque: Array
    measured: Array
    parts: Array
    total: Array

    @property
    def error(self) -> Array:
        """Return predicted over measured loss less one (N,)."""
        return np.asarray(self.total / self.measured - 1)

    @property
    def points_of_efficiency(self) -> Array:
        """Return predicted less measured efficiency (N,), motoring [-]."""
        power = self.speed * self.torque
        return np.asarray(power / (power + self.total) - power / (power + self.measured))

    def within(self, rpm: tuple[float, float], torque: tuple[float, float]) -> np.ndarray:
        """Return which points lie in a region (N,), its upper borders excluded."""
        speed = self.speed * 30 / np.pi
        inside = (speed >= rpm[0]) & (speed < rpm[1])
        return np.asarray(inside & (self.torque >= torque[0]) & (self.torque < torque[1]))


FIELD = replace(DESIGN_UNIT, speeds=9, torques=5, control_torques=4)
"""For the machine's field; the operating points are computed one by one, not read off a map."""


def losses(
    windings: tuple[float, float] | None = None, settings: PartsSettings = FIELD, voltage: float | None = None
) -> Losses:
    """Return the losses of the unit of the VW ID.3 at the 124 measured points.

    ``windings`` are temperatures of stator winding and magnets [K], by default those of the unit in the library;
    ``voltage`` is that at the DC terminals [V], by default rated. Nothing is fitted.
    """
    given = drawn(UNIT)
    entry = replace(given.unit, torque_limit=None, power_limit=None)
    if windings is not None:
        entry = replace(entry, conditions=replace(entry.conditions, winding=windings[0], rotor=windings[1]))
    made = computed(replace(given, unit=entry), settings)
    table = read_table("id3-unit.csv")
    speed = table.numbers("speed [rpm]") * np.pi / 30
    torque = table.numbers("torque [Nm]")
    drive = Drive(
        name=UNIT,
        unit=entry,
        flux=made.flux,
        terms=made.terms,
        inverter=made.parts.inverter,
        device=made.device,
    )
    operation = operate(drive, np.array([voltage or entry.voltage]), speed, TORQUE_NODES)
    gap = (torque + operation.drag)[None, :, None]

    def at(of: Array) -> Array:
        return operation.at(of, gap)[0, :, 0]

    points = operation.points
    iron = points.iron_yoke + points.iron_teeth + points.iron_rotor
    shares = (points.copper, iron, points.magnet, operation.inverter.total)
    return Losses(
        speed=speed,
        torque=torque,
        measured=speed * torque * (1.0 / table.numbers("efficiency [-]") - 1.0),
        parts=np.stack([*(at(share) for share in shares), operation.friction]),
        total=at(operation.electric) + operation.friction,
    )
