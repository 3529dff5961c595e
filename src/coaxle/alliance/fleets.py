"""Fleet emission of a plan, and who pays the premium: from the assignment alone, without the solver."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from coaxle.alliance.plan import Fleet
from coaxle.alliance.scope import Scope


def fleets_of(scope: Scope, assignment: Mapping[str, str]) -> tuple[Fleet, ...]:
    """Return average, target and premium of each fleet in each year with registrations.

    The average is weighted with the cars registered where the target counts; the target of a fleet of several partners
    is theirs weighted in the same way. The premium is ``premium * (average - target) * registrations``, nothing below
    the target.
    """
    found = []
    for fleet in scope.fleets:
        for year in scope.alliance.years:
            registered = fsum(registrations(scope, partner, year) for partner in fleet)
            if not registered:
                continue
            over = fsum(excess(scope, assignment, partner, year) for partner in fleet)
            target = fsum(
                registrations(scope, partner, year) * scope.alliance.rules.targets[partner][year]
                for partner in fleet
                if registrations(scope, partner, year)
            )
            found.append(
                Fleet(
                    pool=fleet,
                    year=year,
                    registrations=registered,
                    emission=(target + over) / registered,
                    target=target / registered,
                    premium=max(0.0, over) * scope.alliance.rules.premium,
                )
            )
    return tuple(found)


def fleet_name(fleet: tuple[str, ...]) -> str:
    """Return the name under which partners are averaged together."""
    return "+".join(fleet)


def registrations(scope: Scope, partner: str, year: int) -> float:
    """Return how many cars of ``partner`` count in ``year``."""
    return fsum(
        scope.registrations(carline, year)
        for carline in scope.pairs
        if scope.alliance.programmes[carline].partner == partner
    )


def excess(scope: Scope, assignment: Mapping[str, str], partner: str, year: int) -> float:
    """Return (average - target) * registrations of one partner's cars [kg/m]; negative below the target."""
    target = scope.alliance.rules.targets.get(partner, {}).get(year, 0.0)
    return fsum(
        scope.registrations(carline, year) * (powertrains[assignment[carline]] - target)
        for carline, powertrains in scope.pairs.items()
        if scope.alliance.programmes[carline].partner == partner
    )


def shares(scope: Scope, assignment: Mapping[str, str], fleet: Fleet) -> dict[str, float]:
    """Return what each partner of a fleet pays of its premium: by how far its own cars lie above its own target."""
    over = {partner: max(0.0, excess(scope, assignment, partner, fleet.year)) for partner in fleet.pool}
    total = fsum(over.values())
    return {partner: fleet.premium * amount / total for partner, amount in over.items() if amount > 0}
