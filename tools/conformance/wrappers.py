"""Compiled functions, made as tests need them: one per text of an operation; and the record of what ran compiled and what did not.

Of the operands, arrays and numbers are arguments; what users write as constants (axis tuples, dtypes, strings, flags) stands in the text.
"""

import collections
import math

import numpy as np
import oracle
from features.elements import group

import lancehead
from lancehead import numpy_support

ULP = 4  # functions of C's library; see tests/python/test_ufuncs.py


class Outside(Exception):
    """The operation is none of a row of docs/features.md: NumPy does it."""


class Record:
    """What a test did."""

    def __init__(self):
        self.native = self.alike = 0
        self.fallbacks, self.outside, self.wrong = (collections.Counter() for _ in range(3))

    def as_dict(self):
        return {"native": self.native, "alike": self.alike, "fallbacks": self.fallbacks, "outside": self.outside, "wrong": self.wrong}


class Operands:
    """Collects the arguments of an operation; put() gives the text that stands for an operand."""

    def __init__(self, groups):
        self.groups = groups
        self.values, self.constants = [], {}

    def argument(self, value):
        for k, other in enumerate(self.values):  # the same array twice is one argument in users' code, too
            if other is value and isinstance(value, np.ndarray):
                return f"x{k}"
        self.values.append(value)
        return f"x{len(self.values) - 1}"

    def constant(self, value):
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def check(self, dtype):
        if dtype.metadata:
            raise Outside("dtype with metadata")
        if not dtype.isnative:
            raise Outside("byte order")
        if group(dtype) not in self.groups:
            raise Outside(f"dtype {group(dtype)}")

    def put(self, value, static=False):
        kind = type(value)
        if kind is np.ndarray or isinstance(value, np.generic):
            self.check(value.dtype)
            return self.argument(value)
        if value is None or value is Ellipsis or kind is str:
            return repr(value) if value is not Ellipsis else "..."
        if kind in (bool, int, float, complex):
            if kind is int and not -(2**63) <= value < 2**64:
                raise Outside("int of more than 64 bits")
            if kind is complex and static:
                return f"complex({self.put(value.real, True)}, {self.put(value.imag, True)})"  # repr loses zeros' signs
            finite = kind in (bool, int) or math.isfinite(abs(value))
            return f"({value!r})" if static and finite else self.argument(value)
        if kind is slice:
            return f"slice({', '.join(self.put(part) for part in (value.start, value.stop, value.step))})"
        if kind in (tuple, list):
            return self.sequence(value, static)
        if isinstance(value, (np.dtype, type)):
            return self.dtype(value)
        if isinstance(value, np.ndarray):
            raise Outside(f"subclass {kind.__name__}")
        raise Outside(f"argument of type {kind.__name__}")

    def sequence(self, value, static):
        if len(value) > 64:
            if type(value) is list and len({type(item) for item in value}) == 1 and type(value[0]) in (bool, int, float, complex):
                return self.argument(value)  # users give such a list as an argument
            raise Outside(f"{type(value).__name__} of many items")
        static = static or type(value) is list
        if type(value) is list and any(item is None or isinstance(item, (str, bytes)) for item in value):
            raise Outside("dtype object" if None in value else "dtype str")
        items = [self.put(item, static) for item in value]
        if type(value) is list:
            return f"[{', '.join(items)}]"
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"

    def dtype(self, value):
        """A dtype, however it is named; lists of fields are captured as what they describe."""
        try:
            dtype = np.dtype(value)
        except TypeError:
            raise Outside(f"argument of type {type(value).__name__}") from None
        self.check(dtype)
        if type(value) is str:
            return repr(value)
        return self.constant(dtype if type(value) in (list, dict) else value)


def fingerprint(value):
    if isinstance(value, np.ndarray):
        flags = value.flags
        return value.dtype, value.ndim, flags.c_contiguous, flags.f_contiguous, flags.aligned, flags.writeable
    return value.dtype if isinstance(value, np.generic) else type(value)


def first_line(error):
    return str(error).partition("\n")[0][:110]


def refused(error):
    return isinstance(error, lancehead.errors.NumbaError)


