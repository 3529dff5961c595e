"""Which powertrain fits which carline: every pair driven and accelerated at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.errors import UseError
from coaxle.numerics.rows import Executor, Threads
from coaxle.study.fits import Fits
from coaxle.study.needs import Needs
from coaxle.vehicle.backward import drive
from coaxle.vehicle.performance import PerformanceSettings, perform
from coaxle.vehicle.powertrain import Bev, Vehicle
from coaxle.vehicle.runs import Ended, Performance, Runs
from coaxle.vehicle.settings import DriveSettings

KMH = 1 / 3.6


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Candidate:
    """A carline with one powertrain that it may take.

    ``cost`` is that of the powertrain's parts, NaN where one is unknown; ``objections`` says in words what already
    speaks against the pair before it is driven, such as a gearbox too weak for its engine.
    """

    carline: str
    powertrain: str
    vehicle: Vehicle
    needs: Needs
    cost: float
    objections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSettings:
    """How well to compute the fits."""

    drive: DriveSettings = field(default_factory=DriveSettings)
    performance: PerformanceSettings = field(default_factory=PerformanceSettings)


def fit(
    candidates: Sequence[Candidate],
    cycle: Cycle,
    settings: FitSettings | None = None,
    where: Executor | None = None,
) -> Fits:
    """Drive and accelerate every candidate, and say which meet their carline's needs.

    Parameters
    ----------
    candidates : sequence of Candidate, (N,)
        Pairs to compare.
    cycle : Cycle
        What each must follow.
    settings : FitSettings, optional
        State at the start and step sizes.
    where : Executor, optional
        Who computes; threads of this process by default.

    Returns
    -------
    Fits, (N,)
        In the order of the candidates.

    """
    if not candidates:
        raise UseError("fit: no candidates; at least one carline with one powertrain is wanted")
    settings = settings or FitSettings()
    where = where or Threads()
    vehicles = [candidate.vehicle for candidate in candidates]
    runs = drive(vehicles, cycle, settings.drive, where)
    can = perform(vehicles, settings.performance, where)
    electric = np.array([isinstance(vehicle.powertrain, Bev) for vehicle in vehicles])
    reach = np.array([_range(vehicle, runs, i) for i, vehicle in enumerate(vehicles)])
    reasons = tuple(_reasons(candidate, runs, can, reach, i) for i, candidate in enumerate(candidates))
    return Fits(
        cycle=cycle.name,
        carlines=tuple(candidate.carline for candidate in candidates),
        powertrains=tuple(candidate.powertrain for candidate in candidates),
        feasible=np.array([not why for why in reasons]),
        reasons=reasons,
        electric=electric,
        mass=np.array([vehicle.mass for vehicle in vehicles]),
        energy=runs.wall_energy,
        fuel=runs.fuel_consumption,
        emission=runs.emission,
        range=reach,
        zero_to_100=can.zero_to_100,
        eighty_to_120=can.eighty_to_120,
        top_speed=can.top_speed,
        gradeability=can.gradeability,
        cost=np.array([candidate.cost for candidate in candidates]),
        ended=runs.ended,
    )


def _range(vehicle: Vehicle, runs: Runs, i: int) -> float:
    """Distance [m] on the window of the battery at the mean chemical consumption of the cycle; NaN for combustion."""
    if not isinstance(vehicle.powertrain, Bev):
        return float("nan")
    drawn = float(runs.total("source")[i]) / float(runs.distance[i].sum())
    return vehicle.powertrain.battery.energy_usable / drawn


def _reasons(candidate: Candidate, runs: Runs, can: Performance, reach: np.ndarray, i: int) -> tuple[str, ...]:
    needs, why = candidate.needs, list(candidate.objections)
    if runs.ended[i] != Ended.OK:
        speed, power = runs.miss_speed[i] / KMH, runs.miss_power[i] / 1e3
        why.append(
            f"does not follow {runs.cycle} ({Ended(int(runs.ended[i])).name}): {speed:.1f} km/h and {power:.1f} kW "
            f"short for {runs.miss_time[i]:.0f} s, first at {runs.miss_first[i]:.0f} s"
        )
    if needs.zero_to_100 is not None and not can.zero_to_100[i] <= needs.zero_to_100:
        why.append(f"0-100 km/h {_or_never(can.zero_to_100[i], 's')}; {needs.zero_to_100:.1f} s is wanted")
    if needs.top_speed is not None and not can.top_speed[i] >= needs.top_speed:
        reached, wanted = can.top_speed[i] / KMH, needs.top_speed / KMH
        why.append(f"top speed {_or_never(reached, 'km/h', 0)}; {wanted:.0f} km/h is wanted")
    if needs.gradeability is not None and not can.gradeability[i] >= needs.gradeability:
        climbed, wanted = 100 * can.gradeability[i], 100 * needs.gradeability
        why.append(f"climbs {_or_never(climbed, '%', 0)}; {wanted:.0f} % is wanted")
    if needs.range is not None and isinstance(candidate.vehicle.powertrain, Bev) and not reach[i] >= needs.range:
        why.append(f"range {reach[i] / 1e3:.0f} km; {needs.range / 1e3:.0f} km is wanted")
    return tuple(why)


def _or_never(value: float, unit: str, digits: int = 1) -> str:
    return f"{value:.{digits}f} {unit}" if np.isfinite(value) else "not reached"
