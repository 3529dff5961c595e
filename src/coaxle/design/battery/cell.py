"""Cells as published: open-circuit voltage and the course of resistance over state of charge."""

from __future__ import annotations

import numpy as np

from coaxle.numerics.arrays import frozen

NMC_VOLTAGE = frozen(
    [
        2.498, 3.073, 3.257, 3.396, 3.449, 3.493, 3.547, 3.596, 3.633, 3.666, 3.705,
        3.754, 3.805, 3.859, 3.920, 3.967, 4.016, 4.066, 4.093, 4.111, 4.181,
    ]
)  # fmt: skip
"""Open-circuit voltage [V] of a cell with nickel-rich NMC against graphite at 0, 5, ... 100 % of its charge.

Evaluated from the open-circuit potentials that Chen et al. measured on the LG M50 cell (J. Electrochem. Soc. 167
(2020) 080534, doi 10.1149/1945-7111/ab9050), with lithium fractions from 0.9084 to 0.2700 in the positive and from
0.0279 to 0.9014 in the negative electrode.
"""
NMC_STATE = frozen(np.linspace(0.0, 1.0, 21))
NMC_SOURCE = "Chen et al. 2020, doi 10.1149/1945-7111/ab9050 (LG M50 cell)"

PULSE_STATE = frozen(np.linspace(0.1, 0.9, 9))
PULSE_RESISTANCE = frozen([2.18, 1.98, 1.90, 1.91, 1.97, 2.07, 1.97, 1.99, 1.99])
"""Resistance for 10 s on discharge at 20 degC [mOhm] of a 78 Ah NMC cell (as in the VW ID.3) at 10 to 90 % of its
charge, from the two-RC figures of TUMFTM's Holistic-Electric-Powertrain-Component-Design (doi 10.3390/wevj16020061):
R_0 + sum of R_i (1 - exp(-10 s / tau_i)). On charge it lies within 4 %. Only its course over the state of charge is
used; beyond 10 and 90 % the figure at the end is held."""
PULSE_SOURCE = "two-RC figures of a 78 Ah cell, doi 10.3390/wevj16020061"
RESISTANCE_TIME = 154.0
"""R E / U^2 of that cell [s]: 2.0 mOhm, 78 Ah, 3.69 V. Twice this is a common figure for packs with their busbars,
contactors and ageing; a Battery gives its own."""
