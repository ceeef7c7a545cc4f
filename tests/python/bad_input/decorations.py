"""What is given to the decorators: functions that are none, signatures and options that are wrong."""

import ctypes
import functools
import sys

import numpy as np
from bad_input.table import add, function, like_python

import lancehead
from lancehead import cfunc, config, errors, float64, guvectorize, int64, jit, njit, stencil, types, vectorize
from lancehead.numba_api import attribute_of

TYPING, NOT_BUILT = errors.TypingError, errors.NotBuiltError


def one(x):
    return x


def two(x, y):
    return x + y


class Own:
    """A class whose methods are tried as functions."""

    def method(self, x):
        return x

    @classmethod
    def of_class(cls, x):
        return x

    @property
    def value(self):
        return 1

    def __call__(self, x):
        return x


NO_FUNCTIONS = {
    "int": 3,
    "builtin": len,
    "method of a builtin": "abc".upper,
    "class": Own,
    "builtin class": int,
    "callable object": Own(),
    "bound method": Own().method,
    "class method": Own.of_class,
    "property": Own.value,
    "staticmethod object": staticmethod(one),
    "classmethod object": classmethod(one),
    "partial": functools.partial(one, 1),
    "lru_cache": functools.lru_cache(one),
    "NumPy function": np.sum,
    "NumPy ufunc": np.sin,
    "ctypes function": ctypes.CDLL(None).abs,
    "code": one.__code__,
    "module": np,
    "dict": {},
    "type of Lancehead's": float64,
    "method descriptor": str.upper,
    "slot wrapper": int.__add__,
    "coroutine object": None,
}
del NO_FUNCTIONS["coroutine object"]
DECORATORS = {
    "njit": njit,
    "jit": jit,
    "njit()": lambda f: njit()(f),
    "eager njit": lambda f: njit("float64(float64)")(f),
    "vectorize with signatures": lambda f: vectorize(["float64(float64)"])(f),
    "guvectorize": lambda f: guvectorize(["void(float64[:], float64[:])"], "(n)->(n)")(f),
    "stencil": stencil,
    "cfunc": lambda f: cfunc("float64(float64)")(f),
}
for what, thing in NO_FUNCTIONS.items():
    for place, decorate in DECORATORS.items():
        if place in ("njit", "eager njit", "vectorize with signatures", "cfunc") or what in ("int", "builtin", "class"):
            add(what, place, lambda d=decorate, t=thing: d(t), TypeError, "^The decorated object is not a function")
    add(what, "vectorize", lambda t=thing: vectorize(t), TypeError, "^vectorize takes a function, a signature or a list of signatures, not ")
for place, decorate in DECORATORS.items():
    if "vectorize with" not in place:
        add("jitted function", place, lambda d=decorate: d(njit(one)), TypeError, "called on an already jitted function")

