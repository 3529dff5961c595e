"""The compiled sweep and a plain account of one gearbox, written down anew shaft by shaft."""

from __future__ import annotations

from dataclasses import replace
from math import cos, exp, hypot, pi, sin, sqrt, tan

import numpy as np
import pytest

from coaxle.design.gearbox import input_torque, losses, ratio
from coaxle.design.gearbox.teeth import Teeth, teeth
from coaxle.materials import oil
from gearbox_cases import ID3

BORES = ((30.0, 55.0, 7350.0), (40.0, 68.0, 10200.0), (50.0, 80.0, 11400.0))
"""16006, 16008, 16010 [mm], [N]: what the rule chooses for shafts of 27, 39 and 49 mm."""


def mu_schlenk(t: Teeth, torque: float, w: float, eta: float) -> float:
    f_bt = 2 * abs(torque) / t.d_w2 / cos(t.alpha_wt)
    v = 2 * w * t.d_w2 / 2 * sin(t.alpha_wt)
    return 0.048 * (f_bt / (1e3 * t.b) / (v * 1e3 * t.rho_red)) ** 0.2 * eta**-0.05 * 0.5**0.25 * 0.75


def ball(j: int, f_r: float, f_a: float | None, n: float, nu: float) -> float:
    inner, outer, c_0 = BORES[j]
    d_m = (inner + outer) / 2
    if f_a is None:
        g_rr, g_sl = 4.3e-7 * d_m**1.96 * f_r**0.54, 4.63e-3 * d_m**-0.26 * f_r ** (5 / 3)
    else:
        slope = sin(24.6 * (f_a / c_0) ** 0.24 * pi / 180)
        g_rr = 4.3e-7 * d_m**1.96 * (f_r + 1.7 / slope * f_a) ** 0.54
        g_sl = 4.63e-3 * d_m**-0.145 * (f_r**5 + 4.25 * d_m**1.5 / slope * f_a**4) ** (1 / 3)
    film = 1 / (1 + 1.84e-9 * (n * d_m) ** 1.28 * nu**0.64)
    starved = exp(-3e-8 * nu * n * (inner + outer) * sqrt(3.1 / (2 * (outer - inner))))
    mixed = exp(-2.6e-8 * (n * nu) ** 1.4 * d_m)
    return 1e-3 * (film * starved * g_rr * (nu * n) ** 0.6 + g_sl * (mixed * 0.12 + (1 - mixed) * 0.04))


def weight(*cylinders: tuple[float, float]) -> float:
    return 9.80665 * 0.65 * 7850 * pi / 4 * sum(d * d * b for d, b in cylinders)


def held(gears: list[tuple[float, float, float, float, float]], length: float) -> tuple[float, float, float]:
    """Forces on a shaft (place, F_x, F_y, F_z, lever y of F_x): radial loads of its bearings, axial load."""
    y_b = -sum(x * f_y - lever * f_x for x, f_x, f_y, _, lever in gears) / length
    z_b = -sum(x * f_z for x, _, _, f_z, _ in gears) / length
    y_a = -sum(g[2] for g in gears) - y_b
    z_a = -sum(g[3] for g in gears) - z_b
    return hypot(y_a, z_a), hypot(y_b, z_b), abs(sum(g[1] for g in gears))


