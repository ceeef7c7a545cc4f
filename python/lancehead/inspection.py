"""What a dispatcher shows of its specialisations, as texts for people: its methods inspect_types, inspect_cfg,
get_annotation_info and parallel_diagnostics. The extension imports this at the first use; it gives the texts of the
compiler's stages, which are laid out here.
"""

import inspect
import re
import sys

_PLACE = re.compile(r"(.*) @(\d+):\S+$")
_RULE = "-" * 80


class Text:
    """A text that notebooks show as it is."""

    def __init__(self, text):
        self._text = text

    def __str__(self):
        return self._text

    __repr__ = __str__

    def _repr_html_(self):
        from html import escape

        return f"<pre>{escape(self._text)}</pre>"


class ControlFlowGraph(Text):
    """The control flow graph of a specialisation; str() gives it in Graphviz's language."""

    @property
    def dot(self):
        """The text for Graphviz."""
        return str(self)

    def display(self, filename=None, format="pdf", view=False):
        """Draws it, with the Python package graphviz: returns its Source, or with `filename` writes a file."""
        import graphviz

        source = graphviz.Source(str(self))
        if filename is None and not view:
            return source
        return source.render(filename, format=format, view=view)


def _results(dispatcher, signature):
    """(argument types, CompileResult) of one signature or of all."""
    if signature is None:
        return list(dispatcher.overloads.items())
    dispatcher.get_overload(signature)  # a KeyError if there is none
    result = dispatcher.get_compile_result(signature)
    return [(result.args, result)]


def _source(dispatcher):
    """(number of the first line, the lines without their common indentation); no lines if there is no source."""
    first = dispatcher.__code__.co_firstlineno
    try:
        lines = inspect.getsourcelines(dispatcher.py_func)[0]
    except (OSError, TypeError):
        return first, []
    return first, inspect.cleandoc("\n" + "".join(lines)).splitlines()


def _typed_lines(dispatcher, args, first):
    """line -> texts of the compiler's instructions that come from it, in their order."""
    by_line, line, labels = {}, first, []
    for text in dispatcher._typed_listing(args).splitlines():
        placed = _PLACE.match(text)
        if placed:
            line = first + int(placed[2])
            by_line.setdefault(line, []).extend(labels)
            labels = []
        text = (placed[1] if placed else text).rstrip()
        if text.startswith("function "):
            by_line.setdefault(first, []).append(text[: text.index(" stage typed")])
        elif text.startswith("^"):
            labels.append(text)  # a block is shown where its first instruction is
        elif text and text != "}":
            by_line.setdefault(line, []).append(text)
    return by_line


def inspect_types(dispatcher, file=None, signature=None, pretty=False, style="default", **options):
    """Prints the source of each specialisation, with the typed instructions under the lines that they come from."""
    if pretty and file is not None:
        raise ValueError("`file` must be None if `pretty=True`")
    parts = [_annotated(dispatcher, args) for args, _ in _results(dispatcher, signature)]
    if pretty:
        return Text("\n".join(parts))
    for part in parts:
        print(part, file=file or sys.stdout)
    return None


def _annotated(dispatcher, args):
    first, source = _source(dispatcher)
    typed = _typed_lines(dispatcher, args, first)
    out = [f"{dispatcher.__name__} {args}", _RULE, f"# File: {dispatcher.__code__.co_filename}"]
    last = max([first + len(source) - 1, *typed])
    for number in range(first, last + 1):
        text = source[number - first] if number - first < len(source) else ""
        if source or number in typed:
            out += [f"# --- LINE {number} ---", "", text, ""]
        indent = " " * (len(text) - len(text.lstrip()))
        out += [f"{indent}#   {each}" for each in typed.get(number, ())] + [""] * (number in typed)
    return "\n".join([*out, "", "=" * 80, ""])


def get_annotation_info(dispatcher, signature=None):
    """{(file:line, signature): what inspect_types prints, as data}."""
    out = {}
    first, source = _source(dispatcher)
    numbers = range(first, first + len(source))
    name = dispatcher.__code__.co_filename
    for args, result in _results(dispatcher, signature):
        typed = _typed_lines(dispatcher, args, first)
        out[f"{name}:{first}", str(result.signature)] = {
            "filename": name,
            "funcname": dispatcher.__name__,
            "num_lifted_loops": 0,
            "python_lines": [(number, source[number - first].strip()) for number in numbers],
            "python_indent": {n: len(source[n - first]) - len(source[n - first].lstrip()) for n in numbers},
            "python_tags": dict.fromkeys(numbers, ""),
            "ir_lines": {n: [(text.strip(), "") for text in typed.get(n, ())] for n in numbers},
            "ir_indent": {n: [len(text) - len(text.lstrip()) for text in typed.get(n, ())] for n in numbers},
        }
    return out


def inspect_cfg(dispatcher, signature=None, show_wrapper=None, **options):
    """{argument types: ControlFlowGraph}, or the graph of one signature, of the code that is given to LLVM."""
    graphs = dispatcher._graph_listing(signature)
    if isinstance(graphs, str):
        return ControlFlowGraph(graphs)
    return {args: ControlFlowGraph(text) for args, text in graphs.items()}


def inspect_disasm_cfg(dispatcher, signature=None):
    """The control flow graph of the machine code."""
    from lancehead.unbuilt import not_built

    raise not_built("inspect_disasm_cfg()", "inspect_asm() shows the machine code, inspect_cfg() the control flow")


def parallel_diagnostics(dispatcher, signature=None, level=1):
    """Prints the source of each specialisation, with the parallel regions that it has after optimisation."""
    for args, _ in _results(dispatcher, signature):
        regions = [line.split() for line in dispatcher._parallel_listing(args).splitlines()]
        first, source = _source(dispatcher)
        print("=" * 80)
        print(f" Parallel regions of {dispatcher.__name__} {args}, {dispatcher.__code__.co_filename} ({first})")
        print("=" * 80)
        own = {}
        for number, (name, line, *reduces) in enumerate(regions):
            what = f"#{number}" + " (reduction)" * bool(reduces)
            if name == dispatcher.__name__ or name.startswith(f"{dispatcher.__name__}."):
                own.setdefault(int(line), []).append(what)
            else:
                print(f"{what}: in {name}(), its line {int(line) + 1}, which stands here in place of a call")
        width = max([len(text) for text in source], default=0)
        for offset, text in enumerate(source):
            found = ", ".join(own.get(offset, ()))
            print(text.ljust(width, "-" if found else " ") + ("--| " if found else "  | ") + found)
        if not regions:
            wanted = dispatcher.targetoptions.get("parallel")
            print("No parallel region." if wanted else "No parallel region: it is jitted without parallel=True.")
