"""A vector of doubles, one lane an operating point, as a type that compiled code computes with.

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
"""Lanes of a vector."""
_VECTOR = ir.VectorType(ir.DoubleType(), W)
_WHOLE = ir.VectorType(ir.IntType(64), W)
_LOOSE = ("contract",)
"""A product and a sum may become one operation; no other freedom, so NaN and infinity stay what they are."""


class LanesType(types.Type):
    """Numba's type of W doubles."""

    def __init__(self) -> None:
        super().__init__(name=f"Lanes{W}")


LANES = LanesType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)  # type: ignore[no-untyped-call]


def _spot(context: Any, builder: Any, signature: Any, args: Any, width: int) -> Any:
    array = context.make_array(signature.args[0])(context, builder, args[0])
    index = context.cast(builder, args[1], signature.args[1], types.intp)
    if width > 1:
        index = builder.mul(index, ir.Constant(index.type, width))
    return cgutils.gep_inbounds(builder, array.data, index)  # type: ignore[no-untyped-call]


def _splat(builder: Any, value: Any, kind: Any = _VECTOR) -> Any:
    vector = builder.insert_element(ir.Constant(kind, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    mask = ir.Constant(ir.VectorType(ir.IntType(32), W), [0] * W)
    return builder.shuffle_vector(vector, ir.Constant(kind, ir.Undefined), mask)


@_known
def load(typing: Any, array: Any, i: Any) -> Any:
    """Return the ``i``-th vector of an array of doubles."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        spot = builder.bitcast(_spot(context, builder, signature, args, W), _VECTOR.as_pointer())
        return builder.load(spot, align=8)

    return LANES(array, i), generate


@_known
def store(typing: Any, array: Any, i: Any, vector: Any) -> Any:
    """Write ``vector`` as the ``i``-th of an array of doubles."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        spot = builder.bitcast(_spot(context, builder, signature, args, W), _VECTOR.as_pointer())
        builder.store(args[2], spot, align=8)
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
    """Return the vector of which every lane is ``value``."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _splat(builder, context.cast(builder, args[0], signature.args[0], types.float64))

    return LANES(value), generate


def _binary(name: str) -> Any:
    @_known
    def act(typing: Any, x: Any, y: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return getattr(builder, name)(args[0], args[1], flags=_LOOSE)

        return LANES(x, y), generate

    return act


def _operate(sign: Any, name: str) -> None:
    act = _binary(name)

    @overload(sign)
    def typed(x: Any, y: Any) -> Any:
        if x is not LANES or y is not LANES:
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

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR])
        name = f"llvm.sqrt.v{W}f64"
        function = cgutils.get_or_insert_function(builder.module, kind, name)  # type: ignore[no-untyped-call]
        return builder.call(function, args)

    return LANES(x), generate


@_known
def larger(typing: Any, x: Any, y: Any) -> Any:
    """Return the larger of two vectors a lane; ``y`` where ``x`` is NaN."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", args[0], args[1]), args[0], args[1])

    return LANES(x, y), generate


@_known
def smaller(typing: Any, x: Any, y: Any) -> Any:
    """Return the smaller of two vectors a lane; ``y`` where ``x`` is NaN."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered("<", args[0], args[1]), args[0], args[1])

    return LANES(x, y), generate


@_known
def whole(typing: Any, x: Any) -> Any:
    """Return each lane without its fraction, for lanes from 0 to 2^31."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        cut = builder.fptosi(args[0], ir.VectorType(ir.IntType(32), W))
        return builder.sitofp(cut, _VECTOR)

    return LANES(x), generate


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

    return LANES(array, first, k), generate
