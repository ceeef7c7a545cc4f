"""Makes `import numba` mean Lancehead in this process: one finder for numba and all its modules."""

import os
import sys
from importlib.machinery import ModuleSpec

from lancehead import numba_api, version


class Finder:
    """Finds the modules that Numba has; another name under numba is a ModuleNotFoundError."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "numba":
            if not name.startswith("numba."):
                return None
            if not numba_api.is_module(name):  # other finders must not look into the folders of our packages
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return ModuleSpec(name, Finder, is_package=True)

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(module):
        found = numba_api.module_object(module.__name__)
        if isinstance(found, numba_api.AliasModule):
            found.__spec__ = module.__spec__
            found.__loader__ = Finder
        if not hasattr(found, "__path__"):
            found.__path__ = []  # Numba's module may have modules of its own
        if module.__name__ == "numba":
            found.__version__ = version.NUMBA_VERSION
            found.__file__ = os.path.join(alias_folder(), "numba", "__init__.py")
        sys.modules[module.__name__] = found  # the import system takes the module from there


def alias_folder():
    """The folder that makes `import numba` mean Lancehead if it stands first on the path."""
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "numba_alias")


def install():
    """From now on numba is Lancehead. ImportError if another numba has been imported already."""
    present = sys.modules.get("numba")
    if isinstance(present, numba_api.AliasModule):
        return
    if present is not None and not _is_our_alias(present):
        raise ImportError(f"another numba has been imported already, from {getattr(present, '__file__', 'unknown')}")
    if Finder not in sys.meta_path:
        sys.meta_path.insert(0, Finder)
    sys.modules.pop("numba", None)
    __import__("numba")


def _is_our_alias(module):
    path = getattr(module, "__file__", None) or ""
    return os.path.dirname(os.path.dirname(os.path.realpath(path))) == os.path.realpath(alias_folder())
