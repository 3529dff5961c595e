"""Whether a unit is credible: each check one green or red line with its figure, its limit and the source of that.

Comes in: a :class:`coaxle.design.edu.Unit`. Goes out: a :class:`Check` a line.
Never lives here: figures of a unit that are no check; how lines look.
"""

from coaxle.design.edu.checks.check import DRAFT_CHECKS, Check, CheckSettings
from coaxle.design.edu.checks.credibility import credibility

__all__ = ["DRAFT_CHECKS", "Check", "CheckSettings", "credibility"]
