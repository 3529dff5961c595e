"""Closed forms of gears: ratios, loss factor, friction torques of parts, balance of forces, orders, mass."""

from __future__ import annotations

from dataclasses import replace
from math import acos, cos, exp, pi, sin, sqrt, tan

import numpy as np
import pytest
from scipy.integrate import quad

from coaxle.design.gearbox import Bearing, Drag, drag_torque, inertia, input_torque, losses, mass, orders, ratio, size
from coaxle.design.gearbox.kernels import churning, friction, turning
from coaxle.design.gearbox.rolling import Place, row
from coaxle.design.gearbox.teeth import Teeth, involute, ring_mesh, teeth
from coaxle.design.gearbox.train import _loads, meshes, train
from coaxle.materials import oil
from gearbox_cases import C14, H501, ID3, PLANETS

RPM = np.pi / 30


def test_ratios() -> None:
    assert ratio(ID3) == pytest.approx(68 / 23 * 78 / 20, rel=1e-15)
    assert ratio(PLANETS) == pytest.approx(1 + 67 * 99 / (25 * 33), rel=1e-15)
    simple = replace(PLANETS, sun_teeth=30, large_teeth=30, small_teeth=30, ring_teeth=90)
    assert ratio(simple) == pytest.approx(1 + 90 / 30, rel=1e-15)


def test_oil_at_its_two_points() -> None:
    """30.8 and 5.9 mm2/s at 40 and 100 degC: the oil that all gears here run in."""
    kind = oil(ID3.oil)
    assert 1e6 * kind.viscosity(313.15) == pytest.approx(30.8, rel=1e-12)
    assert 1e6 * kind.viscosity(373.15) == pytest.approx(5.9, rel=1e-12)


@pytest.mark.parametrize("stage", [C14, H501, *ID3.stages], ids=["C14", "H501", "first", "second"])
def test_loss_factor_is_the_mean_sliding_along_the_path_of_contact(stage: object) -> None:
    """H_v = 1/p integral of load share times sliding over rolling, each pair in double contact bearing half."""
    t = teeth("pair", stage)  # type: ignore[arg-type]
    assert loss_factor(t) == pytest.approx(t.h_v, rel=1e-9)


def test_loss_factor_of_a_ring() -> None:
    """Inside a ring the sliding is that of the difference of the curvatures."""
    t = ring_mesh("ring", PLANETS)
    assert t.u < 0
    assert t.a < 0
    assert loss_factor(t) == pytest.approx(t.h_v, rel=1e-9)


def loss_factor(t: Teeth) -> float:
    p = pi * t.d_b1 / t.z_1
    start, end = -t.eps_2 * p, t.eps_1 * p

    def slid(x: float) -> float:
        alone = start + (t.eps_alpha - 1) * p < x < end - (t.eps_alpha - 1) * p
        return (1.0 if alone else 0.5) * abs(x) * (2 / t.d_b1 + 2 / t.d_b2)

    corners = [start + (t.eps_alpha - 1) * p, 0.0, end - (t.eps_alpha - 1) * p]
    return quad(slid, start, end, points=corners)[0] / p / cos(t.beta_b)


def test_pitch_circles_roll_on_one_another() -> None:
    t = teeth("H501", H501)
    assert t.d_w2 / t.d_w1 == pytest.approx(1.5, rel=1e-14)
    assert (t.d_w1 + t.d_w2) / 2 == pytest.approx(t.a, rel=1e-14)
    assert t.d_w1 * cos(t.alpha_wt) == pytest.approx(t.d_b1, rel=1e-12)
    shift = 2 * (0.1809 + 0.0891) / 50 * tan(t.alpha_n)
    assert involute(t.alpha_wt) == pytest.approx(involute(t.alpha_t) + shift, rel=1e-12)


def test_bearings_of_a_shaft_hold_its_gears() -> None:
    """A straight gear midway loads both bearings with half of F_t / cos(alpha_wt), and none of them along the shaft."""
    t = teeth("C14", C14)
    (one, other) = _loads([(0.05, t.d_w2, -1.0, 1.0, t, True)], 0.1)
    force = 2 / t.d_w2 / cos(t.alpha_wt) / 2
    assert one == pytest.approx([force, force, 0.0], rel=1e-12)
    assert other == pytest.approx([force, force, 0.0], rel=1e-12)


