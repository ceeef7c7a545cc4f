"""A unit is shared by equal code alone: functions that differ in a single name or value, all alive in one process."""

from itertools import permutations

import numpy as np
import pytest
from lancehead import njit

Z = np.array([1 - 2j, 3 + 4j])

# Per group: the sources of functions `f` whose byte code may be the same, and the arguments.
GROUPS = {
    "attribute of an array": (["def f(z):\n    return z.real", "def f(z):\n    return z.imag"], (Z,)),
    "attribute of a number": (["def f(z):\n    return z.real", "def f(z):\n    return z.imag"], (1 - 2j,)),
    "attribute that is a tuple": (["def f(z):\n    return z.shape", "def f(z):\n    return z.strides"], (Z,)),
    "method": (["def f(z):\n    return z.min()", "def f(z):\n    return z.max()"], (np.arange(3.0),)),
    "function of a module": (["import math\ndef f(x):\n    return math.sin(x)", "import math\ndef f(x):\n    return math.cos(x)"], (0.5,)),
    "keyword": ([f"def g(a=1, b=2):\n    return a - b\ng = njit(g)\ndef f(x):\n    return g({name}=x)" for name in "ab"], (5,)),
    "keyword of the library": ([f"import numpy as np\ndef f(x):\n    return np.isclose(x, 3.0, {name}=0.5)" for name in ("rtol", "atol")], (np.arange(4.0),)),
    "default": ([f"def g(a, b={value}):\n    return a * b\ng = njit(g)\ndef f(x):\n    return g(x)" for value in (2, 3, 2.5)], (5,)),
    "default that is a tuple": ([f"def g(a, b={value}):\n    return a * b[1]\ng = njit(g)\ndef f(x):\n    return g(x)" for value in ((1, 2), (1, 3))], (5,)),
    "global number": ([f"k = {value}\ndef f(x):\n    return x + k" for value in (1, 2)], (5,)),
    "global function": ([f"g = njit(lambda x: x {op} 3)\ndef f(x):\n    return g(x)" for op in "+-"], (5,)),
    "global class": ([f"import numpy as np\nk = np.{name}\ndef f(x):\n    return np.zeros(x, k)" for name in ("int32", "float32")], (2,)),
    "constant": (["def f(x):\n    return 'a'", "def f(x):\n    return 'b'"], (1,)),
    "constant with the same bits": (["def f(x):\n    return 0", "def f(x):\n    return 0.0", "def f(x):\n    return False"], (1,)),
    "captured number": ([f"def outer(k):\n    def f(x):\n        return x + k\n    return f\nf = outer({k})" for k in (1, 2)], (5,)),
    "inner function": ([f"def f(x):\n    def g(y):\n        return y {op} 3\n    return g(x)" for op in "+-"], (5,)),
    "class that is caught": ([f"def f(x):\n    try:\n        return 1 // x\n    except {name}:\n        return 7" for name in ("ArithmeticError", "LookupError")], (0,)),
}  # fmt: skip


def result(function, args):
    try:
        return function(*args)
    except Exception as error:
        return type(error)


def function_of(source):
    scope = {"njit": njit}
    exec(source, scope)
    return scope["f"]


@pytest.mark.parametrize("group", GROUPS)
def test_what_differs_is_compiled_apart(group):
    sources, args = GROUPS[group]
    for order in permutations(sources):
        functions = [function_of(source) for source in order]
        compiled = [njit(function) for function in functions]
        for function, ours in zip(functions, compiled, strict=True):
            expected, actual = result(getattr(function, "py_func", function), args), result(ours, args)
            assert np.array_equal(expected, actual) and np.asarray(expected).dtype == np.asarray(actual).dtype, order
