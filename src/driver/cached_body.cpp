// The byte form of one function, if it has no handles (cached_body.h).
#include "driver/cached_body.h"

#include <algorithm>

#include "ir/bytes.h"

namespace lancehead {
namespace {

bool names_object(TypeId id) {
  if (!id.valid()) return false;
  const Type& t = type_of(id);
  return t.handle != 0 || names_object(t.elem) || std::any_of(t.items.begin(), t.items.end(), names_object);
}

bool names_objects(const Function& f) {
  return !f.codes.empty() || names_object(f.result) ||
         std::any_of(f.values.begin(), f.values.end(), [](const Value& v) { return names_object(v.type); }) ||
         std::any_of(f.known.begin(), f.known.end(), names_object) ||
         std::any_of(f.error_classes.begin(), f.error_classes.end(),
                     [](const ErrorClass& c) { return c.handle != 0; }) ||
         std::any_of(f.constants.begin(), f.constants.end(), [](const Constant& c) {
           return names_object(c.type) || (c.array && !c.array->is_frozen());
         });
}

std::optional<Function> single_function(std::span<const uint8_t> bytes) {
  Expected<Unit> unit = from_bytes(bytes);
  if (!unit || unit->functions.size() != 1 || unit->functions[0].stage != Stage::Resolved)
    return std::nullopt;
  return std::move(unit->functions[0]);
}

}  // namespace

std::vector<uint8_t> body_to_bytes(const Function& body) {
  Unit unit;
  unit.functions.push_back(body);
  unit.functions[0].handle = 0;
  std::vector<uint8_t> bytes = to_bytes(unit);
  std::optional<Function> live = single_function(bytes);  // without what passes have left behind
  if (!live || names_objects(*live)) return {};
  return bytes;
}

std::optional<Function> body_from_bytes(std::span<const uint8_t> bytes, uint32_t handle) {
  std::optional<Function> body = single_function(bytes);
  if (body) body->handle = handle;
  return body;
}

}  // namespace lancehead
