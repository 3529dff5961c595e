"""Machines of cars, from their published cross-sections, for the tests.

Dimensions of Zoe, i3, I-Pace, Model 3 and Model S: the machine files of pyleecan (Eomys, Apache-2.0), which name the
thesis of P. Pellerey for the Zoe, Ortega and Kouhshahi and Krings and Monissen (ICEM 2020, doi
10.1109/ICEM49940.2020.9270946) for I-Pace and Model 3, and Staton and Goss (2017) for the Model S. ID.3: the
reconstruction by TUMFTM (Holistic-Electric-Powertrain-Component-Design, Apache-2.0), no figures of the maker.
Bars and barriers are drawn with the words that coaxle has for them; ``assumed`` says what no source gives.
"""

from __future__ import annotations

from math import pi

from coaxle.design.machine.kinds import Eesm, Induction, Ipm, Machine, Spm, SynRm
from coaxle.design.machine.kinds.eesm import FieldWinding, FlatFieldWire, SalientRotor
from coaxle.design.machine.kinds.induction import CageRotor, DropBar
from coaxle.design.machine.kinds.ipm import BarMagnet, MagnetRotor, VMagnets
from coaxle.design.machine.kinds.spm import SurfaceRotor
from coaxle.design.machine.kinds.stator import ParallelToothSlot, RectangularSlot, Skew, Stator
from coaxle.design.machine.kinds.synrm import BarrierRotor, FluxBarrier
from coaxle.design.machine.winding import Hairpin, RoundWire

MM, DEG, RPM = 1e-3, pi / 180, pi / 30


def zoe() -> Eesm:
    """Renault Zoe, first generation: 4 poles, 48 slots, 10 turns a coil, 45 field turns a pole."""
    return Eesm(
        kind="eesm",
        pole_pairs=2,
        stack=170 * MM,
        stacking=0.95,
        gap=0.8 * MM,
        shaft_diameter=25 * MM,
        max_speed=11_300 * RPM,
        stator=Stator(
            slots=48,
            outer_diameter=260 * MM,
            bore=169 * MM,
            slot=ParallelToothSlot(
                kind="parallel-tooth",
                depth=27 * MM,
                tooth_width=6 * MM,
                opening=4.5 * MM,
                opening_depth=1 * MM,
                shoulder=1 * MM,
                wedge=0.5 * MM,
                fillet=4.1 * MM,
            ),
            steel="M400-50A",
        ),
        winding=RoundWire(
            kind="round-wire",
            layers=2,
            turns=10,
            wire_diameter=2 * MM,
            wire_insulation=0.05 * MM,
            strands=1,
            liner=0.25 * MM,
            parallel_paths=4,
            pitch=10,
            conductor="copper",
        ),
        rotor=SalientRotor(
            body_width=45 * MM,
            body_height=25 * MM,
            shoe_width=68.7 * MM,
            shoe_height=11.28 * MM,
            shoe_edge=3 * MM,
            edge_gap=1.63 * MM,
            field=FieldWinding(
                turns=45,
                wire=FlatFieldWire(kind="flat", height=2 * MM, width=2 * MM, insulation=0.05 * MM),
                conductor="copper",
                coil_width=13 * MM,
                coil_gap=2 * MM,
                liner=0.5 * MM,
            ),
            steel="M400-50A",
        ),
        source="pyleecan, Renault_Zoe, after the thesis of P. Pellerey",
        assumed={
            "rotor.edge_gap": "a shoe of radius 75.4 mm that passes 83.7 mm in the middle, as the source has it",
            "stator.steel": "none is named",
        },
    )


def i3() -> SynRm:
    """BMW i3: 12 poles, 72 slots, two layers of magnets in troughs."""
    barriers = (
        FluxBarrier(
            thickness=6 * MM,
            depth=11.6 * MM,
            middle_width=25.6 * MM,
            angle=57 * DEG,
            bridge=0.7 * MM,
            magnet_width=21.4 * MM,
        ),
        FluxBarrier(
            thickness=3 * MM,
            depth=2.8 * MM,
            middle_width=15.5 * MM,
            angle=80 * DEG,
            bridge=0.7 * MM,
            magnet_width=13.8 * MM,
        ),
    )
    return SynRm(
        kind="synrm",
        pole_pairs=6,
        stack=132 * MM,
        stacking=0.95,
        gap=0.7 * MM,
        shaft_diameter=120 * MM,
        shaft_bore=108 * MM,
        max_speed=11_400 * RPM,
        stator=Stator(
            slots=72,
            outer_diameter=242 * MM,
            bore=180 * MM,
            slot=ParallelToothSlot(
                kind="parallel-tooth",
                depth=23.4 * MM,
                tooth_width=4.1 * MM,
                opening=2 * MM,
                opening_depth=0.6 * MM,
                shoulder=1.2 * MM,
                fillet=0.5 * MM,
            ),
            steel="M270-35A",
        ),
        winding=RoundWire(
            kind="round-wire",
            layers=1,
            turns=6,
            wire_diameter=0.8 * MM,
            wire_insulation=0.04 * MM,
            strands=15,
            liner=0.25 * MM,
            parallel_paths=2,
            pitch=6,
            conductor="copper",
        ),
        rotor=BarrierRotor(barriers=barriers, steel="M270-35A", magnet="N42SH"),
        source="pyleecan, BMW_i3",
        assumed={
            "shaft_bore": "the rotor sits on a spider",
            "rotor.magnet": "none is named",
            "rotor.barriers": "arms as thick as magnets, so the lower magnet is 21.4 mm wide, not 24.5 mm",
        },
    )


