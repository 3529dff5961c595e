"""Energy at the wheels from road load and mass alone: the feature that a one-constant prediction stands on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.numerics.arrays import Array
from coaxle.validation.records import Record

ROTATING = 0.03
"""Rotating mass as a share of the test mass [-], with that of engine or drive units."""


def tractive_energy(records: Sequence[Record], cycle: Cycle) -> tuple[Array, Array]:
    """Return the energy at the wheels per distance [J/m], (N,) each: of driving alone, and less that of braking."""
    v0, v1 = cycle.speed[:-1], cycle.speed[1:]
    span, mean = np.diff(cycle.time), 0.5 * (v0 + v1)
    square = (v0**2 + v0 * v1 + v1**2) / 3
    rate = (v1 - v0) / span
    moves = mean > 0
    driving, net = np.empty(len(records)), np.empty(len(records))
    for i, r in enumerate(records):
        force = np.where(moves, r.mass * (1 + ROTATING) * rate + r.f0 + r.f1 * mean + r.f2 * square, 0.0)
        work = force * mean * span
        driving[i], net[i] = work[work > 0].sum(), work.sum()
    return driving / cycle.distance, net / cycle.distance
