"""What of Python is not compiled, in every place of a function in which it may stand."""

import sys
import textwrap

from bad_input.table import ANY, add, function, like_python, refused

from lancehead import errors, jit, njit

UNSUPPORTED, TYPING = errors.UnsupportedError, errors.TypingError

# where -> (source with the construct's lines as {0}, options of njit, what else the message says)
PLACES = {
    "top of the function": ("def f(x):\n    {0}\n    return x\n", {}, ""),
    "for loop": ("def f(x):\n    for k in range(x):\n        {0}\n    return x\n", {}, ""),
    "while loop": ("def f(x):\n    while x > 0:\n        x -= 1\n        {0}\n    return x\n", {}, ""),
    "try": ("def f(x):\n    try:\n        {0}\n    except ValueError:\n        pass\n    return x\n", {}, ""),
    "handler": (
        "def f(x):\n    try:\n        if x:\n            raise ValueError\n    except ValueError:\n        {0}\n    return x\n",
        {},
        "",
    ),
    "branch": ("def f(x):\n    if x > 100:\n        {0}\n    return x\n", {}, ""),
    "inner function": ("def f(x):\n    def inner(x):\n        {0}\n        return x\n    return inner(x)\n", {}, "called as"),
    "callee": ("@njit\ndef g(x):\n    {0}\n    return x\ndef f(x):\n    return g(x)\n", {}, r"called as g\(int64\)"),
    "prange": ("def f(x):\n    for k in prange(x):\n        {0}\n    return x\n", {"parallel": True}, ""),
}
NEVER = {
    "branch for None, never taken": "def f(x):\n    if x is None:\n        {0}\n    return x + 1\n",
    "branch for str, never taken": "def f(x):\n    if isinstance(x, str):\n        {0}\n    return x + 1\n",
    "branch on a global, never taken": "DEBUG = False\ndef f(x):\n    if DEBUG:\n        {0}\n    return x + 1\n",
}


def placed(template, construct):
    """The template with the construct's lines, indented as its place is."""
    line = next(line for line in template.split("\n") if "{0}" in line)
    indent = line[: line.index("{")]
    return template.replace(line, textwrap.indent(construct, indent))


def everywhere(what, construct, error, message, caret=ANY, places=PLACES, never=NEVER):
    """A row for each place, and for branches that are never taken: there the construct does not matter."""
    for place in places:
        template, options, more = PLACES[place]
        text = f"(?s)^{message}.*{more}" if more else f"^{message}"
        refused(what, place, placed(template, construct), (3,), error, text, caret, **options)
    for place in never:
        like_python(what, place, placed(NEVER[place], construct), (3,))


def in_two_places(what, construct, error, message, caret=ANY):
    """A row at the top and one in a loop."""
    everywhere(what, construct, error, message, caret, ["top of the function", "for loop"], ())


SET = "a set is not supported in compiled code; use a tuple or an array"
DICT = "a dict is not supported in compiled code; use tuples or arrays"
COMPREHENSION = "is not supported in compiled code; write a loop that stores into an array"
FORMAT = "an f-string is not supported in compiled code; print the values separated by commas"
WITH = "a with statement is not supported"
MATCH = "a pattern of this kind in a match statement is not supported in compiled code; use"

everywhere("dict display", "v = {x: 1}", UNSUPPORTED, DICT, r"\{x: 1\}")
everywhere("set display", "v = {x, x + 1}", UNSUPPORTED, SET, r"\{x, x \+ 1\}")
everywhere("generator expression", "v = sum(k for k in range(x))", UNSUPPORTED, f"a generator expression {COMPREHENSION}")
everywhere("f-string", 'v = f"{x} items"', UNSUPPORTED, FORMAT)
everywhere("starred target", "v, *w = (x, 2, 3)", UNSUPPORTED, "a starred target .*slice the tuple")
everywhere("import", "import os", UNSUPPORTED, "an import inside a function .*; import at the top", "import os")
everywhere("class statement", "class Local:\n    y = 1", UNSUPPORTED, "a class statement .*; define the class outside")
everywhere("global assigned", "global SEEN\nSEEN = 1", UNSUPPORTED, "assigning to a global .*; return the value", "SEEN")
everywhere("attribute assigned", "x.real = 1", UNSUPPORTED, "assigning to an attribute", "x.real")
everywhere("item deleted", "del x[0]", UNSUPPORTED, "del of an item", r"x\[0\]")
everywhere("match of a mapping", 'match x:\n    case {"a": 1}:\n        pass', UNSUPPORTED, MATCH)
everywhere("call of locals", "v = locals()", TYPING, r"locals\(\) is not supported .*; name the variables", r"locals\(\)")
everywhere("bytes", 'v = b"abc"', TYPING, "a value of Python type bytes is not supported", 'b"abc"')

