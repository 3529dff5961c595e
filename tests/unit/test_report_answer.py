"""The words and tables of the answer follow from the plans."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import report_lineup as lineup
from coaxle.errors import UseError
from coaxle.project.assumptions import assumptions
from coaxle.report.answer import crossing, figures, groups, overlay, premium, scenario_lines, sentences
from coaxle.report.carlines import carline_views
from coaxle.report.costs import fleet_blocks, item_rows, line_changes, payer_rows, utilisation
from coaxle.report.numerals import mega
from coaxle.units import YEAR


def told(name):
    """Return the content with another scenario as its headline."""
    return dataclasses.replace(lineup.content(), headline=name)


def test_counts_what_changes_and_crosses():
    """Nine carlines change in the joint plan, all to a unit of the other partner."""
    content = lineup.content()
    assert "9 of 26 carlines" in sentences(content)[1]
    assert figures(content)[2].value == "9 of 26"
    plan = content.told.comparison.together
    by_hand = sum(p.count for p in plan.production if lineup.owner_of(p.unit) != lineup.CARLINES[p.carline][0])
    assert crossing(content.told.project, plan) == by_hand > 0
    assert crossing(content.told.project, content.told.comparison.alone["bmw"]) == 0


def test_without_a_deal_nothing_changes():
    """In the scenario without a deal no carline is marked, and the sign of the saving is told as open."""
    content = told("no deal")
    assert not any(use.changed for group in groups(content) for use in group.uses)
    assert "the solver's gaps leave the sign open" in sentences(content)[0]
    assert line_changes(content) == ()


def test_a_loss_is_called_a_loss():
    """Where acting together costs more, the page says so."""
    content = lineup.content()
    comparison = content.told.comparison
    dearer = dataclasses.replace(comparison.together, cost=comparison.together.cost + 1e10)
    scenario = dataclasses.replace(content.told, comparison=dataclasses.replace(comparison, together=dearer))
    others = tuple(s for s in content.scenarios if s.name != scenario.name)
    said = sentences(dataclasses.replace(content, scenarios=(*others, scenario)))[0]
    assert " lose " in said
    assert dearer.bound < sum(plan.cost for plan in comparison.alone.values())
    assert "the solver's gaps leave the sign open" in said
    dearer = dataclasses.replace(dearer, bound=dearer.cost - 1e6)
    scenario = dataclasses.replace(content.told, comparison=dataclasses.replace(comparison, together=dearer))
    said = sentences(dataclasses.replace(content, scenarios=(*others, scenario)))[0]
    proven = dearer.bound - sum(plan.cost for plan in comparison.alone.values())
    assert f"at least {mega(proven)} MEUR of it is proven" in said


def test_use_tells_units_owner_and_lines():
    """The F-TYPE takes the other partner's engine, from the plant that makes it."""
    use = next(u for group in groups(lineup.content()) for u in group.uses if u.carline == "f-type-v8")
    assert (use.alone, use.together, use.changed) == ("ice-aj-v8", "ice-n63", True)
    assert [(unit.role, unit.name, unit.owner, unit.foreign) for unit in use.units] == [
        ("engine", "n63", "BMW Group", True)
    ]
    assert use.made == ("munich: v-engines",)
    fits = lineup.fits()
    row = list(zip(fits.carlines, fits.powertrains, strict=True)).index(("f-type-v8", "ice-n63"))
    assert use.emission == f"{fits.emission[row] * 1e6:.0f}"
    assert use.consumption == f"{fits.fuel[row] * 1e8:.1f}\u00a0l/100\u00a0km"


def test_lines_are_as_full_as_they_are():
    """Use of a line is what it makes in a year over its capacity."""
    content = lineup.content()
    lines, years, shares = utilisation(content)
    i, j = lines.index("steyr / petrol"), years.index(2025)
    made = sum(
        p.count
        for p in content.told.comparison.together.production
        if (p.plant, p.line, p.year) == ("steyr", "petrol", 2025)
    )
    assert shares[i, j] == pytest.approx(made / (content.project.plants["steyr"].lines["petrol"].capacity * YEAR))
    assert set(line_changes(content)) == {
        "bridgend / v-engines: used alone, not needed together",
        "wolverhampton / electric: used alone, not needed together",
    }


