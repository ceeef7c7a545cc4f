"""Random scalar expressions, a function per type. Each returns a text; ints return their bound too."""

from .scope import BOUND, EXACT, INTS, LARGEST

ARRAY_LETTERS = {"A": "float64", "J": "int64"}
LIMITS = {"int8": 128, "int16": 2**15, "int32": 2**31, "uint8": 2**8, "uint16": 2**16}
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


def index(s, extent, axis_of):
    """An index of an axis: mostly within its extent. `axis_of` is a text for the extent."""
    known = s.indices.get(extent, [])
    kind = s.weighted({"known": 14 if known else 0, "modulo": 5, "edge": 3, "literal": 1, "near": 1 if known else 0})
    if s.parallel and kind in ("edge", "literal", "near", "modulo"):
        kind = "known" if known else "modulo"
    if kind == "known":
        return s.pick(known)
    if kind == "modulo":
        return f"({integer(s, 1)[0]}) % max({axis_of}, 1)" if s.parallel or s.chance(0.7) else f"({integer(s, 1)[0]}) % {axis_of}"
    if kind == "edge":
        return s.pick(["0", "-1", f"{axis_of} - 1", f"-{axis_of}"])
    if kind == "near":
        return f"{s.pick(known)} {s.pick('+-')} 1"
    return str(s.rng.randint(-3, 4))


def element(s, array):
    """array[...] with as many integers as it has axes."""
    if s.parallel and not all(s.indices.get(e) for e in array.shape):
        return None
    keys = [index(s, extent, f"{array.name}.shape[{k}]") for k, extent in enumerate(array.shape)]
    return f"{array.name}[{', '.join(keys)}]"


def some_element(s, dtypes):
    arrays = s.arrays(dtypes)
    return element(s, s.pick(arrays)) if arrays else None


def int_leaf(s):
    kind = s.weighted({"var": 6, "literal": 4, "length": 2, "element": 2})
    if kind == "var" and s.scalars("i"):
        v = s.pick(s.scalars("i"))
        return v.name, v.bound
    if kind == "length" and s.arrays():
        a = s.pick(s.arrays())
        return s.pick([f"len({a.name})", f"{a.name}.size", f"{a.name}.shape[{s.rng.randrange(len(a.shape))}]"]), 1000
    if kind == "element":
        arrays = s.arrays(INTS)
        array = s.pick(arrays) if arrays else None
        text = array and element(s, array)
        if text:
            limit = LIMITS.get(array.type)
            return (f"int({text})", limit) if limit else (f"(int({text}) % 1000)", 1000)
    value = s.rng.randint(-9, 9) if s.chance(0.9) else s.pick([100, -1000, 65536, 12345, -99999])
    return (f"({value})" if value < 0 else str(value)), abs(value)


def integer(s, depth=3):
    """(text, bound of its magnitude)"""
    if depth <= 0:
        return int_leaf(s)
    kind = s.weighted(
        {"leaf": 3, "+": 5, "-": 5, "*": 4, "//": 3, "%": 3, "bits": 2, "shift": 2, "unary": 2, "extreme": 2, "if": 2,
         "bool": 1, "float": 1, "strong": 2, "power": 1, "call": 2, "divmod": 1}
    )  # fmt: skip
    x, bx = integer(s, depth - 1)
    y, by = integer(s, depth - 2)
    match kind:
        case "+" | "-" if bx + by < LARGEST:
            return f"({x} {kind} {y})", bx + by
        case "*" if bx * by < LARGEST:
            return f"({x} * {y})", bx * by
        case "//" | "%":
            d = s.rng.choice([1, 2, 3, 4, 7, 8, -1, -2, -3, -5, 10])
            if s.chance(0.3) and not s.parallel:  # may be zero
                return (f"({x} // {y})", bx) if kind == "//" else (f"({x} % {y})", by)
            return f"({x} {kind} {f'({d})' if d < 0 else d})", bx if kind == "//" else abs(d)
        case "bits":
            return f"({x} {s.pick('&|^')} {y})", 2 * max(bx, by) + 2
        case "shift":
            n = s.rng.randint(0, 5)
            return (f"({x} << {n})", bx << n) if s.chance(0.5) and bx << n < LARGEST else (f"({x} >> {n})", bx)
        case "unary":
            return s.pick([(f"(-{x})", bx), (f"(~{x})", bx + 1), (f"abs({x})", bx)])
        case "extreme":
            return f"{s.pick(['min', 'max'])}({x}, {y})", max(bx, by)
        case "if":
            return f"({x} if {boolean(s, depth - 2)} else {y})", max(bx, by)
        case "bool":
            return f"int({boolean(s, depth - 1)})", 1
        case "float":
            return f"int(max(-1000.0, min({real(s, depth - 2)}, 1000.0)))" if not s.parallel else x, max(bx, 1000)
        case "strong":
            return f"(int({strong_int(s, depth - 1)}) % 1009)", 1009
        case "power" if bx**2 < LARGEST:
            return f"({x} ** 2)", bx**2
        case "divmod" if not s.parallel:
            d = s.rng.choice([2, 3, -4, 7])
            return s.pick([(f"divmod({x}, {d})[0]", bx), (f"divmod({x}, {d})[1]", abs(d))])
        case "call":
            text = call(s, "i", depth)
            if text:
                return text, BOUND
    return x, bx


