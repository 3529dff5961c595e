"""A made-up line-up of two carmakers, whole enough to fill a report, and the proof that it holds together."""

from __future__ import annotations

import dataclasses
import itertools
import typing
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from coaxle.alliance.partner import Family, Line, Partner, Plant, Rules, Transport
from coaxle.alliance.plan import Comparison, Entry, Fleet, Plan, Production
from coaxle.cycles.cycle import Cycle
from coaxle.design.edu import Edu
from coaxle.design.engine import Engine
from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.numerics.grid import bilinear
from coaxle.project.project import BevEntry, Carline, Currency, IceEntry, Option, Project, Years
from coaxle.report.content import Content, Drive, Scenario
from coaxle.study.fits import Fits
from coaxle.study.needs import Needs
from coaxle.units import YEAR
from coaxle.vehicle.body import Body, Coastdown
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
TAKEN_TOGETHER = {  # carline: what it takes in the joint plan, where not its reference; drive units, then engines
    "edus": {"i-pace": "bev-gen5-awd", "rr-electric": "bev-gen5-large"},
    "all": {
        "f-type-v8": "ice-n63",
        "rr-v8": "ice-n63",
        "f-pace": "ice-b48",
        "xe": "ice-b48",
        "evoque": "ice-b48",
        "rr-sport": "ice-b58",
        "m340i": "ice-p400",
    },
}
PLANTS = {
    "dingolfing": ("bmw", "eu", 48.6, 12.5, {"drive-units": (("gen5-rear", "gen5-front", "gen5-large"), 520e3, 55e6)}),
    "munich": ("bmw", "eu", 48.2, 11.6, {"v-engines": (("n63",), 60e3, 0.0)}),
    "steyr": (
        "bmw",
        "eu",
        48.0,
        14.4,
        {"petrol": (("b38", "b48", "b58"), 400e3, 0.0), "diesel": (("b47",), 160e3, 0.0)},
    ),
    "hams-hall": ("bmw", "gb", 52.5, -1.7, {"petrol": (("b38", "b48", "f56-front"), 260e3, 0.0)}),
    "oxford": ("bmw", "gb", 51.7, -1.2, {}),
    "goodwood": ("bmw", "gb", 50.9, -0.7, {}),
    "wolverhampton": (
        "jlr",
        "gb",
        52.6,
        -2.1,
        {
            "petrol": (("p250", "p400"), 260e3, 0.0),
            "diesel": (("d300",), 60e3, 0.0),
            "electric": (("edm-small", "edm-large"), 120e3, 90e6),
        },
    ),
    "bridgend": ("jlr", "gb", 51.5, -3.5, {"v-engines": (("aj-v8",), 45e3, 0.0)}),
    "solihull": ("jlr", "gb", 52.4, -1.8, {}),
    "castle-bromwich": ("jlr", "gb", 52.5, -1.8, {}),
    "halewood": ("jlr", "gb", 53.4, -2.8, {}),
    "nitra": ("jlr", "eu", 48.3, 18.1, {}),
}


def filled(kind, /, **given):
    """Return a ``kind`` with 1.0, 1, a word or nothing for whatever it wants beside ``given``."""
    hints = typing.get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if field.name in given or not (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        ):
            continue
        hint = hints[field.name]
        if dataclasses.is_dataclass(hint):
            given[field.name] = filled(hint)
        elif typing.get_origin(hint) is typing.Literal:
            given[field.name] = typing.get_args(hint)[0]
        elif hint is str:
            given[field.name] = MADE_UP
        elif typing.get_origin(hint) is tuple:
            given[field.name] = (1.0,)
        else:
            given[field.name] = hint(1) if hint in (int, float, bool) else 1.0
    return kind(**given)


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


def owner_of(unit: str) -> str:
    """Return whose unit it is."""
    return (EDUS.get(unit) or ENGINES.get(unit))[0]


def cost_of(unit: str) -> float:
    """Return what one costs."""
    return EDUS[unit][4] if unit in EDUS else ENGINES[unit][4]


