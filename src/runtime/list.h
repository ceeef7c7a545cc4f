// Lists (contract C20): a managed block whose payload is a ListObject. Items lie one after the other, each as
// the slots of its leaves; what is generic over their type reads the layout that the compiled code or the
// extension gave.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/memory.h"

namespace lancehead {

// Of an item: how many slots, and which of them are owner words.
struct ItemLayout {
  int64_t slots;
  int64_t owner_count;
  int64_t owners[];
};

struct ListObject {
  int64_t length;
  int64_t capacity;
  Slot* items;
  const ItemLayout* layout;
  void* python;

  Slot* item(int64_t index) { return items + index * layout->slots; }
};
#define LIST(field, offset) static_assert(offsetof(ListObject, field) == (offset));
#include "types/list.def"
#undef LIST

inline ListObject& list_object(OwnerWord list) {
  return *static_cast<ListObject*>(header_of(list)->payload());
}
void retain_items(const ListObject& list, int64_t first, int64_t count);
void release_items(const ListObject& list, int64_t first, int64_t count);

// A list without items and room for `capacity` of them; 0 if there is no memory.
OwnerWord make_list(const ItemLayout* layout, int64_t capacity);
// False if there is no memory.
bool reserve_items(ListObject& list, int64_t more);

extern "C" {
Status lh_list_new(Context* ctx, const ItemLayout* layout, int64_t count, OwnerWord* out);
Status lh_list_reserve(Context* ctx, OwnerWord list, int64_t more);
Status lh_list_extend(Context* ctx, OwnerWord list, OwnerWord other);
Status lh_list_insert(Context* ctx, OwnerWord list, int64_t index, int64_t* at);
void lh_list_delete(OwnerWord list, int64_t start, int64_t count, int64_t step);
Status lh_list_slice(Context* ctx, OwnerWord list, int64_t start, int64_t count, int64_t step,
                     OwnerWord* out);
Status lh_list_assign(Context* ctx, OwnerWord list, int64_t start, int64_t count, int64_t step,
                      OwnerWord other);
Status lh_list_concat(Context* ctx, OwnerWord a, OwnerWord b, OwnerWord* out);
Status lh_list_repeat(Context* ctx, OwnerWord list, int64_t times, OwnerWord* out);
Status lh_list_repeat_in_place(Context* ctx, OwnerWord list, int64_t times);
void lh_list_reverse(OwnerWord list);
// A letter of `codes` per part of an item: see list_sort.cpp.
Status lh_list_sort(Context* ctx, OwnerWord list, const char* codes, bool descending);
}

}  // namespace lancehead
