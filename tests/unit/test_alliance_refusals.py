"""What the planner refuses, and the words it finds for it."""

from __future__ import annotations

from dataclasses import replace
from math import nan, pi

import highspy
import numpy as np
import pytest

from alliance_cases import fits_of, line, plant, rules, two_cars
from coaxle.alliance import optimize as optimizer
from coaxle.alliance import solve
from coaxle.alliance.audit import audit
from coaxle.alliance.binding import _spans
from coaxle.alliance.model import build
from coaxle.alliance.partner import Partner, Programme
from coaxle.alliance.plan import Fleet, Production
from coaxle.alliance.scope import scope_of
from coaxle.alliance.settle import settle
from coaxle.alliance.solve import PlanSettings, compare, plan
from coaxle.alliance.streams import dealt, streams_of
from coaxle.alliance.transport import carriage, distance
from coaxle.errors import ComputationError, InfeasibleError, InputError, UseError

EXACT = PlanSettings(gap=0.0, alternatives=False)


def changed(alliance, section, name, **changes):
    """Return the alliance with fields of one entry changed."""
    entries = getattr(alliance, section)
    return replace(alliance, **{section: {**entries, name: replace(entries[name], **changes)}})


def with_line(alliance, site, name, **changes):
    entry = alliance.plants[site]
    return changed(alliance, "plants", site, lines={**entry.lines, name: replace(entry.lines[name], **changes)})


def with_choice(alliance, carline, powertrain, **changes):
    programme = alliance.programmes[carline]
    choices = {**programme.choices, powertrain: replace(programme.choices[powertrain], **changes)}
    return changed(alliance, "programmes", carline, choices=choices)


def unfit(fits, carline, powertrain, *reasons):
    at = [pair == (carline, powertrain) for pair in zip(fits.carlines, fits.powertrains, strict=True)]
    said = tuple(reasons if here else had for here, had in zip(at, fits.reasons, strict=True))
    return replace(fits, feasible=fits.feasible & ~np.array(at), reasons=said)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda a: replace(a, years=(2026, 2025)), "years: (2026, 2025)"),
        (lambda a: replace(a, discount=nan), "discount: nan"),
        (lambda a: changed(a, "families", "drives", development=-1.0), "families.drives.development: -1"),
        (
            lambda a: changed(a, "families", "drives", partner="r"),
            "families.drives.partner: 'r' is unknown; one of p, q",
        ),
        (lambda a: changed(a, "units", "u", family="none"), "units.u.family: 'none' is unknown"),
        (lambda a: changed(a, "units", "u", owner="q"), "units.u.owner: q, but its family 'drives' belongs to p"),
        (lambda a: changed(a, "units", "u", cost=nan), "carlines.a.options.bev: cost of 'u': nan"),
        (lambda a: changed(a, "plants", "north", partner="r"), "plants.north.partner: 'r'"),
        (lambda a: changed(a, "plants", "north", latitude=2.0), "plants.north.latitude: 2"),
        (lambda a: with_line(a, "north", "l", capacity=nan), "plants.north.lines.l.capacity: nan"),
        (lambda a: replace(a, transport=replace(a.transport, detour=-1.0)), "transport.detour: -1"),
        (lambda a: replace(a, rules=rules(targets={"p": {2025: 70, 2026: 70}})), "rules.targets.q: none for 2025"),
        (lambda a: replace(a, rules=replace(a.rules, premium=nan)), "rules.premium: nan"),
        (lambda a: changed(a, "programmes", "a", partner="r"), "carlines.a.partner: 'r'"),
        (lambda a: changed(a, "programmes", "a", plant="r"), "carlines.a.plant: 'r'"),
        (lambda a: changed(a, "programmes", "a", sales=(1.0,)), "carlines.a.sales: 1 figures; 2 are wanted"),
        (lambda a: changed(a, "programmes", "a", sales=(1.0, nan)), "carlines.a.sales.2026: nan"),
        (lambda a: changed(a, "programmes", "a", regulated_share=1.1), "carlines.a.regulated_share: 1.1"),
        (lambda a: with_choice(a, "a", "bev", application=-1.0), "carlines.a.options.bev.application: -1"),
        (lambda a: with_choice(a, "a", "bev", parts_cost=nan), "carlines.a.options.bev: cost of its other parts: nan"),
        (lambda a: with_choice(a, "a", "bev", units={"x": 1}), "carlines.a.options.bev: 'x' is unknown"),
        (lambda a: with_choice(a, "a", "bev", units={"u": 0}), "carlines.a.options.bev.u: 0 of it"),
    ],
)
def test_a_figure_that_does_not_do(spoil, words):
    alliance, fits = two_cars()
    with pytest.raises(InputError) as refusal:
        plan(spoil(alliance), fits)
    assert words in str(refusal.value)


