"""Gears of a drive unit: losses, size and mass.

Comes in: a :class:`Gearbox`. Goes out: losses over torque, speed and temperature, mass, inertia.
Never lives here: gearboxes of combustion cars, which are a matter of ``vehicle``.
"""
