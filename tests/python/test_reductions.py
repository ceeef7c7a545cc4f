"""sum, prod, min, max, mean, any, all of whole arrays: the bits of NumPy's, for every layout, length and thread count."""

import numpy as np
import pytest
from oracle import compare, jitted

import lancehead

RNG = np.random.default_rng(20)
INTEGERS = [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32, np.int64, np.uint64]
FLOATS = [np.float32, np.float64]
COMPLEX = [np.complex64, np.complex128]

FUNCTIONS = {
    "sum": lambda a: np.sum(a),
    "prod": lambda a: np.prod(a),
    "min": lambda a: np.min(a),
    "max": lambda a: np.max(a),
    "mean": lambda a: np.mean(a),
    "any": lambda a: np.any(a),
    "all": lambda a: np.all(a),
}
METHODS = {
    "sum": lambda a: a.sum(),
    "prod": lambda a: a.prod(),
    "min": lambda a: a.min(),
    "max": lambda a: a.max(),
    "mean": lambda a: a.mean(),
    "any": lambda a: a.any(),
    "all": lambda a: a.all(),
}


def random(dtype, shape):
    if np.dtype(dtype).kind in "iu":
        return RNG.integers(0, 100, shape).astype(dtype)
    values = RNG.normal(size=shape) * 10.0 ** RNG.integers(-3, 4, shape)
    return (values + 1j * RNG.normal(size=shape) if np.dtype(dtype).kind == "c" else values).astype(dtype)


# The lengths at which NumPy's pairwise tree changes its form: 8 accumulators, blocks of 128, halves.
LENGTHS = [1, 2, 7, 8, 9, 15, 16, 127, 128, 129, 135, 136, 255, 256, 257, 1000, 1025, 10007]


