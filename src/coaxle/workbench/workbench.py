"""The workbench: everything that a project can be asked, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coaxle.alliance.plan import Comparison, Plan
from coaxle.alliance.solve import PlanSettings, compare, plan
from coaxle.cycles.cycle import Cycle
from coaxle.cycles.legal import legal
from coaxle.design.edu import DESIGN_UNIT, PartsEdu, PartsSettings, Unit
from coaxle.errors import UseError
from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.maps.files import Map
from coaxle.numerics.digest import digest
from coaxle.project.names import did_you_mean
from coaxle.project.project import Project
from coaxle.project.read import read as read_project
from coaxle.study.fit import Candidate, FitSettings, fit
from coaxle.study.fits import Fits
from coaxle.vehicle.backward import drive, trace
from coaxle.vehicle.performance import PerformanceSettings, perform
from coaxle.vehicle.powertrain import Vehicle
from coaxle.vehicle.runs import Performance, Runs, Trace
from coaxle.vehicle.settings import DriveSettings
from coaxle.workbench.assembly import Assembly
from coaxle.workbench.programmes import alliance
from coaxle.workbench.units import Tell, computed


@dataclass(slots=True)
class Store:
    """What the scenarios of one project share, each thing under the digest of what it follows from."""

    maps: dict[str, Map] = field(default_factory=dict)
    fits: dict[str, Fits] = field(default_factory=dict)


class Workbench:
    """A project, one scenario laid over it, and what follows from both; each thing is computed once.

    Parameters
    ----------
    project : Project
        What the partners wrote.
    path : Path
        The file it was read from; maps that it names are found beside it.
    scenario : str, optional
        Name of the scenario that is laid over it.
    store : Store, optional
        Shared with the workbenches of other scenarios.

    """

    def __init__(self, project: Project, path: Path, scenario: str | None = None, store: Store | None = None) -> None:
        self.project = project
        self.path = path
        self.scenario = scenario
        self._store = store or Store()
        self._parts = Assembly(project, path.parent, self._store.maps)

    def edu(self, name: str) -> EduMap:
        """Return the map of a drive unit."""
        return self._parts.edu(_known(name, self.project.edus, "edus"))

    def unit(self, name: str, settings: PartsSettings = DESIGN_UNIT, tell: Tell | None = None) -> Unit:
        """Return a drive unit that is made of parts, with all that stands behind its map."""
        entry = self.project.edus[_known(name, self.project.edus, "edus")]
        if not isinstance(entry, PartsEdu):
            raise UseError(f"edus.{name}: is of kind '{entry.kind}'; only a unit of kind 'parts' has more than its map")
        return computed(self._parts.parts(name, entry), settings, tell)

    def engine(self, name: str) -> EngineMap:
        """Return the map of an engine."""
        return self._parts.engine(_known(name, self.project.engines, "engines"))

    def battery(self, name: str) -> BatteryMap:
        """Return the map of a battery."""
        return self._parts.battery(_known(name, self.project.batteries, "batteries"))

    def units(self, powertrain: str) -> tuple[str, ...]:
        """Return the names of the drive units of a powertrain, or of its engine."""
        return self._parts.units(_known(powertrain, self.project.powertrains, "powertrains"))

    def vehicle(self, carline: str, powertrain: str) -> Vehicle:
        """Return a carline with one of the powertrains that it may take."""
        entry = self.project.carlines[_known(carline, self.project.carlines, "carlines")]
        return self._parts.vehicle(carline, _known(powertrain, entry.options, f"carlines.{carline}.options"))

    def cycle(self, name: str | None = None) -> Cycle:
        """Return a legal cycle by name, or the one of the project's rules."""
        return legal(name or self.project.rules.cycle)

    def drive(
        self,
        carline: str,
        powertrain: str,
        cycle: str | Cycle | None = None,
        settings: DriveSettings | None = None,
    ) -> Runs:
        """Drive one car over a cycle; N = 1."""
        return drive([self.vehicle(carline, powertrain)], self._cycle(cycle), settings or DriveSettings())

    def trace(
        self,
        carline: str,
        powertrain: str,
        cycle: str | Cycle | None = None,
        settings: DriveSettings | None = None,
    ) -> Trace:
        """Drive one car over a cycle and keep what happens in time."""
        return trace(self.vehicle(carline, powertrain), self._cycle(cycle), settings or DriveSettings())

    def perform(self, carline: str, powertrain: str, settings: PerformanceSettings | None = None) -> Performance:
        """Accelerate and climb with one car; N = 1."""
        return perform([self.vehicle(carline, powertrain)], settings or PerformanceSettings())

    def pairs(self, carlines: Iterable[str] | None = None) -> Iterator[tuple[str, str]]:
        """Yield each carline with each powertrain that it may take."""
        for carline in self.project.carlines if carlines is None else carlines:
            entry = self.project.carlines[_known(carline, self.project.carlines, "carlines")]
            for powertrain in entry.options:
                yield carline, powertrain

    def candidates(self, carlines: Iterable[str] | None = None) -> Sequence[Candidate]:
        """Return each carline with each powertrain that it may take, ready to be driven."""
        return [
            Candidate(
                carline=carline,
                powertrain=powertrain,
                vehicle=self._parts.vehicle(carline, powertrain),
                needs=self.project.carlines[carline].needs,
                cost=self._parts.cost(powertrain),
                objections=self._parts.objections(carline, powertrain),
            )
            for carline, powertrain in self.pairs(carlines)
        ]

    def fit(self, settings: FitSettings | None = None, cycle: str | None = None) -> Fits:
        """Return the table of all fits on a cycle (default: the one of the rules)."""
        settings = settings or FitSettings()
        candidates, over = self.candidates(), self.cycle(cycle)
        key = digest(candidates, over, settings)
        if key not in self._store.fits:
            self._store.fits[key] = fit(candidates, over, settings)
        return self._store.fits[key]

    def plan(self, settings: PlanSettings | None = None, partners: tuple[str, ...] | None = None) -> Plan:
        """Return the plan of least cost for these partners together (default: all)."""
        return plan(alliance(self.project, self._parts), self.fit(), partners, settings or PlanSettings())

    def compare(self, settings: PlanSettings | None = None) -> Comparison:
        """Return the plans of each partner alone and of all together."""
        return compare(alliance(self.project, self._parts), self.fit(), settings or PlanSettings())

    def with_scenario(self, name: str | None) -> Workbench:
        """Return a workbench on the same file with another scenario laid over it (None: the base)."""
        if name == self.scenario:
            return self
        return Workbench(read_project(self.path, name), self.path, name, self._store)

    def _cycle(self, cycle: str | Cycle | None) -> Cycle:
        return cycle if isinstance(cycle, Cycle) else self.cycle(cycle)


def read(path: str | Path, scenario: str | None = None) -> Workbench:
    """Read a project file and lay a scenario over it.

    Raises
    ------
    ProjectError
        With every problem of the file at once.

    """
    path = Path(path)
    return Workbench(read_project(path, scenario), path, scenario)


def _known(name: str, names: Iterable[str], section: str) -> str:
    known = list(names)
    if name in known:
        return name
    raise UseError(f"'{name}' is not in {section}{did_you_mean(name, known)}")
