"""str: arguments, results, constants, +, comparison, len; print; None, tuples and optionals that hold them."""

import numpy as np
import pytest
from oracle import Table, compare, jitted

from lancehead import njit

STRINGS = Table()
WORDS = ["", "a", "b", "abc", "abd", "é", "ÿ", "Ā", "日本", "\U0001f600", "a\0b", "a" * 300, "日" * 300]


@STRINGS(*[(a, b) for a in WORDS for b in ("", "x", "ü", "語", "\U0001f601")])
def concatenated(a, b):
    return a + b, b + a, a + "-" + b


@STRINGS(*[(a, b) for a in WORDS[:8] for b in WORDS[:10]])
def compared(a, b):
    return a == b, a != b, a < b, a <= b, a > b, a >= b


@STRINGS(*[(a,) for a in WORDS])
def measured(a):
    return len(a), len(a + a), a == "abc", bool(a), not a


@STRINGS(("ab", "cd"), ("", ""))
def length_of_a_sum(a, b):
    return len(a + "-" + b + "!")


@STRINGS(())
def constants():
    return "constant", "", "日本", "a" + "b"


@STRINGS(("abc",), ("日本",), ("",))
def returned_unchanged(s):
    return s


@STRINGS((3,), (0,), (-3,))
def chosen(n):
    s = "positive" if n > 0 else "negative" if n else "zero"
    if s == "zero":
        return s + "!"
    return s


@STRINGS(("a", 10), ("é", 3), ("日", 0))
def built_in_a_loop(s, n):
    out = ""
    for _ in range(n):
        out = out + s
        out += "."
    return out


@STRINGS(("b", ("a", "b", "c")), ("z", ("a", "b", "c")))
def searched_in_a_tuple(s, t):
    k = 0
    for item in t:
        if item == s:
            return k
        k += 1
    return -1


@STRINGS(("mean",), ("sum",), ("other",))
def by_name(method):
    if method == "mean":
        return 1
    elif method != "sum":
        raise ValueError("unknown method: " + method)
    return 2


@STRINGS((None,), ("text",))
def optional_string(s):
    if s is None:
        return "none"
    return s + "!"


@STRINGS((True, "a"), (False, "a"))
def a_string_or_none(flag, s):
    return s + s if flag else None


@STRINGS(("x", 2.5))
def in_tuples(s, x):
    t = (s, x, s + s)
    return t, t[2], (t[0], (t[2],))


@pytest.mark.parametrize("case", STRINGS)
def test_strings(case):
    case.check()


def test_a_string_returned_unchanged_is_the_same_object():
    word = "".join(["wo", "rd"])
    assert jitted(returned_unchanged)(word) is word


@njit
def shout(s, mark="!"):
    return s + mark


@njit
def twice(s):
    return shout(s) + shout(s, mark="?")


def test_strings_through_calls():
    assert twice("a") == "a!a?"


def prints(n, x, s, flag, z):
    print(n, x, s, flag, z)
    print()
    print("constant", (n, x, s))


def prints_an_array(a):
    print(a, a.shape, a[0])


@pytest.mark.parametrize("fn, args", [(prints, (3, 2.5, "日本", True, 1 - 2j)), (prints, (-1, float("inf"), "", False, 0j))])
def test_print_is_pythons(capsys, fn, args):
    fn(*args)
    expected = capsys.readouterr().out
    jitted(fn)(*args)
    assert capsys.readouterr().out == expected


def test_print_of_an_array(capsys):
    jitted(prints_an_array)(np.arange(4.0))
    assert capsys.readouterr().out == "[0. 1. 2. 3.] (4,) 0.0\n"


def prints_in_a_loop(n):
    for i in range(n):
        print("line", i)


def test_print_keeps_its_order_with_pythons(capsys):
    print("before")
    jitted(prints_in_a_loop)(2)
    print("after")
    assert capsys.readouterr().out == "before\nline 0\nline 1\nafter\n"
