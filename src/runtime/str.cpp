#include "runtime/str.h"

#include <algorithm>
#include <cstring>

#include "runtime/error.h"
#include "runtime/memory.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

template <typename To, typename From>
void* widen(const void* from, int64_t length, void* to) {
  return std::copy_n(static_cast<const From*>(from), length, static_cast<To*>(to));
}

// Writes the characters of `text` with `kind` bytes each; returns the end.
void* put(const StrLeaves& text, int64_t kind, void* to) {
  if (text.kind == kind) {
    size_t bytes = static_cast<size_t>(text.length * kind);
    if (bytes) std::memcpy(to, text.data, bytes);
    return static_cast<char*>(to) + bytes;
  }
  if (kind == 2) return widen<uint16_t, uint8_t>(text.data, text.length, to);
  if (text.kind == 1) return widen<uint32_t, uint8_t>(text.data, text.length, to);
  return widen<uint32_t, uint16_t>(text.data, text.length, to);
}

// Calls `f` with the characters as an array of their own width.
template <typename F>
auto with_characters(const StrLeaves& text, F f) {
  switch (text.kind) {
    case 1: return f(static_cast<const uint8_t*>(text.data));
    case 2: return f(static_cast<const uint16_t*>(text.data));
    default: return f(static_cast<const uint32_t*>(text.data));
  }
}

int64_t compare_characters(const StrLeaves& a, const StrLeaves& b) {
  int64_t common = std::min(a.length, b.length);
  int64_t order = with_characters(a, [&](auto* p) {
    return with_characters(b, [&](auto* q) -> int64_t {
      for (int64_t i = 0; i < common; ++i)
        if (p[i] != q[i]) return uint32_t{p[i]} < uint32_t{q[i]} ? -1 : 1;
      return 0;
    });
  });
  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

}  // namespace

extern "C" {

Status lh_str_concat(Context* ctx, const StrLeaves* a, const StrLeaves* b, StrLeaves* out) {
  if (a->length == 0 || b->length == 0) {
    StrLeaves whole = a->length == 0 ? *b : *a;
    lh_retain(whole.owner);
    *out = whole;
    return kOk;
  }
  int64_t kind = std::max(a->kind, b->kind);
  int64_t length, bytes;
  if (__builtin_add_overflow(a->length, b->length, &length) ||
      __builtin_mul_overflow(length + 1, kind, &bytes))
    return raise_row(ctx, ErrorRowId::StrTooLong);
  MemoryHeader* block = allocate_block(bytes, false);
  if (!block) return raise_row(ctx, ErrorRowId::NoMemory, bytes);
  void* end = put(*b, kind, put(*a, kind, block->payload()));
  std::memset(end, 0, static_cast<size_t>(kind));
  *out = {owner_of(block), block->payload(), length, kind};
  return kOk;
}

bool lh_str_equal(const StrLeaves* a, const StrLeaves* b) {
  if (a->length != b->length) return false;
  if (a->kind != b->kind) return compare_characters(*a, *b) == 0;
  return a->length == 0 || std::memcmp(a->data, b->data, static_cast<size_t>(a->length * a->kind)) == 0;
}

int64_t lh_str_compare(const StrLeaves* a, const StrLeaves* b) {
  if (a->kind != 1 || b->kind != 1) return compare_characters(*a, *b);
  int64_t common = std::min(a->length, b->length);
  int order = common == 0 ? 0 : std::memcmp(a->data, b->data, static_cast<size_t>(common));
  if (order != 0) return order < 0 ? -1 : 1;
  return (a->length > b->length) - (a->length < b->length);
}

}  // extern "C"

LH_MATCHES_ROW(lh_str_concat);
LH_MATCHES_ROW(lh_str_equal);
LH_MATCHES_ROW(lh_str_compare);

}  // namespace lancehead
