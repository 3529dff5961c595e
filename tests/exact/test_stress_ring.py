"""Rotating rings: the plane-stress solution against the closed form, and how fast it comes close."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
import pytest

from coaxle.design.machine.section import Region, Section, SectorMesh
from coaxle.design.machine.stress.plane import Elastic, rotor_stress
from coaxle.errors import InputError

STEEL = Elastic(young=200e9, poisson=0.3, density=7650.0)
BORE, OUTER, ANGLE = 0.03, 0.08, pi / 3


def ring(radial: int, around: int, magnet: tuple[float, float] | None = None) -> SectorMesh:
    """Return a sector of a ring; between the radii ``magnet`` it is a magnet, which is mass alone."""
    radii, angles = np.linspace(BORE, OUTER, radial + 1), np.linspace(0.0, ANGLE, around + 1)
    nodes = np.array([[r * cos(a), r * sin(a)] for a in angles for r in radii])
    quads = [j * (radial + 1) + i for j in range(around) for i in range(radial)]
    corners = [(n, n + 1, n + radial + 2, n + radial + 1) for n in quads]
    triangles = np.array([t for a, b, c, d in corners for t in ((a, b, c), (a, c, d))], np.int32)
    section = Section(
        regions=tuple(
            Region(name=n, part=p, side="rotor", outline=np.zeros((3, 2)), material=n)
            for n, p in (("sheet", "rotor-iron"), ("ndfeb", "magnet"))
        ),
        circuits=(),
        pole_pairs=3,
        poles=1,
        angle=ANGLE,
        slots=1,
        bore=OUTER + 1e-3,
        rotor_outer=OUTER,
        inner=BORE,
        outer=0.1,
        phase_axis=0.0,
        rotor_axis=0.0,
    )
    middle = np.hypot(*nodes[triangles].mean(axis=1).T)
    region = np.zeros(len(triangles), np.int32)
    if magnet:
        region[(middle > magnet[0]) & (middle < magnet[1])] = 1
    none = np.zeros(0, np.int32)
    return SectorMesh(
        section=section,
        nodes=nodes,
        triangles=triangles,
        region=region,
        stator_triangles=0,
        rotor_ring=none,
        stator_ring=none,
        low=none,
        high=none,
        fixed=none,
    )


def closed_form(r: np.ndarray) -> np.ndarray:
    """Return the von Mises stress of a rotating ring with free rims at 1 rad/s (Timoshenko and Goodier, article 32)."""
    nu, a, b = STEEL.poisson, BORE, OUTER
    factor = (3 + nu) / 8 * STEEL.density
    radial = factor * (a**2 + b**2 - (a * b / r) ** 2 - r**2)
    hoop = factor * (a**2 + b**2 + (a * b / r) ** 2 - (1 + 3 * nu) / (3 + nu) * r**2)
    return np.sqrt(radial**2 - radial * hoop + hoop**2)


def error(mesh: SectorMesh) -> float:
    stress = rotor_stress(mesh, {"sheet": STEEL}, {})
    r = np.hypot(*mesh.nodes[mesh.triangles].mean(axis=1).T)
    return float(np.max(np.abs(stress.mises / closed_form(r) - 1)))


def test_a_ring_bears_what_the_closed_form_says():
    """To second order in the size of the triangles: rims are chords, a mean stands for the middle."""
    coarse, fine = error(ring(8, 16)), error(ring(16, 32))
    assert fine < 0.01
    assert 3.0 < coarse / fine < 6.0


def test_growth_of_the_rim():
    """u = r (sigma_t - nu sigma_r) / E at the free outer rim; chords lie within the circle by 0.1 %."""
    nu = STEEL.poisson
    hoop = (3 + nu) / 4 * STEEL.density * (BORE**2 + (1 - nu) / (3 + nu) * OUTER**2)
    assert rotor_stress(ring(16, 32), {"sheet": STEEL}, {}).lift == pytest.approx(hoop * OUTER / STEEL.young, rel=5e-3)


def test_mean_hoop_stress():
    """rho (R^3 - r^3) / (3 (R - r)): the force of the halves over the cut; chords lose 0.1 % of the mass."""
    exact = STEEL.density * (OUTER**3 - BORE**3) / (3 * (OUTER - BORE))
    assert rotor_stress(ring(16, 32), {"sheet": STEEL}, {}).tension == pytest.approx(exact, rel=5e-3)


def test_a_magnet_pulls_on_the_steel_outside_it():
    """A ring of magnets between two rings of steel: its whole force is on the outer one, which hangs on nothing else.

    The outer ring alone holds both: mean hoop stress = all radial force per radian over its own thickness.
    """
    inner, outer = 0.0425, 0.0675
    mesh = ring(16, 32, (inner, outer))
    stress = rotor_stress(mesh, {"sheet": STEEL}, {"ndfeb": 7600.0})
    r = np.hypot(*mesh.nodes[mesh.triangles].mean(axis=1).T)[stress.triangles]
    force = 7600.0 * (outer**3 - inner**3) / 3 + STEEL.density * (OUTER**3 - outer**3) / 3
    thin = stress.mises[r > outer].mean()
    assert thin == pytest.approx(force / (OUTER - outer), rel=0.06), (
        "a thick ring's von Mises stress is not its hoop stress"
    )
    light = rotor_stress(mesh, {"sheet": STEEL}, {"ndfeb": 1e-9})
    assert light.mises[r > outer].mean() < 0.7 * thin


def test_speed_for_a_stress():
    stress = rotor_stress(ring(8, 16), {"sheet": STEEL}, {})
    w = stress.speed_at(400e6)
    assert stress.peak * w**2 == pytest.approx(400e6)


@pytest.mark.parametrize(
    ("steels", "densities", "message"),
    [({}, {"ndfeb": 7600.0}, "steel 'sheet'"), ({"sheet": STEEL}, {}, "density of 'ndfeb'")],
)
def test_what_is_not_given_is_told(steels, densities, message):
    with pytest.raises(InputError, match=message):
        rotor_stress(ring(8, 8, (0.0425, 0.0675)), steels, densities)
