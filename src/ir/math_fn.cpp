// The table of math.def.
#include "ir/math_fn.h"

namespace lancehead {
namespace {
constexpr MathInfo kMath[] = {
#define MATH(id, name, arity, form, complex) {name, arity, MathForm::form, complex != 0},
#include "ir/math.def"
#undef MATH
};
}  // namespace

const MathInfo& math_info(MathFn fn) {
  return kMath[static_cast<size_t>(fn)];
}

MathFn math_of_name(std::string_view name) {
  for (size_t i = 0; i < static_cast<size_t>(MathFn::kCount); ++i)
    if (kMath[i].name == name) return static_cast<MathFn>(i);
  return MathFn::kCount;
}

}  // namespace lancehead
