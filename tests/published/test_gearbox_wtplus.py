"""Losses of the ID.3's gears against FZG's WTplus; teeth, friction and load capacity against GEARpie's reports.

Sources: TUMFTM/Holistic-Electric-Powertrain-Component-Design (Apache-2.0, doi 10.3390/wevj16020061), map TP1 computed
by FZG with WTplus; cfernandesFEUP/GEARpie (MIT), reports of the gears C14 and H501. Both are computations of others: no
measured map of such gears was found.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

from coaxle.cycles.legal import legal
from coaxle.design.gearbox import Drag, SizeSettings, drag_torque, losses, ratio, size
from coaxle.design.gearbox.kernels import friction
from coaxle.design.gearbox.strength import (
    contact_stress,
    film_factors,
    helix_factor,
    root_form,
    root_stresses,
    single_contact,
)
from coaxle.design.gearbox.teeth import teeth
from coaxle.design.gearbox.train import meshes, shaft_diameters
from coaxle.numerics.arrays import Array
from coaxle.validation.tables import read_table
from gearbox_cases import C14, H501, ID3

RPM = np.pi / 30
SPEEDS = (10, 85, 310, 760, 1510)
TP1 = {
    (25, -2220): (99.3, 506.0, 1534.3, 3471.0, 6226.0), (25, -1010): (35.1, 201.5, 671.5, 1556.9, 2748.8),
    (25, 1010): (37.1, 208.8, 692.6, 1607.7, 2839.6), (25, 2220): (107.6, 532.3, 1599.8, 3625.2, 6509.2),
    (50, -2220): (104.0, 623.6, 1581.7, 3511.2, 6537.8), (50, -1010): (36.4, 228.6, 654.4, 1538.8, 2924.4),
    (50, 1010): (38.6, 239.9, 675.1, 1586.3, 3017.8), (50, 2220): (112.9, 668.4, 1651.9, 3660.8, 6827.0),
}  # fmt: skip
"""Losses [W] at oil temperature [degC] and torque of the wheels' shaft [Nm], over SPEEDS [rpm] of that shaft."""


def errors(torque: Array, speed: Array, loss: Array, gearbox: object = ID3, temperature: float = 323.15) -> Array:
    return np.asarray(losses(gearbox, torque, speed * RPM, temperature).total / loss - 1)  # type: ignore[arg-type]


def at_50() -> tuple[Array, Array, Array]:
    table = read_table("id3-gears.csv")
    return table.numbers("torque [Nm]"), table.numbers("speed [rpm]"), table.numbers("loss [W]")


@pytest.mark.parametrize(("temperature", "torque"), TP1)
def test_losses_at_the_ends_of_the_map(temperature: int, torque: int) -> None:
    """From 10 to 1510 rpm at the least torque that is still load and at the largest: within 15 %.

    15 % is what friction coefficients of Schlenk's kind scatter by against tests; found are -13 to +3 %.
    """
    found = errors(
        np.array(float(torque)), np.array(SPEEDS), np.array(TP1[temperature, torque]), ID3, temperature + 273.15
    )
    assert np.max(np.abs(found)) < 0.15


def test_losses_under_load_over_the_whole_speed_range() -> None:
    """All 24 figures of the table above 1000 Nm, driving and braking, 85 to 1360 rpm, at 50 degC: within 15 %."""
    torque, speed, loss = at_50()
    loaded = np.abs(torque) >= 1000
    found = errors(torque, speed, loss)[loaded]
    assert found.size == 24
    assert np.max(np.abs(found)) < 0.15
    assert -0.08 < np.mean(found) < 0.0  # all of it too low: bearings and mesh of WTplus are not known one by one


def test_what_physics_alone_leaves_out_without_load() -> None:
    """The drag of the map is not reached: seals, spray, windage and bearings make 46 to 60 % of it at 20 Nm.

    So the losses at 350 Nm are 15 to 26 % low, at 20 Nm 40 to 55 %. The bounds are a little wider than what was found:
    the test is there to say so, and to tell when it changes.
    """
    torque, speed, loss = at_50()
    found = errors(torque, speed, loss)
    print("\n torque [Nm]  speed [rpm]  WTplus [W]  error [%]")
    for row in zip(torque, speed, loss, 100 * found, strict=True):
        print("{:12.0f} {:12.0f} {:11.0f} {:10.1f}".format(*row))
    idle, light = np.abs(torque) == 20, np.abs(torque) == 350
    assert found[idle].min() > -0.58
    assert found[idle].max() < -0.38
    assert found[light].min() > -0.29
    assert found[light].max() < -0.12


