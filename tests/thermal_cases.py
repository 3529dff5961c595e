"""Machines with their cooling, for tests of heat: one like the VW ID.3's, one of the size of BMW's fifth generation."""

from math import inf, pi

import numpy as np

from coaxle.design.machine.facts import MachineFacts, RotorWindingFacts, WindingFacts
from coaxle.design.thermal import (
    Contacts,
    HollowShaft,
    Jacket,
    JacketCooling,
    JacketSprayCooling,
    Limits,
    Network,
    NodeLosses,
    Spray,
)

ZERO = 273.15
COPPER, SHEET, MAGNET, STEEL = 8890.0, 7650.0, 7500.0, 7850.0


def _ring(outer, inner):
    return pi / 4 * (outer**2 - inner**2)


def hairpins(slots, layers, height, width, paths, stack, end, overhang, pole_pairs):
    """Return the facts of a winding of bars; ``end`` is the length of copper outside the slots a bar."""
    turns = slots * layers / 6 / paths
    area = height * width
    return WindingFacts(
        style="hairpin",
        slots=slots,
        layers=layers,
        conductors_per_slot=layers,
        parallel_paths=paths,
        series_turns=turns,
        winding_factor=0.95,
        conductor_height=height,
        conductor_width=width,
        strands=1,
        slot_fill=0.6,
        turn_length=2 * (stack + end),
        end_turn_length=2 * end,
        overhang=overhang,
        resistance=turns * 2 * (stack + end) / (58e6 * area * paths),
        end_inductance=1e-5,
        conductor="copper",
    )


def id3():
    """Return facts of a machine like the VW ID.3's.

    Dimensions: Motor-CAD model of TUMFTM's Holistic-Electric-Powertrain-Component-Design (doi 10.3390/wevj16020061);
    the ends of the bars, 0.10 m a side, and the rotor's iron are estimated.
    """
    stack, outer, bore, depth, width, tooth = 0.192, 0.220, 0.163, 0.01551, 0.0061, 0.0045
    slots, layers, height, bar = 36, 6, 1.95e-3, 4.713e-3
    copper = slots * layers * height * bar
    slot_area = slots * width * depth
    magnets = 8 * (2 * 18.0e-3 * 6.0e-3 + 8.5e-3 * 4.0e-3)
    rotor_iron = _ring(0.162, 0.063) - magnets - 8 * 4e-5
    return MachineFacts(
        kind="ipm",
        pole_pairs=4,
        slots=slots,
        stack=stack,
        stator_outer=outer,
        bore=bore,
        gap=0.5e-3,
        rotor_outer=0.162,
        rotor_inner=0.063,
        slot_depth=depth,
        slot_width=width,
        slot_perimeter=2 * depth + 2 * width,
        slot_liner=0.2e-3,
        tooth_width=tooth,
        yoke_height=(outer - bore) / 2 - depth,
        stator_steel="NO18-1160",
        rotor_steel="NO18-1160",
        magnet="N42EH",
        stacking=0.97,
        max_speed=16000 * pi / 30,
        winding=hairpins(slots, layers, height, bar, 3, stack, 0.20, 0.022, 4),
        rotor_winding=None,
        inertia=0.05,
        masses={
            "stator-yoke": _ring(outer, bore + 2 * depth) * stack * 0.97 * SHEET,
            "stator-teeth": (_ring(bore + 2 * depth, bore) - slot_area) * stack * 0.97 * SHEET,
            "stator-copper-active": copper * stack * COPPER,
            "stator-copper-end": copper * 0.20 * COPPER,
            "rotor-iron": rotor_iron * stack * 0.97 * SHEET,
            "magnets": magnets * stack * MAGNET,
            "shaft": pi / 4 * 0.063**2 * 0.3 * STEEL * 0.6,
        },
        areas={"slots": slot_area, "magnets": magnets},
    )


