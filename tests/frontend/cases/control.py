def if_else(a):
    if a > 0:
        b = 1
    elif a is None:
        b = 2
    else:
        b = 3
    return b


def if_none(a, b):
    if a is None and b is not None:
        return b
    return a


def while_loop(n):
    total = 0
    while n > 0:
        total += n
        n -= 1
    return total


def while_else(n):
    while n:
        n -= 1
        if n == 5:
            break
        if n == 3:
            continue
    else:
        n = -1
    return n


def endless(n):
    while True:
        n += 1
        if n > 10:
            return n


def for_range(n):
    total = 0
    for i in range(n):
        total += i
    return total


def for_else(items):
    for item in items:
        if item == 3:
            break
    else:
        return -1
    return item


def nested(n):
    count = 0
    for i in range(n):
        for j in range(i):
            if j == 2:
                continue
            if i == 5:
                break
            count += 1
    return count


def return_in_loop(items):
    for item in items:
        if item:
            return item
    return None


def maybe_unassigned(a):
    if a:
        b = 1
    return b


def assigned_in_loop(items):
    for item in items:
        last = item
    return last, item


def unassigned_in_one_arm(a):
    while a:
        if a > 1:
            b = a
        a -= b
    return a


def loop_from_the_start(a):
    while a:
        a -= 1


def deleted(a):
    b = a
    del b
    return b


def checked(a):
    assert a
    assert a > 1, "too small"
    return a


def many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q):
    r = a + q
    s = r
    t, u = s, r
    return t + u
