"""Functions that compiled code refuses, for the tests of diagnostics: each line that is shown ends in the comment `here`.

UNTYPED and UNSUPPORTED hold (function, arguments, what the message says, what the caret is under)."""

import numpy as np
import pytest

A = np.arange(6.0)
UNTYPED = []
UNSUPPORTED = []


def plain_python(x):
    return x + 1


class Thing:
    """An object that compiled code knows nothing of."""

    value = 3


THING = Thing()


def case(table, *args, message="", under=None):
    """Adds the function to a table: its line with the comment `here`, what the message says, what the caret is under."""

    def add(fn):
        table.append(pytest.param(fn, args, message, under, id=fn.__name__))
        return fn

    return add


@case(UNTYPED, "text", 1, message=r"operator \+ for unicode_type and int64", under="s + n")
def str_and_int(s, n):
    return s + n  # here


@case(UNTYPED, A, message=r"unknown attribute 'no_such' of type array\(float64, 1d, C\)", under="a.no_such")
def unknown_attribute(a):
    b = a + 1.0
    return a.no_such + b  # here


@case(UNTYPED, 2.5, message="unknown attribute", under="x.no_such")
def attribute_of_a_scalar(x):
    return x.no_such  # here


@case(UNTYPED, 1, message="name 'undefined_name' is not defined", under="undefined_name")
def undefined(x):
    return x + undefined_name  # noqa: F821  # here


@case(UNTYPED, 1, message="plain_python.*@njit", under="plain_python(x)")
def calls_python(x):
    return plain_python(x)  # here


@case(UNTYPED, True, message="cannot unify", under=None)
def no_common_type(flag):
    x = 1 if flag else "one"
    return x  # here


@case(UNTYPED, True, message="return types int64 and unicode_type")
def returns_without_a_common_type(flag):
    if flag:
        return 1
    return "one"  # here


@case(UNTYPED, 1.5, message="float64", under="a[x]")
def index_by_a_float(x):
    a = np.zeros(3)
    return a[x]  # here


@case(UNTYPED, A, message="cannot index", under="a[0, 0]")
def too_many_indices(a):
    return a[0, 0]  # here


@case(UNTYPED, (1, 2), message="cannot index", under="t[2]")
def tuple_index_out_of_range(t):
    return t[2]  # here


@case(UNTYPED, (1, 2.5), 1)
def heterogeneous_tuple_by_a_variable(t, i):
    return t[i]  # here


@case(UNTYPED, (1, 2, 3), message="unpack")
def unpack_too_few(t):
    a, b = t  # here
    return a + b


@case(UNTYPED, 3, message="not iterable")
def iterates_over_an_int(n):
    s = 0
    for i in n:  # here
        s += i
    return s


@case(UNTYPED, 3, message="not callable", under="n(1)")
def calls_an_int(n):
    return n(1)  # here


@case(UNTYPED, 1, 2, message="sqrt", under="np.sqrt(x, y)")
def wrong_arguments_of_a_ufunc(x, y):
    return np.sqrt(x, y)  # here


@case(UNTYPED, A, message="", under="np.linalg.no_such_function")
def unknown_numpy_function(a):
    return np.linalg.no_such_function(a)  # here


@case(UNTYPED, A, message="not supported|no implementation")
def numpy_function_that_is_not_built(a):
    return np.polyfit(a, a, 1)  # here


@case(UNTYPED, 1, message="Thing|not supported")
def an_object_of_the_program(x):
    return THING.value + x  # here


@case(UNTYPED, 1, message="recursion")
def recursion_without_a_base(n):
    return recursion_without_a_base(n)  # here


@case(UNTYPED, 1, message="BaseException")
def raises_what_is_no_exception(n):
    raise n  # here


@case(UNTYPED, 1j, message="operator < for complex128 and", under="z < 1")
def orders_complex(z):
    return z < 1  # here


@case(UNTYPED, "s", message="operator")
def negates_a_str(s):
    return -s  # here


@case(UNTYPED, 1, message="fit 64 bits")
def a_constant_too_large(x):
    return x + 123456789012345678901234567890  # here


@case(UNTYPED, A, message="is not supported|no implementation|cannot")
def reduction_along_an_axis_unknown(a):
    return a.sum(axis="x")  # here


@case(UNSUPPORTED, 3)
def set_comprehension(n):
    return len({i for i in range(n)})  # here


@case(UNSUPPORTED, 3)
def dictionary(n):
    d = {n: 1}  # here
    return d[n]


@case(UNSUPPORTED, 3)
def set_display(n):
    s = {n, n + 1}  # here
    return len(s)


@case(UNSUPPORTED, 3)
def generator_expression(n):
    return sum(i for i in range(n))  # here


@case(UNSUPPORTED, 3)
def f_string(n):
    return f"n={n:03d}"  # here


@case(UNSUPPORTED, (1, 2, 3))
def starred_target(t):
    a, *b = t  # here
    return a


@case(UNSUPPORTED, 3)
def import_inside(n):
    import os  # here

    return n + len(os.sep)


@case(UNSUPPORTED, 3)
def class_inside(n):
    class Local:  # here
        x = n

    return Local.x


@case(UNSUPPORTED, 3)
def global_statement(n):
    global UNTYPED_COUNT
    UNTYPED_COUNT = n  # here
    return n


@case(UNSUPPORTED, A)
def with_statement(a):
    with np.errstate(all="ignore"):  # here
        return a / 0.0


@case(UNSUPPORTED, (1, 2))
def match_a_sequence(t):
    match t:
        case (1, x):  # here
            return x
    return 0


@case(UNSUPPORTED, A)
def matrix_product_with_number(a):
    return a @ 2.0  # here


@case(UNSUPPORTED, A)
def index_by_floats(a):
    return a[a]  # here


@case(UNSUPPORTED, 3)
def assigns_what_an_inner_function_captures(n):
    k = n

    def inner():  # here
        return k

    k = k + 1
    return inner()


@case(UNSUPPORTED, 6, message="'fib' is captured")
def recursion_of_an_inner_function(n):
    def fib(k):  # here
        return k if k < 2 else fib(k - 1) + fib(k - 2)

    return fib(n)


async def coroutine(n):
    return n


def generator(n):
    for i in range(n):
        yield i
