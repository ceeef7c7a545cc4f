// Python lists as arguments (contract C19): copied into native lists when a call begins, and what compiled
// code changed written back in place when it ends, also if it raised. One Python list is one native list
// however often it occurs. With the GIL.
#pragma once

#include <Python.h>

#include <vector>

#include "pyext/argument.h"
#include "runtime/list.h"
#include "types/type.h"

namespace lancehead {

// The layout of an item of a list; it lives for ever.
const ItemLayout* item_layout_of(TypeId item);

// Reads a list by its plan; null, perhaps with a Python error, if it is none of the plan's. What was read
// belongs to the next ReadLists that takes it.
Slot* read_list(const ArgumentPlan& plan, PyObject* value, Slot* out);

// The lists that were read for one call.
class ReadLists {
 public:
  ReadLists();
  ReadLists(const ReadLists&) = delete;
  ReadLists& operator=(const ReadLists&) = delete;
  ~ReadLists();

  // After the arguments were read, whether or not that went well: no later call finds these lists.
  void take();
  // False with a Python error.
  bool write_back();

 private:
  size_t first_;  // of those that are waiting to be taken
  std::vector<OwnerWord> lists_;
  std::vector<TypeId> items_;  // their types
};

// The Python list of a native one, which is given up. Null with a Python error.
PyObject* box_list(TypeId item, OwnerWord list);

}  // namespace lancehead
