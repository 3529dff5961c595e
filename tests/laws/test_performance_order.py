"""What full-load performance cannot do otherwise."""

from dataclasses import replace
from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.numerics.rows import Here, Threads
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.performance import PerformanceSettings, perform
from coaxle.vehicle.powertrain import Alternator, Bev, Charger, Ice, Idling, Regeneration, Transmission, Vehicle

MEASURED = Origin(method="measured", source="made up")
FAST = PerformanceSettings(step=0.02)
FIGURES = ("zero_to_100", "eighty_to_120", "top_speed", "gradeability")
SHARES = st.floats(0.0, 1.0)


def changed(made, **fields):
    return replace(made, **fields)


@st.composite
def bodies(draw):
    return Body(
        mass=draw(st.floats(1200, 3000)),
        road_load=Coastdown(kind="coastdown", f0=draw(st.floats(80, 250)), f1=draw(st.floats(0, 3)), f2=0.4),
        wheel_radius=draw(st.floats(0.3, 0.39)),
        rotating_share=draw(st.floats(0, 0.05)),
        front_load=draw(st.floats(0.4, 0.6)),
        wheelbase=2.8,
        centre_height=draw(st.floats(0.5, 0.7)),
        grip=draw(st.floats(0.3, 1.2)),
        source="made up",
    )


def unit(peak, power, top=140.0):
    speed, torque = np.linspace(0, top, 29), np.linspace(-peak, peak, 21)
    reach = np.minimum(peak, power / np.maximum(speed, 1e-9))[None, :]
    loss = 200 + 5 * speed[None, :, None] + 1e-3 * torque[None, None, :] ** 2
    return EduMap(
        name="unit",
        voltage=np.array([380.0]),
        speed=speed,
        torque=torque,
        loss=loss,
        torque_max=reach,
        torque_min=-reach,
        torque_continuous=reach,
        mass=90,
        inertia=2.0,
        cost=None,
        origin=MEASURED,
    )


@st.composite
def electric(draw):
    units = [unit(draw(st.floats(1500, 5000)), draw(st.floats(60e3, 250e3))) for _ in range(2)]
    which = draw(st.sampled_from([(True, False), (False, True), (True, True)]))
    store = BatteryMap(
        name="pack",
        soc=np.linspace(0, 1, 5),
        voltage=np.linspace(320, 400, 5),
        resistance=np.full(5, draw(st.floats(0.02, 0.15))),
        power_max=np.full(5, draw(st.floats(80e3, 500e3))),
        power_min=np.full(5, -1e5),
        charge=8e5,
        soc_max=1.0,
        soc_min=0.0,
        mass=500,
        cost=None,
        origin=MEASURED,
    )
    powertrain = Bev(
        battery=store,
        charger=Charger(power=11e3, efficiency=0.9),
        regeneration=Regeneration(max_deceleration=3, blend_from=4, blend_to=2),
        auxiliaries=400.0,
        front=units[0] if which[0] else None,
        rear=units[1] if which[1] else None,
        front_share=draw(st.none() | st.floats(0.3, 0.7)) if all(which) else None,
    )
    body = draw(bodies())
    return Vehicle(name="electric", body=body, powertrain=powertrain, mass=body.mass)


@st.composite
def combustion(draw):
    speed, torque = np.linspace(80, 650, 30), draw(st.floats(180, 600))
    engine = EngineMap(
        name="engine",
        fuel_kind=Fuel(kind="petrol", heating_value=43e6, density=745, co2=3.1, source="x"),
        speed=speed,
        torque=np.linspace(0, torque, 5),
        fuel=np.full((30, 5), 1e-3),
        torque_max=torque * np.interp(speed, [80, 160, 450, 650], [0.5, 1, 1, 0.6]),
        torque_drag=np.full(30, -20.0),
        idle_speed=85.0,
        displacement=2e-3,
        cold_friction=1.3,
        warm_up_energy=1e6,
        inertia=draw(st.floats(0.1, 0.4)),
        mass=150,
        cost=None,
        origin=MEASURED,
    )
    launch = draw(st.sampled_from(["converter", "clutch"]))
    box = Transmission(
        launch=launch,
        ratios=(4.7, 3.1, 2.1, 1.67, 1.29, 1.0),
        mesh=0.03,
        drag=6.0,
        cold_drag=2.0,
        standstill_drag=8.0,
        stall_ratio=draw(st.floats(1.5, 2.2)) if launch == "converter" else 1.0,
        coupling=0.87,
        launch_speed=draw(st.floats(120, 250)),
        lugging_speed=110,
        overrun_speed=100,
        torque_reserve=0.1,
        shift_hold=2.0,
        max_torque=700,
        mass=80,
        source="x",
    )
    powertrain = Ice(
        engine=engine,
        transmission=box,
        axle_ratio=draw(st.floats(2.6, 4.0)),
        axle_loss=0.02,
        driven=draw(st.sampled_from(["front", "rear", "all"])),
        auxiliaries=500.0,
        alternator=Alternator(power=2e3, efficiency=0.7, content=1e5, round_trip=0.8),
        idling=Idling(cold_rise=0, stop_warmth=1, stop_delay=1, restart=1),
        stop_start=True,
        recuperation=False,
    )
    body = draw(bodies())
    return Vehicle(name="combustion", body=body, powertrain=powertrain, mass=body.mass)


def peak_power(speed, torque):
    """Return the largest power between nodes too, where torque is linear and power is not."""
    fine = np.linspace(speed[0], speed[-1], 20001)
    return float(np.max(fine * np.interp(fine, speed, torque))) * (1 + 1e-6)


def can(vehicle, how=FAST):
    found = perform([vehicle], how, Here())
    return {figure: float(getattr(found, figure)[0]) for figure in FIGURES}


