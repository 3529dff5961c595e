"""From a project file to everything that its report shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from coaxle import __version__
from coaxle.alliance.plan import Comparison
from coaxle.alliance.solve import PlanSettings
from coaxle.maps import BatteryMap, EduMap, EngineMap
from coaxle.numerics.digest import digest
from coaxle.project.project import BevEntry
from coaxle.report.content import Content, Drive, Scenario
from coaxle.study.fit import FitSettings
from coaxle.workbench.workbench import Workbench

BASE = "as written"
"""What a report calls the project without a scenario."""


def gather(
    bench: Workbench,
    headline: str | None = None,
    settings: PlanSettings | None = None,
    command: str = "",
    step: Callable[[str], AbstractContextManager[None]] | None = None,
) -> Content:
    """Compute everything that a report shows: the fits, a plan for each scenario, the drives of what was chosen.

    Parameters
    ----------
    bench : Workbench
        On the project as written, without a scenario.
    headline : str, optional
        Scenario that the report tells in full; the project as written by default.
    settings : PlanSettings, optional
        How well to plan.
    command : str
        That makes the report again.
    step : callable, optional
        Called with what is under way, for showing progress.

    """
    step = step or (lambda _: nullcontext())
    settings = settings or PlanSettings()
    scenarios = []
    benches = {}
    for name in (None, *bench.project.scenarios):
        told = name or BASE
        benches[told] = bench.with_scenario(name)
        with step(f"{told}: driving every carline with every powertrain that it may take"):
            benches[told].fit()
        with step(f"{told}: planning each partner alone and all together"):
            comparison = benches[told].compare(settings)
        scenarios.append(Scenario(name=told, project=benches[told].project, comparison=comparison))
    told = headline or BASE
    chosen = benches[told]
    with step(f"{told}: drawing"):
        drives = _drives(chosen, next(s.comparison for s in scenarios if s.name == told))
    return Content(
        project=bench.project,
        scenarios=tuple(scenarios),
        headline=told,
        fits=chosen.fit(),
        cycle=chosen.cycle(),
        maps=_maps(chosen, {drive.powertrain for drive in drives}),
        drives=drives,
        made=datetime.now().astimezone().replace(microsecond=0),
        version=__version__,
        digest=digest(bench.project),
        settings=_settings(settings),
        command=command,
    )


def _drives(bench: Workbench, comparison: Comparison) -> tuple[Drive, ...]:
    plans = (*comparison.alone.values(), comparison.together)
    pairs = dict.fromkeys(pair for plan in plans for pair in sorted(plan.assignment.items()))
    return tuple(
        Drive(
            carline=carline,
            powertrain=powertrain,
            runs=bench.drive(carline, powertrain),
            row=0,
            trace=bench.trace(carline, powertrain),
        )
        for carline, powertrain in pairs
    )


def _maps(bench: Workbench, powertrains: Iterable[str]) -> dict[str, EduMap | EngineMap | BatteryMap]:
    maps: dict[str, EduMap | EngineMap | BatteryMap] = {}
    for powertrain in sorted(powertrains):
        entry = bench.project.powertrains[powertrain]
        for unit in bench.units(powertrain):
            maps[unit] = bench.edu(unit) if unit in bench.project.edus else bench.engine(unit)
        if isinstance(entry, BevEntry):
            maps[entry.battery] = bench.battery(entry.battery)
    return maps


def _settings(plan: PlanSettings) -> dict[str, str]:
    fit = FitSettings()
    state = "the upper end of its window" if fit.drive.soc is None else f"{fit.drive.soc:.0%}"
    return {
        "a plan is finished when proven within": f"{plan.gap / 1e6:g} MEUR",
        "or after": f"{plan.time_limit:g} s",
        "engines start": f"with {fit.drive.warmth:.0%} of their warm-up done",
        "batteries start at": state,
        "step of acceleration runs": f"{fit.performance.step * 1e3:g} ms",
    }
