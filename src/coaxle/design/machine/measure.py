"""What a machine weighs and how it is wound: from its Design and the areas of its cross-section."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi, sin

import numpy as np

from coaxle.design.machine.facts import MachineFacts, RotorWindingFacts, WindingFacts
from coaxle.design.machine.kinds import Eesm, Induction, Machine, draw
from coaxle.design.machine.kinds import induction as cage
from coaxle.design.machine.kinds.eesm import coil_outline, wire_area
from coaxle.design.machine.kinds.sketch import area
from coaxle.design.machine.kinds.stator import RectangularSlot, perimeter, room, tooth_width
from coaxle.design.machine.mesh import mesh
from coaxle.design.machine.winding.coils import (
    Hairpin,
    RoundWire,
    conductors_per_layer,
    insulated_area,
    metal_area,
)
from coaxle.design.machine.winding.ends import Ends, ends, leakage
from coaxle.design.machine.winding.layout import lay
from coaxle.materials import conductor, magnet, solid, steel

PHASES = 3
STRIP = 4.0e-3
"""Sheet [m] between blanks when laminations are punched from strip."""
_MU_0 = 4e-7 * pi


@dataclass(frozen=True, slots=True)
class _Areas:
    """Area [m2] and polar second moment of area [m4] of the whole machine by part and side, as the mesh has them."""

    area: dict[str, float]
    moment: dict[str, float]


def facts(machine: Machine) -> MachineFacts:
    """Return dimensions, masses and windings of a machine.

    Masses are those of the drawn areas over the stack, iron times ``stacking``, with the ends of windings and cage and
    the shaft (steel, hollow where ``shaft_bore`` is given, as long as stack and overhangs). Insulation is liner, films
    and what impregnates the rest of the slots. Sheet is bought as a strip as wide as the stator and 4 mm more.
    Housing, bearings, terminals and balancing discs are not counted.

    Raises
    ------
    InputError
        Where the Design is impossible or a material is not known.

    """
    areas = _areas(machine)
    stator, slot = machine.stator, machine.stator.slot
    middle = stator.bore + slot.depth
    made = ends(machine.winding, stator.slots, machine.pole_pairs, middle)
    winding = _winding(machine, made)
    turning = _rotor_winding(machine)
    masses = _masses(machine, areas, winding, turning)
    space = room(stator)
    return MachineFacts(
        kind=machine.kind,
        pole_pairs=machine.pole_pairs,
        slots=stator.slots,
        stack=machine.stack,
        stator_outer=stator.outer_diameter,
        bore=stator.bore,
        gap=machine.gap,
        rotor_outer=stator.bore - 2 * machine.gap,
        rotor_inner=machine.shaft_diameter,
        slot_depth=slot.depth,
        slot_width=slot.width if isinstance(slot, RectangularSlot) else space.area / (space.bottom - space.start),
        slot_perimeter=perimeter(stator),
        slot_liner=machine.winding.liner,
        tooth_width=tooth_width(stator),
        yoke_height=(stator.outer_diameter - stator.bore) / 2 - slot.depth,
        stator_steel=stator.steel,
        rotor_steel=machine.rotor.steel,
        magnet=_magnet(machine) if "magnet" in areas.area else None,
        magnet_pieces=1 if isinstance(machine, Eesm | Induction) else machine.rotor.magnet_pieces,
        stacking=machine.stacking,
        max_speed=machine.max_speed,
        winding=winding,
        rotor_winding=turning,
        inertia=_inertia(machine, areas, masses, turning),
        masses=masses,
        areas={
            "slots": areas.area["slot"],
            "field-coils": areas.area.get("field-coil", 0.0),
            "magnets": areas.area.get("magnet", 0.0),
            "bars": areas.area.get("bar", 0.0),
        },
    )


def _areas(machine: Machine) -> _Areas:
    section = draw(machine)
    made = mesh(section)
    corners = (made.nodes[:, 0] + 1j * made.nodes[:, 1])[made.triangles]
    a, b, c = corners.T
    size = 0.5 * (np.conj(b - a) * (c - a)).imag
    # Of a triangle about the origin: area / 6 times the sum of the products of its corners.
    spread = np.abs(a) ** 2 + np.abs(b) ** 2 + np.abs(c) ** 2
    spread += (np.conj(a) * b + np.conj(b) * c + np.conj(c) * a).real
    sectors = 2 * section.pole_pairs / section.poles
    found: dict[str, float] = {}
    moment: dict[str, float] = {}
    for number, region in enumerate(section.regions):
        part = "rotor-iron" if region.part == "rotor-pole-shoe" else region.part
        mine = made.region == number
        found[part] = found.get(part, 0.0) + sectors * float(size[mine].sum())
        moment[part] = moment.get(part, 0.0) + sectors * float((size * spread)[mine].sum()) / 6
    return _Areas(found, moment)


def _winding(machine: Machine, made: Ends) -> WindingFacts:
    winding, stator = machine.winding, machine.stator
    copper, paths = metal_area(winding), winding.parallel_paths
    in_slot = winding.layers * conductors_per_layer(winding)
    series = stator.slots * in_slot / (2 * PHASES * paths)
    turn = 2 * (machine.stack + made.length)
    height, width, strands = _conductor(winding)
    return WindingFacts(
        style=winding.kind,
        slots=stator.slots,
        layers=winding.layers,
        conductors_per_slot=in_slot,
        parallel_paths=paths,
        series_turns=series,
        winding_factor=lay(winding, stator.slots, machine.pole_pairs).factor(),
        conductor_height=height,
        conductor_width=width,
        strands=strands,
        slot_fill=in_slot * copper / room(stator).area,
        turn_length=turn,
        end_turn_length=2 * made.length,
        overhang=made.overhang,
        resistance=conductor(winding.conductor).resistivity * series * turn / (copper * paths),
        end_inductance=leakage(winding, made, machine.pole_pairs, series),
        conductor=winding.conductor,
    )


def _conductor(winding: Hairpin | RoundWire) -> tuple[float, float, int]:
    """Return height, width and number of strands."""
    if isinstance(winding, Hairpin):
        return winding.bar_height, winding.bar_width, 1
    return winding.wire_diameter, winding.wire_diameter, winding.strands


def _rotor_winding(machine: Machine) -> RotorWindingFacts | None:
    if isinstance(machine, Eesm):
        return _field(machine)
    return _cage(machine) if isinstance(machine, Induction) else None


def _field(machine: Eesm) -> RotorWindingFacts:
    """Return the field winding, its poles in series.

    A turn runs along both sides of the pole body and around its ends at the coil's middle: l = 2 (L + b) + pi w. The
    leakage of an end is that of a straight bar with the coil's section as long as the end (Rosa, The self and mutual
    inductances of linear conductors, 1908): mu_0 l / (2 pi) (ln(2 l / (h + w)) + 1/2) a turn squared.
    """
    made, rotor = machine.rotor.field, machine.rotor
    outline = coil_outline(machine)
    high = max(point.real for point in outline) - min(point.real for point in outline)
    wide = area(outline) / high
    poles = 2 * machine.pole_pairs
    end = rotor.body_width + pi / 2 * (wide + 2 * made.liner)
    turn = 2 * (machine.stack + end)
    bare = wire_area(made.wire)
    return RotorWindingFacts(
        style="field",
        turns=float(poles * made.turns),
        conductor_area=bare,
        slot_fill=made.turns * bare / area(outline),
        turn_length=turn,
        resistance=conductor(made.conductor).resistivity * poles * made.turns * turn / bare,
        overhang=wide + made.liner,
        end_inductance=2 * poles * made.turns**2 * _MU_0 * end / (2 * pi) * (log(2 * end / (high + wide)) + 0.5),
        conductor=made.conductor,
    )


def _cage(machine: Induction) -> RotorWindingFacts:
    """Return the cage, referred to a stator phase.

    Bar and two ring segments in series: R_be = R_b + R_er / (2 sin^2(pi p / Q_r)), as of a bar; referred by
    4 m (N k_w)^2 / Q_r (Boldea and Nasar, The Induction Machine Design Handbook, 2nd ed. 2010, eqs. 15.70 and 15.74).
    Leakage of the rings as there, chapter 6: lambda = 2.3 D / (Q_r L 4 sin^2(pi p / Q_r)) lg(4.7 D / (b + 2 a)).
    """
    rotor, stator, winding = machine.rotor, machine.stator, machine.winding
    metal = conductor(rotor.bar_material)
    section, bars = cage.bar_area(machine), rotor.bars
    length = machine.stack + 2 * rotor.ring_distance + rotor.ring_width
    diameter = ring_diameter(machine)
    sine = sin(pi * machine.pole_pairs / bars)
    segment = metal.resistivity * pi * diameter / bars / (rotor.ring_height * rotor.ring_width)
    bar = metal.resistivity * length / section + segment / (2 * sine**2)
    series = stator.slots * winding.layers * conductors_per_layer(winding) / (2 * PHASES * winding.parallel_paths)
    factor = lay(winding, stator.slots, machine.pole_pairs).factor()
    referred = 4 * PHASES * (series * factor) ** 2 / bars
    ring = _MU_0 * 2.3 * diameter / (bars * 4 * sine**2)
    ring *= log(4.7 * diameter / (rotor.ring_width + 2 * rotor.ring_height)) / log(10)
    drawn = room_of_bar(machine)
    return RotorWindingFacts(
        style="cage",
        turns=0.5,
        conductor_area=section,
        slot_fill=section / drawn,
        turn_length=2 * length + pi * diameter / machine.pole_pairs,
        resistance=referred * bar,
        overhang=rotor.ring_distance + rotor.ring_width,
        end_inductance=referred * ring,
        conductor=rotor.bar_material,
    )


def ring_diameter(machine: Induction) -> float:
    """Return the mean diameter of an end ring, whose outside is that of the bars [m]."""
    top = machine.stator.bore - 2 * machine.gap - 2 * machine.rotor.bar.opening_depth
    return top - machine.rotor.ring_height


def room_of_bar(machine: Induction) -> float:
    """Return the area of a bar with the slot above it [m2]."""
    bar = machine.rotor.bar
    return cage.bar_area(machine) + bar.opening * bar.opening_depth


def _magnet(machine: Machine) -> str | None:
    return getattr(machine.rotor, "magnet", None)


def _masses(
    machine: Machine, areas: _Areas, winding: WindingFacts, turning: RotorWindingFacts | None
) -> dict[str, float]:
    stator, wound, stack = machine.stator, machine.winding, machine.stack
    iron = stack * machine.stacking
    sheet, copper = steel(stator.steel).density, conductor(wound.conductor).density
    conductors = stator.slots * winding.conductors_per_slot * metal_area(wound)
    masses = {
        "stator-yoke": areas.area["stator-yoke"] * iron * sheet,
        "stator-teeth": areas.area["stator-tooth"] * iron * sheet,
        "rotor-iron": areas.area["rotor-iron"] * iron * steel(machine.rotor.steel).density,
        "stator-copper-active": conductors * stack * copper,
        "stator-copper-end": conductors * winding.end_turn_length / 2 * copper,
        "shaft": shaft_mass(machine, winding),
        "insulation": _insulation(machine, winding),
        "punched": (stator.outer_diameter + STRIP) ** 2 * iron * sheet,
    }
    magnets = _magnet(machine)
    if magnets is not None and areas.area.get("magnet", 0.0) > 0:
        masses["magnets"] = areas.area["magnet"] * stack * magnet(magnets).density
    if turning is not None and turning.style == "field":
        metal = conductor(turning.conductor).density
        masses["field-copper"] = turning.turns * turning.turn_length * turning.conductor_area * metal
    if isinstance(machine, Induction):
        masses["cage"] = sum(_cage_masses(machine))
    return masses


def shaft_mass(machine: Machine, winding: WindingFacts) -> float:
    """Return the mass of the shaft between the bearings [kg]."""
    length = machine.stack + 2 * winding.overhang
    return pi / 4 * (machine.shaft_diameter**2 - machine.shaft_bore**2) * length * solid("shaft-steel").density


def _insulation(machine: Machine, winding: WindingFacts) -> float:
    """Return the mass of liners and films, and of what impregnates slots and field coils [kg]."""
    stator, wound = machine.stator, machine.winding
    liner, filler = solid("slot-liner").density, solid("impregnation").density
    paper = perimeter(stator) * wound.liner
    film = winding.conductors_per_slot * (insulated_area(wound) - metal_area(wound))
    held = winding.conductors_per_slot * insulated_area(wound)
    rest = max(0.0, room(stator).area - paper - held)
    mass = stator.slots * ((paper + film) * liner + rest * filler) * machine.stack
    mass += stator.slots * film * winding.end_turn_length / 2 * liner
    if isinstance(machine, Eesm):
        coil = machine.rotor.field
        rest = area(coil_outline(machine)) - coil.turns * wire_area(coil.wire)
        mass += 4 * machine.pole_pairs * rest * machine.stack * filler
    return mass


def _cage_masses(machine: Induction) -> tuple[float, float]:
    """Return the masses of bars and rings [kg]."""
    rotor, density = machine.rotor, conductor(machine.rotor.bar_material).density
    bars = rotor.bars * cage.bar_area(machine) * (machine.stack + 2 * rotor.ring_distance)
    rings = 2 * pi * ring_diameter(machine) * rotor.ring_height * rotor.ring_width
    return bars * density, rings * density


def _inertia(machine: Machine, areas: _Areas, masses: dict[str, float], turning: RotorWindingFacts | None) -> float:
    """Return the inertia of the rotor with its shaft [kg m2]."""
    stack = machine.stack
    total = areas.moment["rotor-iron"] * stack * machine.stacking * steel(machine.rotor.steel).density
    total += masses["shaft"] * (machine.shaft_diameter**2 + machine.shaft_bore**2) / 8
    if "magnets" in masses:
        total += masses["magnets"] * areas.moment["magnet"] / areas.area["magnet"]
    if turning is not None and turning.style == "field":
        # The ends run around the poles at the radius of the sides, on the mean.
        total += masses["field-copper"] * areas.moment["field-coil"] / areas.area["field-coil"]
    if isinstance(machine, Induction):
        bars, rings = _cage_masses(machine)
        total += bars * areas.moment["bar"] / areas.area["bar"] + rings * (ring_diameter(machine) / 2) ** 2
    return total
