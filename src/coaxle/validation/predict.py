"""What the cars of the records spend, predicted with one set of class parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coaxle.cycles.legal import legal
from coaxle.design.engine import EngineSettings
from coaxle.numerics.arrays import Array
from coaxle.validation.approvals import Approval, Sprint, european
from coaxle.validation.cars import Garage
from coaxle.validation.classes import Classes
from coaxle.validation.records import CombustionRecord, ElectricRecord
from coaxle.vehicle.backward import drive
from coaxle.vehicle.performance import perform
from coaxle.vehicle.powertrain import Vehicle
from coaxle.vehicle.settings import DriveSettings

SOC = 0.6
"""State of charge at the start of every cycle [-]; the tests run from full to empty, this is about their mean."""
COLD, HOT = DriveSettings(warmth=0.0), DriveSettings(warmth=1.0)
FTP_WEIGHTS = (0.43, 0.57)
"""Of the two halves of the FTP-75: cold transient and stabilised, hot transient and stabilised (40 CFR 1066.820)."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class TwoCycle:
    """Predictions of the US cycles, (N,) each, and of the bags of the FTP (N, 3); fuel [m3/m]."""

    ftp: Array
    hwfet: Array
    bags: Array


def electric_cycles(records: Sequence[ElectricRecord], classes: Classes) -> tuple[Array, Array]:
    """Return the energy from the wall [J/m] on UDDS and HWFET, (N,) each."""
    garage = Garage(classes)
    cars = [garage.electric(record) for record in records]
    settings = DriveSettings(soc=SOC)
    udds, hwfet = (drive(cars, legal(cycle), settings).checked().wall_energy for cycle in ("UDDS", "HWFET"))
    return udds, hwfet


def combustion_cycles(records: Sequence[CombustionRecord], classes: Classes) -> TwoCycle:
    """Return the fuel on FTP-75 and HWFET.

    The cold and the stabilised bag are the UDDS from a cold start, the hot bag its first phase after the soak. The
    HWFET is driven warm: the test drives it once before to warm up.
    """
    garage = Garage(classes)
    cars = [garage.combustion(record) for record in records]
    cold = drive(cars, legal("UDDS"), COLD).checked()
    hot = drive(cars, legal("UDDS"), DriveSettings(warmth=classes.soak_warmth)).checked()
    highway = drive(cars, legal("HWFET"), HOT).checked()
    first, second = FTP_WEIGHTS
    stabilised, distance = cold.fuel_volume[:, 1], cold.distance
    ftp = first * (cold.fuel_volume[:, 0] + stabilised) / distance.sum(axis=1)
    ftp = ftp + second * (hot.fuel_volume[:, 0] + stabilised) / distance.sum(axis=1)
    bags = np.stack(
        [cold.fuel_volume[:, 0] / distance[:, 0], stabilised / distance[:, 1], hot.fuel_volume[:, 0] / distance[:, 0]],
        axis=1,
    )
    return TwoCycle(ftp=ftp, hwfet=highway.fuel_consumption, bags=bags)


def european_cars(rows: Sequence[Approval], classes: Classes) -> list[Vehicle]:
    """Return the cars of the WLTP on European fuels."""
    garage = Garage(classes, EngineSettings())
    cars = []
    for row in rows:
        record = european(row, classes)
        cars.append(garage.electric(record) if isinstance(record, ElectricRecord) else garage.combustion(record))
    return cars


def wltp(rows: Sequence[Approval], classes: Classes) -> tuple[Array, Array]:
    """Return what is declared for the WLTC, combined (N,) and by phase (N, 4): fuel [m3/m] or wall energy [J/m].

    Driven from a cold start; cars labelled before 2021 times ``classes.declared_before_2021``.
    """
    runs = drive(european_cars(rows, classes), legal("WLTC-3b"), DriveSettings(soc=SOC, warmth=0.0)).checked()
    spent = np.where(np.array([row.kind == "electric" for row in rows])[:, None], runs.wall, runs.fuel_volume)
    declared = np.where(np.array([row.labelled < 2021 for row in rows]), classes.declared_before_2021, 1.0)
    return declared * spent.sum(axis=1) / runs.distance.sum(axis=1), declared[:, None] * spent / runs.distance


def sprint_times(rows: Sequence[Sprint], classes: Classes) -> Array:
    """Return the time from 0 to 100 km/h [s], (N,)."""
    garage = Garage(classes)
    cars = [
        garage.electric(row.record) if isinstance(row.record, ElectricRecord) else garage.combustion(row.record)
        for row in rows
    ]
    return perform(cars).zero_to_100
