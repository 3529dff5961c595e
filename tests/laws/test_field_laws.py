"""What physics forbids to be otherwise: three roads to torque, energy, symmetry of inductances, sectors that repeat."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.field.band import band
from coaxle.design.machine.field.curve import MU_0, NU_0
from coaxle.numerics.rows import Here
from field_cases import MAGNET, POLE_MAGNET, STEEL_B, STEEL_H, Pole, pole_curve, salient
from field_reference import Sequential

THIRDS = np.exp(2j * np.pi / 3 * np.arange(3))


def small(order=1, tolerance=1e-10, **kind):
    settings = FieldSettings(order=order, tolerance=tolerance)
    return field_model(salient(**kind), {"steel": bh_curve(STEEL_B, STEEL_H, 0.97)}, {"magnet": MAGNET}, settings)


def published(scale, pieces, order=1):
    mesh, settings = Pole().mesh(scale, pieces), FieldSettings(order=order, tolerance=1e-6)
    return field_model(mesh, {"steel": bh_curve(*pole_curve())}, {"magnet": POLE_MAGNET}, settings)


def phases(i, angle):
    """Return phase currents (P, 1, 1, 3) of the space vector ``i`` in rotor coordinates at ``angle`` (P,)."""
    return ((i * np.exp(1j * angle))[:, None] * THIRDS.conj()).real[:, None, None]


def maxwell(model, step, potential):
    """Return torque per metre by Maxwell's stress, averaged over all layers of the gap (Arkkio 1987, eq. 107)."""
    section, mesh, part = model.mesh.section, model.mesh, band(model, step)
    known = np.zeros(model.unknowns + 1)
    known[model.unknown] = potential * model.sign
    known[-1] = 0.0
    corners = mesh.nodes[mesh.triangles]
    radius = np.hypot(corners[..., 0], corners[..., 1])
    tiny = 1e-9
    inside = np.all((radius > section.rotor_outer - tiny) & (radius < section.bore + tiny), axis=1)
    total = 0.0
    for unknowns, samples, places in (
        (model.unknown[model.nodes[inside]], [x[inside] for x in model.samples], corners[inside]),
        (part.unknowns, part.samples, part.corners),
    ):
        g = np.einsum("emi,em->ei", samples[0][:, 0], known[unknowns])
        x, y = places.mean(axis=1).T
        r, bx, by = np.hypot(x, y), g[:, 1], -g[:, 0]
        radial, tangential = (bx * x + by * y) / r, (by * x - bx * y) / r
        total += np.sum(r * radial * tangential * samples[1][:, 0])
    return total * model.sectors / MU_0 / (section.bore - section.rotor_outer)


def coenergy(model, step, current):
    """Return linkage . current less the energy of the field, per metre [J/m], of the whole machine."""
    here = Sequential(model, step)
    a, _, _ = here.newton(here.magnets + current @ here.circuits, np.zeros(here.size))
    full, part = np.append(a, 0.0), here.moving
    v = np.einsum("eqmi,em->eqi", model.samples.gradients, full[here.nodes])
    b, w = np.stack([v[..., 1], -v[..., 0]], axis=-1), model.samples.weights
    total = 0.0
    for number, curve in enumerate(model.curves):
        iron = model.curve == number
        total += np.sum(w[iron] * curve.energy(np.hypot(b[iron, :, 0], b[iron, :, 1])))
    bare = model.curve < 0
    total += np.sum(0.5 * np.einsum("eqi,eqi,eq,e->", b[bare], b[bare], w[bare], model.reluctivity[bare]))
    g = np.einsum("eqmi,em->eqi", part.samples.gradients, np.where(part.unknowns < 0, 0.0, full[part.unknowns]))
    total += 0.5 * NU_0 * np.einsum("eqi,eqi,eq->", g, g, part.samples.weights)
    # the magnets' share, - nu B_r . B, is linear in A, as the currents' is
    return ((here.magnets + current @ here.circuits) @ a - total) * model.sectors


