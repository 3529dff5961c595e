"""Eddy loss of magnets, limited by their resistance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import pi

import numpy as np

from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.loss.period import Period, rotor_period
from coaxle.design.machine.section import SectorMesh
from coaxle.errors import InputError
from coaxle.materials.magnets import magnet
from coaxle.numerics.arrays import Array, Ints

_TERMS = 2 * np.arange(40) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of magnet, insulated from the next: its sizes [m] and where it lies.

    ``width`` across the magnetisation in the plane, ``thickness`` along it, ``length`` along the shaft; ``direction``
    of the magnetisation from the x axis [rad]; ``resistivity`` [Ohm m].
    """

    width: float
    thickness: float
    length: float
    direction: float
    resistivity: float


def block_of(outline: Array, direction: float, length: float, resistivity: float) -> Block:
    """Return the block around ``outline`` (n, 2) [m]."""
    along = np.array([np.cos(direction), np.sin(direction)])
    across = np.array([-along[1], along[0]])
    return Block(
        width=float(np.ptp(outline @ across)),
        thickness=float(np.ptp(outline @ along)),
        length=length,
        direction=direction,
        resistivity=resistivity,
    )


def magnet_coefficient(
    b: Array,
    meshed: SectorMesh,
    share: Fraction,
    facts: MachineFacts,
    *,
    pieces: int = 1,
    lengthwise: int = 1,
) -> Array:
    """Return the eddy loss (n,) of the magnets of one sector, over electrical frequency squared [W/Hz2].

    Parameters
    ----------
    b : (P, n, R, 2)
        Flux density of the rotor's triangles in the rotor's axes [T], as for ``rotor_period``.
    meshed : SectorMesh
        Its triangles past the stator's are the R of ``b``.
    share : Fraction
        Of the electrical period that the P positions cover.
    facts : MachineFacts
        Length of the stack.
    pieces, lengthwise : int
        In how many each magnet is cut across its width, and along the shaft.

    """
    region = meshed.region[meshed.stator_triangles :]
    a, c, d = (meshed.nodes[meshed.triangles[meshed.stator_triangles :, corner]] for corner in range(3))
    area = 0.5 * ((c - a)[:, 0] * (d - a)[:, 1] - (c - a)[:, 1] * (d - a)[:, 0])
    piece = np.full(region.size, -1, dtype=np.int32)
    blocks: list[Block] = []
    middle = (a + c + d) / 3
    for number, shape in enumerate(meshed.section.regions):
        if shape.part != "magnet":
            continue
        if shape.remanence_direction is None or shape.material is None:
            raise InputError(f"{shape.name}: a magnet without a direction of its remanence or without a grade")
        rho = magnet(shape.material).resistivity
        whole = block_of(shape.outline, shape.remanence_direction, facts.stack / lengthwise, rho)
        across = np.array([-np.sin(whole.direction), np.cos(whole.direction)])
        place = (middle @ across - (shape.outline @ across).min()) / whole.width * pieces
        mine = region == number
        piece[mine] = len(blocks) + np.clip(place[mine].astype(np.int32), 0, pieces - 1)
        blocks += [replace(whole, width=whole.width / pieces)] * pieces
    return magnet_coefficients(rotor_period(b, meshed.section, share), area, piece, tuple(blocks), facts.stack).sum(
        axis=0
    )


def loop_factor(width: float, length: float) -> float:
    """Return mean loss density times resistivity over (dB/dt)^2 [m2] of a rectangle crossed by an even field.

    w^2 / 12 for a long one. In general w^2/12 (1 - 192 w / (pi^5 l) sum over odd n of tanh(n pi l / 2 w) / n^5): the
    currents follow the stress function of a twisted bar (Timoshenko and Goodier, Theory of Elasticity, art. 109).
    """
    w, long = min(width, length), max(width, length)
    series = np.sum(np.tanh(_TERMS * pi * long / (2 * w)) / _TERMS**5.0)
    return float(w**2 / 12 * (1 - 192 * w / (pi**5 * long) * series))


def magnet_coefficients(period: Period, area: Array, piece: Ints, blocks: tuple[Block, ...], stack: float) -> Array:
    """Return the eddy loss (blocks, n) of each block over frequency squared [W/Hz2].

    Flux density is taken as even over a block: its mean over the block's triangles, as their currents are shared. The
    part along the magnetisation drives currents around width and length, the part across around thickness and length.
    Resistance alone limits them: the field of the eddy currents is left out, so this is too high where the block is
    wider than twice the skin depth (10 mm in NdFeB at 4 kHz). Ruoho, Santa-Nokki, Kolehmainen, Arkkio, IEEE Trans.
    Magn. 45 (2009) 4615, discuss the limits; harmonics shorter than the block's width are missed by the mean.

    Parameters
    ----------
    period : Period
        In the rotor's frame, in which ``direction`` stands; magnets that turn with the rotor.
    area : (M,)
        Of the triangles handed to the period [m2].
    piece : (M,)
        To which block each triangle belongs; -1 to none.
    blocks : tuple of Block
        Pieces in the plane; along the shaft each fills ``stack`` with pieces of its ``length``.
    stack : float
        [m].

    """
    cosine, sine, order = period.harmonics()
    mine, size = piece[period.triangles], area[period.triangles]
    loss = np.zeros((len(blocks), period.b.shape[1]))
    for at, block in enumerate(blocks):
        inside = mine == at
        total = float(size[inside].sum())
        if total <= 0:
            raise InputError(f"magnets: block {at} has no triangles")
        mean = np.einsum("snuc,u->snc", period.b[:, :, inside], size[inside] / total)
        c, s = np.cos(block.direction), np.sin(block.direction)
        along = mean[..., 0] * c + mean[..., 1] * s
        across = mean[..., 1] * c - mean[..., 0] * s
        for part, width in ((along, block.width), (across, block.thickness)):
            amplitude = (cosine @ part) ** 2 + (sine @ part) ** 2
            rate = 2 * pi**2 * (order**2) @ amplitude
            factor = loop_factor(width, block.length) / block.resistivity
            loss[at] += factor * total * stack * period.copies * rate
    return loss
