"""A user's cycle from CSV and Excel: what is read, and what is refused with file and line."""

import datetime
import zipfile

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.cycles.read import read_cycle
from coaxle.errors import CycleError
from coaxle.numerics import sheet as sheets


def written(folder, text, name="trip.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(path, **how):
    with pytest.raises(CycleError) as caught:
        read_cycle(path, **how)
    return str(caught.value).replace(str(path), path.name)


def test_units_grade_comments_and_blank_lines(tmp_path):
    path = written(tmp_path, "# a hill\n\ntime [min], Speed [mph], grade [%]\n0,0,0\n\n0.5,10,2.5\n1,0,-2.5\n")
    cycle = read_cycle(path)
    assert cycle.name == "trip"
    assert cycle.source == "trip.csv"
    assert cycle.time == pytest.approx([0, 30, 60])
    assert cycle.speed == pytest.approx([0, 4.4704, 0])
    assert cycle.grade == pytest.approx([0, 0.025, -0.025])
    assert cycle.phases == ("whole",)
    assert list(cycle.borders) == [0, 60]


def test_without_grade_the_road_is_level_and_name_and_source_can_be_given(tmp_path):
    cycle = read_cycle(written(tmp_path, "time [s],speed [m/s]\n0,0\n1,1\n"), name="mine", source="logger 7")
    assert not cycle.grade.any()
    assert (cycle.name, cycle.source) == ("mine", "logger 7")


@pytest.mark.parametrize(
    "text",
    [
        "time [s];speed [km/h]\n0;0\n1,5;3,6\n",
        "time [s]\tspeed [km/h]\n0\t0\n1.5\t3.6\n",
        "speed [km/h],time [s]\r\n0,0\r\n3.6,1.5",
    ],
)
def test_delimiters_decimal_commas_and_column_order(tmp_path, text):
    cycle = read_cycle(written(tmp_path, "\ufeff" + text))
    assert cycle.time == pytest.approx([0, 1.5])
    assert cycle.speed == pytest.approx([0, 1.0])


def test_phases_begin_where_the_name_changes(tmp_path):
    rows = "0,0,city\n1,5,city\n2,5,motorway\n3,9,motorway\n4,0,motorway\n"
    cycle = read_cycle(written(tmp_path, "time [s],speed [m/s],phase\n" + rows))
    assert cycle.phases == ("city", "motorway")
    assert list(cycle.borders) == [0, 2, 4]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("time [s],speed [km/h]\n0,0\n2,5\n1,5\n", "trip.csv:4: time: 1 s comes after 2 s; time only rises"),
        ("time [s],speed [km/h]\n0,0\n0,5\n", "trip.csv:3: time: 0 s comes after 0 s; time only rises"),
        ("time [s],speed [km/h]\n0,0\n1,nan\n", "trip.csv:3: speed: 'nan' stands there; a number is wanted"),
        ("time [s],speed [km/h]\n0,0\n1,inf\n", "trip.csv:3: speed: 'inf' stands there; a number is wanted"),
        ("time [s],speed [km/h]\n0,0\n1,1e999\n", "trip.csv:3: speed: '1e999' stands there; a number is wanted"),
        ("time [s],speed [km/h]\n0,0\n1,1_0\n", "trip.csv:3: speed: '1_0' stands there; a number is wanted"),
        ("time [s],speed [km/h]\n0,0\n1,\n", "trip.csv:3: speed: nothing stands there; a number is wanted"),
        ("time [s],speed [km/h]\n0,0\n1,-3\n", "trip.csv:3: speed: -3 km/h; a speed is not negative"),
        ("time [s];speed [km/h]\n0;0\n1;1.234,5\n", "trip.csv:3: speed: '1.234,5' stands there; a number is wanted"),
        ("time [s],speed [km/h]\n0,0\n1,2,3\n", "trip.csv:3: holds 3 cells; the first row holds 2"),
        (
            "time [s],speed\n0,0\n1,2\n",
            "trip.csv:1: heading 'speed' names no unit in brackets; speed is written in km/h",
        ),
        ("time [s],speed [kg]\n0,0\n1,2\n", "trip.csv:1: heading 'speed': '1 kg' is mass; speed is written in km/h"),
        ("time [s],speed [kmh]\n0,0\n1,2\n", "trip.csv:1: heading 'speed': '1 kmh': 'kmh' is no unit; speed"),
        ("time [s]\n0\n1\n", "trip.csv:1: no heading 'speed'; 'speed [unit]' is wanted"),
        ("time [s],sped [km/h]\n0,0\n", "trip.csv:1: heading 'sped [km/h]' is not known; did you mean 'speed'?"),
        (
            "time [s],xx [km/h]\n0,0\n",
            "trip.csv:1: heading 'xx [km/h]' is not known; known are time, speed, grade, phase",
        ),
        ("time [s],time [s]\n0,0\n", "trip.csv:1: heading 'time' stands there twice; once is wanted"),
        ("0,0\n1,1\n", "trip.csv:1: heading '0' is not known; known are time, speed, grade, phase"),
        ("time [s],speed [km/h]\n", "trip.csv: holds headings and no rows"),
        ("time [s],speed [km/h]\n0,0\n", "trip.csv: holds one point; a cycle has at least two"),
        ("", "trip.csv: holds no rows"),
        ("# nothing\n\n", "trip.csv: holds no rows"),
        (
            "time [s],speed [km/h],phase\n0,0,a\n1,1,\n2,1,a\n",
            "trip.csv:3: phase: nothing stands there; the phase's name",
        ),
        ("time [s],speed [km/h],phase\n0,0,a\n1,1,b\n", "trip.csv:3: phase 'b' begins with the last point"),
        ("time [s],speed [km/h],phase\n0,0,a\n1,1,b\n2,1,a\n3,1,a\n", "trip.csv:2: phase 'a' comes more than once"),
        (b"\x89PNG\r\n\0\0\0", "trip.csv: holds binary data; text or an .xlsx workbook is wanted"),
        (b"time [s],speed [km/h]\n0,0\n1,\xfc\n", "trip.csv:3: byte 0xfc is not UTF-8; text in UTF-8 is wanted"),
        ('time [s],speed [km/h]\n0,"0\n1,1\n', "trip.csv:3: unexpected end of data"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path, text, message):
    assert refusal(written(tmp_path, text)).startswith(message)


def test_missing_file_folder_and_huge_file(tmp_path, monkeypatch):
    assert refusal(tmp_path / "no.csv") == "no.csv: cannot be read: No such file or directory"
    assert "is a folder; a table is wanted" in refusal(tmp_path)
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(70_000_000)  # sparse: takes no room
    assert refusal(path) == "huge.csv: holds 70 MB; a table has at most 64 MB"


def workbook(path, rows, title="Sheet", more=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    book.save(path)
    return path


def test_excel_sheet(tmp_path):
    rows = [["# trip"], ["time [s]", "speed [km/h]", "grade [%]"], [], [0, 0, 0], [1.5, 36, 4]]
    path = workbook(tmp_path / "trip.xlsx", rows)
    cycle = read_cycle(path)
    assert cycle.time == pytest.approx([0, 1.5])
    assert cycle.speed == pytest.approx([0, 10])
    assert cycle.grade == pytest.approx([0, 0.04])


def test_excel_with_several_sheets_asks_which(tmp_path):
    path = workbook(tmp_path / "trip.xlsx", [["time [s]", "speed [m/s]"], [0, 0], [1, 1]], "a", ["b"])
    assert read_cycle(path, sheet="a").duration == 1
    assert refusal(path) == "trip.xlsx: holds the sheets a, b; say which"
    assert refusal(path, sheet="c") == "trip.xlsx: has no sheet 'c'; there are a, b"
    assert refusal(path, sheet="b") == "trip.xlsx[b]: holds no rows"


@pytest.mark.parametrize("cell", ["=1/0", True, datetime.date(2024, 1, 1), None, "fast"])
def test_excel_cells_that_are_no_numbers(tmp_path, cell):
    path = workbook(tmp_path / "trip.xlsx", [["time [s]", "speed [m/s]"], [0, 0], [1, cell]])
    message = refusal(path)
    assert message.startswith("trip.xlsx[Sheet]:3: speed: ")
    assert message.endswith(" stands there; a number is wanted")


def test_excel_damaged_foreign_or_stretched(tmp_path):
    path = workbook(tmp_path / "trip.xlsx", [["time [s]", "speed [m/s]"], [0, 0], [1, 1]])
    whole = path.read_bytes()
    for content in (b"", b"PK\3\4rubbish", whole[: len(whole) // 2], b"time [s],speed [m/s]\n0,0\n1,1\n"):
        assert refusal(written(tmp_path, content, "broken.xlsx")).startswith("broken.xlsx: is no workbook that can be")
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert refusal(tmp_path / "other.xlsx").startswith("other.xlsx: is no workbook that can be read: ")
    book = openpyxl.load_workbook(path)
    book.active["XFD1048576"] = 1  # one cell in the far corner would ask for 550 GB
    book.save(path)
    assert "a sheet reaches to row 1048576 and column 16384; at most 20000000 cells" in refusal(path)


def test_excel_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_FILE", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    assert refusal(tmp_path / "bomb.xlsx") == "bomb.xlsx: inflates to more than 4 MB"


@settings(max_examples=50, deadline=None)
@given(
    steps=st.lists(st.floats(1e-3, 1e3), min_size=2, max_size=20),
    speeds=st.lists(st.floats(0, 100), min_size=20, max_size=20),
)
def test_what_is_written_is_read_back_bit_for_bit(tmp_path_factory, steps, speeds):
    times = np.cumsum(steps)
    rows = "".join(f"{t!r},{v!r}\n" for t, v in zip(map(float, times), speeds, strict=False))
    path = written(tmp_path_factory.mktemp("cycle"), "time [s],speed [m/s]\n" + rows)
    cycle = read_cycle(path)
    assert np.array_equal(cycle.time, times)
    assert np.array_equal(cycle.speed, speeds[: times.size])
