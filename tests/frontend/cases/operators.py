def arithmetic(a, b):
    return (a + b) * (a - b) / a // b % 3 ** a @ b << 1 >> 2 & a | b ^ 7


def in_place(a, b):
    a += b
    a -= b
    a *= b
    a /= b
    a //= b
    a %= b
    a **= b
    a @= b
    a <<= b
    a >>= b
    a &= b
    a |= b
    a ^= b
    return a


def unary(a):
    return -a, +a, ~a, not a


def comparisons(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b, a is b, a is not b, a in b, a not in b


def chained(a, b, c):
    return a < b <= c


def both(a, b):
    return a and b


def either(a, b):
    return a or b


def negated(a, b):
    return not (a and b)


def conditional(a, b):
    return a if a > b else b


def constants():
    return (
        None,
        True,
        9223372036854775807,
        9223372036854775808,
        18446744073709551615,
        18446744073709551616,
        -9223372036854775809,
        1.5,
        -0.0,
        1e400,
        2j,
        "text é",
        b"\x00\xff",
        (1, (2.0, "x")),
        ...,
    )
