"""Reads the tables of feature cases: Row and rows()."""

import ast
import itertools
import math
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import arguments

FOLDER = Path(__file__).parent
UFUNCS = FOLDER.parents[2] / "src" / "library" / "ufuncs.def"


def ufunc_lists():
    """UFUNCS1, UFUNCS2: the ufuncs of the table by their number of inputs; MATH1, MATH2: those that are C's library functions. FLOAT1 to
    WHOLE2 are those of the same with one result and a loop of floats, or of whole numbers alone; TESTS1, TESTS2 give bools."""
    found = re.findall(r'^(UFUNC2?)\("(\w+)", (\d), "([^"]*)", (\w+), (\w+)', UFUNCS.read_text(), re.M)
    lists = {f"{kind}{n}": [] for kind in ("UFUNCS", "MATH", "FLOAT", "WHOLE", "TESTS") for n in (1, 2)}
    for row, name, inputs, loops, output, kernel in found:
        if not hasattr(np, name):
            continue
        lists[f"{'MATH' if kernel == 'MATHFN' else 'UFUNCS'}{inputs}"].append(f"np.{name}")
        if row == "UFUNC" and "x" not in loops:
            lists[f"{'FLOAT' if 'd' in loops else 'WHOLE'}{inputs}"].append(f"np.{name}")
        if output == "Bool":
            lists[f"TESTS{inputs}"].append(f"np.{name}")
    return lists


LISTS = {**arguments.LISTS, **ufunc_lists()}


class Raised(NamedTuple):
    """`name` is what NumPy raises; ours raises it too, or refused to compile. `words` are in our text."""

    name: str
    words: str
    refused: bool


class Row(NamedTuple):
    """Code with the sets of arguments that it is compared on: texts of keyword arguments."""

    place: str
    code: str
    calls: tuple
    ulp: int = 0
    raised: Raised | None = None
    numpy: str = "2.0"
    later: str = ""

    @property
    def names(self):
        return [k.arg for k in self.keywords(self.calls[0])]

    @staticmethod
    def keywords(call):
        return ast.parse(f"f({call})", mode="eval").body.keywords

    def values(self):
        """A tuple of arguments per call."""
        for call in self.calls:
            scope = arguments.namespace()
            yield tuple(eval(f"dict({call})", scope).values())

    def function(self):
        """The row's code as a Python function."""
        body = ast.parse(self.code).body
        if isinstance(body[-1], ast.Expr):
            body[-1] = ast.Return(body[-1].value)
        header = ast.parse(f"def case({', '.join(self.names)}): pass")
        header.body[0].body = body
        scope = {"np": np, "math": math}
        source = ast.unparse(header)
        exec(compile(source, f"<{self.place}>", "exec"), scope)
        return scope["case"]


def word(name):
    """A pattern for a name that stands for something else; the T of `a.T` is none."""
    return rf"(?<![\w.]){name}\b"


def replaced(text, names):
    for name, value in names.items():
        text = re.sub(word(name), value, text)
    return text


def options_of(text, place):
    """(changes of a Row, name -> texts to put in its place)."""
    fields, lists = {}, {}
    for part in filter(None, re.split(r";\s*(?=\w+=)", text.strip())):
        key, _, value = part.partition("=")
        value, _, words = value.partition(":")
        if key == "ulp":
            assert words, f"{place}: say why: ulp={value}: why"
            fields["ulp"] = int(value)
        elif key in ("raises", "refused"):
            fields["raised"] = Raised(value.strip(), words.strip(), key == "refused")
        elif key in ("numpy", "later"):
            fields[key] = value
        else:
            assert key.isupper(), f"{place}: what is {key}?"
            items = (item.strip() for item in value.split(","))
            lists[key] = list(itertools.chain.from_iterable(LISTS.get(item, [item]) for item in items))
    return fields, lists


def expanded(place, code, calls, options="", **fields):
    """The rows that one line makes: one per choice of texts for what stands in the code; dtypes make calls of one row."""
    own, lists = options_of(options, place)
    fields |= own
    in_code = [name for name in lists if re.search(word(name), code)]
    others = [name for name in lists if name not in in_code]
    calls = re.split(r"\s+\|\s+", calls.strip())
    for chosen in itertools.product(*(lists[name] for name in in_code)):
        names = dict(zip(in_code, chosen))
        sets = dict.fromkeys(
            replaced(call, names | dict(zip(others, choice))) for choice in itertools.product(*(lists[n] for n in others)) for call in calls
        )
        yield Row(place, replaced(code, names), tuple(sets), **fields)


def rows_of(path):
    body, needed = [], "2.0"
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if only := re.fullmatch(r"numpy=(\S+)", line):
            needed = only[1]
            continue
        if line.startswith(" "):
            body.append(line[4:])
            continue
        parts = [part.strip() for part in re.split(r"(?:^|\s)::(?:\s|$)", line)]
        place = f"{path.name}:{number}"
        if body:
            assert not parts[0], f"{place}: what follows a body begins with `::`"
            parts[0] = "\n".join(body)
            body = []
        assert 2 <= len(parts) <= 3, f"{place}: code :: arguments :: options"
        yield from expanded(place, *parts, numpy=needed)
    assert not body, f"{path.name} ends within a case"


def rows():
    return [row for path in sorted(FOLDER.glob("*.txt")) for row in rows_of(path)]
