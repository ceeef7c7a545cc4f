"""jit, njit and vectorize take arguments as Numba's do: forms of decoration, signatures, options, errors, warnings."""

import pickle
import subprocess
import sys
import warnings

import numpy as np
import pytest

import lancehead
from lancehead import _lancehead, config, errors, jit, njit, types, vectorize
from lancehead.signatures import Signature, normalize_signature
from lancehead.types import float32, float64, int32, int64


def identity(x):
    return x


def add(x, y):
    return x + y


FORMS = {
    "bare": lambda f: jit(f),
    "called": lambda f: jit()(f),
    "njit bare": lambda f: njit(f),
    "njit called": lambda f: njit()(f),
    "options": lambda f: jit(nopython=True, nogil=True, fastmath=True)(f),
    "function and options": lambda f: njit(f, nogil=True),
    "locals empty": lambda f: jit(locals={})(f),
    "keyword function": lambda f: jit(signature_or_function=f),
}


@pytest.mark.parametrize("form", FORMS)
def test_lazy_forms(form):
    made = FORMS[form](identity)
    assert isinstance(made, _lancehead.Dispatcher)
    assert made.py_func is identity
    assert made.__name__ == "identity"
    assert made.__wrapped__ is identity
    assert list(made.signatures) == []


EAGER = {
    "string": "int32(int32)",
    "type call": int32(int32),
    "tuple": (int32,),
    "string of a tuple": "(int32,)",
    "list": ["int32(int32)", float64(float64), (int64,)],
    "spaces": " int32 ( int32 ) ",
    "aliases": "i4(intc)",
}


@pytest.mark.parametrize("spelling", EAGER)
@pytest.mark.parametrize("decorator", [jit, njit], ids=["jit", "njit"])
def test_eager_forms(spelling, decorator):
    expected = [(int32,), (float64,), (int64,)] if spelling == "list" else [(int32,)]
    assert list(decorator(EAGER[spelling])(identity).signatures) == expected


