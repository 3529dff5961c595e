"""From tables over field points to the map on even axes: slices averaged, end windings added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.flux.grid import along, even
from coaxle.design.machine.flux.settings import FluxSettings
from coaxle.design.machine.flux.skew import Slices
from coaxle.design.machine.flux.sweep import Currents
from coaxle.maps import FluxMap, Origin
from coaxle.materials import EXPONENTS
from coaxle.numerics.arrays import Array


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Tables:
    """What was found over D x Q x F field points, of the whole straight machine without end windings.

    ``iron`` (D, Q, F, E, 3) loss per power of frequency in yoke, teeth, rotor; ``magnet`` per square of it. ``torque``
    (P, D, Q, F) over the positions that begin at ``start`` and cover ``span`` [electrical rad]; or ``ripple`` (D, Q, F)
    where slices are in it already. ``i_r`` of a cage. ``angles`` (n,) are those of slices that are still to be averaged
    [electrical rad].
    """

    currents: Currents
    angles: Array
    psi_d: Array
    psi_q: Array
    psi_f: Array
    iron: Array
    magnet: Array
    torque: Array | None = None
    start: float = 0.0
    span: float = 1.0
    ripple: Array | None = None
    i_r: Array | None = None


def finished(
    name: str,
    known: MachineFacts,
    tables: Tables,
    span: tuple[float, float],
    settings: FluxSettings,
    origin: Origin,
) -> FluxMap:
    """Return the map on even axes, i_d over ``span`` [A], averaged over slices, with end windings."""
    currents = tables.currents
    i_d, i_q = even(np.array(span), settings.even_d), np.linspace(0.0, currents.i_q[-1], settings.even_q)
    i_f = np.linspace(0.0, currents.i_f[-1], settings.even_field) if currents.i_f.size > 1 else currents.i_f
    found: dict[str, Any] = _averaged(tables, Slices(currents.i_d, currents.i_q, i_d, i_q, tables.angles))
    found = {key: along(table, 2, currents.i_f, i_f) for key, table in found.items()}
    end = known.winding.end_inductance
    found["psi_d"] = found["psi_d"] + end * i_d[:, None, None]
    found["psi_q"] = found["psi_q"] + end * i_q[None, :, None]
    if known.rotor_winding is not None and known.rotor_winding.style == "field":
        found["psi_f"] = found["psi_f"] + known.rotor_winding.end_inductance * i_f
    for key in ("ripple", "magnet", "iron", "i_r"):
        found[key] = np.maximum(found[key], 0.0)  # a spline may swing below where a figure is next to 0
    iron = np.moveaxis(found.pop("iron"), (3, 4), (0, 1))
    return FluxMap(
        name=name,
        machine=known.kind,
        pole_pairs=known.pole_pairs,
        i_d=i_d,
        i_q=i_q,
        i_f=i_f,
        exponents=np.array(EXPONENTS, dtype=np.float64),
        iron_yoke=iron[:, 0],
        iron_teeth=iron[:, 1],
        iron_rotor=iron[:, 2],
        origin=origin,
        **found,
    )


def _averaged(tables: Tables, slices: Slices) -> dict[str, Array]:
    """Return means over slices at the map's nodes of i_d and i_q, still at the field points of i_f."""
    psi_d, psi_q = slices.vector(tables.psi_d, tables.psi_q)
    found = {key: slices.scalar(getattr(tables, key)) for key in ("psi_f", "iron", "magnet")}
    found |= {"psi_d": psi_d, "psi_q": psi_q, "i_r": np.zeros_like(psi_d)}
    if tables.i_r is not None:
        found["i_r"] = slices.odd(tables.i_r)
    if tables.torque is not None:
        return found | {"ripple": slices.ripple(tables.torque, tables.start, tables.span)}
    assert tables.ripple is not None
    return found | {"ripple": slices.scalar(tables.ripple)}
