"""The specialisations of a Dispatcher: signatures, overloads, compile, recompile, disable_compile, what is shown."""

import io
import threading

import numpy as np
import pytest

from lancehead import float64, int32, int64, jit, njit, prange, types
from lancehead.errors import NotBuiltError, NumbaError


def add(x, y=2):
    """Adds."""
    return x + y


def rest(x, *y):
    return x + len(y)


# ---- signatures and overloads


def test_signatures():
    compiled = njit(add)
    assert compiled.signatures == []
    compiled(1)
    compiled(1, 2.5)
    compiled(1)
    assert compiled.signatures == [(int64, int64), (int64, float64)]
    assert repr(compiled.nopython_signatures) == "[(int64, int64) -> int64, (int64, float64) -> float64]"
    assert list(compiled.overloads) == compiled.signatures


def test_overloads():
    compiled = njit(cache=False)(add)
    compiled(1, 2.5)
    result = compiled.overloads[int64, float64]
    assert result.args == (int64, float64) and result.return_type == float64
    assert result.signature == compiled.nopython_signatures[0] == float64(int64, float64)
    assert result.objectmode is False and result.typing_error is None and result.lifted == ()
    assert result.entry_point(1, 2.5) == 3.5
    assert result.metadata["timers"]["compiler_lock"] > 0 and not result.from_cache


def test_compile_takes_all_spellings():
    compiled = njit(lambda x: x)
    for spelling in ("int32(int32)", (float64,), int64(int64), "(int32,)"):
        assert compiled.compile(spelling)(1) == 1
    assert compiled.signatures == [(int32,), (float64,), (int64,)]


@pytest.mark.parametrize("signature", ["int64(int64)", (int64, int64, int64), "nonsense(", 3, (1, 2)])
def test_compile_refuses_what_does_not_fit(signature):
    compiled = njit(add)
    with pytest.raises((TypeError, SyntaxError, NameError)):
        compiled.compile(signature)
    assert compiled.signatures == [] and compiled(1) == 3


def test_an_eager_function_is_not_compiled_for_more():
    compiled = njit("int64(int64, int64)")(add)
    with pytest.raises(RuntimeError, match="compilation disabled"):
        compiled.compile("float64(float64, float64)")
    compiled.disable_compile(False)
    compiled.compile("float64(float64, float64)")
    assert compiled(1.5, 2.5) == 4 and compiled(1) == 3


@pytest.mark.parametrize("spelling", [(int64, float64), "float64(int64, float64)", float64(int64, float64)], ids=str)
def test_one_overload(spelling):
    compiled = njit(add)
    with pytest.raises(KeyError):
        compiled.get_overload(spelling)
    compiled(1, 2.5)
    compiled(1, 2)
    one = compiled.get_overload(spelling)
    assert one(1, 2.5) == 3.5 and one(1, 2) == 3.0 and type(one(1, 2)) is float
    with pytest.raises(TypeError, match="No matching definition"):
        one("a", "b")
    assert one.signatures == [(int64, float64)]


def test_a_compile_result_is_made_if_it_is_not_there():
    compiled = njit(add)
    assert compiled.get_compile_result(int64(int64, int64)).return_type == int64
    assert compiled.signatures == [(int64, int64)]
    compiled.disable_compile()
    with pytest.raises(KeyError):
        compiled.get_compile_result((float64, float64))


def test_the_overload_of_any_number_of_arguments():
    compiled = njit(rest)
    compiled(1, 2, 3.5)
    one = compiled.get_overload((int64, int64, float64))
    assert one(1, 2, 3.5) == 3
    assert compiled.get_overload(compiled.signatures[0])(1, 2, 3.5) == 3


# ---- what was specialised on a value or on whose number it is serves nothing else


def test_a_default_that_was_compiled_in_is_not_for_others():
    compiled = njit(lambda x, y=None: -1 if y is None else x)
    assert compiled(5) == -1
    compiled.disable_compile()
    with pytest.raises(TypeError, match="No matching definition"):
        compiled(5, 3)
    assert compiled(5) == -1
    compiled = njit(add)
    assert compiled(1) == 3
    compiled.disable_compile()
    for _ in range(2):
        with pytest.raises(TypeError, match="No matching definition"):
            compiled(1, 5)
        assert compiled(1) == 3 and compiled(True) == 3
    compiled.disable_compile(False)
    assert compiled(1, 5) == 6


