"""Eddy loss of magnets against closed forms."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import pi

import numpy as np
import pytest

from coaxle.design.machine.loss.magnet import (
    Block,
    block_of,
    loop_factor,
    magnet_coefficient,
    magnet_coefficients,
)
from coaxle.design.machine.loss.period import Period
from coaxle.design.machine.section import Region, Section, SectorMesh
from coaxle.materials import magnet
from loss_cases import MACHINE


def test_loops_follow_the_twisted_bar() -> None:
    """Timoshenko and Goodier, Theory of Elasticity, art. 109: torsion constants k_1 a^3 b, printed to 3 or 4 digits."""
    for ratio, k_1 in ((1.0, 0.1406), (1.5, 0.196), (2.0, 0.229), (4.0, 0.281), (10.0, 0.312)):
        assert 4 * loop_factor(1.0, ratio) == pytest.approx(k_1, abs=6e-4)
        assert loop_factor(ratio, 1.0) == pytest.approx(loop_factor(1.0, ratio), rel=1e-14)
    assert loop_factor(2.0, 1e6) == pytest.approx(4 / 12, rel=1e-5)  # 0.63 w / l is missing


def test_a_long_plate_in_a_swinging_field() -> None:
    """P = V w^2 / (12 rho) mean (dB/dt)^2: two harmonics of the sixth, magnetised along 0.3 rad."""
    rho, width, length, stack = 1.6e-6, 12e-3, 1e3, 0.1
    block = Block(width=width, thickness=1e-9, length=length, direction=0.3, resistivity=rho)
    t = np.arange(16) / 16
    b = 0.9 + 0.05 * np.cos(2 * pi * t) + 0.02 * np.sin(4 * pi * t)
    field = np.stack((b * np.cos(0.3), b * np.sin(0.3)), axis=-1)[:, None, None].repeat(4, axis=2)
    one = Period(b=field, span=Fraction(1, 6), antiperiodic=False, triangles=np.arange(4, dtype=np.int32), copies=1)
    area = np.array([1e-6, 2e-6, 3e-6, 5e-6])
    got = magnet_coefficients(one, area, np.array([0, 0, 0, -1], np.int32), (block,), stack)
    rate = 0.5 * (2 * pi * 6 * 0.05) ** 2 + 0.5 * (2 * pi * 12 * 0.02) ** 2
    assert got[0, 0] == pytest.approx(6e-6 * stack * width**2 / (12 * rho) * rate, rel=1e-4)  # 0.63 w / l


def test_each_part_of_the_field_has_its_own_loop() -> None:
    """Along the magnetisation around the width, across it around the thickness, whatever way the magnet lies."""
    t = np.cos(2 * pi * np.arange(8) / 8)
    for angle in (0.0, 0.3, 2.5):
        block = Block(width=10e-3, thickness=3e-3, length=1e3, direction=angle, resistivity=1.6e-6)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-np.sin(angle), np.cos(angle)])
        for way, size in ((along, 10e-3), (across, 3e-3)):
            field = (0.1 * t[:, None] * way)[:, None, None]
            one = Period(b=field, span=Fraction(1), antiperiodic=False, triangles=np.zeros(1, np.int32), copies=2)
            got = magnet_coefficients(one, np.array([1e-6]), np.zeros(1, np.int32), (block,), 0.1)
            wanted = 2 * 1e-7 * size**2 / (12 * 1.6e-6) * 0.5 * (2 * pi * 0.1) ** 2
            assert got[0, 0] == pytest.approx(wanted, rel=1e-4)  # 0.63 w / l


def magnet_mesh() -> SectorMesh:
    """Return a sector whose stator is one triangle and whose rotor one magnet of 12 x 4 mm, at 30 degrees."""
    angle = pi / 6
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, s], [-s, c]])
    x, y = np.meshgrid([0.0, 2e-3, 4e-3], np.linspace(0, 12e-3, 7), indexing="ij")
    nodes = np.column_stack((x.ravel(), y.ravel())) @ turn + np.array([0.05, 0.02])
    cells = [(7 * i + j, 7 * i + 7 + j, 7 * i + 8 + j) for i in range(2) for j in range(6)]
    cells += [(7 * i + j, 7 * i + 8 + j, 7 * i + j + 1) for i in range(2) for j in range(6)]
    outline = nodes[[0, 14, 20, 6]]
    section = Section(
        regions=(
            Region(name="air-gap", part="air", side="stator", outline=outline),
            Region(
                name="magnet",
                part="magnet",
                side="rotor",
                outline=outline,
                material="N42EH",
                remanence_direction=angle,
            ),
        ),
        circuits=(),
        pole_pairs=4,
        poles=1,
        angle=pi / 4,
        slots=6,
        bore=0.08,
        rotor_outer=0.079,
        inner=0.02,
        outer=0.1,
        phase_axis=0.0,
        rotor_axis=0.0,
    )
    none = np.zeros(0, np.int32)
    return SectorMesh(
        section=section,
        nodes=nodes,
        triangles=np.array([(0, 7, 8), *cells], np.int32),
        region=np.array([0, *([1] * len(cells))], np.int32),
        stator_triangles=1,
        rotor_ring=none,
        stator_ring=none,
        low=none,
        high=none,
        fixed=none,
    )


@pytest.mark.parametrize(("pieces", "lengthwise"), [(1, 1), (2, 1), (3, 4)])
def test_the_magnets_of_a_mesh(pieces: int, lengthwise: int) -> None:
    meshed = magnet_mesh()
    swing = 1.0 + 0.1 * np.cos(2 * pi * np.arange(8) / 8)
    way = np.array([np.cos(pi / 6), np.sin(pi / 6)])
    b = np.broadcast_to((swing[:, None] * way)[:, None, None], (8, 2, meshed.region.size - 1, 2))
    facts = replace(MACHINE, stack=0.12)
    got = magnet_coefficient(b, meshed, Fraction(1, 6), facts, pieces=pieces, lengthwise=lengthwise)
    factor = loop_factor(12e-3 / pieces, 0.12 / lengthwise) / magnet("N42EH").resistivity
    wanted = factor * 48e-6 * 0.12 * 0.5 * (2 * pi * 6 * 0.1) ** 2
    np.testing.assert_allclose(got, wanted, rtol=1e-9)  # rounding of coordinates


def test_cutting_a_magnet_in_two_quarters_its_loss() -> None:
    outline = np.array([[0.0, 0.0], [4e-3, 0.0], [4e-3, 20e-3], [0.0, 20e-3]])
    whole = block_of(outline, 0.0, 1e3, 1.6e-6)
    assert (whole.width, whole.thickness) == pytest.approx((20e-3, 4e-3))
    assert loop_factor(whole.width / 2, 1e3) == pytest.approx(loop_factor(whole.width, 1e3) / 4, rel=1e-4)
