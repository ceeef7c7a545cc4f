"""Options belong to the function that has them: they hold for its body wherever it is called from, inlined or not."""

import math
import re

import numpy as np
import pytest

from lancehead import njit


def divides(x, y):
    return x / y


def divides_in_a_loop(x, y):
    """Too large to be inlined."""
    s = 0.0
    for k in range(4):
        s += x / (y + k * 0.0)
        for j in range(3):
            s = s / (y + j * 0.0) if s < -1e300 else s
        s = math.floor(s) if s < -1e301 else s
    return s / 4


def over(callee, **options):
    @njit(**options)
    def calls(x, y):
        return callee(x, y)

    return calls


@pytest.mark.parametrize("body", [divides, divides_in_a_loop])
def test_error_model(body):
    numpy, python = njit(error_model="numpy")(body), njit(error_model="python")(body)
    assert over(numpy)(1.0, 0.0) == over(numpy, error_model="numpy")(1.0, 0.0) == math.inf
    for caller in over(python), over(python, error_model="numpy"):
        with pytest.raises(ZeroDivisionError):
            caller(1.0, 0.0)


def test_two_callees_of_one_caller():
    numpy, python = njit(error_model="numpy")(divides), njit(divides)

    @njit
    def both(x, y):
        total = numpy(x, y)
        try:
            total += python(x, y)
        except ZeroDivisionError:
            return -total
        return total

    assert both(1.0, 0.0) == -math.inf and both(1.0, 2.0) == 1.0


def test_an_inner_function_has_its_functions_options():
    @njit(error_model="numpy")
    def outer(x, y):
        def inner(a):
            return a / y

        return inner(x)

    assert over(outer)(1.0, 0.0) == math.inf


def test_dialect():
    def adds(a, _):
        return a + 1

    numpy, numba = njit(dialect="numpy")(adds), njit(dialect="numba")(adds)
    a = np.ones(2, np.int8)
    for dialect in "numpy", "numba":
        assert over(numpy, dialect=dialect)(a, 0).dtype == np.int8
        assert over(numba, dialect=dialect)(a, 0).dtype == np.int64


def test_boundscheck():
    def reads(a, i):
        return a[i]

    base = np.arange(4.0)
    unchecked, checked = njit(boundscheck=False)(reads), njit(boundscheck=True)(reads)
    assert over(unchecked)(base[:2], 3) == 3.0
    with pytest.raises(IndexError):
        over(checked, boundscheck=False)(base[:2], 3)


def listing(f):
    """Of the specialisation for two floats, and its symbol."""
    f(1.0, 2.0)
    text = f.inspect_llvm(f.signatures[0])
    return text, re.search(r"@(lh_\w+)", text)[1]


FAST = {"fastmath": True}
SOME = {"fastmath": {"nsz", "nnan"}}


@pytest.mark.parametrize("options, flags", [({}, ""), (FAST, " fast"), (SOME, " nnan nsz")])
def test_fastmath(options, flags):
    def adds(x, y):
        return x + y

    callee = njit(**options)(adds)
    own = f"fadd{flags} double"
    text, symbol = listing(callee)
    assert own in text
    for others in {}, FAST, SOME:
        text, _ = listing(over(callee, **others))
        assert (own in text) == (others == options)  # inlined, or
        assert (f"lh$slot${symbol}" in text) == (others != options)  # the function that the callee is by itself
        assert "fadd" not in text.replace(own, "")


PROGRAM = """
from lancehead import njit

@njit(error_model="{model}")
def divides(x, y):
    return x / y

@njit
def calls(x, y):
    return divides(x, y)

try:
    print(calls(1.0, 0.0))
except ZeroDivisionError:
    print("ZeroDivisionError")
print(sum(calls.stats.cache_hits.values()))
"""


def test_another_option_of_a_callee_compiles_the_caller_again(run_python, tmp_path, cache_dir):
    def run(model):
        path = tmp_path / "program.py"
        path.write_text(PROGRAM.format(model=model))
        return run_python("-s", path, env={"LANCEHEAD_CACHE_DIR": cache_dir}).splitlines()

    assert run("numpy") == ["inf", "0"]
    assert run("numpy") == ["inf", "1"]
    assert run("python") == ["ZeroDivisionError", "0"]
    assert run("numpy") == ["inf", "1"]
