// The module lancehead._lancehead: the Dispatcher, and functions for the Python package. Importing it starts
// nothing.
//
//   Dispatcher(py_func, options)             options: see jit_options.h and lancehead.options
//   make_ufunc(py_func, name, signatures, options, identity) -> numpy.ufunc
//   scalar_type(name), array_type(dtype, ndim, layout, readonly, aligned), tuple_type(ids),
//   element_type(dtype), optional_type(id), dtype_type(id), slice_type(has_step), typeof(value) -> id;
//   type_name(id) -> str; type_parts(id) -> tuple, whose first item says what the others are
//   set_type_factory(f): f(id) makes the object that shows a type
//   set_exceptions(dict): name -> class;  get_num_threads(), set_num_threads(n), max_threads()
//   runtime_allocations() -> blocks that live;  total_allocations() -> blocks ever made;  drain();
//   timing_table(); build_id();  cpu_features();  check_front_end(code) -> a tuple for it and each code
//   inside it
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include "base/timing.h"
#include "driver/front_end_check.h"
#include "driver/unit_registry.h"
#include "pyext/box_array.h"
#include "pyext/build_id.h"
#include "pyext/cache_functions.h"
#include "pyext/classes.h"
#include "pyext/code_data.h"
#include "pyext/dispatcher.h"
#include "pyext/dtypes.h"
#include "pyext/handles.h"
#include "pyext/hooks.h"
#include "pyext/numpy_api.h"
#include "pyext/qualified_name.h"
#include "pyext/ref.h"
#include "pyext/typeof.h"
#include "pyext/ufunc.h"
#include "runtime/ledger.h"
#include "runtime/memory.h"
#include "runtime/parallel_gate.h"

namespace nb = nanobind;
using namespace lancehead;

