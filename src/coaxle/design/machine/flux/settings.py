"""How fine a flux map is, and how far its currents reach."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.design.machine.mesh import DRAFT as COARSE
from coaxle.design.machine.mesh import MeshSettings
from coaxle.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Currents that a map covers.

    Parameters
    ----------
    current : float
        Largest phase current, peak [A].
    field_current : float
        Largest field current [A]; 0 for a rotor without a field winding.
    rotor_temperature : float
        For which the remanence of the magnets holds [K].

    """

    current: float
    field_current: float
    rotor_temperature: float

    def __post_init__(self) -> None:
        if not self.current > 0:
            raise InputError(f"reach.current: {self.current:g} A; a current above 0 is wanted")
        if not self.field_current >= 0:
            raise InputError(f"reach.field_current: {self.field_current:g} A; at least 0 is wanted")
        if not 173.0 <= self.rotor_temperature <= 573.0:
            raise InputError(f"reach.rotor_temperature: {self.rotor_temperature:.0f} K; 173 K to 573 K is wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class FluxSettings:
    """How fine.

    Parameters
    ----------
    d, q, field : int
        Currents along each axis for which the field is solved; they lie denser near 0. ``d`` counts the side of the
        axis on which the machine works; the other side of a wound rotor's takes some more. A reluctance
        machine without magnets gets half as many more, for the sharp knee of saturation then lies on that axis.
    positions : int
        Rotor positions, at least, over 60 electrical degrees (120 where slots a pole and phase are no whole number).
    mesh : MeshSettings
        Of the section.
    order : 1 or 2
        Of the elements.
    slot_positions : float
        Rotor positions, at least, for each stator slot that passes. Up to 2 the harmonics of the slots fold onto slower
        ones: losses come out too low. At 1 every position sees the slots alike: ripple is missed and means are off.
    tolerance : float
        Of a solution: residual over the sources. Losses want 1e-4, for what is left differs from one position to the
        next and reads as fast harmonics.
    even_d, even_q, even_field : int
        Nodes of the finished map, whose axes are even.

    """

    d: int
    q: int
    field: int
    positions: int
    mesh: MeshSettings
    order: int
    slot_positions: float = 2.5
    tolerance: float = 1e-4
    even_d: int = 37
    even_q: int = 33
    even_field: int = 17

    def __post_init__(self) -> None:
        least = {"d": 2, "q": 3, "field": 3, "positions": 1, "even_d": 3, "even_q": 3, "even_field": 3}
        for name, wanted in least.items():
            if getattr(self, name) < wanted:
                raise InputError(f"settings.{name}: {getattr(self, name)}; at least {wanted} is wanted")
        if not 0 <= self.slot_positions <= 100:
            raise InputError(f"settings.slot_positions: {self.slot_positions:g}; 0 to 100 is wanted")


DRAFT = FluxSettings(d=5, q=6, field=5, positions=4, slot_positions=1.2, mesh=COARSE, order=1)
DESIGN = FluxSettings(d=8, q=9, field=7, positions=8, mesh=MeshSettings(), order=1)
SIGN_OFF = FluxSettings(d=11, q=12, field=8, positions=8, mesh=MeshSettings(), order=2, tolerance=1e-5)
