"""The compiled time steps against an adaptive integrator and plain root finding, written apart."""

from bisect import bisect_right
from math import pi, sqrt

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.numerics.rows import Here
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.performance import PerformanceSettings, perform
from coaxle.vehicle.powertrain import Alternator, Bev, Charger, Ice, Idling, Regeneration, Transmission, Vehicle

G = 9.80665
MEASURED = Origin(method="measured", source="made up")
V_80, V_100, V_120 = 80 / 3.6, 100 / 3.6, 120 / 3.6
BODY = Body(
    mass=2200.0,
    road_load=Coastdown(kind="coastdown", f0=180.0, f1=1.5, f2=0.6),
    wheel_radius=0.36,
    rotating_share=0.03,
    front_load=0.48,
    wheelbase=2.95,
    centre_height=0.56,
    grip=0.95,
    source="made up",
)


def unit(peak_torque, peak_power, name):
    """Return a unit whose torque falls with voltage beyond its corner speed, with losses of several kinds."""
    voltage, speed = np.linspace(280, 440, 5), np.linspace(0, 200, 41)
    torque = np.linspace(-peak_torque, peak_torque, 41)
    corner = peak_power * voltage[:, None] / 400
    reach = np.minimum(peak_torque, corner / np.maximum(speed, 1e-9)[None, :])
    t, w = torque[None, None, :], speed[None, :, None]
    loss = 300 + 8 * w + 6e-4 * t**2 * (400 / voltage)[:, None, None] + 0.01 * np.abs(t) * w
    return EduMap(
        name=name,
        voltage=voltage,
        speed=speed,
        torque=torque,
        loss=loss,
        torque_max=reach,
        torque_min=-reach,
        torque_continuous=0.6 * reach,
        mass=90,
        inertia=3.0,
        cost=None,
        origin=MEASURED,
    )


STORE = BatteryMap(
    name="pack",
    soc=np.linspace(0, 1, 11),
    voltage=np.linspace(330, 410, 11),
    resistance=np.full(11, 0.06),
    power_max=np.full(11, 260e3),
    power_min=np.full(11, -100e3),
    charge=8e5,
    soc_max=0.95,
    soc_min=0.05,
    mass=500,
    cost=None,
    origin=MEASURED,
)


def electric(front, rear, grip=0.95):
    powertrain = Bev(
        battery=STORE,
        charger=Charger(power=11e3, efficiency=0.9),
        regeneration=Regeneration(max_deceleration=3, blend_from=4, blend_to=2),
        auxiliaries=600.0,
        front=front,
        rear=rear,
    )
    fields = {f: getattr(BODY, f) for f in BODY.__dataclass_fields__}
    return Vehicle(name="car", body=Body(**{**fields, "grip": grip}), powertrain=powertrain, mass=2200.0)


def loads(body, a):
    shift = 2200 * a * body.centre_height / body.wheelbase
    return 2200 * G * body.front_load - shift, 2200 * G * (1 - body.front_load) + shift


def between(axes, table):
    """Return a function that interpolates linearly along one axis after the other."""
    lists = [axis.tolist() for axis in axes]

    def reduce(part, lists, point):
        if not lists:
            return part
        axis, x = lists[0], point[0]
        i = min(bisect_right(axis, x) - 1, len(axis) - 2)
        low, high = (reduce(part[j], lists[1:], point[1:]) for j in (i, i + 1))
        return low + (high - low) * (x - axis[i]) / (axis[i + 1] - axis[i])

    nested = table.tolist()
    return lambda *point: reduce(nested, lists, point)


