def generator(n):
    for i in range(n):
        got = yield i
    return got


def delegating(g):
    return (yield from g)


def generator_expression(a):
    return sum(x * x for x in a)


async def coroutine(a):
    async with a as b:
        async for x in b:
            await x


async def async_generator(a):
    yield await a


def match_values(a):
    match a:
        case 1 | 2:
            return "small"
        case [x, *rest]:
            return rest
        case {"k": v, **others}:
            return v
        case complex(real=r):
            return r
        case _:
            return None


def imports():
    import math
    from math import sin, cos
    import os.path as p

    return math, sin, cos, p


def local_class():
    class Local:
        x = 1

        def method(self):
            return super().__init__()

    return Local


def global_store():
    global stored
    stored = 1
    del stored


def printed(a):
    print(a, sep="")
