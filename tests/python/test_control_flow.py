"""if, while, for, else, break, continue, chained comparison, and/or, conditional expressions, unbound locals.

PYTEST_DONT_REWRITE: pytest would make something else of the assert statements."""

import numpy as np
import pytest
from oracle import Table

A = np.arange(12.0)

BRANCHES = Table()
LOOPS = Table()
UNASSIGNED = Table()


@BRANCHES((-3,), (0,), (3,), (2.5,))
def sign_by_elif(x):
    if x > 0:
        r = 1
    elif x < 0:
        r = -1
    else:
        r = 0
    return r


@BRANCHES((1, 2, 3), (3, 2, 1), (2, 2, 2), (1.0, 2, 3.0))
def chained_comparison(a, b, c):
    return a < b < c, a <= b <= c, a < b > c, a == b == c != a


@BRANCHES((0, 5), (3, 5), (0, 0))
def values_of_and_or(a, b):
    return a and b, a or b, not a, (a and b) or 7


@BRANCHES((0.0, 5.0), (3.5, 0.0))
def values_of_and_or_float(a, b):
    return (a or b) + (a and b)


@BRANCHES((3,), (-3,))
def and_or_do_not_evaluate_what_they_need_not(n):
    return n > 0 and 10 % n == 1 or n < 0 and 10 // -n == 3


@BRANCHES((0,), (4,), (9,))
def conditional_expression(n):
    return (1 if n > 5 else 2 if n > 3 else 3) * (10 if n else 20)


@BRANCHES((True,), (False,))
def branches_join_int_and_float(flag):
    x = 1 if flag else 2.5
    return x * 2.0


@BRANCHES((5, 0), (5, 2))
def assertion(n, d):
    assert d != 0, "no divisor"
    assert n > 0
    return n // d


@BRANCHES((0, 1), (5, 1))
def assertion_without_message(n, d):
    assert n > 0
    return n // d


@BRANCHES((None,), (5,))
def none_or_number(x):
    if x is None:
        return -1
    return x + 1


@BRANCHES((True, 3.0), (False, 3.0))
def returns_none_on_one_path(flag, x):
    if flag:
        return x
    return None


@BRANCHES((1,), (2.5,), (True,), (1j,))
def branches_by_type(x):
    if isinstance(x, bool):
        return 1
    if isinstance(x, (int, float)) and not isinstance(x, float):
        return 2
    if isinstance(x, float):
        return 3
    return 4


@LOOPS((27,), (1,))
def collatz_steps(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


@LOOPS((7,), (9,), (1,), (2,))
def is_prime_by_for_else(n):
    for d in range(2, n):
        if n % d == 0:
            smallest = d
            break
    else:
        smallest = -1
    return smallest


@LOOPS((0,), (3,), (50,))
def while_else(n):
    i = 0
    while i < n:
        i += 1
        if i == 10:
            break
    else:
        i = -i
    return i


@LOOPS((10,), (0,))
def continue_skips(n):
    total = 0
    for i in range(n):
        if i % 3 == 0:
            continue
        total += i
    return total


@LOOPS((6, 4), (0, 3), (3, 0))
def nested_with_break_and_continue(n, m):
    total = 0
    for i in range(n):
        for j in range(m):
            if j == 3:
                break
            if (i + j) % 2:
                continue
            total += 10 * i + j
        else:
            total += 1000
    return total


@LOOPS((5,))
def endless_with_return(n):
    i = 0
    while True:
        i += 1
        if i * i > n:
            return i


RANGES = [(0, 5, 1), (5, 0, -1), (0, 5, -1), (5, 0, 1), (-3, 8, 3), (8, -3, -3), (0, 0, 1), (2, 3, 100)]


@LOOPS(*RANGES, (2**63 - 4, 2**63 - 1, 2), (-(2**63) + 3, -(2**63), -2))
def range_of_three(start, stop, step):
    count, last = 0, -1
    for i in range(start, stop, step):
        count += 1
        last = i
    return count, last


@LOOPS((0, 3, 0))
def range_of_step_zero(start, stop, step):
    total = 0
    for i in range(start, stop, step):
        total += i
    return total


@LOOPS((4,))
def the_loop_variable_may_be_written(n):
    total = 0
    for i in range(n):
        i = i * 2
        total += i
    return total, i


@LOOPS((4,))
def the_bound_is_read_once(n):
    count = 0
    for _ in range(n):
        n = 100
        count += 1
    return count, n


@LOOPS((3,))
def variables_change_their_type(n):
    x = n
    x = x * 0.5
    y = x
    x = y > 1.0
    return x, y


@LOOPS((5,), (0,))
def a_loop_widens_int_to_float(n):
    x = 1
    for _ in range(n):
        x = x * 0.5
    return x * 1.0


@LOOPS((90,))
def swaps(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


@LOOPS((20, 0.3, 0.5))
def mandelbrot_escape(limit, re, im):
    c = complex(re, im)
    z = 0j
    k = 0
    while k < limit and z.real * z.real + z.imag * z.imag < 4.0:
        z = z * z + c
        k += 1
    return k, z


@UNASSIGNED((3,), (-3,))
def assigned_on_one_branch(n):
    if n > 0:
        value = n
    return value + 1


@UNASSIGNED((3,), (0,))
def assigned_in_a_loop_body(n):
    for i in range(n):
        last = i * 2.0
    return last


@UNASSIGNED((2,), (0,))
def loop_variable_after_an_empty_loop(n):
    for i in range(n):
        pass
    return i


@UNASSIGNED((0, A), (1, A))
def array_assigned_on_one_branch(n, a):
    if n:
        b = a * 2.0
    return b[1]


@UNASSIGNED((0,), (3,))
def deleted(n):
    x = n
    if n:
        del x
    return x


@pytest.mark.parametrize("case", BRANCHES + LOOPS)
def test_control_flow(case):
    case.check()


# ---- tests of while loops, which CPython compiles twice


@LOOPS((5,), (0,), (1,))
def while_assigns_in_its_test(n):
    total = 0
    while (n := n - 1) > 0:
        total += n
    return total, n


@LOOPS((0, 10), (3, 3), (-2, 10), (4, -1))
def while_chained(a, b):
    steps = 0
    while 0 <= a < b <= 50:
        a, b = a + 1, b - 1
        steps += 1
    return a, b, steps


@LOOPS((0, 3), (1, 3), (1, 0))
def while_conditional(flag, n):
    i = 0
    while (i < n if flag else i < 2 * n):
        i += 1
        if i == 4:
            flag = 1
    return i


@LOOPS((7, 2), (2, 7), (0, 0))
def while_mixed(a, b):
    i = 0
    while (a > i and not b == i) or i < 3:
        i += 1
        if i > 20:
            break
        if a == i:
            continue
        b += 0 if i % 2 else 1
    else:
        i = -i
    return i, b


@LOOPS((3, 4), (0, 4), (3, 0))
def whiles_in_whiles(n, m):
    total, i = 0, 0
    while i < n:
        j = 0
        while j < m and i + j < 5:
            j += 1
            if (i + j) % 3 == 0:
                continue
            total += i * j
        while j > 0:
            j -= 2
        i += 1
    return total


@LOOPS((5, 2), (2, 5), (4, 0))
def while_whose_test_raises(n, d):
    i = 0
    try:
        while n // (d - i) > -5:
            i += 1
            try:
                while 6 // (i - 3) < 100:
                    i += 1
            except ZeroDivisionError:
                i += 2
    except ZeroDivisionError:
        return -i
    return i


@pytest.mark.parametrize("case", UNASSIGNED)
def test_unassigned_variables_raise(case):
    case.check()
