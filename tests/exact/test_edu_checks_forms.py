"""Formulas behind the checks of a unit, against closed forms."""

from __future__ import annotations

from math import exp, pi, sqrt

import numpy as np
import pytest

from coaxle.design.edu.checks.balance import path_difference
from coaxle.design.edu.checks.cuts import across, along, notch, polar
from coaxle.design.edu.checks.drive import life_factor_bending, life_factor_pitting
from coaxle.design.edu.checks.excitation import after_half_a_turn, kept_linkages, open_voltage
from coaxle.design.edu.checks.faults import crossing, fault_of, line_voltage
from coaxle.design.edu.checks.magnets import low_end
from coaxle.design.edu.checks.noise import force_order, ring_mode
from coaxle.design.edu.checks.rotor import coil_pressure
from coaxle.design.machine.stress import Elastic, rotor_stress
from edu_cases import LinearMachine, ring_mesh
from machine_flux_cases import flux_map, ipm, linear

STEEL = Elastic(young=200e9, poisson=0.3, density=7650.0)
BORE, OUTER = 0.03, 0.08


def test_short_circuit_of_a_round_magnet_machine():
    """psi/L at psi = 0, 2 psi/L at psi_d = -psi_0, 3/2 p psi^2/(2 L) at w = R/L: Gieras, PM Motor Technology, ch. 5.

    The locus of a linear machine is read off a grid of 240 x 120: 1e-3.
    """
    psi, inductance = 0.06, 1e-4
    fault = fault_of(LinearMachine(inductance, inductance, psi_m=psi), 300.0)
    assert fault is not None
    assert fault.flux == pytest.approx(psi)
    assert fault.steady == pytest.approx(psi / inductance, rel=1e-9)
    assert fault.worst == pytest.approx(2 * psi / inductance, rel=1e-9)
    assert fault.torque == pytest.approx(1.5 * 3 * psi**2 / (2 * inductance), rel=1e-3)
    assert fault.speed == pytest.approx(1 / inductance / 3, rel=0.02), "the top of the torque is flat in speed"


def test_braking_torque_of_a_salient_machine():
    """Against the same torque over speed: i_d = -w^2 L_q psi / (R^2 + w^2 L_d L_q), i_q = -w R psi / (...)."""
    psi, l_d, l_q, r, p = 0.06, 1e-4, 3e-4, 0.01, 3
    w = np.linspace(1.0, 1000.0, 20_001)
    below = r**2 + w**2 * l_d * l_q
    i_d, i_q = -(w**2) * l_q * psi / below, -w * r * psi / below
    torque = 1.5 * p * (psi * i_q + (l_d - l_q) * i_d * i_q)
    fault = fault_of(LinearMachine(l_d, l_q, psi_m=psi), 300.0)
    assert fault is not None
    assert fault.torque == pytest.approx(-torque.min(), rel=1e-3)
    assert fault.speed * r == pytest.approx(w[np.argmin(torque)] / p, rel=0.03), "the top of the torque is flat"


def test_a_machine_without_flux_has_no_short_circuit():
    assert fault_of(LinearMachine(1e-4, 3e-4), 300.0) is None


def test_where_a_linkage_crosses():
    i = np.linspace(0.0, 10.0, 11)
    assert crossing(i, 1.0 - 0.25 * i, 0.0) == pytest.approx(4.0)


def test_short_circuit_of_a_wound_rotor():
    """Both linkages kept: i_d = -2 psi_0 / L', L' = L_d - 3/2 M^2 / L_f, and i_f grows by 3/2 M |i_d| / L_f."""
    l_d, m, l_f, i_f = 2e-4, 5e-3, 0.25, 10.0
    transient = l_d - 1.5 * m**2 / l_f
    i_d, grown = kept_linkages(LinearMachine(l_d, 1e-4, m=m, l_f=l_f), 300.0, i_f)
    assert i_d == pytest.approx(-2 * m * i_f / transient, rel=1e-6)
    assert grown - i_f == pytest.approx(-1.5 * m * i_d / l_f, rel=1e-6)