# Signatures: strings and objects.
STRINGS = {
    "": SyntaxError, "f8(": SyntaxError, "f8)": SyntaxError, "f8(f8))": SyntaxError, "f8 f8": SyntaxError,
    "f8(f8) -> f8": SyntaxError, "import os": SyntaxError, "f8(f8);1": SyntaxError, "f8(f8)\0": SyntaxError if sys.version_info >= (3, 12) else ValueError,
    "(" * 300 + "f8" + ")" * 300: SyntaxError,
    "f8(x)": NameError, "int128(f8)": NameError, "é(f8)": NameError, "f8" * 500: NameError, "record(f8)": NameError,
    "f8": TypeError, "void": TypeError, "None": TypeError, "1": TypeError, "'f8'": TypeError, "[f8]": TypeError,
    "f8(f8, 'a')": TypeError, "f8(*f8)": TypeError, "f8(x=f8)": TypeError, "f8(f8)(f8)": TypeError,
    "lambda: 0": TypeError, "os.system('x')": TypeError, "().__class__": TypeError, "None(f8)": TypeError,
    "f8(f8) if 1 else 2": TypeError, "f8.x(f8)": TypeError, "f8|f8": TypeError, "UniTuple(f8, 10**9)(f8)": TypeError,
    "Array(f8)": TypeError, "Array(f8, -1, 'C')": TypeError, "f8(f8, f8)": TypeError, "f8()": TypeError, "f8,f8": TypeError,
    "f8(" + "f8," * 300 + "f8)": TypeError,
    "Array(f8, 1, 'Q')": errors.NumbaValueError,
    "DictType(f8, f8)(f8)": NOT_BUILT, "pyobject(f8)": NOT_BUILT, "f8(pyobject)": NOT_BUILT,
    "voidptr(f8)": NOT_BUILT, "CPointer(f8)(f8)": NOT_BUILT, "NPDatetime('s')(f8)": TYPING,
    "unicode_type(f8)": TYPING, "i8(f8[:])": TYPING, "f8[:](f8)": TYPING, "Tuple((f8, f8))(f8)": TYPING,
}  # fmt: skip
for text, error in STRINGS.items():
    message = "cannot convert the result's type" if error is TYPING else "not built yet" if error is NOT_BUILT else ""
    add(f"signature {text[:40]!r}", "njit", lambda t=text: njit(t)(one), error, message, "return x" if error is TYPING else None)
    if error in (SyntaxError, NameError):
        add(f"signature {text[:40]!r}", "list of jit", lambda t=text: jit(["f8(f8)", t])(one), error)
        add(f"signature {text[:40]!r}", "vectorize", lambda t=text: vectorize([t])(one), error)
        add(f"signature {text[:40]!r}", "cfunc", lambda t=text: cfunc(t)(one), error)
OBJECTS = {
    "list of an int": [3], "list of a list": [["f8"]], "tuple of ints": (1, 2), "tuple of strings": ("f8",), "list of None": [None],
    "list of a function": [one], "tuple of a function": (one,), "list of a class": [float], "tuple of classes": (float, int),
    "type and int": (float64, 3), "list of an empty tuple": [()], "two types for one": (float64, float64),
    "signature of two": float64(float64, float64),
}  # fmt: skip
for what, given in OBJECTS.items():
    add(what, "signature of njit", lambda g=given: njit(g)(one), TypeError, "signature")
for what, given in {"bytes": b"f8(f8)", "dict": {}, "set": {"f8(f8)"}, "float": 2.5, "class of NumPy": np.float64}.items():
    add(what, "signature of njit", lambda g=given: njit(g)(one), TypeError, "not a function")
add("no signature but None", "njit", lambda: njit(None)(one)(3), python=lambda: 3)
add("signature thrice", "njit", lambda: njit(["f8(f8)"] * 3)(one)(3), python=lambda: 3.0)

# Calls of eager functions with what their signatures do not take.
for what, signature, args, error, message in [
    ("float for int", "int64(int64)", (1.5,), TypeError, "No matching definition"),
    ("complex for float", "float64(float64)", (1j,), TypeError, "No matching definition"),
    ("str for float", "float64(float64)", ("a",), TypeError, "No matching definition"),
    ("array for scalar", "float64(float64)", (np.zeros(2),), TypeError, "No matching definition"),
    ("scalar for array", "float64[:](float64[:])", (1.0,), TypeError, "No matching definition"),
    ("ints for floats", "float64[:](float64[:])", (np.arange(3),), TypeError, "No matching definition"),
    ("two dimensions for one", "float64[:](float64[:])", (np.zeros((2, 2)),), TypeError, "No matching definition"),
    ("strided for contiguous", "float64[::1](float64[::1])", (np.zeros(4)[::2],), TypeError, "No matching definition"),
    ("None for int", "int64(int64)", (None,), TypeError, "No matching definition"),
    ("tuple for int", "int64(int64)", ((1,),), TypeError, "No matching definition"),
    ("too large an int", "int8(int8)", (300,), OverflowError, "Python integer 300 out of bounds for int8"),
    ("negative for unsigned", "uint32(uint32)", (-1,), OverflowError, "out of bounds for uint32"),
    ("no argument", "int64(int64)", (), TypeError, "not enough arguments: expected 1, got 0"),
    ("an argument too many", "int64(int64)", (1, 2), TypeError, "too many arguments: expected 1, got 2"),
]:
    add(what, "call of an eager function", lambda s=signature, a=args: njit(s)(one)(*a), error, message)

