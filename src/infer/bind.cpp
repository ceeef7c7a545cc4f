// Positional arguments first, then keywords, then defaults; what is too much goes to *args or is an error.
#include "infer/bind.h"

#include <algorithm>

namespace lancehead {
namespace {

const PyValue* find_kwdefault(const Snapshot* snapshot, const std::string& name) {
  if (!snapshot) return nullptr;
  for (const Snapshot::Binding& b : snapshot->kwdefaults)
    if (b.first == name) return &b.second;
  return nullptr;
}

ArgumentSource default_source(Bound& out, const PyValue& value) {
  ArgumentSource s;
  s.kind = ArgumentSource::Kind::Default;
  s.item = static_cast<uint32_t>(out.defaults.size());
  out.defaults.push_back(value);
  return s;
}

std::string count_error(const std::string& name, size_t expected, size_t got, bool too_many) {
  return name + (too_many ? "() got too many arguments: expected " : "() is missing arguments: expected ") +
         std::to_string(expected) + ", got " + std::to_string(got);
}

}  // namespace

Bound bind_call(const CodeData& code, const Snapshot* snapshot, const ActualArguments& actual,
                const std::string& name) {
  Bound out;
  size_t positional = code.arg_count, total = positional + code.kwonly_count;
  std::vector<bool> given(total, false);
  out.sources.resize(total);
  size_t direct = std::min(positional, actual.positional.size());
  for (size_t k = 0; k < direct; ++k) {
    out.sources[k] = actual.positional[k];
    given[k] = true;
  }
  bool varargs = code.flags & CodeData::kVarArgs;
  if (actual.positional.size() > positional && !varargs) {
    out.error = count_error(name, positional, actual.positional.size(), true);
    return out;
  }
  for (const auto& [keyword, source] : actual.keywords) {
    size_t k = code.posonly_count;
    while (k < total && code.var_names[k] != keyword) ++k;
    if (k == total || given[k]) {
      out.error =
          name +
          (k == total ? "() got an unexpected keyword argument '" : "() got multiple values for argument '") +
          keyword + "'";
      return out;
    }
    out.sources[k] = source;
    given[k] = true;
  }
  size_t defaults = snapshot ? snapshot->defaults.size() : 0;
  for (size_t k = 0; k < total; ++k) {
    if (given[k]) continue;
    const PyValue* value = nullptr;
    if (k < positional && k + defaults >= positional) value = &snapshot->defaults[k + defaults - positional];
    if (k >= positional) value = find_kwdefault(snapshot, code.var_names[k]);
    if (!value) {
      out.error = name + "() is missing the argument '" + code.var_names[k] + "'";
      return out;
    }
    out.sources[k] = default_source(out, *value);
  }
  if (varargs) {
    ArgumentSource rest;
    rest.kind = ArgumentSource::Kind::Rest;
    rest.rest.assign(actual.positional.begin() + static_cast<ptrdiff_t>(direct), actual.positional.end());
    out.sources.push_back(std::move(rest));
  }
  return out;
}

}  // namespace lancehead
