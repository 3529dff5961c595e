"""Thermal descriptions of PLECS, as makers offer them for download: XML with loss tables and a heat path.

A switch's losses stand at positive voltage and current. A diode of its own has its turn-off loss at negative voltage;
one that is described together with its switch, at positive voltage and negative current (PLECS user manual, thermal
modelling: losses of a semiconductor switch with diode).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coaxle.design.inverter.documents import Element, curve, read_xml
from coaxle.design.inverter.semiconductor import Curve, Device, Foster
from coaxle.errors import InputError
from coaxle.units import quoted

_TYPES = ("igbt", "mosfet", "igbt with diode", "mosfet with diode")
LEAST_HEAT_LINKS, MOST_HEAT_LINKS = 1, 50


@dataclass(frozen=True, slots=True)
class _Table:
    """One loss table: values (T)(V)(I), a single voltage None for a drop."""

    at: str
    current: tuple[float, ...]
    voltage: tuple[float | None, ...]
    temperature: tuple[float, ...]
    values: tuple[tuple[tuple[float, ...], ...], ...]

    def curves(self, current_sign: int, voltage_sign: int = 1) -> tuple[Curve, ...]:
        """Return the curves of one quadrant, over absolute currents; all-zero ones and those at no voltage left out."""
        found = []
        for temperature, by_voltage in zip(self.temperature, self.values, strict=True):
            for voltage, row in zip(self.voltage, by_voltage, strict=True):
                if voltage is not None and voltage * voltage_sign <= 0:
                    continue
                sign = current_sign if voltage is None else 1
                points = sorted(
                    (i * current_sign, v * sign)
                    for i, v in zip(self.current, row, strict=True)
                    if i * current_sign >= 0
                )
                if len(points) < 2 or not any(v for _, v in points):
                    continue
                xs, ys = zip(*points, strict=True)
                found.append(curve(self.at, xs, ys, temperature, None if voltage is None else abs(voltage)))
        return tuple(found)


def read_plecs(path: Path, diode: Path | None = None) -> Device:
    """Return the device of a PLECS file, with the diode of another one where its own holds none.

    What PLECS files do not tell: they interpolate energies straight over voltage, so both exponents are 1; what the
    device blocks and its highest junction temperature are the limits of the file's variables ``v`` and ``T`` or else
    the ends of its tables; the heat path ends at the case.

    Raises
    ------
    InputError
        Where the file is damaged, holds formulas besides its tables, or no diode is told.

    """
    package, data, kind = _package(path, _TYPES)
    on, off = (_energy(data, tag) for tag in ("TurnOnLoss", "TurnOffLoss"))
    drops = {each.attributes.get("gate", "on").lower(): _drop(each) for each in data.all("ConductionLoss")}
    if "on" not in drops:
        raise InputError(f"{data.at}: holds no conduction loss with the gate on; one is wanted")
    front, on_curves, off_curves = drops["on"].curves(1), on.curves(1), off.curves(1)
    heat = _heat(package)
    assumed = {"switch_voltage_exponent": "1, as PLECS goes on beyond its tables", "diode_voltage_exponent": "likewise"}
    recovery: tuple[Curve, ...] = ()
    back: tuple[Curve, ...] = ()
    diode_heat: Foster | None = heat
    if kind.endswith("diode"):
        back = drops.get("off", drops["on"]).curves(-1)
        recovery = off.curves(-1)
        assumed["diode_heat"] = "that of the switch; one heat path is told"
    if diode is not None:
        if back:
            raise InputError(f"{diode}: {path} tells its diode itself; a second one has no place")
        other, its, _ = _package(diode, ("diode",))
        back = _drop(its.one("ConductionLoss")).curves(1)
        recovery = (*_energy(its, "TurnOffLoss").curves(1, -1), *_energy(its, "TurnOffLoss").curves(1, 1))
        diode_heat = _heat(other)
        assumed.pop("diode_heat", None)
    if not back:
        raise InputError(f"{path}: tells no drop of a diode; a type 'with Diode' or a file of the diode is wanted")
    igbt = kind.startswith("igbt")
    if not igbt:
        assumed.pop("diode_heat", None)
    name = package.attributes.get("partnumber", "").strip() or path.stem
    return Device(
        name=name,
        technology="igbt" if igbt else "mosfet",
        max_voltage=_limit(package, "v", max((c.voltage or 0.0 for c in (*on_curves, *off_curves)), default=0.0)),
        rated_current=max((c.current[-1] for c in front), default=0.0),
        max_junction=_limit(package, "T", max((c.temperature for c in front), default=273.15) - 273.15) + 273.15,
        switch_drop=front,
        diode_drop=back,
        on_energy=on_curves,
        off_energy=off_curves,
        recovery_energy=recovery,
        switch_voltage_exponent=1.0,
        diode_voltage_exponent=1.0,
        switch_heat=heat,
        diode_heat=diode_heat if igbt else None,
        heat_to="case",
        source=f"{package.attributes.get('vendor', 'unnamed maker')} {name}, PLECS file {path.name}",
        assumed=assumed,
    )


def _package(path: Path, kinds: tuple[str, ...]) -> tuple[Element, Element, str]:
    """Return the package of a file, its semiconductor and the kind of it."""
    root = read_xml(path)
    if root.tag not in ("SemiconductorLibrary", "Package"):
        raise InputError(f"{root.at}: is no description of a semiconductor; 'SemiconductorLibrary' is wanted")
    package = root if root.tag == "Package" else root.one("Package")
    data = package.one("SemiconductorData")
    kind = " ".join(data.attributes.get("type", package.attributes.get("class", "")).lower().split())
    if kind not in kinds:
        raise InputError(f"{data.at}: is {quoted(kind)}; one of {', '.join(kinds)} is wanted")
    return package, data, kind


def _method(element: Element) -> None:
    """Refuse formulas: what they make of a table is not read."""
    methods = element.all("ComputationMethod")
    method = " ".join(methods[0].text.lower().split()) if methods else "table only"
    if method not in ("table only", "lookup table"):
        raise InputError(f"{element.at}: is computed by {quoted(method)}; a table without formula is wanted")


def _axis(element: Element, tag: str) -> tuple[float, ...]:
    axis = element.one(tag)
    values = axis.numbers()
    if any(b <= a for a, b in pairwise(values)):
        raise InputError(f"{axis.at}: does not rise; a rising axis is wanted")
    return values


def _row(element: Element, count: int, scale: float) -> tuple[float, ...]:
    values = element.numbers()
    if len(values) != count:
        raise InputError(f"{element.at}: holds {len(values)} numbers; {count}, one a current, are wanted")
    return tuple(scale * value for value in values)


def _rows(element: Element, tag: str, count: int) -> list[Element]:
    rows = element.all(tag)
    if len(rows) != count:
        raise InputError(f"{element.at}: holds {len(rows)} of '{tag}'; {count}, as on its axis, are wanted")
    return rows


def _scale(element: Element) -> float:
    return element.number("scale") if "scale" in element.attributes else 1.0


def _energy(data: Element, tag: str) -> _Table:
    loss = data.one(tag)
    _method(loss)
    current, voltage, temperature = (_axis(loss, axis) for axis in ("CurrentAxis", "VoltageAxis", "TemperatureAxis"))
    energy = loss.one("Energy")
    scale = _scale(energy)
    values = tuple(
        tuple(_row(row, len(current), scale) for row in _rows(by_voltage, "Voltage", len(voltage)))
        for by_voltage in _rows(energy, "Temperature", len(temperature))
    )
    return _Table(loss.at, current, voltage, temperature, values)


def _drop(loss: Element) -> _Table:
    _method(loss)
    current, temperature = _axis(loss, "CurrentAxis"), _axis(loss, "TemperatureAxis")
    drop = loss.one("VoltageDrop")
    scale = _scale(drop)
    rows = _rows(drop, "Temperature", len(temperature))
    return _Table(loss.at, current, (None,), temperature, tuple((_row(row, len(current), scale),) for row in rows))


def _limit(package: Element, name: str, otherwise: float) -> float:
    """Return the upper limit of one of the file's variables, where it tells one."""
    for group in package.all("Variables"):
        for variable in group.all("Variable"):
            named = variable.all("Name")
            said = named[0].text.strip() if named else variable.attributes.get("name", "")
            tops = variable.all("Max") or variable.all("MaxValue")
            if said == name and tops and tops[0].text.strip():
                return tops[0].numbers()[0]
    return otherwise


