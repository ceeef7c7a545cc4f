// Managed blocks: a 64-byte header and, right behind it, the payload, 64-byte aligned (contract C10).
// Reference counts are atomic. An owner word that is a tagged PyObject goes through runtime/ledger.h.
#pragma once

#include <atomic>
#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

struct alignas(64) MemoryHeader {
  std::atomic<int64_t> references;
  int64_t size;                    // of the payload, in bytes
  void (*destroy)(void* payload);  // runs before the block is freed; may be null
  void* allocation;                // what malloc gave
  int64_t reserved[4];

  void* payload() { return this + 1; }
};
static_assert(sizeof(MemoryHeader) == 64);

inline constexpr OwnerWord kPythonTag = 1;
inline constexpr OwnerWord kViewTag =
    2;  // beside kPythonTag: of a view, which is boxed as an object of its own
inline bool is_python_owner(OwnerWord owner) {
  return (owner & kPythonTag) != 0;
}
inline void* python_object_of(OwnerWord owner) {
  return reinterpret_cast<void*>(owner & ~(kPythonTag | kViewTag));
}
inline OwnerWord python_owner(void* object) {
  return reinterpret_cast<OwnerWord>(object) | kPythonTag;
}
inline MemoryHeader* header_of(OwnerWord owner) {
  return reinterpret_cast<MemoryHeader*>(owner);
}
inline OwnerWord owner_of(MemoryHeader* header) {
  return reinterpret_cast<OwnerWord>(header);
}

// A block with one reference, or null if there is no memory. Large zeroed blocks are fresh pages, which the
// system zeroes when they are first touched.
MemoryHeader* allocate_block(int64_t size, bool zeroed, void (*destroy)(void*) = nullptr);

extern "C" {
void lh_retain(OwnerWord owner);
void lh_release(OwnerWord owner);
// `count` rows of `width` words, those whose bits `owners` has are owner words.
void lh_release_partials(const OwnerWord* rows, int64_t count, int64_t width, int64_t owners);
Status lh_array_alloc(Context* ctx, int64_t itemsize, int64_t ndim, const int64_t* extents, int64_t zeroed,
                      OwnerWord* out);
int64_t lh_live_blocks();   // blocks that exist now
int64_t lh_total_blocks();  // blocks ever allocated
}

}  // namespace lancehead
