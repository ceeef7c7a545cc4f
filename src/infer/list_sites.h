// The item types of the lists that a function makes, while they are inferred (contract C6). A list display, a
// comprehension or list() is a site; the type of its list is open: it names the site (its handle) in place of
// an item type, so it stays what it is however much is learned, and wherever the value goes. What is put into
// the list is joined to the site's item type; sites whose lists meet become one. When nothing changes any
// more, the sites are closed: from then on their types are list types like others. Open types are never seen
// outside of the function.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "ir/function.h"

namespace lancehead {

class ListSites {
 public:
  // The type of the list that the instruction makes.
  TypeId made_by(InstId inst) { return made_by(inst, 0); }
  // The same of a list that a comprehension of CPython 3.11, a function of its own, makes: `type` is what is
  // known of its type; the lists that are its items are open too.
  TypeId opened(InstId inst, TypeId type);
  // Joins what is put into a list of an open type; nothing for other types. False if it would hold itself.
  bool contribute(TypeId list, TypeId item, bool weak = true);
  // Whether all that is put into the list that the instruction makes would be Python scalars in CPython.
  bool is_weak(InstId inst) const;
  // Of a list of which nothing is known: it is of floats now, or its items are. False of all others.
  bool hold_floats(TypeId list);
  void forget_items();  // not what was found to be strong

  // Of an open type, in every part: its one canonical form; with the item types of lists filled in, as far as
  // lookups look (not those of items that are lists); and without handles, where ty::Untyped is what nothing
  // has said yet.
  TypeId canonical(TypeId type) const;
  TypeId view(TypeId type) const;
  TypeId closed(TypeId type) const;
  // types/conversion.h's join, which unites the sites of lists that meet.
  TypeId join(TypeId a, TypeId b);

  bool is_empty() const { return sites_.empty(); }
  bool take_changed() { return std::exchange(changed_, false); }
  bool take_strengthened() { return std::exchange(strengthened_, false); }
  void close() { closed_ = true; }
  bool is_closed() const { return closed_; }
  // The first site that nothing has given an item type; invalid if there is none.
  InstId undetermined(const std::vector<bool>& reachable, const Function& f) const;

 private:
  struct Site {
    uint32_t parent;
    TypeId item = ty::Untyped;
    bool weak = true;
    InstId inst;
    uint32_t clashes = 0;
  };

  TypeId made_by(InstId inst, uint32_t which);
  TypeId opened(InstId inst, TypeId type, uint32_t& which);
  uint32_t find(uint32_t site) const;
  const Site& site_of(const Type& list) const { return sites_[find(list.handle - 1)]; }
  bool mentions(TypeId type, uint32_t site) const;
  bool unite(uint32_t a, uint32_t b);
  template <class F>
  TypeId map_parts(TypeId type, F map) const;

  std::vector<Site> sites_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> by_inst_;  // and which of its lists, outermost first
  bool changed_ = false;
  bool strengthened_ = false;  // a weak list turned out to hold something strong
  bool closed_ = false;
};

// Whether a part of the type is not known yet.
bool holds_untyped(TypeId type);

}  // namespace lancehead
