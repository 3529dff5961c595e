"""A drive unit as it stands beside a road load that was found by coasting down with the unit turning along."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from coaxle.maps import EduMap
from coaxle.vehicle.filling import filled


@lru_cache(maxsize=256)
def coasted(unit: EduMap) -> EduMap:
    """Return ``unit`` without the drag that a coast-down holds already.

    A coast-down measures tyres, air and everything that turns. A car that is driven against it asks for the torque T
    that holds the drag D of its unit too, while the unit gives only T - D at its shaft: power at the DC terminals is
    (T - D) w + loss(T - D), so that loss'(T) = loss(T - D) - D w, and the envelope lies higher by D. Gears and
    bearings drag alike with and without current; what currents cost was switched off while coasting.

    Valid for the unit that was in the car when it coasted; another one in its place is taken to have dragged as much as
    it does itself.
    """
    if not np.any(unit.drag > 0):
        return unit
    step, reach = unit.torque_step, float(np.max(unit.drag))
    more = int(np.ceil(reach / step - 1e-9))
    torque = np.concatenate([unit.torque, unit.torque[-1] + step * np.arange(1, more + 1)])
    known = filled(unit)
    loss = np.empty((*known.shape[:2], torque.size))
    slope = (known[..., -1] - known[..., -2]) / step
    for s, drag in enumerate(unit.drag):
        at = torque - drag
        for v, row in enumerate(known[:, s]):
            beyond = np.maximum(at - unit.torque[-1], 0.0) * max(float(slope[v, s]), 0.0)
            loss[v, s] = np.interp(at, unit.torque, row) + beyond - drag * unit.speed[s]
    high = np.minimum(unit.torque_max + unit.drag, torque[-1])
    low = np.minimum(unit.torque_min + unit.drag, 0.0)
    inside = (torque <= high[..., None]) & (torque >= low[..., None])
    return replace(
        unit,
        torque=torque,
        loss=np.where(inside | np.isfinite(loss), np.maximum(loss, 0.0), np.nan),
        torque_max=high,
        torque_min=low,
        torque_continuous=np.minimum(unit.torque_continuous + unit.drag, high),
        drag=np.zeros_like(unit.drag),
    )