def not_worse(better, worse, slack=0.0):
    """Check that no figure of ``better`` is worse; a time not reached is the longest, a speed not reached none."""
    for figure in ("zero_to_100", "eighty_to_120"):
        assert np.nan_to_num(better[figure], nan=np.inf) <= np.nan_to_num(worse[figure], nan=np.inf) + slack, figure
    for figure in ("top_speed", "gradeability"):
        assert np.nan_to_num(better[figure]) >= np.nan_to_num(worse[figure]) * (1 - 1e-9), figure


@settings(max_examples=25, deadline=None)
@given(vehicles=st.lists(electric() | combustion(), min_size=2, max_size=5))
def test_many_rows_are_as_many_single_rows(vehicles):
    together = perform(vehicles, FAST, Threads(workers=2, chunk=1))
    for n, vehicle in enumerate(vehicles):
        alone = can(vehicle)
        for figure in FIGURES:
            assert np.array_equal(alone[figure], getattr(together, figure)[n], equal_nan=True)
    assert together.names == tuple(vehicle.name for vehicle in vehicles)


@settings(max_examples=60, deadline=None)
@given(vehicle=electric() | combustion(), more=st.floats(1.01, 1.5))
def test_more_mass_is_never_better(vehicle, more):
    # tyres left aside: on them a heavier car is a little quicker, what turns in its units being the same
    vehicle = changed(vehicle, body=changed(vehicle.body, grip=20.0, centre_height=0.01))
    # a gear changes at the beginning of a step: that can cost a heavy car less than a light one, by some of a step
    not_worse(can(vehicle), can(changed(vehicle, mass=vehicle.mass * more)), slack=FAST.step)


@settings(max_examples=60, deadline=None)
@given(vehicle=electric() | combustion(), more=st.floats(1.01, 1.5))
def test_more_grip_is_never_worse(vehicle, more):
    gripping = changed(vehicle, body=changed(vehicle.body, grip=vehicle.body.grip * more))
    not_worse(can(gripping), can(vehicle), slack=FAST.step)


@settings(max_examples=40, deadline=None)
@given(vehicle=electric(), more=st.floats(1.05, 2.0))
def test_more_battery_power_is_never_worse(vehicle, more):
    p = vehicle.powertrain
    store = changed(p.battery, power_max=p.battery.power_max * more, resistance=p.battery.resistance / more)
    not_worse(can(changed(vehicle, powertrain=changed(p, battery=store))), can(vehicle), slack=1e-6)


@settings(max_examples=40, deadline=None)
@given(vehicle=electric() | combustion(), later=st.floats(1.1, 4.0))
def test_slower_torque_is_never_faster(vehicle, later):
    slow = PerformanceSettings(
        step=0.02, machine_time=0.1 * later, throttle_time=0.1 * later, boost_time=0.5 * later, kick_down=0.3 * later
    )
    not_worse(can(vehicle), can(vehicle, slow), slack=FAST.step)


@settings(max_examples=40, deadline=None)
@given(vehicle=electric() | combustion())
def test_no_car_beats_its_tyres_or_its_power(vehicle):
    found, body = can(vehicle), vehicle.body
    assert not found["gradeability"] > body.grip * (1 + 1e-9)
    assert not found["zero_to_100"] < 100 / 3.6 / (body.grip * 9.80665)
    if isinstance(vehicle.powertrain, Bev):
        p = vehicle.powertrain
        units = sum(peak_power(u.speed, u.torque_max[0]) for u in (p.front, p.rear) if u)
        most = min(units, float(p.battery.power_max.max()))
    else:
        most = peak_power(vehicle.powertrain.engine.speed, vehicle.powertrain.engine.torque_max)
    assert not found["zero_to_100"] < 0.5 * vehicle.mass * (100 / 3.6) ** 2 / most
    f0, f1, f2 = body.coefficients(vehicle.mass)
    v = found["top_speed"]
    assert not (f0 + f1 * v + f2 * v * v) * v > most * (1 + 1e-9)


def test_nothing_to_do_is_done():
    found = perform([], FAST, Here())
    assert found.names == ()
    assert found.top_speed.shape == (0,)


def test_settings_are_not_shared_between_technologies():
    """An electric car does not feel an engine's boost, nor an engine a machine's lag."""
    vehicle = Vehicle(
        name="e",
        body=Body(
            mass=2000.0,
            road_load=Coastdown(kind="coastdown", f0=100.0, f1=0.0, f2=0.4),
            wheel_radius=0.35,
            rotating_share=0.0,
            front_load=0.5,
            wheelbase=2.8,
            centre_height=0.5,
            grip=1.0,
            source="x",
        ),
        powertrain=Bev(
            battery=BatteryMap(
                name="pack",
                soc=np.linspace(0, 1, 2),
                voltage=np.full(2, 400.0),
                resistance=np.full(2, 0.05),
                power_max=np.full(2, 3e5),
                power_min=np.full(2, -1e5),
                charge=8e5,
                soc_max=1.0,
                soc_min=0.0,
                mass=500,
                cost=None,
                origin=MEASURED,
            ),
            charger=Charger(power=11e3, efficiency=0.9),
            regeneration=Regeneration(max_deceleration=3, blend_from=4, blend_to=2),
            auxiliaries=400.0,
            rear=unit(4000, 200e3),
        ),
        mass=2000.0,
    )
    slow_engine = PerformanceSettings(
        step=0.02, boost_time=3, throttle_time=3, shift_time=3, kick_down=3, unboosted_pressure=0, launch_rise=pi
    )
    assert can(vehicle, slow_engine) == pytest.approx(can(vehicle))
