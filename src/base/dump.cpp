// Reading LANCEHEAD_DUMP, once, and writing dumps.
#include "base/dump.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace lancehead {
namespace {

struct Wish {
  std::string what, function;  // an empty function: any
};

std::vector<Wish> read_wishes() {
  std::vector<Wish> out;
  const char* variable = std::getenv("LANCEHEAD_DUMP");
  for (std::string_view rest = variable ? variable : ""; !rest.empty();) {
    std::string_view item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    size_t colon = item.find(':');
    std::string_view function = colon == std::string_view::npos ? std::string_view() : item.substr(colon + 1);
    out.push_back({std::string(item.substr(0, colon)), std::string(function)});
  }
  return out;
}

const std::vector<Wish>& wishes() {
  static const std::vector<Wish> all = read_wishes();
  return all;
}

}  // namespace

bool dump_wanted(std::string_view what, std::string_view function) {
  for (const Wish& wish : wishes())
    if ((wish.what == what || wish.what == "all") && (wish.function.empty() || wish.function == function))
      return true;
  return false;
}

void write_dump(std::string_view what, std::string_view function, std::string_view text) {
  std::string out = "; " + std::string(what) + ": " + std::string(function) + "\n";
  out += text;
  if (!out.ends_with('\n')) out += '\n';
  std::fwrite(out.data(), 1, out.size(), stderr);  // one write, so that threads do not mix lines
}

}  // namespace lancehead
