"""The plan as a mixed-integer linear programme, in plain arrays.

Comes in: a :class:`Scope`. Goes out: a :class:`Model`. Inside it money is in MEUR, units and cars in thousands,
emission times registrations in g/km times a million cars, so that all coefficients lie within a few powers of ten.

Columns
    ``take(carline, powertrain)`` 0 or 1; ``develop(family)`` 0 or 1; ``open(plant, line)`` 0 or 1;
    ``make(unit, plant, line, partner, site, year)`` >= 0, what a line makes for a partner's cars at a site;
    ``exceed(fleet, year)`` >= 0.

Rows
    ``choose(carline)`` one powertrain each; ``develop(carline, family)`` what is taken is developed;
    ``supply(unit, partner, site, year)`` made = needed; ``capacity(plant, line, year)``; ``target(fleet, year)``
    emission above target is paid for.

The objective is written around each carline's cheapest way: what no plan can avoid stands in ``offset``, and what is
left is what can be decided. The optimum is the same, the digits of the solver go where they matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coaxle.alliance.fleets import fleet_name
from coaxle.alliance.scope import Scope, Source
from coaxle.alliance.streams import Stream, needed, streams_of
from coaxle.numerics.arrays import Array
from coaxle.units import YEAR

MILLION = 1e6
THOUSAND = 1e3
GRAM_PER_KILOMETRE = 1e-6

Key = tuple[str | int, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Model:
    """Minimise ``cost @ x + offset`` over ``row_lower <= A x <= row_upper``, ``lower <= x <= upper``.

    Parameters
    ----------
    columns, rows : tuple of tuple
        What each column and row is: its kind, then the names that it belongs to.
    cost, lower, upper : (n,)
        [MEUR per unit of the column], [unit of the column].
    integer : (n,) bool
        Whether the column is 0 or 1.
    row_lower, row_upper : (m,)
        Bounds of the rows.
    start : (m + 1,) int
        Where each row begins in ``index`` and ``value``.
    index, value : (k,)
        Columns and coefficients, row by row.
    offset : float
        What no plan can avoid [MEUR].

    """

    columns: tuple[Key, ...]
    rows: tuple[Key, ...]
    cost: Array
    lower: Array
    upper: Array
    integer: NDArray[np.bool_]
    row_lower: Array
    row_upper: Array
    start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Array
    offset: float

    def where(self, kind: str) -> list[int]:
        """Return the columns of a kind."""
        return [j for j, key in enumerate(self.columns) if key[0] == kind]

    def rows_of(self, kind: str) -> list[int]:
        """Return the rows of a kind."""
        return [i for i, key in enumerate(self.rows) if key[0] == kind]


@dataclass(slots=True)
class _Draft:
    """Columns and rows while they are being written."""

    columns: dict[Key, int] = field(default_factory=dict)
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[Key] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    offset: float = 0.0

    def decide(self, key: Key, cost: float) -> None:
        """Add a column that is 0 or 1."""
        self.columns[key] = len(self.cost)
        self.cost.append(cost)
        self.upper.append(1.0)
        self.integer.append(True)

    def measure(self, key: Key, cost: float) -> None:
        """Add a column that is any number >= 0."""
        self.columns[key] = len(self.cost)
        self.cost.append(cost)
        self.upper.append(np.inf)
        self.integer.append(False)

    def row(self, key: Key, entries: dict[Key, float], lower: float, upper: float) -> None:
        """Add ``lower <= sum of entries <= upper``."""
        self.rows.append(key)
        self.index.extend(self.columns[column] for column in entries)
        self.value.extend(entries.values())
        self.start.append(len(self.index))
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def finished(self) -> Model:
        return Model(
            columns=tuple(self.columns),
            rows=tuple(self.rows),
            cost=np.array(self.cost),
            lower=np.zeros(len(self.cost)),
            upper=np.array(self.upper),
            integer=np.array(self.integer, dtype=bool),
            row_lower=np.array(self.row_lower),
            row_upper=np.array(self.row_upper),
            start=np.array(self.start, dtype=np.int32),
            index=np.array(self.index, dtype=np.int32),
            value=np.array(self.value),
            offset=self.offset,
        )


def build(scope: Scope) -> Model:
    """Return the programme whose optimum is the plan of least present cost for ``scope``."""
    draft = _Draft()
    streams = streams_of(scope)
    _decisions(draft, scope, streams)
    _flows(draft, scope, streams)
    _choices(draft, scope)
    _supply(draft, scope, streams)
    _capacities(draft, scope, streams)
    _targets(draft, scope)
    return draft.finished()


def _decisions(draft: _Draft, scope: Scope, streams: tuple[Stream, ...]) -> None:
    alliance, first = scope.alliance, scope.alliance.years[0]
    least = {(carline, stream.unit): min(stream.prices.values()) for stream in streams for carline in stream.carlines}
    for carline, powertrains in scope.pairs.items():
        cars = sum(scope.present(year) * scope.cars(carline, year) for year in scope.sold(carline))
        costs = {}
        for powertrain in powertrains:
            choice = scope.choice(carline, powertrain)
            car = choice.parts_cost + sum(count * least[carline, unit] for unit, count in choice.units.items())
            costs[powertrain] = (scope.present(first) * choice.application + cars * car) / MILLION
        cheapest = min(costs.values())
        draft.offset += cheapest
        for powertrain, cost in costs.items():
            draft.decide(("take", carline, powertrain), cost - cheapest)
    families = {alliance.units[stream.unit].family for stream in streams}
    for family in alliance.families:
        if family in families:
            draft.decide(("develop", family), scope.present(first) * alliance.families[family].development / MILLION)
    sources = {source for stream in streams for source in stream.prices}
    for plant in alliance.plants:
        for name, line in alliance.plants[plant].lines.items():
            if (plant, name) in sources:
                running = line.running * YEAR * sum(map(scope.present, alliance.years))
                cost = scope.present(first) * line.investment + running
                draft.decide(("open", plant, name), cost / MILLION)


def _flows(draft: _Draft, scope: Scope, streams: tuple[Stream, ...]) -> None:
    for stream in streams:
        least = min(stream.prices.values())
        for year in scope.alliance.years:
            if any(scope.cars(carline, year) > 0 for carline in stream.carlines):
                for source, price in stream.prices.items():
                    extra = (price - least) * scope.present(year) * THOUSAND / MILLION
                    draft.measure(_make(stream, source, year), extra)
    premium = scope.alliance.rules.premium * GRAM_PER_KILOMETRE
    for fleet in scope.fleets:
        for year in scope.alliance.years:
            draft.measure(("exceed", fleet_name(fleet), year), premium * scope.present(year))


def _choices(draft: _Draft, scope: Scope) -> None:
    units = scope.alliance.units
    for carline, powertrains in scope.pairs.items():
        draft.row(("choose", carline), {("take", carline, name): 1.0 for name in powertrains}, 1.0, 1.0)
        needs: dict[str, dict[Key, float]] = {}
        for name in powertrains:
            for unit in scope.choice(carline, name).units:
                needs.setdefault(units[unit].family, {})["take", carline, name] = 1.0
        for family, takes in needs.items():
            draft.row(("develop", carline, family), takes | {("develop", family): -1.0}, -np.inf, 0.0)


def _supply(draft: _Draft, scope: Scope, streams: tuple[Stream, ...]) -> None:
    for stream in streams:
        for year in scope.alliance.years:
            entries: dict[Key, float] = {
                key: 1.0 for source in stream.prices if (key := _make(stream, source, year)) in draft.columns
            }
            if not entries:
                continue
            for carline in stream.carlines:
                for powertrain in scope.pairs[carline]:
                    count = needed(scope, carline, powertrain, stream.unit, year) / THOUSAND
                    if count > 0:
                        entries["take", carline, powertrain] = -count
            draft.row(("supply", *stream.key, year), entries, 0.0, 0.0)


def _capacities(draft: _Draft, scope: Scope, streams: tuple[Stream, ...]) -> None:
    made: dict[tuple[Source, int], dict[Key, float]] = {}
    for stream in streams:
        for year in scope.alliance.years:
            for source in stream.prices:
                if (key := _make(stream, source, year)) in draft.columns:
                    made.setdefault((source, year), {})[key] = 1.0
    for (source, year), entries in made.items():
        plant, name = source
        capacity = scope.alliance.plants[plant].lines[name].capacity * YEAR / THOUSAND
        draft.row(("capacity", *source, year), entries | {("open", *source): -capacity}, -np.inf, 0.0)


def _make(stream: Stream, source: Source, year: int) -> Key:
    return ("make", stream.unit, *source, stream.partner, stream.site, year)


def _targets(draft: _Draft, scope: Scope) -> None:
    targets = scope.alliance.rules.targets
    for fleet in scope.fleets:
        for year in scope.alliance.years:
            over: dict[Key, float] = {}
            for carline, powertrains in scope.pairs.items():
                partner = scope.alliance.programmes[carline].partner
                registered = scope.registrations(carline, year) / MILLION
                if partner in fleet and registered > 0:
                    for name, emission in powertrains.items():
                        excess = (emission - targets[partner][year]) / GRAM_PER_KILOMETRE
                        over["take", carline, name] = registered * excess
            if over:
                over["exceed", fleet_name(fleet), year] = -1.0
                draft.row(("target", fleet_name(fleet), year), over, -np.inf, 0.0)
