"""What inference never reaches does not count (contract C6): neither what is not supported nor what has no type."""

import numpy as np
import pytest
from oracle import compare

import lancehead
from lancehead import njit

NOT_AN_ARRAY = object()


def a_dict(x):
    if x is None:
        return len({1: x})
    return 2 * x


def a_set(x):
    return {x, 1} if x is None else 3


def a_with_statement(x):
    if x is None:
        with open("f") as f:
            return f.read()
    return 4


def a_try_block(x):
    try:
        if isinstance(x, str):
            raise [x.no_such_method(y) for y in {x}][0]
        return 10 // x
    except ZeroDivisionError:
        if x is None:
            import math

            return {math: x}
        return -1


def a_loop(x):
    total = 0
    for i in range(5):
        if x is None:
            global NOT_AN_ARRAY
            NOT_AN_ARRAY = {i: x}
            continue
        total += x
    return total


def a_loop_that_only_the_unsupported_leaves(x):
    while x is None:
        total, *rest = {x: x}
        for i in rest:
            if i:
                continue
            try:
                total += [*rest]
            except* ValueError:
                pass
    return x


def an_unbound_name(x):
    if x is None:
        return no_such_name(x)
    return NOT_AN_ARRAY.attribute if isinstance(x, str) else x


def a_lost_raise(x):
    if x is None:
        raise
    return x


def an_inner_function(x):
    if x is None:
        y = 1
        inner = lambda: y
        y = 2
        return inner()
    return x


FUNCTIONS = [
    a_dict, a_set, a_with_statement, a_try_block, a_loop, a_loop_that_only_the_unsupported_leaves, an_unbound_name,
    a_lost_raise, an_inner_function,
]


@pytest.mark.parametrize("x", [0, 3])
@pytest.mark.parametrize("fn", FUNCTIONS)
def test_unsupported_where_it_is_not_reached(fn, x):
    compare(fn, x)


@pytest.mark.parametrize("fn", FUNCTIONS)
def test_unsupported_where_it_is_reached(fn):
    with pytest.raises((lancehead.errors.UnsupportedError, lancehead.errors.TypingError)):
        njit(fn)(None)


def test_the_first_thing_that_is_reached_is_named():
    def both(x):
        if x is not None:
            return {x: 1}
        with x:
            return 1

    with pytest.raises(lancehead.errors.UnsupportedError, match="a dict is not supported"):
        njit(both)(1)
    with pytest.raises(lancehead.errors.UnsupportedError, match="a with statement is not supported"):
        njit(both)(None)


def over_nothing():
    total = 0
    for x in ():
        total += x.anything
    else:
        total += 5
    return total


def over_arguments(*args):
    total = 1
    for x in args:
        total += x
    return total


def over_pairs(a, t):
    for i, x in enumerate(t):
        return x + i
    for x, y in zip(a, t):
        return x + y
    return len(t)


@pytest.mark.parametrize("fn, args", [
    (over_nothing, ()), (over_arguments, ()), (over_arguments, (1, 2)), (over_pairs, (np.ones(2), ())),
    (over_pairs, (np.ones(2), (2.0,))),
])
def test_a_loop_over_an_empty_tuple_does_not_run(fn, args):
    compare(fn, *args)
