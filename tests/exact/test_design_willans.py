"""The extended Willans line solved for the fuel, put back into its own equation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coaxle.design.engine import Combustion
from coaxle.design.engine.willans import LEAST_MARGINAL, friction_pressure, fuel_pressure
from coaxle.validation.parts import parts


@pytest.mark.parametrize("name", ["petrol-turbo", "petrol-supercharged", "petrol-natural", "diesel"])
def test_solved_line_satisfies_its_equation(name: str) -> None:
    k = parts().combustions[name]
    c, p_e = np.meshgrid(np.linspace(2.0, 18.0, 9), np.linspace(-1.0, 30.0, 63), indexing="ij")
    p_f = fuel_pressure(k, p_e, c)
    slope = k.a + k.b * c + k.c2 * c**2 + 2 * k.a2 * p_f
    on = (slope > LEAST_MARGINAL * (1 + 1e-9)) & (p_f > 0)
    back = (k.a + k.b * c + k.c2 * c**2) * p_f + k.a2 * p_f**2 + k.l + k.l2 * c**2
    np.testing.assert_allclose(back[on], p_e[on], atol=1e-9)  # bar; rounding of the square root
    assert on.mean() > 0.3, "the test hardly looks at the line"


def test_line_runs_on_with_its_least_slope() -> None:
    """Where it would bend below the least marginal efficiency it continues straight, without a jump or a corner."""
    k = parts().combustions["petrol-turbo"]
    p_e = np.linspace(0.0, 40.0, 40_001)
    p_f = fuel_pressure(k, p_e, np.array(6.0))
    marginal = np.diff(p_e) / np.diff(p_f)
    assert np.all(np.diff(marginal) < 1e-6)
    assert marginal[-1] == pytest.approx(LEAST_MARGINAL, rel=1e-6)
    assert np.max(np.abs(np.diff(marginal))) < 1e-3


def test_without_curvature_it_is_a_straight_line() -> None:
    k: Combustion = replace(parts().combustions["diesel"], a2=0.0)
    p_f = fuel_pressure(k, np.array([10.0]), np.array([8.0]))
    assert p_f[0] == pytest.approx((10.0 + 1.55291 + 0.0076 * 64) / (0.391197 + 0.028604 * 8 - 0.00196 * 64), rel=0.2)
    assert p_f[0] == pytest.approx(
        (10.0 + friction_pressure(k, np.array(8.0))) / (k.a + k.b * 8 + k.c2 * 64), rel=1e-12
    )


def test_no_fuel_below_friction() -> None:
    k = parts().combustions["petrol-turbo"]
    c = np.array([3.0, 6.0, 12.0])
    drag = -friction_pressure(k, c)
    assert np.all(fuel_pressure(k, drag, c) == 0.0)
    assert np.all(fuel_pressure(k, drag - 1.0, c) == 0.0)
    assert np.all(fuel_pressure(k, drag + 0.01, c) > 0.0)