def test_a_gear_at_a_quarter_loads_the_near_bearing_three_times_as_much() -> None:
    t = teeth("C14", C14)
    near, far = _loads([(0.025, t.d_w2, -1.0, 1.0, t, True)], 0.1)
    assert near[0] == pytest.approx(3 * far[0], rel=1e-12)


def test_axial_forces_of_a_middle_shaft_stand_against_one_another() -> None:
    """Of the same hand, wheel and pinion push apart: F_a = |F_1 tan(beta_1) - F_2 tan(beta_2)|."""
    first, second = (teeth("stage", each) for each in ID3.stages)
    near, _ = _loads([(0.03, first.d_w2, -1.0, 1.0, first, True), (0.08, second.d_w1, 1.0, 1.0, second, False)], 0.12)
    thrust = 2 / first.d_w2 * tan(first.beta) - 2 / second.d_w1 * tan(second.beta)
    assert near[2] == pytest.approx(abs(thrust), rel=1e-12)


def test_seals() -> None:
    """7.69e-6 d^2 n W each (ISO/TR 14179-2): 27.2 mm at the input, twice 48.8 mm at the output."""
    found = losses(ID3, 0.0, 1000 * RPM, 323.15).seals
    assert found == pytest.approx(7.69e-6 * (27.2**2 * 1000 * ratio(ID3) + 2 * 48.8**2 * 1000), rel=1e-12)


def test_spray() -> None:
    """Of both meshes rho Q (v_t + v_j) v_t (Ariura), v_t of the pitch circles."""
    first, second = (teeth("stage", each) for each in ID3.stages)
    w = 1000 * RPM
    rho, flow, jet = oil(ID3.oil).density(323.15), 2.5e-3 / 60, 0.4
    speeds = (w * second.d_w2 / 2, w * second.u * first.d_w2 / 2)
    found = losses(ID3, 0.0, w, 323.15).spray
    assert found == pytest.approx(sum(rho * flow * (v + jet) * v for v in speeds), rel=1e-12)


def test_schlenk_without_speed_and_without_load() -> None:
    assert friction(0.0, 1.0, 20.0, 0.05) == 0.0
    assert friction(100.0, 0.0, 20.0, 0.05) == 0.15
    assert friction(100.0, 4.0, 20.0, 0.05) == pytest.approx(0.05 * 25**0.2 * 20**-0.05, rel=1e-12)


@pytest.mark.parametrize("axial", [0.0, 800.0])
def test_ball_bearing_by_hand(axial: float) -> None:
    """SKF's friction of a 16008 (40 x 68 mm, C_0 10.2 kN) at 3000 N and 4000 rpm in 20 mm2/s."""
    bearing = Bearing(series="ball-160", bore=40e-3, outside=68e-3, static_load=10.2e3)
    rows = np.array(row(bearing, Place(axial=axial), synthetic=True))
    n, nu, d_m = 4000.0, 20.0, 54.0
    if axial:
        slope = sin(24.6 * (axial / 10.2e3) ** 0.24 * pi / 180)
        g_rr = 4.3e-7 * d_m**1.96 * (3000 + 1.7 / slope * axial) ** 0.54
        g_sl = 4.63e-3 * d_m**-0.145 * (3000**5 + 4.25 * d_m**1.5 / slope * axial**4) ** (1 / 3)
    else:
        g_rr, g_sl = 4.3e-7 * d_m**1.96 * 3000**0.54, 4.63e-3 * d_m**-0.26 * 3000 ** (5 / 3)
    film = 1 / (1 + 1.84e-9 * (n * d_m) ** 1.28 * nu**0.64)
    starved = exp(-3e-8 * nu * n * (40 + 68) * sqrt(3.1 / (2 * (68 - 40))))
    mixed = exp(-2.6e-8 * (n * nu) ** 1.4 * d_m)
    torque = film * starved * g_rr * (nu * n) ** 0.6 + g_sl * (mixed * 0.12 + (1 - mixed) * 0.04)
    found = turning(rows, 3000.0, axial, np.log(nu * n), 1.28 * np.log(n) + 0.64 * np.log(nu), nu * n)
    assert found == pytest.approx(1e-3 * torque, rel=1e-10)


