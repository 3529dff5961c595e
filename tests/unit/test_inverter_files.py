"""Devices from makers' files, and files that do not do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coaxle.design.inverter import Points, device, device_of, losses
from coaxle.errors import InputError
from inverter_cases import inverter

TABLE = """<ComputationMethod>Table only</ComputationMethod>
   <CurrentAxis>{current}</CurrentAxis><VoltageAxis>{voltage}</VoltageAxis>
   <TemperatureAxis>25 125</TemperatureAxis>
   <Energy scale="0.001">{rows}</Energy>"""
SWITCH = """<?xml version="1.0" encoding="UTF-8"?>
<SemiconductorLibrary xmlns="http://www.plexim.com/xml/semiconductors/" version="1.1">
 <Package class="{kind}" vendor="Example" partnumber="EX400">
  <Variables><Variable><Name>v</Name><Max>750</Max></Variable><Variable><Name>T</Name><Max>175</Max></Variable></Variables>
  <SemiconductorData type="{kind}">
   <TurnOnLoss>{on}</TurnOnLoss>
   <TurnOffLoss>{off}</TurnOffLoss>
   <ConductionLoss gate="on"><ComputationMethod>Table only</ComputationMethod>
    <CurrentAxis>{current}</CurrentAxis><TemperatureAxis>25 125</TemperatureAxis>
    <VoltageDrop scale="1"><Temperature>{cold}</Temperature><Temperature>{warm}</Temperature></VoltageDrop>
   </ConductionLoss>
  </SemiconductorData>
  <ThermalModel><Branch type="{chain}">{links}</Branch></ThermalModel>
 </Package>
