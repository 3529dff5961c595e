"""Control refuses what does not go together, and says where."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import machine_flux_cases as cases
from coaxle.design.machine.control import ControlSettings, Limits, SourceTerms, envelope, least_loss, mtpa, mtpv
from coaxle.errors import InputError

FLUX = cases.eesm((5, 5, 4))
TERMS = cases.terms(FLUX)
LIMITS = Limits(current=500.0)


def find(flux=FLUX, terms=TERMS, source=None, limits=LIMITS, speed=(10.0,), torque=(5.0,)):
    return least_loss(flux, terms, source or cases.source(), limits, np.array(speed), np.array(torque))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: find(speed=(-1.0,)), "speed: "),
        (lambda: find(speed=(np.nan,)), "speed: "),
        (lambda: find(torque=(np.inf,)), "torque: "),
        (lambda: find(speed=(1e5,)), "ac_frequency: ends at 2000 Hz"),
        (lambda: find(terms=cases.terms(FLUX, resistance=0.0)), "terms.resistance: is 0"),
        (lambda: find(terms=cases.terms(FLUX, field_resistance=0.0)), "field winding"),
        (lambda: find(terms=cases.terms(FLUX, magnet_factor=-1.0)), "terms.magnet_factor: is -1"),
        (lambda: find(flux=cases.induction((4, 4)), terms=TERMS), "cage_resistance"),
        (lambda: Limits(current=0.0), "limits.current: is 0"),
        (lambda: Limits(current=float("nan")), "limits.current: is nan"),
        (lambda: ControlSettings(d_lines=1), "settings.d_lines: is 1"),
        (lambda: ControlSettings(tolerance=0.1), "settings.tolerance: is 0.1"),
        (lambda: SourceTerms(u_max=[0.0], constant=[0.0], linear=[0.0], square=[0.0]), "source.u_max: holds 0"),
        (lambda: SourceTerms(u_max=[1.0], constant=[0.0], linear=[-1.0], square=[0.0]), "source.linear: holds -1"),
        (
            lambda: SourceTerms(u_max=[1.0, 2.0], constant=[0.0], linear=[0.0], square=[0.0]),
            "source.constant: has shape",
        ),
        (lambda: mtpa(FLUX, LIMITS, np.array([501.0])), "currents: reach 501 A"),
        (lambda: mtpv(FLUX, LIMITS, np.array([0.0])), "linkages: "),
    ],
)
def test_refused(make, said):
    with pytest.raises(InputError, match=said):
        make()


def test_a_map_that_is_not_mirrored():
    """psi_q at i_q = 0 must vanish: a map without that was turned, or is not one of a mirrored machine."""
    turned = cases.linear(1e-4, 2e-4)
    flux = cases.flux_map(
        "ipm",
        lambda d, q, f: (turned(d, q, f)[0], turned(d, q, f)[1] + 0.01, 0.0 * d),
        np.linspace(-100.0, 0.0, 5),
        np.linspace(0.0, 100.0, 5),
    )
    with pytest.raises(InputError, match=r"psi_q: reaches 0\.01 Wb at i_q = 0"):
        find(flux=flux, terms=cases.terms(flux), limits=Limits(current=80.0))


def test_codes():
    """Beyond the envelope: 1; above the speed of the shaft: 3, and no torque in the envelope; figures are NaN there."""
    limits = Limits(current=500.0, max_speed=1000.0)
    points = find(limits=limits, speed=(100.0, 1001.0), torque=(0.0, 10.0, 5000.0))
    np.testing.assert_array_equal(points.code[0], [[0, 0, 1], [3, 3, 3]])
    np.testing.assert_array_equal(np.isnan(points.total), points.code != 0)
    edge = envelope(FLUX, TERMS, cases.source(), limits, np.array([100.0, 1001.0]))
    np.testing.assert_array_equal(np.isnan(edge.torque_max[0]), [False, True])
    assert not points.total.flags.writeable


def test_reading_the_room_loads_no_arrays():
    code = "import sys, coaxle.design.machine.control as c; print('numba' in sys.modules, 'numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
