"""Names, types and calls that do not fit together: globals, locals, closures, calls of functions, parallel loops."""

import functools

import numpy as np
from bad_input.table import ANY, add, function, like_python, refused

from lancehead import errors, njit

TYPING, UNSUPPORTED = errors.TypingError, errors.UnsupportedError
A = np.arange(6.0)


class Thing:
    """An object of the program."""

    value = 3


# Globals and captured variables.
for what, value, message in [
    ("list", [1, 2], "type list .*; use a tuple or an array"),
    ("dict", {1: 2}, "type dict .*; use tuples or arrays"),
    ("set", {1}, "type set .*; use a tuple or an array"),
    ("frozenset", frozenset([1]), "type frozenset .*; use a tuple"),
    ("bytes", b"a", "type bytes .*; use an array of np.uint8"),
    ("bytearray", bytearray(b"a"), "type bytearray .*; use an array"),
    ("object", Thing(), "type .*Thing is not supported"),
    ("partial", functools.partial(max, 1), "type functools.partial .*; call the function itself"),
    ("range", range(3), "type range .*; write range"),
    ("np.longdouble", np.longdouble(1), "type numpy.longdouble .*; use np.float64"),
    ("array of objects", np.array([1, "a"], dtype=object), "type numpy.ndarray"),
    ("array of records with text", np.zeros(2, [("a", "U4")]), "type numpy.ndarray"),
    ("big-endian array", np.arange(3, dtype=">f8"), "type numpy.ndarray"),
    ("huge tuple", tuple(range(5000)), "type tuple .*; it is too large"),
    ("deep tuple", functools.reduce(lambda t, _: (t,), range(100), ()), "type tuple .*; it is too large or nested"),
    ("tuple with a list", (1, [2]), "of type list|type list .*; use a tuple"),
    ("iterator", iter("ab"), "is not supported"),
]:
    refused(what, "global", "def f(x):\n    return G\n", (1,), TYPING, f"a value of Python type|{message}", "G", scope={"G": value})
    refused(what, "global that is used", "def f(x):\n    y = G\n    return x\n", (1,), TYPING, message, "G", scope={"G": value})
    refused(what, "captured", "def outer(C):\n    def f(x):\n        return C\n    return f\nf = outer(G)\n", (1,), TYPING, message, "C", scope={"G": value})
refused("undefined name", "global", "def f(x):\n    return x + nowhere\n", (1,), TYPING, "name 'nowhere' is not defined", "nowhere")
refused("undefined function", "global", "def f(x):\n    return nowhere(x)\n", (1,), TYPING, "name 'nowhere' is not defined", "nowhere")
refused("undefined name", "loop", "def f(x):\n    for k in range(nowhere):\n        x += k\n    return x\n", (1,), TYPING, "name 'nowhere' is not defined", "nowhere")
refused("undefined name", "callee", "@njit\ndef g(x):\n    return nowhere\ndef f(x):\n    return g(x)\n", (1,), TYPING, r"(?s)name 'nowhere'.*called as g\(int64\)", "nowhere")
refused("undefined name", "inner function", "def f(x):\n    def g():\n        return nowhere\n    return g()\n", (1,), TYPING, "name 'nowhere'", "nowhere")
refused("undefined name that is not ASCII", "global", "def f(größe):\n    return größe + größer\n", (1,), TYPING, "name 'größer' is not defined", "größer")
like_python("undefined name", "branch never taken", "def f(x):\n    if x is None:\n        return nowhere\n    return x\n", (1,))
add("deleted global", "global", lambda: njit(function("N = 1\ndef f(x):\n    return x + N\ndel N\n"))(1), TYPING, "name 'N' is not defined", "N")
add("empty cell", "captured", lambda: njit(function("def outer():\n    def f(x):\n        return x + c\n    return f\n    c = 1\nf = outer()\n"))(1), TYPING, "name 'c' is not defined", "c")
refused("missing attribute", "module", "import os\ndef f(x):\n    return os.no_such\n", (1,), TYPING, "unknown attribute 'no_such' of type Module", "os.no_such")
refused("missing attribute", "class", "class C:\n    pass\ndef f(x):\n    return C.no_such\n", (1,), TYPING, "unknown attribute 'no_such' of type", "C.no_such")
refused("class attribute of a list", "class", "class C:\n    v = [1]\ndef f(x):\n    return C.v\n", (1,), TYPING, "type list")
refused("making an object", "class", "class C:\n    pass\ndef f(x):\n    return C()\n", (1,), TYPING, "is not supported|is not callable", r"C\(\)")
refused("Python function", "call", "def g(x):\n    return x\ndef f(x):\n    return g(x)\n", (1,), TYPING, r"calling bad_input.g\(\) is not supported in compiled code; decorate it with @njit", r"g\(x\)")
refused("lambda of the module", "call", "g = lambda x: x\ndef f(x):\n    return g(x)\n", (1,), TYPING, "is not supported in compiled code; decorate it with @njit", r"g\(x\)")
refused("function of os", "call", "import os\ndef f(x):\n    return os.getpid()\n", (1,), TYPING, r"getpid\(\) is not supported", r"os.getpid\(\)")
refused("function of time", "call", "import time\ndef f(x):\n    return time.time()\n", (1,), TYPING, r"time.time\(\) is not supported", r"time.time\(\)")
refused("function of random", "call", "import random\ndef f(x):\n    return random.random()\n", (1,), TYPING, r"random\(\) is not supported|is not callable|not supported", ANY)
refused("method of an object", "call", "def f(x):\n    return T.method()\n", (1,), TYPING, "type .*Thing is not supported", "T", scope={"T": Thing()})

