"""Functions of the library that are written in Python: what is listed is what the modules implement, and is imported late."""
from importlib import import_module

import pytest

from lancehead import library


@pytest.mark.parametrize("module", sorted(library._CONTENTS))
def test_a_module_implements_what_is_listed(module):
    import_module(f"lancehead.library.{module}")
    made_here = {name for name, function in library._implementations.items() if function.__module__.endswith(f".{module}")}
    assert made_here == set(library._CONTENTS[module].split())


@pytest.mark.parametrize("name", sorted(library._HOMES))
def test_a_listed_function_is_found(name):
    assert library.implementation(name) is library._implementations[name]


def test_what_is_not_listed_has_no_implementation():
    assert library.implementation("numpy.no_such_function") is None


def test_modules_are_imported_when_they_are_needed(run_python):
    ours = "[name for name in sorted(sys.modules) if name.startswith('lancehead.library.')]"
    code = f"""
import sys, lancehead, numpy
first = {ours}
lancehead.njit(lambda x: x + 1)(1)
second = {ours}
lancehead.njit(lambda a: numpy.ptp(a))(numpy.arange(3.0))
print(first, second, 'lancehead.library.statistics' in {ours})
"""
    assert run_python(code) == "[] [] True\n"