# Options.
OPTIONS = [
    ("nopython=1", {"nopython": 1}, AssertionError, "nopython option must be a bool"),
    ("nopython='yes'", {"nopython": "yes"}, AssertionError, "must be a bool"),
    ("nopython and forceobj", {"nopython": True, "forceobj": True}, ValueError, "Only one of"),
    ("error_model='x'", {"error_model": "x"}, ValueError, "error_model must be 'python' or 'numpy', not 'x'"),
    ("error_model=None", {"error_model": None}, ValueError, "error_model must be"),
    ("dialect='x'", {"dialect": "x"}, ValueError, "dialect must be 'numpy' or 'numba'"),
    ("fastmath=3", {"fastmath": 3}, ValueError, "Expected fastmath option"),
    ("fastmath={'x'}", {"fastmath": {"x"}}, ValueError, "Unrecognized fastmath flags"),
    ("fastmath={'x': True}", {"fastmath": {"x": True}}, ValueError, "Unrecognized fastmath flags"),
    ("fastmath='fast'", {"fastmath": "fast"}, ValueError, "Expected fastmath option"),
    ("parallel=2", {"parallel": 2}, ValueError, "Expect parallel option"),
    ("parallel='yes'", {"parallel": "yes"}, ValueError, "Expect parallel option"),
    ("parallel={'x': True}", {"parallel": {"x": True}}, NameError, "Unrecognized parallel options"),
    ("inline='x'", {"inline": "x"}, ValueError, "kwarg 'inline' must be one of"),
    ("inline=3", {"inline": 3}, ValueError, "kwarg 'inline' must be one of"),
    ("boundscheck='yes'", {"boundscheck": "yes"}, ValueError, "boundscheck must be True, False or None"),
    ("boundscheck=1", {"boundscheck": 1}, ValueError, "boundscheck must be"),
    ("_target='gpu'", {"_target": "gpu"}, ValueError, "_target must be 'cpu'"),
    ("locals", {"locals": {"x": float64}}, NOT_BUILT, "the option 'locals' of jit is not built yet"),
    ("forceobj", {"forceobj": True}, NOT_BUILT, "the option 'forceobj' of jit is not built yet"),
    ("debug", {"debug": True}, NOT_BUILT, "the option 'debug' of jit is not built yet"),
    ("pipeline_class", {"pipeline_class": object}, NOT_BUILT, "the option 'pipeline_class' of jit is not built yet"),
    ("argtypes", {"argtypes": [int64]}, errors.DeprecationError, "Deprecated keyword argument `argtypes`"),
    ("restype", {"restype": int64}, errors.DeprecationError, "Deprecated keyword argument `restype`"),
    ("fastmat", {"fastmat": True}, KeyError, "did you mean 'fastmath'"),
    ("no_gil", {"no_gil": True}, KeyError, "did you mean 'nogil'"),
    ("paralell", {"paralell": True}, KeyError, "did you mean 'parallel'"),
    ("target", {"target": "cpu"}, KeyError, "Unrecognized option 'target'"),
    ("xyz", {"xyz": 1}, KeyError, "Unrecognized option 'xyz'"),
    ("option that is not ASCII", {"größe": 1}, KeyError, "Unrecognized option 'größe'"),
]  # fmt: skip
for what, options, error, message in OPTIONS:
    add(f"option {what}", "jit", lambda o=options: jit(**o)(one), error, message)
    if "forceobj" not in what and "nopython" not in what:
        add(f"option {what}", "njit with a signature", lambda o=options: njit("f8(f8)", **o)(one), error, message)
add("option nopython=False", "jit", lambda: jit(nopython=False)(one), errors.NumbaDeprecationWarning, "'nopython=False' was supplied")

