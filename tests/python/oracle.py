"""The oracle: a function runs under CPython and compiled, each on its own copy of the arguments, and all that a caller can
see is compared: the value, its type, dtype, shape and memory, what happened to the arguments, and the exception. What the function calls is
plain Python for CPython, even where it is compiled otherwise.

compare() is for one call. A Table collects functions with the arguments that each is compared on:

    LOOPS = Table()

    @LOOPS((3,), (0,))
    def count(n): ...

    @pytest.mark.parametrize("case", LOOPS)
    def test_loops(case):
        case.check()
"""

import math
import types
from typing import NamedTuple

import numpy as np
import pytest

import lancehead

_compiled = {}


def jitted(fn, **options):
    """njit(**options)(fn), made once."""
    key = (fn, repr(sorted(options.items(), key=str)))
    if key not in _compiled:
        _compiled[key] = lancehead.njit(**options)(fn)
    return _compiled[key]


def _names_of(code):
    """Names that the code and those inside it look up."""
    inner = (c for c in code.co_consts if isinstance(c, types.CodeType))
    return set(code.co_names).union(*map(_names_of, inner))


def plain(fn, made=None):
    """The function with all compiled functions that it calls, and those they call, replaced by their Python originals."""
    made = {} if made is None else made
    fn = getattr(fn, "py_func", fn)
    if not isinstance(fn, types.FunctionType):
        return fn
    if fn in made:
        return made[fn]
    scope = dict(fn.__globals__)
    cells = tuple(types.CellType(plain(c.cell_contents, made)) for c in fn.__closure__ or ())
    made[fn] = types.FunctionType(fn.__code__, scope, fn.__name__, fn.__defaults__, cells)
    made[fn].__kwdefaults__ = fn.__kwdefaults__
    for name in _names_of(fn.__code__) & scope.keys():
        if isinstance(scope[name], lancehead._lancehead.Dispatcher):
            scope[name] = plain(scope[name], made)
    return made[fn]


class Outcome(NamedTuple):
    """What a call did: its value or its exception, and the arguments afterwards."""

    value: object
    error: BaseException | None
    args: tuple

    def __str__(self):
        if self.error is None:
            return repr(self.value)
        return f"{type(self.error).__name__}: {self.error}"


def _rebuilt(array, roots):
    """The same view of a copy of the memory that the array looks into; arrays that share memory go on sharing it."""
    if not array.size:  # there is no memory; a copy would have other strides
        return np.ndarray(array.shape, array.dtype, np.empty(1, array.dtype).view(np.uint8).data, 0, array.strides)
    root = array
    while isinstance(root.base, np.ndarray):
        root = root.base
    if id(root) not in roots:
        straight = root.T if root.flags.f_contiguous else root
        assert straight.flags.c_contiguous, "only views of contiguous memory can be copied faithfully"
        memory = np.empty(straight.size, straight.dtype)
        memory[...] = straight.reshape(-1)
        roots[id(root)] = memory
    offset = array.__array_interface__["data"][0] - root.__array_interface__["data"][0]
    return np.ndarray(array.shape, array.dtype, roots[id(root)].view(np.uint8).data, offset, array.strides)


def copied(value, roots=None):
    """A copy that a function can tell from the original by nothing but identity."""
    roots = {} if roots is None else roots
    if isinstance(value, tuple):
        return tuple(copied(item, roots) for item in value)
    if not isinstance(value, np.ndarray):
        return value.copy() if isinstance(value, np.void) else value
    out = value.copy(order="K") if value.flags.owndata and value.flags.forc else _rebuilt(value, roots)
    out.flags.writeable = value.flags.writeable
    return out


def outcome(fn, args):
    """Calls fn on copies of the arguments."""
    args = copied(args)
    with np.errstate(all="ignore"):
        try:
            return Outcome(fn(*args), None, args)
        except Exception as error:
            return Outcome(None, error, args)


_OWN_SCALARS = (np.datetime64, np.timedelta64, np.void)


def boxed(value):
    """The value as compiled code returns it: scalars are Python's bool, int, float and complex, but dates, spans and
    records are NumPy's."""
    if isinstance(value, tuple):
        return tuple(boxed(item) for item in value)
    return value.item() if isinstance(value, np.generic) and not isinstance(value, _OWN_SCALARS) else value


def ulps(expected, actual):
    """The distance in units in the last place, elementwise: equal, both nan: 0; one of them not finite: inf.

    The unit of a complex number is that of its larger part."""
    expected, actual = np.atleast_1d(expected), np.atleast_1d(actual)
    real = np.finfo(expected.dtype).dtype
    size = np.abs(expected) if expected.dtype.kind == "f" else np.maximum(np.abs(expected.real), np.abs(expected.imag))
    with np.errstate(all="ignore"):
        distance = np.abs(actual - expected).astype(np.float64) / np.spacing(size.astype(real)).astype(np.float64)
    same = _same_bits(expected, actual)
    return np.where(same, 0.0, np.where(np.isfinite(distance), distance, math.inf))


def _same_bits(expected, actual):
    """Equal, with nan equal to nan and -0.0 different from 0.0."""
    if expected.dtype.kind == "c":
        return _same_bits(expected.real, actual.real) & _same_bits(expected.imag, actual.imag)
    if expected.dtype.kind in "mM":
        return expected.view(np.int64) == actual.view(np.int64)
    if expected.dtype.names is not None:
        fields = [_same_bits(expected[name], actual[name]) for name in expected.dtype.names]
        axes = [tuple(range(expected.ndim, f.ndim)) for f in fields]
        return np.all([f.all(axis=a) for f, a in zip(fields, axes)], axis=0)
    if expected.dtype.kind != "f":
        return expected == actual
    return ((expected == actual) & (np.signbit(expected) == np.signbit(actual))) | (np.isnan(expected) & np.isnan(actual))


