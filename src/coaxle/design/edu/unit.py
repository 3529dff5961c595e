"""From the parts of a drive unit to its map, and to everything that was learnt on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from coaxle.design import gearbox as gears
from coaxle.design import inverter as inv
from coaxle.design.edu.bill import Bill, bill
from coaxle.design.edu.endurance import Endurance, endure
from coaxle.design.edu.operation import Drive, Operation, operate
from coaxle.design.edu.parts import PartsEdu
from coaxle.design.gearbox import Gearbox
from coaxle.design.inverter import Device, Inverter
from coaxle.design.machine.control import ControlSettings
from coaxle.design.machine.facts import MachineFacts
from coaxle.design.machine.flux import DESIGN, DRAFT, SIGN_OFF, FluxSettings, Reach, map_flux
from coaxle.design.machine.kinds import Machine, check
from coaxle.design.machine.loss import (
    LossConditions,
    LossTerms,
    Switching,
    SwitchingShare,
    loss_terms,
    switching_of,
)
from coaxle.design.machine.measure import facts
from coaxle.design.thermal import Cooling
from coaxle.errors import InputError
from coaxle.maps import EduMap, FluxMap, Origin
from coaxle.numerics.arrays import Array
from coaxle.numerics.digest import digest
from coaxle.numerics.rows import Executor, Threads

Tell = Callable[[str, float], None]
_THREADS = Threads(chunk=64)
SHARE = 0.8
"""Of the reachable voltage, at the working point of the ripple."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EduParts:
    """The Designs that make a unit, by what they are; ``folder`` is where files of inverter devices lie."""

    name: str
    unit: PartsEdu
    machine: Machine
    inverter: Inverter
    gearbox: Gearbox
    cooling: Cooling
    folder: str = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsSettings:
    """How fine a unit is computed.

    Parameters
    ----------
    flux : FluxSettings
        Of the field solution.
    voltages, speeds, torques : int
        Nodes of the map; an odd number of torques.
    control_torques : int
        Operating points on either side of none at each voltage and speed.
    control : ControlSettings
        Of the search for currents.

    """

    flux: FluxSettings
    voltages: int = 3
    speeds: int = 49
    torques: int = 81
    control_torques: int = 20
    control: ControlSettings = ControlSettings()  # noqa: RUF009


DRAFT_UNIT = PartsSettings(flux=DRAFT, speeds=25, torques=41, control_torques=10)
DESIGN_UNIT = PartsSettings(flux=DESIGN)
SIGN_OFF_UNIT = PartsSettings(flux=SIGN_OFF, speeds=65, torques=121, control_torques=30)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Unit:
    """A drive unit as computed: its map, and what stands behind it.

    Parameters
    ----------
    map : EduMap
        What a partner may get.
    parts : EduParts
        What it was made of.
    facts, flux, terms : MachineFacts, FluxMap, LossTerms
        Of the machine.
    operation : Operation
        Over voltage, speed and torque of the machine.
    endurance : Endurance
        For how long torques last.
    bill : Bill
        Masses and costs by part.

    """

    map: EduMap
    parts: EduParts
    facts: MachineFacts
    flux: FluxMap
    terms: LossTerms
    device: Device
    operation: Operation
    endurance: Endurance
    bill: Bill


def reach_of(parts: EduParts) -> Reach:
    """Return the currents that the flux map of a unit's machine must cover."""
    unit, wound = parts.unit, parts.machine.kind == "eesm"
    if wound and unit.supply is None:
        raise InputError(f"{parts.name}.supply: is missing; a wound rotor wants one")
    if not wound and unit.supply is not None:
        raise InputError(f"{parts.name}.supply: stands beside a machine without a field winding; leave it out")
    return Reach(
        current=min(unit.current, parts.inverter.max_current),
        field_current=0.0 if unit.supply is None else unit.supply.current,
        rotor_temperature=unit.conditions.rotor,
    )


def flux_of(
    parts: EduParts, settings: PartsSettings, where: Executor | None = None, tell: Tell | None = None
) -> FluxMap:
    """Return the flux map of a unit's machine.

    Raises
    ------
    InputError
        Where the machine is impossible; the message names the dimension.

    """
    for place, message in check(parts.machine):
        raise InputError(f"{parts.unit.machine}.{place}: {message}")
    return map_flux(parts.unit.machine, parts.machine, reach_of(parts), settings.flux, where, tell)


def assemble(
    parts: EduParts,
    flux: FluxMap,
    settings: PartsSettings = DESIGN_UNIT,
    where: Executor = _THREADS,
    tell: Tell | None = None,
) -> Unit:
    """Put a unit together.

    Parameters
    ----------
    parts : EduParts
        Its Designs.
    flux : FluxMap
        Of its machine, as :func:`flux_of` makes it.
    settings : PartsSettings
        How fine.
    where : Executor
        Who computes.
    tell : callable, optional
        Is told what is under way and which share of the whole is done.

    Raises
    ------
    InputError
        Where parts do not go together.
    ComputationError
        Where an operating point is not found.

    """
    say = tell or (lambda what, share: None)
    known, unit = facts(parts.machine), parts.unit
    device = inv.device_of(parts.inverter, Path(parts.folder))
    conditions = loss_conditions(parts)
    terms = loss_terms(known, conditions, switching(parts, known, flux, conditions))
    drive = Drive(name=parts.name, unit=unit, flux=flux, terms=terms, inverter=parts.inverter, device=device)
    ratio = gears.ratio(parts.gearbox)
    speed = np.linspace(0.0, parts.machine.max_speed, settings.speeds)
    voltage = unit.voltage + unit.voltage_margin * np.linspace(-1.0, 1.0, settings.voltages)
    say(f"currents of least loss of {parts.name}", 0.0)
    operation = operate(drive, voltage, speed, settings.control_torques, settings.control, where)
    say(f"heat of {parts.name}", 0.6)
    endurance = endure(parts, known, drive, operation)
    counted = bill(parts, known, peak_power(operation))
    say(f"map of {parts.name}", 0.8)
    made = _map(parts, operation, endurance, counted, ratio, settings)
    say(f"map of {parts.name}", 1.0)
    return Unit(
        map=made,
        parts=parts,
        facts=known,
        flux=flux,
        terms=terms,
        device=device,
        operation=operation,
        endurance=endurance,
        bill=counted,
    )


