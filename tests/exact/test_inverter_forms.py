"""The averages where algebra gives them, and the forms beside them."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest

from coaxle.design.inverter import (
    Curve,
    Foster,
    Points,
    capacitor_current,
    capacitor_load,
    dead_time_voltage,
    harmonic_content,
    losses,
    phase_voltage_limit,
    pulse_number,
    standstill,
    terms,
)
from coaxle.design.inverter.plecs import from_cauer
from coaxle.errors import InputError
from inverter_cases import energy, igbt, inverter, line, mosfet, without_rise

WARM = 448.15
EIGHT = 2e-5
"""Gauss's rule with eight angles takes sines to 1e-9; the curves stand on an even axis, straight between its nodes."""


def at(unit, part, i, M, cos_phi, u=400.0, f=0.0, coolant=WARM - 1e-9):
    points = Points(current=i, voltage=0.5 * M * u, cos_phi=cos_phi, dc_voltage=u, frequency=f, coolant=coolant)
    return losses(unit, part, points).checked()


@pytest.mark.parametrize(("M", "cos_phi"), [(0.2, 1.0), (0.7, -0.6), (1.0, 0.85)])
def test_conduction_of_straight_drops(M, cos_phi):
    """Graovac and Puerschel: V I (1/(2 pi) + M cos(phi)/8) + r I^2 (1/8 + M cos(phi)/(3 pi)), minus for the diode."""
    part = without_rise(igbt())
    loss = at(inverter(modulation="spwm"), part, 500.0, M, cos_phi)
    for got, v, r, sign in ((loss.conduction_switch, 0.75, 0.9e-3, 1), (loss.conduction_diode, 0.9, 0.75e-3, -1)):
        flat = v * 500 * (1 / (2 * pi) + sign * M * cos_phi / 8)
        square = r * 500**2 * (1 / 8 + sign * M * cos_phi / (3 * pi))
        assert got == pytest.approx(6 * (flat + square), rel=EIGHT)


def test_third_harmonic_of_space_vectors_moves_loss_between_switch_and_diode():
    """- r I^2 M_3 cos(3 phi) / (15 pi) each, with M_3 = 3 sqrt(3) M / (8 pi); 2e-4 of r I^2 / 8: the 9th as well."""
    part = without_rise(igbt(switch_drop=(line(WARM, 0.0, 1e-3),), diode_drop=(line(WARM, 0.0, 1e-3),)))
    for phi in (0.0, 0.4, 1.1):
        plain, vector = (at(inverter(modulation=m), part, 500.0, 0.9, np.cos(phi)) for m in ("spwm", "svpwm"))
        moved = -6 * 1e-3 * 500**2 * 0.9 * 3 * sqrt(3) / (8 * pi) * np.cos(3 * phi) / (15 * pi)
        assert vector.conduction_switch - plain.conduction_switch == pytest.approx(
            moved, abs=2e-4 * 6 * 1e-3 * 500**2 / 8
        )
        assert vector.total == pytest.approx(plain.total, rel=1e-12)


def test_switching_of_straight_energies():
    """Six times f_sw / pi (E_on + E_off) at the peak, and the exponents of the voltage."""
    straight = energy(WARM, 4e-5, 0.0)
    part = without_rise(igbt(on_energy=(straight,), off_energy=(straight,), recovery_energy=(straight,)))
    loss = at(inverter(), part, 500.0, 0.5, 0.9, u=400.0)
    assert loss.switching == pytest.approx(6 * 10e3 / pi * 2 * 4e-5 * 500, rel=EIGHT)
    assert loss.recovery == pytest.approx(6 * 10e3 / pi * 4e-5 * 500, rel=EIGHT)
    more = at(inverter(), part, 500.0, 0.5, 0.9, u=500.0)
    assert more.switching == pytest.approx(loss.switching * 1.25**1.35, rel=1e-12)
    assert more.recovery == pytest.approx(loss.recovery * 1.25**0.6, rel=1e-12)
    less = at(inverter(), part, 500.0, 0.5, 0.9, u=300.0)
    assert less.switching == pytest.approx(loss.switching * 0.75**1.35, rel=1e-12)


def test_switching_of_parabolic_energies():
    """The mean of sin^2 over a half wave is 1/2; 1e-3: a parabola in 60 straight pieces lies above itself."""
    part = without_rise(igbt(on_energy=(energy(WARM, 0.0, 1e-7),), off_energy=(energy(WARM, 1e-9, 0.0),)))
    loss = at(inverter(), part, 600.0, 0.5, 0.9)
    assert loss.switching == pytest.approx(6 * 10e3 / 4 * 1e-7 * 600**2, rel=1e-3)


