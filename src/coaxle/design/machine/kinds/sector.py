"""From a machine to its cross-section: cells of stator and rotor laid side by side over the smallest sector."""

from __future__ import annotations

from collections.abc import Iterable
from math import pi

from coaxle.design.machine.kinds import Machine, check, rotor
from coaxle.design.machine.kinds.sketch import Rotor, Shape, turned
from coaxle.design.machine.kinds.stator import slot_pitch
from coaxle.design.machine.section import Circuit, Region, Section
from coaxle.design.machine.winding.coils import conductors_per_layer
from coaxle.design.machine.winding.layout import Layout, lay
from coaxle.errors import InputError
from coaxle.numerics.arrays import frozen

_PHASES = "abc"


def draw(machine: Machine) -> Section:
    """Draw the smallest sector of a machine that repeats.

    Pitch ``k`` of the stator holds, in this order, ``yoke-k``, ``tooth-k``, ``slot-k`` (air) and ``slot-k-layer-j``;
    numbers begin with 1, layer 1 is at the slot's bottom. The middle of the rotor's first pole stands half a pole
    pitch from angle 0.

    Raises
    ------
    InputError
        Where the Design is impossible; the message names the dimension.

    """
    for place, message in check(machine):
        raise InputError(f"{place}: {message}")
    turning, slots, pole_pairs = rotor(machine), machine.stator.slots, machine.pole_pairs
    poles = sector_poles(slots, turning.cells, pole_pairs)
    layout = lay(machine.winding, slots, pole_pairs)
    slots_here, cells_here = slots * poles // (2 * pole_pairs), turning.cells * poles // (2 * pole_pairs)
    regions = [
        *_laid(slot_pitch(machine.stator, machine.winding), "stator", slots_here, 2 * pi / slots),
        *_laid(turning.shapes, "rotor", cells_here, 2 * pi / turning.cells, turning.alternates),
    ]
    bore = machine.stator.bore / 2
    return Section(
        regions=tuple(regions),
        circuits=(*_phases(machine, layout, slots_here), *_rotor_circuits(turning, cells_here)),
        pole_pairs=pole_pairs,
        poles=poles,
        angle=poles * pi / pole_pairs,
        slots=slots_here,
        bore=bore,
        rotor_outer=bore - machine.gap,
        inner=machine.shaft_diameter / 2,
        outer=machine.stator.outer_diameter / 2,
        phase_axis=layout.axis(),
        rotor_axis=pi / 2 + turning.axis,
    )


def sector_poles(slots: int, cells: int, pole_pairs: int) -> int:
    """Return how many poles the smallest sector with whole slots and whole cells of the rotor has."""
    poles = 2 * pole_pairs
    return next(
        count
        for count in range(1, poles + 1)
        if poles % count == 0 and slots * count % poles == 0 and cells * count % poles == 0
    )


def _laid(shapes: Iterable[Shape], side: str, cells: int, pitch: float, alternates: bool = False) -> Iterable[Region]:
    """Lay a cell's shapes side by side, the first cell from angle 0."""
    for cell in range(cells):
        angle = (cell + 0.5) * pitch
        over = pi if alternates and cell % 2 else 0.0
        for shape in shapes:
            corners = [(point.real, point.imag) for point in turned(shape.outline, angle)]
            yield Region(
                name=shape.name.replace("#", str(cell + 1)),
                part=shape.part,
                side="stator" if side == "stator" else "rotor",
                outline=frozen(corners),
                material=shape.material,
                remanence_direction=None if shape.direction is None else shape.direction + angle + over,
            )


def _phases(machine: Machine, layout: Layout, slots: int) -> tuple[Circuit, ...]:
    """Return the three phases; a terminal ampere splits into the parallel paths."""
    share = conductors_per_layer(machine.winding) / machine.winding.parallel_paths
    conductors: list[dict[str, float]] = [{}, {}, {}]
    for slot in range(slots):
        for layer, side in enumerate(layout.sides[slot], 1):
            conductors[side.phase][f"slot-{slot + 1}-layer-{layer}"] = side.sign * share
    return tuple(Circuit(name=name, conductors=each) for name, each in zip(_PHASES, conductors, strict=True))


def _rotor_circuits(turning: Rotor, cells: int) -> tuple[Circuit, ...]:
    """Return the field winding, or a circuit a bar."""
    circuits: dict[str, dict[str, float]] = {}
    for cell in range(cells):
        sign = -1.0 if turning.alternates and cell % 2 else 1.0
        for shape in turning.shapes:
            if shape.circuit is not None:
                name = shape.circuit.replace("#", str(cell + 1))
                circuits.setdefault(name, {})[shape.name.replace("#", str(cell + 1))] = sign * shape.conductors
    return tuple(Circuit(name=name, conductors=each) for name, each in circuits.items())
