def simple(a):
    try:
        return a / 0
    except ZeroDivisionError:
        return 0


def classes(a):
    try:
        a()
    except (ValueError, TypeError) as e:
        raise RuntimeError("failed") from e
    except KeyError:
        pass
    except:
        raise
    else:
        a = 1
    return a


def finally_(a):
    try:
        a()
    finally:
        a = 2
    return a


def in_loop(items):
    total = 0
    for item in items:
        try:
            total += 1 / item
        except ZeroDivisionError:
            continue
        finally:
            total += 1
    return total


def nested(a, b):
    try:
        try:
            a()
        except ValueError as e:
            b(e)
    except TypeError:
        return 1
    return 2


def return_in_try(a):
    for x in a:
        try:
            return x()
        except ValueError:
            break
    return None


def raises(a):
    if a == 0:
        raise ValueError
    if a == 1:
        raise ValueError("one", a)
    raise ValueError("two") from None


def unassigned_in_handler(a):
    try:
        b = a()
        c = b + 1
    except ValueError:
        return b
    return c


def loop_in_handler(a):
    while True:
        try:
            return a()
        except ValueError as e:
            for x in a:
                if x:
                    raise
            a = e


def bare_raise(a):
    for x in a:
        pass
    raise


def nested_finally(a, b):
    for x in a:
        try:
            try:
                b += x()
                if b:
                    break
            finally:
                b -= 1
        except (TypeError, ValueError):
            return b
        else:
            b *= 2
    return b


def with_block(a):
    with a as b, b:
        b()
    return b


def group(a):
    try:
        a()
    except* ValueError as e:
        return_value = e
    return None
