"""Lines and borders over triangles against what geometry says."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from coaxle.report.figures.section import borders, level_lines


def triangulated(count):
    """Return nodes and triangles of the unit square, ``count`` squares a side, each cut in two."""
    x, y = np.meshgrid(np.linspace(0, 1, count + 1), np.linspace(0, 1, count + 1), indexing="ij")
    nodes = np.column_stack([x.ravel(), y.ravel()])
    low = (np.arange(count)[:, None] * (count + 1) + np.arange(count)).ravel()
    first = np.column_stack([low, low + count + 1, low + count + 2])
    return nodes, np.concatenate([first, np.column_stack([low, low + count + 2, low + 1])]).astype(np.int32)


def area(ring):
    x, y = ring.T
    return 0.5 * float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


@pytest.mark.parametrize("level", [0.0, 0.13, 0.5, 0.77])
def test_a_plane_has_straight_lines(level):
    """A height linear in both coordinates is met exactly: every point of its one line lies on it, to rounding."""
    nodes, triangles = triangulated(7)
    height = 2 * nodes[:, 0] + nodes[:, 1] - 1
    lines = level_lines(nodes, triangles, height, level)
    assert len(lines) == 1
    x, y = lines[0].T
    assert np.max(np.abs(2 * x + y - 1 - level)) < 1e-12  # rounding
    ends = np.array([[(1 + level) / 2, 0], [level / 2, 1]])
    found = lines[0][[0, -1]]
    assert min(np.abs(found - ends).max(), np.abs(found[::-1] - ends).max()) < 1e-12


def test_a_circle_closes_and_comes_nearer_with_the_square_of_the_step():
    """The level of r^2 is one closed line whose area misses the circle's by a quarter when the step is halved."""
    missed = []
    for count in (16, 32, 64):
        nodes, triangles = triangulated(count)
        height = ((nodes - 0.5) ** 2).sum(axis=1)
        (line,) = level_lines(nodes, triangles, height, 0.3**2)
        assert np.array_equal(line[0], line[-1])
        missed.append(abs(abs(area(line[:-1])) - np.pi * 0.09))
    for coarse, fine in itertools.pairwise(missed):
        # second order is a ratio of 4; how the circle lies in the mesh moves it by up to a third
        assert 3.0 < coarse / fine < 5.5


def test_no_line_where_the_level_is_not_met():
    nodes, triangles = triangulated(3)
    assert level_lines(nodes, triangles, nodes[:, 0], 2.0) == []


def test_borders_hold_the_area_of_what_they_go_around():
    """Rings of chosen triangles, holes counted backwards, have the sum of the triangles' areas."""
    nodes, triangles = triangulated(9)
    middle = nodes[triangles].mean(axis=1) - 0.5
    radius = np.hypot(*middle.T)
    chosen = (radius > 0.2) & (radius < 0.4)
    rings = borders(triangles, chosen)
    assert len(rings) == 2
    whole = sum(area(nodes[ring[:-1]]) for ring in rings)
    assert whole == pytest.approx(chosen.sum() / 2 / 81, rel=1e-12)  # rounding
    assert borders(triangles, np.zeros(len(triangles), dtype=bool)) == []
