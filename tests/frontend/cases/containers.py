def items(a, i):
    a[i] = a[i + 1]
    a[i, 0] += 1
    del a[i]
    return a[-1]


def slices(a, i, j):
    a[i:j] = a[: j - i]
    a[::2] = 0
    return a[1:], a[i:j:2], a[..., None]


def attributes(a):
    a.x = a.y
    a.z += 1
    del a.w
    return a


def tuples(a, b):
    a, b = b, a
    x, y, z = a
    first, *rest, last = b
    return (x, y, z, first, rest, last)


def nested_targets(a):
    (b, c), d = a
    return b, c, d


def literals(a):
    return [a, 1], {a, 2}, {a: 1, 2: a}, {"x": a, "y": 1}, [1, 2, 3], {**a, "k": 1}, [*a, 1], (*a,)


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
