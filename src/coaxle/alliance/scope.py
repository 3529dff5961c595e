"""What one plan may decide: which powertrains its carlines may take, and which lines may make their units.

Comes in: the whole alliance, the fits, and the partners that plan together. Goes out: :class:`Scope`, in which every
carline that is sold has at least one powertrain that some line may supply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coaxle.alliance.checks import check
from coaxle.alliance.partner import Alliance, Choice
from coaxle.errors import InfeasibleError, UseError
from coaxle.study.fits import Fits

Source = tuple[str, str]
"""A plant and one of its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The part of an alliance that one plan decides about.

    ``fleets`` groups the partners whose cars are averaged together; ``pairs`` gives, carline by carline, the
    powertrains that it may take and what they emit [kg/m]; ``sources`` the lines that may make a unit for a carline;
    ``refused`` the powertrains that fit a car but that nobody may supply, with the reasons. Carlines that are not sold
    in any year of the horizon are left out.
    """

    alliance: Alliance
    partners: tuple[str, ...]
    fleets: tuple[tuple[str, ...], ...]
    pairs: dict[str, dict[str, float]]
    sources: dict[tuple[str, str], tuple[Source, ...]]
    refused: dict[tuple[str, str], tuple[str, ...]]

    def choice(self, carline: str, powertrain: str) -> Choice:
        """Return what ``powertrain`` means for ``carline``: units, other parts, application."""
        return self.alliance.programmes[carline].choices[powertrain]

    def cars(self, carline: str, year: int) -> float:
        """Return how many cars of ``carline`` are sold in ``year``."""
        return self.alliance.programmes[carline].sales[self.alliance.years.index(year)]

    def registrations(self, carline: str, year: int) -> float:
        """Return how many of them count towards the fleet target."""
        return self.cars(carline, year) * self.alliance.programmes[carline].regulated_share

    def present(self, year: int) -> float:
        """Return what one euro of ``year`` is worth today.

        Today is the start of the first year of the horizon, and all money of a year counts at the start of that year:
        ``(1 + discount) ** -(year - first)``. What is paid once is paid in the first year. This is the one place where
        the convention stands.
        """
        return float((1 + self.alliance.discount) ** -(year - self.alliance.years[0]))

    def sold(self, carline: str) -> Iterator[int]:
        """Return the years in which ``carline`` is sold."""
        return (year for year in self.alliance.years if self.cars(carline, year) > 0)


def scope_of(alliance: Alliance, fits: Fits, partners: tuple[str, ...] | None = None) -> Scope:
    """Return what ``partners`` (default: all) may decide together.

    Raises
    ------
    UseError
        Where ``partners`` names nobody, somebody twice or somebody unknown, or the fits are of another cycle.
    InputError
        Where a figure of the alliance or of the fits is missing or not usable; all of them are named.
    InfeasibleError
        Where a carline is left without any powertrain; all of them are named, with the reasons.

    """
    partners = tuple(alliance.partners) if partners is None else partners
    _check_partners(alliance, partners)
    if fits.cycle != alliance.rules.cycle:
        raise UseError(
            f"fits: of cycle '{fits.cycle}'; the rules count emissions on '{alliance.rules.cycle}', which is wanted"
        )
    check(alliance, fits, partners)
    row = {pair: i for i, pair in enumerate(zip(fits.carlines, fits.powertrains, strict=True))}
    pairs: dict[str, dict[str, float]] = {}
    sources: dict[tuple[str, str], tuple[Source, ...]] = {}
    refused: dict[tuple[str, str], tuple[str, ...]] = {}
    stuck: list[str] = []
    for carline, programme in alliance.programmes.items():
        if programme.partner not in partners or not any(programme.sales):
            continue
        pairs[carline] = {}
        objections: list[str] = []
        for powertrain, choice in programme.choices.items():
            i = row[carline, powertrain]
            if not fits.feasible[i]:
                objections.append(f"{powertrain}: {', '.join(fits.reasons[i]) or 'does not fit'}")
                continue
            found = {unit: _sources(alliance, partners, programme.partner, unit) for unit in choice.units}
            if all(found.values()):
                pairs[carline][powertrain] = float(fits.emission[i])
                sources |= {(carline, unit): lines for unit, lines in found.items()}
                continue
            why = tuple(_why_not(alliance, partners, programme.partner, unit) for unit in found if not found[unit])
            refused[carline, powertrain] = why
            objections.append(f"{powertrain}: {', '.join(why)}")
        if not pairs[carline]:
            stuck.append(f"{carline}: no powertrain is left; {'; '.join(objections) or 'it has no options'}")
    if stuck:
        raise InfeasibleError("\n".join(stuck))
    return Scope(
        alliance=alliance,
        partners=partners,
        fleets=_fleets(alliance, partners),
        pairs=pairs,
        sources=sources,
        refused=refused,
    )


def may_cross(alliance: Alliance, unit: str) -> bool:
    """Return whether the rules let ``unit`` pass from one partner to another."""
    sharing = alliance.rules.sharing
    return sharing == "all" or (sharing == "edus" and alliance.units[unit].kind == "edu")


def _check_partners(alliance: Alliance, partners: tuple[str, ...]) -> None:
    if not partners:
        raise UseError("partners: nobody; at least one partner must plan")
    for name in partners:
        if name not in alliance.partners:
            raise UseError(f"partners: '{name}' is none of them; there are {', '.join(sorted(alliance.partners))}")
    if len(set(partners)) < len(partners):
        raise UseError(f"partners: {', '.join(partners)}; each may stand there once")


def _fleets(alliance: Alliance, partners: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if alliance.rules.pooling == "allowed":
        return (partners,)
    pools: dict[str, list[str]] = {}
    for name in partners:
        pools.setdefault(alliance.partners[name].pool, []).append(name)
    return tuple(map(tuple, pools.values()))


def _sources(alliance: Alliance, partners: tuple[str, ...], partner: str, unit: str) -> tuple[Source, ...]:
    """Return the lines that may make ``unit`` for a car of ``partner``.

    A unit crosses where another partner owns it or makes it; whether it may, the rules say.
    """
    owner = alliance.units[unit].owner
    crosses = may_cross(alliance, unit)
    if owner not in partners or (owner != partner and not crosses):
        return ()
    return tuple(
        (name, line)
        for name, plant in alliance.plants.items()
        if plant.partner in partners and (plant.partner == partner or crosses)
        for line in plant.lines
        if unit in plant.lines[line].makes and plant.lines[line].capacity > 0
    )


def _why_not(alliance: Alliance, partners: tuple[str, ...], partner: str, unit: str) -> str:
    owner = alliance.units[unit].owner
    if owner not in partners:
        return f"'{unit}' belongs to {owner}, who does not plan with {', '.join(partners)}"
    if owner != partner and not may_cross(alliance, unit):
        return f"'{unit}' belongs to {owner}, and sharing is '{alliance.rules.sharing}'"
    makers = [
        (f"{name}/{line}", plant.partner)
        for name, plant in alliance.plants.items()
        for line in plant.lines
        if unit in plant.lines[line].makes and plant.lines[line].capacity > 0
    ]
    if not makers:
        return f"no line makes '{unit}'"
    if all(maker not in partners for _, maker in makers):
        return f"'{unit}' is made only by {', '.join(line for line, _ in makers)}, outside this plan"
    return (
        f"'{unit}' is made only by {', '.join(f'{line} of {maker}' for line, maker in makers)}, "
        f"and sharing is '{alliance.rules.sharing}'"
    )
