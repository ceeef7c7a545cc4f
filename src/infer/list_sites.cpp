// Sites in a union-find; open types are {List, handle = site + 1}, without an item type.
#include "infer/list_sites.h"

#include <algorithm>

#include "types/conversion.h"

namespace lancehead {
namespace {

constexpr uint32_t kClashes = 6;

TypeId open_type(uint32_t site, TypeId item = {}) {
  Type t;
  t.kind = Kind::List;
  t.handle = site + 1;
  t.elem = item;
  return intern(t);
}

bool is_open(const Type& t) {
  return t.kind == Kind::List && t.handle != 0;
}

// The kinds whose parts may be lists.
bool has_parts(const Type& t) {
  return (t.elem.valid() && t.kind != Kind::Array && t.kind != Kind::DType) || !t.items.empty();
}

}  // namespace

bool holds_untyped(TypeId type) {
  if (type == ty::Untyped) return true;
  const Type& t = type_of(type);
  if (!has_parts(t)) return false;
  if (t.elem.valid() && holds_untyped(t.elem)) return true;
  return std::any_of(t.items.begin(), t.items.end(), holds_untyped);
}

uint32_t ListSites::find(uint32_t site) const {
  while (sites_[site].parent != site) site = sites_[site].parent;
  return site;
}

TypeId ListSites::made_by(InstId inst, uint32_t which) {
  auto [it, is_new] =
      by_inst_.try_emplace(std::pair(inst.index, which), static_cast<uint32_t>(sites_.size()));
  if (is_new) sites_.push_back({it->second, ty::Untyped, true, inst, 0});
  TypeId type = open_type(find(it->second));
  return closed_ ? closed(type) : type;
}

TypeId ListSites::opened(InstId inst, TypeId type) {
  uint32_t which = 0;
  return opened(inst, type, which);
}

TypeId ListSites::opened(InstId inst, TypeId type, uint32_t& which) {
  const Type& t = type_of(type);
  if (t.kind != Kind::List) return map_parts(type, [&](TypeId part) { return opened(inst, part, which); });
  TypeId list = made_by(inst, which++);
  if (TypeId item = opened(inst, t.elem, which); item != ty::Untyped) contribute(list, item);
  return canonical(list);
}

template <class F>
TypeId ListSites::map_parts(TypeId type, F map) const {
  const Type& t = type_of(type);
  if (!has_parts(t)) return type;
  Type out = t;
  if (out.elem.valid()) out.elem = map(out.elem);
  for (TypeId& item : out.items) item = map(item);
  return out == t ? type : intern(out);
}

TypeId ListSites::canonical(TypeId type) const {
  if (sites_.empty()) return type;
  if (closed_) return closed(type);
  const Type& t = type_of(type);
  if (is_open(t)) return open_type(find(t.handle - 1));
  return map_parts(type, [&](TypeId part) { return canonical(part); });
}

TypeId ListSites::view(TypeId type) const {
  if (sites_.empty()) return type;
  if (closed_) return closed(type);
  const Type& t = type_of(type);
  if (is_open(t)) return open_type(find(t.handle - 1), site_of(t).item);
  return map_parts(type, [&](TypeId part) { return view(part); });
}

TypeId ListSites::closed(TypeId type) const {
  if (sites_.empty()) return type;
  const Type& t = type_of(type);
  if (is_open(t)) return list_type(closed(site_of(t).item));
  return map_parts(type, [&](TypeId part) { return closed(part); });
}

bool ListSites::mentions(TypeId type, uint32_t site) const {
  const Type& t = type_of(type);
  if (is_open(t)) return find(t.handle - 1) == site || mentions(site_of(t).item, site);
  if (!has_parts(t)) return false;
  if (t.elem.valid() && mentions(t.elem, site)) return true;
  return std::any_of(t.items.begin(), t.items.end(), [&](TypeId item) { return mentions(item, site); });
}

bool ListSites::contribute(TypeId list, TypeId item, bool weak) {
  const Type& t = type_of(list);
  if (!is_open(t) || closed_) return true;
  uint32_t site = find(t.handle - 1);
  item = canonical(item);
  if (mentions(item, site)) return false;
  TypeId joined = join(sites_[site].item, item);
  site = find(site);
  // What came first may have been typed with facts that a later sweep took back. What goes on clashing is
  // refused once the site is closed.
  if (!joined.valid()) joined = ++sites_[site].clashes <= kClashes ? item : sites_[site].item;
  if (joined != sites_[site].item) {
    sites_[site].item = joined;
    changed_ = true;
  }
  bool counts = is_scalar(item) || is_tuple(item) || is_list(item);
  if (counts && !weak && sites_[site].weak) {
    sites_[site].weak = false;
    changed_ = strengthened_ = true;
  }
  return true;
}

bool ListSites::is_weak(InstId inst) const {
  auto it = by_inst_.find(std::pair(inst.index, 0u));
  return it != by_inst_.end() && sites_[find(it->second)].weak;
}

bool ListSites::hold_floats(TypeId list) {
  if (list == ty::Untyped || !is_open(type_of(list))) return false;
  const Site& site = site_of(type_of(list));
  if (site.item != ty::Untyped) return hold_floats(site.item);
  return contribute(list, ty::Float64);
}

void ListSites::forget_items() {
  for (Site& s : sites_) s.item = ty::Untyped;
}

bool ListSites::unite(uint32_t a, uint32_t b) {
  a = find(a), b = find(b);
  if (a == b) return true;
  if (mentions(sites_[a].item, b) || mentions(sites_[b].item, a)) return false;
  TypeId item = join(sites_[a].item, sites_[b].item);
  if (!item.valid()) return false;
  a = find(a), b = find(b);
  sites_[b].parent = a;
  sites_[a].item = item;
  sites_[a].weak = sites_[a].weak && sites_[b].weak;
  changed_ = true;
  return true;
}

TypeId ListSites::join(TypeId a, TypeId b) {
  if (a == b || b == ty::Untyped) return a;
  if (a == ty::Untyped) return b;
  if (sites_.empty() || closed_) return lancehead::join(closed(a), closed(b));
  const Type &ta = type_of(a), &tb = type_of(b);
  if (is_open(ta) && is_open(tb)) return unite(ta.handle - 1, tb.handle - 1) ? canonical(a) : TypeId{};
  if (is_open(ta) && tb.kind == Kind::List) return contribute(a, tb.elem) ? canonical(a) : TypeId{};
  if (is_open(tb) && ta.kind == Kind::List) return contribute(b, ta.elem) ? canonical(b) : TypeId{};
  if (ta.kind == Kind::Optional || tb.kind == Kind::Optional) {
    if (a == ty::None || b == ty::None) return a == ty::None ? b : a;
    TypeId elem = join(ta.kind == Kind::Optional ? ta.elem : a, tb.kind == Kind::Optional ? tb.elem : b);
    return elem.valid() ? optional_type(elem) : elem;
  }
  bool alike = ta.kind == tb.kind && has_parts(ta) && ta.items.size() == tb.items.size() &&
               ta.elem.valid() == tb.elem.valid() && ta.name == tb.name && ta.handle == tb.handle;
  if (!alike || ta.kind == Kind::List) return lancehead::join(a, b);
  Type out = ta;
  if (out.elem.valid()) out.elem = join(ta.elem, tb.elem);
  for (size_t k = 0; k < out.items.size(); ++k) out.items[k] = join(ta.items[k], tb.items[k]);
  bool valid = !out.elem.valid() == !ta.elem.valid();
  for (TypeId item : out.items) valid = valid && item.valid();
  return valid ? intern(out) : TypeId{};
}

InstId ListSites::undetermined(const std::vector<bool>& reachable, const Function& f) const {
  for (const Site& s : sites_)
    if (reachable[f.inst(s.inst).block.index] && holds_untyped(closed(open_type(find(s.parent)))))
      return s.inst;
  return {};
}

}  // namespace lancehead
