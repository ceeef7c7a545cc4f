"""An interruption (Ctrl-C) in a loop of compiled code runs the handlers around the loop."""

import pytest

PREAMBLE = """
import signal
import numpy as np
from lancehead import njit, prange

@njit
def endless(n):  # small: its body takes the place of calls
    i = 0
    while n > 0:
        i += 1
    return i

@njit
def recursive(n):  # not inlined
    if n > 1:
        return recursive(n - 1)
    return endless(n)
"""

RUN = """
log = np.zeros(3)
f(0, log)
log[:] = 0
signal.signal(signal.SIGALRM, signal.default_int_handler)
signal.setitimer(signal.ITIMER_REAL, 0.5)
try:
    print(f(1, log), *log)
except KeyboardInterrupt as error:
    print("KeyboardInterrupt", type(error.__context__).__name__, *log)
"""

FUNCTIONS = {
    "finally": (
        """
    try:
        while n > 0:
            log[1] += 1
            log[1] = 0
    finally:
        log[0] = 1
    return 0""",
        "KeyboardInterrupt NoneType 1.0 0.0 0.0",
    ),
    "for": (
        """
    try:
        for i in range(n * 2**60):
            log[1] = max(i % 2, 1)
            if log[1] == 7:
                break
    except KeyboardInterrupt:
        log[0] = 1
        return 5
    return 0""",
        "5 1.0 1.0 0.0",
    ),
    "Exception does not match": (
        """
    try:
        while n > 0:
            n += 2
    except Exception:
        log[0] = 1
    return 0""",
        "KeyboardInterrupt NoneType 0.0 0.0 0.0",
    ),
    "bare except": (
        """
    try:
        while n > 0:
            n += 2
    except:
        log[0] = 1
    return 5""",
        "5 1.0 0.0 0.0",
    ),
    "inlined": (
        """
    try:
        return endless(n)
    except BaseException:
        log[0] = 1
        return 5""",
        "5 1.0 0.0 0.0",
    ),
    "called": (
        """
    try:
        return recursive(n * 5)
    except BaseException:
        log[0] = 1
        return 5""",
        "5 1.0 0.0 0.0",
    ),
    "array expressions": (
        """
    a = np.zeros((n * 999 + 1, n * 999 + 1))
    try:
        for i in range(n * 2**40):
            a[::-1] = np.sin(a) + i
            a[:] = np.sin(a.T) + i
    finally:
        log[0] = 1
    return 0""",
        "KeyboardInterrupt NoneType 1.0 0.0 0.0",
    ),
    "nested": (
        """
    try:
        try:
            while n > 0:
                n += 2
        except ValueError:
            log[0] = 1
        finally:
            log[1] = 1
    except KeyboardInterrupt:
        log[2] = 1
    return 5""",
        "5 0.0 1.0 1.0",
    ),
    "in a handler": (
        """
    try:
        if n > 0:
            raise ValueError
    except ValueError:
        while n > 0:
            n += 2
    return 0""",
        "KeyboardInterrupt ValueError 0.0 0.0 0.0",
    ),
    "goes on in parallel": (
        """
    try:
        while n > 0:
            n += 2
    except KeyboardInterrupt:
        log[0] = 1
    total = 0
    for i in prange(100000):
        k = i
        while k > i - 10:
            k -= 1
        total += i - k
    return total""",
        "1000000 1.0 0.0 0.0",
    ),
}


@pytest.mark.parametrize(("body", "printed"), FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_handlers_run(run_python, body, printed):
    options = "parallel=True" if "prange" in body else ""
    code = f"{PREAMBLE}\n@njit({options})\ndef f(n, log):{body}\n{RUN}"
    assert run_python(code, timeout=60).strip() == printed
