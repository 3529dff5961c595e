"""Field solution: two-dimensional nonlinear magnetostatics of one sector.

Comes in: a mesh, steels and magnets, currents, rotor steps. Goes out: linkages, torque, flux densities, a code a point.
"""
