"""Fit the class parameters on the calibration part: ``python -m coaxle.validation.calibrate``.

What is found is printed, not written: the figures stand in the library (``combustions.yaml``, ``loss-models.yaml``, the
gearboxes) and in :class:`~coaxle.validation.classes.Classes`, each with what it was fitted on. The test part is never
looked at here.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np

from coaxle.design.edu.losses import electric_losses
from coaxle.numerics.arrays import Array
from coaxle.validation.approvals import approvals
from coaxle.validation.classes import RPM, Classes, Gearing
from coaxle.validation.fitting import Fit, Knob, fit
from coaxle.validation.parts import parts
from coaxle.validation.predict import combustion_cycles, electric_cycles, wltp
from coaxle.validation.records import combustion_records, electric_records
from coaxle.validation.tables import read_table

ID3_POWER, ID3_TORQUE = 150e3, 310.0
"""Peak ratings of the unit of the VW ID.3 [W], [Nm]."""


def only(values: dict[str, float], names: tuple[str, ...], factor: float = 1.0) -> dict[str, Any]:
    """Return the chosen values, times ``factor``, as changes to a class."""
    return {name: factor * values[name] for name in names}


def magnet_machine() -> Fit:
    """Fit the components of machine and inverter to the measured drive unit of the VW ID.3."""
    table = read_table("id3-unit.csv")
    keep = np.array(table.words("part")) == "calibration"
    tau = table.numbers("torque [Nm]")[keep] / ID3_TORQUE
    sigma = table.numbers("speed [rpm]")[keep] * RPM * ID3_TORQUE / ID3_POWER
    measured = tau * sigma * (1.0 / table.numbers("efficiency [-]")[keep] - 1.0)
    base = parts().loss_models["ipm-igbt"]

    def residuals(v: dict[str, float]) -> Array:
        shaft = v["friction"] * sigma
        model = replace(base, **only(v, SHAPE))
        lost = electric_losses(model, tau + shaft, sigma, np.ones_like(tau)).total + shaft * sigma + v["standing"]
        return np.log(lost / measured)

    knobs = (
        Knob(name="copper", start=0.045, scale=0.03, low=0.005, high=0.15),
        Knob(name="magnet_flux", start=0.5, scale=0.15, low=0.2, high=0.9),
        Knob(name="iron", start=0.008, scale=0.006, low=0.001, high=0.05),
        Knob(name="friction", start=0.0008, scale=0.0008, low=0.0, high=0.01),
        Knob(name="conduction", start=0.015, scale=0.008, low=0.002, high=0.05),
        Knob(name="switching", start=0.008, scale=0.006, low=0.001, high=0.04),
        Knob(name="standing", start=0.0013, scale=0.0006, low=0.0, high=0.005),
    )
    return fit(knobs, residuals, pull=0.02)


def magnet_gears() -> dict[str, float]:
    """Return mesh and drag fitted to the computed gear losses of the VW ID.3, each weighted with its own size."""
    table = read_table("id3-gears.csv")
    torque, loss = table.numbers("torque [Nm]"), table.numbers("loss [W]")
    speed = table.numbers("speed [rpm]") * RPM
    columns = np.stack([np.abs(torque) * speed, speed], axis=1) / loss[:, None]
    mesh, drag = np.linalg.lstsq(columns, np.ones_like(loss), rcond=None)[0]
    return {"mesh": float(mesh), "drag": float(drag) / (ID3_TORQUE * 11.53)}


SHAPE = ("copper", "magnet_flux", "iron", "conduction", "switching")
"""What the measured unit tells of the electric losses."""


def electric(classes: Classes) -> Fit:
    """Fit what units of electric cars take while the car is on: the one figure that their parts do not tell."""
    records = [record for record in electric_records() if record.part == "calibration"]
    measured = np.array([(r.udds, r.hwfet) for r in records]).T
    models = [(r.front, r.rear, r.battery, r.mass) for r in records]
    weight = np.array([1.0 / np.sqrt(models.count(model)) for model in models])

    def residuals(v: dict[str, float]) -> Array:
        predicted = np.stack(electric_cycles(records, replace(classes, unit_standby=v["unit_standby"])))
        return (np.log(predicted / measured) * weight).ravel()

    return fit((Knob(name="unit_standby", start=0.001, scale=0.001, low=0.0, high=0.005),), residuals, pull=0.04)


def with_combustion(classes: Classes, v: dict[str, float]) -> Classes:
    """Return ``classes`` with other combustion, gearbox and idle parameters."""
    combustions = dict(classes.combustions)
    for name, knob in CHARGED.items():
        friction = v[knob]
        base = PUBLISHED_TURBO
        combustions[name] = replace(
            combustions[name],
            a=base[0] * v["work"],
            b=base[1] * v["work"],
            c2=base[2] * v["work"],
            a2=base[3],
            l=base[4] * friction,
            l2=base[5] * friction,
        )
    for name, model in combustions.items():
        combustions[name] = replace(model, cold_friction=v["cold_friction"], warm_up=v["warm_up"])
    gearing = Gearing(mesh=v["mesh"], drag=v["drag"], standstill=v["standstill"], launch_speed=v["launch_speed"] * RPM)
    return replace(
        classes,
        combustions=combustions,
        gearing=gearing,
        gearing_dog_clutches=replace(gearing, mesh=v["mesh_9hp"]),
        auxiliaries=v["auxiliaries"],
        idling=replace(classes.idling, stop_warmth=v["stop_warmth"]),
        axle_loss=(v["axle_loss_two"], v["axle_loss_four"]),
        lugging=(v["lugging_4"] * RPM, v["lugging_6"] * RPM, v["lugging_8"] * RPM),
        soak_warmth=v["soak_warmth"],
    )


CHARGED = {
    "petrol-turbo": "friction",
    "petrol-turbo-2010": "friction_2010",
    "petrol-supercharged": "friction_supercharged",
    "petrol-supercharged-v6": "friction_supercharged_v6",
}
"""Classes that start from the published coefficients of charged petrol engines, and the knob of their friction."""
PUBLISHED_TURBO = (0.468678, 0.011859, -0.00069, -0.00266, -2.14063, -0.0025)
"""a, b, c2, a2, l, l2 of the class 'positive turbo' of CO2MPAS."""


COMBUSTION_KNOBS = (
    Knob(name="work", start=1.0, scale=0.04, low=0.9, high=1.1),
    Knob(name="friction", start=1.0, scale=0.2, low=0.5, high=1.5),
    Knob(name="friction_2010", start=1.0, scale=0.2, low=0.5, high=1.5),
    Knob(name="friction_supercharged", start=1.0, scale=0.2, low=0.5, high=2.0),
    Knob(name="friction_supercharged_v6", start=1.0, scale=0.2, low=0.5, high=2.0),
    Knob(name="cold_friction", start=1.7, scale=0.4, low=1.2, high=3.5),
    Knob(name="warm_up", start=5e6, scale=2e6, low=1e6, high=1.5e7),
    Knob(name="soak_warmth", start=0.7, scale=0.2, low=0.2, high=1.0),
    Knob(name="mesh", start=0.02, scale=0.01, low=0.005, high=0.06),
    Knob(name="mesh_9hp", start=0.04, scale=0.03, low=0.005, high=0.25),
    Knob(name="drag", start=0.01, scale=0.004, low=0.002, high=0.03),
    Knob(name="standstill", start=0.02, scale=0.01, low=0.0, high=0.06),
    Knob(name="launch_speed", start=1400.0, scale=150.0, low=1000.0, high=2000.0),
    Knob(name="stop_warmth", start=0.3, scale=0.2, low=0.0, high=0.9),
    Knob(name="auxiliaries", start=400.0, scale=100.0, low=150.0, high=900.0),
    Knob(name="axle_loss_two", start=0.02, scale=0.006, low=0.01, high=0.04),
    Knob(name="axle_loss_four", start=0.03, scale=0.01, low=0.015, high=0.07),
    Knob(name="lugging_4", start=1250.0, scale=100.0, low=950.0, high=1600.0),
    Knob(name="lugging_6", start=1150.0, scale=100.0, low=900.0, high=1500.0),
    Knob(name="lugging_8", start=1050.0, scale=100.0, low=850.0, high=1400.0),
)


def combustion(classes: Classes) -> Fit:
    """Fit petrol engines, gearboxes and idling to FTP, HWFET and (with less weight) the bags."""
    records = [record for record in combustion_records() if record.part == "calibration" and record.fuel == "petrol"]
    tests = np.array([(r.ftp, r.hwfet, *r.bags) for r in records])
    weight = np.array([1.0, 1.0, 0.4, 0.4, 0.4])

    def residuals(v: dict[str, float]) -> Array:
        p = combustion_cycles(records, with_combustion(classes, v))
        predicted = np.column_stack((p.ftp, p.hwfet, p.bags))
        return (np.log(predicted / tests) * weight).ravel()

    return fit(COMBUSTION_KNOBS, residuals, pull=0.3)


def with_diesel(classes: Classes, v: dict[str, float]) -> Classes:
    """Return ``classes`` with another diesel."""
    work, friction = v["work"], v["friction"]
    a, b, c2, a2, l_, l2 = PUBLISHED_DIESEL
    model = replace(
        classes.combustions["diesel"],
        a=a * work,
        b=b * work,
        c2=c2 * work,
        a2=a2,
        l=l_ * friction,
        l2=l2 * friction,
        cold_friction=v["cold_friction"],
    )
    return replace(
        classes,
        combustions={**classes.combustions, "diesel": model},
        lugging_diesel=(v["lugging_4"] * RPM, v["lugging_6"] * RPM, v["lugging_6"] * RPM),
    )


PUBLISHED_DIESEL = (0.391197, 0.028604, -0.00196, -0.0012, -1.55291, -0.0076)
"""a, b, c2, a2, l, l2 of the class 'compression' of CO2MPAS."""


def diesel(classes: Classes) -> Fit:
    """Fit the diesel to the few US tests and the WLTP phases of the calibration part."""
    records = [record for record in combustion_records() if record.part == "calibration" and record.fuel == "diesel"]
    rows = [row for row in approvals() if row.record.part == "calibration" and row.kind == "diesel"]
    tests = np.array([(r.ftp, r.hwfet, *r.bags) for r in records])
    phases = np.array([row.phases for row in rows])

    def residuals(v: dict[str, float]) -> Array:
        changed = with_diesel(classes, v)
        p = combustion_cycles(records, changed)
        us = np.log(np.column_stack((p.ftp, p.hwfet, p.bags)) / tests)
        eu = np.log(wltp(rows, changed)[1] / phases)
        return np.concatenate((us.ravel(), eu.ravel() * 0.5))

    knobs = (
        Knob(name="work", start=1.0, scale=0.04, low=0.9, high=1.1),
        Knob(name="friction", start=1.0, scale=0.2, low=0.5, high=1.5),
        Knob(name="cold_friction", start=2.0, scale=0.4, low=1.2, high=3.5),
        Knob(name="lugging_4", start=1150.0, scale=100.0, low=900.0, high=1500.0),
        Knob(name="lugging_6", start=1050.0, scale=100.0, low=900.0, high=1400.0),
    )
    return fit(knobs, residuals, pull=0.1)


def with_approval(classes: Classes, v: dict[str, float]) -> Classes:
    """Return ``classes`` with other factors of type approval in Europe."""
    return replace(classes, european_rolling=v["european_rolling"], declared_before_2021=v["declared_before_2021"])


def approval(classes: Classes) -> Fit:
    """Fit the one factor of European tyres, and that of what was declared before 2021, to the combined WLTP."""
    rows = [row for row in approvals() if row.record.part == "calibration" and row.kind != "diesel"]
    measured = np.array([row.combined for row in rows])

    def residuals(v: dict[str, float]) -> Array:
        return np.log(wltp(rows, with_approval(classes, v))[0] / measured)

    knobs = (
        Knob(name="european_rolling", start=1.0, scale=0.2, low=0.5, high=1.5),
        Knob(name="declared_before_2021", start=1.045, scale=0.04, low=0.95, high=1.15),
    )
    return fit(knobs, residuals, pull=0.02)


def main() -> None:
    """Fit everything, one stage after the other, and print what was found."""
    classes = Classes()
    unit, gears = magnet_machine(), magnet_gears()
    tell("magnet machine by loss components (VW ID.3)", unit)
    say("gears (VW ID.3)", gears)
    found = electric(classes)
    tell("electric cars", found)
    classes = replace(classes, unit_standby=found.values["unit_standby"])
    found = combustion(classes)
    tell("petrol cars", found)
    classes = with_combustion(classes, found.values)
    found = approval(classes)
    tell("type approval in Europe", found)
    classes = with_approval(classes, found.values)
    tell("diesel cars", diesel(classes))


def tell(stage: str, found: Fit) -> None:
    """Print what a stage found."""
    before, after = (f"{value:.2%}" for value in (found.before, found.after))
    say(f"{stage}: {found.rows} residuals, mean absolute {before} before, {after} after", found.values)


def say(heading: str, values: dict[str, float]) -> None:
    """Print values under a heading."""
    lines = "".join(f"  {name}: {value:.4g}\n" for name, value in values.items())
    sys.stdout.write(f"{heading}\n{lines}")


if __name__ == "__main__":
    main()