def test_a_signature_is_compiled_beside_a_default():
    compiled = njit(add)
    assert compiled(1) == 3
    compiled.compile((int64, int64))
    compiled.disable_compile()
    assert compiled(1, 5) == 6 and compiled(1) == 3
    assert compiled.get_overload((int64, int64))(1, 7) == 8


def test_weak_numbers_are_not_for_others():
    def f(a, x):
        return a + x

    compiled, array = njit(f), np.ones(2, "f4")
    assert compiled(array, 2.5).dtype == np.float32
    compiled.disable_compile()
    assert compiled(array, 2.5).dtype == compiled(array, 1).dtype == np.float32
    with pytest.raises(TypeError, match="No matching definition"):
        compiled(array, np.float64(2.5))


# ---- recompile


@pytest.mark.parametrize("signature", [None, "int64(int64)"])
def test_recompile_takes_new_values_of_globals(signature):
    scope = {"factor": 2}
    exec("def f(x): return x * factor", scope)
    compiled = njit(scope["f"]) if signature is None else njit(signature)(scope["f"])
    assert compiled(3) == 6
    scope["factor"] = 5
    assert compiled(3) == 6
    compiled.recompile()
    assert compiled.signatures == [(int64,)]
    assert compiled(3) == 15


def test_recompile_keeps_all_specialisations():
    inner = njit(lambda x: x + 1)
    compiled = njit(lambda x, f=inner, y=None: f(x) if y is None else y)
    calls = [(1,), (2.5,), (1, inner, 3), (np.float32(1),), (1, inner, None)]
    expected = [compiled(*args) for args in calls]
    signatures = compiled.signatures
    compiled.recompile()
    assert compiled.signatures == signatures
    misses = compiled.stats.cache_misses
    assert [compiled(*args) for args in calls] == expected
    assert compiled.signatures == signatures and compiled.stats.cache_misses == misses


def test_recompile_that_fails_keeps_what_was_there():
    scope = {"factor": 2}
    exec("def f(x): return x * factor", scope)
    compiled = njit(scope["f"])
    assert compiled(3) == 6
    scope["factor"] = {}
    with pytest.raises(NumbaError):
        compiled.recompile()
    assert compiled(3) == 6


def test_recompile_takes_new_options():
    compiled = njit(lambda x: 1 / x)
    with pytest.raises(ZeroDivisionError):
        compiled(0.0)
    compiled.targetoptions["error_model"] = "numpy"
    compiled.recompile()
    assert compiled(0.0) == float("inf")


def test_code_that_was_replaced():
    def f(x):
        return x

    compiled = njit(f)
    assert compiled(1) == 1
    f.__code__ = (lambda x, y: x + y).__code__
    with pytest.raises(RuntimeError, match="recompile"):
        compiled(1.5)
    compiled.recompile()
    assert compiled(1, 2.5) == 3.5
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'y'"):
        compiled(1)


def test_recompile_while_it_runs():
    compiled = jit(nopython=True, nogil=True)(lambda a: a.sum())
    array, wrong = np.ones(1000), []
    done = threading.Event()

    def call():
        while not done.is_set():
            if compiled(array) != 1000:
                wrong.append(1)

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        compiled.recompile()
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong


# ---- texts


@pytest.fixture
def listed():
    compiled = njit(lambda x, y: x + y)
    compiled(1, 2)
    compiled(1.5, 2.5)
    return compiled


def test_listings(listed):
    llvm, assembly = listed.inspect_llvm(), listed.inspect_asm()
    assert [str(key) for key in llvm] == ["(int64, int64)", "(float64, float64)"] == [str(key) for key in assembly]
    assert "add" in llvm[int64, int64] and "fadd" in llvm[float64, float64]
    assert listed.inspect_llvm((float64, float64)) == listed.inspect_llvm("(float64, float64)") == llvm[float64, float64]
    assert "addsd" in assembly[float64, float64]


