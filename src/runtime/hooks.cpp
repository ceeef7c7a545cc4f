#include "runtime/hooks.h"

#include "runtime/error.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

PythonHooks g_hooks;

}  // namespace

constinit thread_local bool t_gil_held = false;

void lh_set_python_hooks(const PythonHooks& hooks) {
  g_hooks = hooks;
}
const PythonHooks& python_hooks() {
  return g_hooks;
}

extern "C" {

Status lh_object_call(Context* ctx, void* callable, int64_t type, const Slot* slots) {
  if (!g_hooks.object_call) return raise_row(ctx, ErrorRowId::NoPython);
  return g_hooks.object_call(ctx, callable, static_cast<uint32_t>(type), slots);
}

Status lh_poll(Context* ctx) {
  if (!ctx->interrupt || __atomic_load_n(ctx->interrupt, __ATOMIC_RELAXED) == 0) return kOk;
  if (g_hooks.interrupted) return g_hooks.interrupted(ctx);
  return raise_row(ctx, ErrorRowId::Interrupted);
}

}  // extern "C"

LH_MATCHES_ROW(lh_object_call);
LH_MATCHES_ROW(lh_poll);

}  // namespace lancehead
