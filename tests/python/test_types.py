"""Type facades: Numba's names, text, attributes, equality, identity, pickling."""

import copy
import gc
import inspect
import math
import pickle
import subprocess
import sys
import threading
import weakref

import numpy as np
import pytest

import lancehead
from lancehead import errors, from_dtype, types, typeof
from lancehead.numpy_support import as_dtype
from lancehead.signatures import normalize_signature
from lancehead.types import Array, Optional, Tuple, UniTuple, boolean, complex64, float32, float64, int32, int64, none

TEXTS = [
    (int64, "int64", "int64"),
    (boolean, "bool", "bool"),
    (none, "none", "none"),
    (types.unicode_type, "unicode_type", "unicode_type"),
    (types.float16, "float16", "float16"),
    (float64[:], "array(float64, 1d, A)", "Array(float64, 1, 'A', False, aligned=True)"),
    (float64[:, ::1], "array(float64, 2d, C)", "Array(float64, 2, 'C', False, aligned=True)"),
    (float64[::1, :], "array(float64, 2d, F)", "Array(float64, 2, 'F', False, aligned=True)"),
    (float64[::1], "array(float64, 1d, C)", "Array(float64, 1, 'C', False, aligned=True)"),
    (float64[::2], "array(float64, 1d, A)", "Array(float64, 1, 'A', False, aligned=True)"),
    (Array(int32, 0, "C"), "array(int32, 0d, C)", "Array(int32, 0, 'C', False, aligned=True)"),
    (Array(int32, 1, "C", readonly=True), "readonly array(int32, 1d, C)", "Array(int32, 1, 'C', True, aligned=True)"),
    (
        Array(int32, 1, "C", readonly=True, aligned=False),
        "unaligned readonly array(int32, 1d, C)",
        "Array(int32, 1, 'C', True, aligned=False)",
    ),
    (UniTuple(int64, 2), "UniTuple(int64 x 2)", "UniTuple(int64, 2)"),
    (Tuple((int64, float64)), "Tuple(int64, float64)", "Tuple((int64, float64))"),
    (Tuple((int64, int64)), "UniTuple(int64 x 2)", "UniTuple(int64, 2)"),
    (Tuple(()), "Tuple()", "Tuple(())"),
    (Optional(int64), "OptionalType(int64)", "OptionalType(int64)"),
    (Optional(float64[:]), "OptionalType(array(float64, 1d, A))", "OptionalType(array(float64, 1d, A))"),
    (types.voidptr, "void*", "void*"),
    (types.slice3_type, "slice<a:b:c>", "slice<a:b:c>"),
]


@pytest.mark.parametrize("made, text, representation", TEXTS, ids=lambda v: v if isinstance(v, str) else "")
def test_texts(made, text, representation):
    assert str(made) == made.name == text
    assert repr(made) == representation


@pytest.mark.parametrize("made", [row[0] for row in TEXTS], ids=str)
def test_pickling_gives_the_same_object(made):
    assert pickle.loads(pickle.dumps(made)) is made


def test_types_are_interned():
    assert float64[:] is float64[:]
    assert types.Integer("int32") is int32
    assert types.Complex("complex64", float32) is complex64
    assert Tuple((int32, float64)) is Tuple([int32, float64])
    assert types.Opaque("thing") is types.Opaque("thing")
    assert types.Dummy("thing") != types.Opaque("thing")
    assert len({float64[:], float64[:], float64[::1]}) == 2
    assert Array(float64, 1, "C") != Array(float64, 1, "F")
    assert int32 != "int32"


ALIASES = "byte=uint8 intp=int64 i4=int32 f8=float64 c8=complex64 b1=boolean double=float64 void=none long_=int64"


@pytest.mark.parametrize("pair", ALIASES.split())
def test_aliases(pair):
    one, _, other = pair.partition("=")
    assert getattr(types, one) is getattr(types, other) is getattr(lancehead, one)