def test_taper_and_cylindrical_rollers_by_hand() -> None:
    """A 32008 X with 2000 N radially and 700 N along it, rollers of 20 x 36 mm with 1500 and 90 N: SKF at 1000 rpm."""
    n, nu = 1000.0, 20.0
    taper = np.array(row(Bearing(series="taper-320", bore=40e-3, outside=68e-3), Place(), synthetic=True))
    roller = np.array(row(Bearing(series="roller", bore=20e-3, outside=36e-3), Place(), synthetic=True))
    across_taper = 2.38e-6 * 54**2.38 * (2000 + 10.9 * 1.4 * 700) ** 0.31
    along_taper = 0.014 * 54**0.82 * (2000 + 2 * 1.4 * 700)
    across_roller = 1.09e-6 * 28**2.41 * 1500**0.31
    along_roller = 0.0015 * 28 * 1500 + 0.16 * 28**0.9 * 90
    for rows, d_m, across, g_rr, g_sl, k_z, mu, loads in (
        (taper, 54.0, (108, 28), across_taper, along_taper, 6.0, 0.002, (2000.0, 700.0)),
        (roller, 28.0, (56, 16), across_roller, along_roller, 5.1, 0.02, (1500.0, 90.0)),
    ):
        film = 1 / (1 + 1.84e-9 * (n * d_m) ** 1.28 * nu**0.64)
        starved = exp(-3e-8 * nu * n * across[0] * sqrt(k_z / (2 * across[1])))
        mixed = exp(-2.6e-8 * (n * nu) ** 1.4 * d_m)
        torque = film * starved * g_rr * (nu * n) ** 0.6 + g_sl * (mixed * 0.12 + (1 - mixed) * mu)
        found = turning(rows, *loads, np.log(nu * n), 1.28 * np.log(n) + 0.64 * np.log(nu), nu * n)
        assert found == pytest.approx(1e-3 * torque, rel=1e-10)


def test_churning_by_hand() -> None:
    """The last wheel 40 mm deep at 400 rpm, below the threshold of Changenet et al. (2011)."""
    dipping = replace(ID3, immersion=40e-3, oil_volume=1e-3)
    t = teeth("second", ID3.stages[1])
    r, b, m, w = t.d_w2 / 2, t.b, t.m_n, 400 * RPM
    assert w * w * (r * b * m) ** (1 / 3) < 750
    theta = acos(1 - 40e-3 / r)
    faces = r * r * (2 * theta - sin(2 * theta)) + 2 * r * b * theta
    wet = faces + 2 * 78 * theta * 2.25 * m * b / (pi * cos(t.alpha_t) * cos(t.beta))
    nu, rho = oil(ID3.oil).viscosity(323.15), oil(ID3.oil).density(323.15)
    c_m = 1.366 * (40e-3 / (2 * r)) ** 0.45 * (1e-3 / (2 * r) ** 3) ** 0.1
    c_m *= (w * w * r / 9.80665) ** -0.6 * (w * r * r / nu) ** -0.21
    wheel = train(dipping).wheels[0]
    assert churning(wheel, w, nu, rho) == pytest.approx(0.5 * rho * w**2 * r**3 * wet * c_m, rel=1e-10)


def test_fast_churning_knows_no_viscosity() -> None:
    wheel = train(replace(ID3, immersion=40e-3, oil_volume=1e-3)).wheels[0]
    fast = sqrt(1300.0 / wheel[5])
    assert churning(wheel, fast, 5e-6, 830.0) == churning(wheel, fast, 50e-6, 830.0)
    assert churning(wheel, 0.5 * fast, 5e-6, 830.0) < churning(wheel, 0.5 * fast, 50e-6, 830.0)


def test_power_divides_in_a_planetary_set_as_willis_has_it() -> None:
    """The share (i - 1) / i of the power rolls in each mesh, so sun and ring together lose mu (H_sun + H_ring) of it.

    Found from the mesh loss and the two frictions; the losses of the carrier that the meshes bear too are 0.1 %.
    """
    i = ratio(PLANETS)
    rows = train(PLANETS)
    tau, w = 1000.0, 50.0
    nu, rho = oil(PLANETS.oil).viscosity(343.15), oil(PLANETS.oil).density(343.15)
    eta, expected = 1e3 * nu * rho, 0.0
    for mesh, factor in zip(rows.meshes, (pair.h_v for pair in meshes(PLANETS)), strict=True):
        expected += friction(tau * mesh[0], 2 * w * mesh[1] * mesh[4], eta, mesh[2]) * factor * tau * w * (i - 1) / i
    assert losses(PLANETS, tau, w, 343.15).mesh == pytest.approx(expected, rel=3e-3)