def bounded(s, depth=3, bound=BOUND):
    """An int whose magnitude is at most `bound`."""
    x, b = integer(s, depth)
    if b <= bound:
        return x
    n = min(bound, s.pick([997, 1000, 4096]))
    return s.pick([f"{x} % {n}", f"({x} % {n} - {n // 2})"])


def strong_int(s, depth=2):
    kind = s.weighted({"element": 6, "var": 4, "op": 5, "sum": 2, "unary": 1, "extreme": 1})
    x = None
    if depth > 0 and kind in ("op", "unary", "extreme"):
        x = strong_int(s, depth - 1)
        if kind == "unary":
            return f"{s.pick(['-', '~', 'abs'])}({x})"
        if kind == "extreme":
            return f"{s.pick(['min', 'max'])}({x}, {strong_int(s, depth - 1)})"
        y = strong_int(s, depth - 1) if s.chance(0.4) else f"({integer(s, depth - 1)[0]})"
        op = s.pick(["+", "-", "*", "&", "|", "^", "//", "%"])
        return f"({x} {op} {y})" if op not in ("//", "%") else f"({x} {op} {s.pick([2, 3, 5, 8, -3])})"
    if kind == "sum" and not s.parallel and s.arrays(("int8", "int32", "int64")):
        a = s.pick(s.arrays(("int8", "int32", "int64")))
        return s.pick([f"{a.name}.sum()", f"np.sum({a.name})", f"np.prod({a.name} % 3 - 1)", f"np.sum({a.name} > 0)"])
    if kind == "var" and s.scalars("I"):
        return s.pick(s.scalars("I")).name
    return some_element(s, ("int64",)) or f"np.int64({integer(s, 0)[0]})"


def real_leaf(s):
    kind = s.weighted({"var": 6, "literal": 4, "int": 2, "element": 3})
    if kind == "var" and s.scalars("f"):
        return s.pick(s.scalars("f")).name
    if kind == "int":
        return f"float({integer(s, 1)[0]})"
    if kind == "element":
        text = some_element(s, FLOAT_SOURCES)
        if text:
            return f"float({text})"
    return s.pick(["0.5", "1.0", "-2.0", "0.1", "3.25", "1e-3", "100.0", "-0.0", "7.0", "1e10"])


FLOAT_SOURCES = ("float32", "float64", "int8", "int32", "uint8")


def real(s, depth=3):
    if depth <= 0:
        return real_leaf(s)
    kind = s.weighted(
        {"leaf": 3, "+": 5, "-": 5, "*": 5, "/": 3, "%": 1, "//": 1, "risky": 0 if s.parallel else 1, "unary": 2, "extreme": 2,
         "sqrt": 1, "if": 2, "ratio": 1, "strong": 2, "call": 2, "part": 1, "mixed": 2, "round": 1}
    )  # fmt: skip
    x = real(s, depth - 1)
    match kind:
        case "+" | "-" | "*":
            return f"({x} {kind} {real(s, depth - 2)})"
        case "/" | "//" | "%":
            return f"({x} {kind} (abs({real(s, depth - 2)}) + 0.5))" if s.chance(0.5) else f"({x} {kind} {s.pick([2.0, -3.0, 0.7])})"
        case "risky":
            return f"({x} {s.pick(['/', '//', '%'])} {real(s, depth - 2)})"
        case "unary":
            return s.pick([f"(-{x})", f"abs({x})", f"math.fabs({x})"])
        case "extreme":
            return f"{s.pick(['min', 'max'])}({x}, {real(s, depth - 2)})"
        case "sqrt":
            return f"math.sqrt(abs({x}))"
        case "if":
            return f"({x} if {boolean(s, depth - 2)} else {real(s, depth - 2)})"
        case "ratio" if not s.parallel:
            (i, bi), (j, bj) = integer(s, depth - 2), integer(s, depth - 2)
            if max(bi, bj) < EXACT:
                return f"({i} / {j})" if s.chance(0.3) else f"({i} / {s.pick([2, 3, -7])})"
        case "strong":
            return f"float({strong_real(s, depth - 1)})"
        case "call":
            return call(s, "f", depth) or x
        case "part" if s.scalars("c"):
            return f"{s.pick(s.scalars('c')).name}.{s.pick(['real', 'imag'])}"
        case "mixed":
            i, bound = integer(s, depth - 2)
            if bound < EXACT:
                return f"({x} {s.pick('+-*')} {i})"
        case "round":
            return f"math.copysign({x}, {real(s, depth - 2)})"
    return x


