"""Names to objects to steps: reads a project and computes what is asked of it, once.

Comes in: a project file. Goes out: maps, vehicles, runs, fits, plans, by name. Never lives here: words and pictures.
"""
