"""The splines and slopes of the kernels against scipy, the quadratic programme of a step against an optimiser."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

import machine_flux_cases as cases
from coaxle.design.machine.control.kernels.point import assess, duty_at
from coaxle.design.machine.control.kernels.spline import evaluate
from coaxle.design.machine.control.kernels.step import ROWS, active_set
from coaxle.design.machine.control.limits import Limits
from coaxle.design.machine.control.model import model, source_of
from coaxle.design.machine.control.spline import coefficients
from control_reference import spline


@pytest.mark.parametrize("nodes", [(9, 8, 5), (6, 5, 4), (4, 4, 3), (5, 3, 2)])
def test_splines_are_those_of_scipy(nodes):
    """Not-a-knot in i_d and i_f, mirrored in i_q: the same polynomials, so rounding only.

    Scipy takes a polynomial of lower order through fewer than four nodes, as ours is then.
    """
    flux = cases.eesm(nodes)
    made = model(flux, cases.terms(flux), Limits(current=2000.0))
    even, odd = spline(flux, flux.psi_d[..., None], 1.0), spline(flux, flux.psi_q[..., None], -1.0)
    random, out = np.random.default_rng(2), np.empty((4, made.base.shape[3]))
    scale = np.abs(flux.psi_d).max()
    for z in random.uniform((-750, 0, 0), (150, 800, 20), (50, 3)):
        evaluate(made.base, made.axes, *z, out)
        assert out[0, 0] == pytest.approx(even(z)[0], abs=1e-12 * scale)
        assert out[0, 1] == pytest.approx(odd(z)[0], abs=1e-12 * scale)
        for k in range(3):
            slope = even(z, nu=tuple(int(k == n) for n in range(3)))[0]
            assert out[1 + k, 0] == pytest.approx(slope, abs=1e-12 * scale)


def test_few_nodes():
    """One node stands for itself; two give a line, three a parabola."""
    assert coefficients(np.array([3.0]), 0).shape == (1,)
    x = np.arange(3.0)
    for values in (2.0 + x[:2], x**2 - x):
        c = coefficients(values, 0)
        middle = (c[:-3] + 23 * c[1:-2] + 23 * c[2:-1] + c[3:]) / 48  # the spline half way through each cell
        half = np.arange(values.size - 1) + 0.5
        np.testing.assert_allclose(middle, 2.0 + half if values.size == 2 else half**2 - half, atol=1e-12)


@pytest.mark.parametrize("kind", ["eesm", "induction"])
def test_slopes_of_a_point_are_its_differences(kind):
    """Loss, torque, voltage and current: slopes against central differences; 1e-5 is what those are worth."""
    flux = cases.eesm() if kind == "eesm" else cases.induction()
    made, w_m = model(flux, cases.terms(flux), Limits(current=700.0)), 431.0
    c, dip = made.at_speeds(np.array([w_m]))
    duty = duty_at(0, w_m, source_of(cases.source(360.0)), c[0], made.axes, made.machine, np.empty(3), dip[0])
    v, out, up, down = np.empty((4, c.shape[4])), np.empty((4, 4)), np.empty((4, 4)), np.empty((4, 4))
    z = np.array([-120.0, 210.0, 6.1]) if kind == "eesm" else np.array([140.0, 310.0, 0.0])
    assess(z, duty, v, out)
    for k in range(3 if kind == "eesm" else 2):
        step = 1e-4 * np.eye(3)[k]
        assess(z + step, duty, v, up)
        assess(z - step, duty, v, down)
        np.testing.assert_allclose(out[:, k + 1], (up[:, 0] - down[:, 0]) / 2e-4, rtol=1e-5, atol=1e-9)


def test_step_is_the_answer_of_the_programme():
    """Random strictly convex programmes with bounds: the same step as SLSQP's, to its tolerance."""
    random, met = np.random.default_rng(4), 0
    for _ in range(60):
        root = random.normal(size=(3, 3))
        h, gradient = root @ root.T + 0.3 * np.eye(3), 3 * random.normal(size=3)
        a = np.vstack((np.zeros(3), random.normal(size=(2, 3)), np.kron(np.eye(3), [[1.0], [-1.0]])))
        b = np.concatenate(([1e9], random.uniform(0.05, 1.0, 2), random.uniform(0.1, 1.0, 6)))
        h_inverse = np.linalg.inv(h)
        free = -h_inverse @ gradient
        g, r = a @ h_inverse @ a.T, a @ free - b
        act, lam = np.zeros(3, np.int64), np.zeros(3)
        count = active_set(g, r, 3, 1e-10, act, lam)
        assert count >= 0
        y = free - h_inverse @ a[act[:count]].T @ lam[:count]
        assert a.shape == (ROWS, 3)
        found = minimize(
            lambda x, h=h, q=gradient: 0.5 * x @ h @ x + q @ x,
            np.zeros(3),
            jac=lambda x, h=h, q=gradient: h @ x + q,
            method="SLSQP",
            constraints={"type": "ineq", "fun": lambda x, a=a, b=b: b - a @ x, "jac": lambda x, a=a: -a},
            options={"ftol": 1e-12, "maxiter": 200},
        )
        np.testing.assert_allclose(y, found.x, atol=1e-5)
        met += count == 3
    assert met > 3
