"""Control flow, calls and exceptions."""


def default_step(x, step=2, *, scale=1.0):
    return (x + step) * scale


def calls(x):
    return default_step(x), default_step(x, 3), default_step(x, scale=2.0, step=1)


def spread_call(t):
    return default_step(*t)


def closure(x):
    k = x + 1

    def add(y):
        return y + k

    return add(x) + add(2.5)


def apply(f, x):
    return f(x)


def passes_functions(x):
    return apply(lambda y: y * 2, x) + apply(calls, x)[0]


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def caught(n):
    try:
        if n > 2:
            raise ValueError("too large")
        return 0
    except (ValueError, KeyError):
        return n
    finally:
        print("done")


def chained(a, b, c):
    return a < b <= c and not c == 5


def loop_else(n):
    for i in range(2, n):
        if n % i == 0:
            break
    else:
        return True
    return False


def maybe(c):
    if c:
        x = 1
    return x


def checked(x):
    assert x > 0, "not positive"
    return x


def mixed(c):
    return 1 if c else "one"


def endless(n):
    return endless(n - 1)


def unknown(x):
    return hex(x)


def bad_attribute(x):
    return x.colour


def bad_call(x):
    return abs(x, x)


def wrong_count(x):
    return default_step()


def tuple_slices(t):
    return t[1:], t[:-1], t[::-2], t[5:], t[-1:0:-1]


def running_slice(t, n):
    return t[n:]
