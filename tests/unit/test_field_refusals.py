"""What the field solution refuses, and what it gives a code in place of a number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.section import Circuit
from coaxle.errors import ComputationError, InputError, UseError
from coaxle.numerics.rows import Here
from field_cases import MAGNET, STEEL_B, STEEL_H, region, salient

IRON = {"steel": bh_curve(STEEL_B, STEEL_H)}
STEP = np.array([0])


def model(mesh=None, settings=None):
    return field_model(mesh or salient(), IRON, {"magnet": MAGNET}, settings)


def test_a_point_that_does_not_converge_gets_a_code():
    """One step from nothing does not reach the tolerance: code 1 and NaN, and the next point is none the worse."""
    found = solve(model(settings=FieldSettings(iterations=1)), STEP, np.ones((1, 2, 3, 3)), Here(), np.arange(4), True)
    assert np.all(found.code == 1)
    assert np.all(found.iterations == 1)
    for figures in (found.linkage, found.torque, found.residual, found.b, found.potential):
        assert np.all(np.isnan(figures))
    with pytest.raises(ComputationError, match="6 of 6"):
        found.checked()


def test_a_point_that_overflows_gets_a_code():
    """A current beyond what doubles hold when squared: code 2 and NaN; its neighbours are solved all the same."""
    current = np.full((1, 1, 3, 3), 1.0)
    current[0, 0, 1] = 1e200
    found = solve(model(), STEP, current, Here())
    assert found.code[0, 0].tolist() == [0, 2, 0]
    assert np.all(np.isnan(found.linkage[0, 0, 1]))
    assert np.all(np.isfinite(found.linkage[0, 0, [0, 2]]))


def test_nothing_asked_is_nothing_found():
    """Without magnets and currents all is 0, at once, and a line may begin there."""
    bare = field_model(salient(), IRON, {"magnet": (0.0, 1.05)})
    currents = np.array([0.0, 0.0, 5.0])[:, None] * np.array([1.0, -0.5, -0.5])
    found = solve(bare, STEP, currents[None, None], Here()).checked()
    assert np.all(found.linkage[0, 0, :2] == 0)
    assert found.linkage[0, 0, 2, 0] > 0


@pytest.mark.parametrize("steps", [[0.5], [[0]]])
def test_steps_are_whole(steps):
    with pytest.raises(UseError, match="steps"):
        solve(model(), np.array(steps), np.zeros((1, 1, 1, 3)))


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 1, 1, 2), (2, 1, 1, 3)])
def test_currents_have_their_axes(shape):
    with pytest.raises(UseError, match="currents"):
        solve(model(), STEP, np.zeros(shape))


def test_currents_are_finite():
    with pytest.raises(InputError, match="not finite"):
        solve(model(), STEP, np.full((1, 1, 1, 3), np.nan))


def broken(name):
    """Return a mesh with one thing wrong."""
    mesh = salient()
    section = mesh.section
    nodes, triangles = mesh.nodes.copy(), mesh.triangles.copy()
    if name == "nan":
        nodes[50] = np.nan
        return replace(mesh, nodes=nodes)
    if name == "turned":
        triangles[7] = triangles[7, ::-1]
        return replace(mesh, triangles=triangles)
    if name == "ring":
        nodes[mesh.rotor_ring[3]] *= 1.001
        return replace(mesh, nodes=nodes)
    if name == "sides":
        return replace(mesh, low=mesh.low[::-1].copy())
    if name == "pairs":
        return replace(mesh, low=mesh.low[:-1])
    if name == "rings":
        return replace(mesh, rotor_ring=mesh.rotor_ring[:-1])
    if name == "alone":
        return replace(mesh, nodes=np.concatenate([nodes, [[0.03, 0.01]]]))
    if name == "direction":
        regions = (*section.regions, region("odd", "rotor", "magnet"))
        return replace(mesh, section=replace(section, regions=regions))
    if name == "circuit":
        return replace(mesh, section=replace(section, circuits=(Circuit(name="a", conductors={"nowhere": 1.0}),)))
    return replace(mesh, section=replace(section, bore=section.bore + 4e-3))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nan", "not finite"),
        ("turned", "clockwise"),
        ("ring", "even in angle"),
        ("sides", "miss those"),
        ("pairs", "pairs"),
        ("rings", "both sides"),
        ("alone", "belongs to no triangle"),
        ("direction", "odd: has no direction"),
        ("circuit", "no region is called 'nowhere'"),
        ("gap", "not of air"),
    ],
)
def test_meshes_that_do_not_close(name, said):
    """Each is told by what is wrong with it, before anything is computed."""
    with pytest.raises(InputError, match=said):
        solve(model(broken(name)), STEP, np.zeros((1, 1, 1, len(broken(name).section.circuits))))


@pytest.mark.parametrize("magnet", [(np.nan, 1.0), (1.0, 0.0), (1.0, np.inf)])
def test_magnets_are_finite(magnet):
    with pytest.raises(InputError, match="magnet-1"):
        field_model(salient(), IRON, {"magnet": magnet})


def test_a_field_that_nothing_holds():
    """Two poles without any A = 0: A is known up to a constant only."""
    mesh = salient(poles=2)
    with pytest.raises(InputError, match="A is 0"):
        model(replace(mesh, fixed=mesh.fixed[:0]))


@pytest.mark.parametrize(
    ("b", "h", "stacking"),
    [
        ([0.0, 1.0, 0.9], [0.0, 1.0, 2.0], 1.0),
        ([0.0, 1.0], [0.0, np.nan], 1.0),
        ([0.0, 1.0], [0.0, 1.0, 2.0], 1.0),
        ([0.0, 1.0], [0.0, 1.0], 0.0),
        ([0.0, 1.0], [1.0, 1.0], 1.0),
    ],
)
def test_curves_rise(b, h, stacking):
    with pytest.raises(InputError, match="bh_curve"):
        bh_curve(np.array(b), np.array(h), stacking)


@pytest.mark.parametrize("what", [{"order": 3}, {"tolerance": 0.0}, {"tolerance": 2.0}, {"iterations": 0}])
def test_settings_have_their_ranges(what):
    with pytest.raises(UseError, match=next(iter(what))):
        FieldSettings(**what)
