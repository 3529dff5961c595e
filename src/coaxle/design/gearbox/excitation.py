"""Orders at which the teeth excite: how often they mesh in a turn of the input shaft."""

from __future__ import annotations

from dataclasses import dataclass

from coaxle.design.gearbox.gearbox import Gearbox, PlanetaryGearbox, ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshOrder:
    """A mesh and its order.

    Parameters
    ----------
    mesh : str
        Which: ``stage 1``, ``sun``.
    order : float
        Meshes of teeth in a turn of the input shaft; its multiples are excited as well.
    output_order : float
        The same in a turn of the output shaft.

    """

    mesh: str
    order: float
    output_order: float


def orders(gearbox: Gearbox) -> tuple[MeshOrder, ...]:
    """Return the mesh orders of a gearbox, from the machine on.

    In a turn of its carrier a planetary set meshes z_ring times at the ring, which rests, and z_sun (i - 1) times at
    the sun, which turns i - 1 times past the carrier; with simple planets that is the same.
    """
    i = ratio(gearbox)
    if isinstance(gearbox, PlanetaryGearbox):
        ring, sun = float(gearbox.ring_teeth), gearbox.sun_teeth * (i - 1)
        return (
            MeshOrder(mesh="sun", order=sun / i, output_order=sun),
            MeshOrder(mesh="ring", order=ring / i, output_order=ring),
        )
    found, speed = [], 1.0
    for number, stage in enumerate(gearbox.stages, 1):
        order = stage.pinion_teeth * speed
        found.append(MeshOrder(mesh=f"stage {number}", order=order, output_order=order * i))
        speed *= stage.pinion_teeth / stage.wheel_teeth
    return tuple(found)
