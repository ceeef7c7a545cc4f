// An ELF64 loader. The arena holds, in this order: sections that stay read-only (code and constants), stubs
// and the table of addresses, then, from a page boundary on, sections that stay writable.
#include "driver/loader.h"

#include <elf.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "driver/loader_target.h"

namespace lancehead {
namespace {

constexpr uint64_t kMaxArena = uint64_t{1} << 30;  // within reach of 32-bit offsets
constexpr uint64_t kMaxAlignment = 4096;

uint64_t align_up(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

struct Malformed {
  std::string what;
};

}  // namespace

// One object being loaded. Malformed is thrown and caught within load().
class ObjectLoader {
 public:
  ObjectLoader(std::string_view bytes, const SymbolResolver& resolve)
      : bytes_(bytes), resolve_(resolve), target_(loader_target()) {}

  std::shared_ptr<const LoadedObject> load() {
    read_headers();
    place_sections();
    map();
    copy_sections();
    resolve_symbols();
    for (const Elf64_Shdr& section : sections_)
      if (section.sh_type == SHT_RELA) relocate(section);
    protect();
    return object_;
  }

 private:
  static void require(bool condition, const char* what) {
    if (!condition) throw Malformed{what};
  }

  // Part of the file as an array of T, copied, since nothing in the file need be aligned.
  template <class T>
  std::vector<T> table(uint64_t offset, uint64_t count, const char* what) const {
    require(offset <= bytes_.size() && count <= (bytes_.size() - offset) / sizeof(T), what);
    std::vector<T> out(count);
    if (count) std::memcpy(out.data(), bytes_.data() + offset, count * sizeof(T));
    return out;
  }

  std::string text(const Elf64_Shdr& section, const char* what) const {
    std::vector<char> characters = table<char>(section.sh_offset, section.sh_size, what);
    return std::string(characters.begin(), characters.end());
  }

  void read_headers() {
    Elf64_Ehdr header = table<Elf64_Ehdr>(0, 1, "no ELF header")[0];
    require(std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0, "not an ELF file");
    require(header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == ELFDATA2LSB,
            "not ELF64, little endian");
    require(header.e_type == ET_REL && header.e_machine == target_.machine,
            "not a relocatable object of this machine");
    require(header.e_shentsize == sizeof(Elf64_Shdr), "section headers of another size");
    sections_ = table<Elf64_Shdr>(header.e_shoff, header.e_shnum, "section headers beyond the end");
    require(header.e_shstrndx < sections_.size(), "no section names");
    section_names_ = text(sections_[header.e_shstrndx], "section names beyond the end");
    for (const Elf64_Shdr& section : sections_) {
      if (section.sh_type != SHT_SYMTAB) continue;
      require(section.sh_entsize == sizeof(Elf64_Sym), "symbols of another size");
      require(section.sh_link < sections_.size(), "no symbol names");
      symbols_ =
          table<Elf64_Sym>(section.sh_offset, section.sh_size / sizeof(Elf64_Sym), "symbols beyond the end");
      names_ = text(sections_[section.sh_link], "symbol names beyond the end");
    }
  }

  bool is_loaded(const Elf64_Shdr& section) const {
    return (section.sh_flags & SHF_ALLOC) && section.sh_size > 0;
  }

  void place(const Elf64_Shdr& section, size_t index) {
    uint64_t alignment = std::max<uint64_t>(section.sh_addralign, 1);
    require((alignment & (alignment - 1)) == 0 && alignment <= kMaxAlignment, "odd alignment of a section");
    require(!(section.sh_flags & SHF_TLS), "thread-local data");
    end_ = align_up(end_, alignment);
    offsets_[index] = end_;
    require(section.sh_size <= kMaxArena, "section is too big");
    end_ += section.sh_size;
    require(end_ <= kMaxArena, "object is too big");
  }

