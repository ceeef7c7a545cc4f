"""A course's own introduction to Numba, as a notebook, runs with the drop-in and prints what CPython and NumPy print.

The notebook is an optional input, beside the repository; without it the tests that need it are skipped. The others run its
loops with other shapes, dtypes and lengths, and call what it defines but never calls."""

import ast
import contextlib
import io
import math
import os
import threading
import types
from pathlib import Path

import numpy as np
import pytest
from oracle import Table, jitted

import lancehead
from lancehead import jit, njit, prange, vectorize

NOTEBOOK = Path(__file__).resolve().parents[3] / "shared" / "inputs" / "lecture.ipynb"
PRINTS_IR, RAISE_TYPE_ERROR = 3, (7, 31)
LONG_LOOPS = (26, 27)


class Decorated:
    """numba's decorators for the oracle: the function stays what it is."""

    def __new__(cls, *args, **options):
        return args[0] if args and callable(args[0]) and not isinstance(args[0], type) else lambda function: function


def plain_numba():
    """A module `numba` that leaves all to CPython and NumPy."""
    module = types.ModuleType("numba")
    module.jit, module.prange, module.cuda = Decorated, range, None
    module.vectorize = lambda signatures: lambda function: np.vectorize(function, otypes=[float])
    module.int32 = module.float64 = lambda *args: None
    return module


def printed_by_cpython(sources):
    """What each cell prints and, after it, the value that its last expression displays."""
    scope = {"numba": plain_numba()}
    for number, source in enumerate(sources):
        source = source.removeprefix("%%time\n")
        if number in LONG_LOOPS:  # a product of more than 63 twos wraps to 0 in 64 bits, however many there are
            source = source.replace("10000000", "1000")
        body = ast.parse(source).body
        value = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        out, shown = io.StringIO(), None
        with contextlib.redirect_stdout(out):
            for node in body:
                if isinstance(node, ast.Import) and node.names[0].name == "numba":
                    continue
                if isinstance(node, ast.ImportFrom):
                    scope |= {name.name: getattr(scope["numba"], name.name) for name in node.names}
                    continue
                exec(compile(ast.Module([node], []), f"<cell {number}>", "exec"), scope)
            if value is not None:
                shown = eval(compile(ast.Expression(value.value), f"<cell {number}>", "eval"), scope)
        yield out.getvalue(), repr(shown) if shown is not None else None


def run_notebook(folder, cache):
    """The cells after a run in a fresh kernel, and what an extra cell says of the cache."""
    import nbclient
    import nbformat
    from lancehead import drop_in

    notebook = nbformat.read(NOTEBOOK, 4)
    client = nbclient.NotebookClient(notebook, timeout=300, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    path = os.pathsep.join(filter(None, [str(drop_in.alias_folder()), os.environ.get("PYTHONPATH")]))
    with client.setup_kernel(env={**os.environ, "PYTHONPATH": path, "LANCEHEAD_CACHE_DIR": str(cache)}):
        for number, cell in enumerate(notebook.cells):
            client.execute_cell(cell, number)
        names = "f_1, hypot, with_numba, reduction_without_parallel, reduction_with_parallel"
        extra = nbformat.v4.new_code_cell(f"print([sum(f.stats.cache_hits.values()) for f in ({names})])")
        notebook.cells.append(extra)
        client.execute_cell(extra, len(notebook.cells) - 1)
    return notebook.cells[:-1], extra.outputs[0].text.strip()


def streams(cell, name):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == name)


def without_times(text):
    return "".join(line for line in text.splitlines(True) if not line.startswith(("CPU times:", "Wall time:")))


@pytest.mark.skipif(not NOTEBOOK.exists(), reason="the notebook ../shared/inputs/lecture.ipynb is not there")
def test_the_notebook_runs_twice(tmp_path):
    cache = tmp_path / "cache"
    first, hits = run_notebook(tmp_path, cache)
    assert hits == "[0, 0, 0, 0, 0]"
    second, hits = run_notebook(tmp_path, cache)
    assert hits == "[1, 1, 1, 1, 1]"
    sources = [cell.source for cell in first]
    assert len(sources) == 34
    for cells in (first, second):
        for number, expected in enumerate(printed_by_cpython_but_errors(sources)):
            cell = cells[number]
            errors = [o.ename for o in cell.outputs if o.output_type == "error"]
            assert errors == (["TypeError"] if number in RAISE_TYPE_ERROR else []), f"cell {number}: {cell.outputs}"
            assert streams(cell, "stderr") == "", f"cell {number}"
            if number == PRINTS_IR or errors:
                continue
            shown = [o.data["text/plain"] for o in cell.outputs if o.output_type == "execute_result"]
            assert without_times(streams(cell, "stdout")) == expected[0], f"cell {number}"
            assert shown == ([expected[1]] if expected[1] is not None else []), f"cell {number}"
    ir = [streams(cells[PRINTS_IR], "stdout") for cells in (first, second)]
    assert "(int64, int64)" in ir[0] and "define" in ir[0]
    assert ir[0] == ir[1]


