"""Operators, builtins, functions and methods on types that they do not take."""

import numpy as np
from bad_input.table import ANY, refused

from lancehead import errors

TYPING, UNSUPPORTED = errors.TypingError, errors.UnsupportedError
A, M, Z = np.arange(6.0), np.arange(6.0).reshape(2, 3), np.array(1.5)


def bad(expression, args, message, caret=None, place="expression", error=TYPING, **scope):
    """A function that returns the expression of x, y, z."""
    names = ", ".join("xyzw"[: len(args)])
    caret = caret or ANY
    refused(expression, place, f"import math\ndef f({names}):\n    return {expression}\n", args, error, message, caret, scope=scope)


def bad_statement(statement, args, message, caret=ANY, place="statement", error=TYPING, **scope):
    """A function with the statement on x, y, z."""
    names = ", ".join("xyzw"[: len(args)])
    body = statement.replace("\n", "\n    ")
    refused(statement, place, f"import math\ndef f({names}):\n    {body}\n", args, error, message, caret, scope=scope)


# Operators: the types that each does not take.
VALUES = {"int": 3, "float": 2.5, "complex": 1j, "str": "ab", "None": None, "tuple": (1, 2), "slice": slice(1, 2), "array": A}
NO_BINARY = {
    "+": [("str", "int"), ("None", "int"), ("tuple", "int"), ("slice", "float"), ("str", "None"), ("tuple", "str")],
    "-": [("str", "str"), ("tuple", "tuple"), ("None", "float")],
    "*": [("str", "str"), ("str", "float"), ("None", "None"), ("tuple", "float")],
    "/": [("str", "int"), ("tuple", "float")],
    "//": [("complex", "int"), ("int", "complex"), ("str", "int")],
    "%": [("str", "int"), ("complex", "complex"), ("tuple", "tuple")],
    "**": [("str", "int"), ("int", "None")],
    "@": [("int", "int"), ("float", "float"), ("str", "str"), ("array", "int")],
    "<<": [("float", "int"), ("int", "float"), ("str", "int")],
    ">>": [("float", "int"), ("complex", "int")],
    "&": [("float", "int"), ("str", "str"), ("array", "int")],
    "|": [("float", "float"), ("None", "int"), ("array", "array")],
    "^": [("complex", "complex"), ("tuple", "tuple")],
    "<": [("complex", "complex"), ("str", "int"), ("None", "int"), ("tuple", "int")],
    "<=": [("complex", "int"), ("slice", "slice")],
    ">": [("str", "float"), ("tuple", "str")],
    ">=": [("None", "None"), ("array", "str")],
    "==": [("str", "int"), ("tuple", "int"), ("array", "str")],
    "!=": [("str", "float"), ("slice", "int")],
    "in": [("int", "int"), ("int", "str"), ("str", "str"), ("int", "array"), ("array", "tuple")],
    "is": [("int", "int"), ("str", "str"), ("array", "array")],
}
for op, pairs in NO_BINARY.items():
    for left, right in pairs:
        where = f"{left} and {right}"
        symbol = rf"\{op[0]}" + "".join(rf"\{c}" for c in op[1:]) if not op.isalpha() else op
        bad(f"x {op} y", (VALUES[left], VALUES[right]), f"^no implementation of operator {symbol} for .* and ", rf"x {symbol} y", where)
for op in "+", "-", "**", "<<", "|":
    symbol = "".join(rf"\{c}" for c in op)
    bad_statement(f"x {op}= 'a'", (1,), f"operator {symbol}= for int64 and unicode_type", rf"x {symbol}= 'a'")
for expression, args in [("-x", ("ab",)), ("+x", ("ab",)), ("~x", (1.5,)), ("~x", (1j,)), ("~x", (A,)), ("-x", (None,)), ("-x", ((1, 2),)), ("+x", (slice(1, 2),))]:
    bad(expression, args, rf"^no implementation of operator \{expression[0]} for ", rf"\{expression[0]}x", type(args[0]).__name__)
bad("not x", (slice(1, 2),), "the truth value of slice.* is not defined", "x|not x")
bad_statement("if x:\n    pass", (slice(1, 2),), "the truth value of slice.* is not defined")
bad_statement("while x:\n    pass", (slice(1, 2),), "the truth value of slice")
bad("1 if x else 2", (slice(1, 2),), "the truth value of slice")

