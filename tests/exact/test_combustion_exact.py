"""Combustion cars whose fuel can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from coaxle.numerics.rows import Here
from coaxle.vehicle.body import Coastdown
from coaxle.vehicle.combustion import drive_combustion, trace_combustion
from coaxle.vehicle.powertrain import Alternator, Idling, Vehicle
from coaxle.vehicle.runs import Ended, Runs
from coaxle.vehicle.settings import DriveSettings
from combustion_cases import PETROL, RPM, body, car, cycle, engine, transmission

WARM, COLD = DriveSettings(warmth=1.0), DriveSettings(warmth=0.0)
G = 9.80665


def plain_engine(**changes: object) -> object:
    """Return an engine whose map is bilinear, so that look-ups are exact: kg/s = a + b w + c T + d w T."""
    base = engine(torque=400.0, holes=False)
    w, torque = base.speed[:, None], base.torque[None, :]
    fields = {"fuel": 2e-5 + 9e-7 * w + 1e-7 * torque + 5.6e-8 * w * torque, "torque_max": np.full(w.size, 400.0)}
    return replace(base, torque_drag=-(15.0 + 0.05 * base.speed), **(fields | changes))


def plain_rate(w: float, torque: float) -> float:
    return 2e-5 + 9e-7 * w + 1e-7 * torque + 5.6e-8 * w * torque


def drive(vehicle: Vehicle, trail: object, state: DriveSettings = WARM) -> Runs:
    return drive_combustion([vehicle], trail, state, Here())  # type: ignore[arg-type]


@pytest.mark.parametrize(("v", "gear", "ratio"), [(6.0, 2, 3.2), (13.0, 5, 1.313), (20.0, 7, 0.823), (33.0, 8, 0.64)])
def test_steady_cruise_burns_what_the_map_says_at_the_torque_found_by_hand(v: float, gear: int, ratio: float) -> None:
    vehicle = car(engine=plain_engine(), stop_start=False, recuperation=False)
    trail = cycle(np.full(101, v))
    w = v * ratio * 2.81 / 0.32
    assert w >= 1150 * RPM
    p_wheel = (200.0 + 0.5 * v + 0.42 * v * v) * v
    torque = p_wheel / (1 - 0.03) / (1 - 0.02) / w + 4.0 + 350.0 / 0.7 / w
    runs, trace = drive(vehicle, trail), trace_combustion(vehicle, trail, WARM)
    assert set(trace.gear) == {gear}
    # the lowest engine speed that does not lug burns least with this map
    assert v * (0.64, 0.64, 0.823, 1.0, 1.313, 1.72, 2.143, 3.2, 5.0)[8 - gear] * 2.81 / 0.32 < 1150 * RPM or gear == 8
    assert runs.fuel[0, 0] == pytest.approx(100 * plain_rate(w, torque), rel=1e-12)
    assert trace.unit_torque[0, 0] == pytest.approx(torque, rel=1e-12)
    assert runs.fuel_volume[0, 0] == pytest.approx(runs.fuel[0, 0] / 740.0, rel=1e-15)
    assert runs.co2[0, 0] == pytest.approx(runs.fuel[0, 0] * 3.17, rel=1e-15)
    assert runs.total("transmission")[0] == pytest.approx(100 * (p_wheel / 0.97 / 0.98 - p_wheel + 4.0 * w), rel=1e-12)


def test_acceleration_carries_the_engine_along() -> None:
    """One gear, no losses, no load: the engine gives m a v at the wheels and J dw/dt to itself."""
    shell = body(road_load=Coastdown(kind="coastdown", f0=0.0, f1=0.0, f2=0.0), rotating_share=0.04)
    gearbox = transmission(ratios=(1.0,), mesh=0.0, drag=0.0)
    vehicle = car(
        shell=shell, engine=plain_engine(), transmission=gearbox, axle_loss=0.0, auxiliaries=0.0, stop_start=False
    )
    trail = cycle(20.0 + 0.5 * np.arange(11))
    trace = trace_combustion(vehicle, trail, WARM)
    k = 2.81 / 0.32
    v = 20.25 + 0.5 * np.arange(10)
    torque = 1800 * 1.04 * 0.5 / k + 0.18 * k * 0.5
    assert np.allclose(trace.unit_torque[:, 0], torque, rtol=1e-12)
    assert np.allclose(trace.wheel_power, 1800 * 1.04 * 0.5 * v, rtol=1e-12)
    assert np.allclose(trace.source_power, PETROL.heating_value * plain_rate(k * v, torque), rtol=1e-12)


def test_idling_burns_the_map_at_the_torque_of_converter_and_alternator() -> None:
    vehicle = car(engine=plain_engine(), stop_start=False)
    runs = drive(vehicle, cycle(np.zeros(61)))
    w = 750 * RPM
    rate = plain_rate(w, 9.0 + 350.0 / 0.7 / w)
    assert runs.fuel[0, 0] == pytest.approx(60 * rate, rel=1e-12)
    assert runs.total("transmission")[0] == pytest.approx(60 * 9.0 * w, rel=1e-12)
    assert runs.total("auxiliaries")[0] == pytest.approx(60 * 350.0, rel=1e-12)
    assert runs.total("idle")[0] == pytest.approx(60 * (rate * PETROL.heating_value - 9.0 * w - 350.0), rel=1e-9)
    assert runs.total("unit")[0] == pytest.approx(0.0, abs=1e-6)


def test_a_cold_engine_at_idle_follows_the_warm_up_equation() -> None:
    """Against the differential equation dE/dt = fuel power(E), w = 1 - exp(-E / W)."""
    idling = Idling(cold_rise=300 * RPM, stop_warmth=1.0, stop_delay=1.0, restart=0.0)
    m = plain_engine()
    vehicle = car(engine=m, stop_start=False, idling=idling)
    trail = cycle(np.zeros(1201))

    def power(_: float, burnt: np.ndarray) -> np.ndarray:
        cold = np.exp(-burnt / 8e6)
        w = (750 + 300 * cold) * RPM
        torque = 9.0 + 350.0 / 0.7 / w + 0.8 * cold * (15.0 + 0.05 * w)
        return PETROL.heating_value * plain_rate(w, torque)

    exact = solve_ivp(power, (0, 1200), [0.0], rtol=1e-10, atol=1.0, t_eval=np.arange(0, 1201, 100))
    trace = trace_combustion(vehicle, trail, COLD)
    burnt = np.concatenate(([0.0], np.cumsum(trace.source_power)))[::100]
    # the warm-up is taken in 64 stages, each at its middle: second order, of which this is the first neglected term
    assert np.allclose(burnt[1:], exact.y[0, 1:], rtol=5e-4)
    assert np.allclose(trace.warmth[::100], 1 - np.exp(-exact.y[0] / 8e6), atol=5e-4)


def test_the_engine_stops_after_the_delay_and_pays_for_restarting() -> None:
    idling = Idling(cold_rise=0.0, stop_warmth=0.5, stop_delay=3.0, restart=4.0)
    vehicle = car(engine=plain_engine(), idling=idling, recuperation=False)
    trail = cycle(np.concatenate([np.zeros(21), [1.0]]))
    trace, runs = trace_combustion(vehicle, trail, WARM), drive(vehicle, trail)
    w = 750 * RPM
    idle = plain_rate(w, 9.0 + 350.0 / 0.7 / w) * PETROL.heating_value
    assert np.allclose(trace.source_power[:3], idle, rtol=1e-12)
    assert np.all(trace.source_power[3:20] == 0.0)
    assert np.all(trace.unit_speed[3:20] == 0.0)
    # 17 s without the alternator are owed and paid back at its full power, 2 kW, as soon as the car drives
    made = 2000.0
    moving = trace.source_power[20] - 4.0 * idle
    assert runs.total("storage")[0] == pytest.approx(-17 * 350.0 + (made - 350.0), rel=1e-12)
    # launching: the converter with the engine at 1500 rpm
    v, w_t = 0.5, 0.5 * 5.0 * 2.81 / 0.32
    nu = w_t / (1500 * RPM)
    force = 1800 * 1.03 * 1.0 + 200.0 + 0.5 * v + 0.42 / 3
    turbine = force * v / 0.97 / 0.98 / w_t + 4.0
    torque = turbine / (2.0 - nu / 0.87) + made / 0.7 / (1500 * RPM)
    assert moving == pytest.approx(PETROL.heating_value * plain_rate(1500 * RPM, torque), rel=1e-9)
    # and a cold engine does not stop
    assert np.all(trace_combustion(vehicle, trail, COLD).source_power > 0)


def test_braking_fills_the_store_up_to_its_content_and_traction_empties_it() -> None:
    alternator = Alternator(power=3000.0, efficiency=0.8, content=20e3, round_trip=0.9)
    vehicle = car(engine=plain_engine(), alternator=alternator, stop_start=False)
    brake = np.linspace(30.0, 12.0, 19)
    trail = cycle(np.concatenate([brake, np.full(80, 12.0)]), phases=1)
    trace, runs = trace_combustion(vehicle, trail, WARM), drive(vehicle, trail)
    # 3 kW less the 350 W of the auxiliaries, times 0.9, until 20 kJ are full after 8.4 s; then 20 kJ at 350 W
    given = 20e3 / 0.9
    assert runs.total("storage")[0] == pytest.approx(given - 20e3, rel=1e-9)
    w = trace.unit_speed[20, 0]
    quiet = trace.source_power[18:] < trace.source_power[-1] * (1 - 1e-9)
    assert quiet.sum() == pytest.approx(20e3 / 350.0, abs=1.0)
    saved = trace.source_power[-1] - trace.source_power[20]
    slope = 1e-7 + 5.6e-8 * w
    assert saved == pytest.approx(PETROL.heating_value * slope * 350.0 / 0.8 / w, rel=1e-9)


def test_full_throttle_reaches_the_speed_of_newtons_law_and_says_by_how_much_it_misses() -> None:
    """One gear, a constant torque, no losses: m dv/dt + J k^2 dv/dt = T k, from 20 m/s, where 40 m/s are wanted."""
    shell = body(road_load=Coastdown(kind="coastdown", f0=0.0, f1=0.0, f2=0.0), rotating_share=0.0)
    gearbox = transmission(ratios=(1.0,), mesh=0.0, drag=0.0)
    m = plain_engine(torque_max=np.full(40, 200.0))
    vehicle = car(shell=shell, engine=m, transmission=gearbox, axle_loss=0.0, auxiliaries=0.0, stop_start=False)
    trail = cycle([20.0, 40.0, 40.0, 40.0, 20.5])
    trace, runs = trace_combustion(vehicle, trail, WARM), drive(vehicle, trail)
    k = 2.81 / 0.32
    a = 200.0 * k / (1800.0 + 0.18 * k * k)
    assert np.allclose(trace.speed[:4], 20.0 + a * np.arange(4), rtol=1e-12)
    assert trace.speed[4] == 20.5
    assert runs.ended[0] == Ended.SLOW
    assert runs.miss_speed[0] == pytest.approx(20.0 - a, rel=1e-12)
    assert (runs.miss_first[0], runs.miss_time[0]) == (0.0, 3.0)
    assert runs.miss_power[0] == pytest.approx(1800 * 20.0 * 30.0 - 1800 * a * (20.0 + a / 2), rel=1e-9)


def test_gears_end_at_the_lugging_speed_and_at_the_torque_reserve() -> None:
    """In eighth gear the engine turns 1150 rpm at 21.43 m/s; 90 % of 100 Nm may be used there, all of it if needed."""
    m = plain_engine(torque_max=np.full(40, 100.0))
    lug = 1150 * RPM * 0.32 / 2.81 / 0.64
    vehicle = car(engine=m, stop_start=False, auxiliaries=0.0)

    def gear(v: float, force: float, which: Vehicle = vehicle) -> int:
        shell = body(road_load=Coastdown(kind="coastdown", f0=force, f1=0.0, f2=0.0))
        return int(trace_combustion(replace(which, body=shell), cycle([v, v]), WARM).gear[0])

    assert (gear(lug * 1.001, 100.0), gear(lug * 0.999, 100.0)) == (8, 7)
    k = 0.64 * 2.81 / 0.32
    at_reserve = (90.0 - 4.0) * k * 0.97 * 0.98
    assert (gear(lug * 1.001, at_reserve * 0.999), gear(lug * 1.001, at_reserve * 1.001)) == (8, 7)
    only = car(engine=m, stop_start=False, auxiliaries=0.0, transmission=transmission(ratios=(0.64,)))
    assert gear(lug * 1.001, at_reserve * 1.05, only) == 1
    run = drive(
        replace(only, body=body(road_load=Coastdown(kind="coastdown", f0=at_reserve * 1.05, f1=0, f2=0))),
        cycle([lug * 1.001] * 2),
    )
    assert run.ended[0] == Ended.OK


def test_a_gear_is_held_for_the_hold_time() -> None:
    """Pulling away gently, gears are due as soon as they do not lug, at 8.0, 10.4, 13.7, 16.7 and 21.4 m/s."""
    speed = 7.6 + 0.6 * np.arange(26)
    mean = 0.5 * (speed[1:] + speed[:-1])
    due = np.array([np.sum(mean * ratio * 2.81 / 0.32 >= 1150 * RPM) for ratio in transmission().ratios])
    for hold, least in ((0.0, 1), (8.0, 8)):
        vehicle = car(engine=plain_engine(), transmission=transmission(shift_hold=hold), stop_start=False)
        gear = trace_combustion(vehicle, cycle(speed), WARM).gear
        changes = np.flatnonzero(np.diff(gear))
        assert np.all(np.diff(changes) >= least)
        assert [int(np.sum(gear >= k + 1)) for k in range(8)] == due.tolist() or hold > 0
    # the gear of the first second is held for 8 s, and so is the next one
    assert changes.tolist() == [7, 15, 23]


def test_fuel_returns_and_the_launch_device_opens_below_the_overrun_speed() -> None:
    trace = trace_combustion(car(engine=plain_engine(), stop_start=False), cycle(np.linspace(10, 0, 11)), WARM)
    lowest = 1000 * RPM * 0.32 / 2.81 / 5.0
    mean = 0.5 * (trace.speed[1:] + trace.speed[:-1])
    assert np.all(trace.source_power[mean > lowest] == 0.0)
    assert np.all(trace.source_power[mean < lowest] > 0.0)
    assert np.allclose(trace.unit_speed[mean < lowest, 0], 750 * RPM)
    assert np.allclose(trace.brake_power[mean < lowest], -trace.wheel_power[mean < lowest])


def test_light_overrun_burns_on_the_line_between_no_torque_and_drag() -> None:
    """Down a slope that is too gentle to do without fuel, in the only gear."""
    gearbox = transmission(ratios=(1.0,), mesh=0.0, drag=0.0)
    vehicle = car(
        engine=plain_engine(),
        transmission=gearbox,
        axle_loss=0.0,
        auxiliaries=0.0,
        stop_start=False,
        recuperation=False,
    )
    v = 25.0
    w = v * 2.81 / 0.32
    drag = 15.0 + 0.05 * w
    load = 200.0 + 0.5 * v + 0.42 * v * v
    for part in (0.25, 0.5, 0.999, 1.001, 1.5):
        force = -part * drag * w / v
        grade = np.tan(np.arcsin((force - load) / (1800 * G)))
        runs = drive(vehicle, cycle([v, v], grade=grade))
        assert runs.fuel[0, 0] == pytest.approx(max(0.0, 1 - part) * plain_rate(w, 0.0), rel=1e-9, abs=1e-15)
        assert runs.total("brake")[0] == pytest.approx(max(0.0, part - 1) * drag * w, rel=1e-9, abs=1e-6)
