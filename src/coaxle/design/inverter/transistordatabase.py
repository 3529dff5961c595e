"""Devices in the JSON schema of transistordatabase (curves digitised from data sheets, temperatures in degC)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import isfinite
from pathlib import Path
from typing import Any

from coaxle.design.inverter.documents import curve, read_json
from coaxle.design.inverter.semiconductor import Curve, Device, Foster
from coaxle.errors import InputError
from coaxle.units import quoted

GATE_ON = 15.0
"""Of curves at several gate voltages of a conducting switch, those nearest to this are read [V]."""
SWITCH_EXPONENT, DIODE_EXPONENT = 1.35, 0.6
"""Where energies are told at one voltage: as makers' application notes give them for IGBT modules."""


def read_transistordatabase(path: Path) -> Device:
    """Return the device of a JSON file in the schema of transistordatabase.

    Of drops at several gate voltages those nearest to 15 V (switch) or the lowest (diode) are read, of energies with
    several gate resistors those of the resistor with most curves, the smallest among equals; ``assumed`` names them.

    Raises
    ------
    InputError
        Where the file is damaged, is of a type that is no IGBT or MOSFET, or a quantity holds no curve over current.

    """
    root = _mapping(str(path), read_json(path))
    kind = str(root.get("type", "")).strip().lower()
    technology = {"igbt": "igbt", "sic-mosfet": "mosfet", "si-mosfet": "mosfet", "mosfet": "mosfet"}.get(kind)
    if technology is None:
        raise InputError(f"{path}: type: {quoted(root.get('type'))}; IGBT, SiC-MOSFET or Si-MOSFET is wanted")
    switch = _mapping(f"{path}: switch", root.get("switch"))
    diode = _mapping(f"{path}: diode", root.get("diode"))
    assumed: dict[str, str] = {
        "switch_voltage_exponent": f"{SWITCH_EXPONENT}, as makers' application notes give it for IGBT modules",
        "diode_voltage_exponent": f"{DIODE_EXPONENT}, likewise",
    }
    place = f"{path}: "
    onward = _optional(f"{place}r_th_cs", root.get("r_th_cs")) or 0.0
    if onward:
        assumed["switch_heat"] = f"ends at the case; {onward:g} K/W from there to a heat sink are left to the inverter"
    igbt = technology == "igbt"
    return Device(
        name=str(root.get("name") or path.stem),
        technology="igbt" if igbt else "mosfet",
        max_voltage=_number(f"{place}v_abs_max", root.get("v_abs_max")),
        rated_current=_number(f"{place}i_cont", root.get("i_cont") or root.get("i_abs_max")),
        max_junction=_number(f"{place}switch.t_j_max", switch.get("t_j_max")) + 273.15,
        switch_drop=_drops(f"{place}switch.channel", switch.get("channel"), lambda gate: abs(gate - GATE_ON)),
        diode_drop=_drops(f"{place}diode.channel", diode.get("channel"), lambda gate: gate),
        on_energy=_energies(f"{place}switch.e_on", switch.get("e_on"), assumed, "on_energy"),
        off_energy=_energies(f"{place}switch.e_off", switch.get("e_off"), assumed, "off_energy"),
        recovery_energy=_energies(f"{place}diode.e_rr", diode.get("e_rr") or [], assumed, "recovery_energy"),
        switch_voltage_exponent=SWITCH_EXPONENT,
        diode_voltage_exponent=DIODE_EXPONENT,
        switch_heat=_heat(f"{place}switch.thermal_foster", switch.get("thermal_foster")),
        diode_heat=_heat(f"{place}diode.thermal_foster", diode.get("thermal_foster")) if igbt else None,
        heat_to="case",
        source=f"{root.get('manufacturer', 'unnamed maker')} {root.get('name', path.stem)}, file {path.name}",
        assumed=assumed,
    )


