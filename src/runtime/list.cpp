#include "runtime/list.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "runtime/error.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

constexpr int64_t kSlot = sizeof(Slot);

void destroy_list(void* payload) {
  auto& list = *static_cast<ListObject*>(payload);
  release_items(list, 0, list.length);
  std::free(list.items);
}

Status no_memory(Context* ctx, const ListObject& list, int64_t items) {
  return raise_row(ctx, ErrorRowId::NoMemory, items * list.layout->slots * kSlot);
}

void move_items(ListObject& list, int64_t to, int64_t from, int64_t count) {
  if (count > 0 && list.layout->slots > 0)
    std::memmove(list.item(to), list.item(from), static_cast<size_t>(count * list.layout->slots * kSlot));
}

// Items of another list; they get one more owner.
void copy_items(ListObject& list, int64_t to, ListObject& other, int64_t from, int64_t count) {
  if (count > 0 && list.layout->slots > 0)
    std::memcpy(list.item(to), other.item(from), static_cast<size_t>(count * list.layout->slots * kSlot));
  retain_items(list, to, count);
}

// The items [start, start + count) become those of `other`, which is another list.
Status replace_items(Context* ctx, ListObject& list, int64_t start, int64_t count, ListObject& other) {
  int64_t more = other.length - count;
  if (more > 0 && !reserve_items(list, more)) return no_memory(ctx, list, more);
  retain_items(other, 0, other.length);
  release_items(list, start, count);
  move_items(list, start + other.length, start + count, list.length - start - count);
  list.length += more;
  if (other.length > 0 && list.layout->slots > 0)
    std::memcpy(list.item(start), other.items,
                static_cast<size_t>(other.length * list.layout->slots * kSlot));
  return kOk;
}

}  // namespace

void retain_items(const ListObject& list, int64_t first, int64_t count) {
  const ItemLayout& layout = *list.layout;
  if (layout.owner_count == 0) return;
  for (int64_t i = first; i < first + count; ++i)
    for (int64_t k = 0; k < layout.owner_count; ++k)
      lh_retain(list.items[i * layout.slots + layout.owners[k]].u);
}

void release_items(const ListObject& list, int64_t first, int64_t count) {
  const ItemLayout& layout = *list.layout;
  if (layout.owner_count == 0) return;
  for (int64_t i = first; i < first + count; ++i)
    for (int64_t k = 0; k < layout.owner_count; ++k)
      lh_release(list.items[i * layout.slots + layout.owners[k]].u);
}

OwnerWord make_list(const ItemLayout* layout, int64_t capacity) {
  MemoryHeader* header = allocate_block(sizeof(ListObject), true, destroy_list);
  if (!header) return 0;
  auto& list = *static_cast<ListObject*>(header->payload());
  list.layout = layout;
  if (capacity > 0) {
    int64_t bytes;
    if (!__builtin_mul_overflow(capacity, layout->slots * kSlot, &bytes))
      list.items = static_cast<Slot*>(std::malloc(static_cast<size_t>(std::max<int64_t>(bytes, 1))));
    if (!list.items) return lh_release(owner_of(header)), 0;
    list.capacity = capacity;
  }
  return owner_of(header);
}

bool reserve_items(ListObject& list, int64_t more) {
  int64_t wanted, bytes;
  if (__builtin_add_overflow(list.length, more, &wanted)) return false;
  if (wanted <= list.capacity) return true;
  int64_t capacity = std::max(wanted, list.length + list.length / 2 + 4);
  if (__builtin_mul_overflow(capacity, std::max<int64_t>(list.layout->slots, 1) * kSlot, &bytes))
    return false;
  void* items = std::realloc(list.items, static_cast<size_t>(bytes));
  if (!items) return false;
  list.items = static_cast<Slot*>(items);
  list.capacity = capacity;
  return true;
}