def i_pace() -> Ipm:
    """Jaguar I-Pace class: 8 poles, 48 slots, hairpins, a V below a bar."""
    layers = (
        VMagnets(
            kind="v",
            thickness=4 * MM,
            width=17 * MM,
            angle=118 * DEG,
            inner_pocket=2 * MM,
            outer_pocket=3 * MM,
            bridge=0.9 * MM,
            rib=1.6 * MM,
        ),
        BarMagnet(kind="bar", thickness=2.25 * MM, width=20.9 * MM, pocket=1.5 * MM, bridge=0.9 * MM),
    )
    return Ipm(
        kind="ipm",
        pole_pairs=4,
        stack=165.1 * MM,
        stacking=0.95,
        gap=0.4 * MM,
        shaft_diameter=50 * MM,
        shaft_bore=36 * MM,
        max_speed=13_000 * RPM,
        stator=Stator(
            slots=48,
            outer_diameter=204 * MM,
            bore=136.8 * MM,
            slot=RectangularSlot(
                kind="rectangular",
                depth=17.3 * MM,
                width=4.8 * MM,
                opening=2.04 * MM,
                opening_depth=0.87 * MM,
                shoulder=0.51 * MM,
                fillet=0.5 * MM,
            ),
            steel="M235-35A",
        ),
        winding=Hairpin(
            kind="hairpin",
            layers=4,
            bar_height=3.66 * MM,
            bar_width=3.81 * MM,
            bar_insulation=0.1 * MM,
            liner=0.2 * MM,
            parallel_paths=2,
            pitch=6,
            conductor="copper",
        ),
        rotor=MagnetRotor(layers=layers, magnet="N42SH", steel="M235-35A"),
        source="pyleecan, Jaguar_I_Pace",
        assumed={
            "rotor.layers": "the source has three bars and no barriers",
            "winding.layers": "the bars fill the slot",
        },
    )


def model_3() -> Ipm:
    """Tesla Model 3 class, rear: 6 poles, 54 slots, one V."""
    layer = VMagnets(
        kind="v",
        thickness=7.7 * MM,
        width=23 * MM,
        angle=137 * DEG,
        inner_pocket=2.5 * MM,
        outer_pocket=4.5 * MM,
        bridge=1.5 * MM,
        rib=3.8 * MM,
    )
    return Ipm(
        kind="ipm",
        pole_pairs=3,
        stack=134 * MM,
        stacking=0.95,
        gap=0.45 * MM,
        shaft_diameter=66 * MM,
        shaft_bore=50 * MM,
        max_speed=18_000 * RPM,
        stator=Stator(
            slots=54,
            outer_diameter=213.7 * MM,
            bore=150.6 * MM,
            slot=ParallelToothSlot(
                kind="parallel-tooth",
                depth=18.7 * MM,
                tooth_width=4.2 * MM,
                opening=2.3 * MM,
                opening_depth=0.9 * MM,
                shoulder=0.2 * MM,
                fillet=0.5 * MM,
            ),
            steel="M270-35A",
        ),
        winding=RoundWire(
            kind="round-wire",
            layers=2,
            turns=2,
            wire_diameter=0.8 * MM,
            wire_insulation=0.03 * MM,
            strands=22,
            liner=0.2 * MM,
            parallel_paths=6,
            pitch=8,
            conductor="copper",
        ),
        rotor=MagnetRotor(layers=(layer,), magnet="N45SH", steel="M270-35A"),
        skew=Skew(angle=2 * DEG, slices=4),
        source="pyleecan, Tesla_model_3",
        assumed={"winding.turns": "no source", "rotor.magnet": "none is named"},
    )


