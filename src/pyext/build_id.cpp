// Reads the note that the linker puts into the module, a hash of its contents (build_id.h).
#include "pyext/build_id.h"

#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>

namespace lancehead {
namespace {

struct Search {
  uintptr_t inside;  // an address in the module that is looked for
  std::string found;
};

std::string id_in_notes(uintptr_t at, size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  uintptr_t end = at + size;
  while (at + sizeof(ElfW(Nhdr)) <= end) {
    const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
    uintptr_t name = at + sizeof(ElfW(Nhdr));
    uintptr_t text = name + ((note->n_namesz + 3u) & ~3u);
    if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 &&
        std::memcmp(reinterpret_cast<const void*>(name), "GNU", 4) == 0) {
      std::string out;
      for (size_t i = 0; i < note->n_descsz; ++i) {
        uint8_t byte = reinterpret_cast<const uint8_t*>(text)[i];
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
      }
      return out;
    }
    at = text + ((note->n_descsz + 3u) & ~3u);
  }
  return {};
}

int look_at(dl_phdr_info* info, size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  bool ours = false;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    uintptr_t start = info->dlpi_addr + header.p_vaddr;
    if (header.p_type == PT_LOAD && search.inside >= start && search.inside < start + header.p_memsz)
      ours = true;
  }
  for (int i = 0; ours && search.found.empty() && i < info->dlpi_phnum; ++i)
    if (info->dlpi_phdr[i].p_type == PT_NOTE)
      search.found = id_in_notes(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr, info->dlpi_phdr[i].p_memsz);
  return ours;
}

}  // namespace

std::string build_id() {
  Search search{reinterpret_cast<uintptr_t>(&build_id), {}};
  dl_iterate_phdr(look_at, &search);
  return search.found.empty() ? "unknown" : search.found;
}

}  // namespace lancehead
