"""Whatever map is written is read back bit for bit, and the same map makes the same file."""

from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coaxle.maps import BatteryMap, EduMap, EngineMap, Fuel, Origin
from coaxle.maps.files import load, save
from coaxle.numerics.digest import digest

SIZES = st.integers(2, 6)
WORDS = st.text(max_size=20)
COSTS = st.none() | st.integers(0, 10**6) | st.floats(0, 1e9)
AMOUNTS = st.floats(0, 1e6) | st.integers(0, 10**6) | st.floats(0, 1e6).map(np.float64)


@st.composite
def origins(draw):
    return Origin(method="measured", source=draw(WORDS), limits=draw(WORDS), design=draw(st.none() | WORDS))


@st.composite
def axes(draw, low, size):
    step = draw(st.floats(1e-2, 1e3))
    return low * step + step * np.arange(size)


def figures(draw, shape, low=0.0, high=1e6):
    """Return random figures, some of them zero, subnormal or next to a bound."""
    seed = draw(st.integers(0, 2**32 - 1))
    values = np.random.default_rng(seed).uniform(low, high, shape)
    special = draw(st.sampled_from([0.0, -0.0, 5e-324, 1e-300, high]))
    values.flat[seed % values.size] = special
    return values


@st.composite
def edus(draw):
    v, s, t = draw(st.sampled_from([1, 2, 3])), draw(SIZES), draw(SIZES)
    speed, torque = draw(axes(0, s)), draw(axes(-(t // 2), t))
    loss = figures(draw, (v, s, t))
    top = figures(draw, (v, s), 0.0, max(float(torque[-1]), 0.0))
    bottom = -figures(draw, (v, s), 0.0, max(-float(torque[0]), 0.0))
    outside = (torque > top[:, :, None]) | (torque < bottom[:, :, None])
    margin = 2e-6 * (torque[-1] - torque[0])
    far = (torque > top[:, :, None] + margin) | (torque < bottom[:, :, None] - margin)
    loss[far & outside] = draw(st.sampled_from([np.nan, 7.0]))
    return EduMap(
        name=draw(WORDS),
        voltage=draw(axes(1, v)),
        speed=speed,
        torque=torque,
        loss=loss,
        torque_max=top,
        torque_min=bottom,
        torque_continuous=0.5 * top,
        mass=draw(AMOUNTS),
        inertia=draw(AMOUNTS),
        cost=draw(COSTS),
        origin=draw(origins()),
    )


@st.composite
def engines(draw):
    s, t = draw(SIZES), draw(SIZES)
    speed, torque = draw(axes(1, s)), draw(axes(0, t))
    top = figures(draw, (s,), 1e-3, float(torque[-1])).clip(1e-3)
    fuel = figures(draw, (s, t), 0, 1e-2)
    fuel[torque[None, :] > top[:, None] + 2e-6 * torque[-1]] = np.nan
    return EngineMap(
        name=draw(WORDS),
        fuel_kind=Fuel(kind="petrol", heating_value=43e6, density=740, co2=3.1, source=draw(WORDS)),
        speed=speed,
        torque=torque,
        fuel=fuel,
        torque_max=top,
        torque_drag=-figures(draw, (s,)),
        idle_speed=float(speed[0]),
        displacement=draw(AMOUNTS),
        cold_friction=1.0 + draw(AMOUNTS),
        warm_up_energy=1.0 + draw(AMOUNTS),
        inertia=draw(AMOUNTS),
        mass=draw(AMOUNTS),
        cost=draw(COSTS),
        origin=draw(origins()),
    )


@st.composite
def batteries(draw):
    k = draw(SIZES)
    return BatteryMap(
        name=draw(WORDS),
        soc=np.linspace(0, 1, k),
        voltage=np.sort(figures(draw, (k,), 1.0)).clip(1.0),
        resistance=figures(draw, (k,), 1e-6, 1.0).clip(1e-6),
        power_max=figures(draw, (k,)),
        power_min=-figures(draw, (k,)),
        charge=1.0 + draw(AMOUNTS),
        soc_max=draw(st.floats(0.5, 1.0)),
        soc_min=draw(st.floats(0.0, 0.49)),
        mass=draw(AMOUNTS),
        cost=draw(COSTS),
        origin=draw(origins()),
    )


def same(a, b):
    """Return whether two maps are equal bit for bit, NaN and the sign of zero included."""
    for field in fields(a):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if isinstance(x, np.ndarray):
            if x.dtype != y.dtype or x.shape != y.shape or x.tobytes() != y.tobytes() or y.flags.writeable:
                return False
        elif x != y or type(x) is not type(y):
            return False
    return type(a) is type(b)


@settings(max_examples=120, deadline=None)
@given(made=edus() | engines() | batteries())
def test_a_map_is_read_back_bit_for_bit(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    path = save(made, folder)
    again = load(path)
    assert same(made, again)
    assert digest(again) == digest(made)
    assert digest(made)[:12] in path.name
    assert [p.name for p in folder.iterdir()] == [path.name]
    assert path.read_bytes() == save(again, folder / "second.cxmap").read_bytes()
