"""All rows of the table, in one fixed order."""

from bad_input import arguments, constructs, decorations, operations, programs, run_time, sizes
from bad_input.table import ROWS

__all__ = ["ROWS", "arguments", "constructs", "decorations", "operations", "programs", "run_time", "sizes"]