  void place_sections() {
    offsets_.assign(sections_.size(), 0);
    for (size_t i = 0; i < sections_.size(); ++i)
      if (is_loaded(sections_[i]) && !stays_writable(sections_[i])) place(sections_[i], i);
    end_ = align_up(end_, 16);
    stubs_at_ = end_;
    end_ += symbols_.size() * target_.stub_bytes;
    table_at_ = end_;
    end_ += symbols_.size() * sizeof(uint64_t);
    const uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
    writable_at_ = end_ = align_up(end_, page);
    for (size_t i = 0; i < sections_.size(); ++i)
      if (is_loaded(sections_[i]) && stays_writable(sections_[i])) place(sections_[i], i);
    for (Elf64_Sym& symbol : symbols_) {
      if (symbol.st_shndx != SHN_COMMON) continue;
      Elf64_Shdr space{};
      space.sh_addralign = symbol.st_value;
      space.sh_size = symbol.st_size;
      offsets_.push_back(0);
      place(space, offsets_.size() - 1);
      symbol.st_value = offsets_.back();  // from the arena's start, from here on
    }
    end_ = std::max(align_up(end_, page), page);
  }

  // Constant data that holds addresses is writable to the linker only.
  bool stays_writable(const Elf64_Shdr& section) const {
    constexpr std::string_view kRelocatedConstants = ".data.rel.ro";
    if (!(section.sh_flags & SHF_WRITE)) return false;
    require(section.sh_name < section_names_.size(), "section name beyond the end");
    return std::string_view(section_names_).substr(section.sh_name, kRelocatedConstants.size()) !=
           kRelocatedConstants;
  }

