// What the runtime needs of Python and of the type table, as plain functions that the extension puts in once,
// before the first compiled call (see runtime/py/python_hooks.h). The runtime itself knows neither. Every
// hook is called with the GIL held unless it says otherwise; a missing one means that there is no Python
// (unit tests), and is replaced by what its comment names.
#pragma once

#include <cstdint>

#include "runtime/context.h"

namespace lancehead {

struct PythonHooks {
  // References to Python objects, for tagged owner words.
  void (*incref)(void* object) = nullptr;
  void (*decref)(void* object) = nullptr;
  // Without the GIL: asks for lh_drain_python_ledger() to be called soon. Optional.
  void (*request_drain)() = nullptr;

  // Called from threads that may or may not hold the GIL.
  void* (*release_gil)() = nullptr;  // only where the thread holds it; what acquire_gil needs
  void (*acquire_gil)(void*) = nullptr;

  // Values of any type as leaves. None of the three needs the GIL.
  int64_t (*slot_count)(uint32_t type) = nullptr;  // missing: an error keeps no arguments
  void (*retain_leaves)(uint32_t type, const Slot* slots) = nullptr;
  void (*release_leaves)(uint32_t type, const Slot* slots) = nullptr;

  // Exception classes; these three work without the GIL.
  void* (*class_of_row)(int64_t row) = nullptr;            // of types/errors.def; borrowed
  void* (*class_of_exception)(void* exception) = nullptr;  // borrowed
  bool (*is_subclass)(void* cls, void* of) = nullptr;      // missing: equality

  // Runs pending signal handlers, taking the GIL; kRaised leaves the error in the context. Missing:
  // KeyboardInterrupt.
  Status (*interrupted)(Context* ctx) = nullptr;
  // Calls a Python callable with the values of a tuple type, taking the GIL. Missing: TypeError.
  Status (*object_call)(Context* ctx, void* callable, uint32_t type, const Slot* slots) = nullptr;
};

void lh_set_python_hooks(const PythonHooks& hooks);
const PythonHooks& python_hooks();

// Whether this thread holds the GIL, as far as the runtime knows: set by the dispatcher around a compiled
// call that keeps it, and by the runtime where it takes or releases it. Initial-exec: it is read and written
// in every call from Python.
extern constinit thread_local bool t_gil_held __attribute__((tls_model("initial-exec")));

class GilMark {
 public:
  explicit GilMark(bool held) : before_(t_gil_held) { t_gil_held = held; }
  ~GilMark() { t_gil_held = before_; }
  GilMark(const GilMark&) = delete;
  GilMark& operator=(const GilMark&) = delete;

 private:
  bool before_;
};

extern "C" {
Status lh_object_call(Context* ctx, void* callable, int64_t type, const Slot* slots);
Status lh_poll(Context* ctx);
}

}  // namespace lancehead