def _mapping(place: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{place}: {_said(value)}; a mapping is wanted")
    return value


def _list(place: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise InputError(f"{place}: {_said(value)}; a list of curves is wanted")
    return [_mapping(f"{place}[{k}]", each) for k, each in enumerate(value)]


def _said(value: Any) -> str:
    return "nothing stands there" if value is None else f"{quoted(value)} stands there"


def _number(place: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InputError(f"{place}: {_said(value)}; a finite number is wanted")
    return float(value)


def _optional(place: str, value: Any) -> float | None:
    return None if value is None else _number(place, value)


def _pair(place: str, value: Any) -> tuple[list[float], list[float]]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(each, list) for each in value):
        raise InputError(f"{place}: {_said(value)}; two lists of numbers are wanted")
    first, second = ([_number(f"{place}[{k}]", each) for each in row] for k, row in enumerate(value))
    return first, second


def _drops(place: str, value: Any, nearness: Callable[[float], float]) -> tuple[Curve, ...]:
    """Return one drop a temperature, of the gate voltage that is nearest."""
    best: dict[float, tuple[float, Curve]] = {}
    for k, each in enumerate(_list(place, value)):
        at = f"{place}[{k}]"
        temperature = _number(f"{at}.t_j", each.get("t_j"))
        near = nearness(_optional(f"{at}.v_g", each.get("v_g")) or 0.0)
        drop, current = _pair(f"{at}.graph_v_i", each.get("graph_v_i"))
        if temperature not in best or near < best[temperature][0]:
            best[temperature] = near, curve(f"{at}.graph_v_i", current, drop, temperature, None)
    return tuple(each for _, each in best.values())


def _energies(place: str, value: Any, assumed: dict[str, str], field: str) -> tuple[Curve, ...]:
    """Return the energies over current of one gate resistor, one a temperature and voltage."""
    graphs = [
        (k, each) for k, each in enumerate(_list(place, value)) if each.get("dataset_type", "graph_i_e") == "graph_i_e"
    ]
    if not graphs:
        if value:
            raise InputError(f"{place}: holds no energies over current; a data set 'graph_i_e' is wanted")
        return ()
    resistors = Counter(_optional(f"{place}[{k}].r_g", each.get("r_g")) or 0.0 for k, each in graphs)
    chosen = min(resistors, key=lambda r: (-resistors[r], r))
    if len(resistors) > 1:
        assumed[field] = f"with a gate resistor of {chosen:g} Ohm, of {len(resistors)} that are told"
    found: dict[tuple[float, float], Curve] = {}
    for k, each in graphs:
        at = f"{place}[{k}]"
        if (each.get("r_g") or 0.0) != chosen:
            continue
        temperature = _number(f"{at}.t_j", each.get("t_j"))
        voltage = _number(f"{at}.v_supply", each.get("v_supply"))
        current, energy = _pair(f"{at}.graph_i_e", each.get("graph_i_e"))
        found.setdefault((temperature, voltage), curve(f"{at}.graph_i_e", current, energy, temperature, voltage))
    return tuple(found.values())


def _heat(place: str, value: Any) -> Foster:
    """Return a Foster chain, scaled to the total that is told; a single link without time where there is no chain."""
    heat = _mapping(place, value)
    total = _optional(f"{place}.r_th_total", heat.get("r_th_total"))
    partial, times = heat.get("r_th_vector"), heat.get("tau_vector")
    if partial and times:
        if not isinstance(partial, list) or not isinstance(times, list) or len(partial) != len(times):
            raise InputError(f"{place}: r_th_vector and tau_vector differ in length; as many of both are wanted")
        resistance = [_number(f"{place}.r_th_vector", each) for each in partial]
        tau = [_number(f"{place}.tau_vector", each) for each in times]
        if sum(resistance) <= 0:
            raise InputError(f"{place}.r_th_vector: adds up to {sum(resistance):g}; a sum above 0 is wanted")
        scale = total / sum(resistance) if total else 1.0
        return Foster(resistance=tuple(scale * r for r in resistance), time_constant=tuple(tau))
    if not total:
        raise InputError(f"{place}.r_th_total: {_said(total)}; a thermal resistance is wanted")
    return Foster(resistance=(total,), time_constant=(0.0,))
