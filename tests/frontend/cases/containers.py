def items(a, i):
    a[i] = a[i + 1]
    a[i, 0] += 1
    del a[i]
    return a[-1]


def slices(a, i, j):
    a[i:j] = a[: j - i]
    a[::2] = 0
    return a[1:], a[i:j:2], a[1:, None]


def ellipsis(a):
    return a[..., None]


def attributes(a):
    a.x = a.y
    a.z += 1
    return a


def deleted_attribute(a):
    del a.w


def tuples(a, b):
    a, b = b, a
    x, y, z = a
    return (x, (y, z), *b, 1), ()


def starred_target(a):
    first, *rest, last = a
    return first, rest, last


def nested_targets(a):
    (b, c), d = a
    return b, c, d


def lists(a):
    return [a, 1], [1, 2, 3], [], (*a,), (1, *a), (*a, *a)


def list_with_star(a):
    return [*a, 1]


def sets(a):
    return a in {1, 2}, a not in (1, 2), {a, 2}


def dicts(a):
    return {a: 1, 2: a}, {"x": a, "y": 1}, {**a, "k": 1}


def comprehensions(a, k):
    return [x + k for x in a if x], {x for x in a}, {x: y for x, y in a}


def nested_comprehension(a):
    return [[x * y for x in a] for y in a]


def comprehension_as_argument(f, a):
    return f([x for x in a], 1)


def strings(a, b):
    return f"{a} and {b!r:>5} {a:{b}} {b!s}"


def chained_assignment(a):
    b = c = a
    return b + c