class Car:
    """An electric car whose acceleration is found by nested root finding."""

    def __init__(self, vehicle):
        self.body, p = vehicle.body, vehicle.powertrain
        self.u_oc = float(np.interp(0.95, STORE.soc, STORE.voltage))
        self.units = [m for m in (p.front, p.rear) if m]
        self.axles = [i for i, m in enumerate((p.front, p.rear)) if m]
        self.reach = [between((m.voltage, m.speed), m.torque_max) for m in self.units]
        self.loss = [between((m.voltage, m.speed, m.torque), m.loss) for m in self.units]
        self.mass = 2200 * 1.03 + sum(m.inertia for m in self.units) / 0.36**2
        self.inertia = [m.inertia + 2200 * 0.015 * 0.36**2 for m in self.units]  # with two of the four wheels

    def taken(self, u, w, torques):
        return 600 + sum(t * w + f(u, w, t) for f, t in zip(self.loss, torques, strict=True))

    def torques(self, v, a, u, y):
        w = v / 0.36
        """Balance the torques about each driven axle: unit = tyre + inertia times angular acceleration."""
        carried = [0.36 * self.body.grip * loads(self.body, a)[axle] for axle in self.axles]
        takes = [j * a / 0.36 for j in self.inertia]
        most = [min(y * f(u, w), c + t) for f, c, t in zip(self.reach, carried, takes, strict=True)]
        if self.taken(u, w, most) <= 260e3:
            return most
        part = brentq(lambda s: self.taken(u, w, [s * t for t in most]) - 260e3, 0, 1, xtol=1e-13)
        return [part * t for t in most]

    def voltage(self, v, a, y):
        def gap(u):
            p = self.taken(u, v / 0.36, self.torques(v, a, u, y))
            return u - (self.u_oc - 0.06 * (self.u_oc - sqrt(self.u_oc**2 - 4 * 0.06 * p)) / (2 * 0.06))

        return brentq(gap, 300, self.u_oc, xtol=1e-10)

    def acceleration(self, v, y):
        road = 180 + 1.5 * v + 0.6 * v * v

        def gap(a):
            force = sum(self.torques(v, a, self.voltage(v, a, y), y)) / 0.36
            return a - (force - road) / self.mass

        return brentq(gap, -5, 15, xtol=1e-10)


def time_to(rate, v_from, v_to):
    """Return the time in which dv/dt = ``rate(t, v)`` leads from one speed to another."""

    def arrived(t, v):
        return v[0] - v_to

    arrived.terminal = True
    done = solve_ivp(rate, (0, 60), [v_from], events=arrived, rtol=1e-5, atol=1e-6, max_step=0.1)
    return float(done.t_events[0][0])


@pytest.mark.parametrize(
    ("front", "rear", "grip"),
    [
        (None, unit(4200, 220e3, "rear"), 0.75),  # on its tyres at first, then by its envelope
        (unit(2800, 150e3, "front"), unit(3600, 190e3, "rear"), 0.95),  # later by the battery
    ],
)
def test_electric_cars(front, rear, grip):
    vehicle = electric(front, rear, grip)
    twin, settings = Car(vehicle), PerformanceSettings(machine_time=0.15, step=0.01)
    found = perform([vehicle], settings, Here())

    def rate(t, v):
        y = 1 - np.exp(-t / 0.15)
        return [max(twin.acceleration(v[0], y), 0.0 if v[0] <= 0 else -9.0)]

    # steps of 10 ms leave an error of their square, the adaptive integrator one where the tyres let go
    assert found.zero_to_100[0] == pytest.approx(time_to(rate, 0.0, V_100), abs=3e-4)
    if front is None:
        top = brentq(lambda v: twin.acceleration(v, 1.0), 40, rear.speed[-1] * 0.36 - 1e-6, xtol=1e-8)
        assert found.top_speed[0] == pytest.approx(top, rel=1e-6)


RATIOS, AXLE, LAUNCH = (4.7, 3.1, 2.1, 1.67, 1.29, 1.0), 3.2, 190.0


