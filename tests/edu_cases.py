"""Whole drive units for the tests, one with a wound rotor and one with magnets inside, of machines of cars."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import cos, pi, sin
from types import SimpleNamespace
from typing import Any

import numpy as np

from coaxle.design import gearbox as gears
from coaxle.design.edu import Conditions, EduParts, PartsEdu, PartsSettings, Supply, Unit, assemble, flux_of
from coaxle.design.edu.checks.field import Linked
from coaxle.design.inverter import Inverter
from coaxle.design.machine.flux import DRAFT
from coaxle.design.machine.section import Region, Section, SectorMesh
from coaxle.design.thermal import (
    Contacts,
    HollowShaft,
    Jacket,
    JacketSprayCooling,
    Limits,
    Spray,
)
from machine_cases import RPM, model_3, zoe

CELSIUS = 273.15
MM, LITRE_A_MINUTE = 1e-3, 1e-3 / 60
SMALL = PartsSettings(flux=DRAFT, speeds=9, torques=21, control_torques=24)


def cooling(**limits: float) -> JacketSprayCooling:
    """Return a jacket, and oil on the ends and through the shaft."""
    oil = {"fluid": "70w-75w", "inlet": 80 + CELSIUS}
    hottest: dict[str, Any] = {"winding": 180 + CELSIUS, "hot_spot": 1.15} | limits
    return JacketSprayCooling(
        kind="jacket-and-spray",
        jacket=Jacket(
            fluid="water-glycol-50",
            flow=10 * LITRE_A_MINUTE,
            inlet=65 + CELSIUS,
            turns=8,
            parallel=1,
            width=16 * MM,
            height=6 * MM,
            land=4 * MM,
            wall=4 * MM,
        ),
        spray=Spray(flow=4 * LITRE_A_MINUTE, end_winding=300.0, stack=0.0, rotor_end=300.0, **oil),
        shaft=HollowShaft(flow=2 * LITRE_A_MINUTE, bore=20 * MM, coefficient=1000.0, **oil),
        contacts=Contacts(
            housing_gap=0.02 * MM, liner_gap=0.02 * MM, rotor_gap=0.03 * MM, impregnation=0.25, liner=0.2
        ),
        limits=Limits(**hottest),
        housing_mass=11.0,
        source="test",
    )


def inverter(**changes: Any) -> Inverter:
    figures: dict[str, Any] = {
        "device": "igbt-750-820", "switching_frequency": 10e3, "dead_time": 2e-6, "max_current": 850.0,
        "standby": 30.0, "mass": 10.0, "cost": 700.0, "source": "test",
    }  # fmt: skip
    return Inverter(**(figures | changes))


def unit_design(rotor: float, **changes: Any) -> PartsEdu:
    conditions = Conditions(
        winding=90 + CELSIUS, rotor=rotor + CELSIUS, oil=70 + CELSIUS, coolant=65 + CELSIUS, build_factor=1.25
    )
    figures: dict[str, Any] = {
        "kind": "parts", "owner": "own", "family": "f", "machine": "m", "inverter": "i", "gearbox": "g",
        "cooling": "c", "voltage": 360.0, "voltage_margin": 60.0, "conditions": conditions, "mass": 8.0,
        "standby": 60.0, "source": "test",
    }  # fmt: skip
    return PartsEdu(**(figures | changes))


def wound(**changes: Any) -> EduParts:
    """Return a unit with the Zoe's machine."""
    supply = Supply(kind="brushes", current=16.0, voltage_drop=2.0, efficiency=0.95)
    parts = EduParts(
        name="wound",
        unit=unit_design(90.0, current=380.0, supply=supply, torque_limit=220.0, power_limit=80e3),
        machine=zoe(),
        inverter=inverter(),
        gearbox=gears.size(220.0, 9.3),
        cooling=cooling(rotor=180 + CELSIUS),
    )
    return replace(parts, **changes)


def interior(**changes: Any) -> EduParts:
    """Return a unit with the Model 3's machine, unskewed, of twice as many turns in series."""
    machine = model_3()
    parts = EduParts(
        name="interior",
        unit=unit_design(100.0, current=600.0, torque_limit=300.0),
        machine=replace(machine, skew=None, max_speed=14_000 * RPM, winding=replace(machine.winding, parallel_paths=3)),
        inverter=inverter(),
        gearbox=gears.size(300.0, 9.0),
        cooling=cooling(magnet=140 + CELSIUS),
    )
    return replace(parts, **changes)


@cache
def wound_unit() -> Unit:
    parts = wound()
    return assemble(parts, flux_of(parts, SMALL), SMALL)


@cache
def interior_unit() -> Unit:
    parts = interior()
    return assemble(parts, flux_of(parts, SMALL), SMALL)


def ring_mesh(
    radial: int, around: int, band: tuple[float, float] | None = None, bore: float = 0.03, outer: float = 0.08
) -> SectorMesh:
    """Return a sector of 60 degrees of a rotor that is a ring; between the radii ``band`` it is a magnet."""
    angle = pi / 3
    radii, angles = np.linspace(bore, outer, radial + 1), np.linspace(0.0, angle, around + 1)
    nodes = np.array([[r * cos(a), r * sin(a)] for a in angles for r in radii])
    quads = [j * (radial + 1) + i for j in range(around) for i in range(radial)]
    corners = [(n, n + 1, n + radial + 2, n + radial + 1) for n in quads]
    triangles = np.array([t for a, b, c, d in corners for t in ((a, b, c), (a, c, d))], np.int32)
    outline = np.zeros((3, 2))
    section = Section(
        regions=(
            Region(name="ring", part="rotor-iron", side="rotor", outline=outline, material="sheet"),
            Region(name="band", part="magnet", side="rotor", outline=outline, material="ndfeb"),
        ),
        circuits=(),
        pole_pairs=3,
        poles=1,
        angle=angle,
        slots=1,
        bore=outer + 1e-3,
        rotor_outer=outer,
        inner=bore,
        outer=outer + 0.02,
        phase_axis=0.0,
        rotor_axis=0.0,
    )
    middle = np.hypot(*nodes[triangles].mean(axis=1).T)
    region = np.zeros(len(triangles), np.int32)
    if band is not None:
        region[(middle > band[0]) & (middle < band[1])] = 1
    none = np.zeros(0, np.int32)
    return SectorMesh(
        section=section,
        nodes=nodes,
        triangles=triangles,
        region=region,
        stator_triangles=0,
        rotor_ring=none,
        stator_ring=none,
        low=none,
        high=none,
        fixed=none,
    )


class LinearMachine:
    """What stands in for a probe: psi_d = L_d i_d + M i_f + psi_m, psi_q = L_q i_q, psi_f = 3/2 M i_d + L_f i_f."""

    def __init__(
        self, l_d: float, l_q: float, psi_m: float = 0.0, m: float = 0.0, l_f: float = 0.0, pole_pairs: int = 3
    ) -> None:
        self.l_d, self.l_q, self.psi_m, self.m, self.l_f = l_d, l_q, psi_m, m, l_f
        self.ready = SimpleNamespace(facts=SimpleNamespace(pole_pairs=pole_pairs))

    def at(self, i_d: Any, i_q: Any, i_f: Any = 0.0) -> Linked:
        i_d, i_q, i_f = np.broadcast_arrays(*(np.atleast_1d(np.asarray(i, float)) for i in (i_d, i_q, i_f)))
        return Linked(
            psi_d=self.l_d * i_d + self.m * i_f + self.psi_m,
            psi_q=self.l_q * i_q,
            psi_f=1.5 * self.m * i_d + self.l_f * i_f,
            b=None,
        )
