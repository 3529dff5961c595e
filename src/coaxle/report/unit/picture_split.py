"""Where the losses arise: over speed at a torque, and at points."""

from __future__ import annotations

import numpy as np

from coaxle.design.edu import Unit
from coaxle.report.figures.parts import Words, areas_figure, stacked_bars_figure
from coaxle.report.numerals import fixed
from coaxle.report.unit.losses import PHASES, TOKENS, Point, along_torque, rated, reference_points

RPM = np.pi / 30
SHARES = (0.1, 0.5)
"""Of the peak torque: where losses are shown over speed."""
CAR = "a car of 2.1 t on wheels of 0.35 m radius that gains 0.3 m/s²"
"""Whose points stand for the phases of the WLTC."""


def split_pictures(unit: Unit) -> tuple[tuple[str, str, str], ...]:
    """Return names, captions and drawings."""
    top = float(unit.map.torque_max[rated(unit)].max())
    over = tuple(_over_speed(unit, share, share * top) for share in SHARES)
    points = reference_points(unit)
    phases = tuple(point for point in points if point.name in PHASES)
    corners = tuple(point for point in points if point.name not in PHASES)
    return (
        *over,
        (
            "split-wltc",
            f"Mean speeds of the WLTC's phases without stops, for {CAR}.",
            _bars(unit, phases, "in traffic"),
        ),
        ("split-corners", "At the corners of the envelope at rated voltage.", _bars(unit, corners, "at its limits")),
    )


def _over_speed(unit: Unit, share: float, torque: float) -> tuple[str, str, str]:
    speed, parts = along_torque(unit, torque)
    said = f"{fixed(torque, 0)} Nm at the output shaft"
    svg = areas_figure(
        Words(
            name=f"Losses of {unit.parts.name} at {said}",
            description=f"Losses by part, stacked, over speed of the output shaft at {said} and rated voltage.",
            heading=f"{unit.parts.name}: losses at {said}",
            x_label="speed of the output shaft [rpm]",
            y_label="loss [kW]",
        ),
        speed / RPM,
        {part: watts / 1e3 for part, watts in parts.items()},
        TOKENS,
    )
    return (
        f"split-{round(100 * share)}",
        f"Losses by part at {100 * share:.0f} % of peak torque, as far as it reaches.",
        svg,
    )


def _bars(unit: Unit, points: tuple[Point, ...], where: str) -> str:
    words = Words(
        name=f"Losses of {unit.parts.name} {where}",
        description="Losses by part at " + ", ".join(point.name for point in points) + ".",
        heading=f"{unit.parts.name}: losses {where} [W]",
    )
    return stacked_bars_figure(words, [(point.name, point.parts) for point in points], TOKENS, "W")
