"""coaxle: a workbench on which carmakers jointly engineer, share and plan powertrains.

>>> import coaxle as cx  # doctest: +SKIP
>>> bench = cx.read("alliance.yaml")  # doctest: +SKIP
>>> print(bench.drive("i4", "bev-rwd", cycle="WLTC-3b").consumption)  # doctest: +SKIP

The names below are loaded when first used, so that ``coaxle check`` needs no compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "BatteryMap": "coaxle.maps",
    "Bev": "coaxle.vehicle.powertrain",
    "Body": "coaxle.vehicle.body",
    "CoaxleError": "coaxle.errors",
    "Cycle": "coaxle.cycles.cycle",
    "DriveSettings": "coaxle.vehicle.settings",
    "EduMap": "coaxle.maps",
    "EngineMap": "coaxle.maps",
    "Fits": "coaxle.study.fits",
    "Ice": "coaxle.vehicle.powertrain",
    "Performance": "coaxle.vehicle.runs",
    "Plan": "coaxle.alliance.plan",
    "Project": "coaxle.project.project",
    "Runs": "coaxle.vehicle.runs",
    "Trace": "coaxle.vehicle.runs",
    "Vehicle": "coaxle.vehicle.powertrain",
    "Workbench": "coaxle.workbench.workbench",
    "drive": "coaxle.vehicle.backward",
    "fit": "coaxle.study.fit",
    "import_battery": "coaxle.maps.measured",
    "import_edu": "coaxle.maps.measured",
    "import_engine": "coaxle.maps.measured",
    "legal": "coaxle.cycles.legal",
    "load": "coaxle.maps.files",
    "perform": "coaxle.vehicle.performance",
    "read": "coaxle.workbench.workbench",
    "save": "coaxle.maps.files",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'coaxle' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
