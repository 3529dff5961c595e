"""Drive units from geometry, judged by their published ratings and by a measured unit.

Comes in: units of the library by name, tables of published and measured figures. Goes out: :class:`Rating`,
:class:`Losses`, the section of the page that tells them.
Never lives here: how a unit is computed (``design.edu``), cars that carry one.
"""
