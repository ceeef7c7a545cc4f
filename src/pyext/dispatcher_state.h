// What a Dispatcher holds, shared by the files that implement it: dispatcher.cpp (the Python type),
// dispatch.cpp (calls), specialise.cpp (which specialisation, and compiling it), inspect.cpp (what is shown
// of them). All under the GIL.
#pragma once

#include <Python.h>

#include <memory>
#include <vector>

#include "driver/compiler.h"
#include "pyext/argument.h"
#include "pyext/binder.h"
#include "pyext/jit_options.h"
#include "pyext/pending_compile.h"
#include "pyext/ref.h"

namespace lancehead {

// A compiled specialisation.
struct Overload {
  CompileRequest request;
  std::shared_ptr<const Code> code;
  Kind result_kind = Kind::None;
  uint32_t result_leaves = 0;
  std::vector<Kind> result_items;  // of a tuple of one-leaf scalars, which is boxed inline; else empty
  int64_t hits = 0, misses = 0;    // of the cache
  double seconds = 0;              // that it took to compile or to find

  // Whether it serves arguments of its types of which this is known; facts that typing did not consult are
  // of no account.
  bool takes(const std::vector<ArgumentFacts>& given) const;
  // Whether it serves any values of its types: typing consulted no more than these.
  bool is_general() const;
};

inline constexpr size_t kInlineLeaves = 48;  // of a call that needs no memory but the stack
inline constexpr size_t kInlineEntries = 4;  // that are tried before the arguments are bound
inline constexpr size_t kSpareLeaves = 2;    // a scalar that is converted may be wider before

// One way to call: how the arguments are recognised and read, and what runs. Several entries may lead to one
// overload, which convert the arguments to it.
struct Entry {
  std::vector<ArgumentPlan> plans;  // one per parameter
  std::vector<PyObject*>
      defaults;                  // owned; where the value of an omitted parameter was consulted: that value
  uint64_t must_be_omitted = 0;  // parameters of which that was consulted, and how they were given
  uint64_t must_be_given = 0;
  uint32_t leaves = 0;                 // of all parameters
  const Overload* overload = nullptr;  // null: the interpreter runs the Python function
  bool has_lists = false;              // among the parameters
  bool direct = false;                 // compiled, few leaves, no rules on omitted parameters

  Entry() = default;
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  ~Entry();
};

struct DispatcherState {
  DispatcherState(PyFunctionObject* function, JitOptions given) : options(given), binder(function) {}

  JitOptions options;
  Binder binder;
  uint32_t handle = 0;
  bool can_compile = true;
  bool warned = false;                          // of the fallback
  int active = 0;                               // calls under way, which hold entries and overloads
  std::vector<std::unique_ptr<Entry>> entries;  // the most recently used first
  std::vector<std::unique_ptr<Overload>> overloads;
  PendingCompiles pending;
  std::vector<std::unique_ptr<Entry>> retired_entries;  // by recompile(), while calls are under way
  std::vector<std::unique_ptr<Overload>> retired_overloads;
};

struct DispatcherObject {
  PyObject_HEAD vectorcallfunc vectorcall;
  PyObject* py_func;
  PyObject* options;
  PyObject* dict;
  PyObject* weakrefs;
  DispatcherState* state;
};

// dispatch.cpp
PyObject* dispatcher_vectorcall(PyObject* self, PyObject* const* args, size_t nargsf, PyObject* kwnames);

// What is known of the arguments of a call beyond their types.
std::vector<ArgumentFacts> facts_of(const BoundCall& call, const std::vector<TypeId>& types);

// dispatcher.cpp: a Dispatcher that has this specialisation alone and compiles nothing.
PyObject* dispatcher_of(DispatcherObject* self, const Overload& overload);

// specialise.cpp: the entry for a call that none of the entries takes; null with a Python error.
Entry* make_entry(DispatcherObject* self, const BoundCall& call);
// Compiles for the argument types of a signature; `result` may be invalid. Null with a Python error.
const Overload* compile_signature(DispatcherObject* self, std::vector<TypeId> args, TypeId result);
// Takes over a specialisation of another Dispatcher of the same function.
void adopt(DispatcherState& state, const Overload& overload);
// The specialisation for a signature in any spelling; null with a KeyError if there is none.
const Overload* find_overload(DispatcherObject* self, PyObject* signature);
// Forgets all specialisations; those that were compiled for signatures are compiled again.
bool recompile(DispatcherObject* self);

}  // namespace lancehead