def test_mean_torque_is_that_of_the_linkages():
    """Over a period of the ripple, 60 electrical degrees, the mean of torque by virtual work is 3/2 n_p Im(psi* i).

    Both miss the truth by their discretisation: 0.3 % bounds what 1700 unknowns leave (0.07 %).
    """
    model, pieces = published(1.4, 144), 144
    steps = np.arange(pieces // 3)
    angle = np.radians(150) + 3 * steps * np.pi / 3 / pieces
    i = -400 + 400j
    found = solve(model, steps, phases(i, angle)).checked()
    psi = 2 / 3 * found.linkage[:, 0, 0] @ THIRDS * np.exp(-1j * angle)
    by_linkage = 1.5 * 3 * np.mean((psi.conj() * i).imag)
    assert np.mean(found.torque) == pytest.approx(by_linkage, rel=3e-3)
    assert np.ptp(found.torque) > 0.1 * by_linkage


@pytest.mark.parametrize("angle", [1.0, 2.2])
def test_torque_is_that_of_maxwell(angle):
    """Maxwell's stress over all gap layers and virtual work differ by the discretisation, and less on a finer mesh.

    Both are first-order in B there: 2 % at 48 pieces a pole and 7 layers, measured 0.3 %.
    """
    misses = []
    for fine in (1, 2):
        model, step = small(fine=fine, pieces=48 * fine), np.array([6 * fine])
        current = 40.0 * np.cos(angle - 2 * np.pi / 3 * np.arange(3))[None, None, None]
        found = solve(model, step, current, Here(), potential=True).checked()
        torque = found.torque[0, 0, 0]
        misses.append(abs(maxwell(model, int(step[0]), found.potential[0, 0, 0]) / torque - 1))
    assert misses[1] < 0.02
    assert misses[1] < misses[0]


def test_torque_is_the_slope_of_coenergy():
    """Between two rotor steps coenergy grows by the torque, trapezoids of which miss by their curvature.

    Steps of 0.42 degrees with slots: 2 % of the largest torque.
    """
    model, current = small(fine=1, pieces=216), np.array([25.0, 5.0, -30.0])
    steps = np.arange(40, 48)
    torque = solve(model, steps, np.tile(current, (8, 1, 1, 1)), Here()).checked().torque[:, 0, 0]
    stored = np.array([coenergy(model, int(step), current) for step in steps])
    turned = np.pi / 2 / 216
    assert np.diff(stored) / turned == pytest.approx(
        0.5 * (torque[1:] + torque[:-1]), abs=0.02 * np.max(np.abs(torque))
    )


@pytest.mark.parametrize("order", [1, 2])
def test_mutual_inductances_are_alike(order):
    """The linkage of one phase over the current of another is that of the other over the one: fields store energy.

    Central differences of 0.01 A around 20 A, solved to 1e-10: 1e-5 of the self-inductance.
    """
    model, at = small(order), np.array([20.0, -8.0, -12.0])
    shifts = 0.01 * np.concatenate([np.eye(3), -np.eye(3)])
    psi = solve(model, np.array([7]), (at + shifts)[None, None], Here()).checked().linkage[0, 0]
    slope = (psi[:3] - psi[3:]) / 0.02
    assert slope == pytest.approx(slope.T, abs=1e-5 * np.max(np.abs(slope)))
    assert np.all(np.linalg.eigvalsh(0.5 * (slope + slope.T)) > 0)


@pytest.mark.parametrize("order", [1, 2])
def test_sectors_repeat(order):
    """A pole further, magnets and linkages have turned their sign; two poles further all is as it was; to round-off."""
    model, count = small(order), 24
    steps = np.array([3, 3 + count, 3 + 2 * count, 3 - 2 * count])
    none = solve(model, steps, np.zeros((4, 1, 1, 3)), Here()).checked()
    psi = none.linkage[:, 0, 0]
    assert psi[1:] == pytest.approx(np.array([-psi[0], psi[0], psi[0]]), rel=1e-7, abs=1e-9)
    assert none.torque[1:, 0, 0] == pytest.approx(none.torque[0, 0, 0], rel=1e-6)


@pytest.mark.parametrize("order", [1, 2])
def test_two_poles_are_one_and_one(order):
    """A periodic sector of two poles gives the figures of the antiperiodic one of one pole; to round-off."""
    steps, current = np.array([0, 5]), np.tile([15.0, 10.0, -25.0], (2, 1, 1, 1))
    one, two = (solve(small(order, poles=n), steps, current, Here()).checked() for n in (1, 2))
    assert two.linkage == pytest.approx(one.linkage, rel=1e-7, abs=1e-9)
    assert two.torque == pytest.approx(one.torque, rel=1e-6)


def test_curve_is_convex():
    """The slope of H(B) never falls, whatever kinks the data have, and meets that of vacuum beyond them."""
    rng = np.random.default_rng(3)
    for _ in range(20):
        b = np.sort(rng.uniform(0, 2.2, 40))
        h = np.sort(rng.uniform(0, 1, 40)) ** 8 * 1e5
        curve = bh_curve(b, h + 1e-3 * b)
        slope = curve.slope(np.linspace(0, 3, 4001))
        assert np.all(np.diff(slope) >= -1e-9 * NU_0)
        assert slope[-1] == pytest.approx(NU_0)
        assert np.all(curve.field(b) <= h + 1e-3 * b + 2e-2 * np.max(h))
