// The Python type Dispatcher (dispatcher.h): its making, attributes and methods.
#include "pyext/dispatcher.h"

#include <structmember.h>

#include "pyext/classes.h"
#include "pyext/dispatcher_state.h"
#include "pyext/handles.h"
#include "pyext/inspect.h"
#include "pyext/signature.h"
#include "pyext/typeof.h"

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
  std::vector<std::unique_ptr<Entry>> entries;  // what they hold may run anything when it goes
  if (self->state) entries.swap(self->state->entries);
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
  return shown_overloads(cast(self));
}
PyObject* get_stats(PyObject* self, void*) {
  return shown_stats(*cast(self)->state);
}
PyObject* get_is_compiling(PyObject* self, void*) {
  return PyBool_FromLong(!cast(self)->state->pending.is_empty());
}
PyObject* get_locals(PyObject*, void*) {
  return PyDict_New();
}
// __wrapped__ is the Python function until a program sets it, as functools.wraps does.
PyObject* get_wrapped(PyObject* self, void*) {
  PyObject* dict = cast(self)->dict;
  PyObject* set = dict ? PyDict_GetItemString(dict, "__wrapped__") : nullptr;
  return Py_NewRef(set ? set : cast(self)->py_func);
}
int set_wrapped(PyObject* self, PyObject* value, void*) {
  Ref dict = Ref::steal(PyObject_GenericGetDict(self, nullptr));
  if (!dict) return -1;
  return value ? PyDict_SetItemString(dict.get(), "__wrapped__", value)
               : PyDict_DelItemString(dict.get(), "__wrapped__");
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
    FUNCTION_ATTRIBUTE("__type_params__"),
    {"__code__", get_function_attribute, nullptr, nullptr, const_cast<char*>("__code__")},
    {"__wrapped__", get_wrapped, set_wrapped, "the Python function", nullptr},
    {"func_code", get_function_attribute, nullptr, nullptr, const_cast<char*>("__code__")},
    {"doc", get_function_attribute, nullptr, nullptr, const_cast<char*>("__doc__")},
    {"locals", get_locals, nullptr, "the option locals", nullptr},
    {"is_compiling", get_is_compiling, nullptr, "whether a call compiles now", nullptr},
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

const Overload* compile_spelled(PyObject* self, PyObject* signature) {
  std::vector<TypeId> args;
  TypeId result;
  return read_signature(signature, args, result) ? compile_signature(cast(self), args, result) : nullptr;
}

PyObject* dispatcher_compile(PyObject* self, PyObject* signature) {
  if (!cast(self)->state->can_compile) {
    PyErr_SetString(PyExc_RuntimeError, "compilation disabled");
    return nullptr;
  }
  const Overload* overload = compile_spelled(self, signature);
  return overload ? dispatcher_of(cast(self), *overload) : nullptr;
}

PyObject* dispatcher_get_overload(PyObject* self, PyObject* signature) {
  const Overload* overload = find_overload(cast(self), signature);
  return overload ? dispatcher_of(cast(self), *overload) : nullptr;
}

PyObject* dispatcher_get_compile_result(PyObject* self, PyObject* signature) {
  const Overload* overload = find_overload(cast(self), signature);
  if (!overload && cast(self)->state->can_compile && PyErr_ExceptionMatches(PyExc_KeyError)) {
    PyErr_Clear();
    overload = compile_spelled(self, signature);
  }
  return overload ? shown_overload(cast(self), *overload) : nullptr;
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

// What takes one optional argument: a signature.
PyObject* optional_signature(PyObject* args, PyObject* kwargs) {
  static const char* const names[] = {"signature", nullptr};
  PyObject* only = Py_None;
  return PyArg_ParseTupleAndKeywords(args, kwargs, "|O", const_cast<char**>(names), &only) ? only : nullptr;
}
template <Listing which>
PyObject* dispatcher_listing(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyObject* only = optional_signature(args, kwargs);
  return only ? shown_listings(cast(self), which, only) : nullptr;
}
PyObject* dispatcher_get_metadata(PyObject* self, PyObject* args, PyObject* kwargs) {
  PyObject* only = optional_signature(args, kwargs);
  return only ? shown_metadata(cast(self), only) : nullptr;
}

// ---- methods in Python: function(dispatcher, ...) of the module lancehead.inspection or lancehead.pickling

PyObject* delegate(const char* module_name, const char* function, PyObject* self, PyObject* args,
                   PyObject* kwargs) {
  Ref module = Ref::steal(PyImport_ImportModule(module_name));
  Ref callee = module ? Ref::steal(PyObject_GetAttrString(module.get(), function)) : Ref();
  Ref method = callee ? Ref::steal(PyMethod_New(callee.get(), self)) : Ref();
  return method ? PyObject_Call(method.get(), args, kwargs) : nullptr;
}
#define IN_PYTHON(name)                                                           \
  PyObject* dispatcher_##name(PyObject* self, PyObject* args, PyObject* kwargs) { \
    return delegate("lancehead.inspection", #name, self, args, kwargs);           \
  }
IN_PYTHON(inspect_types)
IN_PYTHON(inspect_cfg)
IN_PYTHON(inspect_disasm_cfg)
IN_PYTHON(get_annotation_info)
IN_PYTHON(parallel_diagnostics)
#undef IN_PYTHON

PyObject* dispatcher_reduce(PyObject* self, PyObject*) {
  Ref none = Ref::steal(PyTuple_New(0));
  return none ? delegate("lancehead.pickling", "reduce", self, none.get(), nullptr) : nullptr;
}
// A jitted function is as little copied as a function.
PyObject* dispatcher_copy(PyObject* self, PyObject*) {
  return Py_NewRef(self);
}
PyObject* dispatcher_typeof_pyval(PyObject*, PyObject* value) {
  TypeId type = typeof_value(value);
  if (type.valid()) return facade(type);
  if (!PyErr_Occurred())
    PyErr_Format(PyExc_ValueError, "cannot determine the type of a value of %s", Py_TYPE(value)->tp_name);
  return nullptr;
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
    {"get_overload", dispatcher_get_overload, METH_O,
     "get_overload(signature): what calls the specialisation for a signature alone; KeyError if there is "
     "none."},
    {"get_compile_result", dispatcher_get_compile_result, METH_O,
     "get_compile_result(signature): as in overloads; compiled if it is not there."},
    {"typeof_pyval", dispatcher_typeof_pyval, METH_O, "typeof_pyval(value): its type as an argument."},
    {"inspect_llvm", method(dispatcher_listing<Listing::Llvm>), METH_VARARGS | METH_KEYWORDS,
     "inspect_llvm(signature=None): argument types -> LLVM IR."},
    {"inspect_asm", method(dispatcher_listing<Listing::Assembly>), METH_VARARGS | METH_KEYWORDS,
     "inspect_asm(signature=None): argument types -> assembly."},
    {"inspect_types", method(dispatcher_inspect_types), METH_VARARGS | METH_KEYWORDS,
     "inspect_types(file=None, signature=None, pretty=False): prints the source with the types of all "
     "values."},
    {"inspect_cfg", method(dispatcher_inspect_cfg), METH_VARARGS | METH_KEYWORDS,
     "inspect_cfg(signature=None): argument types -> control flow graph; its str is in Graphviz's language."},
    {"inspect_disasm_cfg", method(dispatcher_inspect_disasm_cfg), METH_VARARGS | METH_KEYWORDS,
     "Not built: inspect_asm shows the machine code."},
    {"get_metadata", method(dispatcher_get_metadata), METH_VARARGS | METH_KEYWORDS,
     "get_metadata(signature=None): argument types -> what is known of the compilation."},
    {"get_annotation_info", method(dispatcher_get_annotation_info), METH_VARARGS | METH_KEYWORDS,
     "get_annotation_info(signature=None): what inspect_types prints, as data."},
    {"parallel_diagnostics", method(dispatcher_parallel_diagnostics), METH_VARARGS | METH_KEYWORDS,
     "parallel_diagnostics(signature=None, level=1): prints which loops run in parallel."},
    {"_typed_listing", method(dispatcher_listing<Listing::Typed>), METH_VARARGS | METH_KEYWORDS, nullptr},
    {"_graph_listing", method(dispatcher_listing<Listing::Cfg>), METH_VARARGS | METH_KEYWORDS, nullptr},
    {"_parallel_listing", method(dispatcher_listing<Listing::Parallel>), METH_VARARGS | METH_KEYWORDS,
     nullptr},
    {"__reduce__", dispatcher_reduce, METH_NOARGS, nullptr},
    {"__copy__", dispatcher_copy, METH_NOARGS, nullptr},
    {"__deepcopy__", dispatcher_copy, METH_O, nullptr},
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

PyObject* dispatcher_of(DispatcherObject* self, const Overload& overload) {
  PyObject* made = PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(&the_dispatcher_type),
                                                self->py_func, self->options, nullptr);
  if (!made) return nullptr;
  adopt(*cast(made)->state, overload);
  cast(made)->state->can_compile = false;
  return made;
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
