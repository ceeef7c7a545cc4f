"""ops.<name>: an operation without checks.

Arithmetic by its name in src/ir/ops.def, on operands of the same type: ops.div(x, y), ops.min(x, y), ops.rem(x, y).
ops.item(array, i, ...): the element at indices that are known to be inside. ops.data(array): the address of element 0.
"""

from lancehead.library.intrinsic import names_in

__getattr__ = names_in(globals())
