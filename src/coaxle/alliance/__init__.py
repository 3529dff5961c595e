"""Who builds what for whom: partners, families, plants, rules, and the plan that follows.

Comes in: an :class:`Alliance` (names and figures) and the :class:`coaxle.study.fits.Fits` of its carlines.
Goes out: :class:`Plan`, with its bound and its ledger. Never lives here: maps, cycles, project files.
"""