def _array_difference(expected, actual, ulp):
    if expected.dtype != actual.dtype or expected.shape != actual.shape:
        return f"{expected.dtype}{expected.shape} became {actual.dtype}{actual.shape}"
    if ulp and expected.dtype.kind in "fc":
        wrong = ulps(expected, actual).reshape(expected.shape) > ulp
    else:
        wrong = ~_same_bits(expected, actual)
    if not np.any(wrong):
        return None
    where = np.argwhere(wrong)[0]
    index = tuple(int(i) for i in where)
    return f"{np.count_nonzero(wrong)} of {wrong.size} elements differ, at {index}: {expected[index]!r} became {actual[index]!r}"


def difference(expected, actual, ulp=0):
    """None if a compiled function may return `actual` where CPython gives `expected`, else what is wrong."""
    dtype = expected.dtype if isinstance(expected, np.inexact) else None  # whose unit in the last place counts
    expected = boxed(expected) if not isinstance(expected, (tuple, list)) else expected
    if type(expected) is not type(actual):
        return f"{type(expected).__name__} {expected!r} became {type(actual).__name__} {actual!r}"
    if isinstance(expected, (tuple, list)):
        if len(expected) != len(actual):
            return f"{len(expected)} items became {len(actual)}"
        parts = (difference(e, a, ulp) for e, a in zip(expected, actual))
        return next((f"item {k}: {part}" for k, part in enumerate(parts) if part), None)
    if isinstance(expected, np.ndarray):
        return _array_difference(expected, actual, ulp)
    if isinstance(expected, _OWN_SCALARS):
        return _array_difference(np.asarray(expected), np.asarray(actual), 0)
    if isinstance(expected, (float, complex)):
        found = _array_difference(np.asarray(expected, dtype), np.asarray(actual, dtype), ulp)
        return found and f"{expected!r} became {actual!r}"
    return None if expected == actual else f"{expected!r} became {actual!r}"


def _memory(value, args):
    """Which arguments an array is, which it shares memory with, and how it lies there."""
    arrays = [a for a in args if isinstance(a, np.ndarray)]
    shared = [np.may_share_memory(value, a) for a in arrays]
    strides = [stride for stride, extent in zip(value.strides, value.shape) if extent > 1]  # the others say nothing
    return [value is a for a in arrays], shared, strides if any(shared) and value.size > 1 else None


def _parts(value):
    """What is in tuples and lists, of any depth, one after the other."""
    return [part for item in value for part in _parts(item)] if isinstance(value, (tuple, list)) else [value]


def alias_difference(expected, actual):
    """None if the arrays of both values are views of the same arguments. A view of all of an argument may be the argument."""
    for one, other in zip(_parts(expected.value), _parts(actual.value)):
        if isinstance(one, np.ndarray):
            (same, *shared), (is_same, *is_shared) = _memory(one, expected.args), _memory(other, actual.args)
            if shared != is_shared or any(e and not a for e, a in zip(same, is_same)):
                return f"memory is shared differently: {same, *shared} became {is_same, *is_shared}"
    return None


def error_difference(expected, actual, text):
    """None if `actual` is the exception that CPython raises; its text counts where `text` says so."""
    if type(expected) is not type(actual):
        return "another exception"
    if text is True and str(expected) != str(actual):
        return "another text"
    if isinstance(text, str) and text not in str(actual):
        return f"no {text!r} in its text"
    return None


def compare(fn, *args, expect=..., ulp=0, text=True, **options):
    """Fails unless the compiled function does to the arguments what CPython does. Returns the compiled function's value.

    expect: the value instead of CPython's, where docs/deviations.md says that ours differs
    ulp: how far floating-point results may be off, in units in the last place
    text: False: of an exception only its class is compared; a string: what its text contains
    options: those of njit
    """
    expected = Outcome(expect, None, copied(args)) if expect is not ... else outcome(plain(fn), args)
    actual = outcome(jitted(fn, **options), args)
    if expected.error is not None and actual.error is not None:
        wrong = error_difference(expected.error, actual.error, text)
    elif expected.error is not None or actual.error is not None:
        wrong = "one of them raises"
    else:
        wrong = difference(expected.value, actual.value, ulp)
        if not wrong and expect is ...:
            wrong = alias_difference(expected, actual)
    if not wrong:
        found = difference(expected.args, boxed(actual.args), ulp)
        wrong = found and f"arguments afterwards: {found}"
    if wrong:
        with np.printoptions(threshold=20, edgeitems=4):
            call = f"{fn.__name__}({', '.join(map(repr, args))})"
            raise AssertionError(f"{wrong}\n{call}\nexpected {expected}\ngot      {actual}") from actual.error
    return actual.value


class Case(NamedTuple):
    """A function and the calls on which it is compared."""

    fn: object
    calls: tuple
    how: dict

    def check(self, **options):
        assert self.calls
        for args in self.calls:
            compare(self.fn, *args, **self.how, **options)


class Table(list):
    """Functions with the calls they are compared on: `@table(args, args, ..., ulp=..., text=..., option=...)`."""

    def __call__(self, *calls, **how):
        def add(fn):
            self.append(pytest.param(Case(fn, calls, how), id=fn.__name__))
            return fn

        return add
