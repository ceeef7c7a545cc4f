// Who owns what (contract C10). A managed value is
//   an owner    an owned result of an instruction, or a managed block parameter (each edge passes ownership):
//               one reference that must be given up exactly once on every path
//   borrowed    a parameter of the function (the caller keeps it), a constant array that is live (its unit
//   does);
//               other constants and undef have no reference count: nothing to do
//   interior    a part or a view of other values; an address taken from an array is too. Its owners must be
//               held while it is in use
// A block parameter that is an address is not tracked: addresses do not pass edges.
#pragma once

#include <cstdint>
#include <vector>

#include "ir/cfg.h"

namespace lancehead {

// A set of owners, by their dense numbers.
class OwnerSet {
 public:
  explicit OwnerSet(size_t owners = 0) : words_((owners + 63) / 64) {}
  bool has(uint32_t i) const { return words_[i / 64] >> (i % 64) & 1; }
  void add(uint32_t i) { words_[i / 64] |= uint64_t{1} << (i % 64); }
  void remove(uint32_t i) { words_[i / 64] &= ~(uint64_t{1} << (i % 64)); }
  void add(const OwnerSet& other) {
    for (size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }
  void remove(const OwnerSet& other) {
    for (size_t w = 0; w < words_.size(); ++w) words_[w] &= ~other.words_[w];
  }
  bool empty() const {
    for (uint64_t word : words_)
      if (word) return false;
    return true;
  }
  template <class F>
  void for_each(F visit) const {
    for (size_t w = 0; w < words_.size(); ++w)
      for (uint64_t bits = words_[w]; bits; bits &= bits - 1)
        visit(static_cast<uint32_t>(w * 64 + static_cast<size_t>(__builtin_ctzll(bits))));
  }
  friend bool operator==(const OwnerSet&, const OwnerSet&) = default;
  friend auto operator<=>(const OwnerSet& x, const OwnerSet& y) { return x.words_ <=> y.words_; }

 private:
  std::vector<uint64_t> words_;
};

class Owners {
 public:
  static constexpr uint32_t kNone = 0xffffffffu;

  Owners(const Function& f, const Cfg& cfg);

  size_t count() const { return values_.size(); }
  ValueId value(uint32_t owner) const { return values_[owner]; }
  // The number of the owner that this value is, or kNone.
  uint32_t number(ValueId v) const { return numbers_[v.index]; }
  // The owners that a use of the value needs: itself, or those that it is interior of.
  const std::vector<uint32_t>& needed(ValueId v) const { return needed_[v.index]; }
  // Must a place that owns its value retain it? Not what has no reference count.
  bool counted(ValueId v) const { return counted_[v.index]; }
  // The owner whose reference `v` may take over as its own: itself, or the array that it is a view of; else
  // kNone.
  uint32_t movable(ValueId v) const;

  OwnerSet empty_set() const { return OwnerSet(count()); }
  void add_needed(ValueId v, OwnerSet& set) const {
    for (uint32_t owner : needed_[v.index]) set.add(owner);
  }

 private:
  void number_owner(ValueId v);
  void classify_result(const Inst& inst, size_t result);

  const Function& f_;
  std::vector<uint32_t> numbers_;
  std::vector<std::vector<uint32_t>> needed_;
  std::vector<bool> counted_;
  std::vector<ValueId> values_;
};

}  // namespace lancehead
