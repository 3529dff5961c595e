"""Electric cars: what cannot be driven at all is refused, what ends badly says how, and small parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numba import njit

from coaxle.errors import ComputationError, UseError
from coaxle.numerics.rows import Here
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.filling import filled
from coaxle.vehicle.kernels import lookup
from coaxle.vehicle.runs import Ended
from coaxle.vehicle.settings import DriveSettings
from coaxle.vehicle.vehicles import Vehicles
from electric_cases import battery, car, cycle, edu, trips

TRAIL = cycle(trips(1, 120))


def bare(**changes: object) -> object:
    one = car()
    return replace(one, powertrain=replace(one.powertrain, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vehicle", "said"),
    [
        (bare(rear=None), "car: powertrain: has neither a front nor a rear drive unit"),
        (bare(front_share=0.5), "car: powertrain.front_share: 0.5, but the only unit gives 0"),
        (bare(front=edu(), front_share=1.5), "car: powertrain.front_share: 1.5; a share lies between 0 and 1"),
        (bare(front=edu(nodes=(3, 9, 9), voltage=(600, 800)), rear=edu(nodes=(3, 9, 9))), "no voltage in common"),
        (replace(car(), mass=-1.0), r"car.mass: -1 \(row 0\); a positive figure is wanted"),
        (replace(car(), mass=float("nan")), r"car.mass: nan \(row 0\)"),
        (bare(auxiliaries=-5.0), "car.auxiliaries: -5"),
        (car(regeneration=(2.0, 1.0, 3.0)), "car.blend_from: 1 .*not below blend_to"),
        (car(wheel_radius=0.0), "car.wheel_radius: 0"),
    ],
)
def test_a_car_that_cannot_be(vehicle, said: str) -> None:
    with pytest.raises(UseError, match=said):
        drive([vehicle], TRAIL)
    with pytest.raises(UseError, match=said):
        trace(vehicle, TRAIL)


def test_nothing_to_drive() -> None:
    with pytest.raises(UseError, match="is empty"):
        drive([], TRAIL)


@pytest.mark.parametrize("soc", [0.01, 0.99, float("nan")])
def test_start_outside_the_window(soc: float) -> None:
    with pytest.raises(UseError, match=r"settings.soc: .*car uses its battery from 0.05 to 0.95"):
        drive([car()], TRAIL, DriveSettings(soc=soc))


def test_varied_figures_fit_the_count() -> None:
    with pytest.raises(UseError, match=r"car.mass: has shape \(3,\); one figure or 5 are wanted"):
        Vehicles.varied(car(), 5, mass=[1.0, 2.0, 3.0])
    with pytest.raises(UseError, match=r"car 2.mass: -3 \(row 1\)"):
        Vehicles.varied(car(), 2, mass=[1000.0, -3.0])
    assert Vehicles.varied(car(), 2, mass=1500.0).mass.tolist() == [1500.0, 1500.0]


def test_maps_are_held_once() -> None:
    """Cars that share objects share places; the same figures in other objects are other maps."""
    one, two = edu("one"), edu("two")
    pack = battery()
    batch = Vehicles.of([car(rear=u, pack=pack) for u in (one, two, one, two)] + [car(rear=edu("one"), pack=pack)])
    assert len(batch.axles) == 3
    assert len(batch.batteries) == 1
    assert batch.axle.tolist() == [0, 1, 0, 1, 2]


def test_an_empty_battery_ends_the_drive() -> None:
    """It goes on until the window ends, then rolls out and stands; nothing is drawn any more."""
    one, trail = car(pack=battery(energy=0.6 * 3.6e6)), cycle(np.r_[np.linspace(0.0, 20.0, 21), np.full(600, 20.0)])
    runs, history = drive([one], trail, where=Here()), trace(one, trail)
    assert runs.ended[0] == Ended.EMPTY
    assert runs.soc_end[0] < 0.05
    empty = int(np.argmax(history.soc < 0.05))
    assert (history.source_power[empty:] == 0).all()
    assert history.speed[-1] == 0.0
    assert runs.miss_first[0] == trail.time[empty]
    assert 0 < runs.distance[0, 0] < trail.distance
    with pytest.raises(ComputationError, match=r"row 0 \(car\) on made up: EMPTY"):
        runs.checked()


def test_a_battery_that_cannot_feed_the_auxiliaries() -> None:
    """Nothing runs: the car stands, uses nothing and says why."""
    runs = drive([car(pack=battery(power_max=100.0), auxiliaries=2000.0)], TRAIL, where=Here())
    assert runs.ended[0] == Ended.POWER
    assert runs.total("source")[0] == 0.0
    assert runs.distance[0, 0] == 0.0


def test_a_voltage_beyond_the_map() -> None:
    """A battery of 400 V on a map that ends at 380 V: driven with the map's end, and said."""
    runs = drive([car(rear=edu(nodes=(3, 21, 21), voltage=(280.0, 380.0)))], TRAIL, where=Here())
    assert runs.ended[0] == Ended.BEYOND
    assert runs.miss_time[0] == 0.0


