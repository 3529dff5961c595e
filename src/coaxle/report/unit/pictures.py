"""Every picture of a unit's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coaxle.design.edu import Unit
from coaxle.report.figures.map import edu_figure
from coaxle.report.figures.section import field_figure, section_figure
from coaxle.report.numerals import fixed
from coaxle.report.unit.content import UnitContent
from coaxle.report.unit.picture_bill import bill_pictures
from coaxle.report.unit.picture_currents import currents_picture, flux_pictures
from coaxle.report.unit.picture_heat import temperatures_picture
from coaxle.report.unit.picture_maps import efficiency_pictures, envelope_pictures, loss_picture, ripple_picture
from coaxle.report.unit.picture_split import split_pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture with its name, the group it stands in, what is said below it, and whether it takes the whole width."""

    name: str
    group: str
    caption: str
    svg: str
    wide: bool = False


def pictures(content: UnitContent) -> tuple[Shown, ...]:
    """Return the pictures of a page, in its order."""
    return tuple(_pictures(content))


def _pictures(content: UnitContent) -> Iterator[Shown]:
    unit = content.unit
    yield Shown(
        name="section",
        group="machine",
        caption="Slots with their phases, one sector repeated; conductors as they are drawn for the field.",
        svg=section_figure(unit.parts.unit.machine, content.section, size_words(unit)),
    )
    for view in content.fields:
        yield Shown(
            name=f"field-{view.name.replace(' ', '-').replace(',', '')}",
            group="field",
            caption=f"{view.name.capitalize()}: {view.words}. One pole pair, the rotor at its first position.",
            svg=field_figure(unit.parts.unit.machine, view.mesh, view.potential, view.density, view.name),
        )
    for name, svg, wide in flux_pictures(unit):
        yield Shown(
            name=name,
            group="flux",
            caption="Flux linkage of a phase over its currents, mean over rotor positions, end winding included; the "
            "arc is the largest current.",
            svg=svg,
            wide=wide,
        )
    yield Shown(
        name="currents",
        group="flux",
        caption="Currents of least loss over torque at the machine's shaft, at rated voltage.",
        svg=currents_picture(unit),
        wide=True,
    )
    for name, caption, svg in envelope_pictures(unit):
        yield Shown(name=name, group="torque", caption=caption, svg=svg, wide=True)
    for name, caption, svg in (*efficiency_pictures(unit), loss_picture(unit), ripple_picture(unit)):
        yield Shown(name=name, group="maps", caption=caption, svg=svg)
    yield Shown(
        name="map",
        group="maps",
        caption="The unit's map as a partner gets it: from DC terminals to output shaft.",
        svg=edu_figure(unit.map),
    )
    for name, caption, svg in split_pictures(unit):
        yield Shown(name=name, group="split", caption=caption, svg=svg)
    yield Shown(
        name="temperatures",
        group="heat",
        caption="Mean temperatures of the parts at continuous torque, rated voltage. A part reaches its limit at the "
        "hottest point, which lies above its mean.",
        svg=temperatures_picture(unit),
    )
    for name, caption, svg in bill_pictures(unit):
        yield Shown(name=name, group="bill", caption=caption, svg=svg)


def size_words(unit: Unit) -> str:
    """Return the machine's diameter and length in words."""
    known = unit.facts
    return f"{fixed(1e3 * known.stator_outer, 0)} mm across, stack {fixed(1e3 * known.stack, 0)} mm"
