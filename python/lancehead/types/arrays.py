"""Array types, and the other types of objects with a buffer."""

from lancehead import _lancehead
from lancehead.types.abstract import ArrayCompatible, IterableType
from lancehead.types.base import Type
from lancehead.types.scalars import Boolean, Complex, Float, Integer

_MAX_DIMENSIONS = 64


class Buffer(IterableType, ArrayCompatible):
    """Objects that lay out elements of one type in memory."""

    LAYOUTS = frozenset(["C", "F", "CS", "FS", "A"])
    mutable = True
    aligned = True
    slice_is_copy = False
    dtype = ndim = layout = None  # attributes here, properties in the base

    def __init__(self, dtype, ndim, layout, readonly=False, name=None):
        from lancehead import errors
        from lancehead.types.literals import unliteral

        if isinstance(dtype, Buffer):
            raise errors.NumbaTypeError(
                "The dtype of a Buffer type cannot itself be a Buffer type, this is unsupported behaviour.\n"
                f"The dtype requested for the unsupported Buffer was: {dtype}."
            )
        if layout not in self.LAYOUTS:
            raise errors.NumbaValueError(f"Invalid layout '{layout}'")
        self.dtype = unliteral(dtype)
        self.ndim = ndim
        self.layout = layout
        if readonly:
            self.mutable = False
        prefix = "readonly " if readonly else ""
        super().__init__(name or f"{prefix}{type(self).__name__.lower()}({dtype}, {ndim}d, {layout})")

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
    def iterator_type(self):
        from lancehead.types.iterators import ArrayIterator

        return ArrayIterator(self)

    @property
    def is_c_contig(self):
        return self.layout == "C" or (self.ndim <= 1 and self.layout in "CF")

    @property
    def is_f_contig(self):
        return self.layout == "F" or (self.ndim <= 1 and self.layout in "CF")

    @property
    def is_contig(self):
        return self.layout in "CF"

    def copy(self, dtype=None, ndim=None, layout=None):
        """The type with other parts."""
        return type(self)(
            self.dtype if dtype is None else dtype,
            self.ndim if ndim is None else ndim,
            self.layout if layout is None else layout,
            readonly=not self.mutable,
        )


class Bytes(Buffer):
    """The type of bytes."""

    mutable = False


class ByteArray(Buffer):
    """The type of bytearray."""

    slice_is_copy = True


class MemoryView(Buffer):
    """The type of memoryview."""


class PyArray(Buffer):
    """The type of array.array."""

    slice_is_copy = True


class Array(Buffer):
    """NumPy arrays: element type, dimensions, layout ('C', 'F' or 'A' for any), and whether they can be written."""

    def __init__(self, dtype, ndim, layout, readonly=False, name=None, aligned=True):
        aligned = aligned and getattr(dtype, "aligned", True)  # packed records never are
        if not aligned:
            self.aligned = False
        prefix = ("" if aligned else "unaligned ") + ("readonly " if readonly else "")
        super().__init__(dtype, ndim, layout, readonly, name or f"{prefix}array({dtype}, {ndim}d, {layout})")

    def _find_id(self):
        elements = self.dtype._is_element or isinstance(self.dtype, (Boolean, Complex, Float, Integer))
        if not elements or self.dtype._id is None or self.layout not in "CFA" or not 0 <= self.ndim <= _MAX_DIMENSIONS:
            return None
        return _lancehead.array_type(self.dtype._id, self.ndim, self.layout, not self.mutable, self.aligned)

    @property
    def key(self):
        return self.dtype, self.ndim, self.layout, self.mutable, self.aligned

    @property
    def mangling_args(self):
        flags = ["mutable" if self.mutable else "readonly", "aligned" if self.aligned else "unaligned"]
        return type(self).__name__, [self.dtype, self.ndim, self.layout] + flags

    @property
    def box_type(self):
        import numpy as np

        return np.ndarray

    def copy(self, dtype=None, ndim=None, layout=None, readonly=None):
        """The type with other parts. A type that is read-only stays so."""
        return Array(
            self.dtype if dtype is None else dtype,
            self.ndim if ndim is None else ndim,
            self.layout if layout is None else layout,
            readonly=not self.mutable if readonly is None else readonly,
            aligned=self.aligned,
        )

    def unify(self, typingctx, other):
        """Arrays of one element type and dimension join: of two layouts in 'A', and of two rights in the lesser."""
        if not isinstance(other, Array) or (self.dtype, self.ndim) != (other.dtype, other.ndim):
            return None
        return Array(
            self.dtype,
            self.ndim,
            self.layout if self.layout == other.layout else "A",
            readonly=not (self.mutable and other.mutable),
            aligned=self.aligned and other.aligned,
        )

    def can_convert_to(self, typingctx, other):
        from lancehead.types.conversions import Conversion

        if not isinstance(other, Array) or (self.dtype, self.ndim) != (other.dtype, other.ndim):
            return None
        fits = other.layout in ("A", self.layout)
        fits = fits and (self.mutable or not other.mutable) and (self.aligned or not other.aligned)
        return Conversion.safe if fits else None

    def is_precise(self):
        return self.dtype.is_precise()

    def __repr__(self):
        return f"Array({self.dtype!r}, {self.ndim}, '{self.layout}', {not self.mutable}, aligned={self.aligned})"


class ArrayCTypes(Type):
    """The type of an array's attribute `ctypes`."""

    def __init__(self, arytype):
        self.dtype = arytype.dtype
        self.ndim = arytype.ndim
        super().__init__(f"ArrayCTypes(dtype={self.dtype}, ndim={self.ndim})")

    @property
    def key(self):
        return self.dtype, self.ndim


class ArrayFlags(Type):
    """The type of an array's attribute `flags`."""

    def __init__(self, arytype):
        self.array_type = arytype
        super().__init__(f"ArrayFlags({arytype})")

    @property
    def key(self):
        return self.array_type
