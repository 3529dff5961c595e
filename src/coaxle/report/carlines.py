"""Each carline: its fits, and the maps, energies and course of what it drives with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.project.project import BevEntry, Carline, IceEntry, Project
from coaxle.report.answer import alone_assignment, consumption, rows_of, tokens
from coaxle.report.content import Content, Drive
from coaxle.report.figures.duty import duty
from coaxle.report.figures.map import edu_figure, engine_figure
from coaxle.report.figures.sankey import flows, sankey
from coaxle.report.figures.strip import NARROW, WIDE, strip
from coaxle.report.numerals import NONE, count, fixed
from coaxle.study.fits import Fits
from coaxle.vehicle.runs import Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRow:
    """One powertrain that a carline may take, as text."""

    powertrain: str
    parts: str
    alone: bool
    together: bool
    feasible: bool
    reasons: tuple[str, ...]
    consumption: str
    emission: str
    range: str
    zero_to_100: str
    top_speed: str
    mass: str
    cost: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure: what to call its file, what it shows, its SVG, whether it wants the full width."""

    name: str
    caption: str
    svg: str
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One drive with its pictures; ``warning`` where it did not end well."""

    powertrain: str
    chosen: str
    warning: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarlineView:
    """Everything about one carline."""

    name: str
    label: str
    token: str
    partner: str
    facts: tuple[tuple[str, str], ...]
    choice: str
    before: str
    changed: bool
    consumption: str
    emission: str
    fits: tuple[FitRow, ...]
    drives: tuple[Shown, ...]


def carline_views(content: Content) -> Iterator[CarlineView]:
    """Yield a view of each carline, in the order of the project."""
    project, comparison = content.told.project, content.told.comparison
    alone, together = alone_assignment(comparison), comparison.together.assignment
    rows, colours = rows_of(content.fits), tokens(project)
    drives: dict[str, list[Drive]] = {}
    for drive in content.drives:
        drives.setdefault(drive.carline, []).append(drive)
    for name, entry in project.carlines.items():
        choice, before = together.get(name, ""), alone.get(name, "")
        row = rows.get((name, choice))
        yield CarlineView(
            name=name,
            label=f"{entry.brand} {entry.model}",
            token=colours[entry.partner],
            partner=project.partners[entry.partner].name,
            facts=_facts(project, entry),
            choice=choice or NONE,
            before=before or NONE,
            changed=choice != before,
            consumption="" if row is None else consumption(content.fits, row),
            emission="" if row is None else f"{fixed(float(content.fits.emission[row]) * 1e6, 0)} g/km",
            fits=tuple(_fit(content.fits, i, project, before, choice) for (car, _), i in rows.items() if car == name),
            drives=tuple(
                _shown(content, drive, before, choice)
                for drive in sorted(drives.get(name, []), key=lambda drive: drive.powertrain != choice)
            ),
        )


def _facts(project: Project, entry: Carline) -> tuple[tuple[str, str], ...]:
    f0, f1, f2 = entry.body.coefficients()
    load = f"{fixed(f0, 1)} {_term(f1, 2)} v {_term(f2, 3)} v² N, v in m/s"
    needs, wanted = entry.needs, []
    if needs.zero_to_100 is not None:
        wanted.append(f"0-100 km/h in {fixed(needs.zero_to_100, 1)} s")
    if needs.top_speed is not None:
        wanted.append(f"{fixed(needs.top_speed * 3.6, 0)} km/h")
    if needs.range is not None:
        wanted.append(f"range {fixed(needs.range / 1e3, 0)} km (electric)")
    if needs.gradeability is not None:
        wanted.append(f"grade {fixed(100 * needs.gradeability, 0)} %")
    sales = ", ".join(f"{year}: {count(cars)}" for year, cars in sorted(entry.sales.items()))
    return (
        ("wanted", "; ".join(wanted) or "nothing beyond the cycle"),
        ("test mass", f"{count(entry.body.mass)} kg with {entry.reference}"),
        ("road load", load),
        ("built in", entry.plant),
        ("cars a year", sales),
    )


def _term(value: float, digits: int) -> str:
    """Return a figure with the sign that joins it to what stands before."""
    return ("− " if value < 0 else "+ ") + fixed(abs(value), digits)


def _fit(fits: Fits, i: int, project: Project, before: str, choice: str) -> FitRow:
    powertrain = fits.powertrains[i]
    entry = project.powertrains[powertrain]
    reach, cost = float(fits.range[i]), float(fits.cost[i])
    return FitRow(
        powertrain=powertrain,
        parts=_parts(entry),
        alone=powertrain == before,
        together=powertrain == choice,
        feasible=bool(fits.feasible[i]),
        reasons=fits.reasons[i],
        consumption=consumption(fits, i),
        emission=fixed(float(fits.emission[i]) * 1e6, 0),
        range=fixed(reach / 1e3, 0),
        zero_to_100=fixed(float(fits.zero_to_100[i]), 1),
        top_speed=fixed(float(fits.top_speed[i]) * 3.6, 0),
        mass=fixed(float(fits.mass[i]), 0),
        cost=fixed(cost, 0),
    )


def _parts(entry: BevEntry | IceEntry) -> str:
    if isinstance(entry, BevEntry):
        units = [f"{role} {name}" for role, name in (("front", entry.front), ("rear", entry.rear)) if name]
        return ", ".join([*units, entry.battery])
    return f"{entry.engine}, {entry.transmission}"


def _shown(content: Content, drive: Drive, before: str, choice: str) -> Shown:
    chosen = [word for word, taken in (("alone", before), ("together", choice)) if drive.powertrain == taken]
    runs, i = drive.runs, drive.row
    warning = ""
    if runs.ended[i] != Ended.OK:
        warning = (
            f"The run ended {Ended(int(runs.ended[i])).name}: {fixed(float(runs.miss_speed[i]) * 3.6, 1)} km/h and "
            f"{fixed(float(runs.miss_power[i]) / 1e3, 1)} kW short for {fixed(float(runs.miss_time[i]), 0)} s."
        )
    return Shown(
        powertrain=drive.powertrain,
        chosen=" and ".join(chosen),
        warning=warning,
        pictures=tuple(_pictures(content, drive)),
    )


def _pictures(content: Content, drive: Drive) -> Iterator[Picture]:
    name = f"{drive.carline}--{drive.powertrain}"
    flow = sankey(f"{drive.carline} with {drive.powertrain} on {drive.runs.cycle}", flows(drive.runs, drive.row))
    yield Picture(name=f"{name}--energy", caption="", svg=flow)
    entry = content.told.project.powertrains[drive.powertrain]
    roles = ["engine"]
    if isinstance(entry, BevEntry):
        roles = [role for role, unit in (("front", entry.front), ("rear", entry.rear)) if unit]
    voltage = _voltage(content, entry, drive)
    for u, unit in enumerate(drive.trace.units):
        machine = content.maps[unit]
        role = roles[u] if u < len(roles) else unit
        file = f"{name}--{role}"
        if isinstance(machine, EduMap):
            yield Picture(name=file, caption="", svg=edu_figure(machine, duty(drive.trace, u, machine, role), voltage))
        elif isinstance(machine, EngineMap):
            yield Picture(
                name=file, caption=_fuel_cut(drive), svg=engine_figure(machine, duty(drive.trace, u, machine))
            )
    # beside an odd number of figures a narrow course fills the row, else it has one of its own
    wide = len(drive.trace.units) % 2 == 1
    course = strip(drive.trace, content.cycle, WIDE if wide else NARROW)
    yield Picture(name=f"{name}--course", caption="", svg=course, wide=wide)


def _voltage(content: Content, entry: BevEntry | IceEntry, drive: Drive) -> float | None:
    """Return the battery's open-circuit voltage in the middle of the drive [V]."""
    battery = content.maps.get(entry.battery) if isinstance(entry, BevEntry) else None
    if not isinstance(battery, BatteryMap):
        return None
    return float(np.interp(float(np.mean(drive.trace.soc)), battery.soc, battery.voltage))


def _fuel_cut(drive: Drive) -> str:
    """Say for how much of the time the engine stood still or was dragged along without fuel."""
    step = np.diff(drive.trace.time)
    total = float(step.sum())
    stopped = float(step[drive.trace.unit_speed[:, 0] <= 0].sum()) / total
    dragged = (drive.trace.unit_speed[:, 0] > 0) & (drive.trace.source_power <= 0)
    cut = float(step[dragged].sum()) / total
    return f"stopped {fixed(100 * stopped, 0)} % of the time, fuel cut {fixed(100 * cut, 0)} %"