def test_all_problems_at_once():
    alliance, fits = two_cars()
    spoilt = changed(changed(alliance, "units", "u", owner="q"), "programmes", "a", regulated_share=-1.0)
    with pytest.raises(InputError) as refusal:
        plan(spoilt, fits)
    assert len(str(refusal.value).splitlines()) == 2


def test_fits_that_do_not_match():
    alliance, fits = two_cars()
    with pytest.raises(InputError, match="fits: no row for b with bev"):
        plan(alliance, fits_of({("a", "bev"): 0.0, ("a", "ice"): 150.0, ("b", "ice"): 150.0}))
    with pytest.raises(InputError, match="fits: emission of a with ice: nan"):
        plan(alliance, fits_of({("a", "bev"): 0.0, ("a", "ice"): nan, ("b", "bev"): 0.0, ("b", "ice"): 150.0}))
    twice = replace(fits, powertrains=("bev", "bev", "bev", "ice"))
    with pytest.raises(InputError, match="fits: a with bev stands there twice"):
        plan(alliance, twice)
    with pytest.raises(UseError, match="of cycle 'nedc'; the rules count emissions on 'wltc'"):
        plan(alliance, replace(fits, cycle="nedc"))


def test_an_unknown_cost_of_what_does_not_fit_is_no_matter():
    alliance, fits = two_cars()
    dear = with_choice(alliance, "b", "bev", parts_cost=nan)
    with pytest.raises(InputError):
        plan(dear, fits)
    assert plan(dear, unfit(fits, "b", "bev", "too heavy"), None, EXACT).assignment == {"a": "bev", "b": "ice"}


@pytest.mark.parametrize(
    ("partners", "words"),
    [((), "nobody"), (("p", "p"), "each may stand there once"), (("p", "r"), "'r' is none of them; there are p, q")],
)
def test_partners_that_do_not_do(partners, words):
    with pytest.raises(UseError, match=words):
        plan(*two_cars(), partners)


@pytest.mark.parametrize("wrong", [{"gap": -1.0}, {"gap": nan}, {"time_limit": 0.0}, {"threads": 0}])
def test_settings_that_do_not_do(wrong):
    with pytest.raises(UseError, match="at least one thread"):
        PlanSettings(**wrong)


def test_a_carline_without_a_powertrain_quotes_why():
    alliance, fits = two_cars()
    fits = unfit(fits, "b", "ice", "0-100 km/h in 9.1 s; at most 8.0 s is wanted")
    with pytest.raises(InfeasibleError) as refusal:
        plan(replace(alliance, rules=replace(alliance.rules, sharing="none")), fits)
    assert str(refusal.value) == (
        "b: no powertrain is left; bev: 'u' belongs to p, and sharing is 'none'; "
        "ice: 0-100 km/h in 9.1 s; at most 8.0 s is wanted"
    )


def test_units_that_nobody_may_make():
    alliance, fits = two_cars()
    fits = unfit(fits, "b", "bev", "too heavy")
    idle = with_line(with_line(alliance, "south", "old", capacity=0.0), "south", "new", makes=())
    with pytest.raises(InfeasibleError, match="ice: no line makes 'e'"):
        plan(idle, fits)
    away = changed(alliance, "plants", "south", partner="p")
    with pytest.raises(InfeasibleError, match="'e' is made only by south/old, south/new, outside this plan"):
        plan(away, fits, ("q",))
    with pytest.raises(
        InfeasibleError, match="'e' is made only by south/old of p, south/new of p, and sharing is 'edus'"
    ):
        plan(replace(away, rules=replace(alliance.rules, sharing="edus")), fits)
    with pytest.raises(InfeasibleError, match="q alone: b: no powertrain is left; bev: too heavy; ice: 'e' is made"):
        compare(away, fits)


