#include "runtime/symbols.h"

#include <algorithm>
#include <array>

namespace lancehead {
namespace {

// Every function is declared here under its symbol alone, as the tables spell it. That a function of
// runtime/calls.def has the type that its row says is checked where it is defined.
extern "C" {
#define DECLARE(identifier, symbol) void identifier() __asm__(symbol);
#define DECLARE_Libm(id, name) DECLARE(math_##id, name) DECLARE(math_##id##_float, name "f")
#define DECLARE_Instruction(id, name) DECLARE_Libm(id, name)
#define DECLARE_Runtime(id, name) DECLARE_Libm(id, "lh_" name)
#define DECLARE_complex_0(id, name)
#define DECLARE_complex_1(id, name) \
  DECLARE(complex_##id, "lh_c" name) DECLARE(complex_##id##_float, "lh_c" name "f")
#define RT(id, symbol, letters, effects, ownership, py) DECLARE(call_##id, symbol)
#define MATH(id, name, arity, form, complex) DECLARE_##form(id, name) DECLARE_complex_##complex(id, name)
#define LIBC(symbol) DECLARE(libc_##symbol, #symbol)
#include "ir/math.def"
#include "runtime/calls.def"
#include "runtime/libc.def"
#undef RT
#undef MATH
#undef LIBC
}  // extern "C"

struct Entry {
  std::string_view symbol;
  void (*function)();
};

#define ENTRY_Libm(id, name) Entry{name, math_##id}, Entry{name "f", math_##id##_float},
#define ENTRY_Instruction(id, name) ENTRY_Libm(id, name)
#define ENTRY_Runtime(id, name) ENTRY_Libm(id, "lh_" name)
#define ENTRY_complex_0(id, name)
#define ENTRY_complex_1(id, name) \
  Entry{"lh_c" name, complex_##id}, Entry{"lh_c" name "f", complex_##id##_float},
constexpr auto kSorted = [] {
  std::array table{
#define RT(id, symbol, letters, effects, ownership, py) Entry{symbol, call_##id},
#define MATH(id, name, arity, form, complex) ENTRY_##form(id, name) ENTRY_complex_##complex(id, name)
#define LIBC(symbol) Entry{#symbol, libc_##symbol},
#include "ir/math.def"
#include "runtime/calls.def"
#include "runtime/libc.def"
#undef RT
#undef MATH
#undef LIBC
  };
  std::sort(table.begin(), table.end(), [](const Entry& a, const Entry& b) { return a.symbol < b.symbol; });
  return table;
}();

static_assert(std::adjacent_find(kSorted.begin(), kSorted.end(),
                                 [](const Entry& a, const Entry& b) { return a.symbol == b.symbol; }) ==
                  kSorted.end(),
              "a symbol stands in two tables");

}  // namespace

void* lh_find_symbol(std::string_view name) {
  auto place =
      std::lower_bound(kSorted.begin(), kSorted.end(), name,
                       [](const Entry& entry, std::string_view wanted) { return entry.symbol < wanted; });
  if (place == kSorted.end() || place->symbol != name) return nullptr;
  return reinterpret_cast<void*>(place->function);
}

}  // namespace lancehead
