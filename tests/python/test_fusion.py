"""Array expressions: what they compute, and how many arrays they make for it. The oracle is NumPy."""

import numpy as np
import pytest

from lancehead import _lancehead, njit

RNG = np.random.default_rng(5)
SHAPES = [(0,), (1,), (7,), (64,), (3, 5), (1, 4), (0, 3), (2, 3, 4)]


def same(got, want):
    assert type(got) is type(want)
    if isinstance(want, np.ndarray):
        assert got.dtype == want.dtype and got.shape == want.shape
        assert np.array_equal(got, want, equal_nan=True)
    else:
        assert got == want


def allocations(f, *args):
    """The result of f and the number of arrays that it makes."""
    f(*args)
    before = _lancehead.total_allocations()
    result = f(*args)
    return result, _lancehead.total_allocations() - before


def some(shape, layout="C"):
    return np.asarray(RNG.random(shape) + 0.5, order=layout)


def linear(a, b, c, d):
    return a * b + c * d - 1


def shared(a, b, c, d):
    t = a * b
    return t * t + t - c / (d + t)


def compared(a, b, c, d):
    return ((a > b) & (c > d)) | (a + c < np.sqrt(d) * 2.0)


def converted(a, b, c, d):
    return (a * 10).astype(np.int64) // 3 + (b > c) * d


def maximum(a, b, c, d):
    return np.abs(np.maximum(a - b, c) - np.minimum(c, d))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("f", [linear, shared, compared, converted, maximum], ids=lambda f: f.__name__)
def test_an_expression_makes_one_array(f, shape):
    args = [some(shape) for _ in range(4)]
    got, made = allocations(njit(f), *args)
    same(got, f(*args))
    assert made == 1


@pytest.mark.parametrize("layouts", ["CCCC", "FFFF", "CFCF", "AACC", "AAAA"])
def test_any_layouts(layouts):
    args = [some((6, 8))[::2, ::-1] if l == "A" else some((3, 8), l) for l in layouts]
    for f in (linear, shared):
        got, made = allocations(njit(f), *args)
        same(got, f(*args))
        assert made == 1


BROADCAST = [
    ((4,), (3, 4), (3, 1), (1,)),
    ((1,), (1,), (5,), (5,)),
    ((3, 1), (1, 4), (3, 4), (4,)),
    ((1, 1), (2, 1, 1), (3, 1), (2, 3, 4)),
    ((), (3,), (1,), ()),
    ((1,), (0,), (1,), (0,)),
    ((2, 1), (2, 1), (2, 5), (5,)),
]


@pytest.mark.parametrize("shapes", BROADCAST, ids=str)
@pytest.mark.parametrize("f", [linear, shared, maximum], ids=lambda f: f.__name__)
def test_broadcasting(f, shapes):
    args = [some(shape) for shape in shapes]
    same(njit(f)(*args), f(*args))


@pytest.mark.parametrize("f", [linear, shared])
def test_shapes_that_do_not_fit(f):
    compiled = njit(f)
    good = [some(4) for _ in range(4)]
    for k in range(4):
        args = list(good)
        args[k] = some(3)
        with pytest.raises(ValueError):
            compiled(*args)
        with pytest.raises(ValueError):
            f(*args)


def any_of(a, b):
    return np.any(a * 2 > b + 1)


def all_of(a, b):
    return np.all(a * 2 > b - 1)


def max_of(a, b):
    return np.max(a * b - a)


def min_of(a, b):
    return (a - b * b).min()


def count_of(a, b):
    return (a > b).sum()


@pytest.mark.parametrize("f", [any_of, all_of, max_of, min_of, count_of], ids=lambda f: f.__name__)
@pytest.mark.parametrize("shapes", [((9,), (9,)), ((4, 5), (5,)), ((3, 1), (1, 3))], ids=str)
def test_reductions_make_no_array(f, shapes):
    args = [some(shape) for shape in shapes]
    got, made = allocations(njit(f), *args)
    assert got == f(*args)
    assert made == 0


def sum_of(a, b):
    return np.sum(a * b + 1.0)


def mean_of(a, b):
    return (a - b).mean()


def variance_of(a, b):
    return (a * b).var()


SUMMED = [((n,), (n,)) for n in (0, 1, 100, 128, 129, 511, 512, 513, 5000)]
SUMMED += [((40, 50), (50,)), ((30, 1), (1, 700)), ((700, 1), (1, 3)), ((5, 1, 300), (4, 1)), ((1, 1), (1, 2000)), ((0, 3), (3,))]


BITS_OF_SUMS = pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < "2.1.0", reason="NumPy 2.0 adds in another order")


@BITS_OF_SUMS
@pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:invalid value", "ignore:Degrees of freedom")
@pytest.mark.parametrize("f, arrays", [(sum_of, 0), (mean_of, 0), (variance_of, 1)], ids=lambda x: getattr(x, "__name__", None))
@pytest.mark.parametrize("shapes", SUMMED, ids=str)
def test_sums_of_floats_add_as_numpy_does(f, arrays, shapes):
    args = [some(shape) for shape in shapes]
    got, made = allocations(njit(f), *args)
    np.testing.assert_equal(got, float(f(*args)))
    assert made <= arrays


@BITS_OF_SUMS
@pytest.mark.parametrize("view", [lambda a: a[::2, ::3], lambda a: a[:, ::-1], lambda a: a[3:4], np.asfortranarray], ids=["steps", "backwards", "row", "fortran"])
def test_sums_of_strided_floats_add_as_numpy_does(view):
    a, b = view(some((60, 91))), view(some((60, 91)))
    got, made = allocations(njit(sum_of), a, b)
    assert got == np.sum(np.add(np.multiply(a, b, order="C"), 1.0) if not a.flags.f_contiguous else a * b + 1.0)
    assert made == 0


