"""Lancehead compiles Python functions of numbers and NumPy arrays to machine code, under Numba's names.

Importing starts nothing (contract C2): names are found when they are asked for.
"""

from importlib import import_module

from lancehead.version import __version__

try:
    import lancehead._lancehead as _lancehead
except ModuleNotFoundError as error:
    if error.name != "lancehead._lancehead":
        raise
    import sys

    raise ImportError(
        f"the compiled part of Lancehead is not there for this Python ({sys.implementation.cache_tag}, "
        f"{sys.executable}): build it with `./dev build` and start Python with `./dev python`"
    ) from None

from lancehead import config, errors

_lancehead.set_exceptions(errors.classes())


def _type_of_id(core_id):
    from lancehead.types.facade import type_of_id

    _lancehead.set_type_factory(type_of_id)
    return type_of_id(core_id)


_lancehead.set_type_factory(_type_of_id)
config.warn_of_unknown_variables()

# Names that are asked for most, or differ from the drop-in's; every other name is looked up among Numba's.
_HOMES = {
    "jit": "decorators",
    "njit": "decorators",
    "jit_module": "decorators",
    "vectorize": "decorators",
    "prange": "parallel",
}
# Modules that are imported when they are asked for.
_MODULES = frozenset(
    """cache cuda decorators drop_in experimental extending library numba_api numba_dialect numpy_support options
    parallel signatures typed types ufuncs unbuilt value_types""".split()
)


def __getattr__(name):
    if name in _HOMES:
        found = getattr(import_module("lancehead." + _HOMES[name]), name)
    elif name in _MODULES:
        return import_module("lancehead." + name)
    else:
        found = import_module("lancehead.numba_api").attribute_of("numba", name, __name__)
    globals()[name] = found
    return found


def __dir__():
    return sorted(import_module("lancehead.numba_api").names_of("numba") | set(globals()))
