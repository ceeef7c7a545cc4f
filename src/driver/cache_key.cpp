// Keys from the request, the processor's identity and the installed files.
#include "driver/cache_key.h"

#include <cpuid.h>
#include <dlfcn.h>
#include <sys/stat.h>

#include "driver/backend_library.h"
#include "driver/build_note.h"
#include "frontend/fingerprint.h"
#include "types/text.h"

namespace lancehead {
namespace {

// Which of the processor's registers the system saves: vectors that it does not are not used.
uint64_t saved_registers() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kOsXsave = 1u << 27;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & kOsXsave)) return 0;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return static_cast<uint64_t>(high) << 32 | low;
}

void add_processor(Hasher& h) {
  h.add(saved_registers());
  for (auto [leaf, sub] : {std::pair{1u, 0u}, {7u, 0u}, {7u, 1u}}) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    __get_cpuid_count(leaf, sub, &a, &b, &c, &d);
    if (leaf == 1) b = 0;  // the number of the processor that runs this
    h.add(static_cast<uint64_t>(a) << 32 | b).add(static_cast<uint64_t>(c) << 32 | d);
  }
}

// By what the linker made of its contents; by size and time where it left no note.
void add_file(Hasher& h, const std::string& path) {
  std::string note = build_note(path);
  h.add(note);
  struct stat info {};
  if (note.empty() && stat(path.c_str(), &info) == 0)
    h.add(static_cast<uint64_t>(info.st_size))
        .add(static_cast<uint64_t>(info.st_mtim.tv_sec))
        .add(static_cast<uint64_t>(info.st_mtim.tv_nsec));
}

}  // namespace

Hash128 build_identity() {
  static const Hash128 identity = [] {
    Hasher h;
    Dl_info self{};
    if (dladdr(reinterpret_cast<const void*>(&cache_key), &self) && self.dli_fname)
      add_file(h, self.dli_fname);
    add_file(h, backend_library_path());
    return h.finish();
  }();
  return identity;
}

Hash128 cache_key(const CompileRequest& r, const Snapshot& root) {
  Hasher h;
  h.add(build_identity()).add(fingerprint(root)).add(r.args.size());
  for (TypeId t : r.args) h.add(type_text(t));
  for (const ArgumentFacts& f : r.facts) {
    h.add(static_cast<uint64_t>(f.weak) | static_cast<uint64_t>(f.omitted) << 1);
    if (f.omitted) h.add(fingerprint(f.value));
  }
  h.add(r.result.valid() ? type_text(r.result) : std::string());
  h.add(semantics_bits(semantics_of(r.options)));
  add_processor(h);
  return h.finish();
}

}  // namespace lancehead
