"""Every public name of Numba can be imported; a name that Numba does not have cannot; unbuilt ones raise when used."""

import builtins
import importlib
import subprocess
import sys

import pytest

import lancehead
import lancehead.as_numba
from lancehead import _numba_names as table
from lancehead import errors, numba_api
from lancehead.unbuilt import NotBuilt

REQUIRED = [
    "numba",
    "numba.types",
    "numba.core.types",
    "numba.typed",
    "numba.extending",
    "numba.experimental",
    "numba.core.errors",
    "numba.core.config",
]
OURS = {
    "numba": "lancehead",
    "numba.core.types": "lancehead.types",
    "numba.core.errors": "lancehead.errors",
    "numba.core.config": "lancehead.config",
    "numba.typed": "lancehead.typed",
    "numba.extending": "lancehead.extending",
    "numba.experimental": "lancehead.experimental",
}


def names(module):
    return sorted(numba_api.names_of(module))


def test_the_table_has_what_numba_is_known_for():
    assert {"jit", "njit", "prange", "vectorize", "int32", "float64", "typed", "config"} <= set(names("numba"))
    assert {"Array", "UniTuple", "ListType", "voidptr"} <= set(names("numba.types"))
    assert {"List", "Dict"} <= set(names("numba.typed"))
    assert len(names("numba.core.errors")) > 40


@pytest.mark.parametrize("module", sorted(set(table.NAMES) | set(REQUIRED)))
def test_every_name_can_be_imported(module):
    imported = importlib.import_module(module)
    missing = []
    for name in names(module):
        scope = {}
        try:
            exec(f"from {module} import {name} as found", scope)
        except (ImportError, AttributeError) as error:
            missing.append(f"{name}: {error}")
        else:
            assert getattr(imported, name) is scope["found"] or module.endswith("config")
    assert not missing


@pytest.mark.parametrize("module", OURS)
def test_our_module_has_the_names_too(module):
    ours = importlib.import_module(OURS[module])
    assert not [name for name in names(module) if not hasattr(ours, name)]
    assert set(names(module)) <= set(dir(ours))


@pytest.mark.parametrize("module", sorted(table.NAMES) + sorted(set(OURS.values())))
def test_a_name_that_numba_lacks_is_an_error(module):
    imported = importlib.import_module(module)
    with pytest.raises(AttributeError, match="no_such_name"):
        imported.no_such_name
    with pytest.raises(ImportError):
        exec(f"from {module} import no_such_name")
    with pytest.raises(ImportError):
        importlib.import_module(module + ".no_such_module")


@pytest.mark.parametrize("module", ["numba", "numba.core.types", "numba.core.errors"])
def test_import_star(module):
    scope = {}
    exec(f"from {module} import *", scope)
    assert set(table.ALL[module].split()) <= set(scope)


def test_star_of_our_own_package():
    scope = {}
    exec("from lancehead import *", scope)
    assert scope["jit"] is lancehead.jit
    assert scope["int32"] is lancehead.types.int32


def unbuilt_of(kind):
    return [
        pytest.param(module, name, id=f"{module}.{name}")
        for module in table.NAMES
        for name in table.NAMES[module].get(kind, "").split()
        if "=" not in name
    ]


@pytest.mark.parametrize("module, name", unbuilt_of("function"))
def test_an_unbuilt_function_says_so_when_called(module, name):
    found = getattr(importlib.import_module(module), name)
    if isinstance(found, NotBuilt):
        with pytest.raises(errors.NotBuiltError, match=f"{module}.{name} is not built yet"):
            found(1)
        with pytest.raises(NotImplementedError):
            found(lambda x: x)


@pytest.mark.parametrize("module, name", unbuilt_of("class"))
def test_an_unbuilt_class_says_so_when_constructed(module, name):
    found = getattr(importlib.import_module(module), name)
    assert isinstance(found, type)
    assert not isinstance(3, found)
    if "_numba_name" in vars(found):
        with pytest.raises(errors.UnsupportedError, match=f"{name} is not built yet"):
            found(1)


def base_names(module):
    for item in table.BASES[module].split():
        name, _, bases = item.partition(":")
        yield pytest.param(module, name, bases.split(",") if bases else [], id=name)


@pytest.mark.parametrize("module, name, bases", [p for m in table.BASES for p in base_names(m)])
def test_classes_have_numbas_bases(module, name, bases):
    if not name.startswith("_") and name in names(module):
        cls = numba_api.class_named(module, name)
        for base in bases:
            if base not in ("ABC", "IntEnum"):
                expected = getattr(builtins, base, None) or numba_api.class_named(module, base)
                assert issubclass(cls, expected)


@pytest.mark.parametrize(
    "one, other",
    [
        ("numba.core.decorators:jit", "numba:jit"),
        ("numba.types:int32", "numba:int32"),
        ("numba.core.types.scalars:Integer", "numba.types:Integer"),
        ("numba.typed:List", "numba.typed.typedlist:List"),
        ("numba.core.errors:TypingError", "numba:TypingError"),
        ("numba.core.dispatcher:Dispatcher", "numba.core.registry:CPUDispatcher"),
        ("numba.core.extending:overload", "numba.extending:overload"),
        ("numba.np.ufunc:vectorize", "numba:vectorize"),
        ("numba.types:void", "numba:none"),
        ("numba.types:np_int32", "numba:i4"),
    ],
)
def test_one_object_has_one_identity(one, other):
    def resolve(spelling):
        module, _, name = spelling.partition(":")
        return getattr(importlib.import_module(module), name)

    assert resolve(one) is resolve(other)


HEAVY = ["re", "inspect", "typing", "dataclasses", "importlib.metadata", "ast"]
HEAVY += ["lancehead.types", "lancehead.decorators", "lancehead._numba_names"]


def test_importing_loads_little():
    """Counted in a fresh process beyond what NumPy loads (contract C2)."""
    code = (
        "import sys, numpy; before = set(sys.modules); import lancehead; "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "lancehead" in loaded
    assert not set(loaded) & set(HEAVY)
