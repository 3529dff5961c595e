"""The section of the page on drive units: Markdown, and its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coaxle.report.figures.scatter import scatter
from coaxle.validation.tables import read_table
from coaxle.validation.units import prose
from coaxle.validation.units.points import PARTS, SPEEDS, TORQUES, USUAL, Losses, losses
from coaxle.validation.units.ratings import POWER, SCALES, TARGET, Rating, Tell, ratings

PICTURE = "validation-id3-losses.svg"
FOLDER = "pictures"
Row = Sequence[str]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Units:
    """What the section tells: ratings, and losses of the measured unit as it is and at the usual temperatures."""

    ratings: tuple[Rating, ...]
    losses: Losses
    usual: Losses


def judge(tell: Tell | None = None) -> Units:
    """Predict the published ratings and the measured losses of drive units; minutes where no map is on the shelf."""
    return Units(ratings=ratings(tell=tell), losses=losses(), usual=losses(USUAL))


def section(units: Units) -> Iterator[str]:
    """Yield the lines of the section."""
    yield prose.PREFACE
    yield prose.RATINGS
    yield from table(RATING_HEADINGS, [rating_row(rating) for rating in units.ratings])
    yield from _count(units.ratings)
    yield from _misses(units.ratings)
    yield prose.POINTS
    yield from _overall(units)
    yield from table(
        ["region", "points", "measured", "predicted", "loss error", "least", "most", "efficiency", *PARTS],
        list(_regions(units.losses)),
    )
    yield "Loss in W, its error in per cent, efficiency in points; the last columns are the predicted parts in W."
    yield ""
    yield f"![losses of the VW ID.3's unit]({FOLDER}/{PICTURE})"
    yield ""
    yield prose.READING
    yield prose.CHECKS
    checks = read_table("unit-checks.csv")
    columns = [checks.words(name) for name in ("link", "against", "bound", "test")]
    yield from table(
        ["link", "against", "bound", "test"], [[*row[:3], f"`{row[3]}`"] for row in zip(*columns, strict=True)]
    )


def table(headings: Row, rows: Sequence[Row]) -> Iterator[str]:
    """Yield a table in Markdown."""
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "|".join(" --- " if i == 0 else " ---: " for i in range(len(headings))) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def signed(value: float, digits: int = 1) -> str:
    """Return a share as per cent with its sign."""
    size = f"{100 * abs(value):.{digits}f}"
    sign = "" if float(size) == 0 else "+" if value > 0 else "−"
    return f"{sign}{size} %"


RATING_HEADINGS = ["rating", "unit", "published", "parts alone", "error", "target 10 %", "within limits", "how"]


def rating_row(rating: Rating) -> list[str]:
    """Return a rating as a row of the table."""
    scale = SCALES[rating.quantity]
    what, unit = rating.quantity.removesuffix("]").split(" [")
    alone = f"{rating.predicted / scale:.0f}"
    if rating.quantity == POWER and rating.low_voltage is not None and rating.low_power is not None:
        alone += f" ({rating.low_power / scale:.0f} at {rating.low_voltage:.0f} V)"
    ends = dict.fromkeys(f"{end / scale:.4g}" for end in (rating.low, rating.high))
    return [
        f"{rating.car}, {what}",
        f"`{rating.unit}`",
        f"{' to '.join(ends)} {unit}",
        alone,
        signed(rating.error),
        "met" if rating.met else "**missed**",
        "" if rating.limited is None else f"{rating.limited / scale:.0f}",
        rating.how,
    ]


def _count(found: Sequence[Rating]) -> Iterator[str]:
    blind = [rating for rating in found if rating.how == "blind"]
    within = [rating for rating in found if rating.limited is not None]
    reached = [rating for rating in within if rating.limited_met]
    met = [rating for rating in found if rating.met]
    yield (
        f"{len(met)} of {len(found)} ratings are met within {TARGET:.0%} by the parts alone, "
        f"{sum(rating.met for rating in blind)} of the {len(blind)} blind ones. Within the limits of the control "
        f"{len(reached)} of {len(within)} torques and powers are."
    )
    yield ""


def _misses(found: Sequence[Rating]) -> Iterator[str]:
    missed = [rating for rating in found if not rating.met]
    if missed:
        yield prose.MISSES
        for rating in missed:
            what = rating.quantity.split(" [")[0]
            yield f"- {rating.car}, {what} ({signed(rating.error, 0)}): {rating.explanation or 'not explained'}."
        yield ""
    yield "Sources of the published figures:"
    yield ""
    for unit in dict.fromkeys(rating.unit for rating in found):
        own = [rating for rating in found if rating.unit == unit]
        told = "; ".join(f"{rating.quantity.split(' [')[0]} {rating.source}" for rating in own)
        yield f"- {own[0].car}: {told}."
    yield ""


def _overall(units: Units) -> Iterator[str]:
    rows = []
    for name, found in (
        ("as in the reconstruction, windings 158 degC", units.losses),
        ("as other maps, windings 85 degC", units.usual),
    ):
        loss, points = found.error, found.points_of_efficiency
        worst = int(np.argmax(np.abs(loss)))
        rows.append(
            [
                name,
                str(loss.size),
                signed(float(loss.mean())),
                f"{100 * np.abs(loss).mean():.1f} %",
                f"{signed(float(loss[worst]))} ({found.speed[worst] * 30 / np.pi:.0f} rpm, "
                f"{found.torque[worst]:.0f} Nm)",
                signed(float(points.mean()), 2).replace(" %", ""),
                f"{100 * np.abs(points).mean():.2f}",
                f"{100 * np.abs(points).max():.2f}",
            ]
        )
    headings = ["temperatures", "points", "loss: mean", "mean abs", "worst", "efficiency points: mean", "mean abs"]
    yield from table([*headings, "worst"], rows)


def _regions(found: Losses) -> Iterator[list[str]]:
    """Yield the rows of the regions that hold points."""
    for rpm in pairwise(SPEEDS):
        for torque in pairwise(TORQUES):
            here = found.within(rpm, torque)
            if here.any():
                error, points = found.error[here], found.points_of_efficiency[here]
                yield [
                    f"{rpm[0]:.0f} to {rpm[1]:.0f} rpm, {torque[0]:.0f} to {torque[1]:.0f} Nm",
                    str(int(here.sum())),
                    f"{found.measured[here].mean():.0f}",
                    f"{found.total[here].mean():.0f}",
                    *(signed(float(value), 0) for value in (error.mean(), error.min(), error.max())),
                    signed(float(points.mean()), 2).replace(" %", ""),
                    *(f"{share:.0f}" for share in found.parts[:, here].mean(axis=1)),
                ]


def pictures(units: Units) -> dict[str, str]:
    """Return the section's pictures by file name."""
    found = units.losses
    rpm = found.speed * 30 / np.pi
    groups = np.full(rpm.shape, "", dtype=object)
    for low, high in pairwise(SPEEDS):
        groups[(rpm >= low) & (rpm < high)] = f"{low:.0f} to {high:.0f} rpm"
    names = [f"{speed:.0f} rpm, {torque:.0f} Nm" for speed, torque in zip(rpm, found.torque, strict=True)]
    text = scatter(
        found.total / 1e3, found.measured / 1e3, list(groups), names, "Losses, inverter and machine", "kW", 0.1
    )
    return {PICTURE: text}
