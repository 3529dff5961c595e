"""Heat of a drive unit: where losses go, and for how long a torque may last.

Comes in: facts of a machine, a :class:`Cooling`, losses by part. Goes out: temperatures, torque over duration.
Never lives here: how losses come to be.
"""
