"""Whole-array expressions: what fusion must not change, in-place operators, what is allocated, both dialects."""

import numpy as np
import pytest
from oracle import Table, compare, difference, jitted

import lancehead

EXPRESSIONS = Table()
IN_PLACE = Table()
A = np.linspace(-1.0, 2.0, 13)
B = np.linspace(3.0, 0.5, 13)
I = np.arange(13)  # noqa: E741
M = np.arange(20.0).reshape(4, 5)
S = M[::2, ::-1]


@EXPRESSIONS((A, B), (A[::2], B[1::2][:6].repeat(2)[:7]), (I, B), (I, I), (A.astype("f4"), B.astype("f4")), (M, M[0]), (S, S))
def chain(a, b):
    return a * b + a - b * 2 + 1


@EXPRESSIONS((A, B), (A, 2.0), (M, M[:, :1]))
def with_functions(a, b):
    return np.sqrt(a * a + b * b) - 2.0 * np.floor(a) / (b + 1.0)


@EXPRESSIONS((A, B))
def a_name_used_twice(a, b):
    t = a * b
    u = t + 1.0
    return t * u - t, u


@EXPRESSIONS((A, B))
def a_name_used_in_between(a, b):
    t = a * b
    a[0] = 100.0
    return t + a


@EXPRESSIONS((A, B))
def a_source_is_written_before_the_use(a, b):
    t = a + b
    b[:] = 0.0
    u = t * b
    a += 1.0
    return t, u


@EXPRESSIONS((A, B, 0.5))
def on_branches(a, b, x):
    t = a + x
    if x > 0:
        t = t * b
    else:
        t = t - b
    return t + a


@EXPRESSIONS((A, 5))
def in_a_loop(a, n):
    x = a
    for i in range(n):
        x = x * 0.5 + i
    return x


@EXPRESSIONS((A, B))
def several_results(a, b):
    return a + b, a - b, a * b, (a > b) & (a < 1.0), ~(a > b)


@EXPRESSIONS((A, B))
def comparison_and_arithmetic(a, b):
    return (a > b) * a + (a <= b) * b


@EXPRESSIONS((M, A[:5], 2.0))
def broadcasts_row_column_scalar(m, row, x):
    return m * row + m[:, 1:2] - x


@EXPRESSIONS((M,))
def five_point_mean(m):
    out = np.zeros_like(m)
    out[1:-1, 1:-1] = 0.25 * (m[:-2, 1:-1] + m[2:, 1:-1] + m[1:-1, :-2] + m[1:-1, 2:])
    return out


@EXPRESSIONS((M, M.T), (M[:2, :2], M[2:, 2:]))
def transposed_operands(a, b):
    return a + b.T if a.shape[0] != b.shape[0] else a.T + b


@EXPRESSIONS((I, 2), (I.astype("u1"), 2), (A > 0, True))
def mixed_dtypes(a, k):
    return a + k, a * 0.5, (a & k) | 1 if a.dtype.itemsize == 8 else a | a


@EXPRESSIONS((A,))
def powers(a):
    return a**2, a**3, a**-1, 2.0**a, a**0.5


@EXPRESSIONS((A + 1j, B), (A.astype("c8"), B.astype("f4")))
def complex_chain(z, b):
    return (z + b) - 1j, z.real + b, z.imag * 2


@EXPRESSIONS((A, B), (A, B[:5]))
def stops_at_shapes_that_do_not_match(a, b):
    c = a + 1.0
    return c * b


@IN_PLACE((A, B), (M, M[0]), (S, 2.0), (I, 3), (I.astype("u1"), 250), (A.astype("f4"), B))
def adds(a, b):
    a += b


@IN_PLACE((A, B), (M, 3), (A.astype("f4"), 0.1), (A + 1j, 2.0))
def arithmetic(a, b):
    a -= b
    a *= b
    a /= b


@IN_PLACE((A, B), (I, 3), (I.astype("i1"), 3), (M, M[1]))
def floor_divides(a, b):
    a //= b + 1
    a %= 3


