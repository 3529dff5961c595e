"""From a machine's Design to its flux map: draw, mesh, solve over currents and positions, average, lose, resample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, cast

import numpy as np

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.field import FieldModel, FieldSettings, bh_curve, field_model
from coaxle.design.machine.flux.grid import along, even
from coaxle.design.machine.flux.settings import DESIGN, FluxSettings, Reach
from coaxle.design.machine.flux.skew import Slices, slice_angles
from coaxle.design.machine.flux.sweep import Currents, Sweep, field_points, rotor_steps, sides, sweep
from coaxle.design.machine.kinds import Machine, draw
from coaxle.design.machine.loss import (
    iron_coefficients,
    magnet_coefficient,
    rotor_period,
    stator_period,
)
from coaxle.design.machine.measure import facts
from coaxle.design.machine.mesh import mesh
from coaxle.design.machine.section import SectorMesh
from coaxle.maps import FluxMap, Origin
from coaxle.materials import EXPONENTS, magnet, steel
from coaxle.numerics.arrays import Array, Ints
from coaxle.numerics.digest import digest
from coaxle.numerics.rows import Executor

Tell = Callable[[str, float], None]
"""Is told what is under way and which share of the whole is done (0 to 1)."""
_GROUPS = {"stator-yoke": 0, "stator-tooth": 1, "rotor-iron": 2, "rotor-pole-shoe": 2}
_TABLES = ("psi_d", "psi_q", "psi_f", "ripple", "magnet")


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Drawn:
    """A machine ready for the field solution: facts, mesh, equations."""

    facts: MachineFacts
    mesh: SectorMesh
    model: FieldModel


def drawn(machine: Machine, settings: FluxSettings, rotor_temperature: float) -> Drawn:
    """Return a machine drawn, meshed and made into equations, its magnets at ``rotor_temperature`` [K].

    Raises
    ------
    InputError
        Where the machine cannot be drawn.

    """
    known = facts(machine)
    meshed = mesh(draw(machine), settings.mesh)
    steels = {name: steel(name) for name in {known.stator_steel, known.rotor_steel}}
    curves = {name: bh_curve(sheet.b, sheet.h, known.stacking) for name, sheet in steels.items()}
    magnets = {}
    if known.magnet is not None:
        grade = magnet(known.magnet)
        magnets[known.magnet] = (grade.remanence(rotor_temperature), grade.permeability)
    order = cast(Literal[1, 2], settings.order)
    model = field_model(meshed, curves, magnets, FieldSettings(order=order, tolerance=settings.tolerance))
    return Drawn(facts=known, mesh=meshed, model=model)


def map_flux(
    name: str,
    machine: Machine,
    reach: Reach,
    settings: FluxSettings = DESIGN,
    where: Executor | None = None,
    tell: Tell | None = None,
) -> FluxMap:
    """Return the flux map of a synchronous machine.

    Parameters
    ----------
    name : str
        Of the map, told in errors.
    machine : Machine
        Its Design.
    reach : Reach
        Currents that the map covers, and the temperature of its magnets.
    settings : FluxSettings
        How fine.
    where : Executor, optional
        Spreads the rotor positions; threads of this process by default.
    tell : callable, optional
        Is told how far it has come.

    Returns
    -------
    FluxMap
        Mean over rotor positions and slices of skew; end windings included.

    Raises
    ------
    InputError
        Where the machine cannot be drawn, or settings do not go together.
    ComputationError
        Where a field solution does not converge.

    """
    ready = drawn(machine, settings, reach.rotor_temperature)
    known, kind = ready.facts, ready.facts.kind
    angles = slice_angles(machine.skew.angle, machine.skew.slices, known.pole_pairs) if machine.skew else np.zeros(1)
    low, high = (side * reach.current for side in sides(kind, assisted=known.magnet is not None))
    beyond = reach.current * float(np.max(np.abs(np.sin(angles))))
    currents = field_points(kind, reach, settings, low - beyond, high + beyond)
    steps = rotor_steps(ready.model, settings)
    planes = []
    for count, field_current in enumerate(currents.i_f):
        if tell is not None:
            tell(f"field solution of {name}", count / currents.i_f.size)
        planes.append(_plane(ready, sweep(ready.model, currents, float(field_current), steps, where), currents))
    tables = {key: np.stack([plane[key] for plane in planes], axis=2) for key in planes[0]}
    return _resampled(name, machine, ready, tables, currents, angles, (low, high), settings)


def _plane(ready: Drawn, solved: Sweep, currents: Currents) -> dict[str, Array]:
    """Return means over positions and loss coefficients at one field current: (D, Q, ...), of the whole machine."""
    shape = (currents.i_d.size, currents.i_q.size)
    length = ready.facts.stack
    plane = {key: length * getattr(solved, key).mean(axis=0) for key in ("psi_d", "psi_q", "psi_f")}
    plane["ripple"] = length * np.ptp(solved.torque, axis=0)
    iron, magnets = _losses(ready, solved)
    plane["iron"] = np.moveaxis(iron, 2, 0).reshape(*shape, *iron.shape[:2])
    plane["magnet"] = magnets.reshape(shape)
    return plane


def _losses(ready: Drawn, solved: Sweep) -> tuple[Array, Array]:
    """Return the iron loss (E, 3, n) of yoke, teeth and rotor and the magnets' (n,), of the whole machine."""
    meshed, known = ready.mesh, ready.facts
    section, first = meshed.section, meshed.stator_triangles
    whole = section.slots % (3 * section.poles) == 0
    share = Fraction(1, 6 if whole else 3)
    sectors = 2 * section.pole_pairs / section.poles
    group = _groups(meshed)
    area = areas(meshed)
    fixed = stator_period(np.asarray(solved.b[:, :, :first], dtype=np.float64), section, share)
    turning = rotor_period(np.asarray(solved.b[:, :, first:], dtype=np.float64), section, share)
    length = {"stack": known.stack, "stacking": known.stacking}
    iron = iron_coefficients(fixed, area[:first], group[:first], 3, steel(known.stator_steel), **length)
    iron = iron + iron_coefficients(turning, area[first:], group[first:], 3, steel(known.rotor_steel), **length)
    magnets = np.zeros(solved.b.shape[1])
    if known.magnet is not None:
        b = np.asarray(solved.b[:, :, first:], dtype=np.float64)
        magnets = magnet_coefficient(b, meshed, share, known, lengthwise=known.magnet_pieces)
    return sectors * iron, sectors * magnets