def peak_power(operation: Operation) -> float:
    """Return the largest power at the machine's shaft at rated voltage [W]."""
    rated = operation.voltage.size // 2
    return float(np.max((operation.torque[rated, :, -1] - operation.drag) * operation.speed))


def switching(parts: EduParts, known: MachineFacts, flux: FluxMap, conditions: LossConditions) -> SwitchingShare:
    """Return what the inverter's ripple adds to the machine's losses, taken at one working point for all.

    Rated voltage, half the largest current along q and a quarter against the field, at the speed at which that takes
    ``SHARE`` of the reachable voltage: about the corner of the torque curve. The ripple sees the inductances that the
    flux map has there, their mean over d and q.
    """
    middle = flux.i_f.size // 2
    d = int(np.argmin(np.abs(flux.i_d - 0.25 * flux.i_d[0])))
    q = flux.i_q.size // 2
    along_d = np.gradient(flux.psi_d[:, q, middle], flux.i_d)[d]
    along_q = np.gradient(flux.psi_q[d, :, middle], flux.i_q)[q]
    linkage = float(np.hypot(flux.psi_d[d, q, middle], flux.psi_q[d, q, middle]))
    phase = SHARE * float(inv.phase_voltage_limit(parts.inverter, parts.unit.voltage))
    return switching_of(
        known,
        Switching(
            voltage=parts.unit.voltage,
            phase_voltage=phase,
            frequency=parts.inverter.switching_frequency,
            inductance=0.5 * float(along_d + along_q),
        ),
        frequency=phase / linkage / (2 * np.pi),
        current=float(np.hypot(flux.i_d[d], flux.i_q[q])) / np.sqrt(2),
        conditions=conditions,
    )


def loss_conditions(parts: EduParts) -> LossConditions:
    """Return the conditions of the machine's losses."""
    unit, supply = parts.unit, parts.unit.supply
    conditions = LossConditions(
        winding_temperature=unit.conditions.winding,
        rotor_temperature=unit.conditions.rotor,
        build_factor=unit.conditions.build_factor,
    )
    if supply is None:
        return conditions
    return replace(
        conditions,
        exciter=supply.kind,
        brush_voltage=supply.voltage_drop,
        exciter_efficiency=supply.efficiency,
    )


def _map(
    parts: EduParts,
    operation: Operation,
    endurance: Endurance,
    counted: Bill,
    ratio: float,
    settings: PartsSettings,
) -> EduMap:
    """Return the map at the output shaft."""
    speed, oil = operation.speed, parts.unit.conditions.oil
    out = speed / ratio
    drag = operation.drag

    def behind(torque: Array) -> Array:
        """Return the torque at the output for one in the air gap (..., S)."""
        return np.asarray(gears.output_torque(parts.gearbox, torque - drag, speed, oil))

    high, low = behind(operation.torque[..., -1]), np.minimum(behind(operation.torque[..., 0]), 0.0)
    high = np.maximum(high, 0.0)
    top = float(max(high.max(), -low.min()))
    half = settings.torques // 2
    torque = top * np.arange(-half, half + 1) / half
    shaft = gears.input_torque(parts.gearbox, torque[None, :], out[:, None], oil)
    gap = shaft + drag[:, None]
    margin = 1e-6 * 2 * top
    inside = (torque <= high[..., None] + margin) & (torque >= low[..., None] - margin)
    # Gears are inverse to some mNm only: on the envelope the torque in the air gap is that of its edge.
    held = np.clip(gap, operation.torque[..., :1], operation.torque[..., -1:])
    electric = operation.at(operation.electric, held)
    loss = electric + gap * speed[:, None] - torque[None, :] * out[:, None] + parts.unit.standby
    steady = np.minimum(behind(np.minimum(endurance.continuous, operation.torque[..., -1])), high)
    idle = gears.input_torque(parts.gearbox, np.zeros(speed.size), out, oil) + drag
    return EduMap(
        name=parts.name,
        voltage=operation.voltage,
        speed=out,
        torque=torque,
        loss=np.where(inside, loss, np.nan),
        torque_max=high,
        torque_min=low,
        torque_continuous=np.maximum(steady, 0.0),
        mass=counted.mass,
        inertia=counted.inertia,
        cost=counted.cost,
        origin=Origin(
            method="field solution",
            source=parts.unit.source,
            limits="steady, sinusoidal currents, one temperature of windings and oil; not measured",
            design=digest(parts.unit, parts.machine, parts.inverter, parts.gearbox, parts.cooling, settings),
        ),
        drag=np.maximum(idle * ratio, 0.0),
    )
