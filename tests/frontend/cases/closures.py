def adder(n):
    def add(x):
        return x + n

    return add(1)


def keyed(n, scale=2.0):
    return (lambda x, k=n, *, s=scale: x * k * s + n)(3)


def constant_defaults(n):
    return (lambda x, k=(1, 2.5), *, s="t", t=int: x * n)(3)


def passed_on(n):
    def outer(x):
        def inner(y):
            return x + y + n

        return inner

    return outer(1)(2)


def recursive(n):
    def fib(k):
        return k if k < 2 else fib(k - 1) + fib(k - 2)

    return fib(n)


def assigned_after(n):
    f = lambda: n
    n = 2
    return f()


def counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step() + step()


def captured_in_comprehension(a):
    return [(lambda: x + y)() for x in a for y in a]


def annotated(n):
    def inner(x: int = 1) -> float:
        return x

    return inner(n)


def make_free(k):
    def free(x):
        return x * k

    return free


free = make_free(3)
