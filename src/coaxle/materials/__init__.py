"""Facts of materials, each with its source: steels, magnets, conductors, oils, coolants, solids.

Comes in: a name. Goes out: a frozen record with its figures, in SI; temperatures in K.
Never lives here: anything that knows a shape.

:func:`names` and :func:`check_name` need no arrays, so a project is checked without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.materials.tables import KINDS, Kind, check_name, kind_of, names

if TYPE_CHECKING:
    from coaxle.materials.conductors import Conductor, conductor
    from coaxle.materials.fluids import Coolant, Oil, coolant, oil
    from coaxle.materials.loss import EXPONENTS, IronLoss
    from coaxle.materials.magnets import Magnet, magnet
    from coaxle.materials.solids import Solid, solid
    from coaxle.materials.steels import Steel, steel

_LATE = {
    "Conductor": "conductors",
    "Coolant": "fluids",
    "EXPONENTS": "loss",
    "IronLoss": "loss",
    "Magnet": "magnets",
    "Oil": "fluids",
    "Solid": "solids",
    "Steel": "steels",
    "conductor": "conductors",
    "coolant": "fluids",
    "magnet": "magnets",
    "oil": "fluids",
    "solid": "solids",
    "steel": "steels",
}
"""Names loaded when first used, and the module of each."""

__all__ = [
    "EXPONENTS",
    "KINDS",
    "Conductor",
    "Coolant",
    "IronLoss",
    "Kind",
    "Magnet",
    "Oil",
    "Solid",
    "Steel",
    "check_name",
    "conductor",
    "coolant",
    "kind_of",
    "magnet",
    "names",
    "oil",
    "solid",
    "steel",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"coaxle.materials.{_LATE[name]}"), name)
    globals()[name] = value
    return value
