"""The Dispatcher: attributes, signatures, choice of a signature, fallback, errors and their tracebacks."""

import copy
import functools
import gc
import inspect
import traceback
import warnings
import weakref

import numpy as np
import pytest

import lancehead
from lancehead import float64, int32, int64, jit, njit
from lancehead.errors import LanceheadFallbackWarning, TypingError


def add(x, y=2):
    """Adds."""
    return x + y


# ---- a jitted function looks like the function


def test_attributes_of_the_function():
    compiled = njit(add)
    assert compiled.py_func is compiled.__wrapped__ is add
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__defaults__", "__code__", "__annotations__"):
        assert getattr(compiled, name) == getattr(add, name)
    assert inspect.signature(compiled) == inspect.signature(add)
    assert inspect.unwrap(compiled) is add
    assert functools.wraps(compiled)(lambda: 0).__name__ == "add"
    assert "add" in repr(compiled)


def test_attributes_can_be_added():
    compiled = njit(add)
    compiled.note = 1
    assert compiled.note == 1
    with pytest.raises(AttributeError):
        compiled.signatures = []


@pytest.mark.parametrize(
    "name, value",
    [("__name__", "other"), ("__qualname__", "a.other"), ("__module__", "m"), ("__doc__", "Doc."), ("__defaults__", (7,)),
     ("__kwdefaults__", {}), ("__annotations__", {"x": int}), ("__dict__", {"note": 1}), ("__wrapped__", len)],
)
def test_attributes_can_be_set_as_those_of_a_function(name, value):
    compiled = njit(lambda x, y=2: x + y)
    setattr(compiled, name, value)
    assert getattr(compiled, name) == value
    if name not in ("__dict__", "__wrapped__"):
        assert getattr(compiled.py_func, name) == value


def test_a_jitted_function_can_wrap_another():
    compiled = functools.wraps(add)(njit(lambda x, y=3: x * y))
    assert compiled.__wrapped__ is add and compiled.__name__ == "add"
    assert inspect.signature(compiled) == inspect.signature(add)
    assert compiled(2) == 6
    del compiled.__wrapped__
    assert compiled.__wrapped__ is compiled.py_func
    cached = functools.lru_cache(compiled)
    assert cached(5) == cached(5) == 15 and functools.partial(compiled, 2)(y=4) == 8


def test_numbas_attributes():
    compiled = njit(add)
    assert compiled.func_code is add.__code__ and compiled.doc == "Adds." and compiled.locals == {}
    assert compiled.is_compiling is False
    assert compiled.typeof_pyval(1) == int64
    assert compiled.targetoptions["nopython"] is True


class Account:
    rate = 3

    @njit
    def plus(self_number, other):
        return self_number + other

    @staticmethod
    @njit
    def product(a, b):
        return a * b

    @classmethod
    @njit
    def doubled(cls, x):
        return 2 * x

    @classmethod
    @njit
    def itself(cls):
        return cls

    @njit
    def of_itself(self):
        return self


class Number(int):
    twice = njit(lambda self: self * 2)
    thrice = property(njit(lambda self: self * 3))


def test_it_binds_as_a_method():
    assert Account.plus(1, 2) == 3 and Account.plus is Account.__dict__["plus"]
    assert Account.product(2, 3) == Account().product(2, 3) == 6
    assert Account.doubled(4) == Account().doubled(4) == 8
    assert Account.itself() is Account
    bound = Account().plus
    assert bound.__func__ is Account.plus
    with pytest.raises(TypingError, match=r"argument 1 \('self_number'\)"):
        bound(2)
    with pytest.raises(TypingError, match="'self'"):
        Account().of_itself()
    assert Number(4).twice() == 8 and Number(4).thrice == 12
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        Number(4).twice(1)


def test_an_instance_may_be_interpreted():
    class Plain:
        @jit
        def name(self, x):
            return type(self).__name__ * x

    with pytest.warns(LanceheadFallbackWarning):
        assert Plain().name(2) == "PlainPlain"


def test_copies_are_the_function_itself():
    compiled = njit(lambda x: x)
    assert copy.copy(compiled) is compiled
    assert copy.deepcopy([compiled, {1: compiled}]) == [compiled, {1: compiled}]


@pytest.mark.parametrize("cyclic", [False, True])
def test_it_can_be_collected(cyclic):
    scope = {}
    exec("def f(a, b): return a + b", scope)
    compiled = njit(scope["f"])
    compiled(1, 2)
    if cyclic:
        scope["itself"] = compiled
        compiled.itself = compiled
    alive = weakref.ref(compiled)
    del compiled, scope
    gc.collect()
    assert alive() is None