# Builtins.
NO_CALL = [
    ("range(x)", (2.5,)), ("range(x)", ("a",)), ("range()", ()), ("range(1, 2, 3, 4)", ()), ("range(1, None)", ()),
    ("len(x)", (1,)), ("len()", ()), ("len(x)", (Z,)), ("len(1, 2)", ()), ("len(x)", (None,)),
    ("abs(x)", ("a",)), ("abs()", ()), ("abs(x)", (None,)), ("abs(x, y)", (1, 2)),
    ("min()", ()), ("max(1, 'a')", ()), ("max(x, key=abs)", ((1, 2),)), ("min(1)", ()), ("max(None, 1)", ()),
    ("sum(x)", (1,)), ("sum(('a', 'b'))", ()), ("sum((1, 2), 'a')", ()), ("sum()", ()),
    ("round(x)", ("a",)), ("round(x, y)", (1.5, "a")), ("round()", ()), ("pow(x, 2)", ("a",)), ("pow(2)", ()),
    ("divmod(x, 1)", ("a",)), ("divmod(x, 1)", (1j,)), ("divmod(1)", ()),
    ("isinstance(x)", (1,)), ("isinstance(x, 2)", (1,)), ("isinstance(x, 'int')", (1,)), ("isinstance()", ()),
    ("enumerate(x)", (1,)), ("enumerate()", ()), ("enumerate((1, 2), 'a')", ()), ("enumerate((1, 2), begin=1)", ()),
    ("zip(x, y)", (1, 2)), ("zip(x, y, strict=True)", ((1,), (2,))), ("tuple(x)", (1,)), ("tuple(x)", (A,)),
    ("bool(x, y)", (1, 2)), ("int(x)", ("3",)), ("int(x, y)", (1, 2)), ("int(x)", (1j,)), ("int(x)", (A,)), ("int(x)", (None,)),
    ("float(x)", ("nan",)), ("float(x)", (1j,)), ("float(x)", (A,)), ("complex(x, y)", (1, "a")), ("complex(x)", (None,)),
    ("str(x)", (1,)), ("any(x)", (1,)), ("all(x)", ("a",)), ("print(x, sep='-')", (1,)), ("print(x, end='')", (1,)),
]  # fmt: skip
for expression, args in NO_CALL:
    name = expression[: expression.index("(")]
    shown = ", ".join(type(a).__name__ for a in args) or "constants"
    bad(expression, args, rf"^(no implementation of {name}\(\) for arguments \(|{name}\(\) (is missing|got))", None, shown)

# The math module.
for expression, args in [
    ("math.sqrt(x)", ("a",)), ("math.sqrt()", ()), ("math.sqrt(1, 2)", ()), ("math.sqrt(x)", (1j,)), ("math.sin(x)", (A,)),
    ("math.gcd(x, y)", (1.5, 2)), ("math.ldexp(x, y)", (1.0, 2.5)), ("math.nextafter(x)", (1.0,)), ("math.frexp(x)", ("a",)),
    ("math.factorial(x)", (2.5,)), ("math.comb(x)", (2,)), ("math.atan2(x)", (1.0,)), ("math.floor(x)", ("a",)), ("math.isnan(x)", (None,)),
    ("math.pow(x, y)", (1, "a")), ("math.log(x, y, 3)", (1.0, 2.0)), ("math.fmod(x)", (1.0,)), ("math.copysign(x, 'a')", (1.0,)),
]:  # fmt: skip
    name = expression[5 : expression.index("(")]
    bad(expression, args, rf"(no implementation of math.{name}\(\) for arguments \(|math.{name}\(\) (is missing|got))")
bad("math.no_such(x)", (1.0,), r"unknown attribute 'no_such' of type Module\(math\)", "math.no_such")
bad("math.pi()", (), "float64 is not callable", r"math.pi\(\)")
bad("math.pi.no_such", (), "unknown attribute 'no_such' of type float64")
bad("math.prod(x)", (1,), r"no implementation of math.prod\(\) for arguments \(int64")