def test_a_known_drag_mends_the_low_loads() -> None:
    """With 0.25, 0.24 Nm of drag at the input shaft at 25, 50 degC, read off the map, all 60 figures are within 15 %.

    The map does not reach 90 degC; 0.20 Nm there is not used below 50 degC.
    """
    known = replace(ID3, drag=Drag(at_25=0.25, at_50=0.24, at_90=0.20))
    assert np.max(np.abs(errors(*at_50(), known))) < 0.15
    for (temperature, torque), loss in TP1.items():
        found = errors(np.array(float(torque)), np.array(SPEEDS), np.array(loss), known, temperature + 273.15)
        assert np.max(np.abs(found)) < 0.15


def test_losses_over_a_wltc() -> None:
    """The ID.3 (1976 kg, c_w A 0.638 m2, c_r 0.009, wheel radius 0.347 m) over WLTC class 3b at 50 degC.

    The map loses 0.139 kWh, 97.2 % traction efficiency. Found: 0.099 kWh and 98.0 % by physics alone, 0.128 kWh and
    97.4 % with the drag of the map. The figures of the table are joined as friction torque, held below 85 rpm.
    """
    cycle = legal("WLTC-3b")
    v, dv, dt = (cycle.speed[1:] + cycle.speed[:-1]) / 2, np.diff(cycle.speed), np.diff(cycle.time)
    force = np.where(v > 0, 1976 * (dv / dt + 9.81 * 0.009) + 0.5 * 1.2 * 0.267 * 2.39 * v**2, 0.0)
    tau, w = 0.34685 * force, v / 0.34685
    torque, speed, loss = at_50()
    axes = np.unique(torque), np.unique(speed) * RPM
    drag = (loss / (speed * RPM)).reshape(axes[0].size, axes[1].size)  # rows of the table rise in torque, then speed
    joined = RegularGridInterpolator(axes, drag)(np.stack([tau, np.maximum(w, axes[1][0])], axis=-1)) * w
    known = replace(ID3, drag=Drag(at_25=0.25, at_50=0.24, at_90=0.20))

    def energy(power: Array) -> float:
        return float(np.sum(power * dt) / 3.6e6)

    out = energy(np.where(force > 0, tau * w, 0.0))
    found = {}
    for name, power in (
        ("WTplus", joined),
        ("physics", losses(ID3, tau, w, 323.15).total),
        ("drag", losses(known, tau, w, 323.15).total),
    ):
        driven = out / (out + energy(np.where(force > 0, power, 0.0)))
        found[name] = (energy(power), driven)
        print(f"\n{name}: {found[name][0]:.4f} kWh, {100 * driven:.2f} %", end="")
    assert found["WTplus"] == pytest.approx((0.139, 0.972), abs=1e-3)
    assert found["physics"] == pytest.approx((0.099, 0.980), abs=1e-3)
    assert found["drag"] == pytest.approx((0.1285, 0.9742), abs=1e-3)


def test_drag_torque_of_the_map_at_the_input_shaft() -> None:
    """0.24 to 0.32 Nm by WTplus from 10 to 1510 rpm at 20 Nm; by physics alone 0.08 to 0.15 Nm without load."""
    found = drag_torque(ID3, np.array([10.0, 1510.0]) * RPM * ratio(ID3), 323.15)
    assert 0.07 < found[0] < 0.10
    assert 0.11 < found[1] < 0.16


def test_shafts_by_rule() -> None:
    """Shafts of the ID.3 as the tool's own rule gives them: 27.2, 39.1, 48.8 mm for 310 Nm."""
    assert shaft_diameters(ID3) == pytest.approx((27.2e-3, 39.1e-3, 48.8e-3), abs=0.1e-3)


