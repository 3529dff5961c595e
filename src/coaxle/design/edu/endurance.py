"""For how long a unit gives which torque: peaks, thirty minutes, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from coaxle.design.edu.operation import Drive, Operation
from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.loss.friction import windage
from coaxle.design.thermal import (
    Network,
    NodeLosses,
    PartLosses,
    Ratings,
    ThirtyMinutePower,
    network,
    node_losses,
    ratings,
    thirty_minute_power,
)
from coaxle.numerics.arrays import Array

if TYPE_CHECKING:
    from coaxle.design.edu.unit import EduParts

AIR = 363.15
"""Of the air in the gap, for the share of windage in friction [K]."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Endurance:
    """What heat allows at rated voltage, at the machine's shaft.

    Parameters
    ----------
    network : Network
        Of the machine and its cooling.
    losses : NodeLosses
        Over speed and torque of the shaft.
    ratings : Ratings
        Torque at the shaft over duration and speed [Nm].
    thirty_minutes : ThirtyMinutePower
        By UN Regulation No. 85.
    continuous : (S,)
        Air-gap torque that lasts for ever [Nm].

    """

    network: Network
    losses: NodeLosses
    ratings: Ratings
    thirty_minutes: ThirtyMinutePower
    continuous: Array


def endure(parts: EduParts, known: MachineFacts, drive: Drive, operation: Operation) -> Endurance:
    """Return the endurance of a unit's machine at rated voltage."""
    net = network(known, parts.cooling)
    losses = _losses(parts, known, drive, operation, net)
    rated = ratings(net, losses)
    lasting = rated.torque[rated.row(inf)]
    return Endurance(
        network=net,
        losses=losses,
        ratings=rated,
        thirty_minutes=thirty_minute_power(rated),
        continuous=np.asarray(lasting + operation.drag),
    )


def _losses(parts: EduParts, known: MachineFacts, drive: Drive, operation: Operation, net: Network) -> NodeLosses:
    """Return the heat by node at rated voltage, over the torques from none to the largest."""
    points, terms = operation.points, drive.terms
    rated = operation.voltage.size // 2
    first = operation.torque.shape[2] // 2

    def told(table: Array) -> Array:
        return np.asarray(table[rated, :, first:])

    plain = 1.5 * terms.resistance * told(points.current) ** 2
    wound = parts.machine.kind == "eesm"
    conductor = terms.field_resistance * told(points.i_f) ** 2 if wound else told(points.cage)
    shaft = told(operation.torque) - operation.drag[:, None]
    friction = np.broadcast_to(operation.friction[:, None], plain.shape)
    air = windage(
        0.5 * known.rotor_outer,
        known.gap,
        known.stack,
        operation.speed[-1:],
        AIR,
        inner=0.5 * known.rotor_inner,
    )
    magnet = told(points.magnet)
    carries = known.magnet is not None
    return node_losses(
        net,
        PartLosses(
            speed=operation.speed,
            torque=np.maximum(shaft, 0.0) + 1e-9 * np.arange(shaft.shape[1]),
            winding=plain,
            winding_extra=np.maximum(told(points.copper) - plain, 0.0),
            yoke=told(points.iron_yoke),
            teeth=told(points.iron_teeth),
            rotor_iron=told(points.iron_rotor),
            magnets=magnet if carries else np.zeros_like(magnet),
            rotor_conductor=conductor,
            friction=friction,
            windage=float(np.clip(air[0] / max(operation.friction[-1], 1e-9), 0.0, 1.0)),
            winding_temperature=parts.unit.conditions.winding,
            rotor_temperature=parts.unit.conditions.rotor,
            winding_material=known.winding.conductor,
            rotor_material=known.rotor_winding.conductor if known.rotor_winding else "copper",
        ),
        end_share=known.winding.end_turn_length / known.winding.turn_length,
    )