def printed_by_cpython_but_errors(sources):
    """As printed_by_cpython; the cells that raise, and the one that prints code for the machine, print nothing."""
    return printed_by_cpython(["" if n in (*RAISE_TYPE_ERROR, PRINTS_IR) else source for n, source in enumerate(sources)])


# ---- the same loops, with nothing special about them

LOOPS = Table()
# Types whose tanh is float64: a Python float with a scalar float32 is float64 here (docs/deviations.md).
SQUARES = [np.arange(n * n).reshape(n, n).astype(dtype) for n, dtype in [(1, "i8"), (7, "f8"), (12, "i4"), (3, "u4")]]


@LOOPS((2, 3), ("2", "3"), (2.5, 1), (True, 1j), (np.arange(5), np.arange(5.0)), ("é", "日"))
def add(x, y):
    return x + y


@LOOPS(*[(a,) for a in SQUARES], (np.arange(30.0).reshape(5, 6),), (SQUARES[1][::-1, ::-1],), (SQUARES[1].T,), ulp=4)
def trace_of_tanh(a):
    trace = 0.0
    for i in range(a.shape[0]):
        trace += np.tanh(a[i, i])
    return a + trace


@LOOPS((0,), (1,), (10,), (61,), (200,))
def product(n):
    shape = (13, 17)
    result = 2 * np.ones(shape, np.int_)
    factor = 2 * np.ones_like(result)
    for _ in prange(n):
        result *= factor
    return result


@LOOPS((5, 3, np.float32), (4, 1, np.int16), (3, 8, np.float64))
def product_of_another_shape(n, m, dtype):
    result = np.full((m, 2, m), 3, dtype)
    factor = np.ones_like(result) + np.ones_like(result)
    for _ in prange(n):
        result *= factor
    return result


@njit
def square(x):
    return x**2


@LOOPS((4, 3), (1.5, 2.5), (np.float32(3), 4), (-5, 12))
def hypotenuse(x, y):
    return math.sqrt(square(x) + square(y))


@pytest.mark.parametrize("case", LOOPS)
@pytest.mark.parametrize("options", [{}, {"parallel": True}, {"nogil": True}, {"cache": True}], ids=str)
def test_the_loops(case, options):
    case.check(**options)


def test_the_inlined_calls_leave_no_call():
    jitted(hypotenuse)(4, 3)
    text = jitted(hypotenuse).inspect_llvm((lancehead.int64, lancehead.int64))
    body = text[text.index("define") : text.index("\n}")]  # the function's own; its entry point calls it
    assert [line for line in body.splitlines() if " call " in line and "@llvm." not in line and "lh_raise" not in line] == []


def test_vectorize():
    made = vectorize([lancehead.float64(lancehead.float64, lancehead.float64)])(lambda a, b: math.sin(a) * math.cos(b))
    for shape in [(), 7, (3, 5)]:
        a = np.ones(shape)
        np.testing.assert_array_equal(made(a, 2 * a), np.full(shape, math.sin(1.0) * math.cos(2.0)))


# ---- what the notebook says of signatures, threads and the cache


def test_an_eager_signature_takes_only_what_fits():
    made = jit(lancehead.int32(lancehead.int32, lancehead.int32))(plain_add)
    assert made(2, 3) == 5
    with pytest.raises(TypeError, match=r"No matching definition for argument type\(s\) unicode_type, unicode_type"):
        made("2", "3")
    with pytest.raises(TypeError, match="not enough arguments: expected 2, got 1"):
        made(2)


def plain_add(x, y):
    return x + y


def test_a_body_that_cannot_be_typed_raises_at_the_first_call():
    made = njit(plain_add)
    with pytest.raises(lancehead.errors.TypingError):
        made("2", 3)


@njit(nogil=True)
def meet(flags, me, limit):
    for _ in range(limit):
        flags[me] += 1
        if flags[1 - me] > 0:
            return True
    return False


def test_two_threads_run_a_nogil_function_at_the_same_time():
    flags, met = np.zeros(2, np.int64), [None, None]
    meet(np.zeros(2, np.int64), 0, 1)

    def work(me):
        met[me] = meet(flags, me, 5 * 10**9)

    threads = [threading.Thread(target=work, args=(me,)) for me in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert met == [True, True]


def busy_threads(before):
    """Threads of this process that have used processor time since `before`."""
    return {task for task, ticks in thread_ticks().items() if ticks > before.get(task, 0)}


def thread_ticks():
    ticks = {}
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            fields = (task / "stat").read_text().rpartition(")")[2].split()
            ticks[task.name] = int(fields[11]) + int(fields[12])
    return ticks


def test_a_parallel_expression_runs_on_several_threads():
    if lancehead.get_num_threads() < 2:
        pytest.skip("there is one processor only")
    made = njit(parallel=True)(plain_add)
    x = np.arange(10**7, dtype=np.float64)
    before = thread_ticks()
    for _ in range(50):
        result = made(x, x)
        if len(busy_threads(before)) > 1:
            break
    np.testing.assert_array_equal(result, x + x)
    assert len(busy_threads(before)) > 1
