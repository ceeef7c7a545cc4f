// Lists of Python (lists.h). A native list knows the Python list that it was read from, but not the types of
// its items: the plan by which it was read is kept beside it.
#include "pyext/lists.h"

#include <cstdlib>
#include <optional>
#include <unordered_map>
#include <utility>

#include "pyext/box.h"
#include "pyext/ref.h"
#include "runtime/hooks.h"
#include "types/layout.h"

namespace lancehead {
namespace {

struct WaitingList {
  OwnerWord list;
  TypeId item;
};

// Lists that are being read: of one call, or of calls that calls made while their arguments were read.
std::vector<WaitingList>& waiting() {
  static auto* const lists = new std::vector<WaitingList>;
  return *lists;
}

constexpr size_t kFewLists = 16;  // that are looked through one by one

// By Python list, once there are many; emptied when they are taken.
std::unordered_map<PyObject*, OwnerWord>& index_of_waiting() {
  static auto* const index = new std::unordered_map<PyObject*, OwnerWord>;
  return *index;
}

OwnerWord find_waiting(PyObject* value) {
  std::vector<WaitingList>& lists = waiting();
  if (lists.size() <= kFewLists) {
    for (const WaitingList& w : lists)
      if (list_object(w.list).python == value) return w.list;
    return 0;
  }
  auto& index = index_of_waiting();
  if (index.empty())
    for (const WaitingList& w : lists)
      index.emplace(static_cast<PyObject*>(list_object(w.list).python), w.list);
  auto found = index.find(value);
  return found == index.end() ? 0 : found->second;
}

void add_waiting(OwnerWord list, TypeId item, PyObject* value) {
  list_object(list).python = Py_NewRef(value);  // writing back may drop it from the list that it is in
  waiting().push_back({list, item});
  if (!index_of_waiting().empty()) index_of_waiting().emplace(value, list);
}

// Items into a list that has room for them; those that were read are counted as they come.
bool read_items(const ArgumentPlan& plan, PyObject* value, ListObject& list) {
  const ArgumentPlan& item = plan.items[0];
  Py_ssize_t count = PyList_GET_SIZE(value);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (!read_argument(item, PyList_GET_ITEM(value, i), list.item(i))) return false;
    retain_items(list, i, 1);
    list.length = i + 1;
  }
  return true;
}

uint64_t significant_bits(LeafKind kind, uint64_t word) {
  switch (kind) {
    case LeafKind::Bool: return word & 1;
    case LeafKind::I8: return word & 0xff;
    case LeafKind::I16: return word & 0xffff;
    case LeafKind::I32:
    case LeafKind::F32: return word & 0xffffffff;
    default: return word;
  }
}

// Whether the object is exactly this int or float; other numbers are for Comparison.
bool same_number(TypeId type, const Slot* slots, PyObject* value) {
  if (type == ty::Float64) {
    if (!PyFloat_CheckExact(value)) return false;
    Slot read;
    read.d = PyFloat_AS_DOUBLE(value);
    return read.u == slots->u;
  }
  if (type != ty::Int64 || !PyLong_CheckExact(value)) return false;
  int overflow = 0;
  int64_t read = PyLong_AsLongLongAndOverflow(value, &overflow);
  return overflow == 0 && read == slots->i;
}

// Whether the object in the Python list is what the native list holds, so that it may stay.
class Comparison {
 public:
  explicit Comparison(TypeId item)
      : item_(item), leaves_(leaves_of(item)), read_(leaves_.size() + kSpareSlots) {
    if (!holds_list(item)) plan_ = plan_argument(item, item, false);
  }

  bool is_same(const Slot* slots, PyObject* value) {
    if (is_list(item_)) return list_object(slots->u).python == value;
    if (holds_list(item_)) return false;
    bool read = read_argument(plan_, value, read_.data()) != nullptr;
    PyErr_Clear();
    if (!read) return false;
    for (size_t i = 0; i < leaves_.size(); ++i)
      if (significant_bits(leaves_[i], slots[i].u) != significant_bits(leaves_[i], read_[i].u)) return false;
    return true;
  }

 private:
  static constexpr size_t kSpareSlots = 2;

  static bool holds_list(TypeId type) {
    const Type& t = type_of(type);
    if (t.kind == Kind::List) return true;
    if (t.kind == Kind::Optional) return holds_list(t.elem);
    for (TypeId item : t.items)
      if (holds_list(item)) return true;
    return false;
  }

