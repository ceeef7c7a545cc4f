"""Types and signatures spelled as strings: "float64(int32, float64[:, ::1])".

The text is parsed as a Python expression and evaluated here, over names of lancehead.types, calls, subscripts, tuples
and constants; nothing else of Python is reachable from it.
"""

import _ast


def evaluate(text):
    """What the expression means. SyntaxError, NameError and TypeError say what is wrong with it."""
    tree = compile(text.strip(), "<signature>", "eval", _ast.PyCF_ONLY_AST)
    return _value(tree.body, text)


def _value(node, text):
    handler = _HANDLERS.get(type(node))
    if handler is None:
        raise TypeError(f"{type(node).__name__} cannot be part of a signature: {text!r}")
    return handler(node, text)


def _name(node, text):
    from lancehead import types

    if not node.id.startswith("_") and hasattr(types, node.id):
        return getattr(types, node.id)
    raise NameError(f"name '{node.id}' is not defined")


def _call(node, text):
    from lancehead import types

    called = _value(node.func, text)
    is_type = isinstance(called, types.Type) or (isinstance(called, type) and issubclass(called, types.Type))
    if not is_type and called is not types.literal:
        raise TypeError(f"{called!r} cannot be called in a signature: {text!r}")
    keywords = {k.arg: _value(k.value, text) for k in node.keywords if k.arg}
    if len(keywords) != len(node.keywords):
        raise TypeError(f"** cannot be part of a signature: {text!r}")
    return called(*[_value(a, text) for a in node.args], **keywords)


def _slice(node, text):
    return slice(*(None if part is None else _value(part, text) for part in (node.lower, node.upper, node.step)))


_HANDLERS = {
    _ast.Name: _name,
    _ast.Call: _call,
    _ast.Subscript: lambda node, text: _value(node.value, text)[_value(node.slice, text)],
    _ast.Slice: _slice,
    _ast.Tuple: lambda node, text: tuple(_value(e, text) for e in node.elts),
    _ast.List: lambda node, text: [_value(e, text) for e in node.elts],
    _ast.Constant: lambda node, text: node.value,
}
