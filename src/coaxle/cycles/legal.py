"""Legal cycles by name, from the tables beside this module; each names its source on its first line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from coaxle.cycles.cycle import Cycle
from coaxle.cycles.phases import PHASES
from coaxle.cycles.read import read_cycle
from coaxle.errors import CycleError


@cache
def legal(name: str) -> Cycle:
    """Return the legal cycle ``name``, second by second, on a level road.

    The FTP-75 is the UDDS (0 to 505 s cold transient, 505 to 1369 s stabilised) and, after a soak of ten minutes, its
    first 505 s again (hot transient). The soak is not driven and does not stand in the trace: 1369 s is followed at
    once by the hot transient, and how far the engine cools in the soak is not told by this cycle. Labels weigh per
    distance: 0.43 (cold transient + stabilised) + 0.57 (hot transient + stabilised).

    Speeds of the American schedules are those of the law, in 0.1 mph; of the WLTC and ARTEMIS, in 0.1 km/h; the NEDC is
    drawn second by second through the corners of the law, to 0.0001 km/h. US06 and SC03 end in standing, as tabled.

    Raises
    ------
    CycleError
        For a name that is not one of :func:`names`; the nearest is offered.

    """
    if name not in PHASES:
        raise CycleError(f"cycle '{name}' is not known; {_nearest(name)}")
    phases, lengths = PHASES[name]
    table = _table("UDDS" if name == "FTP-75" else name)
    speed = np.concatenate((table.speed, table.speed[1:506])) if name == "FTP-75" else table.speed
    return Cycle(
        name=name,
        time=np.arange(float(speed.size)),
        speed=speed,
        grade=np.zeros(speed.size),
        phases=phases,
        borders=np.cumsum((0.0, *lengths)),
        source=table.source,
    )


def _table(name: str) -> Cycle:
    path = Path(__file__).parent / "data" / f"{name.lower()}.csv"
    with path.open(encoding="utf-8") as file:
        source = file.readline().partition("Source: ")[2].strip()
    return read_cycle(path, name=name, source=source)


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    by_lower = {known.lower(): known for known in PHASES}
    near = get_close_matches(name.lower(), by_lower, 1)
    return f"did you mean '{by_lower[near[0]]}'?" if near else f"known are {', '.join(PHASES)}"
