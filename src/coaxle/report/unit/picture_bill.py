"""Masses and costs by part."""

from __future__ import annotations

from coaxle.design.edu import Unit
from coaxle.report.figures.parts import Words, bars_figure
from coaxle.report.numerals import fixed


def bill_pictures(unit: Unit) -> tuple[tuple[str, str, str], ...]:
    """Return names, captions and drawings."""
    bill, name = unit.bill, unit.parts.name
    masses = sorted(((part, mass, "road") for part, mass in bill.masses.items()), key=lambda row: -row[1])
    costs = sorted(((part, cost, "unit") for part, cost in bill.costs.items()), key=lambda row: -row[1])
    known = sum(bill.costs.values())
    total = f"together {fixed(known, 0)} EUR" if bill.cost is not None else f"known {fixed(known, 0)} EUR"
    missing = f" No price is known of: {', '.join(bill.missing)}." if bill.missing else ""
    return (
        (
            "masses",
            "By geometry and density; gears, inverter and housing as their entries say or by rule.",
            bars_figure(
                Words(name=f"Masses of {name}", description="Mass by part.", heading=f"{name}: masses [kg]"),
                masses,
                "kg",
                f"together {fixed(bill.mass, 1)} kg",
            ),
        ),
        (
            "costs",
            "Material, bought parts and making, at rates of the 2010s; they tell designs apart and are no offer."
            f"{missing} "
            f"Formulas from teardowns give {fixed(bill.teardown, 0)} EUR for a unit of this peak power.",
            bars_figure(
                Words(name=f"Costs of {name}", description="Cost by part.", heading=f"{name}: costs [EUR]"),
                [*costs, ("teardown formula", bill.teardown, "muted")],
                "EUR",
                total,
            ),
        ),
    )
