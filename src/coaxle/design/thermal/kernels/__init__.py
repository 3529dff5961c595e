"""Temperatures of small networks: steady, after a time, and the torque that they allow. Numbers only.

At one speed a network is linear: C dT/dt = -G T + s + p + a p (T - T_ref) with p the heat at reference temperatures
and a its slope, so that copper that heats up only changes the matrix, M = G - diag(a p). M is symmetric.
Comes in: arrays. Goes out: arrays that the caller allocated, a code a row. Never lives here: names, units.
"""
