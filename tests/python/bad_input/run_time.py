"""What goes wrong while compiled code runs, or would in other languages: exceptions, conversions and edges as CPython and NumPy."""

import math

import numpy as np
from bad_input.table import add, function, like_python

from lancehead import njit

A, M, E = np.arange(6.0), np.arange(6.0).reshape(2, 3), np.zeros(0)
NAN, INF = float("nan"), float("inf")

# Same exception as CPython; the text too, or what it contains (docs/deviations.md, error-texts).
for expression, args, text in [
    ("x // y", (1, 0), False), ("x % y", (1, 0), False), ("x / y", (1, 0), False), ("x / y", (1.0, 0.0), False), ("x // y", (1.0, 0.0), False),
    ("x % y", (1.5, 0.0), False), ("x / y", (1j, 0j), False), ("divmod(x, y)", (1, 0), False), ("divmod(x, y)", (1.5, 0.0), False),
    ("x << y", (1, -1), True), ("x >> y", (1, -1), True), ("1 << -1 + x", (0,), True), ("x[y]", (A, 6), True), ("x[y]", (A, -7), True),
    ("x[y]", (E, 0), True), ("x[y, 0]", (M, 2), True), ("x[0, y]", (M, 3), True), ("x[0, y]", (M, -4), True), ("x[y]", (M, 5), True),
    ("x[1:2, y]", (M, 3), True), ("x[::y]", (A, 0), True), ("x[y]", ((1, 2), 5), False), ("x[y]", ((1, 2), -3), False), ("x[y]", ((1.5, 2.5), 2**62), False),
    ("x[y]", (A, 2**62), True), ("x[y]", (A, -(2**63)), True), ("x + y", (A, A[:5]), False), ("x + y", (M, A), False), ("x * y", (A, E), False),
    ("x < y", (M, A[:2]), False), ("np.add(x, y)", (A, A[:4]), False), ("np.maximum(x, y)", (M, np.zeros((3, 2))), False), ("np.dot(x, y)", (A, A[:3]), False),
    ("np.where(x > 1, x, y)", (A, A[:5]), False), ("x.reshape(4)", (A,), False), ("x.reshape(4, 4)", (A,), False), ("x.reshape((y, -1))", (A, 5), False),
    ("x.reshape(-1, -1)", (A,), False), ("np.zeros(1).reshape(-1, -1)", (), False), ("np.reshape(x, (7,))", (A,), False),
    ("np.max(x)", (E,), True), ("np.min(x)", (E,), True), ("x.max()", (E,), True), ("x.min()", (np.zeros((0, 3)),), True), ("max(x)", (E,), False), ("min(())", (), False),
    ("np.zeros(x)", (-1,), True), ("np.zeros((2, x))", (-3,), True), ("np.empty(x)", (-1,), True), ("np.full(x, 1.0)", (-2,), True), ("np.eye(x)", (-1,), False),
    ("np.empty(x)", (2**61,), False), ("np.zeros((x, x))", (2**40,), False), ("np.arange(x, y, 0)", (1, 2), False), ("np.arange(0.0, x)", (INF,), True),
    ("np.arange(0.0, x)", (NAN,), True), ("np.linspace(0.0, 1.0, x)", (-1,), False), ("bool(x)", (A,), False), ("not x", (A,), False), ("1 if x else 2", (M,), False),
    ("int(x)", (NAN,), True), ("int(x)", (INF,), True), ("int(x)", (-INF,), True), ("round(x)", (NAN,), True), ("round(x)", (INF,), True), ("math.floor(x)", (NAN,), True),
    ("math.ceil(x)", (INF,), True), ("math.trunc(x)", (NAN,), True), ("math.factorial(x)", (-1,), True), ("math.comb(x, y)", (5, -1), True), ("math.perm(x, y)", (3, -1), True),
    ("math.isqrt(x)", (-1,), False), ("math.dist((1,), (1, 2))", (), True), ("pow(2, x, 0)", (3,), True), ("pow(2, -1, x)", (4,), True), ("math.fsum((x, y))", (INF, -INF), True),
    ("range(1, 2, x)", (0,), True), ("x + 1 if x is not None else y", (None, 3), True), ("len(x[5:2])", (A,), True), ("x[10:20].shape", (A,), True), ("x[-100:3]", (A,), True),
    ("x[3:-100]", (A,), True), ("x[::-1][0]", (A,), True), ("x.sum()", (E,), True), ("x.prod()", (E,), True), ("np.sum(x)", (np.zeros((0, 3)),), True),
    ("np.all(x)", (E,), True), ("np.any(x)", (E,), True), ("x + y", (E, 1.0), True), ("x + y", (E, np.ones(1)), True), ("x * y", (np.zeros((0, 3)), np.ones(3)), True),
    ("x + y", (np.array(1.0), A), True), ("x[None]", (A,), True), ("x[()]", (np.array(2.5),), True), ("x / y", (A, np.zeros(6)), True), ("x // y", (np.arange(3), np.zeros(3, np.int64)), True),
    ("x % y", (np.arange(3), np.zeros(3, np.int64)), True), ("x ** y", (np.arange(3.0), -1.0), True), ("np.sqrt(x)", (-A,), True), ("np.log(x)", (-A,), True), ("x / y", (1.0, 3.0), True),
    ("abs(x)", (-(2**62),), True), ("-x", (2**62,), True), ("x == x", (NAN,), True), ("x in (1.0, x)", (2.0,), True), ("min(x, y)", (NAN, 1.0), True), ("max(x, y)", (1.0, NAN), True),
    ("x if x == x else y", (NAN, INF), True), ("complex(x, y)", (NAN, INF), True), ("x < y", (NAN, NAN), True), ("x // y", (-7, 2), True), ("x % y", (-7, 2), True), ("x % y", (7.5, -2.0), True),
    ("x // y", (INF, 1.0), True), ("x % y", (1.0, INF), True), ("x // y", (-1.0, INF), True), ("divmod(x, y)", (-7, 2), True), ("x ** y", (0, 0), True), ("x ** y", (0.0, 0), True), ("round(x)", (2.5,), True),
    ("round(x, y)", (2.675, 2), True), ("int(x)", (-2.9,), True), ("int(x)", (True,), True), ("x[:0]", (A,), True), ("()", (), True), ("x", ("",), True), ("x + y", ("", ""), True), ("len(x)", ("\0",), True), ("x == y", ("a", "b"), True),
]:  # fmt: skip
    names = ", ".join("xyzw"[: len(args)])
    shown = ", ".join(repr(a) if not isinstance(a, np.ndarray) else f"array{a.shape}" for a in args)
    like_python(expression, shown, f"import math\ndef f({names}):\n    return {expression}\n", args, text)

