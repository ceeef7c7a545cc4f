"""Random arguments, as texts: those of one program have the same types, layouts and symbolic extents in every call."""

SIZES = {0: 1, 1: 2, 2: 2, 3: 3, 5: 5, 7: 4, 8: 3, 17: 2, 33: 1}
LAYOUTS = {
    1: {"{}": 6, "{}[::-1]": 2, "twice {}[::2]": 2, "more {}[1:-1]": 1},
    2: {"{}": 5, "np.asfortranarray({})": 3, "turned {}.T": 1, "{}[::-1]": 1, "{}[:, ::-1]": 1, "twice {}[:, ::2]": 1},
}
RANGES = {"int8": (-100, 100), "uint8": (0, 200), "int16": (-3000, 3000), "uint16": (0, 60000), "int32": (-10**4, 10**4)}


def number(rng, letter):
    if letter in ("int64", "i"):
        return str(rng.randint(-20, 50) if rng.random() < 0.9 or letter == "i" else rng.choice([2**62, -(2**63), 10**12, 2**40]))
    if letter in RANGES:
        return str(rng.randint(*(RANGES[letter] if rng.random() < 0.5 else (0, 9))))
    if letter in ("bool", "b"):
        return rng.choice(["True", "False"])
    if letter in ("complex128", "c"):
        return f"{rng.randint(-5, 5)}{rng.choice('+-')}{rng.randint(0, 9)}j"
    if rng.random() < 0.02:
        return rng.choice(["math.inf", "-math.inf", "math.nan", "1e300", "5e-324"])
    return rng.choice([str(rng.randint(-40, 40) / 4), str(rng.randint(-9, 9)) + ".0", "-0.0", "0.1", "2.5e-3", "1e5"])


class Arguments:
    """Of a function with these parameters: Var of scope.py, whose shapes are tuples of names of extents."""

    def __init__(self, rng, params):
        self.rng, self.params = rng, params
        self.layouts = {p.name: rng.choices(*zip(*LAYOUTS[len(p.shape)].items()))[0] for p in params if p.is_array}
        ones = [p for p in params if p.is_array and len(p.shape) == 1]
        pairs = [(p, q) for p in ones for q in ones if p.name < q.name and p.type == q.type and p.shape == q.shape]
        self.overlap = rng.choice(pairs) if pairs and rng.random() < 0.35 else None
        self.keys = rng.choice([("1:", ":-1"), (":-1", "1:"), (":-1", ":-1"), ("1:", "-2::-1"), (":0:-1", ":-1")])

    def values(self, dtype, shape):
        if len(shape) == 1:
            return f"[{', '.join(number(self.rng, dtype) for _ in range(shape[0]))}]"
        return f"[{', '.join(self.values(dtype, shape[1:]) for _ in range(shape[0]))}]"

    def array(self, p, sizes):
        shape, layout = [sizes[e] for e in p.shape], self.layouts[p.name]
        word, _, rest = layout.partition(" ")
        if word in ("twice", "more", "turned"):
            layout = rest
        if word == "twice":
            shape[-1] *= 2
        elif word == "more":
            shape[0] += 2
        elif word == "turned":
            shape.reverse()
        text = f"np.array({self.values(p.type, shape)}, np.{p.type})"
        if len(shape) == 2:
            text += f".reshape({shape[0]}, {shape[1]})"
        return layout.format(text)

    def call(self):
        """A tuple of arguments."""
        rng, sizes = self.rng, {}
        for p in self.params:
            for extent in p.shape or ():
                sizes.setdefault(extent, rng.choices(list(SIZES), weights=list(SIZES.values()))[0])
        texts = {}
        if self.overlap:
            first, second = self.overlap
            whole = f"np.array({self.values(first.type, [sizes[first.shape[0]] + 1])}, np.{first.type})"
            texts = {first.name: f"(base := {whole})[{self.keys[0]}]", second.name: f"base[{self.keys[1]}]"}
        for p in self.params:
            if p.name not in texts:
                texts[p.name] = self.array(p, sizes) if p.is_array else number(rng, p.type)
        return f"({', '.join(texts[p.name] for p in self.params)},)"
