"""Efficiency, loss, ripple and torque over speed."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import RegularGridInterpolator

from coaxle.design.edu import Unit
from coaxle.numerics.arrays import Array
from coaxle.report.figures.curves import Panel, curves_figure
from coaxle.report.figures.heights import Curve, Heights, heights_figure
from coaxle.report.figures.map import EFFICIENCIES
from coaxle.report.numerals import fixed, plain
from coaxle.report.palette import MAP_STEPS
from coaxle.report.svg import Paint
from coaxle.report.unit.losses import rated, tables
from coaxle.report.unit.ratings import DURATIONS, output_torque, shaft_torque

RPM = np.pi / 30
Drawn = tuple[str, str, str]
"""Name, caption, drawing."""
LINES = {
    "peak": Paint(stroke="ink", width=2.0),
    "10 s": Paint(stroke="more", width=1.8),
    "30 s": Paint(stroke="transmission", width=1.8, dash="7 3"),
    "30 min": Paint(stroke="source", width=1.8),
    "continuous": Paint(stroke="less", width=1.8, dash="5 3"),
}
LOSSES = (100, 200, 500, 1000, 2000, 3000, 5000, 7500, 10000, 15000, 20000, 30000, 50000)
SHAFT_SPEED, OUTPUT_SPEED = "speed of the machine's shaft [rpm]", "speed of the output shaft [rpm]"


def shaft_mesh(unit: Unit) -> tuple[Array, Array]:
    """Return speed [rpm] and torque [Nm] of the machine's shaft at the operation's points at rated voltage (S, T)."""
    operation = unit.operation
    torque = operation.torque[rated(unit)] - operation.drag[:, None]
    return np.broadcast_to(operation.speed[:, None] / RPM, torque.shape), torque


def efficiency_pictures(unit: Unit) -> tuple[Drawn, ...]:
    """Return the efficiency of machine and inverter at the machine's shaft."""
    speed, torque = shaft_mesh(unit)
    loss = sum(tables(unit).values()) + unit.operation.friction[:, None]
    power = speed * RPM * torque
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(power > 0, power / (power + loss), np.where(power < 0, (power + loss) / power, 0.0))
    efficiency = np.clip(np.nan_to_num(value), 0.0, 1.0)
    wanted = [100 * level for level in EFFICIENCIES if level < float(efficiency.max())]
    svg = heights_figure(
        Heights(
            name=f"Efficiency of machine and inverter of {unit.parts.name}",
            description="Contours of efficiency over speed and torque of the machine's shaft at rated voltage, with "
            "peak torque and that of thirty minutes and for ever.",
            heading=f"{unit.parts.name}: machine and inverter, efficiency [%]",
            x_label=SHAFT_SPEED,
            y_label="torque at the machine's shaft [Nm]",
            x=speed,
            y=torque,
            z=100 * efficiency,
            levels=tuple(wanted[-(MAP_STEPS - 1) :]),
            curves=duration_curves(unit, ("peak", "30 min", "continuous")),
            said=lambda level: plain(round(level, 3)),
        )
    )
    return (("efficiency-shaft", "From DC terminals to the machine's shaft at rated voltage, friction included.", svg),)


def loss_picture(unit: Unit) -> Drawn:
    """Return the loss of machine and inverter."""
    speed, torque = shaft_mesh(unit)
    loss = sum(tables(unit).values()) + unit.operation.friction[:, None]
    svg = heights_figure(
        Heights(
            name=f"Loss of machine and inverter of {unit.parts.name}",
            description="Contours of loss over speed and torque of the machine's shaft at rated voltage.",
            heading=f"{unit.parts.name}: machine and inverter, loss [kW]",
            x_label=SHAFT_SPEED,
            y_label="torque at the machine's shaft [Nm]",
            x=speed,
            y=torque,
            z=np.asarray(loss) / 1e3,
            levels=_few(tuple(level / 1e3 for level in LOSSES if level < float(np.max(loss)))),
            curves=duration_curves(unit, ("peak", "30 min", "continuous")),
        )
    )
    return "loss", "Darker is more: what heats machine and inverter at rated voltage.", svg


