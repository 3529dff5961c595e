"""What must hold beyond types: of one entry alone, and of the entries of a project together.

Both give pairs of place and message. Names that are in no section are not told here: reading tells them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import pi
from pathlib import Path
from typing import Any, TypeAlias, get_args

from coaxle.alliance.partner import Line, Plant, Rules
from coaxle.cycles.phases import names as legal_cycles
from coaxle.design.battery.battery import Battery
from coaxle.design.edu.edu import Edu, SealedEdu
from coaxle.design.edu.parts import PartsEdu, Supply
from coaxle.design.engine.engine import Combustion, Engine
from coaxle.design.gearbox import Gearbox
from coaxle.design.inverter import Inverter, device_names
from coaxle.design.machine.kinds import Machine
from coaxle.design.machine.kinds import check as check_machine
from coaxle.materials import names
from coaxle.project.names import did_you_mean
from coaxle.project.project import BevEntry, Carline, Currency, IceEntry, Option, Years
from coaxle.study.needs import Needs
from coaxle.units import show
from coaxle.vehicle.body import Body, DragAndTyres
from coaxle.vehicle.powertrain import Alternator, Charger, Regeneration, Transmission

Finding: TypeAlias = tuple[str, str]
Parts: TypeAlias = dict[str, Any]
FIRST_YEAR, LAST_YEAR = 1950, 2150
LONGEST = 60
"""Years that a horizon may span."""
ROUNDING = 1.02
"""Published torque, power and speeds are rounded; power from torque may exceed power by this factor."""

# Fields in which 0 would be a division by nothing further on, or a part that does nothing.
_ABOVE_ZERO: dict[type, tuple[str, ...]] = {
    Battery: ("energy", "usable", "voltage", "max_discharge", "max_charge"),
    Edu: ("voltage", "peak_power", "peak_torque", "continuous_power", "max_speed", "ratio"),
    PartsEdu: ("voltage", "current"),
    Supply: ("current", "efficiency"),
    Inverter: ("switching_frequency", "max_current", "parallel"),
    Engine: ("displacement", "stroke", "torque", "power", "idle_speed", "cylinders"),
    Combustion: ("a", "cold_friction", "warm_up"),
    Transmission: ("stall_ratio", "launch_speed", "max_torque"),
    Charger: ("power", "efficiency"),
    Alternator: ("power", "efficiency"),
    Body: ("mass", "wheel_radius", "front_load", "wheelbase", "centre_height"),
    DragAndTyres: ("frontal_area", "drag"),
    Option: ("axle_ratio",),
    Needs: ("zero_to_100", "top_speed", "range", "gradeability"),
    Line: ("capacity", "cost_factor"),
}


def check_record(record: Any) -> Iterator[Finding]:
    """Yield what is wrong within one record, by field."""
    kind = type(record)
    for field in _ABOVE_ZERO.get(kind, ()):
        value = getattr(record, field)
        if value is not None and value <= 0:
            yield field, "is 0; a figure above 0 is wanted" if value == 0 else "is negative; above 0 is wanted"
    if getattr(record, "source", "given").strip() == "":
        yield "source", "is empty; where the figures come from is wanted"
    if hasattr(record, "assumed"):
        yield from _assumed(record)
    if kind in _RULES:
        yield from _RULES[kind](record)


def _assumed(record: Any) -> Iterator[Finding]:
    """Yield what ``assumed`` names and the entry does not hold."""
    for place, reason in record.assumed.items():
        if reason.strip() == "":
            yield f"assumed.{place}", "is empty; the reason of the assumption is wanted"
        at = record
        for part in place.split("."):
            known = {str(key): each for key, each in at.items()} if isinstance(at, dict) else _fields(at)
            if part not in known:
                yield f"assumed.{place}", f"'{part}' is no field of this entry{did_you_mean(part, list(known))}"
                break
            at = known[part]
            if at is None:
                yield f"assumed.{place}", f"'{part}' is not given, so nothing is assumed there"
                break


def _fields(record: Any) -> dict[str, Any]:
    names = getattr(type(record), "__dataclass_fields__", ())
    return {name: getattr(record, name) for name in names if name not in ("assumed", "source", "kind")}


def _years(years: Years) -> Iterator[Finding]:
    odd = [*_year("first", years.first), *_year("last", years.last)]
    yield from odd
    if odd:
        return
    if years.last < years.first:
        yield "last", f"{years.last} lies before the first year, {years.first}"
    elif years.last - years.first >= LONGEST:
        yield "last", f"{years.last} is {years.last - years.first + 1} years on; at most {LONGEST} are planned"


def _year(place: str, year: int) -> Iterator[Finding]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield place, f"{year} is no year between {FIRST_YEAR} and {LAST_YEAR}"


def _currency(currency: Currency) -> Iterator[Finding]:
    yield from _year("price_year", currency.price_year)


def _edu(edu: Edu) -> Iterator[Finding]:
    if edu.continuous_power > edu.peak_power:
        given, peak = show(edu.continuous_power, "power"), show(edu.peak_power, "power")
        yield "continuous_power", f"{given} is more than peak_power, {peak}"
    base = edu.peak_power / edu.peak_torque if edu.peak_torque > 0 else 0.0
    if base > edu.max_speed:
        said = show(base, "angular speed", digits=4)
        yield "max_speed", f"{show(edu.max_speed, 'angular speed')} lies below base speed (power over torque), {said}"


def _parts_edu(edu: PartsEdu) -> Iterator[Finding]:
    if edu.voltage_margin >= edu.voltage:
        given, of = show(edu.voltage_margin, "voltage"), show(edu.voltage, "voltage")
        yield "voltage_margin", f"{given} reaches down to no voltage from {of}; less than that is wanted"


def _machine(machine: Machine) -> Iterator[Finding]:
    """Yield what cannot be built, and materials that are not known."""
    yield from check_machine(machine)


def _device(inverter: Inverter) -> Iterator[Finding]:
    if Path(inverter.device).suffix.lower() not in (".xml", ".json") and inverter.device.lower() not in device_names():
        yield "device", f"'{inverter.device}' is no shipped device{did_you_mean(inverter.device, device_names())}"


def _oil(gearbox: Gearbox) -> Iterator[Finding]:
    if gearbox.oil not in names("oil"):
        yield "oil", f"'{gearbox.oil}' is no known oil{did_you_mean(gearbox.oil, names('oil'))}"


def _sealed(edu: SealedEdu) -> Iterator[Finding]:
    if edu.map.strip() == "":
        yield "map", "is empty; the path of a map file beside the project file is wanted"


def _engine(engine: Engine) -> Iterator[Finding]:
    speeds = ("idle_speed", "torque_from", "torque_to", "power_from", "power_to", "max_speed")
    for low, high in pairwise(speeds):
        least, given = getattr(engine, low), getattr(engine, high)
        if given < least or (low == "idle_speed" and given == least):
            said, other = (show(speed, "angular speed") for speed in (given, least))
            yield high, f"{said} is not above {low}, {other}"
            return
    given = show(engine.power, "power")
    reached = engine.torque * engine.torque_to
    if reached > ROUNDING * engine.power:
        yield "torque_to", f"the torque makes {show(reached, 'power', digits=4)} there; power is {given}"
    reached = engine.torque * engine.power_from
    if ROUNDING * reached < engine.power:
        yield "power_from", f"the torque makes {show(reached, 'power', digits=4)} there; power is {given}"


def _transmission(gearbox: Transmission) -> Iterator[Finding]:
    if not gearbox.ratios:
        yield "ratios", "is empty; at least one ratio is wanted"
    for count, (lower, higher) in enumerate(pairwise(gearbox.ratios), 2):
        if higher >= lower:
            yield f"ratios.{count}", f"{higher:g} is not below {lower:g}; ratios fall from first to top gear"
    if gearbox.ratios and gearbox.ratios[-1] <= 0:
        yield f"ratios.{len(gearbox.ratios)}", "is 0; a figure above 0 is wanted"
    if gearbox.launch == "clutch" and gearbox.stall_ratio != 1:
        yield "stall_ratio", f"is {gearbox.stall_ratio:g}; a clutch does not change torque, so 1 is wanted"
    for field in ("stall_ratio", "cold_drag"):
        if 0 < getattr(gearbox, field) < 1:
            yield field, f"is {getattr(gearbox, field):g}; at least 1 is wanted"


def _regeneration(regeneration: Regeneration) -> Iterator[Finding]:
    if regeneration.blend_to > regeneration.blend_from:
        said, other = (show(speed, "speed") for speed in (regeneration.blend_to, regeneration.blend_from))
        yield "blend_to", f"{said} lies above blend_from, {other}; braking fades out towards standstill"


def _body(body: Body) -> Iterator[Finding]:
    if body.front_load >= 1:
        yield "front_load", "is 1; a share of the weight below 1 is wanted"
    if body.mass > 0 and body.coefficients()[0] <= 0:
        yield "road_load", "has no rolling resistance; a constant part above 0 is wanted"


def _bev(bev: BevEntry) -> Iterator[Finding]:
    if bev.front is None and bev.rear is None:
        yield "rear", "is missing, and front too; at least one drive unit is wanted"
    if bev.front_share is not None and (bev.front is None or bev.rear is None):
        yield "front_share", "stands beside one drive unit; it shares torque between two"


def _carline(carline: Carline) -> Iterator[Finding]:
    if not carline.options:
        yield "options", "is empty; at least one powertrain is wanted"
    elif carline.reference not in carline.options:
        hint = did_you_mean(carline.reference, carline.options, "options are")
        yield "reference", f"'{carline.reference}' is not among the options{hint}"
    if not carline.sales:
        yield "sales", "is empty; cars a year at some years are wanted"
    for year, count in carline.sales.items():
        yield from _year(f"sales.{year}", year)
        if count < 0:
            yield f"sales.{year}", f"is {count}; a number of cars is not negative"


def _plant(plant: Plant) -> Iterator[Finding]:
    if abs(plant.latitude) > pi / 2:
        yield "latitude", f"{show(plant.latitude, 'angle')} lies outside -90 deg to 90 deg"
    if abs(plant.longitude) > pi:
        yield "longitude", f"{show(plant.longitude, 'angle')} lies outside -180 deg to 180 deg"


def _line(line: Line) -> Iterator[Finding]:
    if not line.makes:
        yield "makes", "is empty; at least one unit is wanted"
    for count, unit in enumerate(line.makes, 1):
        if unit in line.makes[: count - 1]:
            yield f"makes.{count}", f"'{unit}' stands twice"


def _rules(rules: Rules) -> Iterator[Finding]:
    known = legal_cycles()
    if rules.cycle not in known:
        yield "cycle", f"'{rules.cycle}' is no legal cycle{did_you_mean(rules.cycle, known)}"


_RULES: dict[type, Callable[[Any], Iterator[Finding]]] = {
    Years: _years,
    Currency: _currency,
    Edu: _edu,
    SealedEdu: _sealed,
    PartsEdu: _parts_edu,
    **dict.fromkeys(get_args(get_args(Machine)[0]), _machine),
    Inverter: _device,
    **dict.fromkeys(get_args(Gearbox), _oil),
    Engine: _engine,
    Transmission: _transmission,
    Regeneration: _regeneration,
    Body: _body,
    BevEntry: _bev,
    Carline: _carline,
    Plant: _plant,
    Line: _line,
    Rules: _rules,
}


def check_project(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong between the entries of a project, by place; entries that could not be read are left out."""
    for section in ("partners", "powertrains", "carlines", "plants"):
        if section in parts and not parts[section]:
            yield section, "has no entry; at least one is wanted"
    for name in parts.get("engines", {}):
        if name in parts.get("edus", {}):
            yield f"engines.{name}", "names a drive unit too; units are named once"
    for section in ("edus", "engines"):
        for name, unit in parts.get(section, {}).items():
            family = parts.get("families", {}).get(unit.family)
            if (unit.owner is None) != (unit.family is None):
                given, missing = ("owner", "family") if unit.family is None else ("family", "owner")
                yield f"{section}.{name}.{missing}", f"is missing beside {given}; a unit has both or neither"
            elif family is not None and family.partner != unit.owner:
                yield (
                    f"{section}.{name}.owner",
                    f"'{unit.owner}' owns it, but '{family.partner}' pays for its family, '{unit.family}'",
                )
    yield from _units(parts)
    for name, carline in parts.get("carlines", {}).items():
        yield from _axles(f"carlines.{name}", carline, parts.get("powertrains", {}))
    if "years" in parts:
        yield from _horizon(parts["years"], parts)


