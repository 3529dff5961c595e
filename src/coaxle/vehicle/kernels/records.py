"""The records that :mod:`coaxle.vehicle.kernels.forward` works on: a car, a drive unit's axes, how a car is driven."""

from __future__ import annotations

import numpy as np

CAR = np.dtype(
    [
        ("electric", np.int64),  # 1, or 0 for combustion
        ("m", np.float64),  # test mass [kg]
        ("m_front", np.float64),  # what turns at the front axle, half the wheels and its unit, without an engine [kg]
        ("m_rear", np.float64),
        ("f0", np.float64),
        ("f1", np.float64),
        ("f2", np.float64),
        ("r", np.float64),  # wheel radius [m]
        ("front_load", np.float64),  # static share of the front axle [-]
        ("h_l", np.float64),  # height of the centre of mass over wheelbase [-]
        ("grip", np.float64),
        ("v_end", np.float64),  # where the units' or the engine's speed or a limiter ends it [m/s]
        ("p_aux", np.float64),
        # electric
        ("front", np.int64),  # row of the unit at that axle, -1: none
        ("rear", np.int64),
        ("share", np.float64),  # of the front unit in the torque, -1: each what it can
        ("u_oc", np.float64),
        ("r_i", np.float64),
        ("p_max", np.float64),  # what the battery gives at its terminals [W]
        # combustion
        ("axles", np.int64),  # driven: 0 front, 1 rear, 2 all
        ("engine", np.int64),  # where its wide-open curve starts in the store
        ("w_start", np.float64),
        ("w_rate", np.float64),
        ("w_cells", np.int64),
        ("w_end", np.float64),
        ("t_prompt", np.float64),  # torque that needs no boost [Nm]
        ("j_engine", np.float64),
        ("gears", np.int64),
        ("w_launch", np.float64),
        ("stall", np.float64),
        ("coupling", np.float64),
        ("t_drag", np.float64),  # lost at the gearbox input [Nm]
        ("eta", np.float64),  # what meshes and axle let pass [-]
        ("p_alternator", np.float64),  # at its shaft [W]
    ]
)
"""What a row is, one record each; road load [N], [N/(m/s)], [N/(m/s)2]."""
UNIT = np.dtype(
    [
        ("u_start", np.float64),
        ("u_rate", np.float64),
        ("u_cells", np.int64),
        ("w_rate", np.float64),
        ("w_cells", np.int64),
        ("t_start", np.float64),
        ("t_rate", np.float64),
        ("t_cells", np.int64),
        ("reach", np.int64),  # where its peak torque (V, S) starts in the store
        ("loss", np.int64),  # where its losses (V, S, T) start in the store
    ]
)
"""The axes of a unit's map, as :mod:`coaxle.vehicle.kernels.lookup` wants them, and where its tables are."""
HOW = np.dtype(
    [
        ("dt", np.float64),
        ("t_longest", np.float64),
        ("tau_machine", np.float64),
        ("tau_throttle", np.float64),
        ("tau_boost", np.float64),
        ("t_shift", np.float64),
        ("part", np.float64),  # of the torque that is left while a gear changes [-]
        ("t_kick_down", np.float64),
    ]
)
"""How a car is driven, and the step in time [s]."""