# Indexing.
for expression, args, message in [
    ("x[0, 0]", (A,), r"cannot index array\(float64, 1d, C\) with UniTuple\(int64 x 2\); it has 1 dimension\n"),
    ("x[0, 0, 0]", (M,), "; it has 2 dimensions\n"),
    ("x[0, :, 0]", (M,), "; it has 2 dimensions\n"),
    ("x['a']", (A,), "cannot index .* with unicode_type"),
    ("x[1.5]", (A,), r"with float64; convert the index with int\(\)"),
    ("x[1j]", (A,), "with complex128"),
    ("x[True]", (A,), r"with bool; convert the index with int\(\)"),
    ("x[y]", (A, np.arange(2.0)), "; index its elements in a loop"),
    ("x[(0, 1), (1, 2)]", (M,), "; index its elements in a loop"),
    ("x[0]", (Z,), r"; it has no dimensions: index it with \(\)"),
    ("x[:]", (Z,), "cannot index"),
    ("x[..., ...]", (M,), "cannot index"),
    ("x[1.5:]", (A,), "cannot convert float64 to a slice index"),
    ("x['a':]", (A,), "cannot convert unicode_type to a slice index"),
    ("x[2]", ((1, 2),), r"cannot index UniTuple\(int64 x 2\) with 2; it has 2 items"),
    ("x[-3]", ((1, 2),), "with -3; it has 2 items"),
    ("x[0]", ((),), "with 0; it has 0 items"),
    ("x[y]", ((1, 2.5), 0), "; its items have different types: index it with a constant"),
    ("x[y]", ((1, "a"), 0), "; its items have different types"),
    ("x['a']", ((1, 2),), "cannot index"),
    ("x[1.0]", ((1, 2),), r"; convert the index with int\(\)"),
    ("x[y:]", ((1, 2), 1), "a slice of UniTuple.* must be a compile-time constant"),
    ("x[::0]", ((1, 2),), "with a slice whose step is 0"),
    ("x[1:][5]", ((1, 2),), "with 5; it has 1 items"),
    ("x[0]", ("abc",), "cannot index unicode_type with int64"),
    ("x[1:]", ("abc",), "cannot index unicode_type with slice"),
    ("x[0]", (1,), "cannot index int64 with int64"),
    ("x[0]", (None,), "cannot index none"),
    ("x[0]", (2.5,), "cannot index float64"),
    ("len[0]", (), "cannot index"),
    ("np[0]", (), r"cannot index Module\(numpy\)"),
]:
    bad(expression, args, message, None, type(args[0]).__name__ if args else "constants")
for statement, args, message in [
    ("x[0] = 'a'", (A,), r"cannot store unicode_type into array\(float64, 1d, C\)\[int64\]"),
    ("x[0] = None", (A,), "cannot store none into"),
    ("x[0] = 1j", (A,), "cannot store complex128 into .*; take its .real"),
    ("x[:] = 'ab'", (A,), "cannot store unicode_type"),
    ("x[0, 0] = 1", (A,), "; it has 1 dimension"),
    ("x['a'] = 1", (A,), r"cannot store int64 into .*\[unicode_type\]"),
    ("x[1.5] = 1", (A,), r"; convert the index with int\(\)"),
    ("x[x] = 0", (A,), "; index its elements in a loop"),
    ("x[0] = 1", ((1, 2),), "cannot store int64 into UniTuple.*; make a new one"),
    ("x[0] = 'b'", ("abc",), "cannot store unicode_type into unicode_type.*; make a new one"),
    ("x[0] = 1", (1,), "cannot store int64 into int64"),
    ("x[0] += 1j", (A,), "cannot store complex128"),
]:
    bad_statement(statement, args, message, place=type(args[0]).__name__)

# Attributes, methods, calls of what cannot be called, iteration, unpacking.
for expression, args, message in [
    ("x.no_such", (A,), r"unknown attribute 'no_such' of type array\(float64, 1d, C\)"),
    ("x.no_such", (1,), "unknown attribute 'no_such' of type int64"),
    ("x.no_such", ("a",), "unknown attribute 'no_such' of type unicode_type"),
    ("x.no_such", ((1,),), "unknown attribute 'no_such' of type UniTuple"),
    ("x.no_such", (None,), "unknown attribute 'no_such' of type none"),
    ("x.upper()", ("a",), "unknown attribute 'upper' of type unicode_type"),
    ("x.count(1)", ((1,),), "unknown attribute 'count'"),
    ("x.dumps()", (A,), "unknown attribute 'dumps'"),
    ("x.ctypes", (A,), "unknown attribute 'ctypes'"),
    ("x.dtype.no_such", (A,), r"unknown attribute 'no_such' of type dtype\(float64\)"),
    ("np.no_such(x)", (A,), r"unknown attribute 'no_such' of type Module\(numpy\)"),
    ("np.linalg.no_such(x)", (A,), r"unknown attribute 'no_such' of type Module\(numpy.linalg\)"),
    ("np.add.no_such(x)", (A,), r"unknown attribute 'no_such' of type Function\(numpy.add\)"),
    ("x(1)", (1,), "int64 is not callable"),
    ("x()", ("a",), "unicode_type is not callable"),
    ("x()", (None,), "none is not callable"),
    ("x()", (A,), "array.* is not callable"),
    ("x()", ((1,),), "UniTuple.* is not callable"),
    ("np(1)", (), r"Module\(numpy\) is not callable"),
    ("abs(1)(2)", (), "int64 is not callable"),
    ("x.real()", (1.5,), "float64 is not callable"),
    ("x.shape()", (A,), "UniTuple.* is not callable"),
    ("x.sum", (A,), "cannot be returned to Python"),
    ("lambda: x", (1,), "cannot be returned to Python; return what it computes"),
    ("enumerate((1, 2))", (), "cannot be returned to Python"),
    ("zip((1, 2))", (), "cannot be returned to Python"),
    ("(1, lambda: x)", (1,), "cannot be returned to Python"),
]:
    bad(expression, args, message, None, type(args[0]).__name__ if args else "constants")