def test_a_speed_beyond_the_map() -> None:
    """The trace asks for 30 m/s, the map ends at 60 rad/s: the car goes 60 * 0.34 m/s and no faster."""
    trail = cycle([30.0, 30.0, 30.0, 15.0, 10.0])
    history = trace(car(rear=edu(speed_end=60.0)), trail)
    runs = drive([car(rear=edu(speed_end=60.0))], trail, where=Here())
    assert history.speed[:3] == pytest.approx([20.4, 20.4, 20.4])
    assert history.speed[3:] == pytest.approx([15.0, 10.0])
    assert runs.ended[0] == Ended.BEYOND
    assert runs.miss_speed[0] == pytest.approx(9.6)


def test_a_hill_that_is_too_steep() -> None:
    """It comes to rest, is held by its brakes, and does not roll back."""
    trail = cycle(np.full(60, 5.0), grade=0.6)
    history = trace(car(rear=edu(power=40e3, torque=1000.0)), trail)
    assert history.speed[-1] == 0.0
    assert (history.speed >= 0).all()
    assert (history.wheel_power[-10:] == 0).all()


def test_a_stop_on_a_hill_needs_no_torque() -> None:
    """At a standstill the brakes hold: standby and auxiliaries only."""
    hill, level = (cycle(np.zeros(11), grade=grade) for grade in (0.2, 0.0))
    on_hill, on_level = (drive([car()], trail, where=Here()) for trail in (hill, level))
    np.testing.assert_array_equal(on_hill.energy, on_level.energy)


def test_losses_are_continued_beyond_the_envelope() -> None:
    """Known nodes stay as they are; beyond them the last slope goes on, and never down."""
    unit = edu(nodes=(2, 21, 21))
    loss = filled(unit)
    known = np.isfinite(unit.loss)
    assert not known.all()
    assert np.isfinite(loss).all()
    np.testing.assert_array_equal(loss[known], unit.loss[known])
    last = int(np.flatnonzero(known[0, 15])[-1])
    slope = unit.loss[0, 15, last] - unit.loss[0, 15, last - 1]
    np.testing.assert_allclose(np.diff(loss[0, 15, last:]), slope)
    steps = np.diff(loss, axis=2)
    assert (steps[:, :, 10:][~known[:, :, 11:]] >= 0).all()
    assert (steps[:, :, :10][~known[:, :, :10]] <= 0).all()


def test_a_speed_without_torque_takes_its_slopes_from_below() -> None:
    """Where only the node at zero torque is known, losses rise as at the speed below."""
    unit = edu(nodes=(1, 5, 5))
    high = np.array(unit.torque_max)
    high[:, -1] = 0.0
    loss = np.array(unit.loss)
    loss[:, -1, [0, 1, 3, 4]] = np.nan
    ended = replace(unit, loss=loss, torque_max=high, torque_min=-high, torque_continuous=0 * high)
    rise = filled(ended)[0]
    np.testing.assert_allclose(rise[-1] - rise[-1, 2], rise[-2] - rise[-2, 2])


@njit
def _look(x: float, y: float, table: np.ndarray) -> tuple[float, float, float, float, tuple[int, float]]:
    i, u = lookup.locate(x, 1.0, 2.0, 4)
    j, s = lookup.locate(y, -1.0, 1.0, 3)
    flat = table.ravel()
    return (
        lookup.bilinear(table, i, u, j, s),
        lookup.bilinear_flat(flat, i * 4 + j, 4, u, s),
        lookup.linear(table[2], j, s),
        lookup.linear_flat(flat, 8 + j, s),
        (i, u),
    )


def test_look_ups_are_linear_between_nodes_and_end_with_the_axis() -> None:
    """On the plane 3 x - 2 y every point is exact, the ends too; beyond an axis its end counts. 1e-13: rounding."""
    x_axis, y_axis = np.linspace(1.0, 3.0, 5), np.linspace(-1.0, 2.0, 4)
    table = 3 * x_axis[:, None] - 2 * y_axis
    for x, y in ((1.0, -1.0), (3.0, 2.0), (1.7, 0.3), (2.5, 1.0), (0.0, 5.0), (9.0, -9.0)):
        inside_x, inside_y = np.clip(x, 1.0, 3.0), np.clip(y, -1.0, 2.0)
        both, flat, line, line_flat, (cell, weight) = _look(x, y, table)
        assert 0 <= cell <= 3
        assert 0.0 <= weight <= 1.0
        assert x_axis[cell] + 0.5 * weight == pytest.approx(inside_x, abs=1e-13)
        assert both == pytest.approx(3 * inside_x - 2 * inside_y, abs=1e-13)
        assert flat == both
        assert line == pytest.approx(3 * x_axis[2] - 2 * inside_y, abs=1e-13)
        assert line_flat == line
