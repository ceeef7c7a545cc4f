"""Writes python/lancehead/_numba_names.py: which public names Numba has, and what they are.

Run by a Python that has the Numba release whose names Lancehead offers (`./dev numba-venv` makes one):
    PYTHON tools/introspect_numba_names.py > python/lancehead/_numba_names.py

Modules in FULL are recorded with every public name; of those in PARTIAL, which clients import for extensions,
only what Numba itself defines. A name whose object an earlier module already offers is recorded as an alias.
"""

import importlib
import sys
import textwrap
import types as pytypes
import warnings

FULL = """
numba.core.errors numba.core.types numba.core.config numba numba.typed numba.extending numba.experimental
numba.core.extending numba.np.numpy_support numba.cuda numba.cuda.cudadrv.error
""".split()

PARTIAL = """
numba.core numba.core.bytecode numba.core.caching numba.core.ccallback numba.core.cgutils numba.core.codegen
numba.core.compiler numba.core.compiler_lock numba.core.compiler_machinery numba.core.cpu
numba.core.datamodel numba.core.datamodel.models numba.core.decorators numba.core.descriptors
numba.core.dispatcher numba.core.event numba.core.imputils numba.core.ir numba.core.ir_utils
numba.core.optional numba.core.options numba.core.pythonapi numba.core.registry
numba.core.rewrites numba.core.runtime numba.core.runtime.nrt numba.core.serialize
numba.core.sigutils numba.core.target_extension numba.core.targetconfig numba.core.typeconv
numba.core.typed_passes numba.core.typeinfer numba.core.typing numba.core.typing.asnumbatype
numba.core.typing.cffi_utils numba.core.typing.ctypes_utils numba.core.typing.templates
numba.core.typing.typeof numba.core.unsafe numba.core.unsafe.bytes numba.core.unsafe.refcount
numba.core.untyped_passes numba.core.utils numba.core.withcontexts
numba.cpython numba.cpython.unsafe numba.cpython.unsafe.tuple numba.experimental.function_type
numba.experimental.jitclass numba.experimental.structref numba.misc numba.misc.special numba.np
numba.np.arrayobj numba.np.extensions numba.np.linalg numba.np.types numba.np.types.datetime
numba.np.ufunc numba.np.ufunc.decorators numba.np.ufunc.dufunc numba.np.ufunc.gufunc numba.np.ufunc.parallel
numba.np.unsafe numba.np.unsafe.ndarray numba.parfors numba.parfors.parfor numba.pycc numba.stencils
numba.stencils.stencil numba.testing numba.typed.dictobject numba.typed.listobject numba.typed.typeddict
numba.typed.typedlist numba.typed.typedobjectutils numba.typed.typedset
""".split()

# Names that stand for another module: Numba's own redirections, and the files that types are spread over.
REDIRECTED = {f"numba.{_name}": f"numba.core.{_name}" for _name in ("types", "config", "errors")}
for _file in "abstract common containers function_type functions iterators misc npytypes scalars".split():
    REDIRECTED[f"numba.core.types.{_file}"] = "numba.core.types"
# What Numba makes at the first access only, so that dir() does not tell of it.
LAZY = {"numba.typed": "Dict List Set typeddict typedlist typedset", "numba.experimental": "function_type structref"}
WIDTH = 112


def public_names(module):
    """The names, an object's own name before its other names."""
    names = set(dir(module)) | set(getattr(module, "__all__", ())) | set(LAZY.get(module.__name__, "").split())
    names = {name for name in names if not name.startswith("_") and has(module, name)}

    def own_name_first(name):
        obj = getattr(module, name)
        return name != (own_name(obj)), name

    return sorted(names, key=own_name_first)


def own_name(obj):
    return getattr(obj, "__name__", None) or (getattr(obj, "name", "") if hasattr(obj, "mangling_args") else "")


def has(module, name):
    if hasattr(module, name):
        return True
    try:
        importlib.import_module(f"{module.__name__}.{name}")
    except ImportError:
        return False
    return hasattr(module, name)


def is_numbas(obj):
    return str(getattr(obj, "__module__", None) or "").startswith("numba")


def kind_of(obj):
    if isinstance(obj, pytypes.ModuleType):
        return "module"
    if isinstance(obj, type):
        return "class"
    return "function" if callable(obj) and not hasattr(obj, "bitwidth") and not hasattr(obj, "key") else "constant"


def importable_as(obj):
    """'module:name' under which a foreign object can be imported."""
    for module_name in (obj.__module__, "types", "builtins"):
        for name, candidate in vars(sys.modules.get(module_name, pytypes)).items():
            if candidate is obj and not name.startswith("_"):
                return f"{module_name}:{name}"
    raise LookupError(f"{obj!r} cannot be imported")


def plain_value(obj):
    return obj is None or type(obj) in (bool, int, float, str)