def test_voltage_of_an_open_field():
    """psi_f swings by 3/2 M (2 psi / L_d) within half a turn: w / 2 of that at the steepest."""
    l_d, m, i_f, w = 2e-4, 5e-3, 10.0, 5000.0
    machine = LinearMachine(l_d, 1e-4, m=m, l_f=0.25)
    found = open_voltage(machine, (0.0, 0.0, i_f), 300.0, w)
    assert found == pytest.approx(0.5 * w * 1.5 * m * 2 * m * i_f / l_d, rel=1e-9)


def test_what_dies_away_in_half_a_turn():
    left = after_half_a_turn(0.01, 1e-4, np.array([0.0, 100.0 * pi, 1e9]))
    assert left[0] == 0.0
    assert left[1] == pytest.approx(exp(-1.0))
    assert left[2] == pytest.approx(1.0, abs=1e-6)


def test_voltage_between_lines():
    """A phase of peak p w psi, two of them 120 degrees apart."""
    t = np.linspace(0, 2 * pi, 100_001)
    phases = 3 * 1800.0 * 0.06 * np.array([np.cos(t), np.cos(t - 2 * pi / 3)])
    assert line_voltage(0.06, 3, 1800.0) == pytest.approx(np.max(phases[0] - phases[1]), rel=1e-6)


@pytest.mark.parametrize(
    ("pole_pairs", "slots", "order"), [(3, 54, 6), (4, 36, 4), (4, 48, 8), (5, 12, 2), (4, 9, 1), (2, 48, 4)]
)
def test_lowest_force_order(pole_pairs, slots, order):
    """The least r > 0 among 2 p k + Q j: by counting."""
    counted = min(abs(2 * pole_pairs * k + slots * j) or 10**6 for k in range(-60, 61) for j in range(-60, 61))
    assert force_order(pole_pairs, slots) == order == counted


@pytest.mark.parametrize("order", [2, 3, 4, 6])
def test_ring_mode_by_energies(order):
    """Rayleigh: a ring that does not stretch moves w = cos(n t), v = -sin(n t) / n; bending over moving energy."""
    radius, height, young, mass = 0.1, 0.015, 190e9, 300.0
    t = np.linspace(0.0, 2 * pi, 20_001)
    bend = (1 - order**2) * np.cos(order * t) / radius**2
    strain = young * height**3 / 12 * np.trapezoid(bend**2, t)
    moved = mass * np.trapezoid(np.cos(order * t) ** 2 + (np.sin(order * t) / order) ** 2, t)
    assert ring_mode(order, radius, height, young, mass) == pytest.approx(sqrt(strain / moved) / (2 * pi), rel=1e-6)


def test_breathing_mode_of_a_steel_ring():
    """c / (2 pi R): a wave of sound once around, c = sqrt(E / rho) = 5015 m/s."""
    young, density, radius, height = 192.5e9, 7650.0, 0.1, 0.015
    sound = sqrt(young / density)
    assert ring_mode(0, radius, height, young, density * height) == pytest.approx(sound / (2 * pi * radius))


def test_pressure_of_a_coil():
    r = np.linspace(0.05, 0.07, 2001)
    summed = np.trapezoid(7000.0 * 1500.0**2 * r, r)
    assert coil_pressure(7000.0, 0.05, 0.07, 1500.0) == pytest.approx(summed, rel=1e-9)


def test_life_factors():
    """Ends of ISO 6336-2 table 2 and -3 table 1 for case-hardened steel, straight in logarithms between."""
    assert life_factor_pitting(1e3) == life_factor_pitting(1e5) == pytest.approx(1.6)
    assert life_factor_pitting(5e7) == life_factor_pitting(1e12) == 1.0
    assert life_factor_pitting(sqrt(1e5 * 5e7)) == pytest.approx(sqrt(1.6))
    assert life_factor_bending(1e3) == pytest.approx(2.5)
    assert life_factor_bending(3e6) == 1.0
    assert life_factor_bending(sqrt(1e3 * 3e6)) == pytest.approx(sqrt(2.5))


