"""From a torque and a ratio to gears: centre distances, numbers of teeth, modules, widths, shafts, bearings."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from coaxle.design.gearbox.gearbox import ParallelGearbox, Stage
from coaxle.design.gearbox.train import bearings, shaft_diameters
from coaxle.errors import InfeasibleError, InputError

ONE_STAGE_UP_TO = 6.0
"""Ratio above which two stages are used, Niemann, Getriebe allgemein (2003) p. 261."""
TEETH_RATIO = (1.0, 2.0, 4.0, 8.0)
TEETH = ((32.0, 29.0, 25.0, 22.0), (26.5, 24.0, 20.5, 18.0))
"""Pinion teeth over the ratio of their stage: at high speed, at medium speed; case-hardened, Niemann p. 269."""
DISTANCE = 0.255
"""Of the centre distance a = 0.255 (M (i + 1)^4 / i)^(1/3) [mm; Nmm], Naunheimer, Fahrzeuggetriebe (2019) p. 288."""
WIDTH = 4278e2 * 0.65
"""Of the width b = 278 070 M (i + 1) / (d_1^2 i sigma_H_lim^2) [mm; Nmm, N/mm2], Naunheimer p. 289."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeSettings:
    """What the torque and the ratio leave open.

    Parameters
    ----------
    arrangement : str
        As in :class:`ParallelGearbox`.
    stages : int, optional
        1 or 2; by the ratio where None.
    first_ratio : float, optional
        Of the first of two stages; by Roemhild's rule 0.7332 i^0.6438 where None.
    helix : tuple of float
        Of the stages [rad].
    contact_limit : float
        sigma_H_lim [Pa].
    oil, roughness, immersion, oil_volume, spray, spray_speed
        As in :class:`ParallelGearbox`; ``immersion`` in modules of the last stage.

    """

    arrangement: str = "offset"
    stages: int | None = None
    first_ratio: float | None = None
    helix: tuple[float, float] = (radians(23.4), radians(18.4))
    contact_limit: float = 1500e6
    oil: str = "70w-75w"
    roughness: float = 0.5e-6
    immersion: float = 3.0
    oil_volume: float = 1e-3
    spray: float = 0.0
    spray_speed: float = 0.0


_STANDARD = SizeSettings()


def size(torque: float, ratio: float, settings: SizeSettings = _STANDARD) -> ParallelGearbox:
    """Return a gearbox for a peak ``torque`` [Nm] of the input shaft and a ``ratio``.

    The rules are those of a first draft for case-hardened gears of cars (a life at full load, not endurance); check
    what comes out with :func:`coaxle.design.gearbox.capacity`. Whole teeth leave the ratio within about 1 %.

    Raises
    ------
    InputError
        Where torque or ratio are not such as gears can have.
    InfeasibleError
        Where a coaxial gearbox of this ratio has no equal centre distances.

    """
    if not torque > 0 or not 1.2 <= ratio <= 25.0:
        raise InputError(f"size: {torque:g} Nm, ratio {ratio:g}; a torque above 0 and a ratio of 1.2 to 25 are wanted")
    count = settings.stages or (1 if ratio <= ONE_STAGE_UP_TO else 2)
    if count not in (1, 2):
        raise InputError(f"size.stages: {count}; 1 or 2 are wanted")
    if settings.arrangement not in ("offset", "coaxial"):
        raise InputError(f"size.arrangement: '{settings.arrangement}'; offset or coaxial is wanted")
    ratios = [ratio] if count == 1 else _split(ratio, settings)
    numbers = _numbers(ratios, ratio)
    distances, load = [], torque
    for z_1, z_2 in numbers:
        distances.append(_distance(load, z_2 / z_1))
        load *= z_2 / z_1
    if settings.arrangement == "coaxial":
        distances = [max(distances)] * count
    stages, load = [], torque
    for (z_1, z_2), a, beta in zip(numbers, distances, settings.helix, strict=False):
        i = z_2 / z_1
        d_1 = 2 * a / (1 + i)
        limit = settings.contact_limit * 1e-6
        width = WIDTH * load * 1e3 * (i + 1) / ((d_1 * 1e3) ** 2 * i * limit**2) * 1e-3
        module = 2 * a * cos(beta) / (z_1 + z_2)
        stages.append(Stage(pinion_teeth=z_1, wheel_teeth=z_2, module=module, width=width, helix=beta))
        load *= i
    return _completed(torque, tuple(stages), settings)


