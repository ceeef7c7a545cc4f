import math


def callee(a, b=1, *, c=2):
    return a + b + c


def calls(x):
    return callee(x), callee(x, 2), callee(x, b=2), callee(a=x, c=3, b=4)


def methods(x):
    return x.conjugate(), x.real, math.sqrt(x), x.sum(axis=0)


def conditional_argument(x):
    return callee(1 if x else 2, c=3 if x else 4)


def starred(args):
    return callee(*args), callee(1, *args), callee(*args, 1), callee(*(args, 2))


def double_starred(args, kwargs):
    return callee(*args, **kwargs)


def star_parameters(a, *args, b=1, **kwargs):
    return args, kwargs


def positional_only(a, b=2, /, c=3, *, d):
    return a, d


def nested_calls(x):
    return math.hypot(callee(x, callee(x)), math.sin(math.cos(x)))


def called_expression(f, g, x):
    return (f if x else g)(x)(x)


def builtin_names(x):
    return len(x), undefined_name, abs(x)