@pytest.mark.parametrize(
    "method", ["inspect_llvm", "inspect_asm", "inspect_types", "inspect_cfg", "get_metadata", "get_annotation_info", "parallel_diagnostics"]
)
def test_no_listing_of_what_is_not_there(listed, method):
    with pytest.raises(KeyError):
        getattr(listed, method)(signature=(int32, int32))


def loop(a, n=3):
    """Sums."""
    s = 0.0
    for i in range(n):
        s += a[i]
    return s


def test_types_are_shown_under_the_source(capsys):
    compiled = njit(loop)
    compiled(np.ones(3))
    compiled(np.ones(3, "f4"), 2)
    out = io.StringIO()
    compiled.inspect_types(file=out)
    compiled.inspect_types()
    text = out.getvalue()
    assert capsys.readouterr().out == text
    first = loop.__code__.co_firstlineno
    for dtype in ("float64", "float32"):
        only = io.StringIO()
        compiled.inspect_types(file=only, signature=(types.Array(getattr(types, dtype), 1, "C"), int64))
        part = only.getvalue()
        assert part in text
        lines = part.splitlines()
        where = lines.index("        s += a[i]")
        below = lines[where + 1 : lines.index(f"# --- LINE {first + 5} ---")]
        assert lines[where - 2] == f"# --- LINE {first + 4} ---"
        assert any(f": {dtype} = getitem" in line for line in below)
    shown = compiled.inspect_types(pretty=True)
    assert str(shown) in text.replace("\n\n\n", "\n\n") or str(shown).strip() in text
    assert "&lt;" in shown._repr_html_()
    with pytest.raises(ValueError):
        compiled.inspect_types(file=out, pretty=True)


def test_types_of_a_function_without_source():
    scope = {}
    exec("def f(x):\n  return x * 2", scope)
    compiled = njit(scope["f"])
    compiled(1)
    out = io.StringIO()
    compiled.inspect_types(file=out)
    assert 'binary "*"' in out.getvalue() and "# --- LINE 2 ---" in out.getvalue()


def test_annotation_info():
    compiled = njit(loop)
    compiled(np.ones(3))
    ((place, signature), info), = compiled.get_annotation_info().items()
    first = loop.__code__.co_firstlineno
    assert place == f"{__file__}:{first}" and signature.endswith("-> float64")
    assert info["python_lines"][4] == (first + 4, "s += a[i]") and info["python_indent"][first + 4] == 8
    assert any("getitem" in text for text, _ in info["ir_lines"][first + 4])
    assert info["funcname"] == "loop" and info["filename"] == __file__


def test_control_flow_graphs():
    compiled = njit(loop)
    compiled(np.ones(3))
    graph = compiled.inspect_cfg(compiled.signatures[0])
    text = str(compiled.inspect_cfg()[compiled.signatures[0]])
    assert text == str(graph) == graph.dot
    assert text.startswith("digraph") and text.count("{") == text.count("}")
    nodes = {line.split()[0] for line in text.splitlines() if "[label=" in line}
    edges = [line.strip(" ;").split(" -> ") for line in text.splitlines() if " -> " in line and "label" not in line]
    assert len(nodes) > 2 and all(end.split()[0] in nodes for edge in edges for end in edge)
    with pytest.raises(NotBuiltError, match="inspect_asm"):
        compiled.inspect_disasm_cfg()


def regions(a, n):
    s = 0.0
    for i in prange(n):
        s += a[i]
    return s + (a * 2).sum()


def test_parallel_diagnostics(capsys):
    compiled = njit(parallel=True)(regions)
    compiled(np.ones(3), 3)
    compiled.parallel_diagnostics(level=4)
    shown = {line.split("--")[0].strip(): line for line in capsys.readouterr().out.splitlines() if "#" in line}
    assert set(shown) == {"for i in prange(n):", "return s + (a * 2).sum()"}
    assert "(reduction)" in shown["for i in prange(n):"]
    compiled = njit(regions)
    compiled(np.ones(3), 3)
    compiled.parallel_diagnostics()
    assert "without parallel=True" in capsys.readouterr().out


def test_metadata(listed):
    metadata = listed.get_metadata()
    assert list(metadata) == listed.signatures
    assert metadata[int64, int64] == listed.get_metadata((int64, int64))
    assert metadata[int64, int64]["options"] == listed.targetoptions
