"""Flux linkages over currents, and the currents of least loss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coaxle.design.edu import Unit
from coaxle.numerics.arrays import Array
from coaxle.report.axes import ticks
from coaxle.report.figures.curves import Panel, curves_figure
from coaxle.report.figures.heights import Curve, Heights, draw_heights, plane_of
from coaxle.report.numerals import fixed
from coaxle.report.palette import MAP_STEPS
from coaxle.report.svg import Drawing, Paint, Type
from coaxle.report.unit.losses import rated

RPM = np.pi / 30
LARGEST = Paint(stroke="more", width=1.4, dash="5 3")
SPEEDS = (
    Paint(stroke="source", width=1.8),
    Paint(stroke="more", width=1.8, dash="7 3"),
    Paint(stroke="less", width=1.8, dash="2 3"),
)


def flux_pictures(unit: Unit) -> Iterator[tuple[str, str, bool]]:
    """Yield name, drawing and width of the flux linkages: one row of panels a linkage."""
    flux = unit.flux
    chosen = sorted({0, flux.i_f.size // 2, flux.i_f.size - 1})
    for symbol, table in (("psi_d", flux.psi_d), ("psi_q", flux.psi_q)):
        yield symbol.replace("_", "-"), _row(unit, symbol, table, chosen), len(chosen) > 1


def _row(unit: Unit, symbol: str, table: Array, chosen: list[int]) -> str:
    flux = unit.flux
    wide = 250.0 if len(chosen) > 1 else 380.0
    drawing = Drawing(
        54 + len(chosen) * (wide + 62),
        336,
        f"Flux linkage {symbol} of {unit.parts.unit.machine}",
        f"Contours of {symbol} over i_d and i_q" + (" at several field currents." if len(chosen) > 1 else "."),
    )
    drawing.text((4, 16), f"{unit.parts.unit.machine}: {symbol} [mWb]", Type(size=12.5, bold=True))
    levels = ticks(1e3 * float(table.min()), 1e3 * float(table.max()), MAP_STEPS - 1)
    for i, f in enumerate(chosen):
        left = 54 + i * (wide + 62)
        shown = Heights(
            name="",
            description="",
            heading="",
            x_label="i_d [A]",
            y_label="i_q [A]" + (f", i_f {fixed(float(flux.i_f[f]), 1)} A" if len(chosen) > 1 else ""),
            x=np.broadcast_to(flux.i_d[:, None], table.shape[:2]),
            y=np.broadcast_to(flux.i_q[None, :], table.shape[:2]),
            z=1e3 * table[:, :, f],
            levels=levels,
            curves=(_arc(unit),),
        )
        draw_heights(drawing, plane_of(shown, (left, 52, left + wide, 292)), shown, about_x=5)
    return drawing.svg()


def _arc(unit: Unit) -> Curve:
    flux, limit = unit.flux, min(unit.parts.unit.current, unit.parts.inverter.max_current)
    angle = np.linspace(0.0, np.pi, 90)
    x, y = limit * np.cos(angle), limit * np.sin(angle)
    inside = (x >= flux.i_d[0]) & (x <= flux.i_d[-1]) & (y <= flux.i_q[-1])
    return Curve(x=x[inside], y=y[inside], paint=LARGEST)


def currents_picture(unit: Unit) -> str:
    """Return the currents of least loss over torque at three speeds, a panel each."""
    points, v, operation = unit.operation.points, rated(unit), unit.operation
    last = operation.speed.size - 1
    chosen = sorted({max(1, round(share * last)) for share in (0.1, 0.5, 1.0)})
    tables = [("i_d", points.i_d), ("i_q", points.i_q)]
    if unit.parts.machine.kind == "eesm":
        tables.append(("i_f", points.i_f))
    panels = tuple(
        Panel(
            heading=f"{unit.parts.name}: currents of least loss" if i == 0 else "",
            x_label="torque at the machine's shaft [Nm]",
            y_label=f"{symbol} [A]",
            curves=tuple(
                Curve(
                    x=operation.torque[v, s] - operation.drag[s],
                    y=table[v, s],
                    paint=paint,
                    word=f"{fixed(float(operation.speed[s]) / RPM, 0)} rpm",
                )
                for s, paint in zip(chosen, SPEEDS, strict=False)
            ),
        )
        for i, (symbol, table) in enumerate(tables)
    )
    return curves_figure(
        f"Currents of {unit.parts.name}",
        "Currents of least loss over torque of the machine's shaft at a low, a middle and the highest speed.",
        panels,
        width=250.0,
    )
