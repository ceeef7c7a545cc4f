// The texts and classes of diag.def.
#include "base/diagnostic.h"

namespace lancehead {
namespace {

struct Row {
  const char* name;
  const char* exception_class;
  const char* text;
};

constexpr Row kRows[] = {
#define DIAG(id, cls, text) {#id, #cls, text},
#include "base/diag.def"
#undef DIAG
};

const Row& row(DiagId id) {
  return kRows[static_cast<size_t>(id)];
}

}  // namespace

const char* Diagnostic::exception_class() const {
  return row(id).exception_class;
}
const char* Diagnostic::id_name() const {
  return row(id).name;
}

std::string Diagnostic::message() const {
  std::string out;
  for (const char* p = row(id).text; *p; ++p) {
    if (p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
      size_t k = static_cast<size_t>(p[1] - '0');
      if (k < args.size()) out += args[k];
      p += 2;
    } else {
      out += *p;
    }
  }
  return out;
}

Diagnostic make_diagnostic(DiagId id, std::vector<std::string> args, SourcePlace place) {
  return Diagnostic{id, std::move(args), place, {}};
}

}  // namespace lancehead
