"""Runs a program under CPython and compiled, and says how the two differ: oracle.py's comparison of values, types, exceptions, arguments
and aliasing, and the runtime's count of allocations."""

import gc
import math

import numpy as np
import oracle

import lancehead
from lancehead import _lancehead

# Texts that docs/deviations.md exempts (error-texts).
ANY_TEXT = (ZeroDivisionError, OverflowError)
# What only a mistake of the generator raises: what it writes is otherwise well typed.
MISTAKES = (TypeError, NameError, AttributeError, SyntaxError, MemoryError)


def interpreted(function=None, **options):
    return function if function else lambda f: f


def names(jit, prange):
    return {"np": np, "math": math, "njit": jit, "prange": prange}


def load(source, compiled):
    scope = names(lancehead.njit if compiled else interpreted, lancehead.prange if compiled else range)
    exec(compile(source, "<program>", "exec"), scope)
    return scope


def is_mistake(error):
    if isinstance(error, UnboundLocalError):
        return False
    return isinstance(error, MISTAKES) or (isinstance(error, OverflowError) and "out of bounds for" in str(error))


def difference(expected, actual, texts):
    """None, or (kind, what is wrong)."""
    if actual.error is not None and type(actual.error).__module__.startswith("lancehead"):
        kind = "defect" if isinstance(actual.error, lancehead.errors.InternalError) else "compile"
        return kind, f"{type(actual.error).__name__}: {actual.error}"
    if (expected.error is None) != (actual.error is None):
        return "raises", f"expected {expected}, got {actual}"
    if expected.error is not None:
        wrong = oracle.error_difference(expected.error, actual.error, texts and not isinstance(expected.error, ANY_TEXT))
        if wrong:
            return "raises", f"{wrong}: expected {expected}, got {actual}"
    else:
        wrong = oracle.difference(expected.value, actual.value) or oracle.alias_difference(expected, actual)
        if wrong:
            return "differs", f"{wrong}: expected {expected}, got {actual}"
    wrong = oracle.difference(expected.args, oracle.boxed(actual.args))
    return ("differs", f"arguments afterwards: {wrong}") if wrong else None


def check(source, texts=True):
    """("ok", ""), ("mistake", why) or another kind of failure with a text. texts: exceptions have NumPy's texts."""
    before = _lancehead.runtime_allocations()
    try:
        plain, compiled = load(source, False), load(source, True)
        for args in plain["calls"]():
            expected = oracle.outcome(plain["main"], args)
            if is_mistake(expected.error):
                return "mistake", str(expected)
            found = difference(expected, oracle.outcome(compiled["main"], args), texts)
            if found:
                return found
    except MISTAKES as error:
        return "mistake", repr(error)
    del plain, compiled, args, expected
    if _lancehead.runtime_allocations() > before:
        gc.collect()
        left = _lancehead.runtime_allocations() - before
        if left > 0:
            return "leak", f"{left} allocations of the runtime are left"
    return "ok", ""
