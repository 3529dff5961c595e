"""A made-up line-up of two carmakers: its units, its cars, and what they spend over a made-up cycle."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.numerics.grid import bilinear
from coaxle.report.content import Drive
from coaxle.vehicle.runs import ENERGIES, Runs, Trace

RPM = np.pi / 30
KMH = 1 / 3.6
YEARS = range(2022, 2032)
DISCOUNT = 0.07
MADE_UP = "made-up figure of the synthetic line-up"

#        name          owner peak_kW peak_Nm(wheel) max_rpm(wheel) cost
EDUS = {
    "gen5-rear": ("bmw", 250, 3800, 1930, 1850.0),
    "gen5-front": ("bmw", 190, 3300, 1930, 1540.0),
    "gen5-large": ("bmw", 360, 4900, 1930, 2480.0),
    "f56-front": ("bmw", 135, 2600, 1500, 1210.0),
    "edm-small": ("jlr", 147, 3150, 1440, 1490.0),
    "edm-large": ("jlr", 220, 4100, 1600, 1930.0),
}
#           owner kW Nm  litre cost kind
ENGINES = {
    "b38": ("bmw", 100, 220, 1.5, 1690.0, "petrol"),
    "b48": ("bmw", 190, 400, 2.0, 2110.0, "petrol"),
    "b58": ("bmw", 285, 500, 3.0, 3020.0, "petrol"),
    "n63": ("bmw", 390, 750, 4.4, 5240.0, "petrol"),
    "b47": ("bmw", 140, 400, 2.0, 2480.0, "diesel"),
    "p250": ("jlr", 184, 365, 2.0, 2240.0, "petrol"),
    "p400": ("jlr", 294, 550, 3.0, 3260.0, "petrol"),
    "aj-v8": ("jlr", 423, 700, 5.0, 5730.0, "petrol"),
    "d300": ("jlr", 221, 650, 3.0, 3690.0, "diesel"),
}
BATTERIES = {
    "pack-33": (32.6, 3900.0),
    "pack-81": (80.7, 8600.0),
    "pack-90": (90.0, 9700.0),
    "pack-112": (111.5, 11800.0),
}
POWERTRAINS = {
    "bev-gen5-rwd": ("pack-81", None, "gen5-rear"),
    "bev-gen5-awd": ("pack-81", "gen5-front", "gen5-rear"),
    "bev-gen5-large": ("pack-112", "gen5-front", "gen5-large"),
    "bev-mini": ("pack-33", "f56-front", None),
    "bev-edm-twin": ("pack-90", "edm-small", "edm-small"),
    "bev-edm-large": ("pack-112", "edm-small", "edm-large"),
    **{f"ice-{engine}": (engine,) for engine in ENGINES},
}
#  name: partner brand model mass f0 f1 f2 plant cars/a options (the first is the reference)
CARLINES = {
    "i4-edrive40": ("bmw", "BMW", "i4 eDrive40", 2200, 140, 1.9, 0.36, "munich", 34000, "bev-gen5-rwd bev-edm-twin"),
    "i4-m50": ("bmw", "BMW", "i4 M50", 2360, 190, 1.6, 0.38, "munich", 21000, "bev-gen5-awd bev-edm-twin"),
    "ix3": ("bmw", "BMW", "iX3", 2290, 180, 1.7, 0.47, "munich", 27000, "bev-gen5-rwd bev-edm-twin"),
    "ix-40": ("bmw", "BMW", "iX xDrive40", 2490, 181, 1.7, 0.43, "dingolfing", 16000, "bev-gen5-awd bev-edm-large"),
    "ix-50": ("bmw", "BMW", "iX xDrive50", 2720, 190, 1.7, 0.43, "dingolfing", 19000, "bev-gen5-large bev-edm-large"),
    "i5-40": ("bmw", "BMW", "i5 eDrive40", 2380, 152, 2.0, 0.34, "dingolfing", 30000, "bev-gen5-rwd bev-edm-twin"),
    "i7-60": ("bmw", "BMW", "i7 xDrive60", 2900, 189, 2.0, 0.38, "dingolfing", 14000, "bev-gen5-large bev-edm-large"),
    "cooper-se": ("bmw", "MINI", "Cooper SE", 1590, 122, 4.3, 0.33, "oxford", 38000, "bev-mini"),
    "cooper": ("bmw", "MINI", "Cooper", 1410, 130, 1.2, 0.40, "oxford", 61000, "ice-b38 ice-b48"),
    "330i": ("bmw", "BMW", "330i xDrive", 1810, 205, -1.4, 0.44, "munich", 83000, "ice-b48 ice-p250"),
    "m340i": ("bmw", "BMW", "M340i xDrive", 1930, 224, -0.9, 0.42, "munich", 17000, "ice-b58 ice-p400"),
    "320d": ("bmw", "BMW", "320d", 1740, 190, 0.2, 0.41, "munich", 52000, "ice-b47 ice-d300"),
    "540i": ("bmw", "BMW", "540i xDrive", 2040, 260, -1.5, 0.47, "dingolfing", 24000, "ice-b58 ice-p400"),
    "x5-50": ("bmw", "BMW", "X5 M50i", 2490, 280, 0.5, 0.66, "dingolfing", 9000, "ice-n63 ice-aj-v8"),
    "spectre": ("bmw", "Rolls-Royce", "Spectre", 3000, 190, 2.0, 0.40, "goodwood", 2400, "bev-gen5-large"),
    "ghost": ("bmw", "Rolls-Royce", "Ghost", 2720, 300, 0.6, 0.55, "goodwood", 2600, "ice-n63"),
    "i-pace": ("jlr", "Jaguar", "I-PACE EV400", 2380, 180, 3.6, 0.50, "solihull", 13000, "bev-edm-twin bev-gen5-awd"),
    "f-type-v8": ("jlr", "Jaguar", "F-TYPE P450", 1860, 240, -0.8, 0.47, "castle-bromwich", 4200, "ice-aj-v8 ice-n63"),
    "f-pace": ("jlr", "Jaguar", "F-PACE P250", 2040, 230, 0.3, 0.60, "solihull", 31000, "ice-p250 ice-b48"),
    "xe": ("jlr", "Jaguar", "XE P250", 1750, 200, -0.3, 0.43, "castle-bromwich", 12000, "ice-p250 ice-b48"),
    "rr-v8": ("jlr", "Land Rover", "Range Rover 5.0", 2720, 290, 1.2, 0.72, "solihull", 15000, "ice-aj-v8 ice-n63"),
    "rr-sport": (
        "jlr",
        "Land Rover",
        "Range Rover Sport P400",
        2490,
        270,
        0.9,
        0.70,
        "solihull",
        38000,
        "ice-p400 ice-b58",
    ),
    "evoque": ("jlr", "Land Rover", "Evoque P250", 1930, 220, 0.8, 0.58, "halewood", 52000, "ice-p250 ice-b48"),
    "defender": (
        "jlr",
        "Land Rover",
        "Defender 110 P400",
        2490,
        310,
        1.1,
        0.86,
        "nitra",
        57000,
        "ice-p400 ice-b58 ice-aj-v8",
    ),
    "discovery": ("jlr", "Land Rover", "Discovery D300", 2490, 290, 0.8, 0.74, "nitra", 22000, "ice-d300 ice-b47"),
    "rr-electric": (
        "jlr",
        "Land Rover",
        "Range Rover Electric",
        2900,
        230,
        1.8,
        0.62,
        "solihull",
        20000,
        "bev-edm-large bev-gen5-large",
    ),
}


@cache
def edu_map(name: str) -> EduMap:
    """Return a unit whose losses are a friction, a copper and an iron term."""
    _, kilowatt, peak, rpm, cost = EDUS[name]
    power, top = 1e3 * kilowatt, rpm * RPM
    speed, torque = np.linspace(0, top, 49), np.linspace(-peak, peak, 61)
    base = power / peak
    peak_torque = np.minimum(peak, power / np.maximum(speed, 1.0)) * np.where(speed > 0.9 * top, 0.93, 1.0)
    share, turn = torque[None, :] / peak, speed[:, None] / base
    loss = power * (
        0.0012 + 0.055 * share**2 * (0.6 + 0.4 * turn**0.5) + 0.0052 * turn**1.5 + 0.011 * np.abs(share) * turn
    )
    inside = np.abs(torque)[None, :] <= peak_torque[:, None] + 1e-6
    return EduMap(
        name=name,
        voltage=[350.0],
        speed=speed,
        torque=torque,
        loss=np.where(inside, loss, np.nan)[None],
        torque_max=peak_torque[None],
        torque_min=-peak_torque[None],
        torque_continuous=0.55 * peak_torque[None],
        mass=80.0 + 0.15 * kilowatt,
        inertia=0.04 * 80,
        cost=cost,
        origin=Origin(method="loss components", source=MADE_UP, limits="steady, warm, forwards"),
    )


@cache
def engine_map(name: str) -> EngineMap:
    """Return an engine on a Willans line whose efficiency falls at high speed and load."""
    _, kilowatt, newtonmetre, litre, cost, kind = ENGINES[name]
    idle, top = (700 if kind == "petrol" else 750) * RPM, (6800 if kind == "petrol" else 5000) * RPM
    speed, torque = np.linspace(600 * RPM, top, 45), np.linspace(0, newtonmetre * 1.02, 47)
    low = 1600 * RPM
    wide = np.minimum(
        newtonmetre * np.clip(0.45 + 0.55 * (speed - speed[0]) / (low - speed[0]), 0, 1), 1e3 * kilowatt / speed
    )
    wide = wide * np.clip(1.0 - 0.25 * np.maximum(0, speed / top - 0.9) / 0.1, 0, 1)
    heat = 43e6 if kind == "diesel" else 41.5e6
    drag = newtonmetre * (0.055 + 0.05 * (speed / top) ** 1.5)
    best = 0.445 if kind == "diesel" else 0.40
    load = torque[None, :] / newtonmetre
    inner = best * (1 - 0.05 * (speed[:, None] / top) ** 2 - (0.10 if kind == "petrol" else 0.03) * load**4)
    fuel = (torque[None, :] + drag[:, None]) * speed[:, None] / inner / heat
    inside = torque[None, :] <= wide[:, None] + 1e-9
    return EngineMap(
        name=name,
        fuel_kind=Fuel(
            kind=kind,
            heating_value=heat,
            density=749.5 if kind == "petrol" else 834.5,
            co2=3.04 if kind == "petrol" else 3.15,
            source=MADE_UP,
        ),
        speed=speed,
        torque=torque,
        fuel=np.where(inside, fuel, np.nan),
        torque_max=wide,
        torque_drag=-drag,
        idle_speed=idle,
        displacement=litre / 1e3,
        cold_friction=1.8,
        warm_up_energy=8e6 * litre,
        inertia=0.15,
        mass=90 + 32 * litre,
        cost=cost,
        origin=Origin(method="extended Willans line", source=MADE_UP, limits="warm, steady"),
    )


@cache
def battery_map(name: str) -> BatteryMap:
    """Return a pack with a straight open-circuit curve."""
    kilowatthour, cost = BATTERIES[name]
    soc = np.linspace(0, 1, 11)
    return BatteryMap(
        name=name,
        soc=soc,
        voltage=320 + 80 * soc,
        resistance=np.full(11, 7.0 / kilowatthour),
        power_max=np.full(11, 350e3),
        power_min=np.full(11, -200e3),
        charge=kilowatthour * 3.6e6 / 360,
        soc_max=0.97,
        soc_min=0.04,
        mass=60 + 5.4 * kilowatthour,
        cost=cost,
        origin=Origin(method="cell model", source=MADE_UP),
    )


@cache
def cycle() -> Cycle:
    """Return four phases of stop and go, faster from one to the next, 1,800 s."""
    chance = np.random.default_rng(7)
    time = np.arange(1801.0)
    speed = np.zeros(1801)
    for first, last, top, hops in ((0, 589, 56, 9), (589, 1022, 76, 5), (1022, 1477, 97, 3), (1477, 1800, 131, 2)):
        edges = np.linspace(first + 8, last - 8, hops + 1)
        for left, right in itertools.pairwise(edges):
            peak = top * KMH * chance.uniform(0.62, 1.0)
            length = right - left
            inside = (time >= left) & (time <= right - 0.12 * length)
            phase = (time[inside] - left) / (0.88 * length)
            shape = np.clip(np.minimum(phase / 0.3, (1 - phase) / 0.28), 0, 1)
            speed[inside] = peak * shape**0.85 * (1 + 0.06 * np.sin(9 * phase + chance.uniform(0, 6)))
    speed = np.convolve(speed, np.ones(5) / 5, mode="same")
    speed[[0, -1]] = 0.0
    return Cycle(
        name="SYNTHETIC",
        time=time,
        speed=speed,
        grade=np.zeros(1801),
        phases=("low", "medium", "high", "extra-high"),
        borders=[0.0, 589.0, 1022.0, 1477.0, 1800.0],
        source=MADE_UP,
    )


def _split(power: np.ndarray) -> np.ndarray:
    """Sum a step power [W] over the phases of the cycle: (P,) [J]."""
    c = cycle()
    index = np.searchsorted(c.borders, c.time[:-1], side="right") - 1
    return np.bincount(index, power * np.diff(c.time), len(c.phases))


def _wheel(carline: str, mass: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean speed, force at the wheels and power there, step by step."""
    _, _, _, _, f0, f1, f2, *_ = CARLINES[carline]
    c = cycle()
    mean = 0.5 * (c.speed[1:] + c.speed[:-1])
    force = np.where(mean > 0, f0 + f1 * mean + f2 * mean**2, 0) + 1.03 * mass * np.diff(c.speed)
    return mean, force, force * mean


