"""Electric machines: from a cross-section to flux maps, losses and least-loss currents.

Comes in: a machine's Design (one folder entry below ``kinds`` a type). Goes out: :class:`coaxle.maps.flux.FluxMap`,
losses as algebra over speed, currents of least loss.
Never lives here: inverters, gears, cooling, anything that drives.
"""
