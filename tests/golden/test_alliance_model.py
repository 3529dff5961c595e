"""The planner's programme for a tiny alliance, each kind of column and row in it, as text.

Written anew by ``python tests/golden/test_alliance_model.py``; read the difference before keeping it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from alliance_cases import two_cars
from coaxle.alliance.model import build
from coaxle.alliance.scope import scope_of
from coaxle.alliance.text import lp_text

FILE = Path(__file__).parent / "alliance_model.lp"


def test_the_programme_is_the_one_on_file():
    assert lp_text(build(scope_of(*two_cars()))) == FILE.read_text()


def test_every_kind_stands_in_it():
    model = build(scope_of(*two_cars()))
    assert {key[0] for key in model.columns} == {"take", "develop", "open", "make", "exceed"}
    assert {key[0] for key in model.rows} == {"choose", "develop", "supply", "capacity", "target"}


if __name__ == "__main__":
    FILE.write_text(lp_text(build(scope_of(*two_cars()))))
