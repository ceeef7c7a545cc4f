"""Pickling of dispatchers.

What can be found by its module's and its own name is pickled by name, as Python functions are; but what belongs to
__main__ or cannot be found (closures, lambdas, functions of a notebook) is pickled by content, with the closure, the
defaults and the globals that it uses, so that another process can call it. Everything inside is left to the pickler
that is at work, so that cloudpickle takes what pickle refuses. In one process a dispatcher comes back as itself, and
again and again as the same one in another.
"""

import builtins
import collections
import dis
import importlib
import marshal
import sys
import uuid
import weakref
from types import CellType, CodeType, FunctionType, ModuleType

from lancehead import _lancehead

_KEPT = 128
_by_id = weakref.WeakValueDictionary()  # every dispatcher that was pickled or unpickled by content
_ids = weakref.WeakKeyDictionary()
_recent = collections.deque(maxlen=_KEPT)  # what was unpickled: tasks of one function come one after the other
_GLOBAL_NAMES = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})


class _Module:
    """Stands for a module, which pickle refuses."""

    def __init__(self, name):
        self.name = name


class _Empty:
    """Stands for what a cell without a value holds."""


def reduce(dispatcher):
    """What __reduce__ returns."""
    function = dispatcher.py_func
    name = dispatcher.__qualname__
    if function.__module__ != "__main__" and _found(function.__module__, name) is dispatcher:
        return name
    key = _ids.get(dispatcher)
    if key is None:
        key = _ids[dispatcher] = uuid.uuid4().hex
        _by_id[key] = dispatcher
    about = (function.__name__, name, function.__module__, function.__doc__)
    shell = (key, sys.implementation.cache_tag, marshal.dumps(function.__code__), about, dispatcher.targetoptions)
    return _shell, shell, _content(dispatcher), None, None, _fill


def _found(module, qualname):
    found = sys.modules.get(module)
    for part in qualname.split("."):
        found = getattr(found, part, None)
    return found


def _content(dispatcher):
    function = dispatcher.py_func
    used = [name for name in sorted(_global_names(function.__code__)) if name in function.__globals__]
    return {
        "globals": {name: _stand_in(function.__globals__[name]) for name in used},
        "cells": [_cell(cell) for cell in function.__closure__ or ()],
        "defaults": function.__defaults__,
        "kwdefaults": function.__kwdefaults__,
        "dict": dict(dispatcher.__dict__),
        "signatures": None if dispatcher._can_compile else dispatcher.nopython_signatures,
    }


def _global_names(code):
    names = {each.argval for each in dis.get_instructions(code) if each.opname in _GLOBAL_NAMES}
    return names.union(*(_global_names(each) for each in code.co_consts if isinstance(each, CodeType)))


def _stand_in(value):
    return _Module(value.__name__) if isinstance(value, ModuleType) else value


def _meant(value):
    return importlib.import_module(value.name) if isinstance(value, _Module) else value


def _cell(cell):
    try:
        return _stand_in(cell.cell_contents)
    except ValueError:
        return _Empty


def _shell(key, tag, code, about, options):
    """The dispatcher of that id, if this process has it; else one whose function has no content yet: it may hold
    itself."""
    known = _by_id.get(key)
    if known is not None:
        return known
    if tag != sys.implementation.cache_tag:
        raise ValueError(f"{about[1]} was pickled by {tag}, this is {sys.implementation.cache_tag}")
    code = marshal.loads(code)
    name, qualname, module, doc = about
    cells = tuple(CellType() for _ in code.co_freevars)
    function = FunctionType(code, {"__builtins__": builtins, "__name__": module}, name, None, cells)
    function.__qualname__, function.__module__, function.__doc__ = qualname, module, doc
    made = _lancehead.Dispatcher(function, options)
    made._unfilled = True
    _by_id[key] = made
    _ids[made] = key
    return made


def _fill(dispatcher, content):
    """Gives a shell its content; a dispatcher that was there keeps its own."""
    if not dispatcher.__dict__.pop("_unfilled", False):
        return
    function = dispatcher.py_func
    function.__globals__.update((name, _meant(value)) for name, value in content["globals"].items())
    for cell, value in zip(function.__closure__ or (), content["cells"]):
        if value is not _Empty:
            cell.cell_contents = _meant(value)
    function.__defaults__ = content["defaults"]
    function.__kwdefaults__ = content["kwdefaults"]
    dispatcher.__dict__.update(content["dict"])
    if content["signatures"] is not None:
        for signature in content["signatures"]:
            dispatcher.compile(signature)
        dispatcher.disable_compile()
    _recent.append(dispatcher)