@cache
def fits() -> Fits:
    """Return every carline with every powertrain it may take."""
    pairs = [(carline, powertrain) for carline, row in CARLINES.items() for powertrain in row[9].split()]
    runs = [drive(*pair).runs for pair in pairs]
    electric = np.array([pair[1].startswith("bev") for pair in pairs])
    power = [sum(EDUS[u][1] if u in EDUS else ENGINES[u][1] for u in units_of(powertrain)) for _, powertrain in pairs]
    mass = np.array([float(CARLINES[carline][3]) for carline, _ in pairs])
    zero = 2.0 + mass / np.array(power) / 1.9
    wanted = {carline: zero[[p[0] for p in pairs].index(carline)] * 1.12 for carline in CARLINES}
    reasons = tuple(
        (f"0-100 km/h {zero[i]:.1f} s; {wanted[carline]:.1f} s is wanted",) if zero[i] > wanted[carline] else ()
        for i, (carline, _) in enumerate(pairs)
    )
    pack = [BATTERIES[POWERTRAINS[p][0]] if p.startswith("bev") else (np.nan, 2450.0) for _, p in pairs]
    wall = np.array([run.wall_energy[0] for run in runs])
    return Fits(
        cycle=cycle().name,
        carlines=tuple(pair[0] for pair in pairs),
        powertrains=tuple(pair[1] for pair in pairs),
        feasible=[not why for why in reasons],
        reasons=reasons,
        electric=electric,
        mass=mass,
        energy=wall,
        fuel=np.array([run.fuel_consumption[0] for run in runs]),
        emission=np.array([run.emission[0] for run in runs]),
        range=np.array([p[0] * 3.6e6 * 0.93 for p in pack]) / np.where(wall > 0, wall * 0.88, np.nan),
        zero_to_100=zero,
        eighty_to_120=0.6 * zero,
        top_speed=np.where(electric, 200.0, 250.0) * KMH,
        gradeability=np.clip(0.9 - 0.05 * zero, 0.2, 0.8),
        cost=np.array([sum(cost_of(u) for u in units_of(p)) for _, p in pairs]) + np.array([p[1] for p in pack]),
        ended=np.zeros(len(pairs)),
    )


def emission_of(carline: str, powertrain: str) -> float:
    """Return the emission of a fit [kg/m]."""
    f = fits()
    return float(f.emission[list(zip(f.carlines, f.powertrains, strict=True)).index((carline, powertrain))])


def sales(carline: str, year: int) -> float:
    """Return cars a year: electric ones rise, others fall."""
    base = CARLINES[carline][8]
    grows = 0.09 if CARLINES[carline][9].startswith("bev") else -0.04
    return float(base * (1 + grows * (year - 2022)))


