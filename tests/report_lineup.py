"""A made-up line-up of two carmakers: its project, its plans, and everything that a report of it shows."""

from __future__ import annotations

import dataclasses
import typing
from datetime import UTC, datetime
from functools import cache

import numpy as np

from coaxle.alliance.partner import Family, Line, Partner, Plant, Rules, Transport
from coaxle.alliance.plan import Comparison, Entry, Fleet, Plan, Production
from coaxle.design.edu import Edu
from coaxle.design.engine import Engine
from coaxle.project.project import BevEntry, Carline, Currency, IceEntry, Option, Project, Years
from coaxle.report.content import Content, Scenario
from coaxle.study.fits import Fits
from coaxle.study.needs import Needs
from coaxle.units import YEAR
from coaxle.vehicle.body import Body, Coastdown
from report_cars import (
    BATTERIES,
    CARLINES,
    DISCOUNT,
    EDUS,
    ENGINES,
    KMH,
    MADE_UP,
    POWERTRAINS,
    YEARS,
    battery_map,
    cycle,
    drive,
    edu_map,
    engine_map,
    units_of,
)

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
            "engines too": {"description": "everything crosses", "rules": {"sharing": "all", "pooling": "allowed"}},
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


def content_of(*carlines: str) -> Content:
    """Return the content with the drives of these carlines alone: quick to write."""
    return dataclasses.replace(content(), drives=tuple(d for d in content().drives if d.carline in carlines))


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
