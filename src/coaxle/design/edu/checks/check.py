"""A line of the report: what was computed, what it may be, who says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from coaxle.design.machine.flux import DESIGN, DRAFT, FluxSettings
from coaxle.design.machine.mesh import FINE, MeshSettings
from coaxle.numerics.rows import Executor

if TYPE_CHECKING:
    from coaxle.design.edu.unit import Unit

RULE = "rule of this project"
"""Source of a limit that no published figure was found for; the note or the theory page says why it is what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line.

    Parameters
    ----------
    name : str
        What is checked, unique among the lines of a unit.
    value, limit : float
        Figure found and figure allowed.
    unit : str
        Of both; '' for a number.
    at_least : bool
        Whether ``value`` may not fall below ``limit``; else it may not exceed it.
    passed : bool
        Whether it keeps to that.
    note : str
        Where and under which conditions the figure stands.
    source : str
        Of the limit or the method.

    """

    name: str
    value: float
    limit: float
    unit: str
    at_least: bool
    passed: bool
    note: str
    source: str


def at_most(name: str, value: float, limit: float, unit: str, note: str, source: str) -> Check:
    """Return a line that is green where a finite ``value`` does not exceed ``limit``."""
    return Check(
        name=name,
        value=float(value),
        limit=float(limit),
        unit=unit,
        at_least=False,
        passed=bool(isfinite(value) and value <= limit),
        note=note,
        source=source,
    )


def at_least(name: str, value: float, limit: float, unit: str, note: str, source: str) -> Check:
    """Return a line that is green where ``value`` does not fall below ``limit``; one that is no number is red."""
    return Check(
        name=name,
        value=float(value),
        limit=float(limit),
        unit=unit,
        at_least=True,
        passed=bool(value >= limit),
        note=note,
        source=source,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSettings:
    """How fine.

    Parameters
    ----------
    flux : FluxSettings
        Mesh, order, tolerance and rotor positions of the field solutions.
    strength : MeshSettings
        Mesh on which the rotor's stresses are solved.
    torques : int
        Torques at each voltage and speed of the map at which the energies are added up again.

    """

    flux: FluxSettings = DESIGN
    strength: MeshSettings = FINE
    torques: int = 21


DRAFT_CHECKS = CheckSettings(flux=DRAFT, strength=MeshSettings(bridge=3.0))


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Case:
    """A unit under check, with what several checks ask for; ``kept`` is what one found and another wants as well."""

    unit: Unit
    settings: CheckSettings
    where: Executor | None = None
    kept: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def rated(self) -> int:
        """Which voltage is the rated one."""
        return self.unit.operation.voltage.size // 2

    @property
    def peak(self) -> tuple[int, int, int]:
        """Where in the operation torque is largest at rated voltage; of several speeds the lowest that turns."""
        top = self.unit.operation.torque[self.rated, :, -1]
        fast = top >= top.max() * (1 - 1e-4)
        fast[0] &= not fast[1:].any()
        return self.rated, int(np.argmax(fast)), -1

    @property
    def lasting(self) -> int:
        """Speed at which the power that lasts for ever is largest."""
        operation = self.unit.operation
        power = np.minimum(self.unit.endurance.continuous, operation.torque[self.rated, :, -1]) * operation.speed
        return int(np.argmax(power))

    def at_continuous(self, table: np.ndarray) -> np.ndarray:
        """Return a table of the operation (V, S, T) at rated voltage and continuous torque (S,)."""
        operation, v = self.unit.operation, self.rated
        torque = np.clip(self.unit.endurance.continuous, operation.torque[v, :, 0], operation.torque[v, :, -1])
        every = np.broadcast_to(torque[None, :, None], (operation.voltage.size, torque.size, 1))
        inside = np.clip(every, operation.torque[..., :1], operation.torque[..., -1:])
        return np.asarray(operation.at(table, inside)[v, :, 0])


def rpm(speed: float) -> str:
    """Return a speed [rad/s] in words."""
    return f"{speed * 30 / np.pi:,.0f} rpm"
