"""Structural and insulating materials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coaxle.materials.tables import row


@dataclass(frozen=True, slots=True, kw_only=True)
class Solid:
    """A material of shafts, housings or insulation.

    Parameters
    ----------
    density : float
        [kg/m3].
    yield_strength, young, poisson : float or None
        [Pa]; [Pa]; [-].
    conductivity, heat_capacity : float
        Of heat [W/(m K)]; [J/(kg K)].
    price : float or None
        [EUR/kg].

    """

    name: str
    density: float
    yield_strength: float | None
    young: float | None
    poisson: float | None
    conductivity: float
    heat_capacity: float
    price: float | None
    source: str


@cache
def solid(name: str) -> Solid:
    """Return the material ``name``, such as ``shaft-steel``.

    Raises
    ------
    InputError
        Where no solid is called so; the nearest name is offered.

    """
    found = row(name, "solid")
    return Solid(
        name=name,
        density=found.known("density"),
        yield_strength=found.figure("yield strength"),
        young=found.figure("young"),
        poisson=found.figure("poisson"),
        conductivity=found.known("conductivity"),
        heat_capacity=found.known("heat capacity"),
        price=found.figure("price"),
        source=found.source,
    )
