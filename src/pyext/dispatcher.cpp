// The Python type Dispatcher (dispatcher.h): its making, attributes and methods.
#include "pyext/dispatcher.h"

#include <structmember.h>

#include "pyext/classes.h"
#include "pyext/dispatcher_state.h"
#include "pyext/handles.h"
#include "pyext/inspect.h"

namespace lancehead {
namespace {

DispatcherObject* cast(PyObject* object) {
  return reinterpret_cast<DispatcherObject*>(object);
}

// ---- life

PyObject* dispatcher_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* const names[] = {"py_func", "options", nullptr};
  PyObject *function, *dict;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!", const_cast<char**>(names), &PyFunction_Type,
                                   &function, &PyDict_Type, &dict))
    return nullptr;
  JitOptions options;
  if (!read_options(dict, options)) return nullptr;
  Ref made = Ref::steal(type->tp_alloc(type, 0));
  if (!made) return nullptr;
  DispatcherObject* self = cast(made.get());
  self->vectorcall = dispatcher_vectorcall;
  self->py_func = Py_NewRef(function);
  self->options = Py_NewRef(dict);
  self->state = new DispatcherState(reinterpret_cast<PyFunctionObject*>(function), options);
  self->state->handle = make_weak_handle(made.get());
  return made.release();
}

int dispatcher_traverse(PyObject* object, visitproc visit, void* arg) {
  DispatcherObject* self = cast(object);
  Py_VISIT(self->py_func);
  Py_VISIT(self->options);
  Py_VISIT(self->dict);
  if (!self->state) return 0;
  for (const auto& entry : self->state->entries) {
    for (const ArgumentPlan& plan : entry->plans)
      if (int result = visit_known_objects(plan, visit, arg)) return result;
    for (PyObject* value : entry->defaults) Py_VISIT(value);
  }
  return 0;
}

int dispatcher_clear(PyObject* object) {
  DispatcherObject* self = cast(object);
  Py_CLEAR(self->dict);
  if (self->state) self->state->entries.clear();
  return 0;
}

void dispatcher_dealloc(PyObject* object) {
  DispatcherObject* self = cast(object);
  PyObject_GC_UnTrack(object);
  if (self->weakrefs) PyObject_ClearWeakRefs(object);
  dispatcher_clear(object);
  if (self->state) forget_handle(self->state->handle);
  delete self->state;
  Py_CLEAR(self->py_func);
  Py_CLEAR(self->options);
  Py_TYPE(object)->tp_free(object);
}

PyObject* dispatcher_get(PyObject* self, PyObject* instance, PyObject*) {
  if (!instance || instance == Py_None) return Py_NewRef(self);
  return PyMethod_New(self, instance);
}

PyObject* dispatcher_repr(PyObject* self) {
  return PyUnicode_FromFormat("CPUDispatcher(%R)", cast(self)->py_func);
}

// ---- attributes

PyObject* get_function_attribute(PyObject* self, void* name) {
  return PyObject_GetAttrString(cast(self)->py_func, static_cast<const char*>(name));
}
// The module, name and so on of a jitted function can be set, as those of the function can.
int set_function_attribute(PyObject* self, PyObject* value, void* name) {
  return PyObject_SetAttrString(cast(self)->py_func, static_cast<const char*>(name), value);
}

PyObject* get_py_func(PyObject* self, void*) {
  return Py_NewRef(cast(self)->py_func);
}
PyObject* get_options(PyObject* self, void*) {
  return Py_NewRef(cast(self)->options);
}
PyObject* get_signatures(PyObject* self, void*) {
  return shown_signatures(*cast(self)->state);
}
PyObject* get_nopython_signatures(PyObject* self, void*) {
  return shown_nopython_signatures(*cast(self)->state);
}
PyObject* get_overloads(PyObject* self, void*) {
  return shown_overloads(*cast(self)->state);
}
PyObject* get_stats(PyObject* self, void*) {
  return shown_stats(*cast(self)->state);
}
PyObject* get_can_compile(PyObject* self, void*) {
  return PyBool_FromLong(cast(self)->state->can_compile);
}

