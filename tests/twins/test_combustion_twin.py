"""The kernel against the same car in plain Python, whose losses are added up part by part."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.cycles.cycle import Cycle
from coaxle.cycles.legal import legal
from coaxle.numerics.rows import Here
from coaxle.vehicle.combustion import drive_combustion, trace_combustion
from coaxle.vehicle.powertrain import Alternator, Idling, Vehicle
from coaxle.vehicle.settings import DriveSettings
from combustion_cases import RPM, body, car, cycle, engine, transmission, trip
from combustion_reference import NAMES, Motor, Twin


def some_car(seed: int) -> Vehicle:
    """Draw a car: a third of them too weak for what is asked, some that stop at lights, some that recuperate."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(1, 10))
    clutch = bool(draw.random() < 0.4)
    return car(
        mass=float(draw.uniform(900, 3000)),
        shell=body(grip=float(draw.choice([0.25, 1.0, 1.0])), front_load=float(draw.uniform(0.4, 0.6))),
        engine=engine(torque=float(draw.choice([110, 250, 350])), speeds=int(draw.integers(10, 60)), torques=25),
        transmission=transmission(
            ratios=tuple(np.geomspace(4.8, 0.65, count)) if count > 1 else (2.5,),
            launch="clutch" if clutch else "converter",
            stall_ratio=1.0 if clutch else float(draw.uniform(1.3, 2.2)),
            lugging_speed=float(draw.uniform(900, 1800)) * RPM,
            torque_reserve=float(draw.choice([0.0, 0.1, 0.4])),
            shift_hold=float(draw.choice([0, 1, 3])),
        ),
        driven=str(draw.choice(["front", "rear", "all"])),
        alternator=Alternator(power=float(draw.uniform(500, 5000)), efficiency=0.7, content=4e4, round_trip=0.8),
        idling=Idling(cold_rise=250 * RPM, stop_warmth=float(draw.uniform(0, 0.6)), stop_delay=1.0, restart=3.0),
        stop_start=bool(draw.random() < 0.5),
        recuperation=bool(draw.random() < 0.5),
    )


def some_trip(seed: int) -> Cycle:
    draw = np.random.default_rng(1000 + seed)
    step = float(draw.choice([0.5, 1.0, 2.0]))
    grade = float(draw.choice([0.0, 0.03, 0.15])) * np.sin(np.arange(120) / 17)
    return cycle(trip(seed, 120, float(draw.uniform(5, 45)), step), step=step, grade=grade, phases=3)


@pytest.mark.parametrize("seed", range(24))
def test_energies_agree(seed: int) -> None:
    vehicle, trail, warmth = some_car(seed), some_trip(seed), (0.0, 0.5, 1.0)[seed % 3]
    runs = drive_combustion([vehicle], trail, DriveSettings(warmth=warmth), Here())
    twin = Twin(vehicle, trail, warmth)
    other = twin.run()
    # the kernel's sums run over a thousand numbers in another order, and a reached speed is found to 1e-14 of it
    scale = np.abs(runs.energy[0]).max() + 1e3
    for place, name in enumerate(NAMES):
        assert np.allclose(runs.energy[0, :, place], other["energy"][name], rtol=0, atol=1e-10 * scale), name
    assert np.allclose(runs.distance[0], other["distance"], rtol=1e-10, atol=1e-9)
    assert runs.miss_speed[0] == pytest.approx(other["miss"]["speed"], abs=1e-10)
    # a speed reached 1e-13 m/s apart is worth m v / dt * 1e-13 in power
    assert runs.miss_power[0] == pytest.approx(other["miss"]["power"], abs=1e-6)
    assert runs.miss_time[0] == other["miss"]["time"]


@pytest.mark.parametrize("seed", range(0, 24, 4))
def test_gears_speeds_and_shaft_speeds_agree(seed: int) -> None:
    vehicle, trail = some_car(seed), some_trip(seed)
    trace = trace_combustion(vehicle, trail, DriveSettings(warmth=0.0))
    twin = Twin(vehicle, trail, 0.0)
    twin.run()
    assert [int(step["gear"]) for step in twin.log] == trace.gear.tolist()
    assert np.allclose([step["speed"] for step in twin.log], trace.speed[1:], rtol=0, atol=1e-10)
    assert np.allclose([step["w"] for step in twin.log], trace.unit_speed[:, 0], rtol=1e-10, atol=0)


def test_the_cases_cover_what_they_are_for() -> None:
    """Some of the twins' cars are slow, some stop, some recuperate: else they would prove little."""
    slow = stopping = charged = idling = 0
    for seed in range(24):
        vehicle, trail, state = some_car(seed), some_trip(seed), DriveSettings(warmth=(0.0, 0.5, 1.0)[seed % 3])
        run, trace = drive_combustion([vehicle], trail, state, Here()), trace_combustion(vehicle, trail, state)
        slow += int(run.ended[0] != 0)
        stopping += int(np.any(trace.unit_speed == 0.0))
        charged += int(run.total("storage")[0] > 0)
        idling += int(run.total("idle")[0] > 0)
    assert 5 <= slow <= 19
    assert min(stopping, charged) >= 4
    assert idling >= 12


class EveryGear(Twin):
    """Tries every gear where the rule stops once the fuel rate rises again."""

    def choose(
        self, force: float, v: float, a: float, electric: float, g: int, hold: float
    ) -> tuple[int, Motor | None]:
        found = super().choose(force, v, a, electric, g, hold)
        floor = self.t.lugging_speed if force >= 0 else self.t.overrun_speed
        if found[1] is None or found[0] < 0 or (hold > 0 and found[0] == g) or found[1].cut:
            return found
        power = electric / self.p.alternator.efficiency
        band = [k for k in range(len(self.t.ratios)) if floor <= v * self.ratio(k) <= self.m.speed[-1]]
        motors = [(k, self.closed(k, force, v, a, power)) for k in reversed(band)]
        easy = [pair for pair in motors if pair[1].easy]
        return min(easy, key=lambda pair: pair[1].rate) if easy else found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["UDDS", "US06"])
def test_stopping_the_search_where_the_fuel_rate_rises_finds_the_best_gear(name: str) -> None:
    vehicle = car(stop_start=False)
    rule, every = (kind(vehicle, legal(name), 1.0) for kind in (Twin, EveryGear))
    fuel = [twin.run()["energy"]["source"].sum() for twin in (rule, every)]
    assert [step["gear"] for step in rule.log] == [step["gear"] for step in every.log]
    assert fuel[0] == fuel[1]
