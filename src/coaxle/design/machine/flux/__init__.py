"""From a machine Design to its flux map.

Comes in: a Design, the currents to cover, how fine. Goes out: :class:`coaxle.maps.FluxMap`.
Never lives here: the field solution itself, losses of a given speed, control.
"""

from coaxle.design.machine.flux.build import Drawn, drawn, map_flux
from coaxle.design.machine.flux.settings import DESIGN, DRAFT, SIGN_OFF, FluxSettings, Reach

__all__ = ["DESIGN", "DRAFT", "SIGN_OFF", "Drawn", "FluxSettings", "Reach", "drawn", "map_flux"]