class Table:
    """Collects names module by module; the first module that has an object owns it."""

    def __init__(self):
        self.owner = {}
        self.names = {}
        self.values = {}
        self.all = {}

    def add(self, module_name, module, full, names):
        kinds = self.names[module_name] = {}
        for name in names:
            obj = getattr(module, name)
            kind = kind_of(obj)
            if kind == "module":
                if not full and not obj.__name__.startswith("numba"):
                    continue
                kinds.setdefault(kind, []).append(self.renamed(name, obj.__name__, f"{module_name}.{name}"))
                continue
            shared = is_numbas(obj) or is_numbas(type(obj))
            owner = self.owner.get(id(obj)) if shared else None
            if owner:
                home, _, theirs = owner.partition(":")
                kinds.setdefault("alias", []).append(f"{name}={home}" if theirs == name else f"{name}={owner}")
                continue
            if not full and not (shared and getattr(obj, "__module__", module_name) == module_name):
                continue
            if shared:
                self.owner[id(obj)] = f"{module_name}:{name}"
            if full and not is_numbas(obj) and kind != "constant" and hasattr(obj, "__name__"):
                kinds.setdefault("foreign", []).append(self.renamed(name, importable_as(obj), ""))
                continue
            kinds.setdefault(kind, []).append(name)
            if kind == "constant" and plain_value(obj) and module_name == "numba.core.config":
                self.values[name] = obj
        if full and hasattr(module, "__all__"):
            self.all[module_name] = " ".join(module.__all__)

    @staticmethod
    def renamed(name, target, default):
        return name if target == default else f"{name}={target}"


def class_bases(module):
    """'Name:Base1,Base2' of every class of the module (private bases included), bases first."""
    done = {}

    def visit(cls):
        foreign = issubclass(cls, BaseException) and module.__name__ != "numba.core.errors"
        if cls.__name__ in done or foreign or not is_numbas(cls):
            return
        for base in cls.__bases__:
            visit(base)
        bases = [b.__name__ for b in cls.__bases__ if b is not object]
        done[cls.__name__] = f"{cls.__name__}:{','.join(bases)}" if bases else cls.__name__

    for name in public_names(module):
        obj = getattr(module, name)
        if isinstance(obj, type):
            visit(obj)
    return " ".join(done.values())


def quoted(text, indent):
    """A string literal over as many lines as it needs."""
    if len(text) + indent + 3 < WIDTH:
        return f'"{text}"'
    pad = " " * indent
    lines = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return '"""\n' + "\n".join(pad + line for line in lines) + '"""'


def machine_dependent(name):
    parts = ("THREADS", "CPU", "DIR", "PATH", "GDB", "IS_", "MACHINE", "PYVERSION", "COLOR")
    return any(part in name for part in parts)


def main():
    warnings.simplefilter("ignore")
    import numba

    table = Table()
    failed = []
    plain_import = public_names(numba)  # before other modules are imported, which become its attributes
    for full, modules in ((True, FULL), (False, PARTIAL)):
        for module_name in modules:
            try:
                module = importlib.import_module(module_name)
            except ImportError as error:
                failed.append(f"{module_name}: {error}")
                continue
            names = plain_import if module is numba else public_names(module)
            table.add(module_name, module, full, names)
    out = [
        f'"""The public names of Numba {numba.__version__}: made by tools/introspect_numba_names.py, not to be edited.',
        "",
        "NAMES: module -> kind -> names; `a=m:b` means that a stands for b of module m, `a=m` for a of m; what is of",
        "kind module or foreign stands for the module or object named. REDIRECTED: module -> module. BASES: the",
        "classes of a module with their bases, bases first. DEFAULTS: settings of numba.core.config.",
        '"""',
        "",
        f"VERSION = {numba.__version__!r}",
        "",
        "REDIRECTED = {",
        *(f"    {name!r}: {target!r}," for name, target in REDIRECTED.items()),
        "}",
        "",
        "NAMES = {",
    ]
    for module_name, kinds in table.names.items():
        out.append(f'    "{module_name}": {{')
        for kind in ("function", "class", "constant", "module", "foreign", "alias"):
            if kind in kinds:
                out.append(f'        "{kind}": {quoted(" ".join(kinds[kind]), 12)},')
        out.append("    },")
    out += ["}", "", "ALL = {"]
    out += [f'    "{name}": {quoted(names, 8)},' for name, names in table.all.items()]
    out += ["}", "", "BASES = {"]
    for name in ("numba.core.types", "numba.core.errors"):
        out.append(f'    "{name}": {quoted(class_bases(sys.modules[name]), 8)},')
    out += ["}", "", "DEFAULTS = {"]
    out += [f"    {n!r}: {v!r}," for n, v in table.values.items() if not machine_dependent(n)]
    out += ["}"]
    print("\n".join(out))
    for line in failed:
        print("not there:", line, file=sys.stderr)


if __name__ == "__main__":
    main()
