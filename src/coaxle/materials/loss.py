"""Iron loss per kg as a sum over powers of frequency, none of which can turn negative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from coaxle.materials.tables import Row, row, sheet
from coaxle.numerics.arrays import Array, frozen

EXPONENTS = (1.0, 1.5, 2.0)
"""Of frequency: hysteresis, excess and eddy loss after Bertotti (IEEE Trans. Magn. 24 (1988) 621)."""
POWERS = (1.5, 2.0, 3.0, 4.0, 6.0)
"""Of flux density, in each of the coefficients."""
STEINMETZ_FREQUENCIES = (50.0, 100.0, 200.0, 400.0, 700.0, 1000.0)
STEINMETZ_FLUX_DENSITIES = tuple(round(0.2 + 0.1 * k, 1) for k in range(15))
"""Where a steel that is known by its Steinmetz figures alone is tabled [Hz], [T]."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class IronLoss:
    """Loss of a sheet in a field that alternates as a sine: p = sum over e of k_e(B) f^e [W/kg].

    k_e(B) = sum over q of ``coefficients[e, q]`` B^q with no coefficient below 0, so that p is never negative and only
    grows with f and B, wherever it is asked for. It is fitted to the table for the ranges told here. Outside of them it
    is a guess: above the highest B of the table k_e goes on with B^2.

    Parameters
    ----------
    exponents : (E,)
        Of frequency, ``EXPONENTS``.
    powers : (Q,)
        Of flux density, ``POWERS``.
    coefficients : (E, Q)
        [W/kg], per Hz^e and T^q.
    table : (n, 3)
        Frequency [Hz], peak flux density [T] and loss [W/kg] that were fitted.
    frequencies, flux_densities : (float, float)
        Lowest and highest of the table [Hz], [T].

    """

    exponents: Array
    powers: Array
    coefficients: Array
    table: Array
    frequencies: tuple[float, float]
    flux_densities: tuple[float, float]
    source: str

    def __post_init__(self) -> None:
        for field in ("exponents", "powers", "coefficients", "table"):
            object.__setattr__(self, field, frozen(getattr(self, field)))

    def per_power(self, b: ArrayLike) -> Array:
        """Return k_e (E, ...) at the peak flux densities ``b`` (...) [T], in W/kg per Hz^e."""
        b = np.abs(np.asarray(b, dtype=float))
        inside = np.minimum(b, self.flux_densities[1])
        terms = inside[..., None] ** self.powers
        beyond = (np.maximum(b, self.flux_densities[1]) / self.flux_densities[1]) ** 2
        return np.moveaxis(terms @ self.coefficients.T, -1, 0) * beyond

    def at(self, frequency: ArrayLike, b: ArrayLike) -> Array:
        """Return the loss [W/kg] at ``frequency`` [Hz] and peak flux density ``b`` [T], broadcast together."""
        f = np.abs(np.asarray(frequency, dtype=float))
        k = self.per_power(b)
        return np.asarray(sum(k[e] * f**exponent for e, exponent in enumerate(self.exponents)))


def loss_table(steel: Row) -> tuple[Array, str]:
    """Return frequency, flux density and loss (n, 3) of the row of a steel, and where they come from."""
    name = steel.word("loss")
    if name != "steinmetz":
        table = sheet(f"loss/{name}")
        return np.array(table.columns()).T, table.source
    k_h, alpha, beta, k_e = (steel.known(heading) for heading in ("k_h", "alpha", "beta", "k_e"))
    f, b = (each.ravel() for each in np.meshgrid(STEINMETZ_FREQUENCIES, STEINMETZ_FLUX_DENSITIES, indexing="ij"))
    loss = k_h * f**alpha * b**beta + k_e * (f * b) ** 2
    return np.column_stack((f, b, loss)), "Steinmetz figures of the SyR-e material library (syre_public af19f1a)"


def loss_name(steel: Row) -> str:
    """Return the name under which the fit of a steel's losses is kept."""
    return steel.cells[0] if steel.word("loss") == "steinmetz" else steel.word("loss")


def iron_loss(name: str) -> IronLoss:
    """Return the losses of the steel ``name``, as fitted by :func:`coaxle.materials.fit.fit`.

    Raises
    ------
    InputError
        Where no steel is called so.

    """
    found = row(name, "steel")
    table, source = loss_table(found)
    mine = loss_name(found)
    coefficients = np.zeros((len(EXPONENTS), len(POWERS)))
    for key, exponent, power, value in sheet("fits").rows:
        if key == mine:
            coefficients[EXPONENTS.index(float(exponent)), POWERS.index(float(power))] = float(value)
    return IronLoss(
        exponents=np.array(EXPONENTS),
        powers=np.array(POWERS),
        coefficients=coefficients,
        table=table,
        frequencies=(float(table[:, 0].min()), float(table[:, 0].max())),
        flux_densities=(float(table[:, 1].min()), float(table[:, 1].max())),
        source=source,
    )
