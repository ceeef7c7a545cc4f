"""Item types of lists."""


def fixed_by_append(n):
    out = []
    for i in range(n):
        out.append(i)
    return out


def widened(n):
    out = [n]
    out.append(0.5)
    return out


def united(n):
    out = [] if n else [n]
    return out


def nested(n):
    rows = [[] for _ in range(n)]
    rows[0].append(n)
    return rows


def nothing_fixes(n):
    out = []
    return len(out)


def two_types(n):
    return [n, "a"]


def in_itself(n):
    out = []
    out.append(out)
    return n


def argument_is_fixed(x):
    x.append(0.5)
    return x
