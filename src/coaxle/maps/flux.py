"""The map of an electric machine: flux linkages, ripple and iron loss over its currents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from coaxle.errors import MapError
from coaxle.maps.origin import Origin
from coaxle.numerics.arrays import Array, frozen
from coaxle.numerics.grid import is_even


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class FluxMap:
    """What a machine's iron and windings do, over its currents; every speed follows by algebra.

    Space vectors are peak-valued and amplitude-invariant, d on the field axis, motor convention. The map covers
    ``i_q >= 0``; with ``-i_q`` psi_d, psi_f and the losses are the same, psi_q and torque change sign.

    Parameters
    ----------
    machine : str
        Type of the machine.
    pole_pairs : int
        Electrical over mechanical angle.
    i_d, i_q, i_f : (D,), (Q,), (F,)
        Currents [A], even; ``i_q`` and ``i_f`` from 0; F = 1 (0 A) for a rotor without a field winding.
    psi_d, psi_q : (D, Q, F)
        Stator flux linkages, end winding included, mean over rotor positions [Wb].
    psi_f : (D, Q, F)
        Linkage of the field winding [Wb]; 0 without one.
    ripple : (D, Q, F)
        Torque, peak to peak over rotor positions [Nm].
    i_r : (D, Q, F)
        Current of the cage, referred to the stator, peak [A]; 0 without a cage.
    exponents : (E,)
        Of electrical frequency, for the iron losses.
    iron_yoke, iron_teeth, iron_rotor : (E, D, Q, F)
        Iron loss, per frequency [Hz] to each exponent: loss [W] is the sum over E of array times f^exponent.
    magnet : (D, Q, F)
        Eddy loss of the magnets over frequency squared [W/Hz2].

    Raises
    ------
    MapError
        Where an axis is uneven, a figure not finite, or a loss negative.

    """

    name: str
    machine: Literal["eesm", "ipm", "spm", "synrm", "induction"]
    pole_pairs: int
    i_d: Array
    i_q: Array
    i_f: Array
    psi_d: Array
    psi_q: Array
    psi_f: Array
    ripple: Array
    i_r: Array
    exponents: Array
    iron_yoke: Array
    iron_teeth: Array
    iron_rotor: Array
    magnet: Array
    origin: Origin

    def __post_init__(self) -> None:
        for field in _ARRAYS:
            object.__setattr__(self, field, frozen(getattr(self, field)))
        _check(self)

    @property
    def torque(self) -> Array:
        """Mean torque (D, Q, F) [Nm]: 3/2 n_p (psi_d i_q - psi_q i_d)."""
        i_d, i_q = self.i_d[:, None, None], self.i_q[None, :, None]
        return np.asarray(1.5 * self.pole_pairs * (self.psi_d * i_q - self.psi_q * i_d))


_GRIDS = ("psi_d", "psi_q", "psi_f", "ripple", "i_r", "magnet")
_LOSSES = ("iron_yoke", "iron_teeth", "iron_rotor")
_ARRAYS = ("i_d", "i_q", "i_f", "exponents", *_GRIDS, *_LOSSES)


def _check(m: FluxMap) -> None:
    shape = (m.i_d.size, m.i_q.size, m.i_f.size)
    for field, wanted in (
        *((field, shape) for field in _GRIDS),
        *((field, (m.exponents.size, *shape)) for field in _LOSSES),
    ):
        array = getattr(m, field)
        if array.shape != wanted:
            raise MapError(f"{m.name}.{field}: has shape {array.shape}; the axes ask for {wanted}")
        if not np.all(np.isfinite(array)):
            raise MapError(f"{m.name}.{field}: holds a figure that is not finite; a flux map has no holes")
        if field not in ("psi_d", "psi_q", "psi_f") and np.any(array < 0):
            raise MapError(f"{m.name}.{field}: holds a negative figure, {array.min():g}; none is wanted")
    for field in ("i_d", "i_q"):
        if not is_even(getattr(m, field)):
            raise MapError(f"{m.name}.{field}: is not an even, rising axis")
    if m.i_f.ndim != 1 or (m.i_f.size > 1 and not is_even(m.i_f)):
        raise MapError(f"{m.name}.i_f: is not an even, rising axis")
    for field in ("i_q", "i_f"):
        if getattr(m, field).size == 0 or getattr(m, field)[0] != 0.0:
            raise MapError(f"{m.name}.{field}: does not start at 0 A")
    if m.pole_pairs < 1:
        raise MapError(f"{m.name}.pole_pairs: is {m.pole_pairs}; at least 1 is wanted")
