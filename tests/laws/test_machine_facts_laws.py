"""Masses, inertia and resistances of machines follow from their dimensions."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import pytest

from coaxle.design.machine.measure import facts
from coaxle.materials import conductor, steel
from machine_cases import CASES


@pytest.fixture(scope="module")
def known():
    return {name: facts(machine) for name, machine in CASES.items()}


@pytest.mark.parametrize("name", list(CASES))
def test_iron_and_slots_fill_the_stators_ring(known, name):
    of, machine = known[name], CASES[name]
    density = steel(of.stator_steel).density * machine.stack * machine.stacking
    iron = (of.masses["stator-yoke"] + of.masses["stator-teeth"]) / density
    ring = pi / 4 * (of.stator_outer**2 - of.bore**2)
    slot = machine.stator.slot
    mouths = of.slots * (slot.opening * slot.opening_depth + (slot.opening + of.slot_width) / 2 * slot.shoulder)
    wedges = of.slots * of.slot_width * slot.wedge
    # Mouth and wedge are taken as trapezes here; they are 1 to 3 % of the ring.
    assert iron + of.areas["slots"] + mouths + wedges == pytest.approx(ring, rel=4e-3)


@pytest.mark.parametrize("name", list(CASES))
def test_copper_is_its_length_times_its_area(known, name):
    of = known[name].winding
    area = of.conductor_height * of.conductor_width if of.style == "hairpin" else pi / 4 * of.conductor_height**2
    length = 3 * of.series_turns * of.parallel_paths * of.strands * of.turn_length
    metal = conductor(of.conductor)
    mass = known[name].masses["stator-copper-active"] + known[name].masses["stator-copper-end"]
    assert mass == pytest.approx(length * area * metal.density)
    per_path = of.series_turns * of.turn_length * metal.resistivity / (area * of.strands)
    assert of.resistance == pytest.approx(per_path / of.parallel_paths)
    assert of.turn_length == pytest.approx(2 * known[name].stack + of.end_turn_length)


@pytest.mark.parametrize("name", list(CASES))
def test_inertia_lies_below_that_of_a_solid_rotor(known, name):
    of = known[name]
    parts = ("rotor-iron", "magnets", "field-copper", "cage", "shaft")
    mass = sum(of.masses.get(part, 0.0) for part in parts)
    assert 0.2 * mass * (of.rotor_outer / 2) ** 2 < of.inertia < mass * (of.rotor_outer / 2) ** 2


def test_inertia_of_a_ring_of_magnets_on_a_hub(known):
    """Closed form for rings: m (r_1^2 + r_2^2) / 2, magnets of even thickness over the whole pole."""
    base = CASES["surface"]
    ring = replace(
        base, rotor=replace(base.rotor, span=1.0, edge_thickness=base.rotor.thickness, magnetisation="parallel")
    )
    of = facts(ring)
    outer = of.rotor_outer / 2 - base.rotor.sleeve
    hub, shaft = outer - base.rotor.thickness, of.rotor_inner / 2
    exact = of.masses["magnets"] * (outer**2 + hub**2) / 2 + of.masses["rotor-iron"] * (hub**2 + shaft**2) / 2
    exact += of.masses["shaft"] * shaft**2 / 2
    # Chords of the hub and the shaft lie inside their circles.
    assert of.inertia == pytest.approx(exact, rel=2e-3)


@pytest.mark.parametrize("name", ["zoe", "id3", "model-s"])
def test_a_longer_stack_adds_active_parts_in_proportion(known, name):
    machine, of = CASES[name], known[name]
    longer = facts(replace(machine, stack=1.5 * machine.stack))
    for part in ("stator-yoke", "stator-teeth", "rotor-iron", "stator-copper-active", "punched"):
        assert longer.masses[part] == pytest.approx(1.5 * of.masses[part])
    assert longer.masses["stator-copper-end"] == pytest.approx(of.masses["stator-copper-end"])
    assert longer.winding.end_inductance == pytest.approx(of.winding.end_inductance)


def test_field_winding_has_all_its_poles_in_series(known):
    field = known["zoe"].rotor_winding
    metal = conductor(field.conductor)
    assert field.turns == 4 * 45
    assert field.resistance == pytest.approx(180 * field.turn_length * metal.resistivity / 4e-6)
    assert known["zoe"].masses["field-copper"] == pytest.approx(180 * field.turn_length * 4e-6 * metal.density)


def test_cage_loss_is_that_of_its_bars_and_rings(known):
    """3 R_r' i_s'^2 equals the loss in bars and ring segments, currents summed bar by bar."""
    machine, of = CASES["model-s"], known["model-s"]
    rotor, metal = machine.rotor, conductor("copper")
    bars, pole_pairs = rotor.bars, machine.pole_pairs
    length = machine.stack + 2 * rotor.ring_distance + rotor.ring_width
    bar = metal.resistivity * length / of.rotor_winding.conductor_area
    top = of.rotor_outer - 2 * rotor.bar.opening_depth - rotor.ring_height
    segment = metal.resistivity * pi * top / bars / (rotor.ring_height * rotor.ring_width)
    current = [complex(0, 0)] * bars
    from cmath import exp

    for number in range(bars):
        current[number] = exp(2j * pi * pole_pairs * number / bars)
    # Kirchhoff: a ring's current changes by the bar's; its mean over the ring is 0.
    ring, total = [], 0j
    for number in range(bars):
        total += current[number]
        ring.append(total)
    mean = sum(ring) / bars
    loss = sum(abs(i) ** 2 for i in current) * bar / 2 + 2 * sum(abs(i - mean) ** 2 for i in ring) * segment / 2
    # Equal fundamental MMF: 3 N k_w i_s' = bars / 2 i_bar, peak values.
    stator = bars / (2 * 3 * of.winding.series_turns * of.winding.winding_factor)
    assert 1.5 * of.rotor_winding.resistance * stator**2 == pytest.approx(loss)


def test_ends_of_bars_stand_out_as_given(known):
    machine = CASES["id3"]
    longer = facts(replace(machine, winding=replace(machine.winding, overhang=0.04)))
    assert longer.winding.overhang == pytest.approx(0.04)
    more = 2 * (0.04 - known["id3"].winding.overhang)
    assert longer.winding.end_turn_length == pytest.approx(known["id3"].winding.end_turn_length + 2 * more)


@pytest.mark.parametrize("name", list(CASES))
def test_diameters_add_up(known, name):
    of = known[name]
    assert of.bore + 2 * (of.slot_depth + of.yoke_height) == pytest.approx(of.stator_outer)
    assert of.rotor_outer + 2 * of.gap == pytest.approx(of.bore)
    assert 0 < of.winding.slot_fill < 0.85
    assert (of.rotor_winding is None) == (of.kind in ("ipm", "spm", "synrm"))
    assert (of.magnet is None) == (of.areas["magnets"] == 0)
