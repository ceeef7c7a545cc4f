// The body of a small function as a cache entry keeps it, so that a caller which the cache does not have can
// inline it (contract C12).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ir/function.h"

namespace lancehead {

// Empty for a body that names objects of this process.
std::vector<uint8_t> body_to_bytes(const Function& body);
// `handle`: of the Python function here.
std::optional<Function> body_from_bytes(std::span<const uint8_t> bytes, uint32_t handle);

}  // namespace lancehead
