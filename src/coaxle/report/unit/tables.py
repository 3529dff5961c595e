"""Tables of a unit, for CSV, JSON, the page and the terminal."""

from __future__ import annotations

from math import isfinite
from typing import Any

import numpy as np

from coaxle.design.edu import Unit
from coaxle.materials import conductor, magnet, steel
from coaxle.report.tables import Table, Value
from coaxle.report.unit.content import UnitContent
from coaxle.report.unit.losses import TOKENS, rated, reference_points
from coaxle.report.unit.picture_heat import ZERO, continuous_temperatures
from coaxle.report.unit.ratings import DURATIONS, best, limit_at, output_torque, ratings, shaft_torque

RPM = np.pi / 30


def unit_tables(content: UnitContent) -> tuple[Table, ...]:
    """Return every table of a unit's page."""
    unit = content.unit
    return (
        ratings_table(unit),
        checks_table(content),
        losses_table(unit),
        bill_table(content),
        envelope_table(unit),
        temperatures_table(unit),
        materials_table(unit),
        operation_table(unit),
        Table(
            name="assumptions",
            headings=("place", "field", "value", "reason"),
            rows=tuple((row.place, row.field, row.value, row.reason) for row in content.assumed),
        ),
        Table(
            name="sources",
            headings=("place", "source"),
            rows=tuple((row.place, row.source) for row in content.sources),
        ),
    )


def ratings_table(unit: Unit) -> Table:
    """Return the ratings at rated voltage."""
    headings = (
        "rating",
        "torque [Nm]",
        "at speed [rpm]",
        "limited by",
        "power [kW]",
        "at speed of power [rpm]",
        "power limited by",
        "torque at the machine [Nm]",
    )
    rows = tuple(
        (
            r.name,
            r.torque,
            r.torque_speed / RPM,
            r.torque_limit,
            r.power / 1e3,
            r.power_speed / RPM,
            r.power_limit,
            r.shaft,
        )
        for r in ratings(unit)
    )
    return Table(name="ratings", headings=headings, rows=rows)


def checks_table(content: UnitContent) -> Table:
    """Return the checks: value and limit in the unit of their row."""
    headings = ("check", "passed", "value [unit]", "wanted", "limit [unit]", "unit", "note", "source")
    rows = tuple(
        (c.name, c.passed, c.value, "at least" if c.at_least else "at most", c.limit, c.unit, c.note, c.source)
        for c in content.checks
    )
    return Table(name="checks", headings=headings, rows=rows)


def losses_table(unit: Unit) -> Table:
    """Return losses by part at the points of the page, their sum, and by how much the map differs."""
    points = reference_points(unit)
    parts = [part for part in TOKENS if any(part in point.parts for point in points)]
    headings = (
        "point",
        "speed of the output [rpm]",
        "torque at the output [Nm]",
        *(f"{part} [W]" for part in parts),
        "sum [W]",
        "sum less map [W]",
        "terminal power unexplained [W]",
        "efficiency [-]",
    )
    rows: list[tuple[Value, ...]] = [
        (
            p.name,
            p.speed / RPM,
            p.torque,
            *(p.parts.get(part, 0.0) for part in parts),
            p.total,
            p.closure,
            p.electric,
            p.efficiency,
        )
        for p in points
    ]
    return Table(name="losses", headings=headings, rows=tuple(rows))


def bill_table(content: UnitContent) -> Table:
    """Return masses and costs by part; a cost that nobody told is left open."""
    bill, code = content.unit.bill, content.currency.code
    rows: list[tuple[Value, ...]] = [("mass", part, mass, float("nan")) for part, mass in bill.masses.items()]
    rows += [("cost", part, float("nan"), cost) for part, cost in bill.costs.items()]
    rows += [("cost", part, float("nan"), float("nan")) for part in bill.missing]
    rows.append(("sum", "unit", bill.mass, float("nan") if bill.cost is None else bill.cost))
    rows.append(("cross-check", "teardown formula", float("nan"), bill.teardown))
    return Table(name="bill", headings=("kind", "part", "mass [kg]", f"cost [{code}]"), rows=tuple(rows))


def envelope_table(unit: Unit) -> Table:
    """Return the torque at the output over its speed: peak at each voltage, durations at the rated one."""
    speed = unit.map.speed / RPM
    volts = [f"peak at {volt:.0f} V [Nm]" for volt in unit.map.voltage]
    lasting = [name for name in DURATIONS if name != "peak"]
    columns = [
        *unit.map.torque_max,
        *(output_torque(unit, shaft_torque(unit, name)) for name in lasting),
        *unit.map.torque_min,
    ]
    headings = (
        "speed of the output [rpm]",
        *volts,
        *(f"{name} [Nm]" for name in lasting),
        *(f"braking at {volt:.0f} V [Nm]" for volt in unit.map.voltage),
        "continuous limited by",
    )
    rows: list[tuple[Value, ...]] = [
        (float(speed[s]), *(float(column[s]) for column in columns), limit_at(unit, "continuous", s))
        for s in range(speed.size)
    ]
    return Table(name="envelope", headings=headings, rows=tuple(rows))


