"""Electric cars where the answer is known in closed form."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import atan, sqrt, tan

import numpy as np
import pytest

from coaxle.maps import BatteryMap, EduMap
from coaxle.numerics.rows import Here
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.body import GRAVITY, Coastdown
from coaxle.vehicle.powertrain import Bev, Vehicle
from coaxle.vehicle.runs import ENERGIES, Ended
from coaxle.vehicle.settings import DriveSettings
from electric_cases import battery, car, cycle, edu

VOLTS, OHMS = 400.0, 0.1


def plain_battery(**changes: object) -> BatteryMap:
    """Return a battery of one voltage and one resistance."""
    return replace(
        battery(power_max=1e6, power_min=-1e6),
        **{"voltage": np.full(21, VOLTS), "resistance": np.full(21, OHMS)} | changes,  # type: ignore[arg-type]
    )


def plain_unit(**losses: float) -> EduMap:
    """Return a unit whose loss is ``standby + drag * speed + load * |torque|``: linear between any nodes."""
    unit = edu(power=1e6, torque=6000.0, nodes=(1, 17, 25), speed_end=200.0, inertia=0.0, braking=1.0)
    x, y = unit.speed[:, None], np.abs(unit.torque)
    loss = losses.get("standby", 0.0) + losses.get("drag", 0.0) * x + losses.get("load", 0.0) * y
    return replace(unit, loss=np.where(np.isfinite(unit.loss), loss, np.nan))


def plain_car(
    unit: EduMap | None = None, f0: float = 0.0, f1: float = 0.0, f2: float = 0.0, **changes: object
) -> Vehicle:
    """Return a car of 2000 kg without rotating mass."""
    given: dict[str, object] = {
        "rear": unit,
        "pack": plain_battery(),
        "auxiliaries": 0.0,
        "rotating_share": 0.0,
        "road_load": Coastdown(kind="coastdown", f0=f0, f1=f1, f2=f2),
        "regeneration": (100.0, 1e-6, 0.0),
        "grip": 2.0,
    }
    return car(**(given | changes))  # type: ignore[arg-type]


def test_steady_cruise() -> None:
    """25 m/s for 100 s: force, loss, current and energies by hand; 1e-13, rounding."""
    one = plain_car(plain_unit(standby=50.0, drag=4.0, load=0.5), 150.0, 2.0, 0.4, auxiliaries=500.0)
    runs = drive([one], cycle(np.full(101, 25.0)), where=Here())
    force = 150.0 + 2.0 * 25.0 + 0.4 * 625.0
    loss = 50.0 + 4.0 * 25.0 / 0.34 + 0.5 * force * 0.34
    power = force * 25.0 + loss + 500.0
    current = (VOLTS - sqrt(VOLTS**2 - 4 * OHMS * power)) / (2 * OHMS)
    expected = {
        "source": VOLTS * current * 100,
        "wheel_out": force * 25.0 * 100,
        "wheel_in": 0.0,
        "brake": 0.0,
        "unit": loss * 100,
        "storage": OHMS * current**2 * 100,
        "auxiliaries": 500.0 * 100,
    }
    for name, energy in expected.items():
        assert runs.total(name)[0] == pytest.approx(energy, rel=1e-13), name
    assert runs.soc_end[0] == pytest.approx(0.95 - current * 100 / plain_battery().charge, rel=1e-13)
    assert runs.distance[0, 0] == pytest.approx(2500.0, rel=1e-14)


def test_root_of_the_battery() -> None:
    """At a standstill 30 kW of auxiliaries draw I = (400 - sqrt(160000 - 12000)) / 0.2 = 76.4616 A, by hand."""
    runs = drive([plain_car(plain_unit(), auxiliaries=30e3)], cycle([0.0, 0.0]), where=Here())
    assert runs.total("source")[0] == pytest.approx(VOLTS * 76.4616, abs=VOLTS * 1e-4)
    assert runs.total("source")[0] - runs.total("storage")[0] == pytest.approx(30e3, rel=1e-13)


def test_mass_times_acceleration() -> None:
    """Without road load the wheels do the kinetic energy, whatever the way there, and get it back; 1e-13, rounding."""
    unit = replace(plain_unit(), inertia=4.0)
    speed = np.r_[0.0, 1.5, 2.0, 5.0, 4.0, 9.0, 12.0, 18.0, 15.0, 22.0, 28.0, 30.0]
    one = plain_car(unit, rotating_share=0.04)
    kinetic = 0.5 * (2000.0 * 1.04 + 4.0 / 0.34**2) * 30.0**2
    up = drive([one], cycle(speed), where=Here())
    assert up.ended[0] == Ended.OK
    assert up.total("wheel_out")[0] + up.total("wheel_in")[0] == pytest.approx(kinetic, rel=1e-13)
    down = drive([one], cycle(speed[::-1]), DriveSettings(soc=0.5), where=Here())
    assert down.total("wheel_out")[0] + down.total("wheel_in")[0] == pytest.approx(-kinetic, rel=1e-13)


def test_height() -> None:
    """Up a slope at constant speed the wheels do m g h; 1e-13, rounding."""
    up = drive([plain_car(plain_unit())], cycle(np.full(61, 15.0), grade=0.08), where=Here())
    height = 15.0 * 60 * 0.08 / sqrt(1 + 0.08**2)
    assert up.total("wheel_out")[0] == pytest.approx(2000.0 * GRAVITY * height, rel=1e-13)


def test_brakes_take_what_the_units_do_not() -> None:
    """Braking at 3 m/s2 with units allowed 2 m/s2: a third goes into the brakes; 1e-13, rounding."""
    one = plain_car(plain_unit(), regeneration=(2.0, 1e-6, 0.0))
    runs = drive([one], cycle(np.linspace(30.0, 0.0, 11)), DriveSettings(soc=0.5), Here())
    kinetic = 0.5 * 2000.0 * 30.0**2
    assert runs.total("wheel_in")[0] == pytest.approx(-kinetic, rel=1e-13)
    assert runs.total("brake")[0] == pytest.approx(kinetic / 3, rel=1e-13)


def test_blending() -> None:
    """Between 4 and 1 m/s the share of the units falls linearly: at 2.5 m/s they brake half; below 1 m/s nothing."""
    one = plain_car(plain_unit(), regeneration=(10.0, 4.0, 1.0))
    for speed, share in ((5.0, 1.0), (2.5, 0.5), (0.9, 0.0)):
        runs = drive([one], cycle([speed + 0.1, speed - 0.1]), DriveSettings(soc=0.5), Here())
        assert runs.total("brake")[0] == pytest.approx(-(1 - share) * runs.total("wheel_in")[0], abs=1e-9)
        assert runs.total("wheel_in")[0] == pytest.approx(-2000.0 * 0.2 * speed, rel=1e-12)


def reached(step: float) -> tuple[np.ndarray, np.ndarray]:
    """Return times and speeds of a car that rolls on without power from 30 m/s, asked to hold it."""
    one = plain_car(plain_unit(), 150.0, 0.0, 0.4, pack=plain_battery(power_max=np.zeros(21)))
    one = replace(one, powertrain=replace(one.powertrain, auxiliaries=1.0))
    rolled = trace(one, cycle(np.full(int(100 / step) + 1, 30.0), step=step))
    return rolled.time, rolled.speed


def test_coast_down_converges_in_second_order() -> None:
    """A dead car rolls out as v = sqrt(f0/f2) tan(c - t sqrt(f0 f2) / m); halving the step quarters the error."""

    def exact(time: np.ndarray) -> np.ndarray:
        k = sqrt(150.0 / 0.4)
        return np.array([k * tan(atan(30.0 / k) - t * sqrt(150.0 * 0.4) / 2000.0) for t in time])

    errors = []
    for step in (4.0, 2.0, 1.0):
        time, speed = reached(step)
        errors.append(np.abs(speed - exact(time)).max())
    assert errors[-1] < 1e-4
    for coarse, fine in pairwise(errors):
        assert 3.8 < coarse / fine < 4.2


def test_full_torque_pulls_away_at_constant_acceleration() -> None:
    """A trace that leaps is followed at T / (r m): v = a t and s = a t^2 / 2 until it is caught; 1e-11, the halving."""
    unit = plain_unit()
    unit = replace(unit, torque_max=np.full((1, 17), 1000.0), torque_min=np.full((1, 17), -1000.0),
                   torque_continuous=np.full((1, 17), 500.0), loss=np.zeros_like(unit.loss))  # fmt: skip
    one = plain_car(unit)
    pull = 1000.0 / 0.34 / 2000.0
    history = trace(one, cycle(np.r_[0.0, np.full(20, 18.0)]))
    expected = np.minimum(pull * np.arange(21), 18.0)
    np.testing.assert_allclose(history.speed, expected, rtol=1e-11)
    runs = drive([one], cycle(np.r_[0.0, np.full(20, 18.0)]), where=Here())
    assert runs.ended[0] == Ended.SLOW
    assert runs.miss_speed[0] == pytest.approx(18.0 - pull, rel=1e-11)
    assert runs.miss_first[0] == 0.0
    assert runs.miss_time[0] == int(18.0 / pull)
    assert runs.distance[0, 0] == pytest.approx(np.trapezoid(expected), rel=1e-11)


def test_tyres_of_the_driven_axle_limit_braking() -> None:
    """A front axle gains load in braking, a rear one loses it: F = grip (m g share -+ m a h / l), by hand."""
    for axle, sign, share in (("front", 1.0, 0.4), ("rear", -1.0, 0.6)):
        units = {"front": None, "rear": None, axle: plain_unit()}
        one = plain_car(grip=0.5, front_load=0.4, **units)
        runs = drive([one], cycle([20.0, 16.5]), DriveSettings(soc=0.5), Here())
        limit = 0.5 * 2000.0 * (GRAVITY * share + sign * 3.5 * 0.55 / 2.85)
        assert limit < 2000.0 * 3.5
        recovered = -runs.total("wheel_in")[0] - runs.total("brake")[0]
        assert recovered == pytest.approx(limit * 18.25, rel=1e-13), axle


def test_brakes_cannot_do_more_than_the_tyres() -> None:
    """On ice of grip 0.15 the car slows at 0.15 g and no faster: too fast at the end, and it says so; 1e-11."""
    one = plain_car(plain_unit(), grip=0.15)
    runs = drive([one], cycle([20.0, 15.0, 15.0, 15.0, 15.0, 15.0]), DriveSettings(soc=0.5), Here())
    assert runs.ended[0] == Ended.SLOW
    assert runs.miss_speed[0] == pytest.approx(5.0 - 0.15 * GRAVITY, rel=1e-11)
    assert runs.miss_time[0] == 3.0
    assert runs.miss_power[0] == 0.0


def test_wall_puts_back_what_was_drawn() -> None:
    """11 kW at 92 % charge with 25.28 A: 10,120 W at the terminals store 400 I; the wall gives that over the share."""
    one = plain_car(plain_unit(load=0.3), 150.0)
    runs = drive([one], cycle(np.full(101, 20.0)), where=Here())
    assert isinstance(one.powertrain, Bev)
    current = (sqrt(VOLTS**2 + 4 * OHMS * 11e3 * 0.92) - VOLTS) / (2 * OHMS)
    stored = VOLTS * current / 11e3
    assert runs.wall.sum() == pytest.approx(runs.total("source")[0] / stored, rel=1e-13)
    assert runs.wall_energy[0] == pytest.approx(runs.wall.sum() / 2000.0, rel=1e-13)


def test_names_of_energies_are_those_of_the_kernels() -> None:
    """The kernels number the energies as the runs name them."""
    from coaxle.vehicle.kernels import electric as e

    numbers = (e.SOURCE, e.OUT, e.IN, e.BRAKE, e.UNIT, e.TRANSMISSION, e.STORAGE, e.AUX, e.IDLE)
    names = ("source", "wheel_out", "wheel_in", "brake", "unit", "transmission", "storage", "auxiliaries", "idle")
    assert [ENERGIES[i] for i in numbers] == list(names)
    assert [int(code) for code in Ended] == [e.OK, e.SLOW, e.EMPTY, e.ROOT, e.BEYOND]
    assert e.G == GRAVITY