@cache
def project(sharing: str = "all") -> Project:
    """Return the project, with ``sharing`` as its rule."""
    owners = {**{n: r[0] for n, r in EDUS.items()}, **{n: r[0] for n, r in ENGINES.items()}}
    families = {
        f"family-{unit}": Family(
            partner=owner,
            development=(180e6 if unit in EDUS else 240e6),
            source=MADE_UP,
            assumed={"development": "no source gives it; of the size of published programmes"},
        )
        for unit, owner in owners.items()
    }
    return filled(
        Project,
        coaxle=1,
        name="Synthetic line-up (made-up figures)",
        currency=Currency(code="EUR", price_year=2022, source=MADE_UP),
        years=Years(first=2022, last=2031),
        discount=DISCOUNT,
        partners={
            "bmw": Partner(name="BMW Group", home="Munich", pool="bmw"),
            "jlr": Partner(name="Jaguar Land Rover", home="Whitley", pool="jlr"),
        },
        families=families,
        engines={
            name: filled(
                Engine,
                owner=row[0],
                family=f"family-{name}",
                combustion="any",
                cylinders=4,
                source=MADE_UP,
                cost=row[4],
                assumed={"cost": "no source gives it; by displacement"},
            )
            for name, row in ENGINES.items()
        },
        edus={
            name: filled(
                Edu,
                kind="loss-components",
                owner=row[0],
                family=f"family-{name}",
                losses="any",
                cost=row[4],
                source=MADE_UP,
            )
            for name, row in EDUS.items()
        },
        powertrains={
            name: filled(BevEntry, kind="bev", battery=parts[0], front=parts[1], rear=parts[2], source=MADE_UP)
            if len(parts) == 3
            else filled(IceEntry, kind="ice", engine=parts[0], transmission="8-speed", source=MADE_UP)
            for name, parts in POWERTRAINS.items()
        },
        carlines={
            name: Carline(
                partner=row[0],
                brand=row[1],
                model=row[2],
                body=filled(
                    Body,
                    mass=float(row[3]),
                    road_load=Coastdown(kind="coastdown", f0=row[4], f1=row[5], f2=row[6]),
                    wheel_radius=0.33,
                    source=MADE_UP,
                    assumed={"centre_height": "no source gives it; of the size of its class"},
                ),
                reference=row[9].split()[0],
                options={
                    powertrain: Option(
                        application=0.0 if i == 0 else 14e6, axle_ratio=None if powertrain.startswith("bev") else 3.1
                    )
                    for i, powertrain in enumerate(row[9].split())
                },
                plant=row[7],
                sales={year: int(sales(name, year)) for year in (2022, 2031)},
                regulated_share=0.45,
                needs=Needs(zero_to_100=9.0),
                source=MADE_UP,
                assumed={"sales": "no source gives the carline alone; brand volume shared out"},
            )
            for name, row in CARLINES.items()
        },
        plants={
            name: Plant(
                partner=row[0],
                zone=row[1],
                latitude=np.radians(row[2]),
                longitude=np.radians(row[3]),
                lines={
                    line: Line(makes=made, capacity=rate / YEAR, investment=money, running=18e6 / YEAR)
                    for line, (made, rate, money) in row[4].items()
                },
                source=MADE_UP,
            )
            for name, row in PLANTS.items()
        },
        transport=filled(Transport, source=MADE_UP),
        rules=Rules(
            cycle="SYNTHETIC",
            sharing=sharing,
            pooling="allowed" if sharing == "all" else "forbidden",
            targets={
                "bmw": {year: (92 - 5.2 * (year - 2022)) * 1e-6 for year in YEARS},
                "jlr": {year: (190 - 5.5 * (year - 2022)) * 1e-6 for year in YEARS},
            },
            premium=95e6,
            source=MADE_UP,
        ),
        scenarios={
            "no deal": {"rules": {"sharing": "none"}},
            "EDUs only": {"rules": {"sharing": "edus"}},
            "engines too": {"rules": {"sharing": "all", "pooling": "allowed"}},
        },
    )


def plan(partners: tuple[str, ...], swaps: dict[str, str], pooled: bool) -> Plan:
    """Return a plan in which every carline takes its reference or what ``swaps`` says, costed entry by entry."""
    assignment = {name: swaps.get(name, row[9].split()[0]) for name, row in CARLINES.items() if row[0] in partners}
    made, used_lines, ledger = [], set(), []

    def pay(item, payer, subject, plant, year, amount):
        if amount:
            ledger.append(
                Entry(
                    item=item,
                    payer=payer,
                    subject=subject,
                    plant=plant,
                    year=year,
                    amount=amount,
                    present=amount / (1 + DISCOUNT) ** (year - 2022),
                )
            )

    for unit in sorted({u for p in assignment.values() for u in units_of(p)}):
        pay("development", owner_of(unit), f"family-{unit}", "", 2022, 180e6 if unit in EDUS else 240e6)
    for carline, powertrain in assignment.items():
        payer = CARLINES[carline][0]
        if powertrain != CARLINES[carline][9].split()[0]:
            pay("application", payer, carline, CARLINES[carline][7], 2022, 14e6)
        for year in YEARS:
            cars = sales(carline, year)
            for unit in units_of(powertrain):
                plant, line = next(
                    (p, ln) for p, row in PLANTS.items() for ln, what in row[4].items() if unit in what[0]
                )
                used_lines.add((plant, line))
                made.append(Production(unit=unit, plant=plant, line=line, carline=carline, year=year, count=cars))
                pay("units", payer, unit, plant, year, cars * cost_of(unit))
                pay("transport", payer, unit, plant, year, cars * (12.0 if PLANTS[plant][0] == payer else 31.0))
            pack = BATTERIES[POWERTRAINS[powertrain][0]][1] if powertrain.startswith("bev") else 2450.0
            pay("parts", payer, carline, CARLINES[carline][7], year, cars * pack)
    for plant, line in sorted(used_lines):
        pay("investment", PLANTS[plant][0], f"{plant}/{line}", plant, 2022, PLANTS[plant][4][line][2])
        for year in YEARS:
            pay("running", PLANTS[plant][0], f"{plant}/{line}", plant, year, 18e6)
    fleets = []
    for pool in (partners,) if pooled else ((p,) for p in partners):
        for year in YEARS:
            cars = {c: 0.45 * sales(c, year) for c in assignment if CARLINES[c][0] in pool}
            total = sum(cars.values())
            emission = sum(n * emission_of(c, assignment[c]) for c, n in cars.items()) / total
            targets = project().rules.targets
            target = sum(n * targets[CARLINES[c][0]][year] for c, n in cars.items()) / total
            premium = max(0.0, emission - target) * 95e6 * total
            fleets.append(
                Fleet(
                    pool=tuple(pool), year=year, registrations=total, emission=emission, target=target, premium=premium
                )
            )
            pay("premium", pool[0], "+".join(pool), "", year, premium)
    cost = sum(entry.present for entry in ledger)
    return Plan(
        partners=partners,
        cost=cost,
        bound=cost - 0.8e6 * len(partners),
        assignment=assignment,
        lines=tuple(sorted(used_lines)),
        families=tuple(sorted({f"family-{u}" for p in assignment.values() for u in units_of(p)})),
        production=tuple(made),
        fleets=tuple(fleets),
        ledger=tuple(ledger),
        binding=("steyr/petrol is full in 2022 and 2023", "the target of jlr is missed from 2027 on")
        if len(partners) > 1
        else (),
    )


