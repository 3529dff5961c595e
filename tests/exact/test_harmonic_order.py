"""Time-harmonic fields with motion approach the exact series, and at the element's order."""

import numpy as np
import pytest

from coaxle.design.machine.harmonic.cage import deep_bar
from coaxle.design.machine.harmonic.plane import polar_plane, second_order
from coaxle.design.machine.harmonic.solution import MU_0, harmonic_model, solve_harmonic
from team30_cases import figures, model, series, solved


@pytest.mark.parametrize(("order", "rate"), [(1, 2.0), (2, 4.0)])
def test_figures_converge_at_twice_the_order(order, rate):
    """Torque, voltage and losses are quadratic in A, so their error falls as h^2 and h^4 with round edges.

    A rate up to 0.35 lower is let pass: the coarser of the meshes is not yet in the range where the first term rules.
    """
    meshes = (2, 4) if order == 1 else (1, 2)
    exact = series(200.0, True)
    coarse, fine = (np.abs(figures(solved(model(k, order), 200.0, True)) / exact - 1) for k in meshes)
    rates = np.log2(coarse / fine)
    assert np.all(rates > rate - 0.35), rates
    assert np.all(fine < (1e-2 if order == 1 else 2e-4))


def test_current_in_a_deep_bar():
    """A bar in a slot of infinitely permeable iron: resistance and inductance by the mesh and in closed form (Emde).

    The slot is a thin sector of a ring of large radius, so that its walls are parallel; 1e-3 of curvature is left.
    """
    height, sigma, far, sectors = 0.02, 5.7e7, 20.0, 31416
    width = 2 * np.pi * (far + height / 2) / sectors
    w = 2 * np.pi * 50.0
    radii = far + np.linspace(0, height, 41)
    angles = np.linspace(0, 2 * np.pi / sectors, 3)
    plane = polar_plane(radii, angles, lambda r, _: np.zeros(r.size, np.int32), sign=1, sectors=sectors)
    ring = second_order(_narrow(plane))
    conducting = np.ones(ring.region.size)
    machine = harmonic_model(ring, conducting, sigma * conducting)
    # A fixed top edge and a source that is even over the bar: total current and loss give the impedance.
    field = solve_harmonic(machine, 1e6 * conducting.astype(complex), w)
    shapes = machine.shapes
    local = field.potential[ring.cells]
    current_density = 1e6 - 1j * w * sigma * np.einsum("qn,mn->mq", shapes.values, local)
    current = np.sum(shapes.weights * current_density)
    voltage = 1e6 / sigma
    impedance = voltage / current
    k_r, k_l = deep_bar(height, 1.0, sigma, 50.0)
    assert np.real(impedance) * sigma * height * width == pytest.approx(k_r, rel=3e-3)
    assert np.imag(impedance) / (w * MU_0 * height / (3 * width)) == pytest.approx(k_l, rel=3e-3)


def _narrow(plane):
    """The same sector with only its opening at potential 0: no flux enters at the bottom of the slot."""
    top = np.hypot(*plane.nodes.T) > np.hypot(*plane.nodes.T).max() - 1e-9
    return type(plane)(
        nodes=plane.nodes,
        cells=plane.cells,
        region=plane.region,
        low=plane.low,
        high=plane.high,
        signs=plane.signs,
        fixed=np.flatnonzero(top).astype(np.int32),
        sectors=plane.sectors,
    )


@pytest.mark.parametrize(("frequency", "k_r", "k_l"), [(0.0, 1.0, 1.0), (1e7, None, None)])
def test_limits_of_the_deep_bar(frequency, k_r, k_l):
    """At rest current is even; at high frequency it fills one skin depth: k_R = h / delta and k_L = 3/2 delta / h."""
    got = deep_bar(0.02, 1.0, 5.7e7, frequency)
    if k_r is None:
        depth = 1 / np.sqrt(np.pi * frequency * MU_0 * 5.7e7)
        k_r, k_l = 0.02 / depth, 1.5 * depth / 0.02
    assert got == pytest.approx((k_r, k_l), rel=1e-9)