# Documented deviations: the value, or exception, of docs/deviations.md.
for row, expression, args, value in [
    ("no-domain-errors", "math.sqrt(x)", (-1.0,), NAN), ("no-domain-errors", "math.log(x)", (0.0,), -INF), ("no-domain-errors", "math.acos(x)", (2.0,), NAN),
    ("no-domain-errors", "math.exp(x)", (1000.0,), INF), ("no-domain-errors", "math.fmod(x, y)", (1.0, 0.0), NAN), ("no-domain-errors", "x ** y", (-8.0, 0.5), NAN),
    ("no-domain-errors", "x ** y", (0.0, -1.0), INF), ("no-domain-errors", "math.pow(x, y)", (1e300, 2.0), INF), ("shift-count", "x << y", (1, 64), 0), ("shift-count", "x >> y", (-1, 100), -1),
    ("int-64-bits", "x + 1", (2**63 - 1,), -(2**63)), ("int-64-bits", "x * x", (2**32,), 0), ("uint-minus", "-x", (np.uint8(1),), -1),
]:  # fmt: skip
    names = ", ".join("xyzw"[: len(args)])
    source = f"import math\ndef f({names}):\n    return {expression}\n"
    add(f"{expression} of {args}", row, lambda s=source, a=args: njit(function(s))(*a), python=lambda v=value: v)
