"""What physics and algebra forbid a combustion car to do otherwise."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.cycles.cycle import Cycle
from coaxle.cycles.legal import legal
from coaxle.numerics.rows import Here, Threads
from coaxle.vehicle.combustion import drive_combustion, trace_combustion
from coaxle.vehicle.powertrain import Alternator, Ice, Idling, Vehicle
from coaxle.vehicle.runs import ENERGIES, Ended, Runs
from coaxle.vehicle.settings import DriveSettings
from combustion_cases import RPM, body, car, cycle, engine, transmission, trip

EXAMPLES = settings(max_examples=80, deadline=None, derandomize=True)
WARM, COLD = DriveSettings(warmth=1.0), DriveSettings(warmth=0.0)
ENGINES = [engine(torque=torque, speeds=speeds) for torque in (90.0, 150.0, 350.0) for speeds in (12, 40)]


@st.composite
def cars(draw: st.DrawFn) -> Vehicle:
    """Any combustion car: strong or weak, one gear to nine, converter or clutch, stopping at lights or not."""
    count = draw(st.integers(1, 9))
    first = draw(st.floats(2.5, 5.5))
    gearbox = transmission(
        ratios=tuple(first * draw(st.floats(0.65, 0.9)) ** np.arange(count)),
        launch="clutch" if (slips := draw(st.booleans())) else "converter",
        stall_ratio=1.0 if slips else draw(st.floats(1.2, 2.3)),
        mesh=draw(st.floats(0.0, 0.1)),
        drag=draw(st.floats(0.0, 15.0)),
        cold_drag=draw(st.floats(1.0, 4.0)),
        launch_speed=draw(st.floats(900.0, 2500.0)) * RPM,
        lugging_speed=draw(st.floats(800.0, 2000.0)) * RPM,
        overrun_speed=draw(st.floats(750.0, 1500.0)) * RPM,
        torque_reserve=draw(st.floats(0.0, 0.5)),
        shift_hold=draw(st.sampled_from([0.0, 1.0, 4.0])),
    )
    return car(
        mass=draw(st.floats(700.0, 3500.0)),
        shell=body(grip=draw(st.floats(0.2, 1.2)), front_load=draw(st.floats(0.3, 0.7))),
        engine=draw(st.sampled_from(ENGINES)),
        transmission=gearbox,
        axle_ratio=draw(st.floats(2.0, 4.5)),
        axle_loss=draw(st.floats(0.0, 0.1)),
        driven=draw(st.sampled_from(["front", "rear", "all"])),
        auxiliaries=draw(st.floats(0.0, 400.0)),
        alternator=Alternator(
            power=draw(st.floats(400.0, 8000.0)),
            efficiency=draw(st.floats(0.5, 1.0)),
            content=draw(st.floats(0.0, 4e5)),
            round_trip=draw(st.floats(0.5, 1.0)),
        ),
        idling=Idling(
            cold_rise=draw(st.floats(0.0, 500.0)) * RPM,
            stop_warmth=draw(st.floats(0.0, 1.0)),
            stop_delay=draw(st.floats(0.0, 5.0)),
            restart=draw(st.floats(0.0, 10.0)),
        ),
        stop_start=draw(st.booleans()),
        recuperation=draw(st.booleans()),
    )


@st.composite
def trails(draw: st.DrawFn) -> Cycle:
    """Any trip of some hundred points, at steps of 0.2 to 2 s, up hill and down dale."""
    step = draw(st.sampled_from([0.2, 1.0, 2.0]))
    speed = trip(draw(st.integers(0, 10_000)), 150, draw(st.floats(5.0, 60.0)), step)
    grade = draw(st.sampled_from([0.0, 0.05, 0.25])) * np.sin(np.arange(speed.size) / draw(st.floats(3.0, 40.0)))
    return cycle(speed, step=step, grade=grade, phases=draw(st.integers(1, 4)))


def drive(vehicle: Vehicle, trail: Cycle, state: DriveSettings = WARM) -> Runs:
    return drive_combustion([vehicle], trail, state, Here())


@EXAMPLES
@given(cars(), trails(), st.floats(0.0, 1.0))
def test_energies_close_and_losses_are_losses(vehicle: Vehicle, trail: Cycle, warmth: float) -> None:
    runs = drive(vehicle, trail, DriveSettings(warmth=warmth))
    energy = runs.energy[0]
    assert np.all(np.isfinite(energy))
    # 1e-9 of what passed the wheels, or of the fuel where hardly anything did
    scale = np.abs(energy).max(axis=1) + 1.0
    assert np.all(np.abs(energy[:, 0] - energy[:, 1:].sum(axis=1)) <= 1e-9 * scale)
    ice = vehicle.powertrain
    assert isinstance(ice, Ice)
    spun = 0.5 * ice.engine.inertia * ice.engine.speed[-1] ** 2
    lowest = dict.fromkeys(("source", "wheel_out", "brake", "transmission", "auxiliaries", "idle"), 0.0)
    lowest["unit"] = -spun  # a phase may begin with a crankshaft that turns fast and end with one that does not
    for name, low in lowest.items():
        assert np.all(energy[:, ENERGIES.index(name)] >= low - 1e-9 * scale), name
    assert np.all(energy[:, ENERGIES.index("wheel_in")] <= 0.0)
    assert np.all(runs.co2 == runs.fuel * ice.engine.fuel_kind.co2)
    assert np.allclose(runs.fuel * ice.engine.fuel_kind.heating_value, energy[:, 0], rtol=1e-12, atol=0)


@EXAMPLES
@given(cars(), trails(), st.floats(0.0, 1.0))
def test_a_trace_is_its_run_in_time(vehicle: Vehicle, trail: Cycle, warmth: float) -> None:
    state = DriveSettings(warmth=warmth)
    runs, trace = drive(vehicle, trail, state), trace_combustion(vehicle, trail, state)
    span = np.diff(trace.time)
    scale = runs.total("source")[0] + runs.total("wheel_out")[0] + 1.0
    for name, power in (
        ("source", trace.source_power),
        ("wheel_out", np.maximum(trace.wheel_power, 0.0)),
        ("wheel_in", np.minimum(trace.wheel_power, 0.0)),
        ("brake", trace.brake_power),
    ):
        assert float(power @ span) == pytest.approx(runs.total(name)[0], rel=1e-9, abs=1e-9 * scale), name
    mean = 0.5 * (trace.speed[1:] + trace.speed[:-1])
    assert float(mean @ span) == pytest.approx(runs.distance.sum(), rel=1e-9, abs=1e-9)
    behind = trace.speed_wanted - trace.speed
    assert (np.abs(behind).max() > 0) == (runs.ended[0] != Ended.OK)
    assert np.abs(behind[1:]).max() == pytest.approx(runs.miss_speed[0], abs=1e-12)
    assert float(span[behind[1:] != 0].sum()) == pytest.approx(runs.miss_time[0], abs=1e-9)
    assert np.all(np.diff(trace.warmth) >= 0)
    assert trace.warmth[0] == pytest.approx(warmth, abs=1e-15)


@EXAMPLES
@given(cars(), trails())
def test_the_engine_stays_on_its_map_and_burns_nothing_where_it_brakes(vehicle: Vehicle, trail: Cycle) -> None:
    trace = trace_combustion(vehicle, trail, WARM)
    m = vehicle.powertrain.engine  # type: ignore[union-attr]
    w, torque = trace.unit_speed[:, 0], trace.unit_torque[:, 0]
    turning = w > 0
    assert np.all(w[turning] >= m.idle_speed * (1 - 1e-12))
    assert np.all(w <= m.speed[-1] * (1 + 1e-12))
    # the look-up is straight between nodes, as this one
    assert np.all(torque[turning] <= np.interp(w[turning], m.speed, m.torque_max) * (1 + 1e-9) + 1e-9)
    drag = np.interp(w[turning], m.speed, m.torque_drag)
    assert np.all(torque[turning] >= drag * (1 + 1e-9))
    overrun = torque[turning] <= drag * (1 - 1e-12)
    assert np.all(trace.source_power[turning][overrun] == 0.0)
    assert np.all(trace.source_power[turning][~overrun] > 0.0)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(cars(), min_size=2, max_size=7), trails(), st.integers(1, 4))
def test_many_rows_are_many_single_rows(vehicles: list[Vehicle], trail: Cycle, chunk: int) -> None:
    together = drive_combustion(vehicles, trail, COLD, Threads(workers=2, chunk=chunk))
    for row, vehicle in enumerate(vehicles):
        alone = drive(vehicle, trail, COLD)
        for field in fields(Runs):
            if field.name not in ("names", "cycle", "phases"):
                one, same = getattr(together, field.name)[row], getattr(alone, field.name)[0]
                assert np.array_equal(one, same, equal_nan=True), field.name


@EXAMPLES
@given(cars(), st.integers(0, 10_000), st.integers(2, 6))
def test_the_sum_of_the_phases_is_the_whole(vehicle: Vehicle, seed: int, phases: int) -> None:
    speed = trip(seed, 150, 35.0)
    whole, parts = drive(vehicle, cycle(speed), COLD), drive(vehicle, cycle(speed, phases=phases), COLD)
    # sums of the same numbers in another order
    scale = np.abs(whole.energy[0]).max() + 1.0
    assert np.allclose(parts.energy.sum(axis=1), whole.energy.sum(axis=1), rtol=0, atol=1e-12 * scale)
    assert parts.distance.sum() == pytest.approx(whole.distance.sum(), rel=1e-12)
    assert np.array_equal(parts.miss_time, whole.miss_time)


def still_shifting(vehicle: Vehicle) -> Vehicle:
    """Return the car without what makes one second depend on another: hold time, stop-start, recuperation."""
    ice = vehicle.powertrain
    assert isinstance(ice, Ice)
    gearbox = replace(ice.transmission, shift_hold=0.0)
    return replace(vehicle, powertrain=replace(ice, transmission=gearbox, stop_start=False, recuperation=False))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cars(), st.integers(0, 10_000), st.floats(1.01, 1.5))
def test_more_mass_never_burns_less(vehicle: Vehicle, seed: int, more: float) -> None:
    """On a trip from standstill to standstill, where what is gained in slowing down was spent before."""
    vehicle = still_shifting(vehicle)
    trail = cycle(np.concatenate([trip(seed, 150, 30.0), np.zeros(1)]))
    light, heavy = drive(vehicle, trail), drive(replace(vehicle, mass=more * vehicle.mass), trail)
    if light.ended[0] == Ended.OK and heavy.ended[0] == Ended.OK:
        assert heavy.fuel.sum() >= light.fuel.sum() * (1 - 1e-12)


@pytest.mark.parametrize("name", ["UDDS", "HWFET", "US06", "WLTC-3b", "NEDC"])
def test_more_mass_never_burns_less_on_a_legal_cycle(name: str) -> None:
    masses = np.arange(1000.0, 3001.0, 250.0)
    runs = drive_combustion([car(mass=float(mass)) for mass in masses], legal(name), COLD, Here())
    assert not runs.ended.any()
    assert np.all(np.diff(runs.fuel.sum(axis=1)) > 0)


@EXAMPLES
@given(cars(), st.integers(0, 10_000))
def test_a_warm_start_never_burns_more_than_a_cold_one(vehicle: Vehicle, seed: int) -> None:
    ice = vehicle.powertrain
    assert isinstance(ice, Ice)
    vehicle = replace(
        still_shifting(vehicle), powertrain=replace(still_shifting(vehicle).powertrain, stop_start=ice.stop_start)
    )
    trail = cycle(trip(seed, 200, 30.0))
    fuel = [drive(vehicle, trail, DriveSettings(warmth=w)).fuel.sum() for w in (0.0, 0.3, 0.7, 1.0)]
    if not drive(vehicle, trail, COLD).ended[0]:
        assert np.all(np.diff(fuel) <= 1e-12 * fuel[0])


@EXAMPLES
@given(cars(), trails())
def test_a_stronger_engine_gets_no_less_far(vehicle: Vehicle, trail: Cycle) -> None:
    """Of two engines alike but for the wide-open torque, the stronger one is never behind the weaker one."""
    weak = engine(torque=120.0)
    strong = replace(
        weak, torque_max=np.minimum(1.5 * weak.torque_max, weak.torque[-1]), fuel=np.nan_to_num(weak.fuel, nan=1e-2)
    )
    ice = vehicle.powertrain
    assert isinstance(ice, Ice)
    speeds = [
        trace_combustion(replace(vehicle, powertrain=replace(ice, engine=m)), trail, WARM).speed for m in (weak, strong)
    ]
    # what a store owes is paid back while driving; it may take a hair of the speed at another moment
    assert np.all(speeds[1] >= speeds[0] - 1e-9)


def test_hard_braking_burns_nothing_and_the_brakes_take_the_rest() -> None:
    trail = cycle(np.linspace(30.0, 15.0, 8))
    vehicle = car(recuperation=False, axle_loss=0.0, transmission=transmission(mesh=0.0, drag=0.0))
    runs = drive(vehicle, trail)
    assert runs.total("source")[0] == 0.0
    assert runs.fuel.sum() == 0.0
    assert runs.total("brake")[0] > 0.5 * -runs.total("wheel_in")[0]
    # the engine with its fuel cut turns what comes through the gearbox into heat, and drives the alternator
    assert runs.total("transmission")[0] == pytest.approx(0.0, abs=1e-6)
    left = -runs.total("wheel_in") - runs.total("brake") - runs.total("auxiliaries")
    assert left[0] == pytest.approx(runs.total("unit")[0], rel=1e-9)
