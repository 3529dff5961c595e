"""Three roads to a cage machine with linear iron: points in the rotor flux's frame, fields at slip frequency, circuit.

The first knows only magnetostatic fields with imposed sinusoids in stator and bars; the second only imposes the
stator's currents and lets the mesh induce those of the bars; the third is the classical circuit of the first's
parameters.
"""

from dataclasses import replace

import numpy as np
import pytest

from cage_cases import SIGMA, STACK, polar_cage, polar_machine
from coaxle.design.machine.field import FieldSettings, bh_curve, field_model, solve
from coaxle.design.machine.harmonic import (
    CageSettings,
    cage_points,
    equivalent_circuit,
    slip_model,
    solve_harmonic,
    solve_slip,
)
from coaxle.design.machine.harmonic.quantities import linkage as linkage_of
from coaxle.design.machine.harmonic.solution import MU_0
from coaxle.numerics.rows import Here

MU_R = 500.0
I_S = 10.0
TIGHT = FieldSettings(tolerance=1e-9)


@pytest.fixture(scope="module")
def machine():
    mesh = polar_machine()
    b = np.linspace(0.0, 40.0, 11)[1:]
    model = field_model(mesh, {"iron": bh_curve(b, b / (MU_R * MU_0))}, {}, TIGHT)
    cage = polar_cage(mesh)
    points = cage_points(
        model,
        cage,
        STACK,
        (np.array([I_S]), np.array([0.0, I_S / 2, I_S])),
        settings=CageSettings(residual=1e-6),
        where=Here(),
    )
    return mesh, cage, points


def at_slip(mesh, cage, i_s, w_slip, step=0):
    model = slip_model(mesh, cage, STACK, permeability={"iron": MU_R}, conductivity=SIGMA, step=step)
    return solve_slip(model, i_s, w_slip)


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("step", [0, 5, -3, 80])
def test_two_assemblies_of_one_mesh(order, step):
    """Linkages of currents that stand still: harmonic solution at 0 rad/s and the magnetostatic one, band and all.

    The same discrete equations, so they agree to the Newton tolerance of 1e-9; the bands of second order differ in
    nothing either, for both close them with straight triangles. Step 80 lies beyond the sector.
    """
    mesh = polar_machine()
    b = np.linspace(0.0, 40.0, 11)[1:]
    settings = FieldSettings(tolerance=1e-9, order=order)
    model = field_model(mesh, {"iron": bh_curve(b, b / (MU_R * MU_0))}, {}, settings)
    currents = np.random.default_rng(1).normal(size=len(mesh.section.circuits))
    static = solve(model, np.array([step]), currents[None, None, None], Here()).checked().linkage[0, 0, 0]
    slip = slip_model(
        mesh, polar_cage(mesh), STACK, permeability={"iron": MU_R}, conductivity=SIGMA, step=step, order=order
    )
    field = solve_harmonic(slip.harmonic, (currents @ slip.conductors).astype(complex), 0.0)
    linkage = np.array([linkage_of(field, row) for row in slip.conductors])
    assert np.abs(linkage - static).max() < 1e-7 * np.abs(static).max()


@pytest.mark.parametrize("q", [1, 2])
def test_points_meet_the_field_at_slip_frequency(machine, q):
    """At the slip that the points tell, the same stator current gives the same linkage, cage current and power.

    1e-4 of linkage and current, 3e-4 of the power across the gap: bars in the second road are not held to a sinusoid.
    """
    mesh, cage, points = machine
    i_d, i_q = points.i_d[0], points.i_q[q]
    w_slip = cage.resistance * points.i_r[0, q] / points.psi_r[0, q]
    slip = at_slip(mesh, cage, np.hypot(i_d, i_q), w_slip)
    # The stator current's angle in the frame of the rotor flux turns its linkage there.
    psi = slip.psi_s * np.exp(1j * np.arctan2(i_q, i_d))
    assert psi == pytest.approx(points.psi_d[0, q] + 1j * points.psi_q[0, q], rel=1e-4)
    assert slip.i_r * np.exp(1j * np.arctan2(i_q, i_d)) == pytest.approx(-1j * points.i_r[0, q], abs=1e-4 * I_S)
    torque = 1.5 * cage.pole_pairs * (points.psi_d[0, q] * i_q - points.psi_q[0, q] * i_d)
    assert slip.loss * cage.pole_pairs / w_slip == pytest.approx(torque, rel=3e-4)


