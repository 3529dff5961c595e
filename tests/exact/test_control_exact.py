"""Control of machines without saturation, whose best currents are known in closed form; splines hold them exactly."""

from __future__ import annotations

import numpy as np
import pytest

import machine_flux_cases as cases
from coaxle.design.machine.control import Bound, Limits, SourceTerms, envelope, least_loss, mtpa, mtpv
from coaxle.numerics.rows import Here

L_D, L_Q, PSI = 1.0e-4, 2.6e-4, 0.07
P = 3
I_MAX = 500.0
TORQUE, CURRENTS = 2e-6, 2e-4
"""Limits are met to 1e-6, and torque with them; where torque is flat, currents only to about the root of that."""


def magnets():
    d, q = np.linspace(-600.0, 100.0, 8), np.linspace(0.0, 600.0, 7)
    return cases.flux_map("ipm", cases.linear(L_D, L_Q, PSI), d, q, pole_pairs=P, iron=0.0)


def bare(flux, **changed):
    """Return terms without iron, skin effect or field losses beyond R_f i_f^2."""
    figures = {"ac_factor": np.ones(41), "brush_voltage": 0.0, "exciter_efficiency": 1.0}
    return cases.terms(flux, **(figures | changed))


def free_source(*u_max):
    nothing = np.zeros(len(u_max))
    return SourceTerms(u_max=np.array(u_max), constant=nothing, linear=nothing, square=nothing)


def test_most_torque_per_ampere():
    """i_d = (psi - (psi^2 + 8 (L_q - L_d)^2 i^2)^(1/2)) / (4 (L_q - L_d))."""
    i, dl = np.array([5.0, 100.0, 300.0, I_MAX]), L_Q - L_D
    i_d = (PSI - np.sqrt(PSI**2 + 8 * dl**2 * i**2)) / (4 * dl)
    i_q = np.sqrt(i**2 - i_d**2)
    found = mtpa(magnets(), Limits(current=I_MAX), i)
    np.testing.assert_allclose(found.torque, 1.5 * P * (PSI - dl * i_d) * i_q, rtol=TORQUE)
    np.testing.assert_allclose(found.i_d, i_d, atol=CURRENTS * I_MAX)
    np.testing.assert_allclose(found.i_q, i_q, atol=CURRENTS * I_MAX)
    np.testing.assert_allclose(found.psi, np.hypot(PSI + L_D * i_d, L_Q * i_q), rtol=CURRENTS)


def test_most_torque_per_volt():
    """With psi at angle delta: a cos(delta) + b cos(2 delta) = 0, a = psi_pm / L_d, b = psi (1 / L_q - 1 / L_d)."""
    psi = np.array([0.02, 0.04, 0.05])
    a, b = PSI / L_D, psi * (1 / L_Q - 1 / L_D)
    cosine = (-a + np.sqrt(a**2 + 8 * b**2)) / (4 * b)
    psi_d, psi_q = psi * cosine, psi * np.sqrt(1 - cosine**2)
    i_d, i_q = (psi_d - PSI) / L_D, psi_q / L_Q
    assert i_d.min() > -900
    d, q = np.linspace(-900.0, 100.0, 8), np.linspace(0.0, 600.0, 7)
    flux = cases.flux_map("ipm", cases.linear(L_D, L_Q, PSI), d, q, pole_pairs=P)
    found = mtpv(flux, Limits(current=2000.0), psi)
    np.testing.assert_allclose(found.torque, 1.5 * P * (psi_d * i_q - psi_q * i_d), rtol=TORQUE)
    np.testing.assert_allclose(found.i_d, i_d, atol=CURRENTS * 900)
    np.testing.assert_allclose(found.psi, psi, rtol=TORQUE)


