"""Resistance of windings over temperature and frequency.

Only the part of a conductor inside the slots crowds; the end winding keeps its resistance. Slots are deep and open to
the iron on three sides: the field crosses them straight from tooth to tooth. Left out: flux of the rotor that enters an
open slot, and currents that circulate between parallel paths or strands (they are taken as transposed).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi

import numpy as np
from scipy.special import ive

from coaxle.design.machine.facts import MachineFacts
from coaxle.errors import InputError
from coaxle.materials.conductors import conductor
from coaxle.numerics.arrays import Array

_MU_0 = 4e-7 * pi


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotBars:
    """Rectangular conductors stacked in a slot: height along the slot's depth, width across it, of one layer [m].

    ``width`` is that of all conductors side by side in a layer.
    """

    height: float
    width: float
    slot_width: float
    layers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotWires:
    """Round wires in a slot: ``conductors`` in series, each of ``strands`` wires of ``diameter`` [m] in parallel."""

    diameter: float
    strands: int
    conductors: int
    slot_width: float


def crowding(xi: Array) -> tuple[Array, Array]:
    """Return phi and psi at the reduced height ``xi``: loss in a layer's own field, and in that of the layers below.

    phi = xi (sinh 2 xi + sin 2 xi) / (cosh 2 xi - cos 2 xi), psi = 2 xi (sinh xi - sin xi) / (cosh xi + cos xi):
    Dowell, Proc. IEE 113 (1966) 1387; Pyrhönen, Jokinen, Hrabovcová, Design of Rotating Electrical Machines (2014),
    eq. (5.16) and (5.17).
    """
    xi = np.asarray(xi, dtype=float)
    x = np.minimum(np.maximum(xi, 1e-3), 300.0)
    phi = x * (np.sinh(2 * x) + np.sin(2 * x)) / (np.cosh(2 * x) - np.cos(2 * x))
    psi = 2 * x * (np.sinh(x) - np.sin(x)) / (np.cosh(x) + np.cos(x))
    large = xi > 300.0
    return np.where(large, xi, phi), np.where(large, 2 * xi, psi)


def layer_factors(bars: SlotBars, frequency: Array, resistivity: float, currents: Array | None = None) -> Array:
    """Return loss over DC loss (A, layers) of each layer of a slot, the bottom one first, over ``frequency`` (A,) [Hz].

    Parameters
    ----------
    bars : SlotBars
        All layers alike.
    frequency : (A,)
        [Hz].
    resistivity : float
        At operating temperature [Ohm m].
    currents : (layers,), optional
        Complex currents of the layers; without them all are alike. In a short-pitched winding two phases share slots.

    Notes
    -----
    Layer p with the current I_p above layers with the sum I_u: phi + psi Re((I_u + I_p) I_u*) / |I_p|^2, with like
    currents phi + psi p (p - 1); reduced height xi = h sqrt(pi f mu_0 (b_c / b_s) / rho).

    """
    if bars.width > bars.slot_width * (1 + 1e-9):
        raise InputError(f"slot: conductors of {bars.width:g} m in a slot of {bars.slot_width:g} m; they do not fit")
    like = np.ones(bars.layers) if currents is None else np.asarray(currents)
    below = np.cumsum(like) - like
    share = np.real((below + like) * np.conj(below)) / np.abs(like) ** 2
    xi = bars.height * np.sqrt(pi * np.asarray(frequency) * _MU_0 * bars.width / bars.slot_width / resistivity)
    phi, psi = crowding(xi)
    return np.asarray(phi[:, None] + psi[:, None] * share)


def wire_factor(wires: SlotWires, frequency: Array, resistivity: float) -> Array:
    """Return loss over DC loss (A,) of round wires in a slot, over ``frequency`` (A,) [Hz].

    A wire's own field: Re(z I_0(z) / 2 I_1(z)), z = (1 + j) a / delta. The slot's field, which rises evenly from its
    bottom, mean square a third of its highest: per metre of wire 2 pi rho H^2 Re(z I_1(z) / I_0(z)) for a peak H
    (Lammeraner and Stafl, Eddy Currents, 1966; Ferreira, IEEE Trans. Power Electron. 9 (1994) 109). Where a / delta is
    small this is pi omega^2 B^2 d^4 / (128 rho), the form of Sullivan, IEEE Trans. Power Electron. 14 (1999) 283. Wires
    are thin against the slot.
    """
    a = 0.5 * wires.diameter
    f = np.maximum(np.asarray(frequency, dtype=float), 1e-3)
    z = (1 + 1j) * a * np.sqrt(pi * f * _MU_0 / resistivity)
    own = np.real(z * ive(0, z) / (2 * ive(1, z)))
    direct = 0.5 * resistivity / (pi * a * a) / wires.strands**2
    h_squared = (wires.conductors / wires.slot_width) ** 2 / 3
    slot = 2 * pi * resistivity * h_squared * np.real(z * ive(1, z) / ive(0, z))
    return np.asarray(own + slot / direct)


def ac_factor(facts: MachineFacts, frequency: Array, temperature: float) -> Array:
    """Return a phase's resistance over its DC value (A,), over electrical ``frequency`` (A,) [Hz].

    Parameters
    ----------
    facts : MachineFacts
        Hairpins are stacked in ``layers`` one above the other; round wires fill the slot evenly.
    frequency : (A,)
        [Hz].
    temperature : float
        Of the winding [K].

    """
    winding = facts.winding
    resistivity = conductor(winding.conductor).resistivity_at(temperature)
    if winding.style == "hairpin":
        beside = winding.conductors_per_slot / winding.layers
        bars = SlotBars(
            height=winding.conductor_height,
            width=winding.conductor_width * beside,
            slot_width=facts.slot_width,
            layers=winding.layers,
        )
        inside = layer_factors(bars, frequency, resistivity).mean(axis=1)
    else:
        wires = SlotWires(
            diameter=winding.conductor_height,
            strands=winding.strands,
            conductors=winding.conductors_per_slot,
            slot_width=facts.slot_width,
        )
        inside = wire_factor(wires, frequency, resistivity)
    share = 1 - winding.end_turn_length / winding.turn_length
    if not 0 <= share <= 1:
        raise InputError(
            f"winding: a turn of {winding.turn_length:g} m with {winding.end_turn_length:g} m in its ends; "
            "the ends are part of the turn"
        )
    return np.asarray(np.maximum(1 + share * (inside - 1), 1.0))
