"""100,000 electric cars over the WLTC in one call, in a process of its own: seconds and peak memory.

Usage: python benchmarks/hundred_thousand.py [voltages]
"""

from __future__ import annotations

import json
import resource
import sys
import time

from cars import electric, fleet
from coaxle.cycles.legal import legal
from coaxle.vehicle.backward import drive

COUNT = 100_000


def main() -> None:
    cycle, vehicle = legal("WLTC-3b"), electric(voltages=int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    drive(fleet(vehicle, 64), cycle)  # loads the kernels
    cars = fleet(vehicle, COUNT)
    wall, processor = time.perf_counter(), time.process_time()
    runs = drive(cars, cycle)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        json.dumps(
            {
                "cars": len(runs),
                "well": int((runs.ended == 0).sum()),
                "seconds": wall,
                "processor": processor,
                "peak": peak,
                "residual": float(runs.residual.max()),
            }
        )
    )


if __name__ == "__main__":
    main()
