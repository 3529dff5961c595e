"""The classical circuit of an induction machine, from its points in the frame of the rotor flux.

Inverse-Gamma form: all leakage stands on the stator's side, and the current through the magnetising inductance is the
stator's along the rotor flux. Source: G. R. Slemon, Modelling of induction machines for electric drives, IEEE
Transactions on Industry Applications 25 (1989), 1126-1131.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from coaxle.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentCircuit:
    """Parameters at one state of saturation.

    Parameters
    ----------
    pole_pairs : int
        Of the machine.
    magnetising, leakage : float
        L_M and L_sigma [H].
    resistance : float
        R_R, of the cage in this form [Ohm].

    """

    pole_pairs: int
    magnetising: float
    leakage: float
    resistance: float

    def currents(self, i_s: float, w_slip: float) -> tuple[float, float]:
        """Return i_d and i_q [A] of a stator current ``i_s`` [A] at electrical slip frequency ``w_slip`` [rad/s].

        i_q / i_d = w_slip L_M / R_R.
        """
        ratio = w_slip * self.magnetising / self.resistance
        i_d = i_s / hypot(1.0, ratio)
        return i_d, i_d * ratio

    def torque(self, i_s: float, w_slip: float) -> float:
        """Return the torque [Nm] of a stator current ``i_s`` [A]: 3/2 n_p L_M i_d i_q."""
        i_d, i_q = self.currents(i_s, w_slip)
        return 1.5 * self.pole_pairs * self.magnetising * i_d * i_q


def equivalent_circuit(
    *, pole_pairs: int, i_d: float, i_q: float, psi_d: float, psi_q: float, i_r: float, resistance: float
) -> EquivalentCircuit:
    """Return the circuit at a point of the flux map.

    L_sigma = psi_q / i_q, L_M = psi_d / i_d - L_sigma, R_R = R_r (i_r / i_q)^2, for the cage's current in this form is
    -i_q. ``resistance`` is R_r, that of the cage whose current is ``i_r`` [Ohm].
    """
    if not i_d > 0 or not i_q > 0:
        raise InputError(f"i_d, i_q: {i_d:g} A, {i_q:g} A; a point with both above 0 is wanted")
    leakage = psi_q / i_q
    return EquivalentCircuit(
        pole_pairs=pole_pairs,
        magnetising=psi_d / i_d - leakage,
        leakage=leakage,
        resistance=resistance * (i_r / i_q) ** 2,
    )
