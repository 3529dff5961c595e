"""Show it: figures, tables, one page.

Comes in: a workbench. Goes out: HTML, SVG, CSV, JSON. Never lives here: a computation that another room owns.
"""