def test_a_given_drag_is_the_torque_without_load() -> None:
    """At its three temperatures and at any speed; in between a power of the viscosity."""
    known = replace(ID3, drag=Drag(at_25=0.4, at_50=0.3, at_90=0.2))
    speed = np.array([10.0, 500.0, 1500.0])
    for celsius, drag in ((25.0, 0.4), (50.0, 0.3), (90.0, 0.2)):
        assert drag_torque(known, speed, celsius + 273.15) == pytest.approx(drag, rel=1e-9)
    middle = float(drag_torque(known, 100.0, 273.15 + 70))
    nu = [oil(ID3.oil).viscosity(273.15 + t) for t in (50, 70, 90)]
    power = np.log(0.3 / 0.2) / np.log(nu[0] / nu[2])
    assert middle == pytest.approx(0.3 * (nu[1] / nu[0]) ** power, rel=1e-9)


def test_standstill() -> None:
    """At rest nothing is lost, and a torque is needed still to break loose: seals and dry bearings."""
    assert losses(ID3, 100.0, 0.0, 323.15).total == 0.0
    seals = 7.69e-6 * 30 / pi * (27.2**2 + 2 * 48.8**2 / ratio(ID3))
    assert seals < float(input_torque(ID3, 0.0, 0.0, 323.15)) < 1.1 * seals


def test_sizing_by_hand() -> None:
    """310 Nm, 11.53: i_1 = 0.7332 i^0.6438 = 3.539; 26 teeth by the table; a and b of the first stage as printed."""
    drawn = size(310.0, 11.53)
    assert drawn.stages[0].pinion_teeth == 26  # 29 at 2, 25 at 4: 25.9
    assert drawn.stages[0].wheel_teeth == round(26 * 0.7332 * 11.53**0.6438)
    i = drawn.stages[0].wheel_teeth / 26
    a = 0.255 * (310e3 * (i + 1) ** 4 / i) ** (1 / 3)
    assert 1e3 * teeth("first", drawn.stages[0]).a == pytest.approx(a, rel=1e-12)
    width = 278070 * 310e3 * (i + 1) / ((2 * a / (1 + i)) ** 2 * i * 1500**2)
    assert 1e3 * drawn.stages[0].width == pytest.approx(width, rel=1e-12)
    assert drawn.stages[1].pinion_teeth == 22  # at medium speed 24 at 2, 20.5 at 4
    assert drawn.shafts[0] == pytest.approx(2.17e-3 * (1.5 * 310e3 / (520 * 0.85 * 0.8 / 1.5)) ** (1 / 3), rel=1e-12)


def test_orders() -> None:
    first, second = orders(ID3)
    assert (first.order, first.output_order) == pytest.approx((23.0, 23 * ratio(ID3)))
    assert (second.order, second.output_order) == pytest.approx((20 * 23 / 68, 78.0))
    sun, ring = orders(replace(PLANETS, sun_teeth=30, large_teeth=30, small_teeth=30, ring_teeth=90))
    assert sun.order == pytest.approx(ring.order) == pytest.approx(90 / 4)


def test_inertia_of_one_stage_by_hand() -> None:
    """Pinion, wheel and differential as cylinders, the latter two at 1/i of the speed."""
    single = replace(ID3, stages=ID3.stages[:1])
    t = teeth("first", ID3.stages[0])
    i = 68 / 23
    pinion = 7850 * pi / 32 * t.d_w1**4 * t.b
    wheel = 0.65 * 7850 * pi / 32 * t.d_w2**4 * t.b
    differential = 2e-3 * 310 * i * (t.d_w2 / 2) ** 2 / 8
    assert inertia(single) == pytest.approx(pinion + (wheel + differential) / i**2, rel=1e-12)
    assert inertia(replace(single, inertia=0.01)) == 0.01


def test_mass_is_the_sum_of_its_parts_unless_given() -> None:
    for gearbox in (ID3, PLANETS):
        parts = mass(gearbox)
        summed = parts.wheels + parts.shafts + parts.bearings + parts.differential + parts.housing
        assert parts.total == pytest.approx(summed, rel=1e-15)
        assert mass(replace(gearbox, mass=31.0)).total == 31.0
    pair = [teeth("stage", each) for each in ID3.stages]
    wheels = sum(7850 * pi / 4 * t.b * (t.d_w1**2 + 0.65 * t.d_w2**2) for t in pair)
    assert mass(ID3).wheels == pytest.approx(wheels, rel=1e-12)
