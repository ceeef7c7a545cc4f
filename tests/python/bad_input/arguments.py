"""What is passed to compiled functions: values without a type, and arrays that only look as if they had none."""

import array
import ctypes
import datetime
import decimal
import fractions
import functools
import threading
import warnings

import numpy as np
from bad_input.table import ANY, add, function, like_python, refused

from lancehead import errors, jit, njit, vectorize

TYPING = errors.TypingError


class Own:
    """A class of the user's."""

    def method(self):
        return 1


class OwnArray(np.ndarray):
    """A subclass of ndarray that changes nothing."""


class OwnList(list):
    """A list of the program."""


class OwnTuple(tuple):
    """A subclass of tuple."""


def identity(x):
    return x


def a_matrix():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.matrix([[1.0, 2.0]])


def unaligned(dtype, n=3):
    """An array whose elements begin at odd addresses."""
    memory = np.zeros(n * np.dtype(dtype).itemsize + 1, np.uint8)
    out = memory[1:].view(dtype)
    out[...] = np.arange(n)
    return out


CALLS = {
    "argument": lambda value: njit(lambda x: x)(value),
    "keyword": lambda value: njit(lambda x: x)(x=value),
    "item of *args": lambda value: njit(lambda *rest: 1)(1, value),
}

# name -> (value, what the message says of it)
REFUSED = {
    "list": ([1, 2.5], r"a list of int64 whose item 1 is float64; pass items of one type, as in \[float\(x\) for x in "),
    "empty list": ([], "an empty list, whose item type nothing says; pass an array, or say the type"),
    "list of empty lists": ([[], []], "a list of lists without items; pass a tuple or an array"),
    "list of a set": ([1, {1}], "a list whose item 1 is set; pass a tuple or an array"),
    "list of lists of two types": ([[1], [2.5]], r"a list of reflected list\(int64\)<iv=None> whose item 1 is reflected list\(float64\)"),
    "list of None": ([None], "a list of none; pass a tuple"),
    "subclass of list": (OwnList([1]), r"OwnList; pass list\("),
    "set": ({1}, "set; pass a tuple or an array"),
    "frozenset": (frozenset([1]), "frozenset; pass a tuple"),
    "dict": ({1: 2}, "dict; pass its keys and values as arrays"),
    "range": (range(3), "range; pass its start, stop and step"),
    "bytes": (b"abc", r"bytes; pass np.frombuffer\("),
    "bytearray": (bytearray(b"abc"), r"bytearray; pass np.frombuffer\("),
    "memoryview": (memoryview(b"abc"), r"memoryview; pass np.asarray\("),
    "array.array": (array.array("d", [1.0]), r"array.array; pass np.asarray\("),
    "Decimal": (decimal.Decimal("1.5"), r"decimal.Decimal; pass float\("),
    "Fraction": (fractions.Fraction(1, 2), r"fractions.Fraction; pass float\("),
    "datetime": (datetime.datetime(2020, 1, 1), "datetime.datetime"),
    "generator": ((k for k in "ab"), "generator; pass the values as an array"),
    "iterator": (iter([1]), "list_iterator"),
    "partial": (functools.partial(max, 1), "functools.partial; pass the function"),
    "bound method": (Own().method, "method; pass the function"),
    "method of a builtin": ("a".upper, "builtin_function_or_method"),
    "object": (object(), "object"),
    "object of a class of the user's": (Own(), r"arguments.Own$"),
    "subclass of tuple": (OwnTuple((1, 2)), r"OwnTuple; pass tuple\("),
    "Ellipsis": (..., "ellipsis"),
    "NotImplemented": (NotImplemented, "NotImplementedType"),
    "exception": (ValueError("a"), "ValueError"),
    "lock": (threading.Lock(), "lock"),
    "ctypes number": (ctypes.c_int(3), "ctypes.c_int"),
    "code": (identity.__code__, "code"),
    "slice of floats": (slice(1.5, 2), "slice"),
    "slice of objects": (slice("a"), "slice"),
    "np.longdouble": (np.longdouble(1), r"numpy.longdouble; pass float\("),
    "np.clongdouble": (np.clongdouble(1), r"numpy.clongdouble; pass complex\("),
    "np.bytes_": (np.bytes_(b"a"), "numpy.bytes_"),
    "np.void": (np.void(b"abc"), "numpy.void"),
    "Generator of NumPy": (np.random.default_rng(0), "numpy.random.*Generator"),
    "dtype of objects": (np.dtype("O"), "ObjectDType"),
    "dtype of records with text": (np.dtype([("a", "U4")]), "VoidDType"),
    "big-endian floats": (np.arange(3, dtype=">f8"), r"numpy.ndarray of dtype >f8; pass .*newbyteorder\('='\)"),
    "big-endian ints": (np.arange(3, dtype=">i4"), r"numpy.ndarray of dtype >i4; pass .*newbyteorder"),
    "big-endian complex": (np.arange(3, dtype=">c16"), r"numpy.ndarray of dtype >c16; pass .*newbyteorder"),
    "array of objects": (np.array([1, "a"], dtype=object), r"numpy.ndarray of dtype object; pass .*astype"),
    "array of longdouble": (np.zeros(3, np.longdouble), r"; pass .*astype\(np.float64\)"),
    "array of clongdouble": (np.zeros(3, np.clongdouble), r"; pass .*astype\(np.complex128\)"),
    "big-endian datetimes": (np.zeros(3, ">M8[s]"), r"dtype >M8\[s\]; pass .*newbyteorder"),
    "array of bytes": (np.zeros(3, "S4"), r"dtype \|S4"),
    "array of str": (np.array(["a", "b"]), r"dtype <U1"),
    "array of raw bytes": (np.zeros(3, "V4"), r"dtype \|V4"),
    "array of records with text": (np.zeros(3, [("a", "S4")]), r"pass its fields, as in .*\['name'\]"),
    "big-endian records": (np.zeros(3, [("a", ">i4")]), r"pass its fields, as in .*\['name'\]"),
    "recarray with text": (np.zeros(3, [("a", "S4")]).view(np.recarray), "recarray of dtype .*; pass its fields"),
    "matrix": (a_matrix(), r"numpy.matrix of dtype float64; pass np.asarray\("),
    "masked array": (np.ma.array([1.0, 2.0], mask=[0, 1]), r"MaskedArray of dtype float64; pass .*data and .*mask"),
    "masked constant": (np.ma.masked, "MaskedConstant of dtype float64"),
}
WHERE = {"argument": r"argument 1 \('x'\)", "keyword": r"argument 1 \('x'\)", "item of *args": r"argument 1 \('rest'\)"}
for what, (value, message) in REFUSED.items():
    for place, call in CALLS.items():
        if place == "argument" or what in ("list", "dict", "big-endian floats", "array of objects", "bytes"):
            inside = "a tuple whose item 1 is " if place.startswith("item") else ""
            expected = f"^the type of {WHERE[place]} is not supported in compiled code: {inside}.*{message}"
            add(what, place, lambda c=call, v=value: c(v), TYPING, expected)
