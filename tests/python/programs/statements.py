"""Random statements: lists of lines. A statement may add variables to its scope; those that a branch adds do not outlive it, but for the
few that are meant to be unassigned on some path."""

import numpy as np

from . import arrays, scalars
from .scope import BOUND, Helper, Scope, Var

PREFIX = {"i": "i", "f": "x", "b": "b", "c": "z", "I": "e", "F": "y"}
ERRORS = ("ValueError", "IndexError", "ZeroDivisionError", "KeyError", "RuntimeError")


def indented(lines):
    return ["    " + line for line in lines] or ["    pass"]


def block(s, count, budget):
    """Some statements, one after the other."""
    lines = []
    for _ in range(count):
        lines += statement(s, budget)
    return lines


def statement(s, budget):
    """One statement; `budget` is how deep it may nest."""
    kind = s.weighted(
        {"scalar": 8, "augmented": 4, "store": 6, "array": 4, "view": 3, "assign": 4, "in_place": 3, "if": 6 if budget else 0,
         "for": 6 if budget and s.loops < 3 else 0, "while": 2 if budget and s.loops < 2 else 0, "try": 4 if budget else 0,
         "raise": 1, "rebind": 2, "return": 1 if s.result else 0, "function": 1 if budget == 2 and not s.loops else 0, "flag": 1 if budget and s.loops < 2 else 0,
         "prange": 2 if budget == 2 and not s.loops and s.parallel_options else 0, "scan": 1 if budget and s.loops < 2 else 0,
         "maybe": 1 if budget else 0, "tuple": 2}
    )  # fmt: skip
    return globals()[f"make_{kind}"](s, budget)


# ---- scalars


def declare(s, letter, text, **known):
    var = Var(s.fresh(PREFIX[letter]), letter, **known)
    s.vars[var.name] = var
    return f"{var.name} = {text}"


def make_scalar(s, budget):
    letter = s.weighted({"i": 6, "f": 5, "b": 2, "c": 1, "I": 2, "F": 3})
    targets = s.assignable(letter)
    if targets and s.chance(0.6):
        v = s.pick(targets)
        return [f"{v.name} = {scalars.scalar(s, letter) if letter != 'i' else scalars.bounded(s, 3, min(v.bound, BOUND))}"]
    if letter == "i" and s.chance(0.3):
        return [declare(s, letter, s.pick(["0", "1", "-7"]), bound=4 * 10**9)]
    return [declare(s, letter, scalars.scalar(s, letter))]


def make_tuple(s, budget):
    """Two variables change places, or a tuple is made and taken apart."""
    letter = s.pick("iifF")
    pair = s.assignable(letter)
    if len(pair) > 1 and s.chance(0.5):
        u, v = s.rng.sample(pair, 2)
        if u.bound == v.bound:
            return [f"{u.name}, {v.name} = {v.name}, {u.name}"]
    letters = [s.pick("FIb") for _ in range(s.rng.randint(2, 3))]  # Python's numbers are not weak any more once in a tuple
    name = s.fresh("t")
    lines = [f"{name} = ({', '.join(scalars.scalar(s, t, 2) for t in letters)})"]
    if s.chance(0.5):
        targets = [declare(s, t, "").split(" = ")[0] for t in letters]
        return [*lines, f"{', '.join(targets)} = {name}"]
    k = s.rng.randrange(len(letters))
    return [*lines, declare(s, letters[k], f"{name}[{k - s.pick([0, len(letters)])}]")]


def make_augmented(s, budget):
    letter = s.weighted({"i": 4, "f": 4, "F": 2, "I": 1})
    targets = s.assignable(letter)
    if not targets:
        return make_scalar(s, budget)
    v = s.pick(targets)
    if letter != "i":
        return [f"{v.name} {s.pick(['+=', '-=', '*='])} {scalars.scalar(s, letter, 2)}"]
    if v.bound > BOUND:
        return [f"{v.name} {s.pick(['+=', '-='])} {scalars.bounded(s, 2, 10**5)}"]
    return [f"{v.name} = ({v.name} {s.pick(['+', '-', '*', '^'])} {scalars.bounded(s, 2, 1000)}) % {s.pick([47, 50])}"]


