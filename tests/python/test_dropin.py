"""The drop-in: every way of making `import numba` mean Lancehead, and the command line. Every run is a process."""

import os
import shutil
from pathlib import Path

import pytest

import lancehead
from lancehead import drop_in

PROGRAM = """\
import sys
import numba
from numba import jit, int32, prange, vectorize, float64, cuda
import numba.core.types as core_types, numba.core.errors
from numba.typed import List
print(numba.__version__, numba.types is core_types, numba.int32 is core_types.int32, sys.argv[1:], __name__)
print(jit(int32(int32))(lambda x: x).signatures)
"""
OUTPUT = "0.68.1 True True ['one', '--two'] __main__\n[(int32,)]\n"


def with_path(folder):
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))}


@pytest.fixture
def program(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    return tmp_path / "program.py"


def test_running_a_script(run_python, program):
    assert run_python("-m", "lancehead", str(program), "one", "--two") == OUTPUT


def test_running_a_module(run_python, program):
    assert run_python("-m", "lancehead", "-m", "program", "one", "--two", cwd=program.parent) == OUTPUT


def test_running_code(run_python, program):
    assert run_python("-m", "lancehead", "-c", PROGRAM, "one", "--two") == OUTPUT


def test_scripts_import_their_neighbours(run_python, tmp_path):
    (tmp_path / "neighbour.py").write_text("import numba; kernel = numba.njit(lambda x: x)")
    (tmp_path / "script.py").write_text("import neighbour; print(neighbour.kernel.py_func)")
    assert "<lambda>" in run_python("-m", "lancehead", str(tmp_path / "script.py"))


def test_the_exit_status_is_the_scripts(run_python, tmp_path):
    (tmp_path / "script.py").write_text("raise SystemExit(7)")
    assert run_python("-m", "lancehead", str(tmp_path / "script.py"), check=False).returncode == 7


def test_numba_path(run_python, program):
    folder = run_python("-m", "lancehead", "--numba-path").strip()
    assert sorted(p.name for p in Path(folder).iterdir() if p.name != "__pycache__") == ["numba"]
    assert run_python(str(program), "one", "--two", env=with_path(folder)) == OUTPUT


@pytest.mark.parametrize("first", ["import numba.core.types", "from numba import cuda", "import numba.typed as t"])
def test_any_module_may_come_first(run_python, first):
    code = f"{first}; import numba; print(numba.__version__)"
    assert run_python(code, env=with_path(drop_in.alias_folder())) == "0.68.1\n"


def test_as_numba(run_python):
    code = "import lancehead.as_numba, numba, lancehead; print(numba.types is lancehead.types, numba.__version__)"
    assert run_python(code) == "True 0.68.1\n"


def test_as_numba_after_another_numba(run_python, tmp_path):
    (tmp_path / "numba.py").write_text("")
    run = run_python("import numba, lancehead.as_numba", env=with_path(tmp_path), check=False)
    assert "ImportError: another numba has been imported already" in run.stderr


def test_another_numba_on_the_path_is_not_found(run_python, tmp_path):
    (tmp_path / "numba").mkdir()
    (tmp_path / "numba" / "__init__.py").write_text("raise SystemError('the wrong one')")
    (tmp_path / "numba" / "extra.py").write_text("")
    code = "import lancehead.as_numba, numba\ntry: import numba.extra\nexcept ImportError as e: print(e)"
    assert run_python(code, env=with_path(tmp_path)) == "No module named 'numba.extra'\n"


def test_find_spec(run_python):
    code = "import lancehead.as_numba, importlib.util as u; print(u.find_spec('numba').name)"
    assert run_python(code) == "numba\n"


RECORD = """\
import lancehead, lancehead.as_numba, numba
from lancehead import _lancehead
class Recorder:
    def __new__(cls, py_func, options): print(options["dialect"], end=" ")
_lancehead.Dispatcher = Recorder
_lancehead.make_ufunc = lambda func, name, loops, options, identity: print(options["dialect"], end=" ")
for module in lancehead, numba:
    module.jit(lambda x: x), module.njit(nogil=True)(lambda x: x), module.jit(dialect="numpy")(lambda x: x)
    module.vectorize(["f8(f8)"])(lambda x: x)
"""


def test_dialects(run_python):
    assert run_python(RECORD).split() == ["numpy"] * 4 + ["numba", "numba", "numpy", "numba"]


CUDA = """\
import lancehead.as_numba
from numba import cuda
import numba.cuda.cudadrv.error as e
assert cuda.is_available() is False
assert e.CudaSupportError is cuda.CudaSupportError and issubclass(cuda.CudaSupportError, ImportError)
@cuda.jit
def kernel(a): a[cuda.grid(1)] = 1
@cuda.jit("void(float64[:])")
def typed_kernel(a): pass
@cuda.jit(device=True)
def device(a): return a
from numba import vectorize
ufunc = vectorize(["f8(f8)"], target="cuda")(lambda x: x)
for use in (lambda: kernel[1, 32]([1]), lambda: typed_kernel[1, 1](1), lambda: kernel.forall(3)(1), lambda: device(1),
            lambda: cuda.to_device([1]), lambda: list(cuda.gpus), cuda.synchronize, lambda: ufunc(1.0)):
    try: use()
    except cuda.CudaSupportError as error: assert "CUDA devices are not supported yet" in str(error)
    else: raise SystemExit("no error")
try: kernel(1)
except ValueError as error: print(str(error).splitlines()[0])
"""


def test_cuda(run_python):
    assert run_python(CUDA) == "Kernel launch configuration was not specified. Use the syntax:\n"


def test_settings_say_why(run_python):
    env = {"LANCEHEAD_FALLBACK": "error", "LANCEHEAD_CACHE_DIR": "", "NUMBA_CACHE_DIR": "/c"}
    out = run_python("-m", "lancehead", "-s", env=env)
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.startswith("  ") and line.split()}
    assert lines["FALLBACK"] == ["'error'", "LANCEHEAD_FALLBACK"]
    assert lines["CACHE_DIR"] == ["'/c'", "NUMBA_CACHE_DIR"]
    assert lines["DISABLE_JIT"] == ["0", "default"]
    assert f"Lancehead {lancehead.__version__}" in out and "0.68.1" in out