def id3_cooling(**changes):
    """Return the jacket of the same model (6 l/min at 65 degC); contacts as it has them, the rotor's estimated."""
    figures = {
        "kind": "jacket",
        "jacket": Jacket(
            fluid="water-glycol-50",
            flow=1.002e-4,
            inlet=65 + ZERO,
            turns=9,
            parallel=1,
            width=22.57e-3,
            height=4.737e-3,
            land=4.0e-3,
            wall=2.842e-3,
        ),
        "shaft": HollowShaft(fluid="water-glycol-50", flow=3.34e-5, inlet=65 + ZERO, bore=0.035, coefficient=1000.0),
        "contacts": Contacts(housing_gap=0.03e-3, liner_gap=0.02e-3, rotor_gap=0.05e-3, impregnation=0.13, liner=0.25),
        "limits": Limits(winding=200 + ZERO, magnet=160 + ZERO, hot_spot=1.0),
        "housing_mass": 8.0,
        "source": "doi 10.3390/wevj16020061",
    }
    return JacketCooling(**(figures | changes))


def eesm():
    """Return facts of an EESM of the size of BMW's fifth generation: 6 poles, made up but for the outer size."""
    stack, outer, bore, depth, width, tooth = 0.170, 0.220, 0.152, 0.0185, 0.0055, 0.0048
    slots, layers, height, bar = 54, 6, 2.35e-3, 4.4e-3
    copper = slots * layers * height * bar
    slot_area = slots * width * depth
    coils = 6 * 2 * 300e-6
    wire, turns = 1.6e-6, 96.0
    turn = 2 * (stack + 0.055)
    body = _ring(0.1505, 0.050) - coils - 6 * 250e-6
    return MachineFacts(
        kind="eesm",
        pole_pairs=3,
        slots=slots,
        stack=stack,
        stator_outer=outer,
        bore=bore,
        gap=0.75e-3,
        rotor_outer=0.1505,
        rotor_inner=0.050,
        slot_depth=depth,
        slot_width=width,
        slot_perimeter=2 * depth + 2 * width,
        slot_liner=0.2e-3,
        tooth_width=tooth,
        yoke_height=(outer - bore) / 2 - depth,
        stator_steel="NO20",
        rotor_steel="NO20",
        magnet=None,
        stacking=0.97,
        max_speed=17000 * pi / 30,
        winding=hairpins(slots, layers, height, bar, 3, stack, 0.20, 0.035, 3),
        rotor_winding=RotorWindingFacts(
            style="field",
            turns=turns * 6,
            conductor_area=wire,
            slot_fill=turns * wire / 300e-6,
            turn_length=turn,
            resistance=6 * turns * turn / (58e6 * wire),
            overhang=0.02,
            end_inductance=0.01,
            conductor="copper",
        ),
        inertia=0.05,
        masses={
            "stator-yoke": _ring(outer, bore + 2 * depth) * stack * 0.97 * SHEET,
            "stator-teeth": (_ring(bore + 2 * depth, bore) - slot_area) * stack * 0.97 * SHEET,
            "stator-copper-active": copper * stack * COPPER,
            "stator-copper-end": copper * 0.20 * COPPER,
            "rotor-iron": body * stack * 0.97 * SHEET,
            "field-copper": 6 * turns * wire * turn * COPPER,
            "shaft": pi / 4 * 0.050**2 * 0.3 * STEEL * 0.7,
        },
        areas={"slots": slot_area, "field-coils": coils},
    )


