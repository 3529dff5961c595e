"""From a machine Design to its FluxMap.

Comes in: a Design. Goes out: :class:`coaxle.maps.flux.FluxMap`.
"""
