"""Electric drive units: ratings and named loss coefficients, made into an EduMap.

Comes in: :class:`Edu` and its :class:`LossModel`. Goes out: :class:`coaxle.maps.EduMap`.
Never lives here: batteries, cars, cycles.
"""

from coaxle.design.edu.edu import Edu, LossModel, SealedEdu
from coaxle.design.edu.map import EduSettings, map_edu

__all__ = ["Edu", "EduSettings", "LossModel", "SealedEdu", "map_edu"]
