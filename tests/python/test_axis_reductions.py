"""np.sum(a, axis, dtype, out, keepdims, initial, where) and the like, functions and methods: NumPy's values to the bit, dtypes, shapes and
errors, whatever the layout."""

import itertools

import numpy as np
import pytest
from arrays_for_reductions import DTYPES, LAYOUTS, RNG, SHAPES, axes_of, function, random
from numpy_versions import since
from oracle import compare, jitted

NEWEST_ORDER = since("2.1", "sums are added in another order")
NAMES = ["sum", "prod", "min", "max", "any", "all"]


def ulp_of(name, dtype):
    """NumPy multiplies rows of complex numbers with fused multiply-adds: each of a few factors may differ in the last place."""
    return 40 if name == "prod" and np.dtype(dtype).kind == "c" else 0


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_every_axis(name, dtype, layout):
    function_of_axis = function("a, axis", f"np.{name}(a, axis=axis)")
    method_keeping = function("a, axis", f"a.{name}(axis, keepdims=True)")
    for shape in SHAPES:
        a = LAYOUTS[layout](random(dtype, shape))
        for axis in axes_of(a.ndim):
            compare(function_of_axis, a, axis, ulp=ulp_of(name, dtype))
        compare(method_keeping, a, -1, ulp=ulp_of(name, dtype))
        compare(method_keeping, a, None, ulp=ulp_of(name, dtype))


@pytest.mark.parametrize("axis", [-3, -2, -1, 0, 1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_axes_that_are_known(name, axis):
    a = random(np.float64, (4, 5, 6))
    compare(function("a", f"np.{name}(a, {axis})"), a)
    compare(function("a", f"a.{name}(axis={axis}, keepdims=True)"), a)


TUPLES = [(), (0,), (-1,), (0, 1), (1, 0), (0, 2), (-1, 0), (1, 2), (2, 1, 0), (0, -2, -1)]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("axis", TUPLES, ids=str)
@pytest.mark.parametrize("name", ["sum", "max", "all"])
def test_several_axes(name, axis, layout):
    for dtype in (np.float32, np.int16):
        a = LAYOUTS[layout](random(dtype, (4, 5, 6)))
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis)
        compare(function("a", f"np.{name}(a, axis={axis}, keepdims=True)"), a)


@NEWEST_ORDER
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex64, np.complex128], ids=lambda d: d.__name__)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_bits_of_long_sums(layout, dtype):
    """Long enough for the pairwise tree, and for the buffers of NumPy's iterator."""
    add = function("a, axis", "np.sum(a, axis=axis)")
    for shape in [(3, 1000), (1000, 3), (20, 30, 40), (9000, 2), (2, 9000), (5, 100, 100)]:
        a = LAYOUTS[layout](random(dtype, shape))
        for axis in axes_of(a.ndim):
            compare(add, a, axis)
        for axis in itertools.combinations(range(a.ndim), 2):
            compare(add, a, axis)


DTYPE_PAIRS = [(np.int32, np.float64), (np.float32, np.float64), (np.float64, np.float32), (np.int64, np.int8), (np.uint8, np.uint8)]
DTYPE_PAIRS += [(np.float64, np.complex128), (np.complex128, np.complex64), (np.bool_, np.float32), (np.float64, np.bool_), (np.bool_, np.bool_)]


def reduced_as(name, target):
    return function("a, axis", f"np.{name}(a, axis=axis, dtype=np.{target.__name__.replace('bool', 'bool_').replace('__', '_')})")


@pytest.mark.parametrize("pair", DTYPE_PAIRS, ids=lambda p: f"{p[0].__name__} as {p[1].__name__}")
@pytest.mark.parametrize("name", ["sum", "prod"])
def test_dtype(name, pair):
    source, target = pair
    run = reduced_as(name, target)
    for shape in [(5,), (3, 4)]:
        for layout in ("C", "F", "strided"):
            a = LAYOUTS[layout](random(source, shape))
            for axis in axes_of(a.ndim):
                compare(run, a, axis, ulp=ulp_of(name, target))


@NEWEST_ORDER
@pytest.mark.parametrize("pair", DTYPE_PAIRS, ids=lambda p: f"{p[0].__name__} as {p[1].__name__}")
def test_dtype_of_long_sums(pair):
    source, target = pair
    run = reduced_as("sum", target)
    for shape in [(20000,), (2, 9000), (9000, 2)]:
        for layout in ("C", "F", "strided"):
            a = LAYOUTS[layout](random(source, shape))
            for axis in axes_of(a.ndim):
                compare(run, a, axis)


@pytest.mark.parametrize("name", NAMES)
def test_out(name):
    run = function("a, out", f"np.{name}(a, 1, out=out)")
    compare(function("a, out", f"a.{name}(axis=(0, 1), keepdims=True, out=out)"), random(np.float64, (3, 4)), np.zeros((1, 1)))
    for dtype in (np.float64, np.int64):
        a = random(dtype, (3, 4))
        compare(run, a, np.zeros(3, bool if name in ("any", "all") else dtype))
        compare(run, a, np.zeros(6)[::2])
    compare(run, random(np.float64, (3, 4)), np.zeros(5), text=False)
    compare(run, random(np.float64, (3, 4)), np.zeros((3, 1)))


