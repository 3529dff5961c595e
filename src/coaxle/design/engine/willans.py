"""The extended Willans line, solved for the fuel.

    p_e = (a + b c + c2 c^2) p_f + a2 p_f^2 + l + l2 c^2

with mean piston speed c [m/s], brake mean pressure p_e and fuel mean pressure p_f [bar]; the form and its coefficients
per class of engine are those that the JRC identified for CO2MPAS. Four strokes: power = p V_d w / (4 pi).
"""

from __future__ import annotations

import numpy as np

from coaxle.design.engine.engine import Combustion
from coaxle.numerics.arrays import Array

BAR = 1e5
LEAST_MARGINAL = 0.25
"""Least marginal efficiency dp_e/dp_f that is believed. The quadratic term bends the line down so far that it would
end below the full load of today's charged engines; from where its slope has fallen to this figure it runs on straight.
At 20 to 26 bar that gives 260 to 280 g/kWh, what enrichment and late ignition cost at full load (assumed)."""


def mean_piston_speed(stroke: float, w: Array) -> Array:
    """Return c [m/s] at crankshaft speed ``w`` [rad/s]."""
    return stroke * w / np.pi


def friction_pressure(combustion: Combustion, c: Array) -> Array:
    """Return the mean pressure [bar] that friction and pumping take, >= 0, at mean piston speed ``c`` [m/s]."""
    return -(combustion.l + combustion.l2 * c**2)


def fuel_pressure(combustion: Combustion, p_e: Array, c: Array, friction: Array | None = None) -> Array:
    """Return the fuel mean pressure p_f [bar] for ``p_e`` [bar] at ``c`` [m/s]; broadcast; 0 where none is needed.

    ``friction`` [bar] replaces the warm engine's own. Valid for p_e >= -friction; up to about 14 bar the line lies
    within what it was identified on, above it is continued, see :data:`LEAST_MARGINAL`.
    """
    p_m = friction_pressure(combustion, c) if friction is None else friction
    slope = combustion.a + combustion.b * c + combustion.c2 * c**2
    wanted = np.maximum(p_e + p_m, 0.0)
    if combustion.a2 == 0.0:
        return wanted / slope
    root = np.sqrt(np.maximum(slope**2 + 4 * combustion.a2 * wanted, 0.0))
    curved = 2 * wanted / (slope + root)
    tangent = np.minimum(LEAST_MARGINAL, slope)
    p_f_t = (tangent - slope) / (2 * combustion.a2)
    p_e_t = (slope + combustion.a2 * p_f_t) * p_f_t
    return np.where(root >= tangent, curved, p_f_t + (wanted - p_e_t) / tangent)
