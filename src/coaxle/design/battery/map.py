"""From a pack as published to its map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.design.battery.battery import Battery
from coaxle.design.battery.cell import (
    NMC_SOURCE,
    NMC_STATE,
    NMC_VOLTAGE,
    PULSE_RESISTANCE,
    PULSE_SOURCE,
    PULSE_STATE,
)
from coaxle.errors import InputError
from coaxle.maps import BatteryMap, Origin
from coaxle.numerics.digest import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class BatterySettings:
    """How fine the map is."""

    states: int = 41


_STANDARD = BatterySettings()


def map_battery(name: str, battery: Battery, settings: BatterySettings = _STANDARD) -> BatteryMap:
    """Make the map of a pack from its published figures and the curves of its chemistry.

    The open-circuit curve is that of a cell of the chemistry, scaled so that its mean over the whole charge is the
    pack's ``voltage``; the gross charge is ``energy`` over that voltage, so that the map holds the published energy.
    The resistance has the mean ``resistance_time * voltage^2 / energy`` and the cell's course over the state of
    charge. ``usable`` takes its share out of the middle of the charge, twice as much left out at the bottom as at
    the top. Discharge power is the published limit, less where the terminal voltage would fall below 3/5 of the
    open-circuit voltage of the full pack; charge power is the published limit.

    Raises
    ------
    InputError
        Where a figure is not above 0, or the resistance is that of another kind of pack.

    """
    for field in ("energy", "usable", "voltage", "resistance_time", "max_discharge", "mass"):
        if getattr(battery, field) <= 0:
            raise InputError(f"{name}.{field}: {getattr(battery, field):g}; a figure above 0 is wanted")
    if not 20.0 <= battery.resistance_time <= 2000.0:
        raise InputError(
            f"{name}.resistance_time: {battery.resistance_time:g} s; lithium-ion packs lie between 20 s and 2000 s"
        )
    soc = np.linspace(0.0, 1.0, settings.states)
    shape = np.interp(soc, NMC_STATE, NMC_VOLTAGE)
    voltage = battery.voltage * shape / np.trapezoid(shape, soc)
    course = np.interp(soc, PULSE_STATE, PULSE_RESISTANCE)
    mean = battery.resistance_time * battery.voltage**2 / battery.energy
    resistance = mean * course / np.trapezoid(course, soc)
    floor = np.minimum(0.6 * voltage[-1], 0.95 * voltage)
    least = (voltage - floor) / resistance * floor
    spare = 1.0 - battery.usable
    return BatteryMap(
        name=name,
        soc=soc,
        voltage=voltage,
        resistance=resistance,
        power_max=np.minimum(battery.max_discharge, least),
        power_min=np.full(soc.shape, -battery.max_charge),
        charge=battery.energy / battery.voltage,
        soc_max=1.0 - spare / 3,
        soc_min=2 * spare / 3,
        mass=battery.mass,
        cost=battery.cost,
        origin=Origin(
            method="cell model",
            source=f"pack: {battery.source}; open-circuit curve: {NMC_SOURCE}; resistance over state: {PULSE_SOURCE}",
            limits="at about 20 degC, new; pulses of about 10 s; resistance below 10 and above 90 % of charge held",
            design=digest(battery),
        ),
    )
