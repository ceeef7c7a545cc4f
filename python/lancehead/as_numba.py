"""`import lancehead.as_numba`: from now on `import numba` means Lancehead, in Numba's dialect."""

from lancehead.drop_in import install

install()
