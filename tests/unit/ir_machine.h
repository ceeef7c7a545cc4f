// Runs resolved IR of int64, float64 and bool values, arrays of them, tuples and iterators: the oracle for
// passes, which must not change what a function does. Memory is checked: an access outside its array is a
// fault.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ir/function.h"

namespace lancehead::testing {

// A run-time value: a scalar's bits, an address or array into a buffer, or parts.
struct Datum {
  uint64_t bits = 0;
  uint32_t buffer = 0xffffffffu;
  int64_t offset = 0;                   // bytes
  std::vector<int64_t> shape, strides;  // arrays
  std::vector<Datum> parts;             // tuples and other aggregates
};

Datum int_datum(int64_t value);
Datum float_datum(double value);

class Machine {
 public:
  // A C-contiguous array of 8-byte elements.
  Datum new_array(std::vector<int64_t> shape, const std::vector<double>& elements);

  // What happened, as text: "returned ...", "raised ...", "fault ...", and then the contents of the arrays
  // that were there before the run.
  std::string run(const Function& f, const std::vector<Datum>& arguments, size_t most_steps = 100000);
  size_t steps() const { return steps_; }

 private:
  friend class Frame;
  std::vector<std::vector<uint64_t>> buffers_;
  size_t steps_ = 0;
};

}  // namespace lancehead::testing
