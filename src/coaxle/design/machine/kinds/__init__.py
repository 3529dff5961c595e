"""Machine types: each module a Design, its checks and its rotor's cross-section.

Comes in: a Design. Goes out: what is wrong with it, its :class:`coaxle.design.machine.section.Section`, its facts.
A new type is one module with ``check`` and ``rotor``, and its lines here.
Never lives here: meshes, fields, losses.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from coaxle.design.machine.kinds import eesm, induction, ipm, spm, synrm
from coaxle.design.machine.kinds.eesm import Eesm
from coaxle.design.machine.kinds.induction import Induction
from coaxle.design.machine.kinds.ipm import Ipm
from coaxle.design.machine.kinds.sketch import Finding, Rotor
from coaxle.design.machine.kinds.spm import Spm
from coaxle.design.machine.kinds.synrm import SynRm
from coaxle.materials import Kind, check_name

if TYPE_CHECKING:
    from coaxle.design.machine.kinds.sector import draw

Machine: TypeAlias = Annotated[Eesm | Ipm | Spm | SynRm | Induction, "kind"]
"""Any machine, as it stands in a project file: ``kind`` tells which."""

_TYPES: dict[type[Any], Any] = {Eesm: eesm, Ipm: ipm, Spm: spm, SynRm: synrm, Induction: induction}
_LATE = {"draw": "coaxle.design.machine.kinds.sector"}
"""Names that need arrays, loaded when first used: reading a project does without."""

__all__ = ["Eesm", "Induction", "Ipm", "Machine", "Spm", "SynRm", "check", "draw", "rotor"]


def check(machine: Machine) -> Iterator[Finding]:
    """Yield what is impossible about a machine: the place in its Design, and what stands there and is wanted."""
    yield from _TYPES[type(machine)].check(machine)
    yield from _check_materials(machine)


def _check_materials(machine: Machine) -> Iterator[Finding]:
    rotor: Any = machine.rotor
    named: list[tuple[str, str | None, Kind]] = [
        ("stator.steel", machine.stator.steel, "steel"),
        ("winding.conductor", machine.winding.conductor, "conductor"),
        ("rotor.steel", rotor.steel, "steel"),
        ("rotor.magnet", getattr(rotor, "magnet", None), "magnet"),
        ("rotor.bar_material", getattr(rotor, "bar_material", None), "conductor"),
        ("rotor.field.conductor", rotor.field.conductor if isinstance(machine, Eesm) else None, "conductor"),
    ]
    for place, name, kind in named:
        wrong = None if name is None else check_name(name, kind)
        if wrong is not None:
            yield place, wrong


def rotor(machine: Machine) -> Rotor:
    """Return one pole or bar pitch of a machine's rotor; the Design must pass :func:`check`."""
    drawn: Rotor = _TYPES[type(machine)].rotor(machine)
    return drawn


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)