def test_torque_of_three_kinds_agree(machine):
    """Linkages, virtual work in the points, Maxwell stress at slip frequency; the gap has one layer of elements a part.

    1 % is what first-order elements of this grid leave between fluxes and stress.
    """
    mesh, cage, points = machine
    torque = 3.0 * (points.psi_d[0, 2] * I_S - points.psi_q[0, 2] * I_S)
    w_slip = cage.resistance * points.i_r[0, 2] / points.psi_r[0, 2]
    assert points.torque[0, 2] == pytest.approx(torque, rel=1e-2)
    assert at_slip(mesh, cage, np.hypot(I_S, I_S), w_slip).torque == pytest.approx(torque, rel=1e-2)


def test_slip_power_is_the_loss_of_the_cage(machine):
    """Torque times slip speed = 3/2 R_r i_r^2: no linkage along q is left, so it is the same statement to 1e-5."""
    _, cage, points = machine
    w_slip = cage.resistance * points.i_r[0, 1:] / points.psi_r[0, 1:]
    torque = 1.5 * cage.pole_pairs * (points.psi_d[0, 1:] * points.i_q[1:] - points.psi_q[0, 1:] * I_S)
    assert torque * w_slip / cage.pole_pairs == pytest.approx(1.5 * cage.resistance * points.i_r[0, 1:] ** 2, rel=1e-5)


@pytest.mark.parametrize("w_slip", [2.0, 7.0, 25.0, 60.0])
def test_circuit_meets_the_field_over_slip(machine, w_slip):
    """The circuit is taken at one point; with linear iron it holds at all slips.

    Torque by the power across the gap within 3e-3: at the largest slip the space harmonics of the stator, which the
    circuit does not know, lose 0.24 % more in bars that stand still to them.
    """
    mesh, cage, points = machine
    circuit = equivalent_circuit(
        pole_pairs=2,
        i_d=I_S,
        i_q=I_S,
        psi_d=points.psi_d[0, 2],
        psi_q=points.psi_q[0, 2],
        i_r=points.i_r[0, 2],
        resistance=cage.resistance,
    )
    slip = at_slip(mesh, cage, I_S, w_slip)
    assert slip.loss * cage.pole_pairs / w_slip == pytest.approx(circuit.torque(I_S, w_slip), rel=3e-3)
    i_d, i_q = circuit.currents(I_S, w_slip)
    psi = (circuit.magnetising + circuit.leakage) * i_d + 1j * circuit.leakage * i_q
    assert abs(slip.psi_s) == pytest.approx(abs(psi), rel=1e-3)
    assert abs(slip.i_r) == pytest.approx(i_q * np.sqrt(circuit.resistance / cage.resistance), rel=1e-3)


def test_where_the_rotor_stands_hardly_matters(machine):
    """Closed slots: another ring step changes linkage and cage current by what slots leave of harmonics, 1e-4."""
    mesh, cage, _ = machine
    one, other = (at_slip(mesh, cage, I_S, 7.0, step) for step in (0, 4))
    assert other.psi_s == pytest.approx(one.psi_s, rel=1e-4)
    assert other.i_r == pytest.approx(one.i_r, rel=1e-4)


def test_leakage_of_the_rings(machine):
    """An inductance between the bars' ends: points and slip field agree, and the cage's share of i_q falls."""
    mesh, cage, without = machine
    b = np.linspace(0.0, 40.0, 11)[1:]
    model = field_model(mesh, {"iron": bh_curve(b, b / (MU_R * MU_0))}, {}, TIGHT)
    leaky = replace(cage, ring_inductance=1e-7)
    currents = np.array([I_S]), np.array([0.0, I_S])
    points = cage_points(model, leaky, STACK, currents, settings=CageSettings(residual=1e-6), where=Here())
    slip = at_slip(mesh, leaky, np.hypot(I_S, I_S), leaky.resistance * points.i_r[0, 1] / points.psi_r[0, 1])
    assert points.i_r[0, 1] < 0.95 * without.i_r[0, 2]
    assert slip.i_r * np.exp(1j * np.pi / 4) == pytest.approx(-1j * points.i_r[0, 1], abs=1e-4 * I_S)
    assert slip.psi_s * np.exp(1j * np.pi / 4) == pytest.approx(points.psi_d[0, 1] + 1j * points.psi_q[0, 1], rel=1e-4)


def test_rings_count_as_bars(machine):
    """The same resistance in rings or in bars gives the same machine: by symmetry, to rounding."""
    mesh, cage, _ = machine
    in_bars = type(cage)(
        bars=cage.bars,
        pole_pairs=2,
        turns=cage.turns,
        bar_resistance=cage.bar_resistance + cage.ring_factor * cage.ring_resistance,
    )
    one, two = (at_slip(mesh, each, I_S, 7.0) for each in (cage, in_bars))
    assert cage.resistance == pytest.approx(in_bars.resistance, rel=1e-12)
    assert one.loss == pytest.approx(two.loss, rel=1e-9)
