// A capsule per live array holds it and owns its handle; keepers hold the capsule.
#include "pyext/live_array.h"

#include <unordered_map>

#include "pyext/handles.h"
#include "runtime/py/python_hooks.h"

namespace lancehead {
namespace {

constexpr const char* kCapsuleName = "lancehead.live_array";

struct Held {
  PyObject* array;
  uint32_t handle;
};

using Capsules = std::unordered_map<PyObject*, PyObject*>;  // by array; nothing of them is owned

Capsules& capsules() {
  static Capsules* const instance = new Capsules;  // never destroyed, as the handles
  return *instance;
}

Held* held_by(PyObject* capsule) {
  return static_cast<Held*>(PyCapsule_GetPointer(capsule, kCapsuleName));
}

void let_go(PyObject* capsule) {
  Held* held = held_by(capsule);
  forget_handle(held->handle);
  capsules().erase(held->array);
  Py_DECREF(held->array);
  delete held;
}

PyObject* new_capsule(PyObject* array) {
  auto* held = new Held{Py_NewRef(array), 0};
  PyObject* capsule = PyCapsule_New(held, kCapsuleName, let_go);
  if (!capsule) Py_FatalError("no memory for a capsule");
  held->handle = make_weak_handle(capsule);
  capsules().emplace(array, capsule);
  return capsule;
}

}  // namespace

uint32_t live_array_handle(PyArrayObject* array, std::shared_ptr<const void>& keeper) {
  auto* object = reinterpret_cast<PyObject*>(array);
  auto known = capsules().find(object);
  PyObject* capsule = known == capsules().end() ? new_capsule(object) : Py_NewRef(known->second);
  keeper = keeper_of(capsule);
  return held_by(capsule)->handle;
}

LiveArray find_live_array(uint32_t handle) {
  WithGil gil;
  PyObject* capsule = object_of(handle);
  if (!capsule || !PyCapsule_IsValid(capsule, kCapsuleName)) return {};
  PyObject* array = held_by(capsule)->array;
  return {array, PyArray_DATA(reinterpret_cast<PyArrayObject*>(array)), keeper_of(Py_NewRef(capsule))};
}

}  // namespace lancehead
