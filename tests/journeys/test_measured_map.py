"""The way of the guide `docs/how-to/measured-maps.md`: from a bench's table to a car that drives on it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import coaxle
from coaxle.cli.main import run

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "measured-maps.md"


def test_the_guide_runs_and_its_map_drives_a_car(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = ["speed [rpm],torque [Nm],loss [W]"]
    for speed in np.linspace(0, 1500, 16):
        top = min(3800.0, 200e3 / max(speed * np.pi / 30, 1.0))
        lines += [
            f"{speed:g},{torque:.6g},{150 + 0.8 * speed + 8e-4 * torque**2:.6g}"
            for torque in np.linspace(-top, top, 21)
        ]
    Path("bench.csv").write_text("\n".join(lines) + "\n")
    code = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    exec(compile(code.group(1), str(GUIDE), "exec"), {})
    written = capsys.readouterr().out.strip()
    assert coaxle.load(Path(written)).loss[0, 0, :].min() == pytest.approx(150, abs=25)

    monkeypatch.setattr("sys.argv", ["coaxle", "new", "mine"])
    with pytest.raises(SystemExit):
        run()
    partner = Path("mine/nordhav.yaml")
    start, end = (partner.read_text().index(word) for word in ("  drive-200:\n", "batteries:"))
    entry = (
        "  drive-200:\n    kind: map\n    owner: nordhav\n    family: nordhav-drives\n"
        f"    map: ../{written}\n    source: bench\n\n"
    )
    partner.write_text(partner.read_text()[:start] + entry + partner.read_text()[end:])
    runs = coaxle.read("mine/alliance.yaml").drive("fjord", "electric").checked()
    assert 100 < runs.wall_energy[0] / 3.6 < 250