def test_cache_commands(run_python, tmp_path):
    env = {"LANCEHEAD_CACHE_DIR": str(tmp_path)}
    assert "entries: 0" in run_python("-m", "lancehead", "cache", "info", env=env).splitlines()
    assert run_python("-m", "lancehead", "cache", "clear", env=env) == "removed 0 entries\n"


@pytest.mark.parametrize("arguments", [[], ["--nonsense"], ["-m"], ["cache", "burn"]], ids=" ".join)
def test_wrong_usage(run_python, arguments):
    run = run_python("-m", "lancehead", *arguments, check=False)
    assert run.returncode == 2 and "python -m lancehead script.py" in run.stderr


def test_help_and_version(run_python):
    assert "--numba-path" in run_python("-m", "lancehead", "--help")
    assert run_python("-m", "lancehead", "--version").strip() == lancehead.__version__


def test_without_the_compiled_part(run_python, tmp_path):
    source = Path(lancehead.__file__).parent
    shutil.copytree(source, tmp_path / "lancehead", ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    run = run_python("import lancehead", env={"PYTHONPATH": str(tmp_path)}, check=False)
    assert "ImportError: the compiled part of Lancehead is not there" in run.stderr
    assert "./dev build" in run.stderr


def test_names_do_not_depend_on_how_they_were_imported(run_python):
    """The compiler finds prange by its name in the package's dictionary."""
    code = "import lancehead.as_numba, sys; from numba import prange; p = vars(sys.modules['lancehead'])['prange']"
    assert run_python(code + "; print(p is prange, p.__module__, p.__name__)") == "True lancehead prange\n"