def test_the_result_is_out():
    def run(a, out):
        return np.sum(a, axis=0, out=out)

    out = np.zeros(4)
    assert jitted(run)(np.ones((3, 4)), out) is out


def test_out_may_be_a_part_of_what_is_reduced():
    def run(a):
        np.sum(a, axis=0, out=a[1])
        return a

    compare(run, random(np.float64, (5, 4)))


@pytest.mark.parametrize("dtype", [np.int32, np.float64], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", ["sum", "prod", "min", "max"])
def test_initial(name, dtype):
    a = random(dtype, (4, 5))
    for axis in (None, 0, 1, (0, 1)):
        compare(function("a, axis, initial", f"np.{name}(a, axis=axis, initial=initial)"), a, axis, 7)
    compare(function("a", f"np.{name}(a, initial=3)"), a[:0])
    compare(function("a", f"a.{name}(axis=0, initial=3, keepdims=True)"), a[:0])


MASKS = {
    "same shape": lambda a: RNG.random(a.shape) < 0.6,
    "last axis": lambda a: RNG.random(a.shape[-1]) < 0.6,
    "first axis": lambda a: RNG.random((a.shape[0],) + (1,) * (a.ndim - 1)) < 0.6,
    "none": lambda a: np.zeros(a.shape, bool),
    "one": lambda a: np.array(True),
}


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("name", NAMES)
def test_where(name, mask):
    extra = ", initial=1" if name in ("min", "max") else ""
    run = function("a, axis, where", f"np.{name}(a, axis=axis, where=where{extra})")
    for shape in [(50,), (6, 300), (300, 6), (3, 4, 5)]:
        for layout in LAYOUTS:
            a = LAYOUTS[layout](random(np.float64, shape))
            for axis in axes_of(a.ndim):
                compare(run, a, axis, MASKS[mask](a))
    for flag in (True, False):
        compare(run, random(np.float64, (3, 4)), 0, flag)


def test_where_without_initial():
    for name in ("min", "max"):
        compare(function("a, where", f"np.{name}(a, axis=0, where=where)"), np.ones((3, 4)), np.ones((3, 4), bool))
        compare(function("a", f"np.{name}(a, axis=0, where=True)"), np.ones((3, 4)))


def test_where_of_another_shape():
    compare(function("a, where", "np.sum(a, axis=0, where=where)"), np.ones((3, 4)), np.ones((3, 3), bool), text=False)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (0, 0), (2, 0, 3)], ids=str)
@pytest.mark.parametrize("name", NAMES)
def test_nothing(name, shape):
    for dtype in (np.float64, np.int8, np.bool_):
        for axis in [*axes_of(len(shape)), tuple(range(len(shape)))]:
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.zeros(shape, dtype), axis)


@pytest.mark.parametrize("axis", [2, -3, 7, (0, 2), (0, 0), (1, -1), (0, 1, 1)], ids=str)
@pytest.mark.parametrize("name", ["sum", "min", "any"])
def test_axes_that_are_wrong(name, axis):
    compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.ones((2, 3)), axis)
    compare(function("a", f"np.{name}(a, axis={axis})"), np.ones((2, 3)))


def test_an_axis_error_is_caught_as_what_it_is():
    def as_value_error(a, axis):
        try:
            return np.sum(a, axis=axis)[0]
        except ValueError:
            return -1.0

    def as_index_error(a, axis):
        try:
            return np.sum(a, axis=axis)[0]
        except IndexError:
            return -2.0

    for axis in (0, 5):
        compare(as_value_error, np.ones((2, 3)), axis)
        compare(as_index_error, np.ones((2, 3)), axis)
    with pytest.raises(np.exceptions.AxisError):
        jitted(function("a, axis", "np.sum(a, axis=axis)"))(np.ones(3), 1)


def test_numbers_without_axes():
    for name in NAMES:
        for axis in (None, 0, -1, 1, ()):
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.array(2.5), axis)


@pytest.mark.parametrize("name", ["min", "max"])
def test_nan_is_the_extreme_along_its_axis(name):
    a = random(np.float64, (5, 40))
    a[2, 7] = a[4, 39] = np.nan
    for axis in (0, 1):
        for layout in LAYOUTS:
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), LAYOUTS[layout](a), axis)


def test_expressions_are_reduced():
    def run(a, b):
        return np.sum(a * b, axis=0), (a - b).max(axis=1), np.any(a > b, axis=(0, 1)), np.all(a > b, axis=0)

    compare(run, random(np.float64, (30, 40)), random(np.float64, 40))
    compare(run, random(np.float32, (30, 40)), random(np.float32, (30, 1)))


def test_parallel_has_the_same_bits():
    def run(a):
        return np.sum(a, axis=0), np.sum(a, axis=1), np.max(a, axis=0)

    compare(run, random(np.float64, (700, 900)), parallel=True)


def test_numbers():
    for name in NAMES:
        for x in (3, 2.5, True, -1):
            compare(function("x", f"np.{name}(x)"), x)
