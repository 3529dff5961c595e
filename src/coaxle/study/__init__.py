"""Many compared: every carline with every powertrain that it may take.

Comes in: carlines, powertrains, what they must do. Goes out: :class:`Fits`. Never lives here: who builds what.
"""
