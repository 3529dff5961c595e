"""What it costs to bring one unit from the plant that makes it to the plant that builds it in."""

from __future__ import annotations

from math import asin, cos, sin, sqrt

from coaxle.alliance.partner import Plant, Transport

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the Earth (2 a + b) / 3 [m], Moritz, Geodetic Reference System 1980, J. Geodesy 74 (2000) 128."""


def distance(start: Plant, end: Plant) -> float:
    """Return the great-circle distance between two plants on a sphere [m].

    The haversine form, which keeps its digits over short distances; against the ellipsoid it errs by at most about
    0.6 %, far less than what ``detour`` leaves open.
    """
    half_latitude = (end.latitude - start.latitude) / 2
    half_longitude = (end.longitude - start.longitude) / 2
    h = sin(half_latitude) ** 2 + cos(start.latitude) * cos(end.latitude) * sin(half_longitude) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(h)))


def carriage(transport: Transport, start: Plant, end: Plant) -> float:
    """Return the cost of moving one unit from ``start`` to ``end``, border included."""
    road = distance(start, end) * transport.detour
    return road * transport.freight + (transport.border if start.zone != end.zone else 0.0)
