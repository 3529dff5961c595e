"""What physics and algebra forbid an electric car to do otherwise."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.cycles.legal import legal
from coaxle.numerics.rows import Here, Threads
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.pair import axles_of
from coaxle.vehicle.powertrain import Bev, Vehicle
from coaxle.vehicle.runs import ENERGIES, Ended, Runs
from coaxle.vehicle.settings import DriveSettings
from coaxle.vehicle.vehicles import Vehicles
from electric_cases import battery, car, cycle, edu, trips

EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)
MIDDLE = DriveSettings(soc=0.6)


@st.composite
def cars(draw: st.DrawFn, grip: float | None = None) -> Vehicle:
    """Any electric car: strong or weak, one unit or two, one voltage or three, with good and with bad batteries."""
    nodes = (draw(st.sampled_from([1, 3])), 21, 21)
    power = draw(st.floats(15e3, 300e3))
    units = draw(st.sampled_from(["front", "rear", "both"]))
    one = edu(
        "one", power=power, torque=draw(st.floats(800.0, 4000.0)), speed_end=draw(st.floats(60.0, 160.0)), nodes=nodes
    )
    two = edu("two", power=0.7 * power, torque=draw(st.floats(500.0, 2000.0)), nodes=nodes, scale=1.3)
    return car(
        mass=draw(st.floats(900.0, 3500.0)),
        front=one if units == "front" else two if units == "both" else None,
        rear=None if units == "front" else one,
        front_share=draw(st.sampled_from([None, 0.3])) if units == "both" else None,
        pack=battery(
            energy=draw(st.floats(0.3, 90.0)) * 3.6e6,
            resistance=draw(st.floats(0.005, 0.8)),
            power_max=draw(st.floats(2e3, 300e3)),
            power_min=-draw(st.floats(0.0, 150e3)),
        ),
        auxiliaries=draw(st.floats(0.0, 3000.0)),
        regeneration=(draw(st.floats(0.0, 5.0)), draw(st.floats(1.0, 6.0)), draw(st.floats(0.0, 1.0))),
        grip=grip or draw(st.floats(0.1, 1.2)),
        front_load=draw(st.floats(0.3, 0.7)),
    )


@st.composite
def trails(draw: st.DrawFn, level: bool = False) -> object:
    """Any trip of a few hundred points, at steps of 0.2 to 2 s, up hill and down dale."""
    speed = trips(draw(st.integers(0, 10_000)), 120, draw(st.floats(5.0, 60.0)))
    height = 0.0 if level else draw(st.floats(0.0, 0.25))
    grade = height * np.sin(np.arange(speed.size) / draw(st.floats(3.0, 40.0)))
    return cycle(speed, step=draw(st.sampled_from([0.2, 1.0, 2.0])), grade=grade, phases=draw(st.integers(1, 4)))


def same(one: Runs, two: Runs) -> None:
    """Every figure of every row, bit for bit."""
    for field in fields(Runs):
        if field.name not in ("names", "cycle", "phases"):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(two, field.name), err_msg=field.name)


@EXAMPLES
@given(cars(), trails())
def test_energies_close(vehicle: Vehicle, trail) -> None:
    """What leaves the store crosses the wheels, heats the brakes or is lost, in every phase; whatever binds.

    1e-9 of the energy turned over: rounding of some hundred sums.
    """
    runs = drive([vehicle], trail, MIDDLE, Here())
    turned = np.abs(runs.energy[0, :, 1:]).sum() + 1.0
    gap = runs.energy[0, :, 0] - runs.energy[0, :, 1:].sum(axis=1)
    assert np.abs(gap).max() < 1e-9 * turned
    assert np.isfinite(runs.energy).all()
    for name in ("wheel_out", "brake", "unit", "storage", "auxiliaries"):
        assert (runs.energy[0, :, ENERGIES.index(name)] >= -1e-9 * turned).all(), name
    assert (runs.energy[0, :, ENERGIES.index("wheel_in")] <= 0).all()
    pack = vehicle.powertrain.battery
    assert runs.soc_end[0] <= 1
    if runs.ended[0] >= Ended.EMPTY:  # a step that leaves the window is driven to its end, at I <= 2 P / U
        step = float(np.diff(trail.time).max())
        assert runs.soc_end[0] >= pack.soc_min - pack.power_max.max() * 2.0 / pack.voltage[0] * step / pack.charge
    else:
        assert runs.soc_end[0] >= 0


@EXAMPLES
@given(cars(), trails())
def test_trace_and_totals_are_one(vehicle: Vehicle, trail) -> None:
    """The history of a car sums to its totals; what its units give is what the wheels take and the brakes eat.

    1e-9: the history is summed in another order.
    """
    runs, history = drive([vehicle], trail, MIDDLE, Here()), trace(vehicle, trail, MIDDLE)
    span = np.diff(trail.time)
    scale = runs.total("wheel_out")[0] + 1.0
    assert (history.source_power * span).sum() == pytest.approx(runs.total("source")[0], abs=1e-9 * scale)
    wheel = history.wheel_power * span
    assert wheel[wheel > 0].sum() == pytest.approx(runs.total("wheel_out")[0], abs=1e-9 * scale)
    assert wheel[wheel < 0].sum() == pytest.approx(runs.total("wheel_in")[0], abs=1e-9 * scale)
    assert (history.brake_power * span).sum() == pytest.approx(runs.total("brake")[0], abs=1e-9 * scale)
    shaft = (history.unit_torque * history.unit_speed).sum(axis=1)
    np.testing.assert_allclose(shaft, history.wheel_power + history.brake_power, rtol=0, atol=1e-9 * scale)
    assert history.soc[-1] == runs.soc_end[0]
    assert np.trapezoid(history.speed, history.time) == pytest.approx(runs.distance.sum(), rel=1e-12, abs=1e-9)
    assert np.abs(history.speed_wanted - history.speed).max() == pytest.approx(runs.miss_speed[0], abs=1e-12)


@EXAMPLES
@given(cars(grip=2.0), trails())
def test_no_limit_is_broken(vehicle: Vehicle, trail) -> None:
    """Torque stays within the envelope, power within the battery's limits, speed under the trace; to rounding.

    With tyres that could brake anything; what they do is another test. 1e-9 of each limit.
    """
    history = trace(vehicle, trail, MIDDLE)
    axles, power = axles_of(vehicle.powertrain), vehicle.powertrain
    assert isinstance(power, Bev)
    assert (history.speed <= history.speed_wanted + 1e-12).all()
    speed, torque = history.unit_speed[:, 0], history.unit_torque.sum(axis=1)
    assert (speed <= axles.map.speed[-1] * (1 + 1e-12)).all()
    volts = np.interp(history.soc[:-1], power.battery.soc, power.battery.voltage)
    for limit, sign in ((axles.map.torque_max, 1), (axles.map.torque_min, -1)):
        planes = np.stack([np.interp(speed, axles.map.speed, plane) for plane in limit])
        edge = planes[0]
        if len(planes) > 1:
            edge = np.array([np.interp(u, axles.map.voltage, plane) for u, plane in zip(volts, planes.T, strict=True)])
        assert (sign * torque <= sign * edge + 1e-9 * axles.map.torque[-1]).all()
    current = history.source_power / volts
    terminals = (
        history.source_power - np.interp(history.soc[:-1], power.battery.soc, power.battery.resistance) * current**2
    )
    for limit, sign in ((power.battery.power_max, 1), (power.battery.power_min, -1)):
        edge = np.interp(history.soc[:-1], power.battery.soc, limit)
        assert (sign * terminals <= sign * edge + 1e-9 * 3e5).all()


@EXAMPLES
@given(cars(grip=2.0), trails())
def test_a_missed_trace_covers_less(vehicle: Vehicle, trail) -> None:
    """A car that falls behind never gets further than the trace, and says so."""
    runs = drive([vehicle], trail, MIDDLE, Here())
    assert runs.distance.sum() <= trail.distance * (1 + 1e-12)
    behind = runs.miss_time[0] > 0
    assert behind == (runs.miss_speed[0] > 0) == np.isfinite(runs.miss_first[0])
    assert (runs.distance.sum() < trail.distance * (1 - 1e-12)) <= behind
    if behind:
        assert runs.ended[0] != Ended.OK
    if runs.ended[0] == Ended.OK:
        assert runs.distance.sum() == pytest.approx(trail.distance, rel=1e-12)


@EXAMPLES
@given(st.floats(900.0, 3000.0), st.floats(1.0, 500.0), st.integers(0, 1000), st.sampled_from([1, 3]))
def test_mass_costs(mass: float, more: float, seed: int, voltages: int) -> None:
    """On level roads, from standstill, a heavier car of the same kind never takes less from the wall."""
    trail = cycle(trips(seed, 200, 25.0))
    one = car(mass=mass, rear=edu(power=400e3, torque=8000.0, nodes=(voltages, 21, 41)), pack=battery(power_max=5e5))
    light, heavy = drive([one, replace(one, mass=mass + more)], trail, MIDDLE, Here()).wall.sum(axis=1)
    assert heavy >= light * (1 - 1e-12)


def test_rows_are_single_runs() -> None:
    """N rows are N single runs, bit for bit, whichever kernel, batch, order or worker they go through."""
    random = np.random.default_rng(7)
    units = [edu("a"), edu("b", nodes=(3, 31, 41)), edu("c", power=40e3, torque=1500.0), edu("d", speed_end=75.0)]
    packs = [battery(), battery(energy=2 * 3.6e6), battery(power_max=30e3, states=11), battery(resistance=0.9)]
    rows = [
        car(
            f"car {i}",
            mass=random.uniform(1200.0, 2800.0),
            front=random.choice(np.array([None, *units])),
            rear=random.choice(np.array(units)),
            pack=random.choice(np.array(packs)),
        )
        for i in range(90)
    ]
    trail = cycle(trips(3, 300), grade=0.03 * np.sin(np.arange(300) / 20), phases=3)
    alone = [drive([row], trail, MIDDLE, Here()) for row in rows]
    together = drive(rows, trail, MIDDLE, Here())
    assert together.names == tuple(row.name for row in rows)
    assert len(set(together.ended.tolist())) >= 3
    for i, single in enumerate(alone):
        same(single, replace(together, **{
            field.name: getattr(together, field.name)[i : i + 1]
            for field in fields(Runs) if field.name not in ("cycle", "phases")
        }))  # fmt: skip
    same(together, drive(rows, trail, MIDDLE, Threads(workers=3, chunk=7)))


def test_varied_rows_are_single_cars() -> None:
    """A batch of arrays is the cars it stands for, road load following mass, bit for bit."""
    base, trail = car(), legal("UDDS")
    masses = np.linspace(1500.0, 2600.0, 70)
    auxiliaries = np.linspace(100.0, 900.0, 70)
    batch = drive(Vehicles.varied(base, 70, mass=masses, auxiliaries=auxiliaries), trail, where=Here())
    singles = [
        replace(base, mass=float(m), powertrain=replace(base.powertrain, auxiliaries=float(a)))
        for m, a in zip(masses, auxiliaries, strict=True)
    ]
    same(batch, drive(singles, trail, where=Here()))


@EXAMPLES
@given(cars(), st.integers(0, 1000), st.integers(2, 5))
def test_phases_sum_to_the_whole(vehicle: Vehicle, seed: int, count: int) -> None:
    """Cutting a cycle into phases changes no figure of the whole; 1e-12: another order of sums."""
    speed = trips(seed, 120)
    whole = drive([vehicle], cycle(speed), MIDDLE, Here())
    cut = drive([vehicle], cycle(speed, phases=count), MIDDLE, Here())
    scale = np.abs(whole.energy).max() + 1.0
    np.testing.assert_allclose(cut.energy.sum(axis=1), whole.energy[:, 0], rtol=0, atol=1e-12 * scale)
    np.testing.assert_allclose(cut.distance.sum(axis=1), whole.distance[:, 0], rtol=1e-12)
    np.testing.assert_allclose(cut.wall.sum(axis=1), whole.wall[:, 0], rtol=0, atol=1e-12 * scale)
    for name in ("ended", "miss_speed", "miss_power", "miss_time", "miss_first", "soc_end"):
        np.testing.assert_array_equal(getattr(cut, name), getattr(whole, name))


@EXAMPLES
@given(st.integers(0, 1000), st.sampled_from([1, 3]))
def test_two_units_never_lose_more_than_a_fixed_split(seed: int, voltages: int) -> None:
    """The split of least loss loses no more than any fixed one.

    1 %: a pair's losses are interpolated between nodes of torque at which the split may change its mind.
    """
    front = edu("front", power=90e3, torque=1500.0, nodes=(voltages, 41, 61))
    rear = edu("rear", power=150e3, torque=3000.0, nodes=(voltages, 41, 61))
    trail = cycle(trips(seed, 200, 30.0))
    rows = [car(front=front, rear=rear, front_share=share) for share in (None, 0.0, 0.2, 0.4, 0.6)]
    runs = drive(rows, trail, MIDDLE, Here())
    assert (runs.ended == Ended.OK).all()
    lost = runs.total("unit")
    assert (lost[0] <= lost[1:] * 1.01).all()
