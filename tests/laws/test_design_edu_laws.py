"""What physics forbids a drive unit's map to do otherwise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.design.edu import Edu, EduSettings, LossModel, map_edu
from coaxle.design.edu.losses import electric_losses, least_loss_flux, magnetising_current
from coaxle.errors import InputError
from coaxle.maps import EduMap
from coaxle.validation.parts import parts

RPM = np.pi / 30
KINDS = ("eesm-igbt", "ipm-igbt", "induction-igbt")


def unit(**changes: object) -> Edu:
    figures: dict[str, object] = {
        "kind": "loss-components", "owner": "one", "family": "edrive", "losses": "any", "voltage": 400.0,
        "peak_power": 250e3, "peak_torque": 430.0, "continuous_power": 105e3, "max_speed": 17000 * RPM, "ratio": 10.8,
        "mass": 117.0, "inertia": 0.05, "source": "test",
    }  # fmt: skip
    return Edu(**(figures | changes))  # type: ignore[arg-type]


def made(kind: str, edu: Edu | None = None, settings: EduSettings | None = None) -> EduMap:
    return map_edu("u", edu or unit(), parts().loss_models[kind], settings or EduSettings())


@pytest.mark.parametrize("kind", KINDS)
def test_every_component_costs(kind: str) -> None:
    """No coefficient can be raised without raising losses somewhere; none lowers them anywhere that the unit drives.

    1e-9: the least-loss flux is a minimum (envelope theorem). While braking, drag takes over from the machine and may
    spare it more than it costs. 2 % for the induction machine: its control leaves the inverter's share of the
    magnetising current out of account; and more copper loss at an unchanged loss of magnetising means less of it.
    """
    model = parts().loss_models[kind]
    m = map_edu("u", unit(), model)
    drives = m.torque >= 0
    for name in ("copper", "field_copper", "iron", "friction", "conduction", "switching", "mesh", "drag", "standby"):
        value = getattr(model, name)
        if value == 0 or (kind == "induction-igbt" and name == "copper"):
            continue
        more = map_edu("u", unit(), replace(model, **{name: 1.2 * value}))
        slack = 0.02 if kind == "induction-igbt" else 2e-3 if more.torque[-1] != m.torque[-1] else 1e-9
        rise = np.stack([np.interp(m.torque, more.torque, line) for line in more.loss.reshape(-1, m.torque.size)])
        rise = (rise.reshape(m.loss.shape) - m.loss)[:, :, drives]
        assert np.max(rise) > 0, name
        assert np.min(rise / (m.loss[:, :, drives] + 1.0)) > -slack, name


@pytest.mark.parametrize("kind", KINDS)
def test_no_efficiency_reaches_one_and_braking_gives_back_less_than_it_took(kind: str) -> None:
    m = made(kind)
    shaft = m.torque[None, None, :] * m.speed[None, :, None]
    electric = shaft + m.loss
    inside = (m.torque <= m.torque_max[:, :, None]) & (m.torque >= m.torque_min[:, :, None])
    shaft = np.broadcast_to(shaft, inside.shape)
    assert np.all((shaft / electric)[inside & (shaft > 0)] < 0.98)
    assert np.all(electric[inside & (shaft < 0)] > shaft[inside & (shaft < 0)])


@pytest.mark.parametrize("kind", KINDS)
@given(factor=st.floats(0.2, 4.0))
@settings(deadline=None, max_examples=8)
def test_a_kind_scales_with_its_ratings(kind: str, factor: float) -> None:
    """A unit of k times the torque and power loses k times as much at k times the torque."""
    model = parts().loss_models[kind]
    one = map_edu("one", unit(), model)
    other = map_edu(
        "other", unit(peak_power=250e3 * factor, peak_torque=430.0 * factor, continuous_power=105e3 * factor), model
    )
    np.testing.assert_allclose(other.loss, factor * one.loss, rtol=1e-9, atol=1e-3)  # W; rounding of torque 0
    np.testing.assert_allclose(other.torque_max, factor * one.torque_max, rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_less_voltage_weakens_the_field_earlier(kind: str) -> None:
    """Less voltage never gives more torque, gives less power above base speed, and costs more at the peak there."""
    m = made(kind)
    low, rated, high = range(3)
    assert np.all(m.torque_max[low] <= m.torque_max[rated] + 1e-9)
    np.testing.assert_allclose(m.torque_max[high], m.torque_max[rated], rtol=1e-12)
    fast = int(0.8 * m.speed.size)
    assert m.torque_max[low, fast] < 0.75 * m.torque_max[rated, fast]
    torque = int(np.searchsorted(m.torque, 0.9 * m.torque_max[low, fast]))
    assert m.loss[low, fast, torque] > m.loss[rated, fast, torque]


@pytest.mark.parametrize("kind", KINDS)
def test_envelope_follows_from_the_ratings(kind: str) -> None:
    m, edu = made(kind), unit()
    scale = edu.peak_torque * edu.ratio
    rated = m.torque_max[1]
    assert rated[0] < scale
    assert rated[0] > 0.97 * scale
    assert m.power_max < edu.peak_power
    assert m.power_max > 0.96 * edu.peak_power
    assert m.speed[-1] == pytest.approx(edu.max_speed / edu.ratio)
    assert np.max(m.torque_continuous[1] * m.speed) == pytest.approx(edu.continuous_power, rel=0.04)
    assert np.all(m.torque_continuous <= m.torque_max + 1e-9)
    assert np.all(m.torque_min[1] < -rated), "friction and gears help braking"


def test_inertia_mass_and_cost_reach_the_output_shaft() -> None:
    """Kinetic energy does not know gears: J w^2 at the machine is that at the output."""
    m, edu = made("eesm-igbt", unit(cost=1500.0)), unit()
    assert m.inertia * m.speed[-1] ** 2 == pytest.approx(edu.inertia * edu.max_speed**2, rel=1e-12)
    assert (m.mass, m.cost) == (edu.mass, 1500.0)


def test_de_excited_without_torque() -> None:
    """Without torque a wound rotor loses nothing; magnets lose iron, and copper where they are weakened."""
    models = parts().loss_models
    sigma = np.array([0.5, 1.0, 3.0])
    eesm = electric_losses(models["eesm-igbt"], np.zeros(3), sigma, np.ones(3))
    assert np.all(eesm.total == 0.0)
    ipm = electric_losses(models["ipm-igbt"], np.zeros(3), sigma, np.ones(3))
    assert np.all(ipm.iron > 0)
    assert ipm.copper[0] == 0.0
    assert ipm.copper[2] > 0.0


@pytest.mark.parametrize("kind", ["eesm-igbt", "induction-igbt"])
@given(load=st.floats(0.001, 1.0), iron=st.floats(0.0, 0.05))
@settings(deadline=None, max_examples=60)
def test_flux_is_that_of_least_loss(kind: str, load: float, iron: float) -> None:
    """No flux on a fine scan costs less than the one found; the scan is an independent road to the same minimum."""
    model = parts().loss_models[kind]

    def cost(psi: np.ndarray) -> np.ndarray:
        field = model.field_copper * magnetising_current(model, psi) ** 2
        i = load / psi
        inverter = model.conduction * (0.6 * i + 0.4 * i**2) + model.switching * i
        return np.asarray(model.copper * i**2 + field + iron * psi**2 + inverter)

    found = least_loss_flux(model, np.array([load]), np.array([iron]), np.ones(1))
    assert cost(found)[0] <= np.min(cost(np.linspace(0.002, 1.0, 4000))) * (1 + 1e-9)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"continuous_power": 260e3}, "u.continuous_power: 260 kW; at most peak_power"),
        ({"max_speed": 5000 * RPM}, "u.max_speed: 5000 rpm lies below base speed, 5552 rpm"),
        ({"ratio": 0.0}, "u.ratio: 0; a figure above 0 is wanted"),
        ({"voltage": -400.0}, "u.voltage: -400; a figure above 0 is wanted"),
    ],
)
def test_ratings_that_contradict_one_another(change: dict[str, float], said: str) -> None:
    with pytest.raises(InputError) as caught:
        made("eesm-igbt", unit(**change))
    assert said in str(caught.value)


def test_a_magnet_machine_without_magnets() -> None:
    model: LossModel = replace(parts().loss_models["ipm-igbt"], magnet_flux=0.0)
    with pytest.raises(InputError, match="magnet_flux"):
        map_edu("u", unit(), model)
    with pytest.raises(InputError, match="field_copper"):
        map_edu("u", unit(), replace(parts().loss_models["eesm-igbt"], field_copper=0.0))
