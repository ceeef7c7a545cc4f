"""A random program: the text of a module that defines `main` and `calls`, by a seed. The names np, math, njit and prange are given to
it, so that the same text runs compiled and under CPython."""

import random

from . import statements
from .arguments import Arguments
from .scalars import ARRAY_LETTERS, scalar
from .scope import Helper, Scope, Var

DTYPES = {"float64": 8, "int64": 5, "float32": 3, "int32": 3, "int8": 1, "uint8": 1, "int16": 1, "uint16": 1, "bool": 1, "complex128": 1}
DEFAULTS = {"i": ["2", "-3", "0"], "f": ["0.5", "-1.0"], "b": ["True"]}
LETTERS = {"i": 5, "f": 4, "b": 1, "c": 1}


def weighted(rng, table):
    return rng.choices(list(table), weights=list(table.values()))[0]


def helper(rng, name, helpers):
    """A jitted function that main and later ones call: (Helper, lines)."""
    result = weighted(rng, {"i": 4, "f": 4, "b": 1})
    letters = [weighted(rng, {"i": 4, "f": 4, "b": 1, "A": 1, "J": 1}) for _ in range(rng.randint(0, 3))]
    params = [Var(f"p{k}", ARRAY_LETTERS.get(t, t), (f"q{k}",) if t in ARRAY_LETTERS else None) for k, t in enumerate(letters)]
    s = Scope(rng, params, helpers)
    s.loops, s.result = 1, result
    lines = statements.block(s, rng.randint(0, 3), 1) + [statements.returned(s, result)]
    defaults = 0
    while defaults < len(letters) and letters[-1 - defaults] in DEFAULTS and rng.random() < 0.3:
        defaults += 1
    texts = [p.name for p in params]
    for k in range(len(params) - defaults, len(params)):
        texts[k] += f"={rng.choice(DEFAULTS[letters[k]])}"
    header = ["@njit", f"def {name}({', '.join(texts)}):"]
    return Helper(name, "".join(letters), defaults, result), header + statements.indented(lines)


def parameters(rng):
    params = []
    for k in range(weighted(rng, {0: 2, 1: 4, 2: 6, 3: 3})):
        shape = weighted(rng, {("n",): 6, ("n", "m"): 4, ("m",): 1})
        params.append(Var("abcd"[k], weighted(rng, DTYPES), shape, fixed=rng.random() < 0.5))
        if params[-2:-1] and rng.random() < 0.4:  # like the one before it
            params[-1] = params[-1]._replace(type=params[-2].type, shape=params[-2].shape)
    for k in range(rng.randint(0 if params else 1, 3)):
        params.append(Var("stu"[k], weighted(rng, LETTERS), bound=50, fixed=rng.random() < 0.4))
    return params


def program(seed):
    """The text of the program with this seed, a str."""
    rng = random.Random(seed)
    helpers, lines = [], []
    for k in range(weighted(rng, {0: 5, 1: 3, 2: 2})):
        made, text = helper(rng, f"h{k + 1}", helpers)
        helpers.append(made)
        lines += [*text, "", ""]
    params = parameters(rng)
    s = Scope(rng, params, helpers)
    s.parallel_options = rng.random() < 0.1
    letters = [weighted(rng, {"i": 3, "f": 3, "b": 1, "c": 1, "I": 1, "F": 2}) for _ in range(rng.randint(1, 3))]
    s.result = "".join(letters) if rng.random() < 0.4 else None
    body = statements.block(s, rng.randint(2, 7), 2)
    body.append(statements.returned(s, s.result) if s.result else results(rng, s))
    lines += ["@njit(parallel=True)" if s.parallel_options else "@njit", f"def main({', '.join(p.name for p in params)}):"]
    lines += [*statements.indented(body), "", "", "def calls():", "    return ["]
    arguments = Arguments(rng, params)
    lines += [f"        {arguments.call()}," for _ in range(rng.randint(1, 3))]
    return "\n".join([*lines, "    ]", ""])


def results(rng, s):
    """What there is at the end."""
    variables = list(s.vars.values())
    chosen = [v.name for v in rng.sample(variables, min(len(variables), rng.randint(1, 5)))]
    values = chosen or [scalar(s, "i")]
    return f"return {', '.join(values)}"
