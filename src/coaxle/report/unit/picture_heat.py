"""Temperatures of the parts at continuous torque."""

from __future__ import annotations

import numpy as np

from coaxle.design.edu import Unit
from coaxle.design.thermal import steady
from coaxle.numerics.arrays import Array
from coaxle.report.figures.curves import Panel, curves_figure
from coaxle.report.figures.heights import Curve
from coaxle.report.numerals import fixed
from coaxle.report.svg import Paint
from coaxle.report.unit.ratings import shaft_torque

RPM = np.pi / 30
ZERO = 273.15
PAINTS = {
    "winding": Paint(stroke="unit", width=2.0),
    "end-winding": Paint(stroke="unit", width=2.0, dash="5 3"),
    "teeth": Paint(stroke="source", width=1.6),
    "yoke": Paint(stroke="source", width=1.6, dash="5 3"),
    "housing": Paint(stroke="muted", width=1.6, dash="2 3"),
    "rotor": Paint(stroke="idle", width=1.6),
    "field-winding": Paint(stroke="transmission", width=2.0),
    "cage": Paint(stroke="transmission", width=2.0),
    "magnets": Paint(stroke="storage", width=2.0),
    "shaft": Paint(stroke="muted", width=1.6),
}


def continuous_temperatures(unit: Unit) -> Array:
    """Return the mean temperatures (S, n) [K] of the network's nodes at continuous torque; NaN where none settles."""
    losses = unit.endurance.losses
    torque = np.maximum(shaft_torque(unit, "continuous"), losses.torque[:, 0])
    settled = steady(unit.endurance.network, losses.along(torque))[:, 0]
    return np.where(np.isfinite(settled), settled, np.nan)


def temperatures_picture(unit: Unit) -> str:
    """Return the temperatures of all parts over speed, with the limits of those that have one."""
    network, speed = unit.endurance.network, unit.operation.speed / RPM
    found = continuous_temperatures(unit) - ZERO
    limits: dict[float, list[str]] = {}
    for node, limit in zip(network.nodes, network.limit, strict=True):
        if np.isfinite(limit):
            limits.setdefault(float(limit) - ZERO, []).append(node)
    return curves_figure(
        f"Temperatures of {unit.parts.name}",
        "Mean temperatures by part over speed of the machine's shaft at continuous torque, with limits.",
        (
            Panel(
                heading=f"{unit.parts.name}: temperatures at continuous torque",
                x_label="speed of the machine's shaft [rpm]",
                y_label="temperature [°C]",
                curves=tuple(
                    Curve(x=speed, y=found[:, i], paint=PAINTS.get(node, PAINTS["housing"]), word=node)
                    for i, node in enumerate(network.nodes)
                ),
                limits=tuple(
                    (limit, f"hottest point of {' and '.join(nodes)}, at most {fixed(limit, 0)} °C")
                    for limit, nodes in limits.items()
                ),
                from_zero=False,
            ),
        ),
        width=400.0,
    )