def test_functions_that_were_arguments_can_be_collected():
    @njit
    def apply(f, x):
        return f(x)

    inner = njit(lambda x: x + 1)
    assert apply(inner, 1) == 2
    alive = weakref.ref(inner)
    del apply, inner
    gc.collect()
    assert alive() is None


def test_code_is_unmapped_with_its_function(run_python):
    code = """
import gc
from lancehead import njit

def executable_mappings():
    lines = open("/proc/self/maps").read().splitlines()
    return sum(line.split()[1].startswith("r-x") and len(line.split()) == 5 for line in lines)

def made(k):
    scope = {}
    exec(f"def f(a): return a * {k}.5", scope)
    return njit(scope["f"])

assert made(1)(2) == 3
gc.collect()
before = executable_mappings()
functions = [made(k) for k in range(20)]
assert [f(2) for f in functions] == [2 * k + 1 for k in range(20)]
assert executable_mappings() > before
del functions
gc.collect()
assert executable_mappings() == before
"""
    run_python(code, env={"LANCEHEAD_CACHE": 0})


# ---- eager signatures


def eager(signatures, **options):
    return njit(signatures, **options)(lambda x, y: x + y)


def test_an_eager_function_is_compiled_at_once():
    compiled = eager(["int64(int64, int64)", (float64, float64)])
    assert compiled.signatures == [(int64, int64), (float64, float64)]
    assert compiled(1, 2) == 3 and type(compiled(1, 2)) is int
    assert compiled(1.5, 2) == 3.5
    assert len(compiled.signatures) == 2


@pytest.mark.parametrize(
    "args, types", [
        (("a", "b"), "unicode_type, unicode_type"),
        ((1j, 1), "complex128, int64"),
        ((None, 1), "none, int64"),
        (({}, 1), "dict, int64"),
    ],
)
@pytest.mark.parametrize("dialect", ["numpy", "numba"])
def test_what_fits_no_signature(args, types, dialect):
    compiled = eager("float64(float64, float64)", dialect=dialect)
    with pytest.raises(TypeError) as caught:
        compiled(*args)
    assert str(caught.value) == f"No matching definition for argument type(s) {types}"


FITS = [
    # signature, arguments, result in the dialect numpy, in numba
    ("float64(float64, float64)", (1, True), 2.0, 2.0),
    ("float64(float64, float64)", (np.int64(1), np.float32(0.5)), 1.5, 1.5),
    ("float32(float32, float32)", (0.1, 0.2), float(np.float32(0.1) + np.float32(0.2)), None),
    ("complex128(complex128, complex128)", (1, 2.5), 3.5 + 0j, 3.5 + 0j),
    ("int32(int32, int32)", (1, 2), 3, 3),
    ("int32(int32, int32)", (2**31, 1), OverflowError, -(2**31) + 1),
    ("int32(int32, int32)", (1.9, 2.9), TypeError, 3),
    ("int32(int32, int32)", (np.int64(1), 2), TypeError, 3),
    ("int32(int32, int32)", (np.int8(1), np.uint16(2)), 3, 3),
    ("uint8(uint8, uint8)", (-1, 1), OverflowError, 0),
    ("int64(int64, int64)", (True, 1), 2, 2),
    ("int64(int64, int64)", (2**63, 1), OverflowError, -(2**63) + 1),
]


@pytest.mark.parametrize("signature, args, in_numpy, in_numba", FITS)
@pytest.mark.parametrize("dialect", ["numpy", "numba"])
def test_arguments_are_converted_to_a_signature(signature, args, in_numpy, in_numba, dialect):
    compiled = eager(signature, dialect=dialect)
    expected = in_numpy if dialect == "numpy" or in_numba is None else in_numba
    for _ in range(2):  # the second call takes the way that the first one made
        if isinstance(expected, type):
            with pytest.raises(expected):
                compiled(*args)
        else:
            result = compiled(*args)
            assert result == expected and type(result) is type(expected)


def test_the_best_signature_is_taken():
    compiled = eager(["int32(int32, int32)", "int64(int64, int64)", "float32(float32, float32)", "float64(float64, float64)"])
    assert compiled(2**40, 1) == 2**40 + 1
    assert compiled(0.1, 0.2) == 0.1 + 0.2
    assert compiled(np.float32(0.1), np.float32(0.2)) == np.float32(0.1) + np.float32(0.2)


def test_a_tie_is_an_error():
    compiled = njit(["float64(int64, float64)", "float64(float64, int64)"])(lambda x, y: x + y)
    with pytest.raises(TypeError, match="Ambiguous"):
        compiled(1, 2)


