// The tables of runtime/calls.def and types/errors.def.
#include "ir/runtime_call.h"

namespace lancehead {
namespace {

constexpr RtInfo kCalls[] = {
#define RT(id, symbol, signature, effects, ownership, py) \
  {#id, symbol, signature, effects, ownership, py != 0},
#include "runtime/calls.def"
#undef RT
};

constexpr const char* kErrors[] = {
#define ERR(id, cls, text) #id,
#include "types/errors.def"
#undef ERR
};

}  // namespace

const RtInfo& rt_info(RtFn fn) {
  return kCalls[static_cast<size_t>(fn)];
}

RtFn rt_of_id(std::string_view id) {
  for (size_t i = 0; i < static_cast<size_t>(RtFn::kCount); ++i)
    if (kCalls[i].id == id) return static_cast<RtFn>(i);
  return RtFn::kCount;
}

const char* error_row_id(ErrorRow row) {
  return kErrors[static_cast<size_t>(row)];
}

ErrorRow error_row_of_id(std::string_view id) {
  for (size_t i = 0; i < static_cast<size_t>(ErrorRow::kCount); ++i)
    if (kErrors[i] == id) return static_cast<ErrorRow>(i);
  return ErrorRow::kCount;
}

}  // namespace lancehead