def test_clamped_phases_save_half_of_switching_at_cos_phi_1():
    """Over the 60 deg around its peak a current's mean share is 1/2: sin from 60 to 120 deg integrates to 1 of 2."""
    straight = energy(WARM, 4e-5, 0.0)
    part = without_rise(igbt(on_energy=(straight,), off_energy=(straight,), recovery_energy=()))
    ratio = {
        phi: at(inverter(modulation="dpwm"), part, 500.0, 0.6, np.cos(phi)).switching
        / at(inverter(modulation="svpwm"), part, 500.0, 0.6, np.cos(phi)).switching
        for phi in (0.0, pi / 6, pi / 2)
    }
    assert ratio[0.0] == pytest.approx(0.5, rel=1e-4)
    assert ratio[pi / 6] == pytest.approx(1 - 0.5 * sqrt(3) / 2, rel=1e-4)
    assert ratio[pi / 2] == pytest.approx(sqrt(3) / 2, rel=1e-4)


def test_a_channel_loses_the_same_at_every_voltage_and_angle():
    """R I^2 / 2 a leg, and (2 / pi) I v 2 t_d f_sw more in the dead time."""
    part = without_rise(mosfet())
    for M, cos_phi in ((0.1, 1.0), (0.9, -0.5)):
        loss = at(inverter(), part, 300.0, M, cos_phi, u=600.0)
        channel = 3 * 4.7e-3 * 300**2 / 2
        assert loss.conduction_switch + loss.conduction_diode == pytest.approx(channel, rel=1e-6)
        diode = 3 * 2 * 1e-6 * 10e3 * (2.8 * 2 * 300 / pi + (3e-3 - 4.7e-3) * 300**2 / 2)
        assert loss.dead_time == pytest.approx(diode, rel=EIGHT)


def test_a_body_diode_that_does_not_share():
    """In a cascode the channel carries all of it: 4.7 mOhm at 700 A drop more than the threshold of 2.8 V."""
    shares, alone = (
        at(inverter(), without_rise(mosfet(diode_shares=s)), 700.0, 0.5, -0.9, u=600.0) for s in (True, False)
    )
    assert alone.conduction_switch + alone.conduction_diode == pytest.approx(3 * 4.7e-3 * 700**2 / 2, rel=1e-5)
    assert shares.conduction_diode < alone.conduction_diode


def test_junctions_solve_their_balance():
    """T_j = T_f + R P(T_j) with P straight between the two temperatures of the curves: a line meets a line."""
    part = igbt()
    cold, warm = (at(inverter(), without_rise(part), 400.0, 0.8, 0.9, coolant=t) for t in (298.15, WARM - 1e-9))
    loss = at(inverter(), part, 400.0, 0.8, 0.9, coolant=333.15)
    for tip, r, names in (
        (loss.junction_switch, 0.13, ("conduction_switch", "switching")),
        (loss.junction_diode, 0.18, ("conduction_diode", "recovery")),
    ):
        low, high = (sum(getattr(each, name) for name in names) / 6 for each in (cold, warm))
        slope = (high - low) / 150
        assert tip == pytest.approx((333.15 + r * (low - slope * 298.15)) / (1 - r * slope), rel=1e-9)
        for name in names:
            a, b = getattr(cold, name), getattr(warm, name)
            assert getattr(loss, name) == pytest.approx(a + (tip - 298.15) / 150 * (b - a), rel=1e-9)


def test_modules_share_the_current():
    one = at(inverter(parallel=1), igbt(), 300.0, 0.8, 0.9, coolant=333.15)
    two = at(inverter(parallel=2), igbt(), 600.0, 0.8, 0.9, coolant=333.15)
    assert two.total == pytest.approx(2 * one.total, rel=1e-12)
    assert two.junction_switch == pytest.approx(one.junction_switch, rel=1e-12)


def test_energies_between_two_voltages_follow_the_power_that_joins_them():
    low, high = (energy(WARM, 4e-5 * f, 0.0, u) for f, u in ((1.0, 400.0), (1.8, 600.0)))
    part = without_rise(igbt(on_energy=(low, high), off_energy=(low, high), recovery_energy=()))
    power = np.log(1.8) / np.log(1.5)
    base = at(inverter(), part, 500.0, 0.5, 0.9, u=400.0).switching
    assert at(inverter(), part, 500.0, 0.5, 0.9, u=500.0).switching == pytest.approx(base * 1.25**power, rel=1e-12)
    assert at(inverter(), part, 500.0, 0.5, 0.9, u=600.0).switching == pytest.approx(base * 1.8, rel=1e-12)
    assert at(inverter(), part, 500.0, 0.5, 0.9, u=700.0).switching == pytest.approx(
        base * 1.8 * (700 / 600) ** 1.35, rel=1e-12
    )


