"""Whether magnets stay magnets: flux density at the worst currents and temperatures against the knee."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from coaxle.design.edu.checks.check import Case, Check, at_least
from coaxle.design.edu.checks.faults import Fault, fault_of
from coaxle.design.edu.checks.field import Probe, probe, ramp
from coaxle.design.machine.flux.build import areas
from coaxle.design.machine.section import SectorMesh
from coaxle.materials import Magnet, magnet
from coaxle.numerics.arrays import Array

SPARED = 0.01
"""Share of the magnets' area that may lie below: corners, where the field of drawn edges has no limit."""
COLDEST = 243.15
"""Of a car [K]: ferrite loses coercivity in the cold."""
SOURCE = "knee of the material's recoil line (coaxle.materials), for all but 1 % of the magnets"


def magnet_checks(case: Case) -> Iterator[Check]:
    """Yield the lines of demagnetisation; none without magnets."""
    known = case.unit.facts
    if known.magnet is None:
        return
    grade = magnet(known.magnet)
    kelvin, settings = hottest(case, grade), case.settings.flux
    solved = probe(case.unit.parts.machine, settings, kelvin, case.where)
    peak = float(np.max(case.unit.operation.points.current))
    yield demagnetised("demagnetisation at peak current", solved, peak, grade, kelvin)
    fault = fault_of(solved, peak)
    if isinstance(fault, Fault):
        yield demagnetised("demagnetisation at a short circuit", solved, fault.worst, grade, kelvin)


def hottest(case: Case, grade: Magnet) -> float:
    """Return the temperature [K] at which magnets are weakest: as hot as cooling allows, or as cold as cars become."""
    if grade.coercivity_coefficient > 0:
        return COLDEST
    allowed = case.unit.parts.cooling.limits.magnet
    warm = case.unit.parts.unit.conditions.rotor
    return warm if allowed is None else max(warm, allowed)


def demagnetised(name: str, solved: Probe, current: float, grade: Magnet, kelvin: float) -> Check:
    """Return the line of a ``current`` [A] against the magnets, i_d = -current, i_q = 0."""
    found = solved.at(*ramp(-current, 0.0), fields=True)
    assert found.b is not None
    along, weight = remanent(solved.ready.mesh, found.b[:, -1])
    spared = np.array([low_end(position, weight, SPARED) for position in along])
    worst = int(np.argmin(spared))
    knee = grade.knee_flux_density(kelvin)
    below = float(weight[along[worst] < knee].sum() / weight.sum())
    return at_least(
        name,
        float(spared[worst]),
        knee,
        "T",
        f"i_d = {-current:.0f} A, magnets at {kelvin - 273.15:.0f} degC; {below:.1%} of their area lie below, "
        f"the least at {float(along.min()):.2f} T",
        SOURCE,
    )


def remanent(mesh: SectorMesh, b: Array) -> tuple[Array, Array]:
    """Return the flux density (P, m) [T] along the remanence of every magnet triangle, and the areas (m,) [m2]."""
    regions = mesh.section.regions
    turn = np.array([np.nan if r.remanence_direction is None else r.remanence_direction for r in regions] + [np.nan])
    angle = turn[mesh.region]
    mine = np.isfinite(angle)
    along = b[:, mine, 0] * np.cos(angle[mine]) + b[:, mine, 1] * np.sin(angle[mine])
    return np.asarray(along), areas(mesh)[mine]


def low_end(values: Array, weight: Array, share: float) -> float:
    """Return the value below which no more than ``share`` of the weight lies."""
    order = np.argsort(values)
    total = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(total, share * total[-1], side="right")])
