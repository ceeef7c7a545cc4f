// Walks the note segments of an ELF file (build_note.h).
#include "driver/build_note.h"

#include <elf.h>
#include <fcntl.h>

#include <cstring>
#include <vector>

#include "driver/file_handle.h"

namespace lancehead {
namespace {

constexpr size_t kMaxNotes = 64 << 10;

template <class T>
bool read_at(int file, off_t at, T* to, size_t count = 1) {
  return pread(file, to, count * sizeof(T), at) == static_cast<ssize_t>(count * sizeof(T));
}

size_t padded(size_t size) {
  return (size + 3) & ~size_t{3};
}

std::string id_among(const std::string& notes) {
  Elf64_Nhdr head;
  for (size_t at = 0; at + sizeof head <= notes.size();) {
    std::memcpy(&head, notes.data() + at, sizeof head);
    size_t name = at + sizeof head, text = name + padded(head.n_namesz);
    at = text + padded(head.n_descsz);
    if (at > notes.size()) return {};
    if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 && notes.compare(name, 4, "GNU\0", 4) == 0)
      return notes.substr(text, head.n_descsz);
  }
  return {};
}

}  // namespace

std::string build_note(const std::string& path) {
  FileHandle file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  Elf64_Ehdr head;
  if (!file.valid() || !read_at(file.get(), 0, &head) || std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
      head.e_phentsize != sizeof(Elf64_Phdr))
    return {};
  std::vector<Elf64_Phdr> segments(head.e_phnum);
  if (!read_at(file.get(), static_cast<off_t>(head.e_phoff), segments.data(), segments.size())) return {};
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > kMaxNotes) continue;
    std::string notes(segment.p_filesz, '\0');
    if (!read_at(file.get(), static_cast<off_t>(segment.p_offset), notes.data(), notes.size())) continue;
    if (std::string id = id_among(notes); !id.empty()) return id;
  }
  return {};
}

}  // namespace lancehead
