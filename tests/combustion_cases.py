"""Combustion cars and trips for the tests: two litres of petrol engine, an eight-speed gearbox, a saloon."""

from __future__ import annotations

from typing import Any

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.maps import EngineMap, Fuel, Origin
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.powertrain import Alternator, Ice, Idling, Transmission, Vehicle

RPM = np.pi / 30
PETROL = Fuel(kind="petrol", heating_value=43.0e6, density=740.0, co2=3.17, source="round figures")


def engine(
    *,
    torque: float = 350.0,
    speeds: int = 40,
    torques: int = 30,
    holes: bool = True,
    bend: float = 4e-4,
    **changes: Any,
) -> EngineMap:
    """Return an engine of 2 l: friction of 20 Nm and more, fuel power = work / 0.41 with a bend at high load."""
    speed = np.linspace(700.0, 7000.0, speeds) * RPM
    axis = np.linspace(0.0, torque, torques)
    wide_open = torque * np.interp(speed / RPM, [700.0, 1500.0, 4500.0, 7000.0], [0.42, 1.0, 1.0, 0.68])
    drag = -(20.0 + 3e-5 * speed**2)
    brake = axis[None, :]
    power = (brake - drag[:, None]) * (1.0 + bend * brake) * speed[:, None] / 0.41
    fuel = power / PETROL.heating_value
    if holes:
        fuel = np.where(brake <= wide_open[:, None] * (1 + 1e-9), fuel, np.nan)
    fields: dict[str, Any] = {
        "name": "two litres",
        "fuel_kind": PETROL,
        "speed": speed,
        "torque": axis,
        "fuel": fuel,
        "torque_max": wide_open,
        "torque_drag": drag,
        "idle_speed": 750.0 * RPM,
        "displacement": 2e-3,
        "cold_friction": 1.8,
        "warm_up_energy": 8e6,
        "inertia": 0.18,
        "mass": 135.0,
        "cost": None,
        "origin": Origin(method="extended Willans line", source="made up for tests"),
    }
    return EngineMap(**(fields | changes))


def transmission(**changes: Any) -> Transmission:
    """Return an eight-speed automatic."""
    fields: dict[str, Any] = {
        "launch": "converter",
        "ratios": (5.0, 3.2, 2.143, 1.72, 1.313, 1.0, 0.823, 0.64),
        "mesh": 0.02,
        "drag": 4.0,
        "cold_drag": 2.0,
        "standstill_drag": 9.0,
        "stall_ratio": 2.0,
        "coupling": 0.87,
        "launch_speed": 1500 * RPM,
        "lugging_speed": 1150 * RPM,
        "overrun_speed": 1000 * RPM,
        "torque_reserve": 0.1,
        "shift_hold": 2.5,
        "max_torque": 500.0,
        "mass": 80.0,
        "source": "made up for tests",
    }
    return Transmission(**(fields | changes))


def ice(**changes: Any) -> Ice:
    """Return a powertrain of that engine and gearbox."""
    fields: dict[str, Any] = {
        "engine": engine(),
        "transmission": transmission(),
        "axle_ratio": 2.81,
        "axle_loss": 0.03,
        "driven": "rear",
        "auxiliaries": 350.0,
        "alternator": Alternator(power=2000.0, efficiency=0.7, content=5e4, round_trip=0.85),
        "idling": Idling(cold_rise=300 * RPM, stop_warmth=0.4, stop_delay=1.0, restart=2.0),
        "stop_start": True,
        "recuperation": True,
    }
    return Ice(**(fields | changes))


def body(**changes: Any) -> Body:
    """Return a saloon."""
    fields: dict[str, Any] = {
        "mass": 1800.0,
        "road_load": Coastdown(kind="coastdown", f0=200.0, f1=0.5, f2=0.42),
        "wheel_radius": 0.32,
        "rotating_share": 0.03,
        "front_load": 0.5,
        "wheelbase": 2.85,
        "centre_height": 0.55,
        "grip": 1.0,
        "source": "made up for tests",
    }
    return Body(**(fields | changes))


def car(name: str = "car", mass: float = 1800.0, shell: Body | None = None, **changes: Any) -> Vehicle:
    """Return a car; ``changes`` are those of its powertrain."""
    return Vehicle(name=name, body=shell or body(), powertrain=ice(**changes), mass=mass)


def cycle(speed: Any, *, step: float = 1.0, grade: Any = 0.0, phases: int = 1) -> Cycle:
    """Return a trace with points ``step`` apart, cut into ``phases`` of about equal length."""
    speed = np.asarray(speed, np.float64)
    time = step * np.arange(speed.size)
    cuts = np.linspace(0, speed.size - 1, phases + 1).astype(int)
    return Cycle(
        name="trip",
        time=time,
        speed=speed,
        grade=np.broadcast_to(np.asarray(grade, np.float64), speed.shape),
        phases=tuple(f"part {i + 1}" for i in range(phases)),
        borders=time[cuts],
        source="made up for tests",
    )


def trip(seed: int, points: int, top: float, step: float = 1.0) -> np.ndarray:
    """Return speeds of a trip with stops: spells of steady, rising, falling speed and standing, drawn by ``seed``."""
    draw = np.random.default_rng(seed)
    speed = [0.0] * 3
    while len(speed) < points:
        spell, target = int(draw.integers(2, 25)), float(draw.choice([0.0, *(top * draw.random(3))]))
        pace = float(draw.uniform(0.2, 2.5)) * step
        for _ in range(spell):
            change = np.clip(target - speed[-1], -pace, pace)
            speed.append(max(0.0, speed[-1] + change))
    return np.array(speed[:points])
