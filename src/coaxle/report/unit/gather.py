"""From a project file to everything that the page of a unit shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import perf_counter

from coaxle import __version__
from coaxle.design.edu import DESIGN_UNIT, DRAFT_UNIT, SIGN_OFF_UNIT, PartsEdu, PartsSettings, Unit
from coaxle.design.edu.checks import DRAFT_CHECKS, Check, CheckSettings, credibility
from coaxle.design.machine.kinds import draw
from coaxle.errors import CoaxleError
from coaxle.numerics.digest import digest
from coaxle.project.assumptions import assumptions, sources
from coaxle.report.unit.content import UnitContent
from coaxle.report.unit.field import field_views
from coaxle.workbench.workbench import Workbench

Tell = Callable[[str, float], None]
FINENESS: dict[str, PartsSettings] = {"draft": DRAFT_UNIT, "design": DESIGN_UNIT, "sign-off": SIGN_OFF_UNIT}
"""Words for how fine a unit is computed."""
COMPUTED, CHECKED, DRAWN = 0.80, 0.92, 1.0
"""Shares of the whole at which steps end, in time as found at design settings."""
FIELD = "field solution"
"""What a unit tells that is under way while its field is solved: what comes from the shelf does not tell it."""


class Clock:
    """Passes on what is under way, and keeps how long each step took."""

    def __init__(self, tell: Tell | None) -> None:
        self.seconds: dict[str, float] = {}
        self._tell, self._what, self._since = tell, "", perf_counter()

    def __call__(self, what: str, share: float) -> None:
        """Tell that ``what`` is under way and which share of the whole is done."""
        self._stop()
        self._what = what
        if self._tell is not None:
            self._tell(what, share)

    def done(self) -> dict[str, float]:
        """Return the seconds of each step."""
        self._stop()
        return self.seconds

    def _stop(self) -> None:
        now = perf_counter()
        if self._what:
            self.seconds[self._what] = self.seconds.get(self._what, 0.0) + now - self._since
        self._since = now


def gather(
    bench: Workbench, name: str, fineness: str = "design", tell: Tell | None = None, command: str = ""
) -> UnitContent:
    """Compute everything that the page of a unit shows.

    Parameters
    ----------
    bench : Workbench
        On the project.
    name : str
        Of a unit of kind ``parts``.
    fineness : str
        A word of ``FINENESS``.
    tell : callable, optional
        Is told what is under way and which share of the whole is done.
    command : str
        That makes the page again.

    Raises
    ------
    InputError
        Where parts do not go together or cannot be drawn.
    ComputationError
        Where an operating point or a field is not found.

    """
    settings, clock = FINENESS[fineness], Clock(tell)
    unit = bench.unit(name, settings, lambda what, share: clock(what, COMPUTED * share))
    clock(f"checks of {name}", COMPUTED)
    checks, unchecked = _checks(unit, fineness)
    clock(f"field for the pictures of {name}", CHECKED)
    views = field_views(unit, settings)
    clock(f"page of {name}", DRAWN)
    seconds = clock.done()
    places = _places(bench.project.edus[name], name)
    return UnitContent(
        unit=unit,
        fineness=fineness,
        settings=settings,
        section=draw(unit.parts.machine),
        fields=views,
        checks=checks,
        unchecked=unchecked,
        assumed=tuple(row for row in assumptions(bench.project) if _belongs(row.place, places)),
        sources=tuple(row for row in sources(bench.project) if _belongs(row.place, places)),
        currency=bench.project.currency,
        project=bench.project.name,
        made=datetime.now().astimezone().replace(microsecond=0),
        version=__version__,
        digest=digest(unit.map),
        kept=not any(what.startswith(FIELD) for what in seconds),
        seconds=seconds,
        command=command,
    )


def _checks(unit: Unit, fineness: str) -> tuple[tuple[Check, ...], str]:
    settings = DRAFT_CHECKS if fineness == "draft" else CheckSettings(flux=FINENESS[fineness].flux)
    try:
        return credibility(unit, settings), ""
    except CoaxleError as error:
        return (), str(error)


def _places(entry: object, name: str) -> tuple[str, ...]:
    assert isinstance(entry, PartsEdu)
    return (
        f"edus.{name}",
        f"machines.{entry.machine}",
        f"inverters.{entry.inverter}",
        f"gearboxes.{entry.gearbox}",
        f"coolings.{entry.cooling}",
    )


def _belongs(place: str, places: tuple[str, ...]) -> bool:
    return any(place == own or place.startswith(f"{own}.") for own in places)
