"""Heat from surfaces to fluids: published correlations, each a pure function."""

from __future__ import annotations

from math import expm1, log10, pi, sqrt, tanh

from coaxle.design.thermal.fluids import Fluid

LAMINAR, TURBULENT, FASTEST = 2300.0, 1.0e4, 1.0e6
"""Reynolds numbers of a duct: laminar below, fully turbulent above, and the highest that was measured."""
END_SPEED = 20.0
"""Speed of air [m/s] up to which the coefficient in the end space is taken to rise."""


def duct_nusselt(reynolds: float, prandtl: float, aspect: float, slenderness: float) -> float:
    """Return the mean Nusselt number of a straight duct at even wall temperature, with its hydraulic diameter.

    Laminar and developed: Shah and London, Laminar Flow Forced Convection in Ducts (1978), their fit for rectangular
    ducts, ``aspect`` the shorter over the longer side. Turbulent: Gnielinski with the friction factor of Konakov,
    ``slenderness`` hydraulic diameter over length; between them linear in the Reynolds number: VDI Heat Atlas, G1.
    Valid for 0.1 <= Pr <= 1000, Re <= 1e6. Bends, which raise it, are left out.
    """
    coefficients = (1.0, -2.610, 4.970, -5.119, 2.702, -0.548)
    laminar = 7.541 * sum(c * aspect**k for k, c in enumerate(coefficients))
    if reynolds <= LAMINAR:
        return laminar
    turbulent = _gnielinski(max(reynolds, TURBULENT), prandtl, slenderness)
    share = min((reynolds - LAMINAR) / (TURBULENT - LAMINAR), 1.0)
    return (1 - share) * laminar + share * turbulent


def _gnielinski(reynolds: float, prandtl: float, slenderness: float) -> float:
    friction = (1.8 * log10(reynolds) - 1.5) ** -2 / 8
    entrance = 1 + slenderness ** (2 / 3)
    return friction * reynolds * prandtl / (1 + 12.7 * sqrt(friction) * (prandtl ** (2 / 3) - 1)) * entrance


def dittus_boelter(reynolds: float, prandtl: float) -> float:
    """Return the Nusselt number of a long duct that heats its fluid: 0.023 Re^0.8 Pr^0.4 (Incropera et al., eq. 8.60).

    Valid for Re >= 1e4, 0.6 <= Pr <= 160; most jackets of traction machines lie below.
    """
    return float(0.023 * reynolds**0.8 * prandtl**0.4)


def taylor(speed: float, radius: float, gap: float, air: Fluid) -> float:
    """Return the Taylor number of a gap, w^2 r g^3 / nu^2, ``speed`` w [rad/s], mean ``radius`` [m], ``gap`` [m].

    The geometrical factor that makes it the modified one is 1 to within 3 % for gaps below 2 % of the radius.
    """
    viscosity = air.viscosity / air.density
    return speed**2 * radius * gap**3 / viscosity**2


def gap_nusselt(taylor_number: float) -> float:
    """Return the Nusselt number from rotor to stator through an air gap without axial flow, over twice the gap.

    Becker and Kaye, J. Heat Transfer 84 (1962) 97, as in the review of Howey, Childs, Holmes, IEEE Trans. Ind.
    Electron. 59 (2012) 1367: 2 (conduction) below 1700, 0.128 Ta^0.367 to 1e4, 0.409 Ta^0.241 to 1e7. Smooth walls;
    slots and poles change it by some 10 %.
    """
    if taylor_number <= 1700.0:
        return 2.0
    if taylor_number <= 1.0e4:
        return float(max(2.0, 0.128 * taylor_number**0.367))
    return float(0.409 * min(taylor_number, 1.0e7) ** 0.241)


def gap_conductance(speed: float, radius: float, gap: float, length: float, air: Fluid) -> float:
    """Return the conductance [W/K] between the surfaces of an air gap of mean ``radius`` and ``length`` [m]."""
    nusselt = gap_nusselt(taylor(speed, radius, gap, air))
    return nusselt * air.conductivity / (2 * gap) * 2 * pi * radius * length


def end_space_coefficient(speed: float, rotor_radius: float) -> float:
    """Return the coefficient [W/(m2 K)] of surfaces in the end space to its air, ``speed`` [rad/s].

    15.5 (1 + 0.29 v): Boglietti, Cavagnino, Lazzari, Pastorelli, IEEE Trans. Ind. Appl. 39 (2003) 945, for closed
    machines, v the speed of the air [m/s], here half that of the rotor's surface. It was found on industrial induction
    motors: above 20 m/s it is held.
    """
    return 15.5 * (1 + 0.29 * min(0.5 * speed * rotor_radius, END_SPEED))


def fin_efficiency(coefficient: float, conductivity: float, thickness: float, height: float) -> float:
    """Return the efficiency of a straight fin that is wetted on both sides: tanh(m H) / (m H)."""
    m = sqrt(2 * coefficient / (conductivity * thickness)) * height
    return tanh(m) / m if m > 1e-9 else 1.0


def warming(conductance: float, flow: float, fluid: Fluid) -> float:
    """Return by which factor a surface's ``conductance`` [W/K] shrinks when counted from the inlet temperature.

    (1 - exp(-N)) / N with N = conductance / (mass flow x heat capacity): a wall of even temperature along a ``flow``
    [m3/s] that warms up.
    """
    units = conductance / (flow * fluid.density * fluid.heat)
    return -expm1(-units) / units if units > 1e-12 else 1.0
