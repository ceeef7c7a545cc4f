// The byte form: magic, build, identity, checksum of these two and the rest, then length-prefixed fields.
// Reading checks every length.
#include "driver/cache_entry.h"

#include <cstring>

namespace lancehead {
namespace {

constexpr char kMagic[8] = {'L', 'H', 'C', 'A', 'C', 'H', 'E', '3'};
constexpr size_t kHeader = kEntryHead + 16;

class Writer {
 public:
  void u32(uint32_t v) { raw(&v, sizeof v); }
  void hash(const Hash128& h) {
    raw(&h.lo, sizeof h.lo);
    raw(&h.hi, sizeof h.hi);
  }
  void bytes(const void* data, size_t size) {
    u32(static_cast<uint32_t>(size));
    raw(data, size);
  }
  void text(const std::string& s) { bytes(s.data(), s.size()); }
  void origin(const HandleOrigin& o) {
    u32(o.answer);
    u32(o.ordinal);
  }
  std::vector<uint8_t> out;

 private:
  void raw(const void* data, size_t size) {
    const auto* p = static_cast<const uint8_t*>(data);
    out.insert(out.end(), p, p + size);
  }
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : in_(bytes) {}
  bool ok() const { return ok_; }
  bool at_end() const { return in_.empty(); }

  uint32_t u32() {
    uint32_t v = 0;
    raw(&v, sizeof v);
    return v;
  }
  Hash128 hash() {
    Hash128 h;
    raw(&h.lo, sizeof h.lo);
    raw(&h.hi, sizeof h.hi);
    return h;
  }
  std::string_view bytes() {
    uint32_t size = u32();
    if (size > in_.size()) ok_ = false;
    if (!ok_) return {};
    std::string_view out = in_.substr(0, size);
    in_.remove_prefix(size);
    return out;
  }
  std::string text() { return std::string(bytes()); }
  std::vector<uint8_t> byte_vector() {
    std::string_view b = bytes();
    return {b.begin(), b.end()};
  }
  HandleOrigin origin() {
    HandleOrigin o;
    o.answer = u32();
    o.ordinal = u32();
    return o;
  }
  // A count of things of at least `least` bytes each.
  uint32_t count(size_t least) {
    uint32_t n = u32();
    if (ok_ && n > in_.size() / least) ok_ = false;
    return ok_ ? n : 0;
  }

