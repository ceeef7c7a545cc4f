"""Reduces a program that fails to a small one that fails in the same way, by taking its syntax tree apart: statements go, compound
statements become their bodies, expressions become one of their operands or a literal, lists of numbers become shorter."""

import ast
import copy

SCRIPT = '''"""{title}

Prints what each call gives and does to its arguments; with --python under CPython alone."""
import math
import sys

import lancehead
import numpy as np

prange = lancehead.prange
njit = lancehead.njit
if "--python" in sys.argv:
    prange, njit = range, lambda f=None, **options: f or (lambda g: g)

{source}

for args in calls():
    try:
        print(main(*args), *args, sep="\\n    ")
    except Exception as error:
        print(repr(error), *args, sep="\\n    ")
'''
KEPT = ("main", "calls")


def bodies(node):
    for name in ("body", "orelse", "finalbody"):
        part = getattr(node, name, None)
        if isinstance(part, list):
            yield name, part


def nested(statement):
    """What may stand in the place of a compound statement."""
    if isinstance(statement, (ast.FunctionDef, ast.Return)):
        return
    for _, part in bodies(statement):
        if part:
            yield part
    for handler in getattr(statement, "handlers", ()):
        yield handler.body


def parts_of(expression):
    """What may stand in the place of an expression, the simplest first."""
    if isinstance(expression, ast.Constant):
        if type(expression.value) in (int, float) and expression.value not in (0, 1):
            yield ast.Constant(type(expression.value)(1))
        return
    if isinstance(expression, ast.List) and len(expression.elts) > 1:
        half = len(expression.elts) // 2
        yield ast.List(expression.elts[:half], ast.Load())
        yield ast.List(expression.elts[half:], ast.Load())
        for k in range(len(expression.elts)):
            yield ast.List(expression.elts[:k] + expression.elts[k + 1 :], ast.Load())
        return
    if isinstance(expression, (ast.BinOp, ast.Call, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.IfExp, ast.Subscript)):
        yield ast.Constant(1)
        yield ast.Constant(1.0)
        yield ast.Constant(True)
        yield from (child for child in ast.iter_child_nodes(expression) if isinstance(child, ast.expr))


class Edits:
    """All single edits of a module. Each is a function that changes a copy of the tree in place."""

    def __init__(self, tree):
        self.tree = tree

    def __iter__(self):
        count = sum(1 for _ in ast.walk(self.tree))
        for number in range(count):
            for edit in range(1000):
                changed = copy.deepcopy(self.tree)
                node = next(n for k, n in enumerate(ast.walk(changed)) if k == number)
                if not self.apply(node, edit):
                    break
                yield changed

    def apply(self, node, edit):
        """Does the edit-th change of this node; False if it has no more."""
        for name, part in [*bodies(node), *([("handlers", node.handlers)] if isinstance(node, ast.Try) else [])]:
            for k, statement in enumerate(part):
                if getattr(statement, "name", None) in KEPT and isinstance(statement, ast.FunctionDef):
                    continue
                choices = [[], *nested(statement)]
                if edit < len(choices):
                    part[k : k + 1] = choices[edit]
                    if not part and name == "body":
                        part.append(ast.Pass())
                    return True
                edit -= len(choices)
        for field, value in ast.iter_fields(node):
            values = value if isinstance(value, list) else [value]
            for k, child in enumerate(values):
                if not isinstance(child, ast.expr) or isinstance(getattr(child, "ctx", None), ast.Store):
                    continue
                for choice in parts_of(child):
                    if edit == 0:
                        if isinstance(value, list):
                            value[k] = choice
                        else:
                            setattr(node, field, choice)
                        return True
                    edit -= 1
        return False


def text_of(tree):
    try:
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    except (ValueError, AttributeError, TypeError):
        return None


def family(result):
    """What must stay as it is: the kind of failure, and of a diagnostic its first words."""
    kind, text = result
    return kind, text[:40] if kind == "compile" else None


def shrink(source, result, check, tries=600):
    """(source, result) of a smaller program that fails in the same way. `check` gives the result of a program's text."""
    wanted = family(result)
    improved = True
    while improved and tries > 0:
        improved = False
        for changed in Edits(ast.parse(source)):
            text = text_of(changed)
            if not text or len(text) >= len(source):
                continue
            tries -= 1
            found = check(text)
            if family(found) == wanted:
                source, result, improved = text, found, True
                break
            if tries <= 0:
                break
    return source, result


def script(source, title):
    return SCRIPT.format(title=title, source=source)
