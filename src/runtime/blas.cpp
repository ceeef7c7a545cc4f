#include "runtime/blas.h"

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace lancehead {
namespace {

// NumPy's extension module, in whose dependencies its BLAS is; else libraries that have one.
constexpr std::string_view kPlaces[] = {"_multiarray_umath", "openblas", "mkl_rt", "libcblas", "libblas"};

// How the routines are called: prefix, suffix, and whether their integers have 64 bits.
struct Spelling {
  const char* prefix;
  const char* suffix;
  bool wide;
};
constexpr Spelling kSpellings[] = {
    {"scipy_", "64_", true}, {"", "64_", true}, {"scipy_", "", false}, {"", "", false}};

// The paths of the process's libraries, those that kPlaces names first foremost.
std::vector<std::string> candidates() {
  std::vector<std::string> found[std::size(kPlaces)];
  dl_iterate_phdr(
      [](dl_phdr_info* info, size_t, void* lists) {
        std::string_view path = info->dlpi_name ? info->dlpi_name : "";
        for (size_t k = 0; k < std::size(kPlaces); ++k)
          if (path.substr(path.rfind('/') + 1).find(kPlaces[k]) != std::string_view::npos)
            static_cast<std::vector<std::string>*>(lists)[k].emplace_back(path);
        return 0;
      },
      found);
  std::vector<std::string> out;
  for (std::vector<std::string>& paths : found) out.insert(out.end(), paths.begin(), paths.end());
  return out;
}

struct Library {
  void* handle = nullptr;
  Spelling spelling{};

  template <typename Fn>
  bool find(Fn& out, char type, const char* routine) const {
    std::string name = std::string(spelling.prefix) + "cblas_" + type + routine + spelling.suffix;
    out = reinterpret_cast<Fn>(dlsym(handle, name.c_str()));
    return out != nullptr;
  }
};

Library find_library() {
  for (const std::string& path : candidates()) {
    void* handle = dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD);  // kept: the process has it anyway
    if (!handle) continue;
    for (const Spelling& spelling : kSpellings) {
      Library library{handle, spelling};
      void (*routine)();
      if (library.find(routine, 'd', "gemm")) return library;
    }
    dlclose(handle);
  }
  return {};
}

template <typename T>
bool fill(const Library& library, char type, Blas<T>& out) {
  out.most = library.spelling.wide ? std::numeric_limits<int64_t>::max() - 1
                                   : std::numeric_limits<int32_t>::max() - 1;
  bool all = library.find(out.gemm, type, "gemm") && library.find(out.gemv, type, "gemv") &&
             library.find(out.syrk, type, "syrk") && library.find(out.axpy, type, "axpy");
  if constexpr (Blas<T>::kComplex)
    return all && library.find(out.dot, type, "dotu_sub") &&
           library.find(out.conjugate_dot, type, "dotc_sub");
  else
    return all && library.find(out.dot, type, "dot");
}

struct Routines {
  Blas<float> s;
  Blas<double> d;
  Blas<std::complex<float>> c;
  Blas<std::complex<double>> z;
  bool found = false;

  Routines() {
    Library library = find_library();
    found = library.handle && fill(library, 's', s) && fill(library, 'd', d) && fill(library, 'c', c) &&
            fill(library, 'z', z);
  }
};

const Routines& routines() {
  static const Routines found;
  return found;
}

}  // namespace

template <>
const Blas<float>* blas<float>() {
  return routines().found ? &routines().s : nullptr;
}
template <>
const Blas<double>* blas<double>() {
  return routines().found ? &routines().d : nullptr;
}
template <>
const Blas<std::complex<float>>* blas<std::complex<float>>() {
  return routines().found ? &routines().c : nullptr;
}
template <>
const Blas<std::complex<double>>* blas<std::complex<double>>() {
  return routines().found ? &routines().z : nullptr;
}

}  // namespace lancehead
