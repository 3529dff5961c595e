"""Combustion cars that cannot be driven are refused by name; maps are laid out without loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coaxle.errors import UseError
from coaxle.maps import EngineMap
from coaxle.numerics.rows import Here
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.combustion import drive_combustion, filled, pack_engines
from coaxle.vehicle.powertrain import Alternator, Idling, Vehicle
from coaxle.vehicle.runs import Ended
from coaxle.vehicle.settings import DriveSettings
from combustion_cases import RPM, body, car, cycle, engine, transmission

CRUISE = cycle(np.full(20, 20.0))
IDLING = {"cold_rise": 30.0, "stop_warmth": 0.4, "stop_delay": 1.0, "restart": 2.0}
ALTERNATOR = {"power": 2000.0, "efficiency": 0.7, "content": 5e4, "round_trip": 0.85}


def with_gearbox(**changes: Any) -> Vehicle:
    return car("Fen", transmission=transmission(**changes))


@pytest.mark.parametrize(
    ("vehicle", "said"),
    [
        (with_gearbox(ratios=()), "Fen.transmission.ratios: ()"),
        (with_gearbox(ratios=(3.0, 4.0)), "falling from first to top"),
        (with_gearbox(ratios=(3.0, 0.0)), "positive ratios"),
        (with_gearbox(mesh=1.0), "Fen.transmission.mesh: 1; 0 to 0.99 is wanted"),
        (with_gearbox(mesh=float("nan")), "Fen.transmission.mesh: nan"),
        (with_gearbox(drag=-1.0), "Fen.transmission.drag: -1 Nm"),
        (with_gearbox(cold_drag=0.5), "Fen.transmission.cold_drag: 0.5; 1 to"),
        (with_gearbox(stall_ratio=0.9), "Fen.transmission.stall_ratio: 0.9"),
        (with_gearbox(launch="clutch"), "Fen.transmission.stall_ratio: 2; 1 to 1"),
        (with_gearbox(stall_ratio=3.5, coupling=0.95), "gives more power than it takes; below 0.816"),
        (
            with_gearbox(lugging_speed=400 * RPM),
            "Fen.transmission.lugging_speed: 400 rpm; 700 rpm to 7000 rpm is wanted",
        ),
        (with_gearbox(overrun_speed=9000 * RPM), "Fen.transmission.overrun_speed: 9000 rpm"),
        (with_gearbox(launch_speed=0.0), "Fen.transmission.launch_speed: 0 rpm"),
        (with_gearbox(torque_reserve=1.0), "Fen.transmission.torque_reserve: 1"),
        (with_gearbox(standstill_drag=400.0), "Fen: idling asks for"),
        (car("Fen", axle_ratio=0.0), "Fen.axle_ratio: 0"),
        (car("Fen", axle_loss=-0.1), "Fen.axle_loss: -0.1"),
        (car("Fen", auxiliaries=2500.0), "Fen.auxiliaries: 2.5 kW; 0 kW to 2 kW"),
        (car("Fen", alternator=Alternator(**(ALTERNATOR | {"efficiency": 0.0}))), "Fen.alternator.efficiency: 0"),
        (car("Fen", alternator=Alternator(**(ALTERNATOR | {"round_trip": 1.2}))), "Fen.alternator.round_trip: 1.2"),
        (car("Fen", idling=Idling(**(IDLING | {"cold_rise": 700.0}))), "Fen.idling.cold_rise"),
        (car("Fen", idling=Idling(**(IDLING | {"stop_warmth": 2.0}))), "Fen.idling.stop_warmth: 2"),
        (car("Fen", mass=0.0), "Fen.mass: 0 kg; at least 1 kg"),
        (car("Fen", shell=body(wheel_radius=float("nan"))), "Fen.body.wheel_radius: nan m"),
    ],
)
def test_what_cannot_be_driven_is_refused_by_name(vehicle: Vehicle, said: str) -> None:
    with pytest.raises(UseError) as error:
        drive_combustion([car("good"), vehicle], CRUISE, DriveSettings(), Here())
    assert said in str(error.value)


@pytest.mark.parametrize("warmth", [-0.1, 1.1, float("nan")])
def test_a_warmth_that_is_no_share_is_refused(warmth: float) -> None:
    with pytest.raises(UseError, match=r"settings.warmth: .*; a share from 0 \(cold\) to 1 \(warm\) is wanted"):
        drive_combustion([car()], CRUISE, DriveSettings(warmth=warmth), Here())


def test_drive_and_trace_find_the_combustion_kernel() -> None:
    runs, line = drive([car("one"), car("two", mass=2000.0)], CRUISE), trace(car("one"), CRUISE)
    assert runs.names == ("one", "two")
    assert np.all(np.isnan(runs.soc_end))
    assert np.all(runs.wall == 0.0)
    assert line.units == ("two litres",)
    assert line.gear.min() >= 1
    assert float(line.source_power.sum()) == pytest.approx(runs.total("source")[0], rel=1e-12)


def test_a_speed_beyond_the_top_gear_is_a_code_and_not_an_error() -> None:
    short = transmission(ratios=(5.0, 3.2))
    runs = drive_combustion([car(transmission=short)], cycle(np.linspace(0, 40, 80)), DriveSettings(), Here())
    assert runs.ended[0] == Ended.BEYOND
    top = engine().speed[-1] * 0.32 / 2.81 / 3.2
    assert trace(car(transmission=short), cycle(np.linspace(0, 40, 80))).speed.max() == pytest.approx(top, rel=1e-12)
    assert runs.miss_speed[0] == pytest.approx(40.0 - top, rel=1e-12)


def test_a_car_on_a_hill_too_steep_stands_and_says_so() -> None:
    steep = cycle(np.linspace(0, 10, 30), grade=1.5)
    warm = DriveSettings(warmth=1.0)
    runs = drive_combustion([car()], steep, warm, Here())
    assert runs.ended[0] == Ended.SLOW
    assert runs.distance[0, 0] == 0.0
    assert runs.miss_first[0] == 0.0
    assert runs.miss_time[0] == 29.0
    # its engine idles and does not stop, as the trace wants it to move
    idles = drive_combustion([car(stop_start=False)], cycle(np.zeros(30)), warm, Here())
    assert runs.total("source")[0] == pytest.approx(idles.total("source")[0], rel=1e-12)


def test_tyres_bound_braking() -> None:
    """On grip 0.3 a stop from 20 m/s within a second cannot be had: the car slows by 0.3 g."""
    line = trace(car(shell=body(grip=0.3, rotating_share=0.0), mass=1000.0), cycle([20.0, 0.0, 0.0, 0.0, 0.0]))
    f0, f1, f2 = body().coefficients(1000.0)
    v0, v1 = line.speed[:2]
    force = 1000.0 * (v1 - v0) + f0 + f1 * (v0 + v1) / 2 + f2 * (v0**2 + v0 * v1 + v1**2) / 3
    assert force == pytest.approx(-0.3 * 1000.0 * 9.80665, rel=1e-9)


def test_nodes_without_a_figure_go_on_in_a_straight_line() -> None:
    m = engine()
    table = filled(m)
    assert np.all(np.isfinite(table))
    known = np.isfinite(m.fuel)
    assert np.array_equal(table[known], m.fuel[known])
    for row, ok in zip(table, known, strict=True):
        last = int(ok.sum()) - 1
        assert np.allclose(np.diff(row[last:]), row[last] - row[last - 1], rtol=1e-9)


def test_a_speed_that_knows_one_rate_only_takes_the_slope_of_the_others() -> None:
    base = engine()
    fuel, high = np.array(base.fuel), np.array(base.torque_max)
    fuel[0, 1:] = np.nan
    high[0] = 0.5 * base.torque[1]
    m = replace(base, fuel=fuel, torque_max=high)
    rises = base.fuel[1:, 1] - base.fuel[1:, 0]
    assert np.allclose(np.diff(filled(m)[0]), np.median(rises))


def test_maps_of_different_grids_stand_beside_each_other_unchanged() -> None:
    maps: list[EngineMap] = [engine(speeds=11, torques=7), engine(speeds=40, torques=30, torque=200.0)]
    together = pack_engines(maps)
    for row, m in enumerate(maps):
        alone = pack_engines([m])
        size = m.speed.size * (m.torque.size + 2)
        assert together.axes[row] == alone.axes[0]
        assert np.array_equal(together.nodes[row, :size], alone.nodes[0])
        node = alone.nodes[0].reshape(m.speed.size, -1)
        assert np.array_equal(node[:, 0], m.torque_max)
        assert np.array_equal(node[:, 1], m.torque_drag)
        assert np.array_equal(node[:, 2:], filled(m))
