"""Designs that cannot be built, and the dimension that each message names."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from math import pi

import pytest

from coaxle.design.machine.kinds import Machine, check, draw
from coaxle.errors import InputError
from coaxle.project.shapes import Variants, _shape
from machine_cases import CASES, DEG, MM


def changed(record, path, value):
    """Return ``record`` with the field at ``path`` changed; numbers step into tuples, from 1."""
    head, _, rest = path.partition(".")
    if isinstance(record, tuple):
        at = int(head) - 1
        return (*record[:at], changed(record[at], rest, value) if rest else value, *record[at + 1 :])
    return replace(record, **{head: changed(getattr(record, head), rest, value) if rest else value})


BAD = [
    ("zoe", "gap", 0.0, "gap", "above 0"),
    ("zoe", "pole_pairs", 0, "pole_pairs", "above 0"),
    ("zoe", "stacking", 1.2, "stacking", "up to 1"),
    ("zoe", "shaft_bore", 25 * MM, "shaft_bore", "no wall within shaft_diameter, 25 mm"),
    ("zoe", "stator.steel", "M400-50", "stator.steel", "'M400-50' is no steel; did you mean 'M400-50A'?"),
    ("zoe", "rotor.field.conductor", "cooper", "rotor.field.conductor", "did you mean 'copper'?"),
    ("zoe", "stator.slot.depth", 44 * MM, "stator.slot.depth", "leaves a yoke of 1.5 mm; at least 2 mm"),
    ("zoe", "stator.slot.tooth_width", 12 * MM, "stator.slot.tooth_width", "leaves no slot at the bore"),
    ("zoe", "stator.slot.tooth_width", 0.5 * MM, "stator.slot.tooth_width", "at least 1 mm"),
    ("zoe", "stator.slot.opening", 9 * MM, "stator.slot.opening", "wider than the slot"),
    ("zoe", "stator.slot.opening_depth", 0.1 * MM, "stator.slot.opening_depth", "at least 0.2 mm"),
    ("zoe", "stator.slot.wedge", 24 * MM, "stator.slot.depth", "used up"),
    ("zoe", "winding.wire_diameter", 3 * MM, "winding.wire_diameter", "20 wires fill"),
    ("zoe", "winding.parallel_paths", 3, "winding.parallel_paths", "allow 1, 2, 4"),
    ("zoe", "winding.pitch", 40, "winding.pitch", "1 to 23"),
    ("zoe", "winding.turns", 0, "winding.turns", "above 0"),
    ("zoe", "rotor.shoe_width", 130 * MM, "rotor.shoe_width", "between body_width, 45 mm, and the pole pitch"),
    ("zoe", "rotor.shoe_width", 40 * MM, "rotor.shoe_width", "between body_width"),
    ("zoe", "rotor.edge_gap", 0.5 * MM, "rotor.edge_gap", "less than gap, 0.8 mm"),
    ("zoe", "shaft_diameter", 98 * MM, "rotor.body_height", "leaves a core of"),
    ("zoe", "rotor.body_height", 52 * MM, "rotor.body_width", "neighbouring poles"),
    ("zoe", "rotor.shoe_edge", 25 * MM, "rotor.shoe_edge", "beside the pole body"),
    ("zoe", "rotor.field.turns", 120, "rotor.field.turns", "120 turns fill"),
    ("zoe", "rotor.field.coil_gap", 70 * MM, "rotor.field.coil_gap", "no room for a coil"),
    ("id3", "stator.slot.width", 14 * MM, "stator.slot.width", "leaves a tooth of"),
    ("id3", "winding.bar_width", 6 * MM, "winding.bar_width", "wants 6.6 mm; the slot has 6.099 mm"),
    ("id3", "winding.bar_height", 2.4 * MM, "winding.bar_height", "the slot has"),
    ("id3", "winding.layers", 5, "winding.layers", "even number"),
    ("id3", "rotor.magnet", "N42", "rotor.magnet", "is no magnet"),
    ("id3", "rotor.layers", (), "rotor.layers", "at least one layer"),
    ("id3", "rotor.layers.1.bridge", 0.2 * MM, "rotor.layers.1.bridge", "0.2 mm is too thin to punch; at least 0.4 mm"),
    ("id3", "rotor.layers.1.rib", 0.3 * MM, "rotor.layers.1.rib", "or none"),
    ("id3", "rotor.layers.1.angle", 20 * DEG, "rotor.layers.1.angle", "30 deg to 175 deg"),
    ("id3", "rotor.layers.1.inner_pocket", 0.5 * MM, "rotor.layers.1.inner_pocket", "at least 1.663 mm"),
    ("id3", "rotor.layers.1.outer_pocket", 1 * MM, "rotor.layers.1.outer_pocket", "into the bridge"),
    ("id3", "rotor.layers.1.width", 100 * MM, "rotor.layers.1.width", "reaches out of the rotor"),
    ("id3", "rotor.layers.1.width", 28 * MM, "rotor.layers.1.width", "of iron to the next pole"),
    ("id3", "rotor.layers.2.bridge", 12 * MM, "rotor.layers.2.width", "the layer below"),
    ("id3", "shaft_diameter", 130 * MM, "rotor.layers.1.width", "of iron to the shaft"),
    ("surface", "rotor.thickness", 60 * MM, "rotor.thickness", "leaves a hub of"),
    ("surface", "rotor.edge_thickness", 6 * MM, "rotor.edge_thickness", "more than thickness, 5 mm"),
    ("surface", "rotor.span", 1.1, "rotor.span", "up to 1"),
    ("reluctance", "rotor.barriers.1.angle", 175 * DEG, "rotor.barriers.1.angle", "10 deg to 170 deg"),
    ("reluctance", "rotor.barriers.1.bridge", 0.1 * MM, "rotor.barriers.1.bridge", "too thin"),
    ("reluctance", "rotor.barriers.1.depth", 90 * MM, "rotor.barriers.1.depth", "beyond the shaft's middle"),
    ("reluctance", "rotor.barriers.2.depth", 34 * MM, "rotor.barriers.2.middle_width", "the layer below"),
    ("reluctance", "rotor.barriers.1.middle_width", 2 * MM, "rotor.barriers.1.middle_width", "too short"),
    ("reluctance", "rotor.barriers.3.magnet_width", 8 * MM, "rotor.magnet", "is missing"),
    ("i3", "rotor.barriers.1.magnet_width", 26 * MM, "rotor.barriers.1.magnet_width", "longer than the barrier's"),
    ("model-s", "rotor.bars", 140, "rotor.bar.top_width", "leaves a tooth of"),
    ("model-s", "rotor.bar.height", 50 * MM, "rotor.bar.height", "leaves a core of"),
    ("model-s", "rotor.bar.height", 2 * MM, "rotor.bar.height", "too low"),
    ("model-s", "rotor.bar.opening", 3 * MM, "rotor.bar.opening", "wider than the bar, 2.5 mm"),
    ("model-s", "rotor.bar.opening_depth", 0.1 * MM, "rotor.bar.opening_depth", "0.1 mm of iron covers the bar"),
]


@pytest.mark.parametrize(("name", "path", "value", "place", "said"), BAD)
def test_a_wrong_dimension_is_named(name, path, value, place, said):
    machine = changed(CASES[name], path, value)
    found = list(check(machine))
    assert any(at == place and said in message for at, message in found), found
    with pytest.raises(InputError, match=r"^[a-z_0-9.]+: "):
        draw(machine)


@pytest.mark.parametrize("name", list(CASES))
def test_no_zero_gets_past_the_checks_into_an_error_of_arithmetic(name):
    """Every number of a Design set to 0, halved and doubled is told about, or drawn; nothing else happens."""

    def places(record, path=""):
        for field in fields(record):
            value = getattr(record, field.name)
            at = f"{path}{field.name}"
            if is_dataclass(value):
                yield from places(value, f"{at}.")
            elif isinstance(value, tuple):
                for number, each in enumerate(value, 1):
                    yield from places(each, f"{at}.{number}.")
            elif isinstance(value, int | float):
                yield at, value

    for path, value in places(CASES[name]):
        for other in (type(value)(0), type(value)(value / 2), type(value)(value * 2)):
            machine = changed(CASES[name], path, other)
            if not list(check(machine)):
                assert draw(machine).angle > 0


def test_machines_can_be_written_in_a_project_file():
    shape = _shape(Machine, "machines")
    assert isinstance(shape, Variants)
    assert set(shape.records) == {"eesm", "ipm", "spm", "synrm", "induction"}


def test_designs_and_their_checks_need_no_arrays():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from machine_cases import CASES\n"
        "from coaxle.design.machine.kinds import check\n"
        "assert not [finding for machine in CASES.values() for finding in check(machine)]\n"
        "loaded = {'numpy', 'scipy', 'numba', 'pythoncdt'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=__file__.rsplit("/tests/", 1)[0])


def test_a_closed_slot_and_a_closed_bar_are_drawn():
    machine = changed(changed(CASES["model-s"], "stator.slot.opening", 0.0), "rotor.bar.opening", 0.0)
    machine = changed(machine, "rotor.bar.opening_depth", 0.5 * MM)
    assert not list(check(machine))
    names = {region.name for region in draw(machine).regions}
    assert "opening-1" not in names
    assert "slot-1" in names


def test_the_v_lies_where_its_bridge_puts_it():
    """Closed form: the pocket's end is an arc of R - bridge; the magnet stands at half the angle."""
    machine = CASES["model-3"]
    section = draw(machine)
    layer = machine.rotor.layers[0]
    pocket = next(region for region in section.regions if region.name == "pocket-1-1-left")
    radius = (pocket.outline[:, 0] ** 2 + pocket.outline[:, 1] ** 2) ** 0.5
    assert radius.max() == pytest.approx(section.rotor_outer - layer.bridge)
    magnet = next(region for region in section.regions if region.name == "magnet-1-1-left")
    assert magnet.remanence_direction == pytest.approx(pi / 6 + layer.angle / 2 - pi / 2)
