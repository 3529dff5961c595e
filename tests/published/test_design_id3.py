"""Loss components of permanent-magnet units against the measured drive unit of the VW ID.3."""

from __future__ import annotations

import numpy as np

from coaxle.design.edu.losses import electric_losses, shaft_drag
from coaxle.validation.parts import parts
from coaxle.validation.tables import read_table

PEAK_POWER, PEAK_TORQUE = 150e3, 310.0
"""enginetechnologyinternational.com 2020-11-17 [W], [Nm]."""


def test_efficiency_of_the_measured_points_that_were_not_fitted() -> None:
    """Inverter input to machine shaft, 62 points.

    1.2 points of mean error: the fit to the other half leaves 0.55, and repeats of one point differ by as much as that;
    the class's gears and the drag that a coast-down holds are not in the measured chain.
    """
    table = read_table("id3-unit.csv")
    keep = np.array(table.words("part")) == "test"
    speed = table.numbers("speed [rpm]")[keep] * np.pi / 30
    torque = table.numbers("torque [Nm]")[keep]
    efficiency = table.numbers("efficiency [-]")[keep]
    model = parts().loss_models["ipm-igbt"]
    sigma = speed * PEAK_TORQUE / PEAK_POWER
    tau = torque / PEAK_TORQUE
    meshless = np.where(sigma > 0, model.friction * sigma, 0.0)
    loss = (electric_losses(model, tau + meshless, sigma, np.ones_like(tau)).total + meshless * sigma) * PEAK_POWER
    predicted = speed * torque / (speed * torque + loss + model.standby * PEAK_POWER)
    assert keep.sum() == 62
    assert np.mean(np.abs(predicted - efficiency)) < 0.012
    assert shaft_drag(model, np.array([0.0]))[0] == 0.0