 private:
  void raw(void* to, size_t size) {
    if (in_.size() < size) ok_ = false;
    if (!ok_) return;
    std::memcpy(to, in_.data(), size);
    in_.remove_prefix(size);
  }
  std::string_view in_;
  bool ok_ = true;
};

void write_unit(Writer& w, const CachedUnit& unit) {
  w.u32(static_cast<uint32_t>(unit.functions.size()));
  for (const CachedFunction& f : unit.functions) {
    w.text(f.symbol);
    w.text(f.name);
    w.u32(f.source);
  }
  w.bytes(unit.object.data(), unit.object.size());
}

CachedUnit read_unit(Reader& r) {
  CachedUnit unit;
  for (uint32_t n = r.count(12); n > 0 && r.ok(); --n) {
    CachedFunction f;
    f.symbol = r.text();
    f.name = r.text();
    f.source = r.u32();
    unit.functions.push_back(std::move(f));
  }
  unit.object = r.byte_vector();
  return unit;
}

enum SignatureBits : uint32_t { HasSignature = 1, Nonneg = 2, Weak = 4, NotNone = 8, ConsultsWeakness = 16 };

void write_signature(Writer& w, const std::optional<CachedSignature>& given) {
  const CachedSignature s = given.value_or(CachedSignature());
  w.u32((given ? HasSignature : 0u) | (s.nonneg ? Nonneg : 0u) | (s.weak ? Weak : 0u) |
        (s.not_none ? NotNone : 0u) | (s.consulted_weakness ? ConsultsWeakness : 0u));
  w.text(s.constant_type);
  w.hash({s.constant_bits[0], s.constant_bits[1]});
  w.text(s.constant_text);
}

std::optional<CachedSignature> read_signature(Reader& r) {
  uint32_t bits = r.u32();
  CachedSignature s;
  s.nonneg = bits & Nonneg;
  s.weak = bits & Weak;
  s.not_none = bits & NotNone;
  s.consulted_weakness = bits & ConsultsWeakness;
  s.constant_type = r.text();
  Hash128 constant = r.hash();
  s.constant_bits[0] = constant.lo;
  s.constant_bits[1] = constant.hi;
  s.constant_text = r.text();
  return bits & HasSignature ? std::optional<CachedSignature>(s) : std::nullopt;
}

Hash128 checksum(const Hash128& build, const Hash128& identity, std::string_view payload) {
  return Hasher().add(build).add(identity).add(payload).finish();
}

// References into the entry itself are in range.
bool is_consistent(const CacheEntry& e) {
  for (size_t k = 0; k < e.questions.size(); ++k)
    if (k > 0 && e.questions[k].object.answer >= k) return false;
  for (const CachedHandle& h : e.handles)
    if (h.origin.answer >= e.questions.size()) return false;
  for (const CachedUnit& u : e.units) {
    if (u.functions.empty()) return false;
    for (const CachedFunction& f : u.functions)
      if (f.source >= e.questions.size()) return false;
  }
  return !e.questions.empty() && !e.units.empty();
}

}  // namespace

std::vector<uint8_t> entry_to_bytes(const CacheEntry& entry, const Hash128& build, const Hash128& identity) {
  Writer payload;
  payload.text(entry.title);
  payload.u32(static_cast<uint32_t>(entry.questions.size()));
  for (const RecordedQuestion& q : entry.questions) {
    payload.u32(static_cast<uint32_t>(q.kind));
    payload.origin(q.object);
    payload.text(q.name);
    payload.hash(q.answer);
  }
  payload.u32(static_cast<uint32_t>(entry.units.size()));
  for (const CachedUnit& unit : entry.units) write_unit(payload, unit);
  payload.u32(static_cast<uint32_t>(entry.handles.size()));
  for (const CachedHandle& h : entry.handles) {
    payload.u32(h.handle);
    payload.origin(h.origin);
  }
  payload.text(entry.root_symbol);
  payload.text(entry.result);
  payload.bytes(entry.consulted.data(), entry.consulted.size());
  write_signature(payload, entry.signature);
  payload.bytes(entry.body.data(), entry.body.size());
  Writer out;
  out.out.assign(kMagic, kMagic + sizeof kMagic);
  out.hash(build);
  out.hash(identity);
  out.hash(
      checksum(build, identity, {reinterpret_cast<const char*>(payload.out.data()), payload.out.size()}));
  out.out.insert(out.out.end(), payload.out.begin(), payload.out.end());
  return std::move(out.out);
}

std::optional<Hash128> identity_of_entry(std::string_view head) {
  if (head.size() < kEntryHead || std::memcmp(head.data(), kMagic, sizeof kMagic) != 0) return std::nullopt;
  return Reader(head.substr(sizeof kMagic + 16)).hash();
}

std::optional<CacheEntry> entry_from_bytes(std::string_view bytes, const std::optional<Hash128>& wanted) {
  std::optional<Hash128> identity = identity_of_entry(bytes);
  if (!identity || bytes.size() < kHeader) return std::nullopt;
  Hash128 build = Reader(bytes.substr(sizeof kMagic)).hash();
  if (wanted && build != *wanted) return std::nullopt;
  std::string_view payload = bytes.substr(kHeader);
  if (Reader(bytes.substr(kEntryHead)).hash() != checksum(build, *identity, payload)) return std::nullopt;
  Reader r(payload);
  CacheEntry entry;
  entry.title = r.text();
  for (uint32_t n = r.count(32); n > 0 && r.ok(); --n) {
    RecordedQuestion q;
    q.kind = static_cast<Question::Kind>(r.u32());
    q.object = r.origin();
    q.name = r.text();
    q.answer = r.hash();
    entry.questions.push_back(std::move(q));
  }
  for (uint32_t n = r.count(8); n > 0 && r.ok(); --n) entry.units.push_back(read_unit(r));
  for (uint32_t n = r.count(12); n > 0 && r.ok(); --n) {
    CachedHandle h;
    h.handle = r.u32();
    h.origin = r.origin();
    entry.handles.push_back(h);
  }
  entry.root_symbol = r.text();
  entry.result = r.text();
  entry.consulted = r.byte_vector();
  entry.signature = read_signature(r);
  entry.body = r.byte_vector();
  if (!r.ok() || !r.at_end() || !is_consistent(entry)) return std::nullopt;
  return entry;
}

}  // namespace lancehead
