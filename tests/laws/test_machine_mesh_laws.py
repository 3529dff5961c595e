"""What every mesh of every machine must hold, whatever its shape."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.design.machine.kinds import draw
from coaxle.design.machine.mesh import DRAFT, FINE, MeshSettings, least_angle, mesh
from coaxle.design.machine.mesh.build import IRON
from machine_cases import CASES

SETTINGS = {"draft": DRAFT, "design": MeshSettings()}
ALL = [(name, how) for name in CASES for how in SETTINGS]
LEAST_ANGLE = {"draft": 6.0, "design": 8.0}
"""Degrees. The corners of ID.3's slots have 8.7 degrees themselves; a draft asks for little of corners."""


@pytest.fixture(scope="module")
def meshes():
    return {(name, how): mesh(draw(CASES[name]), SETTINGS[how]) for name, how in ALL}


def corners(made):
    return (made.nodes[:, 0] + 1j * made.nodes[:, 1])[made.triangles]


def areas(made):
    a, b, c = corners(made).T
    return 0.5 * (np.conj(b - a) * (c - a)).imag


@pytest.mark.parametrize("key", ALL)
def test_triangles_turn_left_and_are_not_flat(meshes, key):
    made = meshes[key]
    assert areas(made).min() > 0
    assert np.degrees(least_angle(made)) > LEAST_ANGLE[key[1]]


@pytest.mark.parametrize("key", ALL)
def test_areas_add_up_to_the_rings_around_the_band(meshes, key):
    made = meshes[key]
    section = made.section
    gap = section.bore - section.rotor_outer
    size = areas(made)
    for radii, mine in (
        ((section.bore - gap / 3, section.outer), slice(0, made.stator_triangles)),
        ((section.inner, section.rotor_outer + gap / 3), slice(made.stator_triangles, None)),
    ):
        exact = section.angle / 2 * (radii[1] ** 2 - radii[0] ** 2)
        # Chords of at most 6 degrees cut (pi / 30)^2 / 6 = 0.18 % off a disc.
        assert size[mine].sum() == pytest.approx(exact, rel=2e-3)


@pytest.mark.parametrize("key", ALL)
def test_triangles_meet_edge_to_edge_and_only_at_the_borders_not(meshes, key):
    """Every edge has two triangles, or one and lies on a side, the rim or the ring."""
    made = meshes[key]
    edges = np.sort(np.concatenate([made.triangles[:, [i, (i + 1) % 3]] for i in range(3)]), axis=1)
    unique, count = np.unique(edges, axis=0, return_counts=True)
    assert count.max() == 2
    border = set(map(int, np.concatenate([made.low, made.high, made.fixed, made.rotor_ring, made.stator_ring])))
    assert {int(node) for node in unique[count == 1].ravel()} <= border
    assert len(np.unique(made.triangles)) == len(made.nodes)


@pytest.mark.parametrize("key", ALL)
def test_rings_are_even_and_fit_poles_and_slots(meshes, key):
    made = meshes[key]
    section = made.section
    steps = len(made.rotor_ring) - 1
    assert len(made.stator_ring) == steps + 1
    assert steps % (24 * section.poles) == 0
    assert steps % section.slots == 0
    gap = section.bore - section.rotor_outer
    for ring, radius in ((made.rotor_ring, section.rotor_outer + gap / 3), (made.stator_ring, section.bore - gap / 3)):
        nodes = made.nodes[ring, 0] + 1j * made.nodes[ring, 1]
        even = radius * np.exp(1j * section.angle * np.arange(steps + 1) / steps)
        assert np.abs(nodes - even).max() < 1e-12  # rounding of metres


@pytest.mark.parametrize("key", ALL)
def test_sides_are_paired_at_equal_radius(meshes, key):
    made = meshes[key]
    low, high = (made.nodes[each, 0] + 1j * made.nodes[each, 1] for each in (made.low, made.high))
    assert len(set(made.low.tolist())) == len(made.low) == len(made.high)
    assert np.abs(low.imag).max() < 1e-12
    assert np.abs(high - low * np.exp(1j * made.section.angle)).max() < 1e-12
    for ring in (made.rotor_ring, made.stator_ring):
        assert ring[0] in made.low
        assert ring[-1] in made.high


