"""Compares random small programs over arrays with NumPy: expressions, indexings, assignments, reductions and dtypes, from the table of forms
in tests/python/array_programs. What compiled code refuses to compile is counted, and no failure.

    ./dev python [-V 3.X] tools/random_arrays.py --count 30000 --seed N --jobs 2 [--reasons 20]
    ./dev python tools/random_arrays.py --show SEED:NUMBER     prints one program and what becomes of it
"""

import sys
import warnings

import random_programs  # sets the path of what follows
from array_programs.generator import program

if __name__ == "__main__":
    warnings.simplefilter("ignore", RuntimeWarning)
    sys.exit(random_programs.main(__doc__, program, texts=False, passed=("ok", "mistake", "compile")))
