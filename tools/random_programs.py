"""Compares random programs with CPython and NumPy, in processes of their own; prints each that fails as a script, shrunk.

    ./dev python [-V 3.X] tools/random_programs.py --count 20000 --seed N --jobs 2
    ./dev python tools/random_programs.py --show SEED:NUMBER     prints one program and what becomes of it
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "python"))

from programs import campaign, pool, shrink
from programs.generator import program


def show(seed, whole, make, texts=True, passed=("ok", "mistake")):
    source = make(seed)
    with pool.worker() as worker:
        result = worker.check({"source": source, "texts": texts})
        if not whole and result[0] not in ("ok", "mistake"):
            source, result = shrink.shrink(source, result, lambda text: worker.check({"source": text, "texts": texts}))
    print(shrink.script(source, f"Program {seed}: {result[0]}\n\n{result[1]}"))
    return result[0] not in passed


def main(description=__doc__, make=program, **how):
    """`how`: options of Campaign that say what counts as a failure."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", default=str(int(time.time())))
    parser.add_argument("--first", type=int, default=0, help="number of the first program")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--most", type=int, default=10, metavar="N", help="stop at N failures")
    parser.add_argument("--no-shrinking", action="store_true")
    parser.add_argument("--reasons", type=int, default=0, metavar="N", help="print the N most frequent reasons of what is passed over")
    parser.add_argument("--show", metavar="SEED:NUMBER")
    options = parser.parse_args()
    if options.show:
        return show(options.show, options.no_shrinking, make, **how)
    terminal = os.isatty(2)

    def progress(run):
        if run.tried % 1000 == 0 or (terminal and run.tried % 20 == 0):
            rate = 60 * run.tried / (time.monotonic() - run.started)
            print(f"{run.tried} programs, {rate:.0f} a minute, {len(run.failures)} failures", file=sys.stderr)

    limits = options.count, options.first, options.jobs, options.most, not options.no_shrinking
    run = campaign.Campaign(options.seed, *limits, progress, found=lambda failure: print(failure, flush=True), make=make, **how)
    run.run()
    seconds = time.monotonic() - run.started
    print(f"seed {options.seed}: {run.tried} programs in {seconds:.0f} s: {dict(run.kinds)}")
    print("".join(f"{n:6} {reason}\n" for reason, n in run.reasons.most_common(options.reasons)), end="")
    return 1 if run.failures or run.kinds["ok"] < 0.8 * run.tried else 0


if __name__ == "__main__":
    sys.exit(main())