def test_reluctance_machine_at_45_degrees():
    """Without magnets and saturation the angle of most torque per ampere is 45 degrees."""
    d, q = np.linspace(0.0, 400.0, 5), np.linspace(0.0, 400.0, 5)
    flux = cases.flux_map("synrm", cases.linear(6e-4, 1e-4), d, q, pole_pairs=P)
    found = mtpa(flux, Limits(current=300.0), np.array([100.0, 300.0]))
    np.testing.assert_allclose(found.i_d, found.i_q, rtol=CURRENTS)
    np.testing.assert_allclose(found.torque, 1.5 * P * 5e-4 * found.given**2 / 2, rtol=TORQUE)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_wound_rotor_shares_its_copper(sign):
    """Without saliency and iron 3/2 R i_q^2 = R_f i_f^2: the loss is 2 i_f i_q (3/2 R R_f)^(1/2)."""
    l_m, r, r_f = 6e-3, 6e-3, 8.0
    d, q, f = np.linspace(-300.0, 100.0, 5), np.linspace(0.0, 500.0, 6), np.linspace(0.0, 16.0, 5)
    flux = cases.flux_map("eesm", cases.linear(2e-4, 2e-4, l_m=l_m), d, q, f, pole_pairs=P, iron=0.0)
    tau = np.array([0.05, 1.0, 40.0, 150.0])
    found = least_loss(
        flux, bare(flux), free_source(400.0), Limits(current=I_MAX), np.array([0.0, 50.0]), sign * tau, where=Here()
    )
    product = tau / (1.5 * P * l_m)  # i_f i_q
    i_f = np.sqrt(product * np.sqrt(1.5 * r / r_f))
    loss = 2 * product * np.sqrt(1.5 * r * r_f)
    np.testing.assert_array_equal(found.code, 0)
    for s in range(2):
        np.testing.assert_allclose(found.total[0, s], loss, rtol=TORQUE)
        np.testing.assert_allclose(found.i_f[0, s], i_f, rtol=2e-3)  # loss is flat: the root of its tolerance
        np.testing.assert_allclose(found.i_q[0, s], sign * product / i_f, rtol=2e-3)
        np.testing.assert_allclose(found.i_d[0, s], 0.0, atol=2e-3 * I_MAX)


def test_magnets_weakened_without_torque():
    """At no load and high speed (R i_d)^2 + w^2 (psi + L_d i_d)^2 = u_max^2; below that speed, no current."""
    u, r = 150.0, 6e-3
    w_m = np.array([0.0, 600.0, 900.0, 1100.0])
    w = P * w_m
    flux = magnets()
    found = least_loss(flux, bare(flux), free_source(u), Limits(current=I_MAX), w_m, np.zeros(1), where=Here())
    a, b, c = r**2 + (w * L_D) ** 2, 2 * w**2 * PSI * L_D, (w * PSI) ** 2 - u**2
    i_d = np.where(w * PSI > u, (-b + np.sqrt(np.maximum(b**2 - 4 * a * c, 0.0))) / (2 * a), 0.0)
    np.testing.assert_array_equal(found.code, 0)
    np.testing.assert_allclose(found.i_d[0, :, 0], i_d, atol=1e-5 * I_MAX)
    np.testing.assert_array_equal(found.i_q[0, :, 0], 0.0)
    np.testing.assert_allclose(found.total[0, :, 0], 1.5 * r * i_d**2, rtol=1e-5, atol=1e-6)


def test_standstill_gives_what_current_allows():
    """At standstill the envelope is MTPA at the limit, motoring and braking alike, and current alone binds."""
    flux, limits = magnets(), Limits(current=I_MAX)
    edge = envelope(flux, bare(flux), free_source(150.0), limits, np.array([0.0, 1500.0]), where=Here())
    best = mtpa(flux, limits, np.array([I_MAX])).torque[0]
    assert edge.torque_max[0, 0] == pytest.approx(best, rel=TORQUE)
    assert edge.torque_min[0, 0] == pytest.approx(-best, rel=TORQUE)
    assert edge.bound_max[0, 0] == Bound.CURRENT
    assert edge.mtpa[0, 0]
    assert not edge.mtpa[0, 1]


def test_field_weakening_has_both_limits():
    """Beyond the corner the envelope lies where the circle of current cuts the ellipse of voltage (R = 0)."""
    flux, u, w_m = magnets(), 150.0, 700.0
    edge = envelope(
        flux, bare(flux, resistance=1e-9), free_source(u), Limits(current=I_MAX), np.array([w_m]), where=Here()
    )
    i_d, i_q, _ = edge.currents_max[0, 0]
    assert edge.bound_max[0, 0] == Bound.BOTH
    psi = u / (P * w_m)
    # i_q^2 = I^2 - i_d^2 in (psi + L_d i_d)^2 + L_q^2 i_q^2 = (u / w)^2: a quadratic in i_d
    roots = np.roots([L_D**2 - L_Q**2, 2 * L_D * PSI, PSI**2 + (L_Q * I_MAX) ** 2 - psi**2])
    assert np.min(np.abs(roots - i_d)) < 1e-3
    assert np.hypot(i_d, i_q) == pytest.approx(I_MAX, rel=TORQUE)