for what in ("list", "dict", "Decimal", "array of objects", "masked array", "big-endian floats"):
    value = REFUSED[what][0]
    add(what, "item of a tuple", lambda v=value: njit(lambda x: 1)((1, v)), TYPING, "a tuple whose item 1 is ")
    add(what, "item of a tuple in a tuple", lambda v=value: njit(lambda x: 1)((1, (2, v))), TYPING, "item 1 is a tuple whose item 1 is ")
    add(what, "default", lambda v=value: njit(function("def f(x, y=D):\n    return x\n", D=v))(1), TYPING, r"argument 2 \('y'\)")
    add(what, "argument of plain jit", lambda v=value: jit(lambda x: x)(v), errors.LanceheadFallbackWarning, "the type of argument 1")
    add(what, "argument of an eager function", lambda v=value: njit("int64(int64)")(identity)(v), TypeError, "No matching definition for argument type")
    refused(what, "global", "def f(x):\n    y = D\n    return x\n", (1,), TYPING, "a value of Python type .* is not supported", "D", scope={"D": value})
    refused(what, "default in a callee", "@njit\ndef g(x, y=D):\n    return x\ndef f(x):\n    return g(x)\n", (1,), TYPING, "a value of Python type .* is not supported in compiled code as a default", r"g\(x\)", scope={"D": value})
add("masked array", "argument of a ufunc", lambda: vectorize(["float64(float64)"])(identity)(np.ma.array([1.0])).filled().tolist(), python=lambda: [1.0])

# Numbers at the edge of what fits.
add("int of 2**64", "argument", lambda: njit(identity)(2**64), OverflowError, "the Python int 18446744073709551616 does not fit 64 bits")
add("int below -2**63", "argument", lambda: njit(identity)(-(2**63) - 1), OverflowError, "does not fit 64 bits")
add("int of 2**64", "item of a tuple", lambda: njit(identity)((1, 2**64)), OverflowError, "does not fit 64 bits")
add("int of 2**64", "eager int64", lambda: njit("int64(int64)")(identity)(2**64), OverflowError, "does not fit 64 bits")
for what, value in {
    "int of 2**64 - 1": 2**64 - 1,
    "int of -2**63": -(2**63),
    "nan": float("nan"),
    "inf": float("inf"),
    "complex nan": complex("nan+nanj"),
    "lone surrogate": "\ud800",
    "str with a zero": "a\0b",
    "long str": "x" * 100000,
    "str beyond the BMP": "é😀",
    "empty str": "",
    "empty tuple": (),
    "nested tuples": ((((1,),),), ()),
    "tuple of 300": tuple(range(300)),
    "tuple of 1000": tuple(range(1000)),
    "None": None,
    "slice": slice(1, 2),
}.items():
    add(what, "argument", lambda v=value: njit(identity)(v), python=lambda v=value: v)