@pytest.mark.parametrize("key", ALL)
def test_rim_is_where_the_potential_is_fixed(meshes, key):
    made = meshes[key]
    radius = np.hypot(*made.nodes[made.fixed].T)
    section = made.section
    outer = np.isclose(radius, section.outer, atol=1e-9)
    assert np.all(outer | np.isclose(radius, section.inner, atol=1e-9))
    everywhere = np.hypot(*made.nodes.T)
    on = np.isclose(everywhere, section.outer, atol=1e-9) | np.isclose(everywhere, section.inner, atol=1e-9)
    assert on.sum() == len(made.fixed)


@pytest.mark.parametrize("key", ALL)
def test_stator_pitches_are_the_same_pattern_turned(meshes, key):
    made = meshes[key]
    section = made.section
    each = made.stator_triangles // section.slots
    assert each * section.slots == made.stator_triangles
    centres = corners(made).mean(axis=1)
    first = centres[:each]
    names = [section.regions[number].name if number >= 0 else "" for number in made.region]
    for pitch in range(section.slots):
        here = slice(pitch * each, (pitch + 1) * each)
        turn = np.exp(1j * pitch * section.angle / section.slots)
        assert np.abs(centres[here] - first * turn).max() < 1e-12
        for one, other in zip(names[:each], names[here], strict=True):
            assert other == one.replace("-1", f"-{pitch + 1}", 1)


@pytest.mark.parametrize("key", ALL)
def test_rotor_poles_mirror_and_repeat(meshes, key):
    """The rotor's nodes are symmetric about the middle of the sector: no torque comes from the mesh alone."""
    made = meshes[key]
    numbers = np.unique(made.triangles[made.stator_triangles :])
    nodes = made.nodes[numbers, 0] + 1j * made.nodes[numbers, 1]
    image = np.conj(nodes) * np.exp(1j * made.section.angle)
    order, other = (np.lexsort((np.round(each.imag, 9), np.round(each.real, 9))) for each in (nodes, image))
    assert np.abs(nodes[order] - image[other]).max() < 1e-9


@pytest.mark.parametrize("key", ALL)
def test_areas_by_region_are_those_of_the_outlines(meshes, key):
    """What nothing is painted over keeps the area of its outline."""
    made = meshes[key]
    size = areas(made)
    for number, region in enumerate(made.section.regions):
        if region.part in ("slot", "magnet", "field-coil", "bar"):
            x, y = region.outline.T
            exact = 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
            # Only edges of the mesh on the gap's own circle are not the outline's: shares of 1e-3 of a magnet there.
            assert size[made.region == number].sum() == pytest.approx(exact, rel=1e-3), region.name


@pytest.mark.parametrize("name", ["i3", "i-pace", "model-3", "id3", "reluctance"])
def test_bridges_have_two_elements_across(meshes, name):
    """No triangle of the rotor's iron reaches from its surface to air within."""
    made = meshes[name, "design"]
    section = made.section
    edges = np.sort(np.concatenate([made.triangles[:, [i, (i + 1) % 3]] for i in range(3)]), axis=1)
    of = np.tile(made.region, 3)
    iron = np.array([region.part in IRON for region in section.regions])
    inside = np.concatenate([made.region, made.region, made.region])
    touches_air = np.zeros(len(made.nodes), bool)
    pocket = np.array([region.name.startswith(("pocket", "magnet")) for region in section.regions])
    touches_air[made.triangles[(made.region >= 0) & pocket[made.region]]] = True
    surface = np.isclose(np.hypot(*made.nodes.T), section.rotor_outer, atol=1e-9)
    across = (inside >= 0) & iron[inside]
    ends = edges[across & (of >= 0)]
    spans = touches_air[ends] & surface[ends[:, ::-1]]
    assert spans.any(axis=1).mean() < 2e-3


def test_meshes_are_the_same_each_time():
    section = draw(CASES["i-pace"])
    one, other = mesh(section), mesh(section)
    assert np.array_equal(one.nodes, other.nodes)
    assert np.array_equal(one.triangles, other.triangles)


def test_finer_settings_make_finer_meshes():
    section = draw(CASES["id3"])
    counts = [len(mesh(section, settings).nodes) for settings in (DRAFT, MeshSettings(), FINE)]
    assert counts[0] < counts[1] < counts[2]
