"""Heat out of conductors: slots, end turns, field coils, bars, magnets."""

from __future__ import annotations

from math import pi, sqrt
from typing import TYPE_CHECKING

from coaxle.design.thermal.cooling import Contacts
from coaxle.design.thermal.fluids import Fluid
from coaxle.errors import InputError
from coaxle.materials import conductor, magnet

if TYPE_CHECKING:
    from coaxle.design.machine.facts import MachineFacts

COIL_SLENDERNESS = 2.0
"""Height over width of a field coil's side."""
MAGNET_SLENDERNESS = 4.0
"""Width over thickness of a magnet; two are taken a pole."""
BAR_SLENDERNESS = 4.0
"""Depth over width of a bar; bars are taken to fill half of the rotor's circumference."""


def bundle_conductivity(fill: float, conductor: float, resin: float) -> float:
    """Return the conductivity [W/(m K)] across a bundle of wires, ``fill`` their share of its area.

    Hashin and Shtrikman, J. Appl. Phys. 33 (1962) 3125, the lower bound in two dimensions: wires that do not touch.
    """
    return resin * ((1 + fill) * conductor + (1 - fill) * resin) / ((1 - fill) * conductor + (1 + fill) * resin)


def slot_conductance(facts: MachineFacts, contacts: Contacts, still: Fluid) -> float:
    """Return the conductance [W/K] from the winding in all slots (its mean) to the teeth (their mean).

    Heat leaves through both flanks of a slot. Bars are as hot as each other across the slot; resin with the bars' film
    fills what bar and liners leave free. Round wire is a slab with heat in all of its width. The way through the slot's
    bottom is left out (for bars some 10 % more).
    """
    outside = facts.slot_liner / contacts.liner + contacts.liner_gap / still.conductivity
    width = facts.slot_width - 2 * facts.slot_liner
    if facts.winding.style == "hairpin":
        resin = 0.5 * (width - facts.winding.conductor_width)
        if resin < 0:
            raise InputError(
                f"machine.winding.conductor_width: {facts.winding.conductor_width:g} m; at most the {width:g} m that "
                "slot and liners leave are wanted"
            )
        flank = facts.winding.layers * facts.winding.conductor_height
        inside = resin / contacts.impregnation
    else:
        metal = conductor(facts.winding.conductor).conductivity
        across = bundle_conductivity(_fill(facts.winding.slot_fill), metal, contacts.impregnation)
        flank = facts.areas["slots"] / (facts.slots * facts.slot_width)
        inside = width / (6 * across)
    return 2 * flank * facts.stack * facts.slots / (inside + outside)


def along_conductance(facts: MachineFacts) -> float:
    """Return the conductance [W/K] along the copper between the mean of the winding in slots and that of its ends.

    A bar of even heat whose parts are cooled over their length has its mean a sixth of the part's length away from
    where they meet; there are two such places a bar.
    """
    metal = conductor(facts.winding.conductor)
    area = facts.masses["stator-copper-active"] / (metal.density * facts.stack)
    end = facts.masses["stator-copper-end"] / (metal.density * area)
    return 12 * metal.conductivity * area / (facts.stack + end)


def end_surface(facts: MachineFacts) -> float:
    """Return the surface [m2] of both overhangs: rings as thick as a slot is deep, without the face on the stack."""
    inner, outer = facts.bore, facts.bore + 2 * facts.slot_depth
    return 2 * (pi * (inner + outer) * facts.winding.overhang + pi / 4 * (outer**2 - inner**2))


def coil_size(facts: MachineFacts) -> tuple[float, float]:
    """Return width and height [m] of a side of a field coil."""
    width = sqrt(facts.areas["field-coils"] / (4 * facts.pole_pairs) / COIL_SLENDERNESS)
    return width, COIL_SLENDERNESS * width


def coil_end_surface(facts: MachineFacts) -> float:
    """Return the surface [m2] of the end turns of all field coils, three of whose four faces are free."""
    assert facts.rotor_winding is not None
    width, height = coil_size(facts)
    end = max(facts.rotor_winding.turn_length - 2 * facts.stack, 0.0)
    return 2 * facts.pole_pairs * end * (2 * width + height)


def bar_depth(facts: MachineFacts) -> float:
    """Return the depth of the bars of a cage [m]."""
    return facts.areas["bars"] / (0.5 * pi * facts.rotor_outer)


def carried_conductance(facts: MachineFacts, contacts: Contacts, carried: str, still: Fluid) -> float:
    """Return the conductance [W/K] from field winding, cage or magnets to the rotor's iron.

    A field coil gives its heat to the pole's flank and the shoe, through its own width; magnets and bars through their
    contact all around. Their shapes are assumed; where contacts rule this matters little.
    """
    contact = contacts.rotor_gap / still.conductivity
    if carried == "field-winding":
        assert facts.rotor_winding is not None
        width, height = coil_size(facts)
        metal = conductor(facts.rotor_winding.conductor).conductivity
        across = bundle_conductivity(_fill(facts.rotor_winding.slot_fill), metal, contacts.impregnation)
        each = width / (3 * across) + facts.slot_liner / contacts.liner + contact
        return 4 * facts.pole_pairs * (width + height) * facts.stack / each
    if carried == "cage":
        width = bar_depth(facts) / BAR_SLENDERNESS
        perimeter = 2 * facts.areas["bars"] / width * (1 + 1 / BAR_SLENDERNESS)
        return perimeter * facts.stack / contact
    thickness = sqrt(facts.areas["magnets"] / (4 * facts.pole_pairs) / MAGNET_SLENDERNESS)
    perimeter = 4 * facts.pole_pairs * 2 * (1 + MAGNET_SLENDERNESS) * thickness
    return perimeter * facts.stack / (thickness / (6 * magnet_heat(facts)[0]) + contact)


def magnet_heat(facts: MachineFacts) -> tuple[float, float]:
    """Return conductivity [W/(m K)] and heat capacity [J/(kg K)] of the magnets."""
    assert facts.magnet is not None
    found = magnet(facts.magnet)
    if found.conductivity is None or found.heat_capacity is None:
        raise InputError(f"machine.magnet: of '{facts.magnet}' conductivity or heat capacity is not known")
    return found.conductivity, found.heat_capacity


def _fill(fill: float) -> float:
    if not 0 < fill < 1:
        raise InputError(f"machine: a slot fill of {fill:g}; a share above 0 and below 1 is wanted")
    return fill
