"""Functions of iterables: arrays, and tuples whose items have one type. Tuples of several types are unrolled by the core."""

from lancehead.library import implements


@implements("builtins.sum")
def sum_(iterable, /, start=0):
    total = start
    for item in iterable:
        total = total + item
    return total


@implements("math.prod")
def prod(iterable, /, *, start=1):
    result = start
    for item in iterable:
        result = result * item
    return result


@implements("builtins.min")
def min_(iterable, /):
    if len(iterable) == 0:
        raise ValueError("min() iterable argument is empty")
    best = iterable[0]
    for item in iterable:
        if item < best:
            best = item
    return best


@implements("builtins.max")
def max_(iterable, /):
    if len(iterable) == 0:
        raise ValueError("max() iterable argument is empty")
    best = iterable[0]
    for item in iterable:
        if item > best:
            best = item
    return best


@implements("builtins.any")
def any_(iterable, /):
    for item in iterable:
        if item:
            return True
    return False


@implements("builtins.all")
def all_(iterable, /):
    for item in iterable:
        if not item:
            return False
    return True
