"""From the facts of a machine and its cooling to a network of heat."""

from __future__ import annotations

from math import inf, log, pi
from typing import TYPE_CHECKING

import numpy as np

from coaxle.design.thermal import films, windings
from coaxle.design.thermal.cooling import Cooling, Jacket, JacketCooling, SprayCooling
from coaxle.design.thermal.fluids import Fluid, air, liquid
from coaxle.design.thermal.nodes import Network
from coaxle.errors import InputError
from coaxle.materials import conductor, solid, steel

if TYPE_CHECKING:
    from coaxle.design.machine.facts import MachineFacts

HOUSING, SHAFT, LINER = "aluminium-die-cast-housing", "shaft-steel", "slot-liner"
"""Names in ``coaxle.materials`` of what is not drawn."""
AIR_TEMPERATURE = 373.15
"""Of air in gaps and contacts, for its figures [K]."""
BEARING_GAP = 0.3e-3
"""Layer of still air [m] that conducts like a bearing: Staton, Boglietti, Cavagnino, IEEE Trans. Energy Convers. 20
(2005) 620, from tests of closed induction motors."""
SPEEDS = 65
"""Speeds at which conductances are tabulated, to 1.25 times the machine's highest."""


class _Links:
    """Conductances by name of node and fluid at one speed, summed where several run in parallel."""

    def __init__(self, nodes: tuple[str, ...], fluids: tuple[str, ...]) -> None:
        self.nodes, self.fluids = nodes, fluids
        self.link = np.zeros((len(nodes), len(nodes)))
        self.sink = np.zeros((len(nodes), len(fluids)))

    def join(self, one: str, other: str, conductance: float) -> None:
        """Add a way between two nodes [W/K]."""
        i, j = self.nodes.index(one), self.nodes.index(other)
        self.link[i, j] += conductance
        self.link[j, i] += conductance

    def drain(self, node: str, name: str, conductance: float) -> None:
        """Add a way from a node to the inlet of a fluid [W/K]."""
        self.sink[self.nodes.index(node), self.fluids.index(name)] += conductance

    def star(self, arms: dict[str, float]) -> None:
        """Add a space without heat of its own that ``arms`` lead to [W/K], as ways between each two of its nodes."""
        total = sum(arms.values())
        names = list(arms)
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                self.join(one, other, arms[one] * arms[other] / total)


def network(facts: MachineFacts, cooling: Cooling) -> Network:
    """Return the network of a machine with its ``cooling``.

    Nodes: housing, yoke, teeth, winding (in the slots), end-winding, rotor (its iron), what the rotor carries
    (field-winding, cage or magnets, where there is any) and shaft. Conductances follow from geometry, as
    ``docs/theory/heat.md`` lays out.

    Raises
    ------
    InputError
        Where facts and cooling do not go together, or a dimension is missing.

    """
    _check(facts, cooling)
    carried = _carried(facts)
    nodes = ("housing", "yoke", "teeth", "winding", "end-winding", "rotor", *((carried,) if carried else ()), "shaft")
    fluids, inlets = _circuits(cooling)
    speed = np.linspace(0.0, 1.25 * facts.max_speed, SPEEDS)
    fixed = _Links(nodes, fluids)
    _stator(fixed, facts, cooling)
    _rotor(fixed, facts, cooling, carried)
    link, sink = np.empty((SPEEDS, len(nodes), len(nodes))), np.empty((SPEEDS, len(nodes), len(fluids)))
    for k, w in enumerate(speed):
        turning = _Links(nodes, fluids)
        _turning(turning, facts, carried, float(w))
        link[k], sink[k] = fixed.link + turning.link, fixed.sink + turning.sink
    return Network(
        nodes=nodes,
        capacity=np.array([_capacity(node, facts, cooling) for node in nodes]),
        speed=speed,
        link=link,
        fluids=fluids,
        inlet=np.array(inlets),
        sink=sink,
        limit=np.array([_limit(node, cooling) for node in nodes]),
        hot_spot=cooling.limits.hot_spot,
    )


def _carried(facts: MachineFacts) -> str | None:
    """Return the node of what the rotor carries."""
    if facts.rotor_winding is not None:
        return "field-winding" if facts.rotor_winding.style == "field" else "cage"
    return "magnets" if facts.magnet is not None else None


