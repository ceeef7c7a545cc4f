"""Arrays that functions find outside themselves (contract C12): small ones are frozen, large ones are read where they are."""

import gc
import weakref

import numpy as np
import pytest
from oracle import compare, jitted

import lancehead
from lancehead import njit, prange

BASE = np.arange(24.0).reshape(4, 6)
ARRAYS = {
    **{d: np.array([0, 1, 3, 100]).astype(d) for d in "bool i1 i2 i4 i8 u1 u2 u4 u8 f4 f8 c8 c16".split()},
    "none of them": np.zeros((0, 3)),
    "0-d": np.array(-5, np.int8),
    "nan and infinite": np.array([np.nan, -np.inf, -0.0, 5e-324]),
    "C": BASE,
    "F": BASE.T,
    "every second": BASE[::2, 1::3],
    "backwards": BASE[::-1, ::-2],
    "broadcast": np.broadcast_to(np.array([1.0, 2.0]), (10**9, 2)),
    "unaligned": np.frombuffer(b"\0" + np.arange(4.0).tobytes(), np.float64, offset=1),
    "read-only": np.frombuffer(bytes(range(16)), np.uint8),
    "64 KiB": np.arange(8192.0),
    "more than 64 KiB": np.arange(8193.0),
    "more than 64 KiB, strided": np.arange(40000)[::-3],
}


@pytest.mark.parametrize("name", ARRAYS)
def test_a_captured_array_has_its_shape_and_its_elements(name):
    array = ARRAYS[name]

    def shape():
        return array.shape, array.strides, array.size, array.ndim

    def at(*index):
        return array[index]

    compare(shape)
    if array.size:
        compare(at, *(0,) * array.ndim)
        compare(at, *(-1,) * array.ndim)


@pytest.mark.parametrize("name", [n for n in ARRAYS if n != "broadcast"])
def test_a_captured_array_is_an_array_like_any_other(name):
    array = ARRAYS[name]

    def calculates(other):
        return array + other, array.T, array.sum()

    compare(calculates, np.ones(array.shape, np.int8))


TABLE = np.array([1.0, 2.0, 4.0])
PAIR = (np.arange(3), (np.ones((2, 2)), 7))


def of_a_global(i):
    return TABLE[i] + TABLE.sum() + TABLE.shape[0]


def of_tuples(i):
    return PAIR[0][i] + PAIR[1][0].sum() + PAIR[1][1]


def of_a_default(i, table=TABLE):
    return table[i]


@njit
def callee(i, table=TABLE):
    return table[i] + TABLE[0]


def of_a_callee(i):
    return callee(i)


def of_either(i):
    table = TABLE if i else BASE[0] * 2
    return table[1]


def to_a_callee(i):
    return total(TABLE) + i


@njit
def total(a):
    return a.sum()


def of_an_inner_function(i):
    def inner(k):
        return TABLE[k]

    return inner(i)


@pytest.mark.parametrize("fn", [of_a_global, of_tuples, of_a_default, of_a_callee, of_either, to_a_callee, of_an_inner_function])
def test_where_arrays_come_from(fn):
    compare(fn, 1)


def writes(i):
    TABLE[i] = 0.0


def adds_in_place(i):
    table = TABLE
    table += i


@pytest.mark.parametrize("fn", [writes, adds_in_place])
def test_a_constant_array_is_not_written(fn):
    with pytest.raises(lancehead.errors.TypingError, match="read-only"):
        jitted(fn)(1)
    assert TABLE.tolist() == [1.0, 2.0, 4.0]


UNSUPPORTED = {
    "object": np.array([None]),
    "[('f0', 'S4')]": np.zeros(3, [("f0", "S4")]),
    ">f8": np.zeros(3, ">f8"),
    "<U3": np.zeros(3, "U3"),
}


@pytest.mark.parametrize("dtype", UNSUPPORTED)
def test_an_array_of_another_dtype_is_named(dtype):
    array = UNSUPPORTED[dtype]

    def reads():
        return array[0]

    with pytest.raises(lancehead.errors.TypingError) as caught:
        jitted(reads)()
    assert f"numpy.ndarray with dtype {dtype} " in str(caught.value)


