"""What Numba's names mean here: one lookup over the table of names, for the drop-in and for our own modules.

A name of the table is implemented by the module that HOMES or OBJECTS name, is a name of another module, or gets a
stand-in that raises when used. A name that is not in the table is an AttributeError.
"""

from importlib import import_module

from lancehead import unbuilt
from lancehead._numba_names import ALL, BASES, NAMES, REDIRECTED

# Modules of Numba that a module of ours implements as a whole.
HOMES = {
    "numba.core.types": "lancehead.types",
    "numba.core.errors": "lancehead.errors",
    "numba.core.config": "lancehead.config",
    "numba.typed": "lancehead.typed",
    "numba.extending": "lancehead.extending",
    "numba.np.numpy_support": "lancehead.numpy_support",
    "numba.cuda": "lancehead.cuda",
}

# Single objects, by their place in the table; `a=b` where ours is called b.
OBJECTS = {
    "numba": {
        "lancehead.numba_dialect": "jit njit jit_module vectorize",
        "lancehead.decorators": "cfunc guvectorize stencil",
        "lancehead.parallel": """prange pndindex get_num_threads set_num_threads threading_layer get_thread_id
            get_parallel_chunksize set_parallel_chunksize parallel_chunksize""",
        "lancehead.value_types": "typeof",
        "lancehead.numpy_support": "from_dtype",
        "lancehead.version": "version_info",
        "lancehead": "cuda",
    },
    "numba.np.numpy_support": {"lancehead.signatures": "signature"},
    "numba.core.typing.templates": {"lancehead.signatures": "Signature"},
    "numba.core.typing.typeof": {"lancehead.value_types": "Purpose"},
    "numba.core.sigutils": {"lancehead.signatures": "is_signature normalize_signature"},
    "numba.core.dispatcher": {"lancehead._lancehead": "Dispatcher"},
    "numba.core.registry": {"lancehead._lancehead": "CPUDispatcher=Dispatcher"},
    "numba.np.ufunc.dufunc": {"lancehead.ufuncs": "DUFunc"},
}

_entries = {}  # module -> name -> (kind, target)
_found = {}    # (module, name) -> object
_modules = {}  # Numba's name -> module object


def entries_of(module):
    """name -> (kind, target) of a module of Numba; target is what stands behind `=` in the table, or None."""
    module = REDIRECTED.get(module, module)
    known = _entries.get(module)
    if known is None:
        known = _entries[module] = {}
        for kind, names in NAMES.get(module, {}).items():
            for item in names.split():
                name, _, target = item.partition("=")
                known[name] = (kind, target or None)
        for items in OBJECTS.get(module, {}).values():
            for item in items.split():
                known.setdefault(item.partition("=")[0], ("constant", None))
    return known


def names_of(module):
    return set(entries_of(module))


def all_of(module):
    return ALL[REDIRECTED.get(module, module)].split()


def is_module(name):
    """Whether Numba has a module of this name that can be imported here."""
    if name in NAMES or name in REDIRECTED:
        return True
    parent, _, last = name.rpartition(".")
    kind, target = entries_of(parent).get(last, (None, None))
    return kind == "module" and target is None


def attribute_of(module, name, shown_as=None):
    """The object; AttributeError if Numba's module has no such name. Found once, then the same."""
    module = REDIRECTED.get(module, module)
    try:
        return _found[module, name]
    except KeyError:
        pass
    if name == "__all__" and module in ALL:
        return all_of(module)
    entry = entries_of(module).get(name)
    if entry is None:
        raise AttributeError(f"module {shown_as or module!r} has no attribute {name!r}")
    found = _implemented(module, name)
    if found is None:
        found = _by_kind(module, name, *entry)
    return _found.setdefault((module, name), found)


def _implemented(module, name):
    for ours, items in OBJECTS.get(module, {}).items():
        for item in items.split():
            theirs, _, our_name = item.partition("=")
            if theirs == name:
                return getattr(import_module(ours), our_name or name)
    return _ours(module, name) if module in HOMES else None


def _ours(module, name):
    """What the module of ours has itself: not its attributes, which come back to this lookup."""
    own = vars(import_module(HOMES[module]))
    if name in own:
        return own[name]
    return own["_on_demand"](name) if "_on_demand" in own else None


def _by_kind(module, name, kind, target):
    full_name = f"{module}.{name}"
    if kind == "alias":
        owner, _, theirs = target.partition(":")
        return attribute_of(owner, theirs or name)
    if kind == "module":
        return _module(target or full_name)
    if kind == "foreign":
        owner, _, theirs = target.partition(":")
        return getattr(import_module(owner), theirs)
    if kind == "class":
        return _class(module, name)
    return unbuilt.NotBuilt(full_name)


def _module(name):
    if name.startswith("numba"):
        return module_object(name)
    try:
        return import_module(name)
    except ImportError:
        return unbuilt.NotBuiltModule(name)


def module_object(name):
    """The module that stands for Numba's module `name`: ours, or one that looks its names up here."""
    name = REDIRECTED.get(name, name)
    found = _modules.get(name)
    if found is None:
        if name in HOMES:
            found = import_module(HOMES[name])
        elif name in NAMES:
            found = AliasModule(name)
        else:
            found = unbuilt.NotBuiltModule(name)
            found.__path__ = []
        _modules[name] = found
    return found


class AliasModule(unbuilt.ModuleType):
    """A module of Numba whose names are looked up when they are asked for."""

    def __init__(self, name):
        super().__init__(name, f"{name} as Lancehead offers it.")
        self.__path__ = []

    def __getattr__(self, name):
        return attribute_of(self.__name__, name)

    def __setattr__(self, name, value):
        # The import system sets modules on their parents, where Numba has a function of the same name: jitclass.
        is_module = isinstance(value, unbuilt.ModuleType)
        if not is_module or entries_of(self.__name__).get(name, ("module",))[0] == "module":
            super().__setattr__(name, value)

    def __dir__(self):
        return sorted(names_of(self.__name__) | set(self.__dict__))


def _class(module, name):
    bases = _bases(module).get(name)
    if bases is None:
        return unbuilt.not_built_class(module, name)
    resolved = tuple(class_named(module, base) for base in bases) or (object,)
    return unbuilt.not_built_class(module, name, resolved, type(resolved[0]))


def class_named(module, name):
    """A class of `module`, private ones and those of the standard library included."""
    ours = _ours(module, name)
    if ours is not None:
        return ours
    if name not in _bases(module):
        for owner in ("builtins", "abc"):
            if hasattr(import_module(owner), name):
                return getattr(import_module(owner), name)
        return object  # such as enum's, which cannot be a base of a class without members
    if name in entries_of(module):
        return attribute_of(module, name)
    if (module, name) not in _found:
        _found[module, name] = _class(module, name)
    return _found[module, name]


def _bases(module):
    """Class -> names of its bases."""
    table = {}
    for item in BASES.get(module, "").split():
        name, _, bases = item.partition(":")
        table[name] = bases.split(",") if bases else []
    return table
