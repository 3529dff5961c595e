"""Whether the rotor holds: stresses at overspeed, burst, growth, what steel does not hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coaxle.design.edu.checks.check import RULE, Case, Check, at_most, rpm
from coaxle.design.edu.checks.cuts import across, along, notch, polar
from coaxle.design.machine.facts import Kind, MachineFacts
from coaxle.design.machine.kinds import Eesm, Spm, draw
from coaxle.design.machine.kinds.eesm import coil_outline
from coaxle.design.machine.mesh import mesh
from coaxle.design.machine.section import SectorMesh
from coaxle.design.machine.stress import Elastic, RotorStress, rotor_stress
from coaxle.materials import conductor, magnet, solid, steel

OVERSPEED = 1.2
"""Of the highest speed, which a machine must stand."""
CUTS: dict[Kind, tuple[str, ...]] = {
    "eesm": ("the core", "pole necks"),
    "induction": ("the core", "teeth"),
    "ipm": ("bridges", "ribs"),
    "spm": ("the hub",),
    "synrm": ("bridges", "ribs"),
}
"""What cuts along a radius and along a circle go through."""
IEC_OVERSPEED = "IEC 60034-1, 9.7: 1.2 times the highest speed without lasting deformation"
NOTCH = 0.5e-3
"""Radius [m] over which stress is averaged: corners are drawn sharp and punched with a fillet of about that."""
ASME = "ASME BPVC VIII-2, 5.2.2.4: local membrane and bending stress up to 1.5 times 2/3 of yield"
BURST = 0.85
"""Mean hoop stress at which discs burst, over the strength of the steel."""
HALLINAN = "Robinson, Trans. ASME 66 (1944) 373, with Hallinan's factor 0.85; yield stands for strength"
GROWTH = 0.5
"""Of the gap, that the rim may grow by: of 0.4 mm the other half is some 0.07 mm for heat and 0.1 mm for what is not
round."""
COIL_PRESSURE = 60e6
"""At which soft copper yields [Pa]: beyond it the outer turns of a coil are pressed flat."""
SLEEVE_DENSITY, SLEEVE_STRENGTH = 1600.0, 1000e6
"""Of wound carbon fibre [kg/m3], and the hoop stress that it bears for long [Pa]."""


def rotor_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of the rotor's strength."""
    machine, known = case.unit.parts.machine, case.unit.facts
    meshed = mesh(draw(machine), case.settings.strength)
    stress = stresses(meshed, known)
    w = OVERSPEED * known.max_speed
    yield from steel_checks(meshed, stress, known)
    grown = stress.lift * w**2
    yield at_most(
        "growth of the rotor at overspeed",
        1e6 * grown,
        1e6 * GROWTH * known.gap,
        "um",
        f"gap {known.gap * 1e3:.2f} mm, {rpm(w)}; heat not counted",
        f"{RULE}: half of the gap",
    )
    if isinstance(machine, Eesm):
        yield _coil(machine, known, w)
    if isinstance(machine, Spm):
        yield _sleeve(machine, meshed, stress, w)


def stresses(meshed: SectorMesh, known: MachineFacts) -> RotorStress:
    """Return the stresses of a rotor; field coils and cages weigh what they hold of copper and resin."""
    sheet = steel(known.rotor_steel)
    densities: dict[str, float] = {}
    if known.magnet is not None:
        densities[known.magnet] = magnet(known.magnet).density
    if known.rotor_winding is not None:
        densities[known.rotor_winding.conductor] = _filled(known)
    elastic = Elastic(young=sheet.young, poisson=sheet.poisson, density=sheet.density)
    return rotor_stress(meshed, {known.rotor_steel: elastic}, densities)


def _filled(known: MachineFacts) -> float:
    """Return the density of a field coil or bar with what fills it [kg/m3]."""
    turning = known.rotor_winding
    if turning is None:
        return 0.0
    metal = conductor(turning.conductor).density
    if turning.style == "cage":
        return metal
    return turning.slot_fill * metal + (1 - turning.slot_fill) * solid("impregnation").density


def steel_checks(meshed: SectorMesh, stress: RotorStress, known: MachineFacts) -> Iterator[Check]:
    """Yield what the steel bears: at its notches, on its cuts, as a whole."""
    w, bears = OVERSPEED * known.max_speed, steel(known.rotor_steel).yield_strength
    scale, at = 1e-6 * w**2, rpm(w)
    local, place = notch(meshed, stress, NOTCH)
    yield at_most(
        "rotor stress at notches",
        1e-6 * local * known.max_speed**2,
        bears * 1e-6,
        "MPa",
        f"von Mises, mean over a disc of {NOTCH * 1e3:.1f} mm, at radius {float(np.hypot(*place)) * 1e3:.1f} mm, "
        f"{rpm(known.max_speed)}; {known.rotor_steel} yields there at {rpm(float(np.sqrt(bears / local)))}",
        ASME,
    )
    grid = polar(meshed, stress)
    for part, cut in zip(CUTS[known.kind], (across(grid), along(grid)), strict=False):
        yield at_most(
            f"rotor stress across {part}",
            cut.stress * scale,
            bears * 1e-6,
            "MPa",
            f"mean over a cut of {cut.length * 1e3:.2f} mm at radius {cut.radius * 1e3:.1f} mm, {at}",
            IEC_OVERSPEED,
        )
    yield at_most(
        "rotor burst",
        stress.tension * scale,
        BURST * bears * 1e-6,
        "MPa",
        f"mean hoop stress on a cut through the axis, {at}",
        HALLINAN,
    )


def coil_pressure(density: float, inner: float, outer: float, w: float) -> float:
    """Return the pressure [Pa] of a coil between two radii [m] on what holds it: rho w^2 (r_2^2 - r_1^2) / 2."""
    return 0.5 * density * w**2 * (outer**2 - inner**2)


def _coil(machine: Eesm, known: MachineFacts, w: float) -> Check:
    radii = [abs(point) for point in coil_outline(machine)]
    ahead = [point.real for point in coil_outline(machine)]
    inner, outer = min(ahead), max(radii)
    return at_most(
        "field coil, pressure under the shoe",
        1e-6 * coil_pressure(_filled(known), inner, outer, w),
        1e-6 * COIL_PRESSURE,
        "MPa",
        f"coil from {inner * 1e3:.1f} to {outer * 1e3:.1f} mm, {rpm(w)}; ends not counted",
        f"{RULE}: soft copper yields (EN 13601: at most 100 MPa for R200, less when annealed)",
    )


def _sleeve(machine: Spm, meshed: SectorMesh, stress: RotorStress, w: float) -> Check:
    """Return the hoop stress of a thin sleeve that holds the magnets; red without one."""
    radius, thick = meshed.section.rotor_outer, machine.rotor.sleeve
    pull = stress.loose * w**2 / meshed.section.angle
    if thick <= 0:
        return at_most(
            "magnets held at overspeed",
            1e-6 * pull / radius,
            0.0,
            "MPa",
            f"pull on the glue alone, {rpm(w)}; a sleeve is wanted",
            f"{RULE}: glue alone holds no magnet",
        )
    return at_most(
        "sleeve, hoop stress at overspeed",
        1e-6 * (pull / thick + SLEEVE_DENSITY * (radius * w) ** 2),
        1e-6 * SLEEVE_STRENGTH,
        "MPa",
        f"{thick * 1e3:.2f} mm, taken as carbon fibre, {rpm(w)}; shrink fit not counted",
        f"{RULE}: wound carbon fibre bears 1000 MPa for long",
    )
