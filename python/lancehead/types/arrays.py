"""Array types."""

from lancehead import _lancehead
from lancehead.types.base import ArrayCompatible, IterableType


class Buffer(IterableType, ArrayCompatible):
    """Objects that lay out elements of one type in memory."""

    LAYOUTS = frozenset("CFA")
    mutable = True
    aligned = True
    slice_is_copy = False

    def __init__(self, dtype, ndim, layout, readonly=False, name=None):
        from lancehead import errors

        if isinstance(dtype, Buffer):
            raise errors.NumbaTypeError(
                "The dtype of a Buffer type cannot itself be a Buffer type, this is unsupported behaviour.\n"
                f"The dtype requested for the unsupported Buffer was: {dtype}."
            )
        if layout not in self.LAYOUTS:
            raise errors.NumbaValueError(f"Invalid layout '{layout}'")
        self.dtype = dtype
        self.ndim = ndim
        self.layout = layout
        if readonly:
            self.mutable = False
        super().__init__(name or f"{type(self).__name__.lower()}({dtype}, {ndim}d, {layout})")

    @property
    def readonly(self):
        return not self.mutable

    @property
    def key(self):
        return self.dtype, self.ndim, self.layout, self.mutable

    @property
    def as_array(self):
        return self

    @property
    def is_c_contig(self):
        return self.layout == "C" or (self.ndim <= 1 and self.layout in "CF")

    @property
    def is_f_contig(self):
        return self.layout == "F" or (self.ndim <= 1 and self.layout in "CF")

    @property
    def is_contig(self):
        return self.layout in "CF"


class Array(Buffer):
    """NumPy arrays: element type, dimensions, layout ('C', 'F' or 'A' for any), and whether they can be written."""

    def __init__(self, dtype, ndim, layout, readonly=False, name=None, aligned=True):
        if not aligned:
            self.aligned = False
        prefix = ("" if aligned else "unaligned ") + ("readonly " if readonly else "")
        super().__init__(dtype, ndim, layout, readonly, name or f"{prefix}array({dtype}, {ndim}d, {layout})")
        if dtype._id is not None:
            self._id = _lancehead.array_type(dtype._id, ndim, layout, bool(readonly), bool(aligned))

    @property
    def key(self):
        return self.dtype, self.ndim, self.layout, self.mutable, self.aligned

    @property
    def mangling_args(self):
        flags = ["mutable" if self.mutable else "readonly", "aligned" if self.aligned else "unaligned"]
        return "Array", [self.dtype, self.ndim, self.layout] + flags

    @property
    def box_type(self):
        import numpy as np

        return np.ndarray

    def copy(self, dtype=None, ndim=None, layout=None, readonly=None):
        """The type with other parts."""
        return Array(
            self.dtype if dtype is None else dtype,
            self.ndim if ndim is None else ndim,
            self.layout if layout is None else layout,
            self.readonly if readonly is None else readonly,
            aligned=self.aligned,
        )

    def is_precise(self):
        return self.dtype.is_precise()

    def __repr__(self):
        return f"Array({self.dtype!r}, {self.ndim}, '{self.layout}', {self.readonly}, aligned={self.aligned})"

    def __reduce__(self):
        return Array, (self.dtype, self.ndim, self.layout, self.readonly, None, self.aligned)
