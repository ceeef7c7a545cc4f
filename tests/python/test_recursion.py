"""Functions that call themselves and each other, and the limit of the stack."""

import numpy as np
import pytest
from oracle import Table

from lancehead import njit

RECURSION = Table()


@njit
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


@njit
def is_even(n):
    if n == 0:
        return True
    return is_odd(n - 1)


@njit
def is_odd(n):
    if n == 0:
        return False
    return is_even(n - 1)


@njit
def gcd(a, b=0):
    if b == 0:
        return a
    return gcd(b=a % b, a=b)


@njit
def quicksort(a, low, high):
    if low >= high:
        return
    pivot = a[(low + high) // 2]
    i, j = low, high
    while i <= j:
        while a[i] < pivot:
            i += 1
        while a[j] > pivot:
            j -= 1
        if i <= j:
            a[i], a[j] = a[j], a[i]
            i += 1
            j -= 1
    quicksort(a, low, j)
    quicksort(a, i, high)


@RECURSION((5,), (20,))
def self_recursion(n):
    return factorial(n)


@RECURSION((0,), (7,), (10,))
def mutual_recursion(n):
    return is_even(n), is_odd(n)


@RECURSION((84, 30))
def recursion_with_keywords(a, b):
    return gcd(a, b)


@RECURSION((np.array([3.0, -1.0, 2.0, 2.0, 9.0, 0.5]),))
def recursion_over_an_array(a):
    quicksort(a, 0, a.size - 1)
    return a


@pytest.mark.parametrize("case", RECURSION)
def test_recursion(case):
    case.check()


@njit
def endless(n):
    return endless(n + 1) + 1 if n >= 0 else 0


@njit
def endless_even(n):
    if n < 0:
        return 0
    return endless_odd(n + 1) + 1


@njit
def endless_odd(n):
    if n < 0:
        return 1
    return endless_even(n + 1) + 2


@pytest.mark.parametrize("fn", [endless, endless_even], ids=["self", "mutual"])
def test_recursion_without_end_raises(fn):
    for _ in range(2):  # the stack is whole again afterwards
        with pytest.raises(RecursionError):
            fn(0)
    assert fn(-1) == 0


def test_deep_recursion_that_ends():
    @njit
    def depth(n):
        return 0 if n == 0 else depth(n - 1) + 1

    assert depth(5000) == 5000