def eesm_cooling(**changes):
    """Return a jacket with 10 l/min at 65 degC, oil on ends and rotor at 80 degC; every coefficient is made up."""
    figures = {
        "kind": "jacket-and-spray",
        "jacket": Jacket(
            fluid="water-glycol-50",
            flow=10 / 60000,
            inlet=65 + ZERO,
            turns=8,
            parallel=1,
            width=20e-3,
            height=6e-3,
            land=4e-3,
            wall=4e-3,
        ),
        "spray": Spray(fluid="70w-75w", flow=6 / 60000, inlet=80 + ZERO, end_winding=200.0, stack=0.0, rotor_end=400.0),
        "shaft": None,
        "contacts": Contacts(housing_gap=0.02e-3, liner_gap=0.02e-3, rotor_gap=0.03e-3, impregnation=0.3, liner=0.2),
        "limits": Limits(winding=180 + ZERO, rotor=180 + ZERO, hot_spot=1.1),
        "housing_mass": 10.0,
        "source": "made up",
    }
    return JacketSprayCooling(**(figures | changes))


def losses(network, speeds=20, torques=31, torque_max=400.0, copper=0.09, power=None, speed_max=None):
    """Return losses that look like a machine's: copper with torque squared, iron with speed, a rotor that follows both.

    ``copper`` is the loss of the whole stator winding at 120 degC over torque squared [W/Nm2]. With ``power`` the
    highest torque falls with speed and the last point of each speed lies on that envelope.
    """
    nodes = network.nodes
    speed = np.linspace(0, speed_max or network.speed[-1] / 1.25, speeds)
    torque = np.linspace(0, torque_max, torques)
    if power is not None:
        reach = np.minimum(torque_max, power / np.maximum(speed, 1e-9))
        torque = np.linspace(0, 1, torques)[None, :] * reach[:, None]
    torque = np.broadcast_to(torque, (speeds, torques))
    w = speed[:, None] / 1000
    share = (torque / torque_max) ** 2
    watts = np.zeros((speeds, torques, len(nodes)))

    def put(node, heat):
        if node in nodes:
            watts[:, :, nodes.index(node)] += heat

    put("winding", (0.49 + 0.15 * w**2) * copper * torque**2)
    put("end-winding", 0.51 * copper * torque**2)
    put("yoke", 250 * w**1.5 * (0.4 + 0.6 * share))
    put("teeth", 400 * w**1.5 * (0.4 + 0.6 * share))
    put("rotor", 100 * w**1.5 * (0.4 + 0.6 * share))
    put("magnets", 40 * w**2 * (0.5 + 0.5 * share))
    put("field-winding", 3000 * share)
    put("cage", 2000 * share)
    put("shaft", 60 * w)
    conductors = [node in ("winding", "end-winding", "field-winding", "cage") for node in nodes]
    n = len(nodes)
    return NodeLosses(
        speed=speed,
        torque=torque,
        watts=watts,
        copper=tuple(conductors),
        coefficient=np.full(n, 3.93e-3),
        reference=np.full(n, 120 + ZERO),
    )


def paderborn(**changes):
    """Return a network of four nodes identified on a traction machine at a bench in Paderborn.

    Capacities and resistances as coded in a public repository; they look like the global identification of
    Wallscheid and Boecker (IEEE Trans. Energy Convers. 31 (2016) 354), which was not at hand to compare.
    """
    nodes = ("yoke", "teeth", "winding", "magnets")
    link, sink = np.zeros((4, 4)), np.zeros((4, 2))
    for one, other, resistance in (
        ("yoke", "winding", 0.289),
        ("yoke", "teeth", 0.013),
        ("teeth", "winding", 0.019),
        ("teeth", "magnets", 0.599),
        ("winding", "magnets", 1.149),
    ):
        i, j = nodes.index(one), nodes.index(other)
        link[i, j] = link[j, i] = 1 / resistance
    sink[0, 0], sink[3, 1] = 1 / 0.017, 1 / 2.451
    figures = {
        "nodes": nodes,
        "capacity": [5590.0, 2910.0, 2620.0, 10800.0],
        "speed": [0.0, 1000.0],
        "link": [link, link],
        "fluids": ("coolant", "ambient"),
        "inlet": [333.15, 298.15],
        "sink": [sink, sink],
        "limit": [inf, inf, 453.15, 413.15],
    }
    return Network(**(figures | changes))
