"""Sizes that nobody writes by hand: long functions, deep nesting, many arguments, huge constants.

They run in a process of their own, in which a crash or an endless loop names the row and fails no other.
"""

import functools

import numpy as np
from bad_input.table import ANY, add, function

from lancehead import errors, njit

TYPING, UNSUPPORTED = errors.TypingError, errors.UnsupportedError


def sized(what, source, args, value=None, error=None, message="", caret=None, **options):
    """A row that runs in the process of its own: the value that it gives, or its error."""
    python = None if error else lambda: value
    add(what, "size", lambda: njit(**options)(function(source()))(*args), error, message, caret, python=python, apart=True)


def lines(n, line, first="", last="return x", parameters="x"):
    """A function of n lines; {0} is the line's number."""
    return f"def f({parameters}):\n" + first + "".join(f"    {line.format(k)}\n" for k in range(n)) + f"    {last}\n"


def nested(n, head, inner, after=""):
    """n blocks in each other."""
    body = "".join("    " * (k + 1) + head.format(k) + "\n" for k in range(n))
    return f"def f(x):\n    s = 0\n{body}{'    ' * (n + 1)}{inner}\n{after}    return s\n"


sized("20,000 lines of ints", lambda: lines(20000, "x = x + {0}"), (1,), 199990001)
sized("20,000 lines, then a dict", lambda: lines(20000, "x = x + {0}", last="return {x: 1}"), (1,), error=UNSUPPORTED, message="a dict is not supported", caret=ANY)
sized("5,000 lines of floats", lambda: lines(5000, "x = x * 1.0 + {0}.5"), (1.0,), 1.0 + sum(k + 0.5 for k in range(5000)))
sized("5,000 variables", lambda: lines(5000, "x{0} = x + {0}", last="return x + x4999"), (1,), 5001)
sized("1,000 branches", lambda: lines(1000, "if x == {0}: x = x + 1"), (1,), 1000)
sized("1,000 returns", lambda: lines(1000, "if x == {0}: return {0} * 7"), (500,), 3500)
sized("500 loops", lambda: lines(500, "for k in range(3): x += k * {0}"), (0,), sum(3 * k for k in range(500)))
sized("1,000 calls", lambda: "@njit\ndef g(x):\n    return x + 1\n" + lines(1000, "x = g(x)"), (1,), 1001)
sized("2,000 stores", lambda: lines(2000, "x[{0} % 6] += 1.0", last="return x[0]"), (np.zeros(6),), 334.0)
sized("200 array expressions", lambda: lines(200, "x = x + {0}.0"), (np.zeros(2),), np.full(2, 19900.0))
sized("300 inner functions", lambda: lines(300, "x = (lambda k: k + {0})(x)"), (1,), 1 + sum(range(300)))
sized("80 brackets", lambda: "def f(x):\n    return " + "(" * 80 + "x" + " + 1)" * 80 + "\n", (1,), 81)
sized("80 minus signs", lambda: "def f(x):\n    return " + "-" * 80 + "x\n", (1,), 1)
sized("chain of 100 comparisons", lambda: "def f(x):\n    return " + " <= ".join(["x"] * 100) + "\n", (1,), True)
sized("100 conditions", lambda: "def f(x):\n    return " + " and ".join(["x > 0"] * 100) + "\n", (1,), True)
sized("18 loops in each other", lambda: nested(18, "for i{0} in range(x):", "s += 1"), (1,), 1)
sized("80 branches in each other", lambda: nested(80, "if x > {0}:", "s += 1"), (100,), 1)
sized("8 try blocks in each other", lambda: nested(8, "try:", "s += 1 // x", "".join("    " * (8 - k) + "finally:\n" + "    " * (9 - k) + "s += 1\n" for k in range(8))), (1,), 9)
sized("18 functions in each other", lambda: "def f(x):\n" + "".join("    " * (k + 1) + f"def g{k}(x):\n" for k in range(18)) + "    " * 19 + "return x\n" + "".join("    " * (18 - k) + f"return g{17 - k}(x) + 1\n" for k in range(18)), (1,), 19)
for what, value, total in ("ints", 1, 2), ("floats", 1.5, 3.0), ("arrays", np.ones(2), 2.0):
    item = "[0]" if what == "arrays" else ""
    names = ", ".join(f"a{k}" for k in range(300))
    sized(f"300 arguments, {what}", lambda n=names, i=item: f"def f({n}):\n    return a0{i} + a299{i}\n", (value,) * 300, total)