def temperatures_table(unit: Unit) -> Table:
    """Return the mean temperatures of the parts over the machine's speed at continuous torque."""
    network, found = unit.endurance.network, continuous_temperatures(unit) - ZERO
    speed = unit.operation.speed / RPM
    headings = ("speed of the machine [rpm]", *(f"{node} [degC]" for node in network.nodes))
    rows = tuple((float(speed[s]), *(float(value) for value in found[s])) for s in range(speed.size))
    return Table(name="temperatures", headings=headings, rows=rows)


def materials_table(unit: Unit) -> Table:
    """Return the materials that the machine is made of."""
    known = unit.facts
    rows: list[tuple[Value, ...]] = []
    for name in dict.fromkeys((known.stator_steel, known.rotor_steel)):
        sheet = steel(name)
        sides = {"stator": known.stator_steel, "rotor": known.rotor_steel}
        use = f"sheet of {' and '.join(side for side, of in sides.items() if of == name)}"
        said = (
            f"{1e3 * sheet.thickness:g} mm, measured up to {sheet.b_measured:.2f} T, "
            f"yields at {sheet.yield_strength / 1e6:.0f} MPa"
        )
        rows.append((use, name, said, _price(sheet.price), sheet.source))
    windings = [("stator winding", known.winding.conductor)]
    if known.rotor_winding is not None:
        windings.append((f"{known.rotor_winding.style} of the rotor", known.rotor_winding.conductor))
    for use, name in windings:
        metal = conductor(name)
        said = f"{metal.resistivity * 1e9:.2f} nOhm m at 20 degC"
        rows.append((use, name, said, _price(metal.price), metal.source))
    if known.magnet is not None:
        grade = magnet(known.magnet)
        hot = unit.parts.unit.conditions.rotor
        said = (
            f"remanence {grade.remanence(293.15):.3f} T at 20 degC, {grade.remanence(hot):.3f} T at "
            f"{hot - ZERO:.0f} degC, up to {grade.highest_temperature - ZERO:.0f} degC"
        )
        rows.append(("magnets", known.magnet, said, _price(grade.price), grade.source))
    device = unit.device
    rows.append(
        ("power module", unit.parts.inverter.device, f"{device.max_voltage:.0f} V", float("nan"), device.source)
    )
    return Table(name="materials", headings=("use", "name", "figures", "price [EUR/kg]", "source"), rows=tuple(rows))


def operation_table(unit: Unit) -> Table:
    """Return every operating point at rated voltage: currents, voltage, losses by part between terminals and gap."""
    operation, v = unit.operation, rated(unit)
    p = operation.points
    columns = {
        "torque in the gap [Nm]": p.torque,
        "i_d [A]": p.i_d,
        "i_q [A]": p.i_q,
        "i_f [A]": p.i_f,
        "psi_d [Wb]": p.psi_d,
        "psi_q [Wb]": p.psi_q,
        "phase voltage, peak [V]": p.voltage,
        "power factor [-]": p.power_factor,
        "stator winding [W]": p.copper,
        "field [W]": p.field,
        "cage [W]": p.cage,
        "yoke iron [W]": p.iron_yoke,
        "teeth iron [W]": p.iron_teeth,
        "rotor iron [W]": p.iron_rotor,
        "magnets [W]": p.magnet,
        "inverter [W]": operation.inverter.total,
        "junction [degC]": operation.inverter.junction_switch - ZERO,
    }
    rows = tuple(
        (float(operation.speed[s]) / RPM, *(float(table[v, s, t]) for table in columns.values()))
        for s, t in np.ndindex(*p.torque.shape[1:])
    )
    return Table(name="operation", headings=("speed of the machine [rpm]", *columns), rows=rows)


def summary(content: UnitContent) -> dict[str, Any]:
    """Return what a unit is and does in a few figures, fit for JSON."""
    unit, found = content.unit, best(content.unit)
    return {
        "settings": content.fineness,
        "field solution from the shelf": content.kept,
        "digest": content.digest,
        "rated voltage [V]": unit.parts.unit.voltage,
        "machine": unit.parts.machine.kind,
        "ratings": [
            {
                "name": r.name,
                "duration [s]": r.duration if isfinite(r.duration) else None,
                "torque [Nm]": r.torque,
                "torque speed [rpm]": r.torque_speed / RPM,
                "torque limited by": r.torque_limit,
                "power [W]": r.power,
                "power speed [rpm]": r.power_speed / RPM,
                "power limited by": r.power_limit,
            }
            for r in ratings(unit)
        ],
        "best efficiency": {
            "efficiency": found.efficiency,
            "speed [rpm]": found.speed / RPM,
            "torque [Nm]": found.torque,
        },
        "checks": {
            "passed": len(content.checks) - len(content.failed),
            "failed": len(content.failed),
            "not computed": content.unchecked,
            "lines": [
                {
                    "name": c.name,
                    "passed": c.passed,
                    "value": c.value,
                    "at least": c.at_least,
                    "limit": c.limit,
                    "unit": c.unit,
                    "note": c.note,
                    "source": c.source,
                }
                for c in content.checks
            ],
        },
        "teardown cost": unit.bill.teardown,
        "without price": list(unit.bill.missing),
        "seconds": content.seconds,
        "made": content.made.isoformat(timespec="seconds"),
        "version": content.version,
    }


def _price(price: float | None) -> float:
    return float("nan") if price is None else price
