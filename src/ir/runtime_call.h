// runtime/calls.def as data: names and effects of what compiled code calls.
#pragma once

#include <cstdint>
#include <string_view>

#include "ir/op.h"

namespace lancehead {

enum class RtFn : uint16_t {
#define RT(id, symbol, signature, effects, ownership, py) id,
#include "runtime/calls.def"
#undef RT
  kCount
};

struct RtInfo {
  const char* id;
  const char* symbol;
  std::string_view signature;
  uint8_t effects;
  std::string_view ownership;
  bool py;
};

const RtInfo& rt_info(RtFn fn);
RtFn rt_of_id(std::string_view id);  // RtFn::kCount if there is none

// The rows of types/errors.def.
enum class ErrorRow : uint16_t {
#define ERR(id, cls, text) id,
#include "types/errors.def"
#undef ERR
  kCount
};
const char* error_row_id(ErrorRow row);
ErrorRow error_row_of_id(std::string_view id);  // ErrorRow::kCount if there is none

}  // namespace lancehead
