"""Loss components of a drive unit over its own ratings.

Symbols: tau torque of the machine over peak torque, sigma speed over base speed, nu DC voltage over rated voltage,
psi flux linkage over that at peak torque, i stator current over that at peak torque and base speed. Results are shares
of peak power. Valid for steady sinusoidal operation at normal temperature; a two-constant picture of the machine
(flux and torque-making current at right angles), the magnetising curve of EESM and induction machine saturating.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coaxle.design.edu.edu import LossModel
from coaxle.numerics.arrays import Array

LINEAR = {"si-igbt": 0.6, "sic-mosfet": 0.0}
"""Share of the conduction loss at peak current that is in proportion to current: threshold over threshold plus
resistance, 0.75 V and 0.5 to 0.9 mOhm of a 750 V IGBT module at about 700 A; a MOSFET has no threshold."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Electric:
    """Electric losses by component, each of the shape of its inputs, as shares of peak power."""

    copper: Array
    field_copper: Array
    iron: Array
    conduction: Array
    switching: Array

    @property
    def total(self) -> Array:
        """Return their sum."""
        return self.copper + self.field_copper + self.iron + self.conduction + self.switching


def flux_limit(sigma: Array, nu: Array) -> Array:
    """Return the largest flux psi that the DC voltage allows at ``sigma``: it falls as nu / sigma beyond base speed."""
    return np.asarray(nu / np.maximum(sigma, 1e-9))


def magnetising_current(model: LossModel, psi: Array) -> Array:
    """Return the current that makes the flux ``psi`` (<= 1), over that at psi = 1.

    The knee is a sixth power: the unsaturated line up to about 0.6, ``saturation`` times that at 1.
    """
    return np.asarray(psi * (1 + (model.saturation - 1) * psi**6) / model.saturation)


def least_loss_flux(model: LossModel, load: Array, iron_at: Array, nu: Array) -> Array:
    """Return the flux psi (<= 1) of least loss for torque ``load``, iron loss ``iron_at`` psi^2; 0 without torque.

    Copper, field, iron and inverter together have one minimum over psi; their derivative is bisected. The magnetising
    current of an induction machine is counted with its copper, not with what it costs the inverter.
    """
    s = model.saturation
    linear = LINEAR[model.switch]
    squared = model.copper + (1 - linear) * model.conduction
    plain = 0.5 * (linear * model.conduction + model.switching * nu)
    low = np.zeros(np.broadcast_shapes(np.shape(load), np.shape(iron_at), np.shape(nu)))
    high = np.ones_like(low)
    for _ in range(40):
        psi = 0.5 * (low + high)
        rise = (1 + 7 * (s - 1) * psi**6) / s
        slope = model.field_copper * magnetising_current(model, psi) * rise + iron_at * psi
        beyond = slope * psi**3 > squared * load**2 + plain * load * psi
        high = np.where(beyond, psi, high)
        low = np.where(beyond, low, psi)
    return np.where(load > 0, high, 0.0)


def electric_losses(model: LossModel, tau: Array, sigma: Array, nu: Array) -> Electric:
    """Return the losses between DC terminals and rotor for |tau| <= 1 within the envelope; broadcast.

    Machines whose flux can be chosen (eesm, induction) run at the flux of least loss, at most 1 and at most what the
    voltage allows; without torque they are de-excited. A magnet machine holds its flux and, beyond what the voltage
    allows, spends current along the field axis to weaken it; its short-circuit current is taken as its peak current.
    """
    load = np.abs(tau)
    limit = flux_limit(sigma, nu)
    iron_at = model.iron * sigma**model.iron_exponent
    if model.machine == "ipm":
        psi_0 = model.magnet_flux
        natural = np.sqrt(psi_0**2 + (1 - psi_0**2) * load**2)
        psi = np.minimum(natural, limit)
        winding2 = load**2 + ((natural - psi) / psi_0) ** 2
        magnetising2 = np.zeros_like(winding2)
    else:
        psi = np.minimum(least_loss_flux(model, load, iron_at, nu), limit)
        winding2 = (load / np.where(psi > 0, psi, 1.0)) ** 2
        carried = model.field_copper / model.copper if model.machine == "induction" else 0.0
        magnetising2 = carried * magnetising_current(model, psi) ** 2
    i2 = winding2 + magnetising2
    i = np.sqrt(i2)
    linear = LINEAR[model.switch]
    return Electric(
        copper=model.copper * winding2,
        field_copper=model.field_copper * magnetising_current(model, psi) ** 2,
        iron=iron_at * psi**2,
        conduction=model.conduction * (linear * i + (1 - linear) * i2),
        switching=model.switching * i * nu,
    )


def shaft_drag(model: LossModel, sigma: Array) -> Array:
    """Return the torque, over peak torque, that turning takes without load: bearings, windage, gears; 0 at rest."""
    return np.where(sigma > 0, model.friction * sigma + model.drag, 0.0)
