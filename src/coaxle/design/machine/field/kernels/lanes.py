"""Vectors of 8 doubles and of 16 singles, one lane an operating point, as types that compiled code computes with.

A compiler that is left to find vectors in loops over lanes must first prove that arrays do not overlap; here the
vector is said outright: a load, a store and the four operations, which LLVM turns into whatever the processor has.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic, models, overload, register_model

_known: Any = intrinsic
W = 8
"""Doubles of a vector."""
LANES = 2 * W
"""Singles of a vector: operating points that are solved at once."""
_LOOSE = ("contract",)
"""A product and a sum may become one operation; no other freedom, so NaN and infinity stay what they are."""


class LanesType(types.Type):
    """Numba's type of a vector; ``vector`` is LLVM's."""

    def __init__(self, name: str, width: int, vector: Any) -> None:
        self.width, self.vector = width, vector
        super().__init__(name=name)


_VECTOR = ir.VectorType(ir.DoubleType(), W)
_SHORT = ir.VectorType(ir.FloatType(), LANES)
_WHOLE = ir.VectorType(ir.IntType(64), W)
DOUBLES = LanesType(f"Doubles{W}", W, _VECTOR)
SINGLES = LanesType(f"Singles{LANES}", LANES, _SHORT)


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, kind.vector)  # type: ignore[no-untyped-call]


def _kind(array: Any) -> LanesType:
    return SINGLES if array.dtype == types.float32 else DOUBLES


def _spot(context: Any, builder: Any, signature: Any, args: Any, width: int) -> Any:
    array = context.make_array(signature.args[0])(context, builder, args[0])
    index = context.cast(builder, args[1], signature.args[1], types.intp)
    if width > 1:
        index = builder.mul(index, ir.Constant(index.type, width))
    return cgutils.gep_inbounds(builder, array.data, index)  # type: ignore[no-untyped-call]


def _splat(builder: Any, value: Any, vector: Any = _VECTOR) -> Any:
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    mask = ir.Constant(ir.VectorType(ir.IntType(32), vector.count), [0] * vector.count)
    return builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), mask)


@_known
def load(typing: Any, array: Any, i: Any) -> Any:
    """Return the ``i``-th vector of an array, of doubles or singles as the array is."""
    kind = _kind(array)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        spot = _spot(context, builder, signature, args, kind.width)
        return builder.load(builder.bitcast(spot, kind.vector.as_pointer()), align=4)

    return kind(array, i), generate


@_known
def store(typing: Any, array: Any, i: Any, vector: Any) -> Any:
    """Write ``vector`` as the ``i``-th of an array."""
    kind = _kind(array)
    if vector is not kind:
        return None

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        spot = _spot(context, builder, signature, args, kind.width)
        builder.store(args[2], builder.bitcast(spot, kind.vector.as_pointer()), align=4)
        return context.get_dummy_value()

    return types.void(array, i, vector), generate


@_known
def at(typing: Any, array: Any, i: Any) -> Any:
    """Return the ``i``-th element of a flat array; ``i`` is never negative."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load(_spot(context, builder, signature, args, 1))

    return array.dtype(array, i), generate


@_known
def every(typing: Any, value: Any) -> Any:
    """Return the vector of doubles of which every lane is ``value``."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _splat(builder, context.cast(builder, args[0], signature.args[0], types.float64))

    return DOUBLES(value), generate


@_known
def like(typing: Any, array: Any, value: Any) -> Any:
    """Return the vector, of the kind that ``array`` holds, of which every lane is ``value``."""
    kind = _kind(array)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        cast = context.cast(builder, args[1], signature.args[1], array.dtype)
        return _splat(builder, cast, kind.vector)

    return kind(array, value), generate


@_known
def narrow(typing: Any, low: Any, high: Any) -> Any:
    """Return two vectors of doubles as one of singles."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        half = ir.VectorType(ir.FloatType(), W)
        mask = ir.Constant(ir.VectorType(ir.IntType(32), LANES), list(range(LANES)))
        return builder.shuffle_vector(builder.fptrunc(args[0], half), builder.fptrunc(args[1], half), mask)

    return SINGLES(low, high), generate


def _part(first: int) -> Any:
    @_known
    def act(typing: Any, vector: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            mask = ir.Constant(ir.VectorType(ir.IntType(32), W), list(range(first, first + W)))
            return builder.fpext(builder.shuffle_vector(args[0], args[0], mask), _VECTOR)

        return DOUBLES(vector), generate

    return act


low, high = _part(0), _part(W)
"""Either half of a vector of singles, as doubles."""


def _binary(name: str) -> Any:
    @_known
    def act(typing: Any, x: Any, y: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return getattr(builder, name)(args[0], args[1], flags=_LOOSE)

        return x(x, y), generate

    return act


def _operate(sign: Any, name: str) -> None:
    act = _binary(name)

    @overload(sign)
    def typed(x: Any, y: Any) -> Any:
        if x is not y or not isinstance(x, LanesType):
            return None

        def run(x: Any, y: Any) -> Any:
            return act(x, y)

        return run


for _sign, _name in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _operate(_sign, _name)


@_known
def root(typing: Any, x: Any) -> Any:
    """Return the square root of each lane."""
    suffix = "f32" if x is SINGLES else "f64"

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind, name = ir.FunctionType(x.vector, [x.vector]), f"llvm.sqrt.v{x.width}{suffix}"
        function = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
        return builder.call(function, args)

    return x(x), generate


@_known
def larger(typing: Any, x: Any, y: Any) -> Any:
    """Return the larger of two vectors a lane; ``y`` where ``x`` is NaN."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", args[0], args[1]), args[0], args[1])

    return x(x, y), generate


@_known
def smaller(typing: Any, x: Any, y: Any) -> Any:
    """Return the smaller of two vectors a lane; ``y`` where ``x`` is NaN."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered("<", args[0], args[1]), args[0], args[1])

    return x(x, y), generate


@_known
def whole(typing: Any, x: Any) -> Any:
    """Return each lane without its fraction, for lanes from 0 to 2^31."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        cut = builder.fptosi(args[0], ir.VectorType(ir.IntType(32), W))
        return builder.sitofp(cut, _VECTOR)

    return DOUBLES(x), generate


@_known
def gather(typing: Any, array: Any, first: Any, k: Any) -> Any:
    """Return ``array[first + k]`` a lane; ``k`` holds whole numbers within the array."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = _spot(context, builder, signature, args, 1)
        index = builder.sext(builder.fptosi(args[2], ir.VectorType(ir.IntType(32), W)), _WHOLE)
        found = ir.Constant(_VECTOR, ir.Undefined)
        for lane in range(W):
            number = ir.Constant(ir.IntType(32), lane)
            spot = builder.gep(start, [builder.extract_element(index, number)])
            found = builder.insert_element(found, builder.load(spot), number)
        return found

    return DOUBLES(array, first, k), generate