def _drive_electric(carline: str, powertrain: str) -> tuple[dict[str, np.ndarray], dict]:
    pack_name, front, rear = POWERTRAINS[powertrain]
    units, pack = [unit for unit in (front, rear) if unit], battery_map(pack_name)
    mean, _force, wheel = _wheel(carline, CARLINES[carline][3])
    asked = np.where(wheel < 0, wheel * np.clip((mean - 2.0) / 3.0, 0, 1), wheel)
    turn = mean / 0.33
    torque, loss = np.zeros((mean.size, len(units))), np.zeros(mean.size)
    for u, unit in enumerate(units):
        m = edu_map(unit)
        share = 1.0 if len(units) == 1 else (0.3, 0.7)[u]
        top = np.interp(turn, m.speed, m.torque_max[0])
        torque[:, u] = np.clip(
            share * np.divide(asked, turn, out=np.zeros_like(asked), where=turn > 0), -top * 0.9, top
        )
        table = np.where(np.isnan(m.loss[0]), np.nanmax(m.loss[0]), m.loss[0])
        loss += bilinear(m.speed, m.torque, table, turn, torque[:, u])
    given = (torque * turn[:, None]).sum(axis=1)
    wheel = np.where(wheel > 0, given, wheel)
    auxiliaries = np.full(mean.size, 380.0)
    terminal = given + loss + auxiliaries
    voltage, resistance = 380.0, float(pack.resistance[0])
    current = (voltage - np.sqrt(voltage**2 - 4 * resistance * terminal)) / (2 * resistance)
    storage = resistance * current**2
    source = terminal + storage
    soc = pack.soc_max - np.concatenate([[0], np.cumsum(current)]) / pack.charge
    energies = {
        "source": source,
        "wheel_out": np.maximum(wheel, 0),
        "wheel_in": np.minimum(wheel, 0),
        "brake": np.where(wheel < 0, given - wheel, 0),
        "unit": loss,
        "transmission": np.zeros_like(loss),
        "storage": storage,
        "auxiliaries": auxiliaries,
        "idle": np.zeros_like(loss),
    }
    shaft = {"units": tuple(units), "speed": np.repeat(turn[:, None], len(units), axis=1), "torque": torque, "soc": soc}
    return energies, shaft | {"gear": np.zeros(mean.size), "warmth": np.full(mean.size + 1, np.nan)}