namespace {

constexpr const char* kLayouts[] = {"C", "F", "A"};

nb::object owned(PyObject* object) {
  if (!object) nb::raise_python_error();
  return nb::steal(object);
}

uint32_t scalar_type(const std::string& name) {
  for (Kind kind : {Kind::None, Kind::Bool, Kind::Int8, Kind::Int16, Kind::Int32, Kind::Int64, Kind::UInt8,
                    Kind::UInt16, Kind::UInt32, Kind::UInt64, Kind::Float16, Kind::Float32, Kind::Float64,
                    Kind::Complex64, Kind::Complex128, Kind::Str, Kind::Range})
    if (name == kind_spelling(kind)) return simple_type(kind).index;
  throw nb::key_error(name.c_str());
}

uint32_t layout_array_type(uint32_t dtype, int ndim, const std::string& layout, bool readonly, bool aligned) {
  if (!is_element(TypeId(dtype))) throw nb::type_error("the dtype of an array type must be a scalar type");
  if (ndim < 0 || ndim > NPY_MAXDIMS) throw nb::value_error("an array type has 0 to 64 dimensions");
  for (int i = 0; i < 3; ++i)
    if (layout == kLayouts[i])
      return array_type(TypeId(dtype), ndim, static_cast<Layout>(i), readonly, aligned).index;
  throw nb::value_error("the layout of an array type is 'C', 'F' or 'A'");
}

uint32_t list_of_type(uint32_t item) {
  return list_type(TypeId(item)).index;
}

uint32_t tuple_of_types(nb::sequence ids) {
  std::vector<TypeId> items;
  for (nb::handle id : ids) items.push_back(TypeId(nb::cast<uint32_t>(id)));
  return tuple_type(std::move(items)).index;
}

uint32_t type_of_python_value(nb::handle value) {
  TypeId type = typeof_value(value.ptr());
  if (type.valid()) return type.index;
  if (!PyErr_Occurred()) {
    std::string text = "cannot determine the type of a value of " + type_name(Py_TYPE(value.ptr()));
    PyErr_SetString(exception_class("NumbaValueError"), text.c_str());
  }
  nb::raise_python_error();
}

nb::tuple ids_of(const std::vector<TypeId>& types) {
  nb::list out;
  for (TypeId type : types) out.append(type.index);
  return nb::tuple(out);
}

uint32_t type_of_dtype(nb::handle dtype) {
  if (!PyArray_DescrCheck(dtype.ptr())) throw nb::type_error("element_type takes a dtype");
  TypeId type = type_of_descr(reinterpret_cast<PyArray_Descr*>(dtype.ptr()));
  if (!type.valid()) throw nb::type_error("the dtype has no type");
  return type.index;
}

nb::tuple scalar_parts(TypeId id) {
  switch (class_of(id)) {
    case KindClass::Bool: return nb::make_tuple("bool");
    case KindClass::Int:
    case KindClass::Uint: return nb::make_tuple("int", bits_of(id), is_signed(id));
    case KindClass::Float: return nb::make_tuple("float", bits_of(id));
    default: return nb::make_tuple("complex", bits_of(id));
  }
}

// What a known object is, the object (None if it is there no more), and how the type is shown.
nb::tuple known_parts(TypeId id, const Type& t) {
  PyObject* object = object_of(t.handle);
  return nb::make_tuple("known", t.known == KnownClass::Jit, nb::borrow(object ? object : Py_None),
                        spell(id));
}

nb::tuple type_parts(uint32_t index) {
  TypeId id(index);
  if (is_scalar(id)) return scalar_parts(id);
  const Type& t = type_of(id);
  switch (t.kind) {
    case Kind::Array:
      return nb::make_tuple("array", t.elem.index, t.ndim, kLayouts[static_cast<size_t>(t.layout)],
                            t.readonly, t.aligned);
    case Kind::List: return nb::make_tuple("list", t.elem.index);
    case Kind::Record:
    case Kind::DateTime:
    case Kind::TimeDelta:
      return nb::make_tuple("element", owned(reinterpret_cast<PyObject*>(descr_of_type(id))));
    case Kind::Tuple: return nb::make_tuple("tuple", ids_of(t.items));
    case Kind::Optional: return nb::make_tuple("optional", t.elem.index);
    case Kind::DType: return nb::make_tuple("dtype", t.elem.index);
    case Kind::Slice: return nb::make_tuple("slice", 2 + (t.items[2] != ty::None));
    case Kind::Known: return known_parts(id, t);
    case Kind::Str:
    case Kind::None: return nb::make_tuple(kind_spelling(t.kind));
    default: return nb::make_tuple(kind_spelling(t.kind), spell(id));
  }
}

std::string cpu_features() {
  std::string out;
#if defined(__x86_64__)
  __builtin_cpu_init();
  auto add = [&out](bool has, const char* name) {
    if (has) out += (out.empty() ? "" : ",") + std::string(name);
  };
  add(__builtin_cpu_supports("sse4.2"), "sse4.2");
  add(__builtin_cpu_supports("avx"), "avx");
  add(__builtin_cpu_supports("avx2"), "avx2");
  add(__builtin_cpu_supports("fma"), "fma");
  add(__builtin_cpu_supports("avx512f"), "avx512f");
#endif
  return out;
}

nb::list front_end_reports(nb::handle code) {
  if (!PyCode_Check(code.ptr())) throw nb::type_error("check_front_end takes a code object");
  nb::list out;
  for (const FrontEndReport& r : check_front_end(code_data(reinterpret_cast<PyCodeObject*>(code.ptr())))) {
    nb::list unsupported;
    for (const std::string& what : r.unsupported) unsupported.append(what);
    out.append(
        nb::make_tuple(r.qualname, r.line, r.instructions, r.decode_error, r.refusal, r.broken, unsupported));
  }
  return out;
}

void define_types(nb::module_& m) {
  m.def("scalar_type", scalar_type, nb::arg("name"));
  m.def("array_type", layout_array_type, nb::arg("dtype"), nb::arg("ndim"), nb::arg("layout"),
        nb::arg("readonly") = false, nb::arg("aligned") = true);
  m.def("list_type", list_of_type, nb::arg("item"));
  m.def("tuple_type", tuple_of_types, nb::arg("items"));
  m.def(
      "optional_type", [](uint32_t id) { return optional_type(TypeId(id)).index; }, nb::arg("type"));
  m.def(
      "dtype_type", [](uint32_t id) { return dtype_type(TypeId(id)).index; }, nb::arg("type"));
  m.def(
      "slice_type", [](bool has_step) { return slice_type(true, true, has_step).index; },
      nb::arg("has_step"));
  m.def("element_type", type_of_dtype, nb::arg("dtype"));
  m.def("typeof", type_of_python_value, nb::arg("value").none());
  m.def(
      "type_name", [](uint32_t id) { return spell(TypeId(id)); }, nb::arg("type"));
  m.def("type_parts", type_parts, nb::arg("type"));
  m.def(
      "set_type_factory", [](nb::object factory) { set_type_factory(factory.ptr()); }, nb::arg("factory"));
  m.def(
      "set_exceptions", [](nb::dict classes) { set_exception_classes(classes.ptr()); }, nb::arg("classes"));
}

void define_runtime(nb::module_& m) {
  m.def("get_num_threads", lh_get_num_threads);
  m.def("set_num_threads", lh_set_num_threads, nb::arg("n"));
  m.def("max_threads", lh_max_threads);
  m.def("runtime_allocations", lh_live_blocks, "How many blocks of memory the runtime holds now.");
  m.def("total_allocations", lh_total_blocks, "How many it ever allocated.");
  m.def("loaded_units", loaded_unit_count, "How many units of compiled code are mapped.");
  m.def("drain", lh_drain_python_ledger,
        "Settles the references to Python objects that compiled code has given up.");
  m.def("timing_table", timing_table);
  m.def("build_id", build_id);
  m.def("cpu_features", cpu_features);
  m.def("check_front_end", front_end_reports, nb::arg("code"),
        "(qualname, line, instructions, why it was not decoded, why not built, what its SSA breaks, [what is "
        "not "
        "supported]) of a code object and of each inside it.");
}

}  // namespace

NB_MODULE(_lancehead, m) {
  nb::set_leak_warnings(false);  // the module's functions live as long as the process
  if (!import_numpy() || !init_dispatcher_type() || !init_memory_owner_type() || !install_hooks())
    nb::raise_python_error();
  report_timing_at_exit();
  m.attr("Dispatcher") = nb::borrow(reinterpret_cast<PyObject*>(dispatcher_type()));
  m.def(
      "make_ufunc",
      [](nb::object function, nb::object name, nb::object signatures, nb::object options,
         nb::object identity) {
        return owned(make_ufunc(function.ptr(), name.ptr(), signatures.ptr(), options.ptr(), identity.ptr()));
      },
      nb::arg("py_func"), nb::arg("name"), nb::arg("signatures"), nb::arg("options"),
      nb::arg("identity").none());
  define_types(m);
  define_runtime(m);
  define_cache_functions(m);
}
