#!/usr/bin/env python3
"""Writes functions of a Python file as .snap text (src/frontend/snap_text.h), with whatever CPython runs this.

    python tools/snap.py FILE.py [FUNCTION ...]     the snapshots, to standard output
    python tools/snap.py --fixtures [NAME ...]      all of tests/frontend/cases, into tests/frontend/snaps

A fixture is a file of functions without dependencies but the standard library. Each supported CPython writes a file of
its own, NAME.311.snap; `dev bless` then brings the expected texts up to date.
"""

import argparse
import builtins
import dis
import math
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.version_info[0] * 100 + sys.version_info[1]


def string(text):
    return quoted(text.encode("utf-8", "surrogatepass"))


def quoted(data):
    out = []
    for byte in data:
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        elif char == "\n":
            out.append("\\n")
        elif byte < 0x20 or byte >= 0x7F:
            out.append(f"\\x{byte:02x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'


def real(value):
    return value.hex() if math.isfinite(value) else repr(value)


class SnapWriter:
    """Turns values into text; numbers the objects that have no plain form."""

    def __init__(self):
        self.handles = {}
        self.kept = []

    def handle(self, obj):
        if id(obj) not in self.handles:
            self.handles[id(obj)] = len(self.handles) + 1
            self.kept.append(obj)  # so that the id stays its own
        return self.handles[id(obj)]

    def value(self, obj):
        plain = {None: "none", True: "true", False: "false", Ellipsis: "ellipsis"}
        if obj is None or obj is Ellipsis or isinstance(obj, bool):
            return plain[obj]
        kind = type(obj)
        if kind is int:
            return str(obj)
        if kind is float:
            return f"(float {real(obj)})"
        if kind is complex:
            return f"(complex {real(obj.real)} {real(obj.imag)})"
        if kind is str:
            return string(obj)
        if kind is bytes:
            return f"(bytes {quoted(obj)})"
        if kind is tuple:
            return self.sequence("tuple", obj)
        if kind is frozenset:
            return self.sequence("frozenset", sorted(obj, key=repr))
        if kind is slice:
            return self.sequence("slice", (obj.start, obj.stop, obj.step))
        if kind is types.CodeType:
            return self.code(obj)
        return self.object(obj)

    def sequence(self, head, items):
        return "(" + " ".join([head, *map(self.value, items)]) + ")"

    def object(self, obj):
        kind, name = classify(obj)
        return f"(object {kind} {self.handle(obj)} {string(name)} {string(type(obj).__name__)})"

    def code(self, code):
        def strings(head, names):
            return "(" + " ".join([head, *map(string, names)]) + ")"

        return "\n    ".join(
            [
                f"(code (python {PYTHON}) (name {string(code.co_name)}) (qualname {string(code.co_qualname)}) "
                f"(file {string(Path(code.co_filename).name)}) (line {code.co_firstlineno})",
                f"(args {code.co_argcount} {code.co_posonlyargcount} {code.co_kwonlyargcount}) "
                f"(flags {code.co_flags}) (stack {code.co_stacksize})",
                " ".join(
                    [
                        strings("names", code.co_names),
                        strings("varnames", code.co_varnames),
                        strings("cellvars", code.co_cellvars),
                        strings("freevars", code.co_freevars),
                    ]
                ),
                self.sequence("consts", code.co_consts),
                f'(bytes "{code.co_code.hex()}")',
                f'(lines "{code.co_linetable.hex()}")',
                f'(exceptions "{code.co_exceptiontable.hex()}"))',
            ]
        )

    def bindings(self, head, pairs):
        return "\n    ".join([f"({head}", *(f"({string(name)} {value})" for name, value in pairs)]) + ")"

    def snapshot(self, function):
        code = function.__code__
        cells = [cell_text(self, cell, name) for cell, name in zip(function.__closure__ or (), code.co_freevars)]
        return "\n  ".join(
            [
                f"(snapshot (module {string(function.__module__ or '')}) (qualname {string(function.__qualname__)}) "
                f"(handle {self.handle(function)})",
                self.bindings("globals", ((name, self.global_(function, name)) for name in global_names(code))),
                self.bindings("closure", zip(code.co_freevars, cells)),
                self.sequence("defaults", function.__defaults__ or ()),
                self.bindings("kwdefaults", ((n, self.value(v)) for n, v in (function.__kwdefaults__ or {}).items())),
                self.code(code) + ")",
            ]
        )

    def global_(self, function, name):
        for names in (function.__globals__, vars(builtins)):
            if name in names:
                return self.value(names[name])
        return unbound(name)


def unbound(name):
    return f'(object unbound 0 {string(name)} "")'


def cell_text(writer, cell, name):
    try:
        return writer.value(cell.cell_contents)
    except ValueError:
        return unbound(name)


def classify(obj):
    """The object's class as the reader knows it, and the name that goes with it."""
    qualified = f"{getattr(obj, '__module__', None)}.{getattr(obj, '__qualname__', '')}"
    if isinstance(obj, types.ModuleType):
        return "module", obj.__name__
    if isinstance(obj, type):
        return ("exception" if issubclass(obj, BaseException) else "class"), qualified
    if isinstance(obj, types.FunctionType):
        return "function", qualified
    if isinstance(obj, types.BuiltinFunctionType):
        return "callable", qualified
    return "other", repr(obj)[:80]


def global_names(code):
    """Names that the code or a nested one looks up outside its functions, in the order of their use."""
    names = {}
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            names[instruction.argval] = None
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            names.update(dict.fromkeys(global_names(const)))
    return list(names)


def functions_of(path):
    module = types.ModuleType(path.stem)
    exec(compile(path.read_text(), str(path), "exec"), module.__dict__)
    own = (f for f in vars(module).values() if isinstance(f, types.FunctionType) and f.__module__ == path.stem)
    return {f.__name__: f for f in own}


def snapshots(path, wanted=()):
    writer = SnapWriter()
    functions = functions_of(path)
    chosen = [functions[name] for name in wanted] if wanted else list(functions.values())
    return "(snapshots\n" + "\n".join(writer.snapshot(f) for f in chosen) + ")\n"


def write_fixtures(wanted):
    for path in sorted((ROOT / "tests/frontend/cases").glob("*.py")):
        if not wanted or path.stem in wanted:
            out = ROOT / "tests/frontend/snaps" / f"{path.stem}.{PYTHON}.snap"
            out.parent.mkdir(exist_ok=True)
            out.write_text(snapshots(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fixtures", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if options.fixtures:
        write_fixtures(options.names)
    elif options.names:
        sys.stdout.write(snapshots(Path(options.names[0]), options.names[1:]))
    else:
        parser.error("name a file")


if __name__ == "__main__":
    main()
