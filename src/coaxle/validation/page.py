"""The page that tells how well the predictions hold: Markdown with scatter plots beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from coaxle.numerics.files import write_whole
from coaxle.report.figures.scatter import scatter
from coaxle.validation.errors import Comparison, Errors
from coaxle.validation.prose import AFTERWORD, METHOD, PREFACE, RESIDUALS
from coaxle.validation.units import section as unit_section
from coaxle.validation.validate import COMBINED, LINE_UP, Validation

PICTURES = "pictures"
Row = Sequence[str]


def write_page(validation: Validation, path: Path, units: unit_section.Units | None = None) -> tuple[Path, ...]:
    """Write the page to ``path`` and its pictures into ``pictures`` beside it; return all files, the page last.

    ``units`` are drive units judged by what is published of them; without, the page tells of cars alone.

    Raises
    ------
    InputError
        Where the folder cannot be written to.

    """
    drawn = pictures(validation) | ({} if units is None else unit_section.pictures(units))
    files = [write_whole(path.parent / PICTURES / name, text.encode()) for name, text in drawn.items()]
    return (*files, write_whole(path, page(validation, units).encode()))


def pictures(validation: Validation) -> dict[str, str]:
    """Return the scatter plots by file name, those of the test part alone."""
    groups = {
        "validation-two-cycle.svg": ("US two-cycle tests, electric", "Wh/km", ("UDDS, energy", "HWFET, energy"), 0.04),
        "validation-petrol-ftp.svg": ("FTP-75, engines", "l/100 km", ("FTP-75",), 0.05),
        "validation-petrol-hwfet.svg": ("HWFET, engines", "l/100 km", ("HWFET",), 0.05),
        "validation-wltp.svg": ("WLTP combined, engines", "l/100 km", (COMBINED,), 0.06),
        "validation-wltp-electric.svg": ("WLTP combined, electric", "Wh/km", (COMBINED,), 0.06),
    }
    made = {}
    for name, (title, unit, quantities, band) in groups.items():
        chosen = [c for c in validation.comparisons if c.unit == unit and _belongs(c, quantities)]
        if chosen:
            made[name] = _scatter(chosen, title, unit, band)
    return made


def _belongs(comparison: Comparison, quantities: tuple[str, ...]) -> bool:
    """Return whether a comparison is one of ``quantities``; an energy is told by its beginning, a fuel by its name."""
    return any(
        comparison.quantity == quantity or (quantity.endswith("energy") and comparison.quantity.startswith(quantity))
        for quantity in quantities
    )


def _scatter(chosen: list[Comparison], title: str, unit: str, band: float) -> str:
    measured, predicted, groups, names = [], [], [], []
    for c in chosen:
        for i, part in enumerate(c.parts):
            if part == "test" and np.isfinite(c.measured[i]):
                measured.append(c.measured[i] / c.scale)
                predicted.append(c.predicted[i] / c.scale)
                groups.append(f"{c.makers[i]}, {c.quantity.split(',')[0] if c.kind == 'electric' else c.kind}")
                names.append(c.names[i])
    return scatter(np.array(predicted), np.array(measured), groups, names, title, unit, band)


def page(validation: Validation, units: unit_section.Units | None = None) -> str:
    """Return the page as Markdown."""
    parts = [PREFACE, *_answer(validation), METHOD, *_pictures(validation), *_makers(validation)]
    parts += [
        *_phases(validation),
        RESIDUALS,
        *_pair(validation),
        *_worst(validation),
        *_classes(validation),
        *(() if units is None else unit_section.section(units)),
        AFTERWORD,
    ]
    return "\n".join(parts).rstrip() + "\n"


def _table(headings: Row, rows: Sequence[Row]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "|".join(" --- " if i == 0 else " ---: " for i in range(len(headings))) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def said(comparison: Comparison, value: float, signed: bool = False) -> str:
    """Return an error as a reader wants it: per cent, or seconds."""
    sign = "+" if signed and value > 0 else "−" if value < 0 else ""
    size = abs(value)
    return f"{sign}{100 * size:.1f} %" if comparison.relative else f"{sign}{size:.2f} {comparison.unit}"


def _figures(comparison: Comparison, errors: Errors | None) -> list[str]:
    if errors is None:
        return ["0", "", "", "", ""]
    return [
        str(errors.count),
        said(comparison, errors.mean, signed=True),
        said(comparison, errors.mean_absolute),
        said(comparison, errors.ninetieth),
        said(comparison, errors.worst),
    ]


def _answer(validation: Validation) -> Iterator[str]:
    """Yield the table that answers the question: blind errors, beside the target and the one constant."""
    yield "## Blind errors"
    yield ""
    rows = []
    for c in validation.comparisons:
        errors = c.errors("test")
        if c.target is None or errors is None:
            continue
        constant = c.errors("test", of_baseline=True)
        fitted = c.errors("calibration")
        rows.append(
            [
                f"{c.quantity}, {c.kind}",
                *_figures(c, errors),
                f"{said(c, c.target)} {'met' if errors.mean_absolute <= c.target else '**missed**'}",
                said(c, constant.mean_absolute) if constant else "",
                f"{said(c, fitted.mean_absolute)} ({fitted.count})" if fitted else "nothing fitted",
            ]
        )
    headings = ["test part", "cars", "mean", "mean abs", "90th", "worst", "target", "one constant", "calibration part"]
    yield from _table(headings, rows)
    line_up = [d for c in validation.comparisons if c.quantity == LINE_UP for d in _test_deviations(c)]
    if line_up:
        yield (
            f"The cars of the line-up on the WLTP together: {len(line_up)} cars of the test part, mean absolute error "
            f"{np.mean(np.abs(line_up)):.1%}, mean {np.mean(line_up):+.1%}."
        )
        yield ""
    yield (
        "Mean, mean absolute error, 90th percentile and worst of predicted over measured less one, on cars of the test "
        "part, which no parameter has seen. *One constant*: mean absolute error on the same cars of tractive energy "
        "times the one constant that fits the calibration part best. *Calibration part*: mean absolute error, and cars."
    )
    yield ""


def _test_deviations(comparison: Comparison) -> list[float]:
    """Return the errors of the test part."""
    deviations = comparison.deviations()
    return [float(d) for d, part in zip(deviations, comparison.parts, strict=True) if part == "test" and np.isfinite(d)]


def _pictures(validation: Validation) -> Iterator[str]:
    yield "## Predicted over measured, test part"
    yield ""
    for name in pictures(validation):
        yield f"![{name.removesuffix('.svg').replace('-', ' ')}]({PICTURES}/{name})"
    yield ""


def _makers(validation: Validation) -> Iterator[str]:
    yield "## By maker"
    yield ""
    rows, unseen = [], []
    for c in validation.comparisons:
        if c.target is None:
            continue
        for maker in sorted(set(c.makers)):
            errors = c.errors("test", maker)
            if errors is not None:
                rows.append([f"{c.quantity}, {c.kind}", maker, *_figures(c, errors)])
            else:
                unseen.append(f"{c.quantity}, {c.kind}, {maker} ({c.makers.count(maker)} in the calibration part)")
    yield from _table(["test part", "maker", "cars", "mean", "mean abs", "90th", "worst"], rows)
    if unseen:
        yield "**No blind figure**, as the split left no car of that maker in the test part:"
        yield ""
        yield from (f"- {line}" for line in unseen)
        yield ""


def _phases(validation: Validation) -> Iterator[str]:
    yield "## By phase"
    yield ""
    rows = [
        [f"{c.quantity}, {c.kind}", *_figures(c, c.errors("test"))]
        for c in validation.comparisons
        if c.target is None and c.errors("test") is not None
    ]
    yield from _table(["test part", "cars", "mean", "mean abs", "90th", "worst"], rows)


PAIR = ("lxjpp205-1", "3kmtt064-2")
"""Records of the Range Rover with JLR's 5.0 V8, and of the next one with BMW's 4.4 V8, at the same test weight."""


def _pair(validation: Validation) -> Iterator[str]:
    """Yield the one swap of engines between the partners that really happened."""
    rows = []
    for quantity in ("FTP-75", "HWFET"):
        for c in validation.comparisons:
            if (c.quantity, c.kind) == (quantity, "petrol"):
                old, new = (next(i for i, name in enumerate(c.names) if name.endswith(f"({key})")) for key in PAIR)
                figures = [f"{values[i] / c.scale:.2f}" for values in (c.measured, c.predicted) for i in (old, new)]
                changes = [f"{values[new] / values[old] - 1:+.1%}" for values in (c.measured, c.predicted)]
                rows.append([quantity, *figures[:2], changes[0], *figures[2:], changes[1]])
    if rows:
        yield "## The swap that happened: Range Rover, from JLR's 5.0 to BMW's 4.4 V8"
        yield ""
        yield "Both records are of the test part; body and road load changed as well. In l/100 km."
        yield ""
        headings = ["", "5.0 measured", "4.4 measured", "change", "5.0 predicted", "4.4 predicted", "change"]
        yield from _table(headings, rows)


def _worst(validation: Validation) -> Iterator[str]:
    yield "## The worst of each"
    yield ""
    rows = []
    for c in validation.comparisons:
        errors = c.errors("test")
        if c.target is not None and errors is not None:
            i = c.names.index(errors.worst_name)
            figures = (f"{value / c.scale:.4g} {c.unit}" for value in (c.measured[i], c.predicted[i]))
            rows.append([f"{c.quantity}, {c.kind}", errors.worst_name, *figures])
    yield from _table(["test part", "car", "measured", "predicted"], rows)


def _classes(validation: Validation) -> Iterator[str]:
    """Yield the class parameters that the predictions rest on."""
    k = validation.classes
    yield "## Class parameters"
    yield ""
    yield (
        "Combustions and drive units are those of the library. What stands in no list of parts: what a drive unit "
        f"takes while the car is on, {k.unit_standby:.2%} of its peak power; rotating mass "
        f"{k.rotating_share:.1%} beside engine and machines; auxiliaries {k.electric_auxiliaries:.0f} W (electric) and "
        f"{k.auxiliaries:.0f} W (engine); charger {k.charger.efficiency:.0%}; axle losses {k.axle_loss[0]:.1%} (two "
        f"driven wheels) and {k.axle_loss[1]:.1%} (four); a gear pulls from "
        f"{', '.join(f'{w * 30 / np.pi:.0f}' for w in k.lugging)} rpm (up to four, six, more cylinders); after the "
        f"soak of the FTP {k.soak_warmth:.0%} of the warm-up is left; constant part of the road load in Europe "
        f"{k.european_rolling:.2f} of that in the United States."
    )
    yield ""
    fields = ("a", "b", "c2", "a2", "l", "l2", "cold_friction")
    rows = [[name, *(f"{getattr(m, f):.4g}" for f in fields)] for name, m in k.combustions.items()]
    yield from _table(["combustion", *fields], rows)
