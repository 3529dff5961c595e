"""Losses of a machine, each as algebra over frequency.

Comes in: flux densities, facts. Goes out: coefficients per power of frequency, resistances, friction.
"""
