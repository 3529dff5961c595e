"""Names of materials: found, refused with the nearest, and cheap to ask for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coaxle.errors import InputError
from coaxle.materials import KINDS, check_name, conductor, coolant, kind_of, magnet, names, oil, solid, steel

MAKERS = {
    "steel": steel,
    "magnet": magnet,
    "conductor": conductor,
    "oil": oil,
    "coolant": coolant,
    "solid": solid,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_is_a_record_with_its_source(kind) -> None:
    for name in names(kind):
        made = MAKERS[kind](name)
        assert made.name == name
        assert len(made.source) > 20
        assert kind_of(name) == kind


def test_no_name_stands_for_two_materials() -> None:
    assert len(set(names())) == len(names()) == sum(len(names(kind)) for kind in KINDS)


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (steel, "m270_35a", "'m270_35a' is no steel; did you mean 'M270-35A'?"),
        (magnet, "N42-UH", "did you mean 'N42UH'?"),
        (conductor, "gold", "'gold' is no conductor; known: copper"),
        (oil, "pao-320", "is no oil; did you mean 'pao-32'?"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(make, name: str, said: str) -> None:
    with pytest.raises(InputError, match="materials: ") as refused:
        make(name)
    assert said in str(refused.value)


def test_a_check_tells_and_raises_nothing() -> None:
    assert check_name("M270-35A", "steel") is None
    assert check_name("N42UH", "steel") is not None
    with pytest.raises(InputError, match="is not known"):
        kind_of("unobtainium")


def test_a_coolant_is_not_asked_beyond_its_table() -> None:
    with pytest.raises(InputError, match="its table holds -30 to 100 degC"):
        coolant("water-glycol-50").density(400.0)


def test_names_need_no_arrays() -> None:
    code = (
        "import sys, coaxle.materials as m; m.check_name('M27', 'steel'); m.names();"
        "m.magnet('N42UH').remanence(353.15);"
        "assert not {'numpy', 'numba', 'scipy'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
