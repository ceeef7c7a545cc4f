"""Contract C15: threads that compile and call at once, regions of several threads, forks, spawns and exits."""
import os
import sys
import threading

import numpy as np
import pytest

from lancehead import _lancehead, jit, njit, prange


def in_threads(work, count):
    """Runs work(k) in `count` threads that start together; returns their results, raises what one raised."""
    results, errors = [None] * count, []
    start = threading.Barrier(count)

    def run(k):
        start.wait()
        try:
            results[k] = work(k)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(k,)) for k in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def runs_of(phase):
    """How often a phase of compiling ran in this process."""
    row = next(line for line in _lancehead.timing_table().splitlines() if line.startswith(phase))
    return int(row[len(phase) :].split()[0])


def fresh_function(text, **scope):
    """A function whose code no other test has, so that no cache knows it."""
    fresh_function.made += 1
    scope = {"np": np, "prange": prange, "njit": njit, "UNIQUE": None, **scope}
    exec(text.replace("UNIQUE", str(os.getpid() * 100_000 + fresh_function.made)), scope)
    return scope["f"]


fresh_function.made = 0


# ---- compiling


@pytest.mark.parametrize("options", [{}, {"nogil": True}, {"parallel": True}], ids=str)
def test_the_same_first_call_compiles_once(options):
    f = fresh_function("def f(a, n):\n  for i in range(n):\n    a[i] = a[i] * UNIQUE + i\n  return a.sum()")
    compiled = jit(nopython=True, **options)(f)
    emitted = runs_of("LLVM code generation")
    results = in_threads(lambda k: compiled(np.ones(50), 50), 4)
    assert results == [f(np.ones(50), 50)] * 4
    assert list(compiled.stats.cache_misses.values()) == [1]
    assert runs_of("LLVM code generation") - emitted == 1


def test_a_failing_first_call_fails_in_every_thread():
    compiled = njit(fresh_function("def f(a):\n  return a + 'x' + UNIQUE"))

    def work(k):
        with pytest.raises(Exception, match="x|str") as caught:
            compiled(1)
        return type(caught.value).__name__, str(caught.value)

    results = in_threads(work, 4)
    assert len(set(results)) == 1 and results[0][0] == "TypingError"


def test_different_functions_at_the_same_time():
    text = "def f(a, k):\n  s = 0.0\n  for i in range(len(a)):\n    s += a[i] * k + UNIQUE\n  return s"
    functions = [[fresh_function(text) for _ in range(8)] for _ in range(4)]
    a = np.arange(20.0)

    def work(k):
        return [njit(f)(a, k) for f in functions[k]]

    assert in_threads(work, 4) == [[f(a, k) for f in functions[k]] for k in range(4)]


def test_a_shared_callee_is_made_once():
    callee = njit(
        fresh_function(
            "def f(a):\n  s = 0.0\n  for i in range(len(a)):\n    for j in range(len(a)):\n"
            "      if a[i] > a[j]: s += a[i] * a[j] + UNIQUE\n      else: s -= np.sqrt(a[j])\n  return s"
        )
    )
    callers = [fresh_function("def f(a):\n  return callee(a) + UNIQUE", callee=callee) for _ in range(4)]
    emitted = runs_of("LLVM code generation")
    a = np.arange(10.0)
    assert in_threads(lambda k: njit(callers[k])(a), 4) == [f(a) for f in callers]
    assert runs_of("LLVM code generation") - emitted <= 5


def mutually_recursive():
    scope = {"njit": njit}
    fresh_function.made += 1
    exec(
        f"""
@njit
def even(n):
    if n == 0: return True
    return odd(n - 1)
@njit
def odd(n):
    if n == {-fresh_function.made}: return {fresh_function.made}
    if n == 0: return False
    return even(n - 1)
""",
        scope,
    )
    return scope["even"], scope["odd"]


@pytest.mark.parametrize("repeat", range(5))
def test_f_calling_g_against_g_calling_f(repeat):
    even, odd = mutually_recursive()
    results = in_threads(lambda k: (even, odd)[k % 2](11), 4)
    assert results == [False, True, False, True]


def test_compiling_from_what_compiling_asks():
    """A module attribute whose look-up calls a jitted function, which another thread compiles at that moment."""
    names = type(sys)("names_of_test_threads")
    inner = njit(fresh_function("def f(x):\n  return x + UNIQUE"))
    other = njit(fresh_function("def f(x):\n  return names.value + x + UNIQUE", names=names))
    calls = []

    def value(name):
        calls.append(name)
        if name != "value":
            raise AttributeError(name)
        inner(1)
        return 7

    names.__getattr__ = value
    expected = other.py_func(3)
    assert in_threads(lambda k: (other(3), inner(1)), 3) == [(expected, inner.py_func(1))] * 3
    assert calls


def test_calls_while_another_thread_recompiles():
    compiled = njit(fresh_function("def f(x):\n  return x * 2 + UNIQUE"))
    expected = compiled.py_func(4)
    done = threading.Event()

    def work(k):
        if k == 0:
            for _ in range(20):
                compiled.recompile()
            done.set()
            return set()
        seen = set()
        while not done.is_set():
            seen.add(compiled(4))
        return seen

    assert set().union(*in_threads(work, 3)) <= {expected}


# ---- parallel regions


@njit(parallel=True, nogil=True)
def total(a):
    s = 0.0
    for i in prange(len(a)):
        s += a[i] * a[i]
    return s


