// What the runtime and the driver need of Python (hooks.h).
#include "pyext/hooks.h"

#include <Python.h>
#include <dlfcn.h>

#include <string>

#include "driver/backend_library.h"
#include "driver/compiler_lock.h"
#include "driver/linker.h"
#include "pyext/box.h"
#include "pyext/handles.h"
#include "pyext/live_array.h"
#include "pyext/ref.h"
#include "runtime/hooks.h"
#include "runtime/parallel_gate.h"
#include "runtime/py/python_hooks.h"
#include "types/layout.h"

namespace lancehead {
namespace {

// ---- objects that compiled code names; asked for while it is loaded, without the GIL

PyObject* object_of_name(const std::string& name) {
  size_t dot = name.rfind('.');
  if (dot == std::string::npos) return PyImport_ImportModule(name.c_str());
  Ref module = Ref::steal(PyImport_ImportModule(name.substr(0, dot).c_str()));
  return module ? PyObject_GetAttrString(module.get(), name.c_str() + dot + 1) : nullptr;
}

// The object of the handle, else the one that has the canonical name.
LiveObject named_object(const char* name, uint32_t handle) {
  WithGil gil;
  PyObject* known = object_of(handle);
  Ref found = known ? Ref::borrow(known) : *name ? Ref::steal(object_of_name(name)) : Ref();
  PyErr_Clear();
  if (!found) return {};
  void* object = found.get();
  return {object, keeper_of(found.release())};
}

// ---- fork: before it, without the GIL, compilations are awaited and the pool is ended; the child starts a
// new one (contract C15)

PyObject* before_fork(PyObject*, PyObject*) {
  PyThreadState* thread = PyEval_SaveThread();
  GilMark mark(false);
  compiler_before_fork();
  lh_parallel_before_fork();
  PyEval_RestoreThread(thread);
  Py_RETURN_NONE;
}
PyObject* after_fork_parent(PyObject*, PyObject*) {
  lh_parallel_after_fork_parent();
  compiler_after_fork();
  Py_RETURN_NONE;
}
PyObject* after_fork_child(PyObject*, PyObject*) {
  lh_parallel_after_fork_child();
  compiler_after_fork();
  Py_RETURN_NONE;
}

PyMethodDef fork_functions[] = {{"before_fork", before_fork, METH_NOARGS, nullptr},
                                {"after_fork_parent", after_fork_parent, METH_NOARGS, nullptr},
                                {"after_fork_child", after_fork_child, METH_NOARGS, nullptr}};

bool register_at_fork() {
  Ref os = Ref::steal(PyImport_ImportModule("os"));
  Ref enroll = os ? Ref::steal(PyObject_GetAttrString(os.get(), "register_at_fork")) : Ref();
  Ref empty = Ref::steal(PyTuple_New(0));
  Ref functions = Ref::steal(PyDict_New());
  const char* const names[] = {"before", "after_in_parent", "after_in_child"};
  for (int i = 0; i < 3; ++i) {
    Ref function = Ref::steal(PyCFunction_New(&fork_functions[i], nullptr));
    if (!functions || !function || PyDict_SetItemString(functions.get(), names[i], function.get()) < 0)
      return false;
  }
  return enroll && Ref::steal(PyObject_Call(enroll.get(), empty.get(), functions.get()));
}

// The libraries that are opened when they are needed lie beside this one.
bool name_libraries() {
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(&install_hooks), &info) == 0 || !info.dli_fname) return false;
  std::string folder = info.dli_fname;
  folder.resize(folder.rfind('/') + 1);
  set_backend_library(folder + "liblancehead_llvm.so");
  lh_set_parallel_library((folder + "liblancehead_parallel.so").c_str());
  return true;
}

}  // namespace

bool install_hooks() {
  ValueHooks values;
  values.slot_count = [](uint32_t type) { return static_cast<int64_t>(leaf_count(TypeId(type))); };
  values.retain_leaves = [](uint32_t type, const Slot* slots) { retain_leaves(TypeId(type), slots); };
  values.release_leaves = [](uint32_t type, const Slot* slots) { release_leaves(TypeId(type), slots); };
  values.box = [](uint32_t type, const Slot* slots) {
    retain_leaves(TypeId(type), slots);  // box takes over what it is given
    return box(TypeId(type), slots);
  };
  set_object_hooks({named_object, find_live_array});
  if (!name_libraries()) {
    PyErr_SetString(PyExc_ImportError, "the extension cannot find its own file");
    return false;
  }
  return install_python_hooks(values) && register_at_fork();
}

}  // namespace lancehead
