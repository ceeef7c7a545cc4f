"""tools/numpy_conformance.py: what it rewrites runs compiled, what no row lists is NumPy's, and a wrong value is found."""

import ast
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy_versions import since

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))

import numpy_conformance
from conformance import rewrite, rows
from conformance.operations import Operations
from conformance.wrappers import Record, Runner

TESTS = '''
import numpy as np
from numpy.testing import assert_raises


class TestSome:
    def test_native(self):
        a = np.zeros((3, 4))
        a[1:, ::2] = 2
        a[0, -1] += 3.5
        a *= 2
        assert (a[1:].T).shape == (4, 2) and np.sum(a) == a.sum() == 23.0

    def test_errors(self):
        a = np.ones(3)
        with assert_raises(IndexError):
            a[3]
        assert_raises(ValueError, np.reshape, a, (2, 2))

    def test_outside(self):
        assert np.zeros(2, object)[0] == 0 and sorted([3, 1])[0] == 1 and {1: 2}[1] == 2
'''


pytestmark = since("2.4", "functions in C have no signatures, which the tool reads")


@pytest.fixture(scope="module")
def text():
    return json.dumps(rows.collect())


def run(runner, text, test):
    scope = {rewrite.HOOK: Operations(runner, rows.Rows(text))}
    exec(rewrite.rewritten(TESTS, "<tests>"), scope)
    runner.record = Record()
    getattr(scope["TestSome"](), test)()
    return runner.record


def test_operations_run_compiled(text):
    record = run(Runner(), text, "test_native")
    assert record.native >= 8 and not record.fallbacks and not record.outside


def test_errors_are_raised_by_compiled_code(text):
    record = run(Runner(), text, "test_errors")
    assert record.native == 3 and record.alike == 0


def test_what_is_no_row_is_numpys(text):
    record = run(Runner(), text, "test_outside")
    assert record.native == 0 and set(record.outside) == {"zeros: dtype object", "a[...]: dtype object"}


def test_a_wrong_value_is_found(text):
    runner = Runner(shadow=True)
    run(runner, text, "test_native")
    wrong = next(w for key, w in runner.wrappers.items() if "np.sum" in key[0])
    wrong.compiled = lambda a: np.sum(a) + 1
    with pytest.raises(AssertionError):
        run(runner, text, "test_native")
    assert [what.split(" of ")[0] for what in runner.record.wrong] == ["sum"]


def test_what_a_list_refuses_falls_back(text):
    data = json.loads(text)
    data["functions"]["numpy.kaiser"] = {"parameters": ["M", "beta"], "groups": ["real"]}
    runner = Runner()
    operations = Operations(runner, rows.Rows(json.dumps(data)))
    assert operations.call(np.kaiser, 3, 1.0).shape == (3,)
    assert list(runner.record.fallbacks) == ["kaiser: numpy.kaiser() is not supported in compiled code"]
    with pytest.raises(TypeError):
        operations.call(np.kaiser, 3, None)
    assert runner.record.alike == 1


def test_a_module_of_numpys_tests():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["numpy_conformance.py", "test_twodim_base"])
        assert numpy_conformance.main() == 0


@pytest.mark.parametrize(
    "source",
    ["def f(a):\n    a[1], b = 2, 3", "x = [1, 2][0]", "def f():\n    return len(locals())", "@mark[0]\ndef f(x=a[1]): pass", "a < b < c"],
)
def test_what_is_left_alone(source):
    assert ast.unparse(rewrite.Rewriter().visit(ast.parse(source))) == ast.unparse(ast.parse(source))


CRASHING = '''
import os
import numpy as np


def test_first():
    assert np.ones(3)[1] == 1


def test_crash():
    np.ones(3)[1:]
    os.abort()


def test_wrong_by_itself():
    assert np.ones(3)[1] == 2


def test_warns():
    with np.testing.assert_raises(FloatingPointError), np.errstate(all="raise"):
        np.ones(3) / np.zeros(3)


def test_last():
    assert (np.ones(3) + 1)[1] == 2
'''


def test_a_crash_is_one_test(tmp_path, text, monkeypatch):
    (tmp_path / "test_crashing.py").write_text(CRASHING)
    (tmp_path / "rows.json").write_text(text)
    monkeypatch.setitem(numpy_conformance.NAMES, "crashing", "test_crashing")
    monkeypatch.setattr(numpy_conformance, "PATHS", [*numpy_conformance.PATHS, str(tmp_path)])
    results = numpy_conformance.Module("crashing", str(tmp_path / "rows.json")).all()
    results = {test.partition("::")[2]: result for test, result in results.items()}
    assert {test: result["verdict"][0] for test, result in results.items()} == {
        "test_first": "passed",
        "test_crash": "not counted",  # it crashes without us as well
        "test_wrong_by_itself": "not counted",
        "test_warns": "differs otherwise",
        "test_last": "passed",
    }
    assert results["test_warns"]["verdict"][1] == "no-warnings"
    assert results["test_crash"]["error"].startswith("crash: exit status -6")