def test_attributes():
    assert (int64.bitwidth, int64.signed, int64.minval, int64.maxval) == (64, True, -(2**63), 2**63 - 1)
    assert (types.uint8.minval, types.uint8.maxval) == (0, 255)
    assert types.Integer.from_bitwidth(32, False) is types.uint32
    assert (complex64.underlying_float, complex64.bitwidth) == (float32, 64)
    assert int32 < int64 and float32 < float64
    assert isinstance(int32, types.Number) and isinstance(int32, types.Hashable)
    array = Array(float64, 2, "C")
    assert (array.dtype, array.ndim, array.layout, array.mutable, array.readonly) == (float64, 2, "C", True, False)
    assert array.is_c_contig and array.is_contig and not array.is_f_contig
    assert array.copy(layout="A", readonly=True) is Array(float64, 2, "A", readonly=True)
    pair = Tuple((int64, float64))
    assert pair.types == (int64, float64) and list(pair) == [int64, float64]
    assert (pair.count, len(pair), pair[1]) == (2, 2, float64)
    assert (UniTuple(int64, 3).dtype, UniTuple(int64, 3).types) == (int64, (int64,) * 3)
    assert Optional(int64).type is int64
    assert types.optional is types.Optional
    assert int64 in types.signed_domain and types.uint8 not in types.signed_domain


CASTS = [(int32, 3.7, np.int32(3)), (float32, 3, np.float32(3)), (boolean, 2, True), (complex64, 2, np.complex64(2))]


@pytest.mark.parametrize("cast, value, expected", CASTS, ids=str)
def test_calling_a_type_with_a_value_casts_it(cast, value, expected):
    assert cast(value) == expected and type(cast(value)) is type(expected)


BAD = [
    (lambda: float64[()], IndexError),
    (lambda: float64[0], KeyError),
    (lambda: float64[1:], KeyError),
    (lambda: float64[...], KeyError),
    (lambda: Array(float64, 1, "X"), errors.NumbaValueError),
    (lambda: Array(float64[:], 1, "C"), errors.NumbaTypeError),
    (lambda: none(3), NotImplementedError),
    (lambda: Tuple((1, 2)), TypeError),
    (lambda: types.ClassType(int64), errors.NotBuiltError),
    (lambda: types.ListType(int64).core_id(), errors.NotBuiltError),
    (lambda: types.literal(3).core_id(), errors.NotBuiltError),
    (lambda: Array(types.unicode_type, 1, "C").core_id(), errors.NotBuiltError),
    (lambda: float64.no_such_attribute, AttributeError),
]


@pytest.mark.parametrize("make, error", BAD)
def test_errors(make, error):
    with pytest.raises(error):
        make()


VALUES = [
    (1, int64),
    (2**63, types.uint64),
    (True, boolean),
    (1.5, float64),
    ("text", types.unicode_type),
    ((1, 2), UniTuple(int64, 2)),
    ((1, 2.0), Tuple((int64, float64))),
    (np.zeros(3), Array(float64, 1, "C")),
    (np.zeros((2, 2), np.int32).T, Array(int32, 2, "F")),
    (np.zeros(4)[::2], Array(float64, 1, "A")),
]


@pytest.mark.parametrize("value, expected", VALUES, ids=lambda v: str(v)[:20])
def test_typeof(value, expected):
    assert typeof(value) is expected


@pytest.mark.parametrize("value", [object(), {}, 2**64], ids=lambda v: type(v).__name__)
def test_typeof_raises_value_error(value):
    with pytest.raises(ValueError):
        typeof(value)


@pytest.mark.parametrize("name", "bool int8 int64 uint16 uint64 float32 float64 complex64 complex128".split())
def test_dtypes_and_back(name):
    dtype = np.dtype(name)
    assert str(from_dtype(dtype)) == name
    assert as_dtype(from_dtype(dtype)) == dtype


@pytest.mark.parametrize("dtype", [">f8", ">U3", ">M8[s]", "M8[2s]", "V3", "longdouble"])
def test_dtypes_without_a_type(dtype):
    with pytest.raises(errors.NumbaError):
        from_dtype(np.dtype(dtype))


def test_a_clients_type():
    class Interval(types.Type):
        def __init__(self, unit):
            self.unit = unit
            super().__init__(name=f"Interval({unit})")

    made = Interval("s")
    assert made is Interval("s") and made != Interval("m")
    assert not made.is_internal and int32.is_internal
    with pytest.raises(errors.NotBuiltError, match=r"Interval\(s\)"):
        made.core_id()


def test_errors_carry_context():
    error = errors.TypingError("no such thing", loc="file.py (3)")
    assert error.msg == "no such thing" and "file.py (3)" in str(error)
    assert error.add_context("typing of f").add_context("typing of f") is error
    assert error.contexts == ["typing of f"] and "During: typing of f" in str(error)
    error.patch_message("something else")
    assert str(error) == "something else"


