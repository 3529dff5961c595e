"""Cars that cannot be accelerated at all: the message names the car and what is wanted."""

from dataclasses import replace

import numpy as np
import pytest

from coaxle.errors import UseError
from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.numerics.rows import Here
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.performance import PerformanceSettings, perform
from coaxle.vehicle.powertrain import Alternator, Bev, Charger, Ice, Idling, Regeneration, Transmission, Vehicle

MEASURED = Origin(method="measured", source="made up")
BODY = Body(
    mass=2000.0,
    road_load=Coastdown(kind="coastdown", f0=100.0, f1=0.0, f2=0.4),
    wheel_radius=0.35,
    rotating_share=0.03,
    front_load=0.5,
    wheelbase=2.8,
    centre_height=0.5,
    grip=1.0,
    source="x",
)
UNIT = EduMap(
    name="unit",
    voltage=np.linspace(300, 420, 3),
    speed=np.linspace(0, 150, 4),
    torque=np.linspace(-3000, 3000, 5),
    loss=np.full((3, 4, 5), 100.0),
    torque_max=np.full((3, 4), 3000.0),
    torque_min=np.full((3, 4), -3000.0),
    torque_continuous=np.full((3, 4), 1000.0),
    mass=90,
    inertia=2,
    cost=None,
    origin=MEASURED,
)
STORE = BatteryMap(
    name="pack",
    soc=np.linspace(0, 1, 3),
    voltage=np.array([300.0, 350.0, 440.0]),
    resistance=np.full(3, 0.05),
    power_max=np.full(3, 3e5),
    power_min=np.full(3, -1e5),
    charge=8e5,
    soc_max=0.7,
    soc_min=0.0,
    mass=500,
    cost=None,
    origin=MEASURED,
)
BEV = Bev(
    battery=STORE,
    charger=Charger(power=11e3, efficiency=0.9),
    regeneration=Regeneration(max_deceleration=3, blend_from=4, blend_to=2),
    auxiliaries=500.0,
    rear=UNIT,
)
ICE = Ice(
    engine=EngineMap(
        name="four",
        fuel_kind=Fuel(kind="petrol", heating_value=43e6, density=745, co2=3.1, source="x"),
        speed=np.linspace(80, 650, 4),
        torque=np.linspace(0, 300, 4),
        fuel=np.full((4, 4), 1e-3),
        torque_max=np.full(4, 300.0),
        torque_drag=np.full(4, -20.0),
        idle_speed=80.0,
        displacement=2e-3,
        cold_friction=1.3,
        warm_up_energy=1e6,
        inertia=0.2,
        mass=150,
        cost=None,
        origin=MEASURED,
    ),
    transmission=Transmission(
        launch="converter",
        ratios=(4.7, 3.1, 2.1),
        mesh=0.03,
        drag=6.0,
        cold_drag=2.0,
        standstill_drag=8.0,
        stall_ratio=2.0,
        coupling=0.87,
        launch_speed=160.0,
        lugging_speed=110,
        overrun_speed=100,
        torque_reserve=0.1,
        shift_hold=2.0,
        max_torque=700,
        mass=80,
        source="x",
    ),
    axle_ratio=3.2,
    axle_loss=0.02,
    driven="rear",
    auxiliaries=500.0,
    alternator=Alternator(power=2e3, efficiency=0.7, content=1e5, round_trip=0.8),
    idling=Idling(cold_rise=0, stop_warmth=1, stop_delay=1, restart=1),
    stop_start=True,
    recuperation=False,
)


def car(powertrain, body=BODY, mass=2000.0):
    return Vehicle(name="x5", body=body, powertrain=powertrain, mass=mass)


def test_the_cars_below_are_sound_but_for_what_is_changed():
    found = perform([car(BEV), car(ICE)], where=Here())
    assert np.all(np.isfinite(found.zero_to_100))


@pytest.mark.parametrize(
    ("vehicle", "message"),
    [
        (car(replace(BEV, rear=None)), "x5: has neither a front nor a rear drive unit; at least one is wanted"),
        (car(replace(BEV, front=UNIT, front_share=1.2)), "x5: front_share is 1.2; 0 to 1 is wanted"),
        (car(replace(BEV, front_share=0.3)), "x5: front_share is 0.3; its only unit gives 0"),
        (car(replace(BEV, front_share=1.0)), "x5: front_share is 1; its only unit gives 0"),
        (
            car(replace(BEV, battery=replace(STORE, soc_max=1.0))),
            "x5: its battery has 440 V at a state of charge of 100%; the map of unit speaks of 300 to 420 V",
        ),
        (
            car(replace(ICE, transmission=replace(ICE.transmission, launch_speed=50.0))),
            "x5: launches at 477 rpm; the map of four speaks of 764 to 6207 rpm",
        ),
        (
            car(replace(ICE, transmission=replace(ICE.transmission, ratios=(2.1, 3.1)))),
            "x5: the ratios of the gearbox do not fall from gear to gear",
        ),
        (car(BEV, mass=float("nan")), "x5: mass is nan kg; a figure above 0 is wanted"),
        (car(BEV, replace(BODY, wheelbase=0.0)), "x5: wheelbase is 0; a figure above 0 is wanted"),
        (
            car(BEV, replace(BODY, road_load=Coastdown(kind="coastdown", f0=float("nan"), f1=0.0, f2=0.4))),
            "x5: its road load (nan, 0.0, 0.4) or a share of its body is not finite; numbers are wanted",
        ),
        (
            car(BEV, replace(BODY, grip=2.0, centre_height=1.4)),
            "x5: grip times centre_height over wheelbase is 1; at most 0.8 is wanted, the car would lift an axle",
        ),
        (car(BEV, replace(BODY, grip=float("nan"))), "x5: grip is nan; a figure above 0 is wanted"),
    ],
)
def test_cars(vehicle, message):
    with pytest.raises(UseError) as caught:
        perform([car(BEV), vehicle], where=Here())
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"step": 0.0}, "performance settings: step is 0; 1e-06 to 1e+06 is wanted"),
        ({"boost_time": -1.0}, "performance settings: boost_time is -1; 0 to inf is wanted"),
        ({"machine_time": float("nan")}, "performance settings: machine_time is nan; 0 to inf is wanted"),
        ({"shift_torque": 1.2}, "performance settings: shift_torque is 1.2; 0 to 1 is wanted"),
        ({"soc": 1.1}, "performance settings: soc is 1.1; 0 to 1 is wanted"),
        ({"limiter": float("inf")}, "performance settings: limiter is inf; 0 to inf is wanted"),
    ],
)
def test_settings(changes, message):
    with pytest.raises(UseError) as caught:
        PerformanceSettings(**changes)
    assert str(caught.value) == message


def test_a_lower_state_of_charge_gives_less():
    full, low = (perform([car(BEV)], PerformanceSettings(soc=soc), Here()) for soc in (0.7, 0.1))
    assert low.zero_to_100[0] > full.zero_to_100[0]


def test_the_battery_does_not_fall_below_the_voltage_of_the_map():
    """At 310 V open circuit and 0.5 Ohm the map's 300 V are left at 20 A: 6 kW, whatever the battery's limit."""
    weak = replace(STORE, voltage=np.full(3, 310.0), resistance=np.full(3, 0.5))
    found = perform([car(replace(BEV, battery=weak))], where=Here())
    v = found.top_speed[0]
    assert (100 + 0.4 * v * v) * v + 500 + 100 == pytest.approx(300 * 10 / 0.5, rel=1e-6)
