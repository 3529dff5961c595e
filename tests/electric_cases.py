"""Electric cars and cycles for the tests of the room vehicle: made up, of any size and with any defect."""

from __future__ import annotations

from typing import Any

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.maps import BatteryMap, EduMap, Origin
from coaxle.numerics.arrays import Array
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.powertrain import Bev, Charger, Regeneration, Vehicle

ORIGIN = Origin(method="loss components", source="made up for a test")


def edu(
    name: str = "unit",
    *,
    power: float = 150e3,
    torque: float = 3000.0,
    speed_end: float = 160.0,
    nodes: tuple[int, int, int] = (1, 41, 41),
    scale: float = 1.0,
    inertia: float = 3.0,
    braking: float = 0.9,
    voltage: tuple[float, float] = (280.0, 480.0),
) -> EduMap:
    """Return a unit with constant torque, then constant power; NaN beyond its envelope."""
    v, s, t = nodes
    volts = np.linspace(*voltage, v) if v > 1 else np.array([370.0])
    speed, axis = np.linspace(0.0, speed_end, s), np.linspace(-torque, torque, t)
    reach = power * (volts / 370.0 if v > 1 else np.ones(1))[:, None]
    high = np.minimum(torque, reach / np.maximum(speed, 1e-9))
    x, y = speed[:, None] / speed_end, axis / torque
    loss = scale * power * (0.0015 + 0.008 * x + 0.012 * x**2 + 0.06 * y**2 + 0.01 * x * np.abs(y))
    loss = loss * (1.0 + 0.15 * (volts[:, None, None] / 370.0 - 1.0))
    inside = np.abs(axis) <= high[:, :, None] + 1e-6 * 2 * torque
    return EduMap(
        name=name,
        voltage=volts,
        speed=speed,
        torque=axis,
        loss=np.where(inside, loss, np.nan),
        torque_max=high,
        torque_min=-braking * high,
        torque_continuous=0.5 * high,
        mass=90.0,
        inertia=inertia,
        cost=None,
        origin=ORIGIN,
    )


def battery(
    *,
    energy: float = 60 * 3.6e6,
    resistance: float = 0.1,
    power_max: float = 220e3,
    power_min: float = -120e3,
    states: int = 21,
    window: tuple[float, float] = (0.05, 0.95),
) -> BatteryMap:
    """Return a pack of about 370 V whose voltage and resistance change with its state of charge."""
    soc = np.linspace(0.0, 1.0, states)
    return BatteryMap(
        name="pack",
        soc=soc,
        voltage=np.interp(soc, [0.0, 0.1, 0.5, 1.0], [320.0, 345.0, 370.0, 415.0]),
        resistance=resistance * np.linspace(1.3, 0.9, states),
        power_max=np.full(states, power_max) * np.linspace(0.8, 1.0, states),
        power_min=np.full(states, power_min) * np.linspace(1.0, 0.6, states),
        charge=energy / 370.0,
        soc_max=window[1],
        soc_min=window[0],
        mass=400.0,
        cost=None,
        origin=ORIGIN,
    )


def body(**changes: Any) -> Body:
    """Return a body of 2000 kg."""
    figures: dict[str, Any] = {
        "mass": 2000.0,
        "road_load": Coastdown(kind="coastdown", f0=140.0, f1=0.6, f2=0.4),
        "wheel_radius": 0.34,
        "rotating_share": 0.03,
        "front_load": 0.48,
        "wheelbase": 2.85,
        "centre_height": 0.55,
        "grip": 0.9,
        "source": "made up",
    }
    return Body(**(figures | changes))


def car(
    name: str = "car",
    *,
    mass: float = 2000.0,
    front: EduMap | None = None,
    rear: EduMap | None = None,
    front_share: float | None = None,
    pack: BatteryMap | None = None,
    auxiliaries: float = 400.0,
    regeneration: tuple[float, float, float] = (2.0, 4.0, 1.0),
    **of_body: Any,
) -> Vehicle:
    """Return a car; without a unit given it has one at the rear."""
    if front is None and rear is None:
        rear = edu()
    strength, blend_from, blend_to = regeneration
    return Vehicle(
        name=name,
        body=body(**of_body),
        powertrain=Bev(
            battery=pack or battery(),
            charger=Charger(power=11e3, efficiency=0.92),
            regeneration=Regeneration(max_deceleration=strength, blend_from=blend_from, blend_to=blend_to),
            auxiliaries=auxiliaries,
            front=front,
            rear=rear,
            front_share=front_share,
        ),
        mass=mass,
    )


def cycle(
    speed: Array | list[float],
    *,
    step: float | Array = 1.0,
    grade: float | Array = 0.0,
    phases: int = 1,
    name: str = "made up",
) -> Cycle:
    """Return a cycle of these speeds [m/s] in even steps (or at these times), cut into ``phases`` of like length."""
    values = np.asarray(speed, np.float64)
    time = step * np.arange(values.size) if np.isscalar(step) else np.asarray(step, np.float64)
    places = np.linspace(0, values.size - 1, phases + 1).astype(int)
    return Cycle(
        name=name,
        time=time,
        speed=values,
        grade=np.broadcast_to(np.asarray(grade, np.float64), values.shape),
        phases=tuple(f"phase {i + 1}" for i in range(phases)),
        borders=time[places],
        source="made up",
    )


def trips(seed: int, points: int = 240, top: float = 33.0) -> Array:
    """Return the speeds of a random trip [m/s]: standstills, bursts of up to 2 m/s2, braking of up to 3 m/s2."""
    random = np.random.default_rng(seed)
    speed = [0.0]
    while len(speed) < points:
        wanted = 0.0 if random.random() < 0.3 else random.uniform(2.0, top)
        rise, fall, hold = random.uniform(0.3, 2.0), random.uniform(0.3, 3.0), int(random.integers(1, 20))
        while abs(speed[-1] - wanted) > 1e-9 and len(speed) < points:
            speed.append(float(np.clip(wanted, speed[-1] - fall, speed[-1] + rise)))
        speed += [wanted] * hold
    return np.array(speed[:points])
