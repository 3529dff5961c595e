"""HiGHS against trying everything: each choice of powertrains, each set of lines, transport by scipy's solver.

The cost of a choice is written here a second time, from the project's figures alone.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import acos, cos, sin

import highspy
import numpy as np
import pytest
from scipy.optimize import linprog

from alliance_cases import synthetic, two_cars
from coaxle.alliance.model import build
from coaxle.alliance.scope import scope_of
from coaxle.alliance.solve import PlanSettings, plan
from coaxle.alliance.text import lp_text
from coaxle.errors import InfeasibleError
from coaxle.units import YEAR

EXACT = PlanSettings(gap=0.0, alternatives=False)


def tiny(seed):
    """Three carlines, five lines of which two stand: small enough to try everything, tight enough to matter."""
    alliance, fits = synthetic(
        seed=seed, carlines=3, choices=2, units=4, plants=1, years=2, tight=1.3, flexible=1 + seed % 2
    )
    # The two lines of last resort are made small, so that some choices have no answer.
    volume = sum(max(programme.sales) for programme in alliance.programmes.values())
    plants = {
        name: replace(
            site,
            lines={
                key: replace(line, capacity=(0.5 + 0.1 * (seed % 5)) * volume / YEAR) if key == "any" else line
                for key, line in site.lines.items()
            },
        )
        for name, site in alliance.plants.items()
    }
    sharing = ("all", "edus", "none")[seed % 3]
    pooling = ("allowed", "forbidden")[seed // 3 % 2]
    rules = replace(alliance.rules, sharing=sharing, pooling=pooling)
    return replace(alliance, plants=plants, rules=rules), fits


def way(transport, start, end):
    """Great circle by the law of cosines, unlike the product's."""
    angle = acos(
        min(
            1.0,
            sin(start.latitude) * sin(end.latitude)
            + cos(start.latitude) * cos(end.latitude) * cos(start.longitude - end.longitude),
        )
    )
    cost = 6371008.8 * angle * transport.detour * transport.freight
    return cost + (transport.border if start.zone != end.zone else 0)


def fixed_cost(alliance, emission, chosen, worth):
    """Development, application, other parts and premium of a choice."""
    cost = 0.0
    units = {unit for car, name in chosen.items() for unit in alliance.programmes[car].choices[name].units}
    for family in {alliance.units[unit].family for unit in units}:
        cost += alliance.families[family].development
    for car, name in chosen.items():
        choice = alliance.programmes[car].choices[name]
        cost += choice.application
        cost += sum(w * n * choice.parts_cost for w, n in zip(worth, alliance.programmes[car].sales, strict=True))
    groups = [tuple(alliance.partners)]
    if alliance.rules.pooling == "forbidden":
        groups = [(name,) for name in alliance.partners]
    for group in groups:
        for k, year in enumerate(alliance.years):
            over = 0.0
            for car, name in chosen.items():
                programme = alliance.programmes[car]
                if programme.partner in group:
                    registered = programme.sales[k] * programme.regulated_share
                    over += registered * (emission[car, name] - alliance.rules.targets[programme.partner][year])
            cost += worth[k] * max(0.0, over) * alliance.rules.premium
    return cost


def allowed(alliance, partner, unit, plant):
    foreign = alliance.units[unit].owner != partner or alliance.plants[plant].partner != partner
    sharing = alliance.rules.sharing
    return not foreign or sharing == "all" or (sharing == "edus" and alliance.units[unit].kind == "edu")


def flow_cost(alliance, chosen, lines, worth):
    """Least cost of making and moving with these lines open; infinite where they do not suffice."""
    total = sum(
        alliance.plants[p].lines[k].investment + sum(worth) * alliance.plants[p].lines[k].running * YEAR
        for p, k in lines
    )
    for t, w in enumerate(worth):
        needs = [
            (car, unit, count * alliance.programmes[car].sales[t])
            for car, name in chosen.items()
            for unit, count in alliance.programmes[car].choices[name].units.items()
        ]
        arcs = [
            (n, m)
            for n, (car, unit, _) in enumerate(needs)
            for m, (p, k) in enumerate(lines)
            if unit in alliance.plants[p].lines[k].makes
            and allowed(alliance, alliance.programmes[car].partner, unit, p)
        ]
        if not arcs:
            return np.inf
        cost = []
        for n, m in arcs:
            car, unit, _ = needs[n]
            p, k = lines[m]
            made = alliance.units[unit].cost * alliance.plants[p].lines[k].cost_factor
            site = alliance.plants[alliance.programmes[car].plant]
            cost.append(made + way(alliance.transport, alliance.plants[p], site))
        supply = np.zeros((len(needs), len(arcs)))
        load = np.zeros((len(lines), len(arcs)))
        for j, (n, m) in enumerate(arcs):
            supply[n, j] = load[m, j] = 1
        room = [alliance.plants[p].lines[k].capacity * YEAR for p, k in lines]
        best = linprog(cost, load, room, supply, [need for *_, need in needs])
        if best.status == 2:
            return np.inf
        assert best.status == 0
        total += w * best.fun
    return total


def enumerated(alliance, fits):
    """Return the least cost over every choice and every set of lines; infinite where there is none."""
    emission = dict(zip(zip(fits.carlines, fits.powertrains, strict=True), fits.emission, strict=True))
    worth = [(1 + alliance.discount) ** -k for k in range(len(alliance.years))]
    every = [(p, k) for p, site in alliance.plants.items() for k in site.lines]
    best = np.inf
    cars = list(alliance.programmes)
    for names in itertools.product(*(alliance.programmes[car].choices for car in cars)):
        chosen = dict(zip(cars, names, strict=True))
        base = fixed_cost(alliance, emission, chosen, worth)
        for r in range(1, len(every) + 1):
            for lines in itertools.combinations(every, r):
                if base < best:
                    best = min(best, base + flow_cost(alliance, chosen, lines, worth))
    return best


@pytest.mark.parametrize("seed", range(9))
def test_the_best_of_all(seed):
    alliance, fits = tiny(seed)
    least = enumerated(alliance, fits)
    if np.isinf(least):
        with pytest.raises(InfeasibleError):
            plan(alliance, fits, None, EXACT)
    else:
        found = plan(alliance, fits, None, EXACT)
        # scipy's flows hold to 1e-7 of a unit, costs of some 1e9 EUR to their last digits.
        assert found.cost == pytest.approx(least, abs=2.0)
        assert found.bound <= least + 2.0


@pytest.mark.parametrize(
    "case", [two_cars, lambda: synthetic(seed=3, carlines=5, choices=3, units=6, plants=2, years=2)]
)
def test_the_text_is_the_model(case, tmp_path):
    """The LP text, read back by a solver that never saw the arrays, has the same optimum."""
    alliance, fits = case()
    file = tmp_path / "model.lp"
    file.write_text(lp_text(build(scope_of(alliance, fits))))
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    assert highs.readModel(str(file)) == highspy.HighsStatus.kOk
    highs.run()
    # Default tolerances of the solver: 1e-6 on whole numbers that cost up to 1e3 MEUR.
    assert highs.getInfo().objective_function_value == pytest.approx(
        plan(alliance, fits, None, EXACT).cost / 1e6, abs=1e-3
    )