# ---- arrays


def stored(s, dtype):
    """A scalar that an element of this dtype may be assigned."""
    if dtype[0] in "iu" and s.chance(0.1):
        return s.pick(["2.0", "3.75", "True", "0.0"])
    if dtype in arrays.NARROW:
        return f"{scalars.bounded(s, 1, 10**4)} % 100"
    letter = {"b": "b", "i": s.pick("iI"), "f": s.pick("ffFi"), "c": s.pick("cf")}[dtype[0]]
    if letter == "i":
        return scalars.bounded(s, 2)
    value = scalars.scalar(s, letter, 2)
    return f"({value}) % 1000" if dtype == "int32" and letter == "I" else value  # what does not fit raises in NumPy, and wraps


def make_store(s, budget):
    targets = [a for a in s.arrays() if not s.parallel]
    if not targets:
        return make_scalar(s, budget)
    a = s.pick(targets)
    element = scalars.element(s, a)
    if a.type in ("int64", "float64", "complex128") and s.chance(0.4):
        return [f"{element} {s.pick(['+=', '-=', '*='])} {scalars.scalar(s, {'i': 'i', 'f': 'f', 'c': 'c'}[a.type[0]], 2)}"]
    return [f"{element} = {stored(s, a.type)}"]


def some_shape(s):
    found = s.arrays()
    return s.pick(found).shape if found else None


def make_array(s, budget):
    """A new array."""
    shape = some_shape(s)
    if not shape:
        return make_scalar(s, budget)
    if s.chance(0.25):
        like = next(a for a in s.arrays() if a.shape == shape)
        dtype = s.pick(["int32", "int64", "float64", "float32"])
        made = s.pick(["np.zeros", "np.ones"])
        text = f"{made}({like.name}.shape, np.{dtype})"
        if s.chance(0.3):
            text, dtype = f"np.{s.pick(['zeros', 'ones'])}_like({like.name})", like.type
    else:
        found = arrays.whole(s, shape, 3)
        if found[0].isidentifier():
            found = f"{found[0]}.copy()", found[1]
        text, dtype = found
    name = s.fresh("a")
    s.vars[name] = Var(name, dtype, shape)
    return [f"{name} = {text}"]


def make_view(s, budget):
    found = s.arrays()
    if not found:
        return make_scalar(s, budget)
    a = s.pick(found)
    if len(a.shape) == 2 and s.chance(0.2):
        text, shape = f"{a.name}.T", a.shape[::-1]
    else:
        text, shape = arrays.views(s, a)
    name = s.fresh("v")
    s.vars[name] = Var(name, a.type, shape)
    return [f"{name} = {text}"]


def make_rebind(s, budget):
    """An array variable is given another array of its type and shape."""
    found = [a for a in s.arrays() if a.name not in s.frozen and not a.fixed]
    a = s.pick(found) if found else None
    others = [o for o in found if o.type == a.type and o.shape == a.shape]
    if len(others) < 2:
        return make_scalar(s, budget)
    return [f"{a.name} = {s.pick(others).name}{s.pick(['', '', '.copy()'])}"]


def make_assign(s, budget):
    """a[...] = an array or a scalar"""
    found = s.arrays()
    if not found or s.parallel:
        return make_scalar(s, budget)
    a = s.pick(found)
    text, shape = arrays.views(s, a)
    value = arrays.whole(s, shape, 2) if shape else None
    if not value and len(shape) == 1 and s.chance(0.7):
        text, shape = f"{a.name}[:]", a.shape
        value = arrays.whole(s, shape, 2)
    if value and arrays.casts_to(value[1], a.type):
        return [f"{text} = {value[0]}"]
    return [f"{text} = {stored(s, a.type)}"]


