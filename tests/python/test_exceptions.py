"""raise with arguments; try, except, else, finally, re-raise. Cause and context: test_error_context.py."""

import numpy as np
import pytest
from oracle import Table, jitted

from lancehead import njit

RAISING = Table()
HANDLING = Table()
A = np.arange(6.0)


class OwnError(Exception):
    """An exception class of the program."""


class OwnValueError(ValueError):
    """Derived from a builtin."""


@RAISING((3,), (-3,))
def raises_with_a_text(n):
    if n < 0:
        raise ValueError("negative")
    return n


@RAISING((3, 2.5), (-3, 2.5))
def raises_with_values(n, x):
    if n < 0:
        raise ValueError("negative", n, x, True, None)
    return x


@RAISING((3,), (-3,))
def raises_a_class(n):
    if n < 0:
        raise KeyError
    return n


@RAISING((1,), (2,), (3,))
def raises_own_classes(n):
    if n == 1:
        raise OwnError("own", n)
    if n == 2:
        raise OwnValueError(n)
    return n


@RAISING(("a",), ("bc",))
def raises_with_a_str(s):
    if s != "a":
        raise KeyError(s + "!")
    return s


@RAISING((A, 3), (A, 99), (A, -7))
def index_out_of_bounds(a, i):
    return a[i]


@RAISING((0,), (4,))
def raises_in_a_call(n):
    return raises_if_zero(n) + 1


@njit
def raises_if_zero(n):
    if n == 0:
        raise ZeroDivisionError("own text")
    return 10 // n


@pytest.mark.parametrize("case", RAISING)
def test_raise(case):
    case.check()


def raises_pair(a, b):
    raise OwnError(a, b)


@pytest.mark.parametrize("a", [1, 2.5, True, "text", 1j, None, (1, 2)], ids=repr)
def test_arguments_of_an_exception(a):
    with pytest.raises(OwnError) as seen:
        jitted(raises_pair)(a, 7)
    assert seen.value.args == (a, 7)
    assert type(seen.value.args[0]) is type(a)


@HANDLING((3,), (0,))
def catches_a_class(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        return -1


@HANDLING((A, 2), (A, 9))
def catches_a_base_class(a, i):
    try:
        return a[i]
    except LookupError:
        return -1.0


@HANDLING((A, 2, 1), (A, 9, 1), (A, 2, 0))
def catches_a_tuple(a, i, d):
    try:
        return a[i] + 10 // d
    except (IndexError, ZeroDivisionError):
        return -1.0


@HANDLING((A, 2, 1), (A, 9, 1), (A, 2, 0))
def catches_in_order(a, i, d):
    try:
        return a[i] + 10 // d
    except IndexError:
        return -1.0
    except Exception:
        return -2.0


@HANDLING((0,), (1,), (2,))
def a_handler_that_does_not_match(n):
    try:
        if n == 1:
            raise KeyError("k")
        if n == 2:
            raise ValueError("v")
    except KeyError:
        return 100
    return n


@HANDLING((1,), (2,))
def bare_except(n):
    try:
        if n == 2:
            raise OwnError("x")
    except:  # noqa: E722
        n = -1
    return n


@HANDLING((1,), (0,))
def else_runs_without_an_exception(n):
    where = 0
    try:
        x = 10 // n
    except ZeroDivisionError:
        x = -1
        where += 1
    else:
        where += 10
    return x, where


@HANDLING((1, 0), (0, 0), (1, 1), (2, 0))
def finally_runs_always(n, m):
    log = 0
    try:
        try:
            log = log * 10 + 1
            if n == 2:
                return log
            10 // n
        except ZeroDivisionError:
            log = log * 10 + 2
            if m == 1:
                raise ValueError("m")
        finally:
            log = log * 10 + 3
    except ValueError:
        log = log * 10 + 4
    return log


@HANDLING((A, 0), (A, 3))
def finally_writes(a, n):
    try:
        10 // n
        a[0] = 1.0
    finally:
        a[1] = 99.0
    return a


@HANDLING((3,))
def finally_in_a_loop_with_continue_and_break(n):
    log = 0
    for i in range(n):
        try:
            if i == 0:
                continue
            if i == 2:
                break
            log += 1
        finally:
            log += 100
    return log


@HANDLING((0,), (2,))
def a_return_in_finally_wins(n):
    try:
        return 10 // n
    finally:
        return -1  # noqa: B012


@HANDLING((0,), (5,))
def re_raise(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        if n == 0:
            raise
        return 0


@HANDLING((0,), (5,))
def raise_another(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        raise OwnError("other", n)


@HANDLING((0,), (5,))
def raise_from(n):
    try:
        return 10 // n
    except ZeroDivisionError as e:
        raise OwnError("from") from e


@HANDLING((0,), (5,))
def as_e_and_raise_it_again(n):
    try:
        if n == 0:
            raise ValueError("zero", n)
    except ValueError as e:
        raise e
    return n


@HANDLING((0,), (1,), (2,))
def nested_handlers(n):
    try:
        try:
            if n == 0:
                raise KeyError("inner")
            if n == 1:
                raise ValueError("inner")
        except KeyError:
            raise ValueError("from the handler")
    except ValueError:
        return -1
    return n


@HANDLING((20,))
def caught_in_a_loop(n):
    caught = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError("third", i)
        except ValueError:
            caught += i
    return caught


@HANDLING((0,), (3,))
def caught_from_a_call(n):
    try:
        return raises_if_zero(n)
    except ZeroDivisionError:
        return -1


@HANDLING((0,), (1,))
def variables_after_a_handler(n):
    x = 1
    try:
        x = 2
        10 // n
        x = 3
    except ZeroDivisionError:
        pass
    return x


@pytest.mark.parametrize("case", HANDLING)
def test_try(case):
    case.check(text=False)


@njit
def never_returns(*args):
    raise RuntimeError("never")


def stores_what_never_comes(a, b):
    a[1] = never_returns(3, np.int64, b)
    return np.int64(3), bool or 1, 1


def computes_with_what_never_comes(a, b):
    x = never_returns(b)
    y = np.int64(3)
    for i in range(3):
        y += x if a[0] else i
    return y, x


@pytest.mark.parametrize(
    "fn, a", [(stores_what_never_comes, np.ones(3)), (stores_what_never_comes, 1), (computes_with_what_never_comes, np.ones(3))]
)
def test_code_behind_calls_that_never_return(fn, a):
    with pytest.raises(RuntimeError, match="never"):
        njit(fn)(a, 1.5)