for row, expression, args, error, message in [
    ("float-to-int", "int(x)", (1e300,), OverflowError, "float too large to convert to a 64-bit integer"),
    ("float-to-int", "math.floor(x)", (-1e300,), OverflowError, "float too large"),
    ("int-power", "x ** y", (2, -1), ValueError, "Integers to negative integer powers are not allowed"),
    ("math-int-results", "math.factorial(x)", (21,), OverflowError, "integer result is too large for 64 bits"),
    ("math-int-results", "math.comb(x, y)", (100, 50), OverflowError, "integer result is too large for 64 bits"),
]:
    names = ", ".join("xyzw"[: len(args)])
    source = f"import math\ndef f({names}):\n    return {expression}\n"
    add(f"{expression} of {args}", row, lambda s=source, a=args: njit(function(s))(*a), error, message)

# Statements.
for body, args, text in [
    ("x[y] = 1.0\nreturn x", (A, 6), True), ("x[y] = 1.0\nreturn x", (A, -7), True), ("x[0, y] = 1.0\nreturn x", (M, 3), True), ("x[y] += 1.0\nreturn x", (A, 100), True),
    ("x[:] = y\nreturn x", (A, A[:5]), False), ("x[:] = y\nreturn x", (A, np.zeros((2, 3))), False), ("x[0] = y\nreturn x", (A, A[:2]), False), ("x[1:3] = y\nreturn x", (A, A[:3]), False), ("x += y\nreturn x", (A, A[:5]), False), ("x[:, 0] = y\nreturn x", (M, A), False),
    ("a, b = x\nreturn a", (A,), False), ("a, b = x\nreturn b", (A[:1],), False), ("a, b = x\nreturn b", (A[:2],), True), ("for k in range(x, 10, y):\n    pass\nreturn 1", (1, 0), True),
    ("raise ValueError('no')", (), True), ("raise ValueError", (), True), ("raise KeyError(x)", ("k",), True), ("raise IndexError(x, 2.5, (1, 'a'))", (1,), True), ("raise OSError(2, 'x')", (), True),
    ("raise UnicodeDecodeError('a')", (), True), ("raise StopIteration(3)", (), True), ("raise Exception(None)", (), True), ("raise ValueError('a') from None", (), True), ("raise ValueError('a') from KeyError('b')", (), True),
    ("raise ExceptionGroup('a', (ValueError(),))", (), True), ("assert x == 2, x", (1,), True), ("assert False", (), True), ("assert x, 'no'", (0,), True), ("raise NotImplementedError", (), True), ("raise ArithmeticError(x)", (2.5,), True),
    ("try:\n    return x // 0\nexcept ZeroDivisionError:\n    return -1", (1,), True), ("try:\n    return x[9]\nexcept IndexError:\n    return -1.0", (A,), True), ("try:\n    raise KeyError(1)\nfinally:\n    x[0] = 9", (A,), True),
    ("try:\n    return x // 0\nexcept ValueError:\n    return -1", (1,), False), ("try:\n    x // 0\nexcept ZeroDivisionError as e:\n    raise ValueError('b') from e", (1,), True), ("try:\n    x // 0\nexcept:\n    raise", (1,), False),
    ("y = None if x else 1\nreturn y + 1", (1,), False), ("y = None if x else 1\nreturn y + 1", (0,), True), ("for k in x:\n    x = x[:0]\nreturn k", (A,), True), ("while x:\n    x -= 1\nreturn x", (5,), True), ("x.fill(2)\nreturn x", (E,), True),
    ("for row in x:\n    row[0] = 9.0\nreturn x", (M,), True), ("x[:] = x[::-1]\nreturn x", (A,), True), ("x[1:] = x[:-1]\nreturn x", (A,), True), ("x[:] = x[0]\nreturn x", (A,), True),
]:  # fmt: skip
    names = ", ".join("xyzw"[: len(args)])
    shown = ", ".join(repr(a) if not isinstance(a, np.ndarray) else f"array{a.shape}" for a in args)
    like_python(body, shown, f"def f({names}):\n    " + body.replace("\n", "\n    ") + "\n", args, text)

add("endless recursion", "compiled code", lambda: function("@njit\ndef f(x):\n    return 0 if x < 0 else f(x + 1) + 1\n")(1), RecursionError, "maximum recursion depth exceeded")
add("sqrt of a row", "math", lambda: math.isnan(njit(function("import math\ndef f(x):\n    return math.sqrt(x)\n"))(-1.0)), python=lambda: True)
