// Operations on str. Text is CPython's: 1, 2 or 4 bytes per character, the least that its highest code point
// needs.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

struct StrLeaves {  // the leaves of types/layout.def
  OwnerWord owner;
  const void* data;
  int64_t length;  // characters
  int64_t kind;    // bytes per character
};
static_assert(sizeof(StrLeaves) == 4 * sizeof(Slot));

extern "C" {
Status lh_str_concat(Context* ctx, const StrLeaves* a, const StrLeaves* b, StrLeaves* out);
bool lh_str_equal(const StrLeaves* a, const StrLeaves* b);
int64_t lh_str_compare(const StrLeaves* a, const StrLeaves* b);
}

}  // namespace lancehead
