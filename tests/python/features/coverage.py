"""What a row of the feature cases exercises, read from its code, and what the library has, read from its tables."""

import ast
import functools
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = ROOT / "src" / "library"

# Keywords that signatures of NumPy hide behind **kwargs.
HIDDEN = {
    **dict.fromkeys("sum prod min max all any".split(), ("keepdims", "initial", "where")),
    "mean": ("keepdims", "where"),
    "var": ("keepdims", "where", "mean", "correction"),
    "std": ("keepdims", "where", "mean", "correction"),
    "reduce": ("keepdims", "initial", "where"),
    "argmax": ("keepdims",),
    "argmin": ("keepdims",),
    "clip": ("out", "where", "casting", "order", "dtype"),
    "outer": ("where", "casting", "order", "dtype"),
}
OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**", ast.LShift: "<<",
    ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.MatMult: "@", ast.UAdd: "unary +", ast.USub: "unary -",
    ast.Invert: "~", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
}  # fmt: skip
# Of arrays; each is read, stored to, and stored to in place.
FORMS = [
    "integer", "slice", "slice with step", "Ellipsis", "newaxis", "() of a 0-d array", "boolean mask", "boolean mask of several axes",
    "boolean scalar", "integer array", "integer arrays broadcast together", "integer arrays apart", "integer array beside slices",
    "boolean mask beside others", "list of integers", "tuple made at run time", "flat", "field",
]  # fmt: skip


class Use(NamedTuple):
    """Something that a row exercises: a function's canonical name and one of its parameters (None: the call itself), `operator +`, or
    a form of indexing."""

    name: str
    part: str | None = None


def dotted(node):
    """np.add.reduce as ["np", "add", "reduce"]; None if it is no such chain of names."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute) and (inner := dotted(node.value)):
        return [*inner, node.attr]
    return None


def canonical(func, names):
    """The canonical name of what is called: numpy.sum, numpy.ufunc.reduce, numpy.ndarray.sum; None: not of NumPy."""
    path = dotted(func)
    if path and path[0] == "np":
        found = np
        for k, part in enumerate(path[1:], 1):
            if isinstance(found, np.ufunc):
                return f"numpy.ufunc.{part}"
            found = getattr(found, part, None)
        return "numpy." + ".".join(path[1:])
    if path and path[0] in ("math",):
        return None
    if isinstance(func, ast.Attribute) and hasattr(np.ndarray, func.attr):
        return f"numpy.ndarray.{func.attr}"
    return None


def resolved(name):
    """The object of NumPy that a canonical name stands for."""
    found = np
    for part in name.split(".")[1:]:
        found = getattr(found, part, None)
    return found


@functools.lru_cache(None)
def parameters(name):
    """The parameters of a function of NumPy: name -> inspect.Parameter, with those that **kwargs stands for and without self."""
    try:
        found = dict(inspect.signature(resolved(name)).parameters)
    except (TypeError, ValueError):
        return {}
    found.pop("self", None)
    last = name.rpartition(".")[2]
    if any(p.kind is p.VAR_KEYWORD for p in found.values()):
        found = {k: p for k, p in found.items() if p.kind is not p.VAR_KEYWORD}
        for extra in HIDDEN.get(last, ()):
            found.setdefault(extra, inspect.Parameter(extra, inspect.Parameter.KEYWORD_ONLY, default=inspect.Parameter.empty))
    return found


def given(name, call):
    """The parameters that a call gives."""
    known = parameters(name)
    order = [p.name for p in known.values() if p.kind is not p.KEYWORD_ONLY]
    variadic = next((p.name for p in known.values() if p.kind is p.VAR_POSITIONAL), None)
    out = []
    for k in range(len(call.args)):
        if k < len(order):
            out.append(order[k])
        elif variadic:
            out.append(variadic)
    return out + [k.arg for k in call.keywords if k.arg in known]


def index_forms(node, values):
    """The forms of a subscript; `values` are arguments by name."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if isinstance(node.value, ast.Attribute) and node.value.attr == "flat":
        return {"flat"}
    if isinstance(node.slice, ast.Tuple) and not parts:
        return {"() of a 0-d array"}
    forms = [form_of(part, values) for part in parts]
    found = set(forms) - {None}
    arrays = [k for k, form in enumerate(forms) if form in ("integer array", "list of integers")]
    if len(arrays) > 1:
        found.add("integer arrays broadcast together")
        if any(b - a > 1 for a, b in zip(arrays, arrays[1:])):
            found.add("integer arrays apart")
    if arrays and found & {"slice", "slice with step", "Ellipsis", "newaxis"}:
        found.add("integer array beside slices")
    if found & {"boolean mask", "boolean mask of several axes"} and len(parts) > 1:
        found.add("boolean mask beside others")
    return found


