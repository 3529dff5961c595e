"""FASTSim 3.1, the fastest open vehicle simulator that was found, on the same cycle and the same core.

Only its run is timed, without history; its vehicles are those that it ships. Its machines have an efficiency over one
axis and its combustion cars no gears, so it does less in a step than what stands beside it.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from clock import best
from coaxle.cycles.cycle import Cycle

ELECTRIC = "2022_Renault_Zoe_ZE50_R135.yaml"
COMBUSTION = "2012_Ford_Fusion.yaml"


def seconds(vehicle: str, cycle: Cycle, times: int = 100) -> float:
    """Return the least CPU time of one run of ``vehicle`` over ``cycle`` [s]."""
    if os.environ.get("RUST_BACKTRACE", "0") != "0":
        raise SystemExit("RUST_BACKTRACE: makes the peer several times slower; set it to 0 for a fair comparison")
    import fastsim

    trace = fastsim.Cycle.from_dict(
        {
            "time_seconds": cycle.time.tolist(),
            "speed_meters_per_second": cycle.speed.tolist(),
            "grade": cycle.grade.tolist(),
        }
    )
    car = fastsim.Vehicle.from_resource(vehicle)
    car.set_save_interval(None)
    drive: dict[str, Any] = {}

    def made() -> None:
        drive["now"] = fastsim.SimDrive(car, trace)

    return best(lambda: drive["now"].run(), times, before=made)


def version() -> str:
    """Return the peer's version."""
    import fastsim

    return str(fastsim.__version__)


electric = partial(seconds, ELECTRIC)
combustion = partial(seconds, COMBUSTION)
