"""A plan of two cars by hand: every line of the ledger, both fleets, the prices of what binds."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import pytest

from alliance_cases import GRAM, rules, two_cars
from coaxle.alliance.ledger import by_carline, by_item, by_payer, by_plant, by_year, cash_flow, waterfall
from coaxle.alliance.solve import PlanSettings, compare, plan

EXACT = PlanSettings(gap=0.0)
LATER = 1 / 1.1
"""What a euro of the second year is worth at 10 %."""
ROAD = 6371.0088 * pi / 180 * 1.2 * 0.1
"""One degree of the equator, detour and freight: EUR a unit; and 30 EUR at the border."""

# item, payer, subject, plant, carline, year, amount: bev in a and ice in b, because the other way round costs 60 and
# 80 MEUR of application. b needs 500 engines; the old line makes 300 of them, the new one the rest at 1.2 the cost.
LEDGER = [
    ("development", "p", "drives", "", "", 2025, 100e6),
    ("development", "q", "engines", "", "", 2025, 50e6),
    ("application", "p", "a", "", "a", 2025, 5e6),
    ("application", "q", "b", "", "b", 2025, 3e6),
    ("parts", "p", "a", "", "a", 2025, 4000.0 * 1000),
    ("parts", "p", "a", "", "a", 2026, 4000.0 * 2000),
    ("parts", "q", "b", "", "b", 2025, 1500.0 * 500),
    ("parts", "q", "b", "", "b", 2026, 1500.0 * 500),
    ("investment", "p", "l", "north", "", 2025, 7e6),
    ("investment", "q", "new", "south", "", 2025, 2e6),
    ("running", "p", "l", "north", "", 2025, 1e6),
    ("running", "p", "l", "north", "", 2026, 1e6),
    ("running", "q", "old", "south", "", 2025, 0.2e6),
    ("running", "q", "old", "south", "", 2026, 0.2e6),
    ("running", "q", "new", "south", "", 2025, 0.1e6),
    ("running", "q", "new", "south", "", 2026, 0.1e6),
    ("units", "p", "u", "north", "a", 2025, 1000 * 3000 * 1.1),
    ("units", "p", "u", "north", "a", 2026, 2000 * 3000 * 1.1),
    ("units", "q", "e", "south", "b", 2025, 300 * 2000.0),
    ("units", "q", "e", "south", "b", 2025, 200 * 2000 * 1.2),
    ("units", "q", "e", "south", "b", 2026, 300 * 2000.0),
    ("units", "q", "e", "south", "b", 2026, 200 * 2000 * 1.2),
    ("transport", "p", "u", "north", "a", 2025, 1000 * (ROAD + 30)),
    ("transport", "p", "u", "north", "a", 2026, 2000 * (ROAD + 30)),
    # 500 cars of a at 0 and 500 of b at 150 g/km: 75 against (70 + 60) / 2.
    # The year after 1000 and 500: 50 against 66.7.
    ("premium", "q", "p+q", "", "", 2025, 10 * 1000 * 95.0),
]
COST = sum(amount * (LATER if year == 2026 else 1) for *_, year, amount in LEDGER)


@pytest.fixture(scope="module")
def found():
    return plan(*two_cars(), None, EXACT)


def test_every_line_of_the_ledger(found):
    told = sorted((e.item, e.payer, e.subject, e.plant, e.carline, e.year, round(e.amount, 4)) for e in found.ledger)
    assert told == sorted((*names, round(amount, 4)) for *names, amount in LEDGER)


def test_money_of_the_second_year_counts_less(found):
    for entry in found.ledger:
        assert entry.present == pytest.approx(entry.amount * (LATER if entry.year == 2026 else 1), rel=1e-14)
    assert found.cost == pytest.approx(COST, abs=0.01)
    assert found.bound == pytest.approx(COST, abs=1.0)


def test_who_takes_what_from_where(found):
    assert found.assignment == {"a": "bev", "b": "ice"}
    assert found.lines == (("north", "l"), ("south", "old"), ("south", "new"))
    assert found.families == ("drives", "engines")
    made = {(lot.unit, lot.plant, lot.line, lot.carline, lot.year): lot.count for lot in found.production}
    assert made == {
        ("u", "north", "l", "a", 2025): pytest.approx(1000),
        ("u", "north", "l", "a", 2026): pytest.approx(2000),
        ("e", "south", "old", "b", 2025): pytest.approx(300),
        ("e", "south", "new", "b", 2025): pytest.approx(200),
        ("e", "south", "old", "b", 2026): pytest.approx(300),
        ("e", "south", "new", "b", 2026): pytest.approx(200),
    }


def test_fleets(found):
    first, second = found.fleets
    assert (first.pool, first.year, first.registrations) == (("p", "q"), 2025, 1000)
    assert first.emission == pytest.approx(75 * GRAM)
    assert first.target == pytest.approx(65 * GRAM)
    assert first.premium == pytest.approx(10 * 1000 * 95)
    assert (second.year, second.registrations, second.premium) == (2026, 1500, 0)
    assert second.emission == pytest.approx(50 * GRAM)
    assert second.target == pytest.approx((70 * 1000 + 60 * 500) / 1500 * GRAM)


def test_what_binds(found):
    # One more engine of the old line saves what the new one costs more: 0.2 * 2000 EUR, in each year's own money.
    assert (
        "line south/old is full in 2025 to 2026 (300 a year); one more unit saves 400 EUR in 2025 to 2026"
        in found.binding
    )
    assert "fleet p+q pays premium: 1.0 MEUR in 2025 (75.00 against 65.00 g/km)" in found.binding
    # b with the drive unit: no engines, no premium, but 80 MEUR of application and dearer parts; the lines stay.
    years = 1 + LATER
    extra = (80 - 3 - 50 - 0.95) * 1e6 + years * 500 * (4000 - 1500 + 3300 + ROAD + 30) - years * (600e3 + 480e3)
    words = f"b: bev instead of ice costs at most {extra / 1e6:.1f} MEUR more, other carlines and lines kept"
    assert words in found.binding
    # a cannot take the engine: 700 a year, b takes 500, a wants 1000.
    assert not [line for line in found.binding if line.startswith("a: ")]
    assert len(found.binding) == 3


def test_sums_of_the_ledger(found):
    assert by_item(found.ledger)["premium"] == pytest.approx(950_000)
    assert next(iter(by_item(found.ledger))) == "development"
    assert by_payer(found.ledger)["q"] == pytest.approx(
        sum(amount * (LATER if year == 2026 else 1) for _, payer, *_, year, amount in LEDGER if payer == "q")
    )
    assert by_plant(found.ledger)["north"] == pytest.approx(
        7e6 + (1 + LATER) * 1e6 + (1000 + 2000 * LATER) * (3300 + ROAD + 30)
    )
    assert by_carline(found.ledger)["b"] == pytest.approx(3e6 + (1 + LATER) * (750e3 + 600e3 + 480e3))
    assert by_year(found.ledger)[2026] == pytest.approx(
        LATER * sum(amount for *_, year, amount in LEDGER if year == 2026)
    )
    assert cash_flow(found)["q"] == {
        2025: pytest.approx(50e6 + 3e6 + 750e3 + 2e6 + 300e3 + 1080e3 + 950e3),
        2026: pytest.approx(750e3 + 300e3 + 1080e3),
    }


def test_alone_and_together():
    """Alone each has its own unit only and its own target; together only the pool changes anything."""
    comparison = compare(*two_cars(), EXACT)
    # Alone, q's 500 cars at 150 g/km lie 90 above 60 in both years; p's lie below their target.
    premium = (1 + LATER) * 90 * 500 * 95
    assert comparison.alone["p"].assignment == {"a": "bev"}
    assert comparison.alone["q"].assignment == {"b": "ice"}
    assert by_item(comparison.alone["q"].ledger)["premium"] == pytest.approx(premium)
    assert comparison.saving == pytest.approx(premium - 950_000, abs=0.01)
    assert comparison.saving_least == pytest.approx(comparison.saving, abs=1.0)
    steps = {step.item: step.change for step in waterfall(comparison)}
    assert steps.pop("premium") == pytest.approx(950_000 - premium)
    assert all(change == pytest.approx(0, abs=0.01) for change in steps.values())


def test_two_pay_for_a_pool_by_their_own_excess():
    """Both above their targets by 5 and 90 g/km times 500 cars each: the premium is parted 1 to 18."""
    alliance, fits = two_cars()
    emission = fits.emission.copy()
    emission[0] = 75 * GRAM
    targets = {"p": {2025: 70, 2026: 500}, "q": {2025: 60, 2026: 500}}
    found = plan(replace(alliance, rules=rules(targets=targets)), replace(fits, emission=emission), None, EXACT)
    paid = {entry.payer: entry.amount for entry in found.ledger if entry.item == "premium"}
    assert paid == {"p": pytest.approx(5 * 500 * 95), "q": pytest.approx(90 * 500 * 95)}
    below = replace(alliance, rules=rules(targets={"p": {2025: 95, 2026: 500}, "q": {2025: 60, 2026: 500}}))
    found = plan(below, replace(fits, emission=emission), None, EXACT)
    paid = {entry.payer: entry.amount for entry in found.ledger if entry.item == "premium"}
    # p lies 20 g/km below its target and pays nothing of the 70 g/km * 500 cars that are left.
    assert paid == {"q": pytest.approx((90 - 20) * 500 * 95)}
