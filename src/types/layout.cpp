// Expands layout.def.
#include "types/layout.h"

namespace lancehead {
namespace {

// The words of layout.def.
enum class Word : uint8_t { SCALAR, BOOL, I64, F32, F64, PTR, OWNER, DIMS, ITEMS, ELEM };

LeafKind scalar_leaf(TypeId type) {
  switch (class_of(type)) {
    case KindClass::Bool: return LeafKind::Bool;
    case KindClass::Float:
      return bits_of(type) == 16 ? LeafKind::F16 : bits_of(type) == 32 ? LeafKind::F32 : LeafKind::F64;
    default: break;
  }
  switch (bits_of(type)) {
    case 8: return LeafKind::I8;
    case 16: return LeafKind::I16;
    case 32: return LeafKind::I32;
    default: return LeafKind::I64;
  }
}

void append_word(Word word, TypeId id, const Type& t, std::vector<LeafKind>& out) {
  switch (word) {
    case Word::SCALAR: out.push_back(scalar_leaf(id)); break;
    case Word::BOOL: out.push_back(LeafKind::Bool); break;
    case Word::I64: out.push_back(LeafKind::I64); break;
    case Word::F32: out.push_back(LeafKind::F32); break;
    case Word::F64: out.push_back(LeafKind::F64); break;
    case Word::PTR: out.push_back(LeafKind::Pointer); break;
    case Word::OWNER: out.push_back(LeafKind::Owner); break;
    case Word::DIMS: out.insert(out.end(), t.ndim, LeafKind::I64); break;
    case Word::ITEMS:
      for (TypeId item : t.items) append_leaves(item, out);
      break;
    case Word::ELEM: append_leaves(t.elem, out); break;
  }
}

void append_part(Word word, const Type& t, std::vector<TypeId>& out) {
  switch (word) {
    case Word::SCALAR: break;
    case Word::BOOL: out.push_back(ty::Bool); break;
    case Word::I64: out.push_back(ty::Int64); break;
    case Word::F32: out.push_back(ty::Float32); break;
    case Word::F64: out.push_back(ty::Float64); break;
    case Word::PTR:
    case Word::OWNER: out.push_back(ty::Pointer); break;
    case Word::DIMS: out.insert(out.end(), t.ndim, ty::Int64); break;
    case Word::ITEMS: out.insert(out.end(), t.items.begin(), t.items.end()); break;
    case Word::ELEM: out.push_back(t.elem); break;
  }
}

}  // namespace

std::vector<TypeId> parts_of(TypeId type) {
  using enum Word;
  const Type& t = type_of(type);
  std::vector<TypeId> out;
  switch (t.kind) {
#define LEAVES(kind, ...)                                      \
  case Kind::kind:                                             \
    for (Word word : {__VA_ARGS__}) append_part(word, t, out); \
    break;
#include "types/layout.def"
#undef LEAVES
    default: break;
  }
  return out;
}

void append_leaves(TypeId type, std::vector<LeafKind>& out) {
  using enum Word;
  const Type& t = type_of(type);
  switch (t.kind) {
#define LEAVES(kind, ...)                                            \
  case Kind::kind:                                                   \
    for (Word word : {__VA_ARGS__}) append_word(word, type, t, out); \
    break;
#include "types/layout.def"
#undef LEAVES
    default: break;
  }
}

std::vector<LeafKind> leaves_of(TypeId type) {
  std::vector<LeafKind> out;
  append_leaves(type, out);
  return out;
}

size_t leaf_count(TypeId type) {
  return leaves_of(type).size();
}

}  // namespace lancehead
