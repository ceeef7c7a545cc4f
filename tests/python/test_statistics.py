"""mean, var, std, ptp, average, count_nonzero of arrays and along axes, with NumPy's parameters."""

import numpy as np
import pytest
from arrays_for_reductions import DTYPES, LAYOUTS, RNG, SHAPES, axes_of, function, random
from oracle import compare, jitted

KEPT = {"C", "F", "strided", "reversed"}  # layouts in which NumPy's temporaries lie as ours do


def ulp_of(name, layout):
    """NumPy's arrays of distances have the order of the axes in memory, so that sums of them have another one."""
    return 0 if name == "mean" or layout in KEPT else 8


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", ["mean", "var", "std"])
def test_every_axis(name, dtype, layout):
    for shape in SHAPES:
        a = LAYOUTS[layout](random(dtype, shape))
        for axis in axes_of(a.ndim):
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis, ulp=ulp_of(name, layout))
        compare(function("a", f"a.{name}(-1, keepdims=True)"), a, ulp=ulp_of(name, layout))
        compare(function("a", f"a.{name}(keepdims=True)"), a, ulp=ulp_of(name, layout))


@pytest.mark.parametrize("axis", [(), (0,), (0, 1), (-1, 0), (2, 1, 0)], ids=str)
@pytest.mark.parametrize("name", ["mean", "var", "std"])
def test_several_axes(name, axis):
    for dtype in (np.float32, np.int16):
        for layout in KEPT:
            a = LAYOUTS[layout](random(dtype, (4, 5, 6)))
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis)
            compare(function("a", f"np.{name}(a, axis={axis}, keepdims=True)"), a)


@pytest.mark.parametrize("name", ["mean", "var", "std"])
def test_dtype_and_out(name):
    for source, target in [(np.float32, "float64"), (np.int32, "float32"), (np.float64, "float32"), (np.float32, "complex128")]:
        run = function("a, axis", f"np.{name}(a, axis=axis, dtype=np.{target})")
        for axis in (None, 0, 1):
            compare(run, random(source, (30, 40)), axis)
    run = function("a, out", f"np.{name}(a, axis=1, out=out)")
    compare(run, random(np.float64, (3, 4)), np.zeros(3))
    compare(run, random(np.float64, (3, 4)), np.zeros(4), text=False)
    compare(run, random(np.float64, (3, 4)), np.zeros((3, 1)), text=False)


@pytest.mark.parametrize("name", ["mean", "var", "std"])
def test_where(name):
    run = function("a, axis, where", f"np.{name}(a, axis=axis, where=where)")
    for shape in [(50,), (6, 300), (300, 6)]:
        a = random(np.float64, shape)
        for mask in (RNG.random(a.shape) < 0.6, RNG.random(a.shape[-1]) < 0.6, np.zeros(a.shape, bool)):
            for axis in axes_of(a.ndim):
                compare(run, a, axis, mask)


@pytest.mark.parametrize("name", ["var", "std"])
def test_degrees_of_freedom(name):
    for n in (1, 2, 10):
        for ddof in (0, 1, 2, 0.5):
            compare(function("a, ddof", f"np.{name}(a, ddof=ddof)"), random(np.float64, n), ddof)
            compare(function("a, ddof", f"a.{name}(axis=0, ddof=ddof)"), random(np.float32, (n, 3)), ddof)
    compare(function("a", f"np.{name}(a, axis=0, correction=1)"), random(np.float64, (4, 3)))
    compare(function("a", f"np.{name}(a, correction=1, ddof=1)"), random(np.float64, (4, 3)))


def test_a_mean_that_is_known():
    run = function("a", "np.var(a, axis=1, mean=np.mean(a, axis=1, keepdims=True)), np.std(a, axis=0, mean=a[:1])")
    compare(run, random(np.float64, (4, 30)))


@pytest.mark.parametrize("name", ["mean", "var", "std"])
def test_nothing_is_nan(name):
    for shape in [(0,), (0, 3), (3, 0)]:
        for dtype in (np.float64, np.float32, np.int64):
            for axis in axes_of(len(shape)):
                compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.zeros(shape, dtype), axis)


@pytest.mark.parametrize("name", ["mean", "var", "ptp", "average", "count_nonzero"])
def test_axes_that_are_wrong(name):
    for axis in (2, -3):
        words = f"axis {axis} is out of bounds for array of dimension 2"
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.ones((2, 3)), axis, text=words)
        compare(function("a", f"np.{name}(a, axis={axis})"), np.ones((2, 3)), text=words)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.float32, np.float64], ids=lambda d: d.__name__)
def test_ptp(dtype):
    a = random(dtype, (4, 5))
    for axis in (None, 0, -1, (0, 1)):
        compare(function("a, axis", "np.ptp(a, axis=axis)"), a, axis)
        compare(function("a, axis", "np.ptp(a, axis=axis, keepdims=True)"), a, axis)
    compare(function("a, out", "np.ptp(a, 0, out)"), a, np.zeros(5, dtype))
    compare(function("a", "np.ptp(a)"), a[:0], text="zero-size array")


@pytest.mark.parametrize("dtype", [np.bool_, np.int32, np.float64, np.complex128], ids=lambda d: d.__name__)
def test_count_nonzero(dtype):
    a = random(dtype, (4, 5))
    a[a == 1] = 0
    for axis in (None, 0, -1, (0, 1)):
        compare(function("a, axis", "np.count_nonzero(a, axis=axis)"), a, axis)
        compare(function("a", "np.count_nonzero(a, axis=0, keepdims=True)"), a)


@pytest.mark.parametrize("dtype", [np.bool_, np.int32, np.float32, np.float64, np.complex64], ids=lambda d: d.__name__)
def test_average(dtype):
    a = random(dtype, (4, 5))
    weights = random(np.float64, 5) ** 2
    for axis in (None, 0, 1, -1, (0, 1)):
        compare(function("a, axis", "np.average(a, axis)"), a, axis)
        compare(function("a, axis", "np.average(a, axis, returned=True)"), a, axis)
        compare(function("a, axis, weights", "np.average(a, axis, weights, keepdims=True)"), a, axis, random(np.float64, (4, 5)) ** 2)
    compare(function("a, weights", "np.average(a, 1, weights)"), a, weights)
    compare(function("a, weights", "np.average(a, -1, weights, returned=True)"), a, weights)
    compare(function("a, weights", "np.average(a, axis=0, weights=weights, keepdims=True)"), a, weights[:4])
    compare(function("a, weights", "np.average(a, weights=weights, returned=True)"), a[0], weights)


def test_average_with_wrong_weights():
    a = random(np.float64, (4, 5))
    compare(function("a, weights", "np.average(a, 1, weights)"), a, np.zeros(5))
    compare(function("a, weights", "np.average(a, 1, weights)"), a, np.ones(4))
    compare(function("a, weights", "np.average(a, weights=weights)"), a, np.ones(4))


def test_statistics_of_expressions():
    def run(a, b):
        return np.mean(a * b, axis=0), np.std(a - b, axis=1), np.var(a + b), (a > b).mean(axis=0)

    compare(run, random(np.float64, (30, 40)), random(np.float64, 40))


def test_the_result_is_out():
    def run(a, out):
        return np.mean(a, axis=0, out=out)

    out = np.zeros(4)
    assert jitted(run)(np.ones((3, 4)), out) is out