def test_low_end_goes_by_weight():
    values, weight = np.array([3.0, -1.0, 2.0, 0.5]), np.array([1.0, 0.004, 8.0, 0.996])
    assert low_end(values, weight, 0.01) == 0.5, "0.4 permille lie lower, all of what may"
    assert low_end(values, weight, 0.0) == -1.0
    assert low_end(values, weight, 0.2) == 2.0


def test_mean_stress_across_a_ring():
    """rho (R^3 - r^3) / (3 (R - r)); a line through triangles of constant stress is off by 1 % at 16 of them."""
    mesh = ring_mesh(32, 64)
    cut = across(polar(mesh, rotor_stress(mesh, {"sheet": STEEL}, {})))
    assert cut.stress == pytest.approx(STEEL.density * (OUTER**3 - BORE**3) / (3 * (OUTER - BORE)), rel=0.01)
    assert cut.length == pytest.approx(OUTER - BORE, rel=0.01)


def test_radial_stress_along_a_ring():
    """Largest at sqrt(a b): (3 + nu) / 8 rho (b - a)^2 (Timoshenko and Goodier, article 32)."""
    mesh = ring_mesh(24, 48)
    cut = along(polar(mesh, rotor_stress(mesh, {"sheet": STEEL}, {})))
    assert cut.stress == pytest.approx((3 + STEEL.poisson) / 8 * STEEL.density * (OUTER - BORE) ** 2, rel=0.01)
    assert cut.radius == pytest.approx(sqrt(BORE * OUTER), rel=0.06), "flat about its top"


def test_mean_stress_of_a_bridge_that_holds_magnets():
    """A thin ring around a ring of magnets holds both: all radial force per radian over its thickness."""
    inner, outer = 0.0425, 0.0675
    mesh = ring_mesh(16, 32, (inner, outer))
    stress = rotor_stress(mesh, {"sheet": STEEL}, {"ndfeb": 7600.0})
    force = 7600.0 * (outer**3 - inner**3) / 3 + STEEL.density * (OUTER**3 - outer**3) / 3
    cut = across(polar(mesh, stress))
    assert cut.length == pytest.approx(OUTER - outer, rel=0.02)
    assert cut.stress == pytest.approx(force / (OUTER - outer), rel=0.015), "chords and samples"


def test_a_disc_of_no_size_sees_the_triangle():
    mesh = ring_mesh(8, 16)
    stress = rotor_stress(mesh, {"sheet": STEEL}, {})
    assert notch(mesh, stress, 1e-9)[0] == pytest.approx(float(stress.mises.max()))
    assert notch(mesh, stress, 5e-3)[0] < float(stress.mises.max())


def test_coenergy_does_not_know_the_way():
    """A map of one coenergy: what is left is of Simpson's rule, least on a map of second order."""
    i_d, i_q = np.linspace(-400.0, 0.0, 21), np.linspace(0.0, 400.0, 17)
    assert path_difference(flux_map("ipm", linear(1e-4, 3e-4, 0.06), i_d, i_q)) < 1e-12
    assert path_difference(ipm()) < 0.005, "slopes of one coenergy to first order only, see the case"


def test_a_map_that_no_coenergy_has():
    """psi_d + k i_q alone: the two ways differ by k i_d i_q, largest in the corner."""
    k, l_d, l_q, psi = 2e-5, 1e-4, 3e-4, 0.06

    def linkages(d, q, f):
        return l_d * d + psi + k * q, l_q * q, 0.0 * d

    i_d, i_q = np.linspace(-400.0, 0.0, 21), np.linspace(0.0, 400.0, 17)
    made = flux_map("ipm", linkages, i_d, i_q)
    d, q = np.meshgrid(i_d, i_q, indexing="ij")
    by_d_first = 0.5 * l_d * d**2 + psi * d + 0.5 * l_q * q**2
    assert path_difference(made) == pytest.approx(k * 400.0 * 400.0 / np.abs(by_d_first).max(), rel=1e-9)
