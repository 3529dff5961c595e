"""What a unit weighs and costs, part by part, from its geometry and materials; teardown formulas as a cross-check.

Prices are those of the materials (``coaxle.materials``) and of the cost model of Angerer
(TUMFTM/Electric_Machine_Design 25c1ecc; EUR of the 2010s), taken as EUR of the project: no index stands between. They
tell designs apart; they are no offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coaxle.design import gearbox as gears
from coaxle.design.machine.facts import Kind, MachineFacts
from coaxle.materials import conductor, magnet, solid, steel
from coaxle.materials.tables import Kind as MaterialKind

if TYPE_CHECKING:
    from coaxle.design.edu.unit import EduParts

SCRAP: dict[MaterialKind, float] = {"conductor": 0.10, "magnet": 0.0, "solid": 0.15, "steel": 0.0}
"""Share that is bought and not built in (Angerer: copper 10 %, aluminium 15 %); of sheet the punched mass has it."""
OVERHEAD = 1.14
"""On material, for buying and handling (Angerer: 1.10 to 1.18)."""
RESOLVER, BEARINGS, BEARINGS_PER_WATT = 29.0, 8.0, 0.133e-3
"""Bought parts of a machine [EUR], [EUR], [EUR/W] of peak power (Angerer)."""
GEAR_PARTS = 53.0
"""Oil, seals, screws, bearings and the rest of a two-stage gearbox [EUR] (Angerer)."""
LINES: dict[Kind, float] = {"eesm": 32.7e6, "ipm": 25.1e6, "spm": 25.1e6, "synrm": 25.1e6, "induction": 32.7e6}
"""Investment of a line of 190 s takt [EUR] (Angerer). He has none for a wound rotor: that of the cage is taken."""
GEAR_LINE = 15.3e6
UNITS_A_LIFE = 8 * 4800 * 3600 / 190
"""What such a line makes in eight years of 4,800 h."""
LABOUR = 1.5
"""Wages, energy and floor over the capital of the line. Assumed."""
SUPPLY = {"brushes": 35.0, "transformer": 55.0}
"""Exciter with its electronics and rings or transformer [EUR]. Assumed."""
RATED_2022 = 1.053
"""USD per EUR, mean of 2022 (ECB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Masses [kg] and costs [EUR] by part.

    Parameters
    ----------
    masses, costs : dict
        By part; a part whose price nobody told is not among the costs.
    mass, inertia : float
        Of the whole unit [kg], of what turns seen at the output shaft [kg m2].
    cost : float or None
        Their sum; None where a price is missing.
    missing : tuple of str
        Parts without a price.
    teardown : float
        What formulas from teardowns give for a unit of that peak power (FEV for the EPA, USD of 2022 before markup).

    """

    masses: dict[str, float]
    costs: dict[str, float]
    mass: float
    inertia: float
    cost: float | None
    missing: tuple[str, ...]
    teardown: float


def bill(parts: EduParts, known: MachineFacts, power: float) -> Bill:
    """Return what a unit of peak ``power`` [W] weighs and costs."""
    masses = _masses(parts, known)
    costs = _costs(parts, known, power)
    missing = tuple(part for part, cost in costs.items() if cost is None)
    ratio = gears.ratio(parts.gearbox)
    return Bill(
        masses=masses,
        costs={part: cost for part, cost in costs.items() if cost is not None},
        mass=sum(masses.values()),
        inertia=(known.inertia + gears.inertia(parts.gearbox)) * ratio**2,
        cost=None if missing else sum(cost for cost in costs.values() if cost is not None),
        missing=missing,
        teardown=teardown(known.kind, power),
    )


def teardown(kind: Kind, power: float) -> float:
    """Return the cost [EUR of 2022] of a unit of peak ``power`` [W] by the formulas of EPA OMEGA (FEV 2022).

    Motor 1.1097 P + 323.22 (induction 0.77 P + 225.33), inverter 1.26 P + 559, gears of a sedan 281, in USD and kW.
    """
    kilowatts = power / 1e3
    motor = 0.77 * kilowatts + 225.33 if kind == "induction" else 1.1097 * kilowatts + 323.22
    return (motor + 1.26 * kilowatts + 559.0 + 281.0) / RATED_2022


def _masses(parts: EduParts, known: MachineFacts) -> dict[str, float]:
    machine = {part: mass for part, mass in known.masses.items() if part != "punched" and mass > 0}
    return machine | {
        "gears": gears.mass(parts.gearbox).total,
        "inverter": parts.inverter.mass,
        "machine housing": parts.cooling.housing_mass,
        "rest": parts.unit.mass,
    }


def _costs(parts: EduParts, known: MachineFacts, power: float) -> dict[str, float | None]:
    masses = known.masses

    def bought(kind: MaterialKind, price: float | None, mass: float) -> float | None:
        return None if price is None else OVERHEAD * price * mass / (1 - SCRAP[kind])

    stator = masses.get("stator-copper-active", 0.0) + masses.get("stator-copper-end", 0.0)
    costs: dict[str, float | None] = {
        "sheet": bought("steel", steel(known.stator_steel).price, masses["punched"]),
        "stator copper": bought("conductor", conductor(known.winding.conductor).price, stator),
        "shaft": bought("solid", solid("shaft-steel").price, masses.get("shaft", 0.0)),
        "housing": bought("solid", solid("aluminium-die-cast-housing").price, parts.cooling.housing_mass),
        "resolver and bearings": OVERHEAD * (RESOLVER + BEARINGS + BEARINGS_PER_WATT * power),
        "making the machine": (1 + LABOUR) * LINES[known.kind] / UNITS_A_LIFE,
        "inverter": parts.inverter.cost,
        "gears": _gears(parts),
    }
    if known.rotor_winding is not None:
        turning = masses.get("field-copper", 0.0) + masses.get("cage", 0.0)
        costs["rotor winding"] = bought("conductor", conductor(known.rotor_winding.conductor).price, turning)
    if known.magnet is not None:
        costs["magnets"] = bought("magnet", magnet(known.magnet).price, masses.get("magnets", 0.0))
    if parts.unit.supply is not None:
        costs["exciter"] = SUPPLY[parts.unit.supply.kind]
    return costs


def _gears(parts: EduParts) -> float | None:
    """Return the cost of the gears: as given, else steel, housing, bought parts and making."""
    if parts.gearbox.cost is not None:
        return parts.gearbox.cost
    made = gears.mass(parts.gearbox)
    of_steel, housing = solid("shaft-steel").price, solid("aluminium-die-cast-housing").price
    if of_steel is None or housing is None:
        return None
    turning = made.wheels + made.shafts + made.differential
    material = of_steel * turning / (1 - SCRAP["solid"]) + housing * made.housing / (1 - SCRAP["solid"])
    return OVERHEAD * (material + GEAR_PARTS) + (1 + LABOUR) * GEAR_LINE / UNITS_A_LIFE
