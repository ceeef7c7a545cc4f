// Makes ufuncs (ufunc.h). A ufunc owns, as its `obj`, the tuple (Dispatcher, capsule of UfuncData); the loops
// call the Dispatcher's compiled code.
#include "pyext/ufunc.h"

#include <cfenv>
#include <cstring>

#include "pyext/classes.h"
#include "pyext/dispatcher.h"
#include "pyext/dispatcher_state.h"
#include "pyext/dtypes.h"
#include "pyext/raise_error.h"
#include "pyext/ref.h"
#include "pyext/thread_state.h"
#include "runtime/hooks.h"
#include "runtime/parallel_gate.h"
#include "runtime/py/python_hooks.h"
#include "types/layout.h"

namespace lancehead {
namespace {

constexpr int64_t kParallelGrain = 4096;  // elements of one chunk

struct Loop {
  const Code* code = nullptr;
  std::vector<TypeId> inputs, outputs;
  size_t input_leaves = 0, output_leaves = 0;
  bool parallel = false;
};

struct UfuncData {
  std::string name, doc;
  std::vector<Loop> loops;
  std::vector<PyUFuncGenericFunction> functions;
  std::vector<void*> data;
  std::vector<char> types;
};

// ---- running

template <class T>
T load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
template <class T>
void store(char* to, T value) {
  std::memcpy(to, &value, sizeof value);
}

Slot* load_element(TypeId type, const char* from, Slot* out) {
  switch (kind_of(type)) {
    case Kind::Bool: out->i = load<uint8_t>(from) != 0; break;
    case Kind::Int8: out->i = load<int8_t>(from); break;
    case Kind::Int16: out->i = load<int16_t>(from); break;
    case Kind::Int32: out->i = load<int32_t>(from); break;
    case Kind::UInt8: out->u = load<uint8_t>(from); break;
    case Kind::UInt16: out->u = load<uint16_t>(from); break;
    case Kind::UInt32: out->u = load<uint32_t>(from); break;
    case Kind::Float16: out->u = load<uint16_t>(from); break;
    case Kind::Float32: out->f = load<float>(from); break;
    case Kind::Complex64:
      (out++)->f = load<float>(from);
      out->f = load<float>(from + sizeof(float));
      break;
    case Kind::Complex128:
      (out++)->d = load<double>(from);
      out->d = load<double>(from + sizeof(double));
      break;
    default: out->u = load<uint64_t>(from); break;
  }
  return out + 1;
}

const Slot* store_element(TypeId type, const Slot* from, char* to) {
  switch (kind_of(type)) {
    case Kind::Complex64:
      store(to, (from++)->f);
      store(to + sizeof(float), from->f);
      break;
    case Kind::Complex128:
      store(to, (from++)->d);
      store(to + sizeof(double), from->d);
      break;
    case Kind::Bool: store(to, static_cast<uint8_t>(from->i & 1)); break;
    default: std::memcpy(to, from, static_cast<size_t>(size_of(type))); break;  // little-endian, as Slot is
  }
  return from + 1;
}

struct Range {
  const Loop* loop;
  char** args;
  const npy_intp* steps;
};

Status run_range(Context* ctx, void* environment, int64_t first, int64_t last) {
  const Range& range = *static_cast<Range*>(environment);
  const Loop& loop = *range.loop;
  Slot in[2 * NPY_MAXARGS], out[2 * NPY_MAXARGS];
  for (int64_t i = first; i < last; ++i) {
    Slot* leaf = in;
    size_t operand = 0;
    for (TypeId type : loop.inputs) {
      leaf = load_element(type, range.args[operand] + i * range.steps[operand], leaf);
      ++operand;
    }
    if (Status status = loop.code->entry(ctx, in, out); status != kOk) return status;
    const Slot* result = out;
    for (TypeId type : loop.outputs) {
      result = store_element(type, result, range.args[operand] + i * range.steps[operand]);
      ++operand;
    }
  }
  return kOk;
}

// A reduction writes every result to one place, so it runs in order on one thread.
bool may_run_in_parallel(const Loop& loop, npy_intp count, const npy_intp* steps) {
  if (!loop.parallel || count < 2 * kParallelGrain) return false;
  for (size_t i = 0; i < loop.outputs.size(); ++i)
    if (steps[loop.inputs.size() + i] == 0) return false;
  return true;
}

void ufunc_loop(char** args, const npy_intp* dimensions, const npy_intp* steps, void* data) {
  const Loop& loop = *static_cast<const Loop*>(data);
  bool held = PyGILState_Check() != 0;  // NumPy releases the GIL for long loops
  Context ctx;
  set_up(ctx);
  Range range{&loop, args, steps};
  GilMark mark(held);
  Status status = may_run_in_parallel(loop, dimensions[0], steps)
                      ? lh_parallel_for(&ctx, run_range, &range, dimensions[0], kParallelGrain)
                      : run_range(&ctx, &range, 0, dimensions[0]);
  if (status != kOk) {
    WithGil gil;
    raise_from(ctx, status);
  }
  // Compiled code gives no floating-point warnings (contract C7). To ask costs little, to clear much.
  constexpr int kWarned = FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INVALID;
  if (std::fetestexcept(kWarned)) std::feclearexcept(FE_ALL_EXCEPT);
}

// ---- making

void delete_data(PyObject* capsule) {
  delete static_cast<UfuncData*>(PyCapsule_GetPointer(capsule, nullptr));
}

// The scalars that the leaves of a value of `type` are; *args and several results are tuples.
void append_scalars(TypeId type, std::vector<TypeId>& out) {
  if (!is_tuple(type)) return out.push_back(type);
  for (TypeId item : type_of(type).items) append_scalars(item, out);
}

bool add_loop(const Overload& overload, UfuncData& data) {
  Loop loop;
  loop.code = overload.code.get();
  for (TypeId type : overload.request.args) append_scalars(type, loop.inputs);
  append_scalars(overload.code->result, loop.outputs);
  loop.parallel = overload.request.options.parallel;
  for (const std::vector<TypeId>* types : {&loop.inputs, &loop.outputs})
    for (TypeId type : *types) {
      if (!is_scalar(type)) {
        PyErr_Format(exception_class("TypingError"), "a ufunc takes and returns scalars, not %s",
                     spell(type).c_str());
        return false;
      }
      data.types.push_back(static_cast<char>(type_number(type)));
    }
  if (!data.loops.empty() && (data.loops[0].inputs.size() != loop.inputs.size() ||
                              data.loops[0].outputs.size() != loop.outputs.size())) {
    PyErr_SetString(PyExc_TypeError,
                    "the signatures of a ufunc must have the same number of arguments and results");
    return false;
  }
  data.loops.push_back(std::move(loop));
  return true;
}

int identity_of(PyObject* identity) {
  if (identity == Py_None) return PyUFunc_None;
  if (PyUnicode_Check(identity)) return PyUFunc_ReorderableNone;
  return PyObject_IsTrue(identity) ? PyUFunc_One : PyUFunc_Zero;
}

bool compile_loops(PyObject* dispatcher, PyObject* signatures) {
  Ref each = Ref::steal(PyObject_GetIter(signatures));
  while (each) {
    Ref signature = Ref::steal(PyIter_Next(each.get()));
    if (!signature) return !PyErr_Occurred();
    Ref done = Ref::steal(PyObject_CallMethod(dispatcher, "compile", "(O)", signature.get()));
    if (!done) return false;
  }
  return false;
}

std::string text_or_empty(PyObject* text) {
  const char* utf8 = text && PyUnicode_Check(text) ? PyUnicode_AsUTF8(text) : nullptr;
  PyErr_Clear();
  return utf8 ? utf8 : "";
}

PyObject* ufunc_of(UfuncData& data, PyObject* identity) {
  for (Loop& loop : data.loops) {
    data.functions.push_back(ufunc_loop);
    data.data.push_back(&loop);
  }
  return PyUFunc_FromFuncAndData(
      data.functions.data(), data.data.data(), data.types.data(), static_cast<int>(data.loops.size()),
      static_cast<int>(data.loops[0].inputs.size()), static_cast<int>(data.loops[0].outputs.size()),
      identity_of(identity), data.name.c_str(), data.doc.c_str(), 0);
}

}  // namespace

PyObject* make_ufunc(PyObject* function, PyObject* name, PyObject* signatures, PyObject* options,
                     PyObject* identity) {
  Ref dispatcher = Ref::steal(PyObject_CallFunctionObjArgs(reinterpret_cast<PyObject*>(dispatcher_type()),
                                                           function, options, nullptr));
  if (!dispatcher || !compile_loops(dispatcher.get(), signatures)) return nullptr;
  auto* data = new UfuncData;
  Ref capsule = Ref::steal(PyCapsule_New(data, nullptr, delete_data));
  data->name = text_or_empty(name);
  data->doc = text_or_empty(Ref::steal(PyObject_GetAttrString(function, "__doc__")).get());
  for (const auto& overload : reinterpret_cast<DispatcherObject*>(dispatcher.get())->state->overloads)
    if (!add_loop(*overload, *data)) return nullptr;
  if (data->loops.empty()) {
    PyErr_SetString(PyExc_ValueError, "a ufunc needs at least one signature");
    return nullptr;
  }
  PyObject* ufunc = ufunc_of(*data, identity);
  if (ufunc) reinterpret_cast<PyUFuncObject*>(ufunc)->obj = PyTuple_Pack(2, dispatcher.get(), capsule.get());
  return ufunc;
}

bool is_made_ufunc(PyObject* object) {
  if (!PyObject_TypeCheck(object, &PyUFunc_Type)) return false;
  PyObject* owned = reinterpret_cast<PyUFuncObject*>(object)->obj;
  return owned && PyTuple_Check(owned) && PyTuple_GET_SIZE(owned) == 2 &&
         is_dispatcher(PyTuple_GET_ITEM(owned, 0));
}

PyObject* made_ufunc_function(PyObject* ufunc) {
  return dispatcher_function(PyTuple_GET_ITEM(reinterpret_cast<PyUFuncObject*>(ufunc)->obj, 0));
}

}  // namespace lancehead
