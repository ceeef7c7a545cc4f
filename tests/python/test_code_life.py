"""Contract C19: compiled code lives as long as something can run it, and no longer."""
import gc
import os
import threading
import weakref

import numpy as np
import pytest

from lancehead import _lancehead, njit, vectorize
from lancehead.errors import TypingError

LONG = """
def f(a, n):
    s = 0.0
    for i in range(n):
        for j in range(n):
            if a[i] > a[j] + {k}: s += np.sqrt(a[i]) * a[j]
            else: s -= a[i] * {k}
"""
LONG += "".join(f"        if s > {m}: s = s * 0.5 - np.cos(s + {m})\n" for m in range(1000, 1040)) + "    return s\n"


def long_function(k, **scope):
    """Too long to be inlined."""
    scope["np"] = np
    exec(LONG.format(k=k), scope)
    return scope["f"]


@pytest.fixture
def units():
    """How many units more are loaded than before the test."""
    gc.collect()
    before = _lancehead.loaded_units()

    def more():
        gc.collect()
        return _lancehead.loaded_units() - before

    return more


def test_code_goes_with_its_dispatcher(units):
    f = njit(long_function(1))
    f(np.ones(3), 3)
    f(np.ones(3, np.float32), 3)
    assert units() == 2
    f.recompile()
    f(np.ones(3), 3)
    assert units() == 2
    seen = weakref.ref(f)
    del f
    assert units() == 0 and seen() is None


def test_a_caller_keeps_what_it_calls(units):
    callee = njit(long_function(2))
    f = njit(lambda a, n: callee(a, n) + 1.0)
    a = np.arange(4.0)
    expected = callee(a, 4) + 1
    assert f(a, 4) == expected
    held = units()
    made_from = callee.py_func
    del callee
    f.py_func.__closure__[0].cell_contents = made_from  # the caller's closure held it
    assert units() == held and f(a, 4) == expected
    del f
    assert units() == 0


def test_a_chain_goes_as_a_whole(units):
    f = njit(long_function(3))
    for k in range(5):
        g, f = f, None
        f = njit(lambda a, n, g=g: g(a, n) * 2.0) if k % 2 else njit(
            eval("lambda a, n: g(a, n) + 1.0", {"g": g})
        )
        f(np.ones(3), 3)
        del g
    assert units() >= 1
    del f
    assert units() == 0


@pytest.mark.parametrize("through", ["direct", "callee"])
def test_a_thread_is_inside_when_the_dispatcher_dies(units, through):
    def spin(flags, a):
        flags[1] = 1
        while flags[0] == 0:
            a[0] += 1
        return a[1]

    outer = eval("lambda flags, a: inner(flags, a) + 0.5", {"inner": njit(spin)})
    f = njit(nogil=True)(spin if through == "direct" else outer)
    flags, results = np.zeros(2), []
    holder = [f]
    thread = threading.Thread(target=lambda: results.append(holder.pop()(flags, np.array([0.0, 7.0]))))
    del f, outer
    thread.start()
    while thread.is_alive() and not flags[1]:
        pass
    gc.collect()
    others = [njit(long_function(100 + k)) for k in range(3)]  # what is unmapped would be mapped over
    for other in others:
        other(np.ones(3), 3)
    flags[0] = 1
    thread.join()
    assert results == [7.0 if through == "direct" else 7.5]
    del others, other, thread, holder
    assert units() == 0


def test_code_goes_with_its_ufunc(units):
    f = vectorize(["float64(float64)", "int64(int64)"])(lambda x: x * 3 + 1)
    assert f(np.arange(3)).tolist() == [1, 4, 7]
    assert units() == 2
    del f
    assert units() == 0


def test_the_same_code_is_there_once(units):
    first, second = njit(long_function(5)), njit(long_function(5))
    a = np.arange(3.0)
    assert first(a, 3) == second(a, 3)
    assert units() == 1
    del first
    assert units() == 1 and second(a, 3) == second.py_func(a, 3)


