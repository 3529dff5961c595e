"""What the tables of a unit's page cannot contradict: one another, and the map."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

import report_unit_cases as cases
from coaxle.report.figures.section import band
from coaxle.report.unit.field import operating_points
from coaxle.report.unit.losses import TOKENS, along_torque, rated, reference_points
from coaxle.report.unit.ratings import DURATIONS, best, output_torque, ratings, shaft_torque
from coaxle.report.unit.tables import bill_table, checks_table

BOTH = pytest.mark.parametrize("name", [cases.WOUND, cases.MAGNET])


@BOTH
def test_parts_add_up_to_the_map(name):
    """On nodes of the map the parts of the loss are the map's loss; between them the map is linear and they are not."""
    unit = cases.content(name).unit
    points = reference_points(unit)
    assert [point.name for point in points][-1] == "highest speed, no torque"
    for point in points:
        assert set(point.parts) <= set(TOKENS)
        assert min(point.parts.values()) > 0
        on_node = np.min(np.abs(unit.map.torque - point.torque)) < 1e-9
        # the gears' two directions are inverse to some mNm, which is watts at speed; a draft map's step of a fifth of
        # a WLTC point's torque leaves some per cent
        assert abs(point.closure) < (2e-4 if on_node else 0.05) * point.total
    assert sum(np.min(np.abs(unit.map.torque - point.torque)) < 1e-9 for point in points) >= 4


@BOTH
def test_terminal_power_is_explained(name):
    """Voltages and currents at the machine's terminals leave next to nothing over torque, speed and winding loss."""
    for point in reference_points(cases.content(name).unit):
        # of the winding's loss: what the search for currents leaves open (1e-5 of a torque)
        assert abs(point.electric) < 1e-4 * max(point.parts["stator winding"], 1.0) + 0.05


@BOTH
def test_longer_is_less(name):
    """A torque that lasts longer is no larger, at any speed; and none passes the map's envelope."""
    unit = cases.content(name).unit
    curves = [output_torque(unit, shaft_torque(unit, duration)) for duration in DURATIONS]
    # 10 s and 30 s start from warm, 30 min from cold: each pair is compared with the same start
    for longer, shorter in ((2, 1), (4, 3), (1, 0), (3, 0)):
        assert np.all(curves[longer] <= curves[shorter] * (1 + 1e-4) + 1e-6)  # the tolerance of the search
    assert np.any(curves[2] > 1.01 * curves[3])  # half a minute is not half an hour
    # the losses of the envelope are those of a point 1e-5 within it
    assert np.allclose(curves[0], unit.map.torque_max[rated(unit)], rtol=2e-5, atol=0.1)
    made = {rating.name: rating for rating in ratings(unit)}
    assert made["continuous"].power <= made["peak"].power
    assert made["peak"].torque == pytest.approx(unit.map.torque_max[rated(unit)].max(), rel=2e-3)


@BOTH
def test_the_best_point_is_one_of_the_map(name):
    unit = cases.content(name).unit
    found = best(unit)
    s, t = np.argmin(np.abs(unit.map.speed - found.speed)), np.argmin(np.abs(unit.map.torque - found.torque))
    power = found.speed * found.torque
    assert found.efficiency == pytest.approx(power / (power + unit.map.loss[rated(unit), s, t]), rel=1e-12)  # rounding
    assert 0.8 < found.efficiency < 1.0


@BOTH
def test_losses_along_a_torque_end_where_it_does(name):
    """A torque is followed as far as the envelope holds it, with every part at each speed."""
    unit = cases.content(name).unit
    half = 0.5 * float(unit.map.torque_max[rated(unit)].max())
    speed, parts = along_torque(unit, half)
    holds = unit.map.speed[unit.map.torque_max[rated(unit)] >= half]
    assert abs(speed.size - holds.size) <= 1  # the edge itself may count on either side
    assert all(watts.shape == speed.shape and np.all(watts >= 0) for watts in parts.values())