in_two_places("empty dict", "v = {}", UNSUPPORTED, DICT)
in_two_places("dict of two", 'v = {"a": x, "b": 1}', UNSUPPORTED, DICT)
in_two_places("dict comprehension", "v = {k: 1 for k in range(x)}", UNSUPPORTED, "a dict is not supported")
in_two_places("dict that is spread", "v = {**{}}", UNSUPPORTED, DICT)
in_two_places("set comprehension", "v = {k for k in range(x)}", UNSUPPORTED, "a set is not supported")
in_two_places("empty list", "v = []\nw = len(v)", TYPING, r"nothing says what the items .*as in \[0.0\]\[:0\]", r"\[\]")
in_two_places("list of an int and a str", 'v = [x, "a"]\nw = len(v)', TYPING, "the items of a list have one type, not int64 and unicode_type")
in_two_places("list that holds itself", "v = []\nv.append(v)", TYPING, "a list that holds itself")
in_two_places("append of a str to a list of ints", 'v = [1]\nv.append("a")', TYPING, "the items of a list have one type|no implementation of append")
in_two_places("list with a set", "v = [{1}]", UNSUPPORTED, SET)
in_two_places("f-string with a format", 'v = f"{x:03d}"', UNSUPPORTED, FORMAT)
in_two_places("f-string with repr", 'v = f"{x!r}"', UNSUPPORTED, FORMAT)
in_two_places("from import", "from os import path", UNSUPPORTED, "an import inside a function")
in_two_places("global deleted", "global SEEN\ndel SEEN", UNSUPPORTED, "del of a global variable")
in_two_places("attribute deleted", "del x.real", UNSUPPORTED, "del of an attribute")
in_two_places("match of a sequence", "match x:\n    case [1, 2]:\n        pass", UNSUPPORTED, MATCH)
in_two_places("match of a class", "match x:\n    case complex(real=1):\n        pass", UNSUPPORTED, f"{MATCH} isinstance")
in_two_places("call with **", "v = max(**x)", UNSUPPORTED, "a call with [*][*] .*; name the keyword")
in_two_places("spreading a list", "w = [1, 2]\nv = max(*w)", UNSUPPORTED, "spreading reflected list.* into a call .*; spread a tuple")
in_two_places("spreading a number into a builtin", "v = max(*3)", UNSUPPORTED, r"spreading .* into a call")
in_two_places("default that is computed", "def g(k=x):\n    return k", UNSUPPORTED, "a default of an inner function")
in_two_places("keyword default", "def g(*, k=x):\n    return k", UNSUPPORTED, "a default of an inner function")
in_two_places("lambda with a default", "v = lambda k=x: k", UNSUPPORTED, "a default of an inner function")
in_two_places("decorated inner function", "@njit\ndef g(k):\n    return k", TYPING, r"lancehead.njit\(\) is not supported .*outside")
in_two_places("inner recursion", "def g(k):\n    return g(k - 1)", UNSUPPORTED, "'g' is captured by an inner function")
in_two_places("super", "super().run()", TYPING, r"super\(\) is not supported")
in_two_places("NotImplemented as a value", "v = NotImplemented", TYPING, "a value of Python type NotImplementedType")
in_two_places("int beyond 64 bits", "v = 123456789012345678901234567890", TYPING, "the integer 1234.*7890 does not fit 64 bits")
in_two_places("int below -2**63", "v = -9223372036854775809", TYPING, "the integer -?9223372036854775809 does not fit 64 bits")
in_two_places("raise of a str", 'raise "text"', TYPING, "exceptions must derive from BaseException, not unicode_type")
in_two_places("raise of an int", "raise x", TYPING, "exceptions must derive from BaseException, not int64")
in_two_places("raise of a class", "raise int", TYPING, "exceptions must derive from BaseException, not class")
in_two_places("raise from an int", "raise ValueError from x", TYPING, "exception causes must derive from BaseException or be None, not int64")
in_two_places("raise from a str", 'raise ValueError("a") from "b"', TYPING, "exception causes must derive from .*not unicode_type")
in_two_places("raise without an exception", "raise", UNSUPPORTED, "'raise' without an exception .*; raise an exception")
in_two_places("except of an int", "try:\n    x // 0\nexcept 3:\n    pass", TYPING, "exceptions must derive from BaseException, not")
in_two_places("except of a tuple with a str", 'try:\n    x // 0\nexcept (KeyError, "a"):\n    pass', TYPING, "exceptions must .*not unicode_type")
in_two_places("with errstate", 'with np.errstate(all="ignore"):\n    pass', TYPING, r"numpy.errstate\(\) is not supported .*; put it around")
in_two_places("with open", 'with open("a") as file:\n    pass', TYPING, r"open\(\) is not supported .*; read outside")
in_two_places("with of a number", "with x:\n    pass", UNSUPPORTED, f"{WITH} in compiled code; put it around the call")