  TypeId item_;
  std::vector<LeafKind> leaves_;
  std::vector<Slot> read_;
  ArgumentPlan plan_;
};

PyObject* box_item(TypeId item, const Slot* slots) {
  if (item == ty::Int64) return PyLong_FromLongLong(slots->i);
  if (item == ty::Float64) return PyFloat_FromDouble(slots->d);
  retain_leaves(item, slots);
  return box(item, slots);
}

bool update_items(TypeId item, ListObject& list, PyObject* value, Py_ssize_t common) {
  std::optional<Comparison> comparison;
  for (Py_ssize_t i = 0; i < common && i < PyList_GET_SIZE(value); ++i) {
    if (same_number(item, list.item(i), PyList_GET_ITEM(value, i))) continue;
    if (!comparison) comparison.emplace(item);
    if (comparison->is_same(list.item(i), PyList_GET_ITEM(value, i))) continue;
    PyObject* made = box_item(item, list.item(i));
    if (!made || PyList_SetItem(value, i, made) < 0) return false;
  }
  return true;
}

// Makes the Python list what the native list is now.
bool write_list_back(TypeId item, ListObject& list) {
  auto* value = static_cast<PyObject*>(list.python);
  Py_ssize_t before = PyList_GET_SIZE(value), now = list.length;
  if (!update_items(item, list, value, before < now ? before : now)) return false;
  if (now < PyList_GET_SIZE(value)) return PyList_SetSlice(value, now, PyList_GET_SIZE(value), nullptr) == 0;
  for (Py_ssize_t i = PyList_GET_SIZE(value); i < now; ++i) {
    Ref made = Ref::steal(box_item(item, list.item(i)));
    if (!made || PyList_Append(value, made.get()) < 0) return false;
  }
  return true;
}

}  // namespace

const ItemLayout* item_layout_of(TypeId item) {
  static auto* const layouts = new std::unordered_map<uint32_t, ItemLayout*>;
  ItemLayout*& layout = (*layouts)[item.index];
  if (layout) return layout;
  std::vector<LeafKind> leaves = leaves_of(item);
  layout = static_cast<ItemLayout*>(std::malloc(sizeof(ItemLayout) + leaves.size() * sizeof(int64_t)));
  layout->slots = static_cast<int64_t>(leaves.size());
  layout->owner_count = 0;
  for (size_t i = 0; i < leaves.size(); ++i)
    if (leaves[i] == LeafKind::Owner) layout->owners[layout->owner_count++] = static_cast<int64_t>(i);
  return layout;
}

Slot* read_list(const ArgumentPlan& plan, PyObject* value, Slot* out) {
  if (!PyList_CheckExact(value)) return nullptr;
  if (PyList_GET_SIZE(value) == 0 && !plan.takes_empty) return nullptr;
  OwnerWord list = find_waiting(value);
  if (!list) {
    list = make_list(plan.item_layout, PyList_GET_SIZE(value) + 1);
    if (!list) return PyErr_NoMemory(), nullptr;
    add_waiting(list, plan.items[0].from, value);
    GilMark mark(true);
    if (!read_items(plan, value, list_object(list))) return nullptr;
  } else if (list_object(list).layout != plan.item_layout) {
    return nullptr;
  }
  out->u = list;
  return out + 1;
}

ReadLists::ReadLists() : first_(waiting().size()) {}

void ReadLists::take() {
  std::vector<WaitingList>& all = waiting();
  for (size_t i = first_; i < all.size(); ++i) {
    lists_.push_back(all[i].list);
    items_.push_back(all[i].item);
  }
  all.resize(first_);
  index_of_waiting().clear();
}

bool ReadLists::write_back() {
  GilMark mark(true);
  for (size_t i = 0; i < lists_.size(); ++i)
    if (!write_list_back(items_[i], list_object(lists_[i]))) return false;
  return true;
}

ReadLists::~ReadLists() {
  GilMark mark(true);
  for (OwnerWord list : lists_) {
    auto* value = static_cast<PyObject*>(std::exchange(list_object(list).python, nullptr));
    lh_release(list);
    Py_DECREF(value);
  }
}

PyObject* box_list(TypeId item, OwnerWord owner) {
  ListObject& list = list_object(owner);
  Ref made;
  if (list.python) {
    if (write_list_back(item, list)) made = Ref::borrow(static_cast<PyObject*>(list.python));
  } else {
    made = Ref::steal(PyList_New(list.length));
    for (Py_ssize_t i = 0; made && i < list.length; ++i) {
      PyObject* one = box_item(item, list.item(i));
      if (!one) {
        made = Ref();
        break;
      }
      PyList_SET_ITEM(made.get(), i, one);
    }
  }
  lh_release(owner);
  return made.release();
}

}  // namespace lancehead