def combustion():
    speed = np.linspace(70, 680, 40)
    wide_open = np.interp(speed, [70, 150, 450, 550, 680], [180, 400, 400, 340, 200])
    engine = EngineMap(
        name="engine",
        fuel_kind=Fuel(kind="petrol", heating_value=43e6, density=745, co2=3.1, source="x"),
        speed=speed,
        torque=np.linspace(0, 400, 5),
        fuel=np.full((40, 5), 1e-3),
        torque_max=wide_open,
        torque_drag=np.full(40, -20.0),
        idle_speed=75.0,
        displacement=2e-3,
        cold_friction=1.3,
        warm_up_energy=1e6,
        inertia=0.17,
        mass=150,
        cost=None,
        origin=MEASURED,
    )
    box = Transmission(
        launch="converter",
        ratios=RATIOS,
        mesh=0.03,
        drag=6.0,
        cold_drag=2.0,
        standstill_drag=8.0,
        stall_ratio=1.9,
        coupling=0.87,
        launch_speed=LAUNCH,
        lugging_speed=110,
        overrun_speed=100,
        torque_reserve=0.1,
        shift_hold=2.0,
        max_torque=450,
        mass=80,
        source="x",
    )
    powertrain = Ice(
        engine=engine,
        transmission=box,
        axle_ratio=AXLE,
        axle_loss=0.02,
        driven="rear",
        auxiliaries=500.0,
        alternator=Alternator(power=2e3, efficiency=0.7, content=1e5, round_trip=0.8),
        idling=Idling(cold_rise=0, stop_warmth=1, stop_delay=1, restart=1),
        stop_start=True,
        recuperation=False,
    )
    fields = {f: getattr(BODY, f) for f in BODY.__dataclass_fields__}
    return Vehicle(name="car", body=Body(**{**fields, "mass": 1700.0, "grip": 0.8}), powertrain=powertrain, mass=2200.0)


def test_a_converter_automatic_that_spins_its_tyres_and_changes_gears():
    vehicle = combustion()
    settings = PerformanceSettings(
        throttle_time=0.12, boost_time=0.5, unboosted_pressure=10e5, shift_time=0.2, shift_torque=0.5, step=0.002
    )
    found = perform([vehicle], settings, Here())
    curve = vehicle.powertrain.engine
    f0 = 180.0 * 2200 / 1700
    eta, hl = 0.97 * 0.98, 0.56 / 2.95

    def engine_force(gear, v, y):
        k = RATIOS[gear] * AXLE / 0.36
        w = max(v * k, LAUNCH)
        top = np.interp(w, curve.speed, curve.torque_max)
        prompt = min(top, 10e5 * 2e-3 / (4 * pi))
        torque = max(y[0] * prompt + y[1] * (top - prompt) - 500 / 0.7 / w, 0)
        slip = v * k / LAUNCH
        ratio = 1.9 - 0.9 * slip / 0.87 if slip < 0.87 else 1.0
        return max((torque * ratio - 6) * k * eta, 0)

    def mass(gear, v):
        k = RATIOS[gear] * AXLE / 0.36
        return 2200 * 1.03 + (0.17 * k * k if v * k >= LAUNCH else 0.0)

    def acceleration(gear, v, y, part=1.0):
        """Take the weaker of engine and rear tyres, which push the car and the front wheels alone: in closed form."""
        road = f0 + 1.5 * v + 0.6 * v * v
        by_engine = (part * engine_force(gear, v, y) - road) / mass(gear, v)
        by_tyres = (0.8 * 2200 * G * 0.52 - road) / (2200 * 1.015 - 0.8 * 2200 * hl)
        return max(min(by_engine, by_tyres), 0.0 if v <= 0 else -9.0)

    def better(gear, v):
        if gear + 1 == len(RATIOS) or v * RATIOS[gear + 1] * AXLE / 0.36 < LAUNCH:
            return False
        if v * RATIOS[gear] * AXLE / 0.36 >= 680:
            return True
        road = f0 + 1.5 * v + 0.6 * v * v
        a, b = ((engine_force(g, v, (1, 1)) - road) / mass(g, v) for g in (gear, gear + 1))
        return b > a

    t, v, gear, until, dt = 0.0, 0.0, 0, -1.0, 2e-4  # plain small steps, for the changes of gear
    while v < V_100:
        if t >= until and better(gear, v):
            gear, until = gear + 1, t + 0.2
        y = 1 - np.exp(-t / 0.12), 1 - np.exp(-t / 0.5)
        v += dt * acceleration(gear, v, y, 0.5 if t < until else 1.0)
        t += dt
    assert gear == 2
    assert found.zero_to_100[0] == pytest.approx(
        t, abs=4e-3
    )  # each change begins within a step of 2 ms, plain ones add