#define FUNCTION_ATTRIBUTE(name) \
  { name, get_function_attribute, set_function_attribute, nullptr, const_cast<char*>(name) }
PyGetSetDef dispatcher_getset[] = {
    FUNCTION_ATTRIBUTE("__name__"),
    FUNCTION_ATTRIBUTE("__qualname__"),
    FUNCTION_ATTRIBUTE("__doc__"),
    FUNCTION_ATTRIBUTE("__module__"),
    FUNCTION_ATTRIBUTE("__defaults__"),
    FUNCTION_ATTRIBUTE("__kwdefaults__"),
    FUNCTION_ATTRIBUTE("__annotations__"),
    {"__code__", get_function_attribute, nullptr, nullptr, const_cast<char*>("__code__")},
    {"__wrapped__", get_py_func, nullptr, "the Python function", nullptr},
    {"py_func", get_py_func, nullptr, "the Python function", nullptr},
    {"targetoptions", get_options, nullptr, "the options of jit", nullptr},
    {"signatures", get_signatures, nullptr, "argument types of the specialisations", nullptr},
    {"nopython_signatures", get_nopython_signatures, nullptr, "signatures of the specialisations", nullptr},
    {"overloads", get_overloads, nullptr, "argument types -> specialisation", nullptr},
    {"stats", get_stats, nullptr, "how often the cache had the function", nullptr},
    {"_can_compile", get_can_compile, nullptr, "whether calls may compile", nullptr},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};
#undef FUNCTION_ATTRIBUTE

// ---- methods

// A core signature is (tuple of argument ids, result id or None).
bool read_signature(PyObject* ids, PyObject* result_id, std::vector<TypeId>& args, TypeId& result) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(ids); ++i) {
    unsigned long id = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(ids, i));
    if (PyErr_Occurred()) return false;
    args.push_back(TypeId(static_cast<uint32_t>(id)));
  }
  if (result_id != Py_None) result = TypeId(static_cast<uint32_t>(PyLong_AsUnsignedLong(result_id)));
  return !PyErr_Occurred();
}

// What compile() was given as a core signature; other spellings go through lancehead.signatures.
Ref core_signature(PyObject* given) {
  bool core = PyTuple_Check(given) && PyTuple_GET_SIZE(given) == 2 &&
              PyTuple_Check(PyTuple_GET_ITEM(given, 0)) &&
              (PyTuple_GET_ITEM(given, 1) == Py_None || PyLong_Check(PyTuple_GET_ITEM(given, 1)));
  if (core) return Ref::borrow(given);
  Ref module = Ref::steal(PyImport_ImportModule("lancehead.signatures"));
  if (!module) return {};
  return Ref::steal(PyObject_CallMethod(module.get(), "core_signature", "(O)", given));
}

PyObject* dispatcher_compile(PyObject* self, PyObject* given) {
  Ref signature = core_signature(given);
  if (!signature) return nullptr;
  std::vector<TypeId> args;
  TypeId result;
  if (!read_signature(PyTuple_GET_ITEM(signature.get(), 0), PyTuple_GET_ITEM(signature.get(), 1), args,
                      result))
    return nullptr;
  if (!compile_signature(cast(self), args, result)) return nullptr;
  Py_RETURN_NONE;
}

PyObject* dispatcher_disable_compile(PyObject* self, PyObject* args) {
  int disable = 1;
  if (!PyArg_ParseTuple(args, "|p", &disable)) return nullptr;
  cast(self)->state->can_compile = !disable;
  Py_RETURN_NONE;
}

PyObject* dispatcher_recompile(PyObject* self, PyObject*) {
  JitOptions options;  // targetoptions may have been changed
  if (!read_options(cast(self)->options, options)) return nullptr;
  cast(self)->state->options = options;
  if (!recompile(cast(self))) return nullptr;
  Py_RETURN_NONE;
}

