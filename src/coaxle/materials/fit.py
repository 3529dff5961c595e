"""The fit of iron losses: how ``data/fits.csv`` was made, and is made again where a table changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from coaxle.materials.loss import EXPONENTS, POWERS, loss_name, loss_table
from coaxle.materials.tables import names, row
from coaxle.numerics.arrays import Array

_RELATIVE = 0.03
_ROUNDING = 0.005


def fit(table: Array) -> Array:
    """Return the coefficients (E, Q) of least squares, none below 0, for a table (n, 3) of f [Hz], B [T], loss [W/kg].

    A row weighs by what it may be off: 3 % of its loss and half of the 0.01 W/kg to which tables are printed. Solved
    by non-negative least squares (Lawson and Hanson, Solving Least Squares Problems, 1974, ch. 23).
    """
    f, b, loss = table.T
    terms = np.stack([f**exponent * b**power for exponent in EXPONENTS for power in POWERS], axis=1)
    weight = 1 / np.hypot(_RELATIVE * loss, _ROUNDING)
    scale = np.linalg.norm(terms * weight[:, None], axis=0)
    solution, _ = nnls(terms * weight[:, None] / scale, loss * weight)
    return np.asarray(solution / scale).reshape(len(EXPONENTS), len(POWERS))


def fitted() -> str:
    """Return the text of ``data/fits.csv``: the coefficients above 0 of each loss table."""
    rows = [row(name, "steel") for name in names("steel")]
    lines = [
        "# Fitted by coaxle.materials.fit to the tables in loss and to the Steinmetz figures in steels.csv.",
        "name,frequency exponent,flux density power,coefficient",
    ]
    for key, found in {loss_name(each): each for each in rows}.items():
        coefficients = fit(loss_table(found)[0])
        lines += [
            f"{key},{EXPONENTS[e]:g},{POWERS[q]:g},{coefficients[e, q]:.6g}" for e, q in np.argwhere(coefficients > 0)
        ]
    return "\n".join(lines) + "\n"


def write() -> None:
    """Write ``data/fits.csv`` anew."""
    (Path(__file__).parent / "data" / "fits.csv").write_text(fitted(), encoding="utf-8")
