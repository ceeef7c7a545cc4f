// Sorts lists. A letter of `codes` says what a part of an item is: b w l q signed integers of 1, 2, 4, 8
// bytes, B W L Q unsigned ones (bool is B), f d floats, s a str; items of several parts compare by the first
// that differs. Equal items keep their order, descending too.
#include <algorithm>
#include <memory>
#include <new>

#include "runtime/error.h"
#include "runtime/list.h"
#include "runtime/signature.h"
#include "runtime/str.h"

namespace lancehead {
namespace {

template <typename T>
int order_of(T a, T b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

int compare_part(char code, const Slot* a, const Slot* b) {
  switch (code) {
    case 'b': return order_of(static_cast<int8_t>(a->i), static_cast<int8_t>(b->i));
    case 'w': return order_of(static_cast<int16_t>(a->i), static_cast<int16_t>(b->i));
    case 'l': return order_of(static_cast<int32_t>(a->i), static_cast<int32_t>(b->i));
    case 'q': return order_of(a->i, b->i);
    case 'B': return order_of(static_cast<uint8_t>(a->u), static_cast<uint8_t>(b->u));
    case 'W': return order_of(static_cast<uint16_t>(a->u), static_cast<uint16_t>(b->u));
    case 'L': return order_of(static_cast<uint32_t>(a->u), static_cast<uint32_t>(b->u));
    case 'Q': return order_of(a->u, b->u);
    case 'f': return order_of(a->f, b->f);
    case 'd': return order_of(a->d, b->d);
    default:
      return static_cast<int>(
          lh_str_compare(reinterpret_cast<const StrLeaves*>(a), reinterpret_cast<const StrLeaves*>(b)));
  }
}

bool is_less(const char* codes, const Slot* a, const Slot* b) {
  for (; *codes; ++codes) {
    if (int order = compare_part(*codes, a, b)) return order < 0;
    int64_t slots = *codes == 's' ? static_cast<int64_t>(sizeof(StrLeaves) / sizeof(Slot)) : 1;
    a += slots;
    b += slots;
  }
  return false;
}

template <typename Less>
void sort_slots(Slot* first, int64_t count, bool descending, Less less) {
  if (descending)
    std::stable_sort(first, first + count, [=](const Slot& a, const Slot& b) { return less(b, a); });
  else
    std::stable_sort(first, first + count, less);
}

// Items of several slots: their addresses are sorted.
bool sort_rows(ListObject& list, const char* codes, bool descending) {
  auto count = static_cast<size_t>(list.length), width = static_cast<size_t>(list.layout->slots);
  std::unique_ptr<const Slot*[]> rows(new (std::nothrow) const Slot*[count]);
  std::unique_ptr<Slot[]> sorted(new (std::nothrow) Slot[count * width]);
  if (!rows || !sorted) return false;
  for (size_t i = 0; i < count; ++i) rows[i] = list.items + i * width;
  std::stable_sort(rows.get(), rows.get() + count, [=](const Slot* a, const Slot* b) {
    return descending ? is_less(codes, b, a) : is_less(codes, a, b);
  });
  for (size_t i = 0; i < count; ++i) std::copy_n(rows[i], width, sorted.get() + i * width);
  std::copy_n(sorted.get(), count * width, list.items);
  return true;
}

}  // namespace

extern "C" Status lh_list_sort(Context* ctx, OwnerWord owner, const char* codes, bool descending) {
  ListObject& list = list_object(owner);
  if (list.length < 2) return kOk;
  if (list.layout->slots == 1) {
    char code = codes[0];
    if (code == 'q')
      sort_slots(list.items, list.length, descending, [](const Slot& a, const Slot& b) { return a.i < b.i; });
    else if (code == 'd')
      sort_slots(list.items, list.length, descending, [](const Slot& a, const Slot& b) { return a.d < b.d; });
    else
      sort_slots(list.items, list.length, descending,
                 [=](const Slot& a, const Slot& b) { return compare_part(code, &a, &b) < 0; });
    return kOk;
  }
  if (sort_rows(list, codes, descending)) return kOk;
  return raise_row(ctx, ErrorRowId::NoMemory,
                   list.length * list.layout->slots * static_cast<int64_t>(sizeof(Slot)));
}

LH_MATCHES_ROW(lh_list_sort);

}  // namespace lancehead
