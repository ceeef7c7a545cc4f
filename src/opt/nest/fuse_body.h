// The steps of fusion on one nest: reads that become equal, and reads that become computations.
#pragma once

#include "ir/function.h"

namespace lancehead {

// Operands that are views of all of an array become that array.
bool see_through_views(Function& f, InstId nest);

// Reads of one array along the same axes become one.
bool merge_equal_reads(Function& f, InstId nest);

// Read access `access` of `consumer`, of the array that `producer` fills, is replaced by the producer's body
// and its reads. `filled` is that array's allocation. The producer is left as it is.
void compute_in_place(Function& f, InstId consumer, size_t access, InstId producer, InstId filled);

// Operands that no access names go, and no array is an operand twice.
void tidy_operands(Function& f, InstId nest);

}  // namespace lancehead