for what, do, error, message in [
    ("target='x'", lambda: vectorize(["f8(f8)"], target="x")(one), ValueError, "Unsupported target: x"),
    ("identity='x'", lambda: vectorize(["f8(f8)"], identity="x")(one), ValueError, "Invalid identity value 'x'"),
    ("unknown option", lambda: vectorize(["f8(f8)"], paralel=True)(one), KeyError, "Unrecognized option 'paralel'"),
    ("fastmath=3", lambda: vectorize(["f8(f8)"], fastmath=3)(one), ValueError, "Expected fastmath option"),
    ("arity", lambda: vectorize(["f8(f8)"])(two), TypeError, "the signature has 1 argument type.* 2 parameters"),
    ("array type", lambda: vectorize(["f8[:](f8[:])"])(one), TYPING, "a ufunc takes and returns scalars, not array"),
    ("str type", lambda: vectorize(["unicode_type(unicode_type)"])(one), TYPING, "a ufunc takes and returns scalars, not unicode"),
    ("signatures of different arity", lambda: vectorize(["f8(f8)", "f8(f8, f8)"])(one), TypeError, ""),
    ("no signatures", lambda: vectorize([])(one)(1.0), NOT_BUILT, "vectorize without signatures"),
    ("bare", lambda: vectorize(one)(1.0), NOT_BUILT, "vectorize without signatures"),
    ("int", lambda: vectorize(3), TypeError, "vectorize takes a function"),
    ("list of ints", lambda: vectorize([3])(one), TypeError, "invalid signature: 3"),
    ("None", lambda: vectorize(None), TypeError, "vectorize takes a function"),
]:  # fmt: skip
    add(what, "vectorize", do, error, message)
for what, do, error, message in [
    ("int", lambda: guvectorize(3, "(n)->(n)")(one), TypeError, "guvectorize takes"),
    ("no layout", lambda: guvectorize(["void(f8[:], f8[:])"])(two), TypeError, "guvectorize takes .* layout"),
    ("layout that is no str", lambda: guvectorize(["void(f8[:], f8[:])"], 3)(two), TypeError, "guvectorize takes .* layout"),
    ("bad layout", lambda: guvectorize(["void(f8[:], f8[:])"], "n->n")(two), ValueError, "invalid layout 'n->n'"),
    ("layout without an arrow", lambda: guvectorize(["void(f8[:], f8[:])"], "(n),(n)")(two), ValueError, "invalid layout"),
    ("bad signature", lambda: guvectorize(["void(f8[:"], "(n)->(n)")(two), SyntaxError, ""),
    ("list of ints", lambda: guvectorize([3], "(n)->(n)")(two), TypeError, "invalid signature: 3"),
    ("unknown target", lambda: guvectorize(["void(f8[:], f8[:])"], "(n)->(n)", target="x")(two), ValueError, "Unsupported target: x"),
    ("called", lambda: guvectorize(["void(f8[:], f8[:])"], "(n)->(n)")(two)(1.0), NOT_BUILT, "calling two, made by numba.guvectorize"),
    ("attribute", lambda: guvectorize(["void(f8[:], f8[:])"], "(n)->(n)")(two).nin, AttributeError, "is not built yet"),
]:  # fmt: skip
    add(what, "guvectorize", do, error, message)
for what, do, error, message in [
    ("mode", lambda: stencil("wrap")(one), ValueError, "Unsupported mode style wrap"),
    ("unknown option", lambda: stencil(cvall=1)(one), KeyError, "Unrecognized option 'cvall'"),
    ("called", lambda: stencil(one)(np.zeros(3)), NOT_BUILT, "calling one, made by numba.stencil"),
    ("of int", lambda: stencil(3), TypeError, "not a function"),
]:  # fmt: skip
    add(what, "stencil", do, error, message)
for what, do, error, message in [
    ("int", lambda: cfunc(3)(one), TypeError, "invalid signature: 3"),
    ("no signature", lambda: cfunc(one), TypeError, "invalid signature"),
    ("called", lambda: cfunc("f8(f8)")(one)(1.0), NOT_BUILT, "calling one, made by numba.cfunc"),
    ("address", lambda: cfunc("f8(f8)")(one).address, AttributeError, "is not built yet"),
]:  # fmt: skip
    add(what, "cfunc", do, error, message)
