// Opening liblancehead_llvm.so, and calls through its C functions.
#include "driver/backend_library.h"

#include <dlfcn.h>

#include <atomic>
#include <future>
#include <mutex>

#include "backend/api.h"
#include "base/timing.h"
#include "ir/bytes.h"
#include "ir/function.h"

namespace lancehead {
namespace {

struct Backend {
  decltype(&lancehead_llvm_compile) compile = nullptr;
  decltype(&lancehead_llvm_free) free = nullptr;
  std::string error;
};

std::mutex g_mutex;
std::string g_path;
std::atomic<Backend*> g_backend{nullptr};
std::future<void> g_ahead;

void open_library() {
  PhaseTimer timer(Phase::BackendOpen);
  auto* backend = new Backend;  // lives as long as the process: the library is never closed
  void* library = dlopen(g_path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    backend->error = dlerror();
  } else {
    backend->compile = reinterpret_cast<decltype(backend->compile)>(dlsym(library, "lancehead_llvm_compile"));
    backend->free = reinterpret_cast<decltype(backend->free)>(dlsym(library, "lancehead_llvm_free"));
    auto prepare =
        reinterpret_cast<decltype(&lancehead_llvm_prepare)>(dlsym(library, "lancehead_llvm_prepare"));
    if (!backend->compile || !backend->free || !prepare)
      backend->error = g_path + " lacks the functions of this version";
    else
      prepare();
  }
  g_backend.store(backend, std::memory_order_release);
}

Backend& backend() {
  std::lock_guard<std::mutex> lock(g_mutex);
  if (g_ahead.valid()) g_ahead.get();
  if (!g_backend.load(std::memory_order_acquire)) open_library();
  return *g_backend.load(std::memory_order_acquire);
}

}  // namespace

void set_backend_library(std::string path) {
  std::lock_guard<std::mutex> lock(g_mutex);
  g_path = std::move(path);
}

std::string backend_library_path() {
  std::lock_guard<std::mutex> lock(g_mutex);
  return g_path;
}

bool backend_is_open() {
  return g_backend.load(std::memory_order_acquire) != nullptr;
}

void open_backend_ahead() {
  if (backend_is_open()) return;
  std::lock_guard<std::mutex> lock(g_mutex);
  if (!backend_is_open() && !g_ahead.valid()) g_ahead = std::async(std::launch::async, open_library);
}

void await_backend() {
  std::lock_guard<std::mutex> lock(g_mutex);
  if (g_ahead.valid()) g_ahead.get();
}

Expected<std::vector<uint8_t>> emit_unit(const Unit& unit, EmitWant want, uint32_t fastmath) {
  Backend& llvm = backend();
  if (!llvm.error.empty()) return make_diagnostic(DiagId::Backend, {llvm.error});
  std::vector<uint8_t> bytes = to_bytes(unit);
  LanceheadCompileInput input{};
  input.version = LANCEHEAD_API_VERSION;
  input.want = static_cast<uint32_t>(want);
  input.fastmath = fastmath;
  input.unit = bytes.data();
  input.unit_size = bytes.size();
  LanceheadCompileOutput output{};
  int failed = llvm.compile(&input, &output);
  add_phase_time(Phase::Lower, output.lower_ns);
  add_phase_time(Phase::LlvmPasses, output.passes_ns);
  add_phase_time(Phase::LlvmEmit, output.emit_ns);
  if (failed) {
    Diagnostic d = make_diagnostic(DiagId::Backend, {output.error ? output.error : "no message"});
    llvm.free(&output);
    return d;
  }
  std::vector<uint8_t> out(output.data, output.data + output.size);
  llvm.free(&output);
  return out;
}

}  // namespace lancehead
