"""Alliances for the tests of the planner: small ones by hand, made-up ones of any size."""

from __future__ import annotations

from dataclasses import replace
from math import radians

import numpy as np

from coaxle.alliance.partner import (
    Alliance,
    Choice,
    Family,
    Line,
    Partner,
    Plant,
    Programme,
    Rules,
    Transport,
    Unit,
)
from coaxle.study.fits import Fits
from coaxle.units import YEAR

GRAM = 1e-6
"""One g/km [kg/m]."""


def fits_of(emissions, infeasible=None, cycle="wltc"):
    """Return fits with these emissions [g/km] by (carline, powertrain); ``infeasible`` maps pairs to reasons."""
    infeasible = infeasible or {}
    pairs = list(emissions)
    blank = np.zeros(len(pairs))
    return Fits(
        cycle=cycle,
        carlines=tuple(carline for carline, _ in pairs),
        powertrains=tuple(powertrain for _, powertrain in pairs),
        feasible=np.array([pair not in infeasible for pair in pairs], dtype=bool),
        reasons=tuple(tuple(infeasible.get(pair, ())) for pair in pairs),
        electric=np.array([value == 0 for value in emissions.values()], dtype=bool),
        mass=blank + 2000.0,
        energy=blank,
        fuel=blank,
        emission=np.array(list(emissions.values())) * GRAM,
        range=blank,
        zero_to_100=blank,
        eighty_to_120=blank,
        top_speed=blank,
        gradeability=blank,
        cost=blank,
        ended=np.zeros(len(pairs), dtype="int8"),
    )


def plant(partner, latitude=48.0, longitude=11.0, zone="eu", **lines):
    """Return a plant; latitude and longitude in degrees."""
    return Plant(
        partner=partner,
        zone=zone,
        latitude=radians(latitude),
        longitude=radians(longitude),
        lines=lines,
        source="test",
    )


def line(*makes, capacity=1e6, investment=0.0, running=0.0, cost_factor=1.0):
    """Return a line; capacity in units a year, running in EUR a year."""
    return Line(
        makes=makes,
        capacity=capacity / YEAR,
        investment=investment,
        running=running / YEAR,
        cost_factor=cost_factor,
    )


def rules(sharing="all", pooling="allowed", targets=None, premium=95.0):
    """Return rules; targets in g/km, premium in EUR per g/km and car."""
    return Rules(
        cycle="wltc",
        sharing=sharing,
        pooling=pooling,
        targets={
            name: {year: value * GRAM for year, value in years.items()} for name, years in (targets or {}).items()
        },
        premium=premium / GRAM,
        source="test",
    )


def transport(freight=0.0, detour=1.0, border=0.0):
    """Return transport; freight in EUR/km."""
    return Transport(freight=freight / 1e3, detour=detour, border=border, source="test")