def _circuits(cooling: Cooling) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the fluids of a cooling and their inlet temperatures [K]."""
    found: dict[str, float] = {}
    if not isinstance(cooling, SprayCooling):
        found["jacket"] = cooling.jacket.inlet
    if not isinstance(cooling, JacketCooling):
        found["spray"] = cooling.spray.inlet
    if cooling.shaft is not None:
        found["shaft"] = cooling.shaft.inlet
    return tuple(found), tuple(found.values())


def _stator(links: _Links, facts: MachineFacts, cooling: Cooling) -> None:
    """Add what does not change with speed on the side that stands."""
    still, length = air(AIR_TEMPERATURE), facts.stack
    iron = steel(facts.stator_steel).conductivity * facts.stacking * length
    middle = facts.stator_outer - facts.yoke_height
    outer = log(facts.stator_outer / middle) / (2 * pi * iron)
    inner = log(middle / (middle - facts.yoke_height)) / (2 * pi * iron)
    tooth = 0.5 * facts.slot_depth / (iron * facts.tooth_width * facts.slots)
    links.join("yoke", "teeth", 1 / (inner + tooth))
    links.join("winding", "teeth", windings.slot_conductance(facts, cooling.contacts, still))
    links.join("winding", "end-winding", windings.along_conductance(facts))
    shell = pi * facts.stator_outer * length
    if not isinstance(cooling, SprayCooling):
        gap = cooling.contacts.housing_gap / (still.conductivity * shell)
        wall = log(1 + 2 * cooling.jacket.wall / facts.stator_outer) / (2 * pi * solid(HOUSING).conductivity * length)
        links.join("housing", "yoke", 1 / (outer + gap + wall))
        links.drain("housing", "jacket", jacket_conductance(cooling.jacket, facts.stator_outer))
    if not isinstance(cooling, JacketCooling):
        spray, oil = cooling.spray, liquid(cooling.spray.fluid, cooling.spray.inlet)
        ways = {"end-winding": spray.end_winding * windings.end_surface(facts)}
        if isinstance(cooling, SprayCooling):
            ways["yoke"] = 1 / (outer + 1 / (spray.stack * shell)) if spray.stack > 0 else 0.0
        carried = _carried(facts)
        for node, area in rotor_end_surfaces(facts, carried).items():
            ways[node] = spray.rotor_end * area
        share = films.warming(sum(ways.values()), spray.flow, oil)
        for node, way in ways.items():
            links.drain(node, "spray", share * way)


def jacket_conductance(jacket: Jacket, stator_outer: float) -> float:
    """Return the conductance [W/K] from the wall of a water jacket to the inlet temperature of its water.

    The floor of the channels and, as fins, the lands between them give heat; the outer cover does not.
    """
    water = liquid(jacket.fluid, jacket.inlet)
    around = pi * (stator_outer + 2 * jacket.wall)
    coefficient = jacket_coefficient(jacket, water, around)
    fins = films.fin_efficiency(coefficient, solid(HOUSING).conductivity, jacket.land, jacket.height)
    wetted = jacket.turns * around * (jacket.width + 2 * jacket.height * fins)
    conductance = coefficient * wetted
    return conductance * films.warming(conductance, jacket.flow, water)


def jacket_coefficient(jacket: Jacket, water: Fluid, around: float) -> float:
    """Return the coefficient [W/(m2 K)] in the channels of a jacket whose turns are ``around`` long [m]."""
    hydraulic = 2 * jacket.width * jacket.height / (jacket.width + jacket.height)
    velocity = jacket.flow / (jacket.parallel * jacket.width * jacket.height)
    reynolds = velocity * hydraulic * water.density / water.viscosity
    if reynolds > films.FASTEST:
        raise InputError(f"cooling.jacket.flow: a Reynolds number of {reynolds:.2g}; figures reach to 1e6")
    aspect = min(jacket.width, jacket.height) / max(jacket.width, jacket.height)
    slenderness = hydraulic / (around * jacket.turns / jacket.parallel)
    return films.duct_nusselt(reynolds, water.prandtl, aspect, slenderness) * water.conductivity / hydraulic


def _rotor(links: _Links, facts: MachineFacts, cooling: Cooling, carried: str | None) -> None:
    """Add what does not change with speed on the side that turns."""
    still, length = air(AIR_TEMPERATURE), facts.stack
    contact = cooling.contacts.rotor_gap / still.conductivity
    iron = 2 * pi * steel(facts.rotor_steel).conductivity * facts.stacking * length
    middle = 0.5 * (facts.rotor_outer + facts.rotor_inner)
    seat = log(middle / facts.rotor_inner) / iron + contact / (pi * facts.rotor_inner * length)
    links.join("rotor", "shaft", 1 / seat)
    if carried is not None:
        links.join("rotor", carried, windings.carried_conductance(facts, cooling.contacts, carried, still))
    links.join("shaft", "housing", _bearings(facts, still))
    if cooling.shaft is not None:
        hollow = cooling.shaft
        surface = pi * hollow.bore * length
        wall = log(facts.rotor_inner / hollow.bore) / (2 * pi * solid(SHAFT).conductivity * length)
        way = 1 / (wall + 1 / (hollow.coefficient * surface)) if hollow.coefficient > 0 else 0.0
        links.drain("shaft", "shaft", way * films.warming(way, hollow.flow, liquid(hollow.fluid, hollow.inlet)))


def _bearings(facts: MachineFacts, still: Fluid) -> float:
    """Return the conductance [W/K] from the shaft's middle to the housing through both bearings.

    Seats are taken 0.6 of the shaft's diameter in the stack, and 0.3 of their own diameter wide.
    """
    seat = 0.6 * facts.rotor_inner
    bearing = BEARING_GAP / (still.conductivity * pi * seat * 0.3 * seat)
    along = (facts.stack / 6 + facts.winding.overhang) / (solid(SHAFT).conductivity * pi / 4 * seat**2)
    return 2 / (bearing + along)


def _turning(links: _Links, facts: MachineFacts, carried: str | None, speed: float) -> None:
    """Add what changes with ``speed`` [rad/s]: the air gap and the air of the end spaces."""
    radius = 0.5 * (facts.bore - facts.gap)
    gap = films.gap_conductance(speed, radius, facts.gap, facts.stack, air(AIR_TEMPERATURE))
    links.join("magnets" if facts.kind == "spm" and carried == "magnets" else "rotor", "teeth", gap)
    coefficient = films.end_space_coefficient(speed, 0.5 * facts.rotor_outer)
    surfaces = {
        "end-winding": windings.end_surface(facts),
        "housing": 2 * (pi * facts.stator_outer * facts.winding.overhang + pi / 4 * facts.stator_outer**2),
        **rotor_end_surfaces(facts, carried),
    }
    links.star({node: coefficient * area for node, area in surfaces.items()})


def rotor_end_surfaces(facts: MachineFacts, carried: str | None) -> dict[str, float]:
    """Return the surface [m2] of both ends of the rotor, by node: iron, and a winding's or cage's ends."""
    face = 2 * pi / 4 * (facts.rotor_outer**2 - facts.rotor_inner**2)
    if facts.rotor_winding is None or carried is None:
        return {"rotor": face}
    if carried == "cage":
        depth = windings.bar_depth(facts)
        ring = 2 * pi * facts.rotor_outer * facts.rotor_winding.overhang + 2 * pi * (facts.rotor_outer - depth) * depth
        return {"rotor": max(face - 2 * pi * (facts.rotor_outer - depth) * depth, 0.0), "cage": ring}
    return {"rotor": max(face - 2 * facts.areas["field-coils"], 0.0), "field-winding": windings.coil_end_surface(facts)}


def _capacity(node: str, facts: MachineFacts, cooling: Cooling) -> float:
    """Return the heat capacity of a node [J/K]."""
    if node == "housing":
        return cooling.housing_mass * solid(HOUSING).heat_capacity
    if node == "winding":
        liner = facts.masses.get("insulation", 0.0) * solid(LINER).heat_capacity
        return facts.masses["stator-copper-active"] * conductor(facts.winding.conductor).heat_capacity + liner
    if node in ("field-winding", "cage"):
        assert facts.rotor_winding is not None
        mass = facts.masses["field-copper" if node == "field-winding" else "cage"]
        return mass * conductor(facts.rotor_winding.conductor).heat_capacity
    if node == "magnets":
        return facts.masses["magnets"] * windings.magnet_heat(facts)[1]
    part, heat = {
        "yoke": ("stator-yoke", steel(facts.stator_steel).heat_capacity),
        "teeth": ("stator-teeth", steel(facts.stator_steel).heat_capacity),
        "end-winding": ("stator-copper-end", conductor(facts.winding.conductor).heat_capacity),
        "rotor": ("rotor-iron", steel(facts.rotor_steel).heat_capacity),
        "shaft": ("shaft", solid(SHAFT).heat_capacity),
    }[node]
    return facts.masses[part] * heat


def _limit(node: str, cooling: Cooling) -> float:
    """Return the highest temperature of a node [K], inf where none is set."""
    limits = cooling.limits
    limit = {
        "winding": limits.winding,
        "end-winding": limits.winding,
        "field-winding": limits.rotor,
        "cage": limits.rotor,
        "magnets": limits.magnet,
    }.get(node)
    return inf if limit is None else limit


def _check(facts: MachineFacts, cooling: Cooling) -> None:
    """Refuse what would make a network that means nothing."""
    for name in (
        "stack", "stator_outer", "bore", "gap", "rotor_outer", "rotor_inner", "slot_depth", "slot_width",
        "tooth_width", "yoke_height", "stacking", "max_speed",
    ):  # fmt: skip
        if not getattr(facts, name) > 0:
            raise InputError(f"machine.{name}: {getattr(facts, name):g}; a figure above 0 is wanted")
    radial = facts.bore + 2 * (facts.slot_depth + facts.yoke_height)
    if abs(radial - facts.stator_outer) > 0.05 * facts.stator_outer:
        raise InputError(
            f"machine.stator_outer: {facts.stator_outer:g} m; bore, slots and yoke make {radial:g} m (diameters)"
        )
    carried = _carried(facts)
    wanted = ["stator-yoke", "stator-teeth", "stator-copper-active", "stator-copper-end", "rotor-iron", "shaft"]
    wanted += {"field-winding": ["field-copper"], "cage": ["cage"], "magnets": ["magnets"]}.get(carried or "", [])
    missing = [name for name in wanted if not facts.masses.get(name, 0.0) > 0]
    if missing:
        raise InputError(f"machine.masses: '{missing[0]}' is missing; a mass above 0 is wanted")
    area = {"field-winding": "field-coils", "cage": "bars", "magnets": "magnets"}.get(carried or "")
    if area is not None and not facts.areas.get(area, 0.0) > 0:
        raise InputError(f"machine.areas: '{area}' is missing; an area above 0 is wanted")
    if carried in ("field-winding", "cage") and cooling.limits.rotor is None:
        raise InputError(f"cooling.limits.rotor: is missing; the machine has a {carried} to protect")
    if carried == "magnets" and cooling.limits.magnet is None:
        raise InputError("cooling.limits.magnet: is missing; the machine has magnets to protect")
    _check_cooling(facts, cooling)


def _check_cooling(facts: MachineFacts, cooling: Cooling) -> None:
    for name in ("housing_gap", "liner_gap", "rotor_gap", "impregnation", "liner"):
        if not getattr(cooling.contacts, name) > 0:
            raise InputError(f"cooling.contacts.{name}: {getattr(cooling.contacts, name):g}; above 0 is wanted")
    if not cooling.housing_mass > 0:
        raise InputError(f"cooling.housing_mass: {cooling.housing_mass:g} kg; a mass above 0 is wanted")
    if not isinstance(cooling, SprayCooling):
        for name in ("flow", "turns", "parallel", "width", "height", "land", "wall"):
            if not getattr(cooling.jacket, name) > 0:
                raise InputError(f"cooling.jacket.{name}: {getattr(cooling.jacket, name):g}; above 0 is wanted")
        if cooling.jacket.parallel > cooling.jacket.turns:
            raise InputError(f"cooling.jacket.parallel: {cooling.jacket.parallel}; at most the turns are wanted")
    if not isinstance(cooling, JacketCooling):
        if not cooling.spray.flow > 0:
            raise InputError(f"cooling.spray.flow: {cooling.spray.flow:g} m3/s; a flow above 0 is wanted")
        if not isinstance(cooling, SprayCooling) and cooling.spray.stack > 0:
            raise InputError("cooling.spray.stack: is above 0; a jacket covers the stack, 0 is wanted")
    if cooling.shaft is not None:
        if not cooling.shaft.flow > 0:
            raise InputError(f"cooling.shaft.flow: {cooling.shaft.flow:g} m3/s; a flow above 0 is wanted")
        if not 0 < cooling.shaft.bore < facts.rotor_inner:
            raise InputError(
                f"cooling.shaft.bore: {cooling.shaft.bore:g} m; above 0 and below the shaft's {facts.rotor_inner:g} m"
            )
