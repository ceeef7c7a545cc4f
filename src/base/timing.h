// Phase timers behind LANCEHEAD_TIMING: wall time and number of runs of each phase of phases.def, summed over
// all threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace lancehead {

enum class Phase : uint8_t {
#define PHASE(id, name) id,
#include "base/phases.def"
#undef PHASE
  kCount
};

const char* phase_name(Phase phase);
void add_phase_time(Phase phase, int64_t nanoseconds);
// One line a phase: name, runs, milliseconds; then the total.
std::string timing_table();
// Where LANCEHEAD_TIMING is set: at exit the table goes to stderr ("1") or to the file that it names.
void report_timing_at_exit();

// Counts the time that it lives, less that of the timers inside it on the same thread.
class PhaseTimer {
 public:
  explicit PhaseTimer(Phase phase);
  ~PhaseTimer();
  PhaseTimer(const PhaseTimer&) = delete;
  PhaseTimer& operator=(const PhaseTimer&) = delete;

 private:
  Phase phase_;
  const char* outer_phase_;
  PhaseTimer* outer_;
  int64_t inner_ns_ = 0;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace lancehead
