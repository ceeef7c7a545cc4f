"""np.cumsum, np.cumprod, np.argmin, np.argmax, functions and methods, along axes and through whole arrays."""

import numpy as np
import pytest
from arrays_for_reductions import DTYPES, LAYOUTS, SHAPES, axes_of, function, random
from oracle import compare, jitted


def ulp_of(name, dtype):
    """NumPy multiplies rows of complex numbers with fused multiply-adds."""
    return 40 if name == "cumprod" and np.dtype(dtype).kind == "c" else 0


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", ["cumsum", "cumprod"])
def test_running(name, dtype, layout):
    for shape in SHAPES:
        a = LAYOUTS[layout](random(dtype, shape))
        for axis in axes_of(a.ndim):
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis, ulp=ulp_of(name, dtype))
        compare(function("a", f"a.{name}()"), a, ulp=ulp_of(name, dtype))
        compare(function("a", f"a.{name}(-1)"), a, ulp=ulp_of(name, dtype))


@pytest.mark.parametrize("name", ["cumsum", "cumprod"])
def test_running_with_dtype_and_out(name):
    a = random(np.int16, (4, 5))
    compare(function("a", f"np.{name}(a, 0, np.float64)"), a)
    compare(function("a", f"np.{name}(a, axis=1, dtype=np.int16)"), a)
    compare(function("a", f"a.{name}(dtype=np.uint8)"), a)
    compare(function("a, out", f"np.{name}(a, 1, out=out)"), a, np.zeros((4, 5)))
    compare(function("a, out", f"a.{name}(out=out)"), a, np.zeros(20, np.int64))
    compare(function("a, out", f"np.{name}(a, 1, out=out)"), a, np.zeros((4, 4)), text=False)

    def running(a, out):
        return np.cumsum(a, out=out)

    out = np.zeros(20)
    assert jitted(running)(random(np.float64, (4, 5)), out) is out


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (3, 0), (1, 1)], ids=str)
def test_running_of_few(shape):
    for axis in axes_of(len(shape)) + ([0, -1] if not shape else []):
        compare(function("a, axis", "np.cumsum(a, axis=axis)"), np.ones(shape), axis)


@pytest.mark.parametrize("name", ["cumsum", "cumprod", "argmin", "argmax"])
def test_axes_that_are_wrong(name):
    for axis in (2, -3):
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.ones((2, 3)), axis)


def test_expressions_run():
    compare(function("a, b", "np.cumsum(a * b - 1, axis=0), np.cumprod(a + b)"), random(np.float64, (6, 7)), random(np.float64, 7))


def with_ties(dtype, shape):
    a = random(dtype, shape)
    return a if a.dtype.kind == "b" else (np.round(a.real) % 4).astype(dtype)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", ["argmin", "argmax"])
def test_places_of_extremes(name, dtype, layout):
    for shape in SHAPES:
        for make in (random, with_ties):
            a = LAYOUTS[layout](make(dtype, shape))
            for axis in axes_of(a.ndim):
                compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis)
            compare(function("a", f"a.{name}(-1, keepdims=True)"), a)
            compare(function("a", f"a.{name}(keepdims=True)"), a)


@pytest.mark.parametrize("dtype", [np.int32, np.float32, np.float64], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", ["argmin", "argmax"])
def test_places_in_long_arrays(name, dtype):
    run = function("a", f"np.{name}(a)")
    for n in (1, 15, 16, 17, 2047, 2048, 2049, 10007):
        a = random(dtype, n)
        compare(run, a)
        compare(run, np.sort(a))
        compare(run, np.sort(a)[::-1])
        compare(run, np.zeros(n, dtype))


@pytest.mark.parametrize("where", [0, 5, 2047, 2048, 4999])
@pytest.mark.parametrize("name", ["argmin", "argmax"])
def test_the_first_nan_is_the_extreme(name, where):
    for dtype in (np.float32, np.float64, np.complex128):
        a = random(dtype, 5000)
        a[where] = a[-1] = np.nan
        compare(function("a", f"np.{name}(a)"), a)
        compare(function("a", f"np.{name}(a, axis=1)"), a.reshape(50, 100))


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), ()], ids=str)
@pytest.mark.parametrize("name", ["argmin", "argmax"])
def test_places_in_nothing(name, shape):
    for axis in axes_of(len(shape)):
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.ones(shape), axis)


@pytest.mark.parametrize("name", ["argmin", "argmax"])
def test_places_go_to_out(name):
    compare(function("a, out", f"np.{name}(a, 0, out)"), random(np.float64, (3, 4)), np.zeros(4, np.int64))
    compare(function("a, out", f"a.{name}(axis=1, out=out, keepdims=True)"), random(np.float64, (3, 4)), np.zeros((3, 1), np.int64))