extern "C" {

Status lh_list_new(Context* ctx, const ItemLayout* layout, int64_t count, OwnerWord* out) {
  *out = make_list(layout, count);
  return *out ? kOk : raise_row(ctx, ErrorRowId::NoMemory, count * layout->slots * kSlot);
}

Status lh_list_reserve(Context* ctx, OwnerWord list, int64_t more) {
  return reserve_items(list_object(list), more) ? kOk : no_memory(ctx, list_object(list), more);
}

Status lh_list_extend(Context* ctx, OwnerWord list, OwnerWord other) {
  ListObject &to = list_object(list), &from = list_object(other);
  int64_t count = from.length;
  if (!reserve_items(to, count)) return no_memory(ctx, to, count);
  copy_items(to, to.length, from, 0, count);
  to.length += count;
  return kOk;
}

Status lh_list_insert(Context* ctx, OwnerWord owner, int64_t index, int64_t* at) {
  ListObject& list = list_object(owner);
  if (index < 0) index += list.length;
  index = std::clamp<int64_t>(index, 0, list.length);
  if (!reserve_items(list, 1)) return no_memory(ctx, list, 1);
  move_items(list, index + 1, index, list.length - index);
  std::fill_n(list.item(index), list.layout->slots, Slot{});
  ++list.length;
  *at = index;
  return kOk;
}

void lh_list_delete(OwnerWord owner, int64_t start, int64_t count, int64_t step) {
  if (count <= 0) return;
  ListObject& list = list_object(owner);
  if (step < 0) {
    start += (count - 1) * step;
    step = -step;
  }
  if (count == 1) step = 1;
  for (int64_t i = 0; i < count; ++i) release_items(list, start + i * step, 1);
  int64_t to = start;
  for (int64_t i = 0; i < count; ++i) {
    int64_t from = start + i * step + 1, next = i + 1 < count ? start + (i + 1) * step : list.length;
    move_items(list, to, from, next - from);
    to += next - from;
  }
  list.length -= count;
}

Status lh_list_slice(Context* ctx, OwnerWord owner, int64_t start, int64_t count, int64_t step,
                     OwnerWord* out) {
  ListObject& list = list_object(owner);
  *out = make_list(list.layout, count);
  if (!*out) return no_memory(ctx, list, count);
  ListObject& part = list_object(*out);
  if (step == 1) {
    copy_items(part, 0, list, start, count);
  } else {
    for (int64_t i = 0; i < count; ++i) copy_items(part, i, list, start + i * step, 1);
  }
  part.length = count;
  return kOk;
}

Status lh_list_assign(Context* ctx, OwnerWord owner, int64_t start, int64_t count, int64_t step,
                      OwnerWord other) {
  if (owner == other) {  // a[1:] = a
    OwnerWord copy;
    if (Status status = lh_list_slice(ctx, other, 0, list_object(other).length, 1, &copy)) return status;
    Status status = lh_list_assign(ctx, owner, start, count, step, copy);
    lh_release(copy);
    return status;
  }
  ListObject &list = list_object(owner), &from = list_object(other);
  if (step == 0 || step == 1) return replace_items(ctx, list, start, count, from);
  if (from.length != count) return raise_row(ctx, ErrorRowId::ExtendedSlice, from.length, count);
  retain_items(from, 0, count);
  for (int64_t i = 0; i < count; ++i) {
    release_items(list, start + i * step, 1);
    std::copy_n(from.item(i), list.layout->slots, list.item(start + i * step));
  }
  return kOk;
}

Status lh_list_concat(Context* ctx, OwnerWord a, OwnerWord b, OwnerWord* out) {
  ListObject &first = list_object(a), &second = list_object(b);
  *out = make_list(first.layout, first.length + second.length);
  if (!*out) return no_memory(ctx, first, first.length + second.length);
  ListObject& both = list_object(*out);
  copy_items(both, 0, first, 0, first.length);
  copy_items(both, first.length, second, 0, second.length);
  both.length = first.length + second.length;
  return kOk;
}

Status lh_list_repeat(Context* ctx, OwnerWord owner, int64_t times, OwnerWord* out) {
  ListObject& list = list_object(owner);
  int64_t count;
  if (__builtin_mul_overflow(list.length, std::max<int64_t>(times, 0), &count))
    return no_memory(ctx, list, 0);
  *out = make_list(list.layout, count);
  if (!*out) return no_memory(ctx, list, count);
  ListObject& result = list_object(*out);
  for (int64_t at = 0; at < count; at += list.length) copy_items(result, at, list, 0, list.length);
  result.length = count;
  return kOk;
}

Status lh_list_repeat_in_place(Context* ctx, OwnerWord owner, int64_t times) {
  ListObject& list = list_object(owner);
  int64_t length = list.length, count;
  if (times <= 0) return lh_list_delete(owner, 0, length, 1), kOk;
  if (__builtin_mul_overflow(length, times, &count) || !reserve_items(list, count - length))
    return no_memory(ctx, list, length);
  for (int64_t at = length; at < count; at += length) copy_items(list, at, list, 0, length);
  list.length = count;
  return kOk;
}

void lh_list_reverse(OwnerWord owner) {
  ListObject& list = list_object(owner);
  for (int64_t i = 0, j = list.length - 1; i < j; ++i, --j)
    std::swap_ranges(list.item(i), list.item(i + 1), list.item(j));
}

}  // extern "C"

LH_MATCHES_ROW(lh_list_new);
LH_MATCHES_ROW(lh_list_reserve);
LH_MATCHES_ROW(lh_list_extend);
LH_MATCHES_ROW(lh_list_insert);
LH_MATCHES_ROW(lh_list_delete);
LH_MATCHES_ROW(lh_list_slice);
LH_MATCHES_ROW(lh_list_assign);
LH_MATCHES_ROW(lh_list_concat);
LH_MATCHES_ROW(lh_list_repeat);
LH_MATCHES_ROW(lh_list_repeat_in_place);
LH_MATCHES_ROW(lh_list_reverse);

}  // namespace lancehead
