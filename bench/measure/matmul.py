"""The naive matrix product in GFLOP/s, measured as the kernels are."""
from measure.kernels import collect
from rows import BY_ID, MORE, Row
from samples import figure

SIZES = (64, 128, 256, 512)


def measure(bench):
    sizes = (128, 512) if bench.quick else SIZES
    found = collect(bench, [(["matmul"], n, 3 if n == 512 else 6) for n in sizes], 1 if bench.quick else 3, 60)
    results = {}
    for n in sizes:
        row = BY_ID.get(f"matmul.n{n}") or Row(f"matmul.n{n}", f"n = {n}", "GFLOP/s", better=MORE)
        results[row] = {
            column: figure(samples).map(lambda seconds: 2e-9 * n**3 / seconds)
            for column, samples in found.get(("matmul", n), {}).items()
        }
    return results
