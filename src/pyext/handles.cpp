// The table of handles (handles.h). It is never destroyed: nothing may be released after the interpreter has
// ended.
#include "pyext/handles.h"

#include <unordered_map>
#include <vector>

namespace lancehead {
namespace {

struct Table {
  std::vector<PyObject*> objects{nullptr};
  std::unordered_map<PyObject*, uint32_t> numbers;
};

Table& table() {
  static Table* const instance = new Table;
  return *instance;
}

uint32_t append(PyObject* object) {
  Table& t = table();
  uint32_t handle = static_cast<uint32_t>(t.objects.size());
  t.objects.push_back(object);
  t.numbers.emplace(object, handle);
  return handle;
}

}  // namespace

uint32_t handle_of(PyObject* object) {
  Table& t = table();
  auto found = t.numbers.find(object);
  if (found != t.numbers.end()) return found->second;
  return append(Py_NewRef(object));
}

PyObject* object_of(uint32_t handle) {
  Table& t = table();
  return handle < t.objects.size() ? t.objects[handle] : nullptr;
}

uint32_t make_weak_handle(PyObject* object) {
  return append(object);
}

void forget_handle(uint32_t handle) {
  Table& t = table();
  t.numbers.erase(t.objects[handle]);
  t.objects[handle] = nullptr;
}

}  // namespace lancehead
