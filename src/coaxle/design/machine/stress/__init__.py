"""Strength of a rotor at speed.

Comes in: a mesh, steels, densities. Goes out: stresses, growth of the rim, speeds that steel bears.
"""

from coaxle.design.machine.stress.plane import Elastic, RotorStress, rotor_stress

__all__ = ["Elastic", "RotorStress", "rotor_stress"]