def test_energies_at_one_temperature_rise_with_their_coefficient():
    alone = energy(398.15, 4e-5, 0.0)
    part = without_rise(
        igbt(on_energy=(alone,), off_energy=(alone,), recovery_energy=(alone,), switch_temperature_coefficient=0.003)
    )
    cold, told = (at(inverter(), part, 500.0, 0.5, 0.9, coolant=t) for t in (348.15, 398.15))
    assert cold.switching == pytest.approx((1 - 0.15) * told.switching, rel=1e-9)
    assert cold.recovery == pytest.approx(told.recovery, rel=1e-9)


@pytest.mark.parametrize(("told", "power"), [((1.0, 2**0.7), 0.7), ((1.0, 1.05), 0.5), ((1.0, 8.0), 2.0)])
def test_an_energy_goes_to_nothing_as_its_first_points_say(told, power):
    """Of a curve from 100 A on, at a peak of 100 A: the mean of sin^p; 5e-3: 100 A are 19 straight pieces."""
    i = (100.0, 200.0, 1000.0)
    rising = Curve(temperature=WARM, voltage=400.0, current=i, value=(1e-2, 1e-2 * told[1], 0.1 * told[1]))
    part = without_rise(igbt(on_energy=(rising,), off_energy=(rising,), recovery_energy=()))
    x = (np.arange(20_000) + 0.5) * pi / 20_000
    loss = at(inverter(), part, 100.0, 0.5, 0.9)
    assert loss.switching == pytest.approx(6 * 10e3 / 2 * 2e-2 * np.mean(np.sin(x) ** power), rel=5e-3)


def test_six_step_turns_off_twice_a_turn():
    """Nothing is left but E_off at I sin(phi) of each switch once a turn, and conduction of a square wave."""
    part = without_rise(igbt())
    loss = at(inverter(overmodulation=True), part, 500.0, 4 / pi, 0.6, f=800.0)
    assert loss.switching == pytest.approx(6 * 800 * 6e-5 * 500 * 0.8, rel=EIGHT)
    assert loss.recovery == 0
    phi = np.arccos(0.6)
    x = np.linspace(0, pi, 20_001)
    on = np.sin(x + phi) > 0
    i = 500 * np.sin(x)
    turn = 6 * np.trapezoid(np.where(on, i * (0.75 + 0.9e-3 * i), 0.0), x) / (2 * pi)
    # 5e-3: of the square wave's harmonics the 11th and higher are left out
    assert loss.conduction_switch == pytest.approx(turn, rel=5e-3)


def test_reach_of_the_modulations():
    assert phase_voltage_limit(inverter(modulation="spwm", voltage_reserve=0.0), 400.0) == pytest.approx(200)
    assert phase_voltage_limit(inverter(voltage_reserve=0.0), 400.0) == pytest.approx(400 / sqrt(3))
    assert phase_voltage_limit(inverter(modulation="dpwm"), [400.0])[0] == pytest.approx(0.95 * 400 / sqrt(3))
    assert phase_voltage_limit(inverter(overmodulation=True, voltage_reserve=0.0), 400.0) == pytest.approx(800 / pi)


def test_dead_time_and_pulses():
    """A square wave of U_dc t_d f_sw; 10 kHz at 16 000 rpm of four pole pairs makes 9.4 pulses."""
    assert dead_time_voltage(inverter(), 400.0) == pytest.approx(4 / pi * 400 * 1e-6 * 10e3)
    assert pulse_number(inverter(), 16000 / 60 * 4) == pytest.approx(9.375)
    assert np.isinf(pulse_number(inverter(), 0.0))


def test_capacitor_current_at_its_worst():
    """Near M = 0.6, cos(phi) = 1: 2 M (5 sqrt(3) / (4 pi) - 9 M / 16) has its top at M = 10 sqrt(3) / (9 pi)."""
    top = 10 * sqrt(3) / (9 * pi)
    most = capacitor_current(sqrt(2), np.linspace(0.01, 1.15, 400), 1.0)
    assert most.max() == pytest.approx(sqrt(2 * top * (5 * sqrt(3) / (4 * pi) - 9 * top / 16)), rel=1e-4)
    assert most.max() == pytest.approx(0.65, abs=0.005)
    assert capacitor_load(inverter(capacitor_ripple=200.0), [50.0])[0] == 0.25
    with pytest.raises(InputError, match="capacitor_ripple"):
        capacitor_load(inverter(), 50.0)