@BOTH
def test_the_field_drawn_is_that_of_the_map(name):
    """The largest A along the gap, twice, times stack, turns and winding factor, is the flux linkage within a fifth.

    Not nearer: the field is nearly sinusoidal only, the picture has one rotor position and the map the mean over all.
    """
    content = cases.content(name)
    view, known = content.fields[0], content.unit.facts
    mesh = view.mesh
    assert view.potential.shape == (len(mesh.nodes),)
    assert view.density.shape == (len(mesh.triangles),)
    assert np.all(view.density >= 0)
    assert 1.2 < np.percentile(view.density, 95) < 3.0  # iron at peak torque
    swing = np.abs(view.potential[mesh.stator_ring]).max()
    linkage = 2 * swing * known.stack * known.winding.series_turns * known.winding.winding_factor
    points, at = content.unit.operation.points, (rated(content.unit), 1, -1)
    assert linkage == pytest.approx(np.hypot(points.psi_d[at], points.psi_q[at]), rel=0.2)


@BOTH
def test_the_field_drawn_gives_the_torque_that_is_told(name):
    """By virtual work in the rotor's one position, which lies off the mean of the map by no more than the ripple.

    3 % of the largest torque are left to the splines of a draft map between its few currents: deep in field weakening
    they miss 7 Nm more than the ripple of 4 Nm; those of a design map miss 1 Nm.
    """
    content = cases.content(name)
    unit, largest = content.unit, float(content.unit.operation.torque.max())
    v = rated(unit)
    axes = (unit.flux.i_d, unit.flux.i_q, *((unit.flux.i_f,) if unit.flux.i_f.size > 1 else ()))
    ripple = unit.flux.ripple if len(axes) == 3 else unit.flux.ripple[:, :, 0]
    look, points = RegularGridInterpolator(axes, ripple), unit.operation.points
    for view, (what, at) in zip(content.fields, operating_points(unit), strict=True):
        assert (view.name, at[0]) == (what, v)
        here = [points.i_d[at], abs(points.i_q[at]), points.i_f[at]][: len(axes)]
        inside = [np.clip(i, axis[0], axis[-1]) for i, axis in zip(here, axes, strict=True)]
        assert abs(view.torque - points.torque[at]) < float(look(inside)[0]) + 0.03 * largest


@BOTH
def test_the_gap_is_closed_by_triangles(name):
    """The triangles between the rings have the area of the sector of the gap, and none is turned over."""
    mesh = cases.content(name).fields[0].mesh
    corner = mesh.nodes[band(mesh)]
    first, second = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    areas = 0.5 * (first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])
    assert np.all(areas > 0)
    count = len(mesh.rotor_ring) - 1
    outer, inner = (np.hypot(*mesh.nodes[ring[0]]) for ring in (mesh.stator_ring, mesh.rotor_ring))
    chords = 0.5 * count * np.sin(mesh.section.angle / count) * (outer**2 - inner**2)
    assert areas.sum() == pytest.approx(chords, rel=1e-9)  # rounding of nodes on a circle


@BOTH
def test_the_bill_adds_up(name):
    content = cases.content(name)
    rows = bill_table(content).rows
    masses = [row[2] for row in rows if row[0] == "mass"]
    total = next(row for row in rows if row[0] == "sum")
    assert sum(masses) == pytest.approx(total[2], rel=1e-12)  # rounding
    costs = [row[3] for row in rows if row[0] == "cost"]
    if name == cases.MAGNET:
        assert np.isnan(total[3])  # no price of its sheet is known
        assert np.isnan(costs).sum() == 1
    else:
        assert sum(costs) == pytest.approx(total[3], rel=1e-12)  # rounding


@BOTH
def test_every_check_is_told(name):
    content = cases.content(name)
    assert content.unchecked == ""
    assert [row[0] for row in checks_table(content).rows] == [check.name for check in content.checks]
    assert len(content.checks) > 20