def test_internal_errors_say_how_to_report():
    assert "Please report" in str(errors.InternalError(ValueError("odd")))
    assert errors.ForceLiteralArg([1]).combine(errors.ForceLiteralArg([2])).requested_args == {1, 2}


def test_a_clients_subclass_of_a_built_type_is_its_own():
    class Column(Array):
        pass

    made = Column(float64, 1, "C")
    assert made is Column(float64, 1, "C") and made != float64[::1] and type(made) is Column
    with pytest.raises(errors.NotBuiltError):
        made.core_id()


def test_a_clients_type_must_have_what_its_base_asks_for():
    class Bag(types.IterableType):
        pass

    with pytest.raises(TypeError, match="iterator_type"):
        Bag("bag")


def test_the_type_of_a_function_does_not_keep_it():
    jitted = lancehead.njit(lambda x: x)
    made, held = typeof(jitted), weakref.ref(jitted)
    assert made is types.Dispatcher(jitted) and made.dispatcher is jitted
    before = hash(made)
    del jitted
    gc.collect()
    assert held() is None
    with pytest.raises(ReferenceError):
        made.dispatcher
    assert hash(made) == before and made == made and made != typeof(lancehead.njit(lambda x: x))


def test_a_type_that_nobody_holds_goes():
    made = weakref.ref(types.Opaque("held by nobody"))
    gc.collect()
    assert made() is None


KNOWN = [(math.sin, types.Function), (len, types.Function), (math, types.Module), (ValueError, types.ExceptionClass)]


@pytest.mark.parametrize("known, cls", KNOWN + [(np.float32, types.NumberClass), (np.dtype("f4"), types.DType)])
def test_types_of_known_objects(known, cls):
    made = typeof(known)
    assert isinstance(made, cls) and typeof(known) is made and made.core_id() == made.core_id()
    assert pickle.loads(pickle.dumps(made)) is made


PICKLED = [float64[:, ::1], types.ListType(Optional(int64).type), types.literal(3), types.NPDatetime("D")]
PICKLED += [Tuple((int64, float64)), from_dtype(np.dtype([("a", "i4"), ("b", "f8", 2)])), typeof(math.sin)]
PICKLED += [float64(int64, types.unicode_type[:])]


def test_pickles_are_read_in_another_process():
    code = "import pickle, sys; print(*map(repr, pickle.load(sys.stdin.buffer)), sep='\\n')"
    read = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(PICKLED), capture_output=True, check=True)
    assert read.stdout.decode().splitlines() == [repr(each) for each in PICKLED]


def test_threads_agree_on_a_type():
    barrier = threading.Barrier(4)
    made = [[] for _ in range(4)]

    def make(own):
        barrier.wait()
        own += [types.CharSeq(count) for count in range(1000, 1300)]

    threads = [threading.Thread(target=make, args=(own,)) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len({id(each) for each in same}) == 1 for same in zip(*made))


SPELLED = [
    ("int64(optional(int64), Tuple((int64, float64[:])))", (Optional(int64), Tuple((int64, float64[:])))),
    ("void(Array(float64, 1, 'C', readonly=True), boolean)", (Array(float64, 1, "C", readonly=True), boolean)),
    ("int64(ListType(DictType(unicode_type, int8)))", (types.ListType(types.DictType(types.unicode_type, types.int8)),)),
    ("f8(FunctionType(f8(f8)), NPDatetime('s'))", (types.FunctionType(float64(float64)), types.NPDatetime("s"))),
]


@pytest.mark.parametrize("text, args", SPELLED, ids=lambda v: v if isinstance(v, str) else "")
def test_types_spelled_in_a_signature(text, args):
    assert normalize_signature(text)[0] == args


def add(a, b):
    return a


def test_signatures_as_methods_and_back():
    whole = float64(int64, int32).replace(pysig=inspect.signature(add))
    method = whole.as_method()
    assert (method.args, method.recvr, method.is_method) == ((int32,), int64, True)
    assert list(method.pysig.parameters) == ["b"]
    assert method.as_function() == float64(int64, int32)
    for each in (whole, method):
        assert pickle.loads(pickle.dumps(each)) == each and copy.deepcopy(each) == each
