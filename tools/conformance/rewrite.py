"""Rewrites a module of tests: inside functions, subscripts, operators, calls and some attributes become calls of the functions of
operations.py, which go by the name HOOK. Line numbers stay."""

import ast
import importlib.abc
import importlib.util
import sys
from pathlib import Path

from features.coverage import OPERATORS

HOOK = "_conformance"
ATTRIBUTES = {"T", "real", "imag", "mT"}
# Calls that look at their caller's frame, or make nothing of arrays.
LEFT_ALONE = set(
    "super locals globals vars dir eval exec isinstance issubclass hasattr getattr setattr len range print repr str type id slice enumerate zip"
    " list tuple dict set sorted reversed map filter iter next object property int float bool complex bytes callable hash".split()
)


class Rewriter(ast.NodeTransformer):
    def __init__(self):
        self.depth = 0

    def hooked(self, node, name, *args, keywords=()):
        func = ast.Attribute(ast.Name(HOOK, ast.Load()), name, ast.Load())
        return ast.copy_location(ast.Call(func, list(args), list(keywords)), node)

    # ---- only what stands inside of functions

    def visit_FunctionDef(self, node):
        self.depth += 1
        node.body = [self.visit(statement) for statement in node.body]
        self.depth -= 1
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_Lambda(self, node):
        self.depth += 1
        node.body = self.visit(node.body)
        self.depth -= 1
        return node

    # ---- subscripts

    def key(self, part):
        if isinstance(part, ast.Slice):
            bounds = [self.visit(b) if b else ast.Constant(None) for b in (part.lower, part.upper, part.step)]
            return ast.copy_location(ast.Call(ast.Name("slice", ast.Load()), bounds, []), part)
        if isinstance(part, ast.Tuple):
            return ast.copy_location(ast.Tuple([self.key(p) for p in part.elts], ast.Load()), part)
        return self.visit(part)

    def visit_Subscript(self, node):
        if not self.depth or not isinstance(node.ctx, ast.Load):
            return self.generic_visit(node)
        return self.hooked(node, "getitem", self.visit(node.value), self.key(node.slice))

    def visit_Assign(self, node):
        if self.depth and len(node.targets) == 1 and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0]
            # The value is evaluated first, as in the statement.
            call = self.hooked(node, "setitem", self.visit(node.value), self.visit(target.value), self.key(target.slice))
            return ast.copy_location(ast.Expr(call), node)
        return self.generic_visit(node)

    # ---- operators

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if not self.depth or type(node.op) not in OPERATORS or isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant):
            return node
        return self.hooked(node, "binary", ast.Constant(OPERATORS[type(node.op)]), node.left, node.right)

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        if not self.depth or type(node.op) not in OPERATORS or isinstance(node.operand, ast.Constant):
            return node
        return self.hooked(node, "unary", ast.Constant(OPERATORS[type(node.op)].removeprefix("unary ")), node.operand)

    def visit_Compare(self, node):
        self.generic_visit(node)
        if not self.depth or len(node.ops) > 1 or isinstance(node.ops[0], (ast.Is, ast.IsNot, ast.In, ast.NotIn)):
            return node
        return self.hooked(node, "binary", ast.Constant(OPERATORS[type(node.ops[0])]), node.left, node.comparators[0])

    def visit_AugAssign(self, node):
        symbol = OPERATORS.get(type(node.op))
        target = node.target
        if not self.depth or not symbol or isinstance(target, ast.Attribute):
            return self.generic_visit(node)
        if isinstance(target, ast.Subscript):
            parts = ast.Constant(symbol), self.visit(target.value), self.key(target.slice), self.visit(node.value)
            return ast.copy_location(ast.Expr(self.hooked(node, "in_place_item", *parts)), node)
        call = self.hooked(node, "in_place", ast.Constant(symbol), ast.Name(target.id, ast.Load()), self.visit(node.value))
        return ast.copy_location(ast.Assign([target], call), node)

    # ---- calls and attributes

    def visit_Call(self, node):
        if not self.depth or (isinstance(node.func, ast.Name) and node.func.id in LEFT_ALONE):
            return self.generic_visit(node)
        args = [self.visit(a) for a in node.args]
        keywords = [self.visit(k) for k in node.keywords]
        if isinstance(node.func, ast.Attribute):
            return self.hooked(node, "method", self.visit(node.func.value), ast.Constant(node.func.attr), *args, keywords=keywords)
        return self.hooked(node, "call", self.visit(node.func), *args, keywords=keywords)

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if not self.depth or node.attr not in ATTRIBUTES or not isinstance(node.ctx, ast.Load):
            return node
        return self.hooked(node, "attribute", node.value, ast.Constant(node.attr))


def rewritten(source, filename):
    tree = Rewriter().visit(ast.parse(source, filename))
    return compile(ast.fix_missing_locations(tree), filename, "exec")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads the module `name` rewritten, also where it is no part of a package; HOOK is `operations`."""

    def __init__(self, name, operations):
        self.names, self.operations = {name, name.rpartition(".")[2]}, operations

    def find_spec(self, name, path=None, target=None):
        if name not in self.names:
            return None
        others = [f for f in sys.meta_path if f is not self and hasattr(f, "find_spec")]
        found = next(filter(None, (f.find_spec(name, path, target) for f in others)))
        return importlib.util.spec_from_file_location(name, found.origin, loader=self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        filename = module.__spec__.origin
        setattr(module, HOOK, self.operations)
        exec(rewritten(Path(filename).read_text(), filename), module.__dict__)

    def get_source(self, name):
        return None
