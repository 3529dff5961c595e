"""Edges that a mesh keeps, and sections that no machine type draws."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import numpy as np
import pytest

from coaxle.design.machine.kinds import draw
from coaxle.design.machine.mesh import MeshSettings, least_angle, mesh
from coaxle.design.machine.mesh.locate import locate
from coaxle.design.machine.mesh.pieces import pieces
from coaxle.design.machine.section import Region, Section
from coaxle.errors import UseError
from machine_cases import CASES


def box(x, y, width, height):
    return np.array([complex(x, y), complex(x + width, y), complex(x + width, y + height), complex(x, y + height)])


def lengths(found):
    return np.abs(found.points[found.ends[:, 0]] - found.points[found.ends[:, 1]])


def kept(outlines):
    return pieces(outlines, 0.01, 10.0, pi / 2, (0.001, 20.0))


def test_what_lies_under_another_area_is_no_edge():
    """Two boxes that overlap by 1 x 1: the later one's border is whole, of the other's 2 are hidden."""
    assert lengths(kept([box(1, 1, 2, 2), box(2, 2, 2, 2)])).sum() == pytest.approx(8 + 8 - 2)
    assert lengths(kept([box(1, 1, 3, 3), box(0.5, 0.5, 4, 4)])).sum() == pytest.approx(16)


def test_a_border_in_common_is_kept_once():
    found = kept([box(1, 1, 1, 1), box(2, 1, 1, 1), box(2, 2, 1, 0.5)])
    assert lengths(found).sum() == pytest.approx(7 + 2)
    assert len({tuple(pair) for pair in found.ends.tolist()}) == len(found.ends)
    assert (found.left != found.right).all()


def test_crossings_and_touchings_become_corners():
    cross = kept([box(1, 2, 3, 1), box(2, 1, 1, 3)])
    assert len(cross.points) >= 12
    ends = cross.points[np.unique(cross.ends)]
    for corner in (2 + 2j, 3 + 2j, 2 + 3j, 3 + 3j):
        assert np.abs(ends - corner).min() < 1e-9


def test_edges_are_cut_at_the_sides_of_the_wedge():
    found = pieces([box(1, -1, 1, 2)], 0.01, 10.0, pi / 4, (0.001, 20.0))
    points = found.points[np.unique(found.ends)]
    assert points.imag.min() > -1e-12
    assert (np.angle(points) < pi / 4 + 1e-9).all()
    assert lengths(found).sum() == pytest.approx(
        3.0
    )  # both uprights from 0 to 1 and the top; what lies along a side goes


def test_points_are_told_by_the_last_outline_that_holds_them():
    outlines = [box(0, 0, 4, 4), None, box(1, 1, 1, 1)]
    assert locate(outlines, np.array([0.5 + 0.5j, 1.5 + 1.5j, 5 + 1j])).tolist() == [0, 2, -1]


def sector_of(regions, section):
    return replace(section, regions=tuple(regions))


def closes(made):
    corners = (made.nodes[:, 0] + 1j * made.nodes[:, 1])[made.triangles]
    a, b, c = corners.T
    low, high = (made.nodes[each, 0] + 1j * made.nodes[each, 1] for each in (made.low, made.high))
    assert (0.5 * (np.conj(b - a) * (c - a)).imag).min() > 0
    assert np.abs(high - low * np.exp(1j * made.section.angle)).max() < 1e-12
    assert np.degrees(least_angle(made)) > 4


@pytest.mark.parametrize("gone", [("-1-1-left", "-2-1-left"), ("-1-1-left",)])
def test_rotors_without_symmetry_are_meshed_whole(gone):
    """Poles that lean, and poles that differ: sides still match."""
    section = draw(CASES["id3"])
    made = mesh(sector_of([region for region in section.regions if not region.name.endswith(gone)], section))
    closes(made)
    assert set(made.region.tolist()) >= set(range(len(made.section.regions)))


def test_slotless_rings_are_meshed():
    def ring(name, part, side, low, high):
        turn = np.linspace(0, pi / 3, 61)
        around = np.concatenate([high * np.exp(1j * turn), low * np.exp(1j * turn[::-1])])
        outline = np.column_stack([around.real, around.imag])
        return Region(name=name, part=part, side=side, outline=outline, material="M270-35A")

    section = Section(
        regions=(
            ring("yoke", "stator-yoke", "stator", 0.06, 0.08),
            ring("core", "rotor-iron", "rotor", 0.02, 0.055),
        ),
        circuits=(),
        pole_pairs=3,
        poles=1,
        angle=pi / 3,
        slots=6,
        bore=0.06,
        rotor_outer=0.055,
        inner=0.02,
        outer=0.08,
        phase_axis=0.0,
        rotor_axis=pi / 2,
    )
    made = mesh(section, MeshSettings(ring=48, step=1.0))
    closes(made)
    assert set(made.region.tolist()) == {-1, 0, 1}


def test_a_stator_whose_pitches_differ_is_refused():
    section = draw(CASES["zoe"])
    moved = [
        replace(region, outline=0.999 * region.outline) if region.name == "slot-2" else region
        for region in section.regions
    ]
    with pytest.raises(UseError, match="slot pitches differ"):
        mesh(sector_of(moved, section))
