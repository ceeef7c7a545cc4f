// Readers of co_exceptiontable and co_linetable (code_tables.h).
#include "frontend/code_tables.h"

#include <algorithm>
#include <optional>

namespace lancehead {

namespace {

// Bytes with an end: reading past it yields nothing.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return at_ >= bytes_.size(); }

  std::optional<uint8_t> byte() {
    if (at_end()) return std::nullopt;
    return static_cast<uint8_t>(bytes_[at_++]);
  }

  // Six bits a byte, most significant first; bit 6 says that another follows.
  std::optional<uint32_t> big_endian_varint() {
    uint64_t value = 0;
    for (int count = 0; count < 6; ++count) {
      auto next = byte();
      if (!next) return std::nullopt;
      value = value << 6 | (*next & 0x3f);
      if (value > UINT32_MAX) return std::nullopt;
      if (!(*next & 0x40)) return static_cast<uint32_t>(value);
    }
    return std::nullopt;
  }

  // The same, least significant first.
  std::optional<uint32_t> varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 36; shift += 6) {
      auto next = byte();
      if (!next) return std::nullopt;
      value |= static_cast<uint64_t>(*next & 0x3f) << shift;
      if (value > UINT32_MAX) return std::nullopt;
      if (!(*next & 0x40)) return static_cast<uint32_t>(value);
    }
    return std::nullopt;
  }

  std::optional<int64_t> signed_varint() {
    auto value = varint();
    if (!value) return std::nullopt;
    int64_t magnitude = *value >> 1;
    return *value & 1 ? -magnitude : magnitude;
  }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

// How a location entry's code says what follows it.
constexpr int kCodeOneLine = 10, kCodeNoColumns = 13, kCodeLong = 14, kCodeNone = 15;

struct RawRange {
  int64_t line = -1, end_line = -1, column = -1, end_column = -1;
};

// Reads what follows the first byte of an entry; `line` is the running line.
std::optional<RawRange> read_location(ByteReader& in, int code, int64_t& line) {
  if (code == kCodeNone) return RawRange{};
  if (code == kCodeLong) {
    auto delta = in.signed_varint();
    auto lines = in.varint();
    auto column = in.varint();
    auto end_column = in.varint();
    if (!delta || !lines || !column || !end_column) return std::nullopt;
    line += *delta;
    return RawRange{line, line + *lines, int64_t{*column} - 1, int64_t{*end_column} - 1};
  }
  if (code == kCodeNoColumns) {
    auto delta = in.signed_varint();
    if (!delta) return std::nullopt;
    line += *delta;
    return RawRange{line, line, -1, -1};
  }
  if (code >= kCodeOneLine) {
    auto column = in.byte();
    auto end_column = in.byte();
    if (!column || !end_column) return std::nullopt;
    line += code - kCodeOneLine;
    return RawRange{line, line, *column, *end_column};
  }
  auto packed = in.byte();
  if (!packed) return std::nullopt;
  int64_t column = code << 3 | *packed >> 4;
  return RawRange{line, line, column, column + (*packed & 15)};
}

SourceRange checked(const RawRange& raw) {
  auto fits = [](int64_t value) { return value >= 0 && value <= INT32_MAX; };
  if (!fits(raw.line) || !fits(raw.end_line)) return {};
  SourceRange range;
  range.line = static_cast<int32_t>(raw.line);
  range.end_line = static_cast<int32_t>(raw.end_line);
  if (fits(raw.column) && fits(raw.end_column)) {
    range.column = static_cast<int32_t>(raw.column);
    range.end_column = static_cast<int32_t>(raw.end_column);
  }
  return range;
}

}  // namespace

bool read_exception_table(std::string_view table, uint32_t units, std::vector<ExceptionEntry>* entries) {
  ByteReader in(table);
  uint64_t covered = 0;
  while (!in.at_end()) {
    auto begin = in.big_endian_varint();
    auto size = in.big_endian_varint();
    auto target = in.big_endian_varint();
    auto depth_lasti = in.big_endian_varint();
    if (!begin || !size || !target || !depth_lasti) return false;
    uint64_t end = uint64_t{*begin} + *size;
    if (*begin < covered || end > units || *target >= units) return false;
    covered = end;
    entries->push_back(
        {*begin, static_cast<uint32_t>(end), *target, *depth_lasti >> 1, (*depth_lasti & 1) != 0});
  }
  return true;
}

std::vector<SourceRange> read_line_table(std::string_view table, uint32_t units) {
  std::vector<SourceRange> ranges(units);
  ByteReader in(table);
  int64_t line = 0;
  uint32_t unit = 0;
  while (!in.at_end() && unit < units) {
    uint8_t first = *in.byte();
    auto raw = read_location(in, first >> 3 & 15, line);
    if (!(first & 0x80) || !raw) break;
    uint32_t end = std::min<uint32_t>(units, unit + (first & 7) + 1);
    std::fill(ranges.begin() + unit, ranges.begin() + end, checked(*raw));
    unit = end;
  }
  return ranges;
}

}  // namespace lancehead
