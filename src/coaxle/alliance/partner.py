"""The Designs of the alliance: partners, unit families, plants with their lines, transport, rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from coaxle.units import (
    Angle,
    Emission,
    Money,
    MoneyPerEmission,
    MoneyPerLength,
    MoneyPerTime,
    Name,
    Rate,
    Ratio,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A carmaker of the alliance.

    Partners of one plan with the same ``pool`` count as one fleet even where the rules forbid pooling.
    """

    name: str
    home: str
    pool: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Units that share one development: it is paid once by the owner when any of them is made in the horizon."""

    partner: Annotated[str, Name(("partners",))]
    development: Money
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A production line: what it can make, how many a year, and what it costs to have.

    ``investment`` is paid once when the line is used at all (0 for one that stands); ``running`` then in each year of
    the horizon; ``cost_factor`` multiplies the unit cost of what it makes.
    """

    makes: tuple[Annotated[str, Name(("edus", "engines"))], ...]
    capacity: Rate
    investment: Money
    running: MoneyPerTime
    cost_factor: Ratio = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A site: where it lies, in which customs zone, and its lines."""

    partner: Annotated[str, Name(("partners",))]
    zone: Literal["eu", "gb", "other"]
    latitude: Angle
    longitude: Angle
    lines: dict[str, Line] = field(default_factory=dict)
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """Cost of moving one unit: great-circle distance * ``detour`` * ``freight``, and ``border`` where zones differ."""

    freight: MoneyPerLength
    detour: Ratio
    border: Money
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of the game.

    ``sharing`` says which units may cross from one partner to another, that is go into a car of one and be owned or
    made by the other; ``targets`` the fleet average per partner and year over the cars registered in the regulated
    region (in ``pooling`` the partners are averaged together, each target weighted with its registrations);
    ``premium`` what one g/km above it costs per car.
    """

    cycle: str
    sharing: Literal["none", "edus", "all"]
    pooling: Literal["allowed", "forbidden"]
    targets: dict[Annotated[str, Name(("partners",))], dict[int, Emission]]
    premium: MoneyPerEmission
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as the planner sees it: whose it is, which family, what one costs at cost factor 1."""

    kind: Literal["edu", "engine"]
    owner: str
    family: str
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A powertrain that a programme may take.

    Its units with their counts, the cost of its other parts per car, and what it costs once to fit it into the car.
    """

    units: dict[str, int]
    parts_cost: float
    application: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A carline as the planner sees it: cars per year (one figure a year of the horizon) and what it may take."""

    partner: str
    plant: str
    sales: tuple[float, ...]
    regulated_share: float
    choices: dict[str, Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alliance:
    """Everything that the planner needs beside the fits; money in the project's currency and price year."""

    years: tuple[int, ...]
    discount: float
    partners: dict[str, Partner]
    families: dict[str, Family]
    units: dict[str, Unit]
    plants: dict[str, Plant]
    transport: Transport
    rules: Rules
    programmes: dict[str, Programme]
