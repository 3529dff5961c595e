"""Crowding of current in slots against closed forms and against the diffusion equation solved by differences."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
from scipy.linalg import solve_banded

from coaxle.design.machine.loss.copper import SlotBars, SlotWires, crowding, layer_factors, wire_factor
from coaxle.errors import InputError

RHO = 2.4e-8
MU_0 = 4e-7 * pi
BARS = SlotBars(height=2e-3, width=4.5e-3, slot_width=6e-3, layers=6)


def by_differences(height: float, share: float, below: complex, own: complex, frequency: float) -> float:
    """Return loss over DC loss of a bar from H'' = j w mu_0 b_c / (rho b_s) H between its two sides, order h^2.

    H is in units of current over the slot's width; current density is H' over the share of copper, loss rho |J|^2.
    """
    n = 4000
    h = height / n
    k = 1j * 2 * pi * frequency * MU_0 * share / RHO
    ab = np.zeros((3, n - 1), complex)
    ab[0, 1:], ab[1], ab[2, :-1] = 1, -2 - k * h * h, 1
    right = np.zeros(n - 1, complex)
    right[0], right[-1] = -below, -(below + own)
    field = np.concatenate(([below], solve_banded((1, 1), ab, right), [below + own]))
    density = np.diff(field) / h
    return float(np.mean(np.abs(density) ** 2) * height**2 / abs(own) ** 2)


def test_thin_and_thick_limits() -> None:
    xi = np.array([0.05, 0.1])
    phi, psi = crowding(xi)
    # next terms are of order xi^8: 1e-8 at 0.1
    np.testing.assert_allclose(phi, 1 + 4 / 45 * xi**4, atol=1e-9)
    np.testing.assert_allclose(psi, xi**4 / 3, rtol=1e-4)
    phi, psi = crowding(np.array([25.0, 500.0]))
    np.testing.assert_allclose(phi, [25.0, 500.0], rtol=1e-12)
    np.testing.assert_allclose(psi, [50.0, 1000.0], rtol=1e-9)
    phi, psi = crowding(np.zeros(1))
    np.testing.assert_allclose((phi[0], psi[0]), (1.0, 0.0), atol=1e-11)


@pytest.mark.parametrize("frequency", [50.0, 1000.0, 5000.0])
def test_layers_are_those_of_the_diffusion_equation(frequency: float) -> None:
    factors = layer_factors(BARS, np.array([frequency]), RHO)[0]
    for layer in range(BARS.layers):
        wanted = by_differences(BARS.height, BARS.width / BARS.slot_width, layer, 1.0, frequency)
        assert factors[layer] == pytest.approx(wanted, rel=2e-5)  # differences: xi^2 / 12 n^2 and the mean of J^2


def test_two_phases_in_a_slot() -> None:
    """Layers of another phase above: as the diffusion equation has it, and less than with like currents."""
    currents = np.array([1, 1, 1, *(3 * [np.exp(1j * pi / 3)])])
    factors = layer_factors(BARS, np.array([1000.0]), RHO, currents)[0]
    below = np.cumsum(currents) - currents
    for layer in range(BARS.layers):
        wanted = by_differences(BARS.height, BARS.width / BARS.slot_width, below[layer], currents[layer], 1000.0)
        assert factors[layer] == pytest.approx(wanted, rel=2e-5)  # as above
    assert factors.mean() < layer_factors(BARS, np.array([1000.0]), RHO).mean()


def test_mean_over_layers_is_dowell_s() -> None:
    frequency = np.array([0.0, 300.0, 2000.0])
    xi = BARS.height * np.sqrt(pi * frequency * MU_0 * BARS.width / BARS.slot_width / RHO)
    phi, psi = crowding(xi)
    mean = layer_factors(BARS, frequency, RHO).mean(axis=1)
    np.testing.assert_allclose(mean, phi + (BARS.layers**2 - 1) / 3 * psi, rtol=1e-12)  # rounding
    assert mean[0] == pytest.approx(1.0, abs=1e-9)


def test_thin_wires_lose_as_sullivan_says() -> None:
    wires = SlotWires(diameter=0.8e-3, strands=5, conductors=20, slot_width=5e-3)
    f = 100.0
    b_squared = (MU_0 * wires.conductors / wires.slot_width) ** 2 / 3
    prox = pi * (2 * pi * f) ** 2 * b_squared * wires.diameter**4 / (128 * RHO)
    direct = 0.5 * RHO / (pi / 4 * wires.diameter**2) / wires.strands**2
    got = wire_factor(wires, np.array([f]), RHO)[0]
    # a / delta = 0.05: both sides differ by its fourth power
    assert got - 1 == pytest.approx(prox / direct, rel=1e-4)


def test_thick_wires_carry_current_in_their_skin() -> None:
    wires = SlotWires(diameter=8e-3, strands=1, conductors=1, slot_width=1e9)
    f = 1e6
    delta = np.sqrt(RHO / (pi * f * MU_0))
    # Re(z I_0 / 2 I_1) = a / 2 delta + 1 / 4 + 3 delta / 32 a, then (delta / a)^3 with delta / a = 0.02
    wanted = 0.5 * 4e-3 / delta + 0.25 + 3 / 32 * delta / 4e-3
    assert wire_factor(wires, np.array([f]), RHO)[0] == pytest.approx(wanted, rel=1e-6)


def test_bars_wider_than_the_slot_are_refused() -> None:
    with pytest.raises(InputError, match="do not fit"):
        layer_factors(SlotBars(height=1e-3, width=7e-3, slot_width=6e-3, layers=2), np.array([1.0]), RHO)
