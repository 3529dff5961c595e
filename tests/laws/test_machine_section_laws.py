"""What every drawn cross-section must hold."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest

from coaxle.design.machine.drawing import polygons
from coaxle.design.machine.kinds import check, draw
from coaxle.design.machine.mesh import MeshSettings, mesh
from coaxle.design.machine.winding import lay
from coaxle.design.machine.winding.coils import conductors_per_layer
from machine_cases import CASES


@pytest.fixture(scope="module")
def sections():
    return {name: draw(machine) for name, machine in CASES.items()}


def winding_number(outline, points):
    """Return how often an outline turns around each point, by the angles that its corners are seen at."""
    seen = np.angle((np.roll(outline, -1) - points[:, None]) / (outline - points[:, None]))
    return np.round(seen.sum(axis=1) / (2 * pi)).astype(int)


@pytest.mark.parametrize("name", list(CASES))
def test_nothing_is_wrong_with_the_cases(name):
    assert list(check(CASES[name])) == []


@pytest.mark.parametrize("name", list(CASES))
def test_outlines_turn_left_once(sections, name):
    for region in sections[name].regions:
        x, y = region.outline.T
        assert 0.5 * (x @ np.roll(y, -1) - y @ np.roll(x, -1)) > 0, region.name
    assert len({region.name for region in sections[name].regions}) == len(sections[name].regions)


@pytest.mark.parametrize("name", list(CASES))
def test_outlines_stay_within_the_sector_and_their_side_of_the_gap(sections, name):
    section = sections[name]
    for region in section.regions:
        points = region.outline[:, 0] + 1j * region.outline[:, 1]
        radius, turn = np.abs(points), np.angle(points * np.exp(-0.5j * section.angle))
        low, high = (section.bore, section.outer) if region.side == "stator" else (section.inner, section.rotor_outer)
        assert radius.min() > low - 1e-9, region.name
        assert radius.max() < high + 1e-9, region.name
        assert np.abs(turn).max() < section.angle / 2 + 1e-9, region.name


@pytest.mark.parametrize("name", list(CASES))
def test_painted_areas_match_a_count_of_points(sections, name):
    """A second road to areas and overlaps: even points in polar cells, each told by how outlines turn around it."""
    section = sections[name]
    made = mesh(section, MeshSettings())
    a, b, c = (made.nodes[:, 0] + 1j * made.nodes[:, 1])[made.triangles].T
    meshed = np.bincount(made.region + 1, 0.5 * (np.conj(b - a) * (c - a)).imag, len(section.regions) + 1)
    turns, rings = 420, 260
    angle = (np.arange(turns) + 0.5) / turns * section.angle
    r_2 = section.inner**2 + (np.arange(rings) + 0.5) / rings * (section.outer**2 - section.inner**2)
    points = (np.sqrt(r_2)[:, None] * np.exp(1j * angle)).ravel()
    found = np.full(points.size, -1)
    for number, region in enumerate(section.regions):
        outline = region.outline[:, 0] + 1j * region.outline[:, 1]
        reach = np.abs(points - outline.mean()) <= np.abs(outline - outline.mean()).max()
        near = np.flatnonzero(reach)
        inside = winding_number(outline, points[near])
        assert set(np.unique(inside)) <= {0, 1}, region.name
        found[near[inside == 1]] = number
    whole = section.angle / 2 * (section.outer**2 - section.inner**2)
    cell = whole / points.size
    counted = np.bincount(found + 1, minlength=len(section.regions) + 1) * cell
    parts = np.array(["air", *(region.part for region in section.regions)])
    for part in set(parts) - {"air"}:
        mine = parts == part
        # A count errs by about the square root of the cells on the border: under 1 % of parts of thousands of cells.
        assert counted[mine].sum() == pytest.approx(meshed[mine].sum(), rel=0.015, abs=40 * cell), part


@pytest.mark.parametrize("name", list(CASES))
def test_circuits_hold_every_conductor_once(sections, name):
    section, machine = sections[name], CASES[name]
    share = conductors_per_layer(machine.winding) / machine.winding.parallel_paths
    layout = lay(machine.winding, machine.stator.slots, machine.pole_pairs)
    slots = [region.name for region in section.regions if region.part == "slot"]
    held = [name for circuit in section.circuits[:3] for name in circuit.conductors]
    assert sorted(held) == sorted(slots)
    assert [circuit.name for circuit in section.circuits[:3]] == ["a", "b", "c"]
    for number, circuit in enumerate(section.circuits[:3]):
        for region, conductors in circuit.conductors.items():
            slot, layer = int(region.split("-")[1]), int(region.split("-")[3])
            side = layout.sides[slot - 1][layer - 1]
            assert side.phase == number
            assert conductors == side.sign * share


def test_fractional_slots_and_bars_take_a_sector_of_several_poles(sections):
    assert (sections["id3"].poles, sections["id3"].slots) == (2, 9)
    assert (sections["model-s"].poles, sections["model-s"].slots) == (2, 30)
    assert len(sections["model-s"].circuits) == 3 + 37
    assert sections["zoe"].poles == sections["i3"].poles == sections["model-3"].poles == 1


def test_field_turns_and_magnets_turn_over_from_pole_to_pole(sections):
    field = sections["zoe"].circuits[3]
    assert field.name == "field"
    assert sorted(field.conductors.values()) == [-45.0, 45.0]
    section = sections["id3"]
    directions = {
        region.name: region.remanence_direction for region in section.regions if region.remanence_direction is not None
    }
    for name, direction in directions.items():
        if name.startswith("magnet-1"):
            other = directions[name.replace("magnet-1", "magnet-2", 1)]
            assert np.exp(1j * (other - direction)) == pytest.approx(np.exp(1j * (pi + pi / 4)), abs=1e-9)


@pytest.mark.parametrize("name", list(CASES))
def test_polygons_of_the_whole_machine_close_the_circle(sections, name):
    section = sections[name]
    one, whole = polygons(section), polygons(section, whole=True)
    sectors = 2 * section.pole_pairs // section.poles
    assert len(whole) == sectors * len(one) == sectors * len(section.regions)
    for part in ("stator-yoke", "slot"):
        outlines = [polygon.outline for polygon in whole if polygon.part == part]
        total = sum(0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) for x, y in (each.T for each in outlines))
        mine = [polygon.outline for polygon in one if polygon.part == part]
        alone = sum(0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) for x, y in (each.T for each in mine))
        assert total == pytest.approx(sectors * alone)
        centre = np.array([outline.mean(axis=0) for outline in outlines]).mean(axis=0)
        assert np.abs(centre).max() < 1e-9  # even around the shaft
    signs = [polygon.sign for polygon in whole if polygon.circuit == "a"]
    assert sum(signs) == 0
