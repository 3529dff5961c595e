"""Names of the legal cycles and of their phases."""

from __future__ import annotations

_WLTC_1 = (("low", "medium", "additional-low"), (589, 433, 589))
_WLTC = (("low", "medium", "high", "extra-high"), (589, 433, 455, 323))
_UDDS = (("transient", "stabilised"), (505, 864))

# name: names of the phases and how long each is [s]; a cycle that the law does not cut has one phase, "whole".
PHASES: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "WLTC-1": _WLTC_1,
    "WLTC-2": _WLTC,
    "WLTC-3a": _WLTC,
    "WLTC-3b": _WLTC,
    "UDDS": _UDDS,
    "FTP-75": (("cold-transient", "stabilised", "hot-transient"), (505, 864, 505)),
    "HWFET": (("whole",), (765,)),
    "US06": (("whole",), (600,)),
    "SC03": (("whole",), (600,)),
    "NEDC": (("urban", "extra-urban"), (780, 400)),
    "LA92": (("whole",), (1435,)),
    "NYCC": (("whole",), (598,)),
    "ARTEMIS-urban": (("whole",), (992,)),
    "ARTEMIS-road": (("whole",), (1082,)),
    "ARTEMIS-motorway-130": (("whole",), (1068,)),
    "ARTEMIS-motorway-150": (("whole",), (1068,)),
}


def names() -> tuple[str, ...]:
    """Return the names of the legal cycles."""
    return tuple(PHASES)
