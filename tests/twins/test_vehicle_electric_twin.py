"""The kernels against the same physics written down once more, plainly: one car, one step after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, atan, cos, sin, sqrt

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator
from scipy.optimize import brentq

from coaxle.cycles.cycle import Cycle
from coaxle.cycles.legal import legal
from coaxle.numerics.rows import Here
from coaxle.vehicle.backward import drive
from coaxle.vehicle.filling import filled
from coaxle.vehicle.pair import axles_of
from coaxle.vehicle.powertrain import Bev, Vehicle
from coaxle.vehicle.runs import ENERGIES, Ended
from coaxle.vehicle.settings import DriveSettings
from electric_cases import battery, car, cycle, edu, trips

G = 9.80665


@dataclass
class Plain:
    """A car in plain Python; ``spent`` by name of energy and phase."""

    vehicle: Vehicle
    soc: float
    spent: dict[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        power = self.vehicle.powertrain
        assert isinstance(power, Bev)
        self.power, self.map, self.pack = power, axles_of(power).map, power.battery
        self.share = axles_of(power).front_share
        self.radius = self.vehicle.body.wheel_radius
        m, f = self.vehicle.mass, self.map
        self.inertia = m * (1 + self.vehicle.body.rotating_share) + f.inertia / self.radius**2
        self.load = self.vehicle.body.coefficients(m)
        volts = f.voltage if f.voltage.size > 1 else np.array([0.0, 1000.0])
        twice = 1 if f.voltage.size > 1 else 2
        tables = (filled(f), f.torque_max, f.torque_min)
        axes = ((volts, f.speed, f.torque), (volts, f.speed), (volts, f.speed))
        self.loss, self.high, self.low = (
            RegularGridInterpolator(axis, np.repeat(table, twice, axis=0))
            for axis, table in zip(axes, tables, strict=True)
        )

    def of_pack(self, table: np.ndarray) -> float:
        return float(np.interp(self.soc, self.pack.soc, table))

    def tyres(self, acceleration: float, slope: float) -> float:
        """Return the force that the driven tyres carry."""
        b, m = self.vehicle.body, self.vehicle.mass
        level = cos(asin(slope))
        shift = m * (acceleration + G * slope) * b.centre_height / b.wheelbase
        front, rear = m * G * b.front_load * level - shift, m * G * (1 - b.front_load) * level + shift
        if self.share is None:
            return b.grip * (front + rear)
        reach = [normal * b.grip / part for normal, part in ((front, self.share), (rear, 1 - self.share)) if part]
        return max(min(reach), 0.0)

    def needed(self, v0: float, v1: float, dt: float, slope: float) -> float:
        """Return the force at the wheels."""
        if v0 + v1 == 0:
            return 0.0
        f0, f1, f2 = self.load
        mean_square = np.mean(np.polyval([1 / 3 * (v1 - v0) ** 2, (v1 - v0) * v0, v0**2, 0.0], [1.0]))
        road = f0 + f1 * (v0 + v1) / 2 + f2 * mean_square
        return self.inertia * (v1 - v0) / dt + road + self.vehicle.mass * G * slope

    def electric(self, force: float, speed: float, volts: float) -> tuple[float, float]:
        """Return loss and battery power."""
        torque = float(np.clip(force * self.radius, self.map.torque[0], self.map.torque[-1]))  # rounding at the ends
        loss = float(self.loss((volts, speed / self.radius, torque)))
        return loss, force * speed + loss + self.power.auxiliaries

    def braking(self, force: float, v0: float, v1: float, dt: float, slope: float, volts: float) -> float:
        """Return what the units give of a braking force."""
        r, speed = self.power.regeneration, (v0 + v1) / 2
        share = float(np.interp(speed, [r.blend_to, r.blend_from], [0.0, 1.0]))
        pull = share * max(force, -self.inertia * r.max_deceleration)
        pull = max(
            pull, -self.tyres((v1 - v0) / dt, slope), float(self.low((volts, speed / self.radius))) / self.radius
        )
        current = (self.soc - 1.0) * self.pack.charge / dt
        least = max(
            self.of_pack(self.pack.power_min),
            self.of_pack(self.pack.voltage) * current - self.of_pack(self.pack.resistance) * current**2,
        )
        if self.electric(pull, speed, volts)[1] < least:
            pull = brentq(lambda f: self.electric(f, speed, volts)[1] - least, pull, 0.0, xtol=1e-13, rtol=1e-15)
        return pull

    def spare(self, v0: float, v1: float, dt: float, slope: float, volts: float) -> float:
        """Return how far a driving step stays below its nearest limit, as a share of that limit."""
        speed, force = (v0 + v1) / 2, self.needed(v0, v1, dt, slope)
        torque = float(self.high((volts, speed / self.radius)))
        tyre = self.tyres((v1 - v0) / dt, slope)
        spare = min(1 - force * self.radius / torque, 1 - force / tyre)
        if spare < 0:
            return spare
        u, r = self.of_pack(self.pack.voltage), self.of_pack(self.pack.resistance)
        limit = min(self.of_pack(self.pack.power_max), u * u / 4 / r)
        return min(spare, 1 - self.electric(force, speed, volts)[1] / limit)

    def drive(self, trace: Cycle) -> np.ndarray:
        """Follow the trace and return the speeds reached."""
        self.spent = {name: np.zeros(len(trace.phases)) for name in (*ENERGIES, "distance")}
        reached = [min(float(trace.speed[0]), float(self.map.speed[-1]) * self.radius)]
        for k, dt in enumerate(np.diff(trace.time)):
            slope = sin(atan((trace.grade[k] + trace.grade[k + 1]) / 2))
            phase = int(np.searchsorted(trace.borders[1:-1], trace.time[k], side="right"))
            reached.append(self.step(reached[-1], float(trace.speed[k + 1]), float(dt), slope, phase))
        return np.array(reached)

    def step(self, v0: float, wanted: float, dt: float, slope: float, phase: int) -> float:
        u, r = self.of_pack(self.pack.voltage), self.of_pack(self.pack.resistance)
        volts = u if self.map.voltage.size > 1 else 500.0
        v1 = min(wanted, float(self.map.speed[-1]) * self.radius)
        if self.needed(v0, v1, dt, slope) > 0 and self.spare(v0, v1, dt, slope, volts) < 0:
            coast = 0.0
            if self.needed(v0, 0.0, dt, slope) < 0:
                coast = brentq(lambda v: self.needed(v0, v, dt, slope), 0.0, v1, xtol=1e-14, rtol=1e-15)
            v1 = brentq(lambda v: self.spare(v0, v, dt, slope, volts), coast, v1, xtol=1e-14, rtol=1e-15)
        speed, force = (v0 + v1) / 2, self.needed(v0, v1, dt, slope)
        pull = force if force >= 0 else self.braking(force, v0, v1, dt, slope, volts)
        loss, power = self.electric(pull, speed, volts)
        current = (u - sqrt(max(u * u - 4 * r * power, 0.0))) / (2 * r)
        for name, energy in (
            ("source", u * current * dt),
            ("wheel_out", max(force, 0.0) * speed * dt),
            ("wheel_in", min(force, 0.0) * speed * dt),
            ("brake", (pull - force) * speed * dt),
            ("unit", loss * dt),
            ("storage", r * current**2 * dt),
            ("auxiliaries", self.power.auxiliaries * dt),
            ("distance", speed * dt),
        ):
            self.spent[name][phase] += energy
        self.soc -= current * dt / self.pack.charge
        return v1


HILLY = 0.06 * np.sin(np.arange(240) / 15.0)
CASES = {
    "level": (car(), cycle(trips(1), phases=3)),
    "hills": (car(), cycle(trips(2), grade=HILLY, phases=2)),
    "three voltages": (car(rear=edu(nodes=(3, 41, 41))), cycle(trips(3))),
    "weak": (car(rear=edu(power=45e3, torque=1400.0)), cycle(trips(4))),
    "weak at three voltages": (
        car(rear=edu(power=45e3, torque=1400.0, nodes=(3, 31, 31))),
        cycle(trips(5), grade=HILLY),
    ),
    "low battery power": (car(pack=battery(power_max=35e3)), cycle(trips(6))),
    "no root": (car(pack=battery(resistance=1.1)), cycle(trips(7))),
    "poor charging": (car(pack=battery(power_min=-9e3)), cycle(trips(8))),
    "unit brakes little": (car(rear=edu(braking=0.2), regeneration=(9.0, 2.0, 1.0)), cycle(trips(9))),
    "slippery, rear": (car(grip=0.36, regeneration=(5.0, 2.0, 1.0)), cycle(trips(10))),
    "slippery, front": (car(front=edu(), grip=0.36, regeneration=(5.0, 2.0, 1.0)), cycle(trips(11))),
    "two, least loss": (car(front=edu("f", power=70e3, torque=1400.0), rear=edu("r")), cycle(trips(12))),
    "two, fixed": (car(front=edu("f"), rear=edu("r", scale=1.4), front_share=0.35, grip=0.5), cycle(trips(13))),
    "slippery on hills": (car(grip=0.34, regeneration=(5.0, 2.0, 1.0)), cycle(trips(10), grade=3 * HILLY)),
    "map ends": (car(rear=edu(speed_end=70.0)), cycle(trips(14))),
    "full": (car(pack=battery(window=(0.05, 1.0))), cycle(np.r_[np.linspace(25.0, 1.0, 80), trips(16)], step=0.5)),
    "half seconds": (car(rear=edu(power=60e3)), cycle(trips(15), step=0.5)),
}


@pytest.mark.parametrize("case", CASES)
def test_kernels_agree_with_plain_python(case: str) -> None:
    """Every energy of every phase agrees.

    1e-10 of the energy turned over: both sum the same few hundred terms; where a limit binds, the end speed is found
    to 1e-13 by different ways and carries on through the rest of the trip. Where the battery gives the most that it
    can, dI/dP has no bound: a current is then known to the square root of that only (3e-12 m/s in speed make 2e-12 in
    power), hence 1e-5.
    """
    near = 1e-5 if case == "no root" else 1e-10
    vehicle, trace = CASES[case]
    soc = 0.99995 if case == "full" else 0.6
    plain = Plain(vehicle, soc)
    reached = plain.drive(trace)
    runs = drive([vehicle], trace, DriveSettings(soc=soc), Here())
    scale = float(plain.spent["wheel_out"].sum())
    for place, name in enumerate(ENERGIES):
        np.testing.assert_allclose(runs.energy[0, :, place], plain.spent[name], rtol=0, atol=near * scale, err_msg=name)
    np.testing.assert_allclose(runs.distance[0], plain.spent["distance"], rtol=near)
    assert runs.soc_end[0] == pytest.approx(plain.soc, abs=near)
    short = trace.speed - reached
    assert runs.miss_speed[0] == pytest.approx(short.max(), abs=10 * near)
    assert (runs.ended[0] != Ended.OK) == (short.max() > 0)


def test_cases_meet_their_limits() -> None:
    """The cases above are not idle: each limit binds in its own."""
    ended = {case: drive([vehicle], trace, DriveSettings(soc=0.6), Here()) for case, (vehicle, trace) in CASES.items()}
    for case in ("level", "three voltages", "poor charging", "unit brakes little", "two, least loss"):
        assert ended[case].ended[0] == Ended.OK, case
    for case in ("weak", "weak at three voltages", "low battery power", "half seconds"):
        assert ended[case].ended[0] == Ended.SLOW, case
    assert ended["no root"].ended[0] == Ended.POWER
    assert ended["map ends"].ended[0] == Ended.BEYOND
    free = {
        "poor charging": car(pack=battery(power_min=-120e3)),
        "unit brakes little": car(regeneration=(9.0, 2.0, 1.0)),
        "slippery, rear": car(regeneration=(5.0, 2.0, 1.0)),
    }
    for case, vehicle in free.items():
        other = drive([vehicle], CASES[case][1], DriveSettings(soc=0.6), Here())
        assert other.total("brake")[0] < 0.9 * ended[case].total("brake")[0], case


def test_legal_cycle_agrees() -> None:
    """A whole WLTC by both roads, to 1e-10 as above."""
    vehicle, trace = car(rear=edu(nodes=(3, 61, 61))), legal("WLTC-3b")
    plain = Plain(vehicle, 0.95)
    plain.drive(trace)
    runs = drive([vehicle], trace, where=Here())
    np.testing.assert_allclose(runs.energy[0, :, 0], plain.spent["source"], rtol=1e-10)
    assert runs.ended[0] == Ended.OK
