// Texts of the rows of types/errors.def.
#include <cstddef>

#include "runtime/error.h"

namespace lancehead {
namespace {

struct RowText {
  const char* cls;
  const char* text;
};

constexpr RowText kTexts[] = {
#define ERR(id, cls, text) {cls, text},
#include "types/errors.def"
#undef ERR
};

}  // namespace

const char* error_row_class(ErrorRowId row) {
  return kTexts[static_cast<size_t>(row)].cls;
}

std::string error_row_message(const ErrorObject& error) {
  std::string out;
  const char* p = kTexts[static_cast<size_t>(error.row)].text;
  while (*p) {
    bool hole = p[0] == '{' && p[1] != 0 && p[2] == '}';
    if (!hole) {
      out += *p++;
      continue;
    }
    if (p[1] == 's')
      out += error.text ? error.text : "";
    else
      out += std::to_string(error.parameters[p[1] - '0']);
    p += 3;
  }
  return out;
}

}  // namespace lancehead
