"""A project as the planner sees it."""

from __future__ import annotations

import numpy as np

from coaxle.alliance.partner import Alliance, Choice, Programme, Unit
from coaxle.project.project import Carline, Project
from coaxle.workbench.assembly import Assembly


def alliance(project: Project, parts: Assembly) -> Alliance:
    """Return what the planner needs of ``project`` beside the fits."""
    years = tuple(range(project.years.first, project.years.last + 1))
    used = sorted({unit for name in project.powertrains for unit in parts.units(name)})
    return Alliance(
        years=years,
        discount=project.discount,
        partners=project.partners,
        families=project.families,
        units={name: _unit(project, parts, name) for name in used},
        plants=project.plants,
        transport=project.transport,
        rules=project.rules,
        programmes={name: _programme(carline, parts, years) for name, carline in project.carlines.items()},
    )


def _unit(project: Project, parts: Assembly, name: str) -> Unit:
    if name in project.edus:
        edu = project.edus[name]
        assert edu.owner is not None, "checked on reading"
        assert edu.family is not None, "checked on reading"
        return Unit(kind="edu", owner=edu.owner, family=edu.family, cost=parts.unit_cost(name))
    engine = project.engines[name]
    return Unit(kind="engine", owner=engine.owner, family=engine.family, cost=parts.unit_cost(name))


def _programme(carline: Carline, parts: Assembly, years: tuple[int, ...]) -> Programme:
    given = sorted(carline.sales)
    sales = np.interp(years, given, [carline.sales[year] for year in given])
    return Programme(
        partner=carline.partner,
        plant=carline.plant,
        sales=tuple(float(cars) for cars in sales),
        regulated_share=carline.regulated_share,
        choices={
            name: Choice(
                units={unit: parts.units(name).count(unit) for unit in parts.units(name)},
                parts_cost=parts.parts_cost(name),
                application=option.application,
            )
            for name, option in carline.options.items()
        },
    )