def test_exceptions_outlive_the_code_that_raised_them(units):
    f = njit(lambda a: 1 // a)
    with pytest.raises(ZeroDivisionError) as caught:
        f(0)
    error = caught.value
    del f, caught
    assert units() == 0
    frames = []
    where = error.__traceback__
    while where:
        frames.append(where.tb_frame.f_code.co_name)
        where = where.tb_next
    assert frames[-1] == "<lambda>"


class Config:
    factor = 3


def closing_over(what):
    """A jitted function that has been called, and the object that it closes over."""
    if what == "function":
        held = eval("lambda x: x + 1")
        f = njit(lambda x: held(x))
    elif what == "exception class":
        held = type("OwnError", (ValueError,), {})

        def f(x):
            if x > 5:
                raise held("too big")
            return x

        f = njit(f)
        try:
            f(9)
        except held:
            pass
    elif what == "instance":
        held = Config()
        f = njit(lambda x: held.factor * x)
    elif what == "jitted function":
        held = njit(long_function(40))
        f = njit(lambda x: held(np.ones(3), 3) + x)
    else:
        held = np.arange(100_000.0)
        f = njit(lambda x: held[x])
    try:
        f(3)
    except TypingError:
        pass
    return f, held


@pytest.mark.parametrize("what", ["function", "exception class", "instance", "jitted function", "array"])
def test_what_a_function_closes_over_goes_with_it(units, what):
    f, held = closing_over(what)
    seen = weakref.ref(held)
    del held
    gc.collect()
    assert seen() is not None
    del f
    gc.collect()
    assert seen() is None and units() == 0


def test_code_holds_what_it_names():
    scope = {"njit": njit, "one": eval("lambda: 1"), "OwnError": type("OwnError", (ValueError,), {})}
    exec(
        """
@njit
def f(x):
    if x < 0:
        raise OwnError("negative")
    return one
""",
        scope,
    )
    f = scope["f"]
    assert f(1) is scope["one"]
    del scope["one"], scope["OwnError"]
    gc.collect()
    assert f(1)() == 1
    with pytest.raises(ValueError, match="negative") as caught:
        f(-1)
    assert type(caught.value).__name__ == "OwnError"


MANY = """
import gc, sys
import numpy as np
from lancehead import njit

SOURCE = '''
def make(k):
    @njit
    def callee(x):
        return x + k
    @njit
    def f(a, n):
        s = 0.0
        for i in range(n):
            s += a[i] * {k} + callee(i)
        if n > 100:
            raise ValueError("too big {k}")
        return s
    return f
'''

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4  # KiB

a = np.ones(10)
def round_of(first):
    for k in range(first, first + 1000):
        scope = {"njit": njit}
        exec(SOURCE.format(k=k), scope)
        assert scope["make"](k)(a, 5) == 5.0 * k + 10 + 5 * k
        scope.clear()
    gc.collect()
    return resident()

print(*[round_of(1000 * r) for r in range(3)])
"""


@pytest.mark.skipif("libasan" in os.environ.get("LD_PRELOAD", ""), reason="AddressSanitizer holds freed memory back")
def test_memory_stays_when_functions_are_dropped(run_python):
    first, _, third = map(int, run_python(MANY, env={"LANCEHEAD_VERIFY": "0", "LANCEHEAD_CACHE": "0"}).split())
    assert third - first <= 2048


@njit
def weighted(x, low=1, high=2):
    return x * (low - 3 * high)


@pytest.mark.parametrize("pair", [("x.real", "x.imag"), ("callee(x, low=x)", "callee(x, high=x)")], ids=str)
def test_functions_that_differ_in_a_name_alone_are_two(pair):
    """Both are alive, of one name, from the same place, and have the same code and types."""
    argument = np.array([1 - 2j, 3 + 4j])
    plain, compiled = [], []
    for text in pair:
        scope = {"callee": weighted.py_func}
        exec(f"def operation(x):\n    return {text}\n", scope)
        plain.append(scope["operation"](argument))
        exec(f"def operation(x):\n    return {text}\n", compiled_scope := {"callee": weighted})
        compiled.append(njit(compiled_scope["operation"]))
    assert [f(argument).tolist() for f in compiled] == [p.tolist() for p in plain]