# Arity and keywords, from compiled code.
CALLEE = "@njit\ndef g(a, b=2, *, c=3):\n    return a + b + c\n@njit\ndef h(a, /):\n    return a\n@njit\ndef r(a, *rest):\n    return a + len(rest)\n"
for call, message in [
    ("g()", r"g\(\) is missing the argument 'a'"),
    ("g(1, 2, 3)", r"g\(\) got too many arguments: expected 2, got 3"),
    ("g(1, 2, 3, 4)", "expected 2, got 4"),
    ("g(1, a=2)", r"g\(\) got multiple values for argument 'a'"),
    ("g(1, 2, b=3)", "got multiple values for argument 'b'"),
    ("g(1, d=3)", r"g\(\) got an unexpected keyword argument 'd'"),
    ("g(b=3)", "is missing the argument 'a'"),
    ("h()", r"h\(\) is missing the argument 'a'"),
    ("h(a=1)", r"h\(\) got an unexpected keyword argument 'a'"),
    ("h(1, 2)", r"h\(\) got too many arguments: expected 1, got 2"),
    ("r()", r"r\(\) is missing the argument 'a'"),
    ("r(1, rest=2)", "got an unexpected keyword argument 'rest'"),
    ("g(*(1, 2, 3))", "got too many arguments: expected 2, got 3"),
    ("g(*x)", "spreading int64 into a call .*; spread a tuple"),
    ("inner()", r"inner\(\) is missing the argument 'k'"),
    ("inner(1, 2)", r"inner\(\) got too many arguments: expected 1, got 2"),
    ("inner(j=1)", "unexpected keyword argument 'j'"),
    ("(lambda k: k)()", r"<lambda>\(\) is missing the argument 'k'"),
]:
    error = UNSUPPORTED if "spreading" in message else TYPING
    source = f"{CALLEE}def f(x):\n    def inner(k):\n        return k\n    return {call}\n"
    refused(call, "compiled code", source, (1,), error, message)
    if not call.startswith(("inner", "(lambda")):
        refused(call, "try", f"{CALLEE}def f(x):\n    try:\n        return {call}\n    except TypeError:\n        return 0\n", (1,), error, message)
# ... and from Python.
for call, source in {
    "f()": "def f(a): pass", "f(1, 2)": "def f(a): pass", "f(b=1)": "def f(a): pass", "f(1, a=2)": "def f(a): pass", "f(1, b=2)": "def f(a): pass",
    "f(1)": "def f(): pass", "f(a=1)": "def f(a, /): pass", "f(1, 2, 3)": "def f(a, b=2): pass", "f(b=1, c=2)": "def f(a, b=2): pass",
    "f(1, k=1)": "def f(a, *rest): pass", "f(1, 2)  ": "def f(a, *, b): pass", "f(1)   ": "def f(a, *, b): pass", "f(**{'a': 1, 'z': 2})": "def f(a): pass",
    "f(*range(20))": "def f(a): pass", "f(größe=1)": "def f(a): pass",
}.items():  # fmt: skip
    def of_python(c=call, s=source):
        return eval(c, {"f": function(s + "\n")})

    add(call, f"Python: {source[4:-6]}", lambda c=call, s=source: eval(c, {"f": njit(function(s + "\n"))}), python=of_python, text=False)
    add(call, f"eager: {source[4:-6]}", lambda c=call, s=source: eval(c, {"f": njit("(" + "i8," * 0 + ")")(function("def f(): pass\n"))}), TypeError, "too many arguments|unexpected keyword") if "()" not in call else None

