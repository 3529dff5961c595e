"""Strength of a rotor at speed.

Comes in: a mesh, steels, speed. Goes out: stresses and burst speeds.
"""