for name in ("jitclass",):
    add(name, "numba.experimental", lambda n=name: attribute_of("numba.experimental", n, "lancehead.experimental")([("x", float64)]), NOT_BUILT, f"{name} is not built yet")
for name in ("overload", "overload_method", "register_jitable", "intrinsic", "register_model"):
    add(name, "numba.extending", lambda n=name: getattr(lancehead.extending, n)(len), NOT_BUILT, f"{name} is not built yet")
for name in ("List", "Dict"):
    add(name, "numba.typed", lambda n=name: getattr(lancehead.typed, n)(), NOT_BUILT, f"{name} is not built yet")

# The namespace and the configuration.
add("missing name", "package", lambda: lancehead.no_such_name, AttributeError, "no_such_name")
add("missing name", "types", lambda: types.no_such_type, AttributeError, "no_such_type")
add("missing name", "config", lambda: config.NO_SUCH_SETTING, AttributeError, "NO_SUCH_SETTING")
add("attribute", "dispatcher", lambda: njit(one).no_such, AttributeError, "no_such")
add("int", "typeof of 2**64", lambda: lancehead.typeof(2**64), ValueError, "does not fit 64 bits")
add("slice with a start", "index of a type", lambda: float64[1:], KeyError, "Can only index numba types with slices")
add("int", "index of a type", lambda: float64[3], KeyError, "Can only index numba types")
add("str", "index of a type", lambda: float64["a"], KeyError, "Can only index numba types")
add("layout", "Array", lambda: types.Array(float64, 1, "Z"), errors.NumbaValueError, "Invalid layout")

# Functions that are compiled, though they are unusual.
for what, make in {
    "lambda": lambda: lambda x: x + 1,
    "exec'd function": lambda: exec_function("def f(x):\n    return x + 1\n"),
    "eval'd lambda": lambda: eval("lambda x: x + 1"),
    "function without a source": lambda: type(one)(compile("def f(x):\n    return x + 1", "/nowhere/at/all.py", "exec").co_consts[0], {}),
    "function without a name": lambda: renamed(""),
    "function with a strange name": lambda: renamed("<a b> 'c'"),
    "function without a module": lambda: without_module(),
    "staticmethod's function": lambda: staticmethod(one).__func__,
    "method as a function": lambda: (lambda f: lambda x: f)(None) and (lambda x: x + 1),
    "nested lambda": lambda: (lambda: lambda x: x + 1)(),
    "wrapped function": lambda: functools.wraps(two)(lambda x: x + 1),
    "default": lambda: lambda x, y=1: x + y,
    "keyword-only": lambda: lambda x, *, y=1: x + y,
    "positional-only": lambda: exec_function("def f(x, /):\n    return x + 1\n"),
    "names that are not ASCII": lambda: exec_function("def f(größe):\n    变量 = größe + 1\n    return 变量\n"),
    "global of any name": lambda: exec_function("π = 3\ndef f(x):\n    return x * π\n"),
}.items():
    add(what, "function", lambda m=make: njit(m())(3), python=lambda m=make: m()(3))


def exec_function(source):
    scope = {}
    exec(source, scope)
    return scope["f"]


def renamed(name):
    def f(x):
        return x + 1

    f.__name__ = f.__qualname__ = name
    return f


def without_module():
    def f(x):
        return x + 1

    f.__module__ = None
    return f


add("exec'd function", "error in it", lambda: njit(exec_function("def f(x):\n    return x.no_such\n"))(1), TYPING, r"unknown attribute 'no_such' of type int64\n<string>:2:")
add("function without a source", "error in it", lambda: njit(type(one)(compile("def f(x):\n    return x.no_such", "/nowhere/a.py", "exec").co_consts[0], {}))(1), TYPING, r"\n/nowhere/a.py:2:$")
like_python("function of no statements", "function", "def f(x):\n    pass\n", (1,))
like_python("function of no parameters", "function", "def f():\n    return 1\n", ())
add("function object", "function()", lambda: function("def f(x):\n    return x\n") and njit(one)(1), python=lambda: 1)
