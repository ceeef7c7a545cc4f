"""ops.<name>: an operation without checks.

Arithmetic by its name in src/ir/ops.def, on operands of the same type: ops.div(x, y), ops.min(x, y), ops.rem(x, y).

Tuples of integers; k may be known at run time only:
    ops.drop(t, k)              t without item k
    ops.insert(t, k, v)         t with v before item k
    ops.replace(t, k, v)        t with v in place of item k
    ops.fill(n, v)              n times v, whatever v is; n is a constant
Arrays:
    ops.item(a, i, ...)         the element at indices that are known to be inside
    ops.store(a, value, i, ...) stores there
    ops.check(condition, "Row", p, ...)  raises the row of src/types/errors.def, with integers as its parameters
    ops.check_writable(a)       an error of typing if the array is read-only
    ops.index(i, n, axis)       i, counted from the end if it is negative, checked against n: IndexError names `axis`
    ops.unravel(i, shape)       the tuple of indices of element number i in C order
    ops.assign_where(a, mask, value)  a[mask] = value as a nest; mask and value are broadcast to a, value has its elements
    ops.layout(a)               "C", "F" or "A", a constant: what the array's type says
    ops.data(a)                 the address of element 0
Of a key whose arrays are all of integers, one per axis (the axes that they index are called indexed):
    ops.indexed_view(a, key)    a by the key's other parts, the indexed axes first and whole
    ops.index_arrays(a, key)    the tuple of these arrays
    ops.index_axes(a, key)      the axes of a that they index
    ops.index_place(a, key)     the axis of the result at which their common axes stand, a constant
    ops.check_masks(a, key)     IndexError if a mask in the key has other extents than the axes that it takes
Of types and shapes:
    ops.common_dtype(x, ...)    the dtype to which arrays, numbers and dtypes promote
    ops.cast(x, dtype)          the number as one of that type
    ops.checked_shape(a, shape) the shape with -1 replaced; ValueError unless it has as many elements as a
    ops.reshape_strides(a, shape)  (is there a view of that shape?, its strides...)
    ops.readonly(a)             the same array, which cannot be written
    ops.refuse(text)            an error of typing, where types alone say that something cannot be compiled
Of np.einsum's subscripts, a constant str, and the operands, arrays (src/library/einsum.cpp):
    ops.einsum_rank(s, a, ...)  how many labels the result has, a constant
    ops.einsum_extents(s, a, ...)  the extents of all labels, those of the result first
    ops.einsum_strides(s, k, a, ...)  the strides along them with which operand k is seen
Iterators in C order, and what a.flat is made of:
    ops.indices(shape)          over the tuples of indices
    ops.numbered(a)             over (indices, element)
    ops.places(a)               over the elements as read-only arrays without axes
    ops.flat_base(a.flat)       the array whose elements it gives, of one axis if it is contiguous
Nested lists and tuples:
    ops.item_type(x)            the dtype of the array that NumPy makes of x
    ops.nesting(x)              its rank, a constant
    ops.uniform(t)              a tuple as one whose items have one type; anything else as it is
Views of the same memory; the rank is that of `shape`, whose items are integers:
    ops.view(a, offset, shape, strides)                offset and strides in bytes; of layout A
    ops.reinterpret(a, dtype, offset, shape, strides)  with another dtype
    ops.contiguous(a, shape)                           from element 0, of layout C
"""

from lancehead.library.intrinsic import names_in

__getattr__ = names_in(globals())