def id3() -> Ipm:
    """VW ID.3 class: 8 poles, 36 slots, six layers of bars, a V below a bar."""
    layers = (
        VMagnets(
            kind="v",
            thickness=6 * MM,
            width=18 * MM,
            angle=122 * DEG,
            inner_pocket=2 * MM,
            outer_pocket=3.5 * MM,
            bridge=1.3 * MM,
            rib=6.4 * MM,
        ),
        BarMagnet(kind="bar", thickness=4 * MM, width=17 * MM, pocket=1.5 * MM, bridge=2.6 * MM),
    )
    return Ipm(
        kind="ipm",
        pole_pairs=4,
        stack=192 * MM,
        stacking=0.97,
        gap=0.5 * MM,
        shaft_diameter=63 * MM,
        shaft_bore=48 * MM,
        max_speed=16_000 * RPM,
        stator=Stator(
            slots=36,
            outer_diameter=220.08 * MM,
            bore=163 * MM,
            slot=RectangularSlot(
                kind="rectangular",
                depth=15.5127 * MM,
                width=6.09912 * MM,
                opening=2.18457 * MM,
                opening_depth=1 * MM,
                shoulder=0.3 * MM,
                fillet=0.5 * MM,
            ),
            steel="NO18-1160",
        ),
        winding=Hairpin(
            kind="hairpin",
            layers=6,
            bar_height=1.95 * MM,
            bar_width=4.713 * MM,
            bar_insulation=0.1 * MM,
            liner=0.2 * MM,
            parallel_paths=3,
            pitch=3,
            conductor="copper",
        ),
        rotor=MagnetRotor(layers=layers, magnet="N42EH", steel="NO18-1160"),
        skew=Skew(angle=5 * DEG, slices=4),
        source="TUMFTM, reconstruction of the ID.3's machine",
        assumed={"shaft_bore": "no source"},
    )


def model_s() -> Induction:
    """Tesla Model S, 2013: 4 poles, 60 slots, 74 bars."""
    return Induction(
        kind="induction",
        pole_pairs=2,
        stack=152 * MM,
        stacking=0.95,
        gap=0.6 * MM,
        shaft_diameter=50 * MM,
        max_speed=14_000 * RPM,
        stator=Stator(
            slots=60,
            outer_diameter=254 * MM,
            bore=157 * MM,
            slot=ParallelToothSlot(
                kind="parallel-tooth",
                depth=20 * MM,
                tooth_width=4 * MM,
                opening=2.9 * MM,
                opening_depth=0.5 * MM,
                shoulder=0.5 * MM,
                fillet=0.5 * MM,
            ),
            steel="M250-35A",
        ),
        winding=RoundWire(
            kind="round-wire",
            layers=2,
            turns=1,
            wire_diameter=1.08 * MM,
            wire_insulation=0.03 * MM,
            strands=26,
            liner=0.25 * MM,
            parallel_paths=2,
            pitch=14,
            conductor="copper",
        ),
        rotor=CageRotor(
            bars=74,
            bar=DropBar(
                kind="drop",
                top_width=2.5 * MM,
                bottom_width=0.8 * MM,
                height=21.6 * MM,
                opening=2 * MM,
                opening_depth=7 * MM,
            ),
            bar_material="copper",
            ring_height=20 * MM,
            ring_width=15 * MM,
            ring_distance=17 * MM,
            steel="M250-35A",
        ),
        source="pyleecan, Tesla_S, after Staton and Goss 2017",
        assumed={"rotor.bar": "a drop of the source's 35.7 mm2"},
    )


def surface() -> Spm:
    """Surface magnets in the ID.3's stator, magnetised along the radius, under a sleeve."""
    base = id3()
    return Spm(
        kind="spm",
        pole_pairs=4,
        stack=base.stack,
        stacking=base.stacking,
        gap=0.7 * MM,
        shaft_diameter=base.shaft_diameter,
        max_speed=base.max_speed,
        stator=base.stator,
        winding=base.winding,
        rotor=SurfaceRotor(
            thickness=5 * MM,
            edge_thickness=3.5 * MM,
            span=0.85,
            magnetisation="radial",
            sleeve=0.8 * MM,
            magnet="N42EH",
            steel="NO18-1160",
        ),
        source="made up for the tests",
    )


def reluctance() -> SynRm:
    """Three flux barriers in the Zoe's stator, no magnets."""
    base = zoe()
    sizes = ((6, 38, 30, 2), (5, 25, 22, 1), (4, 13, 14, 0))
    return SynRm(
        kind="synrm",
        pole_pairs=2,
        stack=base.stack,
        stacking=base.stacking,
        gap=0.5 * MM,
        shaft_diameter=base.shaft_diameter,
        max_speed=base.max_speed,
        stator=base.stator,
        winding=base.winding,
        rotor=BarrierRotor(
            barriers=tuple(
                FluxBarrier(
                    thickness=thickness * MM,
                    depth=depth * MM,
                    middle_width=width * MM,
                    angle=90 * DEG,
                    bridge=1 * MM,
                    rib=rib * MM,
                )
                for thickness, depth, width, rib in sizes
            ),
            steel="M400-50A",
        ),
        source="made up for the tests",
    )


CASES: dict[str, Machine] = {
    "zoe": zoe(),
    "i3": i3(),
    "i-pace": i_pace(),
    "model-3": model_3(),
    "id3": id3(),
    "model-s": model_s(),
    "surface": surface(),
    "reluctance": reluctance(),
}
