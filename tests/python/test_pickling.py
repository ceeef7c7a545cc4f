"""Pickling of dispatchers: by name what has one, by content the rest; identity in one process; other processes."""

import copy
import pickle
import sys

import cloudpickle
import pytest

from lancehead import int64, njit

LIMIT = 10


@njit
def by_name(x):
    return x + LIMIT


class Holder:
    @staticmethod
    @njit
    def method(x):
        return x * 2


def again(function):
    return pickle.loads(pickle.dumps(function))


def test_what_has_a_name_is_pickled_by_it():
    assert again(by_name) is by_name
    assert again(Holder.method) is Holder.method
    assert len(pickle.dumps(by_name)) < 100


def adder(k):
    @njit
    def inner(x):
        return x + k

    return inner


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_identity_in_one_process(protocol):
    inner = adder(3)
    data = pickle.dumps([inner, inner], protocol)
    assert pickle.loads(data) == [inner, inner]
    assert pickle.loads(pickle.dumps(inner, protocol)) is inner
    assert copy.deepcopy(inner) is inner


# The program that pickles, as __main__, and what the other process must find.
MADE = """
import math, pickle, sys
import numpy as np
import numpy.linalg
from lancehead import njit, vectorize

factor = 2.5
table = np.arange(4.0)

@njit
def helper(x):
    return x * factor

@njit
def uses_globals(x, y=(1, None), *, z=3):
    return helper(x) + table[1] + math.sqrt(4.0) + np.sin(0.0) + y[0] + z

@njit
def recursive(n):
    return 1 if n < 2 else n * recursive(n - 1)

@njit
def even(n):
    return True if n == 0 else odd(n - 1)

@njit
def odd(n):
    return False if n == 0 else even(n - 1)

def closure(k, f):
    @njit(fastmath=True)
    def inner(x):
        if x > 100:
            return inner(x - k)
        return f(x) + k
    inner.note = "kept"
    return inner

made = {
    "uses_globals": uses_globals,
    "recursive": recursive,
    "even": even,
    "closure": closure(3, helper),
    "eager": njit(["int64(int64)", "float32(float32)"])(lambda x: x + 1),
    "lambda": njit(lambda x: (lambda y: y + x)(2)),
    "twice": (helper, helper),
}
made["uses_globals"](1.5)
if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(made))
"""


@pytest.fixture
def received(run_python, tmp_path):
    script = tmp_path / "program.py"
    script.write_text(MADE.replace("sys.stdout.buffer.write(pickle.dumps(made))", f"open({str(tmp_path / 'made')!r}, 'wb').write(pickle.dumps(made))"))
    run_python("-B", script)
    return (tmp_path / "made").read_bytes()


def test_another_process_has_it_by_content(received):
    made = pickle.loads(received)
    assert made["uses_globals"](2.0) == 5.0 + 1 + 2 + 0 + 1 + 3
    assert made["uses_globals"](2.0, (5, None), z=1) == 5.0 + 1 + 2 + 5 + 1
    assert made["recursive"](5) == 120
    assert [made["even"](n) for n in range(3)] == [True, False, True]
    closure = made["closure"]
    assert closure(2) == 2 * 2.5 + 3 and closure(103.0) == 100 * 2.5 + 3
    assert closure.note == "kept" and closure.__qualname__ == "closure.<locals>.inner" and closure.__module__ == "__main__"
    assert closure.targetoptions["fastmath"] is True
    assert made["eager"].signatures[0] == (int64,) and not made["eager"]._can_compile
    assert made["lambda"](3) == 5
    assert made["twice"][0] is made["twice"][1]
    made2 = pickle.loads(received)
    assert made2["closure"] is closure  # again and again the same
    assert pickle.loads(pickle.dumps(closure)) is closure


def test_errors_of_it_name_the_program(received):
    made = pickle.loads(received)
    with pytest.raises(Exception, match="program.py"):
        made["recursive"]("x")


def test_a_function_that_nobody_else_holds_comes_back_as_itself(received):
    first = id(pickle.loads(received)["closure"])
    assert id(pickle.loads(received)["closure"]) == first


def test_what_cannot_be_pickled_is_an_error():
    thing = lambda: 0
    inner = njit(lambda x: x if thing is None else x)
    inner.thing = thing
    with pytest.raises((pickle.PicklingError, AttributeError, TypeError)):
        pickle.dumps(inner)


def test_another_python_is_an_error():
    data = pickle.dumps(adder(5))
    tag = sys.implementation.cache_tag.encode()
    assert tag in data
    with pytest.raises(ValueError, match=f"pickled by cpython-000, this is {tag.decode()}"):
        pickle.loads(data.replace(tag, b"cpython-000"))


@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
def test_workers_call_it(run_python, tmp_path, method):
    script = tmp_path / "program.py"
    script.write_text(
        MADE.replace("    sys.stdout.buffer.write(pickle.dumps(made))", f"""
    import multiprocessing
    with multiprocessing.get_context({method!r}).Pool(2) as pool:
        print(pool.map(made["closure"], [1, 2, 3]), pool.map(uses_globals, [1.0, 2.0]), pool.map(math.sqrt, [4]))
""")
    )
    out = run_python("-B", script, timeout=120)
    assert out.strip() == "[5.5, 8.0, 10.5] [9.5, 12.0] [2.0]"


def test_cloudpickle_takes_what_pickle_refuses():
    inner = adder(4)
    assert cloudpickle.loads(cloudpickle.dumps(inner)) is inner
    assert pickle.loads(cloudpickle.dumps(by_name)) is by_name
    inner.thing = lambda: 5
    assert pickle.loads(cloudpickle.dumps([inner, lambda: inner(1)]))[1]() == 5
