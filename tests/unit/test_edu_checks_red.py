"""Each check turns red when the design is made bad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from coaxle.design.edu import Unit
from coaxle.design.edu.checks.balance import balance_checks
from coaxle.design.edu.checks.check import DRAFT_CHECKS, Case, Check
from coaxle.design.edu.checks.drive import drive_checks
from coaxle.design.edu.checks.excitation import excitation_checks
from coaxle.design.edu.checks.faults import fault_checks
from coaxle.design.edu.checks.loads import load_checks
from coaxle.design.edu.checks.magnets import magnet_checks
from coaxle.design.edu.checks.noise import noise_checks
from coaxle.design.edu.checks.rotor import rotor_checks
from coaxle.design.gearbox import Stage
from coaxle.design.machine.kinds import Spm
from coaxle.design.machine.kinds.spm import SurfaceRotor
from coaxle.design.machine.measure import facts
from edu_cases import interior_unit, inverter, wound_unit
from machine_cases import MM, RPM, model_3

CELSIUS = 273.15
Change = Callable[[Unit], Unit]


def line(group: Any, unit: Unit, name: str) -> Check:
    return next(each for each in group(Case(unit=unit, settings=DRAFT_CHECKS)) if each.name == name)


@cache
def good(group: Any, make: Any, name: str) -> Check:
    return line(group, make(), name)


def with_parts(unit: Unit, /, **changes: Any) -> Unit:
    return replace(unit, parts=replace(unit.parts, **changes))


def with_machine(unit: Unit, **changes: Any) -> Unit:
    machine = replace(unit.parts.machine, **changes)
    return replace(with_parts(unit, machine=machine), facts=facts(machine))


def faster(rpm: float) -> Change:
    return lambda unit: with_machine(unit, max_speed=rpm * RPM)


def with_layer(**changes: Any) -> Change:
    def change(unit: Unit) -> Unit:
        rotor = unit.parts.machine.rotor
        return with_machine(unit, rotor=replace(rotor, layers=(replace(rotor.layers[0], **changes),)))

    return change


def with_inverter(**changes: Any) -> Change:
    return lambda unit: with_parts(unit, inverter=inverter(**changes))


def with_facts(**changes: Any) -> Change:
    return lambda unit: replace(unit, facts=replace(unit.facts, **changes))


def with_winding(**changes: Any) -> Change:
    return lambda unit: replace(unit, facts=replace(unit.facts, winding=replace(unit.facts.winding, **changes)))


def with_field(**changes: Any) -> Change:
    return lambda unit: replace(
        unit, facts=replace(unit.facts, rotor_winding=replace(unit.facts.rotor_winding, **changes))
    )


def with_points(**factors: float) -> Change:
    """Return a change that multiplies tables of the operating points."""

    def change(unit: Unit) -> Unit:
        points = unit.operation.points
        scaled = {name: factor * getattr(points, name) for name, factor in factors.items()}
        return replace(unit, operation=replace(unit.operation, points=replace(points, **scaled)))

    return change


def with_yoke(height: float) -> Change:
    def change(unit: Unit) -> Unit:
        stator = unit.parts.machine.stator
        outer = stator.bore + 2 * (stator.slot.depth + height)
        return with_machine(unit, stator=replace(stator, outer_diameter=outer))

    return change


def with_limits(kelvin: float) -> Change:
    def change(unit: Unit) -> Unit:
        net = unit.endurance.network
        cooler = replace(net, limit=net.limit - kelvin)
        return replace(unit, endurance=replace(unit.endurance, network=cooler))

    return change


def tired(unit: Unit) -> Unit:
    rated = unit.endurance.ratings
    return replace(unit, endurance=replace(unit.endurance, ratings=replace(rated, torque=0.9 * rated.torque)))


def with_gearbox(**changes: Any) -> Change:
    return lambda unit: with_parts(unit, gearbox=replace(unit.parts.gearbox, **changes))


def narrow(unit: Unit) -> Unit:
    stages = tuple(replace(stage, width=0.4 * stage.width) for stage in unit.parts.gearbox.stages)
    return with_gearbox(stages=stages)(unit)


def at_24(unit: Unit) -> Unit:
    first, *rest = unit.parts.gearbox.stages
    assert isinstance(first, Stage)
    return with_gearbox(stages=(replace(first, pinion_teeth=24), *rest))(unit)


def with_ripple(unit: Unit, share: float) -> Unit:
    """A ripple that is a share of the largest torque everywhere."""
    flux = unit.flux
    ripple = np.full(flux.ripple.shape, share * float(np.max(unit.operation.torque)))
    return replace(unit, flux=replace(flux, ripple=ripple))


def calm() -> Unit:
    return with_ripple(wound_unit(), 0.03)


def rough(unit: Unit) -> Unit:
    return with_ripple(unit, 0.15)


def skewed(unit: Unit) -> Unit:
    """A linkage that grows with i_q alone."""
    flux = unit.flux
    return replace(unit, flux=replace(flux, psi_d=flux.psi_d + 1e-4 * flux.i_q[None, :, None]))


def hot_coolant(unit: Unit) -> Unit:
    design = unit.parts.unit
    return with_parts(unit, unit=replace(design, conditions=replace(design.conditions, coolant=150 + CELSIUS)))


def hot_magnets(unit: Unit) -> Unit:
    cooling = unit.parts.cooling
    return with_parts(unit, cooling=replace(cooling, limits=replace(cooling.limits, magnet=200 + CELSIUS)))


def weak_supply(unit: Unit) -> Unit:
    design = unit.parts.unit
    return with_parts(unit, unit=replace(design, supply=replace(design.supply, current=1.0)))


def weak_device(unit: Unit) -> Unit:
    return replace(unit, device=replace(unit.device, rated_current=300.0))


def one_loss_less(unit: Unit) -> Unit:
    return with_points(copper=0.9)(unit)


def map_with(loss: Callable[[np.ndarray], np.ndarray]) -> Change:
    """Return a change that puts losses into the map that its own checks would refuse."""

    def change(unit: Unit) -> Unit:
        made = replace(unit.map)
        object.__setattr__(made, "loss", loss(unit.map.loss))
        return replace(unit, map=made)

    return change


def waning(loss: np.ndarray) -> np.ndarray:
    return np.asarray(loss - 1e4 * np.arange(loss.shape[-1]))


ROTOR = [
    ("rotor stress at notches", interior_unit, faster(24_000)),
    ("rotor stress across bridges", interior_unit, with_layer(bridge=0.5 * MM, rib=0.5 * MM)),
    ("rotor stress across ribs", interior_unit, with_layer(rib=0.8 * MM)),
    ("rotor burst", interior_unit, faster(32_000)),
    ("growth of the rotor at overspeed", interior_unit, faster(32_000)),
    ("rotor stress at notches", wound_unit, faster(24_000)),
    ("rotor stress across the core", wound_unit, faster(40_000)),
    ("rotor stress across pole necks", wound_unit, faster(40_000)),
    ("field coil, pressure under the shoe", wound_unit, faster(20_000)),
]
FAULTS = [
    ("short circuit, steady current", interior_unit, with_inverter(max_current=300.0)),
    ("short circuit, braking torque", interior_unit, with_gearbox(max_torque=50.0)),
    ("short circuit, largest current", interior_unit, weak_device),
    ("uncontrolled generation", interior_unit, faster(24_000)),
    ("uncontrolled generation", interior_unit, with_inverter(device_voltage=500.0)),
]
FIELD = [
    ("field current density, peak", wound_unit, with_field(conductor_area=0.3e-6)),
    ("field current density, continuous", wound_unit, with_field(conductor_area=0.3e-6)),
    ("slip rings, speed", wound_unit, with_facts(rotor_inner=0.09)),
    ("field current at a stator short circuit", wound_unit, weak_supply),
]
LOADS = [
    ("pulse number at highest speed", interior_unit, with_inverter(switching_frequency=3e3)),
    ("stator current density, peak", interior_unit, with_winding(strands=7)),
    ("stator current density, continuous", interior_unit, with_winding(strands=7)),
    ("slot fill", interior_unit, with_winding(slot_fill=0.6)),
    ("flux density, yoke", interior_unit, with_yoke(9 * MM)),
    ("temperature of winding, continuous", interior_unit, with_limits(60.0)),
    ("temperature of magnets, continuous", interior_unit, with_limits(60.0)),
    ("temperature of field-winding, continuous", wound_unit, with_limits(120.0)),
    ("peak torque for 10 s", wound_unit, tired),
]
NOISE = [
    ("stator mode of the lowest radial force", interior_unit, with_facts(yoke_height=2 * MM)),
    ("stator mode of order 0", interior_unit, with_points(frequency=2.0)),
    ("mesh orders apart from machine orders", wound_unit, at_24),
    ("torque ripple at peak torque", calm, rough),
    ("torque ripple at continuous torque", calm, rough),
]
DRIVE = [
    ("gears, pitting at peak torque", wound_unit, narrow),
    ("gears, bending at peak torque", wound_unit, narrow),
    ("hill hold for 10 s", interior_unit, hot_coolant),
    ("junction in the map", interior_unit, with_inverter(device_junction=100 + CELSIUS)),
]
BALANCE = [
    ("power at the machine's terminals", interior_unit, one_loss_less),
    ("energy closes", interior_unit, one_loss_less),
    ("no negative loss", interior_unit, with_points(iron_teeth=-1.0)),
    ("no efficiency above 1", interior_unit, map_with(lambda loss: -loss)),
    ("electric power rises with torque", interior_unit, map_with(waning)),
    ("flux map is reciprocal", interior_unit, skewed),
]


def rows() -> list[Any]:
    groups = (
        (rotor_checks, ROTOR),
        (fault_checks, FAULTS),
        (excitation_checks, FIELD),
        (load_checks, LOADS),
        (noise_checks, NOISE),
        (drive_checks, DRIVE),
        (balance_checks, BALANCE),
        (magnet_checks, [("demagnetisation at peak current", interior_unit, hot_magnets)]),
    )
    return [
        pytest.param(g, *row, id=f"{row[0]}-{row[1].__name__}-{n}") for g, each in groups for n, row in enumerate(each)
    ]


@pytest.mark.parametrize(("group", "name", "make", "change"), rows())
def test_a_bad_design_is_red(group, name, make, change):
    before, after = good(group, make, name), line(group, change(make()), name)
    assert not after.passed, after
    assert before.passed or before.value != after.value or before.limit != after.limit


def test_green_before():
    """Most of what is made bad above was good: red is not the only colour of a line."""
    told = [(name, good(group, make, name).passed) for group, name, make, _ in (row.values for row in rows())]
    red = {name for name, passed in told if not passed}
    assert red <= {"short circuit, steady current", "short circuit, largest current"} | {
        "field current at a stator short circuit"
    }


def test_magnets_on_the_surface_want_a_sleeve():
    """Without one there is nothing but glue; with 2 mm of carbon fibre a small rotor holds."""

    def spm(sleeve: float) -> Unit:
        from_ = model_3()
        machine = Spm(
            kind="spm", pole_pairs=3, stack=from_.stack, stacking=from_.stacking, gap=1 * MM, shaft_diameter=60 * MM,
            max_speed=12_000 * RPM, stator=from_.stator, winding=from_.winding, source="test",
            rotor=SurfaceRotor(
                thickness=5 * MM, edge_thickness=4 * MM, span=0.85, magnetisation="parallel", sleeve=sleeve,
                magnet="N45SH", steel="M270-35A",
            ),
        )  # fmt: skip
        return replace(with_parts(interior_unit(), machine=machine), facts=facts(machine))

    bare = line(rotor_checks, spm(0.0), "magnets held at overspeed")
    assert not bare.passed
    assert bare.value > 0
    assert line(rotor_checks, spm(2 * MM), "sleeve, hoop stress at overspeed").passed
    assert not line(rotor_checks, spm(0.2 * MM), "sleeve, hoop stress at overspeed").passed
