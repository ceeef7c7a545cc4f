"""A random program: the text of a module that defines `main` and `calls`, by a seed (programs.generator makes such modules, too)."""

import ast
import functools
import math
import random
import re
from typing import NamedTuple

import numpy as np
from features import arguments, coverage, document
from features.elements import group, groups

from . import holes
from .forms import FORMS

SCALARS = (np.float64, np.int64)  # of scalars, these compute as in NumPy wherever they are used (docs/deviations.md)
TEXT = """nan, inf = math.nan, math.inf


@njit
def main({parameters}):
    {body}
    return {results}


def calls():
    return [({arguments})]
"""


class Ends(Exception):
    """The program ends with the exception that its last statement raises."""


@functools.lru_cache(None)
def covered():
    """Use -> groups of elements."""
    made = document.covered()
    return {use: groups(made.dtypes[use.name]) for use in made.rows}


class State:
    def __init__(self, rng):
        self.rng = rng
        self.parameters = {}  # name -> the text that makes it
        self.scope = {"np": np, "nan": math.nan, "inf": math.inf}
        self.source = arguments.Source(rng.randrange(10**9))
        self.lines, self.made, self.first = [], [], None

    # ---- choices

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, items):
        return self.rng.choice(list(items))

    def weighted(self, table):
        return self.rng.choices(list(table), weights=list(table.values()))[0]

    def kind(self):
        return self.weighted(holes.KINDS)

    # ---- arrays

    def value(self, name):
        return self.scope[name]

    def parameter(self, text):
        name = f"a{len(self.parameters)}"
        self.scope[name] = eval(text, dict(self.scope))
        self.parameters[name] = text
        return name

    def argument(self, kind, shape, layout=None):
        """A new argument of main."""
        values = self.source.array(kind, shape)
        if kind[0] in "fc":
            values = np.round(values, 2)
        if kind[0] == "f" and self.chance(0.2):
            values = arguments.every(values, self.rng.randint(2, 5), *self.pick(holes.SPECIAL))
        layout = layout or (self.weighted(holes.LAYOUTS) if shape else "{}")
        return self.parameter(layout.format(literal(values)))

    def array(self, suits=lambda v: True, shape=None, kind=None):
        """The name of an array of the program that suits, or of a new one."""
        found = [name for name, v in self.scope.items() if isinstance(v, np.ndarray) and suits(v)]
        if found and self.chance(0.75):
            return self.pick(found)
        for _ in range(20):
            tried = shape if shape is not None else self.pick(holes.SHAPES)
            if shape is not None or suits(np.empty(tried)):
                return self.argument(kind or self.kind(), tried)
        raise LookupError

    def scalars(self):
        return [name for name, v in self.scope.items() if isinstance(v, SCALARS)]

    # ---- statements

    def statement(self):
        weights = [row[0] for row in FORMS]
        _, form, allowed = self.rng.choices(FORMS, weights)[0]
        self.first = None
        text = re.sub(r"\{(\w+)\}", lambda hole: self.filled(hole[1]), form)
        return text, allowed

    def filled(self, name):
        if name in holes.WORDS:
            return self.pick(holes.WORDS[name].split())
        return getattr(holes, name)(self)

    def add(self):
        """Adds a statement; False: what was tried is none. Raises Ends where the program ends in an exception."""
        before = dict(self.scope), dict(self.parameters)
        text, allowed = self.statement()
        if not self.try_(text, allowed):
            self.scope, self.parameters = before
            return False
        return True

    def try_(self, text, allowed):
        tree = ast.parse(text)
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        operands = [v for name, v in self.scope.items() if name in names and isinstance(v, np.ndarray)]
        if not self.has_rows(text, operands) or (allowed and not allowed(*operands)):
            return False
        kept = {name: v.copy() for name, v in self.scope.items() if isinstance(v, np.ndarray)}
        is_value = isinstance(tree.body[0], ast.Expr)
        target = f"v{len(self.made)}"
        line = f"{target} = {text}" if is_value else text
        with np.errstate(all="ignore"):
            try:
                exec(line, self.scope)
            except (ValueError, IndexError, ZeroDivisionError):
                self.restore(kept)
                if not self.chance(0.1):
                    return False
                self.lines.append(line)
                raise Ends from None
            except (TypeError, OverflowError, AttributeError):
                self.restore(kept)
                return False
        return not is_value or self.accept(line, target)

    def restore(self, kept):
        for name, value in kept.items():
            if self.scope[name].flags.writeable:
                self.scope[name][...] = value

    def accept(self, line, target):
        value = self.scope[target]
        items = value if isinstance(value, tuple) else (value,)
        if value is None:
            line = line.partition(" = ")[2]
        elif any(not isinstance(v, (np.ndarray, np.generic, int, float, complex)) or is_unknown(v) for v in items):
            del self.scope[target]
            return False
        self.lines.append(line)
        if value is None:
            del self.scope[target]
            return True
        self.made.append(target)
        if not isinstance(value, (np.ndarray, *SCALARS)):
            self.scope[target] = None  # it is returned, and not used
        return True

    def has_rows(self, text, operands):
        known = covered()
        kinds = {group(v.dtype) for v in operands}
        return all(use in known and kinds <= set(known[use]) for use in coverage.uses(Code(text), self.scope))


class Code(NamedTuple):
    """What coverage.uses reads of a row."""

    code: str


def literal(array):
    text = f"np.array({array.reshape(-1).tolist()}, np.{array.dtype.name})"
    return text if array.ndim == 1 else f"{text}.reshape({array.shape})"


def is_unknown(value):
    """Element types that compiled code has not, or not as NumPy: docs/deviations.md, small-float-loops."""
    dtype = getattr(value, "dtype", None)
    return dtype is not None and (dtype.kind not in "biufc" or dtype.itemsize > 16 or dtype.char in "egG")


def program(seed):
    """The text of the program with this seed, a str."""
    rng = random.Random(seed)
    while True:
        state = State(rng)
        wanted, tries = rng.randint(1, 4), 0
        try:
            while len(state.lines) < wanted and tries < 60:
                tries += 1
                try:
                    state.add()
                except LookupError:
                    continue
        except Ends:
            pass
        if state.lines:
            return text_of(state)


def text_of(state):
    body = "\n    ".join(state.lines)
    used = {name: text for name, text in state.parameters.items() if re.search(rf"\b{name}\b", body)}
    return TEXT.format(
        parameters=", ".join(used), body=body, results=", ".join(state.made) or "None", arguments="".join(f"{text}, " for text in used.values())
    )
