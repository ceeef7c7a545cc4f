#!/usr/bin/env python3
"""Writes recordings (src/infer/recording.h) of the functions in tests/infer/cases, for tests of inference without Python.

    ./dev python -V 3.13 tools/record.py [NAME ...]     all of tests/infer/cases, into tests/infer/recordings

What inference may ask about a file is answered in advance: snapshots of its functions (which count as jitted when others
call them), the attributes of modules and classes that the code names, and library functions written in Python.
"""

import sys
import types
from pathlib import Path

import numpy as np

import snap

ROOT = snap.ROOT
LIBRARY = "lancehead.library"


def import_library():
    """lancehead.library without the rest of the package, which needs the extension module."""
    package = types.ModuleType("lancehead")
    package.__path__ = [str(ROOT / "python/lancehead")]
    sys.modules["lancehead"] = package
    return __import__(LIBRARY, fromlist=["implementation"])


def code_names(code):
    """Names of attributes and globals in the code and in those inside it."""
    names = dict.fromkeys(code.co_names)
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            names.update(code_names(const))
    return names


def public_name(obj):
    """Where NumPy has the object in public, or its own name."""
    name = getattr(obj, "__name__", "")
    if isinstance(obj, type) and issubclass(obj, np.generic) and obj in np.sctypeDict.values():
        return f"numpy.{np.dtype(obj).name}"
    if getattr(np, name, None) is obj:
        return f"numpy.{name}"
    return f"{obj.__module__}.{name}"


class Recorder(snap.SnapWriter):
    def __init__(self, jitted):
        super().__init__()
        self.jitted = jitted
        self.library = import_library()
        self.names = {}  # attributes that the code asks for

    def record(self):
        for function in self.jitted.values():
            self.names.update(code_names(function.__code__))
        known = -1
        while known != len(self.names):  # library functions that are called bring names of their own
            known = len(self.names)
            self.answers = {}
            for function in self.jitted.values():
                self.answer("snapshot", self.handle(function), "", lambda f=function: f"(snapshots\n{self.snapshot(f)})")
            for name in list(self.names):  # which may be methods of arrays
                self.record_library(f"numpy.ndarray.{name}")
        return "recording function=0\n" + "".join(self.answers.values())

    def answer(self, kind, handle, name, text):
        key = f"answer {kind} {handle} {snap.string(name)}"
        if key not in self.answers:
            self.answers[key] = None  # it may come up again while its text is made
            self.answers[key] = f"{key}\n{text()}\n"

    def object(self, obj):
        kind, name = self.classify(obj)
        value = ""
        if kind in ("module", "class"):
            self.record_attributes(obj)
        elif kind == "callable":
            self.record_library(name)
        elif kind == "scalar":
            value = f" (value {self.value(obj.item())})"
        return f"(object {kind} {self.handle(obj)} {snap.string(name)} {snap.string(type(obj).__name__)}{value})"

    def classify(self, obj):
        if isinstance(obj, types.FunctionType) and obj in self.jitted.values():
            return "jit", obj.__qualname__
        if isinstance(obj, np.dtype):
            return "dtype", obj.name
        if isinstance(obj, np.generic):
            return "scalar", obj.dtype.name
        if isinstance(obj, type) and issubclass(obj, np.generic):
            return "class", public_name(obj)
        if isinstance(obj, np.ufunc):  # before NumPy 2.2 without a module
            return "callable", public_name(obj)
        if not isinstance(obj, type) and callable(obj) and obj.__module__.split(".")[0] in ("numpy", "lancehead"):
            return "callable", public_name(obj)
        return snap.classify(obj)

    def record_attributes(self, obj):
        for name in list(self.names):
            try:
                value = getattr(obj, name)
            except AttributeError:
                continue
            if isinstance(value, types.ModuleType) and not value.__name__.startswith(("math", "numpy.", LIBRARY)):
                continue
            if isinstance(obj, type) and callable(value):
                continue
            self.answer("attribute", self.handle(obj), name, lambda: self.value(value))

    def record_library(self, name):
        function = self.library.implementation(name)
        if function is None:
            return self.answer("library", 0, name, lambda: "none")
        self.names.update(code_names(function.__code__))
        self.answer("library", 0, name, lambda: f"(snapshots\n{self.snapshot(function)})")


def main():
    for path in sorted((ROOT / "tests/infer/cases").glob("*.py")):
        if not sys.argv[1:] or path.stem in sys.argv[1:]:
            out = ROOT / "tests/infer/recordings" / f"{path.stem}.txt"
            out.parent.mkdir(exist_ok=True)
            out.write_text(Recorder(snap.functions_of(path)).record())


if __name__ == "__main__":
    main()
