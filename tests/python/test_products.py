"""Products of arrays against NumPy, bit by bit where both call the same BLAS; np.einsum with random subscripts."""

import random
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from oracle import compare, jitted

import lancehead
from lancehead import njit, prange

VERSION = tuple(map(int, np.__version__.split(".")[:2]))
COPIES = VERSION >= (2, 3)  # whether NumPy's matmul copies what its BLAS cannot walk
# Shapes for each routine that NumPy calls: dot, gemv both ways, gemm, syrk, axpy, and none.
SHAPES = [
    ((50,), (50,)), ((50,), (50, 60)), ((70, 50), (50,)), ((70, 50), (50, 60)), ((3, 3), (3, 3)), ((200, 1), (1, 30)), ((1, 50), (50, 1)),
    ((1, 50), (50, 7)), ((7, 50), (50, 1)), ((7, 1), (1,)), ((1, 1), (1, 40)), ((0, 5), (5, 3)), ((4, 0), (0, 3)), ((5, 7, 9), (9,)),
    ((5, 7, 9), (5, 9, 3)), ((4, 1, 7, 9), (2, 9, 3)),
]  # fmt: skip
LAYOUTS = {
    "C": lambda a: a,
    "F": np.asfortranarray,
    "gaps between rows": lambda a: np.repeat(a, 2, 0)[::2],
    "transposed twice": lambda a: np.ascontiguousarray(a.T).T,
}
UNWALKABLE = {
    "reverse": lambda a: a[::-1][:: -1 if a.ndim > 1 else 1],
    "gaps between elements": lambda a: np.repeat(a, 2, -1)[..., ::2],
    "broadcast": lambda a: np.broadcast_to(a[:1], a.shape),
}


def matmul(a, b):
    return a @ b


def dot(a, b):
    return np.dot(a, b)


def inner(a, b):
    return np.inner(a, b)


def numbers(dtype, shape, seed):
    rng = np.random.default_rng([seed, *shape])
    if dtype[0] in "iu":
        return rng.integers(0, 50, shape).astype(dtype)
    values = rng.normal(size=shape)
    return (values + 1j * rng.normal(size=shape) if dtype[0] == "c" else values).astype(dtype)


@pytest.mark.parametrize("dtype", ["f4", "f8", "c8", "c16", "i4", "u1"])
@pytest.mark.parametrize("shapes", SHAPES, ids=str)
def test_bits_are_those_of_numpy(shapes, dtype):
    a, b = (numbers(dtype, shape, k) for k, shape in enumerate(shapes))
    bends = LAYOUTS if COPIES or max(a.ndim, b.ndim) < 3 else {"C": LAYOUTS["C"]}  # others are for no routine
    for left in bends.values():
        for right in bends.values():
            compare(matmul, left(a), right(b))
            compare(dot, left(a), right(b))
    compare(inner, a, np.swapaxes(b, -1, -2) if b.ndim > 1 else b)


@pytest.mark.skipif(not COPIES, reason="before NumPy 2.3 matmul copied no operand for its BLAS")
@pytest.mark.parametrize("dtype", ["f4", "f8", "c16", "i4"])
@pytest.mark.parametrize("layout", UNWALKABLE)
def test_what_no_routine_can_walk(layout, dtype):
    bend = UNWALKABLE[layout]
    for shapes in SHAPES:
        if 0 in shapes[0]:
            continue
        a, b = (numbers(dtype, shape, k) for k, shape in enumerate(shapes))
        compare(matmul, bend(a), b)
        compare(matmul, a, bend(b))
        compare(dot, bend(a), bend(b))


@pytest.mark.parametrize("dtype", ["f4", "f8", "c8", "c16"])
def test_a_matrix_and_its_transpose(dtype):
    a = numbers(dtype, (60, 70), 1)

    def products(a):
        return a @ a.T, a.T @ a, np.dot(a, a.T), np.dot(a.T, a)

    compare(products, a)
    if COPIES:
        compare(products, a[:, ::3])


