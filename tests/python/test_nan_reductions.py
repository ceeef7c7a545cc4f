"""Reductions that pass over nan: NumPy's values, and its nan or error where nothing else is there."""

import warnings

import numpy as np
import pytest
from arrays_for_reductions import LAYOUTS, RNG, axes_of, function, random
from oracle import compare

SUMS = ["nansum", "nanprod", "nanmean"]
SPREADS = ["nanvar", "nanstd"]
EXTREMES = ["nanmin", "nanmax"]
PLACES = ["nanargmin", "nanargmax"]
RUNNING = ["nancumsum", "nancumprod"]


@pytest.fixture(autouse=True)
def no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


def with_nans(dtype, shape, share=0.2):
    a = random(dtype, shape)
    a[RNG.random(shape) < share] = np.nan
    return a


def ulp_of(name, dtype):
    """NumPy multiplies rows of complex numbers with fused multiply-adds."""
    complex_products = np.dtype(dtype).kind == "c" and ("prod" in name or name in SPREADS)
    return 40 if complex_products else 0


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", SUMS + SPREADS + EXTREMES + PLACES + RUNNING)
def test_every_axis(name, dtype, layout):
    if dtype is np.complex128 and name in EXTREMES + PLACES:
        pytest.skip("complex numbers have no extremes here")
    for shape in [(7,), (5, 9), (9, 40), (3, 4, 5)]:
        a = with_nans(dtype, shape)
        if layout == "rolled axes":  # NumPy's copies have the order of the axes in memory: exact sums have none
            a = np.trunc(a.real % 8).astype(dtype)
        for axis in axes_of(a.ndim):
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), LAYOUTS[layout](a), axis, ulp=ulp_of(name, dtype) or 8 * (layout == "rolled axes" and name in SPREADS))


@pytest.mark.parametrize("name", SUMS + SPREADS + EXTREMES + PLACES)
def test_keepdims_and_several_axes(name):
    a = with_nans(np.float64, (4, 5, 6))
    compare(function("a", f"np.{name}(a, axis=1, keepdims=True)"), a)
    compare(function("a", f"np.{name}(a, keepdims=True)"), a)
    if name not in PLACES:
        compare(function("a", f"np.{name}(a, axis=(0, 2))"), a)
        compare(function("a, out", f"np.{name}(a, axis=0, out=out)"), a, np.zeros((5, 6)))


@pytest.mark.parametrize("dtype", [np.bool_, np.int32, np.uint8], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", SUMS + SPREADS + EXTREMES + PLACES + RUNNING)
def test_what_holds_no_nan(name, dtype):
    for axis in (None, 0, 1):
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), random(dtype, (4, 5)), axis)


@pytest.mark.parametrize("name", SUMS + SPREADS + EXTREMES + PLACES + RUNNING)
def test_nothing_but_nan(name):
    a = with_nans(np.float64, (4, 5))
    a[2] = np.nan
    for axis in (None, 0, 1):
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis)
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.full((3, 4), np.nan, np.float32), axis)


@pytest.mark.parametrize("name", SUMS + SPREADS + EXTREMES + PLACES + RUNNING)
def test_nothing(name):
    for shape in [(0,), (0, 3), (3, 0)]:
        for axis in axes_of(len(shape)):
            compare(function("a, axis", f"np.{name}(a, axis=axis)"), np.zeros(shape), axis, text=False)


@pytest.mark.parametrize("name", EXTREMES)
def test_infinities_are_numbers(name):
    a = np.array([[np.inf, np.nan, np.inf], [-np.inf, np.nan, np.nan], [np.nan, -np.inf, np.inf]])
    for axis in (None, 0, 1):
        compare(function("a, axis", f"np.{name}(a, axis=axis)"), a, axis)


@pytest.mark.parametrize("name", [*SUMS, *SPREADS])
def test_where_and_dtype(name):
    a = with_nans(np.float32, (6, 30))
    compare(function("a, where", f"np.{name}(a, axis=1, where=where)"), a, RNG.random(a.shape) < 0.6)
    compare(function("a", f"np.{name}(a, axis=0, dtype=np.float64)"), a)


@pytest.mark.parametrize("name", ["nansum", "nanprod", *EXTREMES])
def test_initial(name):
    a = with_nans(np.float64, (4, 5))
    a[1] = np.nan
    compare(function("a", f"np.{name}(a, axis=1, initial=2.0)"), a)
    compare(function("a, where", f"np.{name}(a, axis=1, initial=2.0, where=where)"), a, RNG.random(a.shape) < 0.6)


@pytest.mark.parametrize("name", SPREADS)
def test_degrees_of_freedom(name):
    a = with_nans(np.float64, (4, 6), 0.5)
    for ddof in (0, 1, 2, 5):
        compare(function("a, ddof", f"np.{name}(a, axis=1, ddof=ddof)"), a, ddof)
        compare(function("a, ddof", f"np.{name}(a, ddof=ddof)"), a, ddof)
