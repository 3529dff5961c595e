"""The Design of an engine: what its maker publishes, and the class of its combustion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import (
    AngularSpeed,
    Energy,
    Inertia,
    Length,
    Mass,
    Money,
    Name,
    Power,
    Ratio,
    SignedRatio,
    Torque,
    Volume,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combustion:
    """A class of engines by the extended Willans line.

    With mean piston speed c [m/s], brake mean pressure p_e and fuel mean pressure p_f [bar]:
    ``p_e = (a + b c + c2 c^2) p_f + a2 p_f^2 + l + l2 c^2``. ``cold_friction`` is the friction at 20 degC over that of
    the warm engine; ``warm_up`` the fuel energy per litre of displacement until its excess has fallen to 1/e.
    """

    fuel: Literal["petrol", "diesel"]
    a: SignedRatio
    b: SignedRatio
    c2: SignedRatio
    a2: SignedRatio
    l: SignedRatio  # noqa: E741  (the letter of the source)
    l2: SignedRatio
    cold_friction: Ratio
    warm_up: Energy
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine as published: displacement, stroke, the plateau of torque and the plateau of power.

    The wide-open curve rises to ``torque`` at ``torque_from``, holds it to ``torque_to``, follows on to ``power``
    at ``power_from``, holds that to ``power_to`` and falls to ``max_speed``.
    """

    owner: Annotated[str, Name(("partners",))]
    family: Annotated[str, Name(("families",))]
    combustion: Annotated[str, Name(("combustions",))]
    displacement: Volume
    cylinders: int
    stroke: Length
    torque: Torque
    torque_from: AngularSpeed
    torque_to: AngularSpeed
    power: Power
    power_from: AngularSpeed
    power_to: AngularSpeed
    idle_speed: AngularSpeed
    max_speed: AngularSpeed
    mass: Mass
    inertia: Inertia
    cost: Money | None = None
    source: str
    assumed: dict[str, str] = field(default_factory=dict)