@njit(parallel=True, nogil=True)
def totals(a, n):
    out = np.empty(n)
    for i in prange(n):
        out[i] = total(a) + i
    return out


def test_concurrent_and_nested_regions():
    a = np.random.default_rng(8).normal(size=20_000)
    expected = total(a)
    results = in_threads(lambda k: [totals(a, 6) for _ in range(5)], 4)
    for rows in results:
        for row in rows:
            np.testing.assert_array_equal(row, expected + np.arange(6))


# ---- processes

PARALLEL = """
import os, sys, threading
import numpy as np
from lancehead import njit, prange

@njit(parallel=True, nogil=True)
def numbers(n):
    out = np.zeros(n, np.int64)
    for i in prange(n):
        out[i] = i * i
    return out
"""


def test_the_child_of_a_fork_computes_in_parallel(run_python):
    """Two threads of the child have to meet in one region: each waits for the other, up to a bound."""
    code = (
        PARALLEL
        + """
@njit(parallel=True, nogil=True)
def meet(arrived, met):
    for i in prange(2):
        arrived[i] = 1
        for wait in range(2_000_000_000):
            if arrived[1 - i] == 1:
                met[i] = 1
                break

def both():
    arrived, met = np.zeros(2, np.int64), np.zeros(2, np.int64)
    meet(arrived, met)
    return met.sum()

assert (numbers(10_000) == np.arange(10_000) ** 2).all()
print("parent", both(), flush=True)
pid = os.fork()
if pid == 0:
    ok = (numbers(20_000) == np.arange(20_000) ** 2).all()
    print("child", both() if ok else "wrong", flush=True)
    os._exit(0)
assert os.waitpid(pid, 0)[1] == 0
print("parent", both())
"""
    )
    if (os.cpu_count() or 1) < 2:
        pytest.skip("needs two processors")
    assert run_python(code).split() == ["parent", "2", "child", "2", "parent", "2"]


def test_forks_while_other_threads_compile_and_compute(run_python):
    code = (
        PARALLEL
        + """
stop = threading.Event()
def compile_on():
    k = 0
    while not stop.is_set():
        k += 1
        f = njit(eval(f"lambda a: a * {k} + {os.getpid()}"))
        assert f(3) == 3 * k + os.getpid()
def compute_on():
    while not stop.is_set():
        assert numbers(5000)[-1] == 4999 ** 2
threads = [threading.Thread(target=t) for t in (compile_on, compute_on, compile_on)]
for t in threads: t.start()
statuses = set()
for k in range(15):
    pid = os.fork()
    if pid == 0:
        ok = numbers(7000)[-1] == 6999 ** 2 and njit(eval(f"lambda a: a - {k}"))(1) == 1 - k
        os._exit(0 if ok else 1)
    statuses.add(os.waitpid(pid, 0)[1])
stop.set()
for t in threads: t.join()
print(*statuses)
"""
    )
    assert run_python(code, timeout=120).split() == ["0"]


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(run_python, tmp_path, method):
    script = tmp_path / "script.py"
    script.write_text(
        PARALLEL
        + f"""
def work(n):
    return int(numbers(n).sum())

if __name__ == "__main__":
    import multiprocessing
    work(10)
    with multiprocessing.get_context({method!r}).Pool(2) as pool:
        print(*pool.map(work, [100, 1000, 2000, 3000]))
"""
    )
    expected = [sum(i * i for i in range(n)) for n in (100, 1000, 2000, 3000)]
    assert [int(x) for x in run_python("-u", script, timeout=120).split()] == expected


@pytest.mark.parametrize("how", ["plain", "sys.exit(3)", "os._exit(3)", "daemon thread inside", "thread ends late"])
def test_interpreter_exit_with_a_live_pool(run_python, how):
    tail = {
        "plain": "",
        "daemon thread inside": "threading.Thread(target=endless, daemon=True).start()\nwhile not flag[1]: pass\n",
        "thread ends late": "threading.Thread(target=lambda: print(int(numbers(100_000)[-1]))).start()\n",
    }.get(how, how + "\n")
    code = (
        PARALLEL
        + """
flag = np.zeros(2)
@njit(parallel=True, nogil=True)
def spin(flag):
    for i in prange(4):
        flag[1] = 1
        while flag[0] == 0.0:
            pass
def endless():
    spin(flag)
numbers(10_000)
print("ready", flush=True)
"""
        + tail
    )
    done = run_python(code, check=False, timeout=60)
    assert done.returncode == (3 if "exit" in how else 0), done.stderr
    assert done.stdout.split() == ["ready"] + (["9999800001"] if how == "thread ends late" else [])
    assert done.stderr == ""


def test_ctrl_c_while_other_threads_are_in_native_code(run_python):
    code = """
import os, signal, threading
import numpy as np
from lancehead import njit
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background process ignores it
flag = np.zeros(2)
@njit(nogil=True)
def spin(flag):
    flag[1] = 1
    while flag[0] == 0.0:
        pass
    return 5
results = []
thread = threading.Thread(target=lambda: results.append(spin(flag)))
thread.start()
while not flag[1]: pass
mine = np.zeros(2)
def stop():
    while not mine[1]: pass
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=stop).start()
try:
    spin(mine)
except KeyboardInterrupt:
    print("interrupted")
flag[0] = 1
thread.join()
print(*results)
"""
    assert run_python(code, timeout=60).split() == ["interrupted", "5"]
