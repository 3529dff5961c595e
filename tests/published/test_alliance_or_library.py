"""Without years, families and emissions the planner is the capacitated warehouse location problem: published optima.

A warehouse is a plant with one line, a customer a carline at a plant of its own whose only powertrain takes one unit a
car. A carline takes one kind of unit, which several lines may supply: so the demand of a customer may be split, as in
the published problem. The one thing replaced is what a unit's way costs: the instances give it as a table, which no
places on a sphere would yield.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliance_cases import fits_of, line, plant, rules, transport
from coaxle.alliance import ledger, streams
from coaxle.alliance.partner import Alliance, Choice, Family, Partner, Programme, Unit
from coaxle.alliance.solve import PlanSettings, plan

TABLE = json.loads((Path(__file__).parent / "alliance_or_library.json").read_text())


def alliance_of(instance):
    warehouses = range(len(TABLE["rate"]))
    plants = {
        f"w{i}": plant(
            "p",
            latitude=i,
            longitude=0.0,
            line=line(
                "u", capacity=instance["capacity"], investment=0 if i == TABLE["free_warehouse"] else instance["fixed"]
            ),
        )
        for i in warehouses
    }
    plants |= {f"c{j}": plant("p", latitude=j, longitude=1.0) for j in range(len(TABLE["demand"]))}
    return Alliance(
        years=(2025,),
        discount=0.0,
        partners={"p": Partner(name="p", home="", pool="p")},
        families={"f": Family(partner="p", development=0.0, source="test")},
        units={"u": Unit(kind="edu", owner="p", family="f", cost=0.0)},
        plants=plants,
        transport=transport(),
        rules=rules(),
        programmes={
            f"c{j}": Programme(
                partner="p",
                plant=f"c{j}",
                sales=(float(demand),),
                regulated_share=0.0,
                choices={"one": Choice(units={"u": 1}, parts_cost=0.0, application=0.0)},
            )
            for j, demand in enumerate(TABLE["demand"])
        },
    )


@pytest.mark.parametrize("instance", TABLE["instances"], ids=lambda one: one["name"])
def test_published_optimum(instance, monkeypatch):
    alliance = alliance_of(instance)
    places = {(site.latitude, site.longitude): int(name[1:]) for name, site in alliance.plants.items()}

    def way(_, start, end):
        return TABLE["rate"][places[start.latitude, start.longitude]][places[end.latitude, end.longitude]]

    monkeypatch.setattr(streams, "carriage", way)
    monkeypatch.setattr(ledger, "carriage", way)
    fits = fits_of({(carline, "one"): 0.0 for carline in alliance.programmes})
    found = plan(alliance, fits, None, PlanSettings(gap=0.0, alternatives=False))
    # Published to three digits after the point; the plan and its bound both to the solver's 1e-9 of a thousand units.
    assert found.cost == pytest.approx(instance["optimum"], abs=0.01)
    assert found.bound == pytest.approx(instance["optimum"], abs=0.01)