</SemiconductorLibrary>
"""
CAUER = '<RCElement R="0.02" C="1.5"/><RCElement R="0.03" C="4"/>'
FOSTER = '<RTauElement R="0.02" Tau="0.01"/><RTauElement R="0.06" Tau="0.1"/>'
ZERO = "<Voltage>0 0 0</Voltage>"


def rows(*by_temperature: tuple[str, ...]) -> str:
    return "".join(
        f"<Temperature>{''.join(f'<Voltage>{row}</Voltage>' for row in each)}</Temperature>" for each in by_temperature
    )


def switch(**changes: str) -> str:
    """An IGBT of 400 A without its diode."""
    current = changes.get("current", "0 200 400")
    table = {"current": "0 200 400", "voltage": "0 300"}
    parts = {
        "kind": "IGBT", "current": current, "cold": "0.8 1.1 1.4", "warm": "0.8 1.3 1.8",
        "chain": "Cauer", "links": CAUER,
        "on": TABLE.format(rows=rows(("0 0 0", "0 5 12"), ("0 0 0", "0 6 15")), **table),
        "off": TABLE.format(rows=rows(("0 0 0", "0 8 16"), ("0 0 0", "0 10 20")), **table),
    }  # fmt: skip
    return SWITCH.format(**(parts | changes))


def diode() -> str:
    table = {"current": "0 200 400", "voltage": "-300 0"}
    zero = TABLE.format(rows=rows(("0 0 0", "0 0 0"), ("0 0 0", "0 0 0")), **table)
    off = TABLE.format(rows=rows(("0 4 6", "0 0 0"), ("0 6 9", "0 0 0")), **table)
    return switch(kind="Diode", on=zero, off=off, cold="0.9 1.2 1.5", warm="0.8 1.2 1.6", chain="Foster", links=FOSTER)


def both() -> str:
    """The same two in one file: the diode at negative currents."""
    wide = "-400 -200 0 200 400"
    table = {"current": wide, "voltage": "0 300"}
    none = "0 0 0 0 0"
    return switch(
        kind="IGBT with Diode", current=wide, cold="-1.5 -1.2 0 1.1 1.4", warm="-1.6 -1.2 0 1.3 1.8",
        on=TABLE.format(rows=rows((none, "0 0 0 5 12"), (none, "0 0 0 6 15")), **table),
        off=TABLE.format(rows=rows((none, "6 4 0 8 16"), (none, "9 6 0 10 20")), **table),
    )  # fmt: skip


def put(folder: Path, name: str, text: str | bytes) -> str:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def test_a_switch_and_its_diode(tmp_path):
    put(tmp_path, "diode.xml", diode())
    found = device(put(tmp_path, "switch.xml", switch()), tmp_path, "diode.xml")
    assert (found.name, found.technology, found.max_voltage) == ("EX400", "igbt", 750)
    assert found.max_junction == pytest.approx(448.15)
    assert [curve.temperature for curve in found.switch_drop] == [298.15, 398.15]
    assert found.switch_drop[1].value == (0.8, 1.3, 1.8)
    assert found.on_energy[1].voltage == 300
    assert found.on_energy[1].value == pytest.approx((0, 6e-3, 15e-3))
    assert found.recovery_energy[0].voltage == 300
    assert found.recovery_energy[0].value == pytest.approx((0, 4e-3, 6e-3))
    assert found.diode_drop[0].value == (0.9, 1.2, 1.5)
    assert found.switch_heat.total == pytest.approx(0.05)
    assert found.diode_heat.resistance == (0.02, 0.06)


def test_a_diode_within_the_switch_is_the_same(tmp_path):
    """But for the threshold of the drop, as the joint table has one value at no current, and the heat path."""
    put(tmp_path, "diode.xml", diode())
    apart = device(put(tmp_path, "switch.xml", switch()), tmp_path, "diode.xml")
    joint = device(put(tmp_path, "both.xml", both()), tmp_path)
    assert joint.recovery_energy == apart.recovery_energy
    assert [curve.value[1:] for curve in joint.diode_drop] == [curve.value[1:] for curve in apart.diode_drop]
    assert joint.on_energy == apart.on_energy
    assert joint.diode_heat == joint.switch_heat
    assert "diode_heat" in joint.assumed


def test_a_file_makes_losses(tmp_path):
    """The chain of 0.05 K/W and 0.05 K/W onward to the coolant carry one sixth of what the switches lose."""
    put(tmp_path, "both.xml", both())
    unit = inverter(device="both.xml", case_to_fluid=0.05, device_voltage=650.0, max_current=400.0)
    part = device_of(unit, tmp_path)
    assert part.max_voltage == 650
    points = Points(current=400.0, voltage=100.0, cos_phi=0.9, dc_voltage=300.0, frequency=100.0, coolant=338.15)
    loss = losses(unit, part, points).checked()
    assert loss.junction_switch - 338.15 == pytest.approx(0.1 * (loss.conduction_switch + loss.switching) / 6)


JSON = {
    "name": "EX300",
    "type": "IGBT",
    "manufacturer": "Example",
    "v_abs_max": 650,
    "i_abs_max": 600,
    "i_cont": 300,
    "r_th_cs": 0.02,
    "switch": {
        "t_j_max": 175,
        "thermal_foster": {"r_th_total": 0.1, "r_th_vector": [0.03, 0.05], "tau_vector": [0.001, 0.03]},
        "channel": [
            {"t_j": 25, "v_g": 11, "graph_v_i": [[0, 2, 4], [0, 200, 600]]},
            {"t_j": 25, "v_g": 15, "graph_v_i": [[0, 0.7, 1.1, 1.6], [0, 0, 300, 600]]},
            {"t_j": 150, "v_g": 15, "graph_v_i": [[0, 0.6, 1.2, 2.0], [0, 0, 300, 600]]},
        ],
        "e_on": [
            {
                "dataset_type": "graph_i_e",
                "t_j": 150,
                "v_supply": 300,
                "v_g": 15,
                "r_g": 1,
                "graph_i_e": [[0, 600], [0, 0.01]],
            },
            {
                "dataset_type": "graph_i_e",
                "t_j": 25,
                "v_supply": 300,
                "v_g": 15,
                "r_g": 2,
                "graph_i_e": [[0, 600], [0, 0.02]],
            },
            {
                "dataset_type": "graph_i_e",
                "t_j": 150,
                "v_supply": 300,
                "v_g": 15,
                "r_g": 2,
                "graph_i_e": [[0, 600], [0, 0.03]],
            },
            {"dataset_type": "graph_r_e", "t_j": 150, "v_supply": 300, "i_x": 300, "graph_r_e": [[1, 9], [0.01, 0.03]]},
        ],
        "e_off": [
            {
                "dataset_type": "graph_i_e",
                "t_j": 25,
                "v_supply": 300,
                "v_g": -8,
                "r_g": 2,
                "graph_i_e": [[0, 600], [0, 0.04]],
            }
        ],
    },
    "diode": {
        "thermal_foster": {"r_th_total": 0.2},
        "channel": [{"t_j": 25, "v_g": None, "graph_v_i": [[0.0, 0.9, 1.5], [0, 0, 600]]}],
        "e_rr": [],
    },
}


def test_a_transistordatabase_file(tmp_path):
    found = device(put(tmp_path, "ex300.json", json.dumps(JSON)), tmp_path)
    assert (found.technology, found.max_voltage, found.rated_current) == ("igbt", 650, 300)
    assert found.switch_drop[0].current == (0, 300, 600)
    assert found.switch_drop[0].value == (0.7, 1.1, 1.6)
    assert [curve.value[1] for curve in found.on_energy] == [0.02, 0.03]
    assert "2 Ohm" in found.assumed["on_energy"]
    assert found.switch_heat.total == pytest.approx(0.1)
    assert found.diode_heat.resistance == (0.2,)
    unit = inverter(case_to_fluid=0.02, max_current=600.0)
    points = Points(current=300.0, voltage=100.0, cos_phi=0.9, dc_voltage=300.0, frequency=100.0, coolant=338.15)
    assert losses(unit, found, points).checked().recovery == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "is no XML"),
        (b"\x00\xff\x00", "is no XML"),
        ("<a>" * 5 + "</a>" * 5, "'SemiconductorLibrary' is wanted"),
        ("<a>" * 60, "more than 40 elements"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "XML"),
        ('<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>', "document type or an entity"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type or an entity"),
        (switch().replace("0 5 12", "0 5"), "Voltage: holds 2 numbers; 3"),
        (switch().replace("0 5 12", "0 five 12"), "'five' stands there"),
        (switch().replace("0 5 12", "0 nan 12"), "'nan' stands there"),
        (switch().replace("0 5 12", "0 -5 12"), "TurnOnLoss: -0.005 at 200 A"),
        (switch().replace("<TemperatureAxis>25 125", "<TemperatureAxis>125 25", 1), "TemperatureAxis: does not rise"),
        (switch().replace("<Voltage>0 0 0</Voltage>", "", 1), "holds 1 of 'Voltage'; 2"),
        (switch().replace("Table only", "Table and formula", 1), "computed by 'table and formula'"),
        (switch().replace('type="Cauer"', 'type="Ladder"'), "'ladder'; Cauer or Foster"),
        (switch().replace('R="0.02"', 'R="-0.02"'), "not above 0"),
        (switch().replace('R="0.02" ', ""), "RCElement: has no attribute 'R'"),
        (switch().replace(CAUER, ""), "holds 0 links"),
        (switch().replace('type="IGBT"', 'type="Thyristor"'), "SemiconductorData: is 'thyristor'"),
        (switch(), "tells no drop of a diode"),
        (switch()[:-80], "is no XML"),
        (switch().replace("TurnOffLoss", "TurnLoss"), "holds 0 of 'TurnOffLoss'"),
    ],
)
def test_damaged_xml_is_told(tmp_path, text, says):
    name = put(tmp_path, "part.xml", text)
    with pytest.raises(InputError) as told:
        device(name, tmp_path)
    assert "part.xml" in str(told.value)
    assert says in str(told.value)


def changed(path: str, value: object) -> str:
    copy = json.loads(json.dumps(JSON))
    at = copy
    *way, last = path.split(".")
    for step in way:
        at = at[int(step)] if step.isdigit() else at[step]
    at[last] = value
    return json.dumps(copy)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no JSON"),
        ("{", "part.json:1: is no JSON"),
        ("[1]", "a mapping is wanted"),
        ("[" * 100_000, "is no JSON"),
        ('{"type": "IGBT", "switch": NaN}', "NaN stands there"),
        (changed("type", "GaN-Transistor"), "type: 'GaN-Transistor'"),
        (changed("v_abs_max", "650 V"), "v_abs_max: '650 V' stands there"),
        (changed("v_abs_max", True), "v_abs_max: 'True' stands there"),
        (changed("switch", None), "switch: nothing stands there"),
        (changed("switch.t_j_max", None), "switch.t_j_max: nothing stands there"),
        (changed("switch.channel.1.graph_v_i", [[0, 1]]), "switch.channel[1].graph_v_i"),
        (changed("switch.channel.1.graph_v_i", [[0, 1], [0, "x"]]), "switch.channel[1].graph_v_i[1]: 'x'"),
        (changed("switch.channel.1.graph_v_i", [[0, 1], [0]]), "holds 1 currents and 2 values"),
        (changed("switch.channel.1.graph_v_i", [[0, 1], [0, 0]]), "holds 1 points of rising current"),
        (changed("switch.e_off.0.graph_i_e", [[0, 600], [0.01, -0.04]]), "e_off[0].graph_i_e: -0.04 at 600 A"),
        (changed("switch.e_off", [{"dataset_type": "single", "e_x": 1}]), "e_off: holds no energies over current"),
        (changed("switch.e_off", []), "off_energy: holds no curve"),
        (changed("switch.thermal_foster.tau_vector", [0.1]), "r_th_vector and tau_vector differ"),
        (changed("diode.thermal_foster", {}), "diode.thermal_foster.r_th_total"),
        (changed("diode.channel", {"a": 1}), "a list of curves is wanted"),
    ],
)
def test_damaged_json_is_told(tmp_path, text, says):
    name = put(tmp_path, "part.json", text)
    with pytest.raises(InputError) as told:
        device(name, tmp_path)
    assert "part.json" in str(told.value) or "EX300" in str(told.value)
    assert says in str(told.value)


def test_files_that_are_none(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        device("none.xml", tmp_path)
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        device("folder.json", tmp_path)
    put(tmp_path, "large.xml", b" " * 4_000_001)
    with pytest.raises(InputError, match=r"large\.xml: holds 4\.0 MB"):
        device("large.xml", tmp_path)
    put(tmp_path, "both.xml", both())
    put(tmp_path, "diode.xml", diode())
    with pytest.raises(InputError, match="a second one has no place"):
        device("both.xml", tmp_path, "diode.xml")
    with pytest.raises(InputError, match="has no place beside it"):
        device("igbt-750-820", tmp_path, "diode.xml")
