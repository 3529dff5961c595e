"""Many electric cars as arrays: what they share is held once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coaxle.errors import UseError
from coaxle.maps import BatteryMap
from coaxle.numerics.arrays import Array, frozen
from coaxle.vehicle.body import Coastdown
from coaxle.vehicle.pair import Axles, axles_of
from coaxle.vehicle.powertrain import Bev, Vehicle

_POSITIVE = ("mass", "wheel_radius", "wheelbase", "centre_height", "grip", "charger_power", "charger_efficiency")
_NOT_NEGATIVE = ("f0", "auxiliaries", "rotating_share", "front_load", "max_deceleration", "blend_from", "blend_to")
_FINITE = ("f1", "f2")
_FIGURES = (*_POSITIVE, *_NOT_NEGATIVE, *_FINITE)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Vehicles:
    """N electric cars, one row each; drive units and batteries are held once and referred to by their place.

    Parameters
    ----------
    names : tuple of str
        Of the rows.
    axles, batteries : tuple
        What drives and what stores, each once.
    axle, battery : (N,) int
        Which of them a row has.
    mass : (N,)
        Test mass [kg].
    f0, f1, f2 : (N,)
        Road load at that mass [N], [N/(m/s)], [N/(m/s)2].
    wheel_radius, rotating_share, front_load, wheelbase, centre_height, grip : (N,)
        As in :class:`coaxle.vehicle.body.Body`.
    auxiliaries : (N,)
        Electric power that is always drawn [W].
    max_deceleration, blend_from, blend_to : (N,)
        As in :class:`coaxle.vehicle.powertrain.Regeneration`.
    charger_power, charger_efficiency : (N,)
        As in :class:`coaxle.vehicle.powertrain.Charger`.

    Raises
    ------
    UseError
        Where a column has another length than ``names``, or a figure that no car can have.

    """

    names: tuple[str, ...]
    axles: tuple[Axles, ...]
    batteries: tuple[BatteryMap, ...]
    axle: NDArray[Any]
    battery: NDArray[Any]
    mass: Array
    f0: Array
    f1: Array
    f2: Array
    wheel_radius: Array
    rotating_share: Array
    front_load: Array
    wheelbase: Array
    centre_height: Array
    grip: Array
    auxiliaries: Array
    max_deceleration: Array
    blend_from: Array
    blend_to: Array
    charger_power: Array
    charger_efficiency: Array

    def __post_init__(self) -> None:
        for field in ("axle", "battery"):
            object.__setattr__(self, field, frozen(getattr(self, field), np.int64))
        for field in _FIGURES:
            object.__setattr__(self, field, frozen(getattr(self, field)))
        _check(self)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.names)

    @classmethod
    def of(cls, vehicles: Sequence[Vehicle]) -> Vehicles:
        """Return electric ``vehicles`` as one batch, in their order; maps that are the same object are held once.

        Raises
        ------
        UseError
            Where a vehicle is not electric, or cannot be built as told.

        """
        places: dict[tuple[int, int, float | None, bool], int] = {}
        axles: list[Axles] = []
        batteries: dict[int, tuple[int, BatteryMap]] = {}
        axle, battery = [], []
        for vehicle in vehicles:
            power = vehicle.powertrain
            if not isinstance(power, Bev):
                raise UseError(f"{vehicle.name}: is not electric; a batch holds electric cars only")
            coast = isinstance(vehicle.body.road_load, Coastdown)
            key = (id(power.front), id(power.rear), power.front_share, coast)
            if key not in places:
                try:
                    axles.append(axles_of(power, beside_coastdown=coast))
                except UseError as error:
                    raise UseError(f"{vehicle.name}: {error}") from None
                places[key] = len(axles) - 1
            axle.append(places[key])
            battery.append(batteries.setdefault(id(power.battery), (len(batteries), power.battery))[0])
        rows = [_figures(vehicle) for vehicle in vehicles]
        return cls(
            names=tuple(vehicle.name for vehicle in vehicles),
            axles=tuple(axles),
            batteries=tuple(pack for _, pack in batteries.values()),
            axle=np.array(axle, np.int64),
            battery=np.array(battery, np.int64),
            **{field: np.array([row[field] for row in rows], np.float64) for field in _FIGURES},
        )

    @classmethod
    def varied(
        cls,
        vehicle: Vehicle,
        count: int,
        *,
        mass: ArrayLike | None = None,
        f0: ArrayLike | None = None,
        f1: ArrayLike | None = None,
        f2: ArrayLike | None = None,
        wheel_radius: ArrayLike | None = None,
        auxiliaries: ArrayLike | None = None,
    ) -> Vehicles:
        """Return ``count`` cars like ``vehicle`` but for the figures given, each a scalar or (count,).

        Where ``mass`` is given and ``f0`` is not, the constant road load follows mass as
        :meth:`coaxle.vehicle.body.Body.coefficients` says; so a row equals the single car of that mass.
        """
        one = cls.of([vehicle])
        given = {
            "mass": mass,
            "f0": f0,
            "f1": f1,
            "f2": f2,
            "wheel_radius": wheel_radius,
            "auxiliaries": auxiliaries,
        }
        columns: dict[str, Any] = {}
        for field in _FIGURES:
            values = given.get(field)
            values = getattr(one, field) if values is None else values
            try:
                columns[field] = np.broadcast_to(np.asarray(values, np.float64), (count,))
            except ValueError:
                shape = np.shape(values)
                raise UseError(f"{vehicle.name}.{field}: has shape {shape}; one figure or {count} are wanted") from None
        if mass is not None and f0 is None:
            columns["f0"] = np.array([vehicle.body.coefficients(float(m))[0] for m in columns["mass"]])
        return cls(
            names=tuple(f"{vehicle.name} {i + 1}" for i in range(count)),
            axles=one.axles,
            batteries=one.batteries,
            axle=np.zeros(count, np.int64),
            battery=np.zeros(count, np.int64),
            **columns,
        )


def _figures(vehicle: Vehicle) -> dict[str, float]:
    """Return the figures of one electric car by the names of the columns."""
    body, power = vehicle.body, vehicle.powertrain
    assert isinstance(power, Bev)
    f0, f1, f2 = body.coefficients(vehicle.mass)
    return {
        "mass": vehicle.mass,
        "f0": f0,
        "f1": f1,
        "f2": f2,
        "wheel_radius": body.wheel_radius,
        "rotating_share": body.rotating_share,
        "front_load": body.front_load,
        "wheelbase": body.wheelbase,
        "centre_height": body.centre_height,
        "grip": body.grip,
        "auxiliaries": power.auxiliaries,
        "max_deceleration": power.regeneration.max_deceleration,
        "blend_from": power.regeneration.blend_from,
        "blend_to": power.regeneration.blend_to,
        "charger_power": power.charger.power,
        "charger_efficiency": power.charger.efficiency,
    }


def _check(v: Vehicles) -> None:
    count = len(v.names)
    if not count:
        raise UseError("vehicles: is empty; at least one vehicle is wanted")
    for field, choices in (("axle", v.axles), ("battery", v.batteries)):
        places = getattr(v, field)
        if places.shape != (count,) or np.any(places < 0) or np.any(places >= len(choices)):
            raise UseError(f"vehicles.{field}: wants one place in {len(choices)} for each of {count} rows")
    for field in _FIGURES:
        values = getattr(v, field)
        if values.shape != (count,):
            raise UseError(f"vehicles.{field}: has shape {values.shape}; {count} rows are wanted")
        bad = ~np.isfinite(values)
        wanted = "a finite figure"
        if field in _POSITIVE:
            bad, wanted = bad | (values <= 0), "a positive figure"
        elif field in _NOT_NEGATIVE:
            bad, wanted = bad | (values < 0), "a figure that is not negative"
        _refuse(v, field, bad, wanted)
    for field in ("front_load", "rotating_share", "charger_efficiency"):
        _refuse(v, field, getattr(v, field) > 1, "a share, 1 at most,")
    _refuse(v, "blend_from", v.blend_from < v.blend_to, "a speed not below blend_to")


def _refuse(v: Vehicles, field: str, bad: NDArray[Any], wanted: str) -> None:
    if bad.any():
        row = int(np.argmax(bad))
        raise UseError(f"{v.names[row]}.{field}: {getattr(v, field)[row]:g} (row {row}); {wanted} is wanted")