def _groups(meshed: SectorMesh) -> Ints:
    parts = [_GROUPS.get(region.part, -1) for region in meshed.section.regions]
    return np.array([*parts, -1], dtype=np.int32)[meshed.region]


def areas(meshed: SectorMesh) -> Array:
    """Return the area of each triangle (M,) [m2]."""
    a, b, c = (meshed.nodes[meshed.triangles[:, corner]] for corner in range(3))
    ab, ac = b - a, c - a
    return np.asarray(0.5 * (ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]))


def _resampled(
    name: str,
    machine: Machine,
    ready: Drawn,
    tables: dict[str, Array],
    currents: Currents,
    angles: Array,
    span: tuple[float, float],
    settings: FluxSettings,
) -> FluxMap:
    """Return the map on even axes, averaged over the slices of skew, with the end windings."""
    known = ready.facts
    i_d, i_q = even(np.array(span), settings.even_d), np.linspace(0.0, currents.i_q[-1], settings.even_q)
    i_f = np.linspace(0.0, currents.i_f[-1], settings.even_field) if currents.i_f.size > 1 else currents.i_f
    slices = Slices(currents.i_d, currents.i_q, i_d, i_q, angles)
    psi_d, psi_q = slices.vector(tables["psi_d"], tables["psi_q"])
    even_ones = {key: slices.scalar(tables[key]) for key in ("psi_f", "ripple", "iron", "magnet")}
    final: dict[str, Any] = {
        key: along(table, 2, currents.i_f, i_f) for key, table in ({"psi_d": psi_d, "psi_q": psi_q} | even_ones).items()
    }
    end = known.winding.end_inductance
    final["psi_d"] = final["psi_d"] + end * i_d[:, None, None]
    final["psi_q"] = final["psi_q"] + end * i_q[None, :, None]
    final["psi_q"][:, 0] = 0.0
    if known.rotor_winding is not None and known.rotor_winding.style == "field":
        final["psi_f"] = final["psi_f"] + known.rotor_winding.end_inductance * i_f
    iron = np.maximum(np.moveaxis(final.pop("iron"), (3, 4), (0, 1)), 0.0)
    for key in ("ripple", "magnet"):
        final[key] = np.maximum(final[key], 0.0)
    return FluxMap(
        name=name,
        machine=known.kind,
        pole_pairs=known.pole_pairs,
        i_d=i_d,
        i_q=i_q,
        i_f=i_f,
        i_r=np.zeros_like(final["psi_d"]),
        exponents=np.array(EXPONENTS, dtype=np.float64),
        iron_yoke=iron[:, 0],
        iron_teeth=iron[:, 1],
        iron_rotor=iron[:, 2],
        origin=Origin(
            method="field solution",
            source=machine.source,
            limits="two-dimensional magnetostatics, mean over rotor positions; end windings by formula; sinusoidal "
            "currents; losses of iron and magnets without reaction of their eddy currents",
            design=digest(machine, settings),
        ),
        **final,
    )
