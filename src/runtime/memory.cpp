#include "runtime/memory.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

#include "runtime/error.h"
#include "runtime/ledger.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

// Two counters on lines of their own, so that threads that allocate and threads that free do not share one.
alignas(64) std::atomic<int64_t> g_allocated{0};
alignas(64) std::atomic<int64_t> g_freed{0};

constexpr int64_t kAlignment = 64;
constexpr int64_t kPage = 4096;
constexpr int64_t kHugePagesFrom = int64_t{4} << 20;

// From some MiB on, page faults cost more than the first pass over the data; huge pages make them rare.
void ask_for_huge_pages(void* allocation, int64_t bytes) {
  uintptr_t first = (reinterpret_cast<uintptr_t>(allocation) + kPage - 1) & ~uintptr_t{kPage - 1};
  uintptr_t end = reinterpret_cast<uintptr_t>(allocation) + static_cast<uintptr_t>(bytes);
  madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

void free_block(MemoryHeader* header) {
  if (header->destroy) header->destroy(header->payload());
  void* allocation = header->allocation;
  header->~MemoryHeader();
  std::free(allocation);
  g_freed.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

MemoryHeader* allocate_block(int64_t size, bool zeroed, void (*destroy)(void*)) {
  int64_t bytes;
  if (__builtin_add_overflow(size, static_cast<int64_t>(sizeof(MemoryHeader)) + kAlignment, &bytes))
    return nullptr;
  void* allocation =
      zeroed ? std::calloc(1, static_cast<size_t>(bytes)) : std::malloc(static_cast<size_t>(bytes));
  if (!allocation) return nullptr;
  if (bytes >= kHugePagesFrom) ask_for_huge_pages(allocation, bytes);
  uintptr_t place = (reinterpret_cast<uintptr_t>(allocation) + kAlignment - 1) & ~uintptr_t{kAlignment - 1};
  g_allocated.fetch_add(1, std::memory_order_relaxed);
  return new (reinterpret_cast<void*>(place)) MemoryHeader{{1}, size, destroy, allocation, {}};
}

extern "C" {

void lh_retain(OwnerWord owner) {
  if (owner == 0) return;
  if (is_python_owner(owner)) return retain_python(python_object_of(owner));
  header_of(owner)->references.fetch_add(1, std::memory_order_relaxed);
}

void lh_release(OwnerWord owner) {
  if (owner == 0) return;
  if (is_python_owner(owner)) return release_python(python_object_of(owner));
  MemoryHeader* header = header_of(owner);
  // A sole owner needs no locked instruction: nobody else can reach the block.
  if (header->references.load(std::memory_order_acquire) == 1 ||
      header->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
    free_block(header);
}

void lh_release_partials(const OwnerWord* rows, int64_t count, int64_t width, int64_t owners) {
  for (int64_t row = 0; row < count; ++row)
    for (int64_t i = 0; i < width; ++i)
      if (owners >> i & 1) lh_release(rows[row * width + i]);
}

Status lh_array_alloc(Context* ctx, int64_t itemsize, int64_t ndim, const int64_t* extents, int64_t zeroed,
                      OwnerWord* out) {
  int64_t bytes = itemsize;
  bool empty = false;
  for (int64_t i = 0; i < ndim; ++i) {
    if (extents[i] < 0) return raise_row(ctx, ErrorRowId::NegativeDimension);
    // As NumPy: the other dimensions must fit even if one of them is 0.
    if (extents[i] == 0)
      empty = true;
    else if (__builtin_mul_overflow(bytes, extents[i], &bytes))
      return raise_row(ctx, ErrorRowId::ArrayTooBig);
  }
  MemoryHeader* header = allocate_block(empty ? 0 : bytes, zeroed != 0);
  if (!header) return raise_row(ctx, ErrorRowId::NoMemory, bytes);
  *out = owner_of(header);
  return kOk;
}

int64_t lh_live_blocks() {
  int64_t freed = g_freed.load(std::memory_order_relaxed);
  return g_allocated.load(std::memory_order_relaxed) - freed;
}

int64_t lh_total_blocks() {
  return g_allocated.load(std::memory_order_relaxed);
}

}  // extern "C"

LH_MATCHES_ROW(lh_retain);
LH_MATCHES_ROW(lh_release);
LH_MATCHES_ROW(lh_release_partials);
LH_MATCHES_ROW(lh_array_alloc);

}  // namespace lancehead