def make_in_place(s, budget):
    found = s.arrays()
    a = s.pick(found) if found and not s.parallel else None
    if not a or a.type == "bool":
        return make_scalar(s, budget)
    x, dtype = arrays.operand(s, a.type) if s.chance(0.4) else arrays.whole(s, a.shape, 2)
    op = s.pick(arrays.BINARY if a.type[0] != "c" else "+-")
    made = arrays.dtype_of(arrays.BINARY[op], a.type, dtype)
    if not made or not np.can_cast(made, a.type, "same_kind") or a.name in s.frozen or a.fixed:
        return make_scalar(s, budget)
    return [f"{a.name} {op}= {x}"]


# ---- control flow


def make_if(s, budget):
    lines = [f"if {scalars.boolean(s)}:", *indented(body(s, budget))]
    for _ in range(s.weighted({0: 6, 1: 2})):
        lines += [f"elif {scalars.boolean(s)}:", *indented(body(s, budget))]
    return lines + (["else:", *indented(body(s, budget))] if s.chance(0.5) else [])


def make_maybe(s, budget):
    """A variable that is perhaps not assigned where it is used; rarely. Else one that both branches assign."""
    letter = s.pick("ifFb")
    name = s.fresh(PREFIX[letter])
    condition = scalars.boolean(s)
    lines = [f"if {condition}:", f"    {name} = {scalars.scalar(s, letter)}"]
    if not s.chance(0.2) or s.parallel:
        lines += ["else:", f"    {name} = {scalars.scalar(s, letter)}"]
    s.vars[name] = Var(name, letter)
    return lines


def body(s, budget, jumps=False, **changes):
    """The statements of a branch or a loop. Variables made inside are gone afterwards."""
    inner = s.copy(**changes)
    lines = block(inner, s.weighted({1: 4, 2: 4, 3: 2}), budget - 1)
    if jumps and s.chance(0.5):
        jump = s.weighted({"break": 3, "continue": 2})
        at = s.rng.randint(0, len([x for x in lines if not x.startswith(" ")]))
        starts = [k for k, x in enumerate(lines) if not x.startswith((" ", "el", "ex", "fin"))] + [len(lines)]
        at = starts[min(at, len(starts) - 1)]
        lines[at:at] = [f"if {scalars.boolean(s.copy(**changes))}:", f"    {jump}"]
    return lines


def looped(s, head, budget, var=None, extent=None, trips=20, extra=()):
    """A loop; var, if any, is what its head assigns."""
    inner = {"loops": s.loops + 1, "trips": s.trips * trips}
    scope = s.copy(**inner)
    for v in [var, *extra]:
        if v:
            scope.vars[v.name] = v
            scope.frozen.add(v.name)
    # What a loop's body assigns to arrays by name keeps type and shape, so that the next round finds it.
    if extent and var:
        scope.indices.setdefault(extent, []).append(var.name)
    lines = [head, *indented(body(scope, budget, jumps=True))]
    if s.chance(0.15):
        lines += ["else:", *indented(body(s, 1))]
    return lines