# Types that do not meet.
for what, body, message in [
    ("int and str", "if x:\n    y = 1\nelse:\n    y = 'a'\nz = y\nreturn 1 if z == y else 2", "cannot unify"),
    ("returns of int and str", "if x:\n    return 1\nreturn 'a'", "cannot unify the return types int64 and unicode_type"),
    ("returns of an array and an int", "if x:\n    return np.zeros(3)\nreturn 1", "cannot unify the return types .*array"),
    ("returns of tuples of two lengths", "if x:\n    return (1, 2)\nreturn (1, 2, 3)", "cannot unify the return types UniTuple"),
    ("returns of arrays of two ranks", "if x:\n    return np.zeros(3)\nreturn np.zeros((3, 3))", "cannot unify the return types"),
    ("returns of arrays of two dtypes", "if x:\n    return np.zeros(3)\nreturn np.zeros(3, np.int64)", "cannot unify the return types"),
    ("returns of functions", "if x:\n    return abs\nreturn len", "cannot unify the return types"),
    ("str and int in a loop", "y = 1\nfor k in range(x):\n    y = 'a'\nreturn y", "cannot unify .*int64 and unicode_type|cannot unify unicode_type and int64"),
    ("tuple that grows", "y = ()\nfor k in range(x):\n    y = y + (k,)\nreturn y", r"cannot unify Tuple\(\) and UniTuple\(int64 x 1\) for 'y'"),
    ("tuple that nests", "y = (1,)\nwhile x:\n    y = (y,)\n    x -= 1\nreturn y", "cannot unify UniTuple"),
    ("array and None and int", "y = None\nfor k in range(3):\n    y = np.zeros(3) if y is None else 1\nreturn y", "cannot unify"),
    ("functions", "g = abs if x else len\nreturn g(1)", "cannot unify Function.* and Function"),
    ("inner functions", "g = (lambda: 1) if x else (lambda: 2)\nreturn g()", "cannot unify"),
    ("slice and int", "y = slice if x else 1\nreturn 1 if y == 1 else 2", "cannot unify|operator =="),
    ("and of int and str", "return x and 'a'", "cannot unify"),
    ("or of int and tuple", "return x or (1, 2)", "cannot unify"),
    ("conditional of array and int", "return np.zeros(3) if x else 1", "cannot unify"),
    ("try and handler", "try:\n    y = x // 0\nexcept ZeroDivisionError:\n    y = 'a'\nreturn y", "cannot unify"),
    ("optional of array in arithmetic", "y = None if x else 'a'\nreturn y + 1", r"operator \+"),
]:
    source = "def f(x):\n    " + body.replace("\n", "\n    ") + "\n"
    refused(what, "function", source, (2,), TYPING, message)
    inner = "@njit\ndef g(x):\n    " + body.replace("\n", "\n    ") + "\ndef f(x):\n    return g(x)\n"
    refused(what, "callee", inner, (2,), TYPING, f"(?s){message}.*called as g")
for what, source in {
    "itself": "@njit\ndef f(x):\n    return f(x)\n",
    "itself with arithmetic": "@njit\ndef f(x):\n    return f(x - 1) + 1\n",
    "each other": "@njit\ndef f(x):\n    return g(x)\n@njit\ndef g(x):\n    return f(x)\n",
}.items():
    add("recursion without an end", what, lambda s=source: function(s)(3), TYPING, "recursion of '[fg]' has no path that returns without recursion")
