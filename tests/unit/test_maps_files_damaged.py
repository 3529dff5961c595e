"""Files of maps that are damaged, foreign, blown up or cannot be written."""

import io
import json
import pickle
import resource
import zipfile

import numpy as np
import pytest

from coaxle.errors import CoaxleError, MapError
from coaxle.maps import BatteryMap, Origin, files
from coaxle.maps.files import load, save
from coaxle.numerics.digest import digest


@pytest.fixture
def battery():
    return BatteryMap(
        name="pack 90/b",
        soc=np.linspace(0, 1, 11),
        voltage=np.linspace(300, 400, 11),
        resistance=np.full(11, 0.05),
        power_max=np.full(11, 2e5),
        power_min=np.full(11, -1e5),
        charge=8e5,
        soc_max=0.97,
        soc_min=0.05,
        mass=500,
        cost=None,
        origin=Origin(method="measured", source="bench 3"),
    )


def refusal(path):
    with pytest.raises(MapError) as caught:
        load(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    return text.removeprefix(f"{path}: ")


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path, contents, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def with_header(path, **changes):
    contents = parts(path)
    header = json.loads(contents["header.json"])
    header.update(changes)
    contents["header.json"] = json.dumps(header)
    return packed(path, contents)


def with_array(path, name, array):
    contents = parts(path)
    content = io.BytesIO()
    np.lib.format.write_array(content, array)
    contents[name] = content.getvalue()
    return packed(path, contents)


def test_default_name_is_safe_and_carries_the_digest(battery, tmp_path):
    path = save(battery, tmp_path)
    assert path == tmp_path / f"pack-90-b-{digest(battery)[:12]}.cxmap"
    assert save(battery, tmp_path / "new" / "mine.cxmap").name == "mine.cxmap"


def test_numpy_reads_the_arrays_without_coaxle(battery, tmp_path):
    with np.load(save(battery, tmp_path)) as archive:
        assert np.array_equal(archive["voltage"], battery.voltage)


def test_figures_of_any_number_type_have_one_digest(battery, tmp_path):
    figures = {f: getattr(battery, f) for f in battery.__dataclass_fields__}
    for mass in (500, 500.0, np.float64(500.0), np.int64(500)):
        assert digest(BatteryMap(**{**figures, "mass": mass})) == digest(battery)
    assert digest(np.float64(0.1)) == digest(0.1)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_cut_off(battery, tmp_path, share):
    path = save(battery, tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    message = refusal(path)
    assert "a file written by coaxle is wanted" in message
    assert ("is no .cxmap file" in message) == (share == 0.0)


def test_no_changed_byte_goes_unnoticed(battery, tmp_path):
    """Any one byte changed yields an error or, where it does not matter to the content, the same map."""
    path = save(battery, tmp_path)
    content = path.read_bytes()
    messages = []
    for at in range(0, len(content), 3):
        changed = bytearray(content)
        changed[at] ^= 0x41
        path.write_bytes(changed)
        try:
            assert digest(load(path)) == digest(battery)
        except MapError as error:
            messages.append(str(error))
    assert all(message.startswith(f"{path}: ") for message in messages)
    assert len(messages) > len(content) / 3 * 0.6  # dates, flags and attributes of a zip entry do not matter


def test_changed_content_with_a_sound_archive(battery, tmp_path):
    path = save(battery, tmp_path)
    told = json.loads(parts(path)["header.json"])["fields"]
    with_header(path, fields={**told, "mass": 400.0})
    assert "does not match its digest" in refusal(path)
    path = with_array(save(battery, tmp_path), "voltage.npy", np.linspace(300, 401, 11))
    assert "does not match its digest" in refusal(path)
    path = with_array(save(battery, tmp_path), "voltage.npy", np.linspace(400, 300, 11))
    assert "pack 90/b.voltage: is positive and does not fall" in refusal(path)


def test_foreign_files(battery, tmp_path):
    path = tmp_path / "x.cxmap"
    for content in (b"hello", b"\0" * 1000, pickle.dumps({"a": 1})):
        path.write_bytes(content)
        assert "is no .cxmap file" in refusal(path)
    packed(path, {"word/document.xml": "<a/>"})
    assert "is no .cxmap file: it has no header.json" in refusal(path)
    packed(path, {"header.json": '{"format": "other"}'})
    assert "does not say 'format': 'coaxle map'" in refusal(path)
    assert "cannot be read: No such file" in refusal(tmp_path / "none.cxmap")
    assert "cannot be read: Is a directory" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 3}, "has version 3 of the format; this coaxle reads version 2"),
        ({"version": True}, "has version True of the format"),
        ({"version": "1"}, "has version '1' of the format"),
        ({"kind": "spark"}, "has the kind 'spark'; edu, engine, battery, flux are known"),
        ({"kind": []}, "has the kind []"),
        ({"kind": "edu"}, "holds the parts header.json, soc.npy"),
        ({"fields": []}, "lacks 'fields' or 'digest'"),
        ({"fields": {}}, "names []; ["),
        ({"digest": None}, "lacks 'fields' or 'digest'"),
    ],
)
def test_headers(battery, tmp_path, changes, message):
    assert message in refusal(with_header(save(battery, tmp_path), **changes))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("mass", "500 kg", "header.json: mass: '500 kg' stands there; float is wanted"),
        ("mass", None, "header.json: mass: None stands there; float is wanted"),
        ("mass", True, "header.json: mass: True stands there"),
        ("mass", -1, "pack 90/b.mass: -1 stands there; at least 0 is wanted"),
        pytest.param("mass", 10**400, "0000 stands there; a finite number is wanted", id="too large"),
        ("name", 5, "header.json: name: 5 stands there; str is wanted"),
        ("origin", "bench", "header.json: origin: 'bench' stands there; a mapping is wanted"),
        ("origin", {"method": "guessed"}, "names origin.['method']"),
        (
            "origin",
            {"method": "guessed", "source": "", "limits": "", "design": None},
            "header.json: origin.method: 'guessed' stands there; measured or loss components",
        ),
    ],
)
def test_fields(battery, tmp_path, field, value, message):
    path = save(battery, tmp_path)
    told = json.loads(parts(path)["header.json"])["fields"]
    assert message in refusal(with_header(path, fields={**told, field: value}))


