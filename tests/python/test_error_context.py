"""The __cause__ and __context__ of what compiled code raises, against CPython's: all of the chain is compared."""

import sys
import traceback

import pytest
from oracle import jitted, plain

from lancehead import njit

CASES = []


class A(Exception):
    """Raised first."""


class B(Exception):
    """Raised while another is handled."""


class C(Exception):
    """Raised last."""


def chain(error):
    """The error and all that it names; own exceptions with their arguments."""
    if error is None:
        return None
    args = error.args if type(error) in (A, B, C) else ()
    return type(error), args, chain(error.__cause__), chain(error.__context__), error.__suppress_context__


def raised(function, *args):
    try:
        return "returned", function(*args)
    except BaseException as error:
        return "raised", error


def case(*numbers):
    def add(function):
        CASES.extend(pytest.param(function, n, id=f"{function.__name__}-{n}") for n in numbers)
        return function

    return add


@case(0, 1)
def in_a_handler(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        raise A("context", n)


@case(0)
def an_error_of_an_operation_in_a_handler(n):
    try:
        if n == 0:
            raise A
    except A:
        n = 10 // n
    return n


@case(0)
def an_instance_by_name(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        error = A(n)
        raise error


@case(0)
def from_the_handled_one(n):
    try:
        return 10 // n
    except ZeroDivisionError as e:
        raise A("from") from e


@case(0)
def from_none(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        raise A("from None") from None


@case(0)
def from_another(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        raise A("from") from B("made for this")


@case(0)
def the_handled_one_again(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        raise


@case(0)
def the_handled_one_by_name(n):
    try:
        return 10 // n
    except ZeroDivisionError as e:
        raise e


@case(0, 1, 2)
def no_handler_matches(n):
    try:
        try:
            if n == 0:
                raise A(n)
            return 10 // (n - 1)
        except B:
            return -1
    except ZeroDivisionError:
        raise C(n)


@case(0, 1, 2)
def handlers_in_handlers(n):
    try:
        raise A(n)
    except A:
        try:
            if n > 0:
                raise B(n)
            n = 10 // n
        except B:
            if n > 1:
                raise
            raise C(n)


@case(0, 1)
def a_try_around_handlers(n):
    try:
        try:
            raise A(n)
        except A:
            raise B(n)
    except B as e:
        if n == 0:
            raise
        raise C from e


@case(0)
def the_first_one_in_the_handler_of_the_second(n):
    try:
        raise A(n)
    except A as first:
        try:
            raise B(n)
        except B:
            raise first


@case(0)
def the_first_one_from_the_second(n):
    try:
        raise A(n)
    except A as first:
        try:
            raise B(n)
        except B as second:
            raise second from first


@case(0)
def handled_and_left_behind(n):
    try:
        raise A(n)
    except A:
        try:
            raise B(n)
        except B:
            n += 1
        raise C(n)


@case(0)
def after_a_handler(n):
    try:
        raise A(n)
    except A:
        n += 1
    raise C(n)


@case(3)
def in_handlers_in_a_loop(n):
    for i in range(n):
        try:
            raise A(i)
        except A:
            if i == 2:
                raise B(i)
    return n


@case(0, 1)
def in_finally(n):
    try:
        n = 10 // n
    finally:
        raise A("finally")


@case(0, 1)
def in_a_handler_with_finally(n):
    try:
        n = 10 // n
    except ZeroDivisionError:
        raise B(n)
    finally:
        try:
            raise C(n)
        except C:
            n += 1
    return n


@case(0)
def in_finally_behind_a_handler(n):
    try:
        n = 10 // n
    except ZeroDivisionError:
        raise B(n)
    finally:
        n = 10 // n


@case(0)
def in_else(n):
    try:
        n += 1
    except ZeroDivisionError:
        return 0
    else:
        raise A(n)


@njit
def raises_b(n):
    if n < 5:
        raise B(n)
    return n


@njit
def raises_in_a_handler(n):
    try:
        raises_b(n)
    except B:
        raise C(n)


@njit
def recursive(n):
    if n < 0:
        return n
    try:
        if n == 0:
            raise C(n)
        raise A(n)
    except A:
        return recursive(n - 1)


@case(0)
def in_a_callee_of_a_handler(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        return raises_b(n)


@case(0)
def in_a_handler_of_a_callee_of_a_handler(n):
    try:
        raise A(n)
    except A:
        raises_in_a_handler(n)


@case(0)
def in_a_callee_of_finally(n):
    try:
        raise A(n)
    finally:
        raises_in_a_handler(n)


@case(0)
def of_a_callee(n):
    try:
        raises_in_a_handler(n)
    except C as e:
        raise A from e


@case(0, 5)
def in_recursive_handlers(n):
    recursive(n)


@pytest.mark.parametrize(("function", "n"), CASES)
def test_chain(function, n):
    expected, actual = raised(plain(function), n), raised(jitted(function), n)
    if expected[0] == "raised" == actual[0]:
        assert chain(actual[1]) == chain(expected[1])
    else:
        assert actual == expected


@pytest.mark.parametrize("function", [in_a_handler, in_a_handler_of_a_callee_of_a_handler, an_error_of_an_operation_in_a_handler])
def test_the_caller_handles_another_one(function):
    def handling(called):
        try:
            raise A("outer")
        except A:
            return raised(called, 0)[1]

    assert chain(handling(jitted(function))) == chain(handling(plain(function)))


def test_one_error_is_one_exception():
    error = raised(jitted(from_the_handled_one), 0)[1]
    assert error.__cause__ is error.__context__
    assert [frame.name for frame in traceback.extract_tb(error.__cause__.__traceback__)] == ["from_the_handled_one"]


class Refusing:
    """A standard output that cannot be written to."""

    def write(self, text):
        try:
            raise A("in write")
        except A:
            raise B(text)


def prints(n):
    print(n)


def prints_in_a_handler(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        print(n)


def handles_what_print_raises(n):
    try:
        print(n)
    except B:
        raise C(n)


def raises_what_print_raised(n):
    try:
        print(n)
    except B as e:
        raise C(n) from e


@pytest.mark.parametrize("function", [prints, prints_in_a_handler, handles_what_print_raises, raises_what_print_raised])
def test_errors_of_python(function, monkeypatch):
    monkeypatch.setattr(sys, "stdout", Refusing())
    expected, actual = raised(plain(function), 0)[1], raised(jitted(function), 0)[1]
    assert chain(actual) == chain(expected)


def test_a_long_chain():
    error = raised(recursive, 3000)[1]
    links = 0
    while error is not None:
        error, links = error.__context__, links + 1
    assert links == 3001
