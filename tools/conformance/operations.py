"""What rewritten tests call: each function does an operation compiled where docs/features.md has it, and by NumPy elsewhere."""

import functools
import operator

import numpy as np

from features import coverage

from .wrappers import Operands, Outside

BINARY = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
    "**": operator.pow, "<<": operator.lshift, ">>": operator.rshift, "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "@": operator.matmul, "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
IN_PLACE = {
    "+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv, "//": operator.ifloordiv, "%": operator.imod,
    "**": operator.ipow, "<<": operator.ilshift, ">>": operator.irshift, "&": operator.iand, "|": operator.ior, "^": operator.ixor,
    "@": operator.imatmul,
}  # fmt: skip
UNARY = {"-": operator.neg, "+": operator.pos, "~": operator.invert}
SYMBOLS = {id(function): symbol for symbol, function in BINARY.items()}
# What is given a function and its arguments, and calls it.
CALLERS = {"assert_raises", "assert_raises_regex", "raises", "assert_warns", "assert_no_warnings", "_assert_valid_refcount"}
# Parameters that are constants in users' code.
STATIC = set(
    "axis axes axis1 axis2 source destination dtype order casting keepdims kind mode method side subok copy endpoint retstep equal_nan ndmin"
    " return_index return_inverse return_counts assume_unique invert density rowvar bias indexing sparse trim optimize sorted ndim".split()
)
# Parameters that take names.
WORDS = set("order casting kind mode method side indexing trim bins subscripts optimize axis".split())
# Parameters that take truth values as data.
DATA = set("a b x x1 x2 v values fill_value arr m obj condition initial".split())
# Functions that give Python's numbers.
PLAIN = set("size ndim shape allclose array_equal array_equiv item tolist may_share_memory shares_memory iscomplexobj isrealobj".split())


