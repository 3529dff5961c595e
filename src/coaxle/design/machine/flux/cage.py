"""Field points of an induction machine: the cage's current found at each, then losses as of any other machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from coaxle.design.machine.field import FieldModel
from coaxle.design.machine.flux.losses import Watched
from coaxle.design.machine.flux.settings import FluxSettings
from coaxle.design.machine.flux.sweep import Currents, positions
from coaxle.design.machine.harmonic import CageSettings, cage_of, cage_points
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class CageTables:
    """Of the whole machine over D x Q currents, end winding of the stator left out.

    Linkages [Wb], cage current [A], ripple [Nm], iron loss per power of frequency (D, Q, E, 3).
    """

    psi_d: Array
    psi_q: Array
    i_r: Array
    ripple: Array
    iron: Array


def cage_tables(
    model: FieldModel,
    seen: Watched,
    currents: Currents,
    angles: Array,
    settings: FluxSettings,
    where: Executor | None,
) -> CageTables:
    """Solve an induction machine over its currents.

    Rotor and flux turn together past the stator (slip is small beside the frequency), so that the stator's flux density
    over the positions is its course in time, and the rotor's what slots and phase belts do to it. A skewed stack has a
    course of each slice, whose losses are averaged.

    Parameters
    ----------
    model, seen : FieldModel, Watched
        The machine, and its triangles that lose.
    currents : Currents
        i_d along the rotor flux, from 0; i_q.
    angles : (n,)
        Electrical angle of each slice of the stack [rad].
    settings : FluxSettings
        How many positions.
    where : Executor, optional
        Spreads the positions.

    """
    kept: Any = seen.triangles
    section, known = model.mesh.section, seen.facts
    # The cage's temperature changes its resistance, which the points do not ask for.
    cage = cage_of(known, section, 293.15, slices=tuple(float(angle) for angle in angles))
    found = cage_points(
        model,
        cage,
        known.stack,
        (currents.i_d, currents.i_q),
        settings=CageSettings(positions=positions(model.mesh, settings)),
        keep=kept,
        where=where,
    )
    slices = found.places.slices
    shape = found.psi_d.shape
    b = found.b.reshape(found.b.shape[0], -1, *found.b.shape[3:])
    iron = np.mean([seen.losses(b[each::slices], where)[0] for each in range(slices)], axis=0)
    return CageTables(
        psi_d=found.psi_d,
        psi_q=found.psi_q,
        i_r=found.i_r,
        ripple=found.ripple,
        iron=iron.reshape(*shape, *iron.shape[1:]),
    )
