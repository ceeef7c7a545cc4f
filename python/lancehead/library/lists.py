"""Lists: what is a loop over their items. The operators are called by the names of Python's methods."""

from lancehead.library import implements


@implements("builtins.sorted")
def sorted_(iterable, /, *, reverse=False):
    out = list(iterable)
    out.sort(reverse=reverse)
    return out


@implements("builtins.list.extend")
def extend(self, iterable, /):
    for item in iterable:
        self.append(item)


@implements("builtins.list.__setitem__")
def set_slice(self, key, iterable, /):
    """Of a slice; an item is stored by the core."""
    self[key] = list(iterable)


@implements("builtins.list.index")
def index(self, value, start=0, stop=9223372036854775807, /):
    if start < 0:
        start = max(start + len(self), 0)
    if stop < 0:
        stop = max(stop + len(self), 0)
    at = start
    while at < stop and at < len(self):
        if self[at] == value:
            return at
        at += 1
    raise ValueError("list.index(x): x not in list")


@implements("builtins.list.count")
def count(self, value, /):
    found = 0
    for item in self:
        if item == value:
            found += 1
    return found


@implements("builtins.list.remove")
def remove(self, value, /):
    for at in range(len(self)):
        if self[at] == value:
            del self[at]
            return
    raise ValueError("list.remove(x): x not in list")


@implements("builtins.list.__contains__")
def contains(self, value, /):
    for item in self:
        if item == value:
            return True
    return False


@implements("builtins.list.__eq__")
def equal(self, other, /):
    if len(self) != len(other):
        return False
    for at in range(len(self)):
        if not self[at] == other[at]:
            return False
    return True


@implements("builtins.list.__ne__")
def not_equal(self, other, /):
    return not equal(self, other)


@implements("builtins.list.__lt__")
def less(self, other, /):
    for a, b in zip(self, other):
        if not a == b:
            return a < b
    return len(self) < len(other)


@implements("builtins.list.__le__")
def less_equal(self, other, /):
    for a, b in zip(self, other):
        if not a == b:
            return a <= b
    return len(self) <= len(other)


@implements("builtins.list.__gt__")
def greater(self, other, /):
    return less(other, self)


@implements("builtins.list.__ge__")
def greater_equal(self, other, /):
    return less_equal(other, self)