def test_a_unit_made_by_the_other_crosses_too():
    """What sharing forbids is a unit of the other's and a unit from the other's plant alike."""
    alliance, fits = two_cars()
    lent = changed(alliance, "plants", "south", partner="p")
    assert plan(lent, fits, None, EXACT).assignment["b"] == "ice"
    edus = replace(lent, rules=replace(lent.rules, sharing="edus"))
    assert plan(edus, fits, None, EXACT).assignment["b"] == "bev"


def test_capacity_short_of_demand_says_by_how_much():
    alliance, fits = two_cars()
    small = with_line(alliance, "south", "new", capacity=line("e", capacity=100).capacity)
    small = changed(small, "programmes", "b", sales=(390.0, 500.0))
    with pytest.raises(InfeasibleError) as refusal:
        plan(small, unfit(fits, "b", "bev", "too heavy"))
    assert str(refusal.value).splitlines() == [
        "'e' for b at south: short by 100 in 2026; made only on south/old (300 a year), south/new (100 a year), "
        "in use to the last unit",
        "more capacity, another line, or another powertrain for these carlines is wanted",
    ]


def test_least_shortage_takes_the_way_that_lacks_least():
    """With the drive unit, 400 a year would be missing; with the engine, 100."""
    alliance, fits = two_cars()
    small = with_line(alliance, "south", "new", capacity=line("e", capacity=100).capacity)
    small = with_line(small, "north", "l", capacity=line("u", capacity=2100).capacity)
    with pytest.raises(InfeasibleError, match="'e' for b at south: short by 100 in 2025, 100 in 2026") as refusal:
        plan(small, fits)
    assert "'u'" not in str(refusal.value)


def test_a_pool_of_two_is_one_fleet_where_pooling_is_forbidden():
    alliance, fits = two_cars()
    apart = replace(alliance, rules=replace(alliance.rules, pooling="forbidden"))
    assert scope_of(apart, fits).fleets == (("p",), ("q",))
    same = replace(apart, partners={name: Partner(name=name, home="", pool="pq") for name in "pq"})
    assert scope_of(same, fits).fleets == (("p", "q"),)


def test_a_fleet_exactly_on_its_target_is_told():
    alliance, fits = two_cars()
    targets = {"p": {2025: 0, 2026: 1}, "q": {2025: 500, 2026: 500}}
    apart = replace(alliance, rules=rules(pooling="forbidden", targets=targets))
    told = [words for words in plan(apart, fits, None, EXACT).binding if words.startswith("fleet")]
    assert len(told) == 1
    assert told[0].startswith("fleet p lies on its target in 2025: 0.00 against 0.00 g/km; worth ")


def test_carlines_that_are_not_sold_are_left_out():
    alliance, fits = two_cars()
    gone = changed(alliance, "programmes", "b", sales=(0.0, 0.0))
    found = plan(gone, unfit(unfit(fits, "b", "bev", "x"), "b", "ice", "x"), None, EXACT)
    assert found.assignment == {"a": "bev"}
    assert found.families == ("drives",)
    assert {entry.payer for entry in found.ledger} == {"p"}


def test_a_year_without_sales_is_a_year_without_units():
    alliance, fits = two_cars()
    late = changed(alliance, "programmes", "b", sales=(0.0, 500.0))
    found = plan(late, fits, None, EXACT)
    assert {lot.year for lot in found.production if lot.carline == "b"} == {2026}
    assert found.fleets[0].registrations == 500


def test_a_partner_without_carlines_plans_nothing():
    alliance, fits = two_cars()
    alliance = replace(alliance, partners={**alliance.partners, "r": Partner(name="r", home="", pool="r")})
    found = plan(alliance, fits, ("r",))
    assert (found.cost, found.gap, found.assignment, found.ledger) == (0.0, 0.0, {}, ())
    assert compare(alliance, fits, EXACT).alone["r"].cost == 0


def test_a_choice_without_units_needs_no_line():
    alliance, fits = two_cars()
    bought = with_choice(alliance, "b", "ice", units={})
    found = plan(bought, fits, None, EXACT)
    assert found.lines == (("north", "l"),)
    assert found.families == ("drives",)


def test_two_of_a_unit_take_twice_the_capacity():
    alliance, fits = two_cars()
    both = with_choice(alliance, "a", "bev", units={"u": 2})
    wide = with_line(both, "north", "l", capacity=line("u", capacity=4000).capacity)
    made = [lot.count for lot in plan(wide, fits, None, EXACT).production if lot.unit == "u"]
    assert made == pytest.approx([2000, 4000])
    with pytest.raises(InfeasibleError, match="short by 1 in 2026"):
        plan(with_line(both, "north", "l", capacity=line("u", capacity=3999).capacity), unfit(fits, "a", "ice", "x"))


