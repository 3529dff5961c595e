"""What was chosen, and why: assignment, production, emissions, and a ledger of every euro."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Item = Literal["development", "application", "investment", "running", "units", "parts", "transport", "premium"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One cost: what for, who pays, where, in which year, how much then and how much today.

    ``subject`` names the family, unit, line, carline or pool that the money is for; ``plant`` and ``carline`` are empty
    where none is concerned. ``present`` is ``amount`` discounted to the start of the first year of the horizon.
    """

    item: Item
    payer: str
    subject: str
    plant: str
    year: int
    amount: float
    present: float
    carline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """Units made in a year: ``count`` of ``unit`` on ``line`` of ``plant`` for ``carline``."""

    unit: str
    plant: str
    line: str
    carline: str
    year: int
    count: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Fleet emission of a pool in a year: cars registered in the region, average and target [kg/m], premium paid."""

    pool: tuple[str, ...]
    year: int
    registrations: float
    emission: float
    target: float
    premium: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan for the partners in ``partners``.

    ``cost`` is the present value of the ledger, ``bound`` what no plan can go below, both in the project's currency;
    ``binding`` says in words which capacities, targets and needs hold the plan back.
    """

    partners: tuple[str, ...]
    cost: float
    bound: float
    assignment: dict[str, str]
    lines: tuple[tuple[str, str], ...]
    families: tuple[str, ...]
    production: tuple[Production, ...]
    fleets: tuple[Fleet, ...]
    ledger: tuple[Entry, ...]
    binding: tuple[str, ...]

    @property
    def gap(self) -> float:
        """Return how far the plan may lie above the best one, in the project's currency."""
        return self.cost - self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Each partner alone against all together."""

    alone: dict[str, Plan]
    together: Plan

    @property
    def saving(self) -> float:
        """Return what acting together saves, present value."""
        return sum(plan.cost for plan in self.alone.values()) - self.together.cost

    @property
    def saving_least(self) -> float:
        """Return the saving that the solver's gaps leave certain, present value."""
        return sum(plan.bound for plan in self.alone.values()) - self.together.cost