class Wrapper:
    """A compiled function; `known` says by the types of arguments what became of it: a reason, or the scalar types to box as."""

    def __init__(self, text, count, constants):
        scope = {"np": np, **constants}
        exec(f"def operation({', '.join(f'x{k}' for k in range(count))}):\n    {text}\n", scope)
        self.python = scope["operation"]
        self.compiled = lancehead.njit(self.python)
        self.known = {}

    def result_type(self, values):
        types = tuple(lancehead.typeof(v) for v in values)
        made = self.compiled.nopython_signatures
        return next((s.return_type for s in made if tuple(s.args) == types), made[-1].return_type)

    def boxed(self, value, kind):
        """Scalars as NumPy gives them (docs/deviations.md: scalar-results)."""
        if type(value) is tuple:
            kinds = getattr(kind, "types", None) or [getattr(kind, "dtype", None)] * len(value)
            return tuple(self.boxed(item, k) for item, k in zip(value, kinds))
        if type(value) not in (bool, int, float, complex):
            return value
        try:
            return numpy_support.as_dtype(kind).type(value)
        except (TypeError, NotImplementedError, AttributeError):
            return value


# Whose values NumPy leaves open: what must hold, its tests say.
LEFT_OPEN = {"empty", "empty_like", "partition", "argpartition"}


def is_stated(what, values, found):
    """Whether docs/deviations.md (float32-python-float, lists-as-arrays, ix-empty-list) says that NumPy gives something else."""
    kinds = {type(v) for v in values}
    has_float32 = any(getattr(v, "dtype", None) == np.float32 for v in values)
    if what in ("isclose", "choose") and float in kinds and has_float32:
        return True
    return (what in ("diff", "trim_zeros") and found.startswith("list ")) or (what == "ix_" and not values)


class Runner:
    """Runs operations compiled and keeps the record of the test that runs. `shadow`: each is compared with NumPy's, too."""

    def __init__(self, shadow=False):
        self.shadow, self.wrappers = shadow, {}
        self.record = Record()

    def run(self, what, text, operands, numpys, box=True):
        """The operation `text`; numpys() is what NumPy does."""
        constants = tuple((name, repr(value)) for name, value in operands.constants.items())
        key = text, len(operands.values), constants
        wrapper = self.wrappers.get(key)
        if wrapper is None:
            wrapper = self.wrappers[key] = Wrapper(text, len(operands.values), operands.constants)
        values = operands.values
        types = tuple(map(fingerprint, values))
        reason = wrapper.known.get(types)
        if isinstance(reason, str):
            return self.fall_back(what, reason, numpys)
        if self.shadow:
            self.compare(what, wrapper, values)
        try:
            result = wrapper.compiled(*values)
        except Exception as error:
            if not refused(error):
                self.record.native += 1
                raise
            wrapper.known[types] = first_line(error)
            return self.fall_back(what, first_line(error), numpys)
        if types not in wrapper.known:
            wrapper.known[types] = (wrapper.result_type(values),)
        self.record.native += 1
        return wrapper.boxed(result, wrapper.known[types][0]) if box else result

    def fall_back(self, what, reason, numpys):
        try:
            result = numpys()
        except Exception:
            self.record.alike += 1  # both refuse
            raise
        self.record.fallbacks[f"{what}: {reason}"] += 1
        return result

    def compare(self, what, wrapper, values):
        expected, actual = oracle.outcome(wrapper.python, tuple(values)), oracle.outcome(wrapper.compiled, tuple(values))
        if what.removeprefix("ndarray.") in LEFT_OPEN or refused(actual.error):
            return
        if expected.error is not None or actual.error is not None:
            return  # that is no wrong value
        else:
            found = oracle.difference(expected.value, actual.value, ULP) or oracle.difference(expected.args, oracle.boxed(actual.args), ULP)
        if found and not is_stated(what, values, found):
            types = ", ".join(f"{v.dtype}[{v.ndim}]" if isinstance(v, np.ndarray) else type(v).__name__ for v in values)
            with np.printoptions(threshold=12, edgeitems=3):
                shown = f"expected {str(expected)[:200]} got {str(actual)[:200]}"
            self.record.wrong[f"{what} of ({types}): {found[:160]}; {shown}"] += 1