for statement, args, message in [
    ("for k in x:\n    pass", (1,), "int64 is not iterable"),
    ("for k in x:\n    pass", (2.5,), "float64 is not iterable"),
    ("for k in x:\n    pass", ("ab",), "unicode_type is not iterable"),
    ("for k in x:\n    pass", (None,), "none is not iterable"),
    ("for k in x:\n    pass", (Z,), r"array\(float64, 0d, C\) is not iterable"),
    ("for k in x:\n    pass", ((1, "a"),), r"Tuple\(int64, unicode_type\) is not iterable"),
    ("for k in x:\n    pass", (slice(1, 2),), "slice.* is not iterable"),
    ("for k in np:\n    pass", (), r"Module\(numpy\) is not iterable"),
    ("for a, b in x:\n    pass", ((1, 2),), "cannot unpack int64 into 2 variables"),
    ("for a, b, c in enumerate(x):\n    pass", (A,), "cannot unpack .* into 3 variables"),
    ("a, b = x", (1,), "cannot unpack int64 into 2 variables"),
    ("a, b = x", ("ab",), "cannot unpack unicode_type into 2 variables"),
    ("a, b, c = x", ((1, 2),), r"cannot unpack UniTuple\(int64 x 2\) into 3 variables"),
    ("a, = x", ((1, 2),), "cannot unpack UniTuple.* into 1 variables"),
    ("a, b = x", (Z,), "cannot unpack array.*0d.* into 2 variables"),
    ("a, b = None", (), "cannot unpack none into 2 variables"),
    ("raise ValueError('a' + 1)", (), r"operator \+ for unicode_type and int64"),
]:
    bad_statement(statement, args, message, place=type(args[0]).__name__ if args else "constants")

# NumPy.
for expression, args in [
    ("np.zeros(x)", ("a",)), ("np.zeros(x)", (2.5,)), ("np.zeros(x)", (None,)), ("np.zeros()", ()), ("np.zeros(x)", ((1, 2.5),)),
    ("np.zeros(3, dtype='x')", ()), ("np.zeros(3, dtype=object)", ()), ("np.zeros(3, dtype=np.longdouble)", ()), ("np.zeros(3, bogus='C')", ()),
    ("np.ones()", ()), ("np.ones(x)", (1j,)), ("np.empty('a')", ()), ("np.full(3)", ()), ("np.full(3, 'a')", ()), ("np.full(x, 1)", ("a",)),
    ("np.arange('a')", ()), ("np.arange()", ()), ("np.arange(1, 2, 3, 4)", ()), ("np.arange(1j)", ()), ("np.linspace(0, 1, 2.5)", ()),
    ("np.eye(2, 'a')", ()), ("np.dot(x, 'a')", (A,)), ("np.dot(x)", (A,)), ("np.where(x, y)", (A, A)), ("np.where(x > 1, 'a', 1)", (A,)),
    ("np.clip(x, 'a', 'b')", (A,)), ("np.clip()", ()), ("np.sum('abc')", ()), ("np.sum(x, 'a')", (A,)), ("np.sum()", ()), ("np.mean('a')", ()),
    ("np.sin('a')", ()), ("np.sin()", ()), ("np.sin(x, y, z)", (A, A, A)), ("np.sin(x, bogus=1)", (A,)), ("np.sin(None)", ()),
    ("np.add(1)", ()), ("np.add(x, 1, casting='any')", (A,)), ("np.divmod(x, 1, out=x)", (A,)), ("np.float64('a')", ()), ("np.int8('a')", ()), ("np.int32(1.5, 2)", ()), ("np.dtype('S8')", ()),
    ("np.maximum(x, 'a')", (A,)), ("np.logical_not('a')", ()), ("np.isnan('a')", ()), ("np.var(x, axis='a')", (A,)), ("np.zeros_like(1)", ()),
    ("np.reshape(x, 'a')", (A,)), ("np.all('a')", ()),
]:  # fmt: skip
    name = expression[: expression.index("(")].replace("np.", "numpy.")
    name = name.replace("numpy.var", "(numpy.)?var")
    shown = ", ".join(type(a).__name__ for a in args) or "constants"
    bad(expression, args, rf"^(no implementation of {name}\(\) for arguments \(|{name}\(\) (is missing|got))", None, shown)
