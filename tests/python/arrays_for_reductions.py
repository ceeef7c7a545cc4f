"""Arrays of every layout and dtype, and functions made of expressions, for the tests of reductions."""

import functools

import numpy as np

RNG = np.random.default_rng(31)
DTYPES = [np.bool_, np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64, np.float32, np.float64]
DTYPES += [np.complex64, np.complex128]


@functools.cache
def function(parameters, expression):
    """The function of these parameters that returns the value of the expression."""
    scope = {"np": np}
    exec(f"def run({parameters}):\n    return {expression}", scope)
    return scope["run"]


def random(dtype, shape):
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return RNG.integers(0, 2, shape).astype(bool)
    if dtype.kind in "iu":
        return RNG.integers(0, 100, shape).astype(dtype)
    values = RNG.normal(size=shape) * 10.0 ** RNG.integers(-3, 4, shape)
    return (values + 1j * RNG.normal(size=shape) if dtype.kind == "c" else values).astype(dtype)


def strided(a):
    """The same elements in a part of a larger array."""
    whole = np.zeros([2 * n + 1 for n in a.shape], a.dtype)
    part = whole[tuple(slice(1, None, 2) for _ in a.shape)]
    part[...] = a
    return part


LAYOUTS = {
    "C": np.ascontiguousarray,
    "F": np.asfortranarray,
    "strided": strided,
    "reversed": lambda a: np.ascontiguousarray(a[::-1])[::-1],
    "rolled axes": lambda a: np.ascontiguousarray(np.moveaxis(a, 0, -1)).transpose(-1, *range(a.ndim - 1)),
}
SHAPES = [(7,), (5, 9), (9, 40), (3, 4, 5), (2, 3, 4, 3)]


def axes_of(ndim):
    return [None, *range(-ndim, ndim)]
