"""Between the currents of a section's circuits and the frame of the rotor flux.

The frame's d axis stands at the electrical angle gamma, counted from angle 0 of the sector. A current of the cage at
(d, q) makes the same fundamental ampere-turns as an equal one of the stator: bar k at electrical angle theta_k carries
ratio (i_rd sin(theta_k - gamma) - i_rq cos(theta_k - gamma)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.design.machine.harmonic.cage import Cage
from coaxle.design.machine.section import Section
from coaxle.errors import InputError
from coaxle.numerics.arrays import Array, Ints

_SHIFTS = np.array([0.0, 2.0, 4.0]) * np.pi / 3.0
"""Of the axes of phases a, b, c [rad]."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class CageFrame:
    """Where phases and bars stand.

    Parameters
    ----------
    circuits : int
        Of the section, C.
    pole_pairs : int
        Of the machine.
    phase_axis : float
        Electrical angle of the axis of phase a [rad].
    phase : (3,) int
        Numbers of the phases among the circuits.
    bar : (B,) int
        Numbers of the bars among the circuits.
    angle : (B,)
        Electrical angles of the bars at rotor step 0 [rad].
    ratio : float
        Bar current over referred cage current.

    """

    circuits: int
    pole_pairs: int
    phase_axis: float
    phase: Ints
    bar: Ints
    angle: Array
    ratio: float

    def currents(self, i_d: Array, i_q: Array, i_rd: Array, i_rq: Array, gamma: Array, turned: Array) -> Array:
        """Return the currents of all circuits (..., C) [A]; the arguments (...) are broadcast.

        ``gamma`` is the frame's angle and ``turned`` that by which the rotor stands away from step 0, both electrical
        [rad].
        """
        shape = np.broadcast_shapes(*(np.shape(each) for each in (i_d, i_q, i_rd, i_rq, gamma, turned)))
        whole = np.zeros((*shape, self.circuits))
        to_axis = (np.asarray(gamma) - self.phase_axis)[..., None] - _SHIFTS
        d, q = np.asarray(i_d)[..., None], np.asarray(i_q)[..., None]
        whole[..., self.phase] = d * np.cos(to_axis) - q * np.sin(to_axis)
        away = self.angle + (np.asarray(turned) - gamma)[..., None]
        d, q = np.asarray(i_rd)[..., None], np.asarray(i_rq)[..., None]
        whole[..., self.bar] = self.ratio * (d * np.sin(away) - q * np.cos(away))
        return whole

    def linkages(self, linkage: Array, gamma: Array, turned: Array) -> tuple[Array, Array, Array, Array]:
        """Return psi_d, psi_q, psi_rd, psi_rq (...) of the circuits' linkages (..., C), in that unit of theirs.

        ``linkage`` is of the whole machine, all sectors in series, as the field solution gives it. The cage's are such
        that 3/2 (psi_rd di_rd + psi_rq di_rq) is the sum of bar linkage times change of bar current.
        """
        to_axis = (np.asarray(gamma) - self.phase_axis)[..., None] - _SHIFTS
        psi_d = 2.0 / 3.0 * np.sum(linkage[..., self.phase] * np.cos(to_axis), axis=-1)
        psi_q = -2.0 / 3.0 * np.sum(linkage[..., self.phase] * np.sin(to_axis), axis=-1)
        away = self.angle + (np.asarray(turned) - gamma)[..., None]
        bars = 2.0 / 3.0 * self.ratio * linkage[..., self.bar]
        psi_rd = np.sum(bars * np.sin(away), axis=-1)
        psi_rq = -np.sum(bars * np.cos(away), axis=-1)
        return np.asarray(psi_d), np.asarray(psi_q), np.asarray(psi_rd), np.asarray(psi_rq)


def cage_frame(section: Section, cage: Cage) -> CageFrame:
    """Return where the phases and bars of ``section`` stand.

    Raises
    ------
    InputError
        Where the section has no phases a, b, c, or not the bars of ``cage``.

    """
    names = [circuit.name for circuit in section.circuits]
    if names[:3] != ["a", "b", "c"]:
        raise InputError(f"section.circuits: begin with {', '.join(names[:3])}; phases a, b, c are wanted first")
    bar = np.array([k for k, name in enumerate(names) if name.startswith("bar-")], dtype=np.int32)
    sectors = 2 * section.pole_pairs // section.poles
    if bar.size * sectors != cage.bars:
        raise InputError(f"section.circuits: hold {bar.size} bars a sector; {cage.bars} over {sectors} are wanted")
    centre = {region.name: _centre(region.outline) for region in section.regions}
    angle = np.empty(bar.size)
    for k, number in enumerate(bar):
        ((name, _),) = section.circuits[number].conductors.items()
        angle[k] = section.pole_pairs * np.arctan2(centre[name][1], centre[name][0])
    return CageFrame(
        circuits=len(names),
        pole_pairs=section.pole_pairs,
        phase_axis=section.phase_axis,
        phase=np.arange(3, dtype=np.int32),
        bar=bar,
        angle=angle,
        ratio=cage.ratio,
    )


def effective_turns(section: Section) -> float:
    """Return series turns of a phase times the winding factor, of the conductors of phase a in ``section``.

    Half the sum of conductors times exp(j n_p angle) of their slots, over the whole machine.
    """
    centre = {region.name: _centre(region.outline) for region in section.regions}
    phasor = 0j
    for name, conductors in section.circuits[0].conductors.items():
        x, y = centre[name]
        phasor += conductors * np.exp(1j * section.pole_pairs * np.arctan2(y, x))
    return float(abs(phasor) * section.pole_pairs / section.poles)


def _centre(outline: Array) -> Array:
    """Return the centroid of a closed polygon (2,) [m]."""
    x, y = outline.T
    x_next, y_next = np.roll(x, -1), np.roll(y, -1)
    cross = x * y_next - x_next * y
    area = cross.sum() / 2
    return np.array([np.sum((x + x_next) * cross), np.sum((y + y_next) * cross)]) / (6 * area)
