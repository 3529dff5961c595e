"""From a machine's Design to its flux map: draw, mesh, solve over currents and positions, average, lose, resample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.field import FieldModel, FieldSettings, bh_curve, field_model
from coaxle.design.machine.flux.cage import cage_tables
from coaxle.design.machine.flux.finish import Tables, finished
from coaxle.design.machine.flux.losses import Watched, areas, watched
from coaxle.design.machine.flux.settings import DESIGN, FluxSettings, Reach
from coaxle.design.machine.flux.skew import slice_angles
from coaxle.design.machine.flux.sweep import (
    Currents,
    electrical_angles,
    field_points,
    positions,
    rotor_steps,
    sides,
    slots_passing,
    sweep,
)
from coaxle.design.machine.kinds import Machine, draw
from coaxle.design.machine.measure import facts
from coaxle.design.machine.mesh import mesh
from coaxle.design.machine.section import SectorMesh
from coaxle.maps import FluxMap, Origin
from coaxle.materials import magnet, steel
from coaxle.numerics.arrays import Array
from coaxle.numerics.digest import digest
from coaxle.numerics.rows import Executor

__all__ = ["Drawn", "Tell", "areas", "drawn", "map_flux"]
Tell = Callable[[str, float], None]
"""Is told what is under way and which share of the whole is done (0 to 1)."""


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
    """Return the flux map of a machine.

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
        Spreads rotor positions, then currents; threads of this process by default.
    tell : callable, optional
        Is told how far it has come.

    Returns
    -------
    FluxMap
        Mean over rotor positions and slices of skew; end windings included. The d axis of an induction machine lies on
        the flux of its rotor.

    Raises
    ------
    InputError
        Where the machine cannot be drawn, or settings do not go together.
    ComputationError
        Where a field solution does not converge.

    """
    ready = drawn(machine, settings, reach.rotor_temperature)
    known = ready.facts
    angles = slice_angles(machine.skew.angle, machine.skew.slices, known.pole_pairs) if machine.skew else np.zeros(1)
    seen = watched(known, ready.mesh, angles.size)
    low, high = (side * reach.current for side in sides(known.kind, assisted=known.magnet is not None))
    told = tell or (lambda what, share: None)
    if known.kind == "induction":
        told(f"field solution of {name}", 0.0)
        currents = field_points(known.kind, reach, settings, low, high)
        tables = _induced(ready, seen, currents, angles, settings, where)
    else:
        beyond = reach.current * float(np.max(np.abs(np.sin(angles))))
        currents = field_points(known.kind, reach, settings, low - beyond, high + beyond)
        tables = _synchronous(
            ready, seen, currents, angles, settings, where, lambda share: told(f"field solution of {name}", share)
        )
    origin = Origin(
        method="field solution",
        source=machine.source,
        limits=_limits(ready, settings),
        design=digest(machine, settings),
    )
    return finished(name, known, tables, (low, high), settings, origin)


def _synchronous(
    ready: Drawn,
    seen: Watched,
    currents: Currents,
    angles: Array,
    settings: FluxSettings,
    where: Executor | None,
    tell: Callable[[float], None],
) -> Tables:
    steps = rotor_steps(ready.model, settings)
    shape = (currents.i_d.size, currents.i_q.size)
    planes: dict[str, list[Array]] = {key: [] for key in ("psi_d", "psi_q", "psi_f", "torque", "iron", "magnet")}
    for count, field_current in enumerate(currents.i_f):
        tell(count / currents.i_f.size)
        solved = sweep(ready.model, currents, float(field_current), steps, seen.triangles, where)
        for key in ("psi_d", "psi_q", "psi_f"):
            planes[key].append(ready.facts.stack * getattr(solved, key).mean(axis=0))
        planes["torque"].append(ready.facts.stack * solved.torque)
        iron, magnets = seen.losses(solved.b, where)
        planes["iron"].append(iron.reshape(*shape, *iron.shape[1:]))
        planes["magnet"].append(magnets.reshape(shape))
    angle = electrical_angles(ready.model, steps)
    return Tables(
        currents=currents,
        angles=angles,
        torque=np.stack(planes.pop("torque"), axis=3),
        start=float(angle[0]),
        span=float(angle[1] - angle[0]) * steps.size if steps.size > 1 else 2 * np.pi / 3,
        **{key: np.stack(each, axis=2) for key, each in planes.items()},
    )


def _induced(
    ready: Drawn, seen: Watched, currents: Currents, angles: Array, settings: FluxSettings, where: Executor | None
) -> Tables:
    found = cage_tables(ready.model, seen, currents, angles, settings, where)
    zero = np.zeros((*found.psi_d.shape, 1))
    return Tables(
        currents=currents,
        angles=np.zeros(1),  # slices are in the points already
        psi_d=found.psi_d[..., None],
        psi_q=found.psi_q[..., None],
        psi_f=zero,
        iron=found.iron[:, :, None],
        magnet=zero,
        i_r=found.i_r[..., None],
        ripple=found.ripple[..., None],
    )


def _limits(ready: Drawn, settings: FluxSettings) -> str:
    """Return what a map does not know, for its origin."""
    text = (
        "two-dimensional magnetostatics, mean over rotor positions; end windings by formula; sinusoidal currents; "
        "losses of iron and magnets without reaction of their eddy currents"
    )
    if ready.facts.kind == "induction":
        text += (
            "; sinusoidal cage currents at small slip: no loss at slip frequency in the rotor's iron, none in the bars "
            "by slot harmonics, which the cage does not damp"
        )
    count, passing = positions(ready.mesh, settings), slots_passing(ready.mesh)
    text += f"; {count} rotor positions over the period of the ripple, in which {passing} slots pass"
    if count <= 2 * passing:
        text += ": harmonics of the slots fold, ripple is rough, losses of the rotor are too low"
    return text
