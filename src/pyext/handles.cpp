// The table of handles (handles.h). It is never destroyed: nothing may be released after the interpreter has
// ended.
#include "pyext/handles.h"

#include <unordered_map>

#include "runtime/memory.h"

namespace lancehead {
namespace {

struct Row {
  PyObject* object = nullptr;  // null: it has gone
  PyObject* weak = nullptr;    // owned; what says when it goes
};

struct Table {
  std::vector<Row> rows{Row()};
  std::unordered_map<PyObject*, uint32_t> numbers;
};

Table& table() {
  static Table* const instance = new Table;
  return *instance;
}

thread_local HoldObjects* t_hold = nullptr;

uint32_t append(PyObject* object, PyObject* weak = nullptr) {
  Table& t = table();
  uint32_t handle = static_cast<uint32_t>(t.rows.size());
  t.rows.push_back({object, weak});
  t.numbers.emplace(object, handle);
  return handle;
}

// Called with the number when the object goes.
PyObject* object_has_gone(PyObject* number, PyObject*) {
  uint32_t handle = static_cast<uint32_t>(PyLong_AsUnsignedLong(number));
  PyObject* weak = table().rows[handle].weak;
  forget_handle(handle);
  Py_XDECREF(weak);
  Py_RETURN_NONE;
}
PyMethodDef g_callback = {"object_has_gone", object_has_gone, METH_O, nullptr};

// A weak reference that tells of the object's end; null without an error where there can be none.
PyObject* watch(PyObject* object, uint32_t handle) {
  if (!PyType_SUPPORTS_WEAKREFS(Py_TYPE(object))) return nullptr;
  Ref number = Ref::steal(PyLong_FromUnsignedLong(handle));
  Ref callback = number ? Ref::steal(PyCFunction_New(&g_callback, number.get())) : Ref();
  PyObject* weak = callback ? PyWeakref_NewRef(object, callback.get()) : nullptr;
  if (!weak) PyErr_Clear();
  return weak;
}

}  // namespace

HoldObjects::HoldObjects() : around_(t_hold) {
  t_hold = this;
}
HoldObjects::~HoldObjects() {
  t_hold = around_;
}

uint32_t handle_of(PyObject* object) {
  if (t_hold) t_hold->held_.push_back(Ref::borrow(object));
  Table& t = table();
  auto found = t.numbers.find(object);
  if (found != t.numbers.end()) return found->second;
  PyObject* weak = watch(object, static_cast<uint32_t>(t.rows.size()));
  return append(weak ? object : Py_NewRef(object), weak);
}

PyObject* object_of(uint32_t handle) {
  Table& t = table();
  return handle < t.rows.size() ? t.rows[handle].object : nullptr;
}

uint32_t make_weak_handle(PyObject* object) {
  return append(object);
}

void forget_handle(uint32_t handle) {
  Table& t = table();
  t.numbers.erase(t.rows[handle].object);
  t.rows[handle] = Row();
}

std::shared_ptr<const void> keeper_of(PyObject* object) {
  return {object, [](const void* held) {
            auto* released = static_cast<PyObject*>(const_cast<void*>(held));
            if (PyGILState_Check())
              Py_DECREF(released);
            else
              lh_release(python_owner(released));
          }};
}

}  // namespace lancehead
