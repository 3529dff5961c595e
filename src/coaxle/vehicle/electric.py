"""Electric cars over a cycle: laid out for the kernels, driven, and put together as Runs."""

from __future__ import annotations

from functools import partial

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.errors import UseError
from coaxle.numerics.arrays import Array
from coaxle.numerics.rows import Executor
from coaxle.vehicle.kernels import electric as e
from coaxle.vehicle.kernels.lanes import LANES, SLOTS, stream
from coaxle.vehicle.packing import pack_batteries, pack_cars, pack_cycle, pack_units
from coaxle.vehicle.runs import ENERGIES, Runs
from coaxle.vehicle.settings import DriveSettings
from coaxle.vehicle.vehicles import Vehicles

NO_HISTORY = np.empty((6, 0))


def drive_electric(vehicles: Vehicles, cycle: Cycle, settings: DriveSettings, where: Executor) -> Runs:
    """Drive every row over the cycle.

    All rows go through the fast kernel; those that meet a limit anywhere are driven again by the careful one.

    Raises
    ------
    UseError
        Where the state of charge to start with lies outside the window of a row's battery.

    """
    check_start(vehicles, settings)
    steps = pack_cycle(cycle)
    cars = pack_cars(vehicles, settings.soc, steps)
    units = pack_units(vehicles.axles)
    batteries = pack_batteries(vehicles.batteries)
    totals = new_totals(len(vehicles), len(cycle.phases))
    where.over(len(vehicles), partial(_work, steps, cars, units, batteries, totals))
    wall = wall_energy(vehicles, cars.figures[:, e.SOC], totals)
    missed = totals.misses[:, e.TIME] > 0
    nothing = np.zeros_like(wall)
    return Runs(
        names=vehicles.names,
        cycle=cycle.name,
        phases=cycle.phases,
        energy=totals.energy,
        distance=totals.distance,
        wall=wall,
        fuel=nothing,
        co2=nothing,
        fuel_volume=nothing,
        ended=totals.ended,
        miss_speed=totals.misses[:, e.SPEED],
        miss_power=totals.misses[:, e.POWER],
        miss_time=totals.misses[:, e.TIME],
        miss_first=np.where(missed, totals.misses[:, e.FIRST], np.nan),
        soc_end=totals.misses[:, e.SOC_END],
    )


def check_start(vehicles: Vehicles, settings: DriveSettings) -> None:
    """Raise UseError where a row cannot start at the state of charge that is asked for."""
    if settings.soc is None:
        return
    for place, battery in enumerate(vehicles.batteries):
        rows = np.flatnonzero(vehicles.battery == place)
        if rows.size and not battery.soc_min <= settings.soc <= battery.soc_max:
            raise UseError(
                f"settings.soc: {settings.soc:g}; {vehicles.names[rows[0]]} uses its battery from {battery.soc_min:g} "
                f"to {battery.soc_max:g}"
            )


def new_totals(rows: int, phases: int) -> e.Totals:
    """Return room for the results of ``rows`` cars, all of them still to be driven."""
    return e.Totals(
        energy=np.zeros((rows, phases, len(ENERGIES))),
        distance=np.zeros((rows, phases)),
        misses=np.zeros((rows, 5)),
        ended=np.full(rows, e.AGAIN, np.int64),
    )


def _work(
    steps: e.Steps, cars: e.Cars, units: e.Units, batteries: e.Batteries, totals: e.Totals, first: int, last: int
) -> None:
    given = (tuple(steps), tuple(cars), tuple(units), tuple(batteries), tuple(totals))
    stream(first, last, *given, np.zeros(SLOTS * LANES))
    e.follow(first, last, *given, NO_HISTORY)


def wall_energy(vehicles: Vehicles, soc_start: Array, totals: e.Totals) -> Array:
    """Return the energy that a charger takes from the wall to put back what each phase drew (N, P) [J].

    The charger passes ``power * efficiency`` on to the terminals, P = U I + R I^2 with I the current of charging; of
    that, U I is stored. Voltage and resistance are those halfway between the states at the start and at the end.
    A phase that gained energy counts negative.
    """
    halfway = 0.5 * (soc_start + totals.misses[:, e.SOC_END])
    factor = np.empty(len(vehicles))
    for place, battery in enumerate(vehicles.batteries):
        rows = np.flatnonzero(vehicles.battery == place)
        u = np.interp(halfway[rows], battery.soc, battery.voltage)
        r = np.interp(halfway[rows], battery.soc, battery.resistance)
        power = vehicles.charger_power[rows] * vehicles.charger_efficiency[rows]
        current = 2.0 * power / (u + np.sqrt(u * u + 4.0 * r * power))
        factor[rows] = (1.0 + r * current / u) / vehicles.charger_efficiency[rows]
    return totals.energy[:, :, e.SOURCE] * factor[:, None]
