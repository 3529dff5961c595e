"""All checks of a unit, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from coaxle.design.edu.checks.balance import balance_checks
from coaxle.design.edu.checks.check import Case, Check, CheckSettings
from coaxle.design.edu.checks.drive import drive_checks
from coaxle.design.edu.checks.excitation import excitation_checks
from coaxle.design.edu.checks.faults import fault_checks
from coaxle.design.edu.checks.loads import load_checks
from coaxle.design.edu.checks.magnets import magnet_checks
from coaxle.design.edu.checks.noise import noise_checks
from coaxle.design.edu.checks.rotor import rotor_checks
from coaxle.numerics.rows import Executor

if TYPE_CHECKING:
    from coaxle.design.edu.unit import Unit

GROUPS: tuple[Callable[[Case], Iterator[Check]], ...] = (
    rotor_checks,
    magnet_checks,
    fault_checks,
    excitation_checks,
    load_checks,
    noise_checks,
    drive_checks,
    balance_checks,
)
_SETTINGS = CheckSettings()


def credibility(unit: Unit, settings: CheckSettings = _SETTINGS, where: Executor | None = None) -> tuple[Check, ...]:
    """Return every line that can be computed for a unit; what its type does not have is absent.

    Parameters
    ----------
    unit : Unit
        As assembled.
    settings : CheckSettings
        How fine field and stress are solved.
    where : Executor, optional
        Spreads the rotor positions of the field solutions; threads of this process by default.

    Raises
    ------
    ComputationError
        Where a field solution does not converge or a rotor's steel hangs on nothing.

    """
    case = Case(unit=unit, settings=settings, where=where)
    return tuple(line for group in GROUPS for line in group(case))
