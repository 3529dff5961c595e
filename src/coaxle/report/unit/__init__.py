"""The page of one drive unit that is made of parts: figures, tables and words of all that stands behind its map.

Comes in: a workbench and the name of a unit. Goes out: HTML, SVG, CSV, JSON.
Never lives here: how any of its figures comes to be.
"""