def test_no_time_no_plan():
    with pytest.raises(ComputationError, match="no plan was found within 1e-06 s"):
        plan(*two_cars(), None, PlanSettings(time_limit=1e-6))


def test_time_that_ended_is_told(monkeypatch):
    """An outcome of the solver that ran out of time is a plan with its own, larger gap."""
    alliance, fits = two_cars()
    real = optimizer.optimize

    def hurried(model, *rest):
        found = real(model, *rest)
        return replace(found, timed_out=True, bound=found.bound - 2.5)

    monkeypatch.setattr(solve, "optimize", hurried)
    found = plan(alliance, fits, None, EXACT)
    assert found.gap == pytest.approx(2.5e6, abs=1.0)
    assert found.binding[0] == "the time of 300 s ended before the gap of 0 EUR was proven"


def test_the_number_of_threads_may_change_from_call_to_call():
    """The solver's scheduler keeps the size of the first run of a thread; a plan does not fail of that."""
    costs = {plan(*two_cars(), None, replace(EXACT, threads=threads)).cost for threads in (1, 2, 1)}
    assert max(costs) - min(costs) < 1.0


@pytest.mark.parametrize("field", ["cost", "value"])
def test_the_solver_never_sees_what_is_no_number(field):
    model = build(scope_of(*two_cars()))
    spoilt = getattr(model, field).copy()
    spoilt[0] = nan
    with pytest.raises(ComputationError, match="too large a number, or none"):
        optimizer.optimize(replace(model, **{field: spoilt}), 0.0, 1.0, 1)


def test_costs_beyond_all_numbers_are_refused():
    alliance, fits = two_cars()
    with pytest.raises(ComputationError, match="too large a number"):
        plan(with_choice(alliance, "a", "bev", parts_cost=1e306), fits)


def test_a_solver_that_loses_optima_is_not_trusted(monkeypatch):
    """HiGHS 1.14 presolves optima away (ERGO-Code/HiGHS 2957): there presolve stays off."""
    model = build(scope_of(*two_cars()))
    assert optimizer._loaded(model, 0.0, 1.0, 1).getOptionValue("presolve")[1] == "choose"
    monkeypatch.setattr(highspy.Highs, "version", lambda self: "1.14.0")
    assert optimizer._loaded(model, 0.0, 1.0, 1).getOptionValue("presolve")[1] == "off"


@pytest.fixture(scope="module")
def planned():
    alliance, fits = two_cars()
    return scope_of(alliance, fits), plan(alliance, fits, None, EXACT)


def _lot(plan, k, **changes):
    lots = list(plan.production)
    lots[k] = replace(lots[k], **changes)
    return replace(plan, production=tuple(lots))


STRAY = Production(unit="u", plant="south", line="old", carline="b", year=2025, count=1.0)
NOTHING = Fleet(pool=("p", "q"), year=2025, registrations=1, emission=0, target=0, premium=0)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda p: replace(p, assignment={"a": "bev"}), "assignment: for ['a']"),
        (lambda p: replace(p, assignment={"a": "bev", "b": "none"}), "b: takes none, which it may not"),
        (lambda p: replace(p, production=p.production[1:]), "a: gets 0.000000 of u in 2025, needs 1000"),
        (lambda p: replace(p, production=(*p.production, STRAY)), "south/old: makes u for b, which it may not"),
        (lambda p: _lot(p, 0, count=-1.0), "makes -1 u for a"),
        (lambda p: _lot(p, 0, count=3000.0), "north/l: makes 3000.000000 in 2025; its capacity is 2500"),
        (lambda p: replace(p, lines=p.lines[1:]), "lines: "),
        (lambda p: replace(p, families=()), "families: []"),
        (lambda p: replace(p, fleets=(NOTHING,)), "fleets: not those of the assignment"),
        (lambda p: replace(p, cost=p.cost - 1.5), "cost: "),
        (lambda p: replace(p, ledger=p.ledger[1:]), "the ledger sums to"),
        (lambda p: replace(p, bound=p.cost + 1), "lies above the cost"),
    ],
)
def test_the_audit_finds_what_does_not_hold(planned, spoil, words):
    scope, plan = planned
    audit(scope, plan, plan.cost)
    with pytest.raises(ComputationError) as refusal:
        audit(scope, spoil(plan), plan.cost)
    assert words in str(refusal.value)