def test_header_that_is_no_json_or_not_finite_or_endless(battery, tmp_path):
    path = save(battery, tmp_path)
    contents = parts(path)
    for text, message in (
        ("{", "header.json is not JSON"),
        ("[" * 200_000, "header.json is not JSON"),
        ('{"format": NaN}', "header.json holds NaN; finite numbers are wanted"),
        (" " * 1_000_001, "header.json inflates to more than 1 MB"),
    ):
        assert message in refusal(packed(path, {**contents, "header.json": text}))


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.linspace(300, 400, 11).astype("f4"), "voltage.npy holds float32 in C order; float64 in C order is wanted"),
        (np.ones((2, 3), order="F"), "voltage.npy holds float64 in Fortran order"),
        (np.array([None] * 11), "voltage.npy holds object in C order"),
    ],
)
def test_arrays(battery, tmp_path, array, message):
    assert message in refusal(with_array(save(battery, tmp_path), "voltage.npy", array))


def test_array_that_says_more_than_it_holds(battery, tmp_path):
    path = save(battery, tmp_path)
    contents = parts(path)
    forged = io.BytesIO()
    np.lib.format.write_array_header_1_0(forged, {"descr": "<f8", "fortran_order": False, "shape": (10**15,)})
    for content, message in (
        (forged.getvalue(), "voltage.npy says shape (1000000000000000,) and holds 0 bytes"),
        (b"", "voltage.npy is no array"),
        (b"rubbish" * 9, "voltage.npy is no array"),
        (contents["voltage.npy"][:-8], "voltage.npy says shape (11,) and holds 80 bytes"),
    ):
        assert message in refusal(packed(path, {**contents, "voltage.npy": content}))


def test_bombs(battery, tmp_path, monkeypatch):
    path = save(battery, tmp_path)
    contents = parts(path)
    monkeypatch.setattr(files, "LARGEST", 100_000)
    bomb = packed(path, {**contents, "voltage.npy": b"\0" * 50_000_000})
    assert bomb.stat().st_size < 100_000
    assert "inflates to 50 MB; a map has at most 0 MB" in refusal(bomb)
    lying = bytearray(bomb.read_bytes())
    true = (50_000_000).to_bytes(4, "little")
    assert lying.count(true) == 2  # in the local header and in the directory
    path.write_bytes(lying.replace(true, (88).to_bytes(4, "little")))
    assert "is damaged" in refusal(path)
    with path.open("wb") as file:
        file.truncate(200_000)
    assert "holds 0 MB; a map has at most 0 MB" in refusal(path)


def test_missing_unknown_and_double_parts(battery, tmp_path):
    path = save(battery, tmp_path)
    contents = parts(path)
    packed(path, {name: content for name, content in contents.items() if name != "soc.npy"})
    assert "holds the parts header.json, voltage.npy" in refusal(path)
    packed(path, {**contents, "extra.npy": b""})
    assert "extra.npy; " in refusal(path)
    packed(path, contents)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("soc.npy", contents["soc.npy"])
    assert "soc.npy, soc.npy; " not in refusal(path)
    assert "soc.npy" in refusal(path)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(battery, tmp_path):
    path = save(battery, tmp_path / "map.cxmap")
    before = path.read_bytes()
    figures = {f: getattr(battery, f) for f in battery.__dataclass_fields__}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # as on a full disk: the write fails half-way
    try:
        with pytest.raises(CoaxleError, match=r"map\.cxmap: cannot be written \(File too large\)"):
            save(BatteryMap(**{**figures, "mass": 600}), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["map.cxmap"]


def test_a_place_that_takes_no_file(battery, tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "x.cxmap", tmp_path / "file", "/proc/x.cxmap"):
        with pytest.raises(CoaxleError, match="cannot be written"):
            save(battery, place)