@IN_PLACE((A, 2), (I, 2))
def raises_to(a, n):
    a **= n


@IN_PLACE((I, 5), (I.astype("u2"), 3))
def bits(a, n):
    a &= 12
    a |= n
    a ^= 7
    a <<= 2
    a >>= 1


@IN_PLACE((A > 0, B > 1))
def bits_of_bools(a, b):
    a &= b
    a |= ~b
    a ^= a


@IN_PLACE((A, B))
def returns_the_same_array(a, b):
    a += b
    return a


@IN_PLACE((A,))
def an_alias_sees_it(a):
    b = a
    b += 1.0
    return a, b


@IN_PLACE((M, A[:5]))
def of_a_view(m, row):
    m[1] += row
    m[:, 2] *= 2.0
    m[0, 0] += 5
    m[1:3, ::2] -= m[2:, 1::3]


@IN_PLACE((A, B[:4]), (A[:1], A), (M, M[:3]))
def of_a_shape_that_is_too_large(a, b):
    a += b


@pytest.mark.parametrize("case", EXPRESSIONS + IN_PLACE)
@pytest.mark.parametrize("options", [{}, {"parallel": True}], ids=["serial", "parallel"])
def test_expressions(case, options):
    case.check(text=False, **options)


REFUSED = {
    "float into int": (adds, (I, B)),
    "complex into float": (adds, (A, 1j)),
    "true division of integers": (arithmetic, (I, 2)),
    "int into bool": (adds, (A > 0, 2)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_in_place_results_that_cannot_be_cast_are_refused(name):
    fn, args = REFUSED[name]
    with pytest.raises(TypeError):
        fn(*args)
    with pytest.raises(lancehead.errors.TypingError):
        jitted(fn)(*args)


# ---- what is allocated


def one_allocation(a, b, c, d):
    return a * b + c * d - 1


def no_allocation(a, b, c):
    a += b * c


def a_sum_allocates_nothing(a, b):
    return (a * b - 1.0).sum()


def allocations(fn, *args, **options):
    """How many blocks the runtime allocates in a call, after the one that compiles; results are alive until it is counted."""
    made = jitted(fn, **options)
    made(*args)
    before = lancehead._lancehead.total_allocations()
    result = made(*args)
    count = lancehead._lancehead.total_allocations() - before
    del result
    return count


@pytest.mark.parametrize("shape", [1000, (20, 50)], ids=str)
def test_temporaries(shape):
    arrays = [np.random.default_rng(k).normal(size=shape) for k in range(4)]
    assert allocations(one_allocation, *arrays) == 1
    assert allocations(no_allocation, *arrays[:3]) == 0


def test_a_sum_allocates_nothing():
    arrays = [np.random.default_rng(k).normal(size=1000) for k in range(2)]
    assert allocations(a_sum_allocates_nothing, *arrays) == 0


# ---- dialects

DIALECTS = {
    "int8 and a literal": (lambda a: a + 1, (np.zeros(3, np.int8),), "int8", "int64"),
    "float32 and a literal": (lambda a: a * 0.5, (np.ones(3, np.float32),), "float32", "float64"),
    "float32 and an int": (lambda a, k: a * k, (np.ones(3, np.float32), 2), "float32", "float32"),
    "uint8 and an argument": (lambda a, k: a + k, (np.ones(3, np.uint8), 2), "uint8", "int64"),
    "float32 and a NumPy float64": (lambda a, x: a + x, (np.ones(3, np.float32), np.float64(2)), "float64", "float64"),
    "int64 and a float": (lambda a: a + 0.5, (I,), "float64", "float64"),
    "float32 and complex": (lambda a: a + 1j, (np.ones(3, np.float32),), "complex64", "complex128"),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_dialects(name):
    fn, args, numpy_dtype, numba_dtype = DIALECTS[name]
    compare(fn, *args)
    assert fn(*args).dtype == numpy_dtype
    result = jitted(fn, dialect="numba")(*args)
    assert result.dtype == numba_dtype
    assert difference(fn(*args).astype(numba_dtype), result) is None
