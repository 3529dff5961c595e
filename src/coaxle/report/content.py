"""What a report is made of: handed over whole, computed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from coaxle.alliance.plan import Comparison
from coaxle.cycles.cycle import Cycle
from coaxle.errors import UseError
from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.project.project import Project
from coaxle.study.fits import Fits
from coaxle.vehicle.runs import Runs, Trace


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Scenario:
    """One scenario: the project with it laid over, and what was planned for it.

    ``name`` is its key in the project's scenarios, or a word for the project as written.
    """

    name: str
    project: Project
    comparison: Comparison


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Drive:
    """One carline with one powertrain over the cycle: row ``row`` of ``runs``, and the same in time."""

    carline: str
    powertrain: str
    runs: Runs
    row: int
    trace: Trace


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Content:
    """Everything that a report shows.

    Parameters
    ----------
    project : Project
        As the partners wrote it.
    scenarios : tuple of Scenario
        In the order in which they are compared.
    headline : str
        Name of the scenario that the report tells in full.
    fits : Fits
        Of the headline's project.
    cycle : Cycle
        That the fits and drives are on.
    maps : dict
        By name, every unit and battery that the drives use.
    drives : tuple of Drive
        Shown with their maps and energies; at least what the headline chose, alone and together.
    made : datetime
        When it was computed.
    version : str
        Of coaxle.
    digest : str
        Names the content of the input.
    settings : dict
        How well it was computed, name to value with unit.
    command : str
        That makes the report again; empty where there is none.

    Raises
    ------
    UseError
        Where the parts do not belong together.

    """

    project: Project
    scenarios: tuple[Scenario, ...]
    headline: str
    fits: Fits
    cycle: Cycle
    maps: dict[str, EduMap | EngineMap | BatteryMap]
    drives: tuple[Drive, ...]
    made: datetime
    version: str
    digest: str
    settings: dict[str, str] = field(default_factory=dict)
    command: str = ""

    def __post_init__(self) -> None:
        names = [scenario.name for scenario in self.scenarios]
        if self.headline not in names:
            raise UseError(
                f"report: headline is '{self.headline}'; one of {', '.join(names) or 'no scenarios'} is wanted"
            )
        if len(set(names)) != len(names):
            raise UseError(f"report: scenarios are named {', '.join(names)}; each name once is wanted")
        pairs = set(zip(self.fits.carlines, self.fits.powertrains, strict=True))
        comparison = self.told.comparison
        for plan in (*comparison.alone.values(), comparison.together):
            for carline, powertrain in plan.assignment.items():
                if (carline, powertrain) not in pairs:
                    raise UseError(
                        f"report: {carline} is given {powertrain}, which is not in the fits; a fit is wanted"
                    )
        for drive in self.drives:
            missing = [unit for unit in drive.trace.units if unit not in self.maps]
            if missing:
                raise UseError(f"report: {drive.trace.name} uses {missing[0]}, which is not among the maps")

    @property
    def told(self) -> Scenario:
        """Return the scenario that the report tells in full."""
        return next(scenario for scenario in self.scenarios if scenario.name == self.headline)
