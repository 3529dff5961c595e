"""Polygons of a cross-section for whoever draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from coaxle.design.machine.section import Part, Section
from coaxle.numerics.arrays import Array, frozen


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Polygon:
    """One area to be painted.

    Parameters
    ----------
    name : str
        Of its region.
    part : Part
        What it is.
    outline : (n, 2)
        Corners [m].
    circuit : str or None
        What it carries: ``a``, ``b``, ``c``, ``field``, ``bar-1`` ...
    sign : int
        Which way positive current flows there: 1 out of the plane, -1 into it, 0 without a circuit.
    remanence_direction : float or None
        Of a magnet [rad].

    """

    name: str
    part: Part
    outline: Array
    circuit: str | None
    sign: int
    remanence_direction: float | None


def polygons(section: Section, whole: bool = False) -> tuple[Polygon, ...]:
    """Return the areas of a section in the order of painting, of its sector or of the ``whole`` machine."""
    carried = {
        region: (circuit.name, 1 if count > 0 else -1)
        for circuit in section.circuits
        for region, count in circuit.conductors.items()
    }
    sectors = 2 * section.pole_pairs // section.poles if whole else 1
    return tuple(_turned(section, carried, sectors))


def _turned(section: Section, carried: dict[str, tuple[str, int]], sectors: int) -> Iterable[Polygon]:
    for sector in range(sectors):
        angle = sector * section.angle
        over = bool(section.poles % 2 and sector % 2)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        for region in section.regions:
            circuit, sign = carried.get(region.name, (None, 0))
            direction = region.remanence_direction
            yield Polygon(
                name=region.name,
                part=region.part,
                outline=frozen(region.outline @ turn),
                circuit=circuit,
                sign=-sign if over else sign,
                remanence_direction=None if direction is None else direction + angle + (np.pi if over else 0.0),
            )
