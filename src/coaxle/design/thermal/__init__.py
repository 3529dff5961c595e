"""Heat of a machine: where losses go, and for how long a torque may last.

Comes in: facts of a machine, a :class:`Cooling`, losses by part. Goes out: temperatures, torque over duration.
Never lives here: how losses come to be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.thermal.cooling import (
    Contacts,
    Cooling,
    HollowShaft,
    Jacket,
    JacketCooling,
    JacketSprayCooling,
    Limits,
    Spray,
    SprayCooling,
)

if TYPE_CHECKING:
    from coaxle.design.thermal.build import network
    from coaxle.design.thermal.endurance import (
        NO_TORQUE_LASTS,
        NOT_LIMITED,
        Ratings,
        RatingSettings,
        ThirtyMinutePower,
        ratings,
        thirty_minute_power,
    )
    from coaxle.design.thermal.losses import NodeLosses, PartLosses, node_losses
    from coaxle.design.thermal.nodes import Network
    from coaxle.design.thermal.temperatures import fluid_heat, steady, transient

_LATE = {
    "NO_TORQUE_LASTS": "coaxle.design.thermal.endurance",
    "NOT_LIMITED": "coaxle.design.thermal.endurance",
    "Network": "coaxle.design.thermal.nodes",
    "NodeLosses": "coaxle.design.thermal.losses",
    "PartLosses": "coaxle.design.thermal.losses",
    "RatingSettings": "coaxle.design.thermal.endurance",
    "Ratings": "coaxle.design.thermal.endurance",
    "ThirtyMinutePower": "coaxle.design.thermal.endurance",
    "fluid_heat": "coaxle.design.thermal.temperatures",
    "network": "coaxle.design.thermal.build",
    "node_losses": "coaxle.design.thermal.losses",
    "ratings": "coaxle.design.thermal.endurance",
    "steady": "coaxle.design.thermal.temperatures",
    "thirty_minute_power": "coaxle.design.thermal.endurance",
    "transient": "coaxle.design.thermal.temperatures",
}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = [
    "NOT_LIMITED",
    "NO_TORQUE_LASTS",
    "Contacts",
    "Cooling",
    "HollowShaft",
    "Jacket",
    "JacketCooling",
    "JacketSprayCooling",
    "Limits",
    "Network",
    "NodeLosses",
    "PartLosses",
    "RatingSettings",
    "Ratings",
    "Spray",
    "SprayCooling",
    "ThirtyMinutePower",
    "fluid_heat",
    "network",
    "node_losses",
    "ratings",
    "steady",
    "thirty_minute_power",
    "transient",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