SPELLINGS = {
    "int32(int32, float64[:, ::1])": ((int32, types.Array(float64, 2, "C")), int32),
    "(f8[::1], f8[:])": ((types.Array(float64, 1, "C"), types.Array(float64, 1, "A")), None),
    "void()": ((), types.none),
    "()": ((), None),
    'Array(float64, 1, "C", readonly=True)(int32)': ((int32,), types.Array(float64, 1, "C", readonly=True)),
    "Tuple((int32, int64))(UniTuple(int32, 2))": ((types.UniTuple(int32, 2),), types.Tuple((int32, int64))),
    "unicode_type(string)": ((types.unicode_type,), types.unicode_type),
    "optional(int32)(boolean)": ((types.boolean,), types.Optional(int32)),
    "f4[::1, :](c16, b1)": ((types.complex128, types.boolean), types.Array(float32, 2, "F")),
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_signature_strings(text):
    assert normalize_signature(text) == SPELLINGS[text]


BAD_SIGNATURES = {
    "int32": TypeError,
    "(int32)": TypeError,
    "no_such_type(int32)": NameError,
    "__import__('os')": NameError,
    "int32(": SyntaxError,
    "int32(int32, 3)": TypeError,
    "int32.bitwidth": TypeError,
    "[int32 for x in 'ab']": TypeError,
    "1 + 2": TypeError,
}


@pytest.mark.parametrize("text", BAD_SIGNATURES)
def test_bad_signature_strings(text):
    with pytest.raises(BAD_SIGNATURES[text]):
        jit(text)(identity)


def test_signature_objects():
    sig = int32(int32, float64)
    assert repr(sig) == "(int32, float64) -> int32"
    assert (sig.args, sig.return_type) == ((int32, float64), int32)
    assert sig == Signature(int32, (int32, float64)) and hash(sig) == hash(int32(int32, float64))
    assert sig != int64(int32, float64)
    assert pickle.loads(pickle.dumps(sig)) == sig


def test_a_type_that_is_not_built_cannot_be_compiled():
    with pytest.raises(errors.NotBuiltError, match=r"void\*"):
        jit(int32(types.voidptr))(identity)


NOT_FUNCTIONS = [3, int, len, int32, "abc".join, object()]


@pytest.mark.parametrize("thing", NOT_FUNCTIONS, ids=lambda t: type(t).__name__)
@pytest.mark.parametrize("decorate", [jit, njit, jit(nogil=True), jit("int32(int32)")], ids=str)
def test_only_functions_are_decorated(thing, decorate):
    with pytest.raises(TypeError, match="The decorated object is not a function"):
        decorate(thing)


def test_jitted_functions_are_not_decorated_again():
    with pytest.raises(TypeError, match="already jitted function"):
        jit(jit(identity))


HINTS = [
    {"inline": "always"},
    {"inline": "never"},
    {"inline": lambda *a: True},
    {"forceinline": True},
    {"no_cpython_wrapper": True},
    {"no_cfunc_wrapper": True},
    {"no_rewrites": True},
    {"looplift": False},
    {"forceobj": False},
    {"debug": False},
    {"locals": {}},
    {"error_model": "numpy"},
    {"boundscheck": False},
    {"parallel": {"prange": True, "fusion": False}},
    {"fastmath": {"nnan", "reassoc"}},
    {"fastmath": {"nnan": True, "ninf": False}},
    {"dialect": "numba"},
    {"cache": True},
]


@pytest.mark.parametrize("options", HINTS, ids=str)
def test_accepted_options(options):
    assert isinstance(jit(**options)(identity), _lancehead.Dispatcher)


REFUSED = {"forceobj": True, "debug": True, "locals": {"x": float64}, "pipeline_class": object}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_options_say_what_to_write(name):
    with pytest.raises(errors.UnsupportedError, match=f"option '{name}' of jit is not built yet.*; .+"):
        jit(**{name: REFUSED[name]})(identity)


UNKNOWN = {"fastmat": "fastmath", "no_gil": "nogil", "paralel": "parallel", "errormodel": "error_model"}


@pytest.mark.parametrize("name", UNKNOWN)
@pytest.mark.parametrize("decorator", [jit, njit], ids=["jit", "njit"])
def test_an_unknown_option_names_the_nearest(name, decorator):
    with pytest.raises(KeyError, match=f"did you mean '{UNKNOWN[name]}'"):
        decorator(**{name: True})


BAD_VALUES = [
    ({"nopython": 1}, AssertionError),
    ({"nopython": True, "forceobj": True}, ValueError),
    ({"error_model": "x"}, ValueError),
    ({"dialect": "x"}, ValueError),
    ({"fastmath": {"x"}}, ValueError),
    ({"fastmath": 3}, ValueError),
    ({"parallel": {"x": 1}}, NameError),
    ({"parallel": 2}, ValueError),
    ({"inline": "x"}, ValueError),
    ({"boundscheck": "yes"}, ValueError),
    ({"argtypes": [int32]}, errors.DeprecationError),
    ({"restype": int32}, errors.DeprecationError),
]


@pytest.mark.parametrize("options, error", BAD_VALUES, ids=str)
def test_bad_values(options, error):
    with pytest.raises(error):
        jit(**options)


@pytest.mark.parametrize("name", ["nopython", "forceobj"])
def test_njit_ignores_with_a_warning(name):
    with pytest.warns(RuntimeWarning, match=f"{name} is set for njit and is ignored") as seen:
        made = njit(**{name: True})(identity)
    assert seen[0].filename == __file__
    assert isinstance(made, _lancehead.Dispatcher)


def test_nopython_false_warns_as_in_numba():
    with pytest.warns(errors.NumbaDeprecationWarning, match="nopython=False") as seen:
        jit(nopython=False)(identity)
    assert seen[0].filename == __file__


def test_decorating_does_not_warn():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for form in FORMS.values():
            form(identity)


@pytest.fixture
def seen_options(monkeypatch):
    """What the decorators hand to the extension."""
    seen = []

    class Recorder:
        def __new__(cls, py_func, options):
            seen.append(options)
            return None

    monkeypatch.setattr(_lancehead, "Dispatcher", Recorder)
    return seen


FALLBACKS = [
    (jit, {}, True),
    (jit, {"nogil": True}, True),
    (jit, {"nopython": True}, False),
    (njit, {}, False),
]


@pytest.mark.parametrize("decorator, options, fallback", FALLBACKS)
def test_only_plain_lazy_jit_falls_back(seen_options, monkeypatch, decorator, options, fallback):
    monkeypatch.delenv("LANCEHEAD_FALLBACK", raising=False)
    decorator(**options)(identity)
    assert seen_options[-1]["fallback"] is fallback
    assert seen_options[-1]["nopython"] is not fallback
    monkeypatch.setenv("LANCEHEAD_FALLBACK", "error")
    decorator(**options)(identity)
    assert seen_options[-1]["fallback"] is False


def test_options_reach_the_extension(seen_options, monkeypatch):
    monkeypatch.delenv("LANCEHEAD_BOUNDSCHECK", raising=False)
    monkeypatch.delenv("NUMBA_BOUNDSCHECK", raising=False)
    jit(nogil=True, cache=True, parallel=True, fastmath={"nnan"}, error_model="numpy", boundscheck=False)(identity)
    expected = dict(
        nogil=True, cache=True, parallel=True, fastmath=frozenset({"nnan"}), error_model="numpy", boundscheck=False
    )
    assert expected.items() <= seen_options[-1].items()
    assert seen_options[-1]["dialect"] == "numpy"


@pytest.mark.parametrize("prefix", ["LANCEHEAD_", "NUMBA_"])
@pytest.mark.parametrize("text, value", [("0", False), ("1", True)])
def test_the_environment_overrules_boundscheck(seen_options, monkeypatch, prefix, text, value):
    monkeypatch.setenv(prefix + "BOUNDSCHECK", text)
    jit(boundscheck=not value)(identity)
    assert seen_options[-1]["boundscheck"] is value


@pytest.mark.parametrize("prefix", ["LANCEHEAD_", "NUMBA_"])
def test_disable_jit(monkeypatch, prefix):
    monkeypatch.setenv(prefix + "DISABLE_JIT", "1")
    assert jit(identity) is identity
    assert njit("int32(int32)")(identity) is identity
    monkeypatch.setenv(prefix + "DISABLE_JIT", "0")
    assert jit(identity) is not identity


def test_jit_module():
    scope = {"__name__": "made_module", "lancehead": lancehead}
    exec("def f(x): return x\nfrom os.path import join\nlancehead.jit_module(nogil=True)", scope)
    assert isinstance(scope["f"], _lancehead.Dispatcher)
    assert not isinstance(scope["join"], _lancehead.Dispatcher)


def test_is_jitted():
    assert lancehead.extending.is_jitted(jit(identity))
    assert not lancehead.extending.is_jitted(identity)


VECTORIZED = {
    "list": lambda f: vectorize([float64(float64, float64)])(f),
    "list of strings": lambda f: vectorize(["float64(float64, float64)"])(f),
    "list of tuples": lambda f: vectorize([(float64, float64)])(f),
    "string": lambda f: vectorize("float64(float64, float64)")(f),
    "type call": lambda f: vectorize(float64(float64, float64))(f),
    "of a jitted function": lambda f: vectorize([float64(float64, float64)])(jit(f)),
    "parallel": lambda f: vectorize([float64(float64, float64)], target="parallel")(f),
    "options": lambda f: vectorize([float64(float64, float64)], nopython=True, cache=True, identity=0)(f),
}


@pytest.mark.parametrize("form", VECTORIZED)
def test_vectorize_makes_a_ufunc(form):
    made = VECTORIZED[form](add)
    assert isinstance(made, np.ufunc)
    assert (made.nin, made.nout) == (2, 1)
    np.testing.assert_array_equal(made(np.arange(4.0), 1.0).astype(float), np.arange(4.0) + 1)
    if form == "options":
        assert made.identity == 0


BAD_VECTORIZE = [
    (lambda: vectorize([float64(float64)], foo=True), KeyError),
    (lambda: vectorize([float64(float64)], target="abacus"), ValueError),
    (lambda: vectorize([float64(float64)], identity=7), ValueError),
    (lambda: vectorize([float64(float64)])(3), TypeError),
    (lambda: vectorize((float64,))(identity), TypeError),
    (lambda: vectorize(["float64"])(identity), TypeError),
    (lambda: vectorize([float64(float64)], forceobj=True), errors.NotBuiltError),
]


@pytest.mark.parametrize("make, error", BAD_VECTORIZE)
def test_vectorize_errors(make, error):
    with pytest.raises(error):
        make()


@pytest.mark.parametrize("make", [vectorize, vectorize(), vectorize(nopython=True)], ids=str)
def test_vectorize_without_signatures_raises_when_called(make):
    made = make(identity)
    assert made.py_func is identity
    with pytest.raises(NotImplementedError, match="vectorize without signatures is not built yet.*; name the types"):
        made(1.0)


UNBUILT = {
    "guvectorize": lambda: lancehead.guvectorize(["(f8[:], f8[:])"], "(n)->(n)")(add),
    "stencil": lambda: lancehead.stencil(identity),
    "stencil called": lambda: lancehead.stencil(cval=1.0)(identity),
    "cfunc": lambda: lancehead.cfunc("float64(float64)")(identity),
}


@pytest.mark.parametrize("name", UNBUILT)
def test_unbuilt_decorators_decorate_and_raise_when_called(name):
    made = UNBUILT[name]()
    assert made.__name__ in ("add", "identity")
    with pytest.raises(errors.NotBuiltError, match=f"numba.{name.split()[0]}"):
        made(1.0)
    with pytest.raises(AttributeError, match=f"ctypes of .*numba.{name.split()[0]}, is not built yet"):
        made.ctypes


def test_objmode_and_jitclass_raise_when_used():
    with pytest.raises(errors.NotBuiltError, match="objmode"):
        with lancehead.objmode(x="int64"):
            pass
    with pytest.raises(errors.NotBuiltError, match="jitclass"):
        lancehead.experimental.jitclass([("x", int32)])


def test_prange_is_range_in_python():
    assert lancehead.prange(3) == range(3)
    assert lancehead.prange(1, 9, 2) == range(1, 9, 2)
    assert isinstance(lancehead.prange, type)


def test_threads():
    before = lancehead.get_num_threads()
    lancehead.set_num_threads(1)
    assert lancehead.get_num_threads() == 1
    lancehead.set_num_threads(before)
    limit = _lancehead.max_threads()
    for bad in (0, -1, limit + 1):
        with pytest.raises(ValueError, match=f"between 1 and {limit}"):
            lancehead.set_num_threads(bad)
    with pytest.raises(TypeError):
        lancehead.set_num_threads("2")


def test_chunk_size():
    assert lancehead.set_parallel_chunksize(4) == 0
    assert lancehead.set_parallel_chunksize(0) == 4
    with lancehead.parallel_chunksize(7):
        assert lancehead.get_parallel_chunksize() == 7
    assert lancehead.get_parallel_chunksize() == 0


def test_config_prefers_our_prefix_and_reads_again(monkeypatch):
    monkeypatch.delenv("LANCEHEAD_CACHE_DIR", raising=False)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/numba")
    assert config.CACHE_DIR == "/numba"
    monkeypatch.setenv("LANCEHEAD_CACHE_DIR", "/ours")
    assert config.CACHE_DIR == "/ours"
    assert config.value_and_reason("CACHE_DIR") == ("/ours", "LANCEHEAD_CACHE_DIR")
    monkeypatch.delenv("LANCEHEAD_CACHE_DIR")
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert config.value_and_reason("CACHE_DIR") == ("", "default")


def test_config_assigned_by_the_program(monkeypatch):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "0")
    config.DISABLE_JIT = 1
    try:
        assert config.value_and_reason("DISABLE_JIT") == (1, "set by the program")
        assert jit(identity) is identity
    finally:
        config.reload_config()
    assert config.DISABLE_JIT == 0


