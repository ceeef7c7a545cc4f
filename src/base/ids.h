// Typed 32-bit indices into vectors. Distinct tags make distinct types; kNone is "no entry".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace lancehead {

template <class Tag>
struct Id {
  static constexpr uint32_t kNone = 0xffffffffu;
  uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t i) : index(i) {}
  constexpr explicit Id(size_t i) : index(static_cast<uint32_t>(i)) {}
  constexpr bool valid() const { return index != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr bool operator==(Id a, Id b) { return a.index == b.index; }
  friend constexpr bool operator!=(Id a, Id b) { return a.index != b.index; }
  friend constexpr bool operator<(Id a, Id b) { return a.index < b.index; }
};

struct IdHash {
  template <class Tag>
  size_t operator()(Id<Tag> id) const {
    return std::hash<uint32_t>{}(id.index);
  }
};

}  // namespace lancehead