add("recursion that changes types", "tuples", lambda: function("@njit\ndef f(t, n):\n    if n == 0:\n        return 0\n    return f((t, t), n - 1)\n")((1,), 50), TYPING, "")
for what, body in {
    "deleted": "del x\nreturn x", "deleted in a branch": "if x > 1:\n    del x\nreturn x", "never assigned": "y += 1\nreturn y", "deleted unassigned": "del y\ny = 1\nreturn y",
    "assigned later": "y = y + 1\nreturn y", "assigned in a loop that does not run": "for k in range(x - 2):\n    y = k\nreturn y", "loop variable": "for k in range(0):\n    pass\nreturn k",
    "assigned in a branch": "if x > 5:\n    y = 1\nreturn y", "assigned in a try": "try:\n    y = 1 // (x - 2)\nexcept ZeroDivisionError:\n    pass\nreturn y",
    "name of a handler": "try:\n    x // 0\nexcept ZeroDivisionError as e:\n    pass\nreturn e", "assigned in while False": "while False:\n    y = 1\nreturn y",
    "array in a branch": "if x > 5:\n    y = np.zeros(3)\nreturn y[0]", "str in a branch": "if x > 5:\n    y = 'a'\nreturn y", "match that does not match": "match x:\n    case 5:\n        y = 1\nreturn y",
}.items():  # fmt: skip
    like_python(what, "unbound local", "def f(x):\n    " + body.replace("\n", "\n    ") + "\n", (2,))
refused("captured and changed", "inner function", "def f(x):\n    def g():\n        return x\n    x = x + 1\n    return g()\n", (1,), UNSUPPORTED, "'x' is captured by an inner function and assigned afterwards")
refused("nonlocal", "inner function", "def f(x):\n    def g():\n        nonlocal x\n        x = 2\n    g()\n    return x\n", (1,), UNSUPPORTED, "assigning to 'x' of an enclosing function|'x' is captured")

# Parallel loops.
for what, body, error, message in [
    ("break", "for k in prange(x):\n    if k > 1:\n        break\nreturn x", TYPING, "a prange loop cannot be left by break( or return)?; use range"),
    ("return", "for k in prange(x):\n    if k > 1:\n        return k\nreturn x", TYPING, "a prange loop cannot be left by break or return; use range"),
    ("value of the last iteration", "y = 0\nfor k in prange(x):\n    y = y * 2 + k\nreturn y", TYPING, "'y' is written in a prange loop and read again"),
    ("two reductions of one variable", "y = 1\nfor k in prange(x):\n    y += k\n    y *= 2\nreturn y", TYPING, "'y' is written in a prange loop"),
    ("reduction that is read", "y = 0\nfor k in prange(x):\n    y += k\n    a[0] = y\nreturn y", TYPING, "'y' is written in a prange loop"),
    ("difference from the right", "y = 0\nfor k in prange(x):\n    y = k - y\nreturn y", TYPING, "'y' is written in a prange loop"),
    ("step of a float", "for k in prange(1.5):\n    pass\nreturn x", TYPING, r"no implementation of .*prange"),
    ("prange of an array", "for k in prange(a):\n    pass\nreturn x", TYPING, r"no implementation of .*prange"),
    ("prange of nothing", "for k in prange():\n    pass\nreturn x", TYPING, r"no implementation of .*prange"),
    ("tuple that grows", "y = ()\nfor k in prange(x):\n    y = y + (k,)\nreturn x", TYPING, "cannot unify"),
    ("dict in the body", "for k in prange(x):\n    v = {k: 1}\nreturn x", UNSUPPORTED, "a dict is not supported"),
    ("str and int in the body", "for k in prange(x):\n    v = 'a' + k\nreturn x", TYPING, r"operator \+ for unicode_type and int64"),
    ("undefined name in the body", "for k in prange(x):\n    a[k] = nowhere\nreturn x", TYPING, "name 'nowhere' is not defined"),
]:
    refused(what, "prange", "def f(x, a):\n    " + body.replace("\n", "\n    ") + "\n", (3, np.zeros(3)), error, message, parallel=True)
for what, body in {
    "index out of bounds": "for k in prange(x):\n    a[k + 100] = 1.0\nreturn x", "division by zero": "for k in prange(x):\n    a[0] = 1 // (k - k)\nreturn x",
    "raise": "for k in prange(x):\n    if k == 2:\n        raise ValueError('two')\nreturn x", "no iteration": "y = 1\nfor k in prange(0):\n    y += k\nreturn y",
    "negative range": "y = 1\nfor k in prange(-5):\n    y += k\nreturn y", "sum": "y = 0\nfor k in prange(x):\n    y += k\nreturn y",
}.items():  # fmt: skip
    source = "def f(x, a):\n    " + body.replace("\n", "\n    ") + "\n"
    add(what, "prange at run time", lambda s=source: njit(parallel=True)(function(s))(3, np.zeros(3)), python=lambda s=source.replace("prange", "range"): function(s)(3, np.zeros(3)))