def number(text):
    """Return the number that a cell shows."""
    return float(text.replace("\u202f", "").replace("\u2212", "-").replace("+", ""))


def test_tables_of_money_add_up():
    """Items add up to the sum, payers to the cost, as printed."""
    content = lineup.content()
    comparison = content.told.comparison
    _, rows = item_rows(content)
    *items, total = rows
    assert total.head == "sum"
    for column in range(4):
        added = sum(number(row.cells[column]) for row in items)
        assert added == pytest.approx(number(total.cells[column]), abs=0.05 * len(items) + 0.05)  # rounded to 0.1
    assert number(total.cells[2]) == pytest.approx(comparison.together.cost / 1e6, abs=0.0501)
    payers = payer_rows(content)
    assert sum(number(row.cells[1]) for row in payers) == pytest.approx(comparison.together.cost / 1e6, abs=0.11)


def test_fleets_above_target_are_marked():
    """A mark stands where, and only where, a fleet emits more than its target."""
    content = lineup.content()
    years, blocks = fleet_blocks(content)
    fleets = [*content.told.comparison.alone["bmw"].fleets]
    block = next(b for b in blocks if b.head == "BMW Group, alone")
    marks = ["▲" in cell for cell in block.rows[0].cells]
    assert marks == [f.emission > f.target for f in fleets]
    assert any(marks)
    assert not all(marks)
    assert len(years) == len(marks)


def test_scenarios_are_compared_in_their_order():
    """Each line has a value for each scenario; savings and premiums are those of the comparisons."""
    content = lineup.content()
    lines = {line.name: line for line in scenario_lines(content)}
    assert all(len(line.values) == 3 for line in lines.values())
    saving = [number(value) for value in lines["saving"].values]
    assert saving == pytest.approx([s.comparison.saving / 1e6 for s in content.scenarios], abs=0.5)
    assert premium([content.told.comparison.together]) == pytest.approx(
        sum(e.present for e in content.told.comparison.together.ledger if e.item == "premium")
    )
    laid = overlay(content, "engines too")
    assert laid.lines == ("rules.sharing = all", "rules.pooling = allowed")
    assert laid.description == "everything crosses"


def test_assumptions_carry_value_and_unit():
    """Assumed figures are shown in the units of their fields, deep ones too."""
    found = {f"{row.place}.{row.field}": row for row in assumptions(lineup.project())}
    assert found["engines.n63.cost"].value == "5240 EUR"
    assert found["families.family-n63.development"].value == "240 MEUR"
    assert found["carlines.i4-m50.body.centre_height"].value == "1 m"
    assert found["carlines.i4-m50.sales"].value == "2022: 21000, 2031: 38010"


def test_the_joint_choice_is_shown_first():
    """Of two drives of a carline the one taken together comes first, and each says who takes it."""
    view = next(v for v in carline_views(lineup.content_of("rr-v8")) if v.name == "rr-v8")
    assert [(d.powertrain, d.chosen) for d in view.drives] == [("ice-n63", "together"), ("ice-aj-v8", "alone")]
    view = next(v for v in carline_views(lineup.content_of("ghost")) if v.name == "ghost")
    assert [(d.powertrain, d.chosen) for d in view.drives] == [("ice-n63", "alone and together")]


def test_a_drive_that_missed_its_trace_is_called_out():
    """A run that did not end well carries a warning with its figures."""
    content = lineup.content()
    drive = next(d for d in content.drives if d.carline == "ghost")
    runs = dataclasses.replace(drive.runs, ended=[1], miss_speed=[2.5], miss_power=[12e3], miss_time=[7.0])
    late = dataclasses.replace(content, drives=(dataclasses.replace(drive, runs=runs),))
    view = next(v for v in carline_views(late) if v.name == "ghost")
    assert view.drives[0].warning == "The run ended SLOW: 9.0 km/h and 12.0 kW short for 7 s."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"headline": "nonsense"}, "headline is 'nonsense'"),
        ({"scenarios": lineup.content().scenarios[:1] * 2, "headline": "no deal"}, "each name once"),
        ({"maps": {}}, "is not among the maps"),
        ({"scenarios": ()}, "no scenarios"),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(change, said):
    """A report is not made of pieces that contradict each other."""
    with pytest.raises(UseError, match=said):
        dataclasses.replace(lineup.content(), **change)
