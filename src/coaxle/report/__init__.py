"""Show it: figures, tables, one page.

Comes in: :class:`~coaxle.report.content.Content`, gathered from a workbench. Goes out: HTML, SVG, CSV, JSON.
Never lives here: a computation that another room owns; efficiency and specific consumption are derived for pictures.
"""
