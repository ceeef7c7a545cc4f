"""What all Python tests share: an own cache, fresh processes, and the check that nothing leaks."""
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Before anything imports lancehead: no stray settings, and a cache that no other run has filled.
for _name in [name for name in os.environ if name.startswith(("LANCEHEAD_", "NUMBA_"))]:
    del os.environ[_name]
_session_cache = tempfile.mkdtemp(prefix="lancehead-tests-")
os.environ["LANCEHEAD_CACHE_DIR"] = _session_cache
os.environ["LANCEHEAD_VERIFY"] = "1"


def pytest_unconfigure():
    shutil.rmtree(_session_cache, ignore_errors=True)


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture
def cache_dir(tmp_path):
    """An empty cache folder, for processes started with LANCEHEAD_CACHE_DIR=cache_dir."""
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


@pytest.fixture
def run_python(tmp_path):
    """Runs code or arguments in a fresh interpreter and returns its stdout; a failure shows its stderr.

    run_python("print(1)"), run_python("-m", "lancehead", "x.py"), env={...} adds to the environment, check=False
    returns the CompletedProcess instead.
    """

    def run(*args, env=None, cwd=None, check=True, timeout=300):
        command = [sys.executable, *(["-c", *args] if len(args) == 1 else map(str, args))]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=cwd or tmp_path,
            env={**os.environ, **{name: str(value) for name, value in (env or {}).items()}},
        )
        if not check:
            return done
        assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


def _runtime_allocations():
    module = sys.modules.get("lancehead._lancehead")
    count = getattr(module, "runtime_allocations", None)
    return count() if count else None


@pytest.fixture(autouse=True)
def no_leak():
    """Contract C10: the runtime holds no more after a test than before it."""
    before = _runtime_allocations()
    yield
    after = _runtime_allocations()
    if after is None or after <= (before or 0):
        return
    gc.collect()
    after = _runtime_allocations()
    assert after <= (before or 0), f"the test leaks {after - (before or 0)} allocations of the runtime"
