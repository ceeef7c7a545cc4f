"""Lists made in compiled code: CPython is the oracle, down to the types of the items and the words of errors."""

import copy

import numpy as np
import pytest

import lancehead
from lancehead import njit


def outcome(function, args):
    """What a call gives and what it leaves of its arguments, as text: 1 is not 1.0, and nan equals nan."""
    try:
        result = function(*args)
    except Exception as error:
        return type(error), str(error), repr(args)
    return repr(result), repr(args)


def check(function, *args):
    expected = outcome(function, copy.deepcopy(args))
    assert outcome(njit(function), copy.deepcopy(args)) == expected
    return expected


# ---- making them


def display():
    return [1, 2, 3], [1.5], ["a", "bc"], [(1, 2.0), (3, 4.5)], [True, False], [1j], [[1, 2], [3]], [None, 1][1:]


def computed(n):
    return [n, n + 1, n * 2], [n / 2, n * 1.0], [(n, "x"), (n + 1, "y")]


def appended(n):
    out = []
    for i in range(n):
        if i % 3:
            out.append(i * i)
    return out


def empties(n):
    rows = [[] for _ in range(n)]
    for i in range(10):
        rows[i % n].append(i / 2)
    return rows


def empties_in_a_tuple(n):
    a, b = [], []
    pair = (a, b)
    for i in range(n):
        pair[i % 2].append(i)
    return pair, a


def from_iterables(n):
    return list(range(n)), list((1, 2)), list(zip(range(n), (5, 6))), list(enumerate([7, 8])), list([n]), [*range(n), 9, *(1, 2)]


def comprehensions(n):
    return [i for i in range(n)], [[i * j for j in range(i)] for i in range(n)], [i for i in range(n) if i % 2 if i > 2]


def comprehension_of_two_loops(n):
    return [i + 10 * j for i in range(n) for j in range(i)]


def comprehension_keeps_the_variable(n):
    i = 17
    squares = [i * i for i in range(n)]
    return i, squares


def comprehension_in_a_loop(n):
    out = []
    for k in range(n):
        out.append(sum([k * i for i in range(k)]))
    return out


def widened(n):
    out = [1]
    for i in range(n):
        out.append(i)
    out.append(0.5)
    return sum(out)


def returned_on_two_paths(n):
    if n == 0:
        return []
    return [n * 0.5]


def passed_on(n):
    def total(values):
        return sum(values)

    values = []
    values.append(n)
    return total(values)


def chosen(n):
    x = [] if n > 2 else [n]
    x.append(3)
    return x


def shared_object(n):
    a = [n]
    b = a
    b.append(2)
    rows = [a, a]
    rows[0][0] = 9
    return a, len(b), rows[1][0]


MAKING = [(display,), (computed, 3), (appended, 9), (empties, 3), (empties_in_a_tuple, 5), (from_iterables, 2)]
MAKING += [(comprehensions, 6), (comprehension_of_two_loops, 5), (comprehension_keeps_the_variable, 4), (comprehension_in_a_loop, 5)]
MAKING += [(widened, 3), (returned_on_two_paths, 0), (returned_on_two_paths, 3), (passed_on, 4), (chosen, 1), (chosen, 5)]
MAKING += [(shared_object, 1)]


@pytest.mark.parametrize("function, args", [(f, a) for f, *a in MAKING], ids=lambda v: getattr(v, "__name__", None))
def test_making(function, args):
    check(function, *args)


# ---- operators and methods: an expression or statements over `x`, and what else they need

EXPRESSIONS = """
len(x) | x[0] | x[-1] | x[len(x) - 1] | x[1:] | x[:-1] | x[::2] | x[::-1] | x[5:1:-2] | x[-100:100] | x[2:2] | x + x | x + [x[0]] | x * 3
2 * x | x * 0 | x * -1 | x[0] in x | x[0] not in x | x == x[:] | x != x[1:] | x < x[1:] | x <= x | x > x[:1] | x >= x[::-1]
bool(x) | not x | x.index(x[2]) | x.index(x[-1], 1) | x.index(x[3], -3, 100) | x.count(x[0]) | x.copy() | sorted(x) | sorted(x, reverse=True)
min(x) | max(x) | list(reversed(x)) | [v for v in reversed(x)] | [(i, v) for i, v in enumerate(x)] | [(a, b) for a, b in zip(x, x[1:])]
[v for v in x] | isinstance(x, list) | isinstance(x, tuple) | x == (1, 2) | list(x) | x is None
""".replace("\n", "|").split("|")

