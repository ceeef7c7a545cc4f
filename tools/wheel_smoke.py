"""Tries an installed wheel, in a venv that has it and NumPy alone: run by tools/wheel.sh with python -I.

    python -I wheel_smoke.py OPENED_LIBRARIES.TXT

Results are compared with what CPython computes. What a machine without our build tools lacks must not be used either:
every shared library that this process and its children map is the wheel's, NumPy's, CPython's or the C++ runtime's.
"""
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np

SITE = Path(sys.prefix).resolve() / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
SYSTEM = re.compile(r"(ld-linux-x86-64|lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s|z))\.so\.\d+$|libstdc\+\+\.so\.6\.[\d.]+$")


def mapped():
    """Paths of the shared libraries that this process has mapped."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {Path(fields[5]) for line in lines if len(fields := line.split(None, 5)) == 6 and ".so" in fields[5]}


BEFORE = mapped()  # NumPy's and CPython's

import lancehead as nb  # noqa: E402


def run(*arguments, **environment):
    """What a fresh interpreter of this venv prints."""
    done = subprocess.run([sys.executable, *arguments], env={**os.environ, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


def check_what_is_installed(opened):
    installed = {dist.metadata["Name"] for dist in importlib.metadata.distributions()}
    assert installed == {"lancehead", "numpy"}, installed
    folder = Path(nb.__file__).resolve().parent
    assert folder == SITE / "lancehead", f"{folder} is not the installed package"
    assert importlib.metadata.version("lancehead") == nb.__version__
    rows = [line.split() for line in Path(opened).read_text().splitlines() if re.match("[a-z]", line)]
    for kind, name in rows:
        assert (folder / (f"lib{name}.so" if kind == "target" else name)).is_file(), f"the wheel lacks {name}"


def check_functions():
    @nb.njit
    def gcd(a, b):
        while b:
            a, b = b, a % b
        return a

    @nb.njit
    def scaled(a, s):
        return np.sqrt(a * a + s).sum()

    @nb.vectorize([nb.float64(nb.float64, nb.float64)])
    def clipped(x, low):
        return low if x < low else x

    @nb.njit
    def item(a, i):
        return a[i]

    a = np.linspace(-3.0, 4.0, 1001)
    assert gcd(1071, 462) == gcd.py_func(1071, 462) and len(gcd.signatures) == 1
    assert scaled(a, 2.0) == scaled.py_func(a, 2.0)
    assert np.array_equal(clipped(a, 0.5), np.maximum(a, 0.5))
    try:
        item(a, 5000)
    except IndexError as error:
        assert "5000" in str(error), error
    else:
        raise AssertionError("no IndexError")


def check_prange():
    @nb.njit(parallel=True)
    def squares(out):
        for i in nb.prange(len(out)):
            out[i] = i * i
        return out

    assert np.array_equal(squares(np.zeros(10_001)), np.arange(10_001.0) ** 2)
    assert nb.threading_layer() == "tbb", nb.threading_layer()
    assert any("libtbb" in path.name for path in mapped()), "oneTBB was not opened"


CACHED = """
import lancehead
@lancehead.njit
def cube(x): return x * x * x
print(cube(7), sum(cube.stats.cache_hits.values()), "liblancehead_llvm" in open("/proc/self/maps").read())
"""


def check_cache():
    Path("cached.py").write_text(CACHED)
    assert run("cached.py").split() == ["343", "0", "True"]
    assert run("cached.py").split() == ["343", "1", "False"]
    assert "entries" in run("-m", "lancehead", "cache", "info")


DROP_IN = """
import numba, numba.core.types
print(numba.__version__, numba.njit(lambda x: x + 1)(41))
"""


def check_drop_in():
    Path("drop_in.py").write_text(DROP_IN)
    Path("imported.py").write_text("import lancehead.as_numba\nimport drop_in\n")
    expected = f"{nb.version.NUMBA_VERSION} 42\n"
    assert run("-m", "lancehead", "drop_in.py") == expected
    assert run("imported.py") == expected
    folder = run("-m", "lancehead", "--numba-path").strip()
    assert Path(folder).is_relative_to(SITE), folder
    assert run("drop_in.py", PYTHONPATH=folder) == expected
    assert nb.version.NUMBA_VERSION in run("-m", "lancehead", "-s")


def check_mapped_libraries():
    foreign = [str(p) for p in mapped() - BEFORE if not p.is_relative_to(SITE) and not SYSTEM.match(p.name)]
    base = Path(sys.base_prefix).resolve() / "lib" / SITE.parent.name
    foreign = [path for path in foreign if not path.startswith(f"{base}/")]
    assert not foreign, f"not in the wheel: {', '.join(sorted(foreign))}"


def main():
    check_what_is_installed(sys.argv[1])
    check_functions()
    check_prange()
    check_cache()
    check_drop_in()
    check_mapped_libraries()
    print(f"installed alone: lancehead {nb.__version__} works on CPython {sys.version.split()[0]}, NumPy {np.__version__}")


main()