def test_geometry_and_loss_factor_of_the_test_gears() -> None:
    """GEARpie prints three to four digits: centre distance, tip radii, contact ratios, H_v of Ohlendorf."""
    spur, helical = teeth("C14", C14), teeth("H501", H501)
    assert 1e3 * spur.a == pytest.approx(91.5, abs=0.05)
    assert (500 * spur.d_a1, 500 * spur.d_a2) == pytest.approx((41.228, 59.182), abs=1e-3)
    assert (500 * helical.d_a1, 500 * helical.d_a2) == pytest.approx((40.336, 58.132), abs=1e-3)
    assert (spur.eps_alpha, helical.eps_alpha, helical.eps_beta) == pytest.approx((1.44, 1.46, 0.54), abs=5e-3)
    assert (spur.h_v, helical.h_v) == pytest.approx((0.1950, 0.1639), abs=5e-5)


def test_friction_of_the_test_gears() -> None:
    """Schlenk's friction at 200 Nm and 1500 rpm, R_a 0.6 um: 0.0483 (X_L 0.85, 46.23 mPa s), 0.0353 (0.65, 16.84).

    The report rounds to 5e-5; of helical teeth it takes the radius of curvature in the transverse section, ours is the
    normal one: cos(beta_b)^0.2 or 0.6 % less friction.
    """
    for gear, load, eta, x_l, printed in ((C14, 5912.1, 46.23, 0.85, 0.0483), (H501, 5898.4, 16.84, 0.65, 0.0353)):
        t = teeth("gear", gear)
        rolling = 2 * 1500 * RPM * t.d_w1 / 2 * np.sin(t.alpha_wt)
        k_mu = 0.048 * x_l * 0.6**0.25 * (1e3 * t.rho_red) ** -0.2
        assert friction(load / (1e3 * t.b), rolling, eta, k_mu) == pytest.approx(
            printed * np.cos(t.beta_b) ** 0.2, abs=6e-5
        )


def test_load_capacity_of_the_helical_test_gear() -> None:
    """H501 at 200 Nm: stresses in MPa and factors as printed, each to its last digit; fillet 0.3 as used there."""
    t, f_t = teeth("H501", H501), 5464.5
    assert 1e-6 * contact_stress(t, f_t) == pytest.approx(887.09, abs=0.06)  # its Z_E is 189.812
    assert (single_contact(t, True), single_contact(t, False)) == pytest.approx((1092.42 / 1069.87, 1.0), abs=1e-4)
    assert film_factors(t, 5.75, 67.48, 4.8e-6, 1500e6) == pytest.approx(1341.56 / 1500, rel=1e-3)
    assert root_form(t, True, 0.3)[:2] == pytest.approx((1.479, 2.047), abs=6e-4)
    assert root_form(t, False, 0.3)[:2] == pytest.approx((1.490, 2.036), abs=6e-4)
    assert helix_factor(t) == pytest.approx(0.932, abs=5e-4)
    assert [1e-6 * sigma for sigma in root_stresses(t, f_t, 0.3) if sigma] == pytest.approx([191.60, 192.03], abs=0.01)


def test_gears_sized_for_the_id3_against_its_teardown() -> None:
    """310 Nm and 11.53 with the split of the car, 68/23: tip circles of the wheels, widths (A2Mac1 through TUMFTM).

    Found: 115 for 135 mm and 214 for 217 mm; 35.4 for 32 to 35 mm and 49.8 for 45 to 49 mm. 16 % is the first wheel:
    the rule makes every stage as small as pitting allows, the car has to bring the axle past its motor.
    """
    drawn = size(310.0, 11.53, SizeSettings(first_ratio=68 / 23))
    tips = [1e3 * t.d_a2 for t in meshes(drawn)]
    print(f"\ntip circles {tips[0]:.1f} (135), {tips[1]:.1f} (217) mm")
    print("widths", *(f"{1e3 * stage.width:.1f}" for stage in drawn.stages), "(32 to 35, 45 to 49) mm")
    assert tips[0] / 135 == pytest.approx(1.0, abs=0.16)
    assert tips[1] / 217 == pytest.approx(1.0, abs=0.03)
    for stage, (low, high) in zip(drawn.stages, ((32, 35), (45, 49)), strict=True):
        assert 0.97 * low < 1e3 * stage.width < 1.03 * high