def _units(parts: Parts) -> Iterator[Finding]:
    """Yield units of parts that do not go together, and units that a powertrain takes and nobody owns."""
    edus = parts.get("edus", {})
    for name, unit in edus.items():
        if not isinstance(unit, PartsEdu):
            continue
        machine = parts.get("machines", {}).get(unit.machine)
        if machine is not None and machine.kind == "eesm" and unit.supply is None:
            yield f"edus.{name}.supply", f"is missing; '{unit.machine}' has a field winding to be fed"
        if machine is not None and machine.kind != "eesm" and unit.supply is not None:
            yield f"edus.{name}.supply", f"stands beside '{unit.machine}', which has no field winding"
    for name, entry in parts.get("powertrains", {}).items():
        for axle in ("front", "rear"):
            unit = edus.get(getattr(entry, axle, None))
            if isinstance(unit, PartsEdu) and unit.owner is None:
                yield (
                    f"powertrains.{name}.{axle}",
                    f"'{getattr(entry, axle)}' has no owner; only units for comparison have none",
                )


def _axles(place: str, carline: Carline, powertrains: dict[str, Any]) -> Iterator[Finding]:
    for name, option in carline.options.items():
        entry = powertrains.get(name)
        if isinstance(entry, IceEntry) and option.axle_ratio is None:
            yield f"{place}.options.{name}.axle_ratio", "is missing; a combustion powertrain wants its final drive"
        if isinstance(entry, BevEntry) and option.axle_ratio is not None:
            yield f"{place}.options.{name}.axle_ratio", "stands beside a drive unit, which has its own ratio"


def _horizon(years: Years, parts: Parts) -> Iterator[Finding]:
    """Yield years of the horizon for which a figure is missing: nothing is carried on beyond what was written."""
    horizon = f"the horizon {years.first} to {years.last}"
    for name, carline in parts.get("carlines", {}).items():
        first, last = min(carline.sales), max(carline.sales)
        if first > years.first or last < years.last:
            yield f"carlines.{name}.sales", f"{first} to {last} is told; {horizon} is wanted"
    if "rules" not in parts:
        return
    targets = parts["rules"].targets
    for partner in parts.get("partners", {}):
        if partner not in targets:
            yield f"rules.targets.{partner}", f"is missing; a target for each year of {horizon} is wanted"
            continue
        missing = [str(year) for year in range(years.first, years.last + 1) if year not in targets[partner]]
        if missing:
            yield (
                f"rules.targets.{partner}",
                f"has no target for {', '.join(missing)}; each year of {horizon} is wanted",
            )