def _drive_combustion(carline: str, powertrain: str) -> tuple[dict[str, np.ndarray], dict]:
    m = engine_map(POWERTRAINS[powertrain][0])
    mean, _force, wheel = _wheel(carline, CARLINES[carline][3])
    gear = np.clip(np.searchsorted(np.array([4, 7, 11, 14, 18, 23, 29]), mean) + 1, 1, 8)
    ratio = np.array([5.0, 3.2, 2.1, 1.7, 1.3, 1.0, 0.82, 0.64])[gear - 1] * 3.1
    turn = np.maximum(mean / 0.34 * ratio, m.idle_speed)
    stopped = mean < 0.3
    turn = np.where(stopped, 0.0, turn)
    drag = 350.0 * (mean > 0)
    asked = np.where(wheel > 0, wheel / 0.93 + drag + 500, 0)
    torque = np.divide(asked, turn, out=np.zeros_like(asked), where=turn > 0)
    torque = np.minimum(torque, np.interp(turn, m.speed, m.torque_max))
    table = np.where(np.isnan(m.fuel), np.nanmax(m.fuel), m.fuel)
    rate = np.where(stopped, 0, bilinear(m.speed, m.torque, table, np.maximum(turn, m.speed[0]), torque))
    overrun = (wheel < -500) & ~stopped
    rate = np.where(overrun, 0.0, rate)
    cut = np.where(overrun, np.interp(turn, m.speed, m.torque_drag), torque)
    source = rate * m.fuel_kind.heating_value
    given = turn * cut
    out, back = np.maximum(wheel, 0), np.minimum(wheel, 0)
    out = np.minimum(out, np.maximum(given, 0) * 0.93)
    transmission = np.where(given > 0, np.maximum(given - out - 500, 0), 0)
    auxiliaries = np.where(stopped, 0, 500.0) * (given > 0)
    retard = np.where(overrun, np.minimum(-given, -back), 0)
    brake = -back - retard
    unit = source - out - back - brake - transmission - auxiliaries
    energies = {
        "source": source,
        "wheel_out": out,
        "wheel_in": back,
        "brake": brake,
        "unit": unit,
        "transmission": transmission,
        "storage": np.zeros_like(out),
        "auxiliaries": auxiliaries,
        "idle": np.zeros_like(out),
    }
    warmth = 1 - np.exp(-np.concatenate([[0], np.cumsum(source)]) / m.warm_up_energy / 2)
    return energies, {
        "units": (m.name,),
        "speed": turn[:, None],
        "torque": np.where(stopped, 0, cut)[:, None],
        "soc": np.full(mean.size + 1, np.nan),
        "gear": gear,
        "warmth": warmth,
        "rate": rate,
    }


