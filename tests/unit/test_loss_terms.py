"""Loss terms put together from facts and conditions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coaxle.design.machine.loss import LossConditions, Switching, SwitchingShare, loss_terms, switching_of
from coaxle.design.machine.loss.build import friction
from coaxle.design.machine.loss.pwm import voltage_ratio
from coaxle.errors import InputError
from coaxle.materials import steel
from loss_cases import FIELD, HAIRPINS, MACHINE


def test_a_magnet_machine() -> None:
    terms = loss_terms(MACHINE, LossConditions(winding_temperature=393.15, rotor_temperature=333.15))
    assert terms.resistance == pytest.approx(5e-3 * 1.393)  # 100 K at 0.393 %/K
    assert terms.field_resistance == terms.cage_resistance == terms.brush_voltage == 0
    assert terms.exciter_efficiency == 1
    assert terms.ac_frequency[-1] == pytest.approx(4 * 16000 / 60)
    assert terms.ac_factor[0] == pytest.approx(1.0, abs=1e-9)
    assert np.all(np.diff(terms.ac_factor) > 0)
    assert terms.yoke_factor == terms.teeth_factor == terms.rotor_factor == terms.magnet_factor == 1.25
    assert terms.friction[0] == 0
    assert np.all(np.diff(terms.friction) > 0)
    assert terms.friction_speed[-1] == MACHINE.max_speed


def test_only_the_slots_crowd() -> None:
    ends = replace(HAIRPINS, end_turn_length=0.70)
    straight = replace(HAIRPINS, end_turn_length=0.0)
    mean = loss_terms(MACHINE).ac_factor - 1
    all_in = loss_terms(replace(MACHINE, winding=straight)).ac_factor - 1
    np.testing.assert_allclose(loss_terms(replace(MACHINE, winding=ends)).ac_factor, 1.0)
    np.testing.assert_allclose(mean, all_in * 0.38 / 0.70, rtol=1e-6, atol=1e-12)


def test_a_wound_rotor_by_brushes_and_by_transformer() -> None:
    wound = replace(MACHINE, kind="eesm", magnet=None, rotor_winding=FIELD)
    brushes = loss_terms(wound, LossConditions(rotor_temperature=413.15))
    assert brushes.field_resistance == pytest.approx(3.0 * (1 + 0.00393 * 120))
    assert (brushes.brush_voltage, brushes.exciter_efficiency, brushes.cage_resistance) == (2.0, 0.95, 0.0)
    wireless = loss_terms(wound, LossConditions(exciter="transformer", exciter_efficiency=0.88))
    assert (wireless.brush_voltage, wireless.exciter_efficiency) == (1.4, 0.88)
    assert loss_terms(wound, LossConditions(brush_voltage=0.6)).brush_voltage == 0.6


def test_a_cage_and_round_wire() -> None:
    cage = replace(FIELD, style="cage", resistance=0.01, conductor="aluminium-die-cast")
    wires = replace(HAIRPINS, style="round-wire", strands=12, conductors_per_slot=8, conductor_height=0.8e-3)
    terms = loss_terms(replace(MACHINE, kind="induction", rotor_winding=cage, winding=wires))
    assert terms.cage_resistance == pytest.approx(0.01 * (1 + 0.00403 * 100))
    assert terms.field_resistance == 0
    assert 1.0 < terms.ac_factor[-1] < 1.5


def test_switching_multiplies() -> None:
    plain = loss_terms(MACHINE)
    rippled = loss_terms(MACHINE, switching=SwitchingShare(copper=1.02, iron=1.2, magnet=1.5))
    np.testing.assert_allclose(rippled.ac_factor, 1.02 * plain.ac_factor)
    assert rippled.teeth_factor == pytest.approx(1.2 * plain.teeth_factor)
    assert rippled.magnet_factor == pytest.approx(1.5 * plain.magnet_factor)


def test_switching_of_a_machine() -> None:
    """Slower switching ripples more; copper crowds at 20 kHz; a wide inductance leaves the iron's share alone."""
    point = Switching(voltage=380.0, phase_voltage=150.0, frequency=10e3, inductance=1.5e-4)
    share = switching_of(MACHINE, point, 500.0, 300.0)
    slower = switching_of(MACHINE, replace(point, frequency=8e3), 500.0, 300.0)
    assert 1 < share.copper < slower.copper < 1.5
    assert 1.05 < share.iron < 1.5
    assert share.magnet == 1
    softer = switching_of(MACHINE, replace(point, inductance=3e-4), 500.0, 300.0)
    assert softer.copper - 1 == pytest.approx((share.copper - 1) / 4)
    assert softer.iron == share.iron
    unscreened = switching_of(replace(MACHINE, stator_steel="M250-35A"), point, 500.0, 300.0)
    sheet = steel("M250-35A").loss
    eddy = sheet.per_power(1.4)[2] * 500**2 / sheet.at(500.0, 1.4)
    assert unscreened.iron == pytest.approx(1 + eddy * (voltage_ratio(point) - 1))
    with pytest.raises(InputError, match="both are wanted above 0"):
        switching_of(MACHINE, point, 0.0, 300.0)


def test_bearings_may_be_given() -> None:
    speed = np.array([0.0, 500.0, 1500.0])
    assert np.all(
        friction(MACHINE, LossConditions(bearing_bore=0.06), speed)[1:]
        > friction(MACHINE, LossConditions(bearing_bore=0.03), speed)[1:]
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"build_factor": 0.9}, "conditions.build_factor: 0.9; at least 1 is wanted"),
        ({"exciter_efficiency": 0.0}, "conditions.exciter_efficiency: 0; above 0"),
        ({"winding_temperature": 120.0}, "conditions.winding_temperature: 120 K; 200 to 600 K is wanted"),
        ({"bearing_oil": "butter"}, "'butter' is no oil"),
    ],
)
def test_conditions_that_cannot_be_are_refused(changes: dict, said: str) -> None:
    with pytest.raises(InputError) as refused:
        loss_terms(MACHINE, LossConditions(**changes))
    assert said in str(refused.value)
