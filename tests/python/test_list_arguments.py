"""Lists as arguments: copied in, and what was changed written back in place, as in Numba; CPython is the oracle."""

import copy
import gc
import weakref

import numpy as np
import pytest

import lancehead
from lancehead import njit, types, typeof
from lancehead.errors import TypingError


def changes(x):
    x[0] = x[1]
    x.append(x[2])
    x.append(x[0])
    x.reverse()
    del x[1]


VALUES = {
    "ints": [3, 1, 2, 3],
    "floats": [0.0, -0.0, float("nan"), 1e300],
    "bools": [True, False, True],
    "complex numbers": [1j, 2.0 + 0j, complex("nan")],
    "strs": ["a", "ä", "€uro", ""],
    "tuples": [(1, 2.5, "a"), (2, 3.5, "b"), (3, 0.0, "")],
    "lists": [[1, 2], [3], []],
    "lists of lists": [[[1.0], [2.0]], [[]], [[3.0, 4.0]]],
    "lists of tuples": [[(1, "a")], [(2, "b"), (3, "c")], []],
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_changes_show_in_the_callers_list(value):
    mine, theirs = copy.deepcopy(value), copy.deepcopy(value)
    before = mine
    njit(changes)(mine)
    changes(theirs)
    assert mine is before and repr(mine) == repr(theirs)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_what_is_not_changed_stays_the_same_object(value):
    mine = copy.deepcopy(value)
    items = list(mine)
    assert njit(lambda x: len(x))(mine) == len(items)
    assert all(a is b for a, b in zip(mine, items))


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u4", "i4", "i8", "u8", "f4", "f8", "c8", "c16", "?"])
def test_numpy_scalars(dtype):
    value = list(np.array([0, 1, 2], dtype))

    def f(x):
        x.append(x[1])
        return x[2]

    first = value[0]
    assert njit(f)(value) == np.array(2, dtype) and value[0] is first and len(value) == 4 and value[3] == value[1]


def test_arrays_in_a_list():
    a, b = np.arange(3.0), np.arange(4.0)

    def f(x):
        x[0][1] = 7.0
        x.append(x[0] + 1)
        x[1] = x[0]

    items = [a, b]
    njit(f)(items)
    assert items[0] is a and items[1] is a and items[2].tolist() == [1.0, 8.0, 3.0]


def test_one_list_twice_is_one_list():
    def f(x, y):
        x.append(1)
        y.append(2)
        return len(x), x == y

    x = [0]
    assert njit(f)(x, x) == (3, True) and x == [0, 1, 2]
    row = [5]
    rows = [row, row, [6]]

    def g(r):
        r[0].append(9)
        return len(r[1])

    assert njit(g)(rows) == 2 and rows == [[5, 9], [5, 9], [6]] and rows[0] is row and rows[1] is row


def test_what_is_returned_is_the_argument():
    x, rows = [1, 2], [[1], [2]]
    assert njit(lambda v: v)(x) is x
    assert njit(lambda v: (1, v))(x)[1] is x
    assert njit(lambda r: r[1])(rows) is rows[1]
    same = njit(lambda v: v[:])(x)
    assert same == x and same is not x


def test_changes_before_an_error_show():
    def f(x):
        x.append(7)
        x[0] = 9
        return x[100]

    x = [1, 2]
    with pytest.raises(IndexError, match="^list index out of range$"):
        njit(f)(x)
    assert x == [9, 2, 7]


def test_a_list_that_is_printed_is_as_it_is_then(capsys):
    def f(x):
        x.append(3)
        print(x, [x[0]])
        x.append(4)

    x = [1, 2]
    njit(f)(x)
    assert capsys.readouterr().out == "[1, 2, 3] [1]\n" and x == [1, 2, 3, 4]


def test_keywords_defaults_and_rest():
    def f(x, y=[0], *rest):  # noqa: B006
        x.append(len(y))
        y.append(len(x))
        for r in rest:
            r.append(5)
        return sum(x) + sum(y)

    compiled, plain_default, default = njit(f), [0], f.__defaults__[0]
    x = [1]
    assert compiled(x) == 1 + 1 + 2 and default == [0, 2] and x == [1, 1]
    a, b = [1], [2]
    assert compiled(x=[1], y=plain_default) == 4 and plain_default == [0, 2]
    assert compiled([1], [2], a, b) == 1 + 1 + 2 + 2 and (a, b) == ([1, 5], [2, 5])


def test_calls_between_compiled_functions_share_the_list():
    @njit
    def inner(x, k):
        x.append(k)
        return x

    @njit
    def outer(x):
        y = inner(x, 5)
        y[0] = 8
        return len(x)

    x = [1]
    assert outer(x) == 2 and x == [8, 5]


def test_recursion():
    @njit
    def fill(x, n):
        if n > 0:
            x.append(n)
            fill(x, n - 1)
        return len(x)

    x = [0]
    assert fill(x, 5) == 6 and x == [0, 5, 4, 3, 2, 1]


# ---- types


@pytest.mark.parametrize(
    "value, spelled",
    [
        ([1], "reflected list(int64)<iv=None>"),
        ([1.5, 2.0], "reflected list(float64)<iv=None>"),
        ([[1, 2], []], "reflected list(reflected list(int64)<iv=None>)<iv=None>"),
        ([(1, 2.0)], "reflected list(Tuple(int64, float64))<iv=None>"),
        (["a"], "reflected list(unicode_type)<iv=None>"),
        ([np.zeros(2)], "reflected list(array(float64, 1d, C))<iv=None>"),
    ],
)
def test_types_are_spelled_as_numba_does(value, spelled):
    assert str(typeof(value)) == spelled
    compiled = njit(lambda x: len(x))
    compiled(value)
    assert [str(t) for t in compiled.signatures[0]] == [spelled]


def test_signatures_take_empty_lists():
    for signature in ("(types.List(types.float64, reflected=True),)", "(types.List(types.float64),)"):
        compiled = njit(eval(signature))(lambda x: x.append(1.5))
        x = []
        compiled(x)
        assert x == [1.5]
        with pytest.raises(TypeError, match="No matching definition"):
            compiled([1])


def test_empty_lists_have_no_type():
    compiled = njit(lambda x: len(x))
    for _ in range(2):
        with pytest.raises(TypingError, match="an empty list, whose item type nothing says"):
            compiled([])
        assert compiled([1]) == 1


@pytest.mark.parametrize("value", [[1, 2.0], [1, "a"], [[1], [2.0]], [1, None], [(1, 2), (1, 2, 3)]], ids=repr)
def test_items_of_several_types_are_refused(value):
    compiled = njit(lambda x: len(x))
    for _ in range(2):
        with pytest.raises(TypingError, match=r"argument 1 \('x'\).*whose item 1 is"):
            compiled(value)
        assert compiled([1, 2]) == 2


def test_big_ints_are_not_of_one_type_with_small_ones():
    with pytest.raises(TypingError, match="whose item 1 is uint64"):
        njit(lambda x: x)([1, 2**63])
    assert njit(lambda x: x[0] - 1)([2**63]) == 2**63 - 1


def test_a_list_of_another_type_gets_a_specialisation_of_its_own():
    compiled = njit(lambda x: x[0])
    results = [compiled([1]), compiled([1.5]), compiled(["a"]), compiled([2]), compiled([[1]])[0]]
    assert results == [1, 1.5, "a", 2, 1] and len(compiled.signatures) == 4


def test_items_are_weak_as_their_numbers():
    a = np.ones(2, np.float32)
    compiled = njit(lambda a, x: a * x[0])
    assert compiled(a, [0.5]).dtype == np.float32
    assert compiled(a, [np.float64(0.5)]).dtype == np.float64
    assert compiled(a, [0.5]).dtype == np.float32


def test_objects_are_given_back():
    class Text(str):
        pass

    x = [Text("a"), Text("b")]
    refs = [weakref.ref(item) for item in x]

    def f(x):
        y = [x[0], x[1]]
        x.clear()
        return len(y)

    assert njit(f)(x) == 2 and x == []
    gc.collect()
    assert [r() for r in refs] == [None, None]


def test_nogil_lists():
    def f(x):
        words = []
        for i in range(100):
            words.append(x[i % len(x)])
            x.append(x[0])
        return words

    x, y = ["a", "b"], ["a", "b"]
    assert njit(nogil=True)(f)(x) == f(y) and x == y


def test_a_large_list():
    x = list(range(100000))
    njit(lambda v: v.reverse())(x)
    assert x == list(range(99999, -1, -1))


def test_results_from_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LANCEHEAD_CACHE_DIR", str(tmp_path))
    source = "def f(x, n):\n    x.append(n)\n    return [str(1)] * n, [[i] for i in x]\n"
    for _ in range(2):
        scope = {}
        exec(compile(source, str(tmp_path / "module.py"), "exec"), scope)
        compiled = njit(scope["f"])
        x = [1]
        assert compiled(x, 2) == (["1", "1"], [[1], [2]]) and x == [1, 2]
        lancehead._lancehead.finish_cache_writes()


def test_a_list_type_round_trips():
    listed = types.List(types.int64, reflected=True)
    assert njit((listed,))(lambda x: x[0]).signatures == [(listed,)]
