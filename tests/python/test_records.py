"""Arrays of records: fields as views and as elements, nested records, sub-arrays, assignment, arguments and results."""

import numpy as np
import pytest
from oracle import Table, compare, difference, jitted

import lancehead
from lancehead import from_dtype, njit

PLAIN = np.dtype([("x", "i4"), ("y", "f8")])
ALIGNED = np.dtype([("a", "i1"), ("x", "i4"), ("y", "f8")], align=True)
NESTED = np.dtype([("x", "i2"), ("v", "f4", (2, 3)), ("in", [("a", "u1"), ("b", "c16"), ("w", "i8", 2)]), ("y", "f8")])
GAPS = np.dtype({"names": ["x", "y"], "formats": ["i4", "f8"], "offsets": [3, 16], "itemsize": 40})
TIMED = np.dtype([("when", "M8[s]"), ("x", "f2"), ("ok", "?"), ("y", "f8")])
DTYPES = {"plain": PLAIN, "aligned": ALIGNED, "nested": NESTED, "gaps": GAPS, "timed": TIMED}


def filled(dtype, shape):
    """Records with different values in every field."""
    out = np.zeros(shape, dtype)
    rng = np.random.default_rng(len(dtype))
    for name in dtype.names:
        if dtype[name].names:
            out[name] = filled(dtype[name], shape)
        else:
            out[name] = rng.integers(0, 100, out[name].shape).astype(dtype[name].base)
    return out


RECORDS = {name: filled(dtype, 5) for name, dtype in DTYPES.items()}
every = pytest.mark.parametrize("records", RECORDS.values(), ids=RECORDS)


def reads(a):
    total = 0.0
    for i in range(len(a)):
        total += a[i].x + a[i]["y"]
    return total


def iterates(a):
    total = 0.0
    for r in a:
        total += r.x * r.y
    return total


def views(a):
    return a["x"], a["y"], a["y"][1:3], a[::-2]["x"]


def fields_of_slices(a):
    return a[1:4], a[1:4]["y"], a[::-1]


def writes(a):
    for i in range(len(a)):
        a[i].x = i
        a[i]["y"] = a[i].x + 0.5
    a["x"][0] = 7
    return a["y"].sum()


def writes_fields(a):
    a["x"] = 3
    a["y"][1:] = a["y"][:-1]
    a["y"] += 1.5


def copies_elements(a):
    a[0] = a[3]
    a[1:3] = a[2:4]
    a[4:] = a[0]


def copies(a):
    b = a.copy()
    b[0].x = 77
    return b, a[0].x


def element(a):
    return a[2]


def empty_ones(a):
    return a[:0], np.zeros(0, a.dtype), np.zeros_like(a), a[2:2]["x"]


def of_two_axes(a):
    b = np.zeros((2, 3), a.dtype)
    b[1] = a[:3]
    b[:, 0] = a[4]
    return b, b["y"], b[1, 2]["y"], b[0]["x"]


@every
@pytest.mark.parametrize("fn", [reads, iterates, views, fields_of_slices, writes, writes_fields, copies_elements, copies, element, empty_ones, of_two_axes])
def test_records(fn, records):
    if fn in (reads, iterates, writes, copies):  # of np.void, attributes are no fields: CPython runs on a recarray
        expected_args, args = records.copy(), records.copy()
        expected = fn(expected_args.view(np.recarray))
        actual = jitted(fn)(args)
        assert difference(expected_args, args) is None
        if fn is copies:
            assert difference(np.asarray(expected[0]), actual[0]) is None and actual[1] == expected[1]
        else:
            assert actual == expected
    else:
        compare(fn, records)


NESTING = Table()
N = RECORDS["nested"]


@NESTING((N,))
def inner_fields(a):
    return a["in"], a["in"]["b"], a["in"]["w"], a["v"], a["v"][1, 0], a[2]["in"]["w"], a[1]["v"][1, 2]


@NESTING((N,))
def writes_inner(a):
    a[0]["in"]["a"] = 9
    a[1]["v"][:] = 2.5
    a[2]["v"][1, 1] = 4
    a[3]["v"] = 1.25
    a["in"]["w"][:, 1] = 5
    a[4]["in"] = a[0]["in"]
    return a[1]["v"].sum()


@NESTING((N,))
def by_position(a):
    return a[0][0], a[1][-1], a[2][2][0]


@NESTING((N, np.arange(6, dtype=np.float32).reshape(2, 3)))
def stores_an_array(a, v):
    a[0]["v"] = v
    a[1]["v"] = v[0]
    a["v"][2:] = v


@NESTING((RECORDS["plain"],))
def assigns_tuples(a):
    a[0] = (1, 2.5)
    a[1:3] = (7, 8.5)
    a[3] = (a[4]["x"], 3)


@NESTING((N,))
def assigns_nested_tuples(a):
    a[0] = (1, 2.0, (3, 4j, (5, 6)), 7.5)


@NESTING((3,))
def makes(n):
    out = np.zeros(n, PLAIN)
    out["x"] = 4
    out[1:] = (5, 6.5)
    return out, np.empty(n, dtype=NESTED).shape, np.zeros((n, 2), ALIGNED)


@NESTING((N,))
def describes(a):
    return a.dtype.names, a.dtype.itemsize, a.itemsize, a.nbytes, a.shape, a[0]["v"].shape


@NESTING((RECORDS["plain"], RECORDS["plain"][::-1]))
def copies_backwards(a, b):
    a[:] = b
    return a


def swapped(a):
    a[:] = a[::-1]


