"""The parts that the records name: those of the library and those that only the validation needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coaxle.design.battery import Battery
from coaxle.design.edu import Edu, LossModel, PartsEdu
from coaxle.design.engine import Combustion, Engine
from coaxle.design.gearbox import Gearbox
from coaxle.design.inverter import Inverter
from coaxle.design.machine.kinds import Machine
from coaxle.design.thermal import Cooling
from coaxle.errors import ProjectError
from coaxle.project.files import assemble
from coaxle.project.fill import Filling
from coaxle.project.project import Project
from coaxle.project.read import sections_of
from coaxle.project.shapes import record
from coaxle.vehicle.powertrain import Transmission

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Entries by name, of the sections of a project that hold parts."""

    combustions: dict[str, Combustion]
    loss_models: dict[str, LossModel]
    engines: dict[str, Engine]
    machines: dict[str, Machine]
    inverters: dict[str, Inverter]
    gearboxes: dict[str, Gearbox]
    coolings: dict[str, Cooling]
    edus: dict[str, Edu | PartsEdu]
    batteries: dict[str, Battery]
    transmissions: dict[str, Transmission]


@cache
def parts() -> Parts:
    """Return the library with ``data/parts.yaml`` laid over it."""
    shape = record(Project)
    assembly = assemble(DATA / "parts.yaml", sections_of(shape))
    filled = Filling(shape).parts(assembly.root, whole=False)
    problems = [*assembly.problems, *filled.problems]
    if problems:
        raise ProjectError(dict.fromkeys(problems))
    sections: dict[str, Any] = filled.value
    return Parts(**{name: sections[name] for name in Parts.__dataclass_fields__})