def make_for(s, budget):
    found = s.arrays()
    kind = s.weighted({"extent": 8 if found else 0, "count": 3, "elements": 2, "enumerate": 2, "zip": 1, "tuple": 1, "rows": 1})
    i = Var(s.fresh("k"), "i", bound=1000)
    if kind == "extent":
        a = s.pick(found)
        k = s.rng.randrange(len(a.shape))
        extent = f"{a.name}.shape[{k}]" if s.chance(0.7) or k else f"len({a.name})"
        lines = looped(s, f"for {i.name} in range({s.weighted({'': 5, '0, ': 1, '1, ': 2})}{extent}{s.weighted({'': 6, ' - 1': 1})}):", budget, i, a.shape[k])
        return reversed_range(s, lines, extent) if s.chance(0.15) else lines
    if kind in ("elements", "enumerate", "zip"):
        ones = [a for a in s.arrays(("int64", "float64"), 1)]
        if ones:
            a, b = s.pick(ones), s.pick(ones)
            x = Var(s.fresh("e"), "I" if a.type == "int64" else "F")
            y = Var(s.fresh("e"), "I" if b.type == "int64" else "F")
            if kind == "zip":
                return looped(s, f"for {x.name}, {y.name} in zip({a.name}, {b.name}):", budget, x, extra=[y])
            if kind == "enumerate":
                start = s.weighted({"": 4, ", 1": 1})
                return looped(s, f"for {i.name}, {x.name} in enumerate({a.name}{start}):", budget, i, None if start else a.shape[0], extra=[x])
            return looped(s, f"for {x.name} in {a.name}{s.weighted({'': 3, '[::-1]': 1, '[1:]': 1})}:", budget, x)
    if kind == "rows" and s.arrays(ndim=2):
        a = s.pick(s.arrays(ndim=2))
        row = Var(s.fresh("r"), a.type, (a.shape[1],))
        return looped(s, f"for {row.name} in {a.name}:", budget, row)
    if kind == "tuple":
        return looped(s, f"for {i.name} in ({', '.join(str(s.rng.randint(-5, 9)) for _ in range(3))}):", budget, i)
    start, stop, step = s.rng.randint(-2, 5), s.rng.randint(-2, 9), s.rng.choice([1, 2, -1, -2, 3])
    text = s.pick([f"{abs(stop)}", f"{start}, {stop}", f"{start}, {stop}, {step}", f"{scalars.bounded(s, 1, 9)}"])
    return looped(s, f"for {i.name} in range({text}):", budget, i)


def reversed_range(s, lines, extent):
    head = lines[0]
    return [f"{head.split(' in ')[0]} in range({extent} - 1, -1, -1):", *lines[1:]]


def make_while(s, budget):
    count = Var(s.fresh("w"), "i", bound=100)
    condition = scalars.boolean(s)
    s.vars[count.name] = count
    s.frozen.add(count.name)
    lines = looped(s, f"while {count.name} < {s.rng.randint(1, 8)} and {condition}:", budget, count)
    return [f"{count.name} = 0", lines[0], f"    {count.name} += 1", *lines[1:]]


def make_flag(s, budget):
    """A search that ends with a break and tells by a flag or a last value."""
    flag = declare(s, "b", "False")
    place = declare(s, "i", s.pick(["-1", "0"]), bound=1000)
    names = [flag.split(" = ")[0], place.split(" = ")[0]]
    found = s.arrays(ndim=1)
    i = Var(s.fresh("k"), "i", bound=1000)
    a = s.pick(found) if found else None
    inner = s.copy(loops=s.loops + 1)
    inner.vars[i.name] = i
    if a:
        inner.indices.setdefault(a.shape[0], []).append(i.name)
    return [
        flag, place, f"for {i.name} in range({f'{a.name}.shape[0]' if a else 7}):",
        *indented([f"if {scalars.boolean(inner)}:", f"    {names[0]} = True", f"    {names[1]} = {i.name}", *s.pick([["    break"], []])]),
        *s.pick([[], ["else:", f"    {names[1]} = {s.rng.randint(-5, 5)}"]]),
    ]  # fmt: skip


def make_scan(s, budget):
    """Each element from the one before or behind it."""
    found = [a for a in s.arrays(("float64", "int64", "int32"), 1)]
    if not found or s.parallel:
        return make_scalar(s, budget)
    a, b = s.pick(found), s.pick(found)
    b = b if b.shape == a.shape and b.type == a.type and s.chance(0.5) else a
    i = s.fresh("k")
    by = s.pick([1, 1, 2])
    behind = s.chance(0.4)
    span = f"range({a.name}.shape[0] - {by})" if behind else f"range({by}, {a.name}.shape[0]{s.weighted({'': 5, ' + 1': 1})})"
    other = f"{i} {'+' if behind else '-'} {by}"
    return [f"for {i} in {span}:", f"    {a.name}[{i}] = {b.name}[{other}] {s.pick(['+', '-', '*'])} {s.pick([f'{a.name}[{i}]', '2', f'{b.name}[{i}]'])}"]


# ---- exceptions