# What is called and has no implementation: `what` as the user writes it, what to write instead.
OUTSIDE = "; call it outside"
CALLS = {
    'globals()': "; name the variables",
    'vars()': "; name the variables",
    'dir()': "; name the variables",
    'eval("1")': OUTSIDE,
    'exec("1")': OUTSIDE,
    'compile("1", "", "eval")': OUTSIDE,
    '__import__("os")': "; import at the top",
    'open("a")': "; read outside",
    'input()': OUTSIDE,
    'breakpoint()': "LANCEHEAD_DISABLE_JIT",
    'getattr(x, "real")': "; write the attribute itself",
    'setattr(x, "real", 1)': "; return the value",
    'hasattr(x, "real")': "; write the attribute itself",
    'delattr(x, "real")': "; leave it out",
    'id(x)': "",
    'hash(x)': "",
    'type(x)': "; ask isinstance",
    'issubclass(int, int)': "; ask isinstance",
    'callable(x)': "",
    'repr(x)': "; format outside",
    'ascii(x)': "; format outside",
    'format(x)': "; format outside",
    'hex(x)': "; format outside",
    'oct(x)': "; format outside",
    'bin(x)': "; format outside",
    'chr(x)': "",
    'ord("a")': "",
    'iter((1, 2))': "; write a for loop",
    'next(x)': "; write a for loop",
    'map(abs, (1, 2))': "; write a loop",
    'filter(None, (1, 2))': "; write a loop",
    'dict(a=1)': "; use tuples or arrays",
    'set((1,))': "; use a tuple or an array",
    'frozenset((1,))': "; use a tuple or an array",
    'bytes(x)': "; use an array",
    'bytearray(x)': "; use an array",
    'memoryview(x)': "; use an array",
    'object()': "",
    'slice(1, 2)': "; write the slice where it is used",
    'property(x)': "; compile a function",
    'staticmethod(x)': "; compile a function",
    'classmethod(x)': "; compile a function",
}  # fmt: skip
for call, instead in CALLS.items():
    name = call[: call.index("(")]
    refused(f"call of {name}", "expression", f"def f(x):\n    v = {call}\n    return x\n", (3,), TYPING, rf"^{name}\(\) is not supported in compiled code.*{instead}", r".*\)")

