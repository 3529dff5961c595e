"""Inverters: devices and modulation, made into losses.

Comes in: an :class:`Inverter` and operating points. Goes out: losses, junction temperatures, ripple currents.
Never lives here: machines, batteries.
"""
