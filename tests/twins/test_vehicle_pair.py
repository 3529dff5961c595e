"""Two units as one, against trying all splits; the fast kernel against the careful one."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.cycles.legal import legal
from coaxle.maps import EduMap
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Here
from coaxle.vehicle import electric
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.filling import filled
from coaxle.vehicle.kernels import electric as careful
from coaxle.vehicle.packing import pack_batteries, pack_cars, pack_cycle, pack_units
from coaxle.vehicle.pair import paired
from coaxle.vehicle.runs import Ended
from coaxle.vehicle.vehicles import Vehicles
from electric_cases import car, cycle, edu, trips


def at(m: EduMap, table: Array, volts: float, speed: float) -> Array:
    """Return ``table`` (V, S, ...) of a map at a voltage and a speed."""
    lines = np.array(
        [[np.interp(speed, m.speed, line) for line in plane.reshape(m.speed.size, -1).T] for plane in table]
    )
    if m.voltage.size == 1:
        return lines[0]
    return np.array([np.interp(volts, m.voltage, column) for column in lines.T])


def brute(front: EduMap, rear: EduMap, volts: float, speed: float, torque: float) -> float:
    """Return the least loss over 20,001 splits within both envelopes."""
    high = [float(at(m, m.torque_max, volts, speed)[0]) for m in (front, rear)]
    low = [float(at(m, m.torque_min, volts, speed)[0]) for m in (front, rear)]
    given = np.linspace(max(low[0], torque - high[1]), min(high[0], torque - low[1]), 20_001)
    losses = [at(m, filled(m), volts, speed) for m in (front, rear)]
    return float((np.interp(given, front.torque, losses[0]) + np.interp(torque - given, rear.torque, losses[1])).min())


PAIRS = {
    "alike": (edu("f"), edu("r")),
    "small in front": (edu("f", power=60e3, torque=1100.0, nodes=(1, 31, 31)), edu("r")),
    "voltages": (edu("f", nodes=(3, 25, 31), scale=1.4), edu("r", nodes=(4, 33, 41), voltage=(300.0, 500.0))),
    "one knows voltages": (edu("f", nodes=(1, 25, 31)), edu("r", nodes=(3, 33, 41), scale=0.6)),
    "one turns slower": (edu("f", speed_end=110.0), edu("r", power=80e3)),
}


@pytest.mark.parametrize("case", PAIRS)
def test_least_loss_split_is_that_of_all_splits(case: str) -> None:
    """At nodes of the pair no split of a fine set loses less, and the best of them loses hardly more.

    1e-9 below: rounding. 0.3 % above: the fine set misses the corner of the losses by up to half its step.
    """
    front, rear = PAIRS[case]
    pair = paired(front, rear, None)
    m, random = pair.map, np.random.default_rng(1)
    known = np.argwhere(np.isfinite(m.loss))
    for v, s, t in known[random.choice(len(known), 60, replace=False)]:
        least = brute(front, rear, float(m.voltage[v]), float(m.speed[s]), float(m.torque[t]))
        assert m.loss[v, s, t] <= least * (1 + 1e-9)
        assert m.loss[v, s, t] >= least * (1 - 3e-3)


@pytest.mark.parametrize("case", PAIRS)
@pytest.mark.parametrize("share", [None, 0.0, 0.3, 1.0])
def test_a_pair_is_its_units(case: str, share: float | None) -> None:
    """At every node: the torques of both stand within their envelopes, add up, and lose what the pair loses.

    1e-9: rounding; 2e-6 of the torque axis where the envelope of a map is itself known no better.
    """
    front, rear = PAIRS[case]
    pair = paired(front, rear, share)
    m = pair.map
    assert pair.front_torque is not None
    for v, volts in enumerate(m.voltage):
        for s in range(0, m.speed.size, 5):
            speed = float(m.speed[s])
            inside = np.isfinite(m.loss[v, s])
            given = pair.front_torque[v, s][inside]
            rest = m.torque[inside] - given
            both = np.zeros(given.size)
            for unit, torque in ((front, given), (rear, rest)):
                margin = 2e-6 * (m.torque[-1] - m.torque[0])
                assert (torque <= at(unit, unit.torque_max, volts, speed)[0] + margin).all()
                assert (torque >= at(unit, unit.torque_min, volts, speed)[0] - margin).all()
                both += np.interp(torque, unit.torque, at(unit, filled(unit), volts, speed))
            np.testing.assert_allclose(both, m.loss[v, s][inside], rtol=1e-9)
            if share is not None:
                np.testing.assert_allclose(given, share * m.torque[inside], rtol=0, atol=1e-9)


def test_envelope_of_a_pair() -> None:
    """Free: the sum of both. Fixed: what the weaker one allows; by hand at standstill."""
    front, rear = PAIRS["small in front"]
    assert paired(front, rear, None).map.torque_max[0, 0] == pytest.approx(1100.0 + 3000.0)
    assert paired(front, rear, 0.5).map.torque_max[0, 0] == pytest.approx(2200.0)
    assert paired(front, rear, 0.1).map.torque_max[0, 0] == pytest.approx(3000.0 / 0.9)
    assert paired(front, rear, 0.1).map.torque_min[0, 0] == pytest.approx(-2700.0 / 0.9)
    assert paired(front, rear, 0.0).map.torque_max[0, 0] == pytest.approx(3000.0)


def test_units_of_a_trace_share_as_chosen() -> None:
    """The torques of both units in a trace lie within their envelopes and add up to what the wheels take."""
    front, rear = PAIRS["small in front"]
    one = car(front=front, rear=rear)
    trail = cycle(trips(5, 300))
    history = trace(one, trail)
    assert history.units == ("f", "r")
    for unit, column in ((front, 0), (rear, 1)):
        torque, speed = history.unit_torque[:, column], history.unit_speed[:, column]
        # half a step of the pair's torque axis: between its nodes the split is drawn as a line
        assert (torque <= np.interp(speed, unit.speed, unit.torque_max[0]) + 0.5 * front.torque_step).all()
        assert (torque >= np.interp(speed, unit.speed, unit.torque_min[0]) - 0.5 * front.torque_step).all()
    power = (history.unit_torque * history.unit_speed).sum(axis=1)
    np.testing.assert_allclose(power, history.wheel_power + history.brake_power, rtol=1e-9, atol=1e-6)
    assert (np.abs(history.unit_torque[:, 0]) > 1.0).any()


@pytest.mark.parametrize("voltages", [1, 3, 5])
def test_fast_and_careful_kernel_agree_bit_for_bit(voltages: int) -> None:
    """Where no limit binds both do the same operations in the same order; and here none binds."""
    random = np.random.default_rng(3)
    rows = [car(f"{i}", mass=random.uniform(1300, 2500), rear=edu(nodes=(voltages, 41, 41))) for i in range(70)]
    rows += [car("pair", front=edu("f", nodes=(voltages, 31, 31)), rear=edu("r"))]
    vehicles, trail = Vehicles.of(rows), legal("WLTC-3b")
    fast = drive(vehicles, trail, where=Here())
    assert (fast.ended == Ended.OK).all()
    steps = pack_cycle(trail)
    cars = pack_cars(vehicles, None, steps)
    totals = electric.new_totals(len(rows), len(trail.phases))
    packed = (steps, cars, pack_units(vehicles.axles), pack_batteries(vehicles.batteries), totals)
    careful.follow(0, len(rows), *map(tuple, packed), electric.NO_HISTORY)
    np.testing.assert_array_equal(totals.energy, fast.energy)
    np.testing.assert_array_equal(totals.distance, fast.distance)
    np.testing.assert_array_equal(totals.misses[:, careful.SOC_END], fast.soc_end)
    np.testing.assert_array_equal(totals.ended, fast.ended)


def test_fast_kernel_hands_on_what_it_cannot_decide() -> None:
    """A strong car and a weak one in one block: only the weak one is driven again, and each as if alone."""
    steps = pack_cycle(legal("UDDS"))
    vehicles = Vehicles.of([car("strong"), car("weak", rear=edu(power=20e3, torque=900.0))])
    totals = electric.new_totals(2, 2)
    cars = pack_cars(vehicles, 0.6, steps)
    packed = (steps, cars, pack_units(vehicles.axles), pack_batteries(vehicles.batteries), totals)
    electric.stream(0, 2, *map(tuple, packed), np.zeros(electric.SLOTS * electric.LANES))
    assert totals.ended.tolist() == [careful.OK, careful.AGAIN]