def account(tau: float, w: float, kelvin: float) -> tuple[float, float]:
    """Return the torque at the input and the losses of the ID.3's gears, driving or braking forwards."""
    one, two = (teeth("stage", each) for each in ID3.stages)
    nu = 1e6 * oil("70w-75w").viscosity(kelvin)
    rho = oil("70w-75w").density(kelvin)
    eta, flow, jet = nu * rho * 1e-3, 2.5e-3 / 60, 0.4
    w_2, w_1 = w * two.u, w * two.u * one.u
    lost = 0.0

    def seal(d: float) -> float:
        return 7.69e-6 * (1e3 * d) ** 2 * 30 / pi

    def air(t: Teeth, d: float, speed: float) -> float:
        blow = 1.37e-9 * (speed * d / 2) ** 1.9 * (1e3 * d) ** 1.6
        return blow * (1e3 * t.b) ** 0.52 * (1e3 * t.m_n) ** 0.69

    def forces(t: Teeth, torque: float, d: float, side: float, driven: bool, x: float) -> tuple[float, ...]:
        f_t = 2 * torque / d * (1 if driven else -1)
        return x, f_t * tan(t.beta), -side * abs(f_t) * tan(t.alpha_wt), side * f_t, side * d / 2

    def rolled(j: int, gears: list[tuple[float, ...]], length: float, speed: float, dead: float) -> float:
        near, far, axial = held(gears, length)  # type: ignore[arg-type]
        n = speed * 30 / pi
        return ball(j, hypot(near, dead / 2), axial, n, nu) + ball(j, hypot(far, dead / 2), None, n, nu)

    # Shaft of the wheels.
    x = 80e-3 + two.b / 2
    m = rolled(2, [forces(two, tau, two.d_w2, -1, True, x)], x + two.b / 2 + 20e-3, w, weight((two.d_w2, two.b)))
    m += 2 * seal(48.8e-3) + air(two, two.d_w2, w)
    lost += m * w
    t = tau + m
    m = mu_schlenk(two, t, w, eta) * two.h_v * abs(t) + rho * flow * (w * two.d_w2 / 2 + jet) * two.d_w2 / 2
    lost += m * w
    t = (t + m) / two.u
    # Middle shaft.
    x_1 = 8e-3 + one.b / 2
    x_2 = x_1 + one.b / 2 + 5e-3 + two.b / 2
    gears = [forces(one, t, one.d_w2, -1, True, x_1), forces(two, t, two.d_w1, 1, False, x_2)]
    m = rolled(1, gears, x_2 + two.b / 2 + 8e-3, w_2, weight((one.d_w2, one.b), (two.d_w1, two.b)))
    m += air(one, one.d_w2, w_2) + air(two, two.d_w1, w_2)
    lost += m * w_2
    t += m
    m = mu_schlenk(one, t, w_2, eta) * one.h_v * abs(t) + rho * flow * (w_2 * one.d_w2 / 2 + jet) * one.d_w2 / 2
    lost += m * w_2
    t = (t + m) / one.u
    # Shaft of the machine.
    x = 8e-3 + one.b / 2
    m = rolled(0, [forces(one, t, one.d_w1, 1, False, x)], 2 * x, w_1, weight((one.d_w1, one.b)))
    m += seal(27.2e-3) + air(one, one.d_w1, w_1)
    return t + m, lost + m * w_1


@pytest.mark.parametrize("torque", [-2500.0, -300.0, -5.0, 5.0, 300.0, 2500.0])
@pytest.mark.parametrize("speed", [3.0, 40.0, 150.0])
@pytest.mark.parametrize("kelvin", [263.15, 323.15, 383.15])
def test_sweep_and_plain_account(torque: float, speed: float, kelvin: float) -> None:
    """To 1e-9: the same formulas, once through logarithms in a kernel, once as printed."""
    into, lost = account(torque, speed, kelvin)
    assert float(input_torque(ID3, torque, speed, kelvin)) == pytest.approx(into, rel=1e-9)
    assert float(losses(ID3, torque, speed, kelvin).total) == pytest.approx(lost, rel=1e-9)


def test_order_of_summation_does_not_matter() -> None:
    """Losses over a grid, transposed, are the same figures."""
    torque, speed = np.linspace(-1000, 1000, 7), np.linspace(0, 150, 5)
    one = losses(ID3, torque[:, None], speed, 323.15).total
    other = losses(ID3, torque, speed[:, None], 323.15).total
    assert np.array_equal(one, other.T)
    assert ratio(replace(ID3, source="another")) == ratio(ID3)
