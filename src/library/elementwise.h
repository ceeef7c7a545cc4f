// Array expressions as nests (contract C9): elementwise application with broadcasting, into a fresh array or
// an existing one.
#pragma once

#include <functional>
#include <vector>

#include "library/emitter.h"

namespace lancehead {

// Computes one element from the operands' elements (of the operands' own dtypes; scalars as they are).
using ElementBody = std::function<ValueId(Emitter&, const std::vector<ValueId>&)>;

// The common extents of the operands (arrays and scalars), checked at run time.
std::vector<ValueId> broadcast_extents(Emitter& e, const std::vector<ValueId>& operands);
// The layout that NumPy gives an elementwise result: F if every array is F, else C.
Layout result_layout(const std::vector<TypeId>& operands);
int result_ndim(const std::vector<TypeId>& operands);
// The extent of an axis on which operands have extents x and y; raises where they don't fit.
ValueId broadcast_axis(Emitter& e, ValueId x, ValueId y);

// A fresh array of `extents`.
ValueId allocate(Emitter& e, TypeId array, const std::vector<ValueId>& extents, bool zeroed = false);
// A fresh array holding body(elements).
ValueId map_elements(Emitter& e, const std::vector<ValueId>& operands, TypeId dtype, const ElementBody& body);
// Stores body(elements) into every element of `target`; operands must broadcast into its shape.
void map_into(Emitter& e, ValueId target, const std::vector<ValueId>& operands, const ElementBody& body);
// Stores bodies[k](elements) into targets[k], arrays of `extents` to which the operands and `mask` broadcast
// (checked before), where the mask, an array or scalar of bool, is true or invalid.
void store_elements(Emitter& e, const std::vector<ValueId>& extents, const std::vector<ValueId>& targets,
                    const std::vector<ValueId>& operands, ValueId mask,
                    const std::vector<ElementBody>& bodies);
// Raises unless an operand's extent broadcasts to the output's, which may not be broadcast itself.
void check_output_axis(Emitter& e, ValueId extent, ValueId output);
// Stores element(index) into every element of a 1-d array.
void map_into_indexed(Emitter& e, ValueId target, const std::function<ValueId(Emitter&, ValueId)>& element);
// Folds body(elements) of all elements; the result has the body's type.
ValueId reduce_elements(Emitter& e, const std::vector<ValueId>& operands, Reduction reduction, TypeId type,
                        const ElementBody& body);
// The sum of the elements of a float or complex array in NumPy's order, that of memory. The array is
// contiguous, or has one axis.
ValueId sum_elements(Emitter& e, ValueId array);
// The number of elements.
ValueId element_count(Emitter& e, ValueId array);

}  // namespace lancehead
