"""The verbs: plan partners together, and compare that with each alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coaxle.alliance.audit import audit
from coaxle.alliance.binding import alternatives, binding
from coaxle.alliance.conflict import conflict
from coaxle.alliance.fleets import fleets_of
from coaxle.alliance.ledger import cost, written
from coaxle.alliance.model import MILLION, Key, Model, build
from coaxle.alliance.optimize import Outcome, optimize
from coaxle.alliance.partner import Alliance
from coaxle.alliance.plan import Comparison, Plan
from coaxle.alliance.scope import Scope, scope_of
from coaxle.alliance.settle import produced, settle
from coaxle.errors import InfeasibleError, UseError
from coaxle.study.fits import Fits


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """How well to plan.

    ``gap`` is how far the plan may lie above what is proven to be out of reach [EUR]; ``time_limit`` how long to search
    for it, and as long again for the alternatives [s]; ``threads`` how many the solver may use; ``alternatives``
    whether ``binding`` also says, carline by carline, what the next best powertrain would cost.
    """

    gap: float = 1e5
    time_limit: float = 300.0
    threads: int = 1
    alternatives: bool = True

    def __post_init__(self) -> None:
        if not self.gap >= 0 or not self.time_limit > 0 or self.threads < 1:
            raise UseError(
                f"plan: gap {self.gap:g} EUR, time limit {self.time_limit:g} s, {self.threads} threads; "
                "a gap of at least 0, a time and at least one thread are wanted"
            )


def plan(
    alliance: Alliance,
    fits: Fits,
    partners: tuple[str, ...] | None = None,
    settings: PlanSettings | None = None,
) -> Plan:
    """Return the plan of least present cost for ``partners`` (default: all) together.

    Parameters
    ----------
    alliance : Alliance
        Who may build what, and what it costs.
    fits : Fits, (N,)
        A row for each carline of these partners with each powertrain that it may take, on the cycle of the rules.
    partners : tuple of str, optional
        Who plans together. Units owned and lines held by others are not there for them.
    settings : PlanSettings, optional
        Gap, time and threads.

    Returns
    -------
    Plan
        Recomputed and checked in plain Python; where the time ends early, ``gap`` is larger than was asked for and
        ``binding`` says so.

    Raises
    ------
    UseError, InputError
        Where the question is not well put.
    InfeasibleError
        Where no plan exists; the message says which needs conflict.
    ComputationError
        Where none was found in time, or one was found that does not hold.

    """
    return _planned(scope_of(alliance, fits, partners), settings or PlanSettings(), ())


def compare(alliance: Alliance, fits: Fits, settings: PlanSettings | None = None) -> Comparison:
    """Return the plan of each partner alone, and of all together under the rules for sharing and pooling.

    Alone, a partner has its own units, its own lines and its own fleet; whoever cannot plan alone is named in the
    error. Together may do all that each does alone and starts the search there, so it never costs more. Alternatives
    are sought for the plan together only.
    """
    settings = settings or PlanSettings()
    alone = {}
    for name in alliance.partners:
        try:
            alone[name] = plan(alliance, fits, (name,), replace(settings, alternatives=False))
        except InfeasibleError as error:
            raise InfeasibleError(f"{name} alone: {error}") from error
    together = _planned(scope_of(alliance, fits), settings, tuple(alone.values()))
    return Comparison(alone=alone, together=together)


def _planned(scope: Scope, settings: PlanSettings, known: tuple[Plan, ...]) -> Plan:
    model = build(scope)
    gap = settings.gap / MILLION
    outcome = optimize(model, gap, settings.time_limit, settings.threads, _start(model, known))
    if outcome is None:
        raise InfeasibleError(conflict(scope, model, settings.time_limit, settings.threads))
    assignment = {
        str(key[1]): str(key[2]) for j, key in enumerate(model.columns) if key[0] == "take" and outcome.values[j] > 0.5
    }
    settled = settle(scope, model, assignment, outcome, settings.time_limit, settings.threads)
    found = _written(scope, model, assignment, settled, outcome)
    audit(scope, found, settled.objective * MILLION)
    others = (
        alternatives(model, assignment, settled, gap, settings.time_limit, settings.threads)
        if settings.alternatives
        else ()
    )
    late = (
        (f"the time of {settings.time_limit:g} s ended before the gap of {settings.gap:,.0f} EUR was proven",)
        if outcome.timed_out
        else ()
    )
    return replace(found, binding=(*late, *binding(scope, model, settled, found.fleets, others)))


def _start(model: Model, known: tuple[Plan, ...]) -> dict[int, float]:
    """Return every decision of known plans side by side, as a start for the search."""
    if not known:
        return {}
    chosen: set[Key] = set()
    for one in known:
        chosen |= {("take", carline, powertrain) for carline, powertrain in one.assignment.items()}
        chosen |= {("develop", family) for family in one.families}
        chosen |= {("open", *line) for line in one.lines}
    return {j: float(key in chosen) for j, key in enumerate(model.columns) if model.integer[j]}


def _written(scope: Scope, model: Model, assignment: Mapping[str, str], settled: Outcome, outcome: Outcome) -> Plan:
    production = produced(scope, model, assignment, settled)
    used = {(lot.plant, lot.line) for lot in production}
    made = {scope.alliance.units[lot.unit].family for lot in production}
    lines = tuple(
        (plant, line) for plant, site in scope.alliance.plants.items() for line in site.lines if (plant, line) in used
    )
    families = tuple(name for name in scope.alliance.families if name in made)
    fleets = fleets_of(scope, assignment)
    ledger = written(scope, assignment, lines, families, production, fleets)
    total = cost(ledger)
    return Plan(
        partners=scope.partners,
        cost=total,
        bound=min(outcome.bound * MILLION, total),
        assignment=dict(assignment),
        lines=lines,
        families=families,
        production=production,
        fleets=fleets,
        ledger=ledger,
        binding=(),
    )
