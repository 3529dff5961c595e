"""Devices by name: those of the tables beside this module, or a file of the user's."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import cast

from coaxle.design.inverter.inverter import Inverter
from coaxle.design.inverter.semiconductor import Curve, Device, Foster
from coaxle.errors import InputError

DATA = Path(__file__).parent / "data"
CELSIUS = 273.15
_QUANTITIES = {
    "switch drop": "switch_drop",
    "diode drop": "diode_drop",
    "on energy": "on_energy",
    "off energy": "off_energy",
    "recovery energy": "recovery_energy",
}


def device_names() -> tuple[str, ...]:
    """Return the names of the shipped devices."""
    return tuple(_shipped())


def device(name: str, folder: Path | None = None, diode_file: str | None = None) -> Device:
    """Return a device: a shipped one, or what a file in ``folder`` holds.

    Parameters
    ----------
    name : str
        As in :func:`device_names`, in any case; or a file, ``.xml`` (PLECS) or ``.json`` (transistordatabase).
    folder : Path or None
        Where files lie; None is the current folder.
    diode_file : str or None
        The PLECS file of the diode, where that of the switch holds none.

    Raises
    ------
    InputError
        For a name that is not known, the nearest being offered, or a file that does not do.

    """
    suffix = Path(name).suffix.lower()
    if suffix in (".xml", ".json"):
        from coaxle.design.inverter.plecs import read_plecs
        from coaxle.design.inverter.transistordatabase import read_transistordatabase

        place = (folder or Path()) / name
        if suffix == ".json":
            if diode_file is not None:
                raise InputError(f"{place}: holds its diode; '{diode_file}' has no place beside it")
            return read_transistordatabase(place)
        return read_plecs(place, None if diode_file is None else (folder or Path()) / diode_file)
    if diode_file is not None:
        raise InputError(f"device '{name}': is shipped with its diode; '{diode_file}' has no place beside it")
    known = _shipped()
    if name.lower() not in known:
        raise InputError(f"device '{name}' is not known; {_nearest(name.lower(), tuple(known))}")
    return known[name.lower()]


def device_of(inverter: Inverter, folder: Path | None = None) -> Device:
    """Return the device that ``inverter`` names, its ratings replaced where the inverter tells its own.

    Raises
    ------
    InputError
        As :func:`device` does.

    """
    found = device(inverter.device, folder, inverter.diode_file)
    if inverter.device_voltage is not None:
        found = replace(found, max_voltage=inverter.device_voltage)
    if inverter.device_junction is not None:
        found = replace(found, max_junction=inverter.device_junction)
    return found


def _nearest(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}, and files .xml and .json"


@cache
def _shipped() -> dict[str, Device]:
    curves: dict[str, dict[str, list[Curve]]] = {}
    for row in _rows("curves.csv"):
        factor = 1e-3 if "energy" in row["quantity"] else 1.0
        curve = Curve(
            temperature=float(row["junction [degC]"]) + CELSIUS,
            voltage=float(row["voltage [V]"]) if row["voltage [V]"] else None,
            current=_numbers(row["current [A]"]),
            value=tuple(factor * each for each in _numbers(row["value [V or mJ]"])),
        )
        curves.setdefault(row["device"], {}).setdefault(_QUANTITIES[row["quantity"]], []).append(curve)
    return {row["device"]: _device(row, curves[row["device"]]) for row in _rows("devices.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split()))


def _device(row: dict[str, str], curves: dict[str, list[Curve]]) -> Device:
    diode_heat = _numbers(row["diode heat [K/W]"])
    return Device(
        name=row["device"],
        technology="igbt" if row["technology"] == "igbt" else "mosfet",
        max_voltage=float(row["max voltage [V]"]),
        rated_current=float(row["rated current [A]"]),
        max_junction=float(row["max junction [degC]"]) + CELSIUS,
        **cast(dict[str, tuple[Curve, ...]], {quantity: tuple(each) for quantity, each in curves.items()}),
        switch_voltage_exponent=float(row["switch voltage exponent [-]"]),
        diode_voltage_exponent=float(row["diode voltage exponent [-]"]),
        switch_temperature_coefficient=float(row["switch temperature coefficient [1/K]"]),
        diode_temperature_coefficient=float(row["diode temperature coefficient [1/K]"]),
        switch_heat=Foster(
            resistance=_numbers(row["switch heat [K/W]"]), time_constant=_numbers(row["switch heat [s]"])
        ),
        diode_heat=Foster(resistance=diode_heat, time_constant=_numbers(row["diode heat [s]"])) if diode_heat else None,
        heat_to="case" if row["heat to"] == "case" else "fluid",
        diode_shares=row["diode shares"] == "yes",
        source=row["source"],
        assumed=dict(_halves(each) for each in row["assumed"].split(" | ") if each),
    )


def _halves(text: str) -> tuple[str, str]:
    field, _, reason = text.partition(": ")
    return field, reason
