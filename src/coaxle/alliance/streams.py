"""Streams of units: what a partner's cars at one site may draw, from which lines, at what price.

Cars of one partner that are built at one site draw a unit from the same lines at the same price, so their units flow
as one stream; what arrives is dealt out to the carlines afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coaxle.alliance.plan import Production
from coaxle.alliance.scope import Scope, Source
from coaxle.alliance.transport import carriage

CRUMB = 1e-5
"""Units that are solver's dust rather than work for a line: ten times what its tolerance lets stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Units of one kind on their way to one partner's cars at one site.

    ``carlines`` may need the unit; ``prices`` gives what one costs from each line that may make it, carried to the
    site [EUR].
    """

    unit: str
    partner: str
    site: str
    carlines: tuple[str, ...]
    prices: dict[Source, float]

    @property
    def key(self) -> tuple[str, str, str]:
        """Unit, partner and site."""
        return self.unit, self.partner, self.site


def streams_of(scope: Scope) -> tuple[Stream, ...]:
    """Return all streams that a plan may need."""
    alliance = scope.alliance
    carlines: dict[tuple[str, str, str], list[str]] = {}
    for carline, unit in scope.sources:
        programme = alliance.programmes[carline]
        carlines.setdefault((unit, programme.partner, programme.plant), []).append(carline)
    return tuple(
        Stream(
            unit=unit,
            partner=partner,
            site=site,
            carlines=tuple(takers),
            prices={source: price(scope, unit, source, site) for source in scope.sources[takers[0], unit]},
        )
        for (unit, partner, site), takers in carlines.items()
    )


def price(scope: Scope, unit: str, source: Source, site: str) -> float:
    """Return what one ``unit`` costs, made on a line and carried to ``site`` [EUR]."""
    alliance = scope.alliance
    plant, line = source
    made = alliance.units[unit].cost * alliance.plants[plant].lines[line].cost_factor
    return made + carriage(alliance.transport, alliance.plants[plant], alliance.plants[site])


def needed(scope: Scope, carline: str, powertrain: str, unit: str, year: int) -> float:
    """Return how many of ``unit`` the cars of ``carline`` take in ``year`` if they take ``powertrain``."""
    return scope.choice(carline, powertrain).units.get(unit, 0) * scope.cars(carline, year)


def dealt(
    scope: Scope, stream: Stream, year: int, made: Mapping[Source, float], assignment: Mapping[str, str]
) -> list[Production]:
    """Return who gets what of a stream: lines in order, carlines in order, until each has what it needs.

    The sum over the lines is scaled to what is needed, which only takes out the solver's last digits.
    """
    open_needs = {
        carline: need
        for carline in stream.carlines
        if (need := needed(scope, carline, assignment[carline], stream.unit, year)) > 0
    }
    total = sum(open_needs.values())
    if not total:
        return []
    crumb = min(CRUMB, 1e-6 * total)
    lines = {source: count for source, count in made.items() if count > crumb}
    scale = total / sum(lines.values()) if lines else 0.0
    found: list[Production] = []
    for (plant, line), count in lines.items():
        left = count * scale
        for carline, need in open_needs.items():
            share = min(left, need)
            if share > crumb:
                found.append(
                    Production(unit=stream.unit, plant=plant, line=line, carline=carline, year=year, count=share)
                )
            left -= share
            open_needs[carline] = need - share
    return found