@pytest.mark.parametrize("case", NESTING)
def test_nested_records(case):
    case.check()


@every
def test_overlapping_copies(records):
    compare(swapped, records)


@every
@pytest.mark.parametrize("view", [lambda a: a, lambda a: a.view(np.recarray)], ids=["void", "record"])
def test_a_record_is_an_argument_and_a_result(records, view):
    def changes(r):
        r["x"] = r["x"] + 1
        return r

    def parts(r):
        return r["y"], r["x"]

    a = view(records.copy())
    r = a[1]
    assert njit(parts)(r) == (r["y"], r["x"])
    before = r["x"]
    back = njit(changes)(r)
    assert back is r and type(back) is type(a[0]) and a[1]["x"] == before + 1


@every
def test_a_returned_record_is_an_element(records):
    a = records.copy()
    r = njit(element)(a)
    assert type(r) is np.void and r.dtype == a.dtype and r.tobytes() == a[2].tobytes()
    r["x"] = 99
    assert a[2]["x"] == 99  # as in NumPy

    def of_new(n):
        out = np.zeros(n, PLAIN)
        out[1] = (3, 4.5)
        return out[1]

    assert njit(of_new)(3).item() == (3, 4.5)


def test_recarrays():
    a = RECORDS["plain"].copy().view(np.recarray)

    def attributes(a):
        a.x = 5
        a.y[0] = 2.5
        a[1].y = 9.5
        return a, a.x, a[1], a.copy()

    expected = attributes(a.copy())
    actual = njit(attributes)(a.copy())
    for one, other in zip(expected, actual):
        assert one.dtype == other.dtype and one.tobytes() == other.tobytes()
    assert type(actual[2]) is np.record


def test_a_method_comes_before_a_field_of_its_name():
    a = np.zeros(3, [("sum", "f8"), ("size", "f8")])
    assert njit(lambda a: a.size)(a) == 3
    with pytest.raises(lancehead.errors.TypingError, match=r"sum\(\)"):
        njit(lambda a: a.sum())(a)
    assert njit(lambda a: a["sum"] + 1)(a).tolist() == [1, 1, 1]


REFUSED = {
    "an unknown field": (lambda a: a["z"], "cannot index"),
    "an unknown attribute": (lambda a: a.z, "unknown attribute 'z'"),
    "an unknown field of a record": (lambda a: a[0].z, "unknown attribute 'z'"),
    "an unknown key of a record": (lambda a: a[0]["z"], "cannot index"),
    "a key that is not constant": (lambda a: a[0][len(a)], "the field of a record"),
    "a position too high": (lambda a: a[0][2], "cannot index"),
    "arithmetic": (lambda a: a + 1, "operator \\+"),
    "a comparison of records": (lambda a: a[0] == a[1], "operator =="),
    "a reduction": (lambda a: np.sum(a), "sum"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refusals(what):
    fn, message = REFUSED[what]
    with pytest.raises(lancehead.errors.TypingError, match=message):
        njit(fn)(RECORDS["plain"])


def test_stores_that_are_refused():
    def short(a):
        a[0] = (1,)

    def text(a):
        a[0] = "a"

    def whole(a):
        a[:] = np.zeros(5)

    for fn in (short, text, whole):
        with pytest.raises(lancehead.errors.TypingError, match="cannot store|cannot assign|setitem"):
            njit(fn)(RECORDS["plain"].copy())


def test_a_read_only_array_of_records():
    a = RECORDS["plain"].copy()
    a.flags.writeable = False

    def writes_element(a):
        a[0] = (1, 2.0)

    def writes_field(a):
        a["x"] = 1

    for fn in (writes_element, writes_field):
        with pytest.raises(lancehead.errors.TypingError, match="read-only"):
            njit(fn)(a)
    assert njit(lambda a: a["y"].sum())(a) == a["y"].sum()


def test_bounds_are_checked():
    with pytest.raises(IndexError, match="index 5 is out of bounds for axis 0 with size 5"):
        njit(lambda a, i: a[i]["x"])(RECORDS["plain"], 5)
    def store(a, b):
        a[:] = b

    with pytest.raises(ValueError, match="broadcast"):
        njit(store)(RECORDS["plain"].copy(), RECORDS["plain"][:3])


TABLE = RECORDS["plain"].copy()


def test_a_global_array_of_records():
    def lookup(i):
        return TABLE[i]["y"] + TABLE["x"][0]

    assert njit(lookup)(2) == TABLE[2]["y"] + TABLE["x"][0]


@every
def test_types_of_records(records):
    typ = lancehead.typeof(records)
    assert typ.dtype == from_dtype(records.dtype)
    assert typ.dtype.dtype == records.dtype
    if records.dtype.isalignedstruct is False:
        signature = lancehead.types.int64(typ)
        assert njit(signature)(lambda a: len(a))(records) == 5


def test_signatures_with_records():
    record = from_dtype(PLAIN)

    def total(a):
        return a["y"].sum()

    compiled = njit(lancehead.float64(record[:]))(total)
    assert compiled(RECORDS["plain"]) == total(RECORDS["plain"])
    with pytest.raises(TypeError):
        compiled(RECORDS["aligned"])


def test_parallel_loops_over_records():
    def scales(a):
        for i in lancehead.prange(len(a)):
            a[i]["y"] = a[i]["y"] * 2
        return a

    a = filled(PLAIN, 3000)
    assert np.array_equal(njit(parallel=True)(scales)(a.copy())["y"], a["y"] * 2)