def _heat(package: Element) -> Foster:
    branch = package.one("ThermalModel").one("Branch")
    kind = branch.attributes.get("type", "").lower()
    if kind == "foster":
        links = [(each.number("R"), each.number("Tau")) for each in branch.all("RTauElement")]
    elif kind == "cauer":
        links = [(each.number("R"), each.number("C")) for each in branch.all("RCElement")]
    else:
        raise InputError(f"{branch.at}: is of type {quoted(kind)}; Cauer or Foster is wanted")
    if not LEAST_HEAT_LINKS <= len(links) <= MOST_HEAT_LINKS:
        raise InputError(f"{branch.at}: holds {len(links)} links; {LEAST_HEAT_LINKS} to {MOST_HEAT_LINKS} are wanted")
    if any(r <= 0 or second < 0 for r, second in links):
        raise InputError(f"{branch.at}: holds a figure that is not above 0; resistances and capacities are")
    r, second = zip(*links, strict=True)
    if kind == "foster":
        return Foster(resistance=r, time_constant=second)
    if any(c == 0 for c in second):
        raise InputError(f"{branch.at}: holds a heat capacity of 0; figures above 0 are wanted")
    return from_cauer(r, second)


def from_cauer(resistance: tuple[float, ...], capacity: tuple[float, ...]) -> Foster:
    """Return the Foster chain that warms up like a ladder of ``capacity`` [J/K] and onward ``resistance`` [K/W].

    The nodes obey C dT/dt = -G T with G symmetric; each eigenvalue of C^-1/2 G C^-1/2 is one over a time constant, and
    the square of its eigenvector's first entry over C_1 times that constant is the partial resistance.
    """
    import numpy as np

    n = len(resistance)
    conductance = 1 / np.array(resistance)
    G = np.zeros((n, n))
    for k in range(n):
        G[k, k] += conductance[k]
        if k + 1 < n:
            G[k + 1, k + 1] += conductance[k]
            G[k, k + 1] -= conductance[k]
            G[k + 1, k] -= conductance[k]
    root = 1 / np.sqrt(np.array(capacity))
    rate, shape = np.linalg.eigh(root[:, None] * G * root[None, :])
    tau = 1 / rate[::-1]
    partial = shape[0, ::-1] ** 2 * root[0] ** 2 * tau
    return Foster(resistance=tuple(map(float, partial)), time_constant=tuple(map(float, tau)))
