"""Steels and magnets against what the standards ask of their grades, and fits against the tables they come from."""

from __future__ import annotations

import numpy as np
import pytest

from coaxle.materials import fit, loss, magnet, names, oil, steel, tables

# EN 10106: highest loss [W/kg] at 1.5 T, 50 Hz is in the name; EN 10303: at 1.0 T, 400 Hz
AT_50 = {
    "M235-35A": 2.35,
    "M250-35A": 2.50,
    "M270-35A": 2.70,
    "M270-50A": 2.70,
    "M330-50A": 3.30,
    "M400-50A": 4.00,
    "M470-50A": 4.70,
    "M530-65A": 5.30,
    "M600-50A": 6.00,
    "M800-50A": 8.00,
}
AT_400 = {"NO18-1160": 11.60, "NO27-15": 15.0, "NO27-150Y420": 15.0}
# EN 10106, least polarisation [T] at 2.5, 5 and 10 kA/m
POLARISATION = {
    "M235-35A": (1.49, 1.60, 1.70),
    "M250-35A": (1.49, 1.60, 1.70),
    "M270-35A": (1.49, 1.60, 1.70),
    "M270-50A": (1.49, 1.60, 1.70),
    "M330-50A": (1.49, 1.60, 1.70),
    "M400-50A": (1.53, 1.63, 1.73),
}
MU_0 = 4e-7 * np.pi


@pytest.mark.parametrize(("name", "most"), AT_50.items())
def test_losses_keep_the_grade_at_50_hz(name: str, most: float) -> None:
    assert 0.6 * most < steel(name).loss.at(50.0, 1.5) <= most


@pytest.mark.parametrize(("name", "most"), AT_400.items())
def test_losses_keep_the_grade_at_400_hz(name: str, most: float) -> None:
    assert 0.9 * most < steel(name).loss.at(400.0, 1.0) <= most


@pytest.mark.parametrize(("name", "least"), POLARISATION.items())
def test_curves_keep_the_grade(name: str, least: tuple[float, float, float]) -> None:
    sheet = steel(name)
    h = np.array([2500.0, 5000.0, 10000.0])
    j = np.interp(h, sheet.h, sheet.b) - MU_0 * h
    assert np.all(j >= np.array(least) - 0.005)  # of rounding


def test_the_curve_of_the_zoe_model_is_no_m400_50a() -> None:
    """It is kept for its model's sake; EN 10106 asks for 1.53 T at 2.5 kA/m."""
    sheet = steel("M400-50A-old")
    assert np.interp(2500.0, sheet.h, sheet.b) - MU_0 * 2500 < 1.53 - 0.02


# root mean square and largest relative error of the fit over the table, flux densities of 0.25 T and more
TABLED = {
    "M235-35A": (0.037, 0.085),
    "M400-50A": (0.039, 0.101),
    "M19-29Ga": (0.035, 0.097),
    "M270-50A": (0.035, 0.113),
    "NO18-1160": (0.039, 0.098),
    "HF-10X": (0.049, 0.147),
    "M250-35A": (0.009, 0.026),
    "M330-50A": (0.008, 0.021),
    "NO27-150Y420": (0.008, 0.022),
    "10JNEX900": (0.013, 0.048),
}


@pytest.mark.parametrize(("name", "bounds"), TABLED.items())
def test_fits_hold_the_tables(name: str, bounds: tuple[float, float]) -> None:
    """Three powers of frequency, none negative, cannot follow a table's skin effect; so far they are off."""
    made = steel(name).loss
    f, b, p = made.table[made.table[:, 1] >= 0.25].T
    error = made.at(f, b) / p - 1
    assert np.sqrt(np.mean(error**2)) <= bounds[0]
    assert np.abs(error).max() <= bounds[1]
    assert abs(error.mean()) < 0.015  # no bias


def test_fits_are_those_of_the_tables() -> None:
    """The file of fits is made from the tables; another version of the solver may differ in the last digits."""
    kept = {tuple(row[:3]): float(row[3]) for row in tables.sheet("fits").rows}
    made = [line.split(",") for line in fit.fitted().splitlines()[2:]]
    assert kept == pytest.approx({(a, e, q): float(value) for a, e, q, value in made}, rel=1e-4)


def test_a_fit_finds_the_figures_of_a_made_table() -> None:
    f, b = (each.ravel() for each in np.meshgrid([50.0, 200.0, 1000.0], np.linspace(0.2, 1.8, 9)))
    wanted = np.zeros((len(loss.EXPONENTS), len(loss.POWERS)))
    wanted[0, 1], wanted[1, 0], wanted[2, 2] = 0.02, 1e-3, 3e-5
    p = np.einsum("eq,en,qn->n", wanted, f ** np.array([[1], [1.5], [2]]), b ** np.array(loss.POWERS)[:, None])
    np.testing.assert_allclose(fit.fit(np.column_stack((f, b, p))), wanted, atol=1e-8)  # of least squares


# least coercivity [kA/m] of the classes by the makers' custom (12 kOe and so on; 1 Oe = 79.577 A/m)
CLASSES = {"H": 17, "SH": 20, "UH": 25, "EH": 29, "AH": 33}


@pytest.mark.parametrize("name", [name for name in names("magnet") if name not in ("Recoma-35E", "FB14H")])
def test_magnets_keep_their_class(name: str) -> None:
    grade = magnet(name)
    letters = name.lstrip("BMN-").lstrip("0123456789")
    assert grade.coercivity_20 >= CLASSES[letters] * 79577 * (1 - 1e-3)  # of rounding
    # the number is the energy product [MGOe] (7.958 kJ/m3), B_r^2 / (4 mu_0 mu_r): makers give it -8 % to +6 %
    product = grade.remanence_20**2 / (4 * MU_0 * grade.permeability) / 7958
    assert product == pytest.approx(float(name.lstrip("BMN-").rstrip("AEHSU")), rel=0.08)


def test_oils_keep_their_viscosity_grade() -> None:
    """ISO 3448: the number, within 10 %, in mm2/s at 40 degC."""
    for name in names("oil"):
        if name != "70w-75w":
            assert oil(name).viscosity_40 * 1e6 == pytest.approx(float(name.split("-")[1]), rel=0.1)