def test_harmonics_of_six_step():
    """M_k = M / k: sqrt(sum 1/k^4) over 5, 7, 11, 13. Nothing in the linear range."""
    told = sqrt(sum(k**-4.0 for k in (5, 7, 11, 13)))
    assert harmonic_content("svpwm", np.array([4 / pi]))[0] == pytest.approx(told, rel=1e-3)
    assert harmonic_content("svpwm", np.array([0.0, 1.1]))[1] == 0


def test_a_standing_leg():
    """Half of the time each at its peak; the two other legs at half the current."""
    part = without_rise(igbt())
    held = standstill(inverter(), part, 400.0, 400.0, WARM - 1e-9)

    def leg(i):
        on, off = 3e-5 * i + 2.5e-8 * i**2, 6e-5 * i
        drops = 0.5 * i * (0.75 + 0.9e-3 * i + 0.9 + 0.75e-3 * i)
        return drops + 10e3 * (on + off + 5e-5 * i - 1e-8 * i**2)

    # 1e-3: parabolas in 60 straight pieces
    assert held.loss == pytest.approx(leg(400.0) + 2 * leg(200.0), rel=1e-3)


def test_a_standing_chip_warms_up_by_its_chain():
    """After 0.1 s the slow half of the chain has 1 - exp(-0.2) of its rise."""
    part = igbt(
        switch_drop=(line(WARM, 0.75, 0.9e-3),), diode_drop=(line(WARM, 0.9, 0.75e-3),),
        on_energy=(energy(WARM, 3e-5, 0.0),), off_energy=(energy(WARM, 6e-5, 0.0),), recovery_energy=(),
    )  # fmt: skip
    power = 0.5 * 300 * (0.75 + 0.9e-3 * 300) + 10e3 * 9e-5 * 300
    steady = standstill(inverter(), part, 300.0, 400.0, 333.15)
    assert steady.junction_switch == pytest.approx(333.15 + 0.13 * power, rel=1e-6)
    short = standstill(inverter(), part, 300.0, 400.0, 333.15, duration=0.1)
    rise = 0.05 * (1 - np.exp(-10)) + 0.08 * (1 - np.exp(-0.2))
    assert short.junction_switch == pytest.approx(333.15 + rise * power, rel=1e-6)


def test_a_ladder_warms_up_like_its_chain():
    """Two nodes by hand: r = 0.1 and 0.2 K/W, c = 1 and 2 J/K; then a stepped ladder, 1e-4 its step."""
    chain = from_cauer((0.1, 0.2), (1.0, 2.0))
    assert isinstance(chain, Foster)
    assert chain.total == pytest.approx(0.3, rel=1e-12)
    low, high = sorted(chain.time_constant)
    assert low * high == pytest.approx(0.1 * 1.0 * 0.2 * 2.0, rel=1e-12)
    assert low + high == pytest.approx(0.1 * 1.0 + 0.2 * 2.0 + 0.2 * 1.0, rel=1e-12)
    T = np.zeros(2)
    for _ in range(20_000):
        onward = (T[0] - T[1]) / 0.1
        T += 1e-5 * np.array([(1.0 - onward) / 1.0, (onward - T[1] / 0.2) / 2.0])
    rise = sum(r * (1 - np.exp(-0.2 / tau)) for r, tau in zip(chain.resistance, chain.time_constant, strict=True))
    assert T[0] == pytest.approx(rise, rel=1e-4)


def test_terms_of_a_device_that_is_a_parabola():
    """Straight drops and energies at one temperature, and a voltage and angle at which nothing moves: an exact fit."""
    part = without_rise(
        igbt(
            switch_drop=(line(WARM, 0.8, 1e-3),), diode_drop=(line(WARM, 0.8, 1e-3),),
            on_energy=(energy(WARM, 3e-5, 0.0),), off_energy=(energy(WARM, 6e-5, 0.0),), recovery_energy=(),
        )
    )  # fmt: skip
    found = terms(inverter(standby=25.0), part, [300.0, 400.0])
    assert found.constant == pytest.approx([25, 25], rel=1e-6)
    assert found.square == pytest.approx([3 * 1e-3 / 2] * 2, rel=1e-5)
    assert found.linear[1] == pytest.approx(3 * 0.8 * 2 / pi + 6 * 10e3 / pi * 9e-5, rel=1e-5)
    assert np.all(found.error < 1e-5)
    assert found.phase_voltage == pytest.approx(0.95 * np.array([300.0, 400.0]) / sqrt(3))
    assert found.loss(100.0) == pytest.approx(found.constant + 100 * found.linear + 1e4 * found.square)