def form_of(part, values):
    if isinstance(part, ast.Slice):
        return "slice with step" if part.step else "slice"
    if isinstance(part, ast.List):
        return "list of integers"
    if dotted(part) == ["np", "newaxis"]:
        return "newaxis"
    try:
        value = eval(compile(ast.Expression(part), "<index>", "eval"), {"np": np}, dict(values))
    except Exception:  # it depends on what the code computes
        return None
    if value is None or value is Ellipsis:
        return "newaxis" if value is None else "Ellipsis"
    if isinstance(value, str):
        return "field"
    if isinstance(value, tuple):
        return "tuple made at run time"
    if isinstance(value, list):
        return "list of integers"
    if isinstance(value, (bool, np.bool_)):
        return "boolean scalar"
    if isinstance(value, np.ndarray):
        if value.dtype == bool:
            return "boolean scalar" if value.ndim == 0 else "boolean mask" if value.ndim == 1 else "boolean mask of several axes"
        return "integer array" if value.ndim else "integer"
    return "integer"


class Reader(ast.NodeVisitor):
    def __init__(self, values):
        self.values, self.uses = values, set()

    def visit_Call(self, node):
        if name := canonical(node.func, self.values):
            self.uses.add(Use(name))
            self.uses.update(Use(name, part) for part in given(name, node))
            if isinstance(node.func, ast.Attribute):
                self.visit(node.func.value)
        else:
            self.visit(node.func)
        for child in [*node.args, *(k.value for k in node.keywords)]:
            self.visit(child)

    def visit_Attribute(self, node):
        path = dotted(node)
        if not (path and path[0] in ("np", "math")) and hasattr(np.ndarray, node.attr):
            self.uses.add(Use(f"numpy.ndarray.{node.attr}"))
        self.generic_visit(node)

    def visit_Subscript(self, node, in_place=False):
        how = "in place" if in_place else "store" if isinstance(node.ctx, ast.Store) else "read"
        for form in index_forms(node, self.values):
            self.uses.add(Use(f"index {form}", how))
        self.generic_visit(node)

    def visit_BinOp(self, node):
        self.operator(node.op)
        self.generic_visit(node)

    visit_UnaryOp = visit_BinOp

    def visit_Compare(self, node):
        for op in node.ops:
            self.operator(op)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        self.operator(node.op, "=")
        if isinstance(node.target, ast.Subscript):
            self.visit_Subscript(node.target, True)
        self.visit(node.value)

    def operator(self, op, suffix=""):
        if symbol := OPERATORS.get(type(op)):
            self.uses.add(Use(f"operator {symbol}{suffix}"))


def uses(row, values):
    """The Uses of a row whose arguments are `values`, by name."""
    reader = Reader(values)
    reader.visit(ast.parse(row.code))
    return reader.uses


# ---- what there is


def table_rows(pattern, text):
    return [name for table in re.findall(pattern, text, re.S) for name in re.findall(r'\{"([\w.]+)",', table)]


@functools.lru_cache(None)
def implemented():
    """Canonical names of functions, methods and attributes of arrays that the library's tables list."""
    from lancehead import library

    from .table import LISTS

    names = {f"numpy.{name[3:]}" for key, ufuncs in LISTS.items() if key.startswith(("UFUNCS", "MATH")) for name in ufuncs}
    for path in LIBRARY.glob("*.cpp"):
        text = path.read_text()
        names.update(re.findall(r'\{"(numpy\.[\w.]+)",', text))
        if path.name not in ("scalar_methods.cpp", "lists.cpp"):
            names.update(f"numpy.ndarray.{name}" for name in table_rows(r"Row k\w*Methods\[\] = \{(.*?)\n\};", text))
    names.update(f"numpy.ndarray.{name}" for name in array_attributes())
    names.update(name for name in library._HOMES if name.startswith("numpy."))
    return {name for name in names if resolved(name) is not None and not name.endswith("__")}


def array_attributes():
    text = (LIBRARY / "attributes.cpp").read_text()
    body = re.search(r"^Lookup array_attribute\(.*?^\}", text, re.S | re.M)
    return re.findall(r'name == "(\w+)"', body[0]) if body else []


def own_parameters(name):
    """The parameters that the Python function takes which implements `name`; those of rows in C++ are found by trying."""
    from lancehead import library

    if name not in library._HOMES:
        return []
    import_module(f"lancehead.library.{library._HOMES[name]}")
    return list(inspect.signature(library._implementations[name]).parameters)