refused("int literal of 2**64", "literal", "def f(x):\n    return x + 18446744073709551616\n", (1,), TYPING, "the integer 18446744073709551616 does not fit 64 bits", "18446744073709551616")
refused("int of 2**64", "global", "N = 2**64\ndef f(x):\n    return x + N\n", (1,), TYPING, "the integer 18446744073709551616", "N")
refused("int of 10**100", "global", "N = 10**100\ndef f(x):\n    return x + N\n", (1,), TYPING, "the integer 1000", "N")

# Arrays that are taken: read, written and returned as NumPy has them.
SUM = "def f(a):\n    return a.sum(), a + 1, a.shape, a.ndim, a.size, a\n"
LOOP = "def f(a):\n    s = 0.0\n    for i in range(a.shape[0]):\n        for j in range(a.shape[1]):\n            s += a[i, j] * (i + 1)\n    return s\n"
WRITE = "def f(a):\n    a[0] = 7\n    a += 1\n    return a\n"
SPREAD = np.lib.stride_tricks.as_strided
TAKEN = {
    "empty": np.zeros(0),
    "empty of two dimensions": np.zeros((0, 3)),
    "empty in the second dimension": np.zeros((3, 0)),
    "empty of ints": np.zeros((2, 0, 4), np.int32),
    "zero dimensions": np.array(2.5),
    "zero dimensions of complex": np.array(2.5j),
    "zero dimensions of bool": np.array(True),
    "one element": np.array([1.5]),
    "reversed": np.arange(6.0)[::-1],
    "reversed in both": np.arange(6.0).reshape(2, 3)[::-1, ::-1],
    "every other": np.arange(10.0)[::2],
    "every other backwards": np.arange(10.0)[::-3],
    "transposed": np.arange(6.0).reshape(2, 3).T,
    "Fortran order": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "column": np.arange(6.0).reshape(2, 3)[:, 1],
    "new axis": np.arange(3.0)[:, None],
    "axes of length one": np.zeros((1, 1, 3, 1)),
    "unaligned floats": unaligned(np.float64),
    "unaligned ints": unaligned(np.int32),
    "unaligned complex": unaligned(np.complex128),
    "field of records": np.zeros(3, [("a", "i1"), ("b", "f8")])["b"],
    "real part": np.arange(3, dtype=np.complex128).real,
    "uint8": np.arange(5, dtype=np.uint8),
    "float32": np.arange(5, dtype=np.float32),
    "large strides": np.zeros((64, 64))[::31, ::17],
    "memory of bytearray": np.frombuffer(bytearray(24), np.float64),
}  # fmt: skip
for what, value in TAKEN.items():
    like_python(what, "sum, ufunc, attributes", SUM, (value,))
    if min(value.shape, default=0) > 1:
        like_python(what, "strides", "def f(a):\n    return a.strides\n", (value,))
    if value.ndim == 2:
        like_python(what, "loop over elements", LOOP, (value,))
    if value.ndim == 1 and value.size and value.dtype.kind == "f":
        like_python(what, "written", WRITE, (value,))
READONLY = {
    "zero strides": np.broadcast_to(np.arange(3.0), (4, 3)),
    "a scalar broadcast": np.broadcast_to(1.5, (3,)),
    "all zero strides": SPREAD(np.arange(3.0), (3, 3), (0, 0), writeable=False),
    "overlapping windows": np.lib.stride_tricks.sliding_window_view(np.arange(6.0), 3),
    "memory of bytes": np.frombuffer(b"\0" * 24, np.float64),
}
for what, value in READONLY.items():
    add(what, "sum, ufunc, attributes", lambda v=value: njit(function(SUM))(v), python=lambda v=value: function(SUM)(v))
    if value.ndim == 2:
        add(what, "loop over elements", lambda v=value: njit(function(LOOP))(v), python=lambda v=value: function(LOOP)(v))
    for how, source in {"element": "a[0] = 7.0", "in place": "a += 1.0", "slice": "a[:] = 0.0", "fill": "a.fill(1.0)"}.items():
        caret = r"a\.fill\(1\.0\)|a\.fill" if how == "fill" else ANY
        add(what, f"read-only, stored by {how}", lambda s=source, v=value: njit(function(f"def f(a):\n    {s}\n"))(v), TYPING, "cannot store into readonly array.*, which is read-only", caret)
add("subclass of ndarray", "sum and ufunc", lambda: njit(function("def f(a):\n    return a.sum()\n"))(np.arange(3.0).view(OwnArray)), python=lambda: 3.0)
add("subclass of ndarray", "returned", lambda: type(njit(identity)(np.arange(3.0).view(OwnArray))).__name__, python=lambda: "OwnArray")
for n in (32, 64):
    add(f"{n} dimensions", "argument", lambda k=n: njit(function("def f(a):\n    return a.ndim, a.size, a\n"))(np.zeros((1,) * k)), python=lambda k=n: (k, 1, np.zeros((1,) * k)))
