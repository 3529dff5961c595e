"""Why there is no plan: which units fall short, in which years, at which lines, by how many.

The rows that ask for units are let go, and what cannot be made is made least: with every line open and every carline
free to choose, the units that are still missing are the ones that no plan can make.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from coaxle.alliance.model import THOUSAND, Model
from coaxle.alliance.optimize import optimize
from coaxle.alliance.scope import Scope, Source
from coaxle.units import YEAR


def conflict(scope: Scope, model: Model, time_limit: float, threads: int) -> str:
    """Return in words what makes a plan impossible.

    The shares of several units that fall short at the same full line are one way of many; their sum is the least.
    """
    rows = model.rows_of("supply")
    cost = np.zeros(len(model.columns))
    entries = {i: slice(model.start[i], model.start[i + 1]) for i in rows}
    for entry in entries.values():
        np.subtract.at(cost, model.index[entry], model.value[entry])
    row_lower = model.row_lower.copy()
    row_lower[rows] = -np.inf
    eased = replace(model, cost=cost, row_lower=row_lower, offset=0.0)
    # To half a unit: what is missing is counted in whole ones.
    found = optimize(eased, 0.5 / THOUSAND, time_limit, threads)
    if found is None:
        return "no powertrain can be chosen for every carline"
    missing: dict[tuple[str, str, str], dict[int, float]] = {}
    for i, entry in entries.items():
        short = -THOUSAND * float(model.value[entry] @ found.values[model.index[entry]])
        if short > 0.5:
            _, unit, partner, site, year = model.rows[i]
            missing.setdefault((str(unit), str(partner), str(site)), {})[int(year)] = short
    words = [_words(scope, model, found.values, *key, years) for key, years in missing.items()]
    advice = "more capacity, another line, or another powertrain for these carlines is wanted"
    return "\n".join([*words, advice])


def _words(
    scope: Scope, model: Model, values: np.ndarray, unit: str, partner: str, site: str, years: dict[int, float]
) -> str:
    alliance = scope.alliance
    takers = [
        str(key[1])
        for j, key in enumerate(model.columns)
        if key[0] == "take"
        and values[j] > 0.5
        and unit in scope.choice(str(key[1]), str(key[2])).units
        and (alliance.programmes[str(key[1])].partner, alliance.programmes[str(key[1])].plant) == (partner, site)
    ]
    sources: tuple[Source, ...] = scope.sources[takers[0], unit] if takers else ()
    lines = ", ".join(
        f"{plant}/{line} ({alliance.plants[plant].lines[line].capacity * YEAR:,.0f} a year)" for plant, line in sources
    )
    short = ", ".join(f"{count:,.0f} in {year}" for year, count in sorted(years.items()))
    return (
        f"'{unit}' for {', '.join(takers)} at {site}: short by {short}; made only on {lines}, in use to the last unit"
    )
