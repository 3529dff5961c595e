"""Electrical sheet: magnetisation, strength, losses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import pi

import numpy as np

from coaxle.materials.loss import IronLoss, iron_loss
from coaxle.materials.tables import row, sheet
from coaxle.numerics.arrays import Array, frozen

MU_0 = 4e-7 * pi
"""Permeability of vacuum [H/m]."""
_ENOUGH = 5e4
_TOP = 2e5
_STEPS = 12


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Steel:
    """An electrical sheet.

    Parameters
    ----------
    b, h : (n,)
        Flux density [T] over field strength [A/m] of the sheet itself (fill 1), both rising from 0, as the source has
        it, neither smoothed nor made convex. Past the last point the flux density rises with ``MU_0``.
    b_measured : float
        Up to which ``b`` stands in the source [T]. Where that ends below 50 kA/m, the law of approach to saturation,
        J = J_s (1 - a / H), goes on from its last two points up to 200 kA/m (Bozorth, Ferromagnetism, 1951, ch. 11).
    saturation : float
        Polarisation at the last point [T].
    density : float
        [kg/m3].
    yield_strength, young : float
        [Pa].
    poisson : float
        [-].
    thickness : float
        Of the sheet [m].
    resistivity : float or None
        At 20 degC [Ohm m].
    conductivity, heat_capacity : float
        Of heat, in the sheet's plane [W/(m K)]; [J/(kg K)].
    price : float or None
        [EUR/kg], before scrap.
    loss : IronLoss
        Per kg, over frequency and flux density.
    source : str
        Where the figures come from and which of them are another steel's.

    """

    name: str
    b: Array
    h: Array
    b_measured: float
    saturation: float
    density: float
    yield_strength: float
    young: float
    poisson: float
    thickness: float
    resistivity: float | None
    conductivity: float
    heat_capacity: float
    price: float | None
    loss: IronLoss
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "b", frozen(self.b))
        object.__setattr__(self, "h", frozen(self.h))


@cache
def steel(name: str) -> Steel:
    """Return the electrical sheet ``name``, such as ``M270-35A``.

    Raises
    ------
    InputError
        Where no steel is called so; the nearest name is offered.

    """
    found = row(name, "steel")
    table = sheet(f"magnetisation/{found.word('magnetisation')}")
    b, h = (np.array(column) for column in table.columns())
    b_measured = float(b[-1])
    if h[-1] < _ENOUGH:
        b, h = _approached(b, h)
    loss = iron_loss(name)
    return Steel(
        name=name,
        b=b,
        h=h,
        b_measured=b_measured,
        saturation=float(b[-1] - MU_0 * h[-1]),
        density=found.known("density"),
        yield_strength=found.known("yield strength"),
        young=found.known("young"),
        poisson=found.known("poisson"),
        thickness=found.known("thickness"),
        resistivity=found.figure("resistivity"),
        conductivity=found.known("conductivity"),
        heat_capacity=found.known("heat capacity"),
        price=found.figure("price"),
        loss=loss,
        source=f"B-H: {table.source}. Losses: {loss.source}. Other figures: {found.source}",
    )


def _approached(b: Array, h: Array) -> tuple[Array, Array]:
    """Return the curve with a tail after the law of approach, J = J_s - c / H through the last two points."""
    j = b - MU_0 * h
    c = max((j[-1] - j[-2]) / (1 / h[-2] - 1 / h[-1]), 0.0)
    tail = np.geomspace(h[-1], _TOP, _STEPS)[1:]
    return np.append(b, j[-1] + c * (1 / h[-1] - 1 / tail) + MU_0 * tail), np.append(h, tail)