STATEMENTS = """
x.append(x[0]) | x.extend(x) | x.extend(x[:2]) | x.extend((x[0], x[1])) | x.insert(0, x[3]) | x.insert(100, x[0]) | x.insert(-1, x[0])
x.pop() | y = x.pop(); x.append(y); x.append(y) | x.pop(1) | x.pop(-2) | x.remove(x[2]) | x.reverse() | x.clear() | x.sort() | x.sort(reverse=True)
x[1] = x[0] | x[-1] = x[0] | x[True] = x[0] | del x[0] | del x[-1] | del x[1:3] | del x[::2] | del x[::-2] | del x[:] | x += x | x += x[:1]
x += (x[0],) | x *= 2 | x *= 0 | x[1:3] = x | x[1:2] = [] | x[::2] = x[1::2] | x[5:2] = [x[0]] | x[1:1] = (x[0], x[0]) | x[::-1] = x
a, b, *_ = (1, 2, 3) if False else (1, 2, 4) | a, b = x[:2]; x.append(b); x.append(a) | x[0], x[1] = x[1], x[0]
for v in x[:]: x.append(v) | while len(x) < 20: x.append(x[len(x) - 3]) | while x: x.pop()
""".replace("\n", "|").split("|")

VALUES = {
    "ints": [3, 1, 2, 3, 2, 5],
    "floats": [2.5, -0.0, 1e300, 0.0, 2.5, -1.0],
    "bools": [True, False, True, True, False, True],
    "strs": ["b", "a", "ä€", "", "b", "abc"],
    "tuples": [(2, 1.5), (1, 2.5), (2, 0.5), (1, 2.5), (0, 0.0), (2, 1.5)],
    "nested tuples": [(2, ("b", 1)), (2, ("a", 1)), (1, ("c", 2)), (2, ("b", 0)), (0, ("", 0)), (2, ("b", 1))],
    "lists": [[2, 1], [1], [2, 0, 0], [1], [9], [2]],
}


def made(source, **namespace):
    exec(source, namespace)
    return namespace["f"]


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("expression", [e.strip() for e in EXPRESSIONS if e.strip()])
def test_expressions(expression, kind):
    if kind == "lists" and "sorted" in expression:
        pytest.skip("lists of lists are not sorted")
    check(made(f"def f(x):\n    return {expression}\n"), VALUES[kind])


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("statements", [s.strip() for s in STATEMENTS if s.strip() and "*_" not in s])
def test_statements(statements, kind):
    if kind == "lists" and "sort" in statements:
        pytest.skip("lists of lists are not sorted")
    check(made(f"def f(x):\n    {statements}\n    return x\n"), VALUES[kind])


