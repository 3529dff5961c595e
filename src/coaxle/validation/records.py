"""The records of the US two-cycle tests, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from coaxle.validation.tables import Table, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record says of its car: road load at the test's mass, wheels, and to which part it belongs."""

    name: str
    part: str
    family: str
    maker: str
    brand: str
    model: str
    mass: float
    f0: float
    f1: float
    f2: float
    wheel_radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectricRecord(Record):
    """An electric car and its energy from the wall [J/m]; names of its parts, empty where it has none."""

    front: str
    rear: str
    battery: str
    udds: float
    hwfet: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CombustionRecord(Record):
    """A car with an engine and its fuel [m3/m], NaN where a test is not at hand; ``bags`` are the three of the FTP."""

    fuel: str
    engine: str
    gearbox: str
    driven: Literal["front", "rear", "all"]
    stop_start: bool
    mild_hybrid: bool
    axle_ratio: float
    ftp: float
    hwfet: float
    bags: tuple[float, float, float]


@cache
def electric_records() -> tuple[ElectricRecord, ...]:
    """Return the records of electric cars."""
    table = read_table("us-electric.csv")
    udds, hwfet = (table.numbers(f"{cycle} [Wh/km]") * 3.6 for cycle in ("udds", "hwfet"))
    return tuple(
        ElectricRecord(
            **_common(table, i),
            front=table.words("front")[i],
            rear=table.words("rear")[i],
            battery=table.words("battery")[i],
            udds=float(udds[i]),
            hwfet=float(hwfet[i]),
        )
        for i in range(len(table))
    )


@cache
def combustion_records() -> tuple[CombustionRecord, ...]:
    """Return the records of cars with petrol and diesel engines."""
    table = read_table("us-combustion.csv")
    ftp, hwfet, *bags = (
        table.numbers(f"{cycle} [l/100km]") * 1e-8 for cycle in ("ftp", "hwfet", "bag1", "bag2", "bag3")
    )
    axle = table.numbers("axle_ratio")
    return tuple(
        CombustionRecord(
            **_common(table, i),
            fuel=table.words("fuel")[i],
            engine=table.words("engine")[i],
            gearbox=table.words("gearbox")[i],
            driven=layout(table.words("driven")[i]),
            stop_start=table.words("stop_start")[i] == "1",
            mild_hybrid=table.words("mild_hybrid")[i] == "1",
            axle_ratio=float(axle[i]),
            ftp=float(ftp[i]),
            hwfet=float(hwfet[i]),
            bags=(float(bags[0][i]), float(bags[1][i]), float(bags[2][i])),
        )
        for i in range(len(table))
    )


def layout(word: str) -> Literal["front", "rear", "all"]:
    """Return which wheels are driven."""
    return "front" if word == "front" else "rear" if word == "rear" else "all"


def _common(table: Table, i: int) -> dict[str, Any]:
    """Return the fields of :class:`Record` in row ``i``."""
    words = {field: table.words(field)[i] for field in ("part", "family", "maker", "brand", "model")}
    columns = {
        "mass": "mass [kg]",
        "f0": "f0 [N]",
        "f1": "f1 [N/(m/s)]",
        "f2": "f2 [N/(m/s)2]",
        "wheel_radius": "wheel_radius [m]",
    }
    return {"name": table.words("id")[i], **words, **{f: float(table.words(c)[i]) for f, c in columns.items()}}