def test_the_audit_holds_the_solver_to_a_euro(planned):
    scope, plan = planned
    audit(scope, plan, plan.cost + 0.9)
    with pytest.raises(ComputationError, match="the solver says"):
        audit(scope, plan, plan.cost + 1.1)


def test_lines_without_work_are_shut():
    """The solver may leave a line open within its gap; the plan does not pay for it."""
    alliance, fits = two_cars()
    scope = scope_of(alliance, fits)
    model = build(scope)
    assignment = {"a": "bev", "b": "ice"}
    wide = with_line(alliance, "south", "old", capacity=line("e", capacity=600).capacity)
    for case, opened in ((scope, 3), (scope_of(wide, fits), 2)):
        model = build(case)
        loose = optimizer.Outcome(
            values=np.ones(len(model.columns)), objective=0.0, bound=0.0, duals=np.zeros(0), timed_out=False
        )
        settled = settle(case, model, assignment, loose, 10.0, 1)
        assert settled.values[model.where("open")].sum() == opened
        assert settled.objective * 1e6 == pytest.approx(plan(case.alliance, fits, None, EXACT).cost, abs=1.0)


def test_decisions_that_do_not_hold_when_whole_are_not_kept():
    scope = scope_of(*two_cars())
    model = build(scope)
    shut = optimizer.Outcome(
        values=np.full(len(model.columns), 0.4), objective=0.0, bound=0.0, duals=np.zeros(0), timed_out=False
    )
    with pytest.raises(ComputationError, match="do not hold once they are made whole"):
        settle(scope, model, {"a": "bev", "b": "ice"}, shut, 10.0, 1)


def test_dust_is_no_work_and_nothing_is_lost():
    """A millionth of a unit does not open a line, and what is dealt out is what is needed, to the last unit."""
    alliance, fits = two_cars()
    scope = scope_of(alliance, fits)
    stream = next(one for one in streams_of(scope) if one.key == ("e", "q", "south"))
    made = {("south", "old"): 499.9999999, ("south", "new"): 1e-6}
    lots = dealt(scope, stream, 2025, made, {"a": "bev", "b": "ice"})
    assert [(lot.line, lot.count) for lot in lots] == [("old", pytest.approx(500, abs=1e-9))]


def test_distances():
    """Known ways on the sphere: a quarter of the equator, pole to pole, over the date line, over a pole, and none."""
    radius = 6_371_008.8
    here = plant("p", 0, 0)
    assert distance(here, plant("p", 0, 90)) == pytest.approx(radius * pi / 2)
    assert distance(plant("p", 90, 0), plant("p", -90, 50)) == pytest.approx(radius * pi)
    assert distance(plant("p", 0, 179), plant("p", 0, -179)) == pytest.approx(radius * pi / 90)
    assert distance(plant("p", 60, 0), plant("p", 60, 180)) == pytest.approx(radius * pi / 3)
    assert distance(here, here) == 0


def test_carriage_pays_the_border_only_between_zones():
    transport = two_cars()[0].transport
    eu, gb = plant("p", 48, 11, "eu"), plant("p", 48, 11, "gb")
    assert carriage(transport, eu, eu) == 0
    assert carriage(transport, eu, gb) == carriage(transport, gb, eu) == 30


def test_years_with_the_same_words_stand_together():
    said = {2025: "x", 2026: "x", 2028: "x", 2029: "y"}
    assert list(_spans(said)) == [("x", "2025 to 2026"), ("x", "2028"), ("y", "2029")]


def test_a_line_with_nothing_to_make_for_anybody_is_not_opened():
    alliance, fits = two_cars()
    site = alliance.plants["west"]
    idle = changed(alliance, "plants", "west", lines={**site.lines, "odd": line("unknown-unit")})
    assert plan(idle, fits, None, EXACT).cost == plan(alliance, fits, None, EXACT).cost


def test_programmes_may_lack_options_altogether():
    alliance, fits = two_cars()
    bare = Programme(partner="p", plant="west", sales=(1.0, 1.0), regulated_share=0.0, choices={})
    with pytest.raises(InfeasibleError, match="c: no powertrain is left; it has no options"):
        plan(replace(alliance, programmes={**alliance.programmes, "c": bare}), fits)
