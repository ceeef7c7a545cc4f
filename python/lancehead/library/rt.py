"""rt.<name>: the function of the runtime of that name, a row of src/runtime/calls.def that is marked `py`."""

from lancehead.library.intrinsic import names_in

__getattr__ = names_in(globals())
