#include "types/elements.h"

namespace lancehead {

int64_t element_code(TypeId scalar) {
  constexpr Kind kElements[] = {
#define ELEMENT(id, type) Kind::id,
#include "types/elements.def"
#undef ELEMENT
  };
  int64_t code = 0;
  for (Kind kind : kElements) {
    if (kind == kind_of(scalar)) return code;
    ++code;
  }
  return -1;
}

}  // namespace lancehead
