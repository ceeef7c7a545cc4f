"""Calls from Python: what goes in and what comes out, who owns it; threads, signals, fork. Binding: test_binding.py."""

import gc
import sys
import threading
import weakref

import numpy as np
import pytest

from lancehead import jit, njit


@njit
def same(a):
    return a


# ---- values there and back


SCALARS = [
    True,
    False,
    0,
    -1,
    2**63 - 1,
    -(2**63),
    2**63,
    2**64 - 1,
    0.0,
    -0.0,
    1e308,
    float("inf"),
    1 - 2j,
    None,
    "",
    "plain",
    "caf\N{LATIN SMALL LETTER E WITH ACUTE}",
    "\N{GREEK SMALL LETTER ALPHA}",
    "\N{GRINNING FACE}",
    "a\0b",
    (),
    (1,),
    (1, 2.5, "x", None, (True, 1j)),
    (True, -1, 2.5, False, 2**63 - 1),
    ((1, 2.5), True),
    slice(1, 2),
    slice(None, -1, 3),
]


@pytest.mark.parametrize("value", SCALARS, ids=repr)
def test_values_come_back(value):
    back = same(value)
    assert type(back) is type(value)
    assert repr(back) == repr(value)


def test_nan_comes_back():
    assert np.isnan(same(float("nan")))


@pytest.mark.parametrize(
    "value, expected",
    [
        (np.float32(1.1), float(np.float32(1.1))),
        (np.float64(0.5), 0.5),
        (np.int8(-3), -3),
        (np.uint8(200), 200),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (np.bool_(True), True),
        (np.complex64(1 + 2j), 1 + 2j),
    ],
    ids=lambda v: type(v).__name__,
)
def test_numpy_scalars_come_back_as_python_scalars(value, expected):
    back = same(value)
    assert type(back) is type(expected)
    assert back == expected


ARRAYS = {
    "c": np.arange(6.0).reshape(2, 3),
    "f": np.arange(6.0).reshape(2, 3).T,
    "strided": np.arange(12.0).reshape(3, 4)[:, ::2],
    "reversed": np.arange(4)[::-1],
    "empty": np.zeros((0, 3)),
    "0-d": np.array(2.5),
    "bool": np.array([True, False]),
    "c8": np.zeros(3, "c8"),
}


@pytest.mark.parametrize("array", ARRAYS.values(), ids=ARRAYS.keys())
def test_an_array_that_is_returned_is_the_same_object(array):
    before = sys.getrefcount(array)
    assert same(array) is array
    assert [a is array for a in same((array, (array, 1)))[:1]] == [True]
    assert sys.getrefcount(array) == before


def test_a_str_that_is_returned_is_the_same_object():
    text = "".join(["not ", "interned"])
    before = sys.getrefcount(text)
    assert same(text) is text
    assert sys.getrefcount(text) == before


def test_a_readonly_array_stays_readonly():
    array = np.arange(4.0)
    array.flags.writeable = False

    @njit
    def tail(a):
        return a[1:]

    assert not tail(array).flags.writeable
    assert tail(np.arange(4.0)).flags.writeable


def test_a_view_keeps_its_base_alive():
    @njit
    def tail(a):
        return a[1:]

    class Array(np.ndarray):  # np.ndarray itself has no weak references
        pass

    array = np.ndarray.__new__(Array, 5)
    array[:] = np.arange(5.0)
    alive = weakref.ref(array)
    view = tail(array)
    assert view.base is array
    np.testing.assert_array_equal(view, [1, 2, 3, 4])
    view[0] = 9
    assert array[1] == 9
    del array
    assert alive() is not None
    del view
    gc.collect()
    assert alive() is None


def test_a_new_array_belongs_to_python():
    @njit
    def made(n):
        a = np.zeros(n)
        a[0] = n
        return a

    a = made(3)
    np.testing.assert_array_equal(a, [3, 0, 0])
    assert a.flags.c_contiguous and a.flags.writeable and a.flags.aligned
    part = a[:2]
    del a
    gc.collect()
    np.testing.assert_array_equal(part, [3, 0])


def test_arguments_are_released_when_the_call_fails():
    @njit
    def fails(a, n):
        b = a[1:]
        if n > 0:
            raise ValueError("n")
        return b

    array = np.arange(3.0)
    before = sys.getrefcount(array)
    for _ in range(5):
        with pytest.raises(ValueError):
            fails(array, 1)
    assert sys.getrefcount(array) == before