PyObject* dispatcher_enable_caching(PyObject* self, PyObject*) {
  CompileOptions& options = cast(self)->state->options.compile;
  options.cache = options.allow_cache = true;
  Py_RETURN_NONE;
}

PyObject* shown_listing(PyObject* self, PyObject* args, PyObject* kwargs, bool assembly) {
  static const char* const names[] = {"signature", nullptr};
  PyObject* only = Py_None;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O", const_cast<char**>(names), &only)) return nullptr;
  return shown_listings(cast(self), assembly, only);
}
PyObject* dispatcher_inspect_llvm(PyObject* self, PyObject* args, PyObject* kwargs) {
  return shown_listing(self, args, kwargs, false);
}
PyObject* dispatcher_inspect_asm(PyObject* self, PyObject* args, PyObject* kwargs) {
  return shown_listing(self, args, kwargs, true);
}

// Jitted functions pickle by name, as functions do.
PyObject* dispatcher_reduce(PyObject* self, PyObject*) {
  return PyObject_GetAttrString(self, "__qualname__");
}

template <class F>
PyCFunction method(F* function) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

PyMethodDef dispatcher_methods[] = {
    {"compile", dispatcher_compile, METH_O, "compile(signature): compiles for the given argument types."},
    {"disable_compile", dispatcher_disable_compile, METH_VARARGS,
     "disable_compile(value=True): calls convert their arguments to a signature that is there."},
    {"recompile", dispatcher_recompile, METH_NOARGS,
     "Forgets the specialisations and compiles those of signatures anew."},
    {"enable_caching", dispatcher_enable_caching, METH_NOARGS, "As the option cache=True."},
    {"inspect_llvm", method(dispatcher_inspect_llvm), METH_VARARGS | METH_KEYWORDS,
     "inspect_llvm(signature=None): argument types -> LLVM IR."},
    {"inspect_asm", method(dispatcher_inspect_asm), METH_VARARGS | METH_KEYWORDS,
     "inspect_asm(signature=None): argument types -> assembly."},
    {"__reduce__", dispatcher_reduce, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr}};

PyTypeObject the_dispatcher_type;

}  // namespace

bool init_dispatcher_type() {
  PyTypeObject& t = the_dispatcher_type;
  Py_SET_REFCNT(reinterpret_cast<PyObject*>(&t), 1);
  t.tp_name = "lancehead._lancehead.Dispatcher";
  t.tp_basicsize = sizeof(DispatcherObject);
  t.tp_flags =
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR;
  t.tp_vectorcall_offset = offsetof(DispatcherObject, vectorcall);
  t.tp_dictoffset = offsetof(DispatcherObject, dict);
  t.tp_weaklistoffset = offsetof(DispatcherObject, weakrefs);
  t.tp_call = PyVectorcall_Call;
  t.tp_new = dispatcher_new;
  t.tp_dealloc = dispatcher_dealloc;
  t.tp_traverse = dispatcher_traverse;
  t.tp_clear = dispatcher_clear;
  t.tp_descr_get = dispatcher_get;
  t.tp_repr = dispatcher_repr;
  t.tp_getset = dispatcher_getset;
  t.tp_methods = dispatcher_methods;
  return PyType_Ready(&t) == 0 && init_inspection_types();
}

PyTypeObject* dispatcher_type() {
  return &the_dispatcher_type;
}
bool is_dispatcher(PyObject* object) {
  return Py_TYPE(object) == &the_dispatcher_type;
}
const CompileOptions& dispatcher_options(PyObject* dispatcher) {
  return reinterpret_cast<DispatcherObject*>(dispatcher)->state->options.compile;
}

PyObject* dispatcher_function(PyObject* dispatcher) {
  return cast(dispatcher)->py_func;
}

}  // namespace lancehead
