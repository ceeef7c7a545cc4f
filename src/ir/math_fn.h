// math.def as data.
#pragma once

#include <cstdint>
#include <string_view>

namespace lancehead {

enum class MathFn : uint8_t {
#define MATH(id, name, arity, form, complex) id,
#include "ir/math.def"
#undef MATH
  kCount
};

enum class MathForm : uint8_t { Instruction, Libm, Runtime };

struct MathInfo {
  const char* name;
  int arity;
  MathForm form;
  bool complex;
};

const MathInfo& math_info(MathFn fn);
MathFn math_of_name(std::string_view name);  // MathFn::kCount if there is none

}  // namespace lancehead