def layouts(dtype, n):
    """Arrays of about n elements: contiguous, strided, reversed, and with more axes in several orders."""
    flat = random(dtype, 3 * n + 6)
    yield "contiguous", flat[:n]
    yield "strided", flat[: 3 * n : 3]
    yield "reversed", flat[:n][::-1]
    rows = max(n // 7, 1)
    matrix = random(dtype, (rows + 2, 9))
    yield "rows", np.ascontiguousarray(matrix[:rows, :7])
    yield "columns first", np.asfortranarray(matrix[:rows, :7])
    yield "three axes", random(dtype, (rows, 3, 2))


# NumPy sums an array of several axes that is not contiguous row by row, so that its bits depend on its iterator.
INNER = {
    "part of a matrix": lambda m: m[1:-1, 1:-1],
    "every second row": lambda m: m[::2],
    "transposed part": lambda m: m[:, 1:-1].T,
}


@pytest.mark.parametrize("dtype", FLOATS, ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", ["sum", "mean"])
def test_bits_of_float_sums(name, dtype):
    for n in LENGTHS:
        for layout, a in layouts(dtype, n):
            compare(FUNCTIONS[name], a)


@pytest.mark.xfail(np.lib.NumpyVersion(np.__version__) < "2.1.0", reason="NumPy 2.0 adds the rows of such arrays in another order")
@pytest.mark.parametrize("view", INNER)
@pytest.mark.parametrize("dtype", FLOATS, ids=lambda d: d.__name__)
def test_sums_of_parts_of_a_matrix(view, dtype):
    for shape in [(5, 5), (40, 300), (300, 40)]:
        compare(METHODS["sum"], INNER[view](random(dtype, shape)))


@pytest.mark.parametrize("dtype", COMPLEX, ids=lambda d: d.__name__)
def test_complex_sums(dtype):
    for n in (1, 5, 8, 100, 1000):
        compare(FUNCTIONS["sum"], random(dtype, n))
        compare(FUNCTIONS["mean"], random(dtype, n))


@pytest.mark.parametrize("dtype", [np.bool_, *INTEGERS, *FLOATS], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_dtype(name, dtype):
    # A product of floats is NumPy's up to its order, which its SIMD width decides; of few elements it is exact.
    for shape in [5, (2, 3), (2, 1, 2)]:
        a = (random(dtype, shape) if dtype is not np.bool_ else RNG.integers(0, 2, shape).astype(bool))
        compare(FUNCTIONS[name], a, ulp=4 if name == "prod" else 0)
        compare(METHODS[name], a, ulp=4 if name == "prod" else 0)


@pytest.mark.parametrize("dtype", INTEGERS, ids=lambda d: d.__name__)
def test_integer_sums_and_products_wrap_at_64_bits(dtype):
    info = np.iinfo(dtype)
    for values in ([info.max] * 9, [info.min, info.max, info.min], [info.max, 1]):
        a = np.array(values, dtype)
        compare(FUNCTIONS["sum"], a)
        compare(FUNCTIONS["prod"], a)


NANS = [[1.0, np.nan, 3.0], [np.nan] * 3, [np.inf, -np.inf, 0.0], [np.nan, np.inf, -np.inf], [-0.0, 0.0], [0.0, -0.0], [-0.0]]


@pytest.mark.parametrize("values", NANS, ids=str)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_nan_and_inf(name, values):
    for dtype in FLOATS:
        a = np.array(values, dtype)
        got = jitted(FUNCTIONS[name])(a)
        expected = FUNCTIONS[name](a).item()
        if name in ("min", "max") and expected == 0.0:  # which zero NumPy gives depends on its SIMD width
            assert got == 0.0
        else:
            compare(FUNCTIONS[name], a)


@pytest.mark.parametrize("where", [0, 1, 63, 64, 99])
@pytest.mark.parametrize("name", ["min", "max"])
def test_a_nan_anywhere_is_the_extreme(name, where):
    a = np.arange(100.0)
    a[where] = np.nan
    compare(FUNCTIONS[name], a)
    compare(FUNCTIONS[name], a[::-1])


@pytest.mark.parametrize("dtype", [np.int32, np.float32, np.float64], ids=lambda d: d.__name__)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_empty_arrays(name, dtype):
    for shape in (0, (0, 3), (3, 0)):
        compare(FUNCTIONS[name], np.zeros(shape, dtype), text="zero-size array")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrays_without_axes(name):
    compare(FUNCTIONS[name], np.array(2.5))


def of_an_expression(a, b):
    return np.sum(a * b), (a - b).mean(), (a > b).any(), np.all(a * a >= 0), (a + b).max()


def test_reductions_of_expressions():
    for n in (1, 9, 200, 5000):
        compare(of_an_expression, random(np.float64, n), random(np.float64, n))
        compare(of_an_expression, random(np.float32, 2 * n)[::2], random(np.float32, n))


@pytest.mark.parametrize("dtype", [np.int32, *FLOATS, *COMPLEX], ids=lambda d: d.__name__)
def test_every_length_of_an_expression(dtype):
    a, b = random(dtype, 2000), random(dtype, 2000)
    product, total = jitted(lambda a, b: a * b), jitted(lambda a, b: (a * b).sum())
    for n in range(2001):
        array = product(a[:n], b[:n])  # NumPy's products of complex numbers are rounded once
        assert total(a[:n], b[:n]) == np.sum(array).item(), n


def builtins_of(a):
    return sum(a), min(a), max(a)


def test_builtins_iterate():
    compare(builtins_of, np.array([3.0, 1.5, 2.5]))
    compare(builtins_of, np.arange(5))


@pytest.mark.parametrize("n", [10, 1000, 100_003])
def test_the_bits_do_not_depend_on_the_threads(n):
    fn = jitted(FUNCTIONS["sum"], parallel=True)
    a = random(np.float64, n)
    before = lancehead.get_num_threads()
    try:
        results = set()
        for threads in range(1, before + 1):
            lancehead.set_num_threads(threads)
            results.add(fn(a))
    finally:
        lancehead.set_num_threads(before)
    assert results == {np.sum(a).item()}