def _distance(torque: float, i: float) -> float:
    return DISTANCE * (torque * 1e3 * (i + 1) ** 4 / i) ** (1 / 3) * 1e-3


def _split(ratio: float, settings: SizeSettings) -> list[float]:
    """Return the ratios of two stages."""
    first = settings.first_ratio
    if settings.arrangement == "coaxial" and first is None:
        # Equal centre distances: (i_1 + 1)^4 / i_1 = i_1 (i_2 + 1)^4 / i_2, by bisection.
        low, high = ratio**0.5, ratio / 1.2
        if _distance(1.0, high) < _distance(high, ratio / high):
            raise InfeasibleError(f"size: no two stages of ratio {ratio:g} have equal centre distances")
        for _ in range(60):
            middle = 0.5 * (low + high)
            if _distance(1.0, middle) < _distance(middle, ratio / middle):
                low = middle
            else:
                high = middle
        first = low
    if first is None:
        first = 0.7332 * ratio**0.6438
    if not 1.0 < first < ratio:
        raise InputError(f"size.first_ratio: {first:g}; more than 1 and less than {ratio:g} is wanted")
    return [first, ratio / first]


def _numbers(ratios: list[float], ratio: float) -> list[tuple[int, int]]:
    """Return the teeth of each stage: pinions by the table, the last wheel such that the ratio of all is met best."""
    numbers: list[tuple[int, int]] = []
    left = ratio
    for i, speeds in zip(ratios, TEETH, strict=False):
        z_1 = round(_between(i, speeds))
        wanted = left if len(numbers) == len(ratios) - 1 else i
        z_2 = max(z_1, round(z_1 * wanted))
        numbers.append((z_1, z_2))
        left /= z_2 / z_1
    return numbers


def _between(i: float, values: tuple[float, ...]) -> float:
    if i >= TEETH_RATIO[-1]:
        return values[-1]
    k = max(j for j, at in enumerate(TEETH_RATIO) if at <= max(i, 1.0))
    share = (max(i, 1.0) - TEETH_RATIO[k]) / (TEETH_RATIO[k + 1] - TEETH_RATIO[k])
    return values[k] + share * (values[k + 1] - values[k])


def _completed(torque: float, stages: tuple[Stage, ...], s: SizeSettings) -> ParallelGearbox:
    """Return the gearbox with shafts, bearings and seals by the rules, the output shaft once for each side."""
    draft = ParallelGearbox(
        kind="parallel",
        arrangement="coaxial" if s.arrangement == "coaxial" else "offset",
        stages=stages,
        max_torque=torque,
        oil=s.oil,
        roughness=s.roughness,
        immersion=s.immersion * stages[-1].module,
        oil_volume=s.oil_volume,
        spray=s.spray,
        spray_speed=s.spray_speed,
        source="sized by rule (Naunheimer, Niemann, Roemhild)",
    )
    shafts = shaft_diameters(draft)
    return ParallelGearbox(
        kind="parallel",
        arrangement=draft.arrangement,
        stages=stages,
        max_torque=torque,
        shafts=shafts,
        bearings=bearings(draft),
        input_seals=(shafts[0],),
        output_seals=(shafts[-1], shafts[-1]),
        oil=draft.oil,
        roughness=draft.roughness,
        immersion=draft.immersion,
        oil_volume=draft.oil_volume,
        spray=draft.spray,
        spray_speed=draft.spray_speed,
        source=draft.source,
        assumed={
            "stages": "centre distances, widths and teeth by rule",
            "shafts": "by rule for peak torque",
            "bearings": "series 160 by the bore",
            "immersion": f"{s.immersion:g} modules of the last stage",
            "oil_volume": "as usual for a drive unit",
            "roughness": "ground flanks",
        },
    )