def test_numba_does_not_have_our_settings(monkeypatch):
    monkeypatch.setenv("NUMBA_FALLBACK", "error")
    monkeypatch.delenv("LANCEHEAD_FALLBACK", raising=False)
    assert config.FALLBACK == "warn"


def test_config_ignores_what_is_no_number(monkeypatch):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "maybe")
    with pytest.warns(errors.NumbaInvalidConfigWarning, match="NUMBA_DISABLE_JIT='maybe'"):
        assert config.DISABLE_JIT == 0


@pytest.mark.parametrize(
    "variable, near", [("LANCEHEAD_CASHE", "LANCEHEAD_CACHE"), ("LANCEHEAD_FALBACK", "LANCEHEAD_FALLBACK")]
)
def test_an_unknown_variable_warns_with_the_nearest(variable, near):
    with pytest.warns(errors.NumbaInvalidConfigWarning, match=f"{variable}; did you mean {near}"):
        config.warn_of_unknown_variables({variable: "1", "LANCEHEAD_CACHE": "1", "LANCEHEAD_OPT": "3"})


def test_unknown_variables_are_seen_at_import():
    run = subprocess.run(
        [sys.executable, "-c", "import os; os.environ['LANCEHEAD_TIMNG'] = '1'; import lancehead"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "did you mean LANCEHEAD_TIMING" in run.stderr
