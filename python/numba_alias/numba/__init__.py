"""The drop-in: with the folder above this one first on the path, `import numba` means Lancehead."""

import lancehead.as_numba  # puts its module in the place of this one
