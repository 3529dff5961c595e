"""Cars to be timed: smooth made-up maps of ordinary size, so that nothing depends on a project file."""

from __future__ import annotations

import numpy as np

from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.vehicle.body import Body, Coastdown
from coaxle.vehicle.powertrain import (
    Alternator,
    Bev,
    Charger,
    Ice,
    Idling,
    Regeneration,
    Transmission,
    Vehicle,
)
from coaxle.vehicle.vehicles import Vehicles

ORIGIN = Origin(method="loss components", source="smooth and made up, for timing")
RPM = np.pi / 30


def unit(name: str, voltages: int = 1, power: float = 180e3, torque: float = 3800.0) -> EduMap:
    """Return a drive unit of 64 speeds by 65 torques."""
    volts = np.array([370.0]) if voltages == 1 else np.linspace(280.0, 460.0, voltages)
    speed, axis = np.linspace(0.0, 180.0, 64), np.linspace(-torque, torque, 65)
    high = np.minimum(torque, power * (volts / 370.0)[:, None] / np.maximum(speed, 1e-9))
    x, y = speed[:, None] / speed[-1], axis / torque
    loss = power * (0.0015 + 0.008 * x + 0.012 * x**2 + 0.06 * y**2 + 0.01 * x * np.abs(y))
    inside = np.abs(axis) <= high[:, :, None] * (1 + 1e-9)
    return EduMap(
        name=name,
        voltage=volts,
        speed=speed,
        torque=axis,
        loss=np.where(inside, loss, np.nan),
        torque_max=high,
        torque_min=-high,
        torque_continuous=0.5 * high,
        mass=90.0,
        inertia=3.0,
        cost=None,
        origin=ORIGIN,
    )


def battery(power_max: float = 250e3) -> BatteryMap:
    """Return a pack of 80 kWh with open-circuit voltage and resistance over 41 states."""
    soc = np.linspace(0.0, 1.0, 41)
    return BatteryMap(
        name="pack",
        soc=soc,
        voltage=108 * np.interp(soc, [0.0, 0.1, 0.5, 1.0], [3.0, 3.4, 3.65, 4.15]),
        resistance=0.08 * np.interp(soc, [0.0, 0.2, 1.0], [1.6, 1.1, 0.95]),
        power_max=np.full(41, power_max),
        power_min=np.full(41, -150e3),
        charge=80 * 3.6e6 / 395,
        soc_max=0.97,
        soc_min=0.05,
        mass=500.0,
        cost=None,
        origin=ORIGIN,
    )


def body() -> Body:
    """Return a car of two tonnes."""
    return Body(
        mass=2000.0,
        road_load=Coastdown(kind="coastdown", f0=150.0, f1=0.5, f2=0.4),
        wheel_radius=0.34,
        rotating_share=0.03,
        front_load=0.49,
        wheelbase=2.85,
        centre_height=0.55,
        grip=1.0,
        source="made up",
    )


def electric(voltages: int = 1, units: int = 1, power_max: float = 250e3) -> Vehicle:
    """Return an electric car with one unit behind, or with two that share the torque for least loss."""
    return Vehicle(
        name=f"electric, {units} unit",
        body=body(),
        powertrain=Bev(
            battery=battery(power_max),
            charger=Charger(power=11e3, efficiency=0.92),
            regeneration=Regeneration(max_deceleration=2.0, blend_from=4.0, blend_to=1.0),
            auxiliaries=400.0,
            front=unit("front", voltages, 90e3, 1800.0) if units == 2 else None,
            rear=unit("rear", voltages),
        ),
        mass=2000.0,
    )


def fleet(vehicle: Vehicle, count: int) -> Vehicles:
    """Return ``count`` electric cars like ``vehicle``, each with its own mass, drag and auxiliaries."""
    random = np.random.default_rng(1)
    return Vehicles.varied(
        vehicle,
        count,
        mass=random.uniform(1500.0, 2600.0, count),
        f2=random.uniform(0.3, 0.55, count),
        auxiliaries=random.uniform(200.0, 800.0, count),
    )


def engine() -> EngineMap:
    """Return a two-litre petrol engine of 190 kW, 64 speeds by 64 torques."""
    speed, torque = np.linspace(60.0, 680.0, 64), np.linspace(0.0, 400.0, 64)
    high = np.minimum(400.0 * np.clip(0.35 + speed / 240.0, 0.0, 1.0), 190e3 / speed)
    drag = -(12.0 + 0.035 * speed)
    rate = (speed[:, None] * torque / 0.40 - speed[:, None] * drag[:, None]) / 42.0e6
    inside = torque <= high[:, None] * (1 + 1e-9)
    return EngineMap(
        name="two litres",
        fuel_kind=Fuel(kind="petrol", heating_value=42.0e6, density=745.0, co2=3.1, source="round figures"),
        speed=speed,
        torque=torque,
        fuel=np.where(inside, rate, np.nan),
        torque_max=high,
        torque_drag=drag,
        idle_speed=75.0,
        displacement=2.0e-3,
        cold_friction=1.6,
        warm_up_energy=12e6,
        inertia=0.14,
        mass=140.0,
        cost=None,
        origin=Origin(method="extended Willans line", source="smooth and made up, for timing"),
    )


def combustion(count: int) -> list[Vehicle]:
    """Return ``count`` combustion cars with eight gears, each with its own mass."""
    masses = np.random.default_rng(1).uniform(1400.0, 2200.0, count)
    powertrain = Ice(
        engine=engine(),
        transmission=Transmission(
            launch="converter",
            ratios=(5.0, 3.2, 2.14, 1.72, 1.32, 1.0, 0.82, 0.64),
            mesh=0.02,
            drag=3.0,
            cold_drag=2.0,
            standstill_drag=10.0,
            stall_ratio=2.0,
            coupling=0.88,
            launch_speed=1500 * RPM,
            lugging_speed=1150 * RPM,
            overrun_speed=1000 * RPM,
            torque_reserve=0.1,
            shift_hold=3.0,
            max_torque=500.0,
            mass=90.0,
            source="round figures",
        ),
        axle_ratio=2.9,
        axle_loss=0.03,
        driven="rear",
        auxiliaries=350.0,
        alternator=Alternator(power=2.5e3, efficiency=0.7, content=60e3, round_trip=0.9),
        idling=Idling(cold_rise=20.0, stop_warmth=0.3, stop_delay=1.0, restart=2.0),
        stop_start=True,
        recuperation=True,
    )
    return [Vehicle(name=f"combustion {i}", body=body(), powertrain=powertrain, mass=m) for i, m in enumerate(masses)]