  void map() {
    void* memory =
        mmap(nullptr, end_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw Malformed{"no memory for the object"};
    base_ = static_cast<std::byte*>(memory);
    object_.reset(new LoadedObject(base_, end_));
  }

  void copy_sections() {
    for (size_t i = 0; i < sections_.size(); ++i) {
      const Elf64_Shdr& section = sections_[i];
      if (!is_loaded(section) || section.sh_type == SHT_NOBITS) continue;
      require(section.sh_offset <= bytes_.size() && section.sh_size <= bytes_.size() - section.sh_offset,
              "section beyond the end");
      std::memcpy(base_ + offsets_[i], bytes_.data() + section.sh_offset, section.sh_size);
    }
  }

  const char* name_of(const Elf64_Sym& symbol) const {
    require(symbol.st_name < names_.size(),
            "symbol name beyond the end");  // names_ ends in a zero as a std::string
    return names_.c_str() + symbol.st_name;
  }

  // Undefined symbols are asked for when a relocation names them: not every one that is listed is used.
  void resolve_symbols() {
    values_.assign(symbols_.size(), 0);
    known_.assign(symbols_.size(), false);
    for (size_t i = 1; i < symbols_.size(); ++i) {
      const Elf64_Sym& symbol = symbols_[i];
      if (symbol.st_shndx == SHN_UNDEF) continue;
      known_[i] = true;
      if (symbol.st_shndx == SHN_ABS) {
        values_[i] = symbol.st_value;
        continue;
      }
      if (symbol.st_shndx == SHN_COMMON) {
        values_[i] = address(symbol.st_value);
      } else {
        require(symbol.st_shndx < sections_.size(), "symbol in no section");
        const Elf64_Shdr& section = sections_[symbol.st_shndx];
        if (!(section.sh_flags & SHF_ALLOC)) continue;
        require(symbol.st_value <= section.sh_size, "symbol beyond its section");
        values_[i] = address(offsets_[symbol.st_shndx] + symbol.st_value);
      }
      if (ELF64_ST_BIND(symbol.st_info) == STB_GLOBAL)
        object_->symbols_.emplace(name_of(symbol), reinterpret_cast<void*>(values_[i]));
    }
  }

  uint64_t address(uint64_t offset) const { return reinterpret_cast<uint64_t>(base_) + offset; }

  uint64_t value_of(uint32_t symbol) {
    require(symbol < symbols_.size(), "relocation against no symbol");
    if (known_[symbol]) return values_[symbol];
    const char* name = name_of(symbols_[symbol]);
    if (!resolve_(name, &values_[symbol])) throw Malformed{fmt::format("undefined symbol '{}'", name)};
    known_[symbol] = true;
    return values_[symbol];
  }

  uint64_t stub_for(uint32_t symbol) {
    uint64_t at = stubs_at_ + symbol * target_.stub_bytes;
    target_.write_stub(base_ + at, values_[symbol]);
    return address(at);
  }

  uint64_t table_slot_for(uint32_t symbol) {
    uint64_t at = table_at_ + symbol * sizeof(uint64_t);
    std::memcpy(base_ + at, &values_[symbol], sizeof(uint64_t));
    return address(at);
  }

  void relocate(const Elf64_Shdr& relocations) {
    require(relocations.sh_info < sections_.size(), "relocations of no section");
    const Elf64_Shdr& section = sections_[relocations.sh_info];
    if (!is_loaded(section)) return;
    require(section.sh_type != SHT_NOBITS, "relocations of a section without bytes");
    uint64_t count = relocations.sh_size / sizeof(Elf64_Rela);
    for (const Elf64_Rela& r : table<Elf64_Rela>(relocations.sh_offset, count, "relocations beyond the end"))
      apply(r, section.sh_size, offsets_[relocations.sh_info]);
  }

  void apply(const Elf64_Rela& r, uint64_t section_size, uint64_t section_at) {
    const RelocationRule* rule = target_.rule(ELF64_R_TYPE(r.r_info));
    if (!rule) throw Malformed{fmt::format("unknown relocation {}", ELF64_R_TYPE(r.r_info))};
    require(r.r_offset <= section_size && rule->bytes <= section_size - r.r_offset,
            "relocation beyond its section");
    auto symbol = static_cast<uint32_t>(ELF64_R_SYM(r.r_info));
    uint64_t place = address(section_at + r.r_offset);
    uint64_t value = value_of(symbol) + static_cast<uint64_t>(r.r_addend);
    if (rule->form == RelocationForm::TableSlot)
      value = table_slot_for(symbol) + static_cast<uint64_t>(r.r_addend);
    if (rule->form == RelocationForm::Call && !fits(value - place))
      value = stub_for(symbol) + static_cast<uint64_t>(r.r_addend);
    if (rule->form != RelocationForm::Absolute) value -= place;
    require(rule->bytes == 8 || fits(value), "relocation out of reach");
    std::memcpy(base_ + section_at + r.r_offset, &value, rule->bytes);
  }

  static bool fits(uint64_t difference) {
    auto d = static_cast<int64_t>(difference);
    return d >= std::numeric_limits<int32_t>::min() && d <= std::numeric_limits<int32_t>::max();
  }

  void protect() {
    if (writable_at_ == 0) return;
    if (mprotect(base_, writable_at_, PROT_READ | PROT_EXEC) != 0)
      throw Malformed{"pages cannot be made executable"};
  }

  std::string_view bytes_;
  const SymbolResolver& resolve_;
  const LoaderTarget& target_;
  std::vector<Elf64_Shdr> sections_;
  std::vector<Elf64_Sym> symbols_;
  std::string names_;
  std::string section_names_;
  std::vector<uint64_t> offsets_;  // of each section in the arena
  uint64_t stubs_at_ = 0;
  uint64_t table_at_ = 0;
  uint64_t writable_at_ = 0;
  uint64_t end_ = 0;
  std::byte* base_ = nullptr;
  std::shared_ptr<LoadedObject> object_;
  std::vector<uint64_t> values_;  // of each symbol
  std::vector<bool> known_;
};

LoadedObject::~LoadedObject() {
  munmap(base_, size_);
}

void* LoadedObject::symbol(const std::string& name) const {
  auto it = symbols_.find(name);
  return it == symbols_.end() ? nullptr : it->second;
}

Expected<std::shared_ptr<const LoadedObject>> load_object(std::string_view bytes,
                                                          const SymbolResolver& resolve) {
  try {
    return ObjectLoader(bytes, resolve).load();
  } catch (const Malformed& malformed) {
    return make_diagnostic(DiagId::Backend, {"cannot load an object: " + malformed.what});
  }
}

}  // namespace lancehead
