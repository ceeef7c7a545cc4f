// The stand-in runtime and the loading of compiled units.
#include "native.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>

#include "ir/parse.h"
#include "ir/runtime_call.h"

namespace lancehead::testing {
namespace {

std::string& events() {
  static std::string log;
  return log;
}

void note(const std::string& event) {
  events() += (events().empty() ? "" : " ") + event;
}

constexpr int64_t kChunk = 3;

// ---- the runtime, as calls.def declares it
int32_t raise_builtin(Context* ctx, int64_t row, int64_t a, int64_t b, int64_t c, const char* text) {
  note(fmt::format("{}({},{},{},{})", error_row_id(static_cast<ErrorRow>(row)), a, b, c, text ? text : ""));
  ctx->error = 1;
  return 1;
}
int32_t error_trace(Context* ctx, const char* function, int64_t line) {
  note(fmt::format("trace:{}:{}", function, line));
  return ctx->error ? 1 : 2;
}
void error_set(Context* ctx, void* error) {
  note("set");
  ctx->error = reinterpret_cast<uint64_t>(error);
}
void* error_take(Context* ctx) {
  note("take");
  return reinterpret_cast<void*>(std::exchange(ctx->error, 0));
}
void* error_make(Context*, const char* cls, int64_t type, const Slot* args) {
  note(fmt::format("make:{}:{}:{}", cls, type, args ? args[0].i : 0));
  return reinterpret_cast<void*>(uint64_t{0x40});
}
bool error_matches(void* error, const char* cls) {
  note(fmt::format("matches:{}", cls));
  return error && std::strcmp(cls, "lh$class$builtins.IndexError") == 0;
}
int32_t poll(Context*) {
  note("poll");
  return 2;
}
int32_t object_call(Context*, const char* callable, int64_t type, const Slot* args) {
  note(fmt::format("object:{}:{}:{}", callable, type, args[0].i));
  return 0;
}
void retain(void* owner) {
  note(fmt::format("retain:{}", reinterpret_cast<uint64_t>(owner)));
}
void release(void* owner) {
  note(fmt::format("release:{}", reinterpret_cast<uint64_t>(owner)));
}
int32_t array_alloc(Context* ctx, int64_t item_size, int64_t ndim, const int64_t* extents, int64_t zeroed,
                    void** out) {
  int64_t bytes = item_size;
  for (int64_t i = 0; i < ndim; ++i) bytes *= extents[i];
  note(fmt::format("alloc:{}:{}", bytes, zeroed));
  if (bytes < 0) return static_cast<int32_t>(ctx->error = 1);
  static std::vector<std::unique_ptr<std::byte[]>> blocks;
  blocks.push_back(std::make_unique<std::byte[]>(static_cast<size_t>(bytes) + 64));
  *out = blocks.back().get();
  return 0;
}
int32_t str_concat(Context*, const Slot* x, const Slot* y, Slot* out) {
  out[0].p = nullptr;
  out[1].p = x[1].p;
  out[2].i = x[2].i + y[2].i;
  out[3].i = std::max(x[3].i, y[3].i);
  return 0;
}
bool str_equal(const Slot* x, const Slot* y) {
  return x[2].i == y[2].i && x[3].i == y[3].i &&
         std::memcmp(x[1].p, y[1].p, static_cast<size_t>(x[2].i * x[3].i)) == 0;
}
int64_t gcd(int64_t x, int64_t y) {
  return y == 0 ? x : gcd(y, x % y);
}
int32_t factorial(Context*, int64_t n, int64_t* out) {
  if (n < 0) return 1;
  *out = 1;
  for (int64_t i = 2; i <= n; ++i) *out *= i;
  return 0;
}
double frexp_mantissa(double x) {
  int exponent;
  return std::frexp(x, &exponent);
}
double runtime_lgamma(double x) {
  return std::lgamma(x);
}
void complex_exp(double real, double imaginary, double* out) {
  out[0] = std::exp(real) * std::cos(imaginary);
  out[1] = std::exp(real) * std::sin(imaginary);
}
int64_t parallel_chunk(int64_t, int64_t) {
  return kChunk;
}
bool may_overlap(const Slot* a, int64_t a_ndim, int64_t a_itemsize, const Slot* b, int64_t b_ndim,
                 int64_t b_itemsize) {
  note(fmt::format("overlap:{}:{}:{}:{}", a_ndim, a_itemsize, b_ndim, b_itemsize));
  return a[1].p == b[1].p;
}
int32_t parallel_for(Context* ctx, int32_t (*body)(Context*, void*, int64_t, int64_t), void* environment,
                     int64_t count, int64_t grain) {
  note(fmt::format("parallel:{}:{}", count, grain));
  for (int64_t first = 0; first < count; first += kChunk) {
    int32_t status = body(ctx, environment, first, std::min(first + kChunk, count));
    if (status != 0) return status;
  }
  return 0;
}

struct StatusAndValue {
  int32_t status;
  int64_t value;
};
StatusAndValue other_unit(Context*, int64_t x) {
  if (x < 0) return {1, 0};
  return {0, x + 100};
}
void* other_unit_slot = reinterpret_cast<void*>(&other_unit);

const std::map<std::string, void*>& runtime() {
  static const std::map<std::string, void*> functions = {
      {"lh_raise_builtin", reinterpret_cast<void*>(&raise_builtin)},
      {"lh_error_trace", reinterpret_cast<void*>(&error_trace)},
      {"lh_error_set", reinterpret_cast<void*>(&error_set)},
      {"lh_error_take", reinterpret_cast<void*>(&error_take)},
      {"lh_error_make", reinterpret_cast<void*>(&error_make)},
      {"lh_error_matches", reinterpret_cast<void*>(&error_matches)},
      {"lh_poll", reinterpret_cast<void*>(&poll)},
      {"lh_object_call", reinterpret_cast<void*>(&object_call)},
      {"lh_retain", reinterpret_cast<void*>(&retain)},
      {"lh_release", reinterpret_cast<void*>(&release)},
      {"lh_array_alloc", reinterpret_cast<void*>(&array_alloc)},
      {"lh_str_concat", reinterpret_cast<void*>(&str_concat)},
      {"lh_str_equal", reinterpret_cast<void*>(&str_equal)},
      {"lh_gcd", reinterpret_cast<void*>(&gcd)},
      {"lh_factorial", reinterpret_cast<void*>(&factorial)},
      {"lh_frexp_mantissa", reinterpret_cast<void*>(&frexp_mantissa)},
      {"lh_lgamma", reinterpret_cast<void*>(&runtime_lgamma)},
      {"lh_cexp", reinterpret_cast<void*>(&complex_exp)},
      {"lh_parallel_chunk", reinterpret_cast<void*>(&parallel_chunk)},
      {"lh_may_overlap", reinterpret_cast<void*>(&may_overlap)},
      {"lh_parallel_for", reinterpret_cast<void*>(&parallel_for)},
      {"lh$slot$other", &other_unit_slot},
  };
  return functions;
}

// Types come as the number 7, every other named value as the address of its name.
bool resolve(const char* name, uint64_t* value) {
  static std::map<std::string, std::string> names;
  auto it = runtime().find(name);
  void* address = it == runtime().end() ? dlsym(RTLD_DEFAULT, name) : it->second;
  if (std::strncmp(name, "lh$type$", 8) == 0)
    *value = 7;
  else if (address)
    *value = reinterpret_cast<uint64_t>(address);
  else if (std::strncmp(name, "lh$", 3) == 0)
    *value = reinterpret_cast<uint64_t>(names.try_emplace(name, name).first->second.c_str());
  else
    return false;
  return true;
}

}  // namespace

EmitOptions Native::verified() {
  EmitOptions options;
  options.verify = true;
  return options;
}

Native::Native(const std::string& text, const EmitOptions& options) {
  Expected<Unit> unit = parse_unit(text);
  if (!unit) {
    ADD_FAILURE() << unit.error().message();
    return;
  }
  for (Function& f : unit->functions)
    if (f.symbol.empty()) f.symbol = f.name;
  EmitResult object = emit(*unit, options);
  lean = object.lean;
  auto loaded = load_object(object.bytes, resolve);
  if (!loaded)
    ADD_FAILURE() << loaded.error().message();
  else
    code_ = *loaded;
}

int32_t Native::run(const std::string& name, const std::vector<Slot>& args) {
  events().clear();
  void* entry = code_ ? code_->symbol(name + "$entry") : nullptr;
  if (!entry) {
    ADD_FAILURE() << "no entry of " << name;
    return -1;
  }
  ctx.error = 0;
  return reinterpret_cast<int32_t (*)(Context*, const Slot*, Slot*)>(entry)(&ctx, args.data(), out);
}

std::string Native::log() const {
  return events();
}

}  // namespace lancehead::testing