ERRORS = """
x[6] | x[-7] | x[100] = x[0] | x[-8] = x[0] | del x[6] | x.pop(6) | x.pop(-7) | x[:0].pop() | x[::0] | x[::2] = x
x.remove(99) | a, b = x | a, b, c, d, e, f, g = x | x[9223372036854775807] | x[0:5:0] = x
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("statement", [e.strip() for e in ERRORS if e.strip()])
def test_errors_are_those_of_cpython(statement):
    check(made(f"def f(x):\n    x.append(7)\n    {statement}\n    return x\n"), [3, 1, 2, 3, 2])


def test_min_of_nothing():
    for compiled in (min_of_none := made("def f(x):\n    return min(x[:0])\n"), njit(min_of_none)):
        with pytest.raises(ValueError, match="empty"):  # the words differ between versions of CPython
            compiled([3, 1])


def test_index_of_what_is_not_there():
    def f(x):
        return x.index(99)

    for compiled in (f, njit(f)):
        with pytest.raises(ValueError, match="not in list"):  # the words differ between versions of CPython
            compiled([3, 1])


def test_what_is_held_when_an_error_comes_is_given_up():
    def fails(n, message):
        rows = [[message + "!"] for _ in range(n)]
        try:
            rows[0].append(rows[n][0])
        except IndexError:
            rows.append([message])
        return rows[n + 1]

    check(fails, 3, "text")


def test_negative_indices_of_loops():
    def total(x):
        out = 0
        for i in range(-len(x), len(x)):
            out += x[i]
        return out

    check(total, [1, 2, 4])


# ---- items that are owned


def test_lists_of_arrays():
    @njit
    def arrays(a):
        parts = [a]
        for i in range(3):
            parts.append(a * i)
        parts[1] = a + 100
        parts.reverse()
        last = parts.pop()
        total = 0.0
        for part in parts:
            total += part.sum()
        return parts, last, total, len(parts)

    a = np.arange(4.0)
    parts, last, total, count = arrays(a)
    assert [p.tolist() for p in parts] == [[0, 2, 4, 6], [0, 1, 2, 3], [100, 101, 102, 103]] and count == 3
    assert last is a and total == sum(p.sum() for p in parts)


def test_lists_of_lists_of_str():
    def words(n):
        table = [["a" * 1 + "b"] * i for i in range(n)]
        table[2][0] = "c" + "d"
        table.append(table[1])
        table[1].append("e")
        del table[0]
        return table, table[-1][-1], "cd" in table[1]

    check(words, 4)


def test_a_list_in_a_closure_and_a_tuple():
    def f(n):
        found = [0]

        def add(k):
            found.append(k)
            return len(found)

        return add(n), add(n + 1), (found, 1)

    check(f, 3)


def test_an_item_lives_on_when_its_list_is_changed():
    def f(n):
        rows = [["a" + "b"], ["c"]]
        first = rows[0]
        for row in rows:
            rows.clear()
            first = row
        return first, len(rows)

    check(f, 1)


def test_optional_items():
    def f(n):
        out = [None, 1]
        for i in range(n):
            out.append(i if i % 2 else None)
        return len(out), out[1], [v is None for v in out]

    check(f, 4)


# ---- weak items: a Python number in a list stays one


@pytest.mark.parametrize("body", ["x = [0.5, 2]", "x = []\n    for i in range(3): x.append(i / 2)", "x = [i for i in range(3)]"])
def test_items_are_as_weak_as_what_was_put_in(body):
    source = f"def f(a):\n    {body}\n    return a * x[1], [a * v for v in x][0], a * x[-1:][0], a + x.pop()\n"
    f = made(source)
    a = np.ones(2, np.float32)
    for got, expected in zip(njit(f)(a), f(a)):
        assert got.dtype == expected.dtype and got.tolist() == expected.tolist()


def test_a_strong_item_makes_a_list_strong():
    def f(a, b):
        x = [0.5]
        y = a * x[0]
        x.append(b[0])
        return y, a * x[0]

    a, b = np.ones(2, np.float32), np.ones(2)
    assert [r.dtype for r in njit(f)(a, b)] == [np.float64, np.float64]  # the items of a list are alike


# ---- what is refused


@pytest.mark.parametrize(
    "body, message",
    [
        ("x = []\n    return len(x)", r"nothing says what the items"),
        ("x = [[]]\n    return x[0]", r"nothing says what the items"),
        ("return [n, 'a']", r"one type, not int64 and unicode_type"),
        ("x = [n]\n    x.append('a')\n    return x", r"append|one type"),
        ("x = []\n    x.append(x)\n    return x", "holds itself"),
        ("x = [n]\n    x.no_such()", "unknown attribute 'no_such' of type"),
        ("x = [n]\n    return x['a']", "cannot index"),
        ("x = [n]\n    return x + (1,)", "no implementation of operator"),
        ("x = [1j]\n    x.sort()\n    return x", "no implementation of"),
        ("x = [n]\n    return 1 in x.count", "no implementation|not iterable"),
        ("return sorted([n], key=abs)", "sorted"),
    ],
)
def test_refusals_name_the_place(body, message):
    with pytest.raises(lancehead.errors.TypingError, match=message) as seen:
        njit(made(f"def f(n):\n    {body}\n"))(3)
    assert "line" in str(seen.value) or "<string>" in str(seen.value)


def test_big_lists():
    def f(n):
        x = [i for i in range(n)]
        y = x + x
        del y[::2]
        y.sort(reverse=True)
        return len(x), y[:3], y[-3:], sum(y)

    check(f, 200000)


def test_random_operations():
    rng = np.random.default_rng(11)
    operations = ["x.append({v})", "x.insert({i}, {v})", "x[{i}:{j}] = [{v}, {w}]", "del x[{i}:{j}]", "x += [{v}]", "x.reverse()", "x.sort()"]
    operations += ["x *= 2", "x[{i}:{j}:2] = x[{i}:{j}:2][::-1]", "x = x[{i}:{j}] + x", "x.extend(x[{i}:])", "del x[{i}::3]", "x = x[::-1]"]
    for _ in range(8):
        numbers = lambda: dict(zip("vwij", (int(k) for k in rng.integers(-9, 10, 4))))  # noqa: E731
        chosen_ones = [operations[int(k)].format(**numbers()) for k in rng.integers(0, len(operations), 12)]
        source = "def f(x):\n" + "".join(f"    {line}\n    x = x[:50]\n" for line in chosen_ones) + "    return x\n"
        check(made(source), [int(k) for k in rng.integers(0, 9, 7)])


# ---- arrays made of lists, and lists made of arrays

ARRAYS = """
np.array(x) | np.asarray(x) | np.array(x, dtype=np.float32) | np.array(x, np.int8) | np.array([x, x]) | np.array((x, x[::-1])) | np.array([x[0], x[1]])
np.array([[v, v + 1] for v in x]) | np.array([[[v] for v in x], [[v] for v in x]]) | np.array([(v, v) for v in x]) | np.array((x[0], 2.5, True))
np.array([(1, 2.5), (3, 4)]) | np.array(((1, 2), (3.5, 4))) | np.array([]) | np.array([[], []]) | np.asarray([]) | np.array(()) | np.array([True, False])
np.array(x[0]) | np.array(2.5) | np.array(True) | np.array(x, ndmin=3) | np.array(2, ndmin=1) | np.array(x, dtype=float) | np.array([x], order="F")
np.array([np.array(x), np.array(x) + 1]) | np.asarray([np.ones(3), np.zeros(3)]) | np.array([np.ones((2, 3)), np.zeros((2, 3))]) | np.array([1j, 2])
np.asarray(np.array(x)) | np.array(np.array(x), np.float64) | np.asarray(np.array(x), dtype=np.complex64) | np.array([np.float32(1), np.float32(2)])
np.array(x).tolist() | np.array([x, x]).tolist() | [r for r in np.array([x, x])][1] | np.array([np.int8(1), np.int8(2)]) | np.array([x, [1, 2]]) | np.array([[[1]], [[1, 2]]])
np.array([[1, 2], [3]]) | np.array([np.ones(2), np.ones(3)])
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("expression", [a.strip() for a in ARRAYS if a.strip()])
def test_arrays_of_lists(expression):
    f = made(f"def f(x):\n    return {expression}\n", np=np)
    x = [3, 1, 2]
    try:
        expected = f(x)
    except ValueError as error:
        with pytest.raises(ValueError, match="inhomogeneous shape") as seen:
            njit(f)(x)
        assert str(error).startswith(str(seen.value))
        return
    got = njit(f)(x)
    if isinstance(expected, list):
        assert repr(got) == repr(expected)
    else:
        assert got.dtype == expected.dtype and got.shape == expected.shape and got.flags.f_contiguous == expected.flags.f_contiguous
        assert got.tolist() == expected.tolist()


def test_an_array_of_an_argument_that_is_nested():
    x = [[(1.5, 2), (3.0, 4)], [(5.5, 6), (7.0, 8)]]
    got = njit(lambda x: np.array(x))(x)
    assert got.dtype == np.float64 and got.tolist() == np.array(x).tolist()
