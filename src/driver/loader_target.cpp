// The relocations of x86-64 that position-independent code of the small model has.
#include "driver/loader_target.h"

#include <elf.h>

#include <cstring>
#include <iterator>

namespace lancehead {
namespace {

constexpr RelocationRule kX86Rules[] = {
    {R_X86_64_64, RelocationForm::Absolute, 8},
    {R_X86_64_PC32, RelocationForm::Relative, 4},
    {R_X86_64_PC64, RelocationForm::Relative, 8},
    {R_X86_64_PLT32, RelocationForm::Call, 4},
    {R_X86_64_GOTPCREL, RelocationForm::TableSlot, 4},
    {R_X86_64_GOTPCRELX, RelocationForm::TableSlot, 4},
    {R_X86_64_REX_GOTPCRELX, RelocationForm::TableSlot, 4},
};

// jmp *2(%rip); two bytes of padding; the target
void write_x86_stub(std::byte* at, uint64_t target) {
  std::memcpy(at, "\xff\x25\x02\x00\x00\x00\x90\x90", 8);
  std::memcpy(at + 8, &target, sizeof target);
}

constexpr LoaderTarget kX86 = {EM_X86_64, kX86Rules, std::size(kX86Rules), 16, write_x86_stub};

}  // namespace

const LoaderTarget& loader_target() {
  return kX86;
}

}  // namespace lancehead