class Operations:
    """`runner` is of wrappers.py, `rows` of rows.py."""

    def __init__(self, runner, rows):
        self.runner, self.rows = runner, rows

    def guarded(self, what, prepare, numpys, box=True):
        """prepare() gives (text, operands), or raises Outside."""
        try:
            text, operands = prepare()
        except Outside as why:
            self.runner.record.outside[f"{what}: {why}"] += 1
            return numpys()
        return self.runner.run(what, text, operands, numpys, box)

    # ---- subscripts

    def key(self, operands, key, array, how):
        """The text of a subscript. Bounds of slices and integers are arguments; which parts there are is constant."""
        parts = key if type(key) is tuple else (key,)
        forms = index_forms(parts, array)
        for form in forms:
            if (form, how) not in self.rows.forms:
                raise Outside(f"{form}, {how}")
        texts = []
        for part in parts:
            if type(part) is slice:
                bounds = ["" if b is None else operands.put(b) for b in (part.start, part.stop, part.step)]
                texts.append(":".join(bounds if bounds[2] else bounds[:2]))
            else:
                texts.append(operands.put(part, static=type(part) is bool))
        if type(key) is tuple and len(texts) < 2:
            return f"{texts[0]}," if texts else "()"
        return ", ".join(texts)

    def getitem(self, array, key):
        if type(array) is not np.ndarray:
            return array[key]

        def prepare():
            operands = Operands(self.rows.elements)
            return f"return {operands.put(array)}[{self.key(operands, key, array, 'read')}]", operands

        return self.guarded("a[...]", prepare, lambda: array[key])

    def setitem(self, value, array, key):
        if type(array) is not np.ndarray:
            array[key] = value
            return

        def prepare():
            operands = Operands(self.rows.elements)
            target = f"{operands.put(array)}[{self.key(operands, key, array, 'store')}]"
            return f"{target} = {operands.put(value)}", operands

        self.guarded("a[...] = b", prepare, lambda: array.__setitem__(key, value))

    def in_place_item(self, symbol, array, key, value):
        def numpys():
            array[key] = IN_PLACE[symbol](array[key], value)

        if type(array) is not np.ndarray:
            return numpys()

        def prepare():
            operands = self.operators(f"{symbol}=")
            target = f"{operands.put(array)}[{self.key(operands, key, array, 'in place')}]"
            return f"{target} {symbol}= {operands.put(value)}", operands

        return self.guarded(f"a[...] {symbol}= b", prepare, numpys)

    # ---- operators

    def operators(self, symbol):
        if symbol not in self.rows.operators:
            raise Outside("no row")
        return Operands(self.rows.operators[symbol])

    def binary(self, symbol, x, y):
        if type(x) is not np.ndarray and type(y) is not np.ndarray:
            return BINARY[symbol](x, y)

        def prepare():
            operands = self.operators(symbol)
            return f"return {operands.put(x)} {symbol} {operands.put(y)}", operands

        return self.guarded(f"a {symbol} b", prepare, lambda: BINARY[symbol](x, y))

    def unary(self, symbol, x):
        if type(x) is not np.ndarray:
            return UNARY[symbol](x)

        def prepare():
            operands = self.operators(symbol if symbol == "~" else f"unary {symbol}")
            return f"return {symbol}{operands.put(x)}", operands

        return self.guarded(f"{symbol}a", prepare, lambda: UNARY[symbol](x))

    def in_place(self, symbol, x, y):
        if type(x) is not np.ndarray:
            return IN_PLACE[symbol](x, y)

        def prepare():
            operands = self.operators(f"{symbol}=")
            target = operands.put(x)
            return f"{target} {symbol}= {operands.put(y)}; return {target}", operands

        return self.guarded(f"a {symbol}= b", prepare, lambda: IN_PLACE[symbol](x, y))

    # ---- calls

    def attribute(self, array, name):
        if type(array) is not np.ndarray or f"numpy.ndarray.{name}" not in self.rows.functions:
            return getattr(array, name)

        def prepare():
            operands = Operands(self.rows.functions[f"numpy.ndarray.{name}"]["groups"])
            return f"return {operands.put(array)}.{name}", operands

        return self.guarded(f"a.{name}", prepare, lambda: getattr(array, name))

    def method(self, receiver, name, /, *args, **keywords):
        function = getattr(receiver, name)
        if type(receiver) is not np.ndarray or f"numpy.ndarray.{name}" not in self.rows.functions:
            return self.call(function, *args, **keywords)
        return self.apply(f"numpy.ndarray.{name}", function, args, keywords, receiver)

    def call(self, function, /, *args, **keywords):
        name = self.rows.names.get(id(function))
        if name is None:
            if isinstance(owner := getattr(function, "__self__", None), np.ufunc):
                name = f"numpy.ufunc.{function.__name__}"
                if name in self.rows.functions and getattr(np, owner.__name__, None) is owner:
                    return self.apply(name, function, args, keywords, owner)
            elif id(function) in SYMBOLS and len(args) == 2:
                return self.binary(SYMBOLS[id(function)], *args)
            elif getattr(function, "__name__", None) in CALLERS:
                args = [self.proxy(a) for a in args]
            elif type(owner) is np.ndarray and (name := f"numpy.ndarray.{function.__name__}") in self.rows.functions:
                return self.apply(name, function, args, keywords, owner)
            return function(*args, **keywords)
        return self.apply(name, function, args, keywords)

    def proxy(self, value):
        ours = id(value) in self.rows.names or id(value) in SYMBOLS or isinstance(getattr(value, "__self__", None), (np.ndarray, np.ufunc))
        return functools.partial(self.call, value) if ours and callable(value) and not isinstance(value, type) else value

    def apply(self, name, function, args, keywords, receiver=None):
        row, short = self.rows.functions[name], name.removeprefix("numpy.")
        known = coverage.parameters(name)
        order = [p.name for p in known.values() if p.kind is not p.KEYWORD_ONLY]

        def parameter(k):
            return order[min(k, len(order) - 1)] if order else "a"

        def prepare():
            operands = Operands(row["groups"])
            if isinstance(receiver, np.ufunc):
                head = f"np.{receiver.__name__}.{function.__name__}"
            elif receiver is not None:
                head = f"{operands.put(receiver)}.{function.__name__}"
            else:
                head = name.replace("numpy", "np", 1)
            texts = []
            for k, value in enumerate(args):
                self.check(row, parameter(k))
                texts.append(self.argument(operands, parameter(k), value))
            for word, value in keywords.items():
                self.check(row, word)
                texts.append(f"{word}={self.argument(operands, word, value)}")
            return f"return {head}({', '.join(texts)})", operands

        return self.guarded(short, prepare, lambda: function(*args, **keywords), name.rpartition(".")[2] not in PLAIN)

    def argument(self, operands, parameter, value):
        """The text of an argument."""
        if parameter == "dtype" and value is not None:
            return operands.dtype(value)
        if isinstance(value, (str, bytes)) and parameter not in WORDS:
            raise Outside("dtype str")  # an array of one string
        return operands.put(value, self.static(parameter, value))

    @staticmethod
    def check(row, parameter):
        if parameter not in row["parameters"]:
            raise Outside(f"no {parameter}=")

    @staticmethod
    def static(parameter, value):
        return parameter in STATIC or (type(value) is bool and parameter not in DATA)


def index_forms(parts, array):
    """The forms of docs/features.md that an index has."""
    if not parts:
        return {"() of a 0-d array"}
    forms = [form(part) for part in parts]
    found = set(forms)
    places = [k for k, f in enumerate(forms) if f in ("integer array", "list of integers")]
    if len(places) > 1:
        found.add("integer arrays broadcast together")
        if any(b - a > 1 for a, b in zip(places, places[1:])):
            found.add("integer arrays apart")
    if places and found & {"slice", "slice with step", "Ellipsis", "newaxis"}:
        found.add("integer array beside slices")
    if found & {"boolean mask", "boolean mask of several axes"} and len(parts) > 1:
        found.add("boolean mask beside others")
    return found


def form(part):
    if type(part) is slice:
        return "slice with step" if part.step is not None else "slice"
    if part is None or part is Ellipsis:
        return "newaxis" if part is None else "Ellipsis"
    if isinstance(part, (bool, np.bool_)):
        return "boolean scalar"
    if type(part) is np.ndarray:
        if part.dtype == bool:
            return ("boolean scalar", "boolean mask")[part.ndim] if part.ndim < 2 else "boolean mask of several axes"
        return "integer array" if part.ndim else "integer"
    if isinstance(part, (int, np.integer, float, np.floating)):
        return "integer"
    if type(part) is list and all(type(item) is int for item in part):
        return "list of integers"
    return "field" if type(part) is str else f"index of type {type(part).__name__}"