@cache
def scenario(name: str) -> Scenario:
    """Return one of the three scenarios."""
    sharing = {"no deal": "none", "EDUs only": "edus", "engines too": "all"}[name]
    swaps = {
        "none": {},
        "edus": TAKEN_TOGETHER["edus"],
        "all": TAKEN_TOGETHER["edus"] | TAKEN_TOGETHER["all"],
    }[sharing]
    return Scenario(
        name=name,
        project=project(sharing),
        comparison=Comparison(
            alone={p: plan((p,), {}, False) for p in ("bmw", "jlr")},
            together=plan(("bmw", "jlr"), swaps, sharing == "all"),
        ),
    )


@cache
def content() -> Content:
    """Return everything a report of the synthetic line-up shows."""
    told = scenario("engines too").comparison
    pairs = [
        (carline, powertrain)
        for carline, together in told.together.assignment.items()
        for powertrain in dict.fromkeys((together, told.alone[CARLINES[carline][0]].assignment[carline]))
    ]
    units = {unit for _, powertrain in pairs for unit in units_of(powertrain)}
    return Content(
        project=project(),
        scenarios=tuple(scenario(name) for name in ("no deal", "EDUs only", "engines too")),
        headline="engines too",
        fits=fits(),
        cycle=cycle(),
        maps={u: edu_map(u) if u in EDUS else engine_map(u) for u in sorted(units)}
        | {b: battery_map(b) for b in BATTERIES},
        drives=tuple(drive(*pair) for pair in pairs),
        made=datetime(2030, 5, 17, 14, 30, tzinfo=UTC),
        version="0.0.synthetic",
        digest="5f3a" * 16,
        settings={"plan gap": "1 MEUR", "start of the cycle": "20 degC, full battery"},
        command="coaxle report synthetic.yaml",
    )


@pytest.mark.parametrize("pair", [("i4-m50", "bev-gen5-awd"), ("rr-v8", "ice-n63")])
def test_energies_of_the_lineup_close(pair):
    """What the synthetic cars spend is what they took."""
    assert drive(*pair).runs.residual[0] < 1e-9  # rounding only


def test_plans_of_the_lineup_add_up():
    """Each plan costs the sum of its ledger, and every carline of its partners has a powertrain."""
    for each in content().scenarios:
        for found in (*each.comparison.alone.values(), each.comparison.together):
            assert found.cost == pytest.approx(sum(entry.present for entry in found.ledger), rel=1e-12)
        assert set(each.comparison.together.assignment) == set(CARLINES)