for expression, args, message in [
    ("np.bitwise_and(x, 1)", (A,), r"ufunc 'bitwise_and' not supported for the input types \(float64, int64\)"),
    ("np.left_shift(1.5, 1)", (), "ufunc 'left_shift' not supported for the input types"),
    ("np.invert(1.5)", (), "ufunc 'invert' not supported for the input types"),
    ("np.less(x, x, dtype=np.float64)", (A,), "no loop matching the specified dtype and casting was found for ufunc 'less'"),
    ("np.add(x, x, dtype=np.int64)", (A,), r"Cannot cast ufunc 'add' input 0 from dtype\('float64'\) to dtype\('int64'\)"),
    ("np.sqrt(x, y)", (A, A.astype(int)), r"Cannot cast ufunc 'sqrt' output from dtype\('float64'\) to dtype\('int64'\)"),
]:
    bad(expression, args, message, None, "loops of ufuncs", errors.UfuncTypeError)
for name, arguments in {
    "linalg.det": "x", "fft.rfft": "x", "unwrap": "x", "random.rand": "",
    "random.normal": "", "linalg.inv": "x", "linalg.norm": "x", "fft.fft": "x", "longdouble": "1", "vectorize": "x",
    "piecewise": "x, [x > 1], [2.0]", "save": "'a', x", "loadtxt": "'a'", "roots": "x", "polyfit": "x, x, 1",
}.items():  # fmt: skip
    bad(f"np.{name}({arguments})", (A,), rf"^numpy\.{name}\(\) is not supported in compiled code", rf"np\.{name}\(.*\)", "NumPy function")
for expression, args, message in [
    ("x.sum(1, 2, 3, 4, 5)", (A,), r"no implementation of sum\(\) for arguments \(array"),
    ("x.sum(axis='x')", (A,), r"no implementation of sum\(\)"),
    ("x.sum(bogus=1)", (A,), r"no implementation of sum\(\).*bogus="),
    ("x.reshape(2, 'a')", (A,), r"no implementation of numpy.ndarray.reshape\(\)"),
    ("x.reshape()", (A,), r"because reshape\(\) takes the shape, or its extents"),
    ("x.astype('no_such')", (A,), r"no implementation of numpy.ndarray.astype\(\)"),
    ("x.astype(3)", (A,), r"no implementation of numpy.ndarray.astype\(\)"),
    ("x.astype(object)", (A,), r"no implementation of numpy.ndarray.astype\(\)"),
    ("x.astype(float)", (A.astype(complex),), r"no implementation of numpy.ndarray.astype\(\)"),
    ("x.copy(1, 2)", (A,), r"numpy.ndarray.copy\(\) got too many arguments: expected 2, got 3"),
    ("x.fill('a')", (A,), r"no implementation of fill\(\)"),
    ("np.zeros(x)", ((1,) * 65,), "an array has at most 64 dimensions, not 65"),
    ("np.ones(x)", ((1,) * 300,), "an array has at most 64 dimensions, not 300"),
    ("np.full(x, 1)", ((1,) * 65,), "an array has at most 64 dimensions, not 65"),
    ("x.reshape(y)", (A, (1,) * 65), "an array has at most 64 dimensions, not 65"),
    (f"x[{'None, ' * 64}]", (A,), "cannot index"),
]:
    bad(expression, args, message, None, type(args[-1]).__name__ if args else "constants")
bad("np.linspace(0, 1, x)", ("a",), r"^no implementation of numpy.linspace\(\) for arguments \(.*(\n.*){3}\nbecause ", r"np.linspace\(0, 1, x\)")
bad_statement("x.shape = (2, 3)", (A,), "assigning to an attribute", "x.shape", error=UNSUPPORTED)
