// Sums of phase times, kept in atomics: phases run on several threads.
#include "base/timing.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/check.h"

namespace lancehead {
namespace {

constexpr size_t kPhases = static_cast<size_t>(Phase::kCount);
constexpr const char* kNames[] = {
#define PHASE(id, name) name,
#include "base/phases.def"
#undef PHASE
};

struct Sum {
  std::atomic<int64_t> nanoseconds{0};
  std::atomic<int64_t> runs{0};
};
std::array<Sum, kPhases> g_sums;
thread_local PhaseTimer* t_innermost = nullptr;

}  // namespace

const char* phase_name(Phase phase) {
  return kNames[static_cast<size_t>(phase)];
}

void add_phase_time(Phase phase, int64_t nanoseconds) {
  Sum& sum = g_sums[static_cast<size_t>(phase)];
  sum.nanoseconds.fetch_add(nanoseconds, std::memory_order_relaxed);
  sum.runs.fetch_add(1, std::memory_order_relaxed);
}

std::string timing_table() {
  std::string out = "phase                     runs         ms\n";
  int64_t total = 0;
  char line[96];
  for (size_t i = 0; i < kPhases; ++i) {
    int64_t ns = g_sums[i].nanoseconds.load();
    total += ns;
    std::snprintf(line, sizeof line, "%-22s %7lld %10.3f\n", kNames[i],
                  static_cast<long long>(g_sums[i].runs.load()), static_cast<double>(ns) / 1e6);
    out += line;
  }
  std::snprintf(line, sizeof line, "%-22s %7s %10.3f\n", "total", "", static_cast<double>(total) / 1e6);
  return out + line;
}

void report_timing_at_exit() {
  const char* to = std::getenv("LANCEHEAD_TIMING");
  if (!to || !*to || !std::strcmp(to, "0")) return;
  std::atexit([] {
    std::string table = timing_table();
    const char* name = std::getenv("LANCEHEAD_TIMING");
    std::FILE* file = name && std::strcmp(name, "1") ? std::fopen(name, "w") : nullptr;
    std::fputs(table.c_str(), file ? file : stderr);
    if (file) std::fclose(file);
  });
}

PhaseTimer::PhaseTimer(Phase phase)
    : phase_(phase),
      outer_phase_(current_phase()),
      outer_(t_innermost),
      start_(std::chrono::steady_clock::now()) {
  t_innermost = this;
  set_current_phase(phase_name(phase));
}

PhaseTimer::~PhaseTimer() {
  set_current_phase(outer_phase_);
  t_innermost = outer_;
  auto elapsed = std::chrono::steady_clock::now() - start_;
  int64_t ns = std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count();
  add_phase_time(phase_, ns - inner_ns_);
  if (outer_) outer_->inner_ns_ += ns;
}

}  // namespace lancehead