def test_a_matrix_is_no_array():
    matrix = np.ones((1, 1)).view(np.matrix)
    with pytest.raises(lancehead.errors.TypingError, match="matrix with dtype float64"):
        njit(lambda: matrix[0, 0])()


def test_a_small_array_is_frozen_when_it_is_compiled():
    table = np.array([1.0, 2.0])
    read = njit(lambda i: table[i])
    assert read(0) == 1.0
    table[0] = 5.0
    assert read(0) == 1.0


def test_a_large_array_is_read_where_it_is():
    table = np.zeros(10**5)
    read = njit(lambda i: table[i])
    assert read(0) == 0.0
    table[0] = 5.0
    assert read(0) == 5.0


def test_a_large_array_may_be_an_argument_as_well():
    table = np.arange(10.0**5)

    @njit
    def shifts(a):
        a[1:] = table[:-1]  # as if a copy were stored
        for i in range(1, 4):
            a[i] = table[i - 1] + 100
        return table[3]

    assert shifts(table) == 300.0
    assert np.array_equal(table, [0, 100, 200, 300, *range(3, 10**5 - 1)])


def returned(array):
    f = njit(lambda: (array, array[1:]))
    return f()


@pytest.mark.parametrize("n", [100, 10**5])
def test_what_is_returned_outlives_the_code(n):
    array = np.arange(float(n))
    whole, rest = returned(array)
    gc.collect()
    assert (whole is array) == (n > 100)
    assert np.array_equal(whole, np.arange(float(n))) and np.array_equal(rest, np.arange(1.0, n))
    assert not rest.flags.writeable


def test_an_array_goes_with_the_code_that_reads_it():
    array = np.zeros(10**5)
    gone = []
    weakref.finalize(array, gone.append, True)
    total = njit(lambda: array[:].sum() + array[0])
    assert total() == 0.0
    del array
    gc.collect()
    assert not gone and total() == 0.0
    del total
    gc.collect()
    njit(lambda: 0)()  # what was let go of without the GIL
    assert gone


def in_parallel(n):
    out = np.empty(n)
    total = 0.0
    for i in prange(n):
        out[i] = TABLE[i % 3] * LARGE[i]
        total += TABLE[i % 3]
    return out + LARGE[:n], total


LARGE = np.arange(10.0**5)


def test_constant_arrays_in_parallel_loops():
    expected = np.array([TABLE[i % 3] * LARGE[i] for i in range(1000)]) + LARGE[:1000]
    out, total = njit(parallel=True)(in_parallel)(1000)
    assert np.array_equal(out, expected) and total == 2332.0


PROGRAM = """
import numpy as np
from lancehead import njit

SMALL = np.array([{values}])
LARGE = np.arange({start}, {start} + 20000.0)

@njit
def reads(i):
    return SMALL[i] + LARGE[i]

def over(table):
    return njit(lambda i: table[i])

pair = over(LARGE), over(LARGE * 2)
print(reads(1), *(f(1) for f in pair))
print([sum(f.stats.cache_hits.values()) for f in (reads, *pair)])
"""


@pytest.fixture
def run(run_python, tmp_path, cache_dir):
    def runs(**text):
        path = tmp_path / "program.py"
        path.write_text(PROGRAM.format(**{"values": "1.0, 2.0", "start": 0.0, **text}))
        return run_python("-s", path, env={"LANCEHEAD_CACHE_DIR": cache_dir}).splitlines()

    return runs


def test_another_process_finds_the_arrays_that_it_has(run):
    assert run()[0] == "3.0 1.0 2.0"
    assert run() == ["3.0 1.0 2.0", "[1, 1, 1]"]
    assert run(values="1.0, 5.0") == ["6.0 1.0 2.0", "[0, 1, 1]"]
    assert run(start=100.0) == ["103.0 101.0 202.0", "[1, 1, 1]"]