@pytest.mark.parametrize(
    "signature, array, fits",
    [
        ("float64(float64[:, :])", np.eye(2), True),
        ("float64(float64[:, :])", np.eye(4)[::2, ::2], True),
        ("float64(float64[:, ::1])", np.eye(2), True),
        ("float64(float64[:, ::1])", np.arange(6.0).reshape(2, 3).T, False),
        ("float64(float64[:, ::1])", np.eye(2, dtype="f4"), False),
        ("float64(float64[:])", np.eye(2), False),
    ],
)
def test_arrays_and_signatures(signature, array, fits):
    scope = {}
    exec("def f(a): return a[0]" if "[:]" in signature else "def f(a): return a[0, 0]", scope)
    compiled = njit(signature)(scope["f"])
    if fits:
        assert compiled(array) == array.flat[0]
    else:
        with pytest.raises(TypeError, match="No matching definition"):
            compiled(array)


def test_a_signature_for_a_function_of_any_number_of_arguments():
    compiled = njit(["int64(int64)", "int64(int64, float64, float64)"])(lambda x, *y: x + len(y))
    assert compiled(1) == 1
    assert compiled(1, 2.5, 3) == 3
    with pytest.raises(TypeError, match="No matching definition"):
        compiled(1, 2)


def test_a_signature_of_the_wrong_length():
    with pytest.raises(TypeError, match="2 parameters"):
        eager("int64(int64)")


# ---- functions that cannot be typed


def untypable(x):
    return x + {"a": 1}["a"]


def test_njit_raises_where_the_cause_is():
    with pytest.raises(lancehead.errors.NumbaError) as caught:
        njit(untypable)(1)
    text = str(caught.value)
    line = untypable.__code__.co_firstlineno + 1
    assert f"{__file__}:{line}:" in text
    assert 'return x + {"a": 1}["a"]' in text and "^" in text


def test_the_caret_is_under_the_expression():
    def f(x):
        return ("☃" == "é") + ("☃" + x)

    with pytest.raises(TypingError) as caught:
        njit(f)(1)
    lines = str(caught.value).splitlines()
    shown = next(i for i, line in enumerate(lines) if "return" in line)
    assert lines[shown + 1].index("^") == lines[shown].index('"☃" + x')
    assert lines[shown + 1].count("^") == len('"☃" + x')


def test_plain_jit_falls_back_with_one_warning():
    compiled = jit(untypable)
    with pytest.warns(LanceheadFallbackWarning, match=f"{__file__}:{untypable.__code__.co_firstlineno + 1}"):
        assert compiled(1) == 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compiled(1) == 2
        assert compiled(2.5) == 3.5


def test_plain_jit_falls_back_for_arguments_without_a_type():
    compiled = jit(lambda x: x)
    thing = object()
    with pytest.warns(LanceheadFallbackWarning, match="object"):
        assert compiled(thing) is thing
    assert compiled(3) == 3
    assert compiled.signatures == [(int64,)]


def test_fallback_can_be_an_error(monkeypatch):
    monkeypatch.setenv("LANCEHEAD_FALLBACK", "error")
    with pytest.raises(lancehead.errors.NumbaError):
        jit(untypable)(1)


def test_eager_signatures_never_fall_back():
    with pytest.raises(lancehead.errors.NumbaError):
        jit("int64(int64)")(untypable)


# ---- errors of running code


@njit
def inner(a, i):
    if i > 5:
        raise ValueError("too large", i)
    return a[i]


@njit
def outer(a, i):
    return inner(a, i) + 1


@pytest.mark.parametrize("index, error", [(3, IndexError), (7, ValueError)])
def test_tracebacks_name_compiled_frames(index, error):
    with pytest.raises(error) as caught:
        outer(np.zeros(2), index)
    frames = traceback.extract_tb(caught.value.__traceback__)[1:]
    assert [frame.name for frame in frames] == ["outer", "inner"]
    lines = [outer.__code__.co_firstlineno + 2, inner.__code__.co_firstlineno + (4 if error is IndexError else 3)]
    assert [frame.lineno for frame in frames] == lines
    assert {frame.filename for frame in frames} == {__file__}


def test_arguments_of_an_exception():
    with pytest.raises(ValueError) as caught:
        inner(np.zeros(2), 9)
    assert caught.value.args == ("too large", 9)


def test_the_context_of_an_error_is_what_python_handles():
    with pytest.raises(ValueError) as caught:
        try:
            {}["x"]
        except KeyError:
            inner(np.zeros(2), 9)
    assert isinstance(caught.value.__context__, KeyError)


def test_endless_recursion_is_an_error():
    @njit
    def down(n):
        if n < 0:
            return 0
        return down(n + 1) + 1

    with pytest.raises(RecursionError):
        down(0)