def strong_real(s, depth=2):
    kind = s.weighted({"element": 6, "var": 4, "op": 5, "sum": 2, "unary": 1, "sqrt": 1})
    if depth > 0 and kind in ("op", "unary", "sqrt"):
        x = strong_real(s, depth - 1)
        if kind == "unary":
            return f"{s.pick(['-', 'abs'])}({x})"
        if kind == "sqrt":
            return f"np.sqrt(abs({x}))"
        y = strong_real(s, depth - 1) if s.chance(0.4) else f"({real(s, depth - 1)})"
        op = s.pick("+-*/")
        return f"({x} {op} {y})" if op != "/" else f"({x} / (abs({y}) + 0.25))"
    if kind == "sum" and not s.parallel and s.arrays(("float64",)):
        a = s.pick(s.arrays(("float64",)))
        return s.pick([f"{a.name}.sum()", f"np.sum({a.name})", f"({a.name} + 0.0).max()", f"np.min({a.name} + 0.0)", f"np.mean({a.name})"])
    if kind == "var" and s.scalars("F"):
        return s.pick(s.scalars("F")).name
    return some_element(s, ("float64",)) or f"np.float64({real(s, 0)})"


def compared(s, depth):
    """A comparison, of two or three numbers of one type."""
    letter = s.weighted({"i": 5, "f": 4, "I": 1, "F": 1})
    parts = [scalar(s, letter, depth - 1) for _ in range(2 if s.chance(0.85) else 3)]
    text = parts[0]
    for part in parts[1:]:
        text += f" {s.pick(COMPARISONS)} {part}"
    return f"({text})"


def boolean(s, depth=2):
    """Of Python's type; so it is bool() of a NumPy scalar."""
    kind = s.weighted({"compare": 8, "var": 3, "and": 3, "not": 2, "literal": 1, "element": 1, "in": 1, "call": 1, "array": 1})
    if depth > 0:
        match kind:
            case "and":
                return f"({boolean(s, depth - 1)} {s.pick(['and', 'or'])} {boolean(s, depth - 1)})"
            case "not":
                return f"(not {boolean(s, depth - 1)})"
            case "in":
                return f"({integer(s, depth - 1)[0]} {s.pick(['in', 'not in'])} ({s.rng.randint(-3, 3)}, {s.rng.randint(0, 9)}))"
            case "call":
                text = call(s, "b", depth)
                if text:
                    return text
            case "array" if s.arrays(INTS) and not s.parallel:
                return f"bool(np.{s.pick(['any', 'all'])}({s.pick(s.arrays(INTS)).name} > {s.rng.randint(-2, 4)}))"
    if kind == "var" and s.scalars("b"):
        return s.pick(s.scalars("b")).name
    if kind == "element":
        text = some_element(s, ("bool",))
        if text:
            return f"bool({text})"
    if kind == "literal":
        return s.pick(["True", "False"])
    text = compared(s, max(depth, 1))
    return f"bool{text}"


def complex_(s, depth=2):
    kind = s.weighted({"leaf": 3, "+": 4, "-": 3, "*": 3, "-x": 1, "conj": 1, "make": 3, "if": 1})
    if depth > 0:
        match kind:
            case "+" | "-" | "*":
                other = complex_(s, depth - 1) if s.chance(0.7) else real(s, depth - 1)
                return f"({complex_(s, depth - 1)} {kind} {other})"
            case "-x":
                return f"(-{complex_(s, depth - 1)})"
            case "conj":
                return f"({complex_(s, depth - 1)}).conjugate()"
            case "make":
                return f"complex({real(s, depth - 1)}, {real(s, depth - 1)})"
            case "if":
                return f"({complex_(s, depth - 1)} if {boolean(s, depth - 1)} else {complex_(s, depth - 1)})"
    if s.scalars("c") and s.chance(0.7):
        return s.pick(s.scalars("c")).name
    return s.pick(["2j", "(1+1j)", "(0.5-2j)", "complex(3, 4)"])


def scalar(s, letter, depth=3):
    """An expression of the type that the letter stands for."""
    return {
        "i": lambda: bounded(s, depth), "f": lambda: real(s, depth), "b": lambda: boolean(s, depth - 1),
        "c": lambda: complex_(s, depth - 1), "I": lambda: strong_int(s, depth - 1), "F": lambda: strong_real(s, depth - 1),
    }[letter]()  # fmt: skip


def call(s, result, depth):
    """A call of a function with this result, or None."""
    helpers = [h for h in s.helpers if h.result == result]
    if not helpers:
        return None
    h = s.pick(helpers)
    given = len(h.params) - (s.rng.randint(0, h.defaults) if h.defaults else 0)
    args = []
    for letter in h.params[:given]:
        ones = s.arrays((ARRAY_LETTERS[letter],), 1) if letter in ARRAY_LETTERS else None
        if ones == []:
            return None
        args.append(s.pick(ones).name if ones else scalar(s, letter, min(depth - 2, 2)))
    if given and s.chance(0.2):
        args[-1] = f"p{given - 1}={args[-1]}"
    return f"{h.name}({', '.join(args)})"
