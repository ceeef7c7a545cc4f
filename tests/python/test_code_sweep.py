"""Code that nobody wrote for us goes through the decoder, the SSA builder and the verifier: a sample of the standard library here,
all of it and popular packages in tools/code_sweep.py."""

import importlib.util
import sysconfig

import pytest
from conftest import ROOT

from lancehead._lancehead import check_front_end

SAMPLE = 13  # every 13th file


def load_tool():
    spec = importlib.util.spec_from_file_location("code_sweep", ROOT / "tools" / "code_sweep.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def reports(source):
    return check_front_end(compile(source, "source", "exec"))


def test_sample_of_the_standard_library():
    tool = load_tool()
    objects = instructions = in_ssa = 0
    for path in list(tool.sources(sysconfig.get_path("stdlib")))[::SAMPLE]:
        if result := tool.check_file(path, check_front_end):
            counts, _, failures = result
            assert not failures
            objects += counts["objects"]
            instructions += counts["instructions"]
            in_ssa += counts["in_ssa"]
    assert objects > 1000
    assert in_ssa > 0.95 * instructions


# What stands on the stack below a handler becomes values in front of it, not under it.
@pytest.mark.parametrize("inner", ["{k: 2 for k in z}", "[k for k in z]", "{k for k in z}"])
@pytest.mark.parametrize("outer", ["{{'a': q, 'b': r, **dict({})}}", "(q, (r, q), *{})", "print(q, 'a', {})", "q[r:q, {}]"])
def test_values_under_an_inlined_comprehension(inner, outer):
    for _, _, _, undecoded, refused, broken, _ in reports(f"def f(z, q, r):\n    return {outer.format(inner)}\n"):
        assert not (undecoded or refused or broken)


def test_code_behind_what_is_not_supported_is_built():
    (_, (_, _, _, _, _, broken, unsupported)) = reports("def f(a):\n    with a as b:\n        b = {1}\n    del b.x\n    return f'{a}'\n")
    assert not broken
    assert {"a with statement", "a set", "del of an attribute", "an f-string"} == {
        what.split(" is not supported in compiled code")[0] for what in unsupported
    }


def test_only_code_objects():
    with pytest.raises(TypeError, match="code object"):
        check_front_end("x = 1")
