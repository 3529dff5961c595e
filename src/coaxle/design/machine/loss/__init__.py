"""Losses of a machine, each as algebra over frequency.

Comes in: flux densities, facts, conditions. Goes out: coefficients per power of frequency, resistances, friction.
Never lives here: the field solution, currents, cooling.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from coaxle.design.machine.loss.conditions import LossConditions

if TYPE_CHECKING:
    from coaxle.design.machine.loss.build import loss_terms, switching_of
    from coaxle.design.machine.loss.iron import iron_coefficients
    from coaxle.design.machine.loss.magnet import Block, block_of, magnet_coefficient, magnet_coefficients
    from coaxle.design.machine.loss.period import Period, rotor_period, stator_period
    from coaxle.design.machine.loss.pwm import Switching, SwitchingShare, switching_share
    from coaxle.design.machine.loss.terms import LossTerms

_LATE = {
    "Block": "magnet",
    "LossTerms": "terms",
    "Period": "period",
    "Switching": "pwm",
    "SwitchingShare": "pwm",
    "block_of": "magnet",
    "iron_coefficients": "iron",
    "loss_terms": "build",
    "magnet_coefficient": "magnet",
    "magnet_coefficients": "magnet",
    "rotor_period": "period",
    "stator_period": "period",
    "switching_of": "build",
    "switching_share": "pwm",
}
"""Names that need arrays, loaded when first used, and the module of each."""

__all__ = [
    "Block",
    "LossConditions",
    "LossTerms",
    "Period",
    "Switching",
    "SwitchingShare",
    "block_of",
    "iron_coefficients",
    "loss_terms",
    "magnet_coefficient",
    "magnet_coefficients",
    "rotor_period",
    "stator_period",
    "switching_of",
    "switching_share",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"coaxle.design.machine.loss.{_LATE[name]}"), name)
