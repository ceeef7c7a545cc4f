"""How long an endless loop goes on after Ctrl-C: from the signal to KeyboardInterrupt in the caller."""
import signal
import time

import numpy as np
from figures import report

from lancehead import njit, prange

signal.signal(signal.SIGALRM, signal.default_int_handler)  # what Ctrl-C does, by an alarm clock


@njit
def counts(flags, a):
    flags[0] = 1
    n = 0
    while flags[0] != -n:
        n += 1


@njit
def ranges(flags, a):
    flags[0] = 1
    for i in range(2**62):
        flags[1] += i & 1


@njit
def waits(flags, a):
    flags[0] = 1
    while flags[1] == 0:
        pass


@njit
def fills(flags, a):
    flags[0] = 1
    while flags[1] == 0:
        for i in range(len(a)):
            a[i] = a[i] * 0.5 + 1.0


@njit
def expressions(flags, a):
    flags[0] = 1
    while flags[1] == 0:
        a[:] = np.sqrt(a + 1.0)


@njit
def calls(flags, a):
    flags[0] = 1
    counts(flags, a)


@njit(nogil=True)
def without_gil(flags, a):
    flags[0] = 1
    while flags[1] == 0:
        a[0] += 1.0


@njit(parallel=True)
def parallel(flags, a):
    flags[0] = 1
    for i in prange(64):
        while flags[1] != -i - 1:
            a[i] += 1.0


def milliseconds(function):
    flags, a = np.zeros(2, np.int64), np.ones(1_000_000)
    function.compile("void(int64[::1], float64[::1])")
    due = time.perf_counter() + 0.2  # it is in the loop by then
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        function(flags, a)
    except KeyboardInterrupt:
        return 1000 * (time.perf_counter() - due)
    raise AssertionError(f"{function} came to an end")


if __name__ == "__main__":
    for function in (counts, ranges, waits, fills, expressions, calls, without_gil, parallel):
        report(f"Ctrl-C in an endless loop: {function.__name__}", milliseconds(function), at_most=100, unit="ms")