@cache
def drive(carline: str, powertrain: str) -> Drive:
    """Drive a carline with a powertrain over the synthetic cycle."""
    electric = powertrain.startswith("bev")
    energies, shaft = (_drive_electric if electric else _drive_combustion)(carline, powertrain)
    c = cycle()
    energy = np.stack([_split(energies[name]) for name in ENERGIES], axis=1)
    fuel = np.zeros(4) if electric else _split(shaft["rate"])
    kind = None if electric else engine_map(shaft["units"][0]).fuel_kind
    runs = Runs(
        names=(f"{carline} / {powertrain}",),
        cycle=c.name,
        phases=c.phases,
        energy=energy[None],
        distance=c.phase_distance[None],
        wall=(energy[:, 0] / 0.88 if electric else np.zeros(4))[None],
        fuel=fuel[None],
        co2=(fuel * (kind.co2 if kind else 0))[None],
        fuel_volume=(fuel / (kind.density if kind else 1))[None],
        ended=[0],
        miss_speed=[0.0],
        miss_power=[0.0],
        miss_time=[0.0],
        miss_first=[np.nan],
        soc_end=[shaft["soc"][-1]],
    )
    seen = Trace(
        name=f"{carline} / {powertrain}",
        cycle=c.name,
        units=shaft["units"],
        time=c.time,
        speed_wanted=c.speed,
        speed=c.speed,
        wheel_power=energies["wheel_out"] + energies["wheel_in"],
        brake_power=energies["brake"],
        source_power=energies["source"],
        unit_speed=shaft["speed"],
        unit_torque=shaft["torque"],
        gear=shaft["gear"],
        soc=shaft["soc"],
        warmth=shaft["warmth"],
    )
    return Drive(carline=carline, powertrain=powertrain, runs=runs, row=0, trace=seen)


def units_of(powertrain: str) -> tuple[str, ...]:
    """Return the drive units or the engine of a powertrain."""
    parts = POWERTRAINS[powertrain]
    return tuple(unit for unit in parts[1:] if unit) if len(parts) == 3 else parts