sized("300 arguments of a callee", lambda: f"@njit\ndef g({', '.join(f'a{k}' for k in range(300))}):\n    return a0 + a299\ndef f(x):\n    return g({', '.join(f'x + {k}' for k in range(300))})\n", (1,), 301)
sized("300 in *args", lambda: "def f(*a):\n    return a[5] + len(a)\n", tuple(range(300)), 305)
sized("301 arguments for 300", lambda: f"def f({', '.join(f'a{k}' for k in range(300))}):\n    return a0\n", (1,) * 301, error=TypeError, message="too many arguments: expected 300, got 301")
sized("tuple of 10,000", lambda: "def f(t):\n    return t[1] + len(t)\n", (tuple(range(10000)),), 10001)
sized("tuple of 100,000", lambda: "def f(t):\n    return t[1]\n", (tuple(range(100000)),), error=TYPING, message="cannot determine the type of a tuple that nests deeper than .* or holds over")
sized("tuple that nests 100,000 deep", lambda: "def f(t):\n    return 1\n", (functools.reduce(lambda t, _: (t,), range(100000), ()),), error=TYPING, message="cannot determine the type of a tuple that nests deeper")
sized("constant tuple of 1,000", lambda: "def f(x):\n    return (" + ", ".join(map(str, range(1000))) + ")[x]\n", (5,), 5)
sized("constant tuple of 5,000", lambda: "def f(x):\n    return (" + ", ".join(map(str, range(5000))) + ")[x]\n", (5,), error=TYPING, message="type tuple .*; it is too large", caret=ANY)
sized("tuple that doubles 10 times", lambda: "def f(x):\n    t = (1, 2)\n" + "    t = t + t\n" * 10 + "    return t[x]\n", (5,), 2)
sized("tuple that doubles 30 times", lambda: "def f(x):\n    t = (1, 2)\n" + "    t = t + t\n" * 30 + "    return t[x]\n", (5,), error=TYPING, message="a tuple of this size or depth is not supported", caret=ANY)
sized("tuple that nests 3,000 times", lambda: "def f(x):\n    t = (x,)\n" + "    t = (t,)\n" * 3000 + "    return t\n", (5,), error=TYPING, message="a tuple of this size or depth is not supported", caret=ANY)
sized("tuple of 300 that is looped over", lambda: "def f(t):\n    s = 0\n    for v in t:\n        s += v\n    return s\n", (tuple(range(300)),), 44850)
sized("str literal of 1,000,000", lambda: "def f(x):\n    return len('" + "a" * 1000000 + "') + x\n", (1,), 1000001)
sized("str of 10,000,000", lambda: "def f(x):\n    return len(x + x)\n", ("b" * 10000000,), 20000000)
sized("name of 5,000 letters", lambda: f"def f({'x' * 5000}):\n    return {'x' * 5000} + 1\n", (1,), 2)
sized("undefined name of 5,000 letters", lambda: f"def f(x):\n    return {'y' * 5000}\n", (1,), error=TYPING, message="name 'y{5000}' is not defined", caret="y{5000}")
sized("int literal of 4,000 digits", lambda: f"def f(x):\n    return x + {'9' * 4000}\n", (1,), error=TYPING, message="the integer 9.* does not fit 64 bits", caret="9{4000}")
sized("int of 3,000 digits", lambda: "def f(x):\n    return x\n", (2**10000,), error=OverflowError, message="does not fit 64 bits")
sized("global int of 16,000 digits", lambda: "N = 2**50000\ndef f(x):\n    return x + N\n", (1,), error=TYPING, message="the integer of 50001 bits does not fit 64 bits", caret="N")
sized("global array of 100,000", lambda: "A = np.arange(100000.0)\ndef f(x):\n    return A[x]\n", (3,), 3.0)
sized("200 functions that call each other", lambda: "@njit\ndef g0(x):\n    return x\n" + "".join(f"@njit\ndef g{k}(x):\n    return g{k - 1}(x) + 1\n" for k in range(1, 200)) + "def f(x):\n    return g199(x)\n", (1,), 200)
sized("recursion 10,000,000 deep", lambda: "@njit\ndef g(x):\n    return x if x <= 0 else 1 + g(x - 1)\ndef f(x):\n    return g(x)\n", (10000000,), error=RecursionError, message="maximum recursion depth exceeded in compiled code")
sized("print of 300", lambda: "def f(x):\n    print(" + ", ".join(["x"] * 300) + ")\n    return x\n", (1,), 1)
sized("lines that are not ASCII", lambda: lines(500, "ß{0} = größe + {0}", last="return ß499 + 'ä'", parameters="größe"), (1,), error=TYPING, message=r"operator \+ for int64 and unicode_type", caret=r"ß499 \+ 'ä'")
sized("array of 2**62 elements", lambda: "def f(x):\n    return np.zeros(x)\n", (2**62,), error=ValueError, message="array is too big")
sized("array of 2**50 bytes", lambda: "def f(x):\n    return np.empty(x, np.uint8)\n", (2**50,), error=MemoryError, message="Unable to allocate")