def make_raise(s, budget):
    if s.parallel:
        return make_scalar(s, budget)
    argument = s.pick(['"bad"', f'"bad", {scalars.bounded(s, 1)}', "", scalars.bounded(s, 1)])
    return [f"if {scalars.boolean(s)}:", f"    raise {s.pick(ERRORS)}({argument})"]


def make_try(s, budget):
    if s.parallel:
        return make_if(s, budget)
    inner = body(s, budget)
    if s.chance(0.6) and s.arrays():
        a = s.pick(s.arrays())
        inner.append(f"{a.name}[{', '.join(str(s.rng.randint(-4, 9)) for _ in a.shape)}] = {stored(s, a.type)}")
    lines = ["try:", *indented(inner)]
    caught = s.rng.sample(ERRORS, s.rng.randint(0, 2)) + ["IndexError"] * s.chance(0.5)
    for error in dict.fromkeys(caught):
        clause = s.weighted({f"{error}": 5, f"({error}, OverflowError)": 1, f"{error} as error": 1})
        end = s.weighted({"": 8, "raise": 1, 'raise ValueError("again")': 1})
        lines += [f"except {clause}:", *indented(body(s, budget) + [end] * bool(end))]
    if not caught or s.chance(0.3):
        if caught and s.chance(0.4):
            lines += ["except Exception:", *indented(body(s, 1))]
        if caught and s.chance(0.5):
            lines += ["else:", *indented(body(s, 1))]
        lines += ["finally:", *indented(body(s, 1))]
    return lines


def returned(s, letters):
    values = [scalars.scalar(s, letter, 2) for letter in letters]
    return f"return {', '.join(values)}"


def make_return(s, budget):
    return make_scalar(s, budget) if s.parallel else [f"if {scalars.boolean(s)}:", f"    {returned(s, s.result)}"]


# ---- functions and parallel loops


def make_function(s, budget):
    """An inner function of a few ints or floats that reads variables which are never assigned again."""
    captured = [v for v in s.vars.values() if v.fixed]
    name, letter = s.fresh("g"), s.pick("if")
    params = [Var(f"p{k}", s.pick("if")) for k in range(s.rng.randint(0, 2))]
    inner = Scope(s.rng, [*captured, *params], [h for h in s.helpers if not h.name.startswith("g")])
    inner.loops = 1
    lines = block(inner, s.rng.randint(0, 2), 1)
    lines.append(f"return {scalars.scalar(inner, letter)}")
    default = ["=3"] if params and params[-1].type == "i" and s.chance(0.5) else []
    texts = [p.name for p in params]
    if default:
        texts[-1] += "=3"
    s.helpers.append(Helper(name, "".join(p.type for p in params), len(default), letter))
    return [f"def {name}({', '.join(texts)}):", *indented(lines)]


def make_prange(s, budget):
    """Elements are written at the loop's own index; ints are summed up."""
    outs = s.arrays(("float64", "int64", "int32"))
    if not outs:
        return make_scalar(s, budget)
    a = s.pick(outs)
    i = Var(s.fresh("k"), "i", bound=1000)
    total = declare(s, "i", "0", bound=4 * 10**9)
    name = total.split(" = ")[0]
    scope = s.copy(parallel=True, loops=2, helpers=[], frozen=set(s.vars))
    # Another iteration may be writing the array: what is read are other arrays' elements.
    scope.vars = {k: v for k, v in scope.vars.items() if not v.is_array and k != name}
    scope.vars[i.name] = i
    scope.frozen.add(i.name)
    scope.indices = {a.shape[0]: [i.name]}
    inner = block(scope, s.rng.randint(0, 3), 1)
    if len(a.shape) == 1:
        inner.append(f"{a.name}[{i.name}] = {stored(scope, a.type)}")
    else:
        inner += [f"for j in range({a.name}.shape[1]):", f"    {a.name}[{i.name}, j] = {stored(scope, a.type)}"]
    if s.chance(0.6):
        inner.append(f"{name} += {scalars.bounded(scope, 2, 10**4)}")
    return [total, f"for {i.name} in prange({a.name}.shape[0]):", *indented(inner)]