def test_an_output_that_an_operand_looks_into():
    def into_itself(a, b):
        np.matmul(a[:3, :3], b, out=a[1:, 1:])
        np.dot(b, b, b)
        return np.einsum("ij,jk->ik", b, b, out=b.T)

    compare(into_itself, numbers("f8", (4, 4), 1), numbers("f8", (3, 3), 2), ulp=4)


def test_products_run_without_the_gil_and_on_the_pool():
    a = numbers("f8", (40, 40), 1)
    product = jitted(matmul, nogil=True)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda k: product(a, a + k), range(40)):
            assert np.all(np.isfinite(found))
    expected = [a @ (a + k) for k in range(16)]

    @njit(parallel=True)
    def many(a, out):
        for k in prange(len(out)):
            out[k] = a @ (a + k)

    out = np.empty((16, 40, 40))
    many(a, out)
    assert out.tobytes() == np.array(expected).tobytes()


@pytest.mark.skipif(VERSION >= (2, 5), reason="NumPy 2.5 has cross products of vectors of 3 numbers only")
def test_cross_products_with_vectors_of_two_numbers():
    def cross(a, b):
        return np.cross(a, b)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        compare(cross, numbers("f8", (4, 2), 1), numbers("f8", (3,), 2))
        compare(cross, numbers("i4", (4, 3), 1), numbers("f8", (2,), 2))
    with pytest.raises(ValueError, match="the result has no vectors"):
        njit(cross)(np.ones(2), np.ones(2))


def test_einsum_takes_no_more_than_four_operands():
    def five(a):
        return np.einsum("i,i,i,i,i->", a, a, a, a, a)

    with pytest.raises(lancehead.errors.TypingError, match="np.einsum: it takes up to four operands"):
        njit(five)(np.ones(3))


# ---- np.einsum with random subscripts; of integers, whose sums are exact


class Subscripts:
    """Random subscripts, and operands that fit them or, now and then, do not."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.rng = np.random.default_rng(seed)
        self.extents = {c: self.random.randint(1, 5) for c in "abcdef"}
        self.spread = [self.random.choice([2, 3]) for _ in range(self.random.choice([0, 0, 0, 1, 2]))]
        count = self.random.choice([1, 2, 2, 2, 3, 4])
        parts = [self.part() for _ in range(count)]
        self.text = ",".join(text for text, _ in parts)
        self.operands = [self.operand(shape) for _, shape in parts]
        if self.random.random() < 0.8:
            self.text += "->" + self.result()

    def part(self):
        letters = [self.random.choice("abcdef"[: self.random.choice([2, 4, 6])]) for _ in range(self.random.randint(0, 3))]
        shape = [self.extents[c] if self.random.random() < 0.95 else 1 for c in letters]
        text = "".join(letters)
        if self.spread:
            place, own = self.random.randint(0, len(text)), self.random.randint(0, len(self.spread))
            text = text[:place] + "..." + text[place:]
            shape[place:place] = self.spread[len(self.spread) - own :]
        return text, shape

    def operand(self, shape):
        a = self.rng.integers(0, 4, shape).astype(self.random.choice(["b1", "u1", "i4", "i8", "f8"]))
        bend = self.random.choice([np.asfortranarray, lambda x: x[::-1], lambda x: np.repeat(x, 2, 0)[::2], lambda x: x])
        return bend(a) if a.ndim else a

    def result(self):
        used = sorted(set(self.text) - set(",."))
        text = "".join(self.random.sample(used, self.random.randint(0, len(used))))
        place = self.random.randint(0, len(text))
        return text[:place] + "..." + text[place:] if self.spread else text


@pytest.mark.parametrize("seed", range(120))
def test_einsum_of_random_subscripts(seed):
    made = Subscripts(seed)
    names = ", ".join(f"a{k}" for k in range(len(made.operands)))
    scope = {"np": np}
    exec(f"def sums({names}): return np.einsum({made.text!r}, {names})", scope)
    sums = scope["sums"]
    try:
        expected = np.array(sums(*made.operands))
    except ValueError:
        with pytest.raises(ValueError):
            njit(sums)(*made.operands)
        return
    found = np.asarray(njit(sums)(*made.operands))
    assert found.shape == expected.shape, made.text
    assert np.array_equal(found, expected), made.text
