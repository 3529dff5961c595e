"""Currents of least loss, and how far torque reaches.

Comes in: a FluxMap, losses, limits. Goes out: operating points over voltage, speed and torque.
"""
