"""What the page of a unit is made of: handed over whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coaxle.design.edu import PartsSettings, Unit
from coaxle.design.edu.checks import Check
from coaxle.design.machine.section import Section
from coaxle.project.assumptions import Assumption, Source
from coaxle.project.project import Currency
from coaxle.report.unit.field import FieldView


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class UnitContent:
    """A unit and everything that its page tells.

    Parameters
    ----------
    unit : Unit
        As computed.
    fineness : str
        Word for its settings: draft, design, sign-off.
    settings : PartsSettings
        How fine.
    section : Section
        Of its machine.
    fields : tuple of FieldView
        Field solutions that are drawn.
    checks : tuple of Check
        Of its credibility.
    unchecked : str
        Why there are no checks; '' where there are.
    assumed, sources : tuple
        Of the unit's entry and of its parts'.
    currency : Currency
        Of the project.
    project : str
        Its name.
    made : datetime
        When.
    version, digest : str
        Of coaxle; of the map.
    kept : bool
        Whether the field solution came from the shelf.
    seconds : dict
        How long each step took [s].
    command : str
        That makes the page again.

    """

    unit: Unit
    fineness: str
    settings: PartsSettings
    section: Section
    fields: tuple[FieldView, ...]
    checks: tuple[Check, ...]
    unchecked: str
    assumed: tuple[Assumption, ...]
    sources: tuple[Source, ...]
    currency: Currency
    project: str
    made: datetime
    version: str
    digest: str
    kept: bool
    seconds: dict[str, float]
    command: str

    @property
    def name(self) -> str:
        """Name of the unit."""
        return self.unit.parts.name

    @property
    def failed(self) -> tuple[Check, ...]:
        """Checks that are red."""
        return tuple(check for check in self.checks if not check.passed)
