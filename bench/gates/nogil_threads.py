"""Two Python threads run a nogil function at the same time: at most 0.7 of the wall time of one after the other."""
import threading
import time

from lancehead import njit

from figures import report


@njit(nogil=True, cache=False)
def work(n, x):
    for i in range(n):
        x = x * 0.999999 + 1e-7 * i
    return x


def together(n):
    threads = [threading.Thread(target=work, args=(n, 1.0)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def serial(n):
    work(n, 1.0)
    work(n, 1.0)


N = 100_000_000
work(10, 1.0)
ratio = min(seconds(lambda: together(N)) / seconds(lambda: serial(N)) for _ in range(3))
report("two nogil threads over one after the other", ratio, at_most=0.7)