# Kinds of functions.
for what, source, message in [
    ("generator", "def f(x):\n    yield x\n", "a generator .*; return an array"),
    ("generator by yield from", "def f(x):\n    yield from range(x)\n", "a generator "),
    ("generator by an expression", "def f(x):\n    y = (yield)\n    return y\n", "a generator "),
    ("generator, never reached", "def f(x):\n    return x\n    yield x\n", "a generator "),
    ("coroutine", "async def f(x):\n    return x\n", "a coroutine .*; compile a plain function"),
    ("coroutine that awaits", "async def f(x):\n    return await x\n", "a coroutine "),
    ("async for", "async def f(x):\n    async for k in x:\n        pass\n", "a coroutine "),
    ("async with", "async def f(x):\n    async with x:\n        pass\n", "a coroutine "),
    ("asynchronous generator", "async def f(x):\n    yield x\n", "an asynchronous generator "),
    ("parameter **", "def f(x, **more):\n    return x\n", r"a parameter \*\*more .*; name the parameters"),
]:
    caret = ANY if "generator" in what and "never" not in what else None
    refused(what, "kind of function", source, (3,), UNSUPPORTED, message, caret)
    add(what, "kind of function, eager", lambda s=source: njit("(int64,)" if "more" not in s else "(int64,)")(function(s)), UNSUPPORTED, message)
    add(what, "kind of function, plain jit", lambda s=source: jit(function(s))(3), errors.LanceheadFallbackWarning, message)

# Plain @jit runs in the interpreter what it cannot compile, and says so once, with the place.
for what, construct in [
    ("dict display", "v = {x: 1}"),
    ("set display", "v = {x}"),
    ("f-string", 'v = f"{x}"'),
    ("import", "import os"),
    ("class statement", "class Local:\n    pass"),
    ("call of hex", "v = hex(x)"),
    ("bytes", 'v = b"a"'),
]:
    source = placed(PLACES["top of the function"][0], construct)
    message = r"^f cannot be compiled natively and runs in the interpreter: <bad input \d+>:2: .* is not supported"
    add(what, "plain jit", lambda s=source: jit(function(s))(3), errors.LanceheadFallbackWarning, message)
    add(what, "jit(nopython=True)", lambda s=source: jit(nopython=True)(function(s))(3), *(TYPING if "hex" in what or "bytes" in what else UNSUPPORTED, "is not supported", ANY))
    add(what, "eager jit", lambda s=source: jit("int64(int64)")(function(s)), *(TYPING if "hex" in what or "bytes" in what else UNSUPPORTED, "is not supported", ANY))

if sys.version_info >= (3, 12):
    in_two_places("type statement", "type X = int", UNSUPPORTED, "a type parameter or type alias")
    in_two_places("type parameter", "def g[T](a: T):\n    return a", UNSUPPORTED, "a type parameter or type alias")

# What is compiled, though it looks as if it were not.
for what, construct in [
    ("constant set in a test", "v = x in {1, 2, 3}"),
    ("annotations", "v: int = x"),
    ("annotation without a value", "v: int"),
    ("inner generator that is never called", "def g():\n    yield x"),
    ("inner coroutine that is never called", "async def g():\n    pass"),
    ("annotated inner function", "def g(a: int) -> int:\n    return a"),
    ("starred tuple", "v = (*(1, 2), x)"),
    ("assignment expression", "v = (w := x) + w"),
    ("chained comparison", "v = 1 < x < 5"),
    ("assert that holds", 'assert x, "no"'),
    ("match of values", "match x:\n    case 1 | 2:\n        x = 10\n    case _:\n        x = 20"),
    ("constants of CPython", "v = __debug__\nw = __name__"),
    ("del of a variable", "v = 1\ndel v"),
    ("except of an int that nothing reaches", "try:\n    pass\nexcept 3:\n    pass"),
    ("docstring", '"""Says what it does."""'),
    ("pass and semicolons", "pass; pass"),
    ("unpacking", "(a, (b, c)) = (1, (2, x))\nx = c"),
    ("conditional expression with None", "v = x if x else None"),
    ("list that nothing uses", "for v in (1, 2):\n    x += v"),
]:  # fmt: skip
    like_python(what, "top of the function", placed(PLACES["top of the function"][0], construct), (3,))
    like_python(what, "for loop", placed(PLACES["for loop"][0], construct), (3,))