def test_sums_one_after_another():
    def f(a, z):
        first = np.sum(a * 2.0)
        second = z[::2, ::3].sum() + (z * 2.0).sum()
        third = a.sum() + np.sum(a + first)
        return first, second, third

    a, z = some(1000), some((30, 40)) + 1j
    with np.errstate(all="ignore"):
        assert njit(f)(a, z) == f(a, z)


def test_sums_of_indices():
    def f(n):
        return np.sum(np.arange(n) * 0.1)

    for n in (0, 1, 600, 5000):
        assert njit(f)(n) == f(n)


@BITS_OF_SUMS
def test_what_runs_in_parallel_keeps_its_array():
    args = [some(300_000), some(300_000)]
    got, made = allocations(njit(parallel=True)(sum_of), *args)
    assert got == sum_of(*args)
    assert made == 1


# ---- writing into what was there


def add_product(a, b, c):
    a += b * c


def assign_product(a, b, c):
    a[:] = b * c + a


@pytest.mark.parametrize("f", [add_product, assign_product], ids=lambda f: f.__name__)
@pytest.mark.parametrize("shapes", [((8,), (8,), (8,)), ((3, 4), (4,), (3, 1)), ((3, 4), (1, 1), (1,))], ids=str)
def test_updates_in_place_make_no_array(f, shapes):
    args = [some(shape) for shape in shapes]
    expected = [a.copy() for a in args]
    f(*expected)
    _, made = allocations(njit(f), *[a.copy() for a in args])
    assert made == 0
    njit(f)(*args)
    same(args[0], expected[0])


def add_shifted(y):
    y[1:] += y[:-1]


def reverse(a):
    a[:] = a[::-1]


def subtract_reversed(a):
    a -= a[::-1] * 2.0


def smooth(a):
    a[1:-1] = 0.5 * (a[:-2] + a[2:])


def shift_down(a):
    a[1:] = a[:-1] + 1.0


def whole_slice(a):
    a[:] = a * a - a[:]


def transpose_in_place(a):
    a[:] = a.T * 2.0


def row_into_all(a):
    a[:] = a[1] - a


@pytest.mark.parametrize("f", [add_shifted, reverse, subtract_reversed, smooth, shift_down, whole_slice], ids=lambda f: f.__name__)
@pytest.mark.parametrize("shape", [(2,), (9,), (6, 3), (40, 40)], ids=str)
def test_reads_come_before_writes(f, shape):
    a = some(shape)
    expected = a.copy()
    f(expected)
    njit(f)(a)
    same(a, expected)


@pytest.mark.parametrize("f", [transpose_in_place, row_into_all], ids=lambda f: f.__name__)
def test_reads_come_before_writes_in_squares(f):
    a = some((5, 5))
    expected = a.copy()
    f(expected)
    njit(f)(a)
    same(a, expected)


@pytest.mark.parametrize("shift", [-2, -1, 0, 1, 2])
def test_arguments_may_overlap(shift):
    base = some(40)
    expected = base.copy()

    def views(whole):
        return whole[4:20], whole[4 + shift : 20 + shift], whole[20:4:-1]

    add_product(*views(expected))
    njit(add_product)(*views(base))
    same(base, expected)


def test_what_is_written_in_between_is_not_read_early():
    def f(a, b):
        t = a + 1.0
        b[0] = 100.0
        return t * 2.0

    a, expected = some(5), some(5)
    expected[:] = a
    want = f(expected, expected)
    same(njit(f)(a, a), want)


def test_an_array_that_is_returned_too_is_made_once():
    def f(a, b):
        t = a * b
        return t, t + 1.0

    a, b = some(6), some(6)
    (t, u), made = allocations(njit(f), a, b)
    same(t, a * b)
    same(u, a * b + 1.0)
    assert made == 2


def test_negative_extents_are_errors_still():
    def f(n, x):
        return np.ones(n) * x

    compiled = njit(f)
    same(compiled(4, 2.5), f(4, 2.5))
    for g in (compiled, f):
        with pytest.raises(ValueError, match="negative dimensions are not allowed"):
            g(-1, 2.5)


def test_arange_is_computed_where_it_is_read():
    def f(x, n):
        return x + np.arange(n) * 2

    for x, n in [(some(6), 6), (some(1), 4), (some(4), 1)]:
        got, made = allocations(njit(f), x, n)
        same(got, f(x, n))
        assert made == 1


def test_errors_are_handled_around_fused_nests():
    def f(a, b, c):
        try:
            return (a + b) * c
        except ValueError:
            return a - 1.0

    compiled = njit(f)
    for shapes in [(3, 3, 3), (3, 4, 3), (3, 3, 4)]:
        args = [some(n) for n in shapes]
        same(compiled(*args), f(*args))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("n", [1, 7, 100, 1000])
@pytest.mark.parametrize("nan", ["none", "first", "last", "middle", "negative"])
def test_extremes_with_nan(dtype, n, nan):
    def extremes(a):
        return np.min(a), np.max(a), np.max(a * 2 - 1)

    a = (RNG.random(n) - 0.5).astype(dtype)
    places = {"first": 0, "last": n - 1, "middle": n // 2, "negative": n // 3}
    if nan != "none":
        a[places[nan]] = -np.nan if nan == "negative" else np.nan
    np.testing.assert_array_equal(njit(extremes)(a), extremes(a))