# ---- one function, many types


def test_each_type_has_its_specialisation():
    calls = njit(lambda a: a)
    values = [1, 1.5, "x", None, (1, 2), np.zeros(2), np.zeros((2, 2)), np.float32(1)]
    for _ in range(3):
        for value in values:
            back = calls(value)
            assert back is value or back == value
    assert len(calls.signatures) == len(values)


@njit
def refuse(x):
    raise ValueError(x)


@njit
def refuse_twice(x):
    refuse(x)
    return refuse(x + 1)


@njit
def refuse_some(x):
    return x if x > 0 else refuse_twice(x)


@pytest.mark.parametrize("f", [refuse, refuse_twice, refuse_some])
def test_functions_that_only_raise_can_be_called(f):
    with pytest.raises(ValueError, match="^0$"):
        f(0)


def test_many_arguments():
    names = [f"a{i}" for i in range(40)]
    scope = {}
    exec(f"def f({', '.join(names)}): return {' + '.join(names)}", scope)
    assert njit(scope["f"])(*range(40)) == sum(range(40))
    arrays = [np.full((2, 2), i) for i in range(40)]
    scope = {}
    exec(f"def f({', '.join(names)}): return {' + '.join(n + '[0, 1]' for n in names)}", scope)
    assert njit(scope["f"])(*arrays) == sum(range(40))


@pytest.mark.parametrize("options", [{}, {"nogil": True}], ids=str)
def test_threads_share_a_function(options):
    compiled = jit(nopython=True, **options)(lambda a, b: a + b)
    wrong = []
    start = threading.Barrier(4)

    def work(k):
        start.wait()
        for i in range(300):
            for a, b in ((i, k), (i * 0.5, k * 0.5), (float(k), i)):
                if compiled(a, b) != a + b:
                    wrong.append((a, b))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(compiled.overloads) == len(compiled.signatures) == 3
    assert list(compiled.stats.cache_misses.values()) + list(compiled.stats.cache_hits.values()) == [1, 1, 1]


@pytest.mark.parametrize("nogil", [False, True], ids=["gil", "nogil"])
@pytest.mark.parametrize("at_import", ["default_int_handler", "SIG_IGN", "SIG_DFL"])
def test_a_loop_can_be_interrupted(run_python, at_import, nogil):
    # SIG_IGN is what a process started in the background has.
    code = f"""
import signal
signal.signal(signal.SIGINT, signal.{at_import})
from lancehead import njit
signal.signal(signal.SIGINT, signal.default_int_handler)

class Bell(Exception):
    pass

def ring(*_):
    raise Bell

@njit(nogil={nogil})
def forever(n):
    i = 0
    while n > 0:
        i += 1
    return i

forever(0)
for number, expected in ((signal.SIGINT, KeyboardInterrupt), (signal.SIGALRM, Bell)):
    signal.signal(signal.SIGALRM, ring if number == signal.SIGALRM else lambda *_: signal.raise_signal(signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)  # again and again: one that comes before the loop is entered is not seen
    try:
        forever(1)
    except expected:
        signal.setitimer(signal.ITIMER_REAL, 0)
        print("stopped")
"""
    assert run_python(code, timeout=60).split() == ["stopped", "stopped"]


def test_a_loop_right_after_its_handler_is_set(run_python):
    code = """
import signal
from lancehead import njit

@njit
def count(n, step):
    i = 0
    while i < n:
        i += step
    return i

count(10, 1)
before = signal.signal(signal.SIGALRM, signal.default_int_handler)
assert signal.getsignal(signal.SIGALRM) is signal.default_int_handler and before is signal.SIG_DFL
signal.setitimer(signal.ITIMER_REAL, 0.5)
try:
    count(10, 0)
except KeyboardInterrupt:
    print("stopped")
"""
    assert run_python(code, timeout=60).strip() == "stopped"


def test_forked_children_call_and_compile(run_python):
    code = """
import os
from lancehead import njit
statuses = set()
for k in range(40):  # the parent is still writing to the cache when it forks
    f = njit(eval(f"lambda a: a + {k}"))
    assert f(1) == 1 + k
    pid = os.fork()
    if pid == 0:
        os._exit(0 if f(1) == 1 + k and f(1.5) == 1.5 + k else 1)
    statuses.add(os.waitpid(pid, 0)[1])
print(*statuses)
"""
    assert run_python(code).strip() == "0"
