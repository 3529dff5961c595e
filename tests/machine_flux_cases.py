"""Flux maps for the tests of control: made up, from a coenergy or in closed form, of any fineness."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from coaxle.design.machine.control.limits import SourceTerms
from coaxle.design.machine.loss.terms import LossTerms
from coaxle.maps.flux import FluxMap
from coaxle.maps.origin import Origin

ORIGIN = Origin(method="field solution", source="made up for a test")
Linkages = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]


def saturating(turns: float, start: float, saliency: float, inductance: float, knee: float, leakage: float) -> Linkages:
    """Return linkages (psi_d, psi_q, psi_f) of a saturating, cross-coupled, conservative machine.

    With x = i_d + turns i_f + start and y = saliency i_q, a magnetising coenergy of the modulus r = (x^2 + y^2)^(1/2),
    W = knee^2 / L ln cosh(L r / knee), saturates at the linkage ``knee``; linkages are its slopes by the currents.
    Field current and magnets (``start``) enter as ampere of d current; ``leakage`` adds L_l i to the stator.
    """

    def linkages(i_d: np.ndarray, i_q: np.ndarray, i_f: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        x, y = i_d + turns * i_f + start, saliency * i_q
        r = np.sqrt(x * x + y * y) + 1e-12
        psi = knee * np.tanh(inductance * r / knee)
        return psi * x / r + leakage * i_d, saliency * psi * y / r + leakage * i_q, 1.5 * turns * psi * x / r

    return linkages


def linear(l_d: float, l_q: float, psi_pm: float = 0.0, l_m: float = 0.0) -> Linkages:
    """Return linkages of a machine without saturation; ``l_m`` couples the field winding."""

    def linkages(i_d: np.ndarray, i_q: np.ndarray, i_f: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return l_d * i_d + psi_pm + l_m * i_f, l_q * i_q + 0.0 * i_d, 1.5 * l_m * i_d + 0.0 * i_f

    return linkages


def flux_map(
    machine: Any,
    linkages: Linkages,
    i_d: np.ndarray,
    i_q: np.ndarray,
    i_f: np.ndarray | None = None,
    *,
    pole_pairs: int = 3,
    cage: float = 0.0,
    iron: float = 1.0,
    magnet: float = 0.0,
) -> FluxMap:
    """Return a map; iron loss by (|psi|) squared, with exponents 1, 1.5 and 2 of frequency.

    At 0.1 Wb and 500 Hz, ``iron`` = 1 gives about 700 W. ``cage`` is i_r over i_q.
    """
    i_f = np.zeros(1) if i_f is None else i_f
    d, q, f = np.meshgrid(i_d, i_q, i_f, indexing="ij")
    psi_d, psi_q, psi_f = linkages(d, q, f)
    square = psi_d**2 + psi_q**2
    powers = iron * np.stack((60.0 * square, 0.5 * square, 0.10 * square))
    return FluxMap(
        name="made-up",
        machine=machine,
        pole_pairs=pole_pairs,
        i_d=i_d,
        i_q=i_q,
        i_f=i_f,
        psi_d=psi_d,
        psi_q=psi_q,
        psi_f=psi_f,
        ripple=np.zeros(d.shape),
        i_r=cage * q,
        exponents=np.array([1.0, 1.5, 2.0]),
        iron_yoke=powers,
        iron_teeth=1.4 * powers,
        iron_rotor=0.05 * powers,
        magnet=magnet * (q / 500.0) ** 2 + 0.0 * d,
        origin=ORIGIN,
    )


def eesm(nodes: tuple[int, int, int] = (15, 13, 9)) -> FluxMap:
    """Return a wound-rotor machine of about 400 Nm."""
    made = saturating(turns=55.0, start=0.0, saliency=0.6, inductance=2.6e-4, knee=0.115, leakage=3e-5)
    return flux_map(
        "eesm",
        made,
        np.linspace(-750.0, 150.0, nodes[0]),
        np.linspace(0.0, 800.0, nodes[1]),
        np.linspace(0.0, 20.0, nodes[2]),
    )


def ipm(nodes: tuple[int, int] = (21, 17)) -> FluxMap:
    """Return a machine with buried magnets, of a size that gives some 270 Nm at (-582, 548) A."""

    def linkages(i_d: np.ndarray, i_q: np.ndarray, i_f: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        # d: linear but for what i_q takes; q saturates. Slopes of one coenergy: W = psi_pm i_d + L_d i_d^2 / 2 +
        # knee^2 / L_q ln cosh(L_q i_q / knee) - k i_d i_q^2 / (1 + (i_q / i_0)^2) ... / 2, mixed slopes equal.
        k, i_0, knee, l_q = 3.0e-8, 700.0, 0.102, 2.4e-4
        share = 1.0 + (i_q / i_0) ** 2
        psi_d = 0.0665 + 8.2e-5 * i_d - 0.5 * k * i_q**2 / share
        psi_q = knee * np.tanh(l_q * i_q / knee) - k * i_d * i_q / share**2
        return psi_d, psi_q, 0.0 * i_d

    d, q = np.linspace(-900.0, 100.0, nodes[0]), np.linspace(0.0, 900.0, nodes[1])
    return flux_map("ipm", linkages, d, q, pole_pairs=3, magnet=2e-4)


def synrm(nodes: tuple[int, int] = (17, 17)) -> FluxMap:
    """Return a reluctance machine, d along the easy way of the flux."""
    made = saturating(turns=0.0, start=0.0, saliency=0.45, inductance=6.0e-4, knee=0.16, leakage=3e-5)
    return flux_map("synrm", made, np.linspace(0.0, 700.0, nodes[0]), np.linspace(0.0, 700.0, nodes[1]))


def induction(nodes: tuple[int, int] = (15, 15)) -> FluxMap:
    """Return a map like an induction machine's: d along the rotor's flux, the cage carries the mirror of i_q."""

    def linkages(i_d: np.ndarray, i_q: np.ndarray, i_f: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        i_s, knee, l_m = 3e-5, 0.11, 5.5e-4
        psi = knee * np.tanh(l_m * i_d / knee)
        return psi + i_s * i_d, 2.0 * i_s * i_q + 0.0 * i_d, 0.0 * i_d

    d, q = np.linspace(0.0, 600.0, nodes[0]), np.linspace(0.0, 800.0, nodes[1])
    return flux_map("induction", linkages, d, q, pole_pairs=2, cage=0.95)


def terms(flux: FluxMap, **changed: Any) -> LossTerms:
    """Return loss terms that suit a map of this module."""
    wound, caged = flux.i_f.size > 1, bool(np.any(flux.i_r > 0))
    frequency = np.linspace(0.0, 2000.0, 41)
    figures: dict[str, Any] = {
        "resistance": 6e-3,
        "ac_frequency": frequency,
        "ac_factor": 1.0 + 0.4 * (frequency / 1000.0) ** 2,
        "field_resistance": 8.0 if wound else 0.0,
        "brush_voltage": 2.0 if wound else 0.0,
        "exciter_efficiency": 0.9 if wound else 1.0,
        "cage_resistance": 5e-3 if caged else 0.0,
        "yoke_factor": 1.3,
        "teeth_factor": 1.3,
        "rotor_factor": 1.5,
        "magnet_factor": 1.2,
        "friction_speed": np.linspace(0.0, 2000.0, 5),
        "friction": np.linspace(0.0, 400.0, 5),
    }
    return LossTerms(**(figures | changed))


def source(*volts: float) -> SourceTerms:
    """Return what inverters give at these DC voltages, 5 % held back, with losses of that order."""
    dc = np.array(volts or (360.0,))
    return SourceTerms(u_max=0.95 * dc / np.sqrt(3.0), constant=0.1 * dc, linear=0.004 * dc, square=0.0 * dc + 6e-4)