def synthetic(seed=1, carlines=30, choices=6, units=40, plants=10, years=8, tight=0.75, flexible=4):
    """Return a made-up alliance of two partners and its fits, of the order of size of real ones.

    ``tight`` is the share of the largest possible demand of a kind of unit for which lines stand already; a line makes
    ``flexible`` units.
    """
    random = np.random.default_rng(seed)
    horizon = tuple(range(2025, 2025 + years))
    names = ("a", "b")
    engines = units // 2
    families, unit_table, power = {}, {}, {}
    for k in range(max(4, units // 3)):
        owner = names[k % 2]
        engine = k < max(4, units // 3) // 2
        families[f"f{k}"] = Family(
            partner=owner,
            development=float(random.uniform(250, 500) if engine else random.uniform(150, 350)) * 1e6,
            source="test",
        )
    half = len(families) // 2
    for k in range(units):
        engine = k < engines
        family = f"f{k % half}" if engine else f"f{half + k % (len(families) - half)}"
        power[k] = random.uniform(90, 400)
        cost = (1000 + 4 * power[k]) if engine else (600 + 3.5 * power[k])
        unit_table[f"u{k}"] = Unit(
            kind="engine" if engine else "edu", owner=families[family].partner, family=family, cost=float(cost)
        )
    programmes, emissions = {}, {}
    for c in range(carlines):
        partner = names[int(c >= 0.6 * carlines)]
        want = random.uniform(100, 360)
        base = float(random.lognormal(np.log(45e3), 0.7))
        growth = random.normal(0, 0.04)
        sales = tuple(base * (1 + growth) ** t * float(random.uniform(0.9, 1.1)) for t in range(years))
        # The partner's own units first, so that each can plan alone; every second one the other's.
        near = sorted(power, key=lambda k: abs(power[k] - want) + random.uniform(0, 80))
        mine = [k for k in near if unit_table[f"u{k}"].owner == partner]
        theirs = [k for k in near if unit_table[f"u{k}"].owner != partner]
        near = [k for both in zip(mine, theirs, strict=False) for k in both]
        pick = [k for k in near if k < engines][: choices // 2] + [k for k in near if k >= engines][
            : choices - choices // 2
        ]
        options = {}
        for k in pick:
            engine = k < engines
            options[f"p{k}"] = Choice(
                units={f"u{k}": 1 if engine or random.uniform() < 0.6 else 2},
                parts_cost=float(1500 + 3 * want if engine else 6000 + 12 * want),
                application=float(random.uniform(8, 25)) * 1e6,
            )
            emissions[f"c{c}", f"p{k}"] = float(90 + 0.3 * want * random.uniform(0.8, 1.2)) if engine else 0.0
        programmes[f"c{c}"] = Programme(
            partner=partner,
            plant=f"k{random.integers(plants)}",
            sales=sales,
            regulated_share=float(random.uniform(0.3, 0.7)),
            choices=options,
        )
    volume = sum(max(programme.sales) for programme in programmes.values())
    sites = {}
    for k in range(plants):
        lines = {}
        for n in range(3):
            engine = (k + n) % 2 == 0
            pool = [name for name, unit in unit_table.items() if (unit.kind == "engine") == engine]
            new = n > 0
            size = float(random.choice([60e3, 150e3, 300e3])) if new else tight * volume / plants
            chosen = [pool[i] for i in sorted(random.choice(len(pool), size=min(flexible, len(pool)), replace=False))]
            lines[f"l{n}"] = line(
                *chosen,
                capacity=size,
                investment=size * float(random.uniform(500, 1000)) if new else 0.0,
                running=size * float(random.uniform(20, 60)),
                cost_factor=float(random.uniform(0.95, 1.05)),
            )
        sites[f"k{k}"] = plant(
            names[k % 2],
            latitude=float(random.uniform(47, 54)),
            longitude=float(random.uniform(-3, 14)),
            zone="gb" if k % 2 else "eu",
            **lines,
        )
    # A last plant of each partner that makes anything, dear: nothing is ever impossible.
    for name in names:
        sites[f"last-{name}"] = plant(
            name, 50.0, 5.0, "other", any=line(*unit_table, capacity=10 * volume, running=30e6, cost_factor=1.35)
        )
    alliance = Alliance(
        years=horizon,
        discount=0.07,
        partners={name: Partner(name=name, home="", pool=name) for name in names},
        families=families,
        units=unit_table,
        plants=sites,
        transport=transport(freight=0.08, detour=1.3, border=40.0),
        rules=rules(
            targets={name: dict(zip(horizon, np.linspace(95, 50, years), strict=True)) for name in names},
        ),
        programmes=programmes,
    )
    return alliance, fits_of(emissions)


def two_cars(**changes):
    """Return the smallest alliance in which every item of the ledger occurs, and its fits; see the exact test.

    Car ``a`` of partner ``p`` can hardly take the engine, car ``b`` of ``q`` hardly the drive unit (application).
    """
    horizon = (2025, 2026)
    alliance = Alliance(
        years=horizon,
        discount=0.1,
        partners={name: Partner(name=name, home="", pool=name) for name in "pq"},
        families={
            "drives": Family(partner="p", development=100e6, source="test"),
            "engines": Family(partner="q", development=50e6, source="test"),
        },
        units={
            "u": Unit(kind="edu", owner="p", family="drives", cost=3000.0),
            "e": Unit(kind="engine", owner="q", family="engines", cost=2000.0),
        },
        plants={
            "north": plant("p", 0, 0, "eu", l=line("u", capacity=2500, investment=7e6, running=1e6, cost_factor=1.1)),
            "west": plant("p", 0, 1, "gb"),
            "south": plant(
                "q",
                0,
                -1,
                "gb",
                old=line("e", capacity=300, running=0.2e6),
                new=line("e", capacity=400, investment=2e6, running=0.1e6, cost_factor=1.2),
            ),
        },
        transport=transport(freight=0.1, detour=1.2, border=30),
        rules=rules(targets={"p": {2025: 70, 2026: 70}, "q": {2025: 60, 2026: 60}}),
        programmes={
            "a": Programme(
                partner="p",
                plant="west",
                sales=(1000.0, 2000.0),
                regulated_share=0.5,
                choices={
                    "bev": Choice(units={"u": 1}, parts_cost=4000.0, application=5e6),
                    "ice": Choice(units={"e": 1}, parts_cost=1500.0, application=60e6),
                },
            ),
            "b": Programme(
                partner="q",
                plant="south",
                sales=(500.0, 500.0),
                regulated_share=1.0,
                choices={
                    "bev": Choice(units={"u": 1}, parts_cost=4000.0, application=80e6),
                    "ice": Choice(units={"e": 1}, parts_cost=1500.0, application=3e6),
                },
            ),
        },
    )
    emissions = {("a", "bev"): 0.0, ("a", "ice"): 150.0, ("b", "bev"): 0.0, ("b", "ice"): 150.0}
    return replace(alliance, **changes), fits_of(emissions)