def ripple_picture(unit: Unit) -> Drawn:
    """Return the ripple of torque, peak to peak, at the currents of least loss."""
    speed, torque = shaft_mesh(unit)
    flux, points, v = unit.flux, unit.operation.points, rated(unit)
    wound = flux.i_f.size > 1
    axes = (flux.i_d, flux.i_q, *((flux.i_f,) if wound else ()))
    table = flux.ripple if wound else flux.ripple[:, :, 0]
    at = [points.i_d[v], np.abs(points.i_q[v]), *((points.i_f[v],) if wound else ())]
    inside = np.stack([np.clip(a, axis[0], axis[-1]) for a, axis in zip(at, axes, strict=True)], axis=-1)
    ripple = np.maximum(RegularGridInterpolator(axes, table)(inside), 0.0)
    svg = heights_figure(
        Heights(
            name=f"Torque ripple of {unit.parts.name}",
            description="Contours of torque ripple, peak to peak, over speed and torque of the machine's shaft.",
            heading=f"{unit.parts.name}: torque ripple, peak to peak [Nm]",
            x_label=SHAFT_SPEED,
            y_label="torque at the machine's shaft [Nm]",
            x=speed,
            y=torque,
            z=ripple,
            curves=duration_curves(unit, ("peak",)),
        )
    )
    caption = (
        "Peak to peak over rotor positions at sinusoidal currents; field solutions at few positions tell the least "
        "that there is."
    )
    return "ripple", caption, svg


def envelope_pictures(unit: Unit) -> tuple[Drawn, ...]:
    """Return torque and power at the output shaft over speed: three voltages, and durations at the rated one."""
    volts, speed = unit.map.voltage, unit.map.speed / RPM
    chosen = dict.fromkeys((0, rated(unit), volts.size - 1))
    paints = (Paint(stroke="source", width=1.6, dash="2 3"), LINES["peak"], Paint(stroke="more", width=1.6, dash="7 3"))
    by_voltage = tuple(
        Curve(
            x=speed,
            y=unit.map.torque_max[v],
            paint=paints[1] if v == rated(unit) else paints[0 if v < rated(unit) else 2],
            word=f"peak at {fixed(float(volts[v]), 0)} V",
        )
        for v in chosen
    )
    durations = tuple(
        Curve(x=speed, y=output_torque(unit, shaft_torque(unit, name)), paint=LINES[name], word=name)
        for name in DURATIONS
    )
    return (
        _envelope(unit, "envelope-voltages", "three voltages", "What the DC voltage leaves of it.", by_voltage),
        _envelope(
            unit,
            "envelope-durations",
            f"durations at {fixed(float(volts[rated(unit)]), 0)} V",
            "Seconds start from the warm state (half of continuous torque), thirty minutes from cold; the coolant "
            "stays as it is.",
            durations,
        ),
    )


def _envelope(unit: Unit, name: str, what: str, caption: str, curves: tuple[Curve, ...]) -> Drawn:
    powers = tuple(
        Curve(x=curve.x, y=curve.y * curve.x * RPM / 1e3, paint=curve.paint, word=curve.word) for curve in curves
    )
    svg = curves_figure(
        f"Torque and power of {unit.parts.name}, {what}",
        f"Torque and power at the output shaft over its speed: {', '.join(curve.word for curve in curves)}.",
        (
            Panel(heading=f"{unit.parts.name}: {what}", x_label=OUTPUT_SPEED, y_label="torque [Nm]", curves=curves),
            Panel(heading="", x_label=OUTPUT_SPEED, y_label="power [kW]", curves=powers),
        ),
        width=260.0,
    )
    return name, caption, svg


def duration_curves(unit: Unit, names: tuple[str, ...]) -> tuple[Curve, ...]:
    """Return curves of ratings over the machine's shaft."""
    speed = unit.operation.speed / RPM
    return tuple(Curve(x=speed, y=shaft_torque(unit, name), paint=LINES[name], word=name) for name in names)


def _few(levels: tuple[float, ...]) -> tuple[float, ...]:
    return levels[-(MAP_STEPS - 1) :]
