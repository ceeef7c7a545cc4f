// The seam's functions: no C++ type and no exception leaves them.
#include "backend/api.h"

#include <cstdlib>
#include <cstring>
#include <exception>

#include "backend/emit.h"
#include "backend/target.h"
#include "base/check.h"
#include "ir/bytes.h"

namespace lancehead {
namespace {

char* copy_bytes(const std::string& bytes) {
  char* out = static_cast<char*>(std::malloc(bytes.size() + 1));
  if (out) std::memcpy(out, bytes.c_str(), bytes.size() + 1);
  return out;
}

EmitResult compile(const LanceheadCompileInput& input) {
  LH_CHECK(input.version == LANCEHEAD_API_VERSION, "driver and back end are of different builds");
  Expected<Unit> unit = from_bytes({input.unit, input.unit_size});
  LH_CHECK(unit, unit.error().message());
  EmitOptions options;
  options.want = static_cast<LanceheadWant>(input.want);
  options.tier = static_cast<LanceheadTier>(input.tier);
  options.fastmath = input.fastmath;
  if (input.cpu) options.cpu = input.cpu;
  if (input.features) options.features = input.features;
  return emit(*unit, options);
}

}  // namespace
}  // namespace lancehead

int lancehead_llvm_compile(const LanceheadCompileInput* input, LanceheadCompileOutput* output) {
  *output = {};
  try {
    lancehead::EmitResult result = lancehead::compile(*input);
    output->data = reinterpret_cast<uint8_t*>(lancehead::copy_bytes(result.bytes));
    output->size = result.bytes.size();
    output->lean = result.lean;
    output->lower_ns = result.lower_ns;
    output->passes_ns = result.passes_ns;
    output->emit_ns = result.emit_ns;
  } catch (const lancehead::InternalFailure& failure) {
    output->error = lancehead::copy_bytes(failure.message);
  } catch (const std::exception& error) {
    output->error = lancehead::copy_bytes(error.what());
  }
  return output->data ? 0 : 1;
}

void lancehead_llvm_free(LanceheadCompileOutput* output) {
  std::free(output->data);
  std::free(output->error);
  *output = {};
}

void lancehead_llvm_prepare(void) {
  lancehead::prepare_emission();
}

const char* lancehead_llvm_host(void) {
  static const std::string host = lancehead::host_cpu().name + ";" + lancehead::host_cpu().features;
  return host.c_str();
}
