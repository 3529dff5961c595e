"""Triangles of a cross-section.

Comes in: a :class:`coaxle.design.machine.section.Section`. Goes out: its
:class:`coaxle.design.machine.section.SectorMesh`, the gap's band left open, stator pitches alike.
Never lives here: materials, fields, machine types.
"""

from __future__ import annotations

from coaxle.design.machine.mesh.build import DRAFT, FINE, MeshSettings, least_angle, mesh

__all__ = ["DRAFT", "FINE", "MeshSettings", "least_angle", "mesh"]
